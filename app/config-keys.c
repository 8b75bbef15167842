/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every key that the configuration may hold, with its type, bounds and default.
 *
 * data/jumin.conf shows the same keys with their defaults; a test compares the two. */
#include "config-keys.h"

#include <gio/gio.h>

#include <string.h>

enum
{
  FINGERPRINT_LENGTH = 64
};

/* clang-format off */
#define STRING(g, k, value, text) { g, k, JUMIN_CONFIG_STRING, value, 0, 0, NULL, text }
#define PATH(g, k, value, text) { g, k, JUMIN_CONFIG_PATH, value, 0, 0, NULL, text }
#define INT(g, k, value, low, high, text) { g, k, JUMIN_CONFIG_INT, value, low, high, NULL, text }
#define INTS(g, k, value, low, high, text) { g, k, JUMIN_CONFIG_INTS, value, low, high, NULL, text }
#define TIME(g, k, value, text) { g, k, JUMIN_CONFIG_TIME, value, 0, 0, NULL, text }
#define CHOICE(g, k, value, words, text) { g, k, JUMIN_CONFIG_CHOICE, value, 0, 0, words, text }
#define URL(g, k, value, text) { g, k, JUMIN_CONFIG_URL, value, 0, 0, NULL, text }
#define PRINTER(g, k, value, text) { g, k, JUMIN_CONFIG_PRINTER, value, 0, 0, NULL, text }
#define IPP(g, k, value, text) { g, k, JUMIN_CONFIG_IPP, value, 0, 0, NULL, text }
#define FINGERPRINT(g, k, value, text) { g, k, JUMIN_CONFIG_FINGERPRINT, value, 0, 0, NULL, text }
#define ZONE(g, k, value, text) { g, k, JUMIN_CONFIG_ZONE, value, 0, 0, NULL, text }

const JuminConfigKey jumin_config_keys[] = {
  STRING ("terminal", "name", "T-0003", "This machine's name at the platform"),
  INT ("terminal", "rest-ms", "300000", 0, 600000, "While nobody is at the machine, hall and printers are asked no more often than this"),
  ZONE ("terminal", "time-zone", "Asia/Shanghai", "Time zone of the hall"),
  STRING ("terminal", "hall-zh", "临江区政务服务中心", "The hall, in Chinese"),
  STRING ("terminal", "hall-en", "Linjiang Government Service Center", "The hall, in English"),
  STRING ("terminal", "machine-zh", "3 号机", "This machine as a resident calls it, in Chinese"),
  STRING ("terminal", "machine-en", "Machine 3", "This machine as a resident calls it, in English"),
  STRING ("terminal", "desk-zh", "一楼服务台", "Where people help, in Chinese"),
  STRING ("terminal", "desk-en", "the service desk on the ground floor", "Where people help, in English"),
  STRING ("terminal", "desk-phone", "", "Telephone of the service desk; empty: none is shown"),

  URL ("platform", "url", "", "Where the platform is: https://host:port/v1; empty: not provisioned"),
  PATH ("platform", "ca-file", "", "PEM file of the only authority that is trusted"),
  PATH ("platform", "crl-file", "", "PEM file of what the authority has revoked; empty: not asked"),
  PATH ("platform", "certificate-file", "", "PEM file of this machine's TLS certificate"),
  PATH ("platform", "key-file", "", "PEM file of this machine's TLS key"),
  STRING ("platform", "pins", "", "Pinned public keys, sha256//...;sha256//...; empty: none"),
  PATH ("platform", "signing-key-file", "", "PEM file of this machine's SM2 key"),
  PATH ("platform", "reply-key-file", "", "PEM file of the platform's SM2 public key, and of its next one"),
  INT ("platform", "connect-ms", "4000", 100, 60000, "How long a connection may take"),
  INT ("platform", "total-ms", "10000", 100, 120000, "How long a whole request may take"),
  INT ("platform", "clock-step-ms", "5000", 0, 3600000, "How far a correction of the clock goes that is written down"),
  INT ("platform", "hall-refresh-ms", "15000", 1000, 600000, "How often the hall's queues are asked"),

  URL ("city-code", "url", "", "Where the platform of the codes is: https://host; empty: no codes are asked for"),
  STRING ("city-code", "profile", "third-party", "Which of its shapes it has: third-party, terminal, or one of your own"),
  PATH ("city-code", "ca-file", "/etc/ssl/certs/ca-certificates.crt", "PEM file of the authorities that are trusted there"),
  PATH ("city-code", "id-file", "", "File with the application's key, or the device's id"),
  PATH ("city-code", "secret-file", "", "File with the application's secret, or the terminal's key"),
  PATH ("city-code", "terminal-file", "/var/lib/jumin/city-code-terminal", "Where the name is kept that an activated machine got; empty: nowhere"),
  STRING ("city-code", "latitude", "", "Where this machine stands, in degrees: 29.5630; empty: it is not said"),
  STRING ("city-code", "longitude", "", "The same: 106.5516"),
  INT ("city-code", "connect-ms", "4000", 100, 60000, "How long a connection may take"),
  INT ("city-code", "total-ms", "10000", 100, 120000, "How long it may take to know whose code it is"),

  STRING ("card", "reader", "", "How the reader's name begins; empty: any reader"),
  INT ("card", "grace-ms", "5000", 100, 60000, "How long a visit waits for a reader that is lost with its card"),
  STRING ("card", "place-zh", "屏幕右下方", "Where the card slot is, in Chinese"),
  STRING ("card", "place-en", "below the screen, on the right", "Where the card slot is, in English"),

  CHOICE ("scan", "kind", "camera", "none camera serial", "What reads the codes that people show"),
  STRING ("scan", "device", "", "Camera: file in /dev/v4l/by-id or vendor:product; empty: any. Serial: file in /dev/serial/by-id"),
  PATH ("scan", "socket", "/run/jumin-scan.sock", "Where jumin-scan is started for each look; empty: core starts it itself"),
  PATH ("scan", "program", "/usr/bin/jumin-scan", "jumin-scan, where core starts it itself"),
  CHOICE ("scan", "mirror", "yes", "no yes", "Whether the picture of the camera is mirrored, as people know themselves"),
  INT ("scan", "open-ms", "5000", 100, 60000, "How long opening the camera may take"),
  INT ("scan", "frame-ms", "1000", 50, 10000, "How long one picture may take; who takes longer is killed and started again"),
  INT ("scan", "stall-ms", "2000", 100, 10000, "When a camera without a good picture is taken for stalled"),
  INT ("scan", "retry-ms", "500", 50, 60000, "When a device that is away is looked for again"),
  INT ("scan", "deaths-max", "5", 1, 100, "After so many deaths of jumin-scan within a minute it is faulty"),
  INT ("scan", "faulty-ms", "10000", 100, 600000, "When a faulty one is tried again"),
  CHOICE ("scan", "serial-speed", "115200", "1200 2400 4800 9600 19200 38400 57600 115200", "Baud of the serial line"),
  STRING ("scan", "serial-prefix", "", "What the scanner puts before each text, and what is taken away"),
  INT ("scan", "serial-gap-ms", "100", 5, 5000, "How long a silence ends a text without a line end"),
  STRING ("scan", "place-zh", "屏幕上方", "Where the camera is, in Chinese"),
  STRING ("scan", "place-en", "above the screen", "Where the camera is, in English"),
  INT ("scan", "repeat-ms", "3000", 500, 60000, "After which time a code that is still shown is taken again"),
  INT ("scan", "tell-ms", "8000", 1000, 60000, "How long the screen says what was wrong with a code"),

  PRINTER ("printer", "uri", "", "Device file or socket://host:port; empty: no ticket printer"),
  CHOICE ("printer", "profile", "generic-80mm", "generic-80mm numbered-80mm generic-58mm",
          "Which printer it is"),
  INT ("printer", "width", "576", 192, 832, "Printable dots in a line, a multiple of 8"),
  INT ("printer", "status-ms", "1500", 100, 30000, "How long the printer may take to say its state"),
  INT ("printer", "confirm-ms", "15000", 500, 120000, "How long the paper may take to come out"),
  INT ("printer", "check-ms", "15000", 1000, 600000, "How often the idle printer is asked"),
  INT ("printer", "heal-ms", "1000", 100, 600000, "How often a printer in trouble is asked"),
  INT ("printer", "reprints-max", "2", 0, 9, "How often slips of numbers may be printed again in one visit"),
  STRING ("printer", "place-zh", "出票口在屏幕正下方", "Where the paper comes out, in Chinese"),
  STRING ("printer", "place-en", "The slip comes out below the screen", "Where the paper comes out, in English"),

  IPP ("sheets", "uri", "", "Its address: ipp://HOST/PATH, ipps too, or a queue of cupsd; empty: no A4 printer"),
  FINGERPRINT ("sheets", "fingerprint", "", "SHA-256 of its certificate for ipps, 64 digits of lower case"),
  INT ("sheets", "open-ms", "4000", 100, 60000, "How long a connection may take"),
  INT ("sheets", "answer-ms", "5000", 100, 60000, "How long one answer may take"),
  INT ("sheets", "look-ms", "500", 50, 10000, "How often a job is looked at"),
  INT ("sheets", "lost-ms", "30000", 1000, 600000, "After so long without an answer nobody knows what comes out"),
  INT ("sheets", "first-ms", "60000", 1000, 600000, "How long the first page may take"),
  INT ("sheets", "page-ms", "30000", 1000, 600000, "How long each further page may take"),
  INT ("sheets", "cancel-ms", "30000", 1000, 600000, "How long a job that was cancelled may take to end"),
  CHOICE ("sheets", "counts-pages", "no", "no yes", "Whether it was seen to count pages when they are out, not before"),
  INT ("sheets", "stopped-ms", "120000", 1000, 3600000, "How long a job waits for paper or for somebody, before it is taken back"),
  INT ("sheets", "check-ms", "5000", 500, 600000, "How often the idle printer is asked"),
  INT ("sheets", "heal-ms", "2000", 100, 600000, "How often a printer in trouble is asked"),
  CHOICE ("sheets", "ask-got", "auto", "auto no yes", "Whether people are asked if they hold their paper; auto: unless it counts pages"),
  INT ("sheets", "report-ms", "30000", 1000, 3600000, "When the platform is told again what it did not hear of a paper"),
  PATH ("sheets", "ledger", "/var/lib/jumin/print-ledger.db", "Where it is kept what was printed; no name and no content is in it"),
  INT ("sheets", "keep-days", "200", 1, 3650, "Days after which it is forgotten there"),
  STRING ("sheets", "place-zh", "出纸口在屏幕左下方", "Where sheets come out, in Chinese"),
  STRING ("sheets", "place-en", "Sheets come out below the screen, on the left", "Where sheets come out, in English"),

  CHOICE ("payment", "enabled", "no", "no yes", "Whether bills can be paid at this machine"),
  PATH ("payment", "journal", "/var/lib/jumin/payments.db", "Where payments are kept; made by juminctl, never by jumin-core"),
  INT ("payment", "keep-days", "400", 31, 3650, "Days after which those are forgotten there of which all is known"),
  INT ("payment", "scan-ms", "120000", 10000, 600000, "How long a phone may take to pay the code on the screen"),
  INT ("payment", "show-ms", "45000", 10000, 600000, "How long a payment may take whose code the phone showed"),
  INT ("payment", "account-ms", "45000", 10000, 600000, "How long a payment from the account of the card may take"),
  INTS ("payment", "query-ms", "1000 2000 3000 3000 5000", 100, 60000, "From one question about a payment to the next, while somebody waits; the last one repeats"),
  INTS ("payment", "guard-ms", "5000 15000 60000 300000 900000", 100, 3600000, "The same when nobody waits, and when the platform is silent"),
  INT ("payment", "earliest-close-ms", "15000", 1000, 60000, "For how long a payment is not closed whose code the phone showed: somebody may be typing a password there"),
  INT ("payment", "close-ms", "2000", 100, 60000, "When a payment is closed again that did not answer"),
  INT ("payment", "close-tries", "3", 1, 10, "How often, before it is only done as if nobody waited"),
  INT ("payment", "horizon-hours", "24", 1, 168, "After how many hours people look into a payment of which nobody knows"),
  INT ("payment", "unresolved-max", "3", 0, 20, "With more of these nothing is paid here"),
  INT ("payment", "journal-retry-ms", "10000", 100, 600000, "When a journal is tried again that could not be read or written"),
  TIME ("payment", "reconcile-at", "02:00", "When yesterday is compared with the platform, in the hall's time"),

  INT ("screen", "idle-home-ms", "60000", 5000, 600000, "When the home page forgets language and display modes"),
  INT ("screen", "idle-ms", "90000", 10000, 600000, "When a visit ends that nobody touches"),
  INT ("screen", "idle-elder-factor", "2", 1, 5, "How many times longer the waits are in elderly mode"),
  INT ("screen", "warn-ms", "30000", 5000, 120000, "How long before its end a visit asks whether you are there"),
  INT ("screen", "ticket-ms", "30000", 5000, 300000, "How long the number stays on the screen"),
  INT ("screen", "preview-ms", "120000", 10000, 600000, "How long a paper waits for a touch before it is printed"),
  INT ("screen", "sheets-ms", "60000", 10000, 600000, "How long the screen asks to take a paper that was printed"),
  INT ("screen", "pay-ms", "180000", 30000, 600000, "How long the page of an order waits for a touch"),
  INT ("screen", "paid-ms", "60000", 10000, 600000, "How long the screen shows what became of a payment"),
  INT ("screen", "unknown-ms", "120000", 10000, 600000, "How long it shows that this is not known yet"),
  INT ("screen", "confirm-ms", "20000", 1000, 120000, "How long the screen waits for what became of a payment, before it says that nobody knows"),
  INT ("screen", "notice-ms", "60000", 5000, 600000, "How long a notice waits for a touch"),
  INT ("screen", "take-card-ms", "60000", 5000, 600000, "How long the screen asks to take the card before it is left behind"),
  INT ("screen", "goodbye-ms", "6000", 1000, 60000, "How long the page after a card was taken out stays"),
  INT ("screen", "slow-ms", "300", 50, 5000, "A wait that lasts longer gets a page of its own"),
  INT ("screen", "veil-ms", "30000", 5000, 600000, "After so long without a touch, what a person asked to see is veiled again"),
  INT ("screen", "ui-reply-ms", "5000", 500, 60000, "When a screen program that does not answer is dropped"),

  PATH ("border", "socket", "/run/jumin/border.sock", "Socket between jumin-core and jumin-ui"),
  STRING ("border", "ui-user", "jumin-ui", "The only user who may connect to it; empty: the user of jumin-core"),

  PATH ("operator", "socket", "/run/jumin/operator.sock", "Socket between jumin-core and juminctl; empty: none"),
  STRING ("operator", "group", "jumin-staff", "Whose members may ask there, beside root; empty: the user of jumin-core alone"),

  INT ("help", "poll-ms", "2000", 500, 60000, "How often a call for help is followed"),
  INT ("help", "ack-ms", "30000", 1000, 600000, "In which time somebody should answer a call for help"),
  INT ("help", "escalate-ms", "60000", 1000, 600000, "When other people are called"),

  PATH ("audit", "directory", "/var/lib/jumin/audit", "Where the files of the audit log are kept"),
  INT ("audit", "file-kib", "1024", 16, 16384, "KiB after which a new file is begun; each day has one of its own"),
  INT ("audit", "keep-days", "200", 1, 3650, "Days after which the oldest file is removed"),
  INT ("audit", "anchor-records", "256", 1, 100000, "Records after which the platform is told at once where the log ends"),
  INT ("audit", "anchor-ms", "300000", 1000, 3600000, "When the platform is told of fewer records, and again when it was silent"),
  INT ("audit", "stop-ms", "2000", 0, 5000, "How long the end of jumin-core may wait for the platform's receipt"),
  INT ("audit", "retry-ms", "5000", 100, 600000, "When a disk that took nothing is tried again"),

  PATH ("data", "catalogue", "", "Catalogue to use until the platform has sent one; empty: the one shipped"),
  PATH ("data", "troubles", "", "Table of troubles; empty: the one shipped"),
  PATH ("data", "city-code", "", "Shapes of the platform of the codes; empty: those shipped"),
  PATH ("data", "code-kinds", "", "Grammars of the kinds of codes; empty: those shipped"),
  PATH ("data", "billers", "", "Whose bills can be paid, and how their account numbers look; empty: those shipped"),
  { NULL },
};
/* clang-format on */

/**
 * jumin_config_keys_find:
 *
 * Returns: (nullable) (transfer none): the row of @key in @group
 */
const JuminConfigKey *
jumin_config_keys_find (const char *group, const char *key)
{
  for (const JuminConfigKey *row = jumin_config_keys; row->group != NULL; row++)
    if (strcmp (row->group, group) == 0 && strcmp (row->key, key) == 0)
      return row;
  return NULL;
}

gboolean
jumin_config_keys_has_group (const char *group)
{
  for (const JuminConfigKey *row = jumin_config_keys; row->group != NULL; row++)
    if (strcmp (row->group, group) == 0)
      return TRUE;
  return FALSE;
}

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error
        = g_error_new_valist (G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE, format, arguments);
  va_end (arguments);
  return FALSE;
}

static gboolean
check_int (const JuminConfigKey *key, const char *value, GError **error)
{
  gint64 number;

  if (g_ascii_string_to_signed (value, 10, key->min, key->max, &number, NULL))
    return TRUE;
  return refuse (error, "'%s' is not a whole number from %d to %d", value, key->min, key->max);
}

static gboolean
check_ints (const JuminConfigKey *key, const char *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  gboolean good = g_strv_length (words) <= JUMIN_CONFIG_INTS_MAX && words[0] != NULL;

  for (gsize i = 0; good && words[i] != NULL; i++)
    good = g_ascii_string_to_signed (words[i], 10, key->min, key->max, NULL, NULL);
  return good
         || refuse (error, "'%s' is not one to %d whole numbers from %d to %d, parted by spaces",
                    value, JUMIN_CONFIG_INTS_MAX, key->min, key->max);
}

static gboolean
check_time (const JuminConfigKey *key, const char *value, GError **error)
{
  if (strlen (value) == strlen ("00:00") && g_ascii_isdigit (value[0]) && g_ascii_isdigit (value[1])
      && value[2] == ':' && g_ascii_isdigit (value[3]) && g_ascii_isdigit (value[4])
      && strcmp (value, "24:00") < 0 && value[3] < '6')
    return TRUE;
  return refuse (error, "'%s' is no time of the day: 02:00", value);
}

static gboolean
check_choice (const JuminConfigKey *key, const char *value, GError **error)
{
  g_auto (GStrv) words = g_strsplit (key->choices, " ", -1);

  if (g_strv_contains ((const char *const *)words, value))
    return TRUE;
  return refuse (error, "'%s' is not one of: %s", value, key->choices);
}

static gboolean
check_url (const JuminConfigKey *key, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") && g_uri_get_host (uri) != NULL
      && *g_uri_get_host (uri) != '\0' && !g_str_has_suffix (value, "/"))
    return TRUE;
  return refuse (error, "'%s' is not https://host:port/path without a slash at the end", value);
}

static gboolean
check_printer (const JuminConfigKey *key, const char *value, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (g_path_is_absolute (value))
    return TRUE;
  uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "socket") && g_uri_get_port (uri) > 0)
    return TRUE;
  return refuse (error, "'%s' is neither an absolute file name nor socket://host:port", value);
}

static gboolean
check_ipp (const JuminConfigKey *key, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL
      && (g_str_equal (g_uri_get_scheme (uri), "ipp")
          || g_str_equal (g_uri_get_scheme (uri), "ipps"))
      && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
      && g_uri_get_userinfo (uri) == NULL && *g_uri_get_path (uri) == '/')
    return TRUE;
  return refuse (error, "'%s' is neither ipp://host:port/path nor ipps", value);
}

static gboolean
check_fingerprint (const JuminConfigKey *key, const char *value, GError **error)
{
  if (strlen (value) == FINGERPRINT_LENGTH
      && strspn (value, "0123456789abcdef") == FINGERPRINT_LENGTH)
    return TRUE;
  return refuse (error, "'%s' is not %d hexadecimal digits of lower case", value,
                 FINGERPRINT_LENGTH);
}

static gboolean
check_zone (const JuminConfigKey *key, const char *value, GError **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (value);

  return zone != NULL || refuse (error, "'%s' is no time zone that this system knows", value);
}

static gboolean
check_path (const JuminConfigKey *key, const char *value, GError **error)
{
  return g_path_is_absolute (value) || refuse (error, "'%s' is not an absolute file name", value);
}

static const struct
{
  gboolean (*check) (const JuminConfigKey *key, const char *value, GError **error);
  gboolean needed; /* is not empty */
} checks[] = {
  [JUMIN_CONFIG_STRING] = { NULL },
  [JUMIN_CONFIG_INT] = { check_int, TRUE },
  [JUMIN_CONFIG_INTS] = { check_ints, TRUE },
  [JUMIN_CONFIG_TIME] = { check_time, TRUE },
  [JUMIN_CONFIG_CHOICE] = { check_choice, TRUE },
  [JUMIN_CONFIG_PATH] = { check_path },
  [JUMIN_CONFIG_URL] = { check_url },
  [JUMIN_CONFIG_PRINTER] = { check_printer },
  [JUMIN_CONFIG_IPP] = { check_ipp },
  [JUMIN_CONFIG_FINGERPRINT] = { check_fingerprint },
  [JUMIN_CONFIG_ZONE] = { check_zone, TRUE },
};

/**
 * jumin_config_key_check:
 * @value: as written in the file, unescaped
 *
 * Errors: %G_KEY_FILE_ERROR_INVALID_VALUE, with what the value should be.
 *
 * Returns: whether @value is one for @key
 */
gboolean
jumin_config_key_check (const JuminConfigKey *key, const char *value, GError **error)
{
  if (checks[key->type].check == NULL || (*value == '\0' && !checks[key->type].needed))
    return TRUE;
  return checks[key->type].check (key, value, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one table of troubles. The file is refused as a whole: a trouble without words would leave a
 * resident before an empty page. */
#include "model/trouble.h"

#include <string.h>

#include "model/json.h"

enum
{
  SLOT_NAME_MAX = 8 /* characters */
};

struct _JuminTroubles
{
  JuminTroubleRow rows[JUMIN_N_TROUBLES];
};

static const char *const ids[JUMIN_N_TROUBLES + 1] = {
  [JUMIN_TROUBLE_CARD_MUTE] = "card-mute",
  [JUMIN_TROUBLE_CARD_FOREIGN] = "card-foreign",
  [JUMIN_TROUBLE_CARD_REVERSED] = "card-reversed",
  [JUMIN_TROUBLE_CARD_STUCK] = "card-stuck",
  [JUMIN_TROUBLE_CARD_BANK] = "card-bank",
  [JUMIN_TROUBLE_CARD_PULLED] = "card-pulled",
  [JUMIN_TROUBLE_CARD_CHANGED] = "card-changed",
  [JUMIN_TROUBLE_CARD_UNREADABLE] = "card-unreadable",
  [JUMIN_TROUBLE_CARD_EXPIRED] = "card-expired",
  [JUMIN_TROUBLE_CARD_LOCKED] = "card-locked",
  [JUMIN_TROUBLE_HOLDER_UNKNOWN] = "holder-unknown",
  [JUMIN_TROUBLE_NUMBER_UNLIKELY] = "number-unlikely",
  [JUMIN_TROUBLE_LOGIN_NO_PHONE] = "login-no-phone",
  [JUMIN_TROUBLE_CODE_WRONG] = "code-wrong",
  [JUMIN_TROUBLE_CODE_EXPIRED] = "code-expired",
  [JUMIN_TROUBLE_LOGIN_LOCKED] = "login-locked",
  [JUMIN_TROUBLE_OTHER_PERSON] = "other-person",
  [JUMIN_TROUBLE_SHOWN_PAYMENT] = "shown-payment",
  [JUMIN_TROUBLE_SHOWN_TAX] = "shown-tax",
  [JUMIN_TROUBLE_SHOWN_HANDOFF] = "shown-handoff",
  [JUMIN_TROUBLE_SHOWN_TICKET] = "shown-ticket",
  [JUMIN_TROUBLE_SHOWN_DOCUMENT] = "shown-document",
  [JUMIN_TROUBLE_SHOWN_OTHER] = "shown-other",
  [JUMIN_TROUBLE_SHOWN_EXPIRED] = "shown-expired",
  [JUMIN_TROUBLE_SHOWN_REFUSED] = "shown-refused",
  [JUMIN_TROUBLE_SHOWN_NOBODY] = "shown-nobody",
  [JUMIN_TROUBLE_SHOWN_NO_PAPER] = "shown-no-paper",
  [JUMIN_TROUBLE_SHOWN_IDENTITY] = "shown-identity",
  [JUMIN_TROUBLE_SHOWN_UNPAYABLE] = "shown-unpayable",
  [JUMIN_TROUBLE_PAPER_UNSIGNED] = "paper-unsigned",
  [JUMIN_TROUBLE_CODES_SILENT] = "codes-silent",
  [JUMIN_TROUBLE_CODES_OUTDATED] = "codes-outdated",
  [JUMIN_TROUBLE_CODES_REFUSED] = "codes-refused",
  [JUMIN_TROUBLE_CAMERA_COVERED] = "camera-covered",
  [JUMIN_TROUBLE_CAMERA_DARK] = "camera-dark",
  [JUMIN_TROUBLE_CAMERA_BRIGHT] = "camera-bright",
  [JUMIN_TROUBLE_CAMERA_STALLED] = "camera-stalled",
  [JUMIN_TROUBLE_CAMERA_MISSING] = "camera-missing",
  [JUMIN_TROUBLE_CAMERA_BUSY] = "camera-busy",
  [JUMIN_TROUBLE_CAMERA_REFUSED] = "camera-refused",
  [JUMIN_TROUBLE_CAMERA_FORMAT] = "camera-format",
  [JUMIN_TROUBLE_CAMERA_LOST] = "camera-lost",
  [JUMIN_TROUBLE_CAMERA_FAULTY] = "camera-faulty",
  [JUMIN_TROUBLE_READER_MISSING] = "reader-missing",
  [JUMIN_TROUBLE_READER_SERVICE] = "reader-service",
  [JUMIN_TROUBLE_READER_REFUSED] = "reader-refused",
  [JUMIN_TROUBLE_READER_FAULTY] = "reader-faulty",
  [JUMIN_TROUBLE_LOG_FULL] = "log-full",
  [JUMIN_TROUBLE_PLATFORM_SILENT] = "platform-silent",
  [JUMIN_TROUBLE_CLOCK_APART] = "clock-apart",
  [JUMIN_TROUBLE_CERTIFICATE_OVER] = "certificate-over",
  [JUMIN_TROUBLE_TICKET_UNKNOWN] = "ticket-unknown",
  [JUMIN_TROUBLE_QUEUE_CLOSED] = "queue-closed",
  [JUMIN_TROUBLE_QUEUE_DOWN] = "queue-down",
  [JUMIN_TROUBLE_APPOINTMENT_CLOSED] = "appointment-closed",
  [JUMIN_TROUBLE_RECORDS_DOWN] = "records-down",
  [JUMIN_TROUBLE_CARD_OUT] = "card-out",
  [JUMIN_TROUBLE_SHEETS_LEFT] = "sheets-left",
  [JUMIN_TROUBLE_PAPER_LOW] = "paper-low",
  [JUMIN_TROUBLE_PAPER_OUT] = "paper-out",
  [JUMIN_TROUBLE_PAPER_JAM] = "paper-jam",
  [JUMIN_TROUBLE_PRINTER_OPEN] = "printer-open",
  [JUMIN_TROUBLE_PRINTER_CUTTER] = "printer-cutter",
  [JUMIN_TROUBLE_PRINTER_STOPPED] = "printer-stopped",
  [JUMIN_TROUBLE_PRINTER_MISSING] = "printer-missing",
  [JUMIN_TROUBLE_PRINTER_SILENT] = "printer-silent",
  [JUMIN_TROUBLE_SLIP_FAILED] = "slip-failed",
  [JUMIN_TROUBLE_SLIP_UNKNOWN] = "slip-unknown",
  [JUMIN_TROUBLE_SHEETS_LOW] = "sheets-low",
  [JUMIN_TROUBLE_SHEETS_OUT] = "sheets-out",
  [JUMIN_TROUBLE_SHEETS_JAM] = "sheets-jam",
  [JUMIN_TROUBLE_SHEETS_OPEN] = "sheets-open",
  [JUMIN_TROUBLE_TONER_LOW] = "toner-low",
  [JUMIN_TROUBLE_TONER_OUT] = "toner-out",
  [JUMIN_TROUBLE_TRAY_FULL] = "tray-full",
  [JUMIN_TROUBLE_SHEETS_STOPPED] = "sheets-stopped",
  [JUMIN_TROUBLE_SHEETS_REFUSING] = "sheets-refusing",
  [JUMIN_TROUBLE_SHEETS_NO_PDF] = "sheets-no-pdf",
  [JUMIN_TROUBLE_SHEETS_MISSING] = "sheets-missing",
  [JUMIN_TROUBLE_SHEETS_SILENT] = "sheets-silent",
  [JUMIN_TROUBLE_PAPERS_DOWN] = "papers-down",
  [JUMIN_TROUBLE_PAPER_SPOILT] = "paper-spoilt",
  [JUMIN_TROUBLE_PAPER_FOREIGN] = "paper-foreign",
  [JUMIN_TROUBLE_PAPERS_LOCKED] = "papers-locked",
  [JUMIN_TROUBLE_PAPERS_BUSY] = "papers-busy",
  [JUMIN_TROUBLE_PAPERS_LEDGER] = "papers-ledger",
  [JUMIN_TROUBLE_PAPER_NOT_ENTITLED] = "paper-not-entitled",
  [JUMIN_TROUBLE_BILLS_DOWN] = "bills-down",
  [JUMIN_TROUBLE_QUOTE_FAILED] = "quote-failed",
  [JUMIN_TROUBLE_BILL_TAKEN] = "bill-taken",
  [JUMIN_TROUBLE_BILLER_CLOSED] = "biller-closed",
  [JUMIN_TROUBLE_PAY_RECOVERING] = "pay-recovering",
  [JUMIN_TROUBLE_PAY_UNRESOLVED] = "pay-unresolved",
  [JUMIN_TROUBLE_PAY_JOURNAL] = "pay-journal",
  [JUMIN_TROUBLE_PAY_DIFFERENCE] = "pay-difference",
  [JUMIN_TROUBLE_HELP_NOBODY] = "help-nobody",
  [JUMIN_TROUBLE_HELP_UNANSWERED] = "help-unanswered",
  [JUMIN_TROUBLE_HELP_UNSENT] = "help-unsent",
};

static const char *const slots[JUMIN_N_SLOTS + 1] = {
  [JUMIN_SLOT_READER] = "reader", [JUMIN_SLOT_DESK] = "desk", [JUMIN_SLOT_PHONE] = "phone",
  [JUMIN_SLOT_NUMBER] = "number", [JUMIN_SLOT_WHEN] = "when", [JUMIN_SLOT_TRIES] = "tries",
};

static const char *const kinds[] = { "retry", "failure", "rule", "end", NULL };
static const char *const abouts[] = { "card",   "login",    "reader", "code", "paper",   "printer",
                                      "sheets", "platform", "queue",  "help", "machine", NULL };
static const char *const tolds[] = { "nobody", "hall", "technician", NULL };
static const char *const ways[] = { "retry", "help", "home", NULL };

static void
words_clear (JuminTroubleWords *words)
{
  jumin_text_clear (&words->standard);
  jumin_text_clear (&words->elder);
}

/* The slot that @words goes on with after its brace, and where it ends; JUMIN_N_SLOTS: none. */
static JuminSlot
find_slot (const char *words, const char **end)
{
  *end = memchr (words, '}', strnlen (words, SLOT_NAME_MAX + 1));
  for (guint slot = 0; *end != NULL && slot < JUMIN_N_SLOTS; slot++)
    if (strlen (slots[slot]) == (gsize)(*end - words)
        && strncmp (slots[slot], words, (gsize)(*end - words)) == 0)
      return slot;
  return JUMIN_N_SLOTS;
}

static void
check_slots (const JuminJson *place, const char *words)
{
  const char *end;

  for (const char *brace = strchr (words, '{'); brace != NULL; brace = strchr (brace + 1, '{'))
    if (find_slot (brace + 1, &end) == JUMIN_N_SLOTS)
      jumin_json_fail (place, "'%.*s…' is no known slot", SLOT_NAME_MAX, brace);
}

static const char *
read_words (const JuminJson *object, const char *key, gsize length_max, gboolean needed)
{
  JuminJson place = jumin_json_member (object, key);
  const char *words = "";

  if (needed || place.value != NULL)
    words = jumin_json_get_string (object, key, length_max);
  if (place.value != NULL && *words == '\0')
    jumin_json_fail (&place, "empty");
  check_slots (&place, words);
  return words;
}

static void
read_text (const JuminJson *row, const char *key, gboolean needed, JuminTroubleWords *words)
{
  JuminJson place = jumin_json_member (row, key);

  if (!needed && cJSON_IsNull (place.value))
    return;
  jumin_text_set (&words->standard, read_words (&place, "zh", JUMIN_TROUBLE_ZH_MAX, TRUE),
                  read_words (&place, "en", JUMIN_TROUBLE_EN_MAX, TRUE));
  jumin_text_set (&words->elder, read_words (&place, "zh-elder", JUMIN_TROUBLE_ZH_MAX, FALSE),
                  read_words (&place, "en-elder", JUMIN_TROUBLE_EN_MAX, FALSE));
}

static JuminWays
read_ways (const JuminJson *row)
{
  JuminJson place = jumin_json_array (row, "ways", (int)G_N_ELEMENTS (ways) - 1),
            element = { NULL };
  JuminWays found = 0;

  while (jumin_json_next (&place, &element))
    {
      guint way = 0;

      while (ways[way] != NULL && g_strcmp0 (ways[way], cJSON_GetStringValue (element.value)) != 0)
        way++;
      if (ways[way] == NULL || (found & (1 << way)) != 0)
        jumin_json_fail (&element, "not a way, or there twice");
      found |= 1 << way;
    }
  return found;
}

static void
read_row (const JuminJson *place, JuminTroubleRow *row, JuminTroubleEventTest is_event)
{
  JuminJson event = jumin_json_member (place, "event");
  JuminJson retry = jumin_json_member (place, "retry");

  row->kind = jumin_json_get_choice (place, "kind", kinds);
  row->about = jumin_json_get_choice (place, "about", abouts);
  row->told = jumin_json_get_choice (place, "told", tolds);
  row->picture = jumin_json_dup_id (place, "picture");
  read_text (place, "title", TRUE, &row->title);
  read_text (place, "next", TRUE, &row->next);
  read_text (place, "safe", FALSE, &row->safe);
  read_text (place, "works", FALSE, &row->works);
  read_text (place, "retry", FALSE, &row->retry);
  row->ways = read_ways (place);
  if (cJSON_IsNull (retry.value) != ((row->ways & JUMIN_WAY_RETRY) == 0))
    jumin_json_fail (&retry, "words if and only if 'retry' is a way");
  row->event = jumin_json_dup_id (place, "event");
  if (!is_event (row->event))
    jumin_json_fail (&event, "'%s' is no audit event that tells a trouble", row->event);
}

typedef struct
{
  JuminTroubles *table;
  JuminTroubleEventTest is_event;
} Reading;

static void
read_table (const JuminJson *root, gpointer data)
{
  Reading *reading = data;
  JuminTroubleRow *rows = reading->table->rows;
  JuminJson place = jumin_json_array (root, "troubles", JUMIN_N_TROUBLES), element = { NULL };

  jumin_json_get_integer (root, "version", 1, 1);
  while (jumin_json_next (&place, &element))
    {
      JuminJson id = jumin_json_member (&element, "id");
      JuminTrouble trouble = jumin_json_get_choice (&element, "id", ids);

      if (rows[trouble].event != NULL)
        jumin_json_fail (&id, "'%s' stands in the table twice", ids[trouble]);
      else
        read_row (&element, &rows[trouble], reading->is_event);
    }
  for (guint trouble = 0; trouble < JUMIN_N_TROUBLES; trouble++)
    {
      rows[trouble].trouble = trouble;
      if (rows[trouble].event == NULL)
        jumin_json_fail (&place, "no row '%s'", ids[trouble]);
    }
}

/**
 * jumin_troubles_parse:
 * @json: the text
 * @length: its bytes, or −1 when it ends with NUL
 * @name: what to call the text in the error
 * @is_event: what a row's event must be
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path.
 *
 * Returns: (transfer full): the table, complete
 */
JuminTroubles *
jumin_troubles_parse (const char *json, gssize length, const char *name,
                      JuminTroubleEventTest is_event, GError **error)
{
  g_autoptr (JuminTroubles) self = g_new0 (JuminTroubles, 1);
  JuminJsonFile file
      = { "Table of troubles", name, json, length, JUMIN_TROUBLES_BYTES_MAX, .quoting = TRUE };
  Reading reading = { self, is_event };

  return jumin_json_read_file (&file, read_table, &reading, error) ? g_steal_pointer (&self) : NULL;
}

void
jumin_troubles_free (JuminTroubles *self)
{
  for (guint i = 0; i < JUMIN_N_TROUBLES; i++)
    {
      JuminTroubleRow *row = &self->rows[i];

      words_clear (&row->title);
      words_clear (&row->next);
      words_clear (&row->safe);
      words_clear (&row->works);
      words_clear (&row->retry);
      g_free (row->picture);
      g_free (row->event);
    }
  g_free (self);
}

const JuminTroubleRow *
jumin_troubles_get (const JuminTroubles *self, JuminTrouble trouble)
{
  return &self->rows[trouble];
}

/**
 * jumin_trouble_get_id:
 *
 * Returns: (transfer none): its stable id: "card-mute"
 */
const char *
jumin_trouble_get_id (JuminTrouble trouble)
{
  return ids[trouble];
}

/**
 * jumin_trouble_words:
 * @words: a text of a row
 * @tongue: language and variant
 *
 * Returns: (nullable) (transfer none): the text in @tongue, with its slots; %NULL: there is none
 */
const char *
jumin_trouble_words (const JuminTroubleWords *words, JuminTongue tongue)
{
  gboolean english = g_strcmp0 (tongue.language, "en") == 0;
  const char *elder = english ? words->elder.en : words->elder.zh;

  if (tongue.elder && elder != NULL && *elder != '\0')
    return elder;
  return english ? words->standard.en : words->standard.zh;
}

/**
 * jumin_trouble_fill:
 * @words: a text with slots
 * @values: what each slot stands for; %NULL: nothing
 *
 * Returns: (transfer full): the text as it is shown
 */
char *
jumin_trouble_fill (const char *words, const char *const values[JUMIN_N_SLOTS])
{
  GString *filled = g_string_new (NULL);

  while (*words != '\0')
    {
      const char *end = NULL;
      JuminSlot slot = *words == '{' ? find_slot (words + 1, &end) : JUMIN_N_SLOTS;

      if (slot == JUMIN_N_SLOTS)
        g_string_append_c (filled, *words++);
      else
        {
          g_string_append (filled, values[slot] != NULL ? values[slot] : "");
          words = end + 1;
        }
    }
  return g_string_free (filled, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-core: the composition root, the only file that knows every concrete type. It builds the
 * collaborators from the configuration, hands them to each other, and runs the main loop. */
#include <glib-unix.h>
#include <locale.h>
#include <malloc.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "config.h"
#include "core-devices.h"
#include "core-payments.h"
#include "data-files.h"
#include "devices/pcsc-card-reader.h"
#include "front/border-server.h"
#include "model/words.h"
#include "platform/audit-anchor.h"

enum
{
  ARENAS_MAX = 2,
  MAPPED_BYTES = 128 * 1024 /* what is as large as this is mapped alone */
};

typedef struct
{
  JuminConfig *config;
  JuminClock *clock;
  JuminAudit *audit;
  JuminAuditAnchor *anchor; /* NULL: not provisioned */
  JuminTill *till;          /* NULL: nothing can be paid here */
  JuminTerminal *terminal;
  JuminBorderServer *border;
  JuminOperatorServer *operators;
  GMainLoop *loop;
  gboolean stopping;
} Core;

static char *config_path, *config_dir;
static double speed = 1;
static gboolean show_version;

static const GOptionEntry options[] = {
  { "config", 0, 0, G_OPTION_ARG_FILENAME, &config_path, "Configuration file", "FILE" },
  { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &config_dir, "Directory of *.conf that follow it",
    "DIR" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &speed, "Run every wait so many times faster", "N" },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Print the version", NULL },
  { NULL },
};

static const char *
text (const Core *core, const char *group, const char *key)
{
  const char *value = jumin_config_get_string (core->config, group, key);

  return value != NULL && *value != '\0' ? value : NULL;
}

static guint
number (const Core *core, const char *group, const char *key)
{
  return (guint)jumin_config_get_int (core->config, group, key);
}

static JuminAuditAnchor *
anchor_new (const Core *core, JuminHttpClient *http, GError **error)
{
  JuminAnchorSettings settings = {
    .directory = text (core, "audit", "directory"),
    .terminal = text (core, "terminal", "name"),
    .reply_key_file = text (core, "platform", "reply-key-file"),
    .records = number (core, "audit", "anchor-records"),
    .wait_ms = number (core, "audit", "anchor-ms"),
    .stop_ms = number (core, "audit", "stop-ms"),
  };

  return jumin_audit_anchor_new (&settings, http, core->audit, core->clock, error);
}

/* Returns NULL without an error when the machine is not provisioned. */
static JuminHallClient *
client_new (Core *core, GError **error)
{
  JuminHttpSettings settings = {
    .base_url = text (core, "platform", "url"),
    .terminal = text (core, "terminal", "name"),
    .ca_file = text (core, "platform", "ca-file"),
    .crl_file = text (core, "platform", "crl-file"),
    .certificate_file = text (core, "platform", "certificate-file"),
    .key_file = text (core, "platform", "key-file"),
    .pins = text (core, "platform", "pins"),
    .signing_key_file = text (core, "platform", "signing-key-file"),
    .reply_key_file = text (core, "platform", "reply-key-file"),
    .connect_ms = number (core, "platform", "connect-ms"),
    .total_ms = number (core, "platform", "total-ms"),
    .clock_step_ms = number (core, "platform", "clock-step-ms"),
    .audit = core->audit,
  };
  g_autoptr (JuminHttpClient) http = NULL;

  if (settings.base_url == NULL)
    return NULL;
  http = jumin_http_client_new (&settings, core->clock, error);
  if (http == NULL)
    return NULL;
  core->anchor = anchor_new (core, http, error);
  return core->anchor != NULL ? jumin_hall_client_new (http) : NULL;
}

/* Returns NULL without an error when nobody is asked about codes. */
static JuminCityCodeClient *
codes_new (const Core *core, GError **error)
{
  JuminHttpSettings peer = {
    .plain = TRUE,
    .base_url = text (core, "city-code", "url"),
    .ca_file = text (core, "city-code", "ca-file"),
    .connect_ms = number (core, "city-code", "connect-ms"),
    .total_ms = number (core, "city-code", "total-ms"),
  };
  JuminCityCodeSettings settings = {
    .id_file = jumin_config_get_string (core->config, "city-code", "id-file"),
    .secret_file = jumin_config_get_string (core->config, "city-code", "secret-file"),
    .terminal_file = text (core, "city-code", "terminal-file"),
    .latitude = text (core, "city-code", "latitude"),
    .longitude = text (core, "city-code", "longitude"),
    .total_ms = peer.total_ms,
  };
  g_autoptr (JuminHttpClient) http = NULL;

  if (peer.base_url == NULL)
    return NULL;
  http = jumin_http_client_new (&peer, core->clock, error);
  if (http == NULL)
    return NULL;
  settings.profile = jumin_data_load_city_code (core->config, error);
  return settings.profile != NULL ? jumin_city_code_client_new (&settings, http, core->clock, error)
                                  : NULL;
}

/* A printer that counts pages when they are out is believed, unless it is known to lie. */
static gboolean
asks_got (const Core *core)
{
  const char *asks = text (core, "sheets", "ask-got");

  return g_str_equal (asks, "auto") ? g_str_equal (text (core, "sheets", "counts-pages"), "no")
                                    : g_str_equal (asks, "yes");
}

static JuminTerminalSettings
settings_new (const Core *core)
{
  JuminTerminalSettings settings = {
    .idle_ms = number (core, "screen", "idle-ms"),
    .idle_home_ms = number (core, "screen", "idle-home-ms"),
    .elder_factor = number (core, "screen", "idle-elder-factor"),
    .warn_ms = number (core, "screen", "warn-ms"),
    .ticket_ms = number (core, "screen", "ticket-ms"),
    .preview_ms = number (core, "screen", "preview-ms"),
    .sheets_ms = number (core, "screen", "sheets-ms"),
    .pay_ms = number (core, "screen", "pay-ms"),
    .paid_ms = number (core, "screen", "paid-ms"),
    .unknown_ms = number (core, "screen", "unknown-ms"),
    .confirm_ms = number (core, "screen", "confirm-ms"),
    .notice_ms = number (core, "screen", "notice-ms"),
    .take_card_ms = number (core, "screen", "take-card-ms"),
    .grace_ms = number (core, "card", "grace-ms"),
    .code_repeat_ms = number (core, "scan", "repeat-ms"),
    .code_tell_ms = number (core, "scan", "tell-ms"),
    .goodbye_ms = number (core, "screen", "goodbye-ms"),
    .slow_ms = number (core, "screen", "slow-ms"),
    .hall_refresh_ms = number (core, "platform", "hall-refresh-ms"),
    .printer_check_ms = number (core, "printer", "check-ms"),
    .printer_heal_ms
    = number (core, "printer", text (core, "printer", "uri") != NULL ? "heal-ms" : "check-ms"),
    .sheets_check_ms = number (core, "sheets", "check-ms"),
    .sheets_heal_ms = number (core, "sheets", "heal-ms"),
    .rest_ms = number (core, "terminal", "rest-ms"),
    .ask_got = asks_got (core),
    .veil_ms = number (core, "screen", "veil-ms"),
    .reprints_max = number (core, "printer", "reprints-max"),
    .help_poll_ms = number (core, "help", "poll-ms"),
    .help_ack_ms = number (core, "help", "ack-ms"),
    .help_escalate_ms = number (core, "help", "escalate-ms"),
    .slip_width = number (core, "printer", "width"),
    .desk_phone = jumin_config_get_string (core->config, "terminal", "desk-phone"),
  };

  jumin_text_set (&settings.hall_name, text (core, "terminal", "hall-zh"),
                  text (core, "terminal", "hall-en"));
  jumin_text_set (&settings.machine, text (core, "terminal", "machine-zh"),
                  text (core, "terminal", "machine-en"));
  jumin_text_set (&settings.reader_place, text (core, "card", "place-zh"),
                  text (core, "card", "place-en"));
  jumin_text_set (&settings.slip_place, text (core, "printer", "place-zh"),
                  text (core, "printer", "place-en"));
  jumin_text_set (&settings.scanner_place, text (core, "scan", "place-zh"),
                  text (core, "scan", "place-en"));
  jumin_text_set (&settings.sheet_place, text (core, "sheets", "place-zh"),
                  text (core, "sheets", "place-en"));
  jumin_text_set (&settings.desk_place, text (core, "terminal", "desk-zh"),
                  text (core, "terminal", "desk-en"));
  return settings;
}

static void
settings_clear (JuminTerminalSettings *settings)
{
  jumin_text_clear (&settings->hall_name);
  jumin_text_clear (&settings->machine);
  jumin_text_clear (&settings->reader_place);
  jumin_text_clear (&settings->slip_place);
  jumin_text_clear (&settings->scanner_place);
  jumin_text_clear (&settings->sheet_place);
  jumin_text_clear (&settings->desk_place);
}

/* Returns NULL without an error when the machine is not provisioned. */
static JuminDocumentsClient *
documents_new (const Core *core, JuminHallClient *hall, GError **error)
{
  return hall != NULL
             ? jumin_documents_client_new (hall, text (core, "terminal", "name"),
                                           text (core, "platform", "reply-key-file"), error)
             : NULL;
}

/* The one way by which sheets leave the machine; for tools that have a printer. */
static JuminPaperDesk *
desk_new (const Core *core, const JuminTerminalTools *tools)
{
  g_autoptr (JuminPrintLedger) ledger = jumin_print_ledger_new (
      text (core, "sheets", "ledger"), number (core, "sheets", "keep-days"), core->clock);
  JuminPaperDeskTools desk = {
    .clock = core->clock,
    .printer = tools->sheet_printer,
    .ledger = ledger,
    .source = JUMIN_DOCUMENT_SOURCE (tools->documents),
    .audit = core->audit,
    .stopped_ms = number (core, "sheets", "stopped-ms"),
    .report_ms = number (core, "sheets", "report-ms"),
  };

  return jumin_paper_desk_new (&desk);
}

/* Whom the terminal talks to: the platforms and the devices that can be refused. */
static gboolean
reach_out (Core *core, JuminTerminalTools *tools, GError **error)
{
  g_autoptr (GError) refused = NULL;

  tools->client = client_new (core, &refused);
  if (refused == NULL)
    tools->documents = documents_new (core, tools->client, &refused);
  if (refused == NULL)
    jumin_core_payments_new (core->config, tools, &refused);
  if (refused == NULL)
    tools->codes = codes_new (core, &refused);
  if (refused == NULL)
    tools->sheet_printer = jumin_core_sheet_printer_new (core->config, core->clock, &refused);
  if (refused != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refused));
      return FALSE;
    }
  if (tools->sheet_printer != NULL)
    tools->desk = desk_new (core, tools);
  return TRUE;
}

/* None where the machine is not provisioned. */
static gboolean
load_keys (const Core *core, JuminTerminalTools *tools, GError **error)
{
  const char *file = text (core, "platform", "reply-key-file");

  if (file != NULL)
    tools->keys = jumin_sm2_load_public_keys (file, error);
  return file == NULL || tools->keys != NULL;
}

static gboolean
load_data (const Core *core, JuminTerminalTools *tools, GError **error)
{
  tools->catalogue = jumin_data_load_catalogue (core->config, error);
  if (tools->catalogue != NULL)
    tools->troubles = jumin_data_load_troubles (core->config, error);
  if (tools->troubles != NULL)
    tools->kinds = jumin_data_load_code_kinds (core->config, error);
  if (tools->kinds != NULL)
    tools->billers = jumin_data_load_billers (core->config, error);
  if (tools->billers != NULL && load_keys (core, tools, error))
    return TRUE;
  g_clear_pointer (&tools->billers, jumin_billers_free);
  g_clear_pointer (&tools->kinds, jumin_code_kinds_free);
  g_clear_pointer (&tools->catalogue, jumin_catalogue_free);
  g_clear_pointer (&tools->troubles, jumin_troubles_free);
  return FALSE;
}

static void
drop_tools (JuminTerminalTools *tools)
{
  g_clear_object (&tools->reader);
  g_clear_object (&tools->scanner);
  g_clear_object (&tools->printer);
  g_clear_object (&tools->desk);
  g_clear_object (&tools->sheet_printer);
  g_clear_object (&tools->till);
  g_clear_object (&tools->payments);
  g_clear_object (&tools->documents);
  g_clear_object (&tools->client);
  g_clear_object (&tools->codes);
}

static gboolean
terminal_new (Core *core, GError **error)
{
  JuminTerminalTools tools = { .clock = core->clock, .audit = core->audit };
  JuminTerminalSettings settings;

  if (reach_out (core, &tools, error) && load_data (core, &tools, error))
    {
      tools.printer = jumin_core_printer_new (core->config, core->clock);
      tools.reader = JUMIN_CARD_READER (
          jumin_pcsc_card_reader_new (text (core, "card", "reader"), core->clock));
      tools.scanner = jumin_core_scanner_new (core->config, core->clock);
      settings = settings_new (core);
      core->terminal = jumin_terminal_new (&tools, &settings);
      settings_clear (&settings);
      g_set_object (&core->till, tools.till);
    }
  drop_tools (&tools);
  return core->terminal != NULL;
}

static gboolean
find_ui_user (const Core *core, uid_t *user, GError **error)
{
  const char *name = text (core, "border", "ui-user");
  struct passwd *entry = name != NULL ? getpwnam (name) : NULL;

  *user = entry != NULL ? entry->pw_uid : geteuid ();
  if (name == NULL || entry != NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "[border] ui-user: no user '%s'", name);
  return FALSE;
}

static JuminAudit *
audit_new (const Core *core, GError **error)
{
  JuminAuditSettings settings = {
    .directory = text (core, "audit", "directory"),
    .file_bytes_max = (gint64)number (core, "audit", "file-kib") * 1024,
    .keep_days = number (core, "audit", "keep-days"),
    .retry_ms = number (core, "audit", "retry-ms"),
  };

  return jumin_audit_new (&settings, core->clock, error);
}

static gboolean
build (Core *core, GError **error)
{
  uid_t user;

  core->config
      = jumin_config_load (config_path != NULL ? config_path : JUMIN_CONFIG_FILE,
                           config_dir != NULL ? config_dir : JUMIN_CONFIG_DIRECTORY, error);
  if (core->config == NULL || !find_ui_user (core, &user, error))
    return FALSE;
  /* Before any thread begins; see model/hall-time.c. */
  g_setenv ("TZ", text (core, "terminal", "time-zone"), TRUE);
  core->clock = jumin_clock_new (speed);
  core->audit = audit_new (core, error);
  if (core->audit == NULL)
    return FALSE;
  if (!terminal_new (core, error))
    return FALSE;
  jumin_terminal_start (core->terminal);
  if (core->till != NULL)
    {
      jumin_till_start (core->till);
      core->operators = jumin_core_operator_new (core->config, core->till, core->clock);
    }
  core->border = jumin_border_server_new (text (core, "border", "socket"), user,
                                          number (core, "screen", "ui-reply-ms"), core->terminal,
                                          core->clock, core->audit, error);
  return core->border != NULL;
}

/* The visit ends, and nobody acts any more. */
static void
close_terminal (Core *core)
{
  g_clear_object (&core->border);
  g_clear_object (&core->operators);
  if (core->terminal != NULL)
    g_object_run_dispose (G_OBJECT (core->terminal));
  g_clear_object (&core->terminal);
  if (core->till != NULL)
    g_object_run_dispose (G_OBJECT (core->till));
  g_clear_object (&core->till);
}

static void
on_anchored (GObject *anchor, GAsyncResult *result, gpointer loop)
{
  jumin_audit_anchor_stop_finish (JUMIN_AUDIT_ANCHOR (anchor), result, NULL);
  g_main_loop_quit (loop);
}

/* The platform is told of the last record before the loop ends; a second signal does not wait. */
static gboolean
on_quit (gpointer data)
{
  Core *core = data;

  close_terminal (core);
  if (!core->stopping)
    jumin_audit_write (core->audit, JUMIN_AUDIT_STOP, "why", "signal", NULL);
  if (core->anchor == NULL || core->stopping)
    g_main_loop_quit (core->loop);
  else
    jumin_audit_anchor_stop_async (core->anchor, on_anchored, core->loop);
  core->stopping = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
run (Core *core)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint terminate = g_unix_signal_add (SIGTERM, on_quit, core);
  guint interrupt = g_unix_signal_add (SIGINT, on_quit, core);

  core->loop = loop;
  jumin_audit_write (core->audit, JUMIN_AUDIT_START, "version", JUMIN_VERSION, NULL);
  g_main_loop_run (loop);
  g_clear_handle_id (&terminate, g_source_remove);
  g_clear_handle_id (&interrupt, g_source_remove);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- the core of the Jumin terminal");
  g_autoptr (GError) error = NULL;
  const char *localedir = g_getenv ("JUMIN_LOCALEDIR");
  Core core = { 0 };
  int status = 0;

  /* No core dump ever holds a visit. */
  prctl (PR_SET_DUMPABLE, 0);
  setrlimit (RLIMIT_CORE, &(struct rlimit){ 0, 0 });
  /* A slip is drawn on some MiB, by any thread: it goes back to the system, not to an arena of
   * that thread. */
  mallopt (M_ARENA_MAX, ARENAS_MAX);
  mallopt (M_MMAP_THRESHOLD, MAPPED_BYTES);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || speed <= 0)
    {
      g_printerr ("jumin-core: %s\n", error != NULL ? error->message : "--speed must be above 0");
      return 2;
    }
  if (show_version)
    {
      g_print ("jumin-core %s\n", JUMIN_VERSION);
      return 0;
    }
  jumin_words_init (localedir != NULL ? localedir : JUMIN_LOCALEDIR_DEFAULT);
  if (build (&core, &error))
    run (&core);
  else
    {
      g_printerr ("jumin-core: %s\n", error->message);
      status = 1;
    }
  close_terminal (&core);
  g_clear_object (&core.anchor);
  if (core.audit != NULL)
    jumin_audit_close (core.audit);
  g_clear_object (&core.audit);
  g_clear_object (&core.clock);
  g_clear_pointer (&core.config, jumin_config_free);
  return status;
}

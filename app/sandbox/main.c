/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-sandbox: a platform on loopback, with an invented hall and invented people. It prints
 * "ready https://127.0.0.1:PORT" when it listens, and is told what to do wrong on DIR/control. */
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>

#include "control.h"
#include "sandbox/answers.h"
#include "sandbox/keys.h"
#include "sandbox/server.h"

enum
{
  REPORTS_SHOWN = 8 /* fit a line of control */
};

typedef struct
{
  JuminCity *city;
  JuminPlatform platform;
  JuminStaff staff;
  JuminCityCodes *codes;
  JuminRegistry *registry;
  JuminGate *gate;
  JuminDesk *desk;
  JuminServer *server;
  JuminControl *control;
  GMainLoop *loop;
} Sandbox;

static char *state, *city_file, *residents_file;
static int port;
static double speed = 1;
static gboolean die_with_parent, show_version;

static const GOptionEntry options[] = {
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &state, "Folder of keys, ledger and control socket",
    "DIR" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port on loopback, 0 for any", "N" },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &city_file, "The hall", "FILE" },
  { "residents", 0, 0, G_OPTION_ARG_FILENAME, &residents_file, "The people", "FILE" },
  { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &speed, "Queues move so many times faster", "N" },
  { "die-with-parent", 0, 0, G_OPTION_ARG_NONE, &die_with_parent, "End when the parent ends",
    NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Print the version", NULL },
  { NULL },
};

static void
run_fault (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (GError) error = NULL;

  if (jumin_faults_set (jumin_server_get_faults (self->server), argument, &error))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error: %s", error->message);
}

static void
run_down (Sandbox *self, JuminControlClient *client, const char *argument)
{
  run_fault (self, client, "drop-before");
}

static void
run_up (Sandbox *self, JuminControlClient *client, const char *argument)
{
  run_fault (self, client, "none");
}

static void
run_delay (Sandbox *self, JuminControlClient *client, const char *argument)
{
  guint64 ms = 0;

  if (!g_ascii_string_to_unsigned (argument, 10, 0, 60000, &ms, NULL))
    {
      jumin_control_reply (client, "error: delay wants 0 to 60000 milliseconds");
      return;
    }
  jumin_server_set_delay (self->server, (guint)ms);
  jumin_control_reply (client, "ok");
}

static void
run_next (Sandbox *self, JuminControlClient *client, const char *argument)
{
  guint called = jumin_queue_call_next (self->platform.queue, *argument != '\0' ? argument : NULL);

  jumin_control_reply (client, "ok %u", called);
}

/* Nobody came when this number was called. */
static void
run_miss (Sandbox *self, JuminControlClient *client, const char *argument)
{
  jumin_control_reply (client, jumin_queue_miss (self->platform.queue, argument)
                                   ? "ok"
                                   : "error: no such ticket that waits");
}

/* The queue system behind the platform. */
static void
run_queue (Sandbox *self, JuminControlClient *client, const char *argument)
{
  if (!g_str_equal (argument, "down") && !g_str_equal (argument, "up"))
    {
      jumin_control_reply (client, "error: queue wants down or up");
      return;
    }
  jumin_queue_set_down (self->platform.queue, g_str_equal (argument, "down"));
  jumin_control_reply (client, "ok");
}

/* The offices behind records and papers. */
static void
run_office (Sandbox *self, JuminControlClient *client, const char *argument)
{
  if (!g_str_equal (argument, "down") && !g_str_equal (argument, "up"))
    {
      jumin_control_reply (client, "error: office wants down or up");
      return;
    }
  self->staff.offices_closed = g_str_equal (argument, "down");
  jumin_control_reply (client, "ok");
}

static void
run_status (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (JuminTicket) last = jumin_queue_find_last (self->platform.queue);

  jumin_control_reply (
      client, "ok {\"tickets\":%d,\"last\":\"%s\",\"flow\":\"%s\",\"help_calls\":%d}",
      jumin_store_count_issued (self->platform.store), last != NULL ? last->number : "",
      last != NULL ? last->flow : "", (int)jumin_store_count_help (self->platform.store));
}

static void
run_ticket (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (JuminTicket) ticket = jumin_queue_find_flow (self->platform.queue, argument);
  cJSON *object;
  char *text;

  if (ticket == NULL)
    {
      jumin_control_reply (client, "error: no such ticket");
      return;
    }
  object = jumin_answer_ticket (ticket);
  text = cJSON_PrintUnformatted (object);
  jumin_control_reply (client, "ok %s", text);
  cJSON_free (text);
  cJSON_Delete (object);
}

/* Only here is a code to be seen; it is what the resident's phone shows. */
static void
run_code (Sandbox *self, JuminControlClient *client, const char *argument)
{
  const char *code = jumin_logins_find_code (self->platform.logins, argument);

  if (code != NULL)
    jumin_control_reply (client, "ok %s", code);
  else
    jumin_control_reply (client, "error: no message was sent to '%s'", argument);
}

static void
run_age (Sandbox *self, JuminControlClient *client, const char *argument)
{
  guint64 seconds = 0;

  if (!g_ascii_string_to_unsigned (argument, 10, 0, JUMIN_CITY_DAY_S, &seconds, NULL))
    {
      jumin_control_reply (client, "error: age wants 0 to %d seconds", JUMIN_CITY_DAY_S);
      return;
    }
  jumin_logins_age (self->platform.logins, (gint64)seconds);
  jumin_control_reply (client, "ok");
}

static void
run_roll (Sandbox *self, JuminControlClient *client, const char *argument)
{
  jumin_gate_use_next_reply_key (self->gate);
  jumin_control_reply (client, "ok");
}

/* The platform's clock goes wrong by so many seconds, forward or back, a day at most. */
static void
run_clock (Sandbox *self, JuminControlClient *client, const char *argument)
{
  JuminClock *clock = self->platform.clock;
  gint64 now_us = jumin_clock_get_monotonic (clock), seconds, moved;

  if (!g_ascii_string_to_signed (argument, 10, -JUMIN_CLOCK_CORRECTION_MAX_S + 1,
                                 JUMIN_CLOCK_CORRECTION_MAX_S - 1, &seconds, NULL)
      || !jumin_clock_correct (clock, jumin_clock_get_wall (clock) + seconds, now_us, now_us,
                               &moved))
    jumin_control_reply (client, "error: clock wants seconds, less than a day");
  else
    jumin_control_reply (client, "ok");
}

/* A machine may become the terminal that is named; without a name, the city's own. */
static void
run_token (Sandbox *self, JuminControlClient *client, const char *argument)
{
  const char *terminal = *argument != '\0' ? argument : self->city->terminal;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  if (!g_regex_match_simple ("^[A-Z]-[0-9]{4}$", terminal, G_REGEX_DOLLAR_ENDONLY, 0))
    {
      jumin_control_reply (client, "error: token wants a terminal, T-0004");
      return;
    }
  file = jumin_desk_give_token (self->desk, terminal, &error);
  if (file != NULL)
    jumin_control_reply (client, "ok https://127.0.0.1:%u/v1 %s",
                         jumin_server_get_desk_port (self->server), file);
  else
    jumin_control_reply (client, "error: %s", error->message);
}

/* "RESIDENT [KIND]": what this phone shows now; five minutes later it is too old. */
static void
run_city_code (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  JuminCodeKind kind = JUMIN_CODE_KIND_CITY_CODE;
  g_autofree char *text = NULL;

  if (words[0] != NULL && words[1] != NULL)
    for (kind = 0; kind < JUMIN_N_CODE_KINDS; kind++)
      if (g_str_equal (jumin_code_kind_get_name (kind), words[1]))
        break;
  if (words[0] != NULL)
    text = jumin_city_codes_show (self->codes, words[0], kind);
  if (text != NULL)
    jumin_control_reply (client, "ok %s", text);
  else
    jumin_control_reply (client, "error: no such resident, or kind of code");
}

/* What the platform of the codes does wrong, or, without an argument, what it has counted. */
static void
run_codes (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *counted = jumin_city_code_desk_describe (self->platform.codes);

  if (*argument == '\0')
    jumin_control_reply (client, "ok %s", counted);
  else if (jumin_city_code_faults_set (jumin_city_code_desk_get_faults (self->platform.codes),
                                       argument, &error))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error: %s", error->message);
}

/* What the people of the hall do about calls for help. */
static void
run_help (Sandbox *self, JuminControlClient *client, const char *argument)
{
  gboolean ack = g_str_equal (argument, "ack"), away = g_str_equal (argument, "away");

  if (!ack && !away && !g_str_equal (argument, "ignore"))
    {
      jumin_control_reply (client, "error: help wants ack, ignore or away");
      return;
    }
  self->staff.answers = ack;
  self->staff.away = away;
  if (ack)
    self->staff.answered = jumin_store_count_help (self->platform.store);
  jumin_control_reply (client, "ok");
}

/* What terminals have told about their troubles, newest first. */
static void
run_reports (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_autofree char *reports = jumin_store_dup_reports (self->platform.store, REPORTS_SHOWN);

  jumin_control_reply (client, "ok %s", reports);
}

/* The A4 paper of another machine: "T-0002 out". */
static void
run_machine (Sandbox *self, JuminControlClient *client, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  JuminMachine *machine
      = g_strv_length (words) == 2 ? jumin_city_find_machine (self->city, words[0]) : NULL;
  int sheets = 0;

  while (machine != NULL && jumin_machine_sheets_names[sheets] != NULL
         && !g_str_equal (words[1], jumin_machine_sheets_names[sheets]))
    sheets++;
  if (machine == NULL || jumin_machine_sheets_names[sheets] == NULL)
    {
      jumin_control_reply (client, "error: machine wants ID ok|low|out|none|unknown");
      return;
    }
  machine->sheets = (JuminMachineSheets)sheets;
  jumin_control_reply (client, "ok");
}

static void
run_quit (Sandbox *self, JuminControlClient *client, const char *argument)
{
  jumin_control_reply (client, "ok");
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  void (*run) (Sandbox *self, JuminControlClient *client, const char *argument);
} commands[] = {
  /* clang-format off */
  { "fault", run_fault },
  { "down", run_down },
  { "up", run_up },
  { "delay", run_delay },
  { "next", run_next },
  { "miss", run_miss },
  { "queue", run_queue },
  { "office", run_office },
  { "status", run_status },
  { "ticket", run_ticket },
  { "roll", run_roll },
  { "clock", run_clock },
  { "code", run_code },
  { "city-code", run_city_code },
  { "codes", run_codes },
  { "age", run_age },
  { "token", run_token },
  { "help", run_help },
  { "reports", run_reports },
  { "machine", run_machine },
  { "quit", run_quit },
  /* clang-format on */
};

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, command))
      {
        commands[i].run (data, client, argument);
        return;
      }
  jumin_control_reply (client, "error: no command '%s'", command);
}

static gboolean
open_doors (Sandbox *self, GError **error)
{
  const char *terminal = self->city->terminal;
  g_autofree char *url = NULL;

  self->registry = jumin_registry_new (state, terminal, self->platform.clock, error);
  if (self->registry == NULL)
    return FALSE;
  self->gate
      = jumin_gate_new (state, self->registry, self->platform.store, self->platform.clock, error);
  if (self->gate == NULL)
    return FALSE;
  self->codes = jumin_city_codes_new (state, self->city, self->platform.clock, error);
  if (self->codes == NULL)
    return FALSE;
  self->platform.codes = jumin_city_code_desk_new (self->codes, self->platform.clock);
  self->platform.gate = self->gate;
  self->platform.state = state;
  self->platform.staff = &self->staff;
  self->desk = jumin_desk_new (state, self->city, self->gate, self->registry, self->platform.clock);
  self->server
      = jumin_server_new (state, &self->platform, self->gate, self->desk, (guint)port, error);
  if (self->server == NULL)
    return FALSE;
  url = g_strdup_printf ("https://127.0.0.1:%u/v1", jumin_server_get_port (self->server));
  jumin_desk_set_url (self->desk, url);
  return jumin_keys_write_config (state, terminal, jumin_server_get_port (self->server),
                                  jumin_server_get_desk_port (self->server), error);
}

static gboolean
build (Sandbox *self, GError **error)
{
  g_autofree char *ledger = g_build_filename (state, "ledger.db", NULL);
  g_autofree char *control = g_build_filename (state, "control", NULL);

  self->city = jumin_city_load (
      city_file != NULL ? city_file : JUMIN_PKGDATADIR "/sandbox/city.json",
      residents_file != NULL ? residents_file : JUMIN_PKGDATADIR "/sandbox/residents.json", error);
  if (self->city == NULL)
    return FALSE;
  if (g_mkdir_with_parents (state, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed", state);
      return FALSE;
    }
  if (!jumin_keys_ensure (state, self->city->terminal, error))
    return FALSE;
  self->platform.city = self->city;
  self->platform.clock = jumin_clock_new (speed);
  self->platform.store = jumin_store_new (ledger, error);
  if (self->platform.store == NULL)
    return FALSE;
  self->platform.queue = jumin_queue_new (self->city, self->platform.store, self->platform.clock);
  jumin_queue_start (self->platform.queue);
  self->platform.logins = jumin_logins_new (self->city, self->platform.clock);
  return open_doors (self, error)
         && (self->control = jumin_control_new (control, on_command, self, error)) != NULL;
}

static void
clear (Sandbox *self)
{
  g_clear_pointer (&self->control, jumin_control_free);
  g_clear_object (&self->server);
  g_clear_object (&self->desk);
  g_clear_object (&self->gate);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->platform.codes, jumin_city_code_desk_free);
  g_clear_pointer (&self->codes, jumin_city_codes_free);
  g_clear_pointer (&self->platform.logins, jumin_logins_free);
  g_clear_object (&self->platform.queue);
  g_clear_object (&self->platform.store);
  g_clear_object (&self->platform.clock);
  g_clear_pointer (&self->city, jumin_city_free);
  g_clear_pointer (&self->loop, g_main_loop_unref);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- a platform to try Jumin with");
  g_autoptr (GError) error = NULL;
  Sandbox self = { .loop = g_main_loop_new (NULL, FALSE) };
  int status = 0;

  umask (0077);
  /* The one way to tell GLib's TLS which versions there are; before any thread begins. */
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-ALL:+VERS-TLS1.3", TRUE);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || speed <= 0
      || (state == NULL && !show_version))
    {
      g_printerr ("jumin-sandbox: %s\n", error != NULL ? error->message : "--state is wanted");
      clear (&self);
      return 2;
    }
  if (show_version)
    g_print ("jumin-sandbox %s\n", JUMIN_VERSION);
  else if (build (&self, &error))
    {
      if (die_with_parent)
        jumin_peer_end_with_parent (self.loop);
      g_print ("ready https://127.0.0.1:%u\n", jumin_server_get_port (self.server));
      fflush (stdout);
      g_main_loop_run (self.loop);
    }
  else
    {
      g_printerr ("jumin-sandbox: %s\n", error->message);
      status = 1;
    }
  clear (&self);
  return status;
}

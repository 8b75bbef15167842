/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be told to the sandbox while it runs (tests/peers/README.md): one line, one answer. */
#include "sandbox/commands.h"

#include "sandbox/answers.h"

enum
{
  REPORTS_SHOWN = 8 /* fit a line of control */
};

/* @wrong: what to say unless it is @good */
static void
reply (JuminControlClient *client, gboolean good, const char *wrong)
{
  if (good)
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error: %s", wrong);
}

/* @text: (nullable): what is asked for; %NULL: @wrong */
static void
reply_with (JuminControlClient *client, const char *text, const char *wrong)
{
  if (text != NULL)
    jumin_control_reply (client, "ok %s", text);
  else
    reply (client, FALSE, wrong);
}

static void
run_fault (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (GError) error = NULL;
  gboolean good = jumin_faults_set (jumin_server_get_faults (self->server), argument, &error);

  reply (client, good, good ? NULL : error->message);
}

static void
run_delay (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  guint64 ms = 0;
  gboolean good = g_ascii_string_to_unsigned (argument, 10, 0, 60000, &ms, NULL);

  if (good)
    jumin_server_set_delay (self->server, (guint)ms);
  reply (client, good, "delay wants 0 to 60000 milliseconds");
}

static void
run_next (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  guint called = jumin_queue_call_next (self->platform.queue, *argument != '\0' ? argument : NULL);

  jumin_control_reply (client, "ok %u", called);
}

/* Nobody came when this number was called. */
static void
run_miss (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  reply (client, jumin_queue_miss (self->platform.queue, argument), "no such ticket that waits");
}

/* Sets whether something is down, and answers. */
static void
take_down (JuminControlClient *client, const char *argument, gboolean *down)
{
  gboolean good = g_str_equal (argument, "down") || g_str_equal (argument, "up");

  if (good)
    *down = g_str_equal (argument, "down");
  reply (client, good, "this is down or up");
}

/* The queue system behind the platform. */
static void
run_queue (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  gboolean down = jumin_queue_get_down (self->platform.queue);

  take_down (client, argument, &down);
  jumin_queue_set_down (self->platform.queue, down);
}

/* The offices behind records and papers. */
static void
run_office (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  take_down (client, argument, &self->staff.offices_closed);
}

static void
run_status (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (JuminTicket) last = jumin_queue_find_last (self->platform.queue);

  jumin_control_reply (
      client, "ok {\"tickets\":%d,\"last\":\"%s\",\"flow\":\"%s\",\"help_calls\":%d}",
      jumin_store_count_issued (self->platform.store), last != NULL ? last->number : "",
      last != NULL ? last->flow : "", (int)jumin_store_count_help (self->platform.store));
}

static void
run_ticket (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (JuminTicket) ticket = jumin_queue_find_flow (self->platform.queue, argument);
  cJSON *object;
  char *text;

  if (ticket == NULL)
    {
      reply (client, FALSE, "no such ticket");
      return;
    }
  object = jumin_answer_ticket (ticket);
  text = cJSON_PrintUnformatted (object);
  reply_with (client, text, NULL);
  cJSON_free (text);
  cJSON_Delete (object);
}

/* Only here is a code to be seen; it is what the resident's phone shows. */
static void
run_code (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  reply_with (client, jumin_logins_find_code (self->platform.logins, argument),
              "no message was sent to this resident");
}

static void
run_age (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  guint64 seconds = 0;
  gboolean good = g_ascii_string_to_unsigned (argument, 10, 0, JUMIN_CITY_DAY_S, &seconds, NULL);

  if (good)
    jumin_logins_age (self->platform.logins, (gint64)seconds);
  reply (client, good, "age wants seconds, a day at most");
}

static void
run_roll (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  jumin_gate_use_next_reply_key (self->gate);
  reply (client, TRUE, NULL);
}

/* The platform's clock goes wrong by so many seconds, forward or back, a day at most. */
static void
run_clock (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  JuminClock *clock = self->platform.clock;
  gint64 now_us = jumin_clock_get_monotonic (clock), seconds, moved;

  reply (client,
         g_ascii_string_to_signed (argument, 10, -JUMIN_CLOCK_CORRECTION_MAX_S + 1,
                                   JUMIN_CLOCK_CORRECTION_MAX_S - 1, &seconds, NULL)
             && jumin_clock_correct (clock, jumin_clock_get_wall (clock) + seconds, now_us, now_us,
                                     &moved),
         "clock wants seconds, less than a day");
}

/* A machine may become the terminal that is named; without a name, the city's own. */
static void
run_token (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  const char *terminal = *argument != '\0' ? argument : self->city->terminal;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  if (!g_regex_match_simple ("^[A-Z]-[0-9]{4}$", terminal, G_REGEX_DOLLAR_ENDONLY, 0))
    {
      reply (client, FALSE, "token wants a terminal, T-0004");
      return;
    }
  file = jumin_desk_give_token (self->desk, terminal, &error);
  if (file != NULL)
    jumin_control_reply (client, "ok https://127.0.0.1:%u/v1 %s",
                         jumin_server_get_desk_port (self->server), file);
  else
    reply (client, FALSE, error->message);
}

/* "RESIDENT [KIND]": what this phone shows now; five minutes later it is too old. */
static void
run_city_code (JuminSandbox *self, JuminControlClient *client, const char *argument)
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
  reply_with (client, text, "no such resident, or kind of code");
}

/* What the platform of the codes does wrong, or, without an argument, what it has counted. */
static void
run_codes (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *counted = jumin_city_code_desk_describe (self->platform.codes);
  JuminCityCodeFaults *faults = jumin_city_code_desk_get_faults (self->platform.codes);

  if (*argument == '\0')
    reply_with (client, counted, NULL);
  else
    {
      jumin_city_code_faults_set (faults, argument, &error);
      reply (client, error == NULL, error != NULL ? error->message : NULL);
    }
}

/* What the people of the hall do about calls for help. */
static void
run_help (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  gboolean ack = g_str_equal (argument, "ack"), away = g_str_equal (argument, "away");
  gboolean good = ack || away || g_str_equal (argument, "ignore");

  if (good)
    {
      self->staff.answers = ack;
      self->staff.away = away;
    }
  if (ack)
    self->staff.answered = jumin_store_count_help (self->platform.store);
  reply (client, good, "help wants ack, ignore or away");
}

/* What terminals have told about their troubles, newest first. */
static void
run_reports (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autofree char *reports = jumin_store_dup_reports (self->platform.store, REPORTS_SHOWN);

  reply_with (client, reports, NULL);
}

/* The A4 paper of another machine: "T-0002 out". */
static void
run_machine (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  JuminMachine *machine
      = g_strv_length (words) == 2 ? jumin_city_find_machine (self->city, words[0]) : NULL;
  int sheets = 0;
  gboolean good;

  while (machine != NULL && jumin_machine_sheets_names[sheets] != NULL
         && !g_str_equal (words[1], jumin_machine_sheets_names[sheets]))
    sheets++;
  good = machine != NULL && jumin_machine_sheets_names[sheets] != NULL;
  if (good)
    machine->sheets = (JuminMachineSheets)sheets;
  reply (client, good, "machine wants ID ok|low|out|none|unknown");
}

/* The payer's phone, at the newest order. */
static void
run_phone (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  gint64 now = jumin_clock_get_wall (self->platform.clock);

  reply (client, jumin_pay_desk_use_phone (self->platform.pay, argument, now),
         "phone wants scan [CHANNEL], scan-late or decline, and an order that waits");
}

static void
run_biller (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  reply (client, jumin_pay_desk_tell_biller (self->platform.pay, argument),
         "biller wants ID open|closed|hours|rejects");
}

static void
run_pay_code (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  g_autofree char *code = jumin_pay_desk_show_code (argument);

  reply_with (client, code, "pay-code wants wechat, alipay, unionpay or ecny");
}

static void
run_quit (JuminSandbox *self, JuminControlClient *client, const char *argument)
{
  reply (client, TRUE, NULL);
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  void (*run) (JuminSandbox *self, JuminControlClient *client, const char *argument);
  const char *argument; /* NULL: what follows the name */
} commands[] = {
  /* clang-format off */
  { "fault", run_fault },
  { "down", run_fault, "drop-before" },
  { "up", run_fault, "none" },
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
  { "phone", run_phone },
  { "biller", run_biller },
  { "pay-code", run_pay_code },
  { "quit", run_quit },
  /* clang-format on */
};

void
jumin_sandbox_run_command (JuminControlClient *client, const char *command, const char *argument,
                           gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, command))
      {
        commands[i].run (data, client,
                         commands[i].argument != NULL ? commands[i].argument : argument);
        return;
      }
  jumin_control_reply (client, "error: no command '%s'", command);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's answers as values (data/platform-api.yaml, schemas). Strict: a member that nobody
 * reads here is refused, too (jumin_json_check_all_seen). */
#include "platform/hall-answers.h"

enum
{
  COUNT_MAX = 9999,
  MINUTES_MAX = 1440,
  ON_DUTY_MAX = 999,
  NUMBER_MAX = 4,
  FLOW_MAX = 9,
  COUNTER_MAX = 3,
  METRES_MAX = 9999,
  TERMINAL_MAX = 6,
  COUNTERS_MAX = 40,
  MESSAGE_MAX = 200,
  PERSON_NAME_MAX = 80,
  ID_NUMBER_MAX = 18,
  URL_MAX = 200,
  HELP_ID_MAX = 9,
  REPORT_ID_MAX = 9,
  LOGIN_ID_MAX = 32,
  LOGIN_S_MAX = 3600,
  TRIES_MAX = 10,
  PHONE_MAX = 11,
  LIVE_TICKETS_MAX = 32,
  APPOINTMENTS_MAX = 8,
  AGE_MAX = 150,
  CALLS_KEPT_MAX = 99
};

static const char *const identify_names[] = {
  [JUMIN_IDENTIFY_NEVER] = "never",
  [JUMIN_IDENTIFY_OPTIONAL] = "optional",
  [JUMIN_IDENTIFY_ALWAYS] = "always",
  NULL,
};

static const char *const state_names[] = {
  [JUMIN_TICKET_WAITING] = "waiting",
  [JUMIN_TICKET_CALLED] = "called",
  [JUMIN_TICKET_MISSED] = "missed",
  NULL,
};

static const char *const missed_names[] = {
  [JUMIN_MISSED_WINDOW] = "window",
  [JUMIN_MISSED_DESK] = "desk",
  [JUMIN_MISSED_AGAIN] = "again",
  NULL,
};

static const char *const refusal_codes[] = {
  [JUMIN_REFUSAL_BAD_REQUEST] = "bad_request",
  [JUMIN_REFUSAL_SIGNATURE] = "signature",
  [JUMIN_REFUSAL_CLOCK_SKEW] = "clock_skew",
  [JUMIN_REFUSAL_NOT_FOUND] = "not_found",
  [JUMIN_REFUSAL_TOO_LARGE] = "too_large",
  [JUMIN_REFUSAL_HOLDER_UNKNOWN] = "holder_unknown",
  [JUMIN_REFUSAL_LIVE_TICKET] = "live_ticket",
  [JUMIN_REFUSAL_QUEUE_CLOSED] = "queue_closed",
  [JUMIN_REFUSAL_QUEUE_DOWN] = "queue_down",
  [JUMIN_REFUSAL_APPOINTMENT_CLOSED] = "appointment_closed",
  [JUMIN_REFUSAL_IDENTITY_REQUIRED] = "identity_required",
  [JUMIN_REFUSAL_MATTER_UNKNOWN] = "matter_unknown",
  [JUMIN_REFUSAL_KEY_REUSED] = "key_reused",
  [JUMIN_REFUSAL_NO_PHONE] = "no_phone",
  [JUMIN_REFUSAL_WRONG_CODE] = "wrong_code",
  [JUMIN_REFUSAL_LOGIN_EXPIRED] = "login_expired",
  [JUMIN_REFUSAL_LOGIN_LOCKED] = "login_locked",
  [JUMIN_REFUSAL_TOKEN] = "token",
  [JUMIN_REFUSAL_SERVICE_DOWN] = "service_down",
  [JUMIN_REFUSAL_NOT_ENTITLED] = "not_entitled",
  [JUMIN_REFUSAL_OUTCOME_SETTLED] = "outcome_settled",
  [JUMIN_REFUSAL_ACCOUNT_UNKNOWN] = "account_unknown",
  [JUMIN_REFUSAL_BILL_TAKEN] = "bill_taken",
  [JUMIN_REFUSAL_BILLER_CLOSED] = "biller_closed",
  [JUMIN_REFUSAL_QUOTE_EXPIRED] = "quote_expired",
  [JUMIN_REFUSAL_QUOTE_UNKNOWN] = "quote_unknown",
  [JUMIN_REFUSAL_INTERNAL] = "internal",
  NULL,
};

static int
read_count (const JuminJson *object, const char *key)
{
  return (int)jumin_json_get_integer (object, key, 0, COUNT_MAX);
}

/* What is null becomes @none. */
static gint64
read_nullable (const JuminJson *object, const char *key, gint64 max, gint64 none)
{
  return jumin_json_member_is_null (object, key) ? none
                                                 : jumin_json_get_integer (object, key, 0, max);
}

static void
read_wait (const JuminJson *object, int *min, int *max)
{
  JuminJson place = jumin_json_member (object, "wait_minutes");

  if (cJSON_IsNull (place.value))
    return;
  *min = (int)jumin_json_get_integer (&place, "min", 0, MINUTES_MAX);
  *max = (int)jumin_json_get_integer (&place, "max", *min, MINUTES_MAX);
}

static gpointer
read_call (const JuminJson *place)
{
  return jumin_call_new (jumin_json_get_match (place, "number", "^[A-Z][0-9]{3}$", NUMBER_MAX),
                         jumin_json_get_match (place, "counter", "^[0-9]+$", COUNTER_MAX));
}

static gpointer
read_paper (const JuminJson *place)
{
  JuminText *paper = g_new0 (JuminText, 1);

  jumin_json_read_text (place, NULL, paper);
  return paper;
}

static gpointer
read_matter (const JuminJson *place)
{
  JuminMatter *matter = jumin_matter_new ();

  matter->id = jumin_json_dup_id (place, "id");
  matter->icon = jumin_json_dup_match (place, "icon", "^[a-z]+$", JUMIN_ICON_MAX);
  matter->family
      = g_strdup (jumin_families[jumin_json_get_choice (place, "family", jumin_families)]);
  matter->counters = g_strdup (jumin_json_get_string (place, "counters", COUNTERS_MAX));
  jumin_json_read_text (place, "name", &matter->name);
  jumin_json_read_text (place, "place", &matter->place);
  jumin_json_read_text (place, "hours", &matter->hours);
  jumin_json_read_list (place, "papers", JUMIN_PAPERS_MAX, matter->papers, read_paper);
  matter->waiting = read_count (place, "waiting");
  matter->windows_open = read_count (place, "windows_open");
  read_wait (place, &matter->wait_min, &matter->wait_max);
  matter->identify = (JuminIdentify)jumin_json_get_choice (place, "identify", identify_names);
  matter->left = (int)read_nullable (place, "left", COUNT_MAX, JUMIN_LEFT_MANY);
  matter->open = jumin_json_get_boolean (place, "open");
  matter->reopens_at = read_nullable (place, "reopens_at", JUMIN_JSON_TIME_MAX_S, 0);
  if (matter->open && jumin_json_member_is_null (place, "closed_reason"))
    jumin_text_set (&matter->closed_reason, "", "");
  else
    jumin_json_read_text (place, "closed_reason", &matter->closed_reason);
  return matter;
}

gpointer
jumin_hall_answer_read_machine (const JuminJson *place)
{
  JuminMachine *machine = jumin_machine_new ();

  machine->id = jumin_json_dup_match (place, "id", JUMIN_PATTERN_TERMINAL, TERMINAL_MAX);
  jumin_json_read_text (place, "name", &machine->name);
  jumin_json_read_text (place, "place", &machine->place);
  machine->metres = (int)jumin_json_get_integer (place, "metres", 0, METRES_MAX);
  machine->sheets
      = (JuminMachineSheets)jumin_json_get_choice (place, "sheets", jumin_machine_sheets_names);
  return machine;
}

static void
check_matters (const JuminJson *root, const JuminHall *hall)
{
  JuminJson place = jumin_json_member (root, "matters");

  for (guint i = 0; i < hall->matters->len; i++)
    {
      const JuminMatter *matter = hall->matters->pdata[i];

      if (jumin_hall_find_matter (hall, matter->id) != matter)
        jumin_json_fail (&place, "an id stands here twice");
    }
}

gpointer
jumin_hall_answer_read_hall (const JuminJson *root)
{
  JuminHall *hall = jumin_hall_new ();

  jumin_json_read_text (root, "name", &hall->name);
  hall->as_of = jumin_json_get_time (root, "as_of");
  hall->priority_age = (int)jumin_json_get_integer (root, "priority_age", 1, AGE_MAX);
  hall->waiting = read_count (root, "waiting");
  hall->windows_open = read_count (root, "windows_open");
  read_wait (root, &hall->wait_min, &hall->wait_max);
  jumin_json_read_list (root, "calls", JUMIN_CALLS_MAX, hall->calls, read_call);
  jumin_json_read_list (root, "matters", JUMIN_MATTERS_MAX, hall->matters, read_matter);
  jumin_json_read_list (root, "machines", JUMIN_MACHINES_MAX, hall->machines,
                        jumin_hall_answer_read_machine);
  check_matters (root, hall);
  return hall;
}

static JuminIdentity *
read_holder (const JuminJson *root, JuminProof proof)
{
  JuminJson place = jumin_json_member (root, "name");
  const char *name = jumin_json_get_string (root, "name", PERSON_NAME_MAX);

  if (*name == '\0')
    jumin_json_fail (&place, "empty");
  return jumin_identity_new (
      proof, name,
      jumin_json_get_match (root, "id_number", JUMIN_PATTERN_ID_NUMBER, ID_NUMBER_MAX));
}

gpointer
jumin_hall_answer_read_holder (const JuminJson *root)
{
  return read_holder (root, JUMIN_PROOF_PLATFORM);
}

gpointer
jumin_hall_answer_read_login (const JuminJson *root)
{
  JuminLogin *login = jumin_login_new (JUMIN_LOGIN_SENT);

  login->id = jumin_json_dup_match (root, "login", "^[0-9a-f]{32}$", LOGIN_ID_MAX);
  login->phone = jumin_json_dup_match (root, "phone", "^[0-9]{3}\\*{4}[0-9]{4}$", PHONE_MAX);
  login->valid_s = (int)jumin_json_get_integer (root, "valid_s", 1, LOGIN_S_MAX);
  login->resend_s = (int)jumin_json_get_integer (root, "resend_s", 0, LOGIN_S_MAX);
  login->tries_left = (int)jumin_json_get_integer (root, "tries_left", 1, TRIES_MAX);
  return login;
}

gpointer
jumin_hall_answer_read_login_holder (const JuminJson *root)
{
  JuminLogin *login = jumin_login_new (JUMIN_LOGIN_KNOWN);

  login->holder = read_holder (root, JUMIN_PROOF_MESSAGE);
  return login;
}

gpointer
jumin_hall_answer_read_login_refusal (guint status, JuminRefusal refusal, const JuminJson *root)
{
  static const struct
  {
    guint status;
    JuminRefusal refusal;
    JuminLoginState state;
  } states[] = {
    { 422, JUMIN_REFUSAL_NO_PHONE, JUMIN_LOGIN_NO_PHONE },
    { 422, JUMIN_REFUSAL_WRONG_CODE, JUMIN_LOGIN_WRONG_CODE },
    { 423, JUMIN_REFUSAL_LOGIN_LOCKED, JUMIN_LOGIN_LOCKED },
    { 410, JUMIN_REFUSAL_LOGIN_EXPIRED, JUMIN_LOGIN_EXPIRED },
  };
  JuminLogin *login = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (states[i].status == status && states[i].refusal == refusal)
      login = jumin_login_new (states[i].state);
  if (login != NULL && login->state == JUMIN_LOGIN_WRONG_CODE)
    login->tries_left = (int)jumin_json_get_integer (root, "tries_left", 1, TRIES_MAX);
  else if (login != NULL && login->state == JUMIN_LOGIN_LOCKED)
    login->locked_until = jumin_json_get_time (root, "until");
  return login;
}

gpointer
jumin_hall_answer_read_ticket (const JuminJson *root)
{
  JuminTicket *ticket = jumin_ticket_new ();

  ticket->number = jumin_json_dup_match (root, "number", "^[A-Z][0-9]{3}$", NUMBER_MAX);
  ticket->flow = jumin_json_dup_match (root, "flow", "^[A-Z][0-9]{3}-[0-9]{4}$", FLOW_MAX);
  ticket->matter = jumin_json_dup_id (root, "matter");
  ticket->counters = g_strdup (jumin_json_get_string (root, "counters", COUNTERS_MAX));
  jumin_json_read_text (root, "name", &ticket->name);
  jumin_json_read_text (root, "place", &ticket->place);
  ticket->ahead = read_count (root, "ahead");
  read_wait (root, &ticket->wait_min, &ticket->wait_max);
  ticket->as_of = jumin_json_get_time (root, "as_of");
  ticket->issued_at = jumin_json_get_time (root, "issued_at");
  ticket->progress_url
      = g_strdup (jumin_json_get_match_or (root, "progress_url", "^https://[!-~]+$", URL_MAX, ""));
  /* A platform that forgets to mask breaks the interface: the number must not reach paper. */
  ticket->masked_number = g_strdup (jumin_json_get_match_or (
      root, "masked_number", "^[0-9]{4}\\*{12}[0-9X]{2}$", ID_NUMBER_MAX, ""));
  ticket->priority = jumin_json_get_boolean (root, "priority");
  ticket->appointment_at = read_nullable (root, "appointment_at", JUMIN_JSON_TIME_MAX_S, 0);
  ticket->state = (JuminTicketState)jumin_json_get_choice (root, "state", state_names);
  ticket->if_missed = (JuminMissed)jumin_json_get_choice (root, "if_missed", missed_names);
  ticket->calls_kept = (int)jumin_json_get_integer (root, "calls_kept", 0, CALLS_KEPT_MAX);
  return ticket;
}

static gpointer
read_appointment (const JuminJson *place)
{
  JuminAppointment *appointment = jumin_appointment_new ();

  appointment->id = jumin_json_dup_id (place, "id");
  appointment->matter = jumin_json_dup_id (place, "matter");
  jumin_json_read_text (place, "name", &appointment->name);
  appointment->begins_at = jumin_json_get_time (place, "begins_at");
  appointment->ends_at
      = jumin_json_get_integer (place, "ends_at", appointment->begins_at, JUMIN_JSON_TIME_MAX_S);
  appointment->take_from = jumin_json_get_time (place, "take_from");
  appointment->take_until
      = jumin_json_get_integer (place, "take_until", appointment->take_from, JUMIN_JSON_TIME_MAX_S);
  return appointment;
}

gpointer
jumin_hall_answer_read_today (const JuminJson *root)
{
  JuminToday *today = jumin_today_new ();

  jumin_json_read_list (root, "tickets", LIVE_TICKETS_MAX, today->tickets,
                        jumin_hall_answer_read_ticket);
  jumin_json_read_list (root, "appointments", APPOINTMENTS_MAX, today->appointments,
                        read_appointment);
  return today;
}

gpointer
jumin_hall_answer_read_help_call (const JuminJson *root)
{
  JuminHelpCall *call = g_new0 (JuminHelpCall, 1);

  call->id = jumin_json_dup_match (root, "id", "^H[0-9]{4,8}$", HELP_ID_MAX);
  call->acknowledged = jumin_json_get_boolean (root, "acknowledged");
  call->on_duty = (int)jumin_json_get_integer (root, "on_duty", 0, ON_DUTY_MAX);
  return call;
}

gpointer
jumin_hall_answer_read_report_kept (const JuminJson *root)
{
  return jumin_json_dup_match (root, "id", "^R[0-9]{4,8}$", REPORT_ID_MAX);
}

JuminRefusal
jumin_hall_answer_read_refusal (const JuminJson *root)
{
  JuminJson place = jumin_json_member (root, "error");

  if (*jumin_json_get_string (&place, "message", MESSAGE_MAX) == '\0')
    jumin_json_fail (&place, "no message");
  return (JuminRefusal)jumin_json_get_choice (&place, "code", refusal_codes);
}

const char *
jumin_refusal_get_code (JuminRefusal refusal)
{
  return refusal_codes[refusal];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of the hall as the JSON of data/platform-api.yaml. */
#include "sandbox/answers.h"

#include "sandbox/answer-parts.h"

static void
add_wait (cJSON *object, int min, int max)
{
  cJSON *wait;

  if (min == JUMIN_MINUTES_UNKNOWN || max == JUMIN_MINUTES_UNKNOWN)
    {
      cJSON_AddNullToObject (object, "wait_minutes");
      return;
    }
  wait = cJSON_AddObjectToObject (object, "wait_minutes");
  cJSON_AddNumberToObject (wait, "min", min);
  cJSON_AddNumberToObject (wait, "max", max);
}

static cJSON *
matter_to_json (const JuminMatter *matter)
{
  static const char *const rules[] = { [JUMIN_IDENTIFY_NEVER] = "never",
                                       [JUMIN_IDENTIFY_OPTIONAL] = "optional",
                                       [JUMIN_IDENTIFY_ALWAYS] = "always" };
  cJSON *object = cJSON_CreateObject (), *papers;

  cJSON_AddStringToObject (object, "id", matter->id);
  cJSON_AddStringToObject (object, "icon", matter->icon);
  cJSON_AddStringToObject (object, "family", matter->family);
  jumin_answer_add_text (object, "name", &matter->name);
  jumin_answer_add_text (object, "place", &matter->place);
  jumin_answer_add_text (object, "hours", &matter->hours);
  cJSON_AddStringToObject (object, "counters", matter->counters != NULL ? matter->counters : "");
  papers = cJSON_AddArrayToObject (object, "papers");
  for (guint i = 0; i < matter->papers->len; i++)
    {
      const JuminText *paper = matter->papers->pdata[i];
      cJSON *both = cJSON_CreateObject ();

      cJSON_AddStringToObject (both, "zh", paper->zh);
      cJSON_AddStringToObject (both, "en", paper->en);
      cJSON_AddItemToArray (papers, both);
    }
  cJSON_AddNumberToObject (object, "waiting", matter->waiting);
  cJSON_AddNumberToObject (object, "windows_open", matter->windows_open);
  add_wait (object, matter->wait_min, matter->wait_max);
  cJSON_AddStringToObject (object, "identify", rules[matter->identify]);
  if (matter->left == JUMIN_LEFT_MANY)
    cJSON_AddNullToObject (object, "left");
  else
    cJSON_AddNumberToObject (object, "left", matter->left);
  cJSON_AddBoolToObject (object, "open", matter->open);
  if (matter->open)
    cJSON_AddNullToObject (object, "closed_reason");
  else
    jumin_answer_add_text (object, "closed_reason", &matter->closed_reason);
  jumin_answer_add_time (object, "reopens_at", matter->reopens_at);
  return object;
}

static cJSON *
machine_to_json (const JuminMachine *machine)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "id", machine->id);
  jumin_answer_add_text (object, "name", &machine->name);
  jumin_answer_add_text (object, "place", &machine->place);
  cJSON_AddNumberToObject (object, "metres", machine->metres);
  cJSON_AddStringToObject (object, "sheets", jumin_machine_sheets_names[machine->sheets]);
  return object;
}

cJSON *
jumin_answer_hall (const JuminHall *hall)
{
  cJSON *object = cJSON_CreateObject (), *list;

  jumin_answer_add_text (object, "name", &hall->name);
  cJSON_AddNumberToObject (object, "as_of", (double)hall->as_of);
  cJSON_AddNumberToObject (object, "priority_age", hall->priority_age);
  cJSON_AddNumberToObject (object, "waiting", hall->waiting);
  cJSON_AddNumberToObject (object, "windows_open", hall->windows_open);
  add_wait (object, hall->wait_min, hall->wait_max);
  list = cJSON_AddArrayToObject (object, "calls");
  for (guint i = 0; i < hall->calls->len; i++)
    {
      const JuminCall *call = hall->calls->pdata[i];
      cJSON *item = cJSON_CreateObject ();

      cJSON_AddStringToObject (item, "number", call->number);
      cJSON_AddStringToObject (item, "counter", call->counter);
      cJSON_AddItemToArray (list, item);
    }
  list = cJSON_AddArrayToObject (object, "matters");
  for (guint i = 0; i < hall->matters->len; i++)
    cJSON_AddItemToArray (list, matter_to_json (hall->matters->pdata[i]));
  list = cJSON_AddArrayToObject (object, "machines");
  for (guint i = 0; i < hall->machines->len; i++)
    cJSON_AddItemToArray (list, machine_to_json (hall->machines->pdata[i]));
  return object;
}

cJSON *
jumin_answer_ticket (const JuminTicket *ticket)
{
  static const char *const states[] = { [JUMIN_TICKET_WAITING] = "waiting",
                                        [JUMIN_TICKET_CALLED] = "called",
                                        [JUMIN_TICKET_MISSED] = "missed" };
  static const char *const missed[] = {
    [JUMIN_MISSED_WINDOW] = "window", [JUMIN_MISSED_DESK] = "desk", [JUMIN_MISSED_AGAIN] = "again"
  };
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddStringToObject (object, "number", ticket->number);
  cJSON_AddStringToObject (object, "flow", ticket->flow);
  cJSON_AddStringToObject (object, "matter", ticket->matter);
  jumin_answer_add_text (object, "name", &ticket->name);
  jumin_answer_add_text (object, "place", &ticket->place);
  cJSON_AddStringToObject (object, "counters", ticket->counters != NULL ? ticket->counters : "");
  cJSON_AddNumberToObject (object, "ahead", ticket->ahead);
  add_wait (object, ticket->wait_min, ticket->wait_max);
  cJSON_AddNumberToObject (object, "as_of", (double)ticket->as_of);
  cJSON_AddNumberToObject (object, "issued_at", (double)ticket->issued_at);
  jumin_answer_add_string (object, "progress_url", ticket->progress_url);
  jumin_answer_add_string (object, "masked_number", ticket->masked_number);
  cJSON_AddBoolToObject (object, "priority", ticket->priority);
  jumin_answer_add_time (object, "appointment_at", ticket->appointment_at);
  cJSON_AddStringToObject (object, "state", states[ticket->state]);
  cJSON_AddStringToObject (object, "if_missed", missed[ticket->if_missed]);
  cJSON_AddNumberToObject (object, "calls_kept", ticket->calls_kept);
  return object;
}

cJSON *
jumin_answer_today (const JuminToday *today)
{
  cJSON *object = cJSON_CreateObject ();
  cJSON *tickets = cJSON_AddArrayToObject (object, "tickets");
  cJSON *appointments = cJSON_AddArrayToObject (object, "appointments");

  for (guint i = 0; i < today->tickets->len; i++)
    cJSON_AddItemToArray (tickets, jumin_answer_ticket (today->tickets->pdata[i]));
  for (guint i = 0; i < today->appointments->len; i++)
    {
      const JuminAppointment *appointment = today->appointments->pdata[i];
      cJSON *item = cJSON_CreateObject ();

      cJSON_AddStringToObject (item, "id", appointment->id);
      cJSON_AddStringToObject (item, "matter", appointment->matter);
      jumin_answer_add_text (item, "name", &appointment->name);
      cJSON_AddNumberToObject (item, "begins_at", (double)appointment->begins_at);
      cJSON_AddNumberToObject (item, "ends_at", (double)appointment->ends_at);
      cJSON_AddNumberToObject (item, "take_from", (double)appointment->take_from);
      cJSON_AddNumberToObject (item, "take_until", (double)appointment->take_until);
      cJSON_AddItemToArray (appointments, item);
    }
  return object;
}

cJSON *
jumin_answer_error (const char *code, const char *message)
{
  cJSON *object = cJSON_CreateObject (), *error = cJSON_AddObjectToObject (object, "error");

  cJSON_AddStringToObject (error, "code", code);
  cJSON_AddStringToObject (error, "message", message);
  return object;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue as a terminal sees it: numbers, matters, the hall, and what a person has today. */
#include <string.h>

#include "model/mask.h"
#include "sandbox/queue-private.h"
#include "sandbox/wait-range.h"

/* A page that nobody serves: RFC 2606 keeps the name for examples. */
#define PROGRESS_PAGES "https://linjiang.example/queue/"

enum
{
  FLOW_DIGITS = 10000
};

static int
count_windows (JuminQueue *self, const JuminCityMatter *matter)
{
  return jumin_queue_is_open_hour (self, matter) ? matter->windows_open : 0;
}

static char *
dup_counters (JuminQueue *self, const JuminCityMatter *matter)
{
  if (count_windows (self, matter) == 0)
    return g_strdup ("");
  if (matter->n_windows == 1)
    return g_strdup (matter->windows[0]);
  return g_strdup_printf ("%s–%s", matter->windows[0], matter->windows[matter->n_windows - 1]);
}

static char *
dup_number (const JuminCityMatter *matter, const JuminStoredTicket *stored)
{
  return g_strdup_printf ("%c%03d", matter->letter, stored->ordinal);
}

static char *
dup_flow (JuminQueue *self, const JuminStoredTicket *stored)
{
  g_autofree char *number
      = dup_number (jumin_city_find_matter (self->city, stored->matter), stored);

  return g_strdup_printf ("%s-%04d", number, (int)(stored->id % FLOW_DIGITS));
}

/* What a person who missed the call does now; for all others what they would do. */
static void
describe_missing (JuminQueue *self, const JuminStoredTicket *stored, JuminTicket *ticket)
{
  const JuminCityRules *rules = &self->city->rules;
  gboolean missed = stored->state == JUMIN_STORED_MISSED;

  ticket->state = missed                                  ? JUMIN_TICKET_MISSED
                  : stored->state == JUMIN_STORED_WAITING ? JUMIN_TICKET_WAITING
                                                          : JUMIN_TICKET_CALLED;
  ticket->calls_kept = missed ? stored->calls_kept : rules->calls_kept;
  ticket->if_missed = ticket->calls_kept > 0 ? JUMIN_MISSED_WINDOW : rules->missed_then;
}

/* An appointment is not called before its time. */
static void
describe_wait (JuminQueue *self, const JuminCityMatter *matter, const JuminStoredTicket *stored,
               JuminTicket *ticket)
{
  int until_s = (int)MAX (0, stored->due_at - ticket->as_of);

  ticket->ahead = jumin_store_count_ahead (self->store, stored, ticket->as_of);
  ticket->wait_min = ticket->wait_max = 0;
  if (stored->state == JUMIN_STORED_WAITING)
    jumin_wait_range (matter, ticket->ahead, count_windows (self, matter), until_s,
                      &ticket->wait_min, &ticket->wait_max);
}

JuminTicket *
jumin_queue_describe_ticket (JuminQueue *self, const JuminStoredTicket *stored)
{
  const JuminCityMatter *matter = jumin_city_find_matter (self->city, stored->matter);
  JuminTicket *ticket = jumin_ticket_new ();

  ticket->number = dup_number (matter, stored);
  ticket->flow = dup_flow (self, stored);
  ticket->matter = g_strdup (stored->matter);
  ticket->counters = dup_counters (self, matter);
  ticket->progress_url = g_strdup_printf (PROGRESS_PAGES "%s", ticket->flow);
  ticket->masked_number
      = *stored->id_number != '\0' ? jumin_mask_number (stored->id_number) : g_strdup ("");
  jumin_text_copy (&ticket->name, &matter->matter->name);
  jumin_text_copy (&ticket->place, &matter->matter->place);
  ticket->as_of = jumin_clock_get_wall (self->clock);
  ticket->issued_at = stored->issued_at;
  ticket->priority = *stored->priority != '\0';
  ticket->appointment_at = stored->due_at;
  describe_missing (self, stored, ticket);
  describe_wait (self, matter, stored, ticket);
  return ticket;
}

static void
add_appointments (JuminQueue *self, const char *id_number, GPtrArray *appointments)
{
  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *resident = self->city->residents->pdata[i];
      JuminAppointment *appointment = strcmp (resident->id_number, id_number) == 0
                                          ? jumin_queue_describe_appointment (self, i)
                                          : NULL;

      if (appointment != NULL
          && !jumin_store_find_appointment (self->store, self->day, appointment->id, id_number))
        g_ptr_array_add (appointments, appointment);
      else
        g_clear_pointer (&appointment, jumin_appointment_free);
    }
}

/**
 * jumin_queue_find_today:
 *
 * Returns: (transfer full): live numbers and today's appointments of this person
 */
JuminToday *
jumin_queue_find_today (JuminQueue *self, const char *id_number)
{
  JuminToday *today = jumin_today_new ();
  g_autoptr (GPtrArray) live = NULL;

  jumin_queue_ensure_day (self);
  live = jumin_store_list_live (self->store, self->day, id_number);
  for (guint i = 0; i < live->len; i++)
    g_ptr_array_add (today->tickets, jumin_queue_describe_ticket (self, live->pdata[i]));
  add_appointments (self, id_number, today->appointments);
  return today;
}

/**
 * jumin_queue_find_stored:
 * @flow: the reference of a number
 *
 * Returns: (nullable) (transfer full): what is stored of it
 */
JuminStoredTicket *
jumin_queue_find_stored (JuminQueue *self, const char *flow)
{
  g_autoptr (JuminStoredTicket) last = jumin_store_find_last (self->store);
  const char *hyphen = strchr (flow, '-');
  gint64 id = hyphen != NULL ? g_ascii_strtoll (hyphen + 1, NULL, 10) : 0;

  /* The reference holds the id's last four digits: the newest ticket that has them is meant. */
  if (last == NULL || id <= 0)
    return NULL;
  for (id += last->id / FLOW_DIGITS * FLOW_DIGITS; id > 0; id -= FLOW_DIGITS)
    {
      g_autoptr (JuminStoredTicket) stored = jumin_store_find_id (self->store, id);
      g_autofree char *known = stored != NULL ? dup_flow (self, stored) : NULL;

      if (g_strcmp0 (known, flow) == 0)
        return g_steal_pointer (&stored);
    }
  return NULL;
}

/* (nullable): the ticket with this reference, as it stands now. */
JuminTicket *
jumin_queue_find_flow (JuminQueue *self, const char *flow)
{
  g_autoptr (JuminStoredTicket) stored = jumin_queue_find_stored (self, flow);

  return stored != NULL ? jumin_queue_describe_ticket (self, stored) : NULL;
}

/* (nullable): the ticket that a terminal took last. */
JuminTicket *
jumin_queue_find_last (JuminQueue *self)
{
  g_autoptr (JuminStoredTicket) stored = jumin_store_find_last (self->store);

  return stored != NULL ? jumin_queue_describe_ticket (self, stored) : NULL;
}

static JuminMatter *
describe_matter (JuminQueue *self, const JuminCityMatter *from)
{
  JuminMatter *matter = jumin_matter_new ();
  int left = from->daily_cap - jumin_queue_get_last (self, from);
  JuminQueueClosed closed;

  matter->id = g_strdup (from->matter->id);
  matter->icon = g_strdup (from->matter->icon);
  matter->family = g_strdup (from->matter->family);
  matter->counters = dup_counters (self, from);
  jumin_text_copy (&matter->name, &from->matter->name);
  jumin_text_copy (&matter->place, &from->matter->place);
  jumin_text_copy (&matter->hours, &from->timetable->words);
  matter->open = !jumin_queue_find_closed (self, from, FALSE, &closed);
  if (!matter->open)
    {
      jumin_text_copy (&matter->closed_reason, closed.reason);
      matter->reopens_at = closed.reopens_at;
    }
  else if (left <= self->city->rules.few_left)
    matter->left = left;
  for (guint i = 0; i < from->matter->papers->len; i++)
    {
      JuminText *paper = g_new0 (JuminText, 1);

      jumin_text_copy (paper, from->matter->papers->pdata[i]);
      g_ptr_array_add (matter->papers, paper);
    }
  matter->waiting = jumin_store_count_waiting (self->store, self->day, from->matter->id);
  matter->windows_open = count_windows (self, from);
  matter->identify = from->matter->identify;
  jumin_wait_range (from, matter->waiting, matter->windows_open, 0, &matter->wait_min,
                    &matter->wait_max);
  return matter;
}

static void
add_calls (JuminQueue *self, GPtrArray *calls)
{
  g_autoptr (GPtrArray) called = jumin_store_list_called (self->store, self->day);

  for (guint i = 0; i < called->len && i < JUMIN_CALLS_MAX; i++)
    {
      const JuminStoredTicket *stored = called->pdata[i];
      const JuminCityMatter *matter = jumin_city_find_matter (self->city, stored->matter);
      g_autofree char *number = dup_number (matter, stored);

      g_ptr_array_add (calls, jumin_call_new (number, stored->counter));
    }
}

/**
 * jumin_queue_describe:
 *
 * Returns: (transfer full): the hall as it is now; its range is the mean over the people waiting
 */
JuminHall *
jumin_queue_describe (JuminQueue *self)
{
  JuminHall *hall = jumin_hall_new ();
  int weight = 0, min = 0, max = 0;

  jumin_queue_ensure_day (self);
  jumin_text_copy (&hall->name, &self->city->hall);
  hall->as_of = jumin_clock_get_wall (self->clock);
  hall->priority_age = self->city->rules.priority_age;
  for (guint i = 0; i < self->city->matters->len; i++)
    {
      JuminMatter *matter = describe_matter (self, self->city->matters->pdata[i]);

      g_ptr_array_add (hall->matters, matter);
      hall->waiting += matter->waiting;
      hall->windows_open += matter->windows_open;
      if (matter->windows_open == 0)
        continue;
      weight += matter->waiting + 1;
      min += matter->wait_min * (matter->waiting + 1);
      max += matter->wait_max * (matter->waiting + 1);
    }
  if (weight > 0)
    {
      hall->wait_min = jumin_wait_round (min * JUMIN_MINUTE_S / weight);
      hall->wait_max = jumin_wait_round (max * JUMIN_MINUTE_S / weight);
    }
  add_calls (self, hall->calls);
  for (guint i = 0; i < self->city->machines->len; i++)
    g_ptr_array_add (hall->machines, jumin_machine_copy (self->city->machines->pdata[i]));
  return hall;
}

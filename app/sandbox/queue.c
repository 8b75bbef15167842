/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the queue: numbers, order, one live number a person. The windows that call are in
 * queue-windows.c, how a day begins in queue-day.c. All times are on the injected clock, all chance
 * comes from the seed of the city.
 *
 * A number is waiting → called (at a window) → done. Waiting ones are called priority first, then
 * by number. What is stored is the truth; only the timers of the windows are kept in memory. */
#include "sandbox/queue.h"

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

G_DEFINE_FINAL_TYPE (JuminQueue, jumin_queue, G_TYPE_OBJECT)
G_DEFINE_QUARK (jumin-queue-error-quark, jumin_queue_error)

static const JuminText *
get_closed_reason (JuminQueue *self, const JuminCityMatter *matter)
{
  if (jumin_store_get_last_ordinal (self->store, self->day, matter->matter->id)
      >= matter->daily_cap)
    return &self->city->closed_all_taken;
  return jumin_queue_is_open_hour (self) ? NULL : &self->city->closed_outside_hours;
}

static int
count_windows (JuminQueue *self, const JuminCityMatter *matter)
{
  return jumin_queue_is_open_hour (self) ? matter->windows_open : 0;
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

static JuminTicket *
describe_ticket (JuminQueue *self, const JuminStoredTicket *stored)
{
  const JuminCityMatter *matter = jumin_city_find_matter (self->city, stored->matter);
  JuminTicket *ticket = jumin_ticket_new ();

  ticket->number = dup_number (matter, stored);
  ticket->flow = g_strdup_printf ("%s-%04d", ticket->number, (int)(stored->id % FLOW_DIGITS));
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
  ticket->ahead = jumin_store_count_ahead (self->store, stored);
  if (stored->state == JUMIN_STORED_WAITING)
    jumin_wait_range (matter, ticket->ahead, count_windows (self, matter), &ticket->wait_min,
                      &ticket->wait_max);
  else
    ticket->wait_min = ticket->wait_max = 0;
  return ticket;
}

static gboolean
check_order (JuminQueue *self, const JuminQueueOrder *order, const JuminCityMatter *matter,
             GError **error)
{
  if (get_closed_reason (self, matter) != NULL)
    g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_CLOSED,
                 "Taking a number for '%s' failed: none are given now", order->matter);
  else if (matter->matter->identify == JUMIN_IDENTIFY_ALWAYS && *order->id_number == '\0')
    g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED,
                 "Taking a number for '%s' failed: it wants to know who comes", order->matter);
  else
    return TRUE;
  return FALSE;
}

static JuminQueueOutcome
repeat_order (JuminQueue *self, const JuminQueueOrder *order, const char *id_number,
              const JuminStoredTicket *stored, JuminTicket **ticket, GError **error)
{
  if (strcmp (stored->matter, order->matter) == 0 && strcmp (stored->priority, order->priority) == 0
      && strcmp (stored->id_number, id_number) == 0)
    {
      *ticket = describe_ticket (self, stored);
      return JUMIN_QUEUE_SAME_KEY;
    }
  g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_KEY_REUSED,
               "Taking a number for '%s' failed: the key came with another order before",
               order->matter);
  return JUMIN_QUEUE_REFUSED;
}

static JuminTicket *
describe_live (JuminQueue *self, const char *id_number, const char *matter)
{
  g_autoptr (GPtrArray) live = jumin_store_list_live (self->store, self->day, id_number);

  for (guint i = 0; i < live->len; i++)
    if (strcmp (((JuminStoredTicket *)live->pdata[i])->matter, matter) == 0)
      return describe_ticket (self, live->pdata[i]);
  return NULL;
}

/**
 * jumin_queue_take:
 * @order: what a terminal asks for
 * @ticket: (out) (transfer full): the number, unless refused
 *
 * Gives a number once a key and once a person and matter. A matter that takes no identity forgets
 * whose number it is.
 *
 * Errors: JUMIN_QUEUE_ERROR
 */
JuminQueueOutcome
jumin_queue_take (JuminQueue *self, const JuminQueueOrder *order, JuminTicket **ticket,
                  GError **error)
{
  const JuminCityMatter *matter = jumin_city_find_matter (self->city, order->matter);
  g_autoptr (JuminStoredTicket) known = jumin_store_find_key (self->store, order->key);
  JuminStoredTicket stored = jumin_queue_nobody;
  const char *id_number = order->id_number;

  jumin_queue_ensure_day (self);
  if (matter == NULL)
    {
      g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_MATTER_UNKNOWN,
                   "Taking a number failed: there is no matter '%s'", order->matter);
      return JUMIN_QUEUE_REFUSED;
    }
  if (matter->matter->identify == JUMIN_IDENTIFY_NEVER)
    id_number = "";
  if (known != NULL)
    return repeat_order (self, order, id_number, known, ticket, error);
  if ((*ticket = describe_live (self, id_number, order->matter)) != NULL)
    return JUMIN_QUEUE_LIVE;
  if (!check_order (self, order, matter, error))
    return JUMIN_QUEUE_REFUSED;

  stored.issued_at = jumin_clock_get_wall (self->clock);
  stored.day = self->day;
  stored.ordinal = jumin_store_get_last_ordinal (self->store, self->day, order->matter) + 1;
  stored.matter = (char *)order->matter;
  stored.key = (char *)order->key;
  stored.priority = (char *)order->priority;
  stored.id_number = (char *)id_number;
  if (!jumin_store_add_ticket (self->store, &stored))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "Taking a number for '%s' failed: the store refused it", order->matter);
      return JUMIN_QUEUE_REFUSED;
    }
  *ticket = describe_ticket (self, &stored);
  return JUMIN_QUEUE_NEW;
}

static void
add_appointments (JuminQueue *self, const char *id_number, GPtrArray *appointments)
{
  gint64 midnight = (gint64)self->day * JUMIN_DAY_S - self->city->utc_offset_min * JUMIN_MINUTE_S;

  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *resident = self->city->residents->pdata[i];
      const JuminCityMatter *matter
          = resident->appointment != NULL
                ? jumin_city_find_matter (self->city, resident->appointment)
                : NULL;
      JuminAppointment *appointment;

      if (matter == NULL || strcmp (resident->id_number, id_number) != 0)
        continue;
      appointment = jumin_appointment_new ();
      appointment->id = g_strdup_printf ("appointment-%u", i + 1);
      appointment->matter = g_strdup (resident->appointment);
      jumin_text_copy (&appointment->name, &matter->matter->name);
      appointment->begins_at = midnight + resident->begins_min * JUMIN_MINUTE_S;
      appointment->ends_at = midnight + resident->ends_min * JUMIN_MINUTE_S;
      g_ptr_array_add (appointments, appointment);
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
    g_ptr_array_add (today->tickets, describe_ticket (self, live->pdata[i]));
  add_appointments (self, id_number, today->appointments);
  return today;
}

/* (nullable): the ticket with this reference, as it stands now. */
JuminTicket *
jumin_queue_find_flow (JuminQueue *self, const char *flow)
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
      g_autoptr (JuminTicket) ticket = stored != NULL ? describe_ticket (self, stored) : NULL;

      if (ticket != NULL && strcmp (ticket->flow, flow) == 0)
        return g_steal_pointer (&ticket);
    }
  return NULL;
}

/* (nullable): the ticket that a terminal took last. */
JuminTicket *
jumin_queue_find_last (JuminQueue *self)
{
  g_autoptr (JuminStoredTicket) stored = jumin_store_find_last (self->store);

  return stored != NULL ? describe_ticket (self, stored) : NULL;
}

static JuminMatter *
describe_matter (JuminQueue *self, const JuminCityMatter *from)
{
  const JuminText *closed = get_closed_reason (self, from);
  JuminMatter *matter = jumin_matter_new ();

  matter->id = g_strdup (from->matter->id);
  matter->icon = g_strdup (from->matter->icon);
  matter->family = g_strdup (from->matter->family);
  matter->counters = dup_counters (self, from);
  jumin_text_copy (&matter->name, &from->matter->name);
  jumin_text_copy (&matter->place, &from->matter->place);
  jumin_text_set (&matter->closed_reason, closed != NULL ? closed->zh : "",
                  closed != NULL ? closed->en : "");
  for (guint i = 0; i < from->matter->papers->len; i++)
    {
      JuminText *paper = g_new0 (JuminText, 1);

      jumin_text_copy (paper, from->matter->papers->pdata[i]);
      g_ptr_array_add (matter->papers, paper);
    }
  matter->waiting = jumin_store_count_waiting (self->store, self->day, from->matter->id);
  matter->windows_open = count_windows (self, from);
  matter->identify = from->matter->identify;
  matter->open = closed == NULL;
  jumin_wait_range (from, matter->waiting, matter->windows_open, &matter->wait_min,
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
  return hall;
}

static void
jumin_queue_dispose (GObject *object)
{
  jumin_queue_close_windows (JUMIN_QUEUE (object));
  G_OBJECT_CLASS (jumin_queue_parent_class)->dispose (object);
}

static void
jumin_queue_finalize (GObject *object)
{
  JuminQueue *self = JUMIN_QUEUE (object);

  g_ptr_array_unref (self->windows);
  g_rand_free (self->chance);
  g_object_unref (self->store);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (jumin_queue_parent_class)->finalize (object);
}

static void
jumin_queue_class_init (JuminQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_queue_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_queue_finalize;
}

static void
jumin_queue_init (JuminQueue *self)
{
  self->windows = g_ptr_array_new_with_free_func (g_free);
}

/**
 * jumin_queue_new:
 * @city: (transfer none): must outlive the queue
 */
JuminQueue *
jumin_queue_new (const JuminCity *city, JuminStore *store, JuminClock *clock)
{
  JuminQueue *self = g_object_new (JUMIN_TYPE_QUEUE, NULL);

  self->city = city;
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->chance = g_rand_new_with_seed (city->seed);
  jumin_queue_ensure_day (self);
  jumin_queue_open_windows (self);
  return self;
}

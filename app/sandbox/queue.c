/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the queue: numbers, order, one live number a person, and windows that call the next
 * one when a visit to them is over. All times are on the injected clock, all chance comes from the
 * seed of the city.
 *
 * A number is waiting → called (at a window) → done. Waiting ones are called priority first, then
 * by number. What is stored is the truth; only the timers of the windows are kept here. */
#include "sandbox/queue.h"

#include <string.h>

#include "model/mask.h"
#include "sandbox/wait-range.h"

/* A page that nobody serves: RFC 2606 keeps the name for examples. */
#define PROGRESS_PAGES "https://linjiang.example/queue/"

enum
{
  MINUTE_S = 60,
  DAY_S = 24 * 60 * MINUTE_S,
  IDLE_WINDOW_MS = 10 * 1000, /* a window without people looks again */
  FLOW_DIGITS = 10000
};

typedef struct
{
  JuminQueue *queue;
  const JuminCityMatter *matter;
  const char *counter; /* %NULL: not a window but the door, where people arrive */
  gint64 serving;      /* id of the ticket, 0: nobody */
  gpointer timer;
} Window;

struct _JuminQueue
{
  GObject parent_instance;
  const JuminCity *city;
  JuminStore *store;
  JuminClock *clock;
  GRand *chance;
  GPtrArray *windows;
  int day; /* that the store is seeded for */
};

G_DEFINE_FINAL_TYPE (JuminQueue, jumin_queue, G_TYPE_OBJECT)
G_DEFINE_QUARK (jumin-queue-error-quark, jumin_queue_error)

static const JuminStoredTicket nobody = {
  .matter = (char *)"",
  .key = (char *)"",
  .priority = (char *)"",
  .id_number = (char *)"",
  .counter = (char *)"",
};

static gint64
get_hall_time (JuminQueue *self)
{
  return jumin_clock_get_wall (self->clock) + self->city->utc_offset_min * MINUTE_S;
}

static gboolean
is_open_hour (JuminQueue *self)
{
  int minute = (int)(get_hall_time (self) % DAY_S / MINUTE_S);

  for (int i = 0; i < self->city->n_hours; i++)
    if (minute >= self->city->hours[i][0] && minute < self->city->hours[i][1])
      return TRUE;
  return FALSE;
}

static gint64
add_waiting (JuminQueue *self, const JuminCityMatter *matter, int ordinal, const char *id_number)
{
  JuminStoredTicket ticket = nobody;

  ticket.issued_at = jumin_clock_get_wall (self->clock);
  ticket.day = self->day;
  ticket.ordinal = ordinal;
  ticket.matter = matter->matter->id;
  ticket.id_number = (char *)id_number;
  return jumin_store_add_ticket (self->store, &ticket) ? ticket.id : 0;
}

/* The people with whom a day begins: some at the windows, some waiting. */
static void
seed_matter (JuminQueue *self, const JuminCityMatter *matter)
{
  int before = MIN (matter->numbers_before, matter->daily_cap);

  for (int i = 1; i <= before; i++)
    {
      gint64 id = add_waiting (self, matter, i, "");
      int window = i - 1 - (before - matter->windows_open);

      jumin_store_set_state (self->store, id,
                             window >= 0 ? JUMIN_STORED_CALLED : JUMIN_STORED_DONE,
                             window >= 0 ? matter->windows[window] : "");
    }
  for (int i = before + 1; i <= before + matter->waiting && i <= matter->daily_cap; i++)
    add_waiting (self, matter, i, "");
}

static gboolean
holds_number (JuminQueue *self, const char *id_number, const char *matter)
{
  g_autoptr (GPtrArray) live = jumin_store_list_live (self->store, self->day, id_number);

  for (guint i = 0; i < live->len; i++)
    if (strcmp (((JuminStoredTicket *)live->pdata[i])->matter, matter) == 0)
      return TRUE;
  return FALSE;
}

static void
seed_residents (JuminQueue *self)
{
  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *resident = self->city->residents->pdata[i];
      const JuminCityMatter *matter
          = resident->live_ticket != NULL
                ? jumin_city_find_matter (self->city, resident->live_ticket)
                : NULL;

      if (matter == NULL || holds_number (self, resident->id_number, matter->matter->id))
        continue;
      add_waiting (
          self, matter,
          jumin_store_get_last_ordinal (self->store, self->day, matter->matter->id) + 1,
          resident->id_number);
    }
}

/* Numbers begin anew at the hall's midnight. */
static void
ensure_day (JuminQueue *self)
{
  int day = (int)(get_hall_time (self) / DAY_S);

  if (day == self->day)
    return;
  self->day = day;
  for (guint i = 0; i < self->city->matters->len; i++)
    {
      const JuminCityMatter *matter = self->city->matters->pdata[i];

      if (jumin_store_get_last_ordinal (self->store, day, matter->matter->id) == 0)
        seed_matter (self, matter);
    }
  seed_residents (self);
}

static const JuminText *
get_closed_reason (JuminQueue *self, const JuminCityMatter *matter)
{
  if (jumin_store_get_last_ordinal (self->store, self->day, matter->matter->id)
      >= matter->daily_cap)
    return &self->city->closed_all_taken;
  return is_open_hour (self) ? NULL : &self->city->closed_outside_hours;
}

static int
count_windows (JuminQueue *self, const JuminCityMatter *matter)
{
  return is_open_hour (self) ? matter->windows_open : 0;
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
  JuminStoredTicket stored = nobody;
  const char *id_number = order->id_number;

  ensure_day (self);
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
  gint64 midnight = (gint64)self->day * DAY_S - self->city->utc_offset_min * MINUTE_S;

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
      appointment->begins_at = midnight + resident->begins_min * MINUTE_S;
      appointment->ends_at = midnight + resident->ends_min * MINUTE_S;
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

  ensure_day (self);
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

  ensure_day (self);
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
      hall->wait_min = jumin_wait_round (min * MINUTE_S / weight);
      hall->wait_max = jumin_wait_round (max * MINUTE_S / weight);
    }
  add_calls (self, hall->calls);
  return hall;
}

/* The window is done with its visitor and calls the next one. */
static gboolean
call_next (Window *window)
{
  JuminQueue *self = window->queue;
  g_autoptr (JuminStoredTicket) next = NULL;

  ensure_day (self);
  if (window->serving != 0)
    jumin_store_set_state (self->store, window->serving, JUMIN_STORED_DONE, window->counter);
  window->serving = 0;
  next = jumin_store_find_next (self->store, self->day, window->matter->matter->id);
  if (next == NULL)
    return FALSE;
  jumin_store_set_state (self->store, next->id, JUMIN_STORED_CALLED, window->counter);
  window->serving = next->id;
  return TRUE;
}

static guint
draw_service_ms (JuminQueue *self, const JuminCityMatter *matter)
{
  return (guint)matter->served_s[g_rand_int_range (self->chance, 0, matter->n_served)] * 1000;
}

static gboolean
on_window_free (gpointer data)
{
  Window *window = data;
  gboolean busy = call_next (window);

  window->timer = jumin_clock_after (
      window->queue->clock,
      busy ? draw_service_ms (window->queue, window->matter) : IDLE_WINDOW_MS, on_window_free,
      window);
  return G_SOURCE_REMOVE;
}

/* As many come as are served, fewer when the queue is longer than drawn and more when shorter. */
static guint
draw_arrival_ms (JuminQueue *self, const JuminCityMatter *matter)
{
  int waiting = jumin_store_count_waiting (self->store, self->day, matter->matter->id);
  guint mean_ms = draw_service_ms (self, matter) / (guint)MAX (matter->windows_open, 1);

  return mean_ms * (guint)(waiting + 1) / (guint)(matter->waiting + 1)
         + (guint)g_rand_int_range (self->chance, 1000, 5000);
}

static gboolean
on_arrival (gpointer data)
{
  Window *door = data;
  JuminQueue *self = door->queue;
  int last;

  ensure_day (self);
  last = jumin_store_get_last_ordinal (self->store, self->day, door->matter->matter->id);
  if (last < MIN (self->city->arrivals_end_at, door->matter->daily_cap) && is_open_hour (self))
    add_waiting (self, door->matter, last + 1, "");
  door->timer = jumin_clock_after (self->clock, draw_arrival_ms (self, door->matter), on_arrival,
                                   door);
  return G_SOURCE_REMOVE;
}

static Window *
add_window (JuminQueue *self, const JuminCityMatter *matter, const char *counter)
{
  Window *window = g_new0 (Window, 1);

  *window = (Window){ .queue = self, .matter = matter, .counter = counter };
  g_ptr_array_add (self->windows, window);
  return window;
}

/* The window goes on with whom it called before the sandbox was started again. */
static void
resume_window (JuminQueue *self, Window *window)
{
  g_autoptr (GPtrArray) called = jumin_store_list_called (self->store, self->day);

  for (guint i = 0; i < called->len; i++)
    {
      const JuminStoredTicket *stored = called->pdata[i];

      if (strcmp (stored->matter, window->matter->matter->id) == 0
          && strcmp (stored->counter, window->counter) == 0)
        window->serving = stored->id;
    }
}

/**
 * jumin_queue_start:
 *
 * Lets people arrive and windows call. Without it the queue stands still, but for
 * jumin_queue_call_next().
 */
void
jumin_queue_start (JuminQueue *self)
{
  for (guint i = 0; i < self->windows->len; i++)
    {
      Window *window = self->windows->pdata[i];
      /* Visits are under way when the day begins: each has some of its time left. */
      guint left_ms = draw_service_ms (self, window->matter)
                      / (guint)g_rand_int_range (self->chance, 2, 5);

      if (window->timer == NULL)
        window->timer
            = jumin_clock_after (self->clock, left_ms,
                                 window->counter != NULL ? on_window_free : on_arrival, window);
    }
}

/**
 * jumin_queue_call_next:
 * @matter: (nullable): id; %NULL: every matter
 *
 * The first window of the matter calls now.
 *
 * Returns: numbers that were called
 */
guint
jumin_queue_call_next (JuminQueue *self, const char *matter)
{
  const JuminCityMatter *done = NULL;
  guint called = 0;

  for (guint i = 0; i < self->windows->len; i++)
    {
      Window *window = self->windows->pdata[i];

      if (window->counter == NULL || window->matter == done
          || (matter != NULL && strcmp (window->matter->matter->id, matter) != 0))
        continue;
      done = window->matter;
      called += call_next (window) ? 1 : 0;
    }
  return called;
}

static void
jumin_queue_dispose (GObject *object)
{
  JuminQueue *self = JUMIN_QUEUE (object);

  for (guint i = 0; i < self->windows->len; i++)
    jumin_clock_cancel (self->clock, &((Window *)self->windows->pdata[i])->timer);
  g_ptr_array_set_size (self->windows, 0);
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
  ensure_day (self);
  for (guint i = 0; i < city->matters->len; i++)
    {
      const JuminCityMatter *matter = city->matters->pdata[i];

      for (int j = 0; j < matter->windows_open; j++)
        resume_window (self, add_window (self, matter, matter->windows[j]));
      if (matter->windows_open > 0)
        add_window (self, matter, NULL);
    }
  return self;
}

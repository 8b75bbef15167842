/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking a number: one live number a person and matter, one number a key. When none is given is in
 * queue-rules.c, the windows that call in queue-windows.c, how a day begins in queue-day.c, what a
 * terminal is told in queue-describe.c. All times are on the injected clock, all chance comes from
 * the seed of the city.
 *
 *   waiting ──called──► at a window ──► done
 *      ▲                    └──nobody came──► missed ──kept for some calls──► void
 *      └────────────taken again, where the hall does so───────┘
 *
 * Called are appointments whose time has come, then priority, then by number. What is stored is the
 * truth; only the timers of the windows are kept in memory. */
#include "sandbox/queue.h"

#include <string.h>

#include "sandbox/queue-private.h"

G_DEFINE_QUARK (jumin - queue - error - quark, jumin_queue_error)

static gboolean
check_order (JuminQueue *self, const JuminQueueOrder *order, const JuminCityMatter *matter,
             GError **error)
{
  JuminQueueClosed closed;

  if (*order->appointment != '\0' && !jumin_queue_check_appointment (self, order))
    g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_APPOINTMENT,
                 "Taking a number for '%s' failed: not by this appointment now", order->matter);
  else if (jumin_queue_find_closed (self, matter, *order->appointment != '\0', &closed))
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
repeat_order (JuminQueue *self, const JuminQueueOrder *order, const JuminStoredTicket *stored,
              JuminTicket **ticket, GError **error)
{
  const char *priority = jumin_queue_grant_priority (self, order, stored->issued_at);

  if (strcmp (stored->matter, order->matter) == 0 && strcmp (stored->priority, priority) == 0
      && strcmp (stored->id_number, order->id_number) == 0
      && strcmp (stored->appointment, order->appointment) == 0)
    {
      *ticket = jumin_queue_describe_ticket (self, stored);
      return JUMIN_QUEUE_SAME_KEY;
    }
  g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_KEY_REUSED,
               "Taking a number for '%s' failed: the key came with another order before",
               order->matter);
  return JUMIN_QUEUE_REFUSED;
}

/* (nullable): the number that the person holds, or missed the call of, for the matter */
static JuminStoredTicket *
find_held (JuminQueue *self, const JuminQueueOrder *order)
{
  g_autoptr (GPtrArray) held = jumin_store_list_live (self->store, self->day, order->id_number);

  for (guint i = 0; i < held->len; i++)
    if (strcmp (((JuminStoredTicket *)held->pdata[i])->matter, order->matter) == 0)
      return g_ptr_array_steal_index (held, i);
  return NULL;
}

/* A number whose call was missed too long ago: where the hall puts it back, it waits again. */
static gboolean
put_back (JuminQueue *self, const JuminCityMatter *matter, JuminStoredTicket **held, GError **error)
{
  const JuminCityRules *rules = &self->city->rules;
  JuminQueueClosed closed;
  gint64 id = (*held)->id;

  /* It was counted among the day's numbers when it was new: the cap is not asked again. */
  if (jumin_queue_find_closed (self, matter, TRUE, &closed))
    {
      g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_CLOSED,
                   "Putting a number back for '%s' failed: none are given now", matter->matter->id);
      return FALSE;
    }
  jumin_store_put_back (self->store, *held, rules->missed_behind);
  jumin_stored_ticket_free (*held);
  *held = jumin_store_find_id (self->store, id);
  return TRUE;
}

static JuminQueueOutcome
add_number (JuminQueue *self, const JuminQueueOrder *order, JuminTicket **ticket, GError **error)
{
  JuminStoredTicket stored = jumin_queue_nobody;

  stored.issued_at = jumin_clock_get_wall (self->clock);
  stored.day = self->day;
  stored.ordinal = jumin_store_get_last_ordinal (self->store, self->day, order->matter) + 1;
  stored.matter = (char *)order->matter;
  stored.key = (char *)order->key;
  stored.priority = (char *)jumin_queue_grant_priority (self, order, stored.issued_at);
  stored.id_number = (char *)order->id_number;
  stored.appointment = (char *)order->appointment;
  stored.due_at = jumin_queue_get_due (self, order);
  if (!jumin_store_add_ticket (self->store, &stored))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "Taking a number for '%s' failed: the store refused it", order->matter);
      return JUMIN_QUEUE_REFUSED;
    }
  *ticket = jumin_queue_describe_ticket (self, &stored);
  return JUMIN_QUEUE_NEW;
}

/* The number that is held already, and whether that is the answer. */
static gboolean
answer_held (JuminQueue *self, const JuminCityMatter *matter, JuminStoredTicket **held,
             JuminTicket **ticket, GError **error)
{
  if ((*held)->state == JUMIN_STORED_MISSED && (*held)->calls_kept == 0)
    {
      if (self->city->rules.missed_then != JUMIN_MISSED_AGAIN)
        return FALSE;
      if (!put_back (self, matter, held, error))
        return TRUE;
    }
  *ticket = jumin_queue_describe_ticket (self, *held);
  return TRUE;
}

/**
 * jumin_queue_take:
 * @wanted: what a terminal asks for
 * @ticket: (out) (transfer full): the number, unless refused
 *
 * Gives a number once a key and once a person and matter. A matter that takes no identity forgets
 * whose number it is.
 *
 * Errors: JUMIN_QUEUE_ERROR
 */
JuminQueueOutcome
jumin_queue_take (JuminQueue *self, const JuminQueueOrder *wanted, JuminTicket **ticket,
                  GError **error)
{
  const JuminCityMatter *matter = jumin_city_find_matter (self->city, wanted->matter);
  g_autoptr (JuminStoredTicket) known = jumin_store_find_key (self->store, wanted->key);
  g_autoptr (JuminStoredTicket) held = NULL;
  JuminQueueOrder order = *wanted;
  JuminQueueOutcome outcome;

  *ticket = NULL;
  jumin_queue_ensure_day (self);
  if (matter == NULL)
    {
      g_set_error (error, JUMIN_QUEUE_ERROR, JUMIN_QUEUE_ERROR_MATTER_UNKNOWN,
                   "Taking a number failed: there is no matter '%s'", order.matter);
      return JUMIN_QUEUE_REFUSED;
    }
  if (matter->matter->identify == JUMIN_IDENTIFY_NEVER)
    order.id_number = "";
  if (known != NULL)
    return repeat_order (self, &order, known, ticket, error);
  held = find_held (self, &order);
  if (held != NULL && answer_held (self, matter, &held, ticket, error))
    return *ticket != NULL ? JUMIN_QUEUE_LIVE : JUMIN_QUEUE_REFUSED;
  if (!check_order (self, &order, matter, error))
    return JUMIN_QUEUE_REFUSED;
  outcome = add_number (self, &order, ticket, error);
  if (outcome == JUMIN_QUEUE_NEW && held != NULL)
    jumin_store_set_state (self->store, held->id, JUMIN_STORED_DONE, held->counter);
  return outcome;
}

/* The queue system behind the platform does not answer, or does again. */
void
jumin_queue_set_down (JuminQueue *self, gboolean down)
{
  self->down = down;
}

gboolean
jumin_queue_get_down (JuminQueue *self)
{
  return self->down;
}

void
jumin_queue_free (JuminQueue *self)
{
  jumin_queue_close_windows (self);
  g_ptr_array_unref (self->windows);
  g_rand_free (self->chance);
  g_free (self);
}

/**
 * jumin_queue_new:
 * @city, @store, @clock: must outlive the queue
 */
JuminQueue *
jumin_queue_new (const JuminCity *city, JuminStore *store, JuminClock *clock)
{
  JuminQueue *self = g_new0 (JuminQueue, 1);

  self->windows = g_ptr_array_new_with_free_func (g_free);
  self->city = city;
  self->store = store;
  self->clock = clock;
  self->chance = g_rand_new_with_seed (city->seed);
  jumin_queue_ensure_day (self);
  jumin_queue_open_windows (self);
  return self;
}

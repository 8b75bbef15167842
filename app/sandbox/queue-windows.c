/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moves in the hall: people who arrive, and windows that call the next one when a visit to
 * them is over. */
#include "sandbox/queue-private.h"

#include <string.h>

enum
{
  IDLE_WINDOW_MS = 10 * 1000 /* a window without people looks again */
};

/* The window is done with its visitor and calls the next one. */
static gboolean
call_next (JuminQueueWindow *window)
{
  JuminQueue *self = window->queue;
  g_autoptr (JuminStoredTicket) next = NULL;

  jumin_queue_ensure_day (self);
  if (window->serving != 0)
    jumin_store_set_state (self->store, window->serving, JUMIN_STORED_DONE, window->counter);
  window->serving = 0;
  next = jumin_store_find_next (self->store, self->day, window->matter->matter->id,
                                jumin_clock_get_wall (self->clock));
  if (next == NULL)
    return FALSE;
  jumin_store_count_call (self->store, self->day, window->matter->matter->id);
  jumin_store_set_state (self->store, next->id, JUMIN_STORED_CALLED, window->counter);
  window->serving = next->id;
  return TRUE;
}

/**
 * jumin_queue_miss:
 * @flow: reference of a number that waits or was called
 *
 * It is called, and nobody comes; the window goes on.
 *
 * Returns: whether there is such a number
 */
gboolean
jumin_queue_miss (JuminQueue *self, const char *flow)
{
  g_autoptr (JuminStoredTicket) stored = jumin_queue_find_stored (self, flow);

  if (stored == NULL || stored->state == JUMIN_STORED_DONE)
    return FALSE;
  for (guint i = 0; i < self->windows->len; i++)
    {
      JuminQueueWindow *window = self->windows->pdata[i];

      if (window->serving == stored->id)
        window->serving = 0;
    }
  return jumin_store_miss (self->store, stored->id, self->city->rules.calls_kept);
}

static guint
draw_service_ms (JuminQueue *self, const JuminCityMatter *matter)
{
  return (guint)matter->served_s[g_rand_int_range (self->chance, 0, matter->n_served)] * 1000;
}

static gboolean
on_window_free (gpointer data)
{
  JuminQueueWindow *window = data;
  gboolean busy = jumin_queue_is_open_hour (window->queue, window->matter) && call_next (window);

  window->timer = jumin_clock_after (
      window->queue->clock, busy ? draw_service_ms (window->queue, window->matter) : IDLE_WINDOW_MS,
      on_window_free, window);
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
  JuminQueueWindow *door = data;
  JuminQueue *self = door->queue;
  int last;

  jumin_queue_ensure_day (self);
  last = jumin_store_get_last_ordinal (self->store, self->day, door->matter->matter->id);
  /* The day's last numbers are left to the terminals. */
  if (last < MIN (self->city->arrivals_end_at, door->matter->daily_cap - self->city->rules.few_left)
      && jumin_queue_is_open_hour (self, door->matter))
    jumin_queue_add_waiting (self, door->matter, last + 1, "");
  door->timer
      = jumin_clock_after (self->clock, draw_arrival_ms (self, door->matter), on_arrival, door);
  return G_SOURCE_REMOVE;
}

static JuminQueueWindow *
add_window (JuminQueue *self, const JuminCityMatter *matter, const char *counter)
{
  JuminQueueWindow *window = g_new0 (JuminQueueWindow, 1);

  *window = (JuminQueueWindow){ .queue = self, .matter = matter, .counter = counter };
  g_ptr_array_add (self->windows, window);
  return window;
}

/* The window goes on with whom it called before the sandbox was started again. */
static void
resume_window (JuminQueue *self, JuminQueueWindow *window)
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

/* All windows that are open, and a door for each matter that has one. */
void
jumin_queue_open_windows (JuminQueue *self)
{
  for (guint i = 0; i < self->city->matters->len; i++)
    {
      const JuminCityMatter *matter = self->city->matters->pdata[i];

      for (int j = 0; j < matter->windows_open; j++)
        resume_window (self, add_window (self, matter, matter->windows[j]));
      if (matter->windows_open > 0)
        add_window (self, matter, NULL);
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
      JuminQueueWindow *window = self->windows->pdata[i];
      /* Visits are under way when the day begins: each has some of its time left. */
      guint left_ms
          = draw_service_ms (self, window->matter) / (guint)g_rand_int_range (self->chance, 2, 5);

      if (window->timer == NULL)
        window->timer = jumin_clock_after (
            self->clock, left_ms, window->counter != NULL ? on_window_free : on_arrival, window);
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
      JuminQueueWindow *window = self->windows->pdata[i];

      if (window->counter == NULL || window->matter == done
          || (matter != NULL && strcmp (window->matter->matter->id, matter) != 0))
        continue;
      done = window->matter;
      called += call_next (window) ? 1 : 0;
    }
  return called;
}

void
jumin_queue_close_windows (JuminQueue *self)
{
  for (guint i = 0; i < self->windows->len; i++)
    jumin_clock_cancel (self->clock, &((JuminQueueWindow *)self->windows->pdata[i])->timer);
  g_ptr_array_set_size (self->windows, 0);
}

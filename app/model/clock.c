/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock that everybody is handed. Every wait in the house is a configured number of
 * milliseconds on it, so tests run it a hundred times faster, or by hand.
 *
 * The time of day is the system's until somebody who knows has corrected it; from then on it goes
 * with the clock that never jumps, whatever becomes of the system's.
 *
 * A timer fires once, in the main loop, in the order of its deadline. */
#include "model/clock.h"

typedef struct
{
  JuminClock *clock;
  GSourceFunc callback;
  gpointer data;
  gint64 due_us;
  guint source;
} Timer;

struct _JuminClock
{
  GObject parent_instance;
  double speed; /* 0: by hand */
  gint64 manual_us, manual_system_us;
  gboolean corrected;
  gint64 ahead_us; /* what the time of day is ahead of the clock that never jumps */
  GList *timers;   /* by due_us */
};

G_DEFINE_FINAL_TYPE (JuminClock, jumin_clock, G_TYPE_OBJECT)

static void
timer_free (Timer *timer)
{
  g_clear_handle_id (&timer->source, g_source_remove);
  g_free (timer);
}

static void
timer_fire (Timer *timer)
{
  GSourceFunc callback = timer->callback;
  gpointer data = timer->data;

  timer->clock->timers = g_list_remove (timer->clock->timers, timer);
  timer_free (timer);
  callback (data);
}

static gboolean
on_timeout (gpointer data)
{
  Timer *timer = data;

  timer->source = 0;
  timer_fire (timer);
  return G_SOURCE_REMOVE;
}

static void
jumin_clock_finalize (GObject *object)
{
  JuminClock *self = JUMIN_CLOCK (object);

  g_list_free_full (self->timers, (GDestroyNotify)timer_free);
  G_OBJECT_CLASS (jumin_clock_parent_class)->finalize (object);
}

static void
jumin_clock_class_init (JuminClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_clock_finalize;
}

static void
jumin_clock_init (JuminClock *self)
{
}

/**
 * jumin_clock_new:
 * @speed: 1 for the real time, 100 in tests: every wait takes a hundredth
 *
 * Returns: (transfer full): a clock that runs by itself
 */
JuminClock *
jumin_clock_new (double speed)
{
  JuminClock *self = g_object_new (JUMIN_TYPE_CLOCK, NULL);

  g_assert (speed > 0);
  self->speed = speed;
  return self;
}

/**
 * jumin_clock_new_manual:
 * @wall_s: the time of day to begin with, Unix seconds
 *
 * Returns: (transfer full): a clock that stands still but for jumin_clock_advance()
 */
JuminClock *
jumin_clock_new_manual (gint64 wall_s)
{
  JuminClock *self = g_object_new (JUMIN_TYPE_CLOCK, NULL);

  self->manual_us = G_USEC_PER_SEC;
  jumin_clock_set_system (self, wall_s);
  return self;
}

/**
 * jumin_clock_get_monotonic:
 *
 * Returns: microseconds that never jump; CLOCK_MONOTONIC unless the clock is manual
 */
gint64
jumin_clock_get_monotonic (JuminClock *self)
{
  return self->speed > 0 ? g_get_monotonic_time () : self->manual_us;
}

static gint64
get_ahead (JuminClock *self)
{
  if (self->corrected)
    return self->ahead_us;
  return self->speed > 0 ? g_get_real_time () - g_get_monotonic_time () : self->manual_system_us;
}

/**
 * jumin_clock_get_wall:
 *
 * Returns: the time of day, Unix seconds: for showing and for days, never for waits
 */
gint64
jumin_clock_get_wall (JuminClock *self)
{
  return (jumin_clock_get_monotonic (self) + get_ahead (self)) / G_USEC_PER_SEC;
}

/**
 * jumin_clock_correct:
 * @time_s: the time of day, Unix seconds, cut to a whole one, as somebody knew it
 * @sent_us, @heard_us: monotonic microseconds between which that was
 * @moved_s: (out): how far the time of day moved; 0 when it was right already
 *
 * Corrects the time of day by as little as makes it right. The system's clock stays as it is.
 *
 * Returns: whether it did; no when it would move by more than %JUMIN_CLOCK_CORRECTION_MAX_S, which
 *   @moved_s tells
 */
gboolean
jumin_clock_correct (JuminClock *self, gint64 time_s, gint64 sent_us, gint64 heard_us,
                     gint64 *moved_s)
{
  gint64 ahead_us = get_ahead (self);
  gint64 right_us = CLAMP (ahead_us, time_s * G_USEC_PER_SEC - heard_us,
                           (time_s + 1) * G_USEC_PER_SEC - sent_us);

  *moved_s = (right_us - ahead_us) / G_USEC_PER_SEC;
  if (ABS (*moved_s) > JUMIN_CLOCK_CORRECTION_MAX_S)
    return FALSE;
  self->ahead_us = right_us;
  self->corrected = TRUE;
  return TRUE;
}

/**
 * jumin_clock_get_real_ms:
 * @ms: a configured wait
 *
 * Returns: how long it really takes on this clock, at least 1; for waits that a library keeps
 */
guint
jumin_clock_get_real_ms (JuminClock *self, guint ms)
{
  return self->speed > 0 ? MAX (1, (guint)((double)ms / self->speed)) : MAX (1, ms);
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const Timer *left = a, *right = b;

  return left->due_us <= right->due_us ? -1 : 1;
}

static gpointer
add_timer (JuminClock *self, gint64 due_us, guint real_ms, GSourceFunc callback, gpointer data)
{
  Timer *timer = g_new0 (Timer, 1);

  *timer = (Timer){ .clock = self, .callback = callback, .data = data, .due_us = due_us };
  if (self->speed > 0)
    timer->source = g_timeout_add (real_ms, on_timeout, timer);
  self->timers = g_list_insert_sorted (self->timers, timer, compare_due);
  return timer;
}

/**
 * jumin_clock_after:
 * @ms: a configured wait
 * @callback: called once; its return value is not used
 *
 * Returns: (transfer none): a timer; keep it and cancel it in dispose
 */
gpointer
jumin_clock_after (JuminClock *self, guint ms, GSourceFunc callback, gpointer data)
{
  guint real_ms = jumin_clock_get_real_ms (self, ms);

  return add_timer (self, jumin_clock_get_monotonic (self) + (gint64)ms * 1000, real_ms, callback,
                    data);
}

/**
 * jumin_clock_at:
 * @due_us: on jumin_clock_get_monotonic(); what is over is due at once
 * @callback: as for jumin_clock_after()
 *
 * Returns: (transfer none): a timer; keep it and cancel it in dispose
 */
gpointer
jumin_clock_at (JuminClock *self, gint64 due_us, GSourceFunc callback, gpointer data)
{
  gint64 left_us = due_us - jumin_clock_get_monotonic (self);

  return add_timer (self, due_us, (guint)CLAMP ((left_us + 999) / 1000, 1, G_MAXINT), callback,
                    data);
}

/**
 * jumin_clock_cancel:
 * @timer: (inout): a timer that has not fired, or %NULL; becomes %NULL
 *
 * A callback clears its own field first: a fired timer must not be cancelled.
 */
void
jumin_clock_cancel (JuminClock *self, gpointer *timer)
{
  if (*timer == NULL)
    return;
  g_assert (g_list_find (self->timers, *timer) != NULL);
  self->timers = g_list_remove (self->timers, *timer);
  timer_free (*timer);
  *timer = NULL;
}

/**
 * jumin_clock_advance:
 * @ms: how far
 *
 * Moves a manual clock; timers that fall due fire in their order.
 */
void
jumin_clock_advance (JuminClock *self, guint ms)
{
  gint64 until_us = self->manual_us + (gint64)ms * 1000;

  g_assert (self->speed == 0);
  while (self->timers != NULL && ((Timer *)self->timers->data)->due_us <= until_us)
    {
      self->manual_us = MAX (self->manual_us, ((Timer *)self->timers->data)->due_us);
      timer_fire (self->timers->data);
    }
  self->manual_us = until_us;
}

/**
 * jumin_clock_set_system:
 * @wall_s: Unix seconds
 *
 * Somebody sets the system's clock under a manual clock.
 */
void
jumin_clock_set_system (JuminClock *self, gint64 wall_s)
{
  g_assert (self->speed == 0);
  self->manual_system_us = wall_s * G_USEC_PER_SEC - self->manual_us;
}

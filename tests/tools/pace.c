/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the frames of a window cost its thread, and when each began. */
#include "driver.h"

#include <time.h>

enum
{
  FRAMES_MAX = 4096
};

static struct
{
  gint64 begun_us, cost_us;
} frames[FRAMES_MAX];
static guint n_frames;

static gint64
thread_us (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * G_USEC_PER_SEC + spent.tv_nsec / 1000;
}

static void
on_before_paint (GdkFrameClock *clock, gpointer data)
{
  if (n_frames == FRAMES_MAX)
    return;
  frames[n_frames].begun_us = g_get_monotonic_time ();
  frames[n_frames].cost_us = -thread_us ();
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  if (n_frames == FRAMES_MAX)
    return;
  frames[n_frames++].cost_us += thread_us ();
}

/**
 * jumin_pace_watch:
 * @clock: of the window
 */
void
jumin_pace_watch (GdkFrameClock *clock)
{
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
}

/**
 * jumin_pace_tell:
 *
 * Returns: (transfer full): the frames since the last call
 */
char *
jumin_pace_tell (void)
{
  GString *answer = g_string_new (NULL);

  for (guint i = 0; i < n_frames; i++)
    g_string_append_printf (answer, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                            frames[i].begun_us, frames[i].cost_us);
  n_frames = 0;
  return g_string_free (answer, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The minutes that core leaves to the screen while nobody uses the machine. */
#include "ipc/view.h"

#include <stdio.h>

/**
 * jumin_view_dup_clock:
 * @now_us: CLOCK_MONOTONIC
 *
 * Returns: (transfer full) (nullable): the clock as core said it, and the minutes since that it
 * left to the screen
 */
char *
jumin_view_dup_clock (const JuminView *view, gint64 now_us)
{
  guint hours, minutes;

  if (view->minute_end <= 0 || now_us < view->minute_end || view->clock == NULL
      || sscanf (view->clock, "%2u:%2u", &hours, &minutes) != 2)
    return g_strdup (view->clock);
  minutes += 60 * hours + 1 + (guint)((now_us - view->minute_end) / G_TIME_SPAN_MINUTE);
  return g_strdup_printf ("%02u:%02u", minutes / 60 % 24, minutes % 60);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a worker of the A4 printer waits: it sleeps, and is woken by a descriptor. */
#include "devices/ipp-wait.h"

void
jumin_ipp_wait (GCancellable *cancellable, guint ms)
{
  GPollFD fd;

  if (g_cancellable_is_cancelled (cancellable) || !g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (NULL, 0, (int)ms);
      return;
    }
  g_poll (&fd, 1, (int)ms);
  g_cancellable_release_fd (cancellable);
}

gboolean
jumin_ipp_wait_for_gate (GCancellable *cancellable, int gate, guint ms)
{
  GPollFD fds[] = { { .fd = gate, .events = G_IO_IN }, { .fd = -1 } };
  gint64 until_us = g_get_monotonic_time () + (gint64)ms * G_TIME_SPAN_MILLISECOND, left_us;
  gboolean watched = g_cancellable_make_pollfd (cancellable, &fds[1]);

  /* A signal ends g_poll() early. */
  do
    left_us = MAX (until_us - g_get_monotonic_time (), 0);
  while (g_poll (fds, G_N_ELEMENTS (fds), (int)(left_us / G_TIME_SPAN_MILLISECOND)) < 0
         && left_us > 0);
  if (watched)
    g_cancellable_release_fd (cancellable);
  return (fds[0].revents & G_IO_IN) != 0;
}

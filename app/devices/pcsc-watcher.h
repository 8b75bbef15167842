/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/pcsc-look.h"

G_BEGIN_DECLS

/**
 * JuminPcscWaits:
 * @idle_ms: how long nothing may be looked at
 * @hurry_ms: the same after a change, for @hurry_turns looks
 * @backoff_min_ms: first pause after an error of the service; doubles up to @backoff_max_ms
 */
typedef struct
{
  guint idle_ms, hurry_ms, hurry_turns, backoff_min_ms, backoff_max_ms;
} JuminPcscWaits;

typedef struct _JuminPcscWatcher JuminPcscWatcher;
typedef void (*JuminPcscWatcherFunc) (const JuminPcscSight *sight, gpointer data);

JuminPcscWatcher *jumin_pcsc_watcher_start (const char *reader_match, const JuminPcscWaits *waits,
                                            JuminPcscWatcherFunc func, gpointer data);
void jumin_pcsc_watcher_stop (JuminPcscWatcher *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/ipp-link.h"
#include "devices/page-printer.h"

G_BEGIN_DECLS

/**
 * JuminIppTarget:
 * @look_ms and the like: as in JuminIppProfile, real milliseconds
 * @dirty: (atomic): a job of ours may lie in the printer that nobody waits for
 *
 * The printer as worker threads see it.
 */
typedef struct
{
  gatomicrefcount references;
  JuminIppAddress address;
  guint look_ms, lost_ms, first_ms, page_ms, cancel_ms;
  gboolean counts_pages;
  int dirty;
} JuminIppTarget;

/* Called in the worker's thread. */
typedef void (*JuminIppProgressFunc) (int copy, int pages, JuminPageTroubles troubles,
                                      gpointer data);

/* All three block, and each wait in them has an end. @job: its stopped_ms are real milliseconds;
 * @gate: a descriptor that can be read when it is let go. */
void jumin_ipp_query (JuminIppTarget *target, JuminPageStatus *status);
GError *jumin_ipp_print (JuminIppTarget *target, const JuminPageJob *job, int gate,
                         GCancellable *cancellable, JuminIppProgressFunc progress, gpointer data,
                         JuminPageReport *report);
GError *jumin_ipp_settle (JuminIppTarget *target, const JuminPageJob *job, JuminPageReport *report);

G_END_DECLS

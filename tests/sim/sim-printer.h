/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/page-printer.h"

G_BEGIN_DECLS

/**
 * SimPrinter:
 *
 * An A4 printer that tells whoever watches of each job at the moment when it gets it, which is when
 * that is let go, and ends it as it is told. What is asked about a job later it knows, or has
 * forgotten.
 */
#define SIM_TYPE_PRINTER (sim_printer_get_type ())
G_DECLARE_FINAL_TYPE (SimPrinter, sim_printer, SIM, PRINTER, GObject)

typedef void (*SimReleased) (const JuminPageJob *job, gpointer data);

SimPrinter *sim_printer_new (SimReleased released, gpointer data);
gboolean sim_printer_is_busy (SimPrinter *self);
void sim_printer_end_job (SimPrinter *self, const JuminPageReport *report);
/* Asked about any job from now on, it says so, or else what it knows. */
void sim_printer_set_forgetful (SimPrinter *self, gboolean forgetful);

G_END_DECLS

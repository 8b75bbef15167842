/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/escpos.h"
#include "devices/printer.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminEscposPrinter:
 *
 * A ticket printer that speaks ESC/POS in both directions. Questions and jobs come one after the
 * other.
 */
#define JUMIN_TYPE_ESCPOS_PRINTER (jumin_escpos_printer_get_type ())
G_DECLARE_FINAL_TYPE (JuminEscposPrinter, jumin_escpos_printer, JUMIN, ESCPOS_PRINTER, GObject)

JuminPrinter *jumin_escpos_printer_new (const char *uri, const JuminEscposProfile *profile,
                                        JuminClock *clock);

G_END_DECLS

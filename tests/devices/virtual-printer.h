/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/printer.h"

G_BEGIN_DECLS

/**
 * JuminVirtualPrinter:
 *
 * A ticket printer without a device, for unit tests. It begins ready.
 */
#define JUMIN_TYPE_VIRTUAL_PRINTER (jumin_virtual_printer_get_type ())
G_DECLARE_FINAL_TYPE (JuminVirtualPrinter, jumin_virtual_printer, JUMIN, VIRTUAL_PRINTER, GObject)

JuminVirtualPrinter *jumin_virtual_printer_new (void);
void jumin_virtual_printer_set_status (JuminVirtualPrinter *self, const JuminPrinterStatus *status);
/* While held, a job stays under way; its raster is printed when released, if still ready. */
/* The next job ends with this JuminFailure, once; nothing is printed. */
void jumin_virtual_printer_fail_next (JuminVirtualPrinter *self, JuminFailure code);
/* (element-type JuminRaster) (transfer none): all that came out, oldest first. */
GPtrArray *jumin_virtual_printer_get_rasters (JuminVirtualPrinter *self);

G_END_DECLS

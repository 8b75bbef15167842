/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/error.h"
#include "model/raster.h"

G_BEGIN_DECLS

/**
 * JuminPrinterStatus:
 * @ready: a ticket would come out now
 * @paper_low: near end, still @ready
 * @paper_end, @cover_open, @cutter_fault, @jammed: why it is not
 * @missing: it cannot be reached, @silent: it can, and does not answer
 */
typedef struct
{
  gboolean ready, paper_low, paper_end, cover_open, cutter_fault, jammed, missing, silent;
} JuminPrinterStatus;

/**
 * JuminPrinter:
 *
 * The ticket printer. print() asks for the status, sends, and ends when the printer has confirmed
 * that all is on paper: success means paper. Errors: JUMIN_FAILURE_PRINTER_MISSING, _PAPER,
 * _NOT_READY (nothing was printed), _UNKNOWN (perhaps; the rest was cleared from its buffer).
 */
#define JUMIN_TYPE_PRINTER (jumin_printer_get_type ())
G_DECLARE_INTERFACE (JuminPrinter, jumin_printer, JUMIN, PRINTER, GObject)

struct _JuminPrinterInterface
{
  GTypeInterface parent_interface;

  void (*query_async) (JuminPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data);
  void (*print_async) (JuminPrinter *self, const JuminRaster *raster, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data);
};

void jumin_printer_query_async (JuminPrinter *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
/* Fills in @status also when the printer is missing. FALSE only when cancelled. */
gboolean jumin_printer_query_finish (JuminPrinter *self, GAsyncResult *result,
                                     JuminPrinterStatus *status, GError **error);
void jumin_printer_print_async (JuminPrinter *self, const JuminRaster *raster,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);
gboolean jumin_printer_print_finish (JuminPrinter *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ticket printer, as the journey sees it. Every driver completes through a GTask of its own:
 * query() returns a JuminPrinterStatus, print() a boolean. */
#include "devices/printer.h"

G_DEFINE_INTERFACE (JuminPrinter, jumin_printer, G_TYPE_OBJECT)

static void
jumin_printer_default_init (JuminPrinterInterface *iface)
{
}

void
jumin_printer_query_async (JuminPrinter *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PRINTER (self));
  JUMIN_PRINTER_GET_IFACE (self)->query_async (self, cancellable, callback, data);
}

gboolean
jumin_printer_query_finish (JuminPrinter *self, GAsyncResult *result, JuminPrinterStatus *status,
                            GError **error)
{
  g_autofree JuminPrinterStatus *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  answer = g_task_propagate_pointer (G_TASK (result), error);
  *status = answer != NULL ? *answer : (JuminPrinterStatus){ .missing = TRUE };
  return answer != NULL;
}

/**
 * jumin_printer_print_async:
 * @self: a printer
 * @raster: the ticket; copied by reference
 * @cancellable: (nullable): heeded until the first dot is sent; then the result says what came out
 * @callback: called on the main thread, never before this function has returned
 */
void
jumin_printer_print_async (JuminPrinter *self, const JuminRaster *raster, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PRINTER (self));
  g_return_if_fail (raster != NULL);
  JUMIN_PRINTER_GET_IFACE (self)->print_async (self, raster, cancellable, callback, data);
}

gboolean
jumin_printer_print_finish (JuminPrinter *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

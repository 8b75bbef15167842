/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket printer without a device: a job ends at once. */
#include "devices/virtual-printer.h"

struct _JuminVirtualPrinter
{
  GObject parent_instance;
  JuminPrinterStatus status;
  int next_failure; /* −1: none */
  GPtrArray *rasters;
};

static JuminRaster *
raster_copy (const JuminRaster *raster)
{
  return jumin_raster_new (raster->width, raster->height, raster->dots);
}

static void
do_job (JuminVirtualPrinter *self, const JuminRaster *raster, GTask *task)
{
  int failure = self->next_failure;

  self->next_failure = -1;
  if (failure < 0 && self->status.missing)
    failure = JUMIN_FAILURE_PRINTER_MISSING;
  else if (failure < 0 && self->status.paper_end)
    failure = JUMIN_FAILURE_PRINTER_PAPER;
  else if (failure < 0 && !self->status.ready)
    failure = JUMIN_FAILURE_PRINTER_NOT_READY;

  if (failure >= 0)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, failure,
                               "Printing on the virtual printer failed: told to fail");
      return;
    }
  g_ptr_array_add (self->rasters, raster_copy (raster));
  g_task_return_boolean (task, TRUE);
}

static void
query_async (JuminPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  JuminVirtualPrinter *self = JUMIN_VIRTUAL_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, query_async);
  g_task_return_pointer (task, g_memdup2 (&self->status, sizeof self->status), g_free);
}

static void
print_async (JuminPrinter *printer, const JuminRaster *raster, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  JuminVirtualPrinter *self = JUMIN_VIRTUAL_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, print_async);
  /* Paper cannot be cancelled: GTask would report "cancelled" for a ticket that came out. */
  g_task_set_check_cancellable (task, FALSE);
  do_job (self, raster, task);
}

static void
implement_printer (JuminPrinterInterface *iface)
{
  iface->query_async = query_async;
  iface->print_async = print_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminVirtualPrinter, jumin_virtual_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PRINTER, implement_printer))

static void
jumin_virtual_printer_finalize (GObject *object)
{
  JuminVirtualPrinter *self = JUMIN_VIRTUAL_PRINTER (object);

  g_ptr_array_unref (self->rasters);
  G_OBJECT_CLASS (jumin_virtual_printer_parent_class)->finalize (object);
}

static void
jumin_virtual_printer_class_init (JuminVirtualPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_virtual_printer_finalize;
}

static void
jumin_virtual_printer_init (JuminVirtualPrinter *self)
{
  self->status.ready = TRUE;
  self->next_failure = -1;
  self->rasters = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_raster_free);
}

JuminVirtualPrinter *
jumin_virtual_printer_new (void)
{
  return g_object_new (JUMIN_TYPE_VIRTUAL_PRINTER, NULL);
}

void
jumin_virtual_printer_set_status (JuminVirtualPrinter *self, const JuminPrinterStatus *status)
{
  self->status = *status;
}

void
jumin_virtual_printer_fail_next (JuminVirtualPrinter *self, JuminFailure code)
{
  self->next_failure = (int)code;
}

GPtrArray *
jumin_virtual_printer_get_rasters (JuminVirtualPrinter *self)
{
  return self->rasters;
}

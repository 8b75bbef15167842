/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An A4 printer without a device: a job that is let go ends at once, or when nobody holds it up. */
#include "devices/virtual-page-printer.h"

struct _JuminVirtualPagePrinter
{
  GObject parent_instance;
  JuminPageStatus status;
  JuminPageReport next;
  gboolean has_next, held;
  GTask *under_way;
  JuminPageJob job;       /* of what is under way, until it is let go; no token: after that */
  GSource *given_up;      /* until then */
  JuminPageReport ending; /* of what is under way */
  GPtrArray *documents;
  GHashTable *endings; /* token: JuminPageReport */
};

static void
return_report (GTask *task, const JuminPageReport *report)
{
  GError *error = NULL;

  if (report->outcome == JUMIN_OUTCOME_UNKNOWN)
    error = g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN,
                         "What the virtual printer printed is not known");
  else if (report->outcome != JUMIN_OUTCOME_PRINTED)
    error = g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_NOT_READY,
                         "Printing on the virtual printer failed: told to fail");
  jumin_page_printer_return_report (task, report, error);
}

static void
query_async (JuminPagePrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  JuminVirtualPagePrinter *self = JUMIN_VIRTUAL_PAGE_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  JuminPageStatus *status = g_memdup2 (&self->status, sizeof self->status);

  g_task_set_source_tag (task, query_async);
  if (self->under_way != NULL)
    {
      status->troubles |= JUMIN_PAGE_BUSY;
      status->ready = FALSE;
    }
  g_task_return_pointer (task, status, g_free);
}

static void
end_job (JuminVirtualPagePrinter *self, const JuminPageReport *report)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->under_way);

  return_report (task, report);
}

static void
forget_job (JuminVirtualPagePrinter *self)
{
  g_clear_pointer ((char **)&self->job.token, g_free);
  g_clear_pointer (&self->job.pdf, g_bytes_unref);
  if (self->given_up != NULL)
    g_source_destroy (self->given_up);
  g_clear_pointer (&self->given_up, g_source_unref);
}

static gboolean
on_given_up (GCancellable *cancellable, gpointer data)
{
  JuminVirtualPagePrinter *self = data;
  JuminPageReport nothing = { .outcome = JUMIN_OUTCOME_FAILED };

  forget_job (self);
  end_job (self, &nothing);
  return G_SOURCE_REMOVE;
}

static void
take_job (JuminVirtualPagePrinter *self, const JuminPageJob *job, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->under_way = g_object_ref (task);
  self->job = *job;
  self->job.token = g_strdup (job->token);
  self->job.pdf = g_bytes_ref (job->pdf);
  if (cancellable == NULL)
    return;
  self->given_up = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->given_up, G_SOURCE_FUNC (on_given_up), self, NULL);
  g_source_attach (self->given_up, NULL);
}

static void
let_go (JuminPagePrinter *printer, const char *token)
{
  JuminVirtualPagePrinter *self = JUMIN_VIRTUAL_PAGE_PRINTER (printer);

  if (g_strcmp0 (self->job.token, token) != 0)
    return;
  self->ending = (JuminPageReport){ .outcome = JUMIN_OUTCOME_PRINTED, .copies = self->job.copies };
  if (self->has_next)
    self->ending = self->next;
  self->has_next = FALSE;
  g_ptr_array_add (self->documents, g_bytes_ref (self->job.pdf));
  g_hash_table_insert (self->endings, g_strdup (token),
                       g_memdup2 (&self->ending, sizeof self->ending));
  forget_job (self);
  if (!self->held)
    end_job (self, &self->ending);
}

static void
print_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  JuminVirtualPagePrinter *self = JUMIN_VIRTUAL_PAGE_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  JuminPageReport refused = { .outcome = JUMIN_OUTCOME_FAILED, .troubles = self->status.troubles };

  g_task_set_source_tag (task, print_async);
  /* Paper cannot be cancelled: GTask would report "cancelled" for a sheet that came out. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->status.ready && self->under_way == NULL)
    take_job (self, job, task);
  else
    return_report (task, &refused);
}

static void
settle_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  JuminVirtualPagePrinter *self = JUMIN_VIRTUAL_PAGE_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  const JuminPageReport *known = g_hash_table_lookup (self->endings, job->token);
  JuminPageReport forgotten = { .outcome = JUMIN_OUTCOME_UNKNOWN };

  g_task_set_source_tag (task, settle_async);
  g_task_set_check_cancellable (task, FALSE);
  return_report (task, known != NULL ? known : &forgotten);
}

static void
implement_page_printer (JuminPagePrinterInterface *iface)
{
  iface->query_async = query_async;
  iface->print_async = print_async;
  iface->let_go = let_go;
  iface->settle_async = settle_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminVirtualPagePrinter, jumin_virtual_page_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAGE_PRINTER,
                                                      implement_page_printer))

static void
jumin_virtual_page_printer_finalize (GObject *object)
{
  JuminVirtualPagePrinter *self = JUMIN_VIRTUAL_PAGE_PRINTER (object);

  g_ptr_array_unref (self->documents);
  g_hash_table_unref (self->endings);
  G_OBJECT_CLASS (jumin_virtual_page_printer_parent_class)->finalize (object);
}

static void
jumin_virtual_page_printer_class_init (JuminVirtualPagePrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_virtual_page_printer_finalize;
}

static void
jumin_virtual_page_printer_init (JuminVirtualPagePrinter *self)
{
  self->status.ready = TRUE;
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->endings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

JuminVirtualPagePrinter *
jumin_virtual_page_printer_new (void)
{
  return g_object_new (JUMIN_TYPE_VIRTUAL_PAGE_PRINTER, NULL);
}

void
jumin_virtual_page_printer_set_status (JuminVirtualPagePrinter *self, const JuminPageStatus *status)
{
  self->status = *status;
}

void
jumin_virtual_page_printer_end_next (JuminVirtualPagePrinter *self, const JuminPageReport *report)
{
  self->next = *report;
  self->has_next = TRUE;
}

void
jumin_virtual_page_printer_hold (JuminVirtualPagePrinter *self, gboolean held)
{
  self->held = held;
  if (!held && self->under_way != NULL && self->job.token == NULL)
    end_job (self, &self->ending);
}

GPtrArray *
jumin_virtual_page_printer_get_documents (JuminVirtualPagePrinter *self)
{
  return self->documents;
}

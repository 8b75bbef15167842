/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-printer.h"

struct _SimPrinter
{
  GObject parent_instance;
  SimReleased released;
  gpointer data;
  GTask *under_way;
  char *token;
  JuminPageJob held;   /* until it is let go; no token: after that */
  GSource *given_up;   /* until then */
  GHashTable *endings; /* token: JuminPageReport */
  gboolean forgetful;
};

static void implement_page_printer (JuminPagePrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimPrinter, sim_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAGE_PRINTER,
                                                      implement_page_printer))

static void
return_report (GTask *task, const JuminPageReport *report)
{
  GError *error = NULL;

  if (report->outcome != JUMIN_OUTCOME_PRINTED)
    error = g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN, "Told to end so");
  jumin_page_printer_return_report (task, report, error);
}

static void
query_async (JuminPagePrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, data);
  JuminPageStatus *status = g_new0 (JuminPageStatus, 1);

  status->ready = SIM_PRINTER (printer)->under_way == NULL;
  g_task_return_pointer (task, status, g_free);
}

static void
end_holding (SimPrinter *self)
{
  g_source_destroy (self->given_up);
  g_clear_pointer (&self->given_up, g_source_unref);
  g_clear_pointer (&self->held.pdf, g_bytes_unref);
  self->held.token = NULL;
}

static gboolean
on_given_up (GCancellable *cancellable, gpointer data)
{
  SimPrinter *self = data;
  g_autoptr (GTask) task = g_steal_pointer (&self->under_way);
  JuminPageReport nothing = { .outcome = JUMIN_OUTCOME_FAILED };

  end_holding (self);
  g_clear_pointer (&self->token, g_free);
  return_report (task, &nothing);
  return G_SOURCE_REMOVE;
}

static void
print_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  SimPrinter *self = SIM_PRINTER (printer);

  g_assert_null (self->under_way);
  self->under_way = g_task_new (self, cancellable, callback, data);
  g_task_set_check_cancellable (self->under_way, FALSE);
  self->token = g_strdup (job->token);
  self->held = *job;
  self->held.token = self->token;
  self->held.pdf = g_bytes_ref (job->pdf);
  self->given_up = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->given_up, G_SOURCE_FUNC (on_given_up), self, NULL);
  g_source_attach (self->given_up, NULL);
}

static void
let_go (JuminPagePrinter *printer, const char *token)
{
  SimPrinter *self = SIM_PRINTER (printer);

  if (g_strcmp0 (self->held.token, token) != 0)
    return;
  self->released (&self->held, self->data);
  end_holding (self);
}

static void
settle_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  SimPrinter *self = SIM_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  const JuminPageReport *known = g_hash_table_lookup (self->endings, job->token);
  JuminPageReport unknown = { .outcome = JUMIN_OUTCOME_UNKNOWN };

  g_task_set_check_cancellable (task, FALSE);
  return_report (task, known != NULL && !self->forgetful ? known : &unknown);
}

static void
implement_page_printer (JuminPagePrinterInterface *iface)
{
  iface->query_async = query_async;
  iface->print_async = print_async;
  iface->let_go = let_go;
  iface->settle_async = settle_async;
}

gboolean
sim_printer_is_busy (SimPrinter *self)
{
  return self->under_way != NULL && self->held.token == NULL;
}

void
sim_printer_end_job (SimPrinter *self, const JuminPageReport *report)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->under_way);

  g_hash_table_insert (self->endings, g_steal_pointer (&self->token),
                       g_memdup2 (report, sizeof *report));
  return_report (task, report);
}

void
sim_printer_set_forgetful (SimPrinter *self, gboolean forgetful)
{
  self->forgetful = forgetful;
}

static void
sim_printer_finalize (GObject *object)
{
  SimPrinter *self = SIM_PRINTER (object);

  g_hash_table_unref (self->endings);
  G_OBJECT_CLASS (sim_printer_parent_class)->finalize (object);
}

static void
sim_printer_class_init (SimPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_printer_finalize;
}

static void
sim_printer_init (SimPrinter *self)
{
  self->endings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

SimPrinter *
sim_printer_new (SimReleased released, gpointer data)
{
  SimPrinter *self = g_object_new (SIM_TYPE_PRINTER, NULL);

  self->released = released;
  self->data = data;
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer's driver on the main thread: one worker an operation, one job at a time. Workers
 * see the Target alone (devices/ipp-job.c). */
#include "devices/ipp-printer.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include "devices/ipp-job.h"

typedef struct
{
  gatomicrefcount references;
  JuminIppTarget *target;
  char *token;
  JuminPageJob job;
  JuminPageReport report;
  int gate; /* an eventfd that can be read when the job is let go; -1: it is none to print */
  GWeakRef printer; /* for the main thread */
} Order;

typedef struct
{
  Order *order;
  int copy, pages;
  JuminPageTroubles troubles;
} Progress;

struct _JuminIppPrinter
{
  GObject parent_instance;
  JuminClock *clock;
  JuminIppTarget *target;
  const Order *under_way; /* (nullable): a job */
  JuminPageTroubles troubles;
};

static void
target_unref (JuminIppTarget *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  jumin_ipp_address_finish (&self->address);
  g_free (self);
}

static JuminIppTarget *
target_ref (JuminIppTarget *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static Order *
order_new (JuminIppPrinter *self, const JuminPageJob *job)
{
  Order *order = g_new0 (Order, 1);

  g_atomic_ref_count_init (&order->references);
  order->target = target_ref (self->target);
  order->gate = -1;
  g_weak_ref_init (&order->printer, self);
  if (job == NULL)
    return order;
  order->token = g_strdup (job->token);
  order->job = *job;
  order->job.token = order->token;
  order->job.pdf = job->pdf != NULL ? g_bytes_ref (job->pdf) : NULL;
  order->job.stopped_ms
      = job->stopped_ms > 0 ? jumin_clock_get_real_ms (self->clock, job->stopped_ms) : 0;
  return order;
}

/* Its worker has ended, or was never begun. */
static void
close_gate (Order *order)
{
  if (order->gate >= 0)
    close (order->gate);
  order->gate = -1;
}

static void
order_unref (gpointer data)
{
  Order *order = data;

  if (!g_atomic_ref_count_dec (&order->references))
    return;
  target_unref (order->target);
  close_gate (order);
  g_weak_ref_clear (&order->printer);
  g_clear_pointer (&order->job.pdf, g_bytes_unref);
  g_free (order->token);
  g_free (order);
}

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  order_unref (progress->order);
  g_free (progress);
}

static gboolean
on_progress_told (gpointer data)
{
  const Progress *progress = data;
  g_autoptr (JuminIppPrinter) self = g_weak_ref_get (&progress->order->printer);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  self->troubles = progress->troubles;
  jumin_page_printer_tell_progress (JUMIN_PAGE_PRINTER (self), progress->copy, progress->pages,
                                    progress->troubles);
  return G_SOURCE_REMOVE;
}

/* In the worker; arrives before the worker's result, which has the same priority. */
static void
on_progress (int copy, int pages, JuminPageTroubles troubles, gpointer data)
{
  Order *order = data;
  Progress *progress = g_new0 (Progress, 1);

  g_atomic_ref_count_inc (&order->references);
  *progress = (Progress){ .order = order, .copy = copy, .pages = pages, .troubles = troubles };
  g_idle_add_full (G_PRIORITY_DEFAULT, on_progress_told, progress, progress_free);
}

static void
print_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  GError *error = jumin_ipp_print (order->target, &order->job, order->gate, cancellable,
                                   on_progress, order, &order->report);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
settle_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Order *order = task_data;
  GError *error = jumin_ipp_settle (order->target, &order->job, &order->report);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  JuminPageStatus *status = g_new0 (JuminPageStatus, 1);

  jumin_ipp_query (order->target, status);
  g_task_return_pointer (task, status, g_free);
}

static void
on_job_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  JuminIppPrinter *self = g_task_get_source_object (task);
  Order *order = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  self->under_way = NULL;
  close_gate (order);
  jumin_page_printer_return_report (task, &order->report, error);
}

static void
on_queried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);

  g_task_return_pointer (task, g_task_propagate_pointer (G_TASK (result), NULL), g_free);
}

/* The worker's task knows the target only: a worker must never hold the last reference to an
 * object of the main thread. @task waits for it there. */
static void
run_worker (GTask *task, Order *order, GTaskThreadFunc thread, GAsyncReadyCallback on_ready)
{
  g_autoptr (GCancellable) own = g_cancellable_new ();
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GTask) worker
      = g_task_new (NULL, cancellable != NULL ? cancellable : own, on_ready, g_object_ref (task));

  g_task_set_source_tag (worker, run_worker);
  g_task_set_check_cancellable (worker, FALSE);
  g_task_set_task_data (worker, order, order_unref);
  g_task_run_in_thread (worker, thread);
}

/* A printer serves one connection at a time, and ours is the job's. */
static void
query_async (JuminPagePrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  JuminIppPrinter *self = JUMIN_IPP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, query_async);
  if (self->under_way == NULL)
    {
      run_worker (task, order_new (self, NULL), query_thread, on_queried);
      return;
    }
  JuminPageStatus *status = g_new0 (JuminPageStatus, 1);
  status->troubles = self->troubles | JUMIN_PAGE_BUSY;
  g_task_return_pointer (task, status, g_free);
}

/* @order: (transfer full) */
static void
start_job (JuminIppPrinter *self, GTask *task, Order *order, GTaskThreadFunc thread,
           JuminOutcome refused)
{
  /* Paper cannot be cancelled: GTask would report "cancelled" for a sheet that came out. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->under_way != NULL)
    {
      JuminPageReport report = { .outcome = refused, .troubles = JUMIN_PAGE_BUSY };

      jumin_page_printer_return_report (task, &report,
                                        g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_NOT_READY,
                                                     "Printing on '%s' failed: a job goes on",
                                                     self->target->address.uri));
      order_unref (order);
      return;
    }
  self->under_way = order;
  self->troubles = 0;
  run_worker (task, order, thread, on_job_ended);
}

static void
print_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  JuminIppPrinter *self = JUMIN_IPP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Order *order = order_new (self, job);

  g_task_set_source_tag (task, print_async);
  order->gate = eventfd (0, EFD_CLOEXEC);
  start_job (self, task, order, print_thread, JUMIN_OUTCOME_FAILED);
}

/* A gate that could not be made is waited for in vain. */
static void
let_go (JuminPagePrinter *printer, const char *token)
{
  const Order *order = JUMIN_IPP_PRINTER (printer)->under_way;

  if (order != NULL && order->gate >= 0 && g_str_equal (order->token, token))
    eventfd_write (order->gate, 1);
}

static void
settle_async (JuminPagePrinter *printer, const JuminPageJob *job, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  JuminIppPrinter *self = JUMIN_IPP_PRINTER (printer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, settle_async);
  start_job (self, task, order_new (self, job), settle_thread, JUMIN_OUTCOME_UNKNOWN);
}

static void
implement_page_printer (JuminPagePrinterInterface *iface)
{
  iface->query_async = query_async;
  iface->print_async = print_async;
  iface->let_go = let_go;
  iface->settle_async = settle_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminIppPrinter, jumin_ipp_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAGE_PRINTER,
                                                      implement_page_printer))

static void
jumin_ipp_printer_finalize (GObject *object)
{
  JuminIppPrinter *self = JUMIN_IPP_PRINTER (object);

  g_clear_pointer (&self->target, target_unref);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jumin_ipp_printer_parent_class)->finalize (object);
}

static void
jumin_ipp_printer_class_init (JuminIppPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_ipp_printer_finalize;
}

static void
jumin_ipp_printer_init (JuminIppPrinter *self)
{
}

/**
 * jumin_ipp_printer_new:
 * @uri: ipp://HOST[:PORT]/PATH, or ipps
 * @profile: copied
 * @clock: tells how long the profile's waits really are
 *
 * Returns: (transfer full) (nullable): a printer; nothing is opened yet
 */
JuminPagePrinter *
jumin_ipp_printer_new (const char *uri, const JuminIppProfile *profile, JuminClock *clock,
                       GError **error)
{
  g_autoptr (JuminIppPrinter) self = g_object_new (JUMIN_TYPE_IPP_PRINTER, NULL);
  JuminIppTarget *target = self->target = g_new0 (JuminIppTarget, 1);

  g_atomic_ref_count_init (&target->references);
  self->clock = g_object_ref (clock);
  if (!jumin_ipp_address_init (&target->address, uri, profile->fingerprint, error))
    return NULL;
  target->address.open_ms = jumin_clock_get_real_ms (clock, profile->open_ms);
  target->address.answer_ms = jumin_clock_get_real_ms (clock, profile->answer_ms);
  target->look_ms = jumin_clock_get_real_ms (clock, profile->look_ms);
  target->lost_ms = jumin_clock_get_real_ms (clock, profile->lost_ms);
  target->first_ms = jumin_clock_get_real_ms (clock, profile->first_ms);
  target->page_ms = jumin_clock_get_real_ms (clock, profile->page_ms);
  target->cancel_ms = jumin_clock_get_real_ms (clock, profile->cancel_ms);
  target->counts_pages = profile->counts_pages;
  target->dirty = TRUE;
  return JUMIN_PAGE_PRINTER (g_steal_pointer (&self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket printer, one worker thread an operation:
 *
 *   print:  open ──► DLE EOT 1 to 4 ──► send all ──► wait until the printer has come to the end
 *             │            │               │               │
 *             ▼            ▼               └───────┬───────┘
 *          MISSING   PAPER, NOT_READY              ▼
 *          (nothing printed)            DLE ENQ 2 ──► UNKNOWN (perhaps printed)
 *
 * The confirmation is asked for behind the cut and answered in order, so it means paper. Without
 * DLE ENQ 2 the rest of a ticket comes out at the next refill, before the eyes of somebody else. A
 * printer that could not be told so then is told at the next contact, before anything else; also at
 * the first one, because jumin-core may have died over a ticket.
 *
 * Workers see the Target alone; who holds its lock talks to the printer. */
#include "devices/escpos-printer.h"

#include <string.h>

#include "devices/escpos-link.h"

enum
{
  REPLY_BYTES_MAX = 64,
  LOOK_EVERY_MS = 500, /* while waiting for paper: has it gone off-line? */
  CLEAR_DRAIN_MS = 100 /* for DLE ENQ 2 to arrive before the connection ends */
};

typedef struct
{
  gatomicrefcount references;
  char *uri;
  JuminEscposProfile profile; /* its waits are real milliseconds */
  guint look_ms, clear_ms;
  GMutex lock;    /* held by the worker that talks */
  gboolean dirty; /* its buffer may hold the rest of a ticket */
  gboolean torn;  /* half a ticket hangs from it */
} Target;

typedef struct
{
  Target *target;
  JuminRaster *raster; /* NULL: only ask */
} Order;

struct _JuminEscposPrinter
{
  GObject parent_instance;
  Target *target;
};

static void
target_unref (Target *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->uri);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  target_unref (order->target);
  g_clear_pointer (&order->raster, jumin_raster_free);
  g_free (order);
}

/* One question, one answer; what else the printer says meanwhile is passed over. */
static gboolean
ask (const Target *target, JuminEscposLink *link, guint question, guint8 *reply)
{
  guint8 command[JUMIN_ESCPOS_QUESTION_LENGTH], bytes[REPLY_BYTES_MAX];
  gssize length;

  jumin_escpos_build_question (question, command);
  if (!jumin_escpos_link_send (link, command, sizeof command, target->profile.status_ms, NULL))
    return FALSE;
  while ((length
          = jumin_escpos_link_receive (link, bytes, sizeof bytes, target->profile.status_ms, NULL))
         > 0)
    if (jumin_escpos_is_status (bytes[length - 1]))
      {
        *reply = bytes[length - 1];
        return TRUE;
      }
  return FALSE;
}

static gboolean
send_clear (const Target *target, JuminEscposLink *link)
{
  gboolean sent = jumin_escpos_link_send (link, jumin_escpos_clear, sizeof jumin_escpos_clear,
                                          target->profile.status_ms, NULL);

  jumin_escpos_link_drain (link, target->clear_ms);
  return sent;
}

/* The first thing at every contact. */
static void
ask_status (Target *target, JuminEscposLink *link, JuminPrinterStatus *status)
{
  *status = (JuminPrinterStatus){ .ready = TRUE };
  if (target->dirty) /* until it answers */
    send_clear (target, link);
  jumin_escpos_link_drain (link, 1);
  for (guint question = 1; question <= JUMIN_ESCPOS_N_QUESTIONS; question++)
    {
      guint8 reply;

      if (!ask (target, link, question, &reply))
        {
          *status = (JuminPrinterStatus){ .silent = TRUE };
          jumin_escpos_link_abort (link);
          return;
        }
      jumin_escpos_status_add (status, question, reply);
    }
  target->dirty = FALSE;
}

static gboolean
check_ready (const Target *target, const JuminPrinterStatus *status, GError **error)
{
  if (status->silent)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_MISSING,
                 "Printing on '%s' failed: no answer within %u ms", target->uri,
                 target->profile.status_ms);
  else if (status->paper_end)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_PAPER,
                 "Printing on '%s' failed: paper end", target->uri);
  else if (!status->ready)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_NOT_READY,
                 "Printing on '%s' failed: %s", target->uri,
                 status->cover_open     ? "cover is open"
                 : status->cutter_fault ? "cutter fault"
                 : status->jammed       ? "paper jam"
                                        : "printer is off-line");
  else
    return TRUE;
  return FALSE;
}

/* Whether among @bytes is an answer to DLE EOT 1 that says off-line. */
static gboolean
says_offline (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      JuminPrinterStatus status = { .ready = TRUE };

      if (jumin_escpos_is_status (bytes[i]))
        jumin_escpos_status_add (&status, 1, bytes[i]);
      if (!status.ready)
        return TRUE;
    }
  return FALSE;
}

/* Until all is on paper. Asks now and then whether the printer has stopped: then the resident need
 * not stand there until the deadline. */
static gboolean
wait_until_printed (const Target *target, JuminEscposLink *link, const char *number, GError **error)
{
  gint64 until_us
      = g_get_monotonic_time () + (gint64)target->profile.confirm_ms * G_TIME_SPAN_MILLISECOND;
  guint8 replies[REPLY_BYTES_MAX], question[JUMIN_ESCPOS_QUESTION_LENGTH];
  gsize length = 0;

  jumin_escpos_build_question (1, question);
  while (g_get_monotonic_time () < until_us)
    {
      gssize received;

      /* Long waits bring many answers: the oldest are of no use any more. */
      if (length > sizeof replies / 2)
        {
          memmove (replies, replies + length - sizeof replies / 4, sizeof replies / 4);
          length = sizeof replies / 4;
        }
      received = jumin_escpos_link_receive (link, replies + length, sizeof replies - length,
                                            target->look_ms, error);

      if (received < 0)
        return FALSE;
      length += (gsize)received;
      if (jumin_escpos_is_confirmed (&target->profile, number, replies, length))
        return TRUE;
      if (says_offline (replies, length))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "printer went off-line");
          return FALSE;
        }
      if (received == 0
          && !jumin_escpos_link_send (link, question, sizeof question, target->profile.status_ms,
                                      error))
        return FALSE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no confirmation within %u ms",
               target->profile.confirm_ms);
  return FALSE;
}

/* Half a ticket may hang there, and the rest of it be on its way. */
static void
give_up (Target *target, JuminEscposLink *link)
{
  guint8 reply;

  target->dirty = target->torn = TRUE;
  if (send_clear (target, link) && ask (target, link, 1, &reply))
    return;
  jumin_escpos_link_abort (link);
  send_clear (target, link); /* behind what it has taken already */
}

static gboolean
send_job (Target *target, JuminEscposLink *link, const JuminRaster *raster, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%04u", (guint)g_random_int_range (0, 10000));
  g_autoptr (GBytes) job = jumin_escpos_build_job (&target->profile, raster, number, target->torn);
  g_autoptr (GError) cause = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (job, &length);

  if (jumin_escpos_link_send (link, bytes, length, target->profile.write_ms, &cause)
      && wait_until_printed (target, link, number, &cause))
    {
      target->torn = FALSE;
      return TRUE;
    }
  give_up (target, link);
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN,
               "Printing on '%s' was not confirmed: %s", target->uri, cause->message);
  return FALSE;
}

static gboolean
print (Target *target, const JuminRaster *raster, GCancellable *cancellable, GError **error)
{
  g_auto (JuminEscposLink) link = { .fd = -1 };
  g_autoptr (GError) cause = NULL;
  JuminPrinterStatus status;

  if (raster->width > target->profile.width)
    {
      g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_NOT_READY,
                   "Printing on '%s' failed: the ticket has %u dots a row, the printer %u",
                   target->uri, raster->width, target->profile.width);
      return FALSE;
    }
  if (!jumin_escpos_link_open (&link, target->uri, target->profile.open_ms, &cause))
    {
      g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_MISSING,
                   "Printing on '%s' failed: %s", target->uri, cause->message);
      return FALSE;
    }
  ask_status (target, &link, &status);
  if (!check_ready (target, &status, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return send_job (target, &link, raster, error);
}

static void
print_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&order->target->lock);
  GError *error = NULL;

  if (print (order->target, order->raster, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&order->target->lock);
  g_auto (JuminEscposLink) link = { .fd = -1 };
  JuminPrinterStatus *status = g_new0 (JuminPrinterStatus, 1);

  if (jumin_escpos_link_open (&link, order->target->uri, order->target->profile.open_ms, NULL))
    ask_status (order->target, &link, status);
  else
    status->missing = TRUE;
  g_task_return_pointer (task, status, g_free);
}

static void
on_printed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_queried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = G_TASK (data);
  GError *error = NULL;
  JuminPrinterStatus *status = g_task_propagate_pointer (G_TASK (result), &error);

  if (status != NULL)
    g_task_return_pointer (task, status, g_free);
  else
    g_task_return_error (task, error);
}

/* The worker's task knows the target only: a worker must never hold the last reference to an
 * object of the main thread. @task waits for it there. */
static void
run_worker (JuminEscposPrinter *self, GTask *task, const JuminRaster *raster,
            GTaskThreadFunc thread, GAsyncReadyCallback on_ready)
{
  g_autoptr (GTask) worker
      = g_task_new (NULL, g_task_get_cancellable (task), on_ready, g_object_ref (task));
  Order *order = g_new0 (Order, 1);

  g_atomic_ref_count_inc (&self->target->references);
  order->target = self->target;
  if (raster != NULL)
    order->raster = jumin_raster_new (raster->width, raster->height, raster->dots);
  g_task_set_source_tag (worker, run_worker);
  g_task_set_check_cancellable (worker, FALSE);
  g_task_set_task_data (worker, order, order_free);
  g_task_run_in_thread (worker, thread);
}

static void
query_async (JuminPrinter *printer, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, data);

  g_task_set_source_tag (task, query_async);
  run_worker (JUMIN_ESCPOS_PRINTER (printer), task, NULL, query_thread, on_queried);
}

static void
print_async (JuminPrinter *printer, const JuminRaster *raster, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (printer, cancellable, callback, data);

  g_task_set_source_tag (task, print_async);
  /* Paper cannot be cancelled: GTask would report "cancelled" for a ticket that came out. */
  g_task_set_check_cancellable (task, FALSE);
  run_worker (JUMIN_ESCPOS_PRINTER (printer), task, raster, print_thread, on_printed);
}

static void
implement_printer (JuminPrinterInterface *iface)
{
  iface->query_async = query_async;
  iface->print_async = print_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminEscposPrinter, jumin_escpos_printer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PRINTER, implement_printer))

static void
jumin_escpos_printer_finalize (GObject *object)
{
  JuminEscposPrinter *self = JUMIN_ESCPOS_PRINTER (object);

  g_clear_pointer (&self->target, target_unref);
  G_OBJECT_CLASS (jumin_escpos_printer_parent_class)->finalize (object);
}

static void
jumin_escpos_printer_class_init (JuminEscposPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_escpos_printer_finalize;
}

static void
jumin_escpos_printer_init (JuminEscposPrinter *self)
{
}

/**
 * jumin_escpos_printer_new:
 * @uri: socket://ADDRESS:PORT, or a path: /dev/usb/lp0, a serial line
 * @profile: copied
 * @clock: tells how long the profile's waits really are
 *
 * Returns: (transfer full): a printer; nothing is opened yet
 */
JuminPrinter *
jumin_escpos_printer_new (const char *uri, const JuminEscposProfile *profile, JuminClock *clock)
{
  JuminEscposPrinter *self = g_object_new (JUMIN_TYPE_ESCPOS_PRINTER, NULL);
  Target *target = g_new0 (Target, 1);

  g_atomic_ref_count_init (&target->references);
  g_mutex_init (&target->lock);
  target->uri = g_strdup (uri);
  target->dirty = TRUE;
  target->profile = *profile;
  target->profile.open_ms = jumin_clock_get_real_ms (clock, profile->open_ms);
  target->profile.write_ms = jumin_clock_get_real_ms (clock, profile->write_ms);
  target->profile.status_ms = jumin_clock_get_real_ms (clock, profile->status_ms);
  target->profile.confirm_ms = jumin_clock_get_real_ms (clock, profile->confirm_ms);
  target->clear_ms = jumin_clock_get_real_ms (clock, CLEAR_DRAIN_MS);
  target->look_ms = jumin_clock_get_real_ms (clock, LOOK_EVERY_MS);
  self->target = target;
  return JUMIN_PRINTER (self);
}

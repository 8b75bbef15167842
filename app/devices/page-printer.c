/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer, as the journey sees it. Every driver completes through a GTask of its own:
 * query() returns a JuminPageStatus, print() and settle() an Ending, which also a job that went
 * wrong has: what came out must be known then more than ever. */
#include "devices/page-printer.h"

typedef struct
{
  JuminPageReport report;
  GError *error;
} Ending;

G_DEFINE_INTERFACE (JuminPagePrinter, jumin_page_printer, G_TYPE_OBJECT)

static guint progress_signal;

static void
jumin_page_printer_default_init (JuminPagePrinterInterface *iface)
{
  progress_signal = g_signal_new ("progress", JUMIN_TYPE_PAGE_PRINTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_UINT);
}

static void
ending_free (gpointer data)
{
  Ending *ending = data;

  g_clear_error (&ending->error);
  g_free (ending);
}

static gboolean
is_job (const JuminPageJob *job)
{
  return job != NULL && job->token != NULL && g_uuid_string_is_valid (job->token)
         && job->copies >= 1 && job->copies <= JUMIN_DOCUMENT_COPIES_MAX && job->pages >= 1
         && job->pages <= JUMIN_DOCUMENT_PAGES_MAX;
}

/**
 * jumin_page_printer_query_async:
 * @cancellable: (nullable): to stop waiting
 * @callback: called on the main thread, never before this function has returned
 *
 * Asks whether a sheet would come out now. What an earlier job has left in the printer is
 * cancelled; the answer is %JUMIN_PAGE_BUSY then. While a job goes on the answer is
 * %JUMIN_PAGE_BUSY, and what that job waits for.
 */
void
jumin_page_printer_query_async (JuminPagePrinter *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAGE_PRINTER (self));
  JUMIN_PAGE_PRINTER_GET_IFACE (self)->query_async (self, cancellable, callback, data);
}

/**
 * jumin_page_printer_query_finish:
 * @status: (out): filled in also when the printer is missing
 *
 * Returns: %FALSE only when cancelled
 */
gboolean
jumin_page_printer_query_finish (JuminPagePrinter *self, GAsyncResult *result,
                                 JuminPageStatus *status, GError **error)
{
  g_autofree JuminPageStatus *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  answer = g_task_propagate_pointer (G_TASK (result), error);
  *status = answer != NULL ? *answer : (JuminPageStatus){ .troubles = JUMIN_PAGE_MISSING };
  return answer != NULL;
}

/**
 * jumin_page_printer_print_async:
 * @job: copied; the PDF by reference
 * @cancellable: (nullable): the job is taken back then; the report says what came out all the same
 * @callback: called on the main thread, never before this function has returned
 *
 * Prints the copies one after the other, when it is let go: until then the printer is asked whether
 * it is ready, and gets nothing of the job. Whoever does not let it go must cancel it. Whatever
 * happens, the job is not left in the printer; when the printer cannot be told so, it is told at
 * the next contact, before it gets another job.
 */
void
jumin_page_printer_print_async (JuminPagePrinter *self, const JuminPageJob *job,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAGE_PRINTER (self));
  g_return_if_fail (is_job (job) && job->pdf != NULL);
  JUMIN_PAGE_PRINTER_GET_IFACE (self)->print_async (self, job, cancellable, callback, data);
}

/**
 * jumin_page_printer_let_go:
 * @token: of the job under way; any other has ended, and nothing happens
 *
 * The job may go to the printer now: it is written down, and it is who is here's.
 */
void
jumin_page_printer_let_go (JuminPagePrinter *self, const char *token)
{
  g_return_if_fail (JUMIN_IS_PAGE_PRINTER (self) && token != NULL);
  JUMIN_PAGE_PRINTER_GET_IFACE (self)->let_go (self, token);
}

static gboolean
finish (JuminPagePrinter *self, GAsyncResult *result, JuminPageReport *report, GError **error)
{
  Ending *ending = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean printed = ending->error == NULL;

  *report = ending->report;
  if (!printed)
    g_propagate_error (error, g_steal_pointer (&ending->error));
  ending_free (ending);
  return printed;
}

/**
 * jumin_page_printer_print_finish:
 * @report: (out): always filled in
 *
 * Errors, beside the report and for the log: JUMIN_FAILURE_PRINTER_MISSING, _PAPER, _NOT_READY,
 * _UNKNOWN; G_IO_ERROR_NOT_SUPPORTED (it prints no PDF), G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the outcome is %JUMIN_OUTCOME_PRINTED
 */
gboolean
jumin_page_printer_print_finish (JuminPagePrinter *self, GAsyncResult *result,
                                 JuminPageReport *report, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return finish (self, result, report, error);
}

/**
 * jumin_page_printer_settle_async:
 * @job: as it was given to print(), without the PDF
 *
 * Finds out what became of a job of an earlier life, by its token. What is still to come of it is
 * cancelled. A printer that knows nothing of it has perhaps printed it and forgotten:
 * %JUMIN_OUTCOME_UNKNOWN.
 */
void
jumin_page_printer_settle_async (JuminPagePrinter *self, const JuminPageJob *job,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAGE_PRINTER (self));
  g_return_if_fail (is_job (job));
  JUMIN_PAGE_PRINTER_GET_IFACE (self)->settle_async (self, job, cancellable, callback, data);
}

/* As jumin_page_printer_print_finish(). */
gboolean
jumin_page_printer_settle_finish (JuminPagePrinter *self, GAsyncResult *result,
                                  JuminPageReport *report, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return finish (self, result, report, error);
}

void
jumin_page_printer_tell_progress (JuminPagePrinter *self, int copy, int pages,
                                  JuminPageTroubles troubles)
{
  g_signal_emit (self, progress_signal, 0, copy, pages, (guint)troubles);
}

/**
 * jumin_page_printer_return_report:
 * @task: of print() or settle(); must not check its cancellable
 * @error: (transfer full) (nullable): why it is not %JUMIN_OUTCOME_PRINTED
 */
void
jumin_page_printer_return_report (GTask *task, const JuminPageReport *report, GError *error)
{
  Ending *ending = g_new0 (Ending, 1);

  ending->report = *report;
  ending->error = error;
  g_task_return_pointer (task, ending, ending_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slip from the wish to the paper: drawn by a worker, printed, and then the printer is asked how
 * it is. Nothing else asks the printer meanwhile. */
#include "journey/slip-job.h"

#include "journey/terminal-private.h"
#include "printing/paper-text.h"

/* One that was not started. */
void
jumin_slip_job_free (JuminSlipJob *job)
{
  g_clear_pointer (&job->ticket, jumin_ticket_free);
  g_clear_pointer (&job->matter, jumin_matter_free);
  g_clear_pointer (&job->payment, jumin_payment_free);
  g_free (job->payer);
  g_free (job->phone);
  jumin_text_clear (&job->desk);
  jumin_text_clear (&job->hall);
  jumin_text_clear (&job->machine);
  g_free (job);
}

/* The printer has said why nothing came out: the person is told at once. */
static void
on_cause_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const JuminSlipJob *job = g_task_get_task_data (task);
  JuminPrinterStatus status;

  jumin_printer_query_finish (JUMIN_PRINTER (source), result, &status, NULL);
  job->terminal->slips--;
  if (!job->terminal->ended)
    jumin_printer_watch_take (job->terminal, &status);
  job->kind->ended (job, job->slip);
}

static void
on_print_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminSlipJob *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (jumin_printer_print_finish (JUMIN_PRINTER (source), result, &error))
    {
      job->terminal->slips--;
      if (!job->terminal->ended)
        jumin_printer_watch_check (job->terminal);
      job->kind->ended (job, JUMIN_SLIP_PRINTED);
      return;
    }
  g_message ("%s", error->message);
  job->slip = g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN)
                  ? JUMIN_SLIP_UNKNOWN
                  : JUMIN_SLIP_FAILED;
  jumin_printer_query_async (JUMIN_PRINTER (source), NULL, on_cause_ready, g_steal_pointer (&task));
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const JuminSlipJob *job = data;
  JuminRaster *raster = job->kind->draw (job);

  jumin_paper_text_forget ();
  g_task_return_pointer (task, raster, (GDestroyNotify)jumin_raster_free);
}

static void
on_draw_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  const JuminSlipJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (JuminRaster) raster = g_task_propagate_pointer (G_TASK (result), NULL);

  if (job->terminal->ended || !job->kind->is_wanted (job))
    return;
  job->terminal->slips++;
  jumin_printer_print_async (job->terminal->tools.printer, raster, NULL, on_print_ready,
                             g_object_ref (result));
}

/**
 * jumin_slip_job_new:
 * @terminal: what its scene says now goes onto the slip
 * @kind: which slip
 *
 * Returns: (transfer full): a job that lacks what it is of
 */
JuminSlipJob *
jumin_slip_job_new (JuminTerminal *terminal, const JuminSlipKind *kind)
{
  const JuminScene *scene = &terminal->scene;
  JuminSlipJob *job = g_new0 (JuminSlipJob, 1);

  *job = (JuminSlipJob){ .kind = kind,
                         .terminal = terminal,
                         .printed_at = jumin_clock_get_wall (terminal->tools.clock),
                         .tongue = { scene->modes.language, scene->modes.elder },
                         .width = terminal->settings.slip_width,
                         .page = scene->page_number };
  jumin_text_copy (&job->hall, &scene->hall_name);
  jumin_text_copy (&job->machine, &scene->machine);
  return job;
}

/**
 * jumin_slip_job_start:
 * @job: (transfer full): a job
 *
 * Draws and prints it.
 */
void
jumin_slip_job_start (JuminSlipJob *job)
{
  g_autoptr (GTask) task = g_task_new (job->terminal, NULL, on_draw_ready, NULL);

  g_task_set_source_tag (task, jumin_slip_job_start);
  g_task_set_task_data (task, job, (GDestroyNotify)jumin_slip_job_free);
  g_task_run_in_thread (task, draw);
}

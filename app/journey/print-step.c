/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip of the number. The number is on the screen first, and stays valid whatever the paper
 * does; the person may ask for the slip again, a few times, and it is marked then. */
#include "journey/terminal-private.h"

#include "printing/ticket-slip.h"

/* Whose slip it is: the terminal, and the ticket's reference. */
typedef struct
{
  JuminTerminal *terminal;
  char *flow, *number;
  gboolean reprint;
  JuminSlip slip; /* how it ended */
} Printing;

static void
printing_free (Printing *printing)
{
  g_object_unref (printing->terminal);
  g_free (printing->flow);
  g_free (printing->number);
  g_free (printing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Printing, printing_free)

/* Whether the ticket is still the one that this visit holds: a slow printer may outlast a visit. */
static gboolean
is_current (const JuminTerminal *self, const char *flow)
{
  return !self->ended && self->scene.ticket != NULL
         && g_strcmp0 (self->scene.ticket->flow, flow) == 0;
}

/* Shows how it ended; nothing that came out counts as no reprint. */
static void
finish (const Printing *printing)
{
  JuminTerminal *self = printing->terminal;
  JuminScene *scene = &self->scene;

  if (!is_current (self, printing->flow))
    return;
  scene->slip = printing->slip;
  if (printing->reprint && printing->slip != JUMIN_SLIP_FAILED && scene->reprints_left > 0)
    scene->reprints_left--;
  if (scene->page == JUMIN_PAGE_TICKET)
    {
      jumin_visit_set_deadline (self);
      jumin_terminal_redraw (self);
    }
}

/* The printer has said why: the person is told at once, and what has ended is written down. */
static void
on_cause_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  JuminTerminal *self = printing->terminal;
  JuminPrinterStatus status;
  JuminTrouble trouble;

  jumin_printer_query_finish (JUMIN_PRINTER (source), result, &status, NULL);
  self->slips--;
  if (!self->ended)
    jumin_printer_watch_take (self, &status);
  trouble = jumin_scene_get_slip_trouble (&self->scene, printing->slip);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINT_FAILED, "number", printing->number,
                     "why", printing->slip == JUMIN_SLIP_UNKNOWN ? "unknown" : "nothing", "trouble",
                     jumin_trouble_get_id (trouble), NULL);
  finish (printing);
}

static void
on_print_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Printing) printing = data;
  JuminTerminal *self = printing->terminal;
  g_autoptr (GError) error = NULL;

  if (jumin_printer_print_finish (JUMIN_PRINTER (source), result, &error))
    {
      printing->slip = JUMIN_SLIP_PRINTED;
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINTED, "number", printing->number,
                         "reprint", printing->reprint ? "1" : "0", NULL);
      self->slips--;
      if (!self->ended)
        jumin_printer_watch_check (self);
      finish (printing);
      return;
    }
  g_message ("%s", error->message);
  printing->slip = g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN)
                       ? JUMIN_SLIP_UNKNOWN
                       : JUMIN_SLIP_FAILED;
  jumin_printer_query_async (self->tools.printer, NULL, on_cause_ready,
                             g_steal_pointer (&printing));
}

/* What a worker needs to draw the slip: values of its own. */
typedef struct
{
  JuminTicket *ticket;
  JuminText hall, machine;
  gint64 printed_at;
  gboolean reprint;
  JuminTongue tongue;
  guint width;
} Job;

static void
job_free (Job *job)
{
  jumin_ticket_free (job->ticket);
  jumin_text_clear (&job->hall);
  jumin_text_clear (&job->machine);
  g_free (job);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  JuminTicketSlip slip = { .ticket = job->ticket,
                           .hall = &job->hall,
                           .machine = &job->machine,
                           .printed_at = job->printed_at,
                           .reprint = job->reprint };

  g_task_return_pointer (task, jumin_ticket_slip_draw (&slip, job->tongue, job->width),
                         (GDestroyNotify)jumin_raster_free);
}

static void
on_draw_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminTerminal *self = JUMIN_TERMINAL (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (JuminRaster) raster = g_task_propagate_pointer (G_TASK (result), NULL);
  Printing *printing;

  if (!is_current (self, job->ticket->flow))
    return;
  printing = g_new0 (Printing, 1);
  *printing = (Printing){ .terminal = g_object_ref (self),
                          .flow = g_strdup (job->ticket->flow),
                          .number = g_strdup (job->ticket->number),
                          .reprint = job->reprint };
  self->slips++;
  jumin_printer_print_async (self->tools.printer, raster, NULL, on_print_ready, printing);
}

/**
 * jumin_print_step_print:
 * @reprint: marked as such
 *
 * Prints the scene's ticket; one slip at a time. A worker draws it: the number is on the screen
 * meanwhile.
 */
void
jumin_print_step_print (JuminTerminal *self, gboolean reprint)
{
  JuminScene *scene = &self->scene;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_draw_ready, NULL);
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .ticket = jumin_ticket_copy (scene->ticket),
                .printed_at = jumin_clock_get_wall (self->tools.clock),
                .reprint = reprint,
                .tongue = { scene->modes.language, scene->modes.elder },
                .width = self->settings.slip_width };
  jumin_text_copy (&job->hall, &scene->hall_name);
  jumin_text_copy (&job->machine, &scene->machine);
  scene->slip = JUMIN_SLIP_PRINTING;
  g_task_set_source_tag (task, jumin_print_step_print);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, draw);
}

static void
enter (JuminTerminal *self)
{
  self->scene.reprints_left = self->settings.reprints_max;
  /* Of a missed number no slip goes out: it would look as if it waited. */
  if (self->scene.ticket->state == JUMIN_TICKET_MISSED)
    self->scene.slip = JUMIN_SLIP_PRINTED;
  else
    jumin_print_step_print (self, self->scene.ticket->live);
  jumin_terminal_show (self, JUMIN_PAGE_TICKET);
}

const JuminStep jumin_print_step = { .name = "print", .page = JUMIN_PAGE_TICKET, .enter = enter };

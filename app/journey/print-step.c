/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip of the number. The number is on the screen first, and stays valid whatever the paper
 * does; the person may ask for the slip again, a few times, and it is marked then. */
#include "journey/slip-job.h"
#include "journey/terminal-private.h"
#include "printing/ticket-slip.h"

/* Whether the ticket is still the one that this visit holds: a slow printer may outlast a visit. */
static gboolean
is_current (const JuminSlipJob *job)
{
  const JuminTerminal *self = job->terminal;

  return !self->ended && self->scene.ticket != NULL
         && g_strcmp0 (self->scene.ticket->flow, job->ticket->flow) == 0;
}

static JuminRaster *
draw (const JuminSlipJob *job)
{
  JuminTicketSlip slip = { .ticket = job->ticket,
                           .hall = &job->hall,
                           .machine = &job->machine,
                           .printed_at = job->printed_at,
                           .reprint = job->reprint };

  return jumin_ticket_slip_draw (&slip, job->tongue, job->width);
}

static void
write_down (const JuminSlipJob *job, JuminSlip slip)
{
  JuminTerminal *self = job->terminal;
  const char *number = job->ticket->number;

  if (slip == JUMIN_SLIP_PRINTED)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINTED, "number", number, "reprint",
                       job->reprint ? "1" : "0", NULL);
  else
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINT_FAILED, "number", number, "why",
                       slip == JUMIN_SLIP_UNKNOWN ? "unknown" : "nothing", "trouble",
                       jumin_trouble_get_id (jumin_scene_get_slip_trouble (&self->scene, slip)),
                       NULL);
}

/* Shows how it ended. */
static void
on_ended (const JuminSlipJob *job, JuminSlip slip)
{
  JuminTerminal *self = job->terminal;
  JuminScene *scene = &self->scene;

  write_down (job, slip);
  if (!is_current (job))
    return;
  scene->slip = slip;
  if (job->reprint && slip == JUMIN_SLIP_FAILED
      && scene->reprints_left < self->settings.reprints_max)
    scene->reprints_left++; /* nothing came out */
  if (scene->page == JUMIN_PAGE_TICKET)
    {
      jumin_visit_set_deadline (self);
      jumin_terminal_redraw (self);
    }
}

static const JuminSlipKind ticket_slip
    = { .draw = draw, .is_wanted = is_current, .ended = on_ended };

/**
 * jumin_print_step_print:
 * @reprint: marked as such
 *
 * Prints the scene's ticket; one slip at a time. The number is on the screen meanwhile. A reprint
 * counts from now on, wherever the person goes.
 */
void
jumin_print_step_print (JuminTerminal *self, gboolean reprint)
{
  JuminSlipJob *job = jumin_slip_job_new (self, &ticket_slip);

  job->ticket = jumin_ticket_copy (self->scene.ticket);
  job->reprint = reprint;
  if (reprint)
    self->scene.reprints_left--;
  self->scene.slip = JUMIN_SLIP_PRINTING;
  jumin_slip_job_start (job);
}

static void
enter (JuminTerminal *self)
{
  const JuminTicket *ticket = self->scene.ticket;

  self->scene.slip = JUMIN_SLIP_NONE;
  /* Of a missed number no slip goes out: it would look as if it waited. One that the person held
   * before is printed again, while it may be. */
  if (ticket->state != JUMIN_TICKET_MISSED && (!ticket->live || self->scene.reprints_left > 0))
    jumin_print_step_print (self, ticket->live);
  jumin_terminal_show (self, JUMIN_PAGE_TICKET);
}

const JuminStep jumin_print_step = { .name = "print", .page = JUMIN_PAGE_TICKET, .enter = enter };

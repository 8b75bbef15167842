/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slip of the number. The number is on the screen first, and stays valid whatever the paper
 * does; the person may ask for the slip once more, which is then marked. */
#include "journey/terminal-private.h"

#include "printing/ticket-slip.h"

static JuminSlip
slip_for (const GError *error)
{
  if (error == NULL)
    return JUMIN_SLIP_PRINTED;
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_PAPER))
    return JUMIN_SLIP_NO_PAPER;
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_UNKNOWN))
    return JUMIN_SLIP_UNKNOWN;
  return JUMIN_SLIP_FAILED;
}

static const char *const slip_names[] = { [JUMIN_SLIP_NO_PAPER] = "paper",
                                          [JUMIN_SLIP_FAILED] = "not-ready",
                                          [JUMIN_SLIP_UNKNOWN] = "unknown" };

static void
on_print_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  JuminSlip slip;

  jumin_printer_print_finish (JUMIN_PRINTER (source), result, &error);
  slip = slip_for (error);
  if (error != NULL)
    {
      g_message ("%s", error->message);
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINT_FAILED, "why",
                         slip_names[slip], NULL);
    }
  else
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_PRINTED, NULL);
  self->scene.slip = slip;
  if (self->scene.page == JUMIN_PAGE_TICKET)
    {
      jumin_visit_set_deadline (self);
      jumin_terminal_redraw (self);
    }
}

/**
 * jumin_print_step_print:
 * @reprint: marked as such
 *
 * Prints the scene's ticket; one slip at a time.
 */
void
jumin_print_step_print (JuminTerminal *self, gboolean reprint)
{
  JuminScene *scene = &self->scene;
  JuminTicketSlip slip = { .ticket = scene->ticket,
                           .hall = &scene->hall_name,
                           .machine = &scene->machine,
                           .printed_at = jumin_clock_get_wall (self->tools.clock),
                           .reprint = reprint };
  JuminTongue tongue = { scene->modes.language, scene->modes.elder };
  g_autoptr (JuminRaster) raster = NULL;

  scene->slip = JUMIN_SLIP_PRINTING;
  raster = jumin_ticket_slip_draw (&slip, tongue, self->settings.slip_width);
  jumin_printer_print_async (self->tools.printer, raster, NULL, on_print_ready,
                             g_object_ref (self));
}

static void
enter (JuminTerminal *self)
{
  jumin_print_step_print (self, self->scene.ticket->live);
  jumin_terminal_show (self, JUMIN_PAGE_TICKET);
}

const JuminStep jumin_print_step = { .name = "print", .page = JUMIN_PAGE_TICKET, .enter = enter };

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number, from the platform. One idempotency key for as long as the person asks for the same
 * number: asking again after silence gives the same one, never a second. */
#include "journey/terminal-private.h"

static void
refuse (JuminTerminal *self, const GError *error)
{
  g_message ("%s", error->message);
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_CLOSED))
    jumin_terminal_show_notice (self, JUMIN_NOTICE_QUEUE_CLOSED);
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT)
           || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID))
    jumin_terminal_show_notice (self, JUMIN_NOTICE_TICKET_UNKNOWN);
  else
    jumin_terminal_show_notice (self, JUMIN_NOTICE_PLATFORM);
}

static void
on_take_ticket_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket
      = jumin_hall_client_take_ticket_finish (JUMIN_HALL_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (ticket != NULL)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_TAKEN, "number", ticket->number,
                       "live", ticket->live ? "1" : "0", "priority",
                       ticket->priority ? "yes" : "no", NULL);
  if (!scene->in_visit || jumin_line_get_step (scene) != &jumin_fetch_step)
    return;
  if (ticket == NULL)
    {
      refuse (self, error);
      return;
    }
  g_clear_pointer (&self->ticket_key, g_free);
  scene->ticket = g_steal_pointer (&ticket);
  jumin_line_advance (self);
}

static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (self->ticket_key == NULL)
    self->ticket_key = g_uuid_string_random ();
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_ASKED, "matter", scene->matter, NULL);
  jumin_terminal_show_slowly (self, JUMIN_BUSY_TICKET);
  jumin_hall_client_take_ticket_async (self->tools.client, self->ticket_key, scene->matter,
                                       scene->priority, scene->identity, NULL, on_take_ticket_ready,
                                       g_object_ref (self));
}

const JuminStep jumin_fetch_step = { .name = "fetch", .page = JUMIN_PAGE_WAIT, .enter = enter };

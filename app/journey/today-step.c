/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits today for the person who is known: numbers that they hold or missed, appointments.
 * Asked as soon as somebody is known; and before a number is taken, so that an appointment is not
 * passed over because the card came late. */
#include "journey/terminal-private.h"

static void
on_today_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminToday) today
      = jumin_hall_client_fetch_today_finish (JUMIN_HALL_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (g_task_get_cancellable (G_TASK (result)) != self->today_call)
    return;
  g_clear_object (&self->today_call);
  if (today != NULL)
    {
      g_clear_pointer (&scene->today, jumin_today_free);
      scene->today = g_steal_pointer (&today);
    }
  else
    g_message ("%s", error->message);
  /* Without an answer the number is asked for all the same: what is wrong will show there. */
  if (jumin_line_get_step (scene) == &jumin_today_step)
    jumin_line_advance (self);
  else
    jumin_terminal_redraw (self);
}

/**
 * jumin_today_step_forget:
 *
 * The person goes, or has another today: an answer that still comes is nobody's.
 */
void
jumin_today_step_forget (JuminTerminal *self)
{
  if (self->today_call != NULL)
    g_cancellable_cancel (self->today_call);
  g_clear_object (&self->today_call);
  g_clear_pointer (&self->scene.today, jumin_today_free);
}

/**
 * jumin_today_step_ask:
 *
 * Asks what waits for the visit's person today.
 */
void
jumin_today_step_ask (JuminTerminal *self)
{
  jumin_today_step_forget (self);
  self->today_call = g_cancellable_new ();
  jumin_hall_client_fetch_today_async (self->tools.client, self->scene.identity, self->today_call,
                                       on_today_ready, g_object_ref (self));
}

/**
 * jumin_today_step_take_appointment:
 * @id: of one of today's
 *
 * Begins the journey to a number by this appointment: in time its own number, too late an ordinary
 * one (fetch-step.c). Too early does nothing: the page says from when.
 */
void
jumin_today_step_take_appointment (JuminTerminal *self, const char *id)
{
  JuminScene *scene = &self->scene;

  for (guint i = 0; scene->today != NULL && i < scene->today->appointments->len; i++)
    {
      const JuminAppointment *appointment = scene->today->appointments->pdata[i];

      if (g_strcmp0 (appointment->id, id) != 0)
        continue;
      if (jumin_appointment_get_standing (appointment, scene->hall->as_of) != JUMIN_STANDING_EARLY)
        jumin_line_start_matter (self, appointment->matter);
      return;
    }
}

/**
 * jumin_today_step_take_again:
 *
 * Begins the journey to another place in the queue for the number that is shown, when its call was
 * missed too long ago.
 */
void
jumin_today_step_take_again (JuminTerminal *self)
{
  const JuminTicket *ticket = self->scene.ticket;

  if (ticket->state == JUMIN_TICKET_MISSED && ticket->if_missed != JUMIN_MISSED_WINDOW)
    {
      g_autofree char *matter = g_strdup (ticket->matter);

      jumin_line_start_matter (self, matter);
    }
}

static gboolean
needed (const JuminScene *scene)
{
  return scene->identity != NULL && scene->today == NULL;
}

static void
enter (JuminTerminal *self)
{
  jumin_terminal_show_slowly (self, JUMIN_BUSY_TICKET);
  jumin_today_step_ask (self);
}

const JuminStep jumin_today_step
    = { .name = "today", .page = JUMIN_PAGE_WAIT, .needed = needed, .enter = enter };

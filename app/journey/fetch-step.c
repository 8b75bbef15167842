/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number, from the platform. One idempotency key for as long as the same person asks for the
 * same number: asking again after silence gives the same one, never a second, whatever was looked
 * at meanwhile. */
#include "journey/terminal-private.h"

void
jumin_fetch_step_forget (JuminTerminal *self)
{
  g_clear_pointer (&self->ticket_wish, g_free);
  g_clear_pointer (&self->ticket_key, g_free);
}

/* Which number @order is for. Another person is forgotten by whoever lets them in. */
static void
wish (JuminTerminal *self, const JuminTicketOrder *order)
{
  const char *priority = order->priority != NULL ? order->priority : "-";
  const char *appointment = order->appointment != NULL ? order->appointment : "-";
  g_autofree char *now = g_strjoin (" ", order->matter, priority, appointment, NULL);

  if (g_strcmp0 (self->ticket_wish, now) == 0)
    return;
  jumin_fetch_step_forget (self);
  self->ticket_wish = g_steal_pointer (&now);
  self->ticket_key = g_uuid_string_random ();
}

/* (nullable): today's appointment for the chosen matter, when it is time */
static const JuminAppointment *
find_appointment (const JuminScene *scene)
{
  for (guint i = 0; scene->today != NULL && i < scene->today->appointments->len; i++)
    {
      const JuminAppointment *appointment = scene->today->appointments->pdata[i];

      if (g_strcmp0 (appointment->matter, scene->matter) == 0
          && jumin_appointment_get_standing (appointment, scene->hall->as_of) == JUMIN_STANDING_NOW)
        return appointment;
    }
  return NULL;
}

/* The platform has changed its mind since it described the hall: this matter wants to know who
 * comes. So the person is asked, at the step before. */
static void
ask_who_comes (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  for (guint i = 0; i < scene->hall->matters->len; i++)
    {
      JuminMatter *matter = scene->hall->matters->pdata[i];

      if (g_strcmp0 (matter->id, scene->matter) == 0)
        matter->identify = JUMIN_IDENTIFY_ALWAYS;
    }
  jumin_line_back (self);
}

static void
refuse (JuminTerminal *self, const GError *error)
{
  gboolean anonymous = self->scene.identity == NULL;

  g_message ("%s", error->message);
  if (anonymous && g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_IDENTITY))
    ask_who_comes (self);
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_CLOSED)
           || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_IDENTITY))
    {
      jumin_surroundings_ask_hall (self); /* why, and when again */
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_QUEUE_CLOSED);
    }
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_QUEUE_DOWN))
    {
      jumin_surroundings_ask_hall (self);
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_QUEUE_DOWN);
    }
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_APPOINTMENT))
    {
      /* The platform's clock has the last word: asked again, it is an ordinary number. */
      if (self->scene.today != NULL)
        g_ptr_array_set_size (self->scene.today->appointments, 0);
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_APPOINTMENT_CLOSED);
    }
  else
    /* Whatever it is now, an attempt before may have got through. */
    jumin_terminal_show_trouble (self, JUMIN_TROUBLE_TICKET_UNKNOWN);
}

/* Who asked: the terminal, and the key of the number that was asked for. */
typedef struct
{
  JuminTerminal *terminal;
  char *key;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->terminal);
  g_free (asked->key);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
on_take_ticket_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  JuminTerminal *self = asked->terminal;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket
      = jumin_hall_client_take_ticket_finish (JUMIN_HALL_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (ticket != NULL)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_TAKEN, "number", ticket->number,
                       "live", ticket->live ? "1" : "0", "priority",
                       ticket->priority ? "yes" : "no", NULL);
  /* The request is never cancelled, so its answer may find the next person here, or this one on
   * another page: by its key it is told whose it was. */
  if (self->ended || g_strcmp0 (asked->key, self->ticket_key) != 0
      || jumin_line_get_step (scene) != &jumin_fetch_step)
    return;
  if (ticket == NULL)
    {
      refuse (self, error);
      return;
    }
  jumin_fetch_step_forget (self);
  jumin_today_step_forget (self); /* it is another one now */
  scene->ticket = g_steal_pointer (&ticket);
  jumin_line_advance (self);
}

static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  const JuminAppointment *appointment = find_appointment (scene);
  JuminTicketOrder order = { .matter = scene->matter,
                             .priority = scene->priority,
                             .appointment = appointment != NULL ? appointment->id : NULL,
                             .holder = scene->identity };
  Asked *asked = g_new0 (Asked, 1);

  wish (self, &order);
  *asked = (Asked){ g_object_ref (self), g_strdup (self->ticket_key) };
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_TICKET_ASKED, "matter", scene->matter, NULL);
  jumin_terminal_show_slowly (self, JUMIN_BUSY_TICKET);
  jumin_hall_client_take_ticket_async (self->tools.client, self->ticket_key, &order, NULL,
                                       on_take_ticket_ready, asked);
}

const JuminStep jumin_fetch_step = { .name = "fetch", .page = JUMIN_PAGE_WAIT, .enter = enter };

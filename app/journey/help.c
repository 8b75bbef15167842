/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call for help, until somebody answers or it is honest to say that nobody does:
 *
 *   calling ──► sent ──ack-ms──► late ──escalate-ms──► again ──ack-ms──► unanswered
 *      │          └───────┬────────┴──────────┬──────────┘
 *      ▼                  ▼                   ▼
 *    failed             nobody           acknowledged
 *
 * It is asked for every help_poll_ms. The dialog tells where it stands; closing the dialog does not
 * take back the call, the end of the visit ends the following of it. */
#include "journey/terminal-private.h"

static const struct
{
  JuminHelp help;
  JuminTrouble trouble;
} troubles[] = {
  { JUMIN_HELP_NOBODY, JUMIN_TROUBLE_HELP_NOBODY },
  { JUMIN_HELP_UNANSWERED, JUMIN_TROUBLE_HELP_UNANSWERED },
  { JUMIN_HELP_FAILED, JUMIN_TROUBLE_HELP_UNSENT },
};

/* The page's time begins anew: the person stands there and waits. */
static void
tell (JuminTerminal *self, JuminHelp help)
{
  JuminScene *scene = &self->scene;
  gboolean other = scene->help != help;

  scene->help = help;
  for (gsize i = 0; other && i < G_N_ELEMENTS (troubles); i++)
    if (troubles[i].help == help)
      jumin_terminal_note_trouble (self, troubles[i].trouble);
  if (scene->dialog != JUMIN_DIALOG_HELP)
    return;
  jumin_visit_set_deadline (self);
  if (other)
    jumin_terminal_redraw (self);
}

/* Stops following the call. */
void
jumin_help_forget (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->help_timer);
  g_clear_pointer (&self->help_id, g_free);
  self->help_calling = self->help_escalated = FALSE;
  self->help_turn++;
}

static gboolean on_due (gpointer data);

static void
look_again_later (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->help_timer);
  self->help_timer
      = jumin_clock_after (self->tools.clock, self->settings.help_poll_ms, on_due, self);
}

static gboolean
has_waited (const JuminTerminal *self, guint ms)
{
  gint64 waited_us = jumin_clock_get_monotonic (self->tools.clock) - self->help_since;

  return waited_us >= (gint64)jumin_clock_get_real_ms (self->tools.clock, ms) * 1000;
}

static void
take_answer (JuminTerminal *self, const JuminHelpCall *call)
{
  const JuminTerminalSettings *settings = &self->settings;
  JuminHelp help = self->help_escalated                       ? JUMIN_HELP_AGAIN
                   : has_waited (self, settings->help_ack_ms) ? JUMIN_HELP_LATE
                                                              : JUMIN_HELP_SENT;

  if (call != NULL && call->acknowledged)
    help = JUMIN_HELP_ACKNOWLEDGED;
  else if (call != NULL && call->on_duty == 0)
    help = JUMIN_HELP_NOBODY;
  else if (has_waited (self, settings->help_escalate_ms + settings->help_ack_ms))
    help = JUMIN_HELP_UNANSWERED;
  tell (self, help);
  if (help == JUMIN_HELP_ACKNOWLEDGED || help == JUMIN_HELP_NOBODY || help == JUMIN_HELP_UNANSWERED)
    jumin_help_forget (self);
  else
    look_again_later (self);
}

/* Whose call an answer is of: the next person may have called by now. */
typedef struct
{
  JuminTerminal *terminal;
  guint turn;
} Asked;

static Asked *
asked_new (JuminTerminal *self)
{
  Asked *asked = g_new0 (Asked, 1);

  *asked = (Asked){ g_object_ref (self), self->help_turn };
  return asked;
}

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->terminal);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
on_call_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  JuminTerminal *self = asked->terminal;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHelpCall) call
      = jumin_hall_client_help_finish (JUMIN_HALL_CLIENT (source), result, &error);

  if (call == NULL)
    g_message ("%s", error->message);
  if (self->ended || asked->turn != self->help_turn)
    return;
  self->help_calling = FALSE;
  if (call == NULL && self->help_id == NULL)
    {
      tell (self, JUMIN_HELP_FAILED);
      return;
    }
  if (call != NULL)
    {
      g_free (self->help_id);
      self->help_id = g_strdup (call->id);
    }
  take_answer (self, call);
}

/* What is on the page goes with the call, nothing of the person. */
static void
send_call (JuminTerminal *self)
{
  g_autofree char *key = g_uuid_string_random ();
  const JuminHelpQuestion question = { .page = jumin_page_get_name (self->scene.page),
                                       .matter = self->scene.matter,
                                       .escalated = self->help_escalated };

  self->help_calling = TRUE;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_HELP_CALLED, "page", question.page, NULL);
  jumin_hall_client_call_help_async (self->tools.client, key, &question, NULL, on_call_ready,
                                     asked_new (self));
}

static gboolean
on_due (gpointer data)
{
  JuminTerminal *self = data;

  self->help_timer = NULL;
  if (!self->help_escalated && has_waited (self, self->settings.help_escalate_ms))
    {
      self->help_escalated = TRUE;
      tell (self, JUMIN_HELP_AGAIN);
      send_call (self);
    }
  else
    jumin_hall_client_follow_help_async (self->tools.client, self->help_id, NULL, on_call_ready,
                                         asked_new (self));
  return G_SOURCE_REMOVE;
}

/**
 * jumin_help_call:
 *
 * Calls the people of the hall, and says in a dialog over the page how that goes. A call that is
 * under way is not made twice. Without the platform it says at once whom to ask instead.
 */
void
jumin_help_call (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  gboolean under_way = self->help_id != NULL || self->help_calling;

  if (scene->page != JUMIN_PAGE_TAKE_CARD && scene->page != JUMIN_PAGE_NOTICE)
    jumin_visit_begin (self, "touch");
  scene->dialog = JUMIN_DIALOG_HELP;
  if (!under_way)
    {
      scene->help = JUMIN_HELP_CALLING;
      self->help_since = jumin_clock_get_monotonic (self->tools.clock);
      if (self->tools.client == NULL || scene->platform_silent)
        tell (self, JUMIN_HELP_FAILED);
      else
        send_call (self);
    }
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the typed ID number to the identity in the visit.
 *
 *   ask ──► consent ──agree──► number ──send──► code ──check──► known
 *             (once a visit)     ▲   │            │ └─wrong, expired─► code
 *                                └───┴──back──────┘   no phone, locked ─► a trouble's page
 *
 * The digits are in scene.typed alone: one Act a key adds one, and they are wiped when the page is
 * left, whoever leaves it. A card that comes first takes over. */
#include "journey/terminal-private.h"

#include "model/id-number.h"
#include "model/mask.h"

static void
cancel_call (JuminTerminal *self)
{
  if (self->login_call != NULL)
    g_cancellable_cancel (self->login_call);
  g_clear_object (&self->login_call);
}

/**
 * jumin_login_stop:
 *
 * Wipes what was typed; an answer that still comes is nobody's.
 */
void
jumin_login_stop (JuminTerminal *self)
{
  cancel_call (self);
  jumin_clock_cancel (self->tools.clock, &self->resend_timer);
  jumin_scene_end_login (&self->scene);
}

static void
show_keypad (JuminTerminal *self, JuminPage page)
{
  JuminScene *scene = &self->scene;

  if (scene->typed == NULL)
    scene->typed = jumin_secret_new ();
  jumin_terminal_show (self, page);
}

static void
show_number (JuminTerminal *self)
{
  jumin_login_stop (self);
  self->scene.by_number = TRUE;
  show_keypad (self, JUMIN_PAGE_NUMBER);
}

/* Back to where the person chose this way. */
static void
leave (JuminTerminal *self)
{
  jumin_login_stop (self);
  if (self->scene.flow != NULL)
    jumin_line_enter (self);
  else
    jumin_visit_go_home (self);
}

/**
 * jumin_login_ask:
 *
 * The resident wants to come by number: asks for agreement, once a visit.
 */
void
jumin_login_ask (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_HOME && scene->page != JUMIN_PAGE_IDENTIFY)
    return;
  if (!jumin_line_takes (scene, JUMIN_PROOF_MESSAGE) || self->reading)
    return;
  jumin_visit_begin (self, "touch");
  if (jumin_arrival_refuse_unlogged (self))
    return;
  if (scene->number_agreed)
    show_number (self);
  else
    {
      scene->by_number = TRUE;
      jumin_terminal_show (self, JUMIN_PAGE_CONSENT);
    }
}

void
jumin_login_agree (JuminTerminal *self)
{
  jumin_login_stop (self);
  if (jumin_arrival_refuse_unlogged (self))
    return;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CONSENT_GIVEN, "how", "number", NULL);
  self->scene.number_agreed = TRUE;
  show_number (self);
}

static gboolean
takes_key (const JuminScene *scene, char key)
{
  guint missing = jumin_scene_count_missing (scene);

  if (key == 'X')
    return scene->page == JUMIN_PAGE_NUMBER && missing == 1;
  return g_ascii_isdigit (key) && missing > 0;
}

/* Says what is told beside the keypad also to the log. */
static void
tell (JuminTerminal *self, JuminTyped typed_is, JuminTrouble trouble)
{
  self->scene.typed_is = typed_is;
  jumin_terminal_note_trouble (self, trouble);
}

/**
 * jumin_login_type:
 * @key: (nullable): "0" to "9", "X", "back" or "clear"
 *
 * One key of the keypad.
 */
void
jumin_login_type (JuminTerminal *self, const char *key)
{
  JuminScene *scene = &self->scene;

  if (key == NULL || (scene->page != JUMIN_PAGE_NUMBER && scene->page != JUMIN_PAGE_CODE))
    return;
  if (g_str_equal (key, "clear"))
    jumin_secret_clear (scene->typed);
  else if (g_str_equal (key, "back"))
    jumin_secret_take_back (scene->typed);
  else if (takes_key (scene, key[0]) && key[1] == '\0')
    jumin_secret_add (scene->typed, key[0]);
  else
    return;
  scene->typed_is = JUMIN_TYPED_FINE;
  if (scene->page == JUMIN_PAGE_NUMBER && jumin_scene_count_missing (scene) == 0
      && !jumin_scene_holds_number (scene))
    tell (self, JUMIN_TYPED_UNLIKELY, JUMIN_TROUBLE_NUMBER_UNLIKELY);
  jumin_terminal_redraw (self);
}

static gboolean
on_resend_due (gpointer data)
{
  JuminTerminal *self = data;

  self->resend_timer = NULL;
  self->scene.resend_at = 0;
  jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

static void
take_sent (JuminTerminal *self, JuminLogin *login)
{
  JuminScene *scene = &self->scene;
  JuminClock *clock = self->tools.clock;
  guint ms = (guint)login->resend_s * 1000;

  g_clear_pointer (&scene->login, jumin_login_free);
  scene->login = login;
  scene->resend_at = 0;
  jumin_clock_cancel (clock, &self->resend_timer);
  if (ms > 0)
    {
      scene->resend_at
          = jumin_clock_get_monotonic (clock) + (gint64)jumin_clock_get_real_ms (clock, ms) * 1000;
      self->resend_timer = jumin_clock_after (clock, ms, on_resend_due, self);
    }
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CODE_SENT, NULL);
  show_keypad (self, JUMIN_PAGE_CODE);
}

static void
take_refusal (JuminTerminal *self, const JuminLogin *login)
{
  JuminScene *scene = &self->scene;

  switch (login->state)
    {
    case JUMIN_LOGIN_WRONG_CODE:
      scene->login->tries_left = scene->trouble_tries = login->tries_left;
      tell (self, JUMIN_TYPED_WRONG, JUMIN_TROUBLE_CODE_WRONG);
      show_keypad (self, JUMIN_PAGE_CODE);
      break;
    case JUMIN_LOGIN_EXPIRED:
      tell (self, JUMIN_TYPED_EXPIRED, JUMIN_TROUBLE_CODE_EXPIRED);
      show_keypad (self, JUMIN_PAGE_CODE);
      break;
    case JUMIN_LOGIN_LOCKED:
      jumin_login_stop (self);
      scene->trouble_when = login->locked_until;
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_LOGIN_LOCKED);
      break;
    case JUMIN_LOGIN_NO_PHONE:
    default:
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_LOGIN_NO_PHONE);
      break;
    }
}

static void
on_login_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminLogin) login
      = jumin_hall_client_login_finish (JUMIN_HALL_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (g_task_get_cancellable (G_TASK (result)) != self->login_call)
    return;
  g_clear_object (&self->login_call);
  /* What was sent is wiped; an unanswered number stays, so that it need not be typed again. */
  if (scene->typed != NULL && (login != NULL || scene->login != NULL))
    jumin_secret_clear (scene->typed);
  if (login == NULL)
    {
      g_message ("%s", error->message);
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_PLATFORM_SILENT);
    }
  else if (login->state == JUMIN_LOGIN_SENT)
    take_sent (self, g_steal_pointer (&login));
  else if (login->state == JUMIN_LOGIN_KNOWN)
    {
      jumin_login_stop (self);
      jumin_arrival_accept (self, login->holder);
    }
  else
    take_refusal (self, login);
  /* A card may lie there by now. */
  jumin_slot_look (self);
}

/* What follows is asked of the platform.
 *
 * Returns: (transfer none): to be given up with the login */
static GCancellable *
begin_call (JuminTerminal *self, JuminBusy busy)
{
  cancel_call (self);
  self->login_call = g_cancellable_new ();
  self->scene.typed_is = JUMIN_TYPED_FINE;
  jumin_terminal_show_slowly (self, busy);
  return self->login_call;
}

/**
 * jumin_login_send:
 *
 * The number is whole: asks the platform to send a code.
 */
void
jumin_login_send (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_NUMBER || !jumin_scene_holds_number (scene))
    return;
  jumin_secret_modernise (scene->typed);
  g_free (scene->masked_number);
  scene->masked_number = jumin_mask_number (jumin_secret_get (scene->typed));
  jumin_hall_client_start_login_async (self->tools.client, jumin_secret_get (scene->typed),
                                       begin_call (self, JUMIN_BUSY_MESSAGE), on_login_ready,
                                       g_object_ref (self));
}

void
jumin_login_resend (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_CODE || scene->resend_at != 0)
    return;
  jumin_hall_client_resend_code_async (self->tools.client, scene->login->id,
                                       begin_call (self, JUMIN_BUSY_MESSAGE), on_login_ready,
                                       g_object_ref (self));
}

void
jumin_login_check (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_CODE || jumin_scene_count_missing (scene) > 0)
    return;
  jumin_hall_client_check_code_async (
      self->tools.client, scene->login->id, jumin_secret_get (scene->typed),
      begin_call (self, JUMIN_BUSY_CODE), on_login_ready, g_object_ref (self));
}

/**
 * jumin_login_back:
 *
 * From the code to another number; from anywhere else to the other ways.
 */
void
jumin_login_back (JuminTerminal *self)
{
  if (self->scene.page == JUMIN_PAGE_CODE)
    show_number (self);
  else
    leave (self);
}

/**
 * jumin_login_retry:
 *
 * After a trouble: where the person was.
 */
void
jumin_login_retry (JuminTerminal *self)
{
  show_keypad (self, self->scene.login != NULL ? JUMIN_PAGE_CODE : JUMIN_PAGE_NUMBER);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the card in the slot to the identity in the visit.
 *
 *   inserted ──► read card (version, identifier) ──► consent ──agree──► read holder ──► known
 *                                                                    └─locked─► ask platform ─┘
 *
 * Before "agree" nothing else is read. Whatever the card does wrong becomes a notice. A card that
 * goes ends the visit; on the ticket page only the identity goes with it. When it is there, and
 * when it has gone, is slot.c's matter. */
#include "journey/terminal-private.h"

#include <string.h>

static const struct
{
  gboolean is_failure;
  int code;
  JuminTrouble trouble;
} meanings[] = {
  { FALSE, JUMIN_RETRY_CARD_REVERSED, JUMIN_TROUBLE_CARD_REVERSED },
  { FALSE, JUMIN_RETRY_CARD_MUTE, JUMIN_TROUBLE_CARD_MUTE },
  { FALSE, JUMIN_RETRY_CARD_STUCK, JUMIN_TROUBLE_CARD_STUCK },
  { FALSE, JUMIN_RETRY_CARD_FOREIGN, JUMIN_TROUBLE_CARD_FOREIGN },
  { FALSE, JUMIN_RETRY_CARD_BANK, JUMIN_TROUBLE_CARD_BANK },
  { FALSE, JUMIN_RETRY_CARD_PULLED, JUMIN_TROUBLE_CARD_PULLED },
  { FALSE, JUMIN_RETRY_CARD_CHANGED, JUMIN_TROUBLE_CARD_CHANGED },
  { FALSE, JUMIN_RETRY_CARD_UNREADABLE, JUMIN_TROUBLE_CARD_UNREADABLE },
  { FALSE, JUMIN_RETRY_CARD_EXPIRED, JUMIN_TROUBLE_CARD_EXPIRED },
  { TRUE, JUMIN_FAILURE_READER_MISSING, JUMIN_TROUBLE_READER_MISSING },
  { TRUE, JUMIN_FAILURE_READER_SERVICE, JUMIN_TROUBLE_READER_SERVICE },
  { TRUE, JUMIN_FAILURE_READER_REFUSED, JUMIN_TROUBLE_READER_REFUSED },
  { TRUE, JUMIN_FAILURE_READER_FAULTY, JUMIN_TROUBLE_READER_FAULTY },
  { TRUE, JUMIN_FAILURE_HOLDER_UNKNOWN, JUMIN_TROUBLE_HOLDER_UNKNOWN },
};

/**
 * jumin_arrival_trouble_for:
 * @error: what a reader or the platform said
 *
 * Returns: how the resident is told
 */
JuminTrouble
jumin_arrival_trouble_for (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, meanings[i].is_failure ? JUMIN_FAILURE : JUMIN_RETRY,
                         meanings[i].code))
      return meanings[i].trouble;
  if (error->domain == JUMIN_FAILURE && error->code >= JUMIN_FAILURE_PLATFORM_SILENT)
    return JUMIN_TROUBLE_PLATFORM_SILENT;
  return JUMIN_TROUBLE_READER_FAULTY;
}

/**
 * jumin_arrival_is_about_card:
 *
 * Returns: whether the notice is one of reading a card, so that trying again reads it again
 */
gboolean
jumin_arrival_is_about_card (const JuminScene *scene)
{
  JuminTroubleAbout about = jumin_troubles_get (scene->troubles, scene->trouble)->about;

  return about == JUMIN_ABOUT_CARD || about == JUMIN_ABOUT_READER;
}

static void
fail_as (JuminTerminal *self, const GError *error, JuminTrouble trouble)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!self->scene.in_visit)
    return;
  g_message ("%s", error->message);
  self->scene.card_known = FALSE;
  explicit_bzero (&self->scene.card, sizeof self->scene.card);
  jumin_terminal_show_trouble (self, trouble);
}

static void
fail (JuminTerminal *self, const GError *error)
{
  fail_as (self, error, jumin_arrival_trouble_for (error));
}

/* A visit whose person is known by the card that lies there. */
static gboolean
rests_on_card (const JuminScene *scene)
{
  JuminProof proof
      = scene->identity != NULL ? jumin_identity_get_proof (scene->identity) : JUMIN_PROOF_NONE;

  return proof == JUMIN_PROOF_CARD || proof == JUMIN_PROOF_PLATFORM;
}

static void read_holder (JuminTerminal *self);

static void
on_read_card_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card
      = jumin_card_reader_read_card_finish (JUMIN_CARD_READER (source), result, &error);
  JuminScene *scene = &self->scene;

  self->reading = FALSE;
  if (card == NULL)
    {
      if (!jumin_slot_lose_read (self, error, JUMIN_LOST_READ_CARD))
        fail (self, error);
      /* Another card may lie there by now. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        jumin_slot_look (self);
      return;
    }
  if (!scene->in_visit || !scene->card_in)
    {
      explicit_bzero (card, sizeof *card);
      if (scene->in_visit) /* it went with its last answer */
        jumin_terminal_show_trouble (self, JUMIN_TROUBLE_CARD_PULLED);
      jumin_slot_look (self);
      return;
    }
  self->lying = *card;
  scene->card = *card;
  scene->card_known = TRUE;
  explicit_bzero (card, sizeof *card);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_SEEN, "version", scene->card.version,
                     NULL);
  /* Who is here by this card has agreed; only a stronger proof of the same is wanted. */
  if (rests_on_card (scene))
    read_holder (self);
  else
    jumin_terminal_show (self, JUMIN_PAGE_CONSENT);
  if (self->hold != JUMIN_HOLD_NONE)
    jumin_slot_look (self);
}

/**
 * jumin_arrival_refuse_unlogged:
 *
 * Nobody could write down whose data was read: it is not read.
 *
 * Returns: whether it was refused, and said so
 */
gboolean
jumin_arrival_refuse_unlogged (JuminTerminal *self)
{
  if (!jumin_audit_is_full (self->tools.audit))
    return FALSE;
  jumin_terminal_show_trouble (self, JUMIN_TROUBLE_LOG_FULL);
  return TRUE;
}

/**
 * jumin_arrival_read_card:
 *
 * Reads the card that lies there, as far as it may be read before the resident has agreed.
 */
void
jumin_arrival_read_card (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  jumin_visit_begin (self, "card");
  if (scene->by_number)
    {
      /* First come, first served: what was typed is wiped. */
      jumin_login_stop (self);
      scene->page = scene->flow != NULL ? JUMIN_PAGE_IDENTIFY : JUMIN_PAGE_HOME;
    }
  self->insertion = jumin_card_reader_get_insertion (self->tools.reader);
  if (jumin_arrival_refuse_unlogged (self))
    return;
  self->reading = TRUE;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_CARD);
  jumin_card_reader_read_card_async (self->tools.reader, self->visit, on_read_card_ready,
                                     g_object_ref (self));
}

/* Back to where the person was before the card came into it; from a step that asks nothing, such as
 * a number that did not come, to the first page. */
static void
return_to_page (JuminTerminal *self)
{
  const JuminStep *step = jumin_line_get_step (&self->scene);

  if (step != NULL && step->asks)
    jumin_terminal_show (self, step->page);
  else
    jumin_visit_go_home (self);
}

/* The visit is this card's: it cannot go on without it. */
static gboolean
hangs_on_card (JuminTerminal *self, JuminLostRead lost)
{
  const JuminScene *scene = &self->scene;

  return rests_on_card (scene) || lost == JUMIN_LOST_READ_HOLDER
         || (self->reading && scene->busy == JUMIN_BUSY_HOLDER)
         || (scene->page == JUMIN_PAGE_CONSENT && scene->flow == NULL);
}

static void
leave_take_card (JuminTerminal *self, JuminTrouble why)
{
  jumin_clock_cancel (self->tools.clock, &self->left_timer);
  self->scene.dialog = JUMIN_DIALOG_NONE;
  if (why == JUMIN_TROUBLE_CARD_OUT || why == JUMIN_TROUBLE_CARD_CHANGED)
    {
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_REMOVED, NULL);
      jumin_visit_go_home (self);
    }
  else
    jumin_terminal_show_trouble (self, why);
}

/* What was taken or paid stays on the screen: it is what the person goes with. */
static gboolean
outlasts_card (JuminPage page)
{
  return page == JUMIN_PAGE_TICKET || page == JUMIN_PAGE_PAID || page == JUMIN_PAGE_UNKNOWN;
}

/**
 * jumin_arrival_card_gone:
 * @why: card out, card changed, or what has become of the reader
 *
 * What the visit had of the card goes with it, and the visit, where it hangs on it.
 */
void
jumin_arrival_card_gone (JuminTerminal *self, JuminTrouble why)
{
  JuminScene *scene = &self->scene;
  JuminLostRead lost = self->lost_read;

  self->lost_read = JUMIN_LOST_READ_NONE;
  scene->card_known = FALSE;
  explicit_bzero (&scene->card, sizeof scene->card);
  if (scene->page == JUMIN_PAGE_TAKE_CARD)
    leave_take_card (self, why);
  else if (!scene->in_visit || scene->by_number)
    jumin_terminal_redraw (self);
  else if (rests_on_card (scene)
           && (outlasts_card (scene->page) || jumin_cashier_watch_tell (self)))
    {
      g_clear_pointer (&scene->identity, jumin_identity_unref);
      jumin_today_step_forget (self);
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_REMOVED, NULL);
      jumin_terminal_redraw (self);
    }
  else if (hangs_on_card (self, lost))
    {
      /* Another card is read when the person has been told. */
      if (why == JUMIN_TROUBLE_CARD_CHANGED)
        self->insertion = self->looked_at;
      jumin_visit_break_off (self, why);
    }
  else if (lost == JUMIN_LOST_READ_CARD)
    jumin_terminal_show_trouble (self,
                                 why == JUMIN_TROUBLE_CARD_OUT ? JUMIN_TROUBLE_CARD_PULLED : why);
  else if (scene->page == JUMIN_PAGE_CONSENT
           || (scene->page == JUMIN_PAGE_NOTICE && jumin_arrival_is_about_card (scene)
               && scene->trouble != JUMIN_TROUBLE_CARD_PULLED && scene->flow != NULL))
    return_to_page (self);
  else
    jumin_terminal_redraw (self);
}

/* Whoever proves more must be the one who is known already. */
static gboolean
is_other_person (const JuminScene *scene, const JuminIdentity *identity)
{
  return scene->identity != NULL
         && strcmp (jumin_identity_get_number (scene->identity),
                    jumin_identity_get_number (identity))
                != 0;
}

/**
 * jumin_arrival_accept:
 * @identity: who is here
 *
 * The journey goes on with @identity, and what waits for them is asked for. Another person than the
 * visit's is refused, and nothing of either is shown.
 */
void
jumin_arrival_accept (JuminTerminal *self, JuminIdentity *identity)
{
  static const char *const proofs[] = { [JUMIN_PROOF_CODE] = "code",
                                        [JUMIN_PROOF_CARD] = "card",
                                        [JUMIN_PROOF_PLATFORM] = "platform",
                                        [JUMIN_PROOF_MESSAGE] = "message" };
  JuminScene *scene = &self->scene;

  if (is_other_person (scene, identity))
    {
      jumin_terminal_show_trouble (self, JUMIN_TROUBLE_OTHER_PERSON);
      return;
    }
  g_clear_pointer (&scene->identity, jumin_identity_unref);
  scene->identity = jumin_identity_ref (identity);
  jumin_today_step_forget (self);
  jumin_fetch_step_forget (self);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_HOLDER_READ, "proof",
                     proofs[jumin_identity_get_proof (identity)], NULL);
  if (jumin_line_get_step (scene) == &jumin_identify_step)
    jumin_line_advance (self);
  else
    return_to_page (self);
  if (self->today_call == NULL) /* neither the next step nor the first page has asked */
    jumin_today_step_ask (self);
}

/* Who took the card out meanwhile is no longer here, or does not agree any more. */
static void
accept_holder (JuminTerminal *self, JuminIdentity *identity)
{
  if (self->scene.in_visit && self->scene.card_in && self->scene.card_known)
    jumin_arrival_accept (self, identity);
}

/* Whether the platform speaks of whom the card has named, where it has. */
static gboolean
is_card_holder (const JuminIdentity *read, const JuminIdentity *resolved)
{
  return read == NULL
         || strcmp (jumin_identity_get_number (read), jumin_identity_get_number (resolved)) == 0;
}

static void
on_resolve_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) read = g_steal_pointer (&self->holder_read);
  g_autoptr (JuminIdentity) identity
      = jumin_hall_client_resolve_card_finish (JUMIN_HALL_CLIENT (source), result, &error);

  self->reading = FALSE;
  if (identity != NULL && !is_card_holder (read, identity))
    g_set_error (&error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_UNKNOWN,
                 "The platform knows another holder of this card");
  if (error == NULL)
    accept_holder (self, identity);
  else if (jumin_arrival_trouble_for (error) == JUMIN_TROUBLE_PLATFORM_SILENT)
    fail_as (self, error, JUMIN_TROUBLE_CARD_LOCKED);
  else
    fail (self, error);
  /* The reader may be lost, or another card lie there by now. */
  jumin_slot_look (self);
}

/* Where the card alone does not say it, or its word alone is not enough. */
static gboolean
wants_platform (const JuminScene *scene, const JuminIdentity *read, const GError *error)
{
  if (!scene->card_known)
    return FALSE;
  if (read == NULL)
    return g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED);
  return jumin_line_get_step (scene) == &jumin_identify_step
         && !jumin_need_is_met (scene->need, JUMIN_PROOF_CARD);
}

static void
on_read_holder_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) identity
      = jumin_card_reader_read_holder_finish (JUMIN_CARD_READER (source), result, &error);

  if (wants_platform (&self->scene, identity, error))
    {
      self->holder_read = g_steal_pointer (&identity);
      jumin_hall_client_resolve_card_async (self->tools.client, &self->scene.card, self->visit,
                                            on_resolve_ready, g_object_ref (self));
      return;
    }
  self->reading = FALSE;
  if (identity != NULL)
    accept_holder (self, identity);
  else if (!jumin_slot_lose_read (self, error, JUMIN_LOST_READ_HOLDER))
    fail (self, error);
  /* The reader may be lost, or another card lie there by now. */
  jumin_slot_look (self);
}

static void
read_holder (JuminTerminal *self)
{
  jumin_terminal_show_slowly (self, JUMIN_BUSY_HOLDER);
  if (self->hold != JUMIN_HOLD_NONE)
    {
      self->lost_read = JUMIN_LOST_READ_HOLDER;
      return;
    }
  self->reading = TRUE;
  jumin_card_reader_read_holder_async (self->tools.reader, &self->scene.card, self->visit,
                                       on_read_holder_ready, g_object_ref (self));
}

/**
 * jumin_arrival_agree:
 *
 * The one tap 同意并继续: from here on name and number may be read.
 */
void
jumin_arrival_agree (JuminTerminal *self)
{
  if (self->reading || jumin_arrival_refuse_unlogged (self))
    return;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CONSENT_GIVEN, "how", "card", NULL);
  read_holder (self);
}

/**
 * jumin_arrival_go_on:
 *
 * The reader is back in time, with the same card: what its loss has broken off begins again.
 */
void
jumin_arrival_go_on (JuminTerminal *self)
{
  JuminLostRead lost = self->lost_read;

  self->lost_read = JUMIN_LOST_READ_NONE;
  if (self->scene.in_visit && lost == JUMIN_LOST_READ_CARD)
    jumin_arrival_read_card (self);
  else if (self->scene.in_visit && lost == JUMIN_LOST_READ_HOLDER)
    read_holder (self);
  else
    jumin_terminal_redraw (self);
}

/**
 * jumin_arrival_decline:
 *
 * The resident does not agree: without a journey the visit ends, else it goes on without a card.
 */
void
jumin_arrival_decline (JuminTerminal *self)
{
  self->scene.card_known = FALSE;
  explicit_bzero (&self->scene.card, sizeof self->scene.card);
  if (self->scene.flow == NULL)
    jumin_visit_end (self, "exit");
  else
    return_to_page (self);
}

/**
 * jumin_arrival_retry:
 *
 * Reads the card that lies in the reader once more; without one goes back to the page before.
 */
void
jumin_arrival_retry (JuminTerminal *self)
{
  self->insertion = 0;
  if (self->scene.card_in && !self->reading)
    jumin_slot_look (self);
  else
    return_to_page (self);
}

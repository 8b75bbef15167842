/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the card in the slot to the identity in the visit.
 *
 *   inserted ──► read card (version, identifier) ──► consent ──agree──► read holder ──► known
 *                                                                    └─locked─► ask platform ─┘
 *
 * Before "agree" nothing else is read. Whatever the card does wrong becomes a notice. A card that
 * goes out ends the visit; on the ticket page only the identity goes with it. */
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
      fail (self, error);
      /* Another card may lie there by now. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        jumin_arrival_look (self);
      return;
    }
  if (!scene->in_visit || !scene->card_in)
    {
      explicit_bzero (card, sizeof *card);
      jumin_arrival_look (self);
      return;
    }
  scene->card = *card;
  scene->card_known = TRUE;
  explicit_bzero (card, sizeof *card);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_SEEN, "version", scene->card.version,
                     NULL);
  jumin_terminal_show (self, JUMIN_PAGE_CONSENT);
}

static void
read_card (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  jumin_visit_begin (self, "card");
  if (scene->page != JUMIN_PAGE_NOTICE && scene->page != JUMIN_PAGE_WAIT
      && scene->page != JUMIN_PAGE_CONSENT)
    self->return_page = scene->page;
  self->insertion = jumin_card_reader_get_insertion (self->tools.reader);
  self->reading = TRUE;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_CARD);
  jumin_card_reader_read_card_async (self->tools.reader, self->visit, on_read_card_ready,
                                     g_object_ref (self));
}

/* Back to where the person was before the card came into it. */
static void
return_to_page (JuminTerminal *self)
{
  if (self->scene.flow != NULL)
    jumin_terminal_show (self, self->return_page);
  else
    jumin_visit_go_home (self);
}

static void
card_taken_out (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  gboolean began_with_card = scene->flow == NULL;

  scene->card_known = FALSE;
  explicit_bzero (&scene->card, sizeof scene->card);
  if (scene->page == JUMIN_PAGE_TAKE_CARD)
    {
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_REMOVED, NULL);
      jumin_clock_cancel (self->tools.clock, &self->left_timer);
      scene->dialog = JUMIN_DIALOG_NONE;
      jumin_visit_go_home (self);
    }
  else if (!scene->in_visit)
    return;
  else if (scene->page == JUMIN_PAGE_TICKET)
    {
      g_clear_pointer (&scene->identity, jumin_identity_unref);
      g_clear_pointer (&scene->today, jumin_today_free);
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CARD_REMOVED, NULL);
      jumin_terminal_redraw (self);
    }
  else if (scene->identity != NULL || (self->reading && scene->busy == JUMIN_BUSY_HOLDER)
           || (scene->page == JUMIN_PAGE_CONSENT && began_with_card))
    jumin_visit_end (self, "card-out");
  else if (scene->page == JUMIN_PAGE_CONSENT
           || (scene->page == JUMIN_PAGE_NOTICE && jumin_arrival_is_about_card (scene)
               && scene->trouble != JUMIN_TROUBLE_CARD_PULLED && scene->flow != NULL))
    return_to_page (self);
  else
    jumin_terminal_redraw (self);
}

/**
 * jumin_arrival_look:
 *
 * Looks at the reader and does what follows: a new card is read, a missing one is noticed.
 */
void
jumin_arrival_look (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminReaderState state = jumin_card_reader_get_state (self->tools.reader);
  guint insertion = jumin_card_reader_get_insertion (self->tools.reader);
  gboolean was_in = scene->card_in, was_missing = scene->reader_missing;
  gboolean exchanged = was_in && insertion != self->looked_at;

  self->looked_at = insertion;
  scene->card_in = state == JUMIN_READER_OCCUPIED;
  scene->reader_missing = !jumin_reader_state_serves (state);
  if (scene->reader_missing != was_missing)
    jumin_terminal_set_failure (self, JUMIN_TROUBLE_READER_MISSING, scene->reader_missing);
  if (exchanged || (was_in && !scene->card_in))
    card_taken_out (self);
  if (scene->card_in && insertion != self->insertion && !self->reading && scene->identity == NULL
      && (scene->page != JUMIN_PAGE_OUT_OF_SERVICE && scene->page != JUMIN_PAGE_TAKE_CARD
          && scene->page != JUMIN_PAGE_TICKET && scene->page != JUMIN_PAGE_WAIT))
    read_card (self);
  else if (scene->reader_missing != was_missing)
    jumin_terminal_redraw (self);
}

static void
on_reader_changed (JuminCardReader *reader, JuminTerminal *self)
{
  jumin_arrival_look (self);
}

void
jumin_arrival_start (JuminTerminal *self)
{
  g_signal_connect_object (self->tools.reader, "changed", G_CALLBACK (on_reader_changed), self, 0);
  jumin_arrival_look (self);
}

static void
on_today_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminToday) today
      = jumin_hall_client_fetch_today_finish (JUMIN_HALL_CLIENT (source), result, &error);

  if (today == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return;
    }
  if (self->scene.identity == NULL)
    return;
  g_clear_pointer (&self->scene.today, jumin_today_free);
  self->scene.today = g_steal_pointer (&today);
  jumin_terminal_redraw (self);
}

static void
accept_identity (JuminTerminal *self, JuminIdentity *identity)
{
  JuminScene *scene = &self->scene;

  if (!scene->in_visit || !scene->card_in)
    return;
  g_clear_pointer (&scene->identity, jumin_identity_unref);
  scene->identity = jumin_identity_ref (identity);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_HOLDER_READ, "proof",
                     jumin_identity_get_proof (identity) == JUMIN_PROOF_CARD ? "card" : "platform",
                     NULL);
  if (scene->flow == NULL)
    jumin_terminal_show (self, JUMIN_PAGE_HOME);
  else if (jumin_line_get_step (scene) == &jumin_identify_step)
    jumin_line_advance (self);
  else
    jumin_terminal_show (self, self->return_page);
  if (scene->flow == NULL)
    jumin_hall_client_fetch_today_async (self->tools.client, identity, self->visit, on_today_ready,
                                         g_object_ref (self));
}

static void
on_resolve_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) identity
      = jumin_hall_client_resolve_card_finish (JUMIN_HALL_CLIENT (source), result, &error);

  self->reading = FALSE;
  if (identity != NULL)
    accept_identity (self, identity);
  else if (jumin_arrival_trouble_for (error) == JUMIN_TROUBLE_PLATFORM_SILENT)
    fail_as (self, error, JUMIN_TROUBLE_CARD_LOCKED);
  else
    fail (self, error);
}

static void
on_read_holder_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) identity
      = jumin_card_reader_read_holder_finish (JUMIN_CARD_READER (source), result, &error);

  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED) && self->scene.card_known)
    {
      jumin_hall_client_resolve_card_async (self->tools.client, &self->scene.card, self->visit,
                                            on_resolve_ready, g_object_ref (self));
      return;
    }
  self->reading = FALSE;
  if (identity != NULL)
    accept_identity (self, identity);
  else
    fail (self, error);
}

/**
 * jumin_arrival_agree:
 *
 * The one tap 同意并继续: from here on name and number may be read.
 */
void
jumin_arrival_agree (JuminTerminal *self)
{
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_CONSENT_GIVEN, NULL);
  self->reading = TRUE;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_HOLDER);
  jumin_card_reader_read_holder_async (self->tools.reader, &self->scene.card, self->visit,
                                       on_read_holder_ready, g_object_ref (self));
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
    jumin_terminal_show (self, self->return_page);
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
    jumin_arrival_look (self);
  else
    return_to_page (self);
}

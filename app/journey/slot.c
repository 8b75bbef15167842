/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slot, and whose card lies in it.
 *
 *   empty ──card in──► read (arrival.c) ──card out──► the visit ends
 *                        │ reader gone
 *                        ▼
 *   grace: the page stays ──back, the same card──► as if nothing had been
 *        │               └──another card, none───► the visit ends: card changed, card out
 *        ▼ five seconds
 *   lost: the visit has ended ──back, the same card──► it must be taken out first
 *                             └──another card, none──► as ever
 *
 * A reader that goes is not a card that is pulled: it may take the card along and bring it back.
 * "The same" is the card identifier, read again without a word; it is known here from the read
 * until the card is out, and then wiped. So a card that stays in while its reader comes back, as a
 * new insertion, never begins a second visit by itself. */
#include "journey/terminal-private.h"

#include <string.h>

enum
{
  SETTLE_MS = 500 /* a reader that comes back sees its card a moment later */
};

static JuminTrouble
reader_trouble (JuminReaderState state)
{
  g_autoptr (GError) error = g_error_new_literal (
      JUMIN_FAILURE, (int)jumin_reader_state_get_failure (state), "the reader does not serve");

  return jumin_arrival_trouble_for (error);
}

/* What is told of the reader, on the screen and in the log. A card is not read, either, while
 * nobody could write down that it was. */
static void
follow_reader (JuminTerminal *self, JuminReaderState state)
{
  JuminScene *scene = &self->scene;
  gboolean full = jumin_audit_is_full (self->tools.audit);
  gboolean gone = !jumin_reader_state_serves (state), missing = gone || full;
  JuminTrouble trouble = gone   ? reader_trouble (state)
                         : full ? JUMIN_TROUBLE_LOG_FULL
                                : scene->reader_trouble;

  if (scene->reader_missing == missing && scene->reader_trouble == trouble)
    return;
  if (scene->reader_missing)
    jumin_terminal_set_failure (self, scene->reader_trouble, FALSE);
  if (missing)
    jumin_terminal_set_failure (self, trouble, TRUE);
  scene->reader_missing = missing;
  scene->reader_trouble = trouble;
  jumin_terminal_redraw (self);
}

static void
forget_card (JuminTerminal *self)
{
  explicit_bzero (&self->lying, sizeof self->lying);
}

/* The reader serves again, or is given up. */
static void
release (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->grace_timer);
  jumin_clock_cancel (self->tools.clock, &self->settle_timer);
  self->hold = JUMIN_HOLD_NONE;
  self->scene.reader_lost = FALSE;
}

static gboolean
on_grace_over (gpointer data)
{
  JuminTerminal *self = data;
  JuminReaderState state = jumin_card_reader_get_state (self->tools.reader);
  JuminTrouble trouble
      = jumin_reader_state_serves (state) ? JUMIN_TROUBLE_READER_FAULTY : reader_trouble (state);

  self->grace_timer = NULL;
  release (self);
  self->hold = JUMIN_HOLD_LOST;
  self->scene.card_in = FALSE;
  jumin_arrival_card_gone (self, trouble);
  return G_SOURCE_REMOVE;
}

static void
hold (JuminTerminal *self)
{
  self->hold = JUMIN_HOLD_GRACE;
  self->scene.reader_lost = TRUE;
  self->grace_timer
      = jumin_clock_after (self->tools.clock, self->settings.grace_ms, on_grace_over, self);
  jumin_terminal_redraw (self);
}

/* A card that is new is read, where the page lets it. */
static void
look_at_card (JuminTerminal *self, guint insertion)
{
  static const gboolean reads_none[JUMIN_N_PAGES] = {
    [JUMIN_PAGE_WAIT] = TRUE,      [JUMIN_PAGE_TICKET] = TRUE,         [JUMIN_PAGE_SHEETS] = TRUE,
    [JUMIN_PAGE_TAKE_CARD] = TRUE, [JUMIN_PAGE_OUT_OF_SERVICE] = TRUE, [JUMIN_PAGE_PAY] = TRUE,
    [JUMIN_PAGE_PAID] = TRUE,      [JUMIN_PAGE_UNKNOWN] = TRUE,
  };
  const JuminScene *scene = &self->scene;

  if (scene->card_in && insertion != self->insertion && insertion != self->served && !self->reading
      && !self->checking && jumin_line_takes (scene, JUMIN_PROOF_PLATFORM)
      && !reads_none[scene->page])
    jumin_arrival_read_card (self);
}

static void
look_at_slot (JuminTerminal *self, gboolean card_in, guint insertion)
{
  JuminScene *scene = &self->scene;
  gboolean was_in = scene->card_in, exchanged = was_in && card_in && insertion != self->looked_at;

  self->looked_at = insertion;
  scene->card_in = card_in;
  if (was_in && (!card_in || exchanged))
    {
      forget_card (self);
      jumin_arrival_card_gone (self,
                               exchanged ? JUMIN_TROUBLE_CARD_CHANGED : JUMIN_TROUBLE_CARD_OUT);
    }
  look_at_card (self, insertion);
}

/* Whether a card that lies there is to blame, so that it is not the one that was read before. */
static gboolean
is_card_s_own (const GError *error)
{
  return error->domain == JUMIN_RETRY && error->code != JUMIN_RETRY_CARD_PULLED;
}

/* The card that lay there is there again, with its reader. After the grace its visit is over; it is
 * not taken for the card of whoever has begun to touch meanwhile. */
static void
regain_card (JuminTerminal *self, guint insertion)
{
  gboolean in_time = self->hold == JUMIN_HOLD_GRACE;

  release (self);
  self->looked_at = self->insertion = insertion;
  self->scene.card_in = TRUE;
  if (in_time)
    {
      jumin_arrival_go_on (self);
      return;
    }
  self->served = insertion;
  if (self->scene.in_visit)
    jumin_terminal_redraw (self);
  else
    jumin_visit_end (self, "reader-back");
}

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card
      = jumin_card_reader_read_card_finish (JUMIN_CARD_READER (source), result, &error);
  guint insertion = jumin_card_reader_get_insertion (self->tools.reader);
  gboolean same = card != NULL && strcmp (card->identifier, self->lying.identifier) == 0;

  self->checking = FALSE;
  if (card != NULL)
    explicit_bzero (card, sizeof *card);
  if (self->ended)
    return;
  if (insertion != self->checked)
    jumin_slot_look (self);
  else if (same)
    regain_card (self, insertion);
  else if (card != NULL || is_card_s_own (error))
    {
      release (self);
      forget_card (self);
      look_at_slot (self, TRUE, insertion);
    }
}

/* Whose card is it? Version and identifier, as before any agreement. */
static void
check_card (JuminTerminal *self, guint insertion)
{
  self->checking = TRUE;
  self->checked = insertion;
  jumin_card_reader_read_card_async (self->tools.reader, NULL, on_check_ready, g_object_ref (self));
}

static gboolean
on_settled (gpointer data)
{
  JuminTerminal *self = data;

  self->settle_timer = NULL;
  release (self);
  forget_card (self);
  look_at_slot (self, FALSE, jumin_card_reader_get_insertion (self->tools.reader));
  return G_SOURCE_REMOVE;
}

/* The reader serves again. What lies in it? */
static void
regain (JuminTerminal *self, gboolean card_in, guint insertion)
{
  if (!card_in)
    {
      if (self->settle_timer == NULL)
        self->settle_timer = jumin_clock_after (self->tools.clock, SETTLE_MS, on_settled, self);
      return;
    }
  jumin_clock_cancel (self->tools.clock, &self->settle_timer);
  /* What was lost has not been seen as lost yet; or a read goes on, whose end looks again. */
  if (insertion == self->looked_at || self->reading || self->checking)
    return;
  if (self->lying.identifier[0] != '\0')
    {
      check_card (self, insertion);
      return;
    }
  release (self);
  if (self->lost_read == JUMIN_LOST_READ_CARD)
    {
      self->looked_at = insertion;
      self->scene.card_in = TRUE;
      jumin_arrival_go_on (self);
    }
  else
    look_at_slot (self, TRUE, insertion);
}

/**
 * jumin_slot_look:
 *
 * Looks at the reader and does what follows: a new card is read, a pulled one ends its visit, a
 * reader that is gone is waited for.
 */
void
jumin_slot_look (JuminTerminal *self)
{
  JuminReaderState state = jumin_card_reader_get_state (self->tools.reader);
  guint insertion = jumin_card_reader_get_insertion (self->tools.reader);

  if (self->ended)
    return;
  follow_reader (self, state);
  if (!jumin_reader_state_serves (state))
    {
      jumin_clock_cancel (self->tools.clock, &self->settle_timer);
      if (self->scene.card_in && self->hold == JUMIN_HOLD_NONE)
        hold (self);
    }
  else if (self->hold != JUMIN_HOLD_NONE)
    regain (self, state == JUMIN_READER_OCCUPIED, insertion);
  else
    look_at_slot (self, state == JUMIN_READER_OCCUPIED, insertion);
}

/**
 * jumin_slot_lose_read:
 * @error: what a read of the card has ended with
 * @read: which
 *
 * A read that the reader's loss has broken off is begun again when the reader is back in time.
 *
 * Returns: whether it will be; else @error is to be told
 */
gboolean
jumin_slot_lose_read (JuminTerminal *self, const GError *error, JuminLostRead read)
{
  gboolean gone = g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_MISSING)
                  || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_SERVICE);
  gboolean holding = self->hold == JUMIN_HOLD_GRACE && error->domain != G_IO_ERROR;

  if ((!gone && !holding) || !self->scene.in_visit || !self->scene.card_in)
    return FALSE;
  self->lost_read = read;
  if (self->hold == JUMIN_HOLD_NONE)
    hold (self);
  jumin_slot_look (self);
  return TRUE;
}

static void
on_reader_changed (JuminCardReader *reader, JuminTerminal *self)
{
  jumin_slot_look (self);
}

static void
on_audit_changed (JuminAudit *audit, JuminTerminal *self)
{
  follow_reader (self, jumin_card_reader_get_state (self->tools.reader));
}

void
jumin_slot_start (JuminTerminal *self)
{
  if (self->tools.audit != NULL)
    g_signal_connect_object (self->tools.audit, "changed", G_CALLBACK (on_audit_changed), self, 0);
  g_signal_connect_object (self->tools.reader, "changed", G_CALLBACK (on_reader_changed), self, 0);
  jumin_slot_look (self);
}

void
jumin_slot_stop (JuminTerminal *self)
{
  release (self);
  forget_card (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of papers share: whether any goes out now, which can be had, whose answer it is
 * that comes, and how what went wrong is told.
 *
 * Invariant: an answer of the desk is this visit's only while its turn is the last one. So a job
 * that outlasts its visit says nothing to the next person. */
#include "journey/terminal-private.h"

static const struct
{
  int code; /* of JUMIN_FAILURE */
  JuminTrouble trouble;
} meanings[] = {
  { JUMIN_FAILURE_SERVICE_DOWN, JUMIN_TROUBLE_PAPERS_DOWN },
  { JUMIN_FAILURE_NOT_ENTITLED, JUMIN_TROUBLE_PAPER_NOT_ENTITLED },
  { JUMIN_FAILURE_DOCUMENT_SPOILT, JUMIN_TROUBLE_PAPER_SPOILT },
  { JUMIN_FAILURE_DOCUMENT_FOREIGN, JUMIN_TROUBLE_PAPER_FOREIGN },
  { JUMIN_FAILURE_PAPERS_LOCKED, JUMIN_TROUBLE_PAPERS_LOCKED },
  { JUMIN_FAILURE_LEDGER, JUMIN_TROUBLE_PAPERS_LEDGER },
};

static JuminTrouble
find_trouble (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, JUMIN_FAILURE, meanings[i].code))
      return meanings[i].trouble;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) ? JUMIN_TROUBLE_PAPERS_BUSY
                                                              : JUMIN_TROUBLE_PLATFORM_SILENT;
}

/**
 * jumin_papers_tell:
 * @error: why there is no paper
 *
 * Tells it to the person.
 */
void
jumin_papers_tell (JuminTerminal *self, const GError *error)
{
  g_message ("%s", error->message);
  /* What can be had is another now than the platform has said. */
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED))
    g_clear_pointer (&self->scene.entitlements, jumin_entitlements_free);
  jumin_terminal_show_trouble (self, find_trouble (error));
}

/**
 * jumin_papers_refuse:
 *
 * No page about a paper opens while none goes out, or while somebody else's is still coming.
 *
 * Returns: whether the person was told so instead
 */
gboolean
jumin_papers_refuse (JuminTerminal *self)
{
  static const JuminTrouble troubles[] = { [JUMIN_PAPER_SETTLING] = JUMIN_TROUBLE_PAPERS_BUSY,
                                           [JUMIN_PAPER_LOCKED] = JUMIN_TROUBLE_PAPERS_LOCKED,
                                           [JUMIN_PAPER_LEDGER] = JUMIN_TROUBLE_PAPERS_LEDGER };
  /* Where there is no printer, no page offers what leads here. */
  JuminPaperClosed closed = self->tools.desk != NULL
                                ? jumin_paper_desk_get_closed (self->tools.desk)
                                : JUMIN_PAPER_LEDGER;

  if (closed == JUMIN_PAPER_OPEN && self->sheets_turn == 0)
    return FALSE;
  jumin_terminal_show_trouble (self, closed == JUMIN_PAPER_OPEN ? JUMIN_TROUBLE_PAPERS_BUSY
                                                                : troubles[closed]);
  return TRUE;
}

/**
 * jumin_papers_go_on:
 *
 * Whoever waits for somebody else's paper to be over goes on when it is.
 */
void
jumin_papers_go_on (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  if (scene->page == JUMIN_PAGE_NOTICE && scene->trouble == JUMIN_TROUBLE_PAPERS_BUSY
      && scene->flow != NULL && self->sheets_turn == 0
      && jumin_paper_desk_get_closed (self->tools.desk) == JUMIN_PAPER_OPEN)
    jumin_line_enter (self);
}

/**
 * jumin_papers_begin_turn:
 *
 * Something is asked of the desk: what was asked before is nobody's any more.
 *
 * Returns: (transfer full): for jumin_papers_end_turn()
 */
JuminPaperAsked *
jumin_papers_begin_turn (JuminTerminal *self)
{
  JuminPaperAsked *asked = g_new (JuminPaperAsked, 1);

  self->paper_turn++;
  *asked = (JuminPaperAsked){ g_object_ref (self), self->paper_turn };
  return asked;
}

void
jumin_paper_asked_free (JuminPaperAsked *asked)
{
  g_object_unref (asked->terminal);
  g_free (asked);
}

/**
 * jumin_papers_is_awaited:
 *
 * Returns: whether who asked still waits for the answer
 */
gboolean
jumin_papers_is_awaited (const JuminPaperAsked *asked)
{
  return !asked->terminal->ended && asked->turn == asked->terminal->paper_turn;
}

/**
 * jumin_papers_forget:
 *
 * The person goes, or leaves the journey: what was asked or fetched for them is nobody's. A job
 * that is under way ends as it ends.
 */
void
jumin_papers_forget (JuminTerminal *self)
{
  self->paper_turn++;
  if (self->entitlements_call != NULL)
    g_cancellable_cancel (self->entitlements_call);
  g_clear_object (&self->entitlements_call);
  if (self->tools.desk != NULL)
    jumin_paper_desk_end_visit (self->tools.desk);
}

static void
follow (JuminTerminal *self, JuminTrouble trouble, gboolean there, gboolean *known)
{
  if (*known != there)
    jumin_terminal_set_failure (self, trouble, there);
  *known = there;
}

static void
on_desk_changed (JuminPaperDesk *desk, JuminTerminal *self)
{
  JuminPaperClosed closed = jumin_paper_desk_get_closed (desk);

  if (self->ended)
    return;
  follow (self, JUMIN_TROUBLE_PAPERS_LOCKED, closed == JUMIN_PAPER_LOCKED,
          &self->scene.papers_locked);
  follow (self, JUMIN_TROUBLE_PAPERS_LEDGER, closed == JUMIN_PAPER_LEDGER,
          &self->scene.ledger_failed);
  jumin_terminal_redraw (self);
  jumin_papers_go_on (self);
}

void
jumin_papers_start (JuminTerminal *self)
{
  JuminPaperDesk *desk = self->tools.desk;

  if (desk == NULL)
    return;
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, 0);
  g_signal_connect_object (desk, "progress", G_CALLBACK (jumin_sheets_step_follow), self, 0);
  jumin_paper_desk_start (desk);
}

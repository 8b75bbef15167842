/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper desk: whose turn it is, and whether papers go out.
 *
 *   turn     paper-turn.c: fetch_async, take_statement begin one; the next, or end_visit, ends it
 *   release  paper-release.c: interlock, ledger, printer, ledger, platform
 *   books    paper-books.c: the ledger's writes, its failures, what is found out after a restart
 *   reports  paper-reports.c: the platform hears of every paper before it is asked for the next
 *
 * Invariants: nothing is released but by a turn whose paper has come; a number that came out, in
 * part or perhaps, is never sent to the printer again. */
#include "journey/paper-desk-private.h"

G_DEFINE_FINAL_TYPE (JuminPaperDesk, jumin_paper_desk, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

JuminPaperClosed
jumin_paper_desk_get_closed (JuminPaperDesk *self)
{
  if (self->locked)
    return JUMIN_PAPER_LOCKED;
  if (self->ledger_failed)
    return JUMIN_PAPER_LEDGER;
  return self->loaded && g_queue_is_empty (self->open) ? JUMIN_PAPER_OPEN : JUMIN_PAPER_SETTLING;
}

void
jumin_paper_desk_notify (JuminPaperDesk *self)
{
  JuminPaperClosed closed = jumin_paper_desk_get_closed (self);

  if (closed == self->told || self->gone)
    return;
  self->told = closed;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Nothing undoes this but juminctl, while this program is not running. */
void
jumin_paper_desk_lock (JuminPaperDesk *self, const char *fault)
{
  if (self->locked)
    return;
  g_warning ("A paper was not that of whoever is here (%s): papers are locked", fault);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPERS_LOCKED, "fault", fault, NULL);
  self->locked = self->want_lock = TRUE;
  jumin_paper_desk_write (self);
  jumin_paper_desk_notify (self);
}

/* Whether another paper can be made ready now. */
gboolean
jumin_paper_desk_check_open (JuminPaperDesk *self, GError **error)
{
  switch (jumin_paper_desk_get_closed (self))
    {
    case JUMIN_PAPER_LOCKED:
      g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_PAPERS_LOCKED,
                           "Papers are locked until staff have looked");
      return FALSE;
    case JUMIN_PAPER_LEDGER:
      g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER,
                           "The print ledger cannot be written");
      return FALSE;
    case JUMIN_PAPER_SETTLING:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                           "What became of the last paper is being found out");
      return FALSE;
    default:
      break;
    }
  if (self->release == NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, "Another paper is being printed");
  return FALSE;
}

/* What is not heard now is told again by the clock. */
void
jumin_paper_desk_tell (JuminPaperDesk *self)
{
  jumin_paper_reports_tell_async (self->reports, NULL, NULL);
}

void
jumin_paper_desk_end_visit (JuminPaperDesk *self)
{
  jumin_paper_desk_flush (self);
  self->serial++;
  jumin_paper_desk_clear_turn (self);
  jumin_paper_desk_tell (self);
}

void
jumin_paper_desk_start (JuminPaperDesk *self)
{
  jumin_paper_desk_write (self);
}

static void
on_progress (JuminPagePrinter *printer, int copy, int pages, guint troubles, JuminPaperDesk *self)
{
  if (self->release != NULL)
    g_signal_emit (self, signals[PROGRESS], 0, copy, pages, troubles);
}

static void
jumin_paper_desk_dispose (GObject *object)
{
  JuminPaperDesk *self = JUMIN_PAPER_DESK (object);

  self->gone = TRUE;
  jumin_paper_desk_drop_release (self);
  jumin_paper_desk_drop_confirm (self);
  if (self->tools.clock != NULL)
    {
      jumin_clock_cancel (self->tools.clock, &self->mend_timer);
      jumin_clock_cancel (self->tools.clock, &self->settle_timer);
    }
  if (self->reports != NULL)
    g_object_run_dispose (G_OBJECT (self->reports));
  G_OBJECT_CLASS (jumin_paper_desk_parent_class)->dispose (object);
}

static void
jumin_paper_desk_finalize (GObject *object)
{
  JuminPaperDesk *self = JUMIN_PAPER_DESK (object);

  g_clear_object (&self->reports);
  jumin_paper_desk_clear_turn (self);
  g_clear_pointer (&self->asked, jumin_print_entry_free);
  g_queue_free_full (self->open, (GDestroyNotify)jumin_print_entry_free);
  g_queue_free_full (self->closing, (GDestroyNotify)jumin_print_entry_free);
  g_clear_object (&self->tools.clock);
  g_clear_object (&self->tools.printer);
  g_clear_object (&self->tools.ledger);
  g_clear_object (&self->tools.source);
  g_clear_object (&self->tools.audit);
  G_OBJECT_CLASS (jumin_paper_desk_parent_class)->finalize (object);
}

static void
jumin_paper_desk_class_init (JuminPaperDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_paper_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_paper_desk_finalize;
  signals[PROGRESS]
      = g_signal_new ("progress", JUMIN_TYPE_PAPER_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_UINT);
  signals[CHANGED] = g_signal_new ("changed", JUMIN_TYPE_PAPER_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jumin_paper_desk_init (JuminPaperDesk *self)
{
  self->told = JUMIN_PAPER_SETTLING;
  self->open = g_queue_new ();
  self->closing = g_queue_new ();
}

/* Returns: (transfer full): a desk that hands out nothing until it is started */
JuminPaperDesk *
jumin_paper_desk_new (const JuminPaperDeskTools *tools)
{
  JuminPaperDesk *self = g_object_new (JUMIN_TYPE_PAPER_DESK, NULL);
  JuminPaperReportsTools reports = { .clock = tools->clock,
                                     .ledger = tools->ledger,
                                     .source = tools->source,
                                     .audit = tools->audit,
                                     .report_ms = tools->report_ms };

  self->tools = *tools;
  g_object_ref (tools->clock);
  g_object_ref (tools->printer);
  g_object_ref (tools->ledger);
  if (tools->source != NULL)
    g_object_ref (tools->source);
  if (tools->audit != NULL)
    g_object_ref (tools->audit);
  self->reports = jumin_paper_reports_new (&reports);
  g_signal_connect_object (tools->printer, "progress", G_CALLBACK (on_progress), self, 0);
  return self;
}

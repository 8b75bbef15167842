/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's books: one write at a time, the most urgent first (lock, outcome, note); a ledger that
 * fails closes the desk and is tried again by the clock. And what the ledger has of an earlier
 * life: each job that was open is asked about at the printer, never printed again. */
#include "journey/paper-desk-private.h"

#include <string.h>

static void settle_next (JuminPaperDesk *self);

static gboolean
on_mend_time (gpointer data)
{
  JuminPaperDesk *self = data;

  self->mend_timer = NULL;
  jumin_paper_desk_write (self);
  return G_SOURCE_REMOVE;
}

void
jumin_paper_desk_fail_ledger (JuminPaperDesk *self, const GError *error)
{
  if (!self->ledger_failed)
    g_warning ("%s", error->message);
  self->ledger_failed = TRUE;
  jumin_clock_cancel (self->tools.clock, &self->mend_timer);
  self->mend_timer
      = jumin_clock_after (self->tools.clock, self->tools.report_ms, on_mend_time, self);
  jumin_paper_desk_notify (self);
}

/* @entry was closed, or the ledger cannot take it: whoever waits goes on. What came out is said to
 * the person and to the platform in either case. */
static void
go_on (JuminPaperDesk *self, const JuminPrintEntry *entry)
{
  const JuminPrintEntry *first = g_queue_peek_head (self->open);

  if (jumin_paper_desk_is_released (self, entry->token))
    {
      jumin_paper_desk_end_release (self, entry);
      return;
    }
  jumin_paper_desk_end_late (self, entry);
  if (first == NULL || strcmp (first->token, entry->token) != 0)
    return;
  jumin_print_entry_free (g_queue_pop_head (self->open));
  settle_next (self);
}

/* The first was closed; who waited for it has perhaps gone on before. */
static void
end_close (JuminPaperDesk *self, const JuminPrintEntry *entry)
{
  if (self->gone_on > 0)
    self->gone_on--;
  else
    go_on (self, entry);
}

/* The ledger takes nothing now: nobody waits for it. */
static void
go_on_without (JuminPaperDesk *self)
{
  for (guint n = g_queue_get_length (self->closing); self->gone_on < n;)
    {
      g_autoptr (JuminPrintEntry) entry
          = jumin_print_entry_copy (g_queue_peek_nth (self->closing, self->gone_on));

      self->gone_on++;
      go_on (self, entry);
    }
}

static gboolean
has_more (JuminPaperDesk *self)
{
  return !self->loaded || self->want_lock || !g_queue_is_empty (self->closing) || self->want_note;
}

/* @books was done, or failed with @error. */
static void
end_write (JuminPaperDesk *self, JuminBooks books, const GError *error)
{
  g_autoptr (JuminPrintEntry) closed = NULL;

  self->books = JUMIN_BOOKS_IDLE;
  if (error == NULL && books == JUMIN_BOOKS_CLOSE)
    closed = g_queue_pop_head (self->closing);
  if (error == NULL && books == JUMIN_BOOKS_LOCK)
    self->want_lock = FALSE;
  if (error == NULL && books == JUMIN_BOOKS_NOTE)
    self->want_note = FALSE;
  if (error != NULL)
    jumin_paper_desk_fail_ledger (self, error);
  else if (!has_more (self))
    self->ledger_failed = FALSE;
  if (closed != NULL)
    end_close (self, closed);
  if (error != NULL)
    go_on_without (self);
  if (error == NULL && has_more (self))
    jumin_paper_desk_write (self);
  jumin_paper_desk_notify (self);
}

static void
on_written (GObject *ledger, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;
  g_autoptr (GError) error = NULL;

  jumin_print_ledger_change_finish (JUMIN_PRINT_LEDGER (ledger), result, &error);
  if (!self->gone)
    end_write (self, self->books, error);
}

static void
take_pending (JuminPaperDesk *self, const JuminPrintPending *pending)
{
  self->loaded = TRUE;
  self->locked = self->locked || pending->locked_at != 0;
  self->want_note = pending->unlocked_at != 0;
  if (self->want_note)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPERS_UNLOCKED, NULL);
  for (guint i = 0; i < pending->entries->len; i++)
    {
      const JuminPrintEntry *entry = pending->entries->pdata[i];

      if (!entry->closed)
        g_queue_push_tail (self->open, jumin_print_entry_copy (entry));
      else if (*entry->number != '\0')
        jumin_paper_reports_add (self->reports, entry);
    }
  settle_next (self);
  jumin_paper_desk_tell (self);
}

static void
on_loaded (GObject *ledger, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminPrintPending) pending
      = jumin_print_ledger_load_finish (JUMIN_PRINT_LEDGER (ledger), result, &error);

  if (self->gone)
    return;
  if (pending != NULL)
    take_pending (self, pending);
  end_write (self, JUMIN_BOOKS_LOAD, error);
}

static JuminBooks
find_next (JuminPaperDesk *self)
{
  if (!self->loaded)
    return JUMIN_BOOKS_LOAD;
  if (self->want_lock)
    return JUMIN_BOOKS_LOCK;
  if (!g_queue_is_empty (self->closing))
    return JUMIN_BOOKS_CLOSE;
  return self->want_note || self->ledger_failed ? JUMIN_BOOKS_NOTE : JUMIN_BOOKS_IDLE;
}

/* Writes the next of what is to be written. */
void
jumin_paper_desk_write (JuminPaperDesk *self)
{
  JuminPrintLedger *ledger = self->tools.ledger;

  if (self->books != JUMIN_BOOKS_IDLE || self->gone)
    return;
  self->books = find_next (self);
  switch (self->books)
    {
    case JUMIN_BOOKS_LOAD:
      jumin_print_ledger_load_async (ledger, on_loaded, g_object_ref (self));
      break;
    case JUMIN_BOOKS_LOCK:
      jumin_print_ledger_lock_async (ledger, on_written, g_object_ref (self));
      break;
    case JUMIN_BOOKS_CLOSE:
      jumin_print_ledger_close_async (ledger, g_queue_peek_head (self->closing), on_written,
                                      g_object_ref (self));
      break;
    case JUMIN_BOOKS_NOTE:
      jumin_print_ledger_note_unlocked_async (ledger, on_written, g_object_ref (self));
      break;
    default:
      break;
    }
}

/* What became of a job; the platform is told when the ledger has it. */
void
jumin_paper_desk_close_entry (JuminPaperDesk *self, const JuminPrintEntry *entry)
{
  g_queue_push_tail (self->closing, jumin_print_entry_copy (entry));
  jumin_paper_desk_write (self);
}

static gboolean
on_settle_time (gpointer data)
{
  JuminPaperDesk *self = data;

  self->settle_timer = NULL;
  settle_next (self);
  return G_SOURCE_REMOVE;
}

static void
close_settled (JuminPaperDesk *self, const JuminPageReport *report)
{
  JuminPrintEntry *entry = g_queue_peek_head (self->open);
  g_autofree char *copies = g_strdup_printf ("%d", report->copies);
  g_autofree char *pages = g_strdup_printf ("%d", report->pages);

  entry->closed = TRUE;
  entry->outcome = report->outcome;
  entry->copies_out = report->copies;
  entry->pages_out = report->pages;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_RECONCILED, "outcome",
                     jumin_outcome_get_word (report->outcome), "copies", copies, "pages", pages,
                     "sm3", entry->sm3, NULL);
  jumin_paper_desk_close_entry (self, entry);
}

/* A printer that is not there yet is waited for: it alone knows. */
static void
on_settled (GObject *printer, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;
  g_autoptr (GError) error = NULL;
  JuminPageReport report;

  jumin_page_printer_settle_finish (JUMIN_PAGE_PRINTER (printer), result, &report, &error);
  if (self->gone)
    return;
  if (report.outcome == JUMIN_OUTCOME_UNKNOWN
      && (report.troubles & (JUMIN_PAGE_MISSING | JUMIN_PAGE_SILENT)) != 0)
    self->settle_timer
        = jumin_clock_after (self->tools.clock, self->tools.report_ms, on_settle_time, self);
  else
    close_settled (self, &report);
}

static void
settle_next (JuminPaperDesk *self)
{
  const JuminPrintEntry *entry = g_queue_peek_head (self->open);
  JuminPageJob job;

  jumin_paper_desk_notify (self);
  if (entry == NULL)
    return;
  job = (JuminPageJob){ .token = entry->token,
                        .copies = entry->copies,
                        .pages = entry->pages,
                        .stopped_ms = self->tools.stopped_ms };
  jumin_page_printer_settle_async (self->tools.printer, &job, NULL, on_settled,
                                   g_object_ref (self));
}

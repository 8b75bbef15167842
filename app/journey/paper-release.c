/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a paper goes out:
 *
 *   release_async → the interlock, but for the bytes
 *   → the ledger has it; beside that the printer is made ready, and the job held there
 *   → the interlock, at the last moment → the job is let go
 *   → the ledger has what came out → the platform has heard, or will → the result
 *
 * Ledger and printer end in any order: a job that is refused, or that the ledger cannot have, is
 * taken back before the printer has got anything of it, and what the printer says of a job is
 * closed in the ledger when that has it. The printer knows a token. What PRINTED waits for the
 * person's word, or for the end of the visit, before the platform hears of it; what is UNKNOWN it
 * hears of at once, and holds. */
#include "journey/paper-desk-private.h"

#include <string.h>

struct _JuminPaperRelease
{
  JuminPaperDesk *desk;
  GTask *task;
  guint serial; /* of the turn */
  JuminIdentity *holder;
  JuminDocument *document;
  JuminPrintEntry *entry;
  GCancellable *cancellable;
  gboolean written;   /* the ledger has answered: the job was let go or taken back */
  gboolean in_ledger; /* it has the entry */
  gboolean ended;     /* at the printer, as @report says */
  JuminPageReport report;
  GError *refused; /* at the last moment */
};

static void
release_free (JuminPaperRelease *release)
{
  g_clear_error (&release->refused);
  g_object_unref (release->cancellable);
  jumin_print_entry_free (release->entry);
  jumin_document_free (release->document);
  jumin_identity_unref (release->holder);
  g_object_unref (release->task);
  g_free (release);
}

static void
set_foreign (JuminInterlockFaults faults, GError **error)
{
  gboolean spoilt = (faults & ~JUMIN_INTERLOCK_OF_BYTES) == 0;

  g_set_error (error, JUMIN_FAILURE,
               spoilt ? JUMIN_FAILURE_DOCUMENT_SPOILT : JUMIN_FAILURE_DOCUMENT_FOREIGN,
               "Releasing a paper failed: it has another %s than that of whoever is here",
               jumin_interlock_get_word (faults));
}

/* The interlock: whether @document may go out for @holder; @last: now, and these very bytes. */
static gboolean
check (JuminPaperDesk *self, JuminIdentity *holder, const JuminDocument *document, int copies,
       gboolean last, GError **error)
{
  JuminInterlockFaults faults;

  if (self->turn == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody is here any more");
      return FALSE;
    }
  faults = last ? jumin_interlock_find_faults (self->turn, holder, document, document->pdf)
                : jumin_interlock_find_early_faults (self->turn, holder, document);
  if (faults != 0)
    {
      jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_REFUSED, "kind", self->turn->kind,
                         "fault", jumin_interlock_get_word (faults), NULL);
      set_foreign (faults, error);
      jumin_paper_desk_lock (self, jumin_interlock_get_word (faults));
      return FALSE;
    }
  if (!self->spent && copies >= 1 && copies <= document->copies)
    return TRUE;
  g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED,
                       self->spent ? "This paper was printed already"
                                   : "There are not so many copies of this paper");
  return FALSE;
}

gboolean
jumin_paper_desk_is_released (JuminPaperDesk *self, const char *token)
{
  return self->release != NULL && strcmp (self->release->entry->token, token) == 0;
}

static void
return_result (JuminPaperDesk *self)
{
  JuminPaperRelease *release = g_steal_pointer (&self->release);
  JuminPaperResult *result = g_new0 (JuminPaperResult, 1);

  result->report = release->report;
  result->replacement = jumin_paper_reports_get_replacement (self->reports, release->entry->token);
  if (release->refused != NULL)
    {
      g_task_return_error (release->task, g_steal_pointer (&release->refused));
      g_free (result);
    }
  else
    g_task_return_pointer (release->task, result, g_free);
  release_free (release);
}

static void
on_partly_told (GObject *reports, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;

  jumin_paper_reports_tell_finish (JUMIN_PAPER_REPORTS (reports), result, NULL);
  if (!self->gone)
    return_result (self);
}

/* What becomes of it is found out by the next desk; nobody would let it go. */
void
jumin_paper_desk_drop_release (JuminPaperDesk *self)
{
  if (self->release == NULL)
    return;
  if (!self->release->written)
    g_cancellable_cancel (self->release->cancellable);
  g_clear_error (&self->release->refused);
  g_set_error_literal (&self->release->refused, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                       "The desk is no more");
  return_result (self);
}

/* The ledger has it, or cannot have it. */
void
jumin_paper_desk_end_release (JuminPaperDesk *self, const JuminPrintEntry *entry)
{
  gboolean is_here = self->release->serial == self->serial && self->turn != NULL;
  JuminOutcome outcome = entry->outcome;

  if (is_here && (outcome == JUMIN_OUTCOME_PRINTED || outcome == JUMIN_OUTCOME_UNKNOWN))
    self->asked = jumin_print_entry_copy (entry);
  if (*entry->number != '\0' && !(is_here && outcome == JUMIN_OUTCOME_PRINTED))
    jumin_paper_reports_add (self->reports, entry);
  if (outcome == JUMIN_OUTCOME_PARTLY)
    {
      jumin_paper_reports_tell_async (self->reports, on_partly_told, g_object_ref (self));
      return;
    }
  jumin_paper_desk_tell (self);
  return_result (self);
}

static void
close_release (JuminPaperDesk *self)
{
  JuminPaperRelease *release = self->release;
  const JuminPageReport *report = &release->report;
  JuminPrintEntry *entry = release->entry;
  g_autofree char *copies = g_strdup_printf ("%d", report->copies);
  g_autofree char *pages = g_strdup_printf ("%d", report->pages);

  entry->closed = TRUE;
  entry->outcome = report->outcome;
  entry->copies_out = report->copies;
  entry->pages_out = report->pages;
  if (release->serial == self->serial)
    self->spent = report->outcome != JUMIN_OUTCOME_FAILED;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_ENDED, "outcome",
                     jumin_outcome_get_word (report->outcome), "copies", copies, "pages", pages,
                     "sm3", entry->sm3, NULL);
  jumin_paper_desk_close_entry (self, entry);
}

/* The ledger has answered, and the printer has ended it. */
static void
conclude (JuminPaperDesk *self)
{
  if (self->release->in_ledger)
    close_release (self);
  else
    return_result (self);
}

static void
on_printed (GObject *printer, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;
  g_autoptr (GError) error = NULL;
  JuminPageReport report;

  jumin_page_printer_print_finish (JUMIN_PAGE_PRINTER (printer), result, &report, &error);
  if (error != NULL)
    g_message ("%s", error->message);
  if (self->gone)
    return;
  self->release->ended = TRUE;
  self->release->report = report;
  if (self->release->written)
    conclude (self);
}

static void
print_held (JuminPaperDesk *self)
{
  JuminPaperRelease *release = self->release;
  JuminPageJob job = { .token = release->entry->token,
                       .pdf = release->document->pdf,
                       .copies = release->entry->copies,
                       .pages = release->entry->pages,
                       .stopped_ms = self->tools.stopped_ms };

  jumin_page_printer_print_async (self->tools.printer, &job, release->cancellable, on_printed,
                                  g_object_ref (self));
}

/* Whether the job may go to the printer now; else it is refused. */
static gboolean
check_last (JuminPaperDesk *self)
{
  JuminPaperRelease *release = self->release;
  const JuminPrintEntry *entry = release->entry;
  g_autofree char *copies = g_strdup_printf ("%d", entry->copies);
  g_autofree char *pages = g_strdup_printf ("%d", entry->pages);

  if (self->locked)
    return jumin_paper_desk_check_open (self, &release->refused);
  if (!check (self, release->holder, release->document, entry->copies, TRUE, &release->refused))
    return FALSE;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_RELEASED, "kind", self->turn->kind,
                     "copies", copies, "pages", pages, "sm3", entry->sm3, NULL);
  return TRUE;
}

static void
on_added (GObject *ledger, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperDesk) self = data;
  JuminPaperRelease *release = self->release;
  gboolean released;

  if (self->gone)
    return;
  release->in_ledger
      = jumin_print_ledger_change_finish (JUMIN_PRINT_LEDGER (ledger), result, &release->refused);
  released = release->in_ledger && check_last (self);
  release->written = TRUE;
  if (!release->in_ledger)
    jumin_paper_desk_fail_ledger (self, release->refused);
  if (release->ended)
    conclude (self);
  else if (released)
    jumin_page_printer_let_go (self->tools.printer, release->entry->token);
  else
    g_cancellable_cancel (release->cancellable);
}

static JuminPrintEntry *
entry_new (JuminPaperDesk *self, const JuminDocument *document, int copies)
{
  JuminPrintEntry *entry = g_new0 (JuminPrintEntry, 1);
  gboolean has_number = *self->turn->number != '\0';

  entry->token = g_uuid_string_random ();
  entry->request = g_strdup (has_number ? self->turn->request : "");
  entry->number = g_strdup (self->turn->number);
  entry->sm3 = g_strdup (document->sm3);
  entry->copies = copies;
  entry->pages = document->pages;
  return entry;
}

void
jumin_paper_desk_release_async (JuminPaperDesk *self, JuminIdentity *holder,
                                const JuminDocument *document, int copies,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  GError *error = NULL;

  g_task_set_source_tag (task, jumin_paper_desk_release_async);
  if (!jumin_paper_desk_check_open (self, &error)
      || !check (self, holder, document, copies, FALSE, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->release = g_new0 (JuminPaperRelease, 1);
  self->release->task = g_steal_pointer (&task);
  self->release->serial = self->serial;
  self->release->holder = jumin_identity_ref (holder);
  self->release->document = jumin_document_copy (document);
  self->release->entry = entry_new (self, document, copies);
  self->release->cancellable = g_cancellable_new ();
  jumin_print_ledger_add_async (self->tools.ledger, self->release->entry, on_added,
                                g_object_ref (self));
  print_held (self);
}

gboolean
jumin_paper_desk_release_finish (JuminPaperDesk *self, GAsyncResult *result,
                                 JuminPaperResult *paper, GError **error)
{
  g_autofree JuminPaperResult *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  answer = g_task_propagate_pointer (G_TASK (result), error);
  *paper = answer != NULL ? *answer
                          : (JuminPaperResult){ .report = { .outcome = JUMIN_OUTCOME_FAILED } };
  return answer != NULL;
}

void
jumin_paper_desk_stop (JuminPaperDesk *self)
{
  if (self->release != NULL)
    g_cancellable_cancel (self->release->cancellable);
}

/* The person said nothing of the last paper, and is not asked any more. */
void
jumin_paper_desk_flush (JuminPaperDesk *self)
{
  g_autoptr (JuminPrintEntry) entry = g_steal_pointer (&self->asked);

  if (entry != NULL && entry->outcome == JUMIN_OUTCOME_PRINTED && *entry->number != '\0')
    jumin_paper_reports_add (self->reports, entry);
}

static void
on_void_told (GObject *reports, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  const char *token = g_task_get_task_data (task);

  jumin_paper_reports_tell_finish (JUMIN_PAPER_REPORTS (reports), result, NULL);
  g_task_return_boolean (
      task, jumin_paper_reports_get_replacement (JUMIN_PAPER_REPORTS (reports), token));
}

/* The ledger has what came out after the release had ended, by what the person said or the printer,
 * or cannot have it. */
void
jumin_paper_desk_end_late (JuminPaperDesk *self, const JuminPrintEntry *entry)
{
  if (*entry->number != '\0')
    jumin_paper_reports_add (self->reports, entry);
  if (self->confirming != NULL
      && strcmp (g_task_get_task_data (self->confirming), entry->token) == 0)
    jumin_paper_reports_tell_async (self->reports, on_void_told,
                                    g_steal_pointer (&self->confirming));
  else
    jumin_paper_desk_tell (self);
}

/* Nobody waits for an answer any more. */
void
jumin_paper_desk_drop_confirm (JuminPaperDesk *self)
{
  if (self->confirming != NULL)
    g_task_return_boolean (self->confirming, FALSE);
  g_clear_object (&self->confirming);
}

/* Whoever holds nothing, or not all of it, is not given the same number again: it is void, whatever
 * came out, and its sheets with it. */
static void
change_outcome (JuminPaperDesk *self, JuminPrintEntry *entry, gboolean got)
{
  entry->outcome = got ? JUMIN_OUTCOME_PRINTED : JUMIN_OUTCOME_PARTLY;
  entry->copies_out = got ? entry->copies : 0;
  entry->pages_out = 0;
  jumin_paper_desk_close_entry (self, entry);
}

void
jumin_paper_desk_confirm_async (JuminPaperDesk *self, gboolean got, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (JuminPrintEntry) entry = NULL;

  g_task_set_source_tag (task, jumin_paper_desk_confirm_async);
  if (self->asked == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_CONFIRMED, "got", got ? "yes" : "no",
                     "sm3", self->asked->sm3, NULL);
  if (got && self->asked->outcome == JUMIN_OUTCOME_PRINTED)
    {
      jumin_paper_desk_flush (self);
      jumin_paper_desk_tell (self);
      g_task_return_boolean (task, FALSE);
      return;
    }
  entry = g_steal_pointer (&self->asked);
  if (got)
    g_task_return_boolean (task, FALSE);
  else
    {
      g_task_set_task_data (task, g_strdup (entry->token), g_free);
      jumin_paper_desk_drop_confirm (self);
      self->confirming = g_steal_pointer (&task);
    }
  change_outcome (self, entry, got);
}

gboolean
jumin_paper_desk_confirm_finish (JuminPaperDesk *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

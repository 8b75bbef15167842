/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of papers that the platform has yet to hear. One is under way at a time; a round goes
 * through all that wait, so that one which the platform does not take holds up no other. What it
 * says was settled otherwise before is final, and written down. */
#include "journey/paper-reports.h"

#include <string.h>

struct _JuminPaperReports
{
  GObject parent_instance;
  JuminPaperReportsTools tools;
  GPtrArray *waiting; /* of JuminPrintEntry, oldest first */
  guint next;         /* of them to be told in this round */
  gboolean in_round;
  GPtrArray *askers; /* of GTask, that wait for the end of the round */
  GError *problem;   /* of this round */
  gpointer timer;
  char *replaced; /* token of the last job that is replaced */
};

G_DEFINE_FINAL_TYPE (JuminPaperReports, jumin_paper_reports, G_TYPE_OBJECT)

static void tell_next (JuminPaperReports *self);

static gboolean
on_time (gpointer data)
{
  JuminPaperReports *self = data;

  self->timer = NULL;
  jumin_paper_reports_tell_async (self, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
end_round (JuminPaperReports *self)
{
  g_autoptr (GPtrArray) askers = self->askers;
  g_autoptr (GError) problem = g_steal_pointer (&self->problem);

  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  self->in_round = FALSE;
  /* Without a source there is nobody to tell, or this object is disposed of. */
  if (self->waiting->len > 0 && self->tools.source != NULL)
    self->timer = jumin_clock_after (self->tools.clock, self->tools.report_ms, on_time, self);
  for (guint i = 0; i < askers->len; i++)
    {
      GTask *task = askers->pdata[i];

      if (problem != NULL)
        g_task_return_error (task, g_error_copy (problem));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void
on_noted (GObject *ledger, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!jumin_print_ledger_change_finish (JUMIN_PRINT_LEDGER (ledger), result, &error))
    g_warning ("%s: the platform will be told again", error->message);
}

/* It need not be told any more. */
static void
drop_told (JuminPaperReports *self)
{
  jumin_print_ledger_set_reported_async (self->tools.ledger, self->waiting->pdata[self->next],
                                         on_noted, NULL);
  g_ptr_array_remove_index (self->waiting, self->next);
}

static void
tell_settled (JuminPaperReports *self, const JuminPrintEntry *entry)
{
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_SETTLED_ELSE, "outcome",
                     jumin_outcome_get_word (entry->outcome), "sm3", entry->sm3, NULL);
}

static void
take_refusal (JuminPaperReports *self, GError *error)
{
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_OUTCOME_SETTLED))
    {
      g_warning ("%s", error->message);
      tell_settled (self, self->waiting->pdata[self->next]);
      drop_told (self);
      return;
    }
  self->next++;
  g_clear_error (&self->problem);
  self->problem = g_error_copy (error);
}

static void
on_told (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperReports) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminDocumentFate) fate
      = jumin_document_source_report_finish (JUMIN_DOCUMENT_SOURCE (source), result, &error);

  if (fate == NULL)
    take_refusal (self, error);
  else
    {
      const JuminPrintEntry *entry = self->waiting->pdata[self->next];

      if (fate->replacement)
        {
          g_free (self->replaced);
          self->replaced = g_strdup (entry->token);
        }
      drop_told (self);
    }
  tell_next (self);
}

static void
tell_next (JuminPaperReports *self)
{
  const JuminPrintEntry *entry;
  JuminPrintReport report;

  if (self->tools.source == NULL || self->next >= self->waiting->len)
    {
      end_round (self);
      return;
    }
  entry = self->waiting->pdata[self->next];
  report = (JuminPrintReport){ .number = entry->number,
                               .request = entry->request,
                               .outcome = entry->outcome,
                               .copies = entry->copies_out,
                               .pages = entry->pages_out };
  jumin_document_source_report_async (self->tools.source, &report, on_told, g_object_ref (self));
}

void
jumin_paper_reports_add (JuminPaperReports *self, const JuminPrintEntry *entry)
{
  g_assert (entry->closed && *entry->number != '\0');
  g_ptr_array_add (self->waiting, jumin_print_entry_copy (entry));
}

void
jumin_paper_reports_tell_async (JuminPaperReports *self, GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, jumin_paper_reports_tell_async);
  g_ptr_array_add (self->askers, task);
  if (self->in_round)
    return;
  jumin_clock_cancel (self->tools.clock, &self->timer);
  self->in_round = TRUE;
  self->next = 0;
  tell_next (self);
}

gboolean
jumin_paper_reports_tell_finish (JuminPaperReports *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
jumin_paper_reports_get_replacement (JuminPaperReports *self, const char *token)
{
  return g_strcmp0 (self->replaced, token) == 0;
}

static void
jumin_paper_reports_dispose (GObject *object)
{
  JuminPaperReports *self = JUMIN_PAPER_REPORTS (object);

  if (self->tools.clock != NULL)
    jumin_clock_cancel (self->tools.clock, &self->timer);
  g_clear_object (&self->tools.source);
  G_OBJECT_CLASS (jumin_paper_reports_parent_class)->dispose (object);
}

static void
jumin_paper_reports_finalize (GObject *object)
{
  JuminPaperReports *self = JUMIN_PAPER_REPORTS (object);

  g_clear_object (&self->tools.clock);
  g_clear_object (&self->tools.ledger);
  g_clear_object (&self->tools.audit);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->askers);
  g_clear_error (&self->problem);
  g_free (self->replaced);
  G_OBJECT_CLASS (jumin_paper_reports_parent_class)->finalize (object);
}

static void
jumin_paper_reports_class_init (JuminPaperReportsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_paper_reports_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_paper_reports_finalize;
}

static void
jumin_paper_reports_init (JuminPaperReports *self)
{
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_print_entry_free);
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
}

JuminPaperReports *
jumin_paper_reports_new (const JuminPaperReportsTools *tools)
{
  JuminPaperReports *self = g_object_new (JUMIN_TYPE_PAPER_REPORTS, NULL);

  self->tools = *tools;
  g_object_ref (tools->clock);
  g_object_ref (tools->ledger);
  if (tools->source != NULL)
    g_object_ref (tools->source);
  if (tools->audit != NULL)
    g_object_ref (tools->audit);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is, and the paper that came for it: from the platform, which has heard of the
 * papers before, or of this machine's making. What comes after the turn is dropped. */
#include "journey/paper-desk-private.h"

#include <string.h>

#include "journey/scene.h"
#include "platform/document-seal.h"

static void
turn_free (JuminPaperTurn *turn)
{
  jumin_identity_unref (turn->holder);
  g_free (turn->request);
  g_free (turn->kind);
  g_free (turn->replaces);
  g_free (turn->number);
  g_free (turn->sm3);
  g_free (turn);
}

void
jumin_paper_desk_clear_turn (JuminPaperDesk *self)
{
  g_clear_pointer (&self->turn, turn_free);
}

static gboolean
is_same_turn (const JuminPaperTurn *turn, JuminIdentity *holder, const char *kind,
              const char *replaces)
{
  return turn->number == NULL && strcmp (turn->kind, kind) == 0
         && g_strcmp0 (turn->replaces, replaces) == 0
         && strcmp (jumin_identity_get_number (turn->holder), jumin_identity_get_number (holder))
                == 0;
}

static void
begin_turn (JuminPaperDesk *self, JuminIdentity *holder, const char *kind, const char *replaces)
{
  g_autofree char *request = NULL;

  jumin_paper_desk_flush (self);
  self->serial++;
  if (self->turn != NULL && is_same_turn (self->turn, holder, kind, replaces))
    request = g_steal_pointer (&self->turn->request);
  else
    request = g_uuid_string_random ();
  jumin_paper_desk_clear_turn (self);
  self->spent = FALSE;
  self->turn = g_new0 (JuminPaperTurn, 1);
  self->turn->holder = jumin_identity_ref (holder);
  self->turn->request = g_steal_pointer (&request);
  self->turn->kind = g_strdup (kind);
  self->turn->replaces = g_strdup (replaces);
}

/* From now on this is what may be released. */
static void
take_paper (JuminPaperTurn *turn, const JuminDocument *document)
{
  g_free (turn->number);
  g_free (turn->sm3);
  turn->number = g_strdup (document->number);
  turn->sm3 = g_strdup (document->sm3);
  turn->copies = document->copies;
  turn->pages = document->pages;
}

/* Somebody asks the platform: after it has heard of the papers before. */
typedef struct
{
  JuminIdentity *holder; /* of a list */
  guint serial;          /* of a fetch */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_pointer (&asking->holder, jumin_identity_unref);
  g_free (asking);
}

static GTask *
asking_new (JuminPaperDesk *self, GCancellable *cancellable, gpointer tag,
            GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, asking, asking_free);
  return task;
}

static gboolean
check_source (JuminPaperDesk *self, GError **error)
{
  if (self->tools.source != NULL)
    return TRUE;
  g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT,
                       "Asking for a paper failed: this machine has no platform");
  return FALSE;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  JuminEntitlements *list
      = jumin_document_source_list_finish (JUMIN_DOCUMENT_SOURCE (source), result, &error);

  if (list != NULL)
    g_task_return_pointer (task, list, (GDestroyNotify)jumin_entitlements_free);
  else
    g_task_return_error (task, error);
}

/* A platform that did not hear says so itself when it is asked. */
static void
on_told_for_list (GObject *reports, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  JuminPaperDesk *self = g_task_get_source_object (task);
  const Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  jumin_paper_reports_tell_finish (self->reports, result, NULL);
  if (check_source (self, &error))
    jumin_document_source_list_async (self->tools.source, asking->holder,
                                      g_task_get_cancellable (task), on_listed, task);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

void
jumin_paper_desk_list_async (JuminPaperDesk *self, JuminIdentity *holder, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = asking_new (self, cancellable, jumin_paper_desk_list_async, callback, data);
  Asking *asking = g_task_get_task_data (task);

  asking->holder = jumin_identity_ref (holder);
  jumin_paper_desk_flush (self);
  jumin_paper_reports_tell_async (self->reports, on_told_for_list, task);
}

JuminEntitlements *
jumin_paper_desk_list_finish (JuminPaperDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
is_late (JuminPaperDesk *self, GTask *task, GError **error)
{
  const Asking *asking = g_task_get_task_data (task);

  if (!self->gone && self->turn != NULL && asking->serial == self->serial)
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another turn has begun meanwhile");
  return TRUE;
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminPaperDesk *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JuminDocument) document
      = jumin_document_source_fetch_finish (JUMIN_DOCUMENT_SOURCE (source), result, &error);

  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN))
    jumin_paper_desk_lock (self, "platform");
  if (is_late (self, task, &error) || error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_paper (self->turn, document);
  g_task_return_pointer (task, g_steal_pointer (&document), (GDestroyNotify)jumin_document_free);
}

/* A paper that the platform has not heard of could be counted as not printed. What it refuses to
 * hear holds nobody up. */
static gboolean
has_heard (JuminPaperDesk *self, GAsyncResult *result, GError **error)
{
  GError *problem = NULL;

  if (jumin_paper_reports_tell_finish (self->reports, result, &problem))
    return TRUE;
  if (!g_error_matches (problem, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_error_free (problem);
  return TRUE;
}

static void
on_told_for_fetch (GObject *reports, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  JuminPaperDesk *self = g_task_get_source_object (task);
  GError *error = NULL;
  JuminDocumentOrder order;

  if (!has_heard (self, result, &error) || is_late (self, task, &error)
      || !check_source (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  order = (JuminDocumentOrder){ .request = self->turn->request,
                                .kind = self->turn->kind,
                                .replaces = self->turn->replaces,
                                .holder = self->turn->holder };
  jumin_document_source_fetch_async (self->tools.source, &order, on_fetched, task);
}

void
jumin_paper_desk_fetch_async (JuminPaperDesk *self, JuminIdentity *holder, const char *kind,
                              const char *replaces, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = asking_new (self, NULL, jumin_paper_desk_fetch_async, callback, data);
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  if (!jumin_paper_desk_check_open (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  begin_turn (self, holder, kind, replaces);
  asking->serial = self->serial;
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_ASKED, "kind", kind, NULL);
  jumin_paper_reports_tell_async (self->reports, on_told_for_fetch, task);
}

JuminDocument *
jumin_paper_desk_fetch_finish (JuminPaperDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

JuminDocument *
jumin_paper_desk_take_statement (JuminPaperDesk *self, JuminIdentity *holder, GBytes *pdf,
                                 int pages, GError **error)
{
  g_autoptr (JuminDocument) document = jumin_document_new ();

  g_return_val_if_fail (pages >= 1 && pages <= JUMIN_DOCUMENT_PAGES_MAX, NULL);
  if (!jumin_paper_desk_check_open (self, error))
    return NULL;
  begin_turn (self, holder, JUMIN_PAPER_STATEMENT, NULL);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_PAPER_ASKED, "kind", JUMIN_PAPER_STATEMENT,
                     NULL);
  document->number = g_strdup ("");
  document->kind = g_strdup (JUMIN_PAPER_STATEMENT);
  document->request = g_strdup (self->turn->request);
  document->owner
      = jumin_document_dup_owner (document->request, jumin_identity_get_number (holder), error);
  document->copies = JUMIN_STATEMENT_COPIES_MAX;
  document->pages = pages;
  document->issued_at = jumin_clock_get_wall (self->tools.clock);
  document->pdf = g_bytes_ref (pdf);
  if (document->owner == NULL || !jumin_document_add_digests (document, error))
    return NULL;
  take_paper (self->turn, document);
  return g_steal_pointer (&document);
}

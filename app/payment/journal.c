/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal: hands every call to the one thread that has the file. */
#include "payment/journal.h"

#include "disk/disk-thread.h"

#define DAY_S G_GINT64_CONSTANT (86400)

struct _JuminJournal
{
  GObject parent_instance;
  char *path;
  guint keep_days;
  gint64 now, purged_at; /* the thread's alone */
  GError *damage;        /* the thread's alone; found while nobody waited, it stays */
  JuminDiskThread *thread;
};

G_DEFINE_FINAL_TYPE (JuminJournal, jumin_journal, G_TYPE_OBJECT)

/**
 * Request:
 * @journal: the task has a reference
 * @payment: (nullable)
 */
typedef struct
{
  JuminJournal *journal;
  JuminPayment *payment;
  gint64 now, from, to;
  guint most;
} Request;

static void
request_free (Request *request)
{
  g_clear_pointer (&request->payment, jumin_payment_free);
  g_free (request);
}

static gpointer
open_file (gpointer owner, GError **error)
{
  const JuminJournal *self = owner;

  if (self->damage == NULL)
    return jumin_journal_file_open (self->path, NULL, error);
  g_propagate_error (error, g_error_copy (self->damage));
  return NULL;
}

static gboolean
load (gpointer file, gpointer data, gpointer *result, GError **error)
{
  *result = jumin_journal_file_load (file, error);
  return *result != NULL;
}

static gboolean
list (gpointer file, gpointer data, gpointer *result, GError **error)
{
  const Request *request = data;

  *result = jumin_journal_file_list (file, request->from, request->to, request->most, error);
  return *result != NULL;
}

static gboolean
put (gpointer file, gpointer data, gpointer *result, GError **error)
{
  const Request *request = data;

  request->journal->now = request->now;
  return jumin_journal_file_put (file, request->payment, error);
}

static int
is_wanted (void *thread)
{
  return jumin_disk_thread_is_wanted (thread);
}

static gboolean
purge (JuminJournal *self, JuminJournalFile *file)
{
  if (ABS (self->now - self->purged_at) < DAY_S)
    return TRUE;
  self->purged_at = self->now;
  return jumin_journal_file_purge (file, self->keep_days * DAY_S, NULL);
}

/* What fails here fails again, and is said, when the file is opened for the next call. */
static gboolean
rest (gpointer owner, gpointer file)
{
  JuminJournal *self = owner;

  return jumin_journal_file_rest (file, NULL) && purge (self, file)
         && jumin_journal_file_check (file, is_wanted, self->thread, &self->damage);
}

static void
start (JuminJournal *self, JuminDiskCall call, Request order, GAsyncReadyCallback callback,
       gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Request *request = g_memdup2 (&order, sizeof order);

  request->journal = self;
  g_task_set_source_tag (task, call);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  jumin_disk_thread_start (self->thread, task, call, (GDestroyNotify)g_ptr_array_unref);
}

void
jumin_journal_load_async (JuminJournal *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, load, (Request){ 0 }, callback, data);
}

void
jumin_journal_list_async (JuminJournal *self, gint64 from, gint64 to, guint most,
                          GAsyncReadyCallback callback, gpointer data)
{
  start (self, list, (Request){ .from = from, .to = to, .most = most }, callback, data);
}

GPtrArray *
jumin_journal_read_finish (JuminJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_journal_put_async (JuminJournal *self, const JuminPayment *payment, gint64 now,
                         GAsyncReadyCallback callback, gpointer data)
{
  start (self, put, (Request){ .payment = jumin_payment_copy (payment), .now = now }, callback,
         data);
}

gboolean
jumin_journal_put_finish (JuminJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
jumin_journal_finalize (GObject *object)
{
  JuminJournal *self = JUMIN_JOURNAL (object);

  jumin_disk_thread_free (self->thread);
  g_clear_error (&self->damage);
  g_free (self->path);
  G_OBJECT_CLASS (jumin_journal_parent_class)->finalize (object);
}

static void
jumin_journal_class_init (JuminJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_journal_finalize;
}

static void
jumin_journal_init (JuminJournal *self)
{
  self->thread
      = jumin_disk_thread_new (self, open_file, (GDestroyNotify)jumin_journal_file_free, rest);
}

/**
 * jumin_journal_new:
 * @path: of a file that is there; opened by the first call
 * @keep_days: how long payments are kept that are final
 *
 * Returns: (transfer full): the journal
 */
JuminJournal *
jumin_journal_new (const char *path, guint keep_days)
{
  JuminJournal *self = g_object_new (JUMIN_TYPE_JOURNAL, NULL);

  self->path = g_strdup (path);
  self->keep_days = keep_days;
  return self;
}

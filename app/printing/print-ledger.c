/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print ledger: hands every call to one thread, which alone has the file, and its end back to
 * the main loop. The thread never holds the last reference: it would wait for itself. */
#include "printing/print-ledger.h"

#include "printing/ledger-file.h"

#define DAY_S G_GINT64_CONSTANT (86400)

struct _JuminPrintLedger
{
  GObject parent_instance;
  JuminClock *clock;
  char *path;
  guint keep_days;
  GThreadPool *thread;
  JuminLedgerFile *file; /* the thread's alone; NULL: to be opened */
};

G_DEFINE_FINAL_TYPE (JuminPrintLedger, jumin_print_ledger, G_TYPE_OBJECT)

typedef struct _Call Call;

struct _Call
{
  JuminPrintLedger *ledger; /* the task has a reference */
  GTask *task;
  gboolean (*run) (JuminLedgerFile *file, Call *call, GError **error);
  JuminPrintEntry *entry;
  gint64 now;
  JuminPrintPending *pending;
  GError *error;
};

JuminPrintEntry *
jumin_print_entry_copy (const JuminPrintEntry *entry)
{
  JuminPrintEntry *self = g_memdup2 (entry, sizeof *entry);

  self->token = g_strdup (entry->token);
  self->request = g_strdup (entry->request);
  self->number = g_strdup (entry->number);
  self->sm3 = g_strdup (entry->sm3);
  return self;
}

void
jumin_print_entry_free (JuminPrintEntry *self)
{
  g_free (self->token);
  g_free (self->request);
  g_free (self->number);
  g_free (self->sm3);
  g_free (self);
}

void
jumin_print_pending_free (JuminPrintPending *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static void
call_free (Call *call)
{
  g_clear_pointer (&call->entry, jumin_print_entry_free);
  g_clear_pointer (&call->pending, jumin_print_pending_free);
  g_clear_error (&call->error);
  g_object_unref (call->task);
  g_free (call);
}

static gboolean
on_call_done (gpointer data)
{
  Call *call = data;

  if (call->error != NULL)
    g_task_return_error (call->task, g_steal_pointer (&call->error));
  else if (call->pending != NULL)
    g_task_return_pointer (call->task, g_steal_pointer (&call->pending),
                           (GDestroyNotify)jumin_print_pending_free);
  else
    g_task_return_boolean (call->task, TRUE);
  call_free (call);
  return G_SOURCE_REMOVE;
}

/* A file that failed is closed: what it says it has afterwards is not believed, but read again. */
static void
run_call (gpointer data, gpointer user_data)
{
  Call *call = data;
  JuminPrintLedger *self = call->ledger;
  g_autoptr (GSource) source = g_idle_source_new ();

  if (self->file == NULL)
    self->file = jumin_ledger_file_open (self->path, &call->error);
  if (self->file != NULL && !call->run (self->file, call, &call->error))
    g_clear_pointer (&self->file, jumin_ledger_file_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_call_done, call, NULL);
  g_source_attach (source, g_task_get_context (call->task));
}

static gboolean
load (JuminLedgerFile *file, Call *call, GError **error)
{
  call->pending = jumin_ledger_file_load (file, error);
  return call->pending != NULL;
}

static gboolean
add (JuminLedgerFile *file, Call *call, GError **error)
{
  gint64 before = call->now - call->ledger->keep_days * DAY_S;

  call->entry->added_at = call->now;
  return jumin_ledger_file_purge (file, before, error)
         && jumin_ledger_file_add (file, call->entry, error);
}

static gboolean
close_entry (JuminLedgerFile *file, Call *call, GError **error)
{
  return jumin_ledger_file_close (file, call->entry, error);
}

static gboolean
set_reported (JuminLedgerFile *file, Call *call, GError **error)
{
  return jumin_ledger_file_set_reported (file, call->entry, error);
}

static gboolean
lock (JuminLedgerFile *file, Call *call, GError **error)
{
  return jumin_ledger_file_lock (file, call->now, error);
}

static gboolean
note_unlocked (JuminLedgerFile *file, Call *call, GError **error)
{
  return jumin_ledger_file_note_unlocked (file, error);
}

static void
start (JuminPrintLedger *self, gboolean (*run) (JuminLedgerFile *, Call *, GError **),
       const JuminPrintEntry *entry, GAsyncReadyCallback callback, gpointer data)
{
  Call *call = g_new0 (Call, 1);

  call->ledger = self;
  call->task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (call->task, run);
  call->run = run;
  call->entry = entry != NULL ? jumin_print_entry_copy (entry) : NULL;
  call->now = jumin_clock_get_wall (self->clock);
  g_thread_pool_push (self->thread, call, NULL);
}

void
jumin_print_ledger_load_async (JuminPrintLedger *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, load, NULL, callback, data);
}

/* Returns: (transfer full) (nullable): what is to be done */
JuminPrintPending *
jumin_print_ledger_load_finish (JuminPrintLedger *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_print_ledger_add_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                              GAsyncReadyCallback callback, gpointer data)
{
  start (self, add, entry, callback, data);
}

void
jumin_print_ledger_close_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                                GAsyncReadyCallback callback, gpointer data)
{
  start (self, close_entry, entry, callback, data);
}

void
jumin_print_ledger_set_reported_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                                       GAsyncReadyCallback callback, gpointer data)
{
  start (self, set_reported, entry, callback, data);
}

void
jumin_print_ledger_lock_async (JuminPrintLedger *self, GAsyncReadyCallback callback, gpointer data)
{
  start (self, lock, NULL, callback, data);
}

void
jumin_print_ledger_note_unlocked_async (JuminPrintLedger *self, GAsyncReadyCallback callback,
                                        gpointer data)
{
  start (self, note_unlocked, NULL, callback, data);
}

gboolean
jumin_print_ledger_change_finish (JuminPrintLedger *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
jumin_print_ledger_finalize (GObject *object)
{
  JuminPrintLedger *self = JUMIN_PRINT_LEDGER (object);

  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_clear_pointer (&self->file, jumin_ledger_file_free);
  g_clear_object (&self->clock);
  g_free (self->path);
  G_OBJECT_CLASS (jumin_print_ledger_parent_class)->finalize (object);
}

static void
jumin_print_ledger_class_init (JuminPrintLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_print_ledger_finalize;
}

static void
jumin_print_ledger_init (JuminPrintLedger *self)
{
  self->thread = g_thread_pool_new (run_call, NULL, 1, TRUE, NULL);
}

/**
 * jumin_print_ledger_new:
 * @path: of the file; opened by the first call
 * @keep_days: how long entries are kept that are done with
 *
 * Returns: (transfer full): the ledger
 */
JuminPrintLedger *
jumin_print_ledger_new (const char *path, guint keep_days, JuminClock *clock)
{
  JuminPrintLedger *self = g_object_new (JUMIN_TYPE_PRINT_LEDGER, NULL);

  self->path = g_strdup (path);
  self->keep_days = keep_days;
  self->clock = g_object_ref (clock);
  return self;
}

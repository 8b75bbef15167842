/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print ledger: hands every call to the one thread that has the file. */
#include "printing/print-ledger.h"

#include "disk/disk-thread.h"
#include "printing/ledger-file.h"

#define DAY_S G_GINT64_CONSTANT (86400)

struct _JuminPrintLedger
{
  GObject parent_instance;
  JuminClock *clock;
  char *path;
  guint keep_days;
  JuminDiskThread *thread;
};

G_DEFINE_FINAL_TYPE (JuminPrintLedger, jumin_print_ledger, G_TYPE_OBJECT)

/**
 * Request:
 * @entry: (nullable)
 * @before: what is older and done with may go
 */
typedef struct
{
  JuminPrintEntry *entry;
  gint64 now, before;
} Request;

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
request_free (Request *request)
{
  g_clear_pointer (&request->entry, jumin_print_entry_free);
  g_free (request);
}

static gpointer
open_file (gpointer owner, GError **error)
{
  return jumin_ledger_file_open (JUMIN_PRINT_LEDGER (owner)->path, error);
}

static gboolean
load (gpointer file, gpointer data, gpointer *result, GError **error)
{
  *result = jumin_ledger_file_load (file, error);
  return *result != NULL;
}

static gboolean
add (gpointer file, gpointer data, gpointer *result, GError **error)
{
  Request *request = data;

  request->entry->added_at = request->now;
  return jumin_ledger_file_purge (file, request->before, error)
         && jumin_ledger_file_add (file, request->entry, error);
}

static gboolean
close_entry (gpointer file, gpointer data, gpointer *result, GError **error)
{
  return jumin_ledger_file_close (file, ((Request *)data)->entry, error);
}

static gboolean
set_reported (gpointer file, gpointer data, gpointer *result, GError **error)
{
  return jumin_ledger_file_set_reported (file, ((Request *)data)->entry, error);
}

static gboolean
lock (gpointer file, gpointer data, gpointer *result, GError **error)
{
  return jumin_ledger_file_lock (file, ((Request *)data)->now, error);
}

static gboolean
note_unlocked (gpointer file, gpointer data, gpointer *result, GError **error)
{
  return jumin_ledger_file_note_unlocked (file, error);
}

static void
start (JuminPrintLedger *self, JuminDiskCall call, const JuminPrintEntry *entry,
       GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Request *request = g_new0 (Request, 1);

  request->entry = entry != NULL ? jumin_print_entry_copy (entry) : NULL;
  request->now = jumin_clock_get_wall (self->clock);
  request->before = request->now - self->keep_days * DAY_S;
  g_task_set_source_tag (task, call);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  jumin_disk_thread_start (self->thread, task, call, (GDestroyNotify)jumin_print_pending_free);
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

  jumin_disk_thread_free (self->thread);
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
  self->thread
      = jumin_disk_thread_new (self, open_file, (GDestroyNotify)jumin_ledger_file_free, NULL);
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

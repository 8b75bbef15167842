/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal in memory, whose disk fails when a test says so. It takes the place of the real one. */
#include "frail-journal.h"

#include <string.h>

struct _JuminJournal
{
  GObject parent_instance;
  GPtrArray *rows;
  FrailDisk disk;
};

G_DEFINE_FINAL_TYPE (JuminJournal, jumin_journal, G_TYPE_OBJECT)

FrailDisk *
frail_journal_get_disk (JuminJournal *self)
{
  return &self->disk;
}

static void
keep (JuminJournal *self, const JuminPayment *payment)
{
  JuminPayment *row = jumin_payment_copy (payment);

  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (((JuminPayment *)self->rows->pdata[i])->id, payment->id) == 0)
      {
        /* I7 */
        g_assert_cmpint (((JuminPayment *)self->rows->pdata[i])->state, <=, payment->state);
        g_ptr_array_remove_index (self->rows, i);
        break;
      }
  row->durable = row->state;
  g_ptr_array_add (self->rows, row);
}

void
jumin_journal_put_async (JuminJournal *self, const JuminPayment *payment, gint64 now,
                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  FrailDisk *disk = &self->disk;
  guint put = ++disk->puts;
  gboolean fails = put >= disk->fails_at && put < disk->fails_at + disk->fails;

  if (!fails || disk->keeps)
    keep (self, payment);
  if (fails)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL, "The disk failed");
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
jumin_journal_put_finish (JuminJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
read_rows (JuminJournal *self, gboolean open, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free);

  for (guint i = 0; i < self->rows->len; i++)
    if (!open || !jumin_payment_state_is_final (((JuminPayment *)self->rows->pdata[i])->state))
      g_ptr_array_add (rows, jumin_payment_copy (self->rows->pdata[i]));
  if (self->disk.unreadable)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL, "The disk failed");
  else
    g_task_return_pointer (task, g_steal_pointer (&rows), (GDestroyNotify)g_ptr_array_unref);
}

void
jumin_journal_load_async (JuminJournal *self, GAsyncReadyCallback callback, gpointer data)
{
  read_rows (self, TRUE, callback, data);
}

void
jumin_journal_list_async (JuminJournal *self, gint64 from, gint64 to, guint most,
                          GAsyncReadyCallback callback, gpointer data)
{
  read_rows (self, FALSE, callback, data);
}

GPtrArray *
jumin_journal_read_finish (JuminJournal *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
jumin_journal_finalize (GObject *object)
{
  g_ptr_array_unref (JUMIN_JOURNAL (object)->rows);
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
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free);
}

JuminJournal *
jumin_journal_new (const char *path, guint keep_days)
{
  return g_object_new (JUMIN_TYPE_JOURNAL, NULL);
}

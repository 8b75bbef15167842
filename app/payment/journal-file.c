/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal's file. What it may hold and what may be done to it is
 * payment/journal-schema.c's; here is when it is on the disk.
 *
 * Opening it writes the whole log into the file and syncs that, before anything is read: what was
 * read from a log that an older process wrote and never synced would be told to people, and be gone
 * after the next power cut. A sync that failed is not tried again on the same bytes, for Linux
 * calls them clean then: the file is closed, and opening it writes them anew. */
#include "payment/journal-file.h"

#include "payment/journal-ballast.h"
#include "payment/journal-row.h"
#include "payment/journal-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

enum
{
  PAGES_MAX = 1024 * 1024,
  PAGES_AT_ONCE = 1024, /* some 7,000 payments */
  FILE_MODE = 0600,
  PURGED_AT_ONCE = 1000 /* rows in one transaction */
};

struct _JuminJournalFile
{
  JuminSqliteFile *file;
  char *path;
  gboolean has_ballast; /* on the system's own disk alone */
  gboolean unsettled;   /* what is to be in the file itself is in its log */
};

static const JuminSqliteKind kind
    = { "Payment journal", JUMIN_FAILURE_JOURNAL, PAGES_MAX, PAGES_AT_ONCE };

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL, "Payment journal '%s'%s", path, what);
  return FALSE;
}

static gboolean
fail_at (const char *path, const char *what, GError **error)
{
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL, "%s payment journal '%s' failed: %s",
               what, path, g_strerror (errno));
  return FALSE;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int descriptor = g_open (path, flags | O_RDONLY | O_CLOEXEC, 0);
  gboolean good = descriptor >= 0 && fsync (descriptor) == 0;

  if (!good)
    fail_at (path, "Syncing", error);
  if (descriptor >= 0)
    close (descriptor);
  return good;
}

static gboolean
fill (const char *path, const char *vfs, GError **error)
{
  g_autoptr (JuminSqliteFile) file
      = jumin_sqlite_file_open (path, vfs, SQLITE_OPEN_CREATE, &kind, error);

  return file != NULL && jumin_journal_schema_create (file, error)
         && jumin_sqlite_file_settle (file, error);
}

/* Whole before it has its name. */
static gboolean
make (const char *path, const char *made, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int descriptor = g_open (made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);

  if (descriptor < 0 || close (descriptor) != 0)
    return fail_at (path, "Making", error);
  if (!fill (made, NULL, error) || !sync_path (made, 0, error)
      || !jumin_journal_ballast_create (path, error))
    return FALSE;
  if (link (made, path) == 0)
    return sync_path (folder, O_DIRECTORY, error);
  fail_at (path, "Making", error);
  jumin_journal_ballast_give_up (path);
  return FALSE;
}

gboolean
jumin_journal_file_create (const char *path, const char *vfs, GError **error)
{
  g_autofree char *made = g_strconcat (path, ".new", NULL);
  g_autofree char *log = g_strconcat (made, "-wal", NULL);
  gboolean good;

  if (vfs != NULL)
    return fill (path, vfs, error);
  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return fail (path, " is there already", error);
  g_unlink (made);
  g_unlink (log);
  good = make (path, made, error);
  g_unlink (made);
  g_unlink (log);
  return good;
}

/* The disk is full, and there is something to give up for it. */
static gboolean
make_room (JuminJournalFile *self)
{
  return self->has_ballast && jumin_journal_ballast_give_up (self->path);
}

static gboolean
settle (JuminJournalFile *self, gboolean (*way) (JuminSqliteFile *file, GError **error),
        GError **error)
{
  g_autoptr (GError) full = NULL;

  if (way (self->file, &full))
    return TRUE;
  if (jumin_sqlite_file_is_full (self->file) && make_room (self))
    return way (self->file, error);
  g_propagate_error (error, g_steal_pointer (&full));
  return FALSE;
}

/* Of a long journal what payments rest on is looked at when it is opened: whether all that are open
 * will be found. They are among the last ones. */
static gboolean
check_end (JuminSqliteFile *file, GError **error)
{
  gint64 missed;

  if (!jumin_sqlite_file_read_int (
          file,
          "SELECT (SELECT count (*) FROM (SELECT state FROM payments NOT INDEXED ORDER BY row DESC"
          " LIMIT 1000) WHERE state < 6) - (SELECT count (*) FROM payments INDEXED BY payments_open"
          " WHERE state < 6 AND row IN (SELECT row FROM payments NOT INDEXED ORDER BY row DESC"
          " LIMIT 1000))",
          &missed, error))
    return FALSE;
  return missed == 0 || jumin_sqlite_file_fail (file, error, " is damaged: its end is");
}

JuminJournalFile *
jumin_journal_file_open (const char *path, const char *vfs, GError **error)
{
  g_autoptr (JuminJournalFile) self = NULL;
  g_autoptr (JuminSqliteFile) file = NULL;

  if (vfs == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      fail (path, " is not there: juminctl payments create makes one", error);
      return NULL;
    }
  file = jumin_sqlite_file_open (path, vfs, 0, &kind, error);
  if (file == NULL || !jumin_journal_schema_check (file, error) || !check_end (file, error))
    return NULL;
  self = g_new0 (JuminJournalFile, 1);
  self->file = g_steal_pointer (&file);
  self->path = g_strdup (path);
  self->has_ballast = vfs == NULL;
  if (!settle (self, jumin_sqlite_file_settle, error))
    return NULL;
  if (self->has_ballast)
    jumin_journal_ballast_renew (path);
  return g_steal_pointer (&self);
}

void
jumin_journal_file_free (JuminJournalFile *self)
{
  jumin_sqlite_file_free (self->file);
  g_free (self->path);
  g_free (self);
}

/* @bills: how many it has in the journal; 0: it is a new one */
static gboolean
count_bills (JuminJournalFile *self, const JuminPayment *payment, gint64 *bills, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (
      self->file, error, "SELECT items FROM payments WHERE id = ?1", "s", payment->id);
  gboolean more;

  if (statement == NULL || !jumin_sqlite_file_step (self->file, statement, &more, error))
    return FALSE;
  *bills = more ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

/* @full: (out): it failed for that */
static gboolean
write_rows (JuminJournalFile *self, const JuminPayment *payment, gboolean is_new, gboolean *full,
            GError **error)
{
  if (jumin_sqlite_file_run (self->file, "BEGIN IMMEDIATE", error)
      && (is_new ? jumin_journal_row_insert (self->file, payment, error)
                 : jumin_journal_row_update (self->file, payment, error))
      && jumin_sqlite_file_run (self->file, "COMMIT", error))
    return TRUE;
  *full = jumin_sqlite_file_is_full (self->file);
  jumin_sqlite_file_run (self->file, "ROLLBACK", NULL);
  return FALSE;
}

/* Nothing new is begun on a disk that is full: what has begun would have no room to end. */
static gboolean
put_new (JuminJournalFile *self, const JuminPayment *payment, GError **error)
{
  gboolean full;

  if (self->has_ballast && !jumin_journal_ballast_renew (self->path))
    return fail (self->path, ": the disk is full", error);
  return write_rows (self, payment, TRUE, &full, error);
}

static gboolean
put_next (JuminJournalFile *self, const JuminPayment *payment, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean full;

  if (write_rows (self, payment, FALSE, &full, &failure))
    return TRUE;
  if (full && make_room (self))
    return write_rows (self, payment, FALSE, &full, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What the platform hears of goes into the file itself, and so does what became of it: a log that a
 * damaged disk cut short must not make us forget a payment. On the disk it is with its own sync, in
 * the log; nobody waits for the rest, which is done while the platform is asked. */
static gboolean
is_settled (JuminPaymentState state)
{
  return state == JUMIN_PAYMENT_SUBMITTED || jumin_payment_state_is_final (state);
}

gboolean
jumin_journal_file_put (JuminJournalFile *self, const JuminPayment *payment, GError **error)
{
  gint64 bills;

  if (!count_bills (self, payment, &bills, error))
    return FALSE;
  if (bills != 0 && bills != payment->items->len)
    return fail (self->path, ": a payment has the bills that it began with", error);
  if (bills == 0 ? !put_new (self, payment, error) : !put_next (self, payment, error))
    return FALSE;
  self->unsettled = self->unsettled || is_settled (payment->state);
  return TRUE;
}

gboolean
jumin_journal_file_rest (JuminJournalFile *self, GError **error)
{
  if (!self->unsettled)
    return TRUE;
  self->unsettled = FALSE;
  return settle (self, jumin_sqlite_file_renew, error);
}

gboolean
jumin_journal_file_check (JuminJournalFile *self, int (*stop) (void *data), gpointer data,
                          GError **error)
{
  return jumin_sqlite_file_check (self->file, stop, data, error);
}

GPtrArray *
jumin_journal_file_load (JuminJournalFile *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (
      self->file, error,
      "SELECT " JUMIN_JOURNAL_COLUMNS " FROM payments INDEXED BY payments_open WHERE state < 6"
      " ORDER BY row",
      "");

  return statement != NULL ? jumin_journal_row_read_all (self->file, statement, error) : NULL;
}

GPtrArray *
jumin_journal_file_list (JuminJournalFile *self, gint64 from, gint64 to, guint most, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_sqlite_file_ask (self->file, error,
                               "SELECT " JUMIN_JOURNAL_COLUMNS " FROM payments"
                               " WHERE created_at >= ?1 AND created_at < ?2"
                               " ORDER BY created_at DESC, row DESC LIMIT ?3",
                               "iii", from, to, (gint64)most);

  return statement != NULL ? jumin_journal_row_read_all (self->file, statement, error) : NULL;
}

gboolean
jumin_journal_file_purge (JuminJournalFile *self, gint64 keep_s, GError **error)
{
  return jumin_sqlite_file_change (self->file, error,
                                   "DELETE FROM payments WHERE row IN (SELECT row FROM payments"
                                   " WHERE state >= 6"
                                   " AND (created_at < (SELECT max (created_at) FROM payments) - ?1"
                                   " OR row <= (SELECT max (row) FROM payments) - ?2) LIMIT ?3)",
                                   "iii", keep_s, (gint64)JUMIN_JOURNAL_ROWS_MAX,
                                   (gint64)PURGED_AT_ONCE);
}

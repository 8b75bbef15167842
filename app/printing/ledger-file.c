/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print ledger's file. A call has ended when it is on the disk: write-ahead log with
 * synchronous=EXTRA, which survives a power cut at any moment. What is forgotten is overwritten,
 * and the log that had it is cut off. */
#include "printing/ledger-file.h"

#include "disk/sqlite-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum
{
  PAGES_MAX = 8192,
  FILE_MODE = 0600
};

struct _JuminLedgerFile
{
  JuminSqliteFile *file;
};

static const JuminSqliteKind kind = { "Print ledger", JUMIN_FAILURE_LEDGER, PAGES_MAX };

#define COLUMNS                                                                                    \
  "token, request, number, sm3, copies, pages, added_at, closed, reported, outcome, copies_out,"   \
  " pages_out"

static const char schema[]
    = "BEGIN IMMEDIATE;"
      "CREATE TABLE IF NOT EXISTS jobs ("
      "  id INTEGER PRIMARY KEY AUTOINCREMENT, token TEXT NOT NULL UNIQUE, request TEXT NOT NULL,"
      "  number TEXT NOT NULL, sm3 TEXT NOT NULL, copies INTEGER NOT NULL, pages INTEGER NOT NULL,"
      "  added_at INTEGER NOT NULL, closed INTEGER NOT NULL DEFAULT 0,"
      "  reported INTEGER NOT NULL DEFAULT 0, outcome INTEGER NOT NULL DEFAULT 0,"
      "  copies_out INTEGER NOT NULL DEFAULT 0, pages_out INTEGER NOT NULL DEFAULT 0) STRICT;"
      "CREATE TABLE IF NOT EXISTS desk ("
      "  id INTEGER PRIMARY KEY CHECK (id = 1), locked_at INTEGER NOT NULL,"
      "  unlocked_at INTEGER NOT NULL) STRICT;"
      "INSERT OR IGNORE INTO desk VALUES (1, 0, 0);"
      "COMMIT;";

/* Nobody but us reads it. */
static gboolean
make_file (const char *path, GError **error)
{
  int descriptor;

  if (strcmp (path, ":memory:") == 0)
    return TRUE;
  descriptor = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  if (descriptor >= 0)
    return close (descriptor) == 0;
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER, "Print ledger '%s': %s", path,
               g_strerror (errno));
  return FALSE;
}

/**
 * jumin_ledger_file_open:
 * @path: where it is, or will be; ":memory:" for one that ends with this process
 *
 * Errors: JUMIN_FAILURE_LEDGER, also when another process has it open.
 *
 * Returns: (transfer full) (nullable): the file, checked
 */
JuminLedgerFile *
jumin_ledger_file_open (const char *path, GError **error)
{
  g_autoptr (JuminSqliteFile) file
      = make_file (path, error) ? jumin_sqlite_file_open (path, NULL, 0, &kind, error) : NULL;
  JuminLedgerFile *self;

  if (file == NULL || !jumin_sqlite_file_run (file, schema, error))
    return NULL;
  self = g_new0 (JuminLedgerFile, 1);
  self->file = g_steal_pointer (&file);
  return self;
}

void
jumin_ledger_file_free (JuminLedgerFile *self)
{
  jumin_sqlite_file_free (self->file);
  g_free (self);
}

static gboolean
has_room (JuminLedgerFile *self, GError **error)
{
  gint64 count;

  if (!jumin_sqlite_file_read_int (
          self->file, "SELECT count (*) FROM jobs WHERE closed = 0 OR reported = 0", &count, error))
    return FALSE;
  return count < JUMIN_PRINT_UNREPORTED_MAX
         || jumin_sqlite_file_fail (self->file, error, ": of %d papers the platform has not heard",
                                    JUMIN_PRINT_UNREPORTED_MAX);
}

/* A job that is about to be sent. */
gboolean
jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return has_room (self, error)
         && jumin_sqlite_file_change (
             self->file, error,
             "INSERT INTO jobs (token, request, number, sm3, copies, pages, added_at)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
             "ssssiii", entry->token, entry->request, entry->number, entry->sm3,
             (gint64)entry->copies, (gint64)entry->pages, entry->added_at);
}

/**
 * jumin_ledger_file_purge:
 * @before: what is older, Unix seconds, closed and reported, goes; and what is too much
 */
gboolean
jumin_ledger_file_purge (JuminLedgerFile *self, gint64 before, GError **error)
{
  return jumin_sqlite_file_change (self->file, error,
                                   "DELETE FROM jobs WHERE closed = 1 AND reported = 1"
                                   " AND (added_at < ?1 OR id <= (SELECT max (id) FROM jobs) - ?2)",
                                   "ii", before, (gint64)JUMIN_PRINT_ROWS_MAX);
}

/* Number and request are written again: they were forgotten when it was reported before. */
gboolean
jumin_ledger_file_close (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return jumin_sqlite_file_change (
      self->file, error,
      "UPDATE jobs SET closed = 1, outcome = ?2, copies_out = ?3, pages_out = ?4,"
      " request = ?5, number = ?6, reported = ?7 WHERE token = ?1",
      "siiissi", entry->token, (gint64)entry->outcome, (gint64)entry->copies_out,
      (gint64)entry->pages_out, entry->request, entry->number, (gint64)(*entry->number == '\0'));
}

/* What became another outcome meanwhile is still to be reported. */
gboolean
jumin_ledger_file_set_reported (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return jumin_sqlite_file_change (self->file, error,
                                   "UPDATE jobs SET reported = 1, request = '', number = ''"
                                   " WHERE token = ?1 AND closed = 1 AND outcome = ?2",
                                   "si", entry->token, (gint64)entry->outcome)
         && jumin_sqlite_file_settle (self->file, error);
}

gboolean
jumin_ledger_file_lock (JuminLedgerFile *self, gint64 now, GError **error)
{
  return jumin_sqlite_file_change (
      self->file, error, "UPDATE desk SET locked_at = ?1, unlocked_at = 0 WHERE locked_at = 0", "i",
      now);
}

gboolean
jumin_ledger_file_unlock (JuminLedgerFile *self, gint64 now, GError **error)
{
  return jumin_sqlite_file_change (
      self->file, error, "UPDATE desk SET locked_at = 0, unlocked_at = ?1 WHERE locked_at <> 0",
      "i", now);
}

gboolean
jumin_ledger_file_note_unlocked (JuminLedgerFile *self, GError **error)
{
  return jumin_sqlite_file_change (self->file, error, "UPDATE desk SET unlocked_at = 0", "");
}

static JuminPrintEntry *
read_entry (sqlite3_stmt *statement)
{
  JuminPrintEntry *entry = g_new0 (JuminPrintEntry, 1);

  entry->token = jumin_sqlite_file_dup_column (statement, 0);
  entry->request = jumin_sqlite_file_dup_column (statement, 1);
  entry->number = jumin_sqlite_file_dup_column (statement, 2);
  entry->sm3 = jumin_sqlite_file_dup_column (statement, 3);
  entry->copies = sqlite3_column_int (statement, 4);
  entry->pages = sqlite3_column_int (statement, 5);
  entry->added_at = sqlite3_column_int64 (statement, 6);
  entry->closed = sqlite3_column_int (statement, 7) != 0;
  entry->reported = sqlite3_column_int (statement, 8) != 0;
  entry->outcome = (JuminOutcome)CLAMP (sqlite3_column_int (statement, 9), JUMIN_OUTCOME_PRINTED,
                                        JUMIN_OUTCOME_UNKNOWN);
  entry->copies_out = sqlite3_column_int (statement, 10);
  entry->pages_out = sqlite3_column_int (statement, 11);
  return entry;
}

static gboolean
read_desk (JuminLedgerFile *self, JuminPrintPending *pending, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_sqlite_file_ask (self->file, error, "SELECT locked_at, unlocked_at FROM desk", "");
  gboolean more;

  if (statement == NULL || !jumin_sqlite_file_step (self->file, statement, &more, error))
    return FALSE;
  pending->locked_at = sqlite3_column_int64 (statement, 0);
  pending->unlocked_at = sqlite3_column_int64 (statement, 1);
  return more || jumin_sqlite_file_fail (self->file, error, " does not say whether papers go out");
}

static gboolean
read_entries (JuminLedgerFile *self, GPtrArray *entries, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (
      self->file, error,
      "SELECT " COLUMNS " FROM jobs WHERE closed = 0 OR reported = 0 ORDER BY id", "");
  gboolean more = statement != NULL;

  while (more)
    {
      if (!jumin_sqlite_file_step (self->file, statement, &more, error))
        return FALSE;
      if (more)
        g_ptr_array_add (entries, read_entry (statement));
    }
  return statement != NULL;
}

/* Returns: (transfer full) (nullable): what is to be done */
JuminPrintPending *
jumin_ledger_file_load (JuminLedgerFile *self, GError **error)
{
  g_autoptr (JuminPrintPending) pending = g_new0 (JuminPrintPending, 1);

  pending->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_print_entry_free);
  if (!read_desk (self, pending, error) || !read_entries (self, pending->entries, error))
    return NULL;
  return g_steal_pointer (&pending);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print ledger's file. A call has ended when it is on the disk: write-ahead log with
 * synchronous=EXTRA, which survives a power cut at any moment. What is forgotten is overwritten,
 * and the log that had it is cut off. */
#include "printing/ledger-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

enum
{
  PAGES_MAX = 8192, /* of 4 KiB each */
  FILE_MODE = 0600,
  PARAMETERS_MAX = 8
};

struct _JuminLedgerFile
{
  char *path;
  sqlite3 *database;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

#define COLUMNS                                                                                    \
  "token, request, number, sm3, copies, pages, added_at, closed, reported, outcome, copies_out,"   \
  " pages_out"

/* The lock comes before the log: no other process ever has the file open. */
static const char settings[] = "PRAGMA locking_mode = EXCLUSIVE;"
                               "PRAGMA synchronous = EXTRA;"
                               "PRAGMA journal_mode = WAL;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA max_page_count = " G_STRINGIFY (8192) ";";

G_STATIC_ASSERT (PAGES_MAX == 8192);

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

static gboolean
fail (JuminLedgerFile *self, GError **error)
{
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER, "Print ledger '%s': %s", self->path,
               sqlite3_errmsg (self->database));
  return FALSE;
}

static gboolean
run (JuminLedgerFile *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->database, sql, NULL, NULL, NULL) == SQLITE_OK || fail (self, error);
}

static void
bind (sqlite3_stmt *statement, const char *format, va_list arguments)
{
  g_assert (strlen (format) <= PARAMETERS_MAX);
  for (int i = 0; format[i] != '\0'; i++)
    {
      if (format[i] == 'i')
        sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      else
        sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1,
                           SQLITE_TRANSIENT);
    }
}

/* One change. @format: of each parameter, "i" a gint64, "s" a string */
static gboolean
change (JuminLedgerFile *self, GError **error, const char *sql, const char *format, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;

  if (sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL) != SQLITE_OK)
    return fail (self, error);
  va_start (arguments, format);
  bind (statement, format, arguments);
  va_end (arguments);
  return sqlite3_step (statement) == SQLITE_DONE || fail (self, error);
}

/* Returns: (nullable): a statement at its first row */
static sqlite3_stmt *
ask (JuminLedgerFile *self, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    return g_steal_pointer (&statement);
  fail (self, error);
  return NULL;
}

static gboolean
check (JuminLedgerFile *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ask (self, "PRAGMA integrity_check (1)", error);

  if (statement == NULL)
    return FALSE;
  if (g_strcmp0 ((const char *)sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER, "Print ledger '%s' is damaged",
               self->path);
  return FALSE;
}

/* Nobody but us reads it. */
static gboolean
make_file (JuminLedgerFile *self, GError **error)
{
  int descriptor;

  if (strcmp (self->path, ":memory:") == 0)
    return TRUE;
  descriptor = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
  if (descriptor >= 0)
    return close (descriptor) == 0;
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER, "Print ledger '%s': %s", self->path,
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
  g_autoptr (JuminLedgerFile) self = g_new0 (JuminLedgerFile, 1);

  self->path = g_strdup (path);
  if (!make_file (self, error))
    return NULL;
  if (sqlite3_open_v2 (path, &self->database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  sqlite3_db_config (self->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!run (self, settings, error) || !check (self, error) || !run (self, schema, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
jumin_ledger_file_free (JuminLedgerFile *self)
{
  sqlite3_close (self->database);
  g_free (self->path);
  g_free (self);
}

static gboolean
has_room (JuminLedgerFile *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ask (self, "SELECT count (*) FROM jobs WHERE closed = 0 OR reported = 0", error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_column_int (statement, 0) < JUMIN_PRINT_UNREPORTED_MAX)
    return TRUE;
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER,
               "Print ledger '%s': of %d papers the platform has not heard", self->path,
               JUMIN_PRINT_UNREPORTED_MAX);
  return FALSE;
}

/* A job that is about to be sent. */
gboolean
jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return has_room (self, error)
         && change (self, error,
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
  return change (self, error,
                 "DELETE FROM jobs WHERE closed = 1 AND reported = 1"
                 " AND (added_at < ?1 OR id <= (SELECT max (id) FROM jobs) - ?2)",
                 "ii", before, (gint64)JUMIN_PRINT_ROWS_MAX);
}

/* Number and request are written again: they were forgotten when it was reported before. */
gboolean
jumin_ledger_file_close (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return change (self, error,
                 "UPDATE jobs SET closed = 1, outcome = ?2, copies_out = ?3, pages_out = ?4,"
                 " request = ?5, number = ?6, reported = ?7 WHERE token = ?1",
                 "siiissi", entry->token, (gint64)entry->outcome, (gint64)entry->copies_out,
                 (gint64)entry->pages_out, entry->request, entry->number,
                 (gint64)(*entry->number == '\0'));
}

/* What became another outcome meanwhile is still to be reported. */
gboolean
jumin_ledger_file_set_reported (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  return change (self, error,
                 "UPDATE jobs SET reported = 1, request = '', number = ''"
                 " WHERE token = ?1 AND closed = 1 AND outcome = ?2",
                 "si", entry->token, (gint64)entry->outcome)
         && run (self, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

gboolean
jumin_ledger_file_lock (JuminLedgerFile *self, gint64 now, GError **error)
{
  return change (self, error, "UPDATE desk SET locked_at = ?1, unlocked_at = 0 WHERE locked_at = 0",
                 "i", now);
}

gboolean
jumin_ledger_file_unlock (JuminLedgerFile *self, gint64 now, GError **error)
{
  return change (self, error,
                 "UPDATE desk SET locked_at = 0, unlocked_at = ?1 WHERE locked_at <> 0", "i", now);
}

gboolean
jumin_ledger_file_note_unlocked (JuminLedgerFile *self, GError **error)
{
  return change (self, error, "UPDATE desk SET unlocked_at = 0", "");
}

static char *
dup_column (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return g_strdup (text != NULL ? text : "");
}

static JuminPrintEntry *
read_entry (sqlite3_stmt *statement)
{
  JuminPrintEntry *entry = g_new0 (JuminPrintEntry, 1);

  entry->token = dup_column (statement, 0);
  entry->request = dup_column (statement, 1);
  entry->number = dup_column (statement, 2);
  entry->sm3 = dup_column (statement, 3);
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
read_entries (JuminLedgerFile *self, GPtrArray *entries, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int step;

  if (sqlite3_prepare_v2 (self->database,
                          "SELECT " COLUMNS " FROM jobs WHERE closed = 0 OR reported = 0"
                          " ORDER BY id",
                          -1, &statement, NULL)
      != SQLITE_OK)
    return fail (self, error);
  while ((step = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (entries, read_entry (statement));
  return step == SQLITE_DONE || fail (self, error);
}

/* Returns: (transfer full) (nullable): what is to be done */
JuminPrintPending *
jumin_ledger_file_load (JuminLedgerFile *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ask (self, "SELECT locked_at, unlocked_at FROM desk", error);
  g_autoptr (JuminPrintPending) pending = NULL;

  if (statement == NULL)
    return NULL;
  pending = g_new0 (JuminPrintPending, 1);
  pending->locked_at = sqlite3_column_int64 (statement, 0);
  pending->unlocked_at = sqlite3_column_int64 (statement, 1);
  pending->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_print_entry_free);
  return read_entries (self, pending->entries, error) ? g_steal_pointer (&pending) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite files in the settings that survived every power cut that was tried: a call has ended when
 * it is on the disk. A setting that does not take is not noticed by what is written, but by what is
 * missing after the cut: each is read back. */
#include "disk/sqlite-file.h"

#include "disk/sqlite-log.h"

#include <string.h>

enum
{
  PARAMETERS_MAX = 24,
  BLOCK = 4096,
  STEPS = 1000 /* of SQLite's machine, from one question whether to stop to the next */
};

/**
 * JuminSqliteFile:
 * @changes: text to statement: to read a change with its triggers takes longer than to do it
 */
struct _JuminSqliteFile
{
  char *path;
  const JuminSqliteKind *kind;
  sqlite3 *database;
  gboolean unchecked;
  GHashTable *changes;
};

/**
 * Setting:
 * @name, @value: as they are set
 * @reads: what it reads afterwards
 */
typedef struct
{
  const char *name, *value, *reads;
} Setting;

/* The lock comes before the log: no other process ever has the file open, and no shared memory is
 * needed beside it. */
static const Setting settings[] = {
  { "locking_mode", "EXCLUSIVE", "exclusive" },
  { "synchronous", "EXTRA", "3" },
  { "journal_mode", "WAL", "wal" },
  { "foreign_keys", "ON", "1" },
  { "trusted_schema", "OFF", "0" },
  { "secure_delete", "ON", "1" },
  { "temp_store", "MEMORY", "2" },
  { "wal_autocheckpoint", "256", "256" },
  { "journal_size_limit", "1048576", "1048576" },
  { "cache_size", "-128", "-128" }, /* KiB: what is kept does not grow with the file */
};

gboolean
jumin_sqlite_file_fail (JuminSqliteFile *self, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, JUMIN_FAILURE, self->kind->failure, "%s '%s'%s", self->kind->what, self->path,
               message);
  return FALSE;
}

static gboolean
fail (JuminSqliteFile *self, GError **error)
{
  return jumin_sqlite_file_fail (self, error, ": %s", sqlite3_errmsg (self->database));
}

gboolean
jumin_sqlite_file_is_full (JuminSqliteFile *self)
{
  return (sqlite3_errcode (self->database) & 0xff) == SQLITE_FULL;
}

gboolean
jumin_sqlite_file_run (JuminSqliteFile *self, const char *sql, GError **error)
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

static sqlite3_stmt *
prepare (JuminSqliteFile *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->database, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (self, error);
  return statement;
}

/* Returns: (transfer none) (nullable) */
static sqlite3_stmt *
find_change (JuminSqliteFile *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->changes, sql);

  if (statement != NULL)
    return statement;
  statement = prepare (self, sql, error);
  if (statement != NULL)
    g_hash_table_insert (self->changes, g_strdup (sql), statement);
  return statement;
}

gboolean
jumin_sqlite_file_change (JuminSqliteFile *self, GError **error, const char *sql,
                          const char *format, ...)
{
  sqlite3_stmt *statement = find_change (self, sql, error);
  va_list arguments;
  gboolean done;

  if (statement == NULL)
    return FALSE;
  va_start (arguments, format);
  bind (statement, format, arguments);
  va_end (arguments);
  done = sqlite3_step (statement) == SQLITE_DONE || fail (self, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return done;
}

sqlite3_stmt *
jumin_sqlite_file_ask (JuminSqliteFile *self, GError **error, const char *sql, const char *format,
                       ...)
{
  sqlite3_stmt *statement = prepare (self, sql, error);
  va_list arguments;

  if (statement == NULL)
    return NULL;
  va_start (arguments, format);
  bind (statement, format, arguments);
  va_end (arguments);
  return statement;
}

gboolean
jumin_sqlite_file_step (JuminSqliteFile *self, sqlite3_stmt *statement, gboolean *more,
                        GError **error)
{
  int step = sqlite3_step (statement);

  *more = step == SQLITE_ROW;
  return *more || step == SQLITE_DONE || fail (self, error);
}

char *
jumin_sqlite_file_dup_column (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return g_strdup (text != NULL ? text : "");
}

/* Returns: (transfer full) (nullable): what the first row of @sql says */
static char *
read_text (JuminSqliteFile *self, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (self, error, sql, "");
  gboolean more;

  if (statement == NULL || !jumin_sqlite_file_step (self, statement, &more, error))
    return NULL;
  return more ? jumin_sqlite_file_dup_column (statement, 0) : g_strdup ("");
}

gboolean
jumin_sqlite_file_read_int (JuminSqliteFile *self, const char *sql, gint64 *value, GError **error)
{
  g_autofree char *text = read_text (self, sql, error);

  if (text == NULL)
    return FALSE;
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL)
         || jumin_sqlite_file_fail (self, error, ": '%s' is no number", text);
}

static gboolean
set (JuminSqliteFile *self, const Setting *setting, GError **error)
{
  g_autofree char *change = g_strdup_printf ("PRAGMA %s = %s", setting->name, setting->value);
  g_autofree char *question = g_strdup_printf ("PRAGMA %s", setting->name);
  g_autofree char *reads = NULL;

  if (!jumin_sqlite_file_run (self, change, error))
    return FALSE;
  reads = read_text (self, question, error);
  if (reads == NULL || strcmp (reads, setting->reads) == 0)
    return reads != NULL;
  return jumin_sqlite_file_fail (self, error, ": %s is '%s', not '%s'", setting->name, reads,
                                 setting->reads);
}

/* What ends with this process has nothing to lose. */
static gboolean
is_in_memory (JuminSqliteFile *self)
{
  return strcmp (self->path, ":memory:") == 0;
}

static gboolean
set_all (JuminSqliteFile *self, GError **error)
{
  g_autofree char *pages = g_strdup_printf ("%u", self->kind->pages_max);
  const Setting bound = { "max_page_count", pages, pages };
  int defensive = 0;

  if (sqlite3_db_config (self->database, SQLITE_DBCONFIG_DEFENSIVE, 1, &defensive) != SQLITE_OK
      || defensive != 1)
    return jumin_sqlite_file_fail (self, error, " cannot be protected from itself");
  if (is_in_memory (self))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (!set (self, &settings[i], error))
      return FALSE;
  return set (self, &bound, error);
}

static sqlite3_file *
get_log (JuminSqliteFile *self)
{
  sqlite3_file *log = NULL;

  sqlite3_file_control (self->database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  return log != NULL && log->pMethods != NULL ? log : NULL;
}

/* SQLite does not sync that the log is empty, which is right for a log of which all is on the disk.
 * One whose last sync failed may have lost its end there, and after a power cut its beginning would
 * be put into the file once more: what came later would be undone. */
gboolean
jumin_sqlite_file_settle (JuminSqliteFile *self, GError **error)
{
  sqlite3_file *log;

  if (!jumin_sqlite_file_run (self, "PRAGMA wal_checkpoint (TRUNCATE)", error))
    return FALSE;
  log = get_log (self);
  return log == NULL || log->pMethods->xSync (log, SQLITE_SYNC_NORMAL) == SQLITE_OK
         || jumin_sqlite_file_fail (self, error, ": its log cannot be emptied");
}

/* The first change of a log waits for its head, too: here that is one which changes nothing. */
gboolean
jumin_sqlite_file_renew (JuminSqliteFile *self, GError **error)
{
  g_autofree char *same = NULL;
  gint64 version;

  if (!jumin_sqlite_file_run (self, "PRAGMA wal_checkpoint (RESTART)", error)
      || !jumin_sqlite_file_read_int (self, "PRAGMA user_version", &version, error))
    return FALSE;
  same = g_strdup_printf ("PRAGMA user_version = %d", (int)version);
  return jumin_sqlite_file_run (self, same, error);
}

/* What a process before this one wrote and could not sync can still be read, and Linux calls it
 * clean: a power cut takes it away. If it were in the file by then, the log would put its beginning
 * over what came later. Written once more, and synced, it stays. */
static gboolean
keep_log (JuminSqliteFile *self, GError **error)
{
  sqlite3_file *log = get_log (self);
  const sqlite3_io_methods *disk = log != NULL ? log->pMethods : NULL;
  guint8 block[BLOCK];
  sqlite3_int64 size = 0;
  gboolean good = disk == NULL || disk->xFileSize (log, &size) == SQLITE_OK;

  for (sqlite3_int64 at = 0; good && at < size; at += BLOCK)
    {
      int length = (int)MIN (BLOCK, size - at);

      good = disk->xRead (log, block, length, at) == SQLITE_OK
             && disk->xWrite (log, block, length, at) == SQLITE_OK;
    }
  good = good && (size == 0 || disk->xSync (log, SQLITE_SYNC_NORMAL) == SQLITE_OK);
  return good || jumin_sqlite_file_fail (self, error, ": its log cannot be kept");
}

static gboolean
check_pages (JuminSqliteFile *self, GError **error)
{
  g_autofree char *verdict = read_text (self, "PRAGMA integrity_check (1)", error);

  if (verdict == NULL)
    return FALSE;
  return strcmp (verdict, "ok") == 0 || jumin_sqlite_file_fail (self, error, " is damaged");
}

static gboolean
check (JuminSqliteFile *self, GError **error)
{
  gint64 pages;

  if (!jumin_sqlite_file_read_int (self, "PRAGMA page_count", &pages, error))
    return FALSE;
  self->unchecked = self->kind->pages_at_once != 0 && pages > self->kind->pages_at_once;
  if (!self->unchecked && !check_pages (self, error))
    return FALSE;
  return is_in_memory (self) || jumin_sqlite_log_is_whole (get_log (self))
         || jumin_sqlite_file_fail (self, error, " is damaged: its log is");
}

/* When it is closed again because it is damaged, all is left as it was found: people may look. */
static void
set_log_stays (JuminSqliteFile *self, gboolean stays)
{
  sqlite3_db_config (self->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, stays, NULL);
}

gboolean
jumin_sqlite_file_check (JuminSqliteFile *self, int (*stop) (void *data), gpointer data,
                         GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!self->unchecked)
    return TRUE;
  sqlite3_progress_handler (self->database, STEPS, stop, data);
  self->unchecked = !check_pages (self, &problem);
  sqlite3_progress_handler (self->database, 0, NULL, NULL);
  if (!self->unchecked || sqlite3_errcode (self->database) == SQLITE_INTERRUPT)
    return TRUE;
  set_log_stays (self, TRUE);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * jumin_sqlite_file_open:
 * @vfs: (nullable): of SQLite; %NULL: the system's
 * @flags: 0; or SQLITE_OPEN_CREATE: it is made when there is none
 *
 * Errors: also when another process has it open, or nothing can be written to it.
 *
 * Returns: (transfer full) (nullable): the file, checked
 */
JuminSqliteFile *
jumin_sqlite_file_open (const char *path, const char *vfs, int flags, const JuminSqliteKind *kind,
                        GError **error)
{
  g_autoptr (JuminSqliteFile) self = g_new0 (JuminSqliteFile, 1);

  self->path = g_strdup (path);
  self->kind = kind;
  self->changes
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->database, SQLITE_OPEN_READWRITE | flags, vfs) != SQLITE_OK)
    {
      fail (self, error);
      return NULL;
    }
  if (sqlite3_db_readonly (self->database, "main") != 0)
    {
      jumin_sqlite_file_fail (self, error, " can only be read");
      return NULL;
    }
  set_log_stays (self, TRUE);
  if (!set_all (self, error) || !check (self, error) || !keep_log (self, error))
    return NULL;
  set_log_stays (self, FALSE);
  return g_steal_pointer (&self);
}

void
jumin_sqlite_file_free (JuminSqliteFile *self)
{
  g_hash_table_unref (self->changes);
  sqlite3_close (self->database);
  g_free (self->path);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "model/error.h"

G_BEGIN_DECLS

/**
 * JuminSqliteKind:
 * @what: how messages name it: "Print ledger"
 * @failure: of its errors
 * @pages_max: of 4 KiB each; with more it is full
 * @pages_at_once: with more it is not checked when it is opened, but by jumin_sqlite_file_check();
 *   0: always
 *
 * What parts one kind of file from another.
 */
typedef struct
{
  const char *what;
  JuminFailure failure;
  guint pages_max, pages_at_once;
} JuminSqliteKind;

/**
 * JuminSqliteFile:
 *
 * A SQLite file that is open for this process alone, with the settings that survive a power cut at
 * any moment: EXCLUSIVE, synchronous EXTRA, then the write-ahead log. Each of them was read back,
 * and the file was checked, unless it is too long for that. All calls wait for the disk. Errors:
 * %JUMIN_FAILURE with the kind's code; the file is to be closed then.
 */
typedef struct _JuminSqliteFile JuminSqliteFile;

JuminSqliteFile *jumin_sqlite_file_open (const char *path, const char *vfs, int flags,
                                         const JuminSqliteKind *kind, GError **error);
void jumin_sqlite_file_free (JuminSqliteFile *self);

/* Statements without parameters. */
gboolean jumin_sqlite_file_run (JuminSqliteFile *self, const char *sql, GError **error);
/* One change. @format: of each parameter, "i" a gint64, "s" a string */
gboolean jumin_sqlite_file_change (JuminSqliteFile *self, GError **error, const char *sql,
                                   const char *format, ...);
/* Returns: (transfer full) (nullable): before its first row */
sqlite3_stmt *jumin_sqlite_file_ask (JuminSqliteFile *self, GError **error, const char *sql,
                                     const char *format, ...);
/* @more: (out): whether it is at a row now */
gboolean jumin_sqlite_file_step (JuminSqliteFile *self, sqlite3_stmt *statement, gboolean *more,
                                 GError **error);
/* Of a statement with one row and one column. */
gboolean jumin_sqlite_file_read_int (JuminSqliteFile *self, const char *sql, gint64 *value,
                                     GError **error);
/* Checks what was too long to be checked when it was opened. @stop: asked now and then; when it is
 * not 0 the check ends with TRUE, and is begun anew by the next call. */
gboolean jumin_sqlite_file_check (JuminSqliteFile *self, int (*stop) (void *data), gpointer data,
                                  GError **error);
/* All of the log goes into the file, and nothing of it is left. */
gboolean jumin_sqlite_file_settle (JuminSqliteFile *self, GError **error);
/* All of the log goes into the file, and the log is begun anew in its place: the next change waits
 * for one sync alone. Every sync before succeeded. */
gboolean jumin_sqlite_file_renew (JuminSqliteFile *self, GError **error);
char *jumin_sqlite_file_dup_column (sqlite3_stmt *statement, int column);
/* What failed last failed because the disk takes no more. */
gboolean jumin_sqlite_file_is_full (JuminSqliteFile *self);
/* FALSE, with an error that names the file: "Print ledger '/…' is damaged". */
gboolean jumin_sqlite_file_fail (JuminSqliteFile *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSqliteFile, jumin_sqlite_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three quarters of a run are spent where nothing can break: each opening of a journal makes
 * another one in memory, to see whether its tables are the same, and each write compiles its
 * statements and all triggers anew. The linker puts this before the real ones: the tables are
 * compared once, when the journal is provisioned, and statements are kept while their file is open.
 */
#include <sqlite3.h>
#include <string.h>

#include "pay-sim.h"
#include "payment/journal-schema.h"

enum
{
  KEPT_MAX = 16
};

gboolean __wrap_jumin_journal_schema_check (JuminSqliteFile *file, GError **error);
gboolean __real_jumin_journal_schema_check (JuminSqliteFile *file, GError **error);
int __wrap_sqlite3_prepare_v2 (sqlite3 *database, const char *sql, int size,
                               sqlite3_stmt **statement, const char **tail);
int __real_sqlite3_prepare_v2 (sqlite3 *database, const char *sql, int size,
                               sqlite3_stmt **statement, const char **tail);
int __wrap_sqlite3_finalize (sqlite3_stmt *statement);
int __real_sqlite3_finalize (sqlite3_stmt *statement);
int __wrap_sqlite3_close (sqlite3 *database);
int __real_sqlite3_close (sqlite3 *database);

static gboolean provisioned;
static sqlite3_stmt *kept[KEPT_MAX]; /* that nobody uses now */

void
sim_speed_up (void)
{
  provisioned = TRUE;
}

gboolean
__wrap_jumin_journal_schema_check (JuminSqliteFile *file, GError **error)
{
  return provisioned || __real_jumin_journal_schema_check (file, error);
}

int
__wrap_sqlite3_prepare_v2 (sqlite3 *database, const char *sql, int size, sqlite3_stmt **statement,
                           const char **tail)
{
  for (int i = 0; i < KEPT_MAX; i++)
    if (kept[i] != NULL && sqlite3_db_handle (kept[i]) == database
        && strcmp (sqlite3_sql (kept[i]), sql) == 0)
      {
        *statement = g_steal_pointer (&kept[i]);
        return SQLITE_OK;
      }
  return __real_sqlite3_prepare_v2 (database, sql, size, statement, tail);
}

int
__wrap_sqlite3_finalize (sqlite3_stmt *statement)
{
  for (int i = 0; i < KEPT_MAX && statement != NULL; i++)
    if (kept[i] == NULL)
      {
        sqlite3_clear_bindings (statement);
        kept[i] = statement;
        return sqlite3_reset (statement);
      }
  return __real_sqlite3_finalize (statement);
}

int
__wrap_sqlite3_close (sqlite3 *database)
{
  for (int i = 0; i < KEPT_MAX; i++)
    if (kept[i] != NULL && sqlite3_db_handle (kept[i]) == database)
      __real_sqlite3_finalize (g_steal_pointer (&kept[i]));
  return __real_sqlite3_close (database);
}

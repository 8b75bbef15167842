/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk that loses its power must lose what a careless journal would lose, and nothing of what a
 * careful one keeps: else the payments' simulator proves nothing. */
#include <sqlite3.h>

#include "power-vfs.h"

enum
{
  SEEDS = 300,
  ROWS = 12,
  CUT_OPERATIONS = 60
};

#define FILE_NAME "/rows.db"
#define LOG_MODE "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;"

typedef struct
{
  PowerDisk *disk;
  sqlite3 *database;
} Fixture;

static gboolean
open_rows (Fixture *fixture, const char *settings)
{
  return sqlite3_open_v2 (FILE_NAME, &fixture->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          power_disk_get_vfs ())
             == SQLITE_OK
         && sqlite3_exec (fixture->database, settings, NULL, NULL, NULL) == SQLITE_OK;
}

static void
close_rows (Fixture *fixture)
{
  sqlite3_close (fixture->database);
  fixture->database = NULL;
}

static gboolean
add_row (Fixture *fixture)
{
  return sqlite3_exec (fixture->database, "INSERT INTO rows (text) VALUES (hex (zeroblob (900)))",
                       NULL, NULL, NULL)
         == SQLITE_OK;
}

static int
ask (Fixture *fixture, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int answer = -1;

  if (sqlite3_prepare_v2 (fixture->database, sql, -1, &statement, NULL) == SQLITE_OK
      && sqlite3_step (statement) == SQLITE_ROW)
    answer = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static gboolean
is_whole (Fixture *fixture)
{
  return ask (fixture, "SELECT integrity_check = 'ok' FROM pragma_integrity_check") == 1;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->disk = power_disk_new ();
  power_disk_begin (fixture->disk, 0);
  g_assert_true (open_rows (fixture, data));
  g_assert_cmpint (sqlite3_exec (fixture->database,
                                 "CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)", NULL,
                                 NULL, NULL),
                   ==, SQLITE_OK);
  close_rows (fixture);
  power_disk_provision (fixture->disk);
}

static void
tear_down (Fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
  power_disk_free (fixture->disk);
}

/* Rows until the power goes.
 * Returns: how many of those that were said to be on the disk are not */
static int
count_lost (Fixture *fixture, const char *settings, guint32 seed)
{
  int rows = 0, left;

  power_disk_begin (fixture->disk, seed);
  power_disk_arm (fixture->disk, POWER_FAULT_CUT, 1 + seed % CUT_OPERATIONS);
  if (open_rows (fixture, settings))
    while (rows < ROWS && add_row (fixture))
      rows++;
  close_rows (fixture);
  power_disk_restart (fixture->disk);
  g_assert_true (open_rows (fixture, settings));
  g_assert_true (is_whole (fixture));
  left = ask (fixture, "SELECT count (*) FROM rows");
  close_rows (fixture);
  return MAX (rows - left, 0);
}

static int
count_all_lost (Fixture *fixture, const char *settings)
{
  int lost = 0;

  for (guint32 seed = 0; seed < SEEDS; seed++)
    lost += count_lost (fixture, settings, seed);
  return lost;
}

static void
a_log_that_is_not_synced_loses_rows (Fixture *fixture, gconstpointer settings)
{
  g_assert_cmpint (count_all_lost (fixture, settings), >, 0);
}

static void
a_log_that_is_synced_loses_nothing (Fixture *fixture, gconstpointer settings)
{
  g_assert_cmpint (count_all_lost (fixture, settings), ==, 0);
}

static void
one_error_is_said_and_passes (Fixture *fixture, gconstpointer settings)
{
  power_disk_arm (fixture->disk, POWER_FAULT_EIO_ONCE, 1);
  g_assert_false (open_rows (fixture, settings));
  close_rows (fixture);
  g_assert_true (power_disk_has_failed (fixture->disk));
  g_assert_true (open_rows (fixture, settings));
  g_assert_true (add_row (fixture));
  close_rows (fixture);
}

static void
an_error_that_stays_is_said_each_time (Fixture *fixture, gconstpointer settings)
{
  g_assert_true (open_rows (fixture, settings));
  power_disk_arm (fixture->disk, POWER_FAULT_EIO, 1);
  g_assert_false (add_row (fixture));
  g_assert_false (add_row (fixture));
  close_rows (fixture);
}

static void
a_full_disk_takes_nothing_more (Fixture *fixture, gconstpointer settings)
{
  int rows = 0;

  g_assert_true (open_rows (fixture, settings));
  power_disk_arm (fixture->disk, POWER_FAULT_FULL, 1);
  g_assert_false (add_row (fixture));
  g_assert_false (add_row (fixture));
  power_disk_arm (fixture->disk, POWER_FAULT_NONE, 0);
  while (rows < ROWS && add_row (fixture))
    rows++;
  g_assert_cmpint (ask (fixture, "SELECT count (*) FROM rows"), ==, ROWS);
  g_assert_true (is_whole (fixture));
  close_rows (fixture);
}

int
main (int argc, char **argv)
{
  static const char careful[] = LOG_MODE "PRAGMA synchronous = EXTRA;";
  static const char careless[] = LOG_MODE "PRAGMA synchronous = NORMAL;";

  g_test_init (&argc, &argv, NULL);
#define ADD(name, settings)                                                                        \
  g_test_add ("/power-vfs/" #name, Fixture, settings, set_up, name, tear_down)
  ADD (a_log_that_is_not_synced_loses_rows, careless);
  ADD (a_log_that_is_synced_loses_nothing, careful);
  ADD (one_error_is_said_and_passes, careful);
  ADD (an_error_that_stays_is_said_each_time, careful);
  ADD (a_full_disk_takes_nothing_more, careful);
#undef ADD
  return g_test_run ();
}

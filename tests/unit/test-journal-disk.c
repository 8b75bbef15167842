/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal and its disk: the settings that must take, one process alone, a disk that is
 * full, gone, or cannot be written, and files that are not ours to open. */
#include "disk/sqlite-file.h"
#include "journal-sample.h"
#include "scratch-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  NOBODY = 65534,
  SKIPPED = 77,
  CUTS = 8,
  PUTS_MAX = 4000,
  BLOCK = 4096
};

typedef struct
{
  char *folder, *path, *ballast;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumin-journal-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "payments.db", NULL);
  self->ballast = g_strconcat (self->path, ".ballast", NULL);
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  scratch_folder_remove (self->folder);
  g_free (self->path);
  g_free (self->ballast);
  g_free (self->folder);
}

static void
assert_closed (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_journal_file_open (path, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  if (strstr (error->message, words) == NULL)
    g_error ("'%s' is not said: %s", words, error->message);
}

static JuminJournalFile *
open_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  JuminJournalFile *file = jumin_journal_file_open (path, NULL, &error);

  g_assert_no_error (error);
  return file;
}

/* Which setting is not set, whoever wants to set it. */
static const char *deaf;

static int
on_action (void *data, int action, const char *name, const char *value, const char *database,
           const char *trigger)
{
  return action == SQLITE_PRAGMA && value != NULL && strcmp (name, deaf) == 0 ? SQLITE_IGNORE
                                                                              : SQLITE_OK;
}

static int
make_deaf (sqlite3 *database, char **message, const struct sqlite3_api_routines *routines)
{
  return sqlite3_set_authorizer (database, on_action, NULL);
}

static void
test_settings (Fixture *self, gconstpointer data)
{
  static const JuminSqliteKind kind = { "Journal", JUMIN_FAILURE_JOURNAL, 100 };
  static const char *const settings[]
      = { "locking_mode",       "synchronous",        "journal_mode",
          "foreign_keys",       "trusted_schema",     "temp_store",
          "wal_autocheckpoint", "journal_size_limit", "max_page_count" };

  sqlite3_auto_extension ((void (*) (void))make_deaf);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.db", self->folder, i);
      g_autoptr (GError) error = NULL;

      deaf = settings[i];
      g_assert_null (jumin_sqlite_file_open (path, NULL, SQLITE_OPEN_CREATE, &kind, &error));
      g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
      g_assert_nonnull (strstr (error->message, deaf));
      deaf = "";
      g_clear_error (&error);
      g_clear_pointer (&(JuminSqliteFile *){ jumin_sqlite_file_open (path, NULL, SQLITE_OPEN_CREATE,
                                                                     &kind, &error) },
                       jumin_sqlite_file_free);
      g_assert_no_error (error);
    }
  sqlite3_cancel_auto_extension ((void (*) (void))make_deaf);
}

static void
test_created (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length, length_after;
  struct stat info;

  g_assert_cmpint (stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (self->ballast, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (info.st_size, ==, JUMIN_JOURNAL_BALLAST);
  g_assert_cmpint (info.st_blocks * 512, >=, JUMIN_JOURNAL_BALLAST);
  g_assert_true (g_file_get_contents (self->path, &before, &length, NULL));
  g_assert_false (jumin_journal_file_create (self->path, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_assert_true (g_file_get_contents (self->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

/* What was left of a creation that a power cut ended is in nobody's way. */
static void
test_created_again (Fixture *self, gconstpointer data)
{
  g_autofree char *half = g_strconcat (self->path, ".new", NULL);
  g_autoptr (JuminJournalFile) file = NULL;

  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_true (g_file_set_contents (half, "half", -1, NULL));
  assert_closed (self->path, "juminctl payments create");
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  file = open_file (self->path);
}

static void
test_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminJournalFile) file = open_file (self->path);
  pid_t child;
  int status;

  assert_closed (self->path, "locked");
  child = fork ();
  if (child == 0)
    {
      assert_closed (self->path, "locked");
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  g_assert_true (sample_put (file, "one", JUMIN_PAYMENT_INTENT, NULL));
}

static JuminPaymentState
load_state (JuminJournalFile *file)
{
  g_autoptr (GPtrArray) open = jumin_journal_file_load (file, NULL);

  g_assert_nonnull (open);
  g_assert_cmpuint (open->len, ==, 1);
  return ((JuminPayment *)open->pdata[0])->state;
}

/* A child says of each payment that it is there, and is killed after some. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  for (int cut = 1; cut <= CUTS; cut++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%d.db", self->folder, cut);
      g_autoptr (JuminJournalFile) file = NULL;
      g_autoptr (GPtrArray) open = NULL;
      int line[2], status, said = 0;
      char byte;
      pid_t child;

      g_assert_true (jumin_journal_file_create (path, NULL, NULL));
      g_assert_cmpint (pipe (line), ==, 0);
      child = fork ();
      if (child == 0)
        {
          file = open_file (path);
          for (int i = 0; i < PUTS_MAX; i++)
            {
              g_autofree char *id = g_strdup_printf ("%d", i);

              if (!sample_put (file, id, JUMIN_PAYMENT_INTENT, NULL)
                  || write (line[1], "x", 1) != 1)
                _exit (1);
            }
          pause ();
        }
      while (said < cut * 5 && read (line[0], &byte, 1) == 1)
        said++;
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      close (line[1]);
      while (read (line[0], &byte, 1) == 1)
        said++;
      close (line[0]);
      file = open_file (path);
      open = jumin_journal_file_load (file, NULL);
      g_assert_cmpuint (open->len, >=, (guint)said);
      g_assert_cmpuint (open->len, <=, (guint)said + 1);
    }
}

/* Nothing can be written, whatever the reason: said, nothing half done, good again afterwards. */
static void
test_no_writes (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminJournalFile) file = open_file (self->path);
  struct rlimit before, none = { 0, RLIM_INFINITY };
  g_autoptr (GError) error = NULL;

  g_assert_true (sample_put (file, "one", JUMIN_PAYMENT_SUBMITTED, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  none.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &none), ==, 0);
  g_assert_false (sample_put (file, "one", JUMIN_PAYMENT_UNKNOWN, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_clear_pointer (&file, jumin_journal_file_free);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  file = open_file (self->path);
  g_assert_cmpint (load_state (file), ==, JUMIN_PAYMENT_SUBMITTED);
  g_assert_true (sample_put (file, "one", JUMIN_PAYMENT_UNKNOWN, NULL));
}

/* So long, until nothing more goes onto the disk. */
static void
fill_disk (const char *path)
{
  static const char block[BLOCK] = { 1 };
  int descriptor = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (descriptor, >=, 0);
  while (write (descriptor, block, sizeof block) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (descriptor);
}

/* One slip after the other, until @until ends it. Returns how many were written. */
static int
write_slips (JuminJournalFile *file, JuminPayment *payment, const char *until, GError **error)
{
  for (int i = 0; i < PUTS_MAX; i++)
    {
      if (until != NULL && !g_file_test (until, G_FILE_TEST_EXISTS))
        return i;
      payment->reprints = MIN (payment->reprints + 1, 1000);
      payment->slip = JUMIN_RECEIPT_PRINTING;
      if (!jumin_journal_file_put (file, payment, error))
        {
          payment->reprints--;
          return i;
        }
    }
  g_assert_not_reached ();
}

static void
run_on_small_disk (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "payments.db", NULL);
  g_autofree char *ballast = g_strconcat (path, ".ballast", NULL);
  g_autofree char *filler = g_build_filename (folder, "filler", NULL);
  g_autoptr (JuminPayment) payment = sample_payment ("one", JUMIN_PAYMENT_UNKNOWN);
  g_autoptr (JuminJournalFile) file = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (jumin_journal_file_create (path, NULL, NULL));
  file = open_file (path);
  g_assert_true (jumin_journal_file_put (file, payment, NULL));
  fill_disk (filler);
  /* What has begun goes on, with the ballast's room. */
  write_slips (file, payment, ballast, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (ballast, G_FILE_TEST_EXISTS));
  /* Nothing new begins. */
  g_assert_false (sample_put (file, "two", JUMIN_PAYMENT_INTENT, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_assert_nonnull (strstr (error->message, "the disk is full"));
  g_clear_error (&error);
  g_clear_pointer (&file, jumin_journal_file_free);
  file = open_file (path);
  g_assert_cmpint (load_state (file), ==, JUMIN_PAYMENT_UNKNOWN);
  /* Then that room is gone, too. */
  fill_disk (filler);
  write_slips (file, payment, NULL, &error);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_clear_error (&error);
  g_clear_pointer (&file, jumin_journal_file_free);
  /* Somebody makes room. */
  g_assert_cmpint (g_unlink (filler), ==, 0);
  file = open_file (path);
  g_assert_true (g_file_test (ballast, G_FILE_TEST_EXISTS));
  loaded = jumin_journal_file_load (file, NULL);
  g_assert_cmpint (((JuminPayment *)loaded->pdata[0])->reprints, ==, payment->reprints);
  payment->state = JUMIN_PAYMENT_PAID;
  g_assert_true (jumin_journal_file_put (file, payment, NULL));
  g_assert_true (sample_put (file, "two", JUMIN_PAYMENT_INTENT, NULL));
}

/* Returns: whether this process has a disk of 40 MiB at @folder, which ends with it */
static gboolean
mount_small_disk (const char *folder)
{
  int flags = geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;

  return unshare (flags) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("tmpfs", folder, "tmpfs", 0, "size=40m") == 0;
}

static void
test_full (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "disk", NULL);
  int status;
  pid_t child;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  child = fork ();
  if (child == 0)
    {
      if (!mount_small_disk (folder))
        _exit (SKIPPED);
      run_on_small_disk (folder);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_rmdir (folder);
  if (WIFEXITED (status) && WEXITSTATUS (status) == SKIPPED)
    g_test_skip ("No disk can be mounted here");
  else
    g_assert_cmpint (status, ==, 0);
}

/* Root may write everything: it becomes somebody else. */
static void
run_as_nobody (const char *path, const char *words)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      if (geteuid () == 0
          && (setgroups (0, NULL) != 0 || setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
        _exit (1);
      assert_closed (path, words);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  run_as_nobody (self->path, "can only be read");
  g_assert_cmpint (g_chmod (self->path, 0666), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  run_as_nobody (self->path, "");
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
}

/* Without its folder there is none; with it, it is there again. */
static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *moved = g_strconcat (self->folder, "-moved", NULL);

  g_assert_cmpint (g_rename (self->folder, moved), ==, 0);
  assert_closed (self->path, "is not there");
  g_assert_cmpint (g_rename (moved, self->folder), ==, 0);
  g_clear_pointer (&(JuminJournalFile *){ open_file (self->path) }, jumin_journal_file_free);
}

static void
change_file (const char *path, const char *sql)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  change_file (self->path, "PRAGMA user_version = 2");
  assert_closed (self->path, "is of version 2, made by a newer Jumin");
}

/* A journal without its guards is none, nor is any other file. */
static void
test_foreign (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.db", NULL);

  change_file (self->path, "DROP TRIGGER final_stays");
  assert_closed (self->path, "is damaged");
  g_assert_true (g_file_set_contents (other, "", -1, NULL));
  assert_closed (other, "is damaged");
  g_assert_true (
      g_file_set_contents (other, "This was never a journal, and it is long enough", -1, NULL));
  assert_closed (other, "not a database");
}

/* A row that was changed behind its seal is noticed by whoever reads it. */
static void
test_seal (Fixture *self, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE payments SET why = 'cancelled'",
    "UPDATE payments SET slip = 1",
    "UPDATE items SET credit = 1 WHERE position = 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.db", self->folder, i);
      g_autoptr (JuminJournalFile) file = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (jumin_journal_file_create (path, NULL, NULL));
      file = open_file (path);
      g_assert_true (sample_put (file, "one", JUMIN_PAYMENT_PAID, NULL));
      g_clear_pointer (&file, jumin_journal_file_free);
      change_file (path, changes[i]);
      file = open_file (path);
      g_assert_null (jumin_journal_file_load (file, &error));
      g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
      g_assert_nonnull (strstr (error->message, "is damaged"));
    }
}

#define ADD(name, function)                                                                        \
  g_test_add ("/journal-disk/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a_setting_that_does_not_take_is_noticed", test_settings);
  ADD ("it_is_created_once_with_its_ballast", test_created);
  ADD ("half_a_creation_is_done_anew", test_created_again);
  ADD ("nobody_else_opens_it", test_alone);
  ADD ("a_kill_loses_nothing_that_was_said", test_killed);
  ADD ("a_disk_that_takes_nothing_is_said_and_heals", test_no_writes);
  ADD ("on_a_full_disk_what_has_begun_goes_on", test_full);
  ADD ("what_can_only_be_read_is_refused", test_read_only);
  ADD ("a_missing_folder_is_said_and_heals", test_no_folder);
  ADD ("a_newer_journal_is_refused", test_newer);
  ADD ("a_file_without_its_guards_is_refused", test_foreign);
  ADD ("a_row_behind_its_seal_is_noticed", test_seal);
  return g_test_run ();
}

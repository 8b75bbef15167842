/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print ledger: what it says it has it has, after a power cut at any moment; and what it does
 * when the disk takes nothing. */
#include "printing/ledger-file.h"
#include "scratch-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum
{
  KEEP_DAYS = 30,
  WALL_S = 1795000000,
  DAY_MS = 24 * 60 * 60 * 1000,
  CUTS = 12
};

#define REQUEST "7c9e6679-7425-40de-944b-e07fc1f90ae7"
#define NUMBER "GJJ-20261121-000371"

typedef struct
{
  char *folder, *path;
  JuminClock *clock;
  JuminPrintLedger *ledger;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumin-ledger-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "prints.db", NULL);
  self->clock = jumin_clock_new_manual (WALL_S);
  self->ledger = jumin_print_ledger_new (self->path, KEEP_DAYS, self->clock);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->ledger);
  g_assert_finalize_object (self->clock);
  scratch_folder_remove (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static gboolean
wait_for_change (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&self->result);
  return jumin_print_ledger_change_finish (self->ledger, result, error);
}

static JuminPrintPending *
load (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_print_ledger_load_async (self->ledger, on_ready, self);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&self->result);
  return jumin_print_ledger_load_finish (self->ledger, result, error);
}

static void
restart (Fixture *self)
{
  g_assert_finalize_object (self->ledger);
  self->ledger = jumin_print_ledger_new (self->path, KEEP_DAYS, self->clock);
}

static JuminPrintEntry
make_entry (char *token)
{
  return (JuminPrintEntry){ .token = token,
                            .request = (char *)REQUEST,
                            .number = (char *)NUMBER,
                            .sm3 = (char *)"0123",
                            .copies = 2,
                            .pages = 3 };
}

static gboolean
add (Fixture *self, const JuminPrintEntry *entry, GError **error)
{
  jumin_print_ledger_add_async (self->ledger, entry, on_ready, self);
  return wait_for_change (self, error);
}

static void
close_entry (Fixture *self, JuminPrintEntry *entry, JuminOutcome outcome)
{
  entry->closed = TRUE;
  entry->outcome = outcome;
  entry->copies_out = 1;
  entry->pages_out = 2;
  jumin_print_ledger_close_async (self->ledger, entry, on_ready, self);
  g_assert_true (wait_for_change (self, NULL));
}

static void
set_reported (Fixture *self, const JuminPrintEntry *entry)
{
  jumin_print_ledger_set_reported_async (self->ledger, entry, on_ready, self);
  g_assert_true (wait_for_change (self, NULL));
}

/* Whether any file of the ledger holds @text. */
static gboolean
holds (Fixture *self, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_get_contents (path, &bytes, &length, NULL))
        found = found || memmem (bytes, length, text, strlen (text)) != NULL;
    }
  return found;
}

static void
test_life (Fixture *self, gconstpointer data)
{
  JuminPrintEntry entry = make_entry ((char *)"one");
  g_autoptr (JuminPrintPending) open = NULL, closed = NULL, done = NULL;
  const JuminPrintEntry *found;
  GStatBuf info;

  g_assert_true (add (self, &entry, NULL));
  restart (self);
  open = load (self, NULL);
  found = open->entries->pdata[0];
  g_assert_cmpstr (found->token, ==, "one");
  g_assert_cmpstr (found->number, ==, NUMBER);
  g_assert_cmpint (found->copies, ==, 2);
  g_assert_cmpint (found->added_at, ==, WALL_S);
  g_assert_false (found->closed);
  close_entry (self, &entry, JUMIN_OUTCOME_PARTLY);
  closed = load (self, NULL);
  found = closed->entries->pdata[0];
  g_assert_true (found->closed && !found->reported);
  g_assert_cmpint (found->outcome, ==, JUMIN_OUTCOME_PARTLY);
  g_assert_cmpint (found->pages_out, ==, 2);
  set_reported (self, &entry);
  done = load (self, NULL);
  g_assert_cmpuint (done->entries->len, ==, 0);
  g_assert_cmpint (g_stat (self->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* Neither in the file nor in its log. */
static void
test_forgotten (Fixture *self, gconstpointer data)
{
  JuminPrintEntry entry = make_entry ((char *)"one");

  g_assert_true (add (self, &entry, NULL));
  g_assert_true (holds (self, NUMBER));
  close_entry (self, &entry, JUMIN_OUTCOME_PRINTED);
  set_reported (self, &entry);
  g_assert_false (holds (self, NUMBER));
  g_assert_false (holds (self, REQUEST));
}

/* What the platform heard was UNKNOWN; that it was PRINTED it has still to hear. */
static void
test_closed_again (Fixture *self, gconstpointer data)
{
  JuminPrintEntry entry = make_entry ((char *)"one");
  JuminPrintEntry unknown = entry;
  g_autoptr (JuminPrintPending) pending = NULL;

  g_assert_true (add (self, &entry, NULL));
  close_entry (self, &unknown, JUMIN_OUTCOME_UNKNOWN);
  close_entry (self, &entry, JUMIN_OUTCOME_PRINTED);
  set_reported (self, &unknown);
  pending = load (self, NULL);
  g_assert_cmpuint (pending->entries->len, ==, 1);
  g_assert_cmpstr (((JuminPrintEntry *)pending->entries->pdata[0])->number, ==, NUMBER);
}

static void
test_lock (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPrintPending) locked = NULL, unlocked = NULL, noted = NULL;

  jumin_print_ledger_lock_async (self->ledger, on_ready, self);
  g_assert_true (wait_for_change (self, NULL));
  restart (self);
  locked = load (self, NULL);
  g_assert_cmpint (locked->locked_at, ==, WALL_S);
  g_assert_finalize_object (self->ledger);
  {
    g_autoptr (JuminLedgerFile) file = jumin_ledger_file_open (self->path, NULL);

    g_assert_true (jumin_ledger_file_unlock (file, WALL_S + 60, NULL));
  }
  self->ledger = jumin_print_ledger_new (self->path, KEEP_DAYS, self->clock);
  unlocked = load (self, NULL);
  g_assert_cmpint (unlocked->locked_at, ==, 0);
  g_assert_cmpint (unlocked->unlocked_at, ==, WALL_S + 60);
  jumin_print_ledger_note_unlocked_async (self->ledger, on_ready, self);
  g_assert_true (wait_for_change (self, NULL));
  noted = load (self, NULL);
  g_assert_cmpint (noted->unlocked_at, ==, 0);
}

/* Nobody else opens it meanwhile. */
static void
test_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPrintPending) pending = load (self, NULL);
  g_autoptr (GError) error = NULL;
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (jumin_ledger_file_open (self->path, NULL) == NULL ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static int
count_rows (const char *path, gboolean *damaged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminLedgerFile) file = jumin_ledger_file_open (path, &error);
  g_autoptr (JuminPrintPending) pending
      = file != NULL ? jumin_ledger_file_load (file, &error) : NULL;

  *damaged = pending == NULL;
  return pending != NULL ? (int)pending->entries->len : -1;
}

/* A child adds entries and says of each that it is added; it is killed after some. What it had said
 * is there. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  for (int cut = 1; cut <= CUTS; cut++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%d.db", self->folder, cut);
      int line[2], status, said = 0;
      gboolean damaged;
      char byte;
      pid_t child;

      g_assert_cmpint (pipe (line), ==, 0);
      child = fork ();
      if (child == 0)
        {
          JuminLedgerFile *file = jumin_ledger_file_open (path, NULL);

          for (int i = 0; i < JUMIN_PRINT_UNREPORTED_MAX; i++)
            {
              g_autofree char *token = g_strdup_printf ("%d", i);
              JuminPrintEntry entry = make_entry (token);

              if (!jumin_ledger_file_add (file, &entry, NULL) || write (line[1], "x", 1) != 1)
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
      status = count_rows (path, &damaged);
      g_assert_false (damaged);
      g_assert_cmpint (status, >=, said);
      g_assert_cmpint (status, <=, said + 1);
    }
}

static void
copy_file (const char *from, const char *to, gsize cut)
{
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (from, &bytes, &length, NULL))
    return;
  g_assert_true (g_file_set_contents (to, bytes, (gssize)(length - MIN (cut, length)), NULL));
}

/* The files as they lie on the disk between calls, and with an end of the log that did not get
 * there: what was on the disk before is there. */
static void
test_power_cut (Fixture *self, gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *copy = g_build_filename (self->folder, "copy.db", NULL);
  g_autofree char *copy_log = g_strconcat (copy, "-wal", NULL);
  g_autoptr (JuminPrintPending) pending = load (self, NULL);

  for (int i = 0; i < CUTS; i++)
    {
      g_autofree char *token = g_strdup_printf ("%d", i);
      JuminPrintEntry entry = make_entry (token);
      gboolean damaged;

      g_assert_true (add (self, &entry, NULL));
      copy_file (self->path, copy, 0);
      copy_file (log, copy_log, 0);
      g_assert_cmpint (count_rows (copy, &damaged), ==, i + 1);
      copy_file (self->path, copy, 0);
      copy_file (log, copy_log, 100);
      g_assert_cmpint (count_rows (copy, &damaged), ==, i);
      g_assert_false (damaged);
    }
}

/* The disk takes no more: said, nothing half done, and good again when it does. */
static void
test_full (Fixture *self, gconstpointer data)
{
  JuminPrintEntry first = make_entry ((char *)"one"), second = make_entry ((char *)"two");
  struct rlimit before, full = { 0, RLIM_INFINITY };
  g_autoptr (GError) error = NULL, opening = NULL;
  g_autoptr (JuminPrintPending) pending = NULL;

  g_assert_true (add (self, &first, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  full.rlim_max = before.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  g_assert_false (add (self, &second, &error));
  g_assert_false (add (self, &second, &opening));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
  g_assert_error (opening, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
  g_assert_true (add (self, &second, NULL));
  pending = load (self, NULL);
  g_assert_cmpuint (pending->entries->len, ==, 2);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  JuminPrintEntry entry = make_entry ((char *)"one");
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (add (self, &entry, NULL));
  g_assert_finalize_object (self->ledger);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  memset (bytes + length / 3, 0x5a, length / 3);
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize)length, NULL));
  self->ledger = jumin_print_ledger_new (self->path, KEEP_DAYS, self->clock);
  g_assert_null (load (self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
}

/* No file can be made there: nothing is added, until it can. */
static void
test_no_folder (Fixture *self, gconstpointer data)
{
  JuminPrintEntry entry = make_entry ((char *)"one");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_false (add (self, &entry, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  g_assert_true (add (self, &entry, NULL));
}

static void
test_bounds (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminPrintPending) pending = NULL;

  for (int i = 0; i <= JUMIN_PRINT_UNREPORTED_MAX; i++)
    {
      g_autofree char *token = g_strdup_printf ("%d", i);
      JuminPrintEntry entry = make_entry (token);

      g_assert_cmpint (add (self, &entry, &error), ==, i < JUMIN_PRINT_UNREPORTED_MAX);
    }
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
  pending = load (self, NULL);
  g_assert_cmpuint (pending->entries->len, ==, JUMIN_PRINT_UNREPORTED_MAX);
}

/* What is done with goes after its days; what is not done with stays. */
static void
test_old (Fixture *self, gconstpointer data)
{
  JuminPrintEntry done = make_entry ((char *)"done"), open = make_entry ((char *)"open"),
                  last = make_entry ((char *)"last");

  g_assert_true (add (self, &done, NULL));
  close_entry (self, &done, JUMIN_OUTCOME_PRINTED);
  set_reported (self, &done);
  g_assert_true (add (self, &open, NULL));
  g_assert_true (holds (self, "done"));
  for (int day = 0; day <= KEEP_DAYS; day++)
    jumin_clock_advance (self->clock, DAY_MS);
  g_assert_true (add (self, &last, NULL));
  restart (self);
  g_assert_false (holds (self, "done"));
  g_assert_true (holds (self, "open"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/print-ledger/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a_job_is_added_closed_and_reported", test_life);
  ADD ("what_was_reported_is_forgotten", test_forgotten);
  ADD ("another_outcome_is_reported_again", test_closed_again);
  ADD ("a_lock_stays_until_it_is_unlocked", test_lock);
  ADD ("nobody_else_opens_it", test_alone);
  ADD ("a_kill_loses_nothing_that_was_said", test_killed);
  ADD ("a_power_cut_loses_nothing_that_was_said", test_power_cut);
  ADD ("a_full_disk_is_said_and_heals", test_full);
  ADD ("a_damaged_file_is_said", test_damaged);
  ADD ("a_missing_folder_is_said_and_heals", test_no_folder);
  ADD ("papers_that_nobody_hears_of_are_bounded", test_bounds);
  ADD ("what_is_old_and_done_with_goes", test_old);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal on its thread. */
#include "journal-sample.h"
#include "payment/journal-row.h"
#include "payment/journal.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>

enum
{
  KEEP_DAYS = 30,
  DAY_S = 24 * 60 * 60,
  TEN_YEARS_S = 3652 * DAY_S,
  MOST = 100,
  MANY = 12000, /* payments of a journal that is too long to be checked when it is opened */
  PAGE = 4096,
  DAMAGED_PAGE = 700,
  WAIT_MS = 10,
  WAITS = 1000
};

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumin-journal-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "payments.db", NULL);
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  scratch_folder_remove (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static gboolean
put_on_thread (JuminJournal *journal, const char *id, JuminPaymentState state, gint64 now,
               GError **error)
{
  g_autoptr (JuminPayment) payment = sample_payment (id, state);
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  payment->created_at = now;
  jumin_journal_put_async (journal, payment, now, on_ready, &result);
  done = wait_for (&result);
  return jumin_journal_put_finish (journal, done, error);
}

static void
test_thread (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPayment) first = sample_payment ("one", JUMIN_PAYMENT_INTENT);
  g_autoptr (JuminPayment) second = sample_payment ("one", JUMIN_PAYMENT_SUBMITTED);
  GAsyncResult *results[3] = { NULL };
  g_autoptr (GPtrArray) loaded = NULL, listed = NULL;
  JuminJournal *journal;

  journal = jumin_journal_new (self->path, KEEP_DAYS);
  jumin_journal_put_async (journal, first, SAMPLE_TIME, on_ready, &results[0]);
  jumin_journal_put_async (journal, second, SAMPLE_TIME, on_ready, &results[1]);
  jumin_journal_load_async (journal, on_ready, &results[2]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GAsyncResult) done = wait_for (&results[i]);

      if (i < 2)
        g_assert_true (jumin_journal_put_finish (journal, done, NULL));
      else
        loaded = jumin_journal_read_finish (journal, done, NULL);
    }
  g_assert_true (loaded != NULL && loaded->len == 1);
  g_assert_cmpint (((JuminPayment *)loaded->pdata[0])->state, ==, JUMIN_PAYMENT_SUBMITTED);
  jumin_journal_list_async (journal, 0, G_MAXINT64, MOST, on_ready, &results[0]);
  {
    g_autoptr (GAsyncResult) done = wait_for (&results[0]);

    listed = jumin_journal_read_finish (journal, done, NULL);
  }
  g_assert_cmpuint (listed->len, ==, 1);
  g_assert_finalize_object (journal);
}

/* A call that fails fails alone. */
static void
test_heals (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminJournal *journal;

  journal = jumin_journal_new (self->path, KEEP_DAYS);
  g_assert_true (put_on_thread (journal, "one", JUMIN_PAYMENT_PAID, SAMPLE_TIME, NULL));
  g_assert_false (put_on_thread (journal, "one", JUMIN_PAYMENT_INTENT, SAMPLE_TIME, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_assert_true (put_on_thread (journal, "one", JUMIN_PAYMENT_FULFILLED, SAMPLE_TIME, NULL));
  g_assert_finalize_object (journal);
}

static void
test_keeps_days (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminJournalFile) file = NULL;
  g_autoptr (GPtrArray) left = NULL;
  gint64 later = SAMPLE_TIME + (KEEP_DAYS + 1) * DAY_S;
  JuminJournal *journal;

  journal = jumin_journal_new (self->path, KEEP_DAYS);
  g_assert_true (put_on_thread (journal, "old", JUMIN_PAYMENT_VOID, SAMPLE_TIME, NULL));
  g_assert_true (put_on_thread (journal, "new", JUMIN_PAYMENT_VOID, later, NULL));
  g_assert_finalize_object (journal);
  file = jumin_journal_file_open (self->path, NULL, NULL);
  left = jumin_journal_file_list (file, 0, G_MAXINT64, MOST, NULL);
  g_assert_true (left != NULL && left->len == 1);
  g_assert_cmpstr (((JuminPayment *)left->pdata[0])->id, ==, "new");
}

/* What is old is told by the payments, whose time is the platform's. */
static void
test_wrong_clock (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPayment) payment = sample_payment ("one", JUMIN_PAYMENT_FULFILLED);
  g_autoptr (JuminJournalFile) file = NULL;
  g_autoptr (GPtrArray) left = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  JuminJournal *journal = jumin_journal_new (self->path, KEEP_DAYS);

  payment->created_at = SAMPLE_TIME;
  jumin_journal_put_async (journal, payment, SAMPLE_TIME + TEN_YEARS_S, on_ready, &result);
  done = wait_for (&result);
  g_assert_true (jumin_journal_put_finish (journal, done, NULL));
  g_clear_object (&done);
  g_assert_finalize_object (journal);
  file = jumin_journal_file_open (self->path, NULL, NULL);
  left = jumin_journal_file_list (file, 0, G_MAXINT64, MOST, NULL);
  g_assert_true (left != NULL && left->len == 1);
}

/* Nobody but a person with juminctl makes a journal. */
static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminJournal *journal = jumin_journal_new (self->path, KEEP_DAYS);

  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_false (put_on_thread (journal, "one", JUMIN_PAYMENT_INTENT, SAMPLE_TIME, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
  g_assert_true (put_on_thread (journal, "one", JUMIN_PAYMENT_INTENT, SAMPLE_TIME, NULL));
  g_assert_finalize_object (journal);
}

static void
fill (const char *path)
{
  static const JuminSqliteKind kind = { "Journal", JUMIN_FAILURE_JOURNAL, G_MAXINT, 1 };
  g_autoptr (JuminSqliteFile) file = jumin_sqlite_file_open (path, NULL, 0, &kind, NULL);

  g_assert_true (jumin_sqlite_file_run (file, "BEGIN", NULL));
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);
      g_autoptr (JuminPayment) payment = sample_payment (id, JUMIN_PAYMENT_FULFILLED);

      g_assert_true (jumin_journal_row_insert (file, payment, NULL));
    }
  g_assert_true (jumin_sqlite_file_run (file, "COMMIT", NULL));
}

static void
damage (const char *path)
{
  static const char nothing[PAGE];
  FILE *file = g_fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, DAMAGED_PAGE * PAGE, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (nothing, 1, PAGE, file), ==, PAGE);
  g_assert_cmpint (fclose (file), ==, 0);
}

static int
stop_at_once (void *questions)
{
  return ++*(int *)questions;
}

static int
go_on (void *data)
{
  return 0;
}

/* Who waits comes first; then it is begun anew. */
static void
test_check (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminJournalFile) file = NULL;
  g_autoptr (GError) error = NULL;
  int questions = 0;

  fill (self->path);
  file = jumin_journal_file_open (self->path, NULL, NULL);
  g_assert_true (jumin_journal_file_check (file, stop_at_once, &questions, NULL));
  g_assert_cmpint (questions, ==, 1);
  g_assert_true (jumin_journal_file_check (file, go_on, NULL, NULL));
  g_assert_true (jumin_journal_file_check (file, stop_at_once, &questions, NULL));
  g_assert_cmpint (questions, ==, 1);
  g_clear_pointer (&file, jumin_journal_file_free);
  damage (self->path);
  file = jumin_journal_file_open (self->path, NULL, NULL);
  g_assert_false (jumin_journal_file_check (file, go_on, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
}

static gboolean
on_time (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* What is open there is found although the rest is damaged; then nothing is paid here any more. */
static void
test_damage (Fixture *self, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  JuminJournal *journal = jumin_journal_new (self->path, KEEP_DAYS);
  gboolean taken = TRUE;

  fill (self->path);
  damage (self->path);
  for (int i = 0; i < WAITS && taken; i++)
    {
      g_autofree char *id = g_strdup_printf ("new %d", i);
      g_autoptr (GError) error = NULL;

      taken = put_on_thread (journal, id, JUMIN_PAYMENT_INTENT, SAMPLE_TIME, &error);
      if (!taken)
        g_assert_nonnull (strstr (error->message, "is damaged"));
      g_timeout_add (WAIT_MS, on_time, loop);
      g_main_loop_run (loop);
    }
  g_assert_false (taken);
  g_assert_false (put_on_thread (journal, "later", JUMIN_PAYMENT_INTENT, SAMPLE_TIME, NULL));
  g_assert_finalize_object (journal);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/journal-thread/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("calls_are_done_in_their_order", test_thread);
  ADD ("a_call_that_fails_fails_alone", test_heals);
  ADD ("final_ones_are_kept_for_their_days", test_keeps_days);
  ADD ("a_clock_that_is_years_ahead_takes_none_away", test_wrong_clock);
  ADD ("a_missing_journal_is_not_made", test_missing);
  ADD ("a_long_journal_is_checked_while_nobody_waits", test_check);
  ADD ("a_long_journal_that_is_damaged_takes_nothing_more", test_damage);
  return g_test_run ();
}

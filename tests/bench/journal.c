/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long one transition of a payment takes until it is on the disk, beside one bare fsync of as
 * many bytes on the same disk.
 *
 *   journal [FOLDER] */
#include "journal-sample.h"
#include "scratch-folder.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

enum
{
  PAYMENTS = 200,
  BLOCK = 4120 /* one page in the log */
};

static const JuminPaymentState states[]
    = { JUMIN_PAYMENT_INTENT,  JUMIN_PAYMENT_SUBMITTED, JUMIN_PAYMENT_PENDING,
        JUMIN_PAYMENT_CLOSING, JUMIN_PAYMENT_PAID,      JUMIN_PAYMENT_FULFILLED };

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static double
get_median (GArray *times)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, times->len / 2);
}

static double
sync_once (int descriptor)
{
  static const char block[BLOCK];
  gint64 begun = g_get_monotonic_time ();

  g_assert_cmpint (write (descriptor, block, sizeof block), ==, sizeof block);
  g_assert_cmpint (fsync (descriptor), ==, 0);
  return (double)(g_get_monotonic_time () - begun);
}

static double
put_once (JuminJournalFile *file, int n, JuminPaymentState state)
{
  g_autofree char *id = g_strdup_printf ("payment %d", n);
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (sample_put (file, id, state, NULL));
  return (double)(g_get_monotonic_time () - begun);
}

static double
rest_once (JuminJournalFile *file)
{
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (jumin_journal_file_rest (file, NULL));
  return (double)(g_get_monotonic_time () - begun);
}

static GArray *
times_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

static void
print_line (const char *name, GArray *times, GArray *syncs)
{
  printf ("%-24s %8.0f %6.2f\n", name, get_median (times), get_median (times) / get_median (syncs));
}

/* In turns, so that whatever else the disk does falls on both. */
static void
compare_on (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "payments.db", NULL);
  g_autofree char *bare = g_build_filename (folder, "bare", NULL);
  g_autoptr (JuminJournalFile) file = NULL;
  g_autoptr (GArray) syncs = times_new (), rests = times_new ();
  GArray *puts_of[G_N_ELEMENTS (states)];
  int descriptor = g_open (bare, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_true (jumin_journal_file_create (path, NULL, NULL));
  file = jumin_journal_file_open (path, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    puts_of[i] = times_new ();
  for (int n = 0; n < PAYMENTS; n++)
    for (guint i = 0; i < G_N_ELEMENTS (states); i++)
      {
        double sync = sync_once (descriptor), put = put_once (file, n, states[i]),
               rest = rest_once (file);

        g_array_append_val (syncs, sync);
        g_array_append_val (puts_of[i], put);
        if (states[i] == JUMIN_PAYMENT_SUBMITTED || states[i] == JUMIN_PAYMENT_FULFILLED)
          g_array_append_val (rests, rest);
      }
  close (descriptor);
  printf ("%-24s %8s %6s\n", "median of", "us", "ratio");
  print_line ("one bare fsync", syncs, syncs);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      print_line (jumin_payment_state_get_word (states[i]), puts_of[i], syncs);
      g_array_unref (puts_of[i]);
    }
  print_line ("the rest, nobody waits", rests, syncs);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder
      = g_build_filename (argc > 1 ? argv[1] : g_get_tmp_dir (), "jumin-bench-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  compare_on (folder);
  scratch_folder_remove (folder);
  return 0;
}

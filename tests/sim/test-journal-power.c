/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal on a disk that loses its power, fails or fills up at any operation, again and
 * again: what was said to be on it is there, and it is never taken for damaged.
 *
 *   test-journal-power [--runs N] */
#include "journal-sample.h"
#include "power-vfs.h"

enum
{
  RUNS = 800,
  PAYMENTS = 6,
  STATES = 6,
  LIVES_MAX = 6,
  OPERATIONS = 80
};

#define JOURNAL "/payments.db"

static int runs = RUNS;

/**
 * Hall:
 * @said: the state of each payment that the journal said it has; -1: none
 * @tried: that it was told last
 */
typedef struct
{
  PowerDisk *disk;
  GRand *random;
  int said[PAYMENTS], tried[PAYMENTS];
  guint cuts, failures;
} Hall;

static JuminJournalFile *
open_journal (GError **error)
{
  return jumin_journal_file_open (JOURNAL, power_disk_get_vfs (), error);
}

/* FALSE: the disk failed. */
static gboolean
pay (Hall *hall, JuminJournalFile *file)
{
  for (int i = 0; i < PAYMENTS; i++)
    {
      g_autofree char *id = g_strdup_printf ("payment %d", i);

      while (hall->said[i] + 1 < STATES)
        {
          hall->tried[i] = hall->said[i] + 1;
          if (!sample_put (file, id, (JuminPaymentState)hall->tried[i], NULL))
            return FALSE;
          hall->said[i] = hall->tried[i];
          if (g_rand_boolean (hall->random) && !jumin_journal_file_rest (file, NULL))
            return FALSE;
        }
    }
  return TRUE;
}

static void
compare (Hall *hall, JuminJournalFile *file, int run)
{
  g_autoptr (GPtrArray) found = jumin_journal_file_load (file, NULL);

  if (found == NULL)
    return;
  for (int i = 0; i < PAYMENTS; i++)
    {
      int state = i < (int)found->len ? (int)((JuminPayment *)found->pdata[i])->state : -1;

      if (state != hall->said[i] && state != hall->tried[i])
        g_error ("run %d: payment %d is %d, said was %d", run, i, state, hall->said[i]);
      hall->said[i] = hall->tried[i] = state;
    }
}

static void
arm (Hall *hall, int life)
{
  static const PowerFault faults[] = { POWER_FAULT_CUT, POWER_FAULT_CUT, POWER_FAULT_EIO_ONCE,
                                       POWER_FAULT_EIO, POWER_FAULT_FULL };

  if (life + 1 < LIVES_MAX)
    power_disk_arm (hall->disk, faults[g_rand_int_range (hall->random, 0, G_N_ELEMENTS (faults))],
                    (guint)g_rand_int_range (hall->random, 1, OPERATIONS));
}

static void
live (Hall *hall, int run)
{
  gboolean done = FALSE;

  power_disk_begin (hall->disk, (guint32)run);
  for (int i = 0; i < PAYMENTS; i++)
    hall->said[i] = hall->tried[i] = -1;
  for (int life = 0; life < LIVES_MAX && !done; life++)
    {
      g_autoptr (GError) error = NULL;
      JuminJournalFile *file;

      arm (hall, life);
      file = open_journal (&error);
      if (file == NULL && !power_disk_has_failed (hall->disk))
        g_error ("run %d: %s", run, error->message);
      if (file != NULL)
        {
          compare (hall, file, run);
          done = pay (hall, file);
          jumin_journal_file_free (file);
        }
      hall->failures += power_disk_has_failed (hall->disk);
      if (power_disk_is_off (hall->disk) || g_rand_boolean (hall->random))
        {
          hall->cuts++;
          power_disk_restart (hall->disk);
        }
      else
        power_disk_arm (hall->disk, POWER_FAULT_NONE, 0);
    }
  g_assert_true (done);
}

static void
test_power (void)
{
  g_autoptr (PowerDisk) disk = power_disk_new ();
  Hall hall = { .disk = disk, .random = g_rand_new_with_seed (20261121) };

  power_disk_begin (disk, 0);
  g_assert_true (jumin_journal_file_create (JOURNAL, power_disk_get_vfs (), NULL));
  power_disk_provision (disk);
  for (int run = 0; run < runs; run++)
    live (&hall, run);
  g_test_message ("%d runs, %u failures, %u cuts", runs, hall.failures, hall.cuts);
  g_assert_cmpuint (hall.cuts, >, (guint)runs);
  g_rand_free (hall.random);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many", "N" }, { NULL } };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_test_init (&argc, &argv, NULL);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  g_test_add_func ("/journal-power/what_was_said_is_there_after_every_cut", test_power);
  return g_test_run ();
}

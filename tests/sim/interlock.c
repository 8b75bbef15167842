/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random hours in a hall against the interlock. "--without FAULT" switches a check off, where it is
 * built for that (mutant.c), and then a bad sheet must be found.
 *
 *   sim-interlock [--seed S] [--runs N] [--without FAULT]… */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "hall.h"
#include "mutant.h"

#define FOLDER_IN_MEMORY "/dev/shm"

static char *
make_folder (void)
{
  g_autofree char *in_memory = g_build_filename (FOLDER_IN_MEMORY, "jumin-sim-XXXXXX", NULL);

  return g_mkdtemp (in_memory) != NULL ? g_steal_pointer (&in_memory)
                                       : g_dir_make_tmp ("jumin-sim-XXXXXX", NULL);
}

/* Until something bad has come out, where that is what is looked for. */
static void
run_all (guint32 seed, guint runs, gboolean until_bad, SimTally *tally)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "prints.db", NULL);

  for (guint i = 0; i < runs && !(until_bad && sim_tally_count_bad (tally) > 0); i++)
    {
      sim_hall_run (path, seed + i, tally);
      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gint64 seed = -1;
  int runs = 10000;
  g_auto (GStrv) without = NULL;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Of the first run; the next has the next", "S" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many", "N" },
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &without, "A check that is off", "FAULT" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *off = NULL;
  SimTally tally = { 0 };
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !sim_mutate (without))
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "There is no such check to be off");
      return 2;
    }
  off = without != NULL ? g_strjoinv (" and ", without) : NULL;
  seed = seed >= 0 ? seed : g_random_int ();
  sim_hall_silence_log ();
  run_all ((guint32)seed, (guint)runs, without != NULL, &tally);
  good = without == NULL
             ? sim_tally_count_bad (&tally) == 0 && tally.released > 0 && tally.refused > 0
             : sim_tally_count_bad (&tally) > 0;
  printf ("1..1\n# interlock%s%s: runs %u, seed %" G_GINT64_FORMAT ", releases %u, refused %u, "
          "foreign pages %u, spoilt %u, of another kind %u, too many copies %u, twice %u\n",
          without != NULL ? " without " : "", without != NULL ? off : "", tally.runs, seed,
          tally.released, tally.refused, tally.foreign, tally.spoilt, tally.wrong, tally.over,
          tally.again);
  printf ("%s 1 %s\n", good ? "ok" : "not ok",
          without == NULL ? "every sheet was of who was there when it was released"
                          : "a check that is off is missed");
  return good ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments on a machine that loses its power, over a line that loses everything else.
 *
 *   payments [--seed S] [--runs N] [--disk once|errors|full] [--verbose] [--without CHECK]…
 *
 * "--without" makes a mistake on purpose, where the program is built for that (pay-mutants.c); then
 * something must be found broken. */
#include <sqlite3.h>
#include <stdio.h>

#include "mutant.h"
#include "pay-sim.h"

enum
{
  CUTS_MAX = 4
};

static const JuminTillRules rules = {
  .payee = "city-payments",
  .small_fen = 20000,
  .quote_s = 300,
  .order_s = 150,
  .credit_s = 20,
  .utc_offset_min = 480,
};

/* The shortest story of those in which something broke. */
typedef struct
{
  GString *text;
  guint32 seed;
} Worst;

typedef struct
{
  PowerDisk *disk;
  JuminStore *stores[2]; /* of the ledgers */
  JuminTillLedger *ledger, *taking_back;
  SimPayMode mode;
  SimPayTally tally;
  Worst worst;
} Sim;

static guint
count_breaches (const SimPayTally *tally)
{
  guint count = 0;

  for (int i = 0; i < SIM_N_BREACHES; i++)
    count += tally->breaches[i];
  return count;
}

/* Each second city takes back at a close what was paid. */
static void
run (Sim *self, guint32 seed, SimPayTally *tally, GString *story)
{
  sim_pay_run (self->disk, seed % 2 == 0 ? self->ledger : self->taking_back, &self->mode, seed,
               tally, story);
}

/* The same seed is the same story. */
static void
tell_again (Sim *self, guint32 seed)
{
  g_autoptr (GString) story = g_string_new (NULL);
  SimPayTally ignored = { 0 };

  run (self, seed, &ignored, story);
  if (self->worst.text != NULL && self->worst.text->len <= story->len)
    return;
  if (self->worst.text != NULL)
    g_string_free (self->worst.text, TRUE);
  self->worst = (Worst){ .text = g_steal_pointer (&story), .seed = seed };
}

static void
run_all (Sim *self, guint32 seed, guint runs, gboolean until_broken)
{
  enum
  {
    STORIES_MAX = 50
  };
  int stories = 0;

  for (guint i = 0; i < runs && !(until_broken && count_breaches (&self->tally) > 0); i++)
    {
      guint before = count_breaches (&self->tally);

      run (self, seed + i, &self->tally, NULL);
      if (count_breaches (&self->tally) > before && stories++ < STORIES_MAX)
        tell_again (self, seed + i);
    }
}

static JuminTillLedger *
open_ledger (JuminStore **store, gboolean reverses)
{
  g_autoptr (GError) error = NULL;
  JuminTillRules with = rules;
  JuminTillLedger *ledger;

  with.reverses = reverses;
  *store = jumin_store_new (":memory:", &error);
  ledger = *store != NULL ? jumin_till_ledger_new (*store, &with, 0) : NULL;
  if (ledger == NULL)
    g_error ("No ledger: %s", error != NULL ? error->message : "no tables");
  return ledger;
}

static void
print_tally (const Sim *self, gint64 seed, const char *disk, const char *off, gint64 started)
{
  const SimPayTally *tally = &self->tally;
  const guint *breaches = tally->breaches;

  printf ("1..1\n# payments%s%s%s%s: seed %" G_GINT64_FORMAT ", runs %u, cuts %u, disk faults %u, "
          "lost %u, doubled %u, phantom %u, wrong screens %u, journal %u, stuck %u, %.1f s\n",
          disk != NULL ? ", disk " : "", disk != NULL ? disk : "", off != NULL ? " without " : "",
          off != NULL ? off : "", seed, tally->runs, tally->cuts, tally->faults, breaches[SIM_LOST],
          breaches[SIM_DOUBLED], breaches[SIM_PHANTOM], breaches[SIM_SCREEN], breaches[SIM_JOURNAL],
          breaches[SIM_STUCK], (double)(g_get_monotonic_time () - started) / G_USEC_PER_SEC);
  printf ("# payments %u: paid %u, not paid %u, for people %u; slips %u, restarts %u\n",
          tally->payments, tally->paid, tally->not_paid, tally->manual, tally->slips,
          tally->restarts);
}

static gboolean
parse_disk (const char *word, SimPayMode *mode)
{
  static const struct
  {
    const char *word;
    PowerFault fault;
  } disks[] = { { "once", POWER_FAULT_EIO_ONCE },
                { "errors", POWER_FAULT_EIO },
                { "full", POWER_FAULT_FULL } };

  *mode = (SimPayMode){ .cuts_max = word == NULL ? CUTS_MAX : 0 };
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (disks); i++)
    if (g_str_equal (disks[i].word, word))
      mode->disk = disks[i].fault;
  return word == NULL || mode->disk != POWER_FAULT_NONE;
}

static void
clear (Sim *self)
{
  if (self->worst.text != NULL)
    g_string_free (self->worst.text, TRUE);
  jumin_till_ledger_free (self->ledger);
  jumin_till_ledger_free (self->taking_back);
  jumin_store_free (self->stores[0]);
  jumin_store_free (self->stores[1]);
  power_disk_free (self->disk);
}

int
main (int argc, char **argv)
{
  gint64 seed = -1, started = g_get_monotonic_time ();
  int runs = 25000;
  gboolean verbose = FALSE, good;
  g_auto (GStrv) without = NULL;
  g_autofree char *disk = NULL, *off = NULL;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Of the first run; the next has the next", "S" },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs, "How many", "N" },
    { "disk", 0, 0, G_OPTION_ARG_STRING, &disk, "Its faults, in place of cuts",
      "once|errors|full" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "Tell the story of the first run", NULL },
    { "without", 0, 0, G_OPTION_ARG_STRING_ARRAY, &without, "A check that is off", "CHECK" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Sim sim = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !sim_mutate (without)
      || !parse_disk (disk, &sim.mode))
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "There is no such check or fault");
      return 2;
    }
  off = without != NULL ? g_strjoinv (" and ", without) : NULL;
  seed = seed >= 0 ? seed : g_random_int ();
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sim.disk = power_disk_new ();
  sim_machine_provision (sim.disk);
  sim.ledger = open_ledger (&sim.stores[0], FALSE);
  sim.taking_back = open_ledger (&sim.stores[1], TRUE);
  run_all (&sim, (guint32)seed, (guint)runs, without != NULL);
  good = (count_breaches (&sim.tally) > 0) == (without != NULL)
         && (without != NULL || sim.tally.paid > 0);
  print_tally (&sim, seed, disk, off, started);
  if (verbose)
    tell_again (&sim, (guint32)seed);
  if (sim.worst.text != NULL && (without == NULL || verbose))
    printf ("# the shortest story, of seed %u:\n%s", sim.worst.seed, sim.worst.text->str);
  printf ("%s 1 %s\n", good ? "ok" : "not ok",
          without == NULL ? "no fen is lost or doubled, and nothing else was said"
                          : "a mistake is found");
  clear (&sim);
  return good ? 0 : 1;
}

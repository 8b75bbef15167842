/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faulty cards before the real driver, a real pcscd, a terminal and a platform: each ends in a
 * sentence, and the next resident is served. The table that is printed says of each how it was
 * caused, what was told after how long, and how long until somebody was served again. */
#include "card-world.h"

#include "model/words.h"

enum
{
  BY_CHANCE = 20
};

/* Returns: whether it was told in words that are in the table */
static gboolean
try_fault (CardWorld *self, const CardFault *fault)
{
  gint64 told_ms, since, back_ms;
  const JuminTroubleRow *row = card_world_play (self, fault, &told_ms);

  since = card_world_now_ms (self);
  card_world_mend (self, fault);
  card_world_leave (self);
  card_world_serve (self, CARD_WORLD_NEXT);
  back_ms = card_world_now_ms (self) - since;
  g_test_message ("%-42s %-16s %s  told after %5d ms, next served after %5d ms", fault->name,
                  row != NULL ? jumin_trouble_get_id (row->trouble) : "-",
                  row != NULL ? row->title.standard.zh : "-", (int)told_ms, (int)back_ms);
  return row != NULL && row->title.standard.zh[0] != '\0';
}

static void
test_known_faults (void)
{
  guint good = 0;
  CardWorld self;

  card_world_begin (&self);
  for (gsize i = 0; i < n_card_faults; i++)
    good += try_fault (&self, &card_faults[i]);
  g_test_message ("%u of %u faulty cards ended in a sentence, and the next resident was served",
                  good, (guint)n_card_faults);
  g_assert_cmpuint (good, ==, n_card_faults);
  card_world_end (&self);
}

/* Other faults at other moments; the seed is at the top of the output. */
static void
test_faults_by_chance (void)
{
  guint good = 0;
  CardWorld self;

  card_world_begin (&self);
  for (int i = 0; i < BY_CHANCE; i++)
    {
      const char *resident = card_resident_by_chance ();
      char text[CARD_FAULT_TEXT_MAX];
      CardFault fault = card_fault_by_chance (resident, card_world_serve (&self, resident), text);

      good += try_fault (&self, &fault);
    }
  g_test_message ("%u of %d by chance ended in a sentence, and the next resident was served", good,
                  BY_CHANCE);
  g_assert_cmpuint (good, ==, BY_CHANCE);
  card_world_end (&self);
}

/* The reader goes with the card and comes back with it, in time: the visit goes on. */
static void
test_grace (void)
{
  static const struct
  {
    const char *gone, *back;
  } rows[] = { { "remove R1", "add R1" }, { "kill", "start" } };
  CardFault good = card_world_nothing_wrong;
  gint64 told_ms;
  CardWorld self;

  good.resident = CARD_WORLD_NEXT;
  card_world_begin (&self);
  g_assert_null (card_world_play (&self, &good, &told_ms));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      peer_tell (self.pcscd.pcscd, rows[i].gone);
      while (!self.terminal.scene->reader_lost)
        card_world_iterate ();
      g_assert_nonnull (self.terminal.scene->identity);
      peer_tell (self.pcscd.pcscd, rows[i].back);
      while (self.terminal.scene->reader_lost)
        card_world_iterate ();
      g_assert_nonnull (self.terminal.scene->identity);
      g_assert_true (self.terminal.scene->card_in);
      g_assert_cmpint (self.terminal.scene->page, ==, JUMIN_PAGE_HOME);
    }
  card_world_mend (&self, &good);
  card_world_leave (&self);
  card_world_end (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  g_test_add_func ("/card-faults/each_known_one_ends_in_a_sentence", test_known_faults);
  g_test_add_func ("/card-faults/each_one_by_chance_ends_in_a_sentence", test_faults_by_chance);
  g_test_add_func ("/card-faults/a_reader_that_is_back_in_time_goes_on", test_grace);
  return g_test_run ();
}

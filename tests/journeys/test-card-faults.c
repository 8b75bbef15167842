/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faulty cards before the real driver, a real pcscd, a terminal and a platform: each ends in a
 * sentence, and the next resident is served. The table that is printed says of each how it was
 * caused, what was told after how long, and how long until somebody was served again. */
#include "card-faults.h"
#include "devices/pcsc-card-reader.h"
#include "model/words.h"
#include "pcscd-fixture.h"
#include "terminal-fixture.h"

#include <string.h>

enum
{
  TOLD_MS_MAX = 20000, /* on the clock of the terminal */
  BY_CHANCE = 20,
  LOOK_MS = 5
};

/* A mute card is given up after 700 ms, a read after one and two seconds. */
#define SPEED 4
#define PATIENCE_OF_THE_READER "700"
#define NEXT_RESIDENT "wang-yidai"

typedef struct
{
  Fixture terminal;
  PcscdFixture pcscd;
  JuminClock *clock;
  JuminCardReader *reader;
  guint64 agreed; /* page that was agreed to */
} World;

static gint64
now_ms (World *self)
{
  return jumin_clock_get_monotonic (self->clock) * SPEED / 1000;
}

static gboolean
on_look (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* One turn, or a moment in which nothing happened. */
static void
iterate (void)
{
  guint look = g_timeout_add (LOOK_MS, on_look, NULL);

  g_main_context_iteration (NULL, TRUE);
  if (g_main_context_find_source_by_id (NULL, look) != NULL)
    g_source_remove (look);
}

static void
tell (JuminPeerRun *peer, const char *format, const char *argument)
{
  g_autofree char *command = g_strdup_printf (format, argument);

  peer_tell (peer, command);
}

static guint
count_commands (World *self)
{
  g_autofree char *reply = jumin_peer_ask (self->pcscd.card, "status");
  const char *count = strstr (reply, "commands=");

  g_assert_nonnull (count);
  return (guint)g_ascii_strtoull (count + strlen ("commands="), NULL, 10);
}

static void
agree_when_asked (World *self)
{
  const JuminScene *scene = self->terminal.scene;

  if (scene->page != JUMIN_PAGE_CONSENT || scene->page_number == self->agreed)
    return;
  act (&self->terminal, "agree", NULL, NULL);
  self->agreed = scene->page_number;
}

/* What happens in the middle of the visit, once. */
static void
happen (World *self, const CardFault *fault)
{
  if (fault->reader != NULL)
    peer_tell (self->pcscd.pcscd, fault->reader);
  if (fault->card != NULL)
    peer_tell (self->pcscd.card, fault->card);
}

/* Returns: (nullable): what was told; %NULL: the card was taken for good */
static const JuminTroubleRow *
play (World *self, const CardFault *fault, gint64 *told_ms)
{
  const JuminScene *scene = self->terminal.scene;
  gint64 since = now_ms (self);
  gboolean happened = fault->at == 0;

  if (fault->platform != NULL)
    g_free (sandbox_process_control (self->terminal.sandbox, fault->platform));
  tell (self->pcscd.card, "fault %s", fault->fault != NULL ? fault->fault : "none");
  g_autofree char *slow = g_strdup_printf ("slow %u", fault->slow_ms);
  peer_tell (self->pcscd.card, slow);
  tell (self->pcscd.card, "insert %s", fault->resident);
  while (scene->page != JUMIN_PAGE_NOTICE && scene->identity == NULL)
    {
      iterate ();
      agree_when_asked (self);
      if (!happened && count_commands (self) >= fault->at)
        {
          happened = TRUE;
          happen (self, fault);
        }
      if (now_ms (self) - since > TOLD_MS_MAX)
        g_error ("'%s': nothing was told within %d ms", fault->name, TOLD_MS_MAX);
    }
  *told_ms = now_ms (self) - since;
  return scene->page == JUMIN_PAGE_NOTICE ? jumin_troubles_get (scene->troubles, scene->trouble)
                                          : NULL;
}

static void
mend (World *self, const CardFault *fault)
{
  peer_tell (self->pcscd.card, "fault none");
  peer_tell (self->pcscd.card, "slow 0");
  peer_tell (self->pcscd.card, "eject");
  if (g_strcmp0 (fault->reader, "kill") == 0)
    peer_tell (self->pcscd.pcscd, "start");
  else if (fault->reader != NULL)
    peer_tell (self->pcscd.pcscd, "add R1");
  if (fault->platform != NULL)
    g_free (sandbox_process_control (self->terminal.sandbox, "up"));
}

/* The resident leaves: back on the home page, without anything of theirs. */
static void
leave (World *self)
{
  const JuminScene *scene = self->terminal.scene;
  gint64 since = now_ms (self);

  while (scene->page != JUMIN_PAGE_HOME || scene->in_visit || scene->card_in
         || scene->reader_missing)
    {
      if (scene->page == JUMIN_PAGE_NOTICE || scene->in_visit)
        act (&self->terminal, "exit", NULL, NULL);
      iterate ();
      if (now_ms (self) - since > TOLD_MS_MAX)
        g_error ("not back on the home page within %d ms", TOLD_MS_MAX);
    }
  g_assert_null (scene->identity);
  g_assert_false (scene->card_known);
}

static const CardFault nothing_wrong = { .name = "a good card" };

/* Returns: how many commands a whole visit with this good card takes */
static guint
serve (World *self, const char *resident)
{
  CardFault good = nothing_wrong;
  gint64 told_ms;
  guint n;

  good.resident = resident;
  if (play (self, &good, &told_ms) != NULL)
    g_error ("'%s' was not served", resident);
  n = count_commands (self);
  mend (self, &good);
  leave (self);
  return n;
}

static void
begin (World *self)
{
  *self = (World){ .clock = jumin_clock_new (SPEED) };
  g_setenv ("JUMIN_PEER_ANSWER_MS", PATIENCE_OF_THE_READER, TRUE);
  pcscd_fixture_init (&self->pcscd);
  self->reader = JUMIN_CARD_READER (jumin_pcsc_card_reader_new (NULL, self->clock));
  set_up_with (&self->terminal, self->clock, self->reader);
  while (jumin_card_reader_get_state (self->reader) != JUMIN_READER_EMPTY)
    iterate ();
}

static void
end (World *self)
{
  gpointer weak = self->reader;

  tear_down (&self->terminal, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->reader), &weak);
  g_object_unref (self->reader);
  while (weak != NULL)
    iterate ();
  g_object_unref (self->clock);
  pcscd_fixture_finish (&self->pcscd);
}

/* Returns: whether it was told in words that are in the table */
static gboolean
try_fault (World *self, const CardFault *fault)
{
  gint64 told_ms, since, back_ms;
  const JuminTroubleRow *row = play (self, fault, &told_ms);

  since = now_ms (self);
  mend (self, fault);
  leave (self);
  serve (self, NEXT_RESIDENT);
  back_ms = now_ms (self) - since;
  g_test_message ("%-42s %-16s %s  told after %5d ms, next served after %5d ms", fault->name,
                  row != NULL ? jumin_trouble_get_id (row->trouble) : "-",
                  row != NULL ? row->title.standard.zh : "-", (int)told_ms, (int)back_ms);
  return row != NULL && row->title.standard.zh[0] != '\0';
}

static void
test_known_faults (void)
{
  guint good = 0;
  World self;

  begin (&self);
  for (gsize i = 0; i < n_card_faults; i++)
    good += try_fault (&self, &card_faults[i]);
  g_test_message ("%u of %u faulty cards ended in a sentence, and the next resident was served",
                  good, (guint)n_card_faults);
  g_assert_cmpuint (good, ==, n_card_faults);
  end (&self);
}

/* Other faults at other moments; the seed is at the top of the output. */
static void
test_faults_by_chance (void)
{
  guint good = 0;
  World self;

  begin (&self);
  for (int i = 0; i < BY_CHANCE; i++)
    {
      const char *resident = card_resident_by_chance ();
      char text[CARD_FAULT_TEXT_MAX];
      CardFault fault = card_fault_by_chance (resident, serve (&self, resident), text);

      good += try_fault (&self, &fault);
    }
  g_test_message ("%u of %d by chance ended in a sentence, and the next resident was served", good,
                  BY_CHANCE);
  g_assert_cmpuint (good, ==, BY_CHANCE);
  end (&self);
}

/* The reader goes with the card and comes back with it, in time: the visit goes on. */
static void
test_grace (void)
{
  static const struct
  {
    const char *gone, *back;
  } rows[] = { { "remove R1", "add R1" }, { "kill", "start" } };
  CardFault good = nothing_wrong;
  gint64 told_ms;
  World self;

  good.resident = NEXT_RESIDENT;
  begin (&self);
  g_assert_null (play (&self, &good, &told_ms));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      peer_tell (self.pcscd.pcscd, rows[i].gone);
      while (!self.terminal.scene->reader_lost)
        iterate ();
      g_assert_nonnull (self.terminal.scene->identity);
      peer_tell (self.pcscd.pcscd, rows[i].back);
      while (self.terminal.scene->reader_lost)
        iterate ();
      g_assert_nonnull (self.terminal.scene->identity);
      g_assert_true (self.terminal.scene->card_in);
      g_assert_cmpint (self.terminal.scene->page, ==, JUMIN_PAGE_HOME);
    }
  mend (&self, &good);
  leave (&self);
  end (&self);
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the card to the identity, and all that can go wrong on the way: each trouble has its page,
 * and the next card is served. */
#include "terminal-fixture.h"

#include "model/words.h"

static const struct
{
  gboolean is_failure;
  int code;
  JuminTrouble trouble;
} rows[] = {
  { FALSE, JUMIN_RETRY_CARD_REVERSED, JUMIN_TROUBLE_CARD_REVERSED },
  { FALSE, JUMIN_RETRY_CARD_MUTE, JUMIN_TROUBLE_CARD_MUTE },
  { FALSE, JUMIN_RETRY_CARD_STUCK, JUMIN_TROUBLE_CARD_STUCK },
  { FALSE, JUMIN_RETRY_CARD_FOREIGN, JUMIN_TROUBLE_CARD_FOREIGN },
  { FALSE, JUMIN_RETRY_CARD_BANK, JUMIN_TROUBLE_CARD_BANK },
  { FALSE, JUMIN_RETRY_CARD_PULLED, JUMIN_TROUBLE_CARD_PULLED },
  { FALSE, JUMIN_RETRY_CARD_UNREADABLE, JUMIN_TROUBLE_CARD_UNREADABLE },
  { FALSE, JUMIN_RETRY_CARD_CHANGED, JUMIN_TROUBLE_CARD_CHANGED },
  { FALSE, JUMIN_RETRY_CARD_EXPIRED, JUMIN_TROUBLE_CARD_EXPIRED },
  { TRUE, JUMIN_FAILURE_READER_FAULTY, JUMIN_TROUBLE_READER_FAULTY },
};

static void
fail_next (Fixture *f, gsize row)
{
  jumin_virtual_card_reader_fail_next (
      f->reader, rows[row].is_failure ? JUMIN_FAILURE : JUMIN_RETRY, rows[row].code);
}

static void
assert_told (Fixture *f, JuminTrouble trouble)
{
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpstr (jumin_trouble_get_id (f->scene->trouble), ==, jumin_trouble_get_id (trouble));
}

static void
test_reading_the_card_fails (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      fail_next (f, i);
      insert (f);
      assert_told (f, rows[i].trouble);
      act (f, "retry", NULL, NULL);
      await (f, JUMIN_PAGE_CONSENT);
      leave (f);
    }
}

static void
test_reading_the_holder_fails (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      insert (f);
      await (f, JUMIN_PAGE_CONSENT);
      fail_next (f, i);
      act (f, "agree", NULL, NULL);
      assert_told (f, rows[i].trouble);
      g_assert_null (f->scene->identity);
      leave (f);
    }
}

/* A card that keeps its holder, and nobody who could tell. */
static void
test_a_locked_card (Fixture *f, gconstpointer data)
{
  JuminCard stranger = { .version = "3.00", .identifier = "500000D15600000500009999FFFFFFFF" };

  jumin_virtual_card_reader_insert (f->reader, &stranger, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  assert_told (f, JUMIN_TROUBLE_HOLDER_UNKNOWN);
  leave (f);

  jumin_virtual_card_reader_insert (f->reader, &stranger, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  g_free (sandbox_process_control (f->sandbox, "down"));
  act (f, "agree", NULL, NULL);
  assert_told (f, JUMIN_TROUBLE_CARD_LOCKED);
  g_free (sandbox_process_control (f->sandbox, "up"));
  act (f, "exit", NULL, NULL);
  jumin_virtual_card_reader_pull (f->reader);
  await (f, JUMIN_PAGE_HOME);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/arrival/each_trouble_of_a_card_is_told", test_reading_the_card_fails);
  ADD ("/arrival/each_trouble_after_the_agreement_is_told", test_reading_the_holder_fails);
  ADD ("/arrival/a_locked_card_that_nobody_knows", test_a_locked_card);
  return g_test_run ();
}

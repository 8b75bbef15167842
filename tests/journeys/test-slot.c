/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader that is lost in the middle of a visit, and comes back: with the same card, with another
 * one, without any, or not at all. */
#include "terminal-fixture.h"

#include "journey/flow.h"
#include "model/words.h"

static const JuminCard other_card
    = { .version = "2.00", .identifier = "500000D156000005000012350000000A" };

static void
assert_told (Fixture *f, JuminTrouble trouble)
{
  await (f, JUMIN_PAGE_NOTICE);
  g_assert_cmpstr (jumin_trouble_get_id (f->scene->trouble), ==, jumin_trouble_get_id (trouble));
}

/* Home, with the identity of the card. */
static void
arrive (Fixture *f)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
}

static void
lose (Fixture *f)
{
  jumin_virtual_card_reader_break (f->reader, JUMIN_READER_MISSING);
  g_assert_true (f->scene->reader_lost);
}

static void
test_the_same_card_goes_on (Fixture *f, gconstpointer data)
{
  guint64 number;

  arrive (f);
  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  number = f->scene->page_number;
  for (int i = 0; i < 3; i++)
    {
      lose (f);
      g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CHOOSE);
      jumin_virtual_card_reader_heal (f->reader);
      AWAIT (!f->scene->reader_lost);
    }
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_CHOOSE);
  g_assert_cmpuint (f->scene->page_number, ==, number);
  g_assert_nonnull (f->scene->identity);
  g_assert_true (f->scene->card_in);
  g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->reader), ==, 1);
  jumin_virtual_card_reader_pull (f->reader);
  assert_told (f, JUMIN_TROUBLE_CARD_OUT);
}

/* The page can be used while the reader is away. */
static void
test_the_page_goes_on_meanwhile (Fixture *f, gconstpointer data)
{
  arrive (f);
  lose (f);
  act (f, "start", "id", "queue");
  await (f, JUMIN_PAGE_CHOOSE);
  jumin_virtual_card_reader_heal (f->reader);
  AWAIT (!f->scene->reader_lost);
  g_assert_nonnull (f->scene->identity);
}

static void
test_another_card_ends_the_visit (Fixture *f, gconstpointer data)
{
  arrive (f);
  lose (f);
  jumin_virtual_card_reader_insert (f->reader, &other_card, NULL);
  jumin_virtual_card_reader_heal (f->reader);
  assert_told (f, JUMIN_TROUBLE_CARD_CHANGED);
  g_assert_null (f->scene->identity);
  g_assert_false (f->scene->in_visit);
  act (f, "retry", NULL, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_cmpstr (f->scene->card.identifier, ==, other_card.identifier);
}

static void
test_no_card_ends_the_visit (Fixture *f, gconstpointer data)
{
  arrive (f);
  lose (f);
  jumin_virtual_card_reader_pull (f->reader);
  g_assert_nonnull (f->scene->identity);
  jumin_virtual_card_reader_heal (f->reader);
  assert_told (f, JUMIN_TROUBLE_CARD_OUT);
  g_assert_null (f->scene->identity);
  await (f, JUMIN_PAGE_HOME);
}

static const struct
{
  JuminReaderState state;
  JuminTrouble trouble;
} losses[] = {
  { JUMIN_READER_MISSING, JUMIN_TROUBLE_READER_MISSING },
  { JUMIN_READER_NO_SERVICE, JUMIN_TROUBLE_READER_SERVICE },
  { JUMIN_READER_REFUSED, JUMIN_TROUBLE_READER_REFUSED },
  { JUMIN_READER_FAULTY, JUMIN_TROUBLE_READER_FAULTY },
};

/* After the grace the visit is over. The card that comes back must be taken out: it begins no
 * second visit. */
static void
test_the_grace_is_over (Fixture *f, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (losses); i++)
    {
      guint reads;

      arrive (f);
      jumin_virtual_card_reader_break (f->reader, losses[i].state);
      assert_told (f, losses[i].trouble);
      g_assert_null (f->scene->identity);
      g_assert_false (f->scene->in_visit);
      reads = jumin_virtual_card_reader_get_holder_reads (f->reader);
      jumin_virtual_card_reader_heal (f->reader);
      await (f, JUMIN_PAGE_TAKE_CARD);
      g_assert_false (f->scene->in_visit);
      jumin_virtual_card_reader_pull (f->reader);
      await (f, JUMIN_PAGE_HOME);
      g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->reader), ==, reads);
    }
}

static void
test_the_ticket_stays (Fixture *f, gconstpointer data)
{
  arrive (f);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_TICKET);
  lose (f);
  AWAIT (f->scene->identity == NULL);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TICKET);
  g_assert_nonnull (f->scene->ticket);
}

static void
test_a_broken_read_is_repeated (Fixture *f, gconstpointer data)
{
  jumin_virtual_card_reader_set_held (f->reader, TRUE);
  insert (f);
  await (f, JUMIN_PAGE_WAIT);
  lose (f);
  jumin_virtual_card_reader_set_held (f->reader, FALSE);
  jumin_virtual_card_reader_heal (f->reader);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_false (f->scene->reader_lost);

  jumin_virtual_card_reader_set_held (f->reader, TRUE);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_WAIT);
  lose (f);
  jumin_virtual_card_reader_set_held (f->reader, FALSE);
  jumin_virtual_card_reader_heal (f->reader);
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
}

static void
test_a_broken_read_ends (Fixture *f, gconstpointer data)
{
  jumin_virtual_card_reader_set_held (f->reader, TRUE);
  insert (f);
  lose (f);
  assert_told (f, JUMIN_TROUBLE_READER_MISSING);
  jumin_virtual_card_reader_pull (f->reader);
  jumin_virtual_card_reader_set_held (f->reader, FALSE);
  jumin_virtual_card_reader_heal (f->reader);
  act (f, "home", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  arrive (f);
}

/* Who leaves while the card is being read leaves no read behind that a lost reader would repeat. */
static void
test_left_in_the_read (Fixture *f, gconstpointer data)
{
  jumin_virtual_card_reader_set_held (f->reader, TRUE);
  insert (f);
  act (f, "exit", NULL, NULL);
  await (f, JUMIN_PAGE_TAKE_CARD);
  lose (f);
  jumin_virtual_card_reader_pull (f->reader);
  jumin_virtual_card_reader_set_held (f->reader, FALSE);
  jumin_virtual_card_reader_heal (f->reader);
  await (f, JUMIN_PAGE_HOME);
  arrive (f);
}

/* Agreed while the reader is away. */
static void
test_agreed_in_the_grace (Fixture *f, gconstpointer data)
{
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
  lose (f);
  act (f, "agree", NULL, NULL);
  await (f, JUMIN_PAGE_WAIT);
  jumin_virtual_card_reader_heal (f->reader);
  await (f, JUMIN_PAGE_HOME);
  g_assert_nonnull (f->scene->identity);
}

/* The service starts anew before the card was taken: no second visit of the same card. */
static void
test_a_card_left_in_begins_nothing (Fixture *f, gconstpointer data)
{
  arrive (f);
  act (f, "exit", NULL, NULL);
  await (f, JUMIN_PAGE_TAKE_CARD);
  lose (f);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  jumin_virtual_card_reader_heal (f->reader);
  AWAIT (!f->scene->reader_lost);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  lose (f);
  jumin_virtual_card_reader_insert (f->reader, &other_card, NULL);
  jumin_virtual_card_reader_heal (f->reader);
  await (f, JUMIN_PAGE_CONSENT);
}

/* Who began to touch meanwhile is neither ended nor taken for the card's holder. */
static void
test_the_next_person_is_not_the_card_s (Fixture *f, gconstpointer data)
{
  guint reads;

  arrive (f);
  lose (f);
  assert_told (f, JUMIN_TROUBLE_READER_MISSING);
  act (f, "home", NULL, NULL);
  await (f, JUMIN_PAGE_HOME);
  reads = jumin_virtual_card_reader_get_holder_reads (f->reader);
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  jumin_virtual_card_reader_heal (f->reader);
  AWAIT (f->scene->card_in);
  g_assert_cmpint (f->scene->page, ==, JUMIN_PAGE_IDENTIFY);
  act (f, "back", NULL, NULL);
  act (f, "next", NULL, NULL);
  await (f, JUMIN_PAGE_IDENTIFY);
  g_assert_cmpuint (jumin_virtual_card_reader_get_holder_reads (f->reader), ==, reads);
  jumin_virtual_card_reader_pull (f->reader);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
}

static void
test_without_a_card_nothing_is_lost (Fixture *f, gconstpointer data)
{
  choose (f, JUMIN_IDENTIFY_ALWAYS);
  await (f, JUMIN_PAGE_IDENTIFY);
  jumin_virtual_card_reader_break (f->reader, JUMIN_READER_NO_SERVICE);
  g_assert_false (f->scene->reader_lost);
  g_assert_true (f->scene->reader_missing);
  g_assert_cmpint (f->scene->reader_trouble, ==, JUMIN_TROUBLE_READER_SERVICE);
  jumin_virtual_card_reader_heal (f->reader);
  g_assert_false (f->scene->reader_missing);
  insert (f);
  await (f, JUMIN_PAGE_CONSENT);
}

static void
test_a_swapped_card (Fixture *f, gconstpointer data)
{
  arrive (f);
  jumin_virtual_card_reader_insert (f->reader, &other_card, NULL);
  await (f, JUMIN_PAGE_CONSENT);
  g_assert_null (f->scene->identity);
  g_assert_cmpstr (f->scene->card.identifier, ==, other_card.identifier);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  ADD ("/slot/the_same_card_goes_on", test_the_same_card_goes_on);
  ADD ("/slot/the_page_can_be_used_meanwhile", test_the_page_goes_on_meanwhile);
  ADD ("/slot/another_card_ends_the_visit", test_another_card_ends_the_visit);
  ADD ("/slot/no_card_ends_the_visit", test_no_card_ends_the_visit);
  ADD ("/slot/after_the_grace_the_card_must_be_taken_out", test_the_grace_is_over);
  ADD ("/slot/the_number_stays_after_the_grace", test_the_ticket_stays);
  ADD ("/slot/a_broken_read_is_repeated", test_a_broken_read_is_repeated);
  ADD ("/slot/a_broken_read_ends_after_the_grace", test_a_broken_read_ends);
  ADD ("/slot/a_visit_that_ended_waits_for_no_read", test_left_in_the_read);
  ADD ("/slot/who_agrees_meanwhile_is_read_later", test_agreed_in_the_grace);
  ADD ("/slot/a_card_left_in_begins_no_second_visit", test_a_card_left_in_begins_nothing);
  ADD ("/slot/the_next_person_is_not_the_card_s", test_the_next_person_is_not_the_card_s);
  ADD ("/slot/without_a_card_nothing_is_lost", test_without_a_card_nothing_is_lost);
  ADD ("/slot/a_swapped_card_begins_anew", test_a_swapped_card);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of the sandbox's queue: their order, their keys, whose they are, and how they move. */
#include <string.h>

#include "queue-fixture.h"
#include "sandbox/wait-range.h"

static void
test_order (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) first = queue_fixture_take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) second
      = queue_fixture_take (&self, "k2", "talk", "", "", JUMIN_QUEUE_NEW);

  /* Ten were called, three wait, the resident who holds a number, and one missed a call. */
  g_assert_cmpstr (first->number, ==, "A016");
  g_assert_cmpint (first->ahead, ==, 4);
  g_assert_cmpstr (second->number, ==, "A017");
  g_assert_cmpint (second->ahead, ==, 5);
  g_assert_cmpint (first->issued_at, ==, QUEUE_MORNING_S);
  g_assert_cmpuint (jumin_queue_call_next (self.queue, "talk"), ==, 1);
  g_autoptr (JuminTicket) later = jumin_queue_find_flow (self.queue, first->flow);
  g_assert_cmpint (later->ahead, ==, 3);
  queue_fixture_tear_down (&self);
}

static void
test_priority (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) plain = queue_fixture_take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) elder
      = queue_fixture_take (&self, "k2", "talk", "elder", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) soldier
      = queue_fixture_take (&self, "k3", "talk", "military", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) behind = jumin_queue_find_flow (self.queue, plain->flow);

  g_assert_false (plain->priority);
  g_assert_true (elder->priority);
  g_assert_cmpint (elder->ahead, ==, 0);
  g_assert_cmpint (soldier->ahead, ==, 1);
  g_assert_cmpint (behind->ahead, ==, 6);
  jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminHall) hall = jumin_queue_describe (self.queue);
  g_assert_cmpstr (((JuminCall *)hall->calls->pdata[0])->number, ==, elder->number);
  queue_fixture_tear_down (&self);
}

static void
test_idempotency (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) first
      = queue_fixture_take (&self, "k1", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) again
      = queue_fixture_take (&self, "k1", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_SAME_KEY);

  g_assert_cmpstr (first->flow, ==, again->flow);
  queue_fixture_refuse (&self, "k1", "talk", "military", QUEUE_PERSON,
                        JUMIN_QUEUE_ERROR_KEY_REUSED);
  queue_fixture_refuse (&self, "k1", "talk", "", QUEUE_OTHER, JUMIN_QUEUE_ERROR_KEY_REUSED);
  g_assert_cmpint (jumin_store_count_issued (self.store), ==, 1);
  queue_fixture_tear_down (&self);
}

static void
test_live (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) first
      = queue_fixture_take (&self, "k1", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) live
      = queue_fixture_take (&self, "k2", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) held
      = queue_fixture_take (&self, "k3", "talk", "", QUEUE_HOLDER, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) other
      = queue_fixture_take (&self, "k4", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);

  g_assert_cmpstr (first->flow, ==, live->flow);
  g_assert_cmpstr (first->masked_number, ==, "5001************10");
  g_assert_cmpstr (held->number, ==, "A014");
  /* Called and served: the person may take another one. */
  for (int i = 0; i < 7; i++)
    jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminTicket) next
      = queue_fixture_take (&self, "k5", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_assert_cmpstr (next->number, !=, first->number);
  queue_fixture_tear_down (&self);
}

static void
test_identity (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });

  queue_fixture_refuse (&self, "k1", "sign", "", "", JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED);
  queue_fixture_refuse (&self, "k1", "dance", "", "", JUMIN_QUEUE_ERROR_MATTER_UNKNOWN);
  g_autoptr (JuminTicket) ticket
      = queue_fixture_take (&self, "k2", "pay", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_assert_cmpstr (ticket->masked_number, ==, "");
  queue_fixture_tear_down (&self);
}

static void
test_hours (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ .opens = "11:00" });

  queue_fixture_refuse (&self, "k1", "talk", "", "", JUMIN_QUEUE_ERROR_CLOSED);
  g_autoptr (JuminHall) early = jumin_queue_describe (self.queue);
  g_assert_cmpstr (jumin_hall_find_matter (early, "talk")->closed_reason.zh, ==, "before");
  g_assert_cmpstr (jumin_hall_find_matter (early, "talk")->counters, ==, "");
  g_assert_cmpint (jumin_hall_find_matter (early, "talk")->wait_min, ==, JUMIN_MINUTES_UNKNOWN);
  jumin_clock_advance (self.clock, 40 * 60 * 1000);
  g_autoptr (JuminTicket) ticket
      = queue_fixture_take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  queue_fixture_tear_down (&self);
}

static void
test_midnight (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) old = queue_fixture_take (&self, "k1", "pay", "", "", JUMIN_QUEUE_NEW);

  jumin_clock_advance (self.clock, (QUEUE_TO_MIDNIGHT_S - 1) * 1000u);
  g_autoptr (JuminTicket) late = queue_fixture_take (&self, "k2", "pay", "", "", JUMIN_QUEUE_NEW);
  jumin_clock_advance (self.clock, 1000);
  g_autoptr (JuminTicket) early = queue_fixture_take (&self, "k3", "pay", "", "", JUMIN_QUEUE_NEW);
  g_assert_cmpstr (old->number, ==, "C001");
  g_assert_cmpstr (late->number, ==, "C002");
  g_assert_cmpstr (early->number, ==, "C001");
  g_assert_cmpstr (early->flow, !=, old->flow);
  queue_fixture_tear_down (&self);
}

static void
test_today (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, QUEUE_HOLDER);
  g_autoptr (JuminToday) nothing = jumin_queue_find_today (self.queue, QUEUE_OTHER);
  const JuminAppointment *appointment;

  g_assert_cmpuint (today->tickets->len, ==, 1);
  g_assert_cmpuint (today->appointments->len, ==, 1);
  appointment = today->appointments->pdata[0];
  g_assert_cmpint (appointment->begins_at, ==, QUEUE_MORNING_S + 34 * 60);
  g_assert_cmpint (appointment->ends_at, ==, QUEUE_MORNING_S + 64 * 60);
  g_assert_cmpuint (nothing->tickets->len + nothing->appointments->len, ==, 0);
  queue_fixture_tear_down (&self);
}

/* The numbers called at certain minutes, and how many wait. */
static char *
play (void)
{
  GString *story = g_string_new (NULL);
  QueueFixture self;

  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  jumin_queue_start (self.queue);
  for (int i = 0; i < 12; i++)
    {
      jumin_clock_advance (self.clock, 5 * 60 * 1000);
      g_autoptr (JuminHall) hall = jumin_queue_describe (self.queue);
      const JuminMatter *matter = jumin_hall_find_matter (hall, "talk");

      g_assert_cmpint (matter->wait_min, <=, matter->wait_max);
      g_string_append_printf (story, "%s %d\n", ((JuminCall *)hall->calls->pdata[0])->number,
                              matter->waiting);
    }
  queue_fixture_tear_down (&self);
  return g_string_free (story, FALSE);
}

static void
test_seed (void)
{
  g_autofree char *once = play (), *twice = play ();

  g_assert_cmpstr (once, ==, twice);
  /* It moved, far beyond those who waited in the morning. */
  g_assert_nonnull (strstr (once, "A02"));
}

static void
test_range (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  const JuminCityMatter *talk = jumin_city_find_matter (self.city, "talk");
  int min, max;

  jumin_wait_range (talk, 0, 2, 0, &min, &max);
  g_assert_cmpint (min, ==, 0);
  g_assert_cmpint (max, ==, 4); /* 420 s at two windows, to the next minute */
  jumin_wait_range (talk, 4, 2, 0, &min, &max);
  g_assert_cmpint (min, ==, 15); /* 12 */
  g_assert_cmpint (max, ==, 20); /* 17.5 */
  jumin_wait_range (talk, 4, 0, 0, &min, &max);
  g_assert_cmpint (min, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpint (max, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpint (jumin_wait_round (600), ==, 10);
  g_assert_cmpint (jumin_wait_round (601), ==, 15);
  queue_fixture_tear_down (&self);
}

static void
test_bad_city (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (queue_fixture_load ("{\"seed\":1,\"colour\":2}", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/numbers_are_called_in_their_order", test_order);
  g_test_add_func ("/sandbox/priority_gets_ahead_of_the_others", test_priority);
  g_test_add_func ("/sandbox/the_same_key_gives_the_same_number", test_idempotency);
  g_test_add_func ("/sandbox/a_person_holds_one_number_a_matter", test_live);
  g_test_add_func ("/sandbox/a_matter_that_wants_to_know_who_comes_says_so", test_identity);
  g_test_add_func ("/sandbox/no_number_outside_the_hours", test_hours);
  g_test_add_func ("/sandbox/numbers_begin_anew_at_midnight_in_the_hall", test_midnight);
  g_test_add_func ("/sandbox/today_knows_numbers_and_appointments", test_today);
  g_test_add_func ("/sandbox/the_same_seed_plays_the_same_day", test_seed);
  g_test_add_func ("/sandbox/the_range_is_rounded_up_and_unknown_without_windows", test_range);
  g_test_add_func ("/sandbox/a_city_with_an_unknown_key_is_refused", test_bad_city);
  return g_test_run ();
}

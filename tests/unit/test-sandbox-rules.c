/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the sandbox's hall: hours, caps, appointments, priority, missed calls, and what a
 * clock may do to them. The clock is moved by hand. */
#include <string.h>

#include "queue-fixture.h"

static void
assert_closed (QueueFixture *self, const char *matter, const char *reason, gint64 reopens_at)
{
  g_autoptr (JuminHall) hall = jumin_queue_describe (self->queue);
  const JuminMatter *found = jumin_hall_find_matter (hall, matter);

  g_assert_false (found->open);
  g_assert_cmpstr (found->closed_reason.zh, ==, reason);
  g_assert_cmpint (found->reopens_at, ==, reopens_at);
  queue_fixture_refuse (self, "never", matter, "", QUEUE_PERSON, JUMIN_QUEUE_ERROR_CLOSED);
}

static gint64
get_moment (int days, int hour, int minute)
{
  gint64 midnight = QUEUE_MORNING_S + QUEUE_TO_MIDNIGHT_S - QUEUE_DAY_S;

  return midnight + (gint64)days * QUEUE_DAY_S + hour * QUEUE_HOUR_S + minute * QUEUE_MINUTE_S;
}

/* Wednesday is an ordinary day, Thursday a feast, Friday has a morning alone, on Saturday they work
 * for an hour. */
static void
test_hours (void)
{
  static const struct
  {
    int days, hour, minute;
    const char *reason; /* NULL: open */
    int reopens_days, reopens_hour, reopens_minute;
  } moments[] = {
    { 0, 8, 59, "before", 0, 9, 0 },  { 0, 9, 0, NULL, 0, 0, 0 },
    { 0, 12, 0, "pause", 0, 13, 30 }, { 0, 13, 30, NULL, 0, 0, 0 },
    { 0, 17, 0, "after", 2, 9, 0 },   { 1, 10, 0, "feast", 2, 9, 0 },
    { 2, 12, 0, "after", 3, 10, 0 },  { 3, 10, 30, NULL, 0, 0, 0 },
    { 3, 11, 0, "after", 5, 9, 0 },   { 4, 12, 0, "day_off", 5, 9, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      QueueFixture self;
      g_autoptr (JuminHall) hall = NULL;

      queue_fixture_set_up (&self, &(QueueRules){ 0 });
      queue_fixture_set_clock (&self,
                               get_moment (moments[i].days, moments[i].hour, moments[i].minute));
      hall = jumin_queue_describe (self.queue);
      if (moments[i].reason == NULL)
        {
          g_assert_true (jumin_hall_find_matter (hall, "desk")->open);
          g_assert_cmpint (jumin_hall_find_matter (hall, "desk")->reopens_at, ==, 0);
          g_autoptr (JuminTicket) ticket
              = queue_fixture_take (&self, "k1", "desk", "", "", JUMIN_QUEUE_NEW);
        }
      else
        assert_closed (&self, "desk", moments[i].reason,
                       get_moment (moments[i].reopens_days, moments[i].reopens_hour,
                                   moments[i].reopens_minute));
      queue_fixture_tear_down (&self);
    }
}

static void
test_cap (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminHall) two = jumin_queue_describe (self.queue);
  g_autoptr (JuminTicket) sixth
      = queue_fixture_take (&self, "k1", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminHall) one = jumin_queue_describe (self.queue);
  g_autoptr (JuminTicket) seventh
      = queue_fixture_take (&self, "k2", "sign", "", QUEUE_OTHER, JUMIN_QUEUE_NEW);

  g_assert_cmpint (jumin_hall_find_matter (two, "sign")->left, ==, 2);
  g_assert_cmpint (jumin_hall_find_matter (one, "sign")->left, ==, 1);
  g_assert_cmpint (jumin_hall_find_matter (one, "talk")->left, ==, JUMIN_LEFT_MANY);
  queue_fixture_refuse (&self, "k3", "sign", "", QUEUE_OLD, JUMIN_QUEUE_ERROR_CLOSED);
  g_autoptr (JuminHall) none = jumin_queue_describe (self.queue);
  g_assert_cmpstr (jumin_hall_find_matter (none, "sign")->closed_reason.zh, ==, "all_taken");
  g_assert_cmpint (jumin_hall_find_matter (none, "sign")->reopens_at, ==, get_moment (1, 0, 0));
  queue_fixture_tear_down (&self);
}

/* One window, seven minutes in the middle: at 16:40 two people fill the rest of the day. */
static void
test_last_number (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  queue_fixture_set_clock (&self, get_moment (0, 16, 40));
  g_autoptr (JuminTicket) first = queue_fixture_take (&self, "k1", "desk", "", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) second
      = queue_fixture_take (&self, "k2", "desk", "", "", JUMIN_QUEUE_NEW);

  assert_closed (&self, "desk", "full", get_moment (2, 9, 0));
  /* Served more quickly than that, there is room again. */
  jumin_queue_call_next (self.queue, "desk");
  jumin_queue_call_next (self.queue, "desk");
  g_autoptr (JuminTicket) third = queue_fixture_take (&self, "k3", "desk", "", "", JUMIN_QUEUE_NEW);
  queue_fixture_tear_down (&self);
}

/* The pause lies between, and is not time to serve anybody. */
static void
test_last_number_before_the_pause (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  queue_fixture_set_clock (&self, get_moment (0, 11, 59));
  g_autoptr (JuminTicket) ticket
      = queue_fixture_take (&self, "k1", "desk", "", "", JUMIN_QUEUE_NEW);
  queue_fixture_set_clock (&self, get_moment (2, 11, 54));
  assert_closed (&self, "desk", "full", get_moment (3, 10, 0));
  queue_fixture_tear_down (&self);
}

#define APPOINTMENT(key) (&(JuminQueueOrder){ key, "sign", "", QUEUE_HOLDER, "appointment-1" })

static void
test_appointment_window (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, QUEUE_HOLDER);
  const JuminAppointment *appointment = today->appointments->pdata[0];

  g_assert_cmpint (appointment->take_from, ==, get_moment (0, 10, 45));
  g_assert_cmpint (appointment->take_until, ==, get_moment (0, 11, 45));
  g_assert_cmpint (jumin_appointment_get_standing (appointment, get_moment (0, 10, 44)), ==,
                   JUMIN_STANDING_EARLY);
  queue_fixture_refuse_order (&self, APPOINTMENT ("k1"), JUMIN_QUEUE_ERROR_APPOINTMENT);
  queue_fixture_set_clock (&self, appointment->take_until);
  g_assert_cmpint (jumin_appointment_get_standing (appointment, appointment->take_until), ==,
                   JUMIN_STANDING_LATE);
  queue_fixture_refuse_order (&self, APPOINTMENT ("k1"), JUMIN_QUEUE_ERROR_APPOINTMENT);
  /* Too late for the appointment: an ordinary number is to be had. */
  g_autoptr (JuminTicket) ordinary
      = queue_fixture_take (&self, "k2", "sign", "", QUEUE_HOLDER, JUMIN_QUEUE_NEW);
  g_assert_cmpint (ordinary->appointment_at, ==, 0);
  queue_fixture_tear_down (&self);
}

static void
test_appointment_is_its_holders (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });

  queue_fixture_set_clock (&self, get_moment (0, 11, 0));
  queue_fixture_refuse_order (&self,
                              &(JuminQueueOrder){ "k1", "sign", "", QUEUE_PERSON, "appointment-1" },
                              JUMIN_QUEUE_ERROR_APPOINTMENT);
  queue_fixture_refuse_order (&self,
                              &(JuminQueueOrder){ "k2", "desk", "", QUEUE_HOLDER, "appointment-1" },
                              JUMIN_QUEUE_ERROR_APPOINTMENT);
  g_autoptr (JuminTicket) taken = queue_fixture_order (&self, APPOINTMENT ("k3"), JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) again
      = queue_fixture_order (&self, APPOINTMENT ("k3"), JUMIN_QUEUE_SAME_KEY);
  g_autoptr (JuminTicket) live = queue_fixture_order (&self, APPOINTMENT ("k4"), JUMIN_QUEUE_LIVE);
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, QUEUE_HOLDER);

  g_assert_cmpint (taken->appointment_at, ==, get_moment (0, 11, 0));
  g_assert_cmpstr (again->flow, ==, taken->flow);
  g_assert_cmpstr (live->flow, ==, taken->flow);
  g_assert_cmpuint (today->appointments->len, ==, 0);
  /* Once it was served it is used up. */
  jumin_queue_call_next (self.queue, "sign");
  jumin_queue_call_next (self.queue, "sign");
  queue_fixture_refuse_order (&self, APPOINTMENT ("k5"), JUMIN_QUEUE_ERROR_APPOINTMENT);
  queue_fixture_tear_down (&self);
}

/* Taken at 10:50 for 11:00: those who are there go first until then, and nobody afterwards. The
 * day's cap does not count against it. */
static void
test_appointment_order (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  queue_fixture_advance (&self, 24 * QUEUE_MINUTE_S);
  g_autoptr (JuminTicket) first
      = queue_fixture_take (&self, "k1", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) second
      = queue_fixture_take (&self, "k2", "sign", "military", QUEUE_OTHER, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) early = queue_fixture_order (&self, APPOINTMENT ("k3"), JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) now = NULL, behind = NULL;

  g_assert_cmpint (early->ahead, ==, 0);
  g_assert_cmpint (early->wait_min, ==, 10);
  g_autoptr (JuminTicket) before = jumin_queue_find_flow (self.queue, second->flow);
  g_assert_cmpint (before->ahead, ==, 0);
  queue_fixture_advance (&self, 10 * QUEUE_MINUTE_S);
  now = jumin_queue_find_flow (self.queue, early->flow);
  behind = jumin_queue_find_flow (self.queue, second->flow);
  g_assert_cmpint (now->ahead, ==, 0);
  g_assert_cmpint (now->wait_min, ==, 0);
  g_assert_cmpint (behind->ahead, ==, 1);
  jumin_queue_call_next (self.queue, "sign");
  g_autoptr (JuminHall) hall = jumin_queue_describe (self.queue);
  g_assert_cmpstr (((JuminCall *)hall->calls->pdata[0])->number, ==, early->number);
  queue_fixture_tear_down (&self);
}

static void
test_priority_by_age (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  queue_fixture_set_clock (&self, get_moment (65, 23, 59)); /* the eve of a 60th birthday */
  g_autoptr (JuminTicket) young
      = queue_fixture_take (&self, "k1", "talk", "elder", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) eve
      = queue_fixture_take (&self, "k2", "talk", "elder", QUEUE_OLD, JUMIN_QUEUE_NEW);
  queue_fixture_advance (&self, QUEUE_MINUTE_S);
  g_autoptr (JuminTicket) birthday
      = queue_fixture_take (&self, "k3", "talk", "", QUEUE_OLD, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) nobody
      = queue_fixture_take (&self, "k4", "talk", "elder", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) soldier
      = queue_fixture_take (&self, "k5", "talk", "military", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  /* The same order again, a day older: the same number. */
  g_autoptr (JuminTicket) again
      = queue_fixture_take (&self, "k2", "talk", "elder", QUEUE_OLD, JUMIN_QUEUE_SAME_KEY);

  g_assert_false (young->priority);
  g_assert_false (eve->priority);
  g_assert_true (birthday->priority);
  g_assert_true (nobody->priority);
  g_assert_true (soldier->priority);
  g_assert_cmpstr (again->flow, ==, eve->flow);
  queue_fixture_tear_down (&self);
}

static JuminTicket *
find_missed (QueueFixture *self)
{
  g_autoptr (JuminToday) today = jumin_queue_find_today (self->queue, QUEUE_MISSED);

  g_assert_cmpuint (today->tickets->len, ==, 1);
  g_assert_cmpint (((JuminTicket *)today->tickets->pdata[0])->state, ==, JUMIN_TICKET_MISSED);
  return jumin_ticket_copy (today->tickets->pdata[0]);
}

static void
test_missed_is_kept (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) missed = find_missed (&self);
  g_autoptr (JuminTicket) same
      = queue_fixture_take (&self, "k1", "talk", "", QUEUE_MISSED, JUMIN_QUEUE_LIVE);

  g_assert_cmpstr (missed->number, ==, "A015");
  g_assert_cmpint (missed->if_missed, ==, JUMIN_MISSED_WINDOW);
  g_assert_cmpint (missed->calls_kept, ==, 3);
  g_assert_cmpstr (same->flow, ==, missed->flow);
  g_assert_cmpint (same->state, ==, JUMIN_TICKET_MISSED);
  for (int i = 0; i < 3; i++)
    jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminTicket) over = find_missed (&self);
  g_assert_cmpint (over->calls_kept, ==, 0);
  g_assert_cmpint (over->if_missed, ==, JUMIN_MISSED_DESK);
  /* The old number is no longer one: who asks here gets another. */
  g_autoptr (JuminTicket) fresh
      = queue_fixture_take (&self, "k2", "talk", "", QUEUE_MISSED, JUMIN_QUEUE_NEW);
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, QUEUE_MISSED);
  g_assert_cmpstr (fresh->number, ==, "A016");
  g_assert_cmpuint (today->tickets->len, ==, 1);
  queue_fixture_tear_down (&self);
}

static void
test_missed_is_put_back (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ .missed_then = "again" });
  g_autoptr (JuminTicket) first
      = queue_fixture_take (&self, "k1", "talk", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) second
      = queue_fixture_take (&self, "k2", "talk", "", QUEUE_OTHER, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) missed = find_missed (&self);

  for (int i = 0; i < 3; i++)
    jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminTicket) over = find_missed (&self);
  g_assert_cmpint (over->if_missed, ==, JUMIN_MISSED_AGAIN);
  g_autoptr (JuminTicket) back
      = queue_fixture_take (&self, "k3", "talk", "", QUEUE_MISSED, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) again
      = queue_fixture_take (&self, "k3", "talk", "", QUEUE_MISSED, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) last = jumin_queue_find_flow (self.queue, second->flow);

  g_assert_cmpstr (back->number, ==, "A015");
  g_assert_cmpint (back->state, ==, JUMIN_TICKET_WAITING);
  g_assert_cmpint (back->ahead, ==, 2); /* the resident's A014 and the first of the two */
  g_assert_cmpint (again->ahead, ==, 2);
  g_assert_cmpint (last->ahead, ==, 3);
  queue_fixture_tear_down (&self);
}

static void
test_missed_at_the_window (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  g_autoptr (JuminTicket) ticket
      = queue_fixture_take (&self, "k1", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);

  jumin_queue_call_next (self.queue, "sign");
  g_assert_true (jumin_queue_miss (self.queue, ticket->flow));
  g_assert_false (jumin_queue_miss (self.queue, "B999-0999"));
  jumin_queue_call_next (self.queue, "sign");
  g_autoptr (JuminTicket) missed = jumin_queue_find_flow (self.queue, ticket->flow);
  g_assert_cmpint (missed->state, ==, JUMIN_TICKET_MISSED);
  g_assert_cmpint (missed->calls_kept, ==, 3); /* nobody was called since */
  queue_fixture_tear_down (&self);
}

static void
test_midnight (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ 0 });

  queue_fixture_advance (&self, QUEUE_TO_MIDNIGHT_S - 1);
  g_autoptr (JuminTicket) late
      = queue_fixture_take (&self, "k1", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);
  queue_fixture_advance (&self, 1);
  /* The request came before midnight and is repeated after it: it keeps its number. */
  g_autoptr (JuminTicket) repeated
      = queue_fixture_take (&self, "k1", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_SAME_KEY);
  /* That number is no live one of the new day. */
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, QUEUE_PERSON);
  g_autoptr (JuminTicket) early
      = queue_fixture_take (&self, "k2", "sign", "", QUEUE_PERSON, JUMIN_QUEUE_NEW);

  g_assert_cmpstr (repeated->flow, ==, late->flow);
  g_assert_cmpuint (today->tickets->len, ==, 0);
  g_assert_cmpstr (early->number, ==, "B006");
  g_assert_cmpstr (early->number, ==, late->number);
  g_assert_cmpstr (early->flow, !=, late->flow);
  queue_fixture_tear_down (&self);
}

/* UTC-5: the day changes when it is midnight there, not here and not at Greenwich. */
static void
test_time_zone (void)
{
  QueueFixture self;
  queue_fixture_set_up (&self, &(QueueRules){ .utc_offset_min = -300 });
  g_autoptr (JuminTicket) evening
      = queue_fixture_take (&self, "k1", "pay", "", "", JUMIN_QUEUE_NEW);

  /* 21:26 there; it is midnight at 13:00 here. */
  queue_fixture_set_clock (&self, get_moment (0, 12, 59));
  g_autoptr (JuminTicket) last = queue_fixture_take (&self, "k2", "pay", "", "", JUMIN_QUEUE_NEW);
  queue_fixture_set_clock (&self, get_moment (0, 13, 0));
  g_autoptr (JuminTicket) first = queue_fixture_take (&self, "k3", "pay", "", "", JUMIN_QUEUE_NEW);
  queue_fixture_set_clock (&self, get_moment (1, 0, 0));
  g_autoptr (JuminTicket) noon = queue_fixture_take (&self, "k4", "pay", "", "", JUMIN_QUEUE_NEW);

  g_assert_cmpstr (evening->number, ==, "C001");
  g_assert_cmpstr (last->number, ==, "C002");
  g_assert_cmpstr (first->number, ==, "C001");
  g_assert_cmpstr (noon->number, ==, "C002");
  queue_fixture_tear_down (&self);
}

/* Whatever the clock does: a number that was given stays what it is, and none is given twice. */
static void
test_clock_jumps (void)
{
  static const int jumps[][3]
      = { { 0, 10, 0 }, { 0, 9, 0 }, { 30, 0, 0 }, { 0, 11, 0 }, { 1, 0, 0 }, { 0, 12, 0 } };
  QueueFixture self;
  g_autoptr (GHashTable) flows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  queue_fixture_set_up (&self, &(QueueRules){ 0 });
  for (gsize i = 0; i < G_N_ELEMENTS (jumps); i++)
    {
      g_autofree char *key = g_strdup_printf ("k%zu", i);

      queue_fixture_set_clock (&self, get_moment (jumps[i][0], jumps[i][1], jumps[i][2]));
      g_autoptr (JuminTicket) ticket
          = queue_fixture_take (&self, key, "pay", "", "", JUMIN_QUEUE_NEW);
      g_assert_true (g_hash_table_add (flows, g_strdup (ticket->flow)));
      g_assert_true (
          g_hash_table_add (numbers, g_strdup_printf ("%s of %d", ticket->number, jumps[i][0])));
      for (gsize j = 0; j <= i; j++)
        {
          g_autofree char *old = g_strdup_printf ("k%zu", j);
          g_autoptr (JuminTicket) same
              = queue_fixture_take (&self, old, "pay", "", "", JUMIN_QUEUE_SAME_KEY);

          g_assert_true (g_hash_table_contains (flows, same->flow));
        }
    }
  g_assert_cmpint (jumin_store_count_issued (self.store), ==, G_N_ELEMENTS (jumps));
  queue_fixture_tear_down (&self);
}

#define ADD(name, function) g_test_add_func ("/hall-rules/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a_closed_matter_says_why_and_when_it_opens", test_hours);
  ADD ("the_last_numbers_of_the_day_are_counted", test_cap);
  ADD ("no_number_that_would_not_be_served_today", test_last_number);
  ADD ("the_pause_serves_nobody", test_last_number_before_the_pause);
  ADD ("an_appointment_has_its_time", test_appointment_window);
  ADD ("an_appointment_is_its_holders_and_is_used_once", test_appointment_is_its_holders);
  ADD ("appointments_are_called_in_the_order_of_their_time", test_appointment_order);
  ADD ("age_gives_priority_and_is_not_believed", test_priority_by_age);
  ADD ("a_missed_number_is_kept_for_three_calls", test_missed_is_kept);
  ADD ("a_missed_number_may_be_put_back", test_missed_is_put_back);
  ADD ("nobody_at_the_window_is_a_missed_call", test_missed_at_the_window);
  ADD ("a_request_keeps_its_number_over_midnight", test_midnight);
  ADD ("the_day_begins_at_the_halls_midnight", test_time_zone);
  ADD ("no_jump_of_the_clock_changes_or_doubles_a_number", test_clock_jumps);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of the sandbox's queue, on a clock that is moved by hand and without a network. */
#include <glib/gstdio.h>
#include <string.h>

#include "sandbox/queue.h"
#include "sandbox/wait-range.h"

enum
{
  /* 2026-09-16, 10:26 in the hall */
  MORNING_S = 1789525560,
  SECONDS_TO_MIDNIGHT = (13 * 60 + 34) * 60
};

#define PERSON "500102199003070010"
#define OTHER "500102198506121217"
#define HOLDER "50010419911010344X"

static const char residents[] = "[{\"id\":\"a\",\"name\":\"卫有号\",\"id_number\":\"" HOLDER "\","
                                "\"live_ticket\":{\"matter\":\"talk\"},"
                                "\"appointment\":{\"matter\":\"sign\",\"begins\":\"11:00\","
                                "\"ends\":\"11:30\"}}]";

#define MATTER(id, letter, windows, waiting, before, cap, identify)                                \
  "{\"id\":\"" id "\",\"letter\":\"" letter "\",\"icon\":\"list\",\"family\":\"queue\","           \
  "\"name\":{\"zh\":\"办\",\"en\":\"\"},\"place\":{\"zh\":\"楼\",\"en\":\"\"},"                  \
  "\"windows\":[\"1\",\"2\"],\"windows_open\":" windows ",\"waiting\":" waiting ","                \
  "\"numbers_before\":" before ",\"daily_cap\":" cap ",\"identify\":\"" identify "\","             \
  "\"served_s\":[300,360,420,600],\"papers\":[]}"

static const char city_format[]
    = "{\"seed\":1,\"terminal\":\"T-0003\",\"catalogue_version\":1,"
      "\"hall\":{\"zh\":\"厅\",\"en\":\"\"},\"utc_offset_minutes\":480,"
      "\"hours\":[{\"from\":\"%s\",\"to\":\"24:00\"}],"
      "\"closed_outside_hours\":{\"zh\":\"早\",\"en\":\"\"},"
      "\"closed_all_taken\":{\"zh\":\"完\",\"en\":\"\"},\"staff_on_duty\":1,"
      "\"arrivals_end_at\":800,\"login\":{\"tries\":3,\"terminal_tries\":9,\"lock_s\":9,"
      "\"valid_s\":9,\"resend_s\":9},\"services\":[],\"matters\":[" MATTER (
          "talk", "A", "2", "3", "10", "999",
          "optional") "," MATTER ("sign", "B", "1", "0", "5", "7",
                                  "always") "," MATTER ("pay", "C", "0", "0", "0", "999",
                                                        "never") "]}";

typedef struct
{
  JuminCity *city;
  JuminClock *clock;
  JuminStore *store;
  JuminQueue *queue;
} Fixture;

static char *
write_file (const char *contents)
{
  g_autoptr (GError) error = NULL;
  char *file = NULL;
  int descriptor = g_file_open_tmp ("jumin-city-XXXXXX", &file, &error);

  g_assert_no_error (error);
  g_close (descriptor, NULL);
  g_file_set_contents (file, contents, -1, &error);
  g_assert_no_error (error);
  return file;
}

static JuminCity *
load_city (const char *city, GError **error)
{
  g_autofree char *city_file = write_file (city);
  g_autofree char *residents_file = write_file (residents);
  JuminCity *loaded = jumin_city_load (city_file, residents_file, error);

  g_unlink (city_file);
  g_unlink (residents_file);
  return loaded;
}

static void
set_up (Fixture *self, const char *opens)
{
  g_autofree char *city = g_strdup_printf (city_format, opens);
  g_autoptr (GError) error = NULL;

  self->city = load_city (city, &error);
  g_assert_no_error (error);
  self->clock = jumin_clock_new_manual (MORNING_S);
  self->store = jumin_store_new (":memory:", &error);
  g_assert_no_error (error);
  self->queue = jumin_queue_new (self->city, self->store, self->clock);
}

static void
tear_down (Fixture *self)
{
  g_assert_finalize_object (self->queue);
  g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->clock);
  jumin_city_free (self->city);
}

static JuminTicket *
take (Fixture *self, const char *key, const char *matter, const char *priority,
      const char *id_number, JuminQueueOutcome wanted)
{
  JuminQueueOrder order
      = { .key = key, .matter = matter, .priority = priority, .id_number = id_number };
  g_autoptr (GError) error = NULL;
  JuminTicket *ticket = NULL;

  g_assert_cmpint (jumin_queue_take (self->queue, &order, &ticket, &error), ==, wanted);
  g_assert_no_error (error);
  return ticket;
}

static void
refuse (Fixture *self, const char *key, const char *matter, const char *priority,
        const char *id_number, JuminQueueError wanted)
{
  JuminQueueOrder order
      = { .key = key, .matter = matter, .priority = priority, .id_number = id_number };
  g_autoptr (GError) error = NULL;
  JuminTicket *ticket = NULL;

  g_assert_cmpint (jumin_queue_take (self->queue, &order, &ticket, &error), ==,
                   JUMIN_QUEUE_REFUSED);
  g_assert_error (error, JUMIN_QUEUE_ERROR, (int)wanted);
  g_assert_null (ticket);
}

static void
test_order (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) first = take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) second = take (&self, "k2", "talk", "", "", JUMIN_QUEUE_NEW);

  /* Ten were called, three wait and the resident who holds a number. */
  g_assert_cmpstr (first->number, ==, "A015");
  g_assert_cmpint (first->ahead, ==, 4);
  g_assert_cmpstr (second->number, ==, "A016");
  g_assert_cmpint (second->ahead, ==, 5);
  g_assert_cmpint (first->issued_at, ==, MORNING_S);
  g_assert_cmpuint (jumin_queue_call_next (self.queue, "talk"), ==, 1);
  g_autoptr (JuminTicket) later = jumin_queue_find_flow (self.queue, first->flow);
  g_assert_cmpint (later->ahead, ==, 3);
  tear_down (&self);
}

static void
test_priority (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) plain = take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) elder = take (&self, "k2", "talk", "elder", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) soldier = take (&self, "k3", "talk", "military", "", JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) behind = jumin_queue_find_flow (self.queue, plain->flow);

  g_assert_false (plain->priority);
  g_assert_true (elder->priority);
  g_assert_cmpint (elder->ahead, ==, 0);
  g_assert_cmpint (soldier->ahead, ==, 1);
  g_assert_cmpint (behind->ahead, ==, 6);
  jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminHall) hall = jumin_queue_describe (self.queue);
  g_assert_cmpstr (((JuminCall *)hall->calls->pdata[0])->number, ==, elder->number);
  tear_down (&self);
}

static void
test_idempotency (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) first = take (&self, "k1", "talk", "", PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) again = take (&self, "k1", "talk", "", PERSON, JUMIN_QUEUE_SAME_KEY);

  g_assert_cmpstr (first->flow, ==, again->flow);
  refuse (&self, "k1", "talk", "elder", PERSON, JUMIN_QUEUE_ERROR_KEY_REUSED);
  refuse (&self, "k1", "talk", "", OTHER, JUMIN_QUEUE_ERROR_KEY_REUSED);
  g_assert_cmpint (jumin_store_count_issued (self.store), ==, 1);
  tear_down (&self);
}

static void
test_live (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) first = take (&self, "k1", "talk", "", PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) live = take (&self, "k2", "talk", "", PERSON, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) held = take (&self, "k3", "talk", "", HOLDER, JUMIN_QUEUE_LIVE);
  g_autoptr (JuminTicket) other = take (&self, "k4", "sign", "", PERSON, JUMIN_QUEUE_NEW);

  g_assert_cmpstr (first->flow, ==, live->flow);
  g_assert_cmpstr (first->masked_number, ==, "5001************10");
  g_assert_cmpstr (held->number, ==, "A014");
  /* Called and served: the person may take another one. */
  for (int i = 0; i < 7; i++)
    jumin_queue_call_next (self.queue, "talk");
  g_autoptr (JuminTicket) next = take (&self, "k5", "talk", "", PERSON, JUMIN_QUEUE_NEW);
  g_assert_cmpstr (next->number, !=, first->number);
  tear_down (&self);
}

static void
test_identity (void)
{
  Fixture self;
  set_up (&self, "00:00");

  refuse (&self, "k1", "sign", "", "", JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED);
  refuse (&self, "k1", "dance", "", "", JUMIN_QUEUE_ERROR_MATTER_UNKNOWN);
  g_autoptr (JuminTicket) ticket = take (&self, "k2", "pay", "", PERSON, JUMIN_QUEUE_NEW);
  g_assert_cmpstr (ticket->masked_number, ==, "");
  tear_down (&self);
}

static void
test_cap (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) sixth = take (&self, "k1", "sign", "", PERSON, JUMIN_QUEUE_NEW);
  g_autoptr (JuminTicket) seventh = take (&self, "k2", "sign", "", OTHER, JUMIN_QUEUE_NEW);

  refuse (&self, "k3", "sign", "", HOLDER, JUMIN_QUEUE_ERROR_CLOSED);
  g_autoptr (JuminHall) hall = jumin_queue_describe (self.queue);
  g_assert_false (jumin_hall_find_matter (hall, "sign")->open);
  g_assert_cmpstr (jumin_hall_find_matter (hall, "sign")->closed_reason.zh, ==, "完");
  tear_down (&self);
}

static void
test_hours (void)
{
  Fixture self;
  set_up (&self, "11:00");

  refuse (&self, "k1", "talk", "", "", JUMIN_QUEUE_ERROR_CLOSED);
  g_autoptr (JuminHall) early = jumin_queue_describe (self.queue);
  g_assert_cmpstr (jumin_hall_find_matter (early, "talk")->closed_reason.zh, ==, "早");
  g_assert_cmpstr (jumin_hall_find_matter (early, "talk")->counters, ==, "");
  g_assert_cmpint (early->wait_min, ==, JUMIN_MINUTES_UNKNOWN);
  jumin_clock_advance (self.clock, 40 * 60 * 1000);
  g_autoptr (JuminTicket) ticket = take (&self, "k1", "talk", "", "", JUMIN_QUEUE_NEW);
  tear_down (&self);
}

static void
test_midnight (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminTicket) old = take (&self, "k1", "pay", "", "", JUMIN_QUEUE_NEW);

  jumin_clock_advance (self.clock, (SECONDS_TO_MIDNIGHT - 1) * 1000u);
  g_autoptr (JuminTicket) late = take (&self, "k2", "pay", "", "", JUMIN_QUEUE_NEW);
  jumin_clock_advance (self.clock, 1000);
  g_autoptr (JuminTicket) early = take (&self, "k3", "pay", "", "", JUMIN_QUEUE_NEW);
  g_assert_cmpstr (old->number, ==, "C001");
  g_assert_cmpstr (late->number, ==, "C002");
  g_assert_cmpstr (early->number, ==, "C001");
  g_assert_cmpstr (early->flow, !=, old->flow);
  tear_down (&self);
}

static void
test_today (void)
{
  Fixture self;
  set_up (&self, "00:00");
  g_autoptr (JuminToday) today = jumin_queue_find_today (self.queue, HOLDER);
  g_autoptr (JuminToday) nothing = jumin_queue_find_today (self.queue, OTHER);
  const JuminAppointment *appointment;

  g_assert_cmpuint (today->tickets->len, ==, 1);
  g_assert_cmpuint (today->appointments->len, ==, 1);
  appointment = today->appointments->pdata[0];
  g_assert_cmpint (appointment->begins_at, ==, MORNING_S + 34 * 60);
  g_assert_cmpint (appointment->ends_at, ==, MORNING_S + 64 * 60);
  g_assert_cmpuint (nothing->tickets->len + nothing->appointments->len, ==, 0);
  tear_down (&self);
}

/* The numbers called at certain minutes, and how many wait. */
static char *
play (void)
{
  GString *story = g_string_new (NULL);
  Fixture self;

  set_up (&self, "00:00");
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
  tear_down (&self);
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
  Fixture self;
  set_up (&self, "00:00");
  const JuminCityMatter *talk = jumin_city_find_matter (self.city, "talk");
  int min, max;

  jumin_wait_range (talk, 0, 2, &min, &max);
  g_assert_cmpint (min, ==, 0);
  g_assert_cmpint (max, ==, 4); /* 420 s at two windows, to the next minute */
  jumin_wait_range (talk, 4, 2, &min, &max);
  g_assert_cmpint (min, ==, 15); /* 12 */
  g_assert_cmpint (max, ==, 20); /* 17.5 */
  jumin_wait_range (talk, 4, 0, &min, &max);
  g_assert_cmpint (min, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpint (max, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpint (jumin_wait_round (600), ==, 10);
  g_assert_cmpint (jumin_wait_round (601), ==, 15);
  tear_down (&self);
}

static void
test_bad_city (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load_city ("{\"seed\":1,\"colour\":2}", &error));
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
  g_test_add_func ("/sandbox/no_number_after_the_last_of_the_day", test_cap);
  g_test_add_func ("/sandbox/no_number_outside_the_hours", test_hours);
  g_test_add_func ("/sandbox/numbers_begin_anew_at_midnight_in_the_hall", test_midnight);
  g_test_add_func ("/sandbox/today_knows_numbers_and_appointments", test_today);
  g_test_add_func ("/sandbox/the_same_seed_plays_the_same_day", test_seed);
  g_test_add_func ("/sandbox/the_range_is_rounded_up_and_unknown_without_windows", test_range);
  g_test_add_func ("/sandbox/a_city_with_an_unknown_key_is_refused", test_bad_city);
  return g_test_run ();
}

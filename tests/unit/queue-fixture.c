/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small city for the tests of the sandbox's queue. */
#include "queue-fixture.h"

#include <glib/gstdio.h>

static const char residents[]
    = "[{\"id\":\"a\",\"name\":\"卫有号\",\"id_number\":\"" QUEUE_HOLDER "\","
      "\"live_ticket\":{\"matter\":\"talk\"},"
      "\"appointment\":{\"matter\":\"sign\",\"begins\":\"11:00\",\"ends\":\"11:30\"}},"
      "{\"id\":\"b\",\"name\":\"沈过号\",\"id_number\":\"" QUEUE_MISSED "\","
      "\"missed_ticket\":{\"matter\":\"talk\"}}]";

#define MATTER(id, letter, table, windows, waiting, before, cap, identify)                         \
  "{\"id\":\"" id "\",\"letter\":\"" letter "\",\"icon\":\"list\",\"family\":\"queue\","           \
  "\"name\":{\"zh\":\"办\",\"en\":\"\"},\"place\":{\"zh\":\"楼\",\"en\":\"\"},"                  \
  "\"timetable\":\"" table "\","                                                                   \
  "\"windows\":[\"1\",\"2\"],\"windows_open\":" windows ",\"waiting\":" waiting ","                \
  "\"numbers_before\":" before ",\"daily_cap\":" cap ",\"identify\":\"" identify "\","             \
  "\"served_s\":[300,360,420,600],\"papers\":[]}"

#define CLOSED(id) "\"" id "\":{\"zh\":\"" id "\",\"en\":\"\"}"

static const char city_format[]
    = "{\"seed\":1,\"terminal\":\"T-0003\",\"catalogue_version\":1,"
      "\"hall\":{\"zh\":\"厅\",\"en\":\"\"},\"utc_offset_minutes\":%d,"
      "\"rules\":{\"note\":\"\",\"priority_age\":60,\"few_left\":2,"
      "\"appointment_early_minutes\":15,\"appointment_late_minutes\":15,\"calls_kept\":3,"
      "\"missed_then\":\"%s\",\"missed_behind\":2},"
      "\"timetables\":[{\"id\":\"wide\",\"words\":{\"zh\":\"宽\",\"en\":\"\"},"
      "\"last_number\":false,\"hours\":[{\"days\":\"1234567\",\"from\":\"%s\",\"to\":\"24:00\"}],"
      "\"special_days\":[]},"
      "{\"id\":\"office\",\"words\":{\"zh\":\"班\",\"en\":\"\"},\"last_number\":true,"
      "\"hours\":[{\"days\":\"12345\",\"from\":\"09:00\",\"to\":\"12:00\"},"
      "{\"days\":\"1234\",\"from\":\"13:30\",\"to\":\"17:00\"}],"
      "\"special_days\":[{\"date\":\"2026-09-17\",\"name\":{\"zh\":\"feast\",\"en\":\"\"},"
      "\"hours\":[]},{\"date\":\"2026-09-19\",\"name\":{\"zh\":\"work\",\"en\":\"\"},"
      "\"hours\":[{\"from\":\"10:00\",\"to\":\"11:00\"}]}]}],"
      "\"closed\":{" CLOSED ("before") "," CLOSED ("pause") "," CLOSED ("after") "," CLOSED (
          "day_"
          "off") "," CLOSED ("all_taken") "," CLOSED ("full") "},\"staff_on_duty\":1,"
                                                              "\"arrivals_end_at\":800,\"login\":{"
                                                              "\"tries\":3,\"terminal_tries\":9,"
                                                              "\"lock_s\":9,"
                                                              "\"valid_s\":9,\"resend_s\":9},"
                                                              "\"services\":[],\"machines\":[],"
                                                              "\"matters\":"
                                                              "[" MATTER ("talk", "A", "wide", "2", "3", "10", "999", "optional") "," MATTER (
                                                                  "sign", "B", "wide", "1", "0",
                                                                  "5", "7",
                                                                  "always") "," MATTER ("pay", "C",
                                                                                        "wide", "0",
                                                                                        "0", "0",
                                                                                        "999",
                                                                                        "never") "," MATTER ("desk",
                                                                                                             "D",
                                                                                                             "office",
                                                                                                             "1",
                                                                                                             "0",
                                                                                                             "0",
                                                                                                             "999",
                                                                                                             "optiona"
                                                                                                             "l") "]}";

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

/* Returns: (transfer full): the city as JSON */
char *
queue_fixture_city (const QueueRules *rules)
{
  return g_strdup_printf (city_format, rules->utc_offset_min != 0 ? rules->utc_offset_min : 480,
                          rules->missed_then != NULL ? rules->missed_then : "desk",
                          rules->opens != NULL ? rules->opens : "00:00");
}

JuminCity *
queue_fixture_load (const char *city, GError **error)
{
  g_autofree char *city_file = write_file (city);
  g_autofree char *residents_file = write_file (residents);
  JuminCity *loaded = jumin_city_load (city_file, residents_file, error);

  g_unlink (city_file);
  g_unlink (residents_file);
  return loaded;
}

void
queue_fixture_set_up (QueueFixture *self, const QueueRules *rules)
{
  g_autofree char *city = queue_fixture_city (rules);
  g_autoptr (GError) error = NULL;

  self->city = queue_fixture_load (city, &error);
  g_assert_no_error (error);
  self->clock = jumin_clock_new_manual (QUEUE_MORNING_S);
  self->store = jumin_store_new (":memory:", &error);
  g_assert_no_error (error);
  self->queue = jumin_queue_new (self->city, self->store, self->clock);
}

void
queue_fixture_tear_down (QueueFixture *self)
{
  jumin_queue_free (self->queue);
  jumin_store_free (self->store);
  g_assert_finalize_object (self->clock);
  jumin_city_free (self->city);
}

void
queue_fixture_advance (QueueFixture *self, int seconds)
{
  jumin_clock_advance (self->clock, (guint)seconds * 1000);
}

/* The clock jumps: the platform is started again with it, and finds what it kept. */
void
queue_fixture_set_clock (QueueFixture *self, gint64 wall_s)
{
  jumin_queue_free (self->queue);
  g_assert_finalize_object (self->clock);
  self->clock = jumin_clock_new_manual (wall_s);
  self->queue = jumin_queue_new (self->city, self->store, self->clock);
}

JuminTicket *
queue_fixture_order (QueueFixture *self, const JuminQueueOrder *order, JuminQueueOutcome wanted)
{
  g_autoptr (GError) error = NULL;
  JuminTicket *ticket = NULL;

  g_assert_cmpint (jumin_queue_take (self->queue, order, &ticket, &error), ==, wanted);
  g_assert_no_error (error);
  return ticket;
}

void
queue_fixture_refuse_order (QueueFixture *self, const JuminQueueOrder *order,
                            JuminQueueError wanted)
{
  g_autoptr (GError) error = NULL;
  JuminTicket *ticket = NULL;

  g_assert_cmpint (jumin_queue_take (self->queue, order, &ticket, &error), ==, JUMIN_QUEUE_REFUSED);
  g_assert_error (error, JUMIN_QUEUE_ERROR, (int)wanted);
  g_assert_null (ticket);
}

JuminTicket *
queue_fixture_take (QueueFixture *self, const char *key, const char *matter, const char *priority,
                    const char *id_number, JuminQueueOutcome wanted)
{
  JuminQueueOrder order = { key, matter, priority, id_number, "" };

  return queue_fixture_order (self, &order, wanted);
}

void
queue_fixture_refuse (QueueFixture *self, const char *key, const char *matter, const char *priority,
                      const char *id_number, JuminQueueError wanted)
{
  JuminQueueOrder order = { key, matter, priority, id_number, "" };

  queue_fixture_refuse_order (self, &order, wanted);
}

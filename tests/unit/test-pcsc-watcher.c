/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watcher of the card slot against a service in a table, as Debian 12 and 13 have it: what it
 * makes of every event, how it comes back, and how often it wakes. */
#include "devices/pcsc-watcher.h"

#include <string.h>

#include "fake-pcsc.h"

enum
{
  PATIENCE_S = 20,
  QUIET_MS = 300, /* how long the watcher's calls are counted */
  QUIETS_MAX = 5,
  CALLS_OF_A_LOOK = 4, /* plug-and-play, list, states, sleep */
  BACKOFF_MIN_MS = 5,
  BACKOFF_MAX_MS = 50,
  HURRY_MS = 20,
  HURRY_TURNS = 3
};

#define READER "Fake Reader 00 00"
#define READER_AGAIN "Fake Reader 01 00"
#define OTHER "Other Reader 00 00"

static const JuminPcscWaits waits = { .idle_ms = 600000,
                                      .hurry_ms = HURRY_MS,
                                      .hurry_turns = HURRY_TURNS,
                                      .backoff_min_ms = BACKOFF_MIN_MS,
                                      .backoff_max_ms = BACKOFF_MAX_MS };

static GMutex log_lock;
static GString *log_text;

typedef struct
{
  JuminPcscWatcher *watcher;
  JuminPcscSight sight;
  gboolean told;
  guint seen; /* flags of the states that were */
} Fixture;

static void
on_sight (const JuminPcscSight *sight, gpointer data)
{
  Fixture *self = data;

  self->sight = *sight;
  self->told = TRUE;
  self->seen |= 1u << sight->state;
}

static GLogWriterOutput
on_log (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log_lock);

  for (gsize i = 0; i < n; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      g_string_append_printf (log_text, "%s\n", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

static guint
count_in_log (const char *words)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&log_lock);
  guint n = 0;

  for (const char *at = log_text->str; (at = strstr (at, words)) != NULL; at++)
    n++;
  return n;
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean late = FALSE;                                                                         \
    guint timer = g_timeout_add_seconds (PATIENCE_S, on_time, &late);                              \
    while (!(condition) && !late)                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_assert_true (condition);                                                                     \
    g_source_remove (timer);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
set_up (Fixture *self, gconstpointer version)
{
  g_string_truncate (log_text, 0);
  fake_pcsc_reset ((FakePcscVersion)GPOINTER_TO_INT (version));
  self->watcher = jumin_pcsc_watcher_start (NULL, &waits, on_sight, self);
  wait_until (self->told);
}

static void
tear_down (Fixture *self, gconstpointer version)
{
  jumin_pcsc_watcher_stop (self->watcher);
  g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 0);
}

static void
wait_for_state (Fixture *self, JuminReaderState state)
{
  wait_until (self->sight.state == state);
}

static void
test_cards (Fixture *self, gconstpointer version)
{
  guint insertion;

  wait_for_state (self, JUMIN_READER_MISSING);
  fake_pcsc_plug (READER, FALSE);
  wait_for_state (self, JUMIN_READER_EMPTY);
  g_assert_cmpstr (self->sight.reader, ==, READER);
  fake_pcsc_put_card (READER);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  insertion = self->sight.insertion;
  fake_pcsc_take_card (READER);
  wait_for_state (self, JUMIN_READER_EMPTY);
  fake_pcsc_put_card (READER);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  g_assert_cmpuint (self->sight.insertion, !=, insertion);
}

/* Pulled and put in between two looks: only the service's count tells. */
static void
test_swap (Fixture *self, gconstpointer version)
{
  guint insertion;

  fake_pcsc_plug (READER, TRUE);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  insertion = self->sight.insertion;
  fake_pcsc_take_card (READER);
  fake_pcsc_put_card (READER);
  wait_until (self->sight.insertion != insertion && self->sight.state == JUMIN_READER_OCCUPIED);
}

/* Who waits does not wake: once nothing happens, nothing is called. */
static void
test_sleeps (Fixture *self, gconstpointer version)
{
  guint calls = 1;

  /* So that the count of events is not the count of readers. */
  fake_pcsc_plug (OTHER, FALSE);
  fake_pcsc_unplug (OTHER);
  fake_pcsc_plug (READER, TRUE);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  run_for (QUIET_MS);
  g_assert_cmpuint (fake_pcsc_count_calls (), <=, CALLS_OF_A_LOOK * (HURRY_TURNS + 6));
  /* A loaded machine may still be at the last look. */
  for (int i = 0; i < QUIETS_MAX && calls > 0; i++)
    {
      run_for (QUIET_MS);
      calls = fake_pcsc_count_calls ();
    }
  g_assert_cmpuint (calls, ==, 0);
}

/* Without a reader it looks now and then, because the older service can lose an event. */
static void
test_looks_for_a_reader (Fixture *self, gconstpointer version)
{
  guint calls;

  wait_for_state (self, JUMIN_READER_MISSING);
  run_for (HURRY_MS * HURRY_TURNS);
  fake_pcsc_count_calls ();
  run_for (QUIET_MS);
  calls = fake_pcsc_count_calls ();
  g_assert_cmpuint (calls, >, 0);
  g_assert_cmpuint (calls, <=, CALLS_OF_A_LOOK * (QUIET_MS / HURRY_MS + 1));
  fake_pcsc_plug_unseen (READER);
  wait_for_state (self, JUMIN_READER_EMPTY);
}

/* A service whose sleeps end for nothing: it is braked, and still served. */
static void
test_restless (Fixture *self, gconstpointer version)
{
  fake_pcsc_plug (READER, FALSE);
  wait_for_state (self, JUMIN_READER_EMPTY);
  fake_pcsc_set_restless (TRUE);
  run_for (QUIET_MS);
  fake_pcsc_count_calls ();
  run_for (QUIET_MS);
  g_assert_cmpuint (fake_pcsc_count_calls (), <, 2 * CALLS_OF_A_LOOK * QUIET_MS / 100);
  fake_pcsc_put_card (READER);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  fake_pcsc_set_restless (FALSE);
}

/* Killed, away for a while, back with the card that lay there: as a new insertion, because nobody
 * has seen what happened meanwhile. The service counts from nothing again. */
static void
test_service_restarts (Fixture *self, gconstpointer version)
{
  guint insertion;

  fake_pcsc_plug (READER, FALSE);
  fake_pcsc_put_card (READER);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  for (int i = 0; i < 10; i++)
    {
      insertion = self->sight.insertion;
      fake_pcsc_set_service (SCARD_E_NO_SERVICE);
      wait_for_state (self, JUMIN_READER_NO_SERVICE);
      fake_pcsc_restart (0);
      wait_for_state (self, JUMIN_READER_OCCUPIED);
      g_assert_cmpuint (self->sight.insertion, ==, insertion + 1);
    }
  g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 1);
}

static void
test_backs_off (Fixture *self, gconstpointer version)
{
  fake_pcsc_set_service (SCARD_E_NO_SERVICE);
  wait_for_state (self, JUMIN_READER_NO_SERVICE);
  run_for (4 * BACKOFF_MAX_MS);
  fake_pcsc_count_calls ();
  run_for (QUIET_MS);
  g_assert_cmpuint (fake_pcsc_count_calls (), <=, QUIET_MS / BACKOFF_MAX_MS + 1);
  g_assert_cmpuint (fake_pcsc_count_contexts (), ==, 0);
  g_assert_cmpuint (count_in_log ("Service not available"), <=, 2);
}

/* The first calls to a fresh service may be refused; that is not polkit. */
static void
test_refused_for_a_moment (Fixture *self, gconstpointer version)
{
  fake_pcsc_set_service (SCARD_E_NO_SERVICE);
  wait_for_state (self, JUMIN_READER_NO_SERVICE);
  fake_pcsc_restart (2);
  wait_for_state (self, JUMIN_READER_MISSING);
  g_assert_cmpuint (self->seen & (1u << JUMIN_READER_REFUSED), ==, 0);
  g_assert_cmpuint (count_in_log ("polkit"), ==, 0);
}

static void
test_refused_for_good (Fixture *self, gconstpointer version)
{
  fake_pcsc_set_service (SCARD_W_SECURITY_VIOLATION);
  wait_for_state (self, JUMIN_READER_REFUSED);
  run_for (QUIET_MS);
  g_assert_cmpuint (count_in_log ("org.debian.pcsc-lite.access_pcsc"), ==, 1);
  fake_pcsc_restart (0);
  wait_for_state (self, JUMIN_READER_MISSING);
}

static void
test_replugged_under_another_name (Fixture *self, gconstpointer version)
{
  guint insertion;

  fake_pcsc_plug (READER, TRUE);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  insertion = self->sight.insertion;
  fake_pcsc_unplug (READER);
  wait_for_state (self, JUMIN_READER_MISSING);
  fake_pcsc_plug (READER_AGAIN, TRUE);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  g_assert_cmpuint (self->sight.insertion, ==, insertion + 1);
  g_assert_cmpstr (self->sight.reader, ==, READER_AGAIN);
}

/* The reader that held the card is gone, another one is there and empty: no card was pulled. */
static void
test_lost_beside_another (Fixture *self, gconstpointer version)
{
  fake_pcsc_plug (READER, TRUE);
  fake_pcsc_plug (OTHER, FALSE);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  self->seen = 0;
  fake_pcsc_unplug (READER);
  wait_for_state (self, JUMIN_READER_MISSING);
  g_assert_cmpuint (self->seen & (1u << JUMIN_READER_EMPTY), ==, 0);
  fake_pcsc_put_card (OTHER);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
  fake_pcsc_unplug (OTHER);
  wait_for_state (self, JUMIN_READER_MISSING);
  fake_pcsc_plug (READER_AGAIN, FALSE);
  wait_for_state (self, JUMIN_READER_EMPTY);
}

/* The one that stayed goes, and the other one comes: as many as before, and not the same. */
static void
test_lost_and_the_other_gone (Fixture *self, gconstpointer version)
{
  for (int seen = 0; seen < 2; seen++)
    {
      fake_pcsc_plug (READER, TRUE);
      fake_pcsc_plug (OTHER, FALSE);
      wait_for_state (self, JUMIN_READER_OCCUPIED);
      fake_pcsc_unplug (READER);
      wait_for_state (self, JUMIN_READER_MISSING);
      fake_pcsc_unplug (OTHER);
      if (seen)
        run_for (2 * HURRY_MS);
      fake_pcsc_plug (READER, FALSE);
      wait_for_state (self, JUMIN_READER_EMPTY);
      fake_pcsc_unplug (READER);
      wait_for_state (self, JUMIN_READER_MISSING);
    }
}

#define ADD(name, function)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_test_add ("/watcher/debian-12/" name, Fixture, GINT_TO_POINTER (FAKE_PCSC_1_9), set_up,      \
                function, tear_down);                                                              \
    g_test_add ("/watcher/debian-13/" name, Fixture, GINT_TO_POINTER (FAKE_PCSC_2_3), set_up,      \
                function, tear_down);                                                              \
  }                                                                                                \
  G_STMT_END

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  log_text = g_string_new (NULL);
  g_log_set_writer_func (on_log, NULL, NULL);
  ADD ("each_card_is_another_insertion", test_cards);
  ADD ("a_swap_between_two_looks_is_seen", test_swap);
  ADD ("it_sleeps_when_nothing_happens", test_sleeps);
  ADD ("a_reader_is_looked_for_now_and_then", test_looks_for_a_reader);
  ADD ("a_restless_service_is_braked", test_restless);
  ADD ("a_restarted_service_brings_a_new_insertion", test_service_restarts);
  ADD ("a_service_that_is_gone_is_asked_less_and_less", test_backs_off);
  ADD ("a_refusal_for_a_moment_is_not_told", test_refused_for_a_moment);
  ADD ("a_refusal_that_stays_names_the_rule", test_refused_for_good);
  ADD ("a_reader_may_come_back_under_another_name", test_replugged_under_another_name);
  ADD ("a_reader_that_goes_with_its_card_is_missing", test_lost_beside_another);
  ADD ("it_is_back_when_the_one_beside_it_went_meanwhile", test_lost_and_the_other_gone);
  result = g_test_run ();
  g_string_free (log_text, TRUE);
  return result;
}

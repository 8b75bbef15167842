/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What time it is: the platform's signed time corrects the clock, and a request that came at the
 * wrong time is made again, once, with the right one. */
#include <glib/gstdio.h>
#include <string.h>

#include "model/error.h"
#include "tls-client.h"
#include "tls-peer.h"

#define KEY "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"

enum
{
  HOUR_S = 3600,
  DAY_S = 24 * HOUR_S,
  APART_S = 300,
  REQUESTS_MAX = 4
};

typedef struct
{
  TestKeys *keys;
  TlsPeer *peer;
  JuminClock *clock;
  JuminAudit *audit;
  JuminHttpClient *client;
  char *directory;
  char *requests[REQUESTS_MAX];
  guint n_requests;
  gboolean always_refuses;
} Fixture;

/* As the real one: who comes at another time is refused. */
static char *
on_request (const char *request, guint number, gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *time = tls_peer_dup_header (request, "Jumin-Time");
  gint64 apart_s = g_ascii_strtoll (time, NULL, 10) - fixture->peer->time_s;

  g_assert_cmpuint (fixture->n_requests, <, REQUESTS_MAX);
  fixture->requests[fixture->n_requests++] = g_strdup (request);
  return tls_peer_make_answer (fixture->always_refuses || ABS (apart_s) > APART_S ? "401 No"
                                                                                  : "200 OK",
                               "application/json", "{}");
}

/* The machine's clock is right, and stands still; certificates are of now. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  fixture->keys = test_keys_new ();
  fixture->directory = g_dir_make_tmp ("jumin-audit-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->clock = jumin_clock_new_manual (now_s);
  fixture->audit = jumin_audit_new (&(JuminAuditSettings){ .directory = fixture->directory },
                                    fixture->clock, &error);
  g_assert_no_error (error);
  fixture->peer = tls_peer_new (fixture->keys, "server", on_request, fixture);
  fixture->peer->time_s = now_s;
  fixture->client = tls_client_new (fixture->keys, fixture->clock, fixture->peer->port,
                                    (TlsWrong){ .audit = fixture->audit });
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_build_filename (fixture->directory, JUMIN_AUDIT_FIRST_FILE, NULL);

  g_clear_object (&fixture->client);
  g_clear_object (&fixture->audit);
  tls_peer_free (fixture->peer);
  test_keys_free (fixture->keys);
  g_assert_finalize_object (fixture->clock);
  g_unlink (log);
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  for (guint i = 0; i < fixture->n_requests; i++)
    g_free (fixture->requests[i]);
}

static TlsOutcome
call (Fixture *fixture)
{
  JuminHttpRequest request = { "POST", "/tickets", KEY, "{\"matter\":\"general\"}" };

  return tls_client_call (fixture->client, request, NULL);
}

static void
assert_answered (Fixture *fixture, guint status, guint n_requests)
{
  TlsOutcome outcome = call (fixture);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, status);
  g_assert_cmpuint (fixture->n_requests, ==, n_requests);
  jumin_http_answer_free (outcome.answer);
}

/* The log, once all is written; nothing is written after it. */
static char *
read_log (Fixture *fixture)
{
  g_autofree char *file = g_build_filename (fixture->directory, JUMIN_AUDIT_FIRST_FILE, NULL);
  char *log = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->client);
  g_clear_object (&fixture->audit);
  /* A log without a record has no file. */
  if (!g_file_get_contents (file, &log, NULL, &error))
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  return log != NULL ? log : g_strdup ("");
}

static void
assert_differs (Fixture *fixture, const char *header)
{
  g_autofree char *first = tls_peer_dup_header (fixture->requests[0], header);
  g_autofree char *second = tls_peer_dup_header (fixture->requests[1], header);

  g_assert_cmpstr (first, !=, second);
}

static void
test_small (Fixture *fixture, gconstpointer data)
{
  gint64 before_s = jumin_clock_get_wall (fixture->clock);
  g_autofree char *log = NULL;

  fixture->peer->time_s += 3;
  assert_answered (fixture, 200, 1);
  g_assert_cmpint (jumin_clock_get_wall (fixture->clock), ==, before_s + 3);
  log = read_log (fixture);
  g_assert_null (strstr (log, "clock-"));
}

/* @data: hours */
static void
test_repeated (Fixture *fixture, gconstpointer data)
{
  int hours = GPOINTER_TO_INT (data);
  gint64 before_s = jumin_clock_get_wall (fixture->clock);
  g_autofree char *key = NULL, *log = NULL;
  g_autofree char *wanted = NULL;

  fixture->peer->time_s += (gint64)hours * HOUR_S;
  assert_answered (fixture, 200, 2);
  key = tls_peer_dup_header (fixture->requests[1], "Idempotency-Key");
  g_assert_cmpstr (key, ==, KEY);
  g_assert_true (g_str_has_suffix (fixture->requests[1], "{\"matter\":\"general\"}"));
  assert_differs (fixture, "Jumin-Nonce");
  assert_differs (fixture, "Jumin-Time");
  assert_differs (fixture, "Jumin-Signature");
  /* Whole seconds were cut off on one side. */
  g_assert_cmpint (ABS (jumin_clock_get_wall (fixture->clock) - before_s - hours * HOUR_S), <=, 1);
  assert_answered (fixture, 200, 3);
  log = read_log (fixture);
  wanted = g_strdup_printf ("%d", hours > 0 ? hours * HOUR_S : hours * HOUR_S + 1);
  g_test_message ("%s", log);
  g_assert_nonnull (strstr (log, "clock-corrected"));
  g_assert_nonnull (strstr (log, wanted));
  g_assert_true (strstr (log, "clock-corrected") == g_strrstr (log, "clock-corrected"));
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  fixture->peer->time_s += HOUR_S;
  fixture->always_refuses = TRUE;
  assert_answered (fixture, 401, 2);
  /* The clock is right now: who is refused all the same is refused for another reason. */
  assert_answered (fixture, 401, 3);
}

static void
test_too_far (Fixture *fixture, gconstpointer data)
{
  gint64 before_s = jumin_clock_get_wall (fixture->clock);
  g_autofree char *log = NULL;

  fixture->peer->time_s += GPOINTER_TO_INT (data) * (gint64)DAY_S;
  for (guint i = 1; i <= 2; i++)
    {
      TlsOutcome outcome = call (fixture);

      g_assert_error (outcome.error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_CLOCK);
      g_assert_cmpuint (fixture->n_requests, ==, i);
      g_error_free (outcome.error);
    }
  g_assert_cmpint (jumin_clock_get_wall (fixture->clock), ==, before_s);
  log = read_log (fixture);
  g_assert_nonnull (strstr (log, "clock-refused"));
  g_assert_true (strstr (log, "clock-refused") == g_strrstr (log, "clock-refused"));
}

/* The system's clock goes wrong by a year, which would make every certificate invalid. */
static void
test_system_jumps (Fixture *fixture, gconstpointer data)
{
  gint64 now_s = jumin_clock_get_wall (fixture->clock);

  assert_answered (fixture, 200, 1);
  jumin_clock_set_system (fixture->clock, now_s + GPOINTER_TO_INT (data) * (gint64)DAY_S);
  g_assert_cmpint (jumin_clock_get_wall (fixture->clock), ==, now_s);
  assert_answered (fixture, 200, 2);
  g_assert_cmpuint (fixture->peer->n_connections, ==, 2);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
  int data;
} tests[] = {
  { "/platform-clock/a_small_correction_is_not_worth_a_line", test_small, 0 },
  { "/platform-clock/a_clock_that_is_slow_is_corrected_and_the_request_repeated", test_repeated,
    1 },
  { "/platform-clock/a_clock_that_is_fast_is_corrected_and_the_request_repeated", test_repeated,
    -23 },
  { "/platform-clock/a_request_is_repeated_once", test_once, 0 },
  { "/platform-clock/a_clock_that_is_days_slow_is_not_moved", test_too_far, 2 },
  { "/platform-clock/a_clock_that_is_a_year_fast_is_not_moved", test_too_far, -365 },
  { "/platform-clock/the_systems_clock_may_jump_back_a_year", test_system_jumps, -365 },
  { "/platform-clock/the_systems_clock_may_jump_forward", test_system_jumps, 365 },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, GINT_TO_POINTER (tests[i].data), set_up, tests[i].test,
                tear_down);
  return g_test_run ();
}

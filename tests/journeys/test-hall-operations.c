/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hall's operations over real TLS: what is asked, what becomes of a refusal, and that a number
 * whose answer was lost is the same number. */
#include <string.h>

#include "model/error.h"
#include "platform/hall-client.h"
#include "tls-client.h"
#include "tls-peer.h"

#define KEY "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define NAME "欧阳䶮"
#define ID_NUMBER "50010119600101001X"
#define TEXT "{\"zh\":\"综合受理\",\"en\":\"\"}"
#define TICKET                                                                                       \
  "{\"number\":\"A023\",\"flow\":\"A023-0417\",\"matter\":\"general\",\"name\":" TEXT                \
  ",\"place\":" TEXT ",\"counters\":\"5–8\",\"ahead\":12,\"wait_minutes\":{\"min\":5,\"max\":10}," \
  "\"as_of\":1789525560,\"issued_at\":1789525560,\"progress_url\":\"https://hall.example/p\","       \
  "\"masked_number\":null,\"priority\":false,\"appointment_at\":null,\"state\":\"waiting\","         \
  "\"if_missed\":\"window\",\"calls_kept\":3}"
#define REFUSED(code) "{\"error\":{\"code\":\"" code "\",\"message\":\"x\"}}"

enum
{
  CLOCK_SPEED = 10,
  REPLIES_MAX = 3
};

typedef struct
{
  const char *status, *body; /* status %NULL: hangs up */
} Reply;

typedef struct
{
  TestKeys *keys;
  TlsPeer *peer;
  JuminClock *clock;
  JuminHttpClient *http;
  JuminHallClient *client;
  Reply replies[REPLIES_MAX];
  char *requests[REPLIES_MAX];
} Fixture;

typedef struct
{
  GAsyncResult *result;
} Outcome;

static char *
on_request (const char *request, guint number, gpointer data)
{
  Fixture *fixture = data;
  const Reply *reply = &fixture->replies[number - 1];

  g_assert_cmpuint (number, <=, REPLIES_MAX);
  fixture->requests[number - 1] = g_strdup (request);
  return reply->status != NULL
             ? tls_peer_make_answer (reply->status, "application/json", reply->body)
             : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->keys = test_keys_new ();
  fixture->clock = jumin_clock_new (CLOCK_SPEED);
  fixture->peer = tls_peer_new (fixture->keys, "server", on_request, fixture);
  fixture->http
      = tls_client_new (fixture->keys, fixture->clock, fixture->peer->port, (TlsWrong){ 0 });
  fixture->client = jumin_hall_client_new (fixture->http);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->http);
  tls_peer_free (fixture->peer);
  test_keys_free (fixture->keys);
  g_assert_finalize_object (fixture->clock);
  for (gsize i = 0; i < REPLIES_MAX; i++)
    g_free (fixture->requests[i]);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Outcome *outcome)
{
  while (outcome->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return outcome->result;
}

static JuminTicket *
take (Fixture *fixture, GCancellable *cancellable, GError **error)
{
  Outcome outcome = { .result = NULL };
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, NAME, ID_NUMBER);
  JuminTicket *ticket;

  jumin_hall_client_take_ticket_async (
      fixture->client, KEY,
      &(JuminTicketOrder){ .matter = "general", .priority = "elder", .holder = holder },
      cancellable, on_ready, &outcome);
  ticket = jumin_hall_client_take_ticket_finish (fixture->client, wait_for (&outcome), error);
  g_object_unref (outcome.result);
  return ticket;
}

static void
assert_not_taken (Fixture *fixture, JuminFailure failure)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (take (fixture, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, (int)failure);
  g_test_message ("%s", error->message);
  g_assert_null (strstr (error->message, NAME));
  g_assert_null (strstr (error->message, ID_NUMBER));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;

  fixture->replies[0] = (Reply){ "201 Created", TICKET };
  ticket = take (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ticket->number, ==, "A023");
  g_assert_false (ticket->live);
  g_assert_nonnull (strstr (fixture->requests[0], "\r\nIdempotency-Key: " KEY "\r\n"));
  g_assert_true (g_str_has_suffix (fixture->requests[0],
                                   "\r\n\r\n{\"matter\":\"general\",\"priority\":\"elder\","
                                   "\"appointment\":null,\"holder\":{\"name\":\"" NAME
                                   "\",\"id_number\":\"" ID_NUMBER "\"}}"));
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { .result = NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;

  fixture->replies[0] = (Reply){ "200 OK", TICKET };
  jumin_hall_client_take_ticket_async (
      fixture->client, KEY,
      &(JuminTicketOrder){ .matter = "general", .appointment = "appointment-1" }, NULL, on_ready,
      &outcome);
  ticket = jumin_hall_client_take_ticket_finish (fixture->client, wait_for (&outcome), &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (fixture->requests[0],
                                   "{\"matter\":\"general\",\"priority\":null,"
                                   "\"appointment\":\"appointment-1\",\"holder\":null}"));
  g_object_unref (outcome.result);
}

static char *
dup_line (const char *request, const char *name)
{
  const char *line = strstr (request, name);

  g_assert_nonnull (line);
  return g_strndup (line, strcspn (line, "\r"));
}

static void
test_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;
  g_autofree char *first = NULL, *second = NULL;

  fixture->replies[0] = (Reply){ "500 Trouble", REFUSED ("internal") };
  fixture->replies[1] = (Reply){ "200 OK", TICKET };
  ticket = take (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ticket->number, ==, "A023");
  g_assert_nonnull (strstr (fixture->requests[1], "\r\nIdempotency-Key: " KEY "\r\n"));
  first = dup_line (fixture->requests[0], "Jumin-Nonce: ");
  second = dup_line (fixture->requests[1], "Jumin-Nonce: ");
  g_assert_cmpstr (first, !=, second);
}

static void
test_lost_twice (Fixture *fixture, gconstpointer data)
{
  assert_not_taken (fixture, JUMIN_FAILURE_PLATFORM_SILENT);
  g_assert_cmpuint (fixture->peer->n_requests, ==, 2);
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;

  fixture->replies[0]
      = (Reply){ "409 Conflict", "{\"error\":{\"code\":\"live_ticket\",\"message\":\"x\"},"
                                 "\"ticket\":" TICKET "}" };
  ticket = take (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ticket->live);
  g_assert_cmpstr (ticket->number, ==, "A023");
}

static gboolean
on_idle_cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_late_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;

  fixture->replies[0] = (Reply){ "201 Created", TICKET };
  g_idle_add_full (G_PRIORITY_HIGH, on_idle_cancel, cancellable, NULL);
  ticket = take (fixture, cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_cmpstr (ticket->number, ==, "A023");
}

static void
test_early_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (take (fixture, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->peer->n_connections, ==, 0);
}

typedef struct
{
  const char *name;
  Reply reply;
  JuminFailure failure;
} Refusal;

static const Refusal refusals[] = {
  { "/hall-operations/a_closed_queue_says_so",
    { "422 No", REFUSED ("queue_closed") },
    JUMIN_FAILURE_QUEUE_CLOSED },
  { "/hall-operations/a_matter_that_wants_an_identity_says_so",
    { "422 No", REFUSED ("identity_required") },
    JUMIN_FAILURE_QUEUE_IDENTITY },
  { "/hall-operations/an_unknown_matter_is_our_mistake",
    { "422 No", REFUSED ("matter_unknown") },
    JUMIN_FAILURE_PLATFORM_REFUSED },
  { "/hall-operations/a_refused_signature_is_a_refusal",
    { "401 No", REFUSED ("signature") },
    JUMIN_FAILURE_PLATFORM_REFUSED },
  { "/hall-operations/a_code_at_the_wrong_place_is_a_refusal",
    { "400 No", REFUSED ("queue_closed") },
    JUMIN_FAILURE_PLATFORM_REFUSED },
  { "/hall-operations/a_refusal_without_a_code_is_invalid",
    { "422 No", "{\"name\":\"" NAME "\"}" },
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/hall-operations/a_live_ticket_without_the_ticket_is_invalid",
    { "409 No", REFUSED ("live_ticket") },
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/hall-operations/a_ticket_of_another_shape_is_invalid",
    { "201 Created", "{\"number\":\"" ID_NUMBER "\",\"name\":\"" NAME "\"}" },
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/hall-operations/half_a_ticket_is_invalid",
    { "201 Created", "{\"number\":\"" ID_NUMBER },
    JUMIN_FAILURE_PLATFORM_INVALID },
};

static void
test_refusal (Fixture *fixture, gconstpointer data)
{
  const Refusal *refusal = data;

  fixture->replies[0] = refusal->reply;
  assert_not_taken (fixture, refusal->failure);
  g_assert_cmpuint (fixture->peer->n_requests, ==, 1);
}

static void
test_card (Fixture *fixture, gconstpointer data)
{
  JuminCard card = { .version = "3.00", .identifier = "00112233445566778899AABBCCDDEEFF" };
  Outcome outcome = { .result = NULL };
  g_autoptr (GError) error = NULL;

  fixture->replies[0] = (Reply){ "404 Not Found", REFUSED ("holder_unknown") };
  jumin_hall_client_resolve_card_async (fixture->client, &card, NULL, on_ready, &outcome);
  g_assert_null (
      jumin_hall_client_resolve_card_finish (fixture->client, wait_for (&outcome), &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_UNKNOWN);
  g_assert_true (g_str_has_suffix (
      fixture->requests[0],
      "{\"identifier\":\"00112233445566778899AABBCCDDEEFF\",\"version\":\"3.00\"}"));
  g_object_unref (outcome.result);
}

/* There is no code yet that could be so: whoever believes it looks for one. */
static void
test_login_refused_as_a_code (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { .result = NULL };
  g_autoptr (GError) error = NULL;

  fixture->replies[0] = (Reply){ "410 Gone", REFUSED ("login_expired") };
  jumin_hall_client_start_login_async (fixture->client, ID_NUMBER, NULL, on_ready, &outcome);
  g_assert_null (jumin_hall_client_login_finish (fixture->client, wait_for (&outcome), &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
  g_object_unref (outcome.result);
}

static void
test_catalogue (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { .result = NULL };
  g_autoptr (GError) error = NULL;

  fixture->replies[0] = (Reply){ "200 OK", "{\"version\":1,\"services\":[],\"more\":1}" };
  jumin_hall_client_fetch_catalogue_async (fixture->client, NULL, on_ready, &outcome);
  g_assert_null (
      jumin_hall_client_fetch_catalogue_finish (fixture->client, wait_for (&outcome), &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
  g_object_unref (outcome.result);
}

static void
test_help (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { .result = NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHelpCall) call = NULL;

  fixture->replies[0]
      = (Reply){ "201 Created", "{\"id\":\"H0007\",\"acknowledged\":true,\"on_duty\":2}" };
  jumin_hall_client_call_help_async (fixture->client, KEY,
                                     &(JuminHelpQuestion){ .page = "choose", .matter = NULL }, NULL,
                                     on_ready, &outcome);
  call = jumin_hall_client_help_finish (fixture->client, wait_for (&outcome), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (call->id, ==, "H0007");
  g_assert_true (g_str_has_suffix (
      fixture->requests[0], "\r\n\r\n{\"page\":\"choose\",\"matter\":null,\"escalated\":false}"));
  g_object_unref (outcome.result);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/hall-operations/an_order_names_its_holder", test_order },
  { "/hall-operations/an_order_may_be_nobodys", test_nobody },
  { "/hall-operations/a_lost_answer_is_asked_for_again_with_the_same_key", test_lost },
  { "/hall-operations/an_answer_lost_twice_is_silence", test_lost_twice },
  { "/hall-operations/a_live_ticket_comes_back", test_live },
  { "/hall-operations/a_number_is_not_dropped_for_a_late_cancel", test_late_cancel },
  { "/hall-operations/an_early_cancel_asks_nothing", test_early_cancel },
  { "/hall-operations/a_card_of_nobody_known_says_so", test_card },
  { "/hall-operations/a_strange_catalogue_is_invalid", test_catalogue },
  { "/hall-operations/a_login_that_begins_is_not_refused_as_a_code", test_login_refused_as_a_code },
  { "/hall-operations/a_help_call_has_a_reference", test_help },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add (refusals[i].name, Fixture, &refusals[i], set_up, test_refusal, tear_down);
  return g_test_run ();
}

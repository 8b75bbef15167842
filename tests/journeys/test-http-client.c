/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client over real TLS: who is trusted, what is sent, and which failure each trouble is. */
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "model/error.h"
#include "platform/http-client.h"
#include "platform/request-signature.h"
#include "tls-client.h"
#include "tls-peer.h"

enum
{
  CLOCK_SPEED = 10,
  SHORT_MS = 2000 /* of the clock */
};

typedef struct
{
  TestKeys *keys;
  TlsPeer *peer;
  JuminClock *clock;
  const char *reply; /* what the peer says; NULL: hangs up; "": nothing */
  char *request;     /* what it was asked last */
} Fixture;

static char *
on_request (const char *request, guint number, gpointer data)
{
  Fixture *fixture = data;

  g_free (fixture->request);
  fixture->request = g_strdup (request);
  return g_strdup (fixture->reply);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *certificate = data;

  fixture->keys = test_keys_new ();
  fixture->clock = jumin_clock_new (CLOCK_SPEED);
  fixture->reply
      = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
  fixture->peer = tls_peer_new (fixture->keys, certificate, on_request, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tls_peer_free (fixture->peer);
  test_keys_free (fixture->keys);
  g_assert_finalize_object (fixture->clock);
  g_free (fixture->request);
}

static JuminHttpClient *
make_client (Fixture *fixture, TlsWrong wrong)
{
  return tls_client_new (fixture->keys, fixture->clock, fixture->peer->port, wrong);
}

static const JuminHttpRequest get = { .method = "GET", .path = "/hall" };
static const JuminHttpRequest post = { .method = "POST",
                                       .path = "/tickets",
                                       .key = "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10",
                                       .body = "{\"matter\":\"general\"}" };

static void
assert_answer (JuminHttpClient *client, JuminHttpRequest request, guint status, const char *body)
{
  TlsOutcome outcome = tls_client_call (client, request, NULL);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, status);
  g_assert_cmpstr (outcome.answer->body, ==, body);
  jumin_http_answer_free (outcome.answer);
}

static void
assert_failure (JuminHttpClient *client, JuminFailure failure)
{
  TlsOutcome outcome = tls_client_call (client, get, NULL);

  g_assert_null (outcome.answer);
  g_assert_error (outcome.error, JUMIN_FAILURE, (int)failure);
  g_test_message ("%s", outcome.error->message);
  g_error_free (outcome.error);
}

static void
assert_signed (Fixture *fixture)
{
  g_autofree char *path = test_keys_path (fixture->keys, "sign.pub");
  g_autofree char *time = tls_peer_dup_header (fixture->request, "Jumin-Time");
  g_autofree char *nonce = tls_peer_dup_header (fixture->request, "Jumin-Nonce");
  g_autofree char *terminal = tls_peer_dup_header (fixture->request, "Jumin-Terminal");
  g_autofree char *base64 = tls_peer_dup_header (fixture->request, "Jumin-Signature");
  JuminSignedRequest request
      = { "POST", "/v1/tickets", terminal,          g_ascii_strtoll (time, NULL, 10),
          nonce,  post.body,     strlen (post.body) };
  g_autofree char *text = jumin_request_signature_dup_text (&request, NULL);
  gsize length = 0;
  g_autofree guchar *signature = g_base64_decode (base64, &length);
  FILE *file = fopen (path, "r");
  g_autoptr (EVP_PKEY) key = PEM_read_PUBKEY (file, NULL, NULL, NULL);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *key_context = EVP_PKEY_CTX_new (key, NULL);

  fclose (file);
  EVP_PKEY_CTX_set1_id (key_context, JUMIN_SIGNER_IDENTITY, strlen (JUMIN_SIGNER_IDENTITY));
  EVP_MD_CTX_set_pkey_ctx (context, key_context);
  EVP_DigestVerifyInit (context, NULL, EVP_sm3 (), NULL, key);
  g_assert_cmpint (
      EVP_DigestVerify (context, signature, length, (const guchar *)text, strlen (text)), ==, 1);
  EVP_MD_CTX_free (context);
  EVP_PKEY_CTX_free (key_context);
}

static void
test_request (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  g_autofree char *key = NULL, *type = NULL;

  assert_answer (client, post, 200, "{}");
  g_assert_true (g_str_has_prefix (fixture->request, "POST /v1/tickets HTTP/1.1\r\n"));
  g_assert_true (g_str_has_suffix (fixture->request, post.body));
  g_assert_null (strstr (fixture->request, "Expect:"));
  key = tls_peer_dup_header (fixture->request, "Idempotency-Key");
  g_assert_cmpstr (key, ==, post.key);
  type = tls_peer_dup_header (fixture->request, "Content-Type");
  g_assert_cmpstr (type, ==, "application/json");
  assert_signed (fixture);
  g_assert_finalize_object (client);
}

static void
test_keep_alive (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });

  for (int i = 0; i < 5; i++)
    assert_answer (client, get, 200, "{}");
  g_assert_cmpuint (fixture->peer->n_connections, ==, 1);
  assert_answer (client, post, 200, "{}");
  g_assert_cmpuint (fixture->peer->n_connections, ==, 2);
  g_assert_finalize_object (client);
}

static void
test_refusal_is_an_answer (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });

  fixture->reply = "HTTP/1.1 422 No\r\nContent-Type: application/json; charset=utf-8\r\n"
                   "Content-Length: 2\r\n\r\n[]";
  assert_answer (client, get, 422, "[]");
  g_assert_finalize_object (client);
}

static void
test_spare_pin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pins = g_strconcat ("sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;",
                                       fixture->keys->pin, NULL);
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ .pins = pins });

  assert_answer (client, get, 200, "{}");
  g_assert_finalize_object (client);
}

static void
assert_wrong (Fixture *fixture, TlsWrong wrong, JuminFailure failure)
{
  JuminHttpClient *client = make_client (fixture, wrong);

  assert_failure (client, failure);
  g_assert_cmpuint (fixture->peer->n_requests, ==, 0);
  g_assert_finalize_object (client);
}

static void
test_wrong_pin (Fixture *fixture, gconstpointer data)
{
  assert_wrong (fixture,
                (TlsWrong){ .pins = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
                JUMIN_FAILURE_PLATFORM_REFUSED);
}

static void
test_strange_authority (Fixture *fixture, gconstpointer data)
{
  assert_wrong (fixture, (TlsWrong){ .ca = "stranger-ca.pem" }, JUMIN_FAILURE_PLATFORM_REFUSED);
}

static void
test_strange_terminal (Fixture *fixture, gconstpointer data)
{
  assert_wrong (fixture, (TlsWrong){ .certificate = "stranger" }, JUMIN_FAILURE_PLATFORM_REFUSED);
}

static void
test_other_host (Fixture *fixture, gconstpointer data)
{
  assert_wrong (fixture, (TlsWrong){ .pins = "" }, JUMIN_FAILURE_PLATFORM_REFUSED);
}

static void
test_down (Fixture *fixture, gconstpointer data)
{
  g_socket_service_stop (fixture->peer->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->peer->service));
  assert_wrong (fixture, (TlsWrong){ 0 }, JUMIN_FAILURE_PLATFORM_SILENT);
}

static void
test_no_answer (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ .total_ms = SHORT_MS });
  gint64 began = g_get_monotonic_time ();

  fixture->reply = "";
  assert_failure (client, JUMIN_FAILURE_PLATFORM_SILENT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, SHORT_MS * 1000);
  g_assert_finalize_object (client);
}

static void
test_hung_up (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });

  assert_answer (client, get, 200, "{}");
  fixture->reply = NULL;
  assert_failure (client, JUMIN_FAILURE_PLATFORM_SILENT);
  g_assert_finalize_object (client);
}

/* curl would do so over a fresh connection. */
static void
test_what_changes_the_world_goes_out_once (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  JuminHttpRequest request = post;
  TlsOutcome outcome;

  request.again = TRUE;
  assert_answer (client, get, 200, "{}");
  assert_answer (client, request, 200, "{}");
  g_assert_cmpuint (fixture->peer->n_connections, ==, 1);
  fixture->reply = NULL;
  outcome = tls_client_call (client, request, NULL);
  g_assert_error (outcome.error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
  g_error_free (outcome.error);
  g_assert_cmpuint (fixture->peer->n_requests, ==, 3);
  g_assert_finalize_object (client);
}

/* Answers that are none, and what each is. */
typedef struct
{
  const char *name, *reply;
  JuminFailure failure;
} BadAnswer;

static const BadAnswer bad_answers[] = {
  { "/http-client/a_redirect_is_not_followed",
    "HTTP/1.1 302 Found\r\nLocation: /v1/other\r\nContent-Type: application/json\r\n"
    "Content-Length: 2\r\n\r\n{}",
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/http-client/a_web_page_is_no_answer",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/http-client/an_answer_of_no_type_is_none", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/http-client/an_answer_that_says_it_is_too_long_is_refused",
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1048577\r\n\r\n{}",
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/http-client/another_protocol_is_refused", "220 smtp.example ESMTP ready\r\n\r\n",
    JUMIN_FAILURE_PLATFORM_INVALID },
  { "/http-client/trouble_of_the_platform_is_silence",
    "HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>",
    JUMIN_FAILURE_PLATFORM_SILENT },
};

static void
test_bad_answer (gconstpointer data)
{
  const BadAnswer *bad = data;
  Fixture fixture = { 0 };
  JuminHttpClient *client;

  set_up (&fixture, "server");
  fixture.reply = bad->reply;
  client = make_client (&fixture, (TlsWrong){ 0 });
  assert_failure (client, bad->failure);
  g_assert_cmpuint (fixture.peer->n_requests, ==, 1);
  g_assert_finalize_object (client);
  tear_down (&fixture, NULL);
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  g_autofree char *spaces = g_strnfill (JUMIN_HTTP_ANSWER_BYTES_MAX + 1, ' ');
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                            "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s",
                                            JUMIN_HTTP_ANSWER_BYTES_MAX + 1, spaces);

  fixture->reply = reply;
  assert_failure (client, JUMIN_FAILURE_PLATFORM_INVALID);
  fixture->reply = NULL;
  g_assert_finalize_object (client);
}

static void
test_longest (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  g_autofree char *spaces = g_strnfill (JUMIN_HTTP_ANSWER_BYTES_MAX, ' ');
  g_autofree char *reply = tls_peer_make_answer ("200 OK", "application/json", spaces);

  fixture->reply = reply;
  assert_answer (client, get, 200, spaces);
  g_assert_finalize_object (client);
}

static gboolean
on_idle_cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *reply = fixture->reply;
  TlsOutcome outcome;

  fixture->reply = "";
  g_idle_add (on_idle_cancel, cancellable);
  outcome = tls_client_call (client, get, cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  outcome = tls_client_call (client, get, cancellable);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_error_free (outcome.error);
  fixture->reply = reply;
  assert_answer (client, get, 200, "{}");
  g_assert_finalize_object (client);
}

static void
test_too_many (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  TlsOutcome outcomes[JUMIN_HTTP_CALLS_MAX + 1] = { { .answer = NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    jumin_http_client_call_async (client, &get, NULL, tls_client_on_called, &outcomes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      while (!outcomes[i].done)
        g_main_context_iteration (NULL, TRUE);
      if (i < JUMIN_HTTP_CALLS_MAX)
        {
          g_assert_no_error (outcomes[i].error);
          jumin_http_answer_free (outcomes[i].answer);
        }
    }
  g_assert_error (outcomes[JUMIN_HTTP_CALLS_MAX].error, JUMIN_FAILURE,
                  JUMIN_FAILURE_PLATFORM_SILENT);
  g_error_free (outcomes[JUMIN_HTTP_CALLS_MAX].error);
  g_assert_finalize_object (client);
}

static void
tls_client_on_called_last (GObject *source, GAsyncResult *result, gpointer data)
{
  tls_client_on_called (source, result, data);
  g_object_unref (source);
}

/* The last reference goes while curl's source is dispatched. */
static void
test_last_reference (Fixture *fixture, gconstpointer data)
{
  JuminHttpClient *client = make_client (fixture, (TlsWrong){ 0 });
  TlsOutcome outcome = { .answer = NULL };

  jumin_http_client_call_async (client, &get, NULL, tls_client_on_called_last, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (outcome.error);
  jumin_http_answer_free (outcome.answer);
}

static void
assert_bad_settings (JuminHttpSettings settings, GQuark domain, int code)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_http_client_new (&settings, clock, &error));
  g_assert_error (error, domain, code);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ca = test_keys_path (fixture->keys, "ca.pem");
  g_autofree char *missing = test_keys_path (fixture->keys, "missing.pem");
  g_autofree char *p256 = test_keys_path (fixture->keys, "terminal.key");
  g_autofree char *sm2 = test_keys_path (fixture->keys, "sign.key");
  g_autofree char *reply = test_keys_path (fixture->keys, "reply.pem");
  JuminHttpSettings good = { .base_url = "https://127.0.0.1:1/v1",
                             .terminal = "T-0003",
                             .ca_file = ca,
                             .certificate_file = ca,
                             .key_file = ca,
                             .signing_key_file = p256,
                             .reply_key_file = p256 };
  JuminHttpSettings bad = good;

  assert_bad_settings (good, G_IO_ERROR, G_IO_ERROR_INVALID_DATA); /* no SM2 key */
  bad.certificate_file = missing;
  assert_bad_settings (bad, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  bad = good;
  bad.signing_key_file = sm2;
  bad.reply_key_file = reply;
  bad.certificate_file = p256;
  assert_bad_settings (bad, G_IO_ERROR, G_IO_ERROR_INVALID_DATA); /* no certificate */
  bad = good;
  bad.base_url = "http://127.0.0.1:1/v1";
  assert_bad_settings (bad, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  bad.base_url = "https://user@127.0.0.1:1/v1";
  assert_bad_settings (bad, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  bad = good;
  bad.terminal = "T-0003\r\nX: y";
  assert_bad_settings (bad, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static const struct
{
  const char *name, *certificate;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/http-client/a_request_is_whole_and_signed", "server", test_request },
  { "/http-client/a_connection_is_kept_but_for_what_changes_the_world", "server", test_keep_alive },
  { "/http-client/a_refusal_is_an_answer", "server", test_refusal_is_an_answer },
  { "/http-client/the_spare_pin_is_good", "server", test_spare_pin },
  { "/http-client/a_wrong_pin_is_refused", "server", test_wrong_pin },
  { "/http-client/a_strange_authority_is_refused", "server", test_strange_authority },
  { "/http-client/a_strange_terminal_is_told_so", "server", test_strange_terminal },
  { "/http-client/a_certificate_of_another_host_is_refused", "elsewhere", test_other_host },
  { "/http-client/a_platform_that_is_down_is_silent", "server", test_down },
  { "/http-client/no_answer_ends_at_the_time_out", "server", test_no_answer },
  { "/http-client/a_platform_that_hangs_up_is_silent", "server", test_hung_up },
  { "/http-client/what_changes_the_world_goes_out_once_a_call", "server",
    test_what_changes_the_world_goes_out_once },
  { "/http-client/an_endless_answer_is_cut", "server", test_endless },
  { "/http-client/the_longest_answer_is_read", "server", test_longest },
  { "/http-client/a_cancelled_call_ends_at_once", "server", test_cancel },
  { "/http-client/too_many_calls_do_not_pile_up", "server", test_too_many },
  { "/http-client/the_last_reference_may_go_in_a_callback", "server", test_last_reference },
  { "/http-client/settings_that_cannot_work_are_refused", "server", test_settings },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, tests[i].certificate, set_up, tests[i].test, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_answers); i++)
    g_test_add_data_func (bad_answers[i].name, &bad_answers[i], test_bad_answer);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer counts when the platform signed it, for this request; nothing else does. */
#include <string.h>

#include "model/error.h"
#include "platform/reply-signature.h"
#include "tls-client.h"
#include "tls-peer.h"

enum
{
  CLOCK_SPEED = 10
};

/**
 * Forgery:
 * @signed_as: what the platform's signature is of; what is not set fits the answer
 * @more: the name of a head that comes a second time
 */
typedef struct
{
  const char *name;
  JuminSignedReply signed_as;
  const char *more;
} Forgery;

typedef struct
{
  TestKeys *keys;
  TlsPeer *peer;
  JuminClock *clock;
  JuminHttpClient *client;
  EVP_PKEY *key; /* the platform's */
  const char *reply;
  const Forgery *forgery;
} Fixture;

static char *
forge (Fixture *fixture, const char *request)
{
  const JuminSignedReply *as = &fixture->forgery->signed_as;
  g_autofree char *now
      = g_strdup_printf ("%" G_GINT64_FORMAT, jumin_clock_get_wall (fixture->clock));
  g_autofree char *nonce = tls_peer_dup_header (request, "Jumin-Nonce");
  JuminSignedReply reply = { .status = as->status != 0 ? as->status : 200,
                             .terminal = as->terminal != NULL ? as->terminal : "T-0003",
                             .nonce = as->nonce != NULL ? as->nonce : nonce,
                             .time = as->time != NULL ? as->time : now,
                             .body = as->body != NULL ? as->body : "{}",
                             .body_length = 2 };
  g_autofree char *signature = jumin_reply_signature_sign (fixture->key, &reply, NULL);
  g_autofree char *more = fixture->forgery->more != NULL
                              ? g_strdup_printf ("%s: %s\r\n", fixture->forgery->more, now)
                              : g_strdup ("");

  return g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nJumin-Time: %s\r\n"
                          "Jumin-Signature: %s\r\n%sContent-Length: 2\r\n\r\n{}",
                          g_strcmp0 (as->time, "x") == 0 ? "x" : now, signature, more);
}

static char *
on_request (const char *request, guint number, gpointer data)
{
  Fixture *fixture = data;

  if (fixture->forgery != NULL)
    return forge (fixture, request);
  return tls_peer_make_answer (fixture->reply, "application/json", "{}");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->keys = test_keys_new ();
  path = test_keys_path (fixture->keys, "reply.key");
  fixture->key = jumin_sm2_load_key (path, &error);
  g_assert_no_error (error);
  fixture->clock = jumin_clock_new (CLOCK_SPEED);
  fixture->reply = "200 OK";
  fixture->peer = tls_peer_new (fixture->keys, "server", on_request, fixture);
  fixture->client
      = tls_client_new (fixture->keys, fixture->clock, fixture->peer->port, (TlsWrong){ 0 });
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  tls_peer_free (fixture->peer);
  test_keys_free (fixture->keys);
  EVP_PKEY_free (fixture->key);
  g_assert_finalize_object (fixture->clock);
}

static TlsOutcome
call (Fixture *fixture)
{
  JuminHttpRequest request = { .method = "GET", .path = "/hall" };

  return tls_client_call (fixture->client, request, NULL);
}

static void
assert_taken (Fixture *fixture, guint status)
{
  TlsOutcome outcome = call (fixture);

  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.answer->status, ==, status);
  jumin_http_answer_free (outcome.answer);
}

static void
assert_refused (Fixture *fixture)
{
  TlsOutcome outcome = call (fixture);

  g_assert_null (outcome.answer);
  g_assert_error (outcome.error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
  g_test_message ("%s", outcome.error->message);
  g_error_free (outcome.error);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  assert_taken (fixture, 200);
  tls_peer_use_key (fixture->peer, fixture->keys, "reply-next.key");
  assert_taken (fixture, 200);
  tls_peer_use_key (fixture->peer, fixture->keys, "sign.key");
  assert_refused (fixture);
}

static void
test_unsigned (Fixture *fixture, gconstpointer data)
{
  static const char *const replies[] = { "200 OK", "401 No", "422 No" };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      fixture->reply = replies[i];
      tls_peer_use_key (fixture->peer, fixture->keys, NULL);
      assert_refused (fixture);
      tls_peer_use_key (fixture->peer, fixture->keys, "reply.key");
      assert_taken (fixture, (guint)g_ascii_strtoull (replies[i], NULL, 10));
    }
}

static const Forgery forgeries[] = {
  { "/signed-answers/another_terminals_is_refused", { .terminal = "T-0004" }, NULL },
  { "/signed-answers/nobodys_is_refused", { .terminal = "", .nonce = "" }, NULL },
  { "/signed-answers/another_requests_is_refused",
    { .nonce = "00112233445566778899aabbccddeeff" },
    NULL },
  { "/signed-answers/a_changed_status_is_refused", { .status = 201 }, NULL },
  { "/signed-answers/a_changed_time_is_refused", { .time = "1789525561" }, NULL },
  { "/signed-answers/a_time_that_is_none_is_refused", { .time = "x" }, NULL },
  { "/signed-answers/a_changed_body_is_refused", { .body = "[]" }, NULL },
  { "/signed-answers/a_second_time_is_refused", { .status = 0 }, "Jumin-Time" },
  { "/signed-answers/a_second_signature_is_refused", { .status = 0 }, "Jumin-Signature" },
};

static void
test_forgery (Fixture *fixture, gconstpointer data)
{
  static const Forgery none = { .name = "none" };

  tls_peer_use_key (fixture->peer, fixture->keys, NULL);
  fixture->forgery = data;
  assert_refused (fixture);
  fixture->forgery = &none;
  assert_taken (fixture, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/signed-answers/both_keys_of_the_platform_are_good", Fixture, NULL, set_up,
              test_keys, tear_down);
  g_test_add ("/signed-answers/what_nobody_signed_is_refused_whatever_it_says", Fixture, NULL,
              set_up, test_unsigned, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    g_test_add (forgeries[i].name, Fixture, &forgeries[i], set_up, test_forgery, tear_down);
  return g_test_run ();
}

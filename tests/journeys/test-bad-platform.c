/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Platforms that are wrong in one way each, and a good one to show that the others are refused for
 * what is wrong with them. The client says which failure it is, in bounded time and bytes; the
 * terminal shows its page for a platform that is not there, and no word of the peer's. */
#include <string.h>

#include "bad-certificates.h"
#include "bad-peer.h"
#include "model/error.h"
#include "model/words.h"
#include "platform/hall-client.h"
#include "shipped-data.h"
#include "tls-client.h"
#include "virtual-kiosk.h"

enum
{
  CLOCK_SPEED = 10,
  TWO_DAYS_S = 2 * 24 * 60 * 60,
  KIOSK_SPEED = 100,
  TOTAL_MS = 15000,                /* of the clock: a second and a half */
  PATIENCE_US = 5 * 1000 * 1000,   /* of a test, for one call */
  SENT_BYTES_MAX = 8 * 1024 * 1024 /* what the sockets between us may hold, too */
};

#define GOOD_HALL                                                                                  \
  "{\"name\":{\"zh\":\"大厅\",\"en\":\"Hall\"},\"as_of\":1,\"priority_age\":60,\"waiting\":0,"   \
  "\"windows_open\":1,"                                                                            \
  "\"wait_minutes\":null,\"calls\":[],\"matters\":[],\"machines\":[]}"
#define OK_HEAD(type) "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " type "\r\n"
#define JSON OK_HEAD ("application/json")

#define ANSWER(head, body) JSON head "\r\n\r\n" body

/**
 * Case:
 * @kind: what the peer does
 * @wrong: what is wrong on the terminal's own side
 * @failure: what the client must call it
 * @says: a part of the client's words, so that it is refused for what is wrong with it
 */
typedef struct
{
  const char *name;
  BadPeerKind kind;
  TlsWrong wrong;
  JuminFailure failure;
  const char *says;
} Case;

#define REFUSED JUMIN_FAILURE_PLATFORM_REFUSED
#define INVALID JUMIN_FAILURE_PLATFORM_INVALID
#define SILENT JUMIN_FAILURE_PLATFORM_SILENT
#define GOOD .answer = ANSWER ("Peer: good", GOOD_HALL)
#define WITH(name)                                                                                 \
  { .certificate = name, GOOD },                                                                   \
  {                                                                                                \
    .pins = ""                                                                                     \
  }

static const Case cases[] = {
  { "an_expired_certificate", WITH ("expired"), REFUSED, "expired" },
  { "a_certificate_of_tomorrow", WITH ("early"), REFUSED, "not yet valid" },
  { "another_host", WITH ("elsewhere"), REFUSED, "no alternative certificate subject name" },
  { "another_authority", WITH ("foreign"), REFUSED, "unable to get local issuer" },
  { "a_certificate_by_itself", WITH ("alone"), REFUSED, "self-signed" },
  { "another_key_than_the_pinned_one",
    { GOOD },
    { .pins = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
    REFUSED,
    "pin" },
  { "a_revoked_certificate",
    { .certificate = "revoked", GOOD },
    { .pins = "", .crl = "ca.crl" },
    REFUSED,
    "revoked" },
  { "a_revocation_list_out_of_date", { GOOD }, { .crl = "old.crl" }, REFUSED, "CRL has expired" },
  { "a_short_key", WITH ("short"), REFUSED, "key too weak" },
  { "a_signature_with_sha1", WITH ("sha1"), REFUSED, "digest algorithm too weak" },
  { "tls_1_1", { .version_max = TLS1_1_VERSION, GOOD }, { 0 }, REFUSED, "alert protocol version" },
  { "an_anonymous_cipher",
    { .version_max = TLS1_2_VERSION, .ciphers = "aNULL", GOOD },
    { 0 },
    REFUSED,
    "alert handshake failure" },
  { "a_cipher_that_hides_nothing",
    { .version_max = TLS1_2_VERSION, .ciphers = "eNULL", GOOD },
    { 0 },
    REFUSED,
    "alert handshake failure" },
  { "half_a_handshake", { .meet = bad_peer_meet_half }, { 0 }, REFUSED, "SSL_ERROR_SYSCALL" },
  { "a_downgrade",
    { .meet = bad_peer_meet_downgraded, GOOD },
    { 0 },
    REFUSED,
    "inappropriate fallback" },
  { "a_renegotiation",
    { .version_max = TLS1_2_VERSION, .talk = bad_peer_talk_after_renegotiation },
    { 0 },
    REFUSED,
    "alert" },
  { "an_expired_certificate_of_ours",
    { GOOD },
    { .certificate = "expired-terminal" },
    JUMIN_FAILURE_PLATFORM_EXPIRED,
    "alert certificate expired" },
  { "the_certificate_of_another_terminal",
    { .terminal = "terminal", GOOD },
    { .certificate = "other-terminal" },
    REFUSED,
    "alert" },
  { "http_on_the_port",
    { .meet = bad_peer_meet_in_plain_http },
    { 0 },
    REFUSED,
    "wrong version number" },
  { "a_web_page",
    { .answer = OK_HEAD ("text/html") "\r\n<h1>" BAD_PEER_WORDS "</h1>" },
    { 0 },
    INVALID,
    "not application/json" },
  { "a_redirect_to_http",
    { .answer = "HTTP/1.1 302 Found\r\nConnection: close\r\n"
                "Location: http://127.0.0.1/" BAD_PEER_WORDS "\r\n"
                "Content-Type: application/json\r\n\r\n{}" },
    { 0 },
    INVALID,
    "status 302" },
  { "a_head_without_end", { .talk = bad_peer_talk_without_end_of_head }, { 0 }, INVALID, "head" },
  { "one_byte_a_second", { .talk = bad_peer_talk_one_byte_a_second }, { 0 }, SILENT, "timed out" },
  { "a_reset_in_the_body", { .talk = bad_peer_talk_and_reset }, { 0 }, SILENT, "reset" },
  { "a_body_shorter_than_it_says",
    { .answer = ANSWER ("Content-Length: 999", GOOD_HALL) },
    { 0 },
    SILENT,
    "bytes remaining" },
  { "a_body_longer_than_it_says",
    { .answer = ANSWER ("Content-Length: 9", GOOD_HALL) },
    { 0 },
    INVALID,
    "signature" },
  { "a_bomb_in_the_body",
    { .talk = bad_peer_talk_in_gzip, .answer = "Content-Encoding: gzip" },
    { 0 },
    INVALID,
    "encoded" },
  { "a_bomb_on_the_way",
    { .talk = bad_peer_talk_in_gzip, .answer = "Transfer-Encoding: gzip" },
    { 0 },
    INVALID,
    "longer than 1048576" },
  { "a_key_that_stands_twice",
    { .answer = ANSWER ("Peer: twice", "{\"waiting\":1,\"waiting\":2,\"" BAD_PEER_WORDS "\":1}") },
    { 0 },
    INVALID,
    "stands here twice" },
  { "a_byte_order_mark",
    { .answer = ANSWER ("Peer: mark", "\xef\xbb\xbf" GOOD_HALL) },
    { 0 },
    INVALID,
    "not JSON in UTF-8" },
  { "another_signer", { GOOD, .signer = "sign.key" }, { 0 }, INVALID, "signature is not" },
  { "a_clock_of_another_day",
    { GOOD, .ahead_s = TWO_DAYS_S },
    { 0 },
    JUMIN_FAILURE_PLATFORM_CLOCK,
    "seconds away" },
  { "a_replayed_answer", { GOOD, .recorded = TRUE }, { 0 }, INVALID, "signature is not" },
};

static const Case good_cases[] = {
  { "a_good_platform", { GOOD }, { 0 }, REFUSED, NULL },
  { "a_good_platform_and_a_list", { GOOD }, { .crl = "ca.crl" }, REFUSED, NULL },
  { "the_terminal_that_is_wanted", { .terminal = "terminal", GOOD }, { 0 }, REFUSED, NULL },
  { "an_older_tls", { .version_max = TLS1_2_VERSION, GOOD }, { 0 }, REFUSED, NULL },
};

static TestKeys *all_keys;

typedef struct
{
  BadPeer *peer;
  JuminClock *clock;
  JuminHallClient *client;
} Fixture;

static void
set_up (Fixture *f, const Case *row)
{
  TlsWrong wrong = row->wrong;
  g_autoptr (JuminHttpClient) http = NULL;

  wrong.total_ms = TOTAL_MS;
  f->peer = bad_peer_new (all_keys, &row->kind);
  f->clock = jumin_clock_new (CLOCK_SPEED);
  http = tls_client_new (all_keys, f->clock, bad_peer_get_port (f->peer), wrong);
  f->client = jumin_hall_client_new (http);
}

static void
tear_down (Fixture *f)
{
  gpointer client = f->client;

  /* A call of the terminal may be on its way; it ends by itself, and with it the client. */
  g_object_add_weak_pointer (client, &client);
  g_object_unref (f->client);
  while (client != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (f->clock);
  bad_peer_free (f->peer);
}

typedef struct
{
  JuminHall *hall;
  GError *error;
  gboolean done;
} Outcome;

static void
on_hall_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->hall
      = jumin_hall_client_fetch_hall_finish (JUMIN_HALL_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static Outcome
ask (Fixture *f)
{
  Outcome outcome = { .hall = NULL };

  jumin_hall_client_fetch_hall_async (f->client, NULL, on_hall_ready, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

static void
check_client (Fixture *f, const Case *row)
{
  gint64 began = g_get_monotonic_time (), took_us;
  Outcome outcome = ask (f);
  g_autoptr (GError) error = outcome.error;

  took_us = g_get_monotonic_time () - began;
  g_assert_null (outcome.hall);
  g_test_message ("%-40s %4d ms  %s", row->name, (int)(took_us / 1000), error->message);
  g_assert_error (error, JUMIN_FAILURE, (int)row->failure);
  g_assert_nonnull (strstr (error->message, row->says));
  g_assert_null (strstr (error->message, BAD_PEER_WORDS));
  g_assert_cmpint (took_us, <, PATIENCE_US);
  g_assert_cmpuint (bad_peer_count_sent (f->peer), <, SENT_BYTES_MAX);
}

/* What the resident reads above the way on. */
static const char *
find_title (const Case *row)
{
  JuminTrouble trouble = JUMIN_TROUBLE_PLATFORM_SILENT;
  g_autoptr (JuminTroubles) troubles = shipped_troubles_new ();

  if (row->failure == JUMIN_FAILURE_PLATFORM_CLOCK)
    trouble = JUMIN_TROUBLE_CLOCK_APART;
  else if (row->failure == JUMIN_FAILURE_PLATFORM_EXPIRED)
    trouble = JUMIN_TROUBLE_CERTIFICATE_OVER;
  return g_intern_string (jumin_troubles_get (troubles, trouble)->title.standard.zh);
}

static void
check_terminal (Fixture *f, const Case *row, JuminPage page)
{
  gboolean silent = page == JUMIN_PAGE_OUT_OF_SERVICE;
  g_autoptr (JuminClock) clock = jumin_clock_new (KIOSK_SPEED);
  VirtualKiosk kiosk = { NULL };

  virtual_kiosk_init (&kiosk, &(VirtualKioskParts){ .clock = clock, .client = f->client });
  /* The page is also there before the platform was asked at all. */
  AWAIT (kiosk.scene->page == page && kiosk.scene->platform_silent == silent);
  g_assert_false (virtual_kiosk_says (&kiosk, BAD_PEER_WORDS));
  if (silent)
    g_assert_true (virtual_kiosk_says (&kiosk, find_title (row)));
  virtual_kiosk_finish (&kiosk);
}

static void
test_bad (gconstpointer data)
{
  const Case *row = data;
  Fixture f;

  set_up (&f, row);
  check_client (&f, row);
  check_terminal (&f, row, JUMIN_PAGE_OUT_OF_SERVICE);
  tear_down (&f);
}

static void
test_good (gconstpointer data)
{
  const Case *row = data;
  Fixture f;
  Outcome outcome;

  set_up (&f, row);
  outcome = ask (&f);
  g_assert_no_error (outcome.error);
  jumin_hall_free (outcome.hall);
  check_terminal (&f, row, JUMIN_PAGE_HOME);
  tear_down (&f);
}

static void
add (const Case *row, GTestDataFunc test)
{
  g_autofree char *path = g_strconcat ("/bad-platform/", row->name, NULL);

  g_test_add_data_func (path, row, test);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  all_keys = test_keys_new ();
  bad_certificates_add (all_keys);
  for (gsize i = 0; i < G_N_ELEMENTS (good_cases); i++)
    add (&good_cases[i], test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    add (&cases[i], test_bad);
  status = g_test_run ();
  test_keys_free (all_keys);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of the codes against the sandbox, over TLS, in both public shapes: each result, tokens
 * that run out, answers that are wrong in some way, silence, and a platform that is not the one. */
#include "model/error.h"
#include "platform/city-code-client.h"
#include "sandbox-process.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

#define RESIDENT "li-ceshi"
#define NAME "李测试"
#define NUMBER "500102199003070010"

typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminCityCodeClient *client;
} Fixture;

typedef struct
{
  JuminIdentity *identity;
  GError *error;
  gboolean done;
} Reply;

static char *
dup_setting (Fixture *f, const char *key)
{
  char *value
      = g_key_file_get_string (sandbox_process_get_settings (f->sandbox), "city-code", key, NULL);

  g_assert_nonnull (value);
  return value;
}

/* @ca_file, @url: (nullable): instead of the right ones */
static JuminCityCodeClient *
client_new (Fixture *f, const char *profile, const char *ca_file, const char *url, guint total_ms)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("JUMIN_SANDBOX_DATA"), "..", "city-code.json", NULL);
  g_autofree char *right_url = dup_setting (f, "url"), *right_ca = dup_setting (f, "ca-file");
  g_autofree char *id = dup_setting (f, "id-file"), *secret = dup_setting (f, "secret-file");
  g_autofree char *terminal = dup_setting (f, "terminal-file");
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;
  JuminHttpSettings peer = { .plain = TRUE,
                             .base_url = url != NULL ? url : right_url,
                             .ca_file = ca_file != NULL ? ca_file : right_ca,
                             .connect_ms = 4000,
                             .total_ms = total_ms };
  JuminCityCodeSettings settings
      = { .id_file = id, .secret_file = secret, .terminal_file = terminal, .total_ms = total_ms };
  g_autoptr (JuminHttpClient) http = jumin_http_client_new (&peer, f->clock, &error);
  JuminCityCodeClient *client;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  settings.profile = jumin_city_code_profile_parse (json, -1, "city-code.json", profile, &error);
  g_assert_no_error (error);
  client = jumin_city_code_client_new (&settings, http, f->clock, &error);
  g_assert_no_error (error);
  return client;
}

static void
set_up (Fixture *f, gconstpointer profile)
{
  f->sandbox = sandbox_process_new ();
  f->clock = jumin_clock_new (1);
  f->client = client_new (f, profile, NULL, NULL, 10000);
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  g_assert_finalize_object (f->client);
  sandbox_process_free (f->sandbox);
  g_object_unref (f->clock);
}

static void
tell (Fixture *f, const char *command)
{
  g_autofree char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_cmpstr (reply, ==, "ok");
}

static int
count (Fixture *f, const char *what)
{
  g_autofree char *reply = sandbox_process_control (f->sandbox, "codes");
  cJSON *counted = cJSON_Parse (reply + strlen ("ok "));
  int n = cJSON_GetObjectItemCaseSensitive (counted, what)->valueint;

  cJSON_Delete (counted);
  return n;
}

/* What a phone shows now. */
static GBytes *
show (Fixture *f, const char *whose)
{
  g_autofree char *command = g_strconcat ("city-code ", whose, NULL);
  g_autofree char *reply = sandbox_process_control (f->sandbox, command);

  g_assert_true (g_str_has_prefix (reply, "ok "));
  return g_bytes_new (reply + 3, strlen (reply) - 3);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;

  reply->identity = jumin_city_code_client_resolve_finish (JUMIN_CITY_CODE_CLIENT (source), result,
                                                           &reply->error);
  reply->done = TRUE;
}

static void
reply_clear (Reply *reply)
{
  g_clear_pointer (&reply->identity, jumin_identity_unref);
  g_clear_error (&reply->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static void
resolve (JuminCityCodeClient *client, GBytes *text, Reply *reply)
{
  jumin_city_code_client_resolve_async (client, text, NULL, on_resolved, reply);
  while (!reply->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_known (Fixture *f, const char *whose, const char *name, const char *number)
{
  g_autoptr (GBytes) text = show (f, whose);
  g_auto (Reply) reply = { 0 };

  resolve (f->client, text, &reply);
  g_assert_no_error (reply.error);
  g_assert_cmpint (jumin_identity_get_proof (reply.identity), ==, JUMIN_PROOF_CODE);
  g_assert_cmpstr (jumin_identity_get_name (reply.identity), ==, name);
  g_assert_cmpstr (jumin_identity_get_number (reply.identity), ==, number);
}

static void
assert_fails_with (JuminCityCodeClient *client, GBytes *text, GQuark domain, int code)
{
  g_auto (Reply) reply = { 0 };

  resolve (client, text, &reply);
  g_assert_error (reply.error, domain, code);
  g_assert_null (strstr (reply.error->message, "appSecret"));
  g_assert_null (strstr (reply.error->message, "YKM1"));
}

static void
assert_fails (Fixture *f, GQuark domain, int code)
{
  g_autoptr (GBytes) text = show (f, RESIDENT);

  assert_fails_with (f->client, text, domain, code);
}

static void
test_third_party (Fixture *f, gconstpointer profile)
{
  assert_known (f, RESIDENT, NAME, NUMBER);
  assert_known (f, RESIDENT " social-security", NAME, NUMBER);
  assert_known (f, RESIDENT " url", NAME, NUMBER);
  assert_known (f, "chen-bianhao", "陈编号", "50010319920815322X");
  g_assert_cmpint (count (f, "tokens"), ==, 1);
  g_assert_cmpint (count (f, "served"), ==, 4);
}

/* It gives no more of a name than its end. */
static void
test_terminal (Fixture *f, gconstpointer profile)
{
  assert_known (f, RESIDENT, "**试", NUMBER);
  assert_known (f, RESIDENT " social-security", "**试", NUMBER);
  g_assert_cmpint (count (f, "activations"), ==, 1);
  g_assert_cmpint (count (f, "tokens"), ==, 1);
  g_assert_finalize_object (f->client);
  f->client = client_new (f, profile, NULL, NULL, 10000);
  assert_known (f, RESIDENT, "**试", NUMBER);
  g_assert_cmpint (count (f, "activations"), ==, 1);
}

static void
test_results (Fixture *f, gconstpointer profile)
{
  static const struct
  {
    const char *fault;
    gboolean retry;
    int code;
  } cases[] = {
    { "codes expired 1", TRUE, JUMIN_RETRY_CODE_EXPIRED },
    { "codes refused-400 1", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "codes refused-10001 1", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "codes refused-10015 1", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "codes outdated 1", FALSE, JUMIN_FAILURE_CODES_OUTDATED },
    { "codes unknown-result 1", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "codes masked-number 1", TRUE, JUMIN_RETRY_CODE_HOLDER },
    { "codes foreign 1", TRUE, JUMIN_RETRY_CODE_HOLDER },
    { "codes nobody 1", TRUE, JUMIN_RETRY_CODE_HOLDER },
    { "codes other-key 1", FALSE, JUMIN_FAILURE_CODES_REFUSED },
    { "codes garbage 1", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "codes short 1", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      tell (f, cases[i].fault);
      assert_fails (f, cases[i].retry ? JUMIN_RETRY : JUMIN_FAILURE, cases[i].code);
    }
  assert_known (f, "wei-youhao", strcmp (profile, "terminal") == 0 ? "**号" : "卫有号",
                "50010419911010344X");
}

static void
test_words (Fixture *f, gconstpointer profile)
{
  tell (f, "codes words");
  assert_known (f, RESIDENT, strcmp (profile, "terminal") == 0 ? "**试" : NAME, NUMBER);
}

static void
test_masked_name (Fixture *f, gconstpointer profile)
{
  tell (f, "codes masked-name 1");
  assert_known (f, RESIDENT, "**试", NUMBER);
}

static void
test_old_code (Fixture *f, gconstpointer profile)
{
  g_autoptr (GBytes) text = show (f, RESIDENT), forged = NULL;
  gsize length;
  g_autofree char *copy = g_strndup (g_bytes_get_data (text, &length), g_bytes_get_size (text));

  assert_known (f, RESIDENT, NAME, NUMBER);
  copy[length - 1] = copy[length - 1] == '0' ? '1' : '0';
  forged = g_bytes_new (copy, length);
  assert_fails_with (f->client, forged, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED);
  tell (f, "clock 301");
  assert_fails_with (f->client, text, JUMIN_RETRY, JUMIN_RETRY_CODE_EXPIRED);
  assert_known (f, RESIDENT, NAME, NUMBER);
}

/* Between two codes, and for good. */
static void
test_stale_token (Fixture *f, gconstpointer profile)
{
  const char *name = strcmp (profile, "terminal") == 0 ? "**试" : NAME;

  assert_known (f, RESIDENT, name, NUMBER);
  tell (f, "codes stale-10005 1");
  assert_known (f, RESIDENT, name, NUMBER);
  g_assert_cmpint (count (f, "tokens"), ==, 2);
  tell (f, "codes stale-10010 1");
  assert_known (f, RESIDENT, name, NUMBER);
  g_assert_cmpint (count (f, "tokens"), ==, 3);
  tell (f, "codes stale-10005");
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
  g_assert_cmpint (count (f, "tokens"), ==, 4);
  tell (f, "codes none");
  assert_known (f, RESIDENT, name, NUMBER);
}

static void
test_no_token (Fixture *f, gconstpointer profile)
{
  tell (f, "codes no-token");
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
  g_assert_cmpint (count (f, "asked"), ==, 0);
}

static void
test_forgotten (Fixture *f, gconstpointer profile)
{
  assert_known (f, RESIDENT, "**试", NUMBER);
  tell (f, "codes forgotten 1");
  assert_known (f, RESIDENT, "**试", NUMBER);
  g_assert_cmpint (count (f, "activations"), ==, 2);
}

static void
test_other_secret (Fixture *f, gconstpointer profile)
{
  g_autofree char *file = dup_setting (f, "secret-file");

  g_assert_true (g_file_set_contents (file, "0123456789ABCDEF\n", -1, NULL));
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_assert_finalize_object (f->client);
  f->client = client_new (f, profile, NULL, NULL, 10000);
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
}

/* What any platform may do wrong, at the last step. */
static void
test_transport (Fixture *f, gconstpointer path)
{
  static const struct
  {
    const char *fault;
    JuminFailure failure;
  } cases[] = {
    { "drop-before", JUMIN_FAILURE_PLATFORM_SILENT },
    { "cut", JUMIN_FAILURE_PLATFORM_SILENT },
    { "refuse", JUMIN_FAILURE_PLATFORM_SILENT },
    { "malformed", JUMIN_FAILURE_PLATFORM_INVALID },
    { "oversize", JUMIN_FAILURE_PLATFORM_INVALID },
    { "twice", JUMIN_FAILURE_PLATFORM_INVALID },
    { "mark", JUMIN_FAILURE_PLATFORM_INVALID },
    { "page", JUMIN_FAILURE_PLATFORM_INVALID },
    { "type", JUMIN_FAILURE_PLATFORM_INVALID },
    { "gzip", JUMIN_FAILURE_PLATFORM_INVALID },
    { "redirect", JUMIN_FAILURE_PLATFORM_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *order
          = g_strdup_printf ("fault %s ykm/third-api/verify-code", cases[i].fault);

      tell (f, order);
      assert_fails (f, JUMIN_FAILURE, (int)cases[i].failure);
    }
  tell (f, "fault none");
  assert_known (f, RESIDENT, NAME, NUMBER);
}

/* All that is asked for one code has one deadline. */
static void
test_silence (Fixture *f, gconstpointer profile)
{
  gint64 began = g_get_monotonic_time ();

  g_assert_finalize_object (f->client);
  f->client = client_new (f, "third-party", NULL, NULL, 700);
  tell (f, "delay 450");
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
  tell (f, "delay 0");
  assert_known (f, RESIDENT, NAME, NUMBER);
  sandbox_process_restart (f->sandbox);
  assert_known (f, RESIDENT, NAME, NUMBER);
}

static void
test_cancel (Fixture *f, gconstpointer profile)
{
  g_autoptr (GBytes) text = show (f, RESIDENT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Reply) reply = { 0 };

  tell (f, "delay 60000");
  jumin_city_code_client_resolve_async (f->client, text, cancellable, on_resolved, &reply);
  g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  while (!reply.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (reply.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tell (f, "delay 0");
  assert_known (f, RESIDENT, NAME, NUMBER);
}

static void
test_who_it_is (Fixture *f, gconstpointer profile)
{
  g_autoptr (GBytes) text = show (f, RESIDENT);
  g_autofree char *url = dup_setting (f, "url");
  g_autofree char *name = g_strdup_printf ("https://another.localhost%s", strrchr (url, ':'));
  SandboxProcess *other = sandbox_process_new ();
  g_autofree char *other_ca
      = g_key_file_get_string (sandbox_process_get_settings (other), "city-code", "ca-file", NULL);
  g_autoptr (JuminCityCodeClient) wrong_ca = client_new (f, "third-party", other_ca, NULL, 10000);
  g_autoptr (JuminCityCodeClient) wrong_name = client_new (f, "third-party", NULL, name, 10000);

  assert_fails_with (wrong_ca, text, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
  assert_fails_with (wrong_name, text, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
  g_assert_cmpint (count (f, "tokens"), ==, 0);
  sandbox_process_free (other);
}

#define ADD(name, profile, test)                                                                   \
  g_test_add ("/city_code_sandbox/" name, Fixture, profile, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  ADD ("a_third_party_knows_who_shows_a_code", "third-party", test_third_party);
  ADD ("a_terminal_knows_who_shows_a_code", "terminal", test_terminal);
  ADD ("a_third_party_tells_each_result_apart", "third-party", test_results);
  ADD ("a_terminal_tells_each_result_apart", "terminal", test_results);
  ADD ("a_third_party_reads_numbers_in_quotes", "third-party", test_words);
  ADD ("a_terminal_reads_numbers_in_quotes", "terminal", test_words);
  ADD ("a_masked_name_is_kept_as_it_is", "third-party", test_masked_name);
  ADD ("an_old_code_and_a_forged_one_are_told_apart", "third-party", test_old_code);
  ADD ("a_third_party_renews_its_token_once", "third-party", test_stale_token);
  ADD ("a_terminal_renews_its_token_once", "terminal", test_stale_token);
  ADD ("without_a_token_no_code_is_sent", "third-party", test_no_token);
  ADD ("a_terminal_that_is_forgotten_is_activated_again", "terminal", test_forgotten);
  ADD ("another_secret_is_refused", "third-party", test_other_secret);
  ADD ("another_key_is_refused", "terminal", test_other_secret);
  ADD ("broken_answers_are_refused", "third-party", test_transport);
  ADD ("silence_ends_at_the_deadline", "third-party", test_silence);
  ADD ("a_code_can_be_given_up", "third-party", test_cancel);
  ADD ("nothing_is_sent_to_another_platform", "third-party", test_who_it_is);
  return g_test_run ();
}

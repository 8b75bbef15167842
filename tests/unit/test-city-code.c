/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of the codes without its network: what it asks in which order, and what it makes of
 * each answer. */
#include "fake-http.h"
#include "model/error.h"
#include "platform/city-code-client.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define TEXT "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"
#define ID "0123456789abcdef0123456789abcdef"
#define SECRET "0123456789ABCDEF"
#define NAME "6wMuGkUsSKuwWd+VFgcWQg==" /* 测试用户 */
#define NUMBER "wzSxHQk9qlWGibAmwjq02Wqrz+bsElJY6x5DVXqNyd4="
#define GOOD_TOKEN "{\"code\":200,\"msg\":\"\",\"data\":{\"accessToken\":\"t-1\",\"expiresIn\":60}}"
#define GOOD_PERSON                                                                                \
  "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":\"" NUMBER                         \
  "\",\"certType\":\"1\",\"phone\":\"\",\"healthStatus\":1,\"lastRNATime\":null}}"

enum
{
  ASKED_MAX = 16
};

typedef struct
{
  JuminClock *clock;
  JuminHttpClient *http;
  JuminCityCodeClient *client;
  char *folder;
  const char *answers[ASKED_MAX]; /* NULL: silence */
  guint statuses[ASKED_MAX];      /* 0: 200 */
  char *asked[ASKED_MAX];
  guint n_asked;
} Fixture;

typedef struct
{
  JuminIdentity *identity;
  GError *error;
  gboolean done;
} Reply;

static JuminHttpAnswer *
answer (const JuminHttpRequest *request, gpointer data)
{
  Fixture *f = data;
  g_autofree char *headers = g_strjoinv ("\n", (char **)request->headers);
  guint n = f->n_asked++;

  g_assert_cmpuint (n, <, ASKED_MAX);
  f->asked[n] = g_strdup_printf ("%s %s\n%s\n%s", request->method, request->path, headers,
                                 request->body != NULL ? request->body : "");
  if (f->answers[n] == NULL)
    return NULL;
  return fake_http_answer_new (f->statuses[n] != 0 ? f->statuses[n] : 200, g_strdup (f->answers[n]),
                               strlen (f->answers[n]));
}

static char *
write_file (const char *folder, const char *name, const char *text, int mode)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static char *
read_shipped (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "city-code.json", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static JuminCityCodeProfile *
load_profile (const char *id)
{
  g_autofree char *text = read_shipped ();
  g_autoptr (GError) error = NULL;
  JuminCityCodeProfile *profile
      = jumin_city_code_profile_parse (text, -1, "city-code.json", id, &error);

  g_assert_no_error (error);
  return profile;
}

static JuminCityCodeClient *
client_new (Fixture *f, const char *profile, GError **error)
{
  g_autofree char *id = g_build_filename (f->folder, "id", NULL);
  g_autofree char *secret = g_build_filename (f->folder, "secret", NULL);
  g_autofree char *terminal = g_build_filename (f->folder, "terminal", NULL);
  JuminCityCodeSettings settings = { .profile = load_profile (profile),
                                     .id_file = id,
                                     .secret_file = secret,
                                     .terminal_file = terminal,
                                     .latitude = "29.5630",
                                     .longitude = "106.5516",
                                     .total_ms = 10000 };

  return jumin_city_code_client_new (&settings, f->http, f->clock, error);
}

static void
set_up (Fixture *f, gconstpointer profile)
{
  g_autofree char *id = NULL, *secret = NULL;
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("jumin-XXXXXX", &error);
  id = write_file (f->folder, "id", ID "\n", 0600);
  secret = write_file (f->folder, "secret", SECRET "\n", 0400);
  f->clock = jumin_clock_new_manual (1790000000);
  f->http = fake_http_client_new (answer, f);
  f->client = client_new (f, profile, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  g_assert_finalize_object (f->client);
  g_object_unref (f->http);
  g_object_unref (f->clock);
  for (guint i = 0; i < f->n_asked; i++)
    g_free (f->asked[i]);
  scratch_folder_remove (f->folder);
  g_free (f->folder);
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
wait_for (Reply *reply)
{
  while (!reply->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((reply->identity != NULL) == (reply->error == NULL));
}

static void
reply_clear (Reply *reply)
{
  g_clear_pointer (&reply->identity, jumin_identity_unref);
  g_clear_error (&reply->error);
  reply->done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reply, reply_clear)

static void
resolve (Fixture *f, const char *text, gsize length, Reply *reply)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  reply_clear (reply);
  jumin_city_code_client_resolve_async (f->client, bytes, NULL, on_resolved, reply);
  g_assert_false (reply->done); /* never at once */
  wait_for (reply);
}

static void
assert_known (Fixture *f)
{
  g_auto (Reply) reply = { 0 };

  resolve (f, TEXT, strlen (TEXT), &reply);
  g_assert_no_error (reply.error);
  g_assert_cmpint (jumin_identity_get_proof (reply.identity), ==, JUMIN_PROOF_CODE);
  g_assert_cmpstr (jumin_identity_get_number (reply.identity), ==, "500102199003070010");
}

static void
assert_fails (Fixture *f, GQuark domain, int code)
{
  g_auto (Reply) reply = { 0 };

  resolve (f, TEXT, strlen (TEXT), &reply);
  g_assert_error (reply.error, domain, code);
  /* Nothing of what was sent and said is in it. */
  g_assert_null (strstr (reply.error->message, "YKM1"));
  g_assert_null (strstr (reply.error->message, SECRET));
  g_assert_null (strstr (reply.error->message, "500102"));
}

static void
assert_asked (Fixture *f, guint n, const char *begins, const char *ends)
{
  g_assert_cmpuint (n, <, f->n_asked);
  if (!g_str_has_prefix (f->asked[n], begins) || !g_str_has_suffix (f->asked[n], ends))
    g_error ("question %u is not '%s…%s':\n%s", n, begins, ends, f->asked[n]);
}

static void
test_third_party (Fixture *f, gconstpointer profile)
{
  f->answers[0] = GOOD_TOKEN;
  f->answers[1] = GOOD_PERSON;
  assert_known (f);
  g_assert_cmpuint (f->n_asked, ==, 2);
  assert_asked (f, 0,
                "GET /v1/ykm/third-api/access-token?appSecret=" SECRET
                "&grantType=CLIENT_AUTH\ndcqc-third-app-key: " ID
                "\ndcqc-channel-type: 99\ndcqc-request-id: ",
                "\n");
  assert_asked (f, 1, "POST /v1/ykm/third-api/verify-code\ndcqc-third-app-key: ",
                "\n{\"code\":\"" TEXT "\",\"accessToken\":\"t-1\"}");
}

/* 32 letters and digits, new each time. */
static void
test_request_id (Fixture *f, gconstpointer profile)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("dcqc-request-id: ([0-9A-Za-z]{32})$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  f->answers[0] = GOOD_TOKEN;
  f->answers[1] = f->answers[2] = f->answers[3] = GOOD_PERSON;
  assert_known (f);
  assert_known (f);
  assert_known (f);
  for (guint i = 0; i < f->n_asked; i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      g_assert_true (g_regex_match (regex, f->asked[i], 0, &match));
      g_assert_true (g_hash_table_add (seen, g_match_info_fetch (match, 1)));
    }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 4);
}

/* Until three seconds after its end. */
static void
test_token_is_kept (Fixture *f, gconstpointer profile)
{
  f->answers[0] = f->answers[3] = GOOD_TOKEN;
  f->answers[1] = f->answers[2] = f->answers[4] = GOOD_PERSON;
  assert_known (f);
  jumin_clock_advance (f->clock, 62999);
  assert_known (f);
  g_assert_cmpuint (f->n_asked, ==, 3);
  jumin_clock_advance (f->clock, 1);
  assert_known (f);
  g_assert_cmpuint (f->n_asked, ==, 5);
  assert_asked (f, 3, "GET /v1/ykm/third-api/access-token?", "\n");
}

static void
test_token_is_renewed_once (Fixture *f, gconstpointer profile)
{
  f->answers[0] = f->answers[2] = f->answers[5] = GOOD_TOKEN;
  f->answers[1] = "{\"code\":10005,\"msg\":\"\",\"data\":null}";
  f->answers[3] = GOOD_PERSON;
  assert_known (f);
  g_assert_cmpuint (f->n_asked, ==, 4);
  f->answers[4] = "{\"code\":\"10010\"}";
  f->answers[6] = "{\"code\":10005}";
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
  g_assert_cmpuint (f->n_asked, ==, 7);
}

static void
test_results (Fixture *f, gconstpointer profile)
{
  static const struct
  {
    const char *answer;
    gboolean retry;
    int code;
  } cases[] = {
    { "{\"code\":10009,\"msg\":\"请刷新渝快码\"}", TRUE, JUMIN_RETRY_CODE_EXPIRED },
    { "{\"code\":\"10009\"}", TRUE, JUMIN_RETRY_CODE_EXPIRED },
    { "{\"code\":400}", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "{\"code\":10001}", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "{\"code\":\"10015\"}", TRUE, JUMIN_RETRY_CODE_REFUSED },
    { "{\"code\":10016,\"msg\":\"{}\"}", FALSE, JUMIN_FAILURE_CODES_OUTDATED },
    { "{\"code\":10017}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200.5}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":\"200x\"}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":null}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "[]", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200,\"data\":7}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200,\"data\":{\"userName\":7}}", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200,\"data\":{}}", TRUE, JUMIN_RETRY_CODE_HOLDER },
    { "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":null}}", TRUE,
      JUMIN_RETRY_CODE_HOLDER },
    { "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":\"" NAME "\"}}", TRUE,
      JUMIN_RETRY_CODE_HOLDER },
    { "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":\"" NUMBER
      "\",\"certType\":\"414\"}}",
      TRUE, JUMIN_RETRY_CODE_HOLDER },
    { "{\"code\":200,\"data\":{\"userName\":\"!\",\"certNo\":\"" NUMBER "\"}}", FALSE,
      JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":\"500102199003070010\"}}",
      FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { "{\"code\":200,\"data\":{\"userName\":\"" NAME "\",\"certNo\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}}",
      FALSE, JUMIN_FAILURE_CODES_REFUSED },
    { "not JSON", FALSE, JUMIN_FAILURE_PLATFORM_INVALID },
    { NULL, FALSE, JUMIN_FAILURE_PLATFORM_SILENT },
  };

  f->answers[0] = GOOD_TOKEN;
  f->answers[1] = GOOD_PERSON;
  assert_known (f);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_free (f->asked[--f->n_asked]);
      f->answers[1] = cases[i].answer;
      assert_fails (f, cases[i].retry ? JUMIN_RETRY : JUMIN_FAILURE, cases[i].code);
      g_assert_cmpuint (f->n_asked, ==, 2);
    }
}

/* Who is refused before a code is sent, is refused for what this machine is. */
static void
test_refused_token (Fixture *f, gconstpointer profile)
{
  static const char *const refusals[] = { "400", "10001", "\"10005\"", "10009", "10010", "10015" };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *refusal = g_strdup_printf ("{\"code\":%s}", refusals[i]);

      f->answers[i] = refusal;
      assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
    }
  f->answers[f->n_asked] = "{\"code\":10016}";
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_OUTDATED);
  f->answers[f->n_asked]
      = "{\"code\":200,\"data\":{\"accessToken\":\"two words\",\"expiresIn\":\"60\"}}";
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
  f->answers[f->n_asked]
      = "{\"code\":200,\"data\":{\"accessToken\":\"t-1\",\"expiresIn\":\"soon\"}}";
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
}

/* A status that is no success may say why. */
static void
test_statuses (Fixture *f, gconstpointer profile)
{
  f->answers[0] = GOOD_TOKEN;
  f->answers[1] = "{\"code\":10009}";
  f->statuses[1] = 400;
  assert_fails (f, JUMIN_RETRY, JUMIN_RETRY_CODE_EXPIRED);
  f->answers[2] = GOOD_PERSON;
  f->statuses[2] = 403;
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
  f->answers[3] = "{}";
  f->statuses[3] = 404;
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
}

static void
test_payloads (Fixture *f, gconstpointer profile)
{
  g_auto (Reply) reply = { 0 };
  g_autofree char *longest = g_strnfill (JUMIN_CITY_CODE_TEXT_MAX, '"');

  resolve (f, "", 0, &reply);
  g_assert_error (reply.error, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED);
  resolve (f, "a\0b", 3, &reply);
  g_assert_error (reply.error, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED);
  resolve (f, "\xb2\xe2\xca\xd4", 4, &reply); /* GB18030 */
  g_assert_error (reply.error, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED);
  g_assert_cmpuint (f->n_asked, ==, 0);
  f->answers[0] = GOOD_TOKEN;
  f->answers[1] = "{\"code\":10001}";
  resolve (f, longest, JUMIN_CITY_CODE_TEXT_MAX, &reply);
  g_assert_error (reply.error, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED);
  g_assert_cmpuint (f->n_asked, ==, 2);
  g_assert_cmpuint (strlen (f->asked[1]), >, 2 * JUMIN_CITY_CODE_TEXT_MAX);
}

static void
test_one_at_a_time (Fixture *f, gconstpointer profile)
{
  g_autoptr (GBytes) text = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Reply) first = { 0 }, second = { 0 }, third = { 0 };

  f->answers[0] = f->answers[1] = GOOD_TOKEN;
  f->answers[2] = GOOD_PERSON;
  jumin_city_code_client_resolve_async (f->client, text, cancellable, on_resolved, &first);
  jumin_city_code_client_resolve_async (f->client, text, NULL, on_resolved, &second);
  g_cancellable_cancel (cancellable);
  jumin_city_code_client_resolve_async (f->client, text, NULL, on_resolved, &third);
  wait_for (&first);
  wait_for (&second);
  wait_for (&third);
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_no_error (third.error);
}

/* A machine is activated once, and knows it when it starts again. */
static void
test_terminal (Fixture *f, gconstpointer profile)
{
  const char *person = "{\"userName\":\"**明\",\"certNo\":\"50010219900307001"
                       "0\",\"certType\":\"1\",\"resultDicCode\":\"x\"}";
  JuminSm4 cipher = { .key = SECRET };
  g_autofree char *sealed = jumin_sm4_seal (&cipher, person, strlen (person), NULL);
  g_autofree char *scanned = g_strdup_printf ("{\"code\":\"200\",\"data\":\"%s\"}", sealed);
  g_autofree char *file = g_build_filename (f->folder, "terminal", NULL);
  g_autoptr (GError) error = NULL;
  GStatBuf about;

  f->answers[0] = "{\"code\":200,\"data\":{\"terminalId\":\"kiosk-7\"}}";
  f->answers[1] = f->answers[3] = "{\"code\":200,\"data\":{\"accessToken\":\"t\",\"expiresIn\":9}}";
  f->answers[2] = f->answers[4] = scanned;
  assert_known (f);
  assert_asked (f, 0, "POST /v1/ykm/third-api/terminal/activate\ndcqc-request-id: ",
                "\ndcqc-channel-type: 5\ndcqc-app-key: CQQRCode\ndcqc-lat: 29.5630\n"
                "dcqc-lng: 106.5516\ndcqc-version: 10001\n"
                "{\"deviceId\":\"" ID "\",\"terminalKey\":\"" SECRET "\"}");
  assert_asked (f, 1, "GET /v1/ykm/third-api/terminal/access-token\n",
                "\ndcqc-terminal-id: kiosk-7\ndcqc-version: 10001\n");
  assert_asked (f, 2, "POST /v1/ykm/third-api/terminal/scan\n",
                "{\"code\":\"4BnpISKhQiITrIN1qIhvZgkGBjwYwkI1V9ltYnbP7O5nWKr/"
                "jCR7Ee8kbZUy1EHgnwZgsSOdGQuZ9HMXT3D2xIKSI+FVJ45LBIHNp0Quu+g=\"}");
  while (g_stat (file, &about) != 0 || about.st_size < (goffset)strlen ("kiosk-7\n"))
    g_main_context_iteration (NULL, FALSE); /* a worker thread writes it */
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (f->client);
  f->client = client_new (f, profile, &error);
  g_assert_no_error (error);
  assert_known (f);
  g_assert_cmpuint (f->n_asked, ==, 5);
  assert_asked (f, 3, "GET ", "\ndcqc-terminal-id: kiosk-7\ndcqc-version: 10001\n");
}

/* The platform has forgotten us: once is tried again. */
static void
test_activated_again (Fixture *f, gconstpointer profile)
{
  f->answers[0] = "{\"code\":200,\"data\":{\"terminalId\":\"kiosk-7\"}}";
  f->answers[1] = "{\"code\":400}";
  f->answers[2] = "{\"code\":200,\"data\":{\"terminalId\":\"kiosk-8\"}}";
  f->answers[3] = "{\"code\":400}";
  assert_fails (f, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED);
  g_assert_cmpuint (f->n_asked, ==, 4);
}

static void
test_no_secret (Fixture *f, gconstpointer profile)
{
  g_autofree char *file = g_build_filename (f->folder, "secret", NULL);
  g_autoptr (GError) error = NULL;

  g_unlink (file);
  g_assert_null (client_new (f, profile, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(name, profile, test)                                                                   \
  g_test_add ("/city_code/" name, Fixture, profile, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  ADD ("a_token_is_fetched_and_then_the_code_is_asked_for", "third-party", test_third_party);
  ADD ("each_request_has_an_id_of_its_own", "third-party", test_request_id);
  ADD ("a_token_is_kept_until_three_seconds_after_its_end", "third-party", test_token_is_kept);
  ADD ("a_token_that_is_not_taken_is_renewed_once", "third-party", test_token_is_renewed_once);
  ADD ("each_result_is_told_apart", "third-party", test_results);
  ADD ("who_gets_no_token_is_refused", "third-party", test_refused_token);
  ADD ("a_status_that_is_no_success_may_say_why", "third-party", test_statuses);
  ADD ("only_text_of_at_most_2048_bytes_is_sent", "third-party", test_payloads);
  ADD ("one_code_is_asked_for_at_a_time", "third-party", test_one_at_a_time);
  ADD ("a_terminal_is_activated_once", "terminal", test_terminal);
  ADD ("a_terminal_that_is_forgotten_is_activated_again", "terminal", test_activated_again);
  ADD ("no_client_is_made_without_its_secret", "third-party", test_no_secret);
  return g_test_run ();
}

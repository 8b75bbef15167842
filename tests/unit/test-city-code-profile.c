/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the client of the codes: shapes of the platform, with mistakes and with what a site may
 * say otherwise, and secrets. */
#include "platform/city-code-secrets.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "0123456789ABCDEF"

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

static void
test_profile_mistakes (void)
{
  static const struct
  {
    const char *from, *to, *where;
  } mistakes[] = {
    { "\"id\": \"terminal\"", "\"id\": \"third-party\"", "twice" },
    { "\"id\": \"third-party\"", "\"id\": \"third\"", "no profile" },
    { "\"version\": 1", "\"version\": 2", "version" },
    { "\"base\": \"/v1", "\"base\": \"//v1", "base" },
    { "\"path\": \"/verify-code\"", "\"path\": \"/verify?code\"", "path" },
    { "\"method\": \"GET\"", "\"method\": \"PUT\"", "method" },
    { "\"method\": \"POST\"", "\"method\": \"GET\"", "body" },
    { "{token}", "{tokens}", "slot" },
    { "{request}", "{request", "slot" },
    { "{request}", "{text}", "fills" },
    { "{secret}", "{token}", "fills" },
    { "\"99\"", "\"9\\n9\"", "control" },
    { "\"99\"", "\"九\"", "ASCII" },
    { "dcqc-channel-type", "dcqc channel", "name" },
    { "dcqc-channel-type", "dcqc:channel\\r\\n", "name" },
    { "\"mode\": \"ecb\", \"iv\": null", "\"mode\": \"ctr\", \"iv\": null", "mode" },
    { "\"mode\": \"ecb\", \"iv\": null", "\"mode\": \"cbc\", \"iv\": null", "iv" },
    { "\"mode\": \"ecb\", \"iv\": null", "\"mode\": \"ecb\", \"iv\": \"00\"", "iv" },
    { "\"10005\": \"stale\"", "\"10005\": \"old\"", "10005" },
    { "\"10005\": \"stale\"", "\"x\": \"stale\"", "number" },
    { "\"200\": \"good\"", "\"200\": \"stale\"", "good" },
    { "\"token\": \"accessToken\",", "", "token" },
    { "\"note\": ", "\"comment\": ", "comment" },
    { "\"sealed\": true", "\"sealed\": 1", "sealed" },
    { "\"papers\": [\"1\"]", "\"papers\": [1]", "papers" },
  };
  g_autofree char *text = read_shipped ();

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GString) wrong = g_string_new (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (JuminCityCodeProfile) profile = NULL;

      g_assert_cmpuint (g_string_replace (wrong, mistakes[i].from, mistakes[i].to, 1), ==, 1);
      profile = jumin_city_code_profile_parse (wrong->str, -1, "x", "third-party", &error);
      g_assert_null (profile);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, mistakes[i].where) == NULL)
        g_error ("'%s' says nothing of '%s'", error->message, mistakes[i].where);
    }
}

/* A site whose platform chains its blocks, calls things otherwise and wants the token elsewhere. */
static void
test_own_profile (void)
{
  static const char *const changes[][2] = {
    { "\"mode\": \"ecb\", \"iv\": null",
      "\"mode\": \"cbc\", \"iv\": \"30313233343536373839414243444546\"" },
    { "\"dcqc-channel-type\": \"99\"", "\"authorization\": \"Bearer {token}\"" },
    { "\"result\": \"code\"", "\"result\": \"status\"" },
    { "\"200\": \"good\"", "\"0\": \"good\"" },
    { "\"member\": \"certNo\"", "\"member\": \"idNo\"" },
    { "/verify-code", "/v2/who" },
  };
  g_autofree char *shipped = read_shipped ();
  g_autoptr (GString) text = g_string_new (shipped);
  g_autoptr (JuminCityCodeProfile) profile = NULL;
  g_autoptr (JuminCityCodeMessage) message = NULL;
  g_autoptr (JuminCityCodeAnswer) read = NULL;
  JuminSm4 cipher = { .cbc = TRUE, .key = SECRET };
  const char *values[JUMIN_CITY_CODE_N_SLOTS] = { [JUMIN_CITY_CODE_SLOT_TOKEN] = "t&1" };
  g_autofree char *name = NULL, *number = NULL, *json = NULL;
  GDate today;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_string_replace (text, changes[i][0], changes[i][1], 1);
  profile = jumin_city_code_profile_parse (text->str, -1, "x", "third-party", &error);
  g_assert_no_error (error);
  memcpy (cipher.iv, profile->iv, sizeof cipher.iv);
  g_assert_cmpmem (cipher.iv, 16, SECRET, 16);
  message = jumin_city_code_message_new (profile, JUMIN_CITY_CODE_RESOLVE, values);
  g_assert_cmpstr (message->path, ==, "/v1/ykm/third-api/v2/who");
  g_assert_true (
      g_strv_contains ((const char *const *)message->headers, "authorization: Bearer t&1"));
  name = jumin_sm4_seal (&cipher, "测试甲", strlen ("测试甲"), NULL);
  number = jumin_sm4_seal (&cipher, "500103195506150029", 18, NULL);
  json = g_strdup_printf ("{\"status\":0,\"data\":{\"userName\":\"%s\",\"idNo\":\"%s\"}}", name,
                          number);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 1, 10, 2026);
  read = jumin_city_code_answer_read (profile, &cipher, JUMIN_CITY_CODE_RESOLVE, json,
                                      strlen (json), &today, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_identity_get_name (read->identity), ==, "测试甲");
}

/* What goes into a URL is escaped. */
static void
test_query (void)
{
  g_autoptr (JuminCityCodeProfile) profile = load_profile ("third-party");
  const char *values[JUMIN_CITY_CODE_N_SLOTS]
      = { [JUMIN_CITY_CODE_SLOT_SECRET] = "a&b=c#d?e%f/g+h{token}" };
  g_autoptr (JuminCityCodeMessage) message
      = jumin_city_code_message_new (profile, JUMIN_CITY_CODE_TOKEN, values);

  g_assert_cmpstr (message->path, ==,
                   "/v1/ykm/third-api/access-token?appSecret="
                   "a%26b%3Dc%23d%3Fe%25f%2Fg%2Bh%7Btoken%7D&grantType=CLIENT_AUTH");
  g_assert_null (message->body);
}

static void
test_secret_files (void)
{
  static const struct
  {
    const char *text;
    int mode, code;
  } cases[] = {
    { SECRET "\n", 0640, G_IO_ERROR_PERMISSION_DENIED },
    { SECRET "\n", 0604, G_IO_ERROR_PERMISSION_DENIED },
    { SECRET "\n", 0602, G_IO_ERROR_PERMISSION_DENIED },
    { "", 0600, G_IO_ERROR_INVALID_DATA },
    { "\n", 0600, G_IO_ERROR_INVALID_DATA },
    { "0123456789ABCDE\n", 0600, G_IO_ERROR_INVALID_DATA },
    { "01234567 89ABCDEF\n", 0600, G_IO_ERROR_INVALID_DATA },
    { SECRET "\n" SECRET "\n", 0600, G_IO_ERROR_INVALID_DATA },
    { "0123456789ABCDEF\xe7\xa0\x81\n", 0600, G_IO_ERROR_INVALID_DATA },
  };

  g_autoptr (JuminCityCodeProfile) profile = load_profile ("third-party");
  g_autoptr (JuminClock) clock = jumin_clock_new_manual (1790000000);
  g_autofree char *folder = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "secret", NULL);
  JuminCityCodeSettings settings = { .profile = profile, .id_file = file, .secret_file = file };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (file, cases[i].text, -1, NULL));
      g_assert_cmpint (g_chmod (file, cases[i].mode), ==, 0);
      g_assert_null (jumin_city_code_secrets_load (&settings, clock, &error));
      g_assert_error (error, G_IO_ERROR, cases[i].code);
      g_assert_null (strstr (error->message, "0123"));
    }
  scratch_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/city_code_profile/a_mistake_in_a_profile_is_refused", test_profile_mistakes);
  g_test_add_func ("/city_code_profile/a_site_may_have_a_shape_of_its_own", test_own_profile);
  g_test_add_func ("/city_code_profile/what_goes_into_a_url_is_escaped", test_query);
  g_test_add_func ("/city_code_profile/secrets_that_others_may_read_are_refused",
                   test_secret_files);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal, a scanner without a device, and a platform of the codes that says what a test wants.
 */
#include "code-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "front/view-builder.h"
#include "scratch-folder.h"

#define SPEED 100

enum
{
  TOTAL_MS = 5000 * SPEED
};

static char *
say_result (CodeFixture *f)
{
  g_autofree char *body = g_strdup_printf (
      "{\"code\":%d,\"msg\":\"\",\"data\":{\"userName\":\"李测试\",\"certNo\":\"%s\","
      "\"certType\":\"%s\"}}",
      f->result, f->holder, f->paper);

  return tls_peer_make_answer ("200 OK", "application/json", body);
}

static char *
on_request (const char *request, guint number, gpointer data)
{
  CodeFixture *f = data;

  if (strstr (request, "/access-token") != NULL)
    return tls_peer_make_answer (
        "200 OK", "application/json",
        "{\"code\":200,\"msg\":\"\",\"data\":{\"accessToken\":\"T\",\"expiresIn\":7200}}");
  f->asked++;
  if (f->meanwhile != NULL)
    f->meanwhile (f);
  return f->result != 0 ? say_result (f)
                        : tls_peer_make_answer ("502 Bad Gateway", "text/html", "<html>");
}

static char *
read_shipped (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *json = NULL;

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  return json;
}

/* The shape that is shipped, but open to read. */
static JuminCityCodeProfile *
profile_new (void)
{
  g_autofree char *json = read_shipped ("city-code.json"), *open = NULL;
  g_autoptr (GRegex) sealed = g_regex_new ("\"sealed\": true", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  JuminCityCodeProfile *profile;

  open = g_regex_replace_literal (sealed, json, -1, 0, "\"sealed\": false", 0, NULL);
  profile = jumin_city_code_profile_parse (open, -1, "test", "third-party", &error);
  g_assert_no_error (error);
  return profile;
}

static JuminCodeKinds *
kinds_new (void)
{
  g_autofree char *json = read_shipped ("code-kinds.json");
  g_autoptr (GError) error = NULL;
  JuminCodeKinds *kinds = jumin_code_kinds_parse (json, -1, "test", &error);

  g_assert_no_error (error);
  return kinds;
}

static char *
write_secret (CodeFixture *f, const char *name, const char *text)
{
  char *path = g_build_filename (f->secrets, name, NULL);

  g_assert_true (
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  return path;
}

static JuminCityCodeClient *
codes_new (CodeFixture *f, JuminClock *clock)
{
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", f->peer->port);
  g_autofree char *ca_file = test_keys_path (f->keys, "ca.pem");
  g_autofree char *id_file = write_secret (f, "id", "0123456789abcdef0123456789abcdef\n");
  g_autofree char *secret_file = write_secret (f, "secret", "0123456789ABCDEF\n");
  JuminHttpSettings peer = {
    .plain = TRUE, .base_url = url, .ca_file = ca_file, .connect_ms = TOTAL_MS, .total_ms = TOTAL_MS
  };
  JuminCityCodeSettings settings = {
    .profile = profile_new (), .id_file = id_file, .secret_file = secret_file, .total_ms = TOTAL_MS
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHttpClient) http = jumin_http_client_new (&peer, clock, &error);
  JuminCityCodeClient *codes;

  g_assert_no_error (error);
  codes = jumin_city_code_client_new (&settings, http, clock, &error);
  g_assert_no_error (error);
  return codes;
}

/* The hall has one more service, "strict", that wants this proof. */
static char *
add_service (const char *city, const char *proof)
{
  g_autofree char *service = g_strdup_printf (
      "}, { \"id\": \"strict\", \"flow\": \"queue\", \"icon\": \"queue\", \"family\": \"queue\", "
      "\"title\": { \"zh\": \"严\", \"en\": \"\" }, \"line\": { \"zh\": \"严\", \"en\": \"\" }, "
      "\"proof\": \"%s\", \"records\": [], \"papers\": [] } ],\n  \"matters\"",
      proof);
  g_autoptr (GRegex) end = g_regex_new ("\\}\\s*\\],\\s*\"matters\"", 0, 0, NULL);

  return g_regex_replace_literal (end, city, -1, 0, service, 0, NULL);
}

static void
write_data (CodeFixture *f, const char *shipped, const char *proof)
{
  static const char *const files[] = { "city.json", "residents.json", "bills.json" };

  f->data = g_dir_make_tmp ("jumin-data-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *from = g_build_filename (shipped, files[i], NULL);
      g_autofree char *to = g_build_filename (f->data, files[i], NULL);
      g_autofree char *json = NULL, *text = NULL;

      g_assert_true (g_file_get_contents (from, &json, NULL, NULL));
      text = add_service (json, proof);
      g_assert_true (g_file_set_contents (to, text, -1, NULL));
    }
}

static GPtrArray *
list_keys (CodeFixture *f)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify)EVP_PKEY_free);

  EVP_PKEY_up_ref (f->office);
  g_ptr_array_add (keys, f->office);
  return keys;
}

static void
set_up_kiosk (CodeFixture *f)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (SPEED);
  g_autoptr (JuminCityCodeClient) codes = codes_new (f, clock);

  set_up_with (&f->kiosk, &(VirtualKioskParts){ .clock = clock,
                                                .scanner = JUMIN_CODE_SCANNER (f->scanner),
                                                .codes = codes,
                                                .kinds = kinds_new (),
                                                .keys = list_keys (f) });
}

void
code_set_up (CodeFixture *f, gconstpointer proof)
{
  g_autofree char *shipped = g_strdup (g_getenv ("JUMIN_SANDBOX_DATA"));

  f->holder = HOLDER;
  f->paper = "1";
  f->result = 200;
  f->scanner = jumin_virtual_code_scanner_new ();
  f->keys = test_keys_new ();
  f->office = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  f->peer = tls_peer_new (f->keys, "server", on_request, f);
  g_clear_pointer (&f->peer->signing, EVP_PKEY_free);
  f->secrets = g_dir_make_tmp ("jumin-secrets-XXXXXX", NULL);
  if (proof != NULL)
    {
      write_data (f, shipped, proof);
      g_setenv ("JUMIN_SANDBOX_DATA", f->data, TRUE);
    }
  set_up_kiosk (f);
  g_setenv ("JUMIN_SANDBOX_DATA", shipped, TRUE);
}

void
code_tear_down (CodeFixture *f, gconstpointer proof)
{
  tear_down (&f->kiosk, NULL);
  tls_peer_free (f->peer);
  test_keys_free (f->keys);
  EVP_PKEY_free (f->office);
  g_assert_finalize_object (f->scanner);
  scratch_folder_remove (f->secrets);
  g_free (f->secrets);
  if (f->data != NULL)
    scratch_folder_remove (f->data);
  g_free (f->data);
}

void
code_begin (CodeFixture *f)
{
  choose (&f->kiosk, JUMIN_IDENTIFY_ALWAYS);
  await (&f->kiosk, JUMIN_PAGE_IDENTIFY);
}

void
code_show (CodeFixture *f, const char *text)
{
  g_assert_true (jumin_virtual_code_scanner_show (f->scanner, text));
}

char *
code_dup_way (CodeFixture *f)
{
  g_autoptr (JuminView) view = jumin_view_build (f->kiosk.scene);

  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = view->blocks->pdata[i];
      const JuminItem *item = jumin_items_find (block->items, "code");

      if (g_str_equal (block->kind, "ways") && item != NULL)
        return g_strjoin (" · ", item->icon, item->note, item->text, item->reason, NULL);
    }
  return NULL;
}

void
code_expect_trouble (CodeFixture *f, JuminTrouble trouble)
{
  const JuminTroubleRow *row = jumin_troubles_get (f->kiosk.scene->troubles, trouble);
  g_autofree char *way = code_dup_way (f);

  g_assert_nonnull (way);
  g_test_message ("%s", way);
  g_assert_nonnull (strstr (way, row->title.standard.zh));
  g_assert_nonnull (strstr (way, row->next.standard.zh));
}

void
code_expect_words (CodeFixture *f, const char *words)
{
  g_autofree char *way = code_dup_way (f);

  g_assert_nonnull (way);
  g_assert_nonnull (strstr (way, words));
}

guint
code_count_in_log (CodeFixture *f, const char *words)
{
  g_autofree char *path = g_build_filename (f->kiosk.audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  parts = g_strsplit (text, words, -1);
  return g_strv_length (parts) - 1;
}

void
code_insert_card_of (CodeFixture *f, const char *number)
{
  static const JuminCard card
      = { .version = "2.00", .identifier = "500000D156000005000012340000000A" };
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, "李测试", number);

  jumin_virtual_card_reader_insert (f->kiosk.reader, &card, holder);
}

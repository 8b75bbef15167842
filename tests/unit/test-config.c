/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration: what is refused, and how that is said. */
#include "config-keys.h"
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *directory, *main_file, *dropins;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("jumin-config-XXXXXX", NULL);
  fixture->main_file = g_build_filename (fixture->directory, "jumin.conf", NULL);
  fixture->dropins = g_build_filename (fixture->directory, "jumin.conf.d", NULL);
  g_assert_cmpint (g_mkdir (fixture->dropins, 0700), ==, 0);
}

static void
remove_dropin (const Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dropins, name, NULL);

  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_dropin (fixture, "10-a.conf");
  remove_dropin (fixture, "20-b.conf");
  remove_dropin (fixture, "notes.txt");
  g_rmdir (fixture->dropins);
  g_remove (fixture->main_file);
  g_rmdir (fixture->directory);
  g_free (fixture->main_file);
  g_free (fixture->dropins);
  g_free (fixture->directory);
}

static void
write_main (const Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->main_file, text, -1, NULL));
}

static void
write_dropin (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dropins, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_refused (const Fixture *fixture, const char *text, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminConfig) config = NULL;
  g_autofree char *message = g_strconcat (fixture->main_file, reason, NULL);

  write_main (fixture, text);
  config = jumin_config_load (fixture->main_file, fixture->dropins, &error);
  g_assert_null (config);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_defaults (Fixture *fixture, gconstpointer data)
{
  guint query_ms[JUMIN_CONFIG_INTS_MAX];
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminConfig) config = NULL;

  write_main (fixture, "");
  config = jumin_config_load (fixture->main_file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_config_get_string (config, "terminal", "name"), ==, "T-0003");
  g_assert_cmpint (jumin_config_get_int (config, "platform", "connect-ms"), ==, 4000);
  g_assert_cmpstr (jumin_config_get_string (config, "platform", "url"), ==, "");
  g_assert_cmpuint (jumin_config_get_time (config, "payment", "reconcile-at"), ==, 120);
  jumin_config_get_ints (config, "payment", "query-ms", query_ms, G_N_ELEMENTS (query_ms));
  g_assert_cmpuint (query_ms[0], ==, 1000);
  g_assert_cmpuint (query_ms[4], ==, 5000);
  g_assert_cmpuint (query_ms[5], ==, 0);
}

static void
test_fallbacks_are_good (void)
{
  for (const JuminConfigKey *key = jumin_config_keys; key->group != NULL; key++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (jumin_config_key_check (key, key->fallback, &error));
      g_assert_no_error (error);
      g_assert_true (jumin_config_keys_find (key->group, key->key) == key);
      g_assert_true (*key->doc != '\0');
    }
}

static void
test_dropins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminConfig) config = NULL;

  write_main (fixture, "[platform]\nurl=https://a.example/v1\nconnect-ms=500\n");
  write_dropin (fixture, "20-b.conf", "[platform]\nurl=https://c.example/v1\n");
  write_dropin (fixture, "10-a.conf", "[platform]\nurl=https://b.example/v1\ntotal-ms=800\n");
  write_dropin (fixture, "notes.txt", "not read");
  config = jumin_config_load (fixture->main_file, fixture->dropins, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_config_get_string (config, "platform", "url"), ==, "https://c.example/v1");
  g_assert_cmpint (jumin_config_get_int (config, "platform", "connect-ms"), ==, 500);
  g_assert_cmpint (jumin_config_get_int (config, "platform", "total-ms"), ==, 800);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture, "# x\n[platform]\n\nurll=https://a\n",
                  ":4: [platform] urll: this key is not known");
  assert_refused (fixture, "\n[plattform]\nurl=https://a\n",
                  ":2: [plattform]: this group is not known");
  assert_refused (fixture, "[clock]\nspeed=100\n", ":1: [clock]: this group is not known");
  assert_refused (fixture, "[platform]\nurl=http://a\n",
                  ":2: [platform] url: 'http://a' is not https://host:port/path without a slash at "
                  "the end");
  assert_refused (fixture, "[screen]\nidle-ms = 90 s\n",
                  ":2: [screen] idle-ms: '90 s' is not a whole number from 10000 to 600000");
  assert_refused (fixture, "[screen]\nidle-ms=90000\nwarn-ms=1\n",
                  ":3: [screen] warn-ms: '1' is not a whole number from 5000 to 120000");
  assert_refused (
      fixture, "[printer]\nprofile=best\n",
      ":2: [printer] profile: 'best' is not one of: generic-80mm numbered-80mm generic-58mm");
  assert_refused (fixture, "[printer]\nuri=usb\n",
                  ":2: [printer] uri: 'usb' is neither an absolute file name nor "
                  "socket://host:port");
  assert_refused (fixture, "[sheets]\nuri=socket://a:9100/x\n",
                  ":2: [sheets] uri: 'socket://a:9100/x' is neither ipp://host:port/path nor ipps");
  assert_refused (fixture, "[sheets]\nuri=ipp://a\n",
                  ":2: [sheets] uri: 'ipp://a' is neither ipp://host:port/path nor ipps");
  assert_refused (fixture, "[sheets]\nfingerprint=AB\n",
                  ":2: [sheets] fingerprint: 'AB' is not 64 hexadecimal digits of lower case");
  assert_refused (
      fixture, "[terminal]\ntime-zone=Asia/Atlantis\n",
      ":2: [terminal] time-zone: 'Asia/Atlantis' is no time zone that this system knows");
  assert_refused (fixture, "[payment]\nquery-ms=1000  2000\n",
                  ":2: [payment] query-ms: '1000  2000' is not one to 8 whole numbers from 100 to "
                  "60000, parted by spaces");
  assert_refused (fixture, "[payment]\nguard-ms=100 100 100 100 100 100 100 100 100\n",
                  ":2: [payment] guard-ms: '100 100 100 100 100 100 100 100 100' is not one to 8 "
                  "whole numbers from 100 to 3600000, parted by spaces");
  assert_refused (fixture, "[payment]\nreconcile-at=2:00\n",
                  ":2: [payment] reconcile-at: '2:00' is no time of the day: 02:00");
  assert_refused (fixture, "[payment]\nreconcile-at=24:00\n",
                  ":2: [payment] reconcile-at: '24:00' is no time of the day: 02:00");
  assert_refused (fixture, "[printer]\nuri=/a\\i\\",
                  ":2: [printer] uri: a backslash is followed by none of s, n, t, r and \\");
  assert_refused (fixture, "[border]\nsocket=here\n",
                  ":2: [border] socket: 'here' is not an absolute file name");
}

static void
test_encrypted_printer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fingerprint = g_strnfill (64, 'a');
  g_autofree char *good
      = g_strdup_printf ("[sheets]\nuri=ipps://a/ipp/print\nfingerprint=%s\n", fingerprint);
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  write_main (fixture, "[sheets]\nuri=ipps://a/ipp/print\n");
  g_assert_null (jumin_config_load (fixture->main_file, NULL, &error));
  g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE);
  g_assert_cmpstr (error->message, ==, "[sheets] uri: ipps needs a fingerprint");
  g_clear_error (&error);
  write_main (fixture, good);
  config = jumin_config_load (fixture->main_file, NULL, &error);
  g_assert_no_error (error);
}

static void
test_broken_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = g_strconcat (fixture->main_file, ":2: ", NULL);

  write_main (fixture, "[platform]\nurl\n");
  g_assert_null (jumin_config_load (fixture->main_file, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, place));
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_config_load (fixture->main_file, NULL, &error));
  g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND);
}

static void
test_long_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (JUMIN_CONFIG_BYTES_MAX + 1, '#');
  g_autoptr (GError) error = NULL;

  write_main (fixture, text);
  g_assert_null (jumin_config_load (fixture->main_file, NULL, &error));
  g_assert_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE);
}

/* data/jumin.conf is the manual that an operator has at hand. */
static void
test_shipped_file (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "jumin.conf", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize known = 0, shown = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  for (const JuminConfigKey *key = jumin_config_keys; key->group != NULL; key++, known++)
    {
      g_autofree char *value = g_key_file_get_string (file, key->group, key->key, NULL);

      g_assert_cmpstr (value, ==, key->fallback);
      g_assert_nonnull (strstr (text, key->doc));
    }
  for (const JuminConfigKey *key = jumin_config_keys; key->group != NULL; key++)
    {
      gsize length = 0;

      if (key != jumin_config_keys && g_str_equal (key->group, key[-1].group))
        continue;
      g_strfreev (g_key_file_get_keys (file, key->group, &length, NULL));
      shown += length;
    }
  g_assert_cmpuint (shown, ==, known);
}

/* A page of groff without what it escapes. */
static char *
read_page (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "packaging", "man", "jumin.conf.5", NULL);
  g_autoptr (GString) page = NULL;
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  page = g_string_new (text);
  g_string_replace (page, "\\-", "-", 0);
  g_string_replace (page, "\\(aq", "'", 0);
  return g_string_free (g_steal_pointer (&page), FALSE);
}

static char *
describe_bounds (const JuminConfigKey *key)
{
  if (key->type == JUMIN_CONFIG_INT)
    return g_strdup_printf (" (%d to %d)", key->min, key->max);
  if (key->type == JUMIN_CONFIG_INTS)
    return g_strdup_printf (" (each %d to %d)", key->min, key->max);
  if (key->type == JUMIN_CONFIG_CHOICE)
    return g_strdup_printf (" (one of: %s)", key->choices);
  return g_strdup ("");
}

static void
test_man_page (void)
{
  g_autofree char *page = read_page ();
  g_auto (GStrv) entries = g_strsplit (page, "\n.TP\n.B ", -1);
  guint known = 0;

  for (const JuminConfigKey *key = jumin_config_keys; key->group != NULL; key++, known++)
    {
      g_autofree char *bounds = describe_bounds (key);
      g_autofree char *wanted = g_strdup_printf ("%s\n%s%s.", key->key, key->doc, bounds);
      g_autofree char *group = g_strdup_printf (".SS [%s]\n", key->group);
      g_autofree char *value = g_strdup_printf ("Default:\n.IR \"%s\" .", key->fallback);
      const char *entry = entries[known + 1];

      g_assert_nonnull (entry);
      if (!g_str_has_prefix (entry, wanted))
        g_error ("jumin.conf.5: '%s' is not described by '%s'", key->key, wanted);
      if (*key->fallback != '\0' && strstr (entry, value) == NULL)
        g_error ("jumin.conf.5: '%s' has not '%s'", key->key, value);
      if (known == 0 || !g_str_equal (key->group, key[-1].group))
        g_assert_nonnull (strstr (entries[known], group));
    }
  g_assert_cmpuint (g_strv_length (entries), ==, known + 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/config/an_empty_file_gives_the_defaults", test_defaults);
  g_test_add_func ("/config/every_default_is_a_good_value", test_fallbacks_are_good);
  ADD ("/config/dropins_are_read_by_name_and_the_last_wins", test_dropins);
  ADD ("/config/a_refusal_names_file_line_group_and_key", test_refusals);
  ADD ("/config/an_encrypted_printer_needs_a_fingerprint", test_encrypted_printer);
  ADD ("/config/a_line_that_is_none_is_named", test_broken_text);
  ADD ("/config/a_missing_file_is_refused", test_missing_file);
  ADD ("/config/a_file_that_is_too_long_is_refused", test_long_file);
  g_test_add_func ("/config/the_shipped_file_shows_every_key_with_its_default", test_shipped_file);
  g_test_add_func ("/config/the_man_page_tells_of_every_key", test_man_page);
  return g_test_run ();
}

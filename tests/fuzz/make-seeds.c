/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the first inputs of the targets whose inputs nobody can write by hand: make-seeds DIR
 * makes DIR/TARGET/NAME. The rest lies in corpus/ as it was written or found. */
#include <errno.h>
#include <string.h>

#include "answers.h"
#include "audit/chain.h"
#include "audit/receipt.h"
#include "front/view-builder.h"
#include "model/words.h"
#include "scenes.h"
#include "shipped-data.h"

static const char *directory;

static void
write_seed (const char *target, const char *name, const void *bytes, gsize length)
{
  g_autofree char *folder = g_build_filename (directory, target, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0777);
  g_file_set_contents (path, bytes, (gssize)length, &error);
  g_assert_no_error (error);
}

static void
write_views (void)
{
  static const JuminModes modes = { .language = "zh" };
  g_autoptr (GPtrArray) fixtures = jumin_fixtures_new ();

  for (guint i = 0; i < fixtures->len; i++)
    {
      const JuminFixture *fixture = fixtures->pdata[i];
      JuminScene *scene = jumin_fixture_new_scene (fixture, &modes);
      g_autoptr (JuminView) view = jumin_view_build (scene);
      g_autoptr (GVariant) variant = g_variant_ref_sink (jumin_view_to_variant (view));
      g_autofree char *name = g_strdelimit (g_strdup (fixture->name), "/ ", '-');

      write_seed ("view", name, g_variant_get_data (variant), g_variant_get_size (variant));
      jumin_fixture_free_scene (scene);
    }
}

/* The order of fuzz-answers.c. */
static void
write_answers (void)
{
  static const char *const paths[] = { "/catalogue",     "/hall",
                                       "/cards/resolve", "/logins",
                                       "/logins",        "/logins/code",
                                       "/holders/today", "/tickets",
                                       "/fund/account",  "/fund/lines",
                                       "/fund/loan",     "/fund/withdrawals",
                                       "/social/record", "/documents/entitlements",
                                       "/documents",     "/documents/outcome",
                                       "/help-calls" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *body = fuzz_answer_dup (paths[i]);
      g_autofree char *name = g_strdup_printf ("good-%u", i);
      g_autofree char *input = g_strdup_printf ("..%s", body);

      input[0] = (char)i;
      input[1] = 0; /* status 200 */
      write_seed ("answers", name, input, strlen (body) + 2);
    }
}

static void
write_logs (void)
{
  static const char *const bodies[] = {
    "\"time\":\"2026-11-21T02:26:00Z\",\"mono\":1,\"id\":1,\"event\":\"start\",\"version\":\"0.1."
    "0\"",
    "\"time\":\"2026-11-21T02:26:01Z\",\"mono\":900,\"id\":2,\"event\":\"stop\",\"why\":\"signal\"",
  };
  GString *log = g_string_new ("\x04"), *plain = g_string_new ("\x05");
  g_autoptr (JuminReceipt) receipt = NULL;
  g_autofree char *line = NULL;
  JuminAuditLink link;

  jumin_audit_link_begin (&link);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *record = jumin_audit_link_append (&link, bodies[i]);

      g_string_append (log, record);
      g_string_append_printf (plain, "%s%s", i > 0 ? "\n" : "", bodies[i]);
    }
  write_seed ("audit", "log", log->str, log->len);
  write_seed ("audit", "bodies", plain->str, plain->len);
  receipt = jumin_receipt_new ("T-0003", &link, 1795227960, "MEUCIQ==");
  line = jumin_receipt_dup_line (receipt);
  log->str[0] = 6;
  g_string_append_printf (log, "\n%s", line);
  write_seed ("audit", "log-with-receipt", log->str, log->len);
  g_string_free (log, TRUE);
  g_string_free (plain, TRUE);
}

/* The shipped table, and each time one thing wrong in it. */
static void
write_troubles (void)
{
  static const struct
  {
    const char *name, *from, *to;
  } changes[] = {
    { "shipped", "", "" },
    { "version", "\"version\": 1", "\"version\": 2" },
    { "unknown-id", "\"card-mute\"", "\"card-loud\"" },
    { "two-rows", "\"card-foreign\"", "\"card-mute\"" },
    { "unknown-kind", "\"kind\": \"retry\"", "\"kind\": \"try\"" },
    { "unknown-event", "\"card-refused\"", "\"card-lost\"" },
    { "unknown-way", "\"help\"]", "\"stay\"]" },
    { "way-twice", "\"help\"]", "\"retry\"]" },
    { "ways", "\"ways\": [", "\"ways\": 1, \"x\": [" },
    { "no-title", "\"title\": {", "\"title\": null, \"x\": {" },
    { "empty-words", "\"zh\": \"", "\"zh\": \"\", \"x\": \"" },
    { "unknown-slot", "\"zh\": \"", "\"zh\": \"{here}" },
    { "slots", "\"zh\": \"", "\"zh\": \"{reader}{desk}{phone}{" },
  };
  g_autofree char *shipped = shipped_troubles_dup_text ();

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const char *place = strstr (shipped, changes[i].from);
      g_autofree char *text = NULL;

      g_assert (place != NULL);
      text = g_strdup_printf ("%.*s%s%s", (int)(place - shipped), shipped, changes[i].to,
                              place + strlen (changes[i].from));
      write_seed ("troubles", changes[i].name, text, strlen (text));
    }
}

/* @first: the bytes by which a target knows what follows; two zeros, or what ends with one. Each
 * time one thing is wrong. */
static void
write_data (const char *target, const char *file, const char *first,
            const char *const (*changes)[2], gsize n)
{
  g_autofree char *path = g_build_filename (JUMIN_DATA, file, NULL);
  g_autofree char *shipped = NULL;
  g_autoptr (GError) error = NULL;
  gsize first_length = first[0] == '\0' ? 2 : strlen (first);

  g_file_get_contents (path, &shipped, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i <= n; i++)
    {
      g_autoptr (GString) text = g_string_new (shipped);
      g_autofree char *name = g_strdup_printf ("file-%" G_GSIZE_FORMAT, i);

      if (i > 0)
        g_assert_cmpuint (g_string_replace (text, changes[i - 1][0], changes[i - 1][1], 1), ==, 1);
      g_string_prepend_len (text, first, (gssize)first_length);
      write_seed (target, name, text->str, text->len);
    }
}

static void
write_codes (void)
{
  static const char *const shapes[][2] = {
    { "\"mode\": \"ecb\", \"iv\": null",
      "\"mode\": \"cbc\", \"iv\": \"30313233343536373839414243444546\"" },
    { "\"iv\": null", "\"iv\": 1" },
    { "{secret}", "{token}" },
    { "{secret}", "{no}" },
    { "{secret}", "{secret" },
    { "\"99\"", "\"九\"" },
    { "dcqc-channel-type", "a b" },
    { "\"method\": \"POST\"", "\"method\": \"GET\"" },
    { "\"headers\": {", "\"headers\": 1, \"x\": {" },
    { "\"results\": {", "\"results\": 1, \"x\": {" },
    { "\"200\": \"good\"", "\"x\": \"stale\"" },
    { "[\"1\"]", "[1]" },
    { "[\"1\"]", "1" },
    { "\"id\": \"terminal\"", "\"id\": \"third-party\"" },
    { "\"id\": \"third-party\"", "\"id\": \"third\"" },
    { "\"profiles\": [", "\"profiles\": 1, \"x\": [" },
  };
  static const char *const kinds[][2] = {
    { "\"YKU\"", "1" },
    { "\"prefixes\": [", "\"prefixes\": 1, \"x\": [" },
    { "\"asked\": [", "\"asked\": [\"payment\", " },
    { "\"asked\": [", "\"asked\": [1, " },
    { "\"asked\": [", "\"asked\": 1, \"x\": [" },
    { "\"kinds\": [", "\"kinds\": 1, \"x\": [" },
    { "[0-9]{20}", "(" },
    { "[0-9]{20}", "(*UTF)" },
    { "[0-9]{20}", "" },
  };

  write_data ("city-code", "city-code.json", "\0\0", shapes, G_N_ELEMENTS (shapes));
  write_data ("code-kinds", "code-kinds.json", "1", kinds, G_N_ELEMENTS (kinds));
  write_data ("money", "billers.json", "\007.", NULL, 0);
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 2);
  directory = argv[1];
  jumin_words_init (JUMIN_LOCALEDIR);
  write_views ();
  write_answers ();
  write_logs ();
  write_troubles ();
  write_codes ();
  return 0;
}

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
#include "shipped-troubles.h"

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
  return 0;
}

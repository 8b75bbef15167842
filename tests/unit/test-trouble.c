/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of troubles: what is shipped is complete and kindly worded; what is wrong is refused
 * with its place. */
#include "model/trouble.h"

#include <gio/gio.h>
#include <string.h>

#include "audit/events.h"
#include "shipped-data.h"

enum
{
  SENTENCE_MAX = 20 /* characters of one Chinese sentence (design guide, wording) */
};

typedef void (*WordsTest) (const JuminTroubleRow *row, const char *zh, const char *en);

static void
for_all_words (WordsTest test)
{
  g_autoptr (JuminTroubles) troubles = shipped_troubles_new ();

  for (guint trouble = 0; trouble < JUMIN_N_TROUBLES; trouble++)
    {
      const JuminTroubleRow *row = jumin_troubles_get (troubles, trouble);
      const JuminTroubleWords *texts[]
          = { &row->title, &row->next, &row->safe, &row->works, &row->retry };

      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          if (texts[i]->standard.zh == NULL)
            continue;
          test (row, texts[i]->standard.zh, texts[i]->standard.en);
          test (row, texts[i]->elder.zh, texts[i]->elder.en);
        }
    }
}

static void
check_length (const JuminTroubleRow *row, const char *zh, const char *en)
{
  g_auto (GStrv) sentences = g_strsplit (zh, "。", -1);

  for (int i = 0; sentences[i] != NULL; i++)
    if (g_utf8_strlen (sentences[i], -1) > SENTENCE_MAX)
      {
        g_test_message ("'%s' is too long: %s", jumin_trouble_get_id (row->trouble), sentences[i]);
        g_test_fail ();
      }
}

static void
test_length (void)
{
  for_all_words (check_length);
}

static void
check_kindness (const JuminTroubleRow *row, const char *zh, const char *en)
{
  static const char *const blaming[]
      = { "插错",  "输错",    "您错",    "违规",  "非法", "欠费",     "逾期", "异常", "错误",
          "wrong", "invalid", "illegal", "error", "fail", "you must", "!",    "！" };

  for (gsize i = 0; i < G_N_ELEMENTS (blaming); i++)
    if (strstr (zh, blaming[i]) != NULL || strstr (en, blaming[i]) != NULL)
      {
        g_test_message ("'%s' says '%s'", jumin_trouble_get_id (row->trouble), blaming[i]);
        g_test_fail ();
      }
}

static void
test_kindness (void)
{
  for_all_words (check_kindness);
}

static void
test_ways (void)
{
  g_autoptr (JuminTroubles) troubles = shipped_troubles_new ();

  for (guint trouble = 0; trouble < JUMIN_N_TROUBLES; trouble++)
    {
      const JuminTroubleRow *row = jumin_troubles_get (troubles, trouble);

      g_test_message ("%s", jumin_trouble_get_id (trouble));
      g_assert_cmpint (row->trouble, ==, trouble);
      g_assert_true (row->ways != 0 || row->about == JUMIN_ABOUT_PRINTER
                     || row->about == JUMIN_ABOUT_SHEETS || row->about == JUMIN_ABOUT_MACHINE
                     || row->about == JUMIN_ABOUT_LOGIN || row->about == JUMIN_ABOUT_HELP
                     || row->about == JUMIN_ABOUT_CODE || row->about == JUMIN_ABOUT_PAPER);
      g_assert_true (jumin_audit_event_tells_trouble (row->event));
      g_assert_true (row->kind != JUMIN_TROUBLE_END || row->told == JUMIN_TOLD_NOBODY);
    }
}

static void
test_tongues (void)
{
  JuminTroubleWords words
      = { { (char *)"纸用完了", (char *)"Out of paper" }, { (char *)"没纸", (char *)"" } };

  g_assert_cmpstr (jumin_trouble_words (&words, (JuminTongue){ "zh", FALSE }), ==, "纸用完了");
  g_assert_cmpstr (jumin_trouble_words (&words, (JuminTongue){ "zh", TRUE }), ==, "没纸");
  g_assert_cmpstr (jumin_trouble_words (&words, (JuminTongue){ "en", FALSE }), ==, "Out of paper");
  g_assert_cmpstr (jumin_trouble_words (&words, (JuminTongue){ "en", TRUE }), ==, "Out of paper");
}

static void
test_slots (void)
{
  const char *values[JUMIN_N_SLOTS] = { [JUMIN_SLOT_NUMBER] = "A023", [JUMIN_SLOT_TRIES] = "2" };
  g_autofree char *filled = jumin_trouble_fill ("{number} 有效，还有 {tries} 次{when}", values);
  g_autofree char *odd = jumin_trouble_fill ("{无} {", values);

  g_assert_cmpstr (filled, ==, "A023 有效，还有 2 次");
  g_assert_cmpstr (odd, ==, "{无} {");
}

/* The shipped table with @from, which must be in it, changed to @to, must be refused with @says. */
static void
expect_refused (const char *from, const char *to, const char *says)
{
  g_autofree char *text = shipped_troubles_dup_text ();
  const char *at = strstr (text, from);
  g_autoptr (GString) spoilt = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (at);
  g_string_append_len (spoilt, text, at - text);
  g_string_append_printf (spoilt, "%s%s", to, at + strlen (from));
  g_assert_null (jumin_troubles_parse (spoilt->str, -1, "/etc/t.json",
                                       jumin_audit_event_tells_trouble, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "Table of troubles '/etc/t.json': "));
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refusals (void)
{
  expect_refused ("\"card-mute\"", "\"card-blue\"", "troubles[0].id: 'card-blue' is not one of");
  expect_refused ("\"card-foreign\"", "\"card-mute\"", "troubles[1].id: 'card-mute' stands");
  expect_refused ("\"kind\": \"retry\"", "\"kind\": \"x\"", "troubles[0].kind: 'x' is not one of");
  expect_refused ("\"told\": \"nobody\"", "\"told\": 1", "troubles[0].told: not a string");
  expect_refused ("\"safe\": null", "\"safe\": null, \"safes\": null",
                  "troubles[0].safes: unknown key");
  expect_refused ("没读到卡", "没读到{card}", "troubles[0].title.zh: '{card}…' is no known slot");
  expect_refused ("没读到卡", "", "troubles[0].title.zh: empty");
  expect_refused ("{\"zh\": \"没读到卡\", ", "{", "troubles[0].title.zh: missing");
  expect_refused ("[\"retry\", \"help\"]", "[\"help\"]", "troubles[0].retry: words if and only");
  expect_refused ("[\"retry\", \"help\"]", "[\"help\", \"help\"]",
                  "troubles[0].ways[1]: not a way");
  expect_refused ("\"event\": \"card-refused\"", "\"event\": \"start\"",
                  "troubles[0].event: 'start' is no audit event");
  expect_refused ("\"version\": 1", "\"version\": 2", "version: not a whole number from 1 to 1");
}

static void
test_missing_row (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_troubles_parse ("{\"version\":1,\"troubles\":[]}", -1, "t",
                                       jumin_audit_event_tells_trouble, &error));
  g_assert_cmpstr (error->message, ==, "Table of troubles 't': troubles: no row 'card-mute'");
}

static void
test_too_long (void)
{
  g_autofree char *text = g_strnfill (JUMIN_TROUBLES_BYTES_MAX + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_troubles_parse (text, -1, "t", jumin_audit_event_tells_trouble, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/troubles/each_sentence_fits_its_line", test_length);
  g_test_add_func ("/troubles/no_sentence_blames", test_kindness);
  g_test_add_func ("/troubles/each_leads_somewhere_and_is_written_down", test_ways);
  g_test_add_func ("/troubles/elderly_words_are_used_where_there_are_any", test_tongues);
  g_test_add_func ("/troubles/slots_are_filled", test_slots);
  g_test_add_func ("/troubles/a_spoilt_table_is_refused_with_its_place", test_refusals);
  g_test_add_func ("/troubles/a_missing_row_refuses_the_table", test_missing_row);
  g_test_add_func ("/troubles/a_table_beyond_its_bound_is_refused", test_too_long);
  return g_test_run ();
}

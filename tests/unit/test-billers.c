/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who can be paid here: the file that is shipped, and the same with one thing wrong. */
#include <string.h>

#include "model/biller.h"

static char *
load (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "billers.json", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_the_shipped_file_is_good (void)
{
  static const struct
  {
    const char *id, *icon, *company;
    int digits;
  } shipped[] = {
    { "power", "power", "临江供电", 12 },
    { "water", "water", "临江自来水", 8 },
    { "gas", "gas", "临江燃气", 10 },
    { "water-town", "water", "云岭镇水务", 8 },
  };
  g_autofree char *text = load ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminBillers) billers = jumin_billers_parse (text, -1, "billers.json", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (billers->list->len, ==, G_N_ELEMENTS (shipped));
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      const JuminBiller *biller = jumin_billers_find (billers, shipped[i].id);

      g_assert_nonnull (biller);
      g_assert_cmpstr (biller->icon, ==, shipped[i].icon);
      g_assert_cmpstr (biller->family, ==, shipped[i].icon);
      g_assert_cmpstr (biller->company.zh, ==, shipped[i].company);
      g_assert_cmpint (biller->account_min, ==, shipped[i].digits);
      g_assert_cmpint (biller->account_max, ==, shipped[i].digits);
      g_assert_nonnull (strstr (biller->account_hint.zh, "户号"));
      g_assert_cmpstr (biller->account_hint.en, !=, "");
    }
  g_assert_null (jumin_billers_find (billers, "dance"));
}

static void
test_a_mistake_in_the_file_is_refused (void)
{
  static const struct
  {
    const char *from, *to, *where;
  } mistakes[] = {
    { "\"version\": 1", "\"version\": 2", "version" },
    { "\"version\": 1", "\"version\": 1, \"more\": 1", "more: unknown key" },
    { "\"id\": \"power\"", "\"id\": \"Power\"", "billers[0].id" },
    { "\"id\": \"water\"", "\"id\": \"power\"", "billers[1].id: 'power' stands here twice" },
    { "\"icon\": \"gas\"", "\"icon\": \"../gas\"", "billers[2].icon" },
    { "\"family\": \"gas\"", "\"family\": \"fire\"", "billers[2].family" },
    { "\"title\": {", "\"title\": { \"de\": \"Strom\",", "billers[0].title.de" },
    { "\"zh\": \"临江供电\"", "\"zh\": \"\"", "billers[0].company.zh" },
    { "\"min\": 12", "\"min\": 3", "billers[0].account.min" },
    { "\"min\": 12", "\"min\": 12.5", "billers[0].account.min" },
    { "\"max\": 12", "\"max\": 11", "billers[0].account.max" },
    { "\"max\": 12", "\"max\": 21", "billers[0].account.max" },
    { "\"max\": 8", "\"max\": 8, \"digits\": 8", "billers[1].account.digits" },
    { "\"account\": {", "\"x\": 1, \"account\": {", "billers[0].x: unknown key" },
    { "\"note\": \"Not verified, as above.\"", "\"note\": 1", "billers[1].note" },
    { "\"billers\": [", "\"x\": 1, \"billers\": [", "x: unknown key" },
  };
  g_autofree char *text = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GString) wrong = g_string_new (text);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (wrong, mistakes[i].from, mistakes[i].to, 1), ==, 1);
      g_assert_null (jumin_billers_parse (wrong->str, -1, "x", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, mistakes[i].where) == NULL)
        g_error ("'%s' does not name %s", error->message, mistakes[i].where);
    }
}

static JuminBillers *
parse_rows (int n)
{
  g_autoptr (GString) rows = g_string_new ("{\"version\":1,\"billers\":[");

  for (int i = 0; i < n; i++)
    g_string_append_printf (rows,
                            "%s{\"id\":\"b%d\",\"icon\":\"gas\",\"family\":\"gas\",\"title\":{"
                            "\"zh\":\"x\",\"en\":\"\"},\"company\":{\"zh\":\"x\",\"en\":\"\"},"
                            "\"account\":{\"min\":4,\"max\":20,\"hint\":{\"zh\":\"x\",\"en\":\"\"}}"
                            ",\"note\":\"\"}",
                            i > 0 ? "," : "", i);
  g_string_append (rows, "]}");
  return jumin_billers_parse (rows->str, -1, "x", NULL);
}

static void
test_the_file_is_bounded (void)
{
  g_autofree char *spaces = g_strnfill (JUMIN_BILLERS_BYTES_MAX + 1, ' ');
  g_autoptr (JuminBillers) most = parse_rows (JUMIN_BILLERS_MAX);

  g_assert_nonnull (most);
  g_assert_null (parse_rows (JUMIN_BILLERS_MAX + 1));
  g_assert_null (jumin_billers_parse (spaces, -1, "x", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/billers/the_shipped_file_is_good", test_the_shipped_file_is_good);
  g_test_add_func ("/billers/a_mistake_in_the_file_is_refused",
                   test_a_mistake_in_the_file_is_refused);
  g_test_add_func ("/billers/the_file_is_bounded", test_the_file_is_bounded);
  return g_test_run ();
}

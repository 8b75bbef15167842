/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of codes: every grammar with its near misses, what scanners put around a text, and mistakes
 * in the file. */
#include "model/code-kind.h"

#include <string.h>

#define CITY_CODE "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"
#define HEX "00112233445566778899AABBCCDDEEFF"
#define MARK "\xef\xbb\xbf"

static char *
read_shipped (void)
{
  g_autofree char *path
      = g_test_build_filename (G_TEST_DIST, "..", "..", "data", "code-kinds.json", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static JuminCodeKinds *
load (void)
{
  g_autofree char *text = read_shipped ();
  g_autoptr (GError) error = NULL;
  JuminCodeKinds *kinds = jumin_code_kinds_parse (text, -1, "code-kinds.json", &error);

  g_assert_no_error (error);
  return kinds;
}

typedef struct
{
  const char *text;
  JuminCodeKind kind;
} Code;

static JuminCodeKind
find (const JuminCodeKinds *kinds, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GBytes) stripped = jumin_code_kinds_strip (kinds, bytes);

  return jumin_code_kinds_find (kinds, stripped);
}

static void
test_grammars (void)
{
  static const Code codes[] = {
    { CITY_CODE, JUMIN_CODE_KIND_CITY_CODE },
    { CITY_CODE "0", JUMIN_CODE_KIND_OTHER },
    { "0" CITY_CODE, JUMIN_CODE_KIND_OTHER },
    { CITY_CODE "\n" CITY_CODE, JUMIN_CODE_KIND_OTHER },
    { "6000000000000000.YKM1", JUMIN_CODE_KIND_OTHER },
    { "6000000000000000.YKM11700000000V01.02.00112233445566778899aabbccddeeff",
      JUMIN_CODE_KIND_OTHER },
    { "6000000000000000.YKX11700000000V01.02." HEX, JUMIN_CODE_KIND_OTHER },
    { "6000000000000000xYKM11700000000V01.02." HEX, JUMIN_CODE_KIND_OTHER },
    { "ESSC" HEX, JUMIN_CODE_KIND_SOCIAL_SECURITY },
    { "ESSC0011", JUMIN_CODE_KIND_OTHER },
    { "JUMIN:H:" HEX, JUMIN_CODE_KIND_HANDOFF },
    { "JUMIN:H:" HEX "0", JUMIN_CODE_KIND_OTHER },
    { "JUMIN:X:" HEX, JUMIN_CODE_KIND_OTHER },
    { "https://linjiang.example/queue/A012-0034", JUMIN_CODE_KIND_TICKET },
    { "https://linjiang.example/queue/A012-00345", JUMIN_CODE_KIND_URL },
    { "https://linjiang.example/@/queue/A012-0034", JUMIN_CODE_KIND_URL },
    { "http://linjiang.example/queue/A012-0034", JUMIN_CODE_KIND_URL },
    { "JUMIN-DOC/1 GJJ-20261121-000371 fund-deposit 1795227960 5001************10 - MEUCIQ==",
      JUMIN_CODE_KIND_DOCUMENT },
    { "JUMIN-DOC/1", JUMIN_CODE_KIND_OTHER },
    { "JUMIN-DOC/1 a\nb", JUMIN_CODE_KIND_OTHER },
    { "JUMIN-DOC/2 GJJ-20261121-000371", JUMIN_CODE_KIND_OTHER },
    { "134567890123456789", JUMIN_CODE_KIND_PAYMENT },
    { "164567890123456789", JUMIN_CODE_KIND_OTHER },
    { "13456789012345678", JUMIN_CODE_KIND_OTHER },
    { "2834567890123456", JUMIN_CODE_KIND_PAYMENT },
    { "301234567890123456789012", JUMIN_CODE_KIND_PAYMENT },
    { "3012345678901234567890123", JUMIN_CODE_KIND_OTHER },
    { "2434567890123456", JUMIN_CODE_KIND_OTHER },
    { "6212345678901234567", JUMIN_CODE_KIND_PAYMENT },
    { "621234567890123456", JUMIN_CODE_KIND_OTHER },
    { "0112345678901234567", JUMIN_CODE_KIND_PAYMENT },
    { "wxp://f2f0abc", JUMIN_CODE_KIND_PAYMENT },
    { "HTTPS://QR.ALIPAY.COM/abc", JUMIN_CODE_KIND_PAYMENT },
    { "https://qr.95516.com/00010000/1", JUMIN_CODE_KIND_PAYMENT },
    { "https://qr-95516.com/00010000/1", JUMIN_CODE_KIND_URL },
    { "50000012345678901234", JUMIN_CODE_KIND_TAX },
    { "5000001234567890123", JUMIN_CODE_KIND_OTHER },
    { "500000123456789012345", JUMIN_CODE_KIND_OTHER },
    { "https://example.org/?c=134567890123456789", JUMIN_CODE_KIND_URL },
    { "Http://example.org", JUMIN_CODE_KIND_URL },
    { "https://", JUMIN_CODE_KIND_OTHER },
    { "https://example.org/ 1", JUMIN_CODE_KIND_OTHER },
    { "ftp://example.org/", JUMIN_CODE_KIND_OTHER },
    { "", JUMIN_CODE_KIND_OTHER },
    { "\xff\xfe", JUMIN_CODE_KIND_OTHER },
    { "\xb2\xe2\xca\xd4", JUMIN_CODE_KIND_OTHER }, /* GB18030 */
  };
  g_autoptr (JuminCodeKinds) kinds = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (find (kinds, codes[i].text, strlen (codes[i].text)) != codes[i].kind)
      g_error ("'%s' is not of kind '%s'", codes[i].text, jumin_code_kind_get_name (codes[i].kind));
  g_assert_cmpint (find (kinds, "134567890123456789\0", 19), ==, JUMIN_CODE_KIND_OTHER);
  g_assert_cmpint (find (kinds, CITY_CODE "\0", strlen (CITY_CODE) + 1), ==, JUMIN_CODE_KIND_OTHER);
}

static void
test_strip (void)
{
  static const struct
  {
    const char *given, *left;
  } texts[] = {
    { CITY_CODE, CITY_CODE },
    { CITY_CODE "\r\n", CITY_CODE },
    { "\r\n" CITY_CODE "\n\n", CITY_CODE },
    { MARK CITY_CODE, CITY_CODE },
    { "YKU" CITY_CODE, CITY_CODE },
    { "YKA" CITY_CODE, CITY_CODE },
    { MARK "YKU" CITY_CODE "\r", CITY_CODE },
    { "WDM123456", "123456" },
    { "YKUYKU1", "YKU1" }, /* one prefix */
    { "YK", "YK" },
    { "yku1", "yku1" },
    { "ZZZ" CITY_CODE, "ZZZ" CITY_CODE },
    { "a\nb", "a\nb" },
    { "YKU", "" },
    { "\r\n", "" },
    { "", "" },
  };
  g_autoptr (JuminCodeKinds) kinds = load ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) given = g_bytes_new (texts[i].given, strlen (texts[i].given));
      g_autoptr (GBytes) stripped = jumin_code_kinds_strip (kinds, given);
      gsize length;
      const char *left = g_bytes_get_data (stripped, &length);

      g_assert_cmpmem (left, length, texts[i].left, strlen (texts[i].left));
    }
}

/* Only what the platform may know is sent there. */
static void
test_asked (void)
{
  g_autoptr (JuminCodeKinds) kinds = load ();

  for (guint kind = 0; kind < JUMIN_N_CODE_KINDS; kind++)
    g_assert_cmpint (jumin_code_kinds_is_asked (kinds, kind), ==,
                     kind == JUMIN_CODE_KIND_CITY_CODE || kind == JUMIN_CODE_KIND_SOCIAL_SECURITY
                         || kind == JUMIN_CODE_KIND_URL);
}

static void
test_lengths (void)
{
  g_autoptr (JuminCodeKinds) kinds = load ();
  g_autofree char *address = g_strnfill (JUMIN_CODE_KINDS_TEXT_MAX + 1, 'a');

  memcpy (address, "https://", 8);
  g_assert_cmpint (find (kinds, address, JUMIN_CODE_KINDS_TEXT_MAX), ==, JUMIN_CODE_KIND_URL);
  g_assert_cmpint (find (kinds, address, JUMIN_CODE_KINDS_TEXT_MAX + 1), ==, JUMIN_CODE_KIND_OTHER);
}

/* A pattern that a site wrote badly, and a text that makes it try 2^1000 ways. */
static void
test_patience (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCodeKinds) kinds
      = jumin_code_kinds_parse ("{\"version\":1,\"prefixes\":[],\"asked\":[],\"kinds\":["
                                "{\"kind\":\"url\",\"pattern\":\"(a+)+b\"},"
                                "{\"kind\":\"tax\",\"pattern\":\"(?:a|aa)+c\"},"
                                "{\"kind\":\"ticket\",\"pattern\":\"[ab]{1,2048}\"}]}",
                                -1, "x", &error);
  g_autofree char *text = g_strnfill (JUMIN_CODE_KINDS_TEXT_MAX, 'a');
  gint64 began = g_get_monotonic_time ();

  g_assert_no_error (error);
  g_assert_cmpint (find (kinds, text, JUMIN_CODE_KINDS_TEXT_MAX), ==, JUMIN_CODE_KIND_TICKET);
  g_assert_cmpint (find (kinds, "aaab", 4), ==, JUMIN_CODE_KIND_URL);
  g_assert_cmpint (g_get_monotonic_time () - began, <, G_USEC_PER_SEC);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *from, *to, *where;
  } mistakes[] = {
    { "\"version\": 1", "\"version\": 2", "version" },
    { "\"kind\": \"tax\"", "\"kind\": \"taxes\"", "kinds[10].kind" },
    { "\"pattern\": \"[0-9]{20}\"", "\"pattern\": \"[0-9{20}\"", "kinds[10].pattern" },
    { "\"pattern\": \"[0-9]{20}\"", "\"pattern\": \"a)|(b\"", "kinds[10].pattern" },
    { "\"pattern\": \"[0-9]{20}\"", "\"pattern\": \"\"", "kinds[10].pattern" },
    { "\"pattern\": \"[0-9]{20}\"", "\"pattern\": \"(*UTF)x\"", "verb" },
    { "\"pattern\": \"[0-9]{20}\"", "\"patterns\": \"[0-9]{20}\"", "pattern" },
    { "\"note\": \"Alipay.\"", "\"notes\": \"\"", "notes" },
    { "[\"city-code\", \"social-security\"", "[\"city-code\", \"city-code\"", "once" },
    { "[\"city-code\", \"social-security\"", "[\"city-code\", \"payment\"", "business" },
    { "[\"city-code\", \"social-security\"", "[\"city-code\", 7", "asked" },
    { "\"YKU\"", "\"\"", "prefixes" },
    { "\"YKU\"", "3", "prefixes" },
    { "\"prefixes\"", "\"prefix\"", "prefix" },
  };
  g_autofree char *text = read_shipped ();

  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GString) wrong = g_string_new (text);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (wrong, mistakes[i].from, mistakes[i].to, 1), ==, 1);
      g_assert_null (jumin_code_kinds_parse (wrong->str, -1, "x", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      if (strstr (error->message, mistakes[i].where) == NULL)
        g_error ("'%s' says nothing of '%s'", error->message, mistakes[i].where);
    }
}

static void
test_bounds (void)
{
  g_autoptr (GString) rows
      = g_string_new ("{\"version\":1,\"prefixes\":[],\"asked\":[],\"kinds\":[");
  g_autofree char *long_pattern = g_strnfill (JUMIN_CODE_KINDS_PATTERN_MAX + 1, 'a');
  g_autofree char *one
      = g_strdup_printf ("%s{\"kind\":\"url\",\"pattern\":\"%s\"}]}", rows->str, long_pattern);
  g_autofree char *spaces = g_strnfill (JUMIN_CODE_KINDS_BYTES_MAX + 1, ' ');
  g_autoptr (GError) error = NULL;

  for (int i = 0; i <= JUMIN_CODE_KINDS_ROWS_MAX; i++)
    g_string_append_printf (rows, "%s{\"kind\":\"url\",\"pattern\":\"a\"}", i > 0 ? "," : "");
  g_string_append (rows, "]}");
  g_assert_null (jumin_code_kinds_parse (rows->str, -1, "x", &error));
  g_assert_nonnull (strstr (error->message, "at most 64"));
  g_clear_error (&error);
  g_assert_null (jumin_code_kinds_parse (one, -1, "x", &error));
  g_assert_nonnull (strstr (error->message, "longer than 200"));
  g_clear_error (&error);
  g_assert_null (jumin_code_kinds_parse (spaces, -1, "x", &error));
  g_assert_nonnull (strstr (error->message, "longer than 65536 bytes"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/code_kinds/each_grammar_takes_its_codes_and_no_near_misses", test_grammars);
  g_test_add_func ("/code_kinds/what_scanners_put_around_a_text_is_taken_off", test_strip);
  g_test_add_func ("/code_kinds/only_what_the_platform_may_know_is_asked_for", test_asked);
  g_test_add_func ("/code_kinds/a_text_longer_than_2048_bytes_is_of_no_kind", test_lengths);
  g_test_add_func ("/code_kinds/no_text_keeps_the_matcher_busy", test_patience);
  g_test_add_func ("/code_kinds/a_mistake_in_the_file_is_refused", test_mistakes);
  g_test_add_func ("/code_kinds/the_file_is_bounded", test_bounds);
  return g_test_run ();
}

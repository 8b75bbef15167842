/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts in capitals: the examples of the rules for vouchers, and back again. */
#include "model/money.h"

#include <string.h>

enum
{
  RANDOM_AMOUNTS = 20000
};

static void
test_amounts_in_capitals (void)
{
  static const struct
  {
    gint64 fen;
    const char *words;
  } rows[] = {
    { 0, "零元整" },
    { 1, "壹分" },
    { 5, "伍分" },
    { 10, "壹角" },
    { 50, "伍角" },
    { 52, "伍角贰分" },
    { 100, "壹元整" },
    { 105, "壹元零伍分" },
    { 1000, "壹拾元整" },
    { 1005, "壹拾元零伍分" },
    { 1050, "壹拾元伍角" },
    { 10000, "壹佰元整" },
    { 10100, "壹佰零壹元整" },
    { 11000, "壹佰壹拾元整" },
    { 18500, "壹佰捌拾伍元整" },
    { 32504, "叁佰贰拾伍元零肆分" },
    { 100100, "壹仟零壹元整" },
    { 101000, "壹仟零壹拾元整" },
    { 140950, "壹仟肆佰零玖元伍角" },
    { 168032, "壹仟陆佰捌拾元叁角贰分" },
    { 600714, "陆仟零柒元壹角肆分" },
    { 1000000, "壹万元整" },
    { 1000100, "壹万零壹元整" },
    { 1010000, "壹万零壹佰元整" },
    { 1100000, "壹万壹仟元整" },
    { 1640902, "壹万陆仟肆佰零玖元零贰分" },
    { 10700053, "壹拾万柒仟元伍角叁分" },
    { 100000000, "壹佰万元整" },
    { 100010005, "壹佰万零壹佰元零伍分" },
    { 10000000000, "壹亿元整" },
    { 10000000500, "壹亿零伍元整" },
    { 10000500000, "壹亿零伍仟元整" },
    { 10005000000, "壹亿零伍万元整" },
    { 10050000001, "壹亿零伍拾万元零壹分" },
    { 1000000000000, "壹佰亿元整" },
    { JUMIN_FEN_MAX, "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = jumin_fen_format_capital (rows[i].fen);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* What somebody who reads the words aloud adds up. */
static gint64
read_capitals (const char *words)
{
  static const char *const digits[]
      = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
  static const struct
  {
    const char *word;
    gint64 unit;
  } places[] = { { "拾", 10 }, { "佰", 100 }, { "仟", 1000 } },
    groups[] = { { "亿", 10000000000 }, { "万", 1000000 }, { "元", 100 } };
  gint64 sum = 0, group = 0, digit = 0;

  for (const char *c = words; *c != '\0'; c = g_utf8_next_char (c))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (digits); i++)
        if (g_str_has_prefix (c, digits[i]))
          digit = (gint64)i;
      for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
        if (g_str_has_prefix (c, places[i].word))
          {
            group += digit * places[i].unit;
            digit = 0;
          }
      for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
        if (g_str_has_prefix (c, groups[i].word))
          {
            sum += (group + digit) * groups[i].unit;
            group = digit = 0;
          }
      if (g_str_has_prefix (c, "角"))
        {
          sum += digit * 10;
          digit = 0;
        }
    }
  return sum + digit; /* 分 */
}

static void
check (gint64 fen)
{
  g_autofree char *words = jumin_fen_format_capital (fen);
  const char *whole = fen % 100 == 0 ? "元整" : fen % 10 == 0 ? "角" : "分";

  g_assert_cmpint (read_capitals (words), ==, fen);
  g_assert_true (g_str_has_suffix (words, whole));
  g_assert_null (strstr (words, "零零"));
  g_assert_true (fen == 0 || !g_str_has_prefix (words, "零"));
  g_assert_null (strstr (words, "零万"));
  g_assert_null (strstr (words, "零亿"));
  g_assert_true (fen == 0 || strstr (words, "零元") == NULL);
}

/* Many zeros: most mistakes are made with them. */
static gint64
random_amount (void)
{
  gint64 fen = 0;
  int digits = g_test_rand_int_range (1, 14);

  for (int i = 0; i < digits; i++)
    fen = fen * 10 + (g_test_rand_bit () ? 0 : g_test_rand_int_range (0, 10));
  return fen;
}

static void
test_capitals_say_the_amount (void)
{
  for (gint64 fen = 0; fen < RANDOM_AMOUNTS; fen++)
    check (fen);
  for (int i = 0; i < RANDOM_AMOUNTS; i++)
    check (random_amount ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/amounts_are_written_in_capitals", test_amounts_in_capitals);
  g_test_add_func ("/money/capitals_say_the_amount", test_capitals_say_the_amount);
  return g_test_run ();
}

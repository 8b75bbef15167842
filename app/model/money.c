/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts: never a floating-point number, never an overflow that goes unseen. */
#include "model/money.h"

#include <string.h>

enum
{
  DIGITS_MAX = 13,
  FEN_OF_YUAN = 100,
  TEXT_MAX = 40 /* 19 digits, their commas, a point, a sign of three bytes */
};

static const char *const capitals[]
    = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

#define MINUS "−" /* U+2212: as wide as the plus */

/**
 * jumin_fen_parse:
 * @text: "0", or at most 13 digits of which the first is not 0
 * @fen: (out): the amount; untouched where the text is none
 *
 * Returns: whether it is an amount
 */
gboolean
jumin_fen_parse (const char *text, gint64 *fen)
{
  gsize length = strnlen (text, DIGITS_MAX + 1);

  if (length < 1 || length > DIGITS_MAX || strspn (text, "0123456789") != length
      || (*text == '0' && length > 1))
    return FALSE;
  *fen = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

/* Returns: whether the sum fits; where it does not, @sum is untouched */
gboolean
jumin_fen_add (gint64 *sum, gint64 fen)
{
  gint64 result;

  if (__builtin_add_overflow (*sum, fen, &result))
    return FALSE;
  *sum = result;
  return TRUE;
}

static char *
format (const char *sign, gint64 fen)
{
  guint64 amount = fen < 0 ? 0 - (guint64)fen : (guint64)fen;
  char digits[TEXT_MAX];
  GString *text = g_string_new (sign);
  int n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, amount / FEN_OF_YUAN);

  for (int i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  g_string_append_printf (text, ".%02u", (guint)(amount % FEN_OF_YUAN));
  return g_string_free (text, FALSE);
}

/**
 * jumin_fen_format:
 *
 * Returns: (transfer full): "86,512.37"; yuan, without a currency
 */
char *
jumin_fen_format (gint64 fen)
{
  return format (fen < 0 ? MINUS : "", fen);
}

/* Returns: (transfer full): "+2,640.00"; nothing has no sign */
char *
jumin_fen_format_signed (gint64 fen)
{
  return format (fen < 0 ? MINUS : fen > 0 ? "+" : "", fen);
}

/* Four digits, at least one of which is not 0; zeros between two others are one 零, those at the
 * end are none. */
static void
append_group (GString *text, guint group)
{
  static const char *const places[] = { "仟", "佰", "拾", "" };
  gboolean zero = FALSE;

  for (guint i = 0, unit = 1000; unit > 0; i++, unit /= 10)
    {
      guint digit = group / unit % 10;

      if (digit == 0)
        {
          zero = text->len > 0;
          continue;
        }
      g_string_append_printf (text, "%s%s%s", zero ? capitals[0] : "", capitals[digit], places[i]);
      zero = FALSE;
    }
}

static void
append_yuan (GString *text, guint64 yuan)
{
  static const struct
  {
    guint64 unit;
    const char *word;
  } groups[] = { { 100000000, "亿" }, { 10000, "万" }, { 1, "元" } };
  gboolean zero = FALSE; /* a whole group of them */

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      guint group = (guint)(yuan / groups[i].unit % 10000);

      if (group == 0)
        {
          zero = text->len > 0;
          continue;
        }
      if (zero && group >= 1000)
        g_string_append (text, capitals[0]);
      append_group (text, group);
      g_string_append (text, groups[i].word);
      zero = FALSE;
    }
  if (yuan > 0 && zero)
    g_string_append (text, "元");
}

/**
 * jumin_fen_format_capital:
 * @fen: 0 to %JUMIN_FEN_MAX
 *
 * As the rules for vouchers of the People's Bank want it (正确填写票据和结算凭证的基本规定): 整
 * after 元 alone; a 零 before 分 where there is no 角; where a rule leaves a 零 to the writer there
 * is none.
 *
 * Returns: (transfer full): "壹佰捌拾伍元整"
 */
char *
jumin_fen_format_capital (gint64 fen)
{
  GString *text = g_string_new (NULL);
  guint jiao, small;

  g_return_val_if_fail (fen >= 0 && fen <= JUMIN_FEN_MAX, g_string_free (text, FALSE));
  jiao = (guint)(fen / 10 % 10);
  small = (guint)(fen % 10);
  append_yuan (text, (guint64)fen / FEN_OF_YUAN);
  if (fen == 0)
    g_string_append (text, "零元");
  if (jiao > 0)
    g_string_append_printf (text, "%s角", capitals[jiao]);
  else if (small > 0 && text->len > 0)
    g_string_append (text, capitals[0]);
  if (small > 0)
    g_string_append_printf (text, "%s分", capitals[small]);
  else if (jiao == 0)
    g_string_append (text, "整");
  return g_string_free (text, FALSE);
}

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

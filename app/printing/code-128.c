/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Code 128 (ISO/IEC 15417) with its sets B and C: any printable text, digits in pairs. */
#include "printing/code-128.h"

#include <string.h>

enum
{
  SET_C = 99,
  SET_B = 100,
  START_B = 104,
  START_C = 105,
  STOP = 106,
  CHECK_MODULUS = 103,
  RUN_MIN = 4 /* digits for which changing the set is worth it */
};

/* Bars and spaces in turn, in modules; ISO/IEC 15417, table 1. */
static const char *const symbols[] = {
  "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312",  "132212",
  "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",  "123221",
  "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122",  "321221",
  "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
  "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",  "132131",
  "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311",  "213131",
  "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411",  "431111",
  "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
  "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",  "111242",
  "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211",  "212141",
  "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113",  "411311",
  "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

typedef struct
{
  GString *widths;
  guint sum, n;
} Symbols;

static void
add (Symbols *self, guint symbol)
{
  self->sum += symbol * MAX (self->n, 1u);
  self->n++;
  g_string_append (self->widths, symbols[symbol]);
}

static gboolean
wants_pairs (const char *text, gboolean pairs)
{
  gsize digits = strspn (text, "0123456789");

  return pairs ? digits >= 2 : digits >= RUN_MIN && digits % 2 == 0;
}

/**
 * jumin_code_128_dup_widths:
 * @text: printable ASCII, at most %JUMIN_CODE_128_MAX
 *
 * Returns: (transfer full) (nullable): how wide bars and spaces are, in turn, one digit each, in
 *   modules; %NULL: @text cannot be written so
 */
char *
jumin_code_128_dup_widths (const char *text)
{
  gsize length = strnlen (text, JUMIN_CODE_128_MAX + 1);
  gboolean pairs = wants_pairs (text, FALSE);
  Symbols self = { 0 };

  if (length == 0 || length > JUMIN_CODE_128_MAX)
    return NULL;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return NULL;
  self.widths = g_string_new (NULL);
  add (&self, pairs ? START_C : START_B);
  while (*text != '\0')
    {
      if (wants_pairs (text, pairs) != pairs)
        {
          pairs = !pairs;
          add (&self, pairs ? SET_C : SET_B);
        }
      add (&self, pairs ? (guint)((text[0] - '0') * 10 + (text[1] - '0')) : (guint)(*text - ' '));
      text += pairs ? 2 : 1;
    }
  add (&self, self.sum % CHECK_MODULUS);
  add (&self, STOP);
  return g_string_free (self.widths, FALSE);
}

/* Returns: the whole width, without the white around it */
guint
jumin_code_128_count_modules (const char *widths)
{
  guint modules = 0;

  for (; *widths != '\0'; widths++)
    modules += (guint)(*widths - '0');
  return modules;
}

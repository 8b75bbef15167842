/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the kinds of codes apart that residents hold up. The text is a stranger's: it is compared
 * with the grammars and with nothing else. */
#include "model/code-kind.h"

enum
{
  CODE_BYTES_MAX = 128 /* no grammar below takes more */
};

typedef struct
{
  JuminCodeKind kind;
  const char *pattern;
} Grammar;

/* What scanners put around a text. */
#define BEFORE "^(?:\\xef\\xbb\\xbf)?"
#define AFTER "[\\r\\n]*\\z"

static const Grammar grammars[] = {
  /* Two samples in public clients; the date is when the phone showed it, Unix seconds. Access
   * devices of one vendor put YKU (or YKA, its older name) before it. */
  { JUMIN_CODE_KIND_CITY_CODE,
    "(?:YK[UA])?[0-9]{16}\\.YKM[0-9][0-9]{10}V[0-9]{2}\\.[0-9]{2}\\.[0-9A-F]{32}" },
  /* Payment codes: WeChat, Alipay, UnionPay, e-CNY. Prefixes and lengths as commonly known; no
   * grammar of another kind is only digits. */
  { JUMIN_CODE_KIND_PAYMENT, "1[0-5][0-9]{16}" },
  { JUMIN_CODE_KIND_PAYMENT, "(?:2[5-9]|30)[0-9]{14,22}" },
  { JUMIN_CODE_KIND_PAYMENT, "62[0-9]{17}" },
  { JUMIN_CODE_KIND_PAYMENT, "01[0-9]{17}" },
};

static const char *const names[] = {
  [JUMIN_CODE_KIND_OTHER] = "other",
  [JUMIN_CODE_KIND_CITY_CODE] = "city-code",
  [JUMIN_CODE_KIND_PAYMENT] = "payment",
};

/**
 * jumin_code_kind_of:
 * @bytes: (array length=length): the text of a code, not necessarily UTF-8
 *
 * Returns: its kind
 */
JuminCodeKind
jumin_code_kind_of (const guint8 *bytes, gsize length)
{
  g_autofree char *text = NULL;

  if (length == 0 || length > CODE_BYTES_MAX)
    return JUMIN_CODE_KIND_OTHER;
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == 0)
      return JUMIN_CODE_KIND_OTHER;
  text = g_strndup ((const char *)bytes, length);
  for (guint i = 0; i < G_N_ELEMENTS (grammars); i++)
    {
      g_autofree char *pattern = g_strconcat (BEFORE "(?:", grammars[i].pattern, ")" AFTER, NULL);

      if (g_regex_match_simple (pattern, text, G_REGEX_RAW, 0))
        return grammars[i].kind;
    }
  return JUMIN_CODE_KIND_OTHER;
}

/**
 * jumin_code_kind_get_name:
 *
 * Returns: (transfer none): "city-code", "payment" or "other"
 */
const char *
jumin_code_kind_get_name (JuminCodeKind kind)
{
  return names[kind];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words from outside the program, in both languages. */
#include "model/text.h"

#include <string.h>

enum
{
  TAIL = 2
};

void
jumin_text_set (JuminText *text, const char *zh, const char *en)
{
  jumin_text_clear (text);
  text->zh = g_strdup (zh);
  text->en = g_strdup (en);
}

void
jumin_text_copy (JuminText *text, const JuminText *from)
{
  jumin_text_set (text, from->zh, from->en);
}

void
jumin_text_unshare (JuminText *text)
{
  text->zh = g_strdup (text->zh);
  text->en = g_strdup (text->en);
}

void
jumin_text_clear (JuminText *text)
{
  g_clear_pointer (&text->zh, g_free);
  g_clear_pointer (&text->en, g_free);
}

/**
 * jumin_text_in:
 * @text: words
 * @language: "zh" or "en"
 *
 * Returns: (transfer none): the words in @language, the Chinese ones where English is missing,
 *   never %NULL
 */
const char *
jumin_text_in (const JuminText *text, const char *language)
{
  if (g_strcmp0 (language, "en") == 0 && text->en != NULL && *text->en != '\0')
    return text->en;
  return text->zh != NULL ? text->zh : "";
}

gint64
jumin_digits_join (const char *text)
{
  gint64 number = 0;

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      number = number * 10 + (*text - '0');
  return number;
}

/**
 * jumin_text_find_tail:
 *
 * The last two characters of a text, with the punctuation behind them, stand on one line: a Han
 * character alone on the last one looks forgotten.
 *
 * Returns: the byte at which they begin
 */
gsize
jumin_text_find_tail (const char *text)
{
  const char *at = text + strlen (text);
  guint count = 0;

  while (count < TAIL && at > text)
    {
      at = g_utf8_prev_char (at);
      count += !g_unichar_ispunct (g_utf8_get_char (at));
    }
  return (gsize)(at - text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a figure is said on paper, where nothing is veiled: money with its unit, dates with their year,
 * a code that nobody knows as the code. */
#include "printing/record-words.h"

#include "model/money.h"

enum
{
  PERCENT_DECIMALS = 7
};

/**
 * jumin_record_say:
 * @text: of a record: a sentence of the house where it has no English
 *
 * Returns: (transfer none): the words, "" for none
 */
const char *
jumin_record_say (const JuminText *text, JuminTongue tongue)
{
  if (text->zh == NULL || *text->zh == '\0')
    return "";
  return text->en == NULL ? jumin_words (tongue, text->zh) : jumin_text_in (text, tongue.language);
}

/* "12%", "3.1%": no more decimals than it needs. */
static char *
format_percent (gint64 number)
{
  GString *text = g_string_new (NULL);
  gsize shortest;

  g_string_printf (text, "%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, number / JUMIN_PERCENT_UNIT,
                   PERCENT_DECIMALS, number % JUMIN_PERCENT_UNIT);
  shortest = text->len - PERCENT_DECIMALS - 1;
  while (text->len > shortest
         && (text->str[text->len - 1] == '0' || text->str[text->len - 1] == '.'))
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '%');
  return g_string_free (text, FALSE);
}

static char *
dup_code (const JuminFact *fact, JuminTongue tongue)
{
  const char *words = jumin_record_say (&fact->words, tongue);

  return *words != '\0' ? g_strdup (words) : jumin_words_dup (tongue, "%s（其他）", fact->text);
}

/**
 * jumin_fact_dup_value:
 *
 * Returns: (transfer full): "2,640.00 元", "2026 年 8 月", "88（其他）" …
 */
char *
jumin_fact_dup_value (const JuminFact *fact, JuminTongue tongue)
{
  int date = (int)fact->number;
  g_autofree char *fen = NULL;

  switch (fact->kind)
    {
    case JUMIN_VALUE_TEXT:
      return g_strdup (fact->text != NULL ? fact->text : jumin_record_say (&fact->words, tongue));
    case JUMIN_VALUE_CODE:
      return dup_code (fact, tongue);
    case JUMIN_VALUE_TAIL:
      return jumin_words_dup (tongue, "尾号 %s", fact->text);
    case JUMIN_VALUE_MONEY:
      fen = jumin_fen_format (fact->number);
      return jumin_words_dup (tongue, "%s 元", fen);
    case JUMIN_VALUE_DATE:
      return jumin_words_dup (tongue, "%1$d 年 %2$d 月 %3$d 日", date / 10000, date / 100 % 100,
                              date % 100);
    case JUMIN_VALUE_MONTH:
      return jumin_words_dup (tongue, "%1$d 年 %2$d 月", date / 100, date % 100);
    case JUMIN_VALUE_PERCENT:
      return format_percent (fact->number);
    case JUMIN_VALUE_COUNT:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, fact->number);
    }
}

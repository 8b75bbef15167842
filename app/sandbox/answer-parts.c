/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers about different things have in common. */
#include "sandbox/answer-parts.h"

#include "model/json.h"

void
jumin_answer_add_words (cJSON *object, const char *name, const char *zh, const char *en)
{
  cJSON *both = cJSON_AddObjectToObject (object, name);

  cJSON_AddStringToObject (both, "zh", zh != NULL ? zh : "");
  cJSON_AddStringToObject (both, "en", en != NULL ? en : "");
}

void
jumin_answer_add_text (cJSON *object, const char *name, const JuminText *text)
{
  jumin_answer_add_words (object, name, text->zh, text->en);
}

void
jumin_answer_add_string (cJSON *object, const char *name, const char *value)
{
  jumin_json_add_nullable (object, name, value != NULL && *value != '\0' ? value : NULL);
}

void
jumin_answer_add_time (cJSON *object, const char *name, gint64 time)
{
  if (time != 0)
    cJSON_AddNumberToObject (object, name, (double)time);
  else
    cJSON_AddNullToObject (object, name);
}

void
jumin_answer_add_fen (cJSON *object, const char *name, gint64 fen)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, fen);

  cJSON_AddStringToObject (object, name, text);
}

void
jumin_answer_add_date (cJSON *object, const char *name, int date)
{
  g_autofree char *text
      = g_strdup_printf ("%04d-%02d-%02d", date / 10000, date / 100 % 100, date % 100);

  if (date != 0)
    cJSON_AddStringToObject (object, name, text);
  else
    cJSON_AddNullToObject (object, name);
}

void
jumin_answer_add_month (cJSON *object, const char *name, int month)
{
  g_autofree char *text = g_strdup_printf ("%04d-%02d", month / 100, month % 100);

  cJSON_AddStringToObject (object, name, text);
}

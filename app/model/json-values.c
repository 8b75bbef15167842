/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of members: every type, range, length and form is checked. */
#include "model/json.h"

#include <math.h>
#include <string.h>

enum
{
  DATE_LENGTH = 10
};

/* Returns: whether a member says null; one that is missing does not, and whoever reads it fails */
gboolean
jumin_json_member_is_null (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);

  return cJSON_IsNull (place.value);
}

gboolean
jumin_json_get_boolean (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);

  if (!cJSON_IsBool (place.value))
    jumin_json_fail (&place, "not true or false");
  return cJSON_IsTrue (place.value);
}

/**
 * jumin_json_get_integer:
 * @min: smallest number that is taken, also what an error returns
 * @max: largest, at most 2^53
 *
 * Returns: the whole number
 */
gint64
jumin_json_get_integer (const JuminJson *object, const char *key, gint64 min, gint64 max)
{
  JuminJson place = jumin_json_member (object, key);
  double number = cJSON_IsNumber (place.value) ? place.value->valuedouble : NAN;

  if (number >= (double)min && number <= (double)max && floor (number) == number)
    return (gint64)number;
  jumin_json_fail (&place, "not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, min,
                   max);
  return min;
}

/* Returns: Unix seconds */
gint64
jumin_json_get_time (const JuminJson *object, const char *key)
{
  return jumin_json_get_integer (object, key, 0, JUMIN_JSON_TIME_MAX_S);
}

/* @place's string when it is short, valid and holds nothing that a page could not show. */
static const char *
check_string (const JuminJson *place, gsize length_max)
{
  const char *string = cJSON_GetStringValue (place->value);

  if (string == NULL)
    jumin_json_fail (place, "not a string");
  else if (!g_utf8_validate (string, -1, NULL))
    jumin_json_fail (place, "not UTF-8");
  else if ((gsize)g_utf8_strlen (string, -1) > length_max)
    jumin_json_fail (place, "longer than %" G_GSIZE_FORMAT " characters", length_max);
  else
    {
      const char *c = string;

      while (*c != '\0' && !g_unichar_iscntrl (g_utf8_get_char (c)))
        c = g_utf8_next_char (c);
      if (*c == '\0')
        return string;
      jumin_json_fail (place, "has a control character");
    }
  return "";
}

/**
 * jumin_json_get_string:
 * @length_max: most characters that are taken
 *
 * Returns: (transfer none): the string, without control characters; "" after an error
 */
const char *
jumin_json_get_string (const JuminJson *object, const char *key, gsize length_max)
{
  JuminJson place = jumin_json_member (object, key);

  return check_string (&place, length_max);
}

/**
 * jumin_json_get_match:
 * @pattern: a regular expression that the string must match
 * @length_max: most characters that are taken
 *
 * Returns: (transfer none): the string; "" after an error
 */
const char *
jumin_json_get_match (const JuminJson *object, const char *key, const char *pattern,
                      gsize length_max)
{
  JuminJson place = jumin_json_member (object, key);
  const char *string = check_string (&place, length_max);

  if (g_regex_match_simple (pattern, string, 0, 0))
    return string;
  jumin_json_fail (&place, "does not match %s", pattern);
  return "";
}

/* Returns: (transfer none) (nullable): as jumin_json_get_match(); @none where it is null */
const char *
jumin_json_get_match_or (const JuminJson *object, const char *key, const char *pattern,
                         gsize length_max, const char *none)
{
  return jumin_json_member_is_null (object, key)
             ? none
             : jumin_json_get_match (object, key, pattern, length_max);
}

/**
 * jumin_json_dup_match:
 *
 * Returns: (transfer full): the string of jumin_json_get_match()
 */
char *
jumin_json_dup_match (const JuminJson *object, const char *key, const char *pattern,
                      gsize length_max)
{
  return g_strdup (jumin_json_get_match (object, key, pattern, length_max));
}

static int
get_date (const JuminJson *object, const char *key, const char *pattern, gboolean whole)
{
  JuminJson place = jumin_json_member (object, key);
  int date = (int)jumin_digits_join (jumin_json_get_match (object, key, pattern, DATE_LENGTH));
  int day = whole ? date : date * 100 + 1;

  if (g_date_valid_dmy ((GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
                        (GDateYear)(day / 10000)))
    return date;
  jumin_json_fail (&place, "not in the calendar");
  return 0;
}

/* Returns: 20260920 of "2026-09-20"; 0 after an error */
int
jumin_json_get_day (const JuminJson *object, const char *key)
{
  return get_date (object, key, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", TRUE);
}

/* Returns: 202608 of "2026-08"; 0 after an error */
int
jumin_json_get_month (const JuminJson *object, const char *key)
{
  return get_date (object, key, "^[0-9]{4}-[0-9]{2}$", FALSE);
}

/**
 * jumin_json_get_choice:
 * @choices: (array zero-terminated=1): the strings that there are
 *
 * Returns: the index of the string in @choices; 0 after an error
 */
guint
jumin_json_get_choice (const JuminJson *object, const char *key, const char *const *choices)
{
  JuminJson place = jumin_json_member (object, key);
  const char *string = check_string (&place, JUMIN_JSON_ID_MAX);
  g_autofree char *all = NULL;

  for (guint i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], string) == 0)
      return i;
  all = g_strjoinv (", ", (char **)choices);
  if (object->report->quoting)
    jumin_json_fail (&place, "'%s' is not one of %s", string, all);
  else
    jumin_json_fail (&place, "not one of %s", all);
  return 0;
}

/**
 * jumin_json_read_id:
 * @place: where an id is wanted
 *
 * An id begins with a small letter and goes on with small letters, digits and hyphens; at most
 * %JUMIN_JSON_ID_MAX of them.
 *
 * Returns: (transfer full): the id; "" after an error
 */
char *
jumin_json_read_id (const JuminJson *place)
{
  const char *string = check_string (place, JUMIN_JSON_ID_MAX);
  const char *c = string;

  while (g_ascii_islower (*c) || (c > string && (g_ascii_isdigit (*c) || *c == '-')))
    c++;
  if (c > string && *c == '\0')
    return g_strdup (string);
  jumin_json_fail (place, "not an id of small letters, digits and hyphens");
  return g_strdup ("");
}

/**
 * jumin_json_dup_id:
 *
 * Returns: (transfer full): the id of a member, see jumin_json_read_id()
 */
char *
jumin_json_dup_id (const JuminJson *object, const char *key)
{
  JuminJson place = jumin_json_member (object, key);

  return jumin_json_read_id (&place);
}

/**
 * jumin_json_read_text:
 * @key: (nullable): the member that is {"zh", "en"}; %NULL: @object is that itself
 * @text: (out): the words
 */
void
jumin_json_read_text (const JuminJson *object, const char *key, JuminText *text)
{
  JuminJson place = key != NULL ? jumin_json_member (object, key) : *object;
  JuminJson zh = jumin_json_member (&place, "zh");
  const char *chinese = check_string (&zh, JUMIN_JSON_ZH_MAX);

  if (*chinese == '\0')
    jumin_json_fail (&zh, "empty");
  jumin_text_set (text, chinese, jumin_json_get_string (&place, "en", JUMIN_JSON_EN_MAX));
}

void
jumin_json_add_nullable (cJSON *object, const char *key, const char *text)
{
  if (text != NULL)
    cJSON_AddStringToObject (object, key, text);
  else
    cJSON_AddNullToObject (object, key);
}

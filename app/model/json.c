/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading JSON that comes from outside: every type, range and length is checked, and an error says
 * where: "services[3].flow". The first error stays in the report. */
#include "model/json.h"

#include <math.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What cJSON lets through: a key that stands twice, of which two readers could take two values, and
 * nesting that no document of ours has. */
static void
check_plain (const JuminJson *place, int depth)
{
  const cJSON *item;
  int index = 0;

  if (depth > JUMIN_JSON_DEPTH_MAX)
    jumin_json_fail (place, "nested deeper than %d", JUMIN_JSON_DEPTH_MAX);
  if (cJSON_IsObject (place->value) && cJSON_GetArraySize (place->value) > JUMIN_JSON_MEMBERS_MAX)
    jumin_json_fail (place, "more than %d members", JUMIN_JSON_MEMBERS_MAX);
  cJSON_ArrayForEach (item, place->value)
  {
    JuminJson child = jumin_json_element (place, item, index++);

    if (place->report->error != NULL)
      return;
    if (item->string != NULL)
      child.key = place->report->quoting ? item->string : "?";
    if (item->string != NULL
        && cJSON_GetObjectItemCaseSensitive (place->value, item->string) != item)
      jumin_json_fail (&child, "stands here twice");
    check_plain (&child, depth + 1);
  }
}

/**
 * jumin_json_parse:
 * @json: text, need not end with NUL
 * @length: its bytes
 * @report: where an error goes, G_IO_ERROR_INVALID_DATA
 *
 * Takes UTF-8 without a byte order mark (RFC 8259, 8.1), objects without a key that stands twice.
 *
 * Returns: (transfer full) (nullable): the document; free it with cJSON_Delete() or
 *   jumin_json_free_wiped()
 */
cJSON *
jumin_json_parse (const char *json, gsize length, JuminJsonReport *report)
{
  const char *end = NULL;
  cJSON *document = NULL;
  JuminJson root;

  /* cJSON would end a string at \u0000 and hide what follows, and pass over a byte order mark. */
  if (g_utf8_validate_len (json, length, NULL) && memmem (json, length, "\\u0000", 6) == NULL
      && !(length >= strlen (BYTE_ORDER_MARK) && g_str_has_prefix (json, BYTE_ORDER_MARK)))
    document = cJSON_ParseWithLengthOpts (json, length, &end, FALSE);
  while (document != NULL && end < json + length && g_ascii_isspace (*end))
    end++;
  if (document != NULL && end == json + length)
    {
      root = jumin_json_root (document, report);
      check_plain (&root, 0);
    }
  else if (report->error == NULL)
    report->error
        = g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not JSON in UTF-8", report->name);
  if (report->error == NULL)
    return document;
  jumin_json_free_wiped (document);
  return NULL;
}

/**
 * jumin_json_free_wiped:
 * @document: (transfer full) (nullable): a document with personal data
 *
 * Overwrites every string, then frees.
 */
void
jumin_json_free_wiped (cJSON *document)
{
  cJSON *next;

  /* The depth is bounded: cJSON refuses to parse more than CJSON_NESTING_LIMIT levels. */
  for (cJSON *item = document; item != NULL; item = next)
    {
      next = item->next;
      item->next = NULL;
      jumin_json_free_wiped (item->child);
      item->child = NULL;
      if (item->valuestring != NULL)
        explicit_bzero (item->valuestring, strlen (item->valuestring));
      cJSON_Delete (item);
    }
}

/**
 * jumin_json_read_file:
 * @file: a text, whoever wrote it
 * @read: reads it into @data
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path, the first one that @read met.
 *
 * Returns: whether all of it is good
 */
gboolean
jumin_json_read_file (const JuminJsonFile *file,
                      void (*read) (const JuminJson *root, gpointer data), gpointer data,
                      GError **error)
{
  gsize length = file->length < 0 ? strlen (file->json) : (gsize)file->length;
  g_autofree char *name = g_strdup_printf ("%s '%s'", file->what, file->name);
  JuminJsonReport report = { .name = name, .quoting = file->quoting };
  cJSON *document = NULL;

  if (length > file->bytes_max)
    report.error = g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                "%s: longer than %" G_GSIZE_FORMAT " bytes", name, file->bytes_max);
  else
    document = jumin_json_parse (file->json, length, &report);
  if (document != NULL)
    {
      JuminJson root = jumin_json_root (document, &report);

      read (&root, data);
    }
  jumin_json_free_wiped (document);
  if (report.error != NULL)
    g_propagate_error (error, report.error);
  return report.error == NULL;
}

JuminJson
jumin_json_root (const cJSON *document, JuminJsonReport *report)
{
  return (JuminJson){ .value = document, .report = report };
}

/**
 * jumin_json_member:
 * @object: a place; an error is reported when no object stands there
 * @key: name of the member
 *
 * Returns: the place of the member, without a value when it is missing
 */
JuminJson
jumin_json_member (const JuminJson *object, const char *key)
{
  JuminJson member = { .parent = object, .key = key, .report = object->report };

  if (!cJSON_IsObject (object->value))
    jumin_json_fail (object, "not an object");
  else
    member.value = cJSON_GetObjectItemCaseSensitive (object->value, key);
  if (object->report->seen != NULL && member.value != NULL)
    g_hash_table_add (object->report->seen, (gpointer)member.value);
  return member;
}

/**
 * jumin_json_check_all_seen:
 * @place: what has been read, with a set of what was seen in its report
 *
 * A member that nobody asked for is an error: the document says more than its reader knows.
 */
void
jumin_json_check_all_seen (const JuminJson *place)
{
  const cJSON *item;
  int index = 0;

  cJSON_ArrayForEach (item, place->value)
  {
    JuminJson child = jumin_json_element (place, item, index++);

    if (place->report->error != NULL)
      return;
    if (item->string != NULL)
      child.key = place->report->quoting ? item->string : "?";
    if (item->string != NULL && !g_hash_table_contains (place->report->seen, item))
      jumin_json_fail (&child, "unknown key");
    jumin_json_check_all_seen (&child);
  }
}

JuminJson
jumin_json_element (const JuminJson *array, const cJSON *value, int index)
{
  return (JuminJson){ .value = value, .parent = array, .index = index, .report = array->report };
}

gboolean
jumin_json_is_null (const JuminJson *place)
{
  return place->value == NULL || cJSON_IsNull (place->value);
}

static void
append_path (GString *path, const JuminJson *place)
{
  if (place->parent == NULL || path->len > JUMIN_JSON_PATH_BYTES_MAX)
    return;
  append_path (path, place->parent);
  if (place->key == NULL)
    g_string_append_printf (path, "[%d]", place->index);
  else
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", place->key);
}

/**
 * jumin_json_fail:
 * @place: where
 * @format: what is wrong there
 *
 * Notes the error unless there is one already: "Catalogue 'x': services[3].flow: missing".
 */
void
jumin_json_fail (const JuminJson *place, const char *format, ...)
{
  g_autoptr (GString) path = NULL;
  g_autofree char *wrong = NULL;
  va_list arguments;

  if (place->report->error != NULL)
    return;
  path = g_string_new (NULL);
  append_path (path, place);
  va_start (arguments, format);
  wrong = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  place->report->error = g_error_new (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s%s%s",
                                      place->report->name, path->str, path->len > 0 ? ": " : "",
                                      place->value != NULL ? wrong : "missing");
}

/**
 * jumin_json_check_array:
 * @place: where an array is wanted
 * @length_max: most elements that are taken
 *
 * Returns: whether its elements may be read
 */
gboolean
jumin_json_check_array (const JuminJson *place, int length_max)
{
  if (cJSON_IsArray (place->value) && cJSON_GetArraySize (place->value) <= length_max)
    return TRUE;
  jumin_json_fail (place, "not an array of at most %d", length_max);
  return FALSE;
}

/**
 * jumin_json_array:
 * @length_max: most elements that are taken
 *
 * Returns: the array that a member is, for jumin_json_next(); after an error without elements
 */
JuminJson
jumin_json_array (const JuminJson *object, const char *key, int length_max)
{
  JuminJson place = jumin_json_member (object, key);

  if (!jumin_json_check_array (&place, length_max))
    place.value = NULL;
  return place;
}

/**
 * jumin_json_next:
 * @array: an array that was checked
 * @element: (inout): one of its elements; zero-filled: none yet
 *
 * Returns: whether there is a next element, which is in @element then
 */
gboolean
jumin_json_next (const JuminJson *array, JuminJson *element)
{
  gboolean begins = element->parent == NULL;
  const cJSON *value
      = begins ? (array->value != NULL ? array->value->child : NULL) : element->value->next;

  *element = jumin_json_element (array, value, begins ? 0 : element->index + 1);
  return value != NULL;
}

/**
 * jumin_json_check_keys:
 * @object: a place that holds an object
 * @keys: (array zero-terminated=1): the keys that there are
 *
 * Refuses any other key.
 */
void
jumin_json_check_keys (const JuminJson *object, const char *const *keys)
{
  const cJSON *item;

  cJSON_ArrayForEach (item, object->value)
  {
    JuminJson member = { .value = item, .parent = object, .report = object->report };

    if (item->string == NULL)
      return;
    member.key = object->report->quoting ? item->string : "?";
    if (!g_strv_contains (keys, item->string))
      jumin_json_fail (&member, "unknown key");
  }
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
 * @place: where {"zh", "en"} is wanted
 * @text: (out): the words
 */
void
jumin_json_read_text (const JuminJson *place, JuminText *text)
{
  JuminJson zh = jumin_json_member (place, "zh");
  const char *chinese = check_string (&zh, JUMIN_JSON_ZH_MAX);

  if (*chinese == '\0')
    jumin_json_fail (&zh, "empty");
  jumin_text_set (text, chinese, jumin_json_get_string (place, "en", JUMIN_JSON_EN_MAX));
}

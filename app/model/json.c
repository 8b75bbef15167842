/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of JSON that come from outside, and places in them: an error says where,
 * "services[3].flow", and the first one stays in the report. */
#include "model/json.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What a reader asks for is marked in the document: cJSON compares the low eight bits of a type and
 * has flags of its own in the next two. */
enum
{
  ASKED_FOR = 1 << 16,
  OPENED = 1 << 17 /* an object, of which some member was asked for */
};

static void
mark (const cJSON *item, int how)
{
  ((cJSON *)item)->type |= how;
}

static JuminJson
child_of (const JuminJson *array, const cJSON *value, int index)
{
  return (JuminJson){ .value = value, .parent = array, .index = index, .report = array->report };
}

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
    JuminJson child = child_of (place, item, index++);

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
 * A member that @read does not ask for is an error, unless the file is tolerant.
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
      if (!file->tolerant)
        jumin_json_check_all_seen (&root);
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
    {
      member.value = cJSON_GetObjectItemCaseSensitive (object->value, key);
      mark (object->value, OPENED);
    }
  if (member.value != NULL)
    mark (member.value, ASKED_FOR);
  return member;
}

/**
 * jumin_json_check_all_seen:
 * @place: what has been read
 *
 * A member that nobody asked for is an error: the document says more than its reader knows. What
 * was taken as a whole, without a look at its members, is not looked through.
 *
 * Returns: whether all is well up to here
 */
gboolean
jumin_json_check_all_seen (const JuminJson *place)
{
  const cJSON *item;
  int index = 0;

  cJSON_ArrayForEach (item, place->value)
  {
    JuminJson child = child_of (place, item, index++);

    if (item->string != NULL)
      child.key = place->report->quoting ? item->string : "?";
    if ((place->value->type & OPENED) != 0 && (item->type & ASKED_FOR) == 0)
      jumin_json_fail (&child, "unknown key");
    jumin_json_check_all_seen (&child);
  }
  return place->report->error == NULL;
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

  *element = child_of (array, value, begins ? 0 : element->index + 1);
  return value != NULL;
}

/**
 * jumin_json_read_list:
 * @length_max: most elements that are taken
 * @values: where they go, in their order
 * @read: reads one of them
 */
void
jumin_json_read_list (const JuminJson *object, const char *key, int length_max, GPtrArray *values,
                      gpointer (*read) (const JuminJson *element))
{
  JuminJson array = jumin_json_array (object, key, length_max), place = { NULL };

  while (jumin_json_next (&array, &place))
    g_ptr_array_add (values, read (&place));
}

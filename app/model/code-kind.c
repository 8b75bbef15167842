/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells the kinds of codes apart that residents hold up. The text is a stranger's: it is compared
 * with the grammars and with nothing else, and how long a comparison may take is bounded. */
#include "model/code-kind.h"

#include <string.h>

#include "model/json.h"

enum
{
  PREFIX_MAX = 16 /* characters */
};

/* A text that would make the matcher try for long does not match; none of our grammars comes near
 * that. Patterns compare whole texts, byte by byte. */
#define BEFORE "(*NO_JIT)(*LIMIT_MATCH=20000)(*LIMIT_DEPTH=2000)\\A(?:"
#define AFTER ")\\z"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  JuminCodeKind kind;
  GRegex *grammar;
} Row;

struct _JuminCodeKinds
{
  GArray *rows; /* Row: the first that matches says the kind */
  GPtrArray *prefixes;
  gboolean asked[JUMIN_N_CODE_KINDS];
};

static const char *const names[JUMIN_N_CODE_KINDS + 1] = {
  [JUMIN_CODE_KIND_OTHER] = "other",
  [JUMIN_CODE_KIND_CITY_CODE] = "city-code",
  [JUMIN_CODE_KIND_SOCIAL_SECURITY] = "social-security",
  [JUMIN_CODE_KIND_URL] = "url",
  [JUMIN_CODE_KIND_PAYMENT] = "payment",
  [JUMIN_CODE_KIND_TAX] = "tax",
  [JUMIN_CODE_KIND_HANDOFF] = "handoff",
  [JUMIN_CODE_KIND_TICKET] = "ticket",
  [JUMIN_CODE_KIND_DOCUMENT] = "document",
};

static void
row_clear (Row *row)
{
  g_clear_pointer (&row->grammar, g_regex_unref);
}

void
jumin_code_kinds_free (JuminCodeKinds *self)
{
  g_array_unref (self->rows);
  g_ptr_array_unref (self->prefixes);
  g_free (self);
}

/**
 * jumin_code_kind_get_name:
 *
 * Returns: (transfer none): "city-code", "payment", "other" …
 */
const char *
jumin_code_kind_get_name (JuminCodeKind kind)
{
  return names[kind];
}

static guint
find_kind (const char *name)
{
  guint kind = 0;

  while (kind < JUMIN_N_CODE_KINDS && g_strcmp0 (names[kind], name) != 0)
    kind++;
  return kind;
}

static void
read_prefixes (const JuminJson *root, JuminCodeKinds *self)
{
  JuminJson place = jumin_json_array (root, "prefixes", JUMIN_CODE_KINDS_PREFIXES_MAX),
            element = { NULL };

  while (jumin_json_next (&place, &element))
    {
      const char *prefix = cJSON_GetStringValue (element.value);

      if (prefix == NULL || *prefix == '\0' || strlen (prefix) > PREFIX_MAX)
        jumin_json_fail (&place, "not strings of 1 to %d characters", PREFIX_MAX);
      else
        g_ptr_array_add (self->prefixes, g_strdup (prefix));
    }
}

static void
read_asked (const JuminJson *root, JuminCodeKinds *self)
{
  JuminJson place = jumin_json_array (root, "asked", JUMIN_N_CODE_KINDS), element = { NULL };

  while (jumin_json_next (&place, &element))
    {
      guint kind = find_kind (cJSON_GetStringValue (element.value));

      if (kind == JUMIN_N_CODE_KINDS || self->asked[kind])
        jumin_json_fail (&place, "not kinds, each once");
      else
        self->asked[kind] = TRUE;
    }
  if (self->asked[JUMIN_CODE_KIND_PAYMENT])
    jumin_json_fail (&place, "a code to pay with is nobody else's business");
}

/* A pattern has no say in how it is compared: "(*" would begin such a verb, and what is no pattern
 * without the frame, such as "a)|(b", would break out of it. */
static void
read_row (const JuminJson *place, Row *row)
{
  JuminJson pattern = jumin_json_member (place, "pattern");
  const char *text = jumin_json_get_string (place, "pattern", JUMIN_CODE_KINDS_PATTERN_MAX);
  g_autofree char *whole = g_strconcat (BEFORE, text, AFTER, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) bare = g_regex_new (text, G_REGEX_RAW, 0, &error);

  jumin_json_member (place, "note");
  row->kind = jumin_json_get_choice (place, "kind", names);
  if (*text == '\0' || strstr (text, "(*") != NULL)
    jumin_json_fail (&pattern, "empty, or with a verb");
  else if (bare != NULL)
    row->grammar = g_regex_new (whole, G_REGEX_RAW, 0, &error);
  if (error != NULL)
    jumin_json_fail (&pattern, "no regular expression");
}

static void
read_rows (const JuminJson *root, JuminCodeKinds *self)
{
  JuminJson place = jumin_json_array (root, "kinds", JUMIN_CODE_KINDS_ROWS_MAX), element = { NULL };

  while (jumin_json_next (&place, &element))
    {
      Row row = { 0 };

      read_row (&element, &row);
      g_array_append_val (self->rows, row);
    }
}

static void
read_kinds (const JuminJson *root, gpointer data)
{
  jumin_json_get_integer (root, "version", 1, 1);
  read_prefixes (root, data);
  read_asked (root, data);
  read_rows (root, data);
}

/**
 * jumin_code_kinds_parse:
 * @json: the text
 * @length: its bytes, or −1 when it ends with NUL
 * @name: what to call the text in the error
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path.
 *
 * Returns: (transfer full): the grammars
 */
JuminCodeKinds *
jumin_code_kinds_parse (const char *json, gssize length, const char *name, GError **error)
{
  g_autoptr (JuminCodeKinds) self = g_new0 (JuminCodeKinds, 1);
  JuminJsonFile file
      = { "Kinds of codes", name, json, length, JUMIN_CODE_KINDS_BYTES_MAX, .quoting = TRUE };

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (self->rows, (GDestroyNotify)row_clear);
  self->prefixes = g_ptr_array_new_with_free_func (g_free);
  return jumin_json_read_file (&file, read_kinds, self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
skip (const char **bytes, gsize *length, const char *prefix)
{
  gsize prefix_length = strlen (prefix);

  if (*length < prefix_length || memcmp (*bytes, prefix, prefix_length) != 0)
    return FALSE;
  *bytes += prefix_length;
  *length -= prefix_length;
  return TRUE;
}

/**
 * jumin_code_kinds_strip:
 * @text: as a scanner gave it
 *
 * Takes off what scanners put around a text: a byte order mark, the ends of lines, and the prefix
 * of a vendor.
 *
 * Returns: (transfer full): a part of @text
 */
GBytes *
jumin_code_kinds_strip (const JuminCodeKinds *self, GBytes *text)
{
  gsize length;
  const char *begin = g_bytes_get_data (text, &length), *bytes = begin;

  skip (&bytes, &length, BYTE_ORDER_MARK);
  while (skip (&bytes, &length, "\r") || skip (&bytes, &length, "\n"))
    ;
  while (length > 0 && (bytes[length - 1] == '\r' || bytes[length - 1] == '\n'))
    length--;
  for (guint i = 0; i < self->prefixes->len; i++)
    if (skip (&bytes, &length, self->prefixes->pdata[i]))
      break;
  return g_bytes_new_from_bytes (text, (gsize)(bytes - begin), length);
}

/**
 * jumin_code_kinds_find:
 * @text: stripped; not necessarily UTF-8
 *
 * Returns: its kind
 */
JuminCodeKind
jumin_code_kinds_find (const JuminCodeKinds *self, GBytes *text)
{
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  if (length == 0 || length > JUMIN_CODE_KINDS_TEXT_MAX)
    return JUMIN_CODE_KIND_OTHER;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (g_regex_match_full (row->grammar, bytes, (gssize)length, 0, 0, NULL, NULL))
        return row->kind;
    }
  return JUMIN_CODE_KIND_OTHER;
}

/**
 * jumin_code_kinds_is_asked:
 *
 * Returns: whether the platform of the codes may be asked whose code of @kind it is
 */
gboolean
jumin_code_kinds_is_asked (const JuminCodeKinds *self, JuminCodeKind kind)
{
  return self->asked[kind];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads jumin.conf and the files of jumin.conf.d in the order of their names; a later file wins.
 *
 * Nothing is guessed: an unknown key, an unknown group or a bad value refuses the whole
 * configuration with "file:line: [group] key: what is wrong". GKeyFile knows no lines, so the line
 * is looked for in the text after something was found wrong. */
#include "config.h"

#include <gio/gio.h>

#include <string.h>

#include "config-keys.h"

struct _JuminConfig
{
  GHashTable *values; /* "group/key" → string */
};

/* One file that is being read. */
typedef struct
{
  const char *path;
  char *text;
  GKeyFile *keys;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->text);
  g_key_file_unref (source->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static char *
value_name (const char *group, const char *key)
{
  return g_strconcat (group, "/", key, NULL);
}

static gboolean
line_is_group (const char *line, const char *group)
{
  size_t length = strlen (group);

  return line[0] == '[' && strncmp (line + 1, group, length) == 0 && line[length + 1] == ']';
}

static gboolean
line_is_key (const char *line, const char *key)
{
  size_t length = strlen (key);

  return strncmp (line, key, length) == 0 && strchr ("= \t", line[length]) != NULL
         && line[length] != '\0';
}

/* Counted from 1. Without @key: the group's own line. The last one counts, as for GKeyFile. */
static int
find_line (const char *text, const char *group, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean inside = FALSE;
  int found = 1;

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchug (lines[i]);

      if (line[0] == '[')
        inside = line_is_group (line, group);
      if (inside && (key == NULL ? line[0] == '[' : line_is_key (line, key)))
        found = i + 1;
    }
  return found;
}

/* The first line that is no group, no key with a value, no comment and not empty. */
static int
find_broken_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean grouped = FALSE;

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gboolean group = line[0] == '[' && g_str_has_suffix (line, "]");

      grouped = grouped || group;
      if (line[0] == '\0' || line[0] == '#' || group)
        continue;
      if (!grouped || line[0] == '=' || strchr (line, '=') == NULL
          || !g_utf8_validate (line, -1, NULL))
        return i + 1;
    }
  return 1;
}

static gboolean
source_read_text (Source *source, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (source->path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  gsize length = 0;

  source->text = g_malloc0 (JUMIN_CONFIG_BYTES_MAX + 2);
  stream = g_file_read (file, NULL, &problem);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), source->text,
                                   JUMIN_CONFIG_BYTES_MAX + 1, &length, NULL, &problem))
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_NOT_FOUND,
                   "Reading configuration '%s' failed: %s", source->path, problem->message);
      return FALSE;
    }
  if (length <= JUMIN_CONFIG_BYTES_MAX && memchr (source->text, '\0', length) == NULL)
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
               "%s:1: the file is longer than %d bytes or is no text", source->path,
               JUMIN_CONFIG_BYTES_MAX);
  return FALSE;
}

static gboolean
source_open (Source *source, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *source = (Source){ .path = path, .keys = g_key_file_new () };
  if (!source_read_text (source, error))
    return FALSE;
  if (g_key_file_load_from_data (source->keys, source->text, strlen (source->text), G_KEY_FILE_NONE,
                                 &problem))
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s:%d: %s", path,
               find_broken_line (source->text), problem->message);
  return FALSE;
}

/* GLib complains about two bad ones with a warning of its own. */
static gboolean
has_good_escapes (const char *value)
{
  for (const char *c = strchr (value, '\\'); c != NULL; c = strchr (c + 2, '\\'))
    if (c[1] == '\0' || strchr ("sntr\\", c[1]) == NULL)
      return FALSE;
  return TRUE;
}

static char *
read_value (const Source *source, const JuminConfigKey *row, GError **error)
{
  g_autofree char *written = g_key_file_get_value (source->keys, row->group, row->key, error);
  g_autofree char *value = NULL;

  if (written == NULL)
    return NULL;
  if (!has_good_escapes (written))
    {
      g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                           "a backslash is followed by none of s, n, t, r and \\");
      return NULL;
    }
  value = g_key_file_get_string (source->keys, row->group, row->key, error);
  if (value == NULL)
    return NULL;
  g_strchomp (value);
  if (strlen (value) > JUMIN_CONFIG_VALUE_MAX)
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
                   "the value is longer than %d bytes", JUMIN_CONFIG_VALUE_MAX);
      return NULL;
    }
  return jumin_config_key_check (row, value, error) ? g_steal_pointer (&value) : NULL;
}

static gboolean
take_key (JuminConfig *self, const Source *source, const char *group, const char *key,
          GError **error)
{
  const JuminConfigKey *row = jumin_config_keys_find (group, key);
  g_autoptr (GError) problem = NULL;
  g_autofree char *value = NULL;

  if (row != NULL)
    value = read_value (source, row, &problem);
  else
    problem = g_error_new_literal (G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND,
                                   "this key is not known");
  if (problem != NULL)
    {
      g_set_error (error, G_KEY_FILE_ERROR, problem->code, "%s:%d: [%s] %s: %s", source->path,
                   find_line (source->text, group, key), group, key, problem->message);
      return FALSE;
    }
  g_hash_table_insert (self->values, value_name (group, key), g_steal_pointer (&value));
  return TRUE;
}

static gboolean
take_group (JuminConfig *self, const Source *source, const char *group, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (source->keys, group, NULL, error);

  if (keys == NULL)
    return FALSE;
  if (!jumin_config_keys_has_group (group))
    {
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND,
                   "%s:%d: [%s]: this group is not known", source->path,
                   find_line (source->text, group, NULL), group);
      return FALSE;
    }
  for (int i = 0; keys[i] != NULL; i++)
    if (!take_key (self, source, group, keys[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_file (JuminConfig *self, const char *path, GError **error)
{
  g_auto (Source) source = { 0 };
  g_auto (GStrv) groups = NULL;

  if (!source_open (&source, path, error))
    return FALSE;
  groups = g_key_file_get_groups (source.keys, NULL);
  for (int i = 0; groups[i] != NULL; i++)
    if (!take_group (self, &source, groups[i], error))
      return FALSE;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* A directory that is not there is an empty one. */
static GPtrArray *
list_dropins (const char *directory, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) listing = directory != NULL ? g_dir_open (directory, 0, NULL) : NULL;
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      if (!g_str_has_suffix (name, ".conf") || name[0] == '.')
        continue;
      g_ptr_array_add (names, g_build_filename (directory, name, NULL));
      if (names->len <= JUMIN_CONFIG_FILES_MAX)
        continue;
      g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE,
                   "Configuration '%s': more than %d files", directory, JUMIN_CONFIG_FILES_MAX);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* Printers sign their certificates themselves: without a fingerprint anybody could be one. */
static gboolean
check_sheets (const JuminConfig *self, GError **error)
{
  if (!g_str_has_prefix (jumin_config_get_string (self, "sheets", "uri"), "ipps:")
      || *jumin_config_get_string (self, "sheets", "fingerprint") != '\0')
    return TRUE;
  g_set_error (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_INVALID_VALUE,
               "[sheets] uri: ipps needs a fingerprint");
  return FALSE;
}

/**
 * jumin_config_load:
 * @path: the main file, which must be there
 * @dropin_dir: (nullable): directory whose *.conf files are read after it, by name
 *
 * Errors: %G_KEY_FILE_ERROR, with file, line, group and key.
 *
 * Returns: (transfer full): a configuration in which every key has a good value
 */
JuminConfig *
jumin_config_load (const char *path, const char *dropin_dir, GError **error)
{
  g_autoptr (JuminConfig) self = g_new0 (JuminConfig, 1);
  g_autoptr (GPtrArray) dropins = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const JuminConfigKey *row = jumin_config_keys; row->group != NULL; row++)
    g_hash_table_insert (self->values, value_name (row->group, row->key), g_strdup (row->fallback));
  dropins = list_dropins (dropin_dir, error);
  if (dropins == NULL || !take_file (self, path, error))
    return NULL;
  for (guint i = 0; i < dropins->len; i++)
    if (!take_file (self, dropins->pdata[i], error))
      return NULL;
  return check_sheets (self, error) ? g_steal_pointer (&self) : NULL;
}

void
jumin_config_free (JuminConfig *self)
{
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * jumin_config_get_string:
 *
 * Returns: (transfer none): the value as text; "" for one that is not set, never %NULL
 */
const char *
jumin_config_get_string (const JuminConfig *self, const char *group, const char *key)
{
  g_autofree char *name = value_name (group, key);
  const char *value = g_hash_table_lookup (self->values, name);

  g_assert (value != NULL);
  return value;
}

int
jumin_config_get_int (const JuminConfig *self, const char *group, const char *key)
{
  const JuminConfigKey *row = jumin_config_keys_find (group, key);

  g_assert (row != NULL && row->type == JUMIN_CONFIG_INT);
  return (int)g_ascii_strtoll (jumin_config_get_string (self, group, key), NULL, 10);
}

/**
 * jumin_config_get_ints:
 * @values: (array length=n) (out): the numbers of the list; what is beyond its end becomes 0
 */
void
jumin_config_get_ints (const JuminConfig *self, const char *group, const char *key, guint *values,
                       gsize n)
{
  const JuminConfigKey *row = jumin_config_keys_find (group, key);
  g_auto (GStrv) words = g_strsplit (jumin_config_get_string (self, group, key), " ", -1);

  g_assert (row != NULL && row->type == JUMIN_CONFIG_INTS && n >= JUMIN_CONFIG_INTS_MAX);
  memset (values, 0, n * sizeof *values);
  for (gsize i = 0; words[i] != NULL; i++)
    values[i] = (guint)g_ascii_strtoull (words[i], NULL, 10);
}

/* Returns: the minute of the day */
guint
jumin_config_get_time (const JuminConfig *self, const char *group, const char *key)
{
  const JuminConfigKey *row = jumin_config_keys_find (group, key);
  const char *value = jumin_config_get_string (self, group, key);

  g_assert (row != NULL && row->type == JUMIN_CONFIG_TIME);
  return (guint)(g_ascii_strtoull (value, NULL, 10) * 60
                 + g_ascii_strtoull (strchr (value, ':') + 1, NULL, 10));
}

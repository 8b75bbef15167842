/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invented residents whose cards the tray can put in. */
#include "tray/residents.h"

#include <cjson/cJSON.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cJSON, cJSON_Delete)

static void
resident_free (JuminTrayResident *resident)
{
  g_free (resident->id);
  g_free (resident->name);
  g_free (resident->note);
  g_free (resident);
}

static const char *
get_text (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

GPtrArray *
jumin_tray_load_residents (const char *path, GError **error)
{
  g_autoptr (GPtrArray) residents = g_ptr_array_new_with_free_func ((GDestroyNotify)resident_free);
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  g_autoptr (cJSON) file
      = length > JUMIN_TRAY_FILE_BYTES_MAX ? NULL : cJSON_ParseWithLength (text, length);
  const cJSON *item;
  cJSON_ArrayForEach (item, file)
  {
    const char *id = get_text (item, "id"), *name = get_text (item, "name");
    if (id == NULL || name == NULL || residents->len == JUMIN_TRAY_RESIDENTS_MAX)
      continue;
    JuminTrayResident *resident = g_new0 (JuminTrayResident, 1);
    resident->id = g_strdup (id);
    resident->name = g_strdup (name);
    resident->note = g_strdup (get_text (item, "note"));
    g_ptr_array_add (residents, resident);
  }
  if (residents->len > 0)
    return g_steal_pointer (&residents);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "'%s' names no residents", path);
  return NULL;
}

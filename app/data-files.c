/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data that stands in files: shipped, or what the configuration names instead. jumin-core
 * starts with it, and juminctl says beforehand whether it would. */
#include "data-files.h"

#include <gio/gio.h>

#include "audit/events.h"

/* Reads one byte more than @bytes_max, so that the parser refuses what is too long. */
static char *
read_file (const char *path, gsize bytes_max, gsize *length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = g_malloc0 (bytes_max + 2);

  stream = g_file_read (file, NULL, &problem);
  if (stream != NULL
      && g_input_stream_read_all (G_INPUT_STREAM (stream), text, bytes_max + 1, length, NULL,
                                  &problem))
    return g_steal_pointer (&text);
  g_set_error (error, problem->domain, problem->code, "Reading '%s' failed: %s", path,
               problem->message);
  return NULL;
}

static const char *
find_path (const JuminConfig *config, const char *key, const char *shipped)
{
  const char *path = jumin_config_get_string (config, "data", key);

  return *path != '\0' ? path : shipped;
}

/**
 * jumin_data_load_catalogue:
 *
 * Errors: as %G_IO_ERROR; jumin_catalogue_parse().
 *
 * Returns: (transfer full): the services to begin with
 */
JuminCatalogue *
jumin_data_load_catalogue (const JuminConfig *config, GError **error)
{
  const char *path = find_path (config, "catalogue", JUMIN_PKGDATADIR "/catalogue.json");
  gsize length = 0;
  g_autofree char *json = read_file (path, JUMIN_CATALOGUE_BYTES_MAX, &length, error);

  return json != NULL ? jumin_catalogue_parse (json, (gssize)length, path, error) : NULL;
}

/**
 * jumin_data_load_troubles:
 *
 * Errors: as %G_IO_ERROR; jumin_troubles_parse().
 *
 * Returns: (transfer full): the table of troubles
 */
JuminTroubles *
jumin_data_load_troubles (const JuminConfig *config, GError **error)
{
  const char *path = find_path (config, "troubles", JUMIN_PKGDATADIR "/troubles.json");
  gsize length = 0;
  g_autofree char *json = read_file (path, JUMIN_TROUBLES_BYTES_MAX, &length, error);

  return json != NULL ? jumin_troubles_parse (json, (gssize)length, path,
                                              jumin_audit_event_tells_trouble, error)
                      : NULL;
}

/**
 * jumin_data_load_city_code:
 *
 * Errors: as %G_IO_ERROR; jumin_city_code_profile_parse().
 *
 * Returns: (transfer full): the shape of the platform of the codes that the configuration names
 */
JuminCityCodeProfile *
jumin_data_load_city_code (const JuminConfig *config, GError **error)
{
  const char *path = find_path (config, "city-code", JUMIN_PKGDATADIR "/city-code.json");
  gsize length = 0;
  g_autofree char *json = read_file (path, JUMIN_CITY_CODE_FILE_BYTES_MAX, &length, error);

  return json != NULL ? jumin_city_code_profile_parse (
             json, (gssize)length, path, jumin_config_get_string (config, "city-code", "profile"),
             error)
                      : NULL;
}

/**
 * jumin_data_load_code_kinds:
 *
 * Errors: as %G_IO_ERROR; jumin_code_kinds_parse().
 *
 * Returns: (transfer full): the grammars of the kinds of codes
 */
JuminCodeKinds *
jumin_data_load_code_kinds (const JuminConfig *config, GError **error)
{
  const char *path = find_path (config, "code-kinds", JUMIN_PKGDATADIR "/code-kinds.json");
  gsize length = 0;
  g_autofree char *json = read_file (path, JUMIN_CODE_KINDS_BYTES_MAX, &length, error);

  return json != NULL ? jumin_code_kinds_parse (json, (gssize)length, path, error) : NULL;
}

/**
 * jumin_data_load_billers:
 *
 * Errors: as %G_IO_ERROR; jumin_billers_parse().
 *
 * Returns: (transfer full): who can be paid here
 */
JuminBillers *
jumin_data_load_billers (const JuminConfig *config, GError **error)
{
  const char *path = find_path (config, "billers", JUMIN_PKGDATADIR "/billers.json");
  gsize length = 0;
  g_autofree char *json = read_file (path, JUMIN_BILLERS_BYTES_MAX, &length, error);

  return json != NULL ? jumin_billers_parse (json, (gssize)length, path, error) : NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl config check: says whether jumin-core would start with this configuration. */
#include "config.h"
#include "ctl/command.h"
#include "data-files.h"

#include <stdio.h>

int
juminctl_config_check (char **arguments)
{
  g_autofree char *file = NULL, *directory = NULL;
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &file, "Main file", "FILE" },
    { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Directory of *.conf", "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) line = NULL;
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (JuminCatalogue) catalogue = NULL;
  g_autoptr (JuminTroubles) troubles = NULL;
  g_autoptr (JuminCityCodeProfile) codes = NULL;
  g_autoptr (JuminCodeKinds) kinds = NULL;
  g_autoptr (JuminBillers) billers = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (words, (gpointer) "juminctl config check");
  for (int i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, arguments[i]);
  g_ptr_array_add (words, NULL);
  line = g_strdupv ((char **)words->pdata);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &line, &error) || g_strv_length (line) > 1)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "Unexpected argument");
      return JUMINCTL_USAGE;
    }
  config = jumin_config_load (
      file != NULL ? file : JUMIN_CONFIG_FILE,
      directory != NULL ? directory : (file != NULL ? NULL : JUMIN_CONFIG_DIRECTORY), &error);
  if (config != NULL)
    catalogue = jumin_data_load_catalogue (config, &error);
  if (catalogue != NULL)
    troubles = jumin_data_load_troubles (config, &error);
  if (troubles != NULL)
    codes = jumin_data_load_city_code (config, &error);
  if (codes != NULL)
    kinds = jumin_data_load_code_kinds (config, &error);
  if (kinds != NULL)
    billers = jumin_data_load_billers (config, &error);
  if (billers == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return JUMINCTL_BAD;
    }
  puts ("The configuration is good");
  return JUMINCTL_GOOD;
}

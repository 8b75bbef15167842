/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl config check: says whether jumin-core would start with this configuration. */
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "data-files.h"

#include <stdio.h>

int
juminctl_config_check (char **arguments)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (JuminCatalogue) catalogue = NULL;
  g_autoptr (JuminTroubles) troubles = NULL;
  g_autoptr (JuminCityCodeProfile) codes = NULL;
  g_autoptr (JuminCodeKinds) kinds = NULL;
  g_autoptr (JuminBillers) billers = NULL;
  g_autoptr (GError) error = NULL;

  if (!juminctl_line_parse (&line, arguments, entries, 0))
    return JUMINCTL_USAGE;
  config = juminctl_line_load_config (&line, &error);
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

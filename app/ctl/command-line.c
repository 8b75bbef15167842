/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a command: its own options, and which configuration it is about. */
#include "ctl/command-line.h"

#include <stdio.h>

/**
 * juminctl_line_parse:
 * @line: (out): zero-filled
 * @arguments: as a command gets them
 * @entries: the command's own options
 * @rest_max: how many words may be there that are no options
 *
 * Returns: whether the line is good; if not, it was said what is wrong
 */
gboolean
juminctl_line_parse (JuminctlLine *line, char **arguments, const GOptionEntry *entries,
                     guint rest_max)
{
  const GOptionEntry common[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &line->config, "Main file", "FILE" },
    { "config-dir", 0, 0, G_OPTION_ARG_FILENAME, &line->config_dir, "Directory of *.conf", "DIR" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &line->rest, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int count = (int)g_strv_length (arguments);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common, NULL);
  if (!g_option_context_parse (context, &count, &arguments, &error))
    fprintf (stderr, "%s\n", error->message);
  else if (line->rest != NULL && g_strv_length (line->rest) > rest_max)
    fprintf (stderr, "Unexpected argument '%s'\n", line->rest[rest_max]);
  else
    return TRUE;
  return FALSE;
}

void
juminctl_line_clear (JuminctlLine *line)
{
  g_free (line->config);
  g_free (line->config_dir);
  g_strfreev (line->rest);
}

/**
 * juminctl_line_load_config:
 *
 * What is not said on the command line is as jumin-core has it.
 *
 * Errors: as jumin_config_load().
 */
JuminConfig *
juminctl_line_load_config (const JuminctlLine *line, GError **error)
{
  return jumin_config_load (line->config != NULL ? line->config : JUMIN_CONFIG_FILE,
                            line->config_dir != NULL ? line->config_dir : JUMIN_CONFIG_DIRECTORY,
                            error);
}

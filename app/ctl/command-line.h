/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/**
 * JuminctlLine:
 * @config: (nullable): --config
 * @config_dir: (nullable): --config-dir
 * @rest: (nullable): what is no option
 *
 * The part of a command's line that all commands have.
 */
typedef struct
{
  char *config, *config_dir;
  GStrv rest;
} JuminctlLine;

gboolean juminctl_line_parse (JuminctlLine *line, char **arguments, const GOptionEntry *entries,
                              guint rest_max);
void juminctl_line_clear (JuminctlLine *line);
JuminConfig *juminctl_line_load_config (const JuminctlLine *line, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JuminctlLine, juminctl_line_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JUMIN_CONFIG_FILE "/etc/jumin/jumin.conf"
#define JUMIN_CONFIG_DIRECTORY "/etc/jumin/jumin.conf.d"

enum
{
  JUMIN_CONFIG_BYTES_MAX = 64 * 1024, /* of one file */
  JUMIN_CONFIG_FILES_MAX = 64,        /* in the directory */
  JUMIN_CONFIG_VALUE_MAX = 1024       /* bytes of one value */
};

/**
 * JuminConfig:
 *
 * The configuration: immutable, every value checked when it was loaded. The keys are in
 * config-keys.c; asking for one that is not there is a mistake in the program.
 */
typedef struct _JuminConfig JuminConfig;

JuminConfig *jumin_config_load (const char *path, const char *dropin_dir, GError **error);
void jumin_config_free (JuminConfig *self);
const char *jumin_config_get_string (const JuminConfig *self, const char *group, const char *key);
int jumin_config_get_int (const JuminConfig *self, const char *group, const char *key);
void jumin_config_get_ints (const JuminConfig *self, const char *group, const char *key,
                            guint *values, gsize n);
guint jumin_config_get_time (const JuminConfig *self, const char *group, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminConfig, jumin_config_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_TRAY_RESIDENTS_MAX = 256,
  JUMIN_TRAY_FILE_BYTES_MAX = 1024 * 1024
};

/**
 * JuminTrayResident:
 * @id: what the card peer calls the card
 * @name: invented
 * @note: what is special about the card
 */
typedef struct
{
  char *id, *name, *note;
} JuminTrayResident;

/* Returns: (transfer full) (element-type JuminTrayResident) (nullable): in the file's order */
GPtrArray *jumin_tray_load_residents (const char *path, GError **error);

G_END_DECLS

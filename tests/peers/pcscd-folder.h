/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean pcscd_folder_make (const char *dir, GError **error);
void pcscd_folder_remove (const char *dir, gboolean keep_log);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean jumin_secret_file_read (const char *path, char *secret, gsize size, GError **error);

G_END_DECLS

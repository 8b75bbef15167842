/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean juminctl_run_program (const char *const *arguments, guint limit_ms, char *output,
                               gsize size, GError **error);

G_END_DECLS

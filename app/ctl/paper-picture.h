/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *juminctl_paper_picture_read (const char *scan, const char *file, GError **error);

G_END_DECLS

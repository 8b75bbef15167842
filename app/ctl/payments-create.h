/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean juminctl_payments_make_journal (const char *path, const char *user, GError **error);

G_END_DECLS

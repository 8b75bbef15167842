/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gpointer jumin_locked_new (gsize size);
void jumin_locked_free (gpointer memory, gsize size);

G_END_DECLS

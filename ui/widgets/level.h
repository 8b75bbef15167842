/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_LEVEL (jumin_level_get_type ())
G_DECLARE_FINAL_TYPE (JuminLevel, jumin_level, JUMIN, LEVEL, GtkWidget)

GtkWidget *jumin_level (GtkWidget *child);

G_END_DECLS

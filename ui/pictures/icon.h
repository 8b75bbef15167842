/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_ICON (jumin_icon_get_type ())
G_DECLARE_FINAL_TYPE (JuminIcon, jumin_icon, JUMIN, ICON, GObject)

GdkPaintable *jumin_icon_new (const char *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_STYLE (jumin_style_get_type ())
G_DECLARE_FINAL_TYPE (JuminStyle, jumin_style, JUMIN, STYLE, GObject)

void jumin_style_prepare (void);
JuminStyle *jumin_style_new (GdkDisplay *display);
void jumin_style_set_contrast (JuminStyle *self, gboolean contrast);
void jumin_style_set_unit (JuminStyle *self, double unit);

G_END_DECLS

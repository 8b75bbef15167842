/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_SMALL_BARS (jumin_small_bars_get_type ())
G_DECLARE_FINAL_TYPE (JuminSmallBars, jumin_small_bars, JUMIN, SMALL_BARS, GtkWidget)

GtkWidget *jumin_small_bars_new (const GPtrArray *items, guint first, const JuminShape *shape);

G_END_DECLS

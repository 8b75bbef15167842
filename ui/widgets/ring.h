/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_RING (jumin_ring_get_type ())
G_DECLARE_FINAL_TYPE (JuminRing, jumin_ring, JUMIN, RING, GtkWidget)

void jumin_ring_draw (cairo_t *cairo, double size, double line, double share, const GdkRGBA *ground,
                      const GdkRGBA *colour);
GtkWidget *jumin_ring_new (const JuminItem *item, const JuminShape *shape, const char *name);

G_END_DECLS

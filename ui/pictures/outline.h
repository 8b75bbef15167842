/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean jumin_outline_trace (cairo_t *cairo, const char *outline);
void jumin_outline_round (cairo_t *cairo, double x, double y, double width, double height,
                          double radius);

G_END_DECLS

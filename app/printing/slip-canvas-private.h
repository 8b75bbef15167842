/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "printing/slip-canvas.h"

G_BEGIN_DECLS

/* What texts and codes share: how far the strip is filled. */
struct _JuminSlipCanvas
{
  cairo_surface_t *surface;
  cairo_t *cr;
  guint width, margin, y, unknown_glyphs, cut_texts;
};

typedef struct
{
  guint x, width;
} JuminSlipSpan;

JuminSlipSpan jumin_slip_canvas_get_content (JuminSlipCanvas *self);
void jumin_slip_canvas_add_rectangle (JuminSlipCanvas *self, guint x, guint y, guint width,
                                      guint height);
guint jumin_slip_canvas_set_text (JuminSlipCanvas *self, JuminSlipSpan span,
                                  const JuminSlipType *type, const char *text);

G_END_DECLS

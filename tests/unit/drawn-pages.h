/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * JuminDifference:
 * @largest: of one dot, 0 to 255
 * @mean: of all dots; @ink: how dark they are in the first picture
 */
typedef struct
{
  int largest;
  double mean, ink;
} JuminDifference;

typedef void (*JuminDraw) (cairo_t *cr, int page, gpointer data);

/* A page as it was meant, and as poppler shows the same page of a PDF; both of one size. */
cairo_surface_t *jumin_drawn_page (JuminDraw draw, int page, gpointer data);
GPtrArray *jumin_poppler_pages (GBytes *pdf);
GBytes *jumin_drawn_pdf (JuminDraw draw, int pages, gpointer data);

/* Of the dots in a rectangle, points. */
JuminDifference jumin_drawn_compare (cairo_surface_t *one, cairo_surface_t *other,
                                     const cairo_rectangle_t *area);
gboolean jumin_drawn_is_alike (const JuminDifference *difference);

G_END_DECLS

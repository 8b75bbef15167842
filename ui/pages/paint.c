/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies behind pages: the dark hero, and drawings on it. */
#include "ui/pages/pages.h"

#include "ui/pictures/drawing.h"
#include "ui/widgets/parts.h"

/**
 * jumin_paint_drawing:
 * @x, @y, @width: where, in pixels; the drawing keeps its proportions
 */
void
jumin_paint_drawing (JuminPage *page, GtkSnapshot *snapshot, const char *name, double x, double y,
                     double width)
{
  const JuminDrawing *drawing = jumin_drawing_find (name);
  const JuminShape *shape = jumin_page_get_shape (page);
  double scale = width / drawing->width;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width,
                                               (float)gtk_widget_get_height (GTK_WIDGET (page)));
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cairo, x, y);
  cairo_scale (cairo, scale, scale);
  jumin_drawing_draw (drawing, cairo, shape->contrast, NULL, 0);
  cairo_destroy (cairo);
}

void
jumin_paint_hero (JuminPage *page, GtkSnapshot *snapshot, int width, int height)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  const GskColorStop stops[] = {
    { 0, jumin_get_colour (GTK_WIDGET (page), "band") },
    { 1, jumin_get_colour (GTK_WIDGET (page), "band_2") },
  };

  gtk_snapshot_append_linear_gradient (snapshot, &bounds, &GRAPHENE_POINT_INIT (0, 0),
                                       &GRAPHENE_POINT_INIT (0, (float)height), stops,
                                       G_N_ELEMENTS (stops));
}

/* On a wide screen every page has the dark left column. */
void
jumin_paint_aside (JuminPage *page, GtkSnapshot *snapshot, int edge)
{
  const JuminShape *shape = jumin_page_get_shape (page);

  if (shape->wide)
    jumin_paint_hero (page, snapshot, shape->left, gtk_widget_get_height (GTK_WIDGET (page)));
}

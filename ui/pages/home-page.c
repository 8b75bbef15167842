/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The home page: the head lies above the two rivers, the services below them. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"

enum
{
  RIVERS_UNITS = 66,
  HILLS_UNITS = 112,
  HILLS_ELDER_UNITS = 126,
  RIVERS_WIDE_UNITS = 60,
  HILLS_WIDE_UNITS = 45
};

static void
clip (GtkSnapshot *snapshot, int width, int height)
{
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
}

/* The left column of a wide screen, with the country below the title. */
static void
paint_wide (JuminPage *page, GtkSnapshot *snapshot, int top)
{
  const JuminShape *shape = jumin_page_get_shape (page);
  int height = gtk_widget_get_height (GTK_WIDGET (page));
  double rivers = (double)shape->left / 680 * RIVERS_WIDE_UNITS;

  clip (snapshot, shape->left, height);
  jumin_paint_hero (page, snapshot, shape->left, height);
  jumin_paint_drawing (page, snapshot, "hills-wide", 0,
                       top + jumin_shape_px (shape, HILLS_WIDE_UNITS), shape->left);
  jumin_paint_drawing (page, snapshot, "rivers-wide", 0, height - rivers, shape->left);
  gtk_snapshot_pop (snapshot);
}

/* Beside a page that says one thing. */
void
jumin_paint_country (JuminPage *page, GtkSnapshot *snapshot, int edge)
{
  if (jumin_page_get_shape (page)->wide)
    paint_wide (page, snapshot, edge);
}

void
jumin_home_paint (JuminPage *page, GtkSnapshot *snapshot, int edge)
{
  const JuminShape *shape = jumin_page_get_shape (page);
  int width = gtk_widget_get_width (GTK_WIDGET (page));
  int height = edge;
  int hills = jumin_shape_px (shape, shape->elder ? HILLS_ELDER_UNITS : HILLS_UNITS);

  if (shape->wide)
    {
      paint_wide (page, snapshot, edge);
      return;
    }
  clip (snapshot, width, height);
  jumin_paint_hero (page, snapshot, width, height);
  jumin_paint_drawing (page, snapshot, "hills", 0, hills, width);
  if (!shape->elder)
    jumin_paint_drawing (page, snapshot, "cableway", 0, hills, width);
  jumin_paint_drawing (page, snapshot, "rivers", 0, height - jumin_shape_px (shape, RIVERS_UNITS),
                       width);
  gtk_snapshot_pop (snapshot);
}

void
jumin_home_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const char *title = context->view->title, *large = shape->elder ? "t-hello-elder" : "t-hello";

  jumin_put (box, shape->wide ? jumin_words_broken (title, large) : jumin_words (title, large));
  if (!shape->elder && (!shape->wide || jumin_view_find (context->view, "ways") == NULL))
    jumin_put (box, jumin_words (context->view->lead, "t-lead on-hero-text"));
}

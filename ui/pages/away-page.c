/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page while core is away: the one page with words of the ui's own. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

void
jumin_away_paint (JuminPage *page, GtkSnapshot *snapshot, int edge)
{
  const JuminShape *shape = jumin_page_get_shape (page);
  int width = gtk_widget_get_width (GTK_WIDGET (page));
  int height = gtk_widget_get_height (GTK_WIDGET (page));
  double rivers = width * 66.0 / 1080.0;

  jumin_paint_hero (page, snapshot, width, height);
  jumin_paint_drawing (page, snapshot, "hills", 0, height * 0.58 - jumin_shape_px (shape, 260),
                       width);
  jumin_paint_drawing (page, snapshot, "cableway", 0, height * 0.58 - jumin_shape_px (shape, 260),
                       width);
  jumin_paint_drawing (page, snapshot, "rivers", 0, height - rivers, width);
}

void
jumin_away_head (GtkWidget *box, const JuminBlockContext *context)
{
  GtkWidget *mark = jumin_across ("mark large"), *picture;

  picture = jumin_picture_new (context->shape, "door", 96, NULL);
  gtk_widget_set_hexpand (picture, TRUE);
  jumin_put (mark, picture);
  gtk_widget_set_hexpand (mark, FALSE);
  gtk_widget_set_halign (mark, GTK_ALIGN_START);
  jumin_put (box, mark);
  jumin_put (box, jumin_words ("请稍候", "t-away"));
  jumin_put (box, jumin_words ("One moment, please", "t-h2 on-band-soft"));
}

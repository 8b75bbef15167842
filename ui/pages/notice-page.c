/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened, and what to do now: in one card at the top, with the drawing of what it is about.
 * Ochre for all troubles, whatever they are; red is for leaving alone. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

enum
{
  PICTURE_UNITS = 200,
  PICTURE_ELDER_UNITS = 170,
  PICTURE_LARGE_UNITS = 460,
  PICTURE_LARGE_ELDER_UNITS = 360
};

static int
picture_height (const JuminShape *shape)
{
  if (shape->roomy)
    return shape->elder ? PICTURE_LARGE_ELDER_UNITS : PICTURE_LARGE_UNITS;
  return shape->elder ? PICTURE_ELDER_UNITS : PICTURE_UNITS;
}

/* Good news are told in jade: a page whose banner is good. */
static gboolean
is_good (const JuminView *view)
{
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      if (jumin_block_is (block, "banner") && g_strcmp0 (block->tone, "good") == 0)
        return TRUE;
    }
  return FALSE;
}

/* As long as all fits, the drawing is large and stands above the words. */
void
jumin_notice_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const JuminView *view = context->view;
  const JuminBlock *drawn = jumin_view_find (view, "picture");
  GtkWidget *card, *words, *inside, *picture;

  if (shape->wide)
    {
      jumin_standard_head (box, context);
      return;
    }
  card = jumin_across ("card notice-card");
  gtk_widget_add_css_class (card, is_good (view) ? "tint" : "warn");
  gtk_widget_set_vexpand (card, TRUE);
  inside = shape->roomy ? jumin_down ("s28") : jumin_across ("s28");
  words = jumin_lines ("s8");
  picture = jumin_picture_new (shape, drawn != NULL ? drawn->picture : NULL, picture_height (shape),
                               NULL);
  if (picture != NULL)
    gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  jumin_put (inside, picture);
  jumin_put_words (words, jumin_words (view->title, shape->elder ? "t-notice-elder" : "t-notice"),
                   shape->roomy);
  jumin_put_words (words, jumin_words (view->lead, shape->elder ? "tight" : "t-lead"),
                   shape->roomy);
  jumin_put (inside, words);
  gtk_widget_set_valign (inside, GTK_ALIGN_CENTER);
  jumin_put (card, inside);
  jumin_put (box, card);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened, and what to do now: in one card at the top, with the drawing of what it is about.
 * Ochre for all troubles, whatever they are; red is for leaving alone. */
#include "ui/pages/pages.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

enum
{
  PICTURE_UNITS = 200,
  PICTURE_ELDER_UNITS = 170
};

static const char *
find_picture (const JuminView *view)
{
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      if (g_strcmp0 (block->kind, "picture") == 0)
        return block->picture;
    }
  return NULL;
}

/* Good news are told in jade: a page whose banner is good. */
static gboolean
is_good (const JuminView *view)
{
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      if (g_strcmp0 (block->kind, "banner") == 0 && g_strcmp0 (block->tone, "good") == 0)
        return TRUE;
    }
  return FALSE;
}

void
jumin_notice_head (GtkWidget *box, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const JuminView *view = context->view;
  GtkWidget *card, *words, *picture;

  if (shape->wide)
    {
      jumin_standard_head (box, context);
      return;
    }
  card = jumin_across (is_good (view) ? "card s28 notice-card tint" : "card s28 notice-card warn");
  words = jumin_down ("s8");
  picture = jumin_picture_new (shape, find_picture (view),
                               shape->elder ? PICTURE_ELDER_UNITS : PICTURE_UNITS, NULL);
  if (picture != NULL)
    gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  jumin_put (card, picture);
  jumin_put (words, jumin_words (view->title, shape->elder ? "t-notice-elder" : "t-notice"));
  jumin_put (words, jumin_words (view->lead, shape->elder ? "tight" : "t-lead"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  jumin_put (card, words);
  jumin_put (box, card);
}

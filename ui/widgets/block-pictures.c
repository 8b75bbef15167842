/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks with a drawing: where the card goes, where the slip comes out. */
#include "ui/widgets/block.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

static double
slip_height (const JuminShape *shape)
{
  if (shape->small || (shape->elder && shape->english))
    return 92;
  if (shape->wide)
    return 126;
  return shape->elder ? 150 : 166;
}

GtkWidget *
jumin_look_slip (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminItem *item = jumin_block_get (block, 0);
  gboolean failed = g_strcmp0 (block->tone, "fail") == 0;
  gboolean plain = g_strcmp0 (block->tone, "plain") == 0;
  GtkWidget *card = jumin_across (plain ? "card slip s28" : "card warn slip s28"),
            *words = jumin_lines ("s4");
  double height = slip_height (context->shape);

  jumin_put (card, jumin_middle (jumin_picture_new (context->shape, failed ? "paper" : "slip",
                                                    height, item != NULL ? item->figure : NULL)));
  jumin_put (words, jumin_words (block->title, "t-h2"));
  if (failed || !context->shape->bare)
    jumin_put (words, jumin_words (block->text, "tight"));
  jumin_put (words, jumin_chip (block->note, "now", "pin"));
  jumin_put (card, words);
  if (!failed && !context->shape->elder && !context->shape->small)
    jumin_put (card, jumin_middle (jumin_picture_new (context->shape, "arrow", 88, NULL)));
  return card;
}

static double
picture_height (const JuminBlock *block, const JuminShape *shape)
{
  if (g_strcmp0 (block->picture, "take-card") == 0)
    return shape->wide ? 380 : 767;
  return shape->wide ? 360 : 420;
}

GtkWidget *
jumin_look_picture (const JuminBlock *block, const JuminBlockContext *context)
{
  const char *name = block->picture, *word = NULL;
  GtkWidget *box = jumin_down ("s24");

  if (g_strcmp0 (name, "card") == 0 || g_strcmp0 (name, "code") == 0)
    {
      word = g_strcmp0 (name, "card") == 0 ? NULL : "渝快码";
      name = word == NULL ? "card-large" : "code-large";
    }
  jumin_put (box, jumin_middle (jumin_picture_new (context->shape, name,
                                                   picture_height (block, context->shape), word)));
  gtk_widget_set_vexpand (gtk_widget_get_first_child (box), TRUE);
  return box;
}

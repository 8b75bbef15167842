/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks with a drawing: where the card goes, where the slip comes out, what to show the camera. */
#include "ui/widgets/block.h"
#include "ui/widgets/code.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"

static GtkWidget *
expand (GtkWidget *widget)
{
  if (widget != NULL)
    gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

static GtkWidget *
middle (GtkWidget *widget)
{
  if (widget == NULL)
    return NULL;
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  return widget;
}

static gboolean
on_home (const JuminBlockContext *context)
{
  return g_strcmp0 (context->view->kind, "home") == 0;
}

static const char *
way_picture (const JuminItem *item)
{
  return g_strcmp0 (item->icon, "qr") == 0 || g_strcmp0 (item->icon, "code") == 0 ? "code" : "card";
}

/* The words of a way; a way that does not work now says why. */
static GtkWidget *
way_words (const JuminItem *item, const JuminBlockContext *context)
{
  gboolean off = g_strcmp0 (item->state, "off") == 0;
  const JuminShape *shape = context->shape;
  gboolean beside = shape->elder && (!shape->wide || shape->small) && !on_home (context);
  GtkWidget *words = jumin_down ("s8"), *first = jumin_across ("s16"), *chip;
  const char *text = off && jumin_has (item->reason) ? item->reason : item->text;
  const char *note = item->note;

  if (off && beside && shape->bare)
    {
      note = text;
      text = NULL;
    }
  chip = jumin_chip (note, off ? "mute" : item->note_tone, on_home (context) ? "pin" : NULL);
  jumin_put (first, jumin_level (jumin_words (item->title, "t-h2")));
  jumin_put (words, first);
  jumin_put (words, jumin_words (text, off ? "soft tight" : "tight"));
  if (chip != NULL)
    jumin_put (beside ? first : words, chip);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  return words;
}

static double
way_height (const JuminBlockContext *context)
{
  if (context->shape->wide && !on_home (context))
    return 124;
  if (context->shape->wide)
    return context->shape->elder ? 160 : 188;
  if (context->shape->elder)
    return on_home (context) ? 262 : 150;
  return 244;
}

static GtkWidget *
way_beside (const JuminItem *item, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean words_only = shape->small && shape->elder && !on_home (context);
  GtkWidget *card = jumin_across ("card bare way s20");

  if (g_strcmp0 (item->state, "off") == 0)
    gtk_widget_add_css_class (card, "off");
  if (words_only && !shape->bare)
    jumin_put (card,
               jumin_plate (g_str_equal (way_picture (item), "code") ? "qr" : "card", "", "s"));
  else if (!words_only)
    jumin_put (card,
               middle (jumin_picture_new (shape, way_picture (item), way_height (context), NULL)));
  jumin_put (card, expand (way_words (item, context)));
  return card;
}

/* On the elderly home page the second way is small: a picture and its name. */
static GtkWidget *
way_small (const JuminItem *item, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card bare way s8"), *title;

  gtk_widget_set_vexpand (card, FALSE);
  jumin_put (card, middle (jumin_picture_new (context->shape, way_picture (item), 200, NULL)));
  title = jumin_words (item->title, "b");
  gtk_label_set_xalign (GTK_LABEL (title), 0.5F);
  gtk_label_set_justify (GTK_LABEL (title), GTK_JUSTIFY_CENTER);
  jumin_put (card, title);
  return card;
}

static GtkWidget *
way_below (const JuminItem *item, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card way-large s16"), *words;
  g_autofree char *name = g_strconcat (way_picture (item), "-large", NULL);
  double height = context->shape->wide ? 260 : 420;

  if (g_strcmp0 (item->state, "off") == 0)
    gtk_widget_add_css_class (card, "off");
  jumin_put (card, middle (jumin_picture_new (context->shape, name, height, NULL)));
  words = way_words (item, context);
  gtk_widget_add_css_class (words, "way-words");
  jumin_put (card, words);
  return card;
}

GtkWidget *
jumin_look_ways (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean home = on_home (context),
           stacked = home ? shape->wide
                          : shape->small || (shape->elder && shape->english)
                                || (!shape->wide && (shape->elder || shape->reach));
  GtkWidget *box = stacked ? jumin_down ("s20") : jumin_across ("s20");

  gtk_box_set_homogeneous (GTK_BOX (box), !stacked && !(home && shape->elder));
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      GtkWidget *card;

      if (home && shape->elder && !shape->wide && i > 0)
        card = way_small (item, context);
      else
        card = expand (home || stacked || shape->elder ? way_beside (item, context)
                                                       : way_below (item, context));
      jumin_put (box, card);
    }
  return box;
}

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
  const JuminItem *item = block->items->len > 0 ? g_ptr_array_index (block->items, 0) : NULL;
  gboolean failed = g_strcmp0 (block->tone, "fail") == 0;
  GtkWidget *card = jumin_across ("card warn slip s28"), *words = jumin_down ("s4");
  const char *name = jumin_has (block->picture) && !failed ? block->picture : "slip";
  double height = slip_height (context->shape);

  jumin_put (card, middle (jumin_picture_new (context->shape, failed ? "paper" : name, height,
                                              item != NULL ? item->figure : NULL)));
  jumin_put (words, jumin_words (block->title, "t-h2"));
  if (failed || !context->shape->bare)
    jumin_put (words, jumin_words (block->text, "tight"));
  jumin_put (words, jumin_chip (block->note, "now", "pin"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jumin_put (card, expand (words));
  if (!failed && !context->shape->elder && !context->shape->small)
    jumin_put (card, middle (jumin_picture_new (context->shape, "arrow", 88, NULL)));
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
  const char *name = block->picture;
  GtkWidget *box = jumin_down ("s24"), *chip;

  if (g_strcmp0 (name, "card") == 0 || g_strcmp0 (name, "code") == 0)
    name = g_strcmp0 (name, "card") == 0 ? "card-large" : "code-large";
  jumin_put (box, middle (jumin_picture_new (context->shape, name,
                                             picture_height (block, context->shape), NULL)));
  gtk_widget_set_vexpand (gtk_widget_get_first_child (box), TRUE);
  jumin_put (box, middle (jumin_words (block->title, "t-h2")));
  jumin_put (box, middle (jumin_words (block->text, "soft")));
  chip = jumin_chip (block->note, jumin_has (block->note_tone) ? block->note_tone : "now",
                     block->icon);
  if (chip != NULL)
    gtk_widget_add_css_class (chip, "t-h3");
  jumin_put (box, middle (chip));
  return box;
}

GtkWidget *
jumin_look_code (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminItem *item = block->items->len > 0 ? g_ptr_array_index (block->items, 0) : NULL;
  GtkWidget *code = item != NULL ? jumin_code_new (context->shape, item->value, 108) : NULL;
  GtkWidget *card, *words;

  if (code == NULL)
    return NULL;
  card = jumin_across ("card s24 place");
  words = jumin_down ("");
  jumin_put (card, code);
  jumin_put (words, jumin_words (jumin_has (block->title) ? block->title : item->title, "t-h3"));
  jumin_put (words, jumin_words (jumin_has (block->text) ? block->text : item->text, "soft tight"));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  jumin_put (card, expand (words));
  return card;
}

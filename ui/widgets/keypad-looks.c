/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands above the keypad: the cells that fill as one types, and whose code it is. */
#include "ui/widgets/block.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

#define DOT "●"

enum
{
  SINGLE_CELLS_MAX = 8 /* more of them stand in groups */
};

/* In a narrow cell a dot is drawn: as a character it is as wide as it is high. */
static GtkWidget *
new_figure (const char *figure, gboolean narrow)
{
  GtkWidget *words;

  if (narrow && g_strcmp0 (figure, DOT) == 0)
    {
      words = jumin_across ("dot");
      gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
      return words;
    }
  words = gtk_label_new (figure);
  gtk_widget_set_can_target (words, FALSE);
  return words;
}

static GtkWidget *
new_cell (const JuminItem *item, const char *classes, gboolean narrow)
{
  GtkWidget *cell = jumin_across (classes), *room = jumin_expand (jumin_across (""));

  gtk_widget_set_halign (room, GTK_ALIGN_CENTER);
  jumin_put (room, new_figure (item->figure, narrow));
  jumin_put (cell, room);
  if (g_strcmp0 (item->state, "now") == 0)
    gtk_widget_add_css_class (cell, "now");
  return cell;
}

static GtkWidget *
new_row (gboolean equal, const char *classes)
{
  GtkWidget *row = jumin_across (classes);

  gtk_box_set_homogeneous (GTK_BOX (row), equal);
  gtk_widget_set_hexpand (row, TRUE);
  return row;
}

/* Cells of one code, or the groups of a long number. */
GtkWidget *
jumin_look_cells (const JuminBlock *block, const JuminBlockContext *context)
{
  gboolean single = block->items->len <= SINGLE_CELLS_MAX;
  GtkWidget *row = new_row (single, single ? "s16" : "s12"), *group = row;

  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);

      if (!single && g_strcmp0 (item->tone, "group") == 0)
        {
          group = new_row (TRUE, "field");
          jumin_put (row, group);
        }
      jumin_put (group, new_cell (item, single ? "field cell" : "digit", !single));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->text != NULL ? block->text : "", -1);
  return row;
}

/* Who was meant: the masked number, and that it was looked at. */
GtkWidget *
jumin_look_holder (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_across ("card s28 holder"), *words = jumin_lines ("");
  const char *size = shape->elder && shape->small ? "b num" : "t-h3 num";

  if (!shape->elder && !shape->wide)
    jumin_put (card, jumin_plate (block->icon, "fund", "s"));
  jumin_put (words, jumin_words (block->text, "soft tight"));
  jumin_put (words, jumin_unbroken (jumin_words (block->title,
                                                 shape->elder || shape->wide ? size : "t-h2 num")));
  jumin_put (card, words);
  if (!shape->small && !(shape->elder && shape->wide))
    jumin_put (card, jumin_chip (block->note, "good", "check"));
  return card;
}

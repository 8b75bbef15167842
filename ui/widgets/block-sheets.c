/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of a paper: what is said of it, where it comes out, how far its printing is. */
#include "ui/widgets/block.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/picture.h"
#include "ui/widgets/reader.h"

enum
{
  PRINTER_UNITS = 230,
  PRINTER_LARGE_UNITS = 430,
  PRINTER_ROW_UNITS = 166,
  PRINTER_LOW_UNITS = 112,
  ARROW_UNITS = 76,
  FACTS_ELDER = 2
};

/* In large words, what it is and how many pages, and not what that is called. */
GtkWidget *
jumin_look_about (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card about");
  gboolean elder = context->shape->elder;

  for (guint i = 0; i < MIN (block->items->len, elder ? FACTS_ELDER : G_MAXUINT); i++)
    {
      const JuminItem *item = block->items->pdata[i];
      GtkWidget *fact = jumin_down ("about-fact");

      if (!elder)
        jumin_put (fact, jumin_words (item->label, "soft tight"));
      jumin_put (fact, jumin_words (item->title, "b tight"));
      gtk_widget_set_valign (fact, GTK_ALIGN_CENTER);
      jumin_put (card, jumin_tall (fact));
    }
  return card;
}

static GtkWidget *
outlet_below (const JuminBlock *block, const JuminBlockContext *context, double height)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_down ("card outlet"), *inside = jumin_down ("s12");

  jumin_put (inside, jumin_middle (jumin_picture_new (shape, "sheet", height, NULL)));
  jumin_put_words (inside, jumin_middle (jumin_words (block->title, "t-h3")), TRUE);
  jumin_put_words (inside, jumin_middle (jumin_words (block->text, "soft tight")), TRUE);
  if (!shape->wide || !shape->reach)
    jumin_put (inside, jumin_middle (jumin_picture_new (shape, "arrow", ARROW_UNITS, NULL)));
  gtk_widget_set_vexpand (inside, TRUE);
  gtk_widget_set_valign (inside, GTK_ALIGN_CENTER);
  jumin_put (card, inside);
  return card;
}

static double
row_height (const JuminShape *shape)
{
  return shape->wide || (shape->elder && shape->english) ? PRINTER_LOW_UNITS : PRINTER_ROW_UNITS;
}

/* Where sheets come out: beside the paper and where it is all there is to say, large; else in one
 * row. */
GtkWidget *
jumin_look_outlet (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean low = shape->wide && (shape->elder || shape->small);
  gboolean large = g_strcmp0 (block->note, "large") == 0 && !low && !shape->reach;
  GtkWidget *card, *words;

  if (jumin_reader_takes (block, context))
    return outlet_below (block, context, PRINTER_UNITS);
  if (large)
    return outlet_below (block, context, shape->wide ? PRINTER_UNITS : PRINTER_LARGE_UNITS);
  card = jumin_across ("card outlet s28");
  words = jumin_lines ("s4");
  jumin_put (card, jumin_middle (jumin_picture_new (shape, "sheet", row_height (shape), NULL)));
  jumin_put (words, jumin_words (block->title, "t-h2"));
  jumin_put (words, jumin_words (block->text, "soft tight"));
  jumin_put (card, words);
  if (!shape->elder && !shape->small)
    jumin_put (card, jumin_middle (jumin_picture_new (shape, "arrow", ARROW_UNITS, NULL)));
  return card;
}

GtkWidget *
jumin_look_job (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminItem *item = jumin_block_get (block, 0);
  GtkWidget *card = jumin_down ("card warn job s16"), *line = jumin_across ("s24"),
            *words = jumin_lines (""), *track;
  gboolean waits = g_strcmp0 (block->id, "waiting") == 0;

  if (!context->shape->bare || !context->shape->elder)
    jumin_put (line, jumin_icon (block->icon, waits ? "i-assurance warn-t" : "i-job warn-t"));
  jumin_put (words, jumin_words (block->title, waits ? "t-h3" : "t-h2"));
  jumin_put (words, jumin_words (block->text, "tight"));
  jumin_put (line, words);
  if (!context->shape->elder && !context->shape->wide)
    jumin_put (line, jumin_level (jumin_words (block->note, "soft tight")));
  jumin_put (card, jumin_tall (line));
  if (item == NULL)
    return card;
  track = gtk_progress_bar_new ();
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (track), (double)item->level / 100.0);
  gtk_widget_set_can_target (track, FALSE);
  gtk_widget_add_css_class (track, "thick");
  jumin_put (card, track);
  return card;
}

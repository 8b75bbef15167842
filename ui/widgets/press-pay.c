/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a payment: a bill to tick, a way to pay. */
#include <string.h>

#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press-looks.h"

/* One line where there is room for no more. */
static gboolean
is_low (const JuminShape *shape)
{
  return shape->wide || shape->reach || shape->elder || shape->bare;
}

/* Where there is no room for the chip beside the title, it stands below the amount. */
static gboolean
is_narrow (const JuminShape *shape)
{
  return shape->small || (shape->elder && (shape->english || shape->wide));
}

static GtkWidget *
bill_line (const JuminPressContent *content)
{
  g_autoptr (GString) text = g_string_new (jumin_press_second_line (content));

  const char *end = strchr (text->str, '\n');

  if (end != NULL && (content->shape->wide || content->shape->bare))
    g_string_truncate (text, (gsize)(end - text->str));
  else if (is_low (content->shape))
    g_string_replace (text, "\n", " · ", 0);
  return jumin_words (text->str, "soft tight");
}

static GtkWidget *
bill_words (const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  const JuminShape *shape = content->shape;
  GtkWidget *words = jumin_lines (""), *first = jumin_across ("s16");

  jumin_put (first, jumin_level (jumin_words (item->title, is_low (shape) ? "t-h3" : "t-h2")));
  if (!is_narrow (shape))
    jumin_put (first, jumin_chip (item->note, item->note_tone, NULL));
  jumin_put (words, first);
  jumin_put (words, bill_line (content));
  return words;
}

static GtkWidget *
bill_amount (const JuminPressContent *content)
{
  const JuminItem *item = content->item;
  const JuminShape *shape = content->shape;
  GtkWidget *box = jumin_down (""), *label;
  GtkWidget *figure
      = jumin_figure (NULL, item->figure, shape->small && !shape->english ? NULL : item->unit,
                      is_low (shape) ? 0.8 : 0.6, "t-bill num");

  gtk_widget_set_halign (figure, GTK_ALIGN_END);
  jumin_put (box, jumin_unbroken (figure));
  if (is_narrow (shape))
    label = jumin_chip (item->note, item->note_tone, NULL);
  else
    label = shape->elder || shape->bare ? NULL : jumin_words (item->label, "soft tight");
  if (label != NULL)
    gtk_widget_set_halign (label, GTK_ALIGN_END);
  jumin_put (box, label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

GtkWidget *
jumin_press_build_bill (const JuminPressContent *content)
{
  const JuminShape *shape = content->shape;
  GtkWidget *row = jumin_across (shape->wide ? "s16" : "s24");

  if (!content->off)
    jumin_put (row, jumin_press_check (content->chosen, "check"));
  if (!shape->elder && !shape->small)
    jumin_put (row, jumin_press_plate (content, is_low (shape) ? "s" : ""));
  jumin_put (row, bill_words (content));
  jumin_put (row, bill_amount (content));
  return row;
}

static GtkWidget *
method_check (const JuminPressContent *content)
{
  const JuminShape *shape = content->shape;
  gboolean on = g_strcmp0 (content->item->state, "on") == 0;

  /* An empty mark says less than its words need. */
  return content->off || (!on && (shape->elder || shape->small))
             ? NULL
             : jumin_press_check (on, "check round");
}

static GtkWidget *
method_icon (const JuminPressContent *content)
{
  return jumin_icon (content->item->icon, content->off ? "i-method" : "i-method accent");
}

static GtkWidget *
method_words (const JuminPressContent *content, gboolean low)
{
  GtkWidget *words = jumin_lines ("");

  jumin_put (words, jumin_words (content->item->title, content->shape->elder ? "b" : "t-h3"));
  if (!low || content->off)
    jumin_put (words, jumin_words (jumin_press_second_line (content), "soft tight"));
  return words;
}

/* Its icon, and whether it is the one, above its words; beside them where there is no room. */
GtkWidget *
jumin_press_build_method (const JuminPressContent *content)
{
  const JuminShape *shape = content->shape;
  GtkWidget *tile, *top = jumin_across ("s12");

  if (is_low (shape))
    {
      if (!shape->elder && !shape->small)
        jumin_put (top, method_icon (content));
      jumin_put (top, method_words (content, TRUE));
      jumin_put (top, method_check (content));
      return top;
    }
  tile = jumin_down ("s8");
  jumin_put (top, method_icon (content));
  jumin_put (top, jumin_expand (jumin_across ("")));
  jumin_put (top, method_check (content));
  jumin_put (tile, top);
  jumin_put (tile, method_words (content, FALSE));
  return tile;
}

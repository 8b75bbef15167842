/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of bills and payments: a household and what it used, the code of an order, what became of
 * it, and what is being done while nobody knows. */
#include "ui/widgets/block.h"
#include "ui/widgets/code.h"
#include "ui/widgets/countdown.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/small-bars.h"
#include "ui/widgets/ticking.h"

enum
{
  CODE_UNITS = 540,
  CODE_WIDE_UNITS = 350,
  CODE_ELDER_UNITS = 380,
  CODE_LOW_UNITS = 290,
  CODE_LEAST_UNITS = 240,
  CODE_REFERENCE_UNITS = 124,
  RING_UNITS = 92,
  RING_ELDER_UNITS = 128,
  RING_LINE_UNITS = 9
};

static const char *const look_key = "jumin-order-look";

static gboolean
has_tone (const JuminItem *item, const char *tone)
{
  return g_strcmp0 (item->tone, tone) == 0;
}

/* ---- a household ----------------------------------------------------------------------------- */

static GtkWidget *
usage_cell (const JuminBlock *block, guint index, const JuminShape *shape)
{
  const JuminItem *item = jumin_block_get (block, index);
  GtkWidget *cell = jumin_across ("s12 usage"), *words = jumin_lines ("");

  jumin_put (words, jumin_words (item->title, "b tight"));
  jumin_put (words, jumin_words (item->text, "soft tight"));
  jumin_put (cell, words);
  jumin_put (cell, jumin_small_bars_new (block->items, index + 1, shape));
  return cell;
}

static GtkWidget *
usages (const JuminBlock *block, const JuminShape *shape)
{
  GtkWidget *box = jumin_across ("usages");

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < block->items->len; i++)
    if (!has_tone (jumin_block_get (block, i), "bar"))
      jumin_put (box, usage_cell (block, i, shape));
  return box;
}

/* Large words leave room for whose bills these are. */
GtkWidget *
jumin_look_household (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_down ("card household"), *head = jumin_across ("s16"),
            *words = jumin_lines ("");
  gboolean below = shape->small || shape->elder;

  jumin_put (head, jumin_icon (block->icon, "i-44 accent"));
  jumin_put (words, jumin_level (jumin_words (block->title, shape->elder ? "b" : "t-h3")));
  if (below && !shape->bare)
    jumin_put (words, jumin_words (block->note, "soft tight"));
  jumin_put (head, words);
  if (!below)
    jumin_put (head, jumin_level (jumin_words (block->note, "soft")));
  jumin_put (card, head);
  if (shape->elder || shape->small || (shape->bare && shape->wide) || block->items->len == 0)
    return card;
  jumin_put (card, jumin_rule ());
  jumin_put (card, jumin_tall (usages (block, shape)));
  return card;
}

/* ---- an order -------------------------------------------------------------------------------- */

static double
code_units (const JuminShape *shape)
{
  if (shape->small && shape->elder)
    return CODE_LEAST_UNITS;
  if (shape->small || (shape->wide && (shape->elder || shape->reach)))
    return CODE_LOW_UNITS;
  if (shape->wide || shape->reach)
    return CODE_WIDE_UNITS;
  return shape->elder ? CODE_ELDER_UNITS : CODE_UNITS;
}

/* The code, or why there is none. */
static GtkWidget *
code_frame (const JuminItem *item, const JuminShape *shape)
{
  GtkWidget *frame = jumin_across ("code-frame"), *code, *words;
  int size = jumin_shape_px (shape, code_units (shape));

  code = jumin_code_new (shape, item->value, code_units (shape));
  if (code == NULL)
    {
      code = jumin_middle (jumin_down ("s12"));
      jumin_put (code, jumin_middle (jumin_icon ("hour", "i-paper accent")));
      words = jumin_words (item->text, "b");
      gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
      jumin_put (code, jumin_middle (words));
      gtk_widget_set_hexpand (code, TRUE);
      gtk_widget_set_size_request (frame, size, size);
    }
  else
    gtk_accessible_update_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    jumin_has (item->title) ? item->title : "", -1);
  jumin_put (frame, code);
  gtk_widget_set_hexpand (frame, FALSE);
  gtk_widget_set_valign (frame, GTK_ALIGN_CENTER);
  return frame;
}

static GtkWidget *
new_mark (const char *classes, GtkWidget *inside)
{
  GtkWidget *step = jumin_across (classes);

  jumin_put (step, jumin_framed ("step-dot", jumin_middle (inside)));
  return step;
}

/* @number: 0: it is the only one that is told */
static GtkWidget *
step_line (const JuminItem *item, guint number)
{
  GtkWidget *line = jumin_across ("s16"), *words = jumin_lines ("");
  g_autofree char *text = g_strdup_printf ("%u", number);

  if (number > 0)
    jumin_put (line, new_mark ("step now", jumin_words (text, "")));
  jumin_put (words, jumin_words (item->title, "tight"));
  jumin_put (words, jumin_words (item->text, "b tight"));
  jumin_put (line, words);
  return line;
}

/* The ring is full when the code is first seen. */
static GtkWidget *
order_ring (const JuminBlock *block, const JuminItem *code, const JuminShape *shape)
{
  GtkWidget *line = jumin_across ("s16"), *words = jumin_lines ("");
  GtkWidget *ring
      = jumin_countdown_new (shape->elder ? RING_ELDER_UNITS : RING_UNITS, RING_LINE_UNITS);
  gint64 left = MAX (1, code->until - g_get_monotonic_time ());

  jumin_countdown_show_minutes (JUMIN_COUNTDOWN (ring));
  jumin_put (line, ring);
  jumin_countdown_set (JUMIN_COUNTDOWN (ring), shape, code->until, left, block->title);
  jumin_put (words, jumin_words (block->title, "b tight"));
  if (!shape->elder)
    jumin_put (words, jumin_words (block->text, "soft tight"));
  jumin_put (line, words);
  return line;
}

/* All that an order is drawn from. */
static char *
describe_order (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GString *text = g_string_new (block->title);

  g_string_append_printf (text, " %g %d%d%d%d%d%d", shape->unit, shape->wide, shape->small,
                          shape->elder, shape->contrast, shape->reach, shape->bare);
  for (guint i = 0; i < block->items->len; i++)
    g_string_append_printf (text, " %s/%s/%s/%" G_GINT64_FORMAT, jumin_block_get (block, i)->title,
                            jumin_block_get (block, i)->text, jumin_block_get (block, i)->value,
                            jumin_block_get (block, i)->until);
  return g_string_free (text, FALSE);
}

GtkWidget *
jumin_look_order (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_across ("card order"), *side = jumin_lines ("s20");
  gboolean told = shape->elder || shape->small;
  guint count = block->items->len;

  if (count == 0)
    return card;
  jumin_put (card, code_frame (jumin_block_get (block, 0), shape));
  /* Where there is little room: whom the money goes to. */
  for (guint i = told ? count - 1 : 1; i < count; i++)
    jumin_put (side, step_line (jumin_block_get (block, i), told ? 0 : i));
  if (jumin_block_get (block, 0)->until != 0)
    {
      jumin_put (side, jumin_rule ());
      jumin_put (side, order_ring (block, jumin_block_get (block, 0), shape));
    }
  jumin_put (card, side);
  g_object_set_data_full (G_OBJECT (card), look_key, describe_order (block, context), g_free);
  return card;
}

gboolean
jumin_keep_order (GtkWidget *look, const JuminBlock *block, const JuminBlockContext *context)
{
  g_autofree char *description = describe_order (block, context);

  return g_strcmp0 (g_object_get_data (G_OBJECT (look), look_key), description) == 0;
}

/* ---- a result -------------------------------------------------------------------------------- */

static GtkWidget *
result_line (const JuminItem *item, const JuminShape *shape)
{
  gboolean stacked = shape->elder && (shape->small || shape->english);
  GtkWidget *line = stacked ? jumin_down ("result-line") : jumin_across ("s16 result-line"),
            *figure;

  jumin_put (line, jumin_expand (jumin_level (jumin_words (item->label, "soft tight"))));
  jumin_put (line, jumin_chip (item->note, item->note_tone, NULL));
  figure = jumin_unbroken (jumin_words (item->figure, "b num tight"));
  jumin_put (line, jumin_level (figure));
  return line;
}

/**
 * jumin_look_verdict:
 * @title: of the view
 *
 * Returns: what became of a payment: a mark, the title, the amount
 */
GtkWidget *
jumin_look_verdict (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean wait = g_strcmp0 (block->tone, "wait") == 0, low = shape->elder || shape->reach;
  GtkWidget *box = low ? jumin_across ("s24 verdict") : jumin_down ("s8 verdict"), *mark, *words;
  float align = low || shape->wide ? 0 : 0.5F;

  mark = jumin_plate (block->icon, wait ? "pending" : "done",
                      low || shape->bare ? "round" : "round l");
  gtk_widget_set_halign (mark, low || shape->wide ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  jumin_put (box, mark);
  words = jumin_lines ("");
  jumin_put_words (words, jumin_words (context->view->title, shape->elder ? "t-h2" : "t-h1"),
                   align > 0);
  jumin_put_words (words,
                   jumin_figure (NULL, jumin_block_get (block, 0)->figure,
                                 jumin_block_get (block, 0)->unit, shape->elder ? 0.86 : 0.42,
                                 shape->elder ? "t-sum num" : "t-paid num"),
                   align > 0);
  jumin_put (box, words);
  return box;
}

/* What a small screen leaves to the slip. */
static gboolean
is_detail (const JuminItem *item)
{
  return g_strcmp0 (item->id, "way") == 0 || g_strcmp0 (item->id, "time") == 0;
}

GtkWidget *
jumin_look_result (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_down ("card result");

  if (block->items->len == 0)
    return card;
  if (!shape->wide)
    jumin_put (card, jumin_look_verdict (block, context));
  for (guint i = 1; i < block->items->len; i++)
    {
      if (shape->small && is_detail (jumin_block_get (block, i)))
        continue;
      if (i > 1 || !shape->wide)
        jumin_put (card, jumin_rule ());
      jumin_put (card, jumin_tall (result_line (jumin_block_get (block, i), shape)));
    }
  return card;
}

/* ---- while nobody knows ---------------------------------------------------------------------- */

static GtkWidget *
assurance_cell (const JuminItem *item, const JuminShape *shape)
{
  GtkWidget *cell = jumin_across ("s16"), *words = jumin_lines ("");

  jumin_put (cell, jumin_icon (item->icon, "i-assurance warn-t"));
  jumin_put (words, jumin_words (item->title, shape->elder ? "b tight" : "t-h3"));
  if (!shape->elder && !shape->bare)
    jumin_put (words, jumin_words (item->text, "tight"));
  jumin_put (cell, words);
  return cell;
}

/**
 * jumin_look_assurances:
 *
 * Returns: what is safe
 */
GtkWidget *
jumin_look_assurances (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  gboolean down = shape->wide || (shape->elder && shape->english);
  GtkWidget *cells = down ? jumin_down ("s12") : jumin_across ("s20");

  gtk_box_set_homogeneous (GTK_BOX (cells), !down);
  for (guint i = 0; i < block->items->len; i++)
    jumin_put (cells, jumin_expand (assurance_cell (jumin_block_get (block, i), shape)));
  return cells;
}

/* On a wide screen; else the head shows it. */
GtkWidget *
jumin_look_assurance (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card warn assurance");

  jumin_put (card, jumin_look_assurances (block, context));
  return card;
}

static GtkWidget *
stage_mark (const JuminItem *item, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  if (g_strcmp0 (item->state, "done") == 0)
    return new_mark ("step done", jumin_icon ("check", "i-step"));
  if (g_strcmp0 (item->state, "now") == 0)
    return new_mark ("step asking", jumin_icon ("hour", "i-step"));
  return new_mark ("step", jumin_words (text, ""));
}

static GtkWidget *
stage (const JuminBlock *block, guint index, const JuminShape *shape)
{
  const JuminItem *item = jumin_block_get (block, index);
  gboolean last = index + 1 == block->items->len, done = g_strcmp0 (item->state, "done") == 0;
  GtkWidget *line = jumin_across ("s20"), *rail = jumin_down ("s4"), *words = jumin_down (""),
            *link = jumin_down (done ? "rail done" : "rail");

  jumin_put (rail, stage_mark (item, index + 1));
  gtk_widget_set_halign (link, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (link, TRUE);
  if (!last)
    jumin_put (rail, link);
  jumin_put (line, rail);
  jumin_put (words, jumin_words (item->title, shape->elder ? "b tight" : "t-h3"));
  if (item->until != 0)
    jumin_put (words, jumin_ticking_new (item->text, item->until, "soft tight"));
  else if (!shape->elder || last)
    jumin_put (words, jumin_words (item->text, "soft tight"));
  if (!last)
    gtk_widget_add_css_class (words, "stage-words");
  jumin_put (line, jumin_expand (words));
  return last ? line : jumin_tall (line);
}

GtkWidget *
jumin_look_timeline (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_down ("card timeline");
  gboolean short_of_room = shape->bare || (shape->elder && shape->wide);

  for (guint i = 0; i < block->items->len; i++)
    if (!short_of_room || g_strcmp0 (jumin_block_get (block, i)->state, "done") != 0)
      jumin_put (card, stage (block, i, shape));
  return card;
}

/* A number to ask with, and a code that leads to the same. */
GtkWidget *
jumin_look_reference (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const JuminItem *item = jumin_block_get (block, 0);
  GtkWidget *card = jumin_across ("card s24 reference"), *words = jumin_lines (""), *code, *note;

  if (item == NULL)
    return card;
  jumin_put (words, jumin_words (block->title, "soft tight"));
  jumin_put (words, jumin_words (item->figure,
                                 shape->elder || shape->wide ? "t-h3 num" : "t-reference num"));
  jumin_put (card, words);
  code = shape->bare ? NULL : jumin_code_new (shape, item->value, CODE_REFERENCE_UNITS);
  if (code == NULL)
    return card;
  jumin_put (card, code);
  note = shape->elder || shape->wide ? NULL : jumin_words (item->text, "soft tight");
  gtk_accessible_update_property (GTK_ACCESSIBLE (code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jumin_has (item->text) ? item->text : "", -1);
  jumin_put (card, note);
  return card;
}

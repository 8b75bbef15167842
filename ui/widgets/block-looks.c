/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks that inform in words and figures. */
#include "ui/widgets/block.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"

enum
{
  ELDER_FACTS_MAX = 2,
  FEW_CALLS_MAX = 2,
  FEW_KEYS_MAX = 2 /* so few leave room for the whole board of calls below them */
};

static GtkWidget *
centre (GtkWidget *widget)
{
  if (widget != NULL)
    gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  return widget;
}

/* A figure with its name above it; for elderly people beside it. */
static GtkWidget *
fact (const JuminItem *item, const JuminShape *shape)
{
  GtkWidget *box = jumin_lines (""), *label;

  if (shape->elder)
    {
      label = jumin_figure (item->label, item->figure, item->unit, 0.7, "t-num num");
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
      jumin_put (box, centre (label));
      return box;
    }
  jumin_put (box, centre (jumin_words (item->label, "soft")));
  jumin_put (box, centre (jumin_figure (NULL, item->figure, item->unit, shape->small ? 0.52 : 0.42,
                                        "t-num num")));
  return box;
}

static GtkWidget *
facts_row (const JuminBlock *block, guint from, const JuminShape *shape)
{
  /* Where large words do not fit side by side: on the ticket, and English ones on a small panel. */
  gboolean ticket = from > 0;
  gboolean stacked
      = shape->elder && ((shape->english && (ticket || shape->small)) || (ticket && shape->small));
  GtkWidget *row = stacked ? jumin_down ("facts") : jumin_across ("facts");
  guint count = shape->elder ? MIN (block->items->len, from + ELDER_FACTS_MAX) : block->items->len;

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (guint i = from; i < count; i++)
    {
      GtkWidget *cell = jumin_across (stacked ? "" : "fact");

      jumin_put (cell, fact (jumin_block_get (block, i), shape));
      jumin_put (row, cell);
    }
  return row;
}

GtkWidget *
jumin_look_facts (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card facts-card"), *note;

  jumin_put (card, facts_row (block, 0, context->shape));
  note = context->shape->bare ? NULL : centre (jumin_words (block->note, "soft"));
  jumin_put (card, note);
  return card;
}

/* The ticket: its number, and what it means below. */
GtkWidget *
jumin_look_number (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card number"), *head = centre (jumin_across ("s16")), *number;
  const JuminItem *item = jumin_block_get (block, 0);
  gboolean low = context->shape->wide || (context->shape->reach && context->shape->elder);

  if (!context->shape->bare || !context->shape->elder)
    jumin_put (head, jumin_level (jumin_words (block->title, "t-h2")));
  if (!context->shape->bare)
    jumin_put (head, jumin_chip (block->note, block->note_tone, NULL));
  jumin_put (card, head);
  number = item != NULL ? jumin_words (item->figure, low ? "t-ticket low" : "t-ticket") : NULL;
  jumin_put (card, centre (jumin_unbroken (number)));
  if (block->items->len > 1)
    jumin_put (card, facts_row (block, 1, context->shape));
  if (jumin_has (block->text) && !context->shape->elder && !context->shape->bare)
    jumin_put (card, centre (jumin_words (block->text, "soft")));
  return card;
}

/* Where to go: the narrow column has a small icon, and the counters on a line of their own. */
GtkWidget *
jumin_look_place (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const char *family = jumin_has (block->tone) ? block->tone : "bill";
  const char *large = shape->small || (shape->elder && shape->wide) ? "t-h3" : "t-h2";
  gboolean narrow = shape->wide && !shape->roomy;
  GtkWidget *card = jumin_across (narrow ? "card s20 place" : "card s28 place"),
            *words = jumin_lines ("");

  if (!shape->elder || !shape->english)
    jumin_put (card, narrow ? jumin_icon (block->icon, "i-44 accent")
                            : jumin_plate (block->icon, family, ""));
  jumin_put (words,
             narrow ? jumin_words_broken (block->title, large) : jumin_words (block->title, large));
  if (!shape->bare)
    jumin_put (words, jumin_source_words (block->text, shape));
  jumin_put (card, words);
  return card;
}

static GtkWidget *
paper_line (const JuminItem *item)
{
  GtkWidget *line = jumin_across ("s16 paper-line"), *words = jumin_lines ("");
  gboolean fail = g_strcmp0 (item->tone, "fail") == 0;

  jumin_put (line, jumin_icon (fail ? "cross" : "check", fail ? "i-44 warn-t" : "i-44 accent"));
  jumin_put (words, jumin_words (item->title, "t-paper"));
  jumin_put (line, words);
  jumin_put (line, jumin_chip (item->note, item->note_tone, NULL));
  return line;
}

GtkWidget *
jumin_look_papers (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card s8");

  gtk_widget_set_vexpand (card, TRUE);
  jumin_put (card, jumin_words (block->title, "t-h2"));
  for (guint i = 0; i < block->items->len; i++)
    {
      if (i > 0)
        jumin_put (card, jumin_rule ());
      jumin_put (card, jumin_tall (paper_line (jumin_block_get (block, i))));
    }
  return card;
}

static GtkWidget *
call_line (const JuminItem *item)
{
  GtkWidget *line = jumin_across ("s20 call-line");

  jumin_put (line, jumin_expand (jumin_level (jumin_words (item->figure, "t-h1 num call"))));
  jumin_put (line, jumin_level (jumin_words (item->text, "t-h2")));
  jumin_put (line, jumin_chip (item->note, item->note_tone, NULL));
  return line;
}

/* A number and where it is called to, or that below it. */
static GtkWidget *
call_pair (const JuminItem *item, gboolean below)
{
  GtkWidget *pair = centre (below ? jumin_down ("") : jumin_across ("s16"));

  jumin_put (pair,
             centre (jumin_level (jumin_words (item->figure, below ? "t-h1 num" : "t-h2 num"))));
  jumin_put (pair, centre (jumin_level (jumin_words (item->text, ""))));
  return jumin_expand (pair);
}

static guint
count_calls (const JuminBlock *block, const JuminShape *shape)
{
  return shape->elder || shape->small ? MIN (block->items->len, FEW_CALLS_MAX) : block->items->len;
}

/* The state of the hall, and one line of calls: in one card, or below it on a wide screen. */
static GtkWidget *
calls_strip (const JuminBlock *block, const JuminShape *shape, gboolean ways)
{
  GtkWidget *box = jumin_down (shape->wide ? "s16" : "s20 card bare board");
  GtkWidget *head = jumin_across ("s16"), *strip;
  gboolean below = !shape->wide || (ways && !shape->elder && !shape->small);
  guint count = count_calls (block, shape);

  strip = jumin_across (shape->wide ? "card strip" : "");
  gtk_box_set_homogeneous (GTK_BOX (strip), TRUE);
  jumin_put (head, jumin_level (jumin_words (block->title, below && ways ? "t-h2" : "t-h3")));
  jumin_put (head, jumin_chip (block->note, block->note_tone, NULL));
  jumin_put (head, jumin_level (jumin_words (block->text, "soft")));
  jumin_put (box, head);
  for (guint i = 0; i < count; i++)
    {
      GtkWidget *cell = jumin_across ("fact");

      jumin_put (cell, call_pair (jumin_block_get (block, i), below));
      jumin_put (strip, cell);
    }
  jumin_put (box, strip);
  return box;
}

/**
 * jumin_calls_on_hero:
 *
 * Returns: whether calls are a low card on the hero: where nobody is asked for a card any more, and
 *   the page is full of keys
 */
gboolean
jumin_calls_on_hero (const JuminView *view, const JuminShape *shape)
{
  guint keys = 0;

  if (g_strcmp0 (view->kind, "home") != 0 || shape->wide || shape->reach
      || jumin_view_find (view, "ways") != NULL)
    return FALSE;
  for (guint i = 0; i < view->blocks->len; i++)
    {
      const JuminBlock *block = g_ptr_array_index (view->blocks, i);

      if (jumin_block_is_pressable (block))
        keys += block->items->len;
    }
  return keys > FEW_KEYS_MAX;
}

/* Where there is no room for a line a call. */
static gboolean
are_calls_low (const JuminView *view, const JuminShape *shape)
{
  gboolean home = g_strcmp0 (view->kind, "home") == 0;
  gboolean services = g_strcmp0 (view->kind, "services") == 0;

  if (shape->wide)
    return home || services || shape->elder;
  if (services)
    return !shape->reach && !shape->elder;
  return jumin_calls_on_hero (view, shape)
         || (home && shape->reach && jumin_view_find (view, "ways") != NULL);
}

GtkWidget *
jumin_look_calls (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card, *head;

  if (are_calls_low (context->view, shape))
    return calls_strip (block, shape, jumin_view_find (context->view, "ways") != NULL);
  card = jumin_down ("card calls");
  head = jumin_across ("s16");
  jumin_put (head, jumin_expand (jumin_level (jumin_words (block->title, "t-h3"))));
  jumin_put (head, jumin_chip (block->note, block->note_tone, NULL));
  jumin_put (card, head);
  jumin_put (card, jumin_words (block->text, "soft"));
  for (guint i = 0; i < count_calls (block, shape); i++)
    {
      if (i > 0)
        jumin_put (card, jumin_rule ());
      jumin_put (card, call_line (jumin_block_get (block, i)));
    }
  return card;
}

GtkWidget *
jumin_look_banner (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *banner = jumin_across ("banner s16"), *words = jumin_lines ("");

  if (jumin_has (block->tone))
    gtk_widget_add_css_class (banner, block->tone);
  jumin_put (banner, jumin_icon (block->icon, "i-44 banner-icon"));
  jumin_put (words, jumin_words (block->title, "b"));
  jumin_put (words, jumin_words (block->text, "tight"));
  jumin_put (banner, words);
  return banner;
}

GtkWidget *
jumin_look_note (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *note = jumin_across ("s16 note"), *words = jumin_lines ("");

  if (jumin_has (block->tone))
    gtk_widget_add_css_class (note, block->tone);
  if (!context->shape->elder || !context->shape->small)
    jumin_put (note, jumin_icon (block->icon, "i-44 accent"));
  jumin_put (words, jumin_words (block->title, "b"));
  jumin_put (words, jumin_words (block->text, "soft tight"));
  for (guint i = 0; i < block->items->len; i++)
    jumin_put (words, jumin_words (jumin_block_get (block, i)->text, "soft tight"));
  jumin_put (note, words);
  return note;
}

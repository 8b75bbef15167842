/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of a record: a headline, a chart, cards that stand beside each other, and the rows of a
 * ledger. */
#include "ui/widgets/block.h"
#include "ui/widgets/chart.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/ring.h"

/* A figure never breaks; words may. */
static GtkWidget *
value (const JuminItem *item, const char *classes)
{
  g_autofree char *text = jumin_figure_words (item->figure, item->unit);

  return jumin_words (text, classes);
}

/* What a screen reader says of a card that is drawn. */
static char *
spoken (const JuminBlock *block)
{
  g_autoptr (GString) words = g_string_new (block->title);

  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = jumin_block_get (block, i);

      g_autofree char *figure = jumin_figure_words (item->figure, item->unit);

      g_string_append_printf (words, "，%s %s", jumin_has (item->label) ? item->label : "", figure);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- headline -------------------------------------------------------------------------------- */

static GtkWidget *
headline_fact (const JuminItem *item, gboolean across)
{
  GtkWidget *box = across ? jumin_across ("s16") : jumin_down ("");

  gtk_widget_set_valign (box, GTK_ALIGN_START);
  jumin_put (box, jumin_level (jumin_words (item->label, "soft")));
  jumin_put (box, jumin_level (value (item, "t-h3 num")));
  return jumin_expand (box);
}

static GtkWidget *
headline_facts (const JuminBlock *block, const JuminShape *shape)
{
  gboolean lines = shape->wide || shape->elder;
  GtkWidget *box = lines ? jumin_down ("headline-facts") : jumin_across ("s16 headline-facts");

  for (guint i = 1; i < block->items->len; i++)
    jumin_put (box, headline_fact (jumin_block_get (block, i), lines));
  return box;
}

/* In a narrow room, when it was so stands on a line of its own. */
GtkWidget *
jumin_source_words (const char *text, const JuminShape *shape)
{
  g_autoptr (GString) lines = g_string_new (text);

  if (shape->elder ? !shape->wide || shape->small : shape->wide)
    g_string_replace (lines, " · ", "\n", 1);
  return jumin_words (lines->str, "soft source");
}

/* In large letters the figure alone: what stands below it is on the record's own page. */
GtkWidget *
jumin_look_headline (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  GtkWidget *card = jumin_down ("card deep"), *head = jumin_across ("s16"), *figure;

  if (block->items->len == 0)
    return card;
  if (!shape->bare)
    jumin_put (card, jumin_words (block->title, "t-h3"));
  jumin_put (head,
             jumin_expand (jumin_level (jumin_words (jumin_block_get (block, 0)->label, "soft"))));
  jumin_put (head, jumin_chip (block->note, block->note_tone, block->icon));
  jumin_put (card, head);
  figure = value (jumin_block_get (block, 0),
                  jumin_has (jumin_block_get (block, 0)->unit) ? "t-h1 num" : "t-headline num");
  jumin_put (card, figure);
  if (!shape->elder && !(shape->wide && shape->bare && (shape->english || shape->small)))
    jumin_put (card, headline_facts (block, shape));
  if (!shape->bare || !shape->small || !(shape->elder || shape->english))
    jumin_put (card, jumin_source_words (block->text, shape));
  return card;
}

/* ---- chart ----------------------------------------------------------------------------------- */

static GtkWidget *
legend (const JuminItem *item)
{
  GtkWidget *line = jumin_across ("s8"), *patch = jumin_across ("patch");

  jumin_add_classes (patch, item->tone);
  gtk_widget_set_valign (patch, GTK_ALIGN_CENTER);
  jumin_put (line, patch);
  jumin_put (line, jumin_words (item->title, ""));
  return line;
}

GtkWidget *
jumin_look_series (const JuminBlock *block, const JuminBlockContext *context)
{
  GtkWidget *card = jumin_down ("card series"), *head = jumin_across ("s20");

  jumin_put (head, jumin_expand (jumin_level (jumin_words (block->title, "t-h3"))));
  for (guint i = 0; i < block->items->len; i++)
    if (jumin_chart_is_legend (jumin_block_get (block, i)))
      jumin_put (head, jumin_level (legend (jumin_block_get (block, i))));
  jumin_put (card, head);
  jumin_put (card, jumin_tall (jumin_chart_new (block, context->shape)));
  jumin_put (card, jumin_words (block->text, "soft source"));
  return card;
}

/* ---- cards beside each other ----------------------------------------------------------------- */

static void
strike (GtkWidget *words)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (words), attributes);
}

static GtkWidget *
line_amount (const JuminItem *item)
{
  gboolean good = g_strcmp0 (item->tone, "good") == 0;
  GtkWidget *amount = value (item, good ? "b num accent" : "b num");

  if (amount != NULL && g_strcmp0 (item->state, "reversed") == 0)
    strike (amount);
  return jumin_unbroken (amount);
}

static GtkWidget *
line_row (const JuminItem *item)
{
  GtkWidget *row = jumin_across ("s16 line-row");

  jumin_put (row, jumin_level (jumin_unbroken (jumin_words (item->label, "soft num date"))));
  jumin_put (row, jumin_expand (jumin_level (
                      jumin_words (jumin_has (item->note) ? item->note : item->title, "tight"))));
  jumin_put (row, jumin_level (line_amount (item)));
  return row;
}

static GtkWidget *
lines_card (const JuminBlock *block, const JuminShape *shape)
{
  GtkWidget *card = jumin_down ("card lines");

  jumin_put (card, jumin_words (block->title, "t-h3"));
  for (guint i = 0; i < block->items->len; i++)
    {
      if (i > 0)
        jumin_put (card, jumin_rule ());
      jumin_put (card, jumin_tall (line_row (jumin_block_get (block, i))));
    }
  jumin_put (card, jumin_words (block->text, "soft source"));
  return card;
}

static GtkWidget *
figures_card (const JuminBlock *block, const JuminShape *shape)
{
  GtkWidget *card = jumin_down ("card lines");

  jumin_put (card, jumin_words (block->title, "t-h3"));
  for (guint i = 0; i < block->items->len; i++)
    {
      GtkWidget *fact = jumin_down ("");

      jumin_put (fact, jumin_words (jumin_block_get (block, i)->label, "soft"));
      jumin_put (fact, value (jumin_block_get (block, i), "b num"));
      jumin_put (card, jumin_tall (fact));
    }
  jumin_put (card, jumin_words (block->text, "soft source"));
  return card;
}

static GtkWidget *
ring_card (const JuminBlock *block, const JuminShape *shape)
{
  GtkWidget *card = jumin_across ("card s20 ring-card"), *words = jumin_lines (""), *head;
  g_autofree char *name = spoken (block);

  jumin_put (card, jumin_ring_new (jumin_block_get (block, 0), shape, name));
  head = jumin_across ("s12");
  jumin_put (head, jumin_level (jumin_words (block->title, "t-h3")));
  jumin_put (words, head);
  if (!shape->bare || !shape->english)
    jumin_put (shape->english ? words : head, jumin_chip (block->note, block->note_tone, NULL));
  for (guint i = 1; i < block->items->len; i++)
    {
      const JuminItem *item = jumin_block_get (block, i);
      GtkWidget *fact = jumin_has (item->unit) || (shape->english && !shape->wide)
                            ? jumin_down ("")
                            : jumin_across ("s12");

      jumin_put (fact, jumin_level (jumin_words (item->label, "soft tight")));
      jumin_put (fact, jumin_level (value (item, "b num tight")));
      jumin_put (words, fact);
    }
  jumin_put (words, jumin_source_words (block->text, shape));
  jumin_put (card, words);
  return card;
}

static const struct
{
  const char *kind;
  GtkWidget *(*build) (const JuminBlock *block, const JuminShape *shape);
} cards[] = {
  { "lines", lines_card },
  { "ring", ring_card },
  { "figures", figures_card },
};

static int
find_card (const JuminBlock *block)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_strcmp0 (cards[i].kind, block->kind) == 0)
      return (int)i;
  return -1;
}

/* How many cards stand in a row right before block @index of the view. */
static guint
count_before (const JuminView *view, guint index)
{
  guint count = 0;

  while (index > 0 && find_card (g_ptr_array_index (view->blocks, index - 1)) >= 0)
    {
      index--;
      count++;
    }
  return count;
}

static gboolean
are_paired (const JuminShape *shape)
{
  return !shape->elder && !(shape->english && shape->small);
}

/**
 * jumin_card_is_paired:
 *
 * Returns: whether @block is drawn with the card before it, and has no place of its own
 */
gboolean
jumin_card_is_paired (const JuminBlock *block, const JuminBlockContext *context)
{
  guint index;

  return find_card (block) >= 0 && are_paired (context->shape)
         && g_ptr_array_find (context->view->blocks, block, &index)
         && count_before (context->view, index) % 2 == 1;
}

GtkWidget *
jumin_look_card (const JuminBlock *block, const JuminBlockContext *context)
{
  const GPtrArray *blocks = context->view->blocks;
  const JuminBlock *next = NULL;
  GtkWidget *row;
  guint index;

  if (g_ptr_array_find ((GPtrArray *)blocks, block, &index) && index + 1 < blocks->len)
    next = g_ptr_array_index (blocks, index + 1);
  if (next == NULL || !jumin_card_is_paired (next, context))
    return cards[find_card (block)].build (block, context->shape);
  row = jumin_across ("s20");
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  jumin_put (row, jumin_expand (cards[find_card (block)].build (block, context->shape)));
  jumin_put (row, jumin_expand (cards[find_card (next)].build (next, context->shape)));
  return row;
}

/* ---- ledger ---------------------------------------------------------------------------------- */

/* A heading, a figure with its name, or a line with its date. */
static GtkWidget *
ledger_row (const JuminItem *item, const JuminShape *shape)
{
  gboolean heading = g_strcmp0 (item->tone, "heading") == 0;
  GtkWidget *row = jumin_across (heading ? "s16 ledger-row ledger-heading" : "s16 ledger-row");
  GtkWidget *words = jumin_lines (""), *amount;

  jumin_put (row, jumin_level (jumin_unbroken (jumin_words (item->label, "soft num date"))));
  jumin_put (words, jumin_words (item->title, heading ? "t-h3" : ""));
  jumin_put (words, jumin_has (item->title) || !shape->elder
                        ? jumin_words (item->text, "soft tight")
                        : jumin_source_words (item->text, shape));
  jumin_put (row, words);
  jumin_put (row, jumin_chip (item->note, item->note_tone, NULL));
  amount = line_amount (item);
  if (amount != NULL)
    {
      /* Words of the platform may be long; they break, an amount does not. */
      gtk_label_set_wrap (GTK_LABEL (amount), !jumin_has (item->unit) && !jumin_has (item->label));
      gtk_label_set_xalign (GTK_LABEL (amount), 1);
      gtk_label_set_justify (GTK_LABEL (amount), GTK_JUSTIFY_RIGHT);
    }
  jumin_put (row, jumin_level (amount));
  return row;
}

/**
 * jumin_ledger_fill:
 * @block: of kind "ledger"
 *
 * What is only read is drawn anew. A heading never ends a page: it is one with the row below it.
 */
void
jumin_ledger_fill (JuminShelf *shelf, const JuminBlock *block, const JuminShape *shape)
{
  GtkWidget *rows = NULL;

  jumin_shelf_begin (shelf);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = jumin_block_get (block, i);
      gboolean heading = g_strcmp0 (item->tone, "heading") == 0;

      if (rows == NULL)
        rows = jumin_down ("");
      jumin_put (rows, ledger_row (item, shape));
      if (heading && i + 1 < block->items->len)
        continue;
      jumin_shelf_place (shelf, rows, item->id);
      rows = NULL;
    }
  jumin_shelf_end (shelf);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of bills to tick, and the sum of those that are. A row that begins another household has
 * its name above it, so that the two never come to stand on different pages. */
#include "ui/widgets/basket.h"

#include "model/bill.h"
#include "model/money.h"
#include "ui/widgets/level.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"

#define COUNT "{count}"

/**
 * jumin_basket_sums_aside:
 *
 * Returns: whether the sum of the basket stands in the left column, and not beside the primary
 *   action
 */
gboolean
jumin_basket_sums_aside (const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;

  return shape->wide && !shape->elder && !shape->small
         && jumin_view_find (context->view, "basket") != NULL;
}

static GtkWidget *
make_heading (const JuminItem *item, const JuminShape *shape)
{
  GtkWidget *line = jumin_across ("s12 basket-heading");

  jumin_put (line, jumin_icon (item->icon, "i-40 accent"));
  jumin_put (line, jumin_level (jumin_expand (jumin_words (item->title, "b"))));
  if (!shape->elder)
    jumin_put (line, jumin_level (jumin_words (item->text, "soft")));
  return line;
}

static GtkWidget *
find_row (JuminShelf *shelf, const char *id, JuminActor *actor)
{
  GtkWidget *row = jumin_shelf_find (shelf, id), *head, *press;

  if (row != NULL)
    return row;
  row = jumin_down ("");
  gtk_widget_set_can_target (row, TRUE);
  head = jumin_down ("");
  press = jumin_press_new (actor);
  gtk_widget_set_vexpand (press, TRUE);
  jumin_put (row, head);
  jumin_put (row, press);
  return row;
}

/* No more than fit into one payment. */
static void
draw_row (GtkWidget *row, const JuminBlock *block, const JuminItem *item, gboolean full,
          const JuminBlockContext *context)
{
  gboolean ticked = jumin_draft_has_tick (context->draft, block->id, item->id);
  gboolean bill = !jumin_has (item->act);
  JuminItem drawn = *item;

  if (bill && full && !ticked && g_strcmp0 (item->state, "off") != 0)
    {
      drawn.state = (char *)"off";
      drawn.reason = block->text;
    }
  jumin_press_set_block (JUMIN_PRESS (gtk_widget_get_last_child (row)), block->id, TRUE);
  jumin_press_set_item (JUMIN_PRESS (gtk_widget_get_last_child (row)), &drawn,
                        bill ? JUMIN_PRESS_BILL : JUMIN_PRESS_ROW, context->shape, ticked);
}

/**
 * jumin_basket_fill:
 * @block: of kind "basket"
 *
 * Places a row for each of its bills on @shelf.
 */
void
jumin_basket_fill (JuminShelf *shelf, const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminItem *heading = NULL;
  gint64 sum;
  gboolean full = jumin_draft_count_ticked (context->draft, block, &sum) >= (guint)JUMIN_BASKET_MAX;

  jumin_shelf_begin (shelf);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = block->items->pdata[i];
      GtkWidget *row, *head;

      if (g_strcmp0 (item->tone, "heading") == 0)
        {
          heading = item;
          continue;
        }
      row = find_row (shelf, item->id, context->actor);
      head = gtk_widget_get_first_child (row);
      jumin_clear (head);
      if (heading != NULL)
        jumin_put (head, make_heading (heading, context->shape));
      gtk_widget_set_visible (head, heading != NULL);
      heading = NULL;
      draw_row (row, block, item, full, context);
      jumin_shelf_place (shelf, row, item->id);
    }
  jumin_shelf_end (shelf);
}

/**
 * jumin_basket_fill_sum:
 * @box: is filled anew
 *
 * How many are ticked, and what they come to.
 */
void
jumin_basket_fill_sum (GtkWidget *box, const JuminBlock *block, const JuminBlockContext *context)
{
  gint64 sum;
  guint count = jumin_draft_count_ticked (context->draft, block, &sum);
  g_autofree char *number = g_strdup_printf ("%u", count), *figure = jumin_fen_format (sum);
  g_autoptr (GString) title = g_string_new (block->title);
  GtkWidget *amount;

  jumin_clear (box);
  g_string_replace (title, COUNT, number, 1);
  jumin_put (box, jumin_words (title->str, "soft tight"));
  amount
      = jumin_figure (NULL, figure, block->note, context->shape->elder ? 0.86 : 0.6, "t-sum num");
  jumin_put (box, jumin_unbroken (amount));
}

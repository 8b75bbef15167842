/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a page, below its content: one over the whole width, two with the primary one wider,
 * more in pairs. Where there is no row for it, how many are wanted stands before them; and what the
 * ticked bills come to. */
#include "ui/page-actions.h"

#include "ui/widgets/basket.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/stepper.h"

enum
{
  COLUMNS = 12,
  SECOND_COLUMNS = 5,
  GAP_UNITS = 20
};

/* While nothing is ticked it is off, and says so. */
static gboolean
is_basket_empty (const JuminBlockContext *context)
{
  const JuminBlock *basket = jumin_view_find (context->view, "basket");
  gint64 sum;

  return basket != NULL && jumin_draft_count_ticked (context->draft, basket, &sum) == 0;
}

static JuminItem *
primary_item (const JuminItem *action, const JuminBlockContext *context)
{
  JuminItem *item = jumin_item_new (action->id);
  gboolean ready = FALSE;
  const char *title = jumin_draft_get_primary (context->draft, context->view, &ready);
  gboolean empty = is_basket_empty (context);
  gboolean off = empty || g_strcmp0 (action->state, "off") == 0;

  if (empty)
    title = action->reason;
  /* What is off says why. */
  else if (off && !ready)
    title = NULL;

  item->act = g_strdup (action->act);
  item->value = g_strdup (action->value);
  item->icon = g_strdup (action->icon);
  item->title = g_strdup (title != NULL ? title : action->title);
  item->tone = g_strdup ("primary");
  item->state = g_strdup (off && !ready ? "off" : NULL);
  item->text = g_strdup (action->text);
  item->reason = g_strdup (action->reason);
  item->speech = g_strdup (title != NULL ? NULL : action->speech);
  return item;
}

static void
place_action (GtkWidget *grid, GtkWidget *press, guint index, guint count)
{
  gboolean last = index + 1 == count;
  int left = 0, row = 0, span = COLUMNS;

  if (count == 2)
    {
      left = index == 0 ? 0 : SECOND_COLUMNS;
      span = index == 0 ? SECOND_COLUMNS : COLUMNS - SECOND_COLUMNS;
    }
  else if (count > 2)
    {
      row = (int)index / 2;
      left = index % 2 == 0 ? 0 : COLUMNS / 2;
      span = last && index % 2 == 0 ? COLUMNS : COLUMNS / 2;
    }
  jumin_put_at (grid, press, left, row, span);
}

static void
update_stepper (GtkWidget *stepper, const JuminBlockContext *context)
{
  const JuminBlock *block = jumin_stepper_find_beside (context);

  gtk_widget_set_visible (stepper, block != NULL);
  if (block != NULL)
    jumin_stepper_update (stepper, block, context);
}

static void
update_sum (GtkWidget *sum, const JuminBlockContext *context)
{
  const JuminBlock *basket
      = jumin_basket_sums_aside (context) ? NULL : jumin_view_find (context->view, "basket");

  gtk_widget_set_visible (sum, basket != NULL);
  if (basket != NULL)
    jumin_basket_fill_sum (sum, basket, context);
}

/**
 * jumin_page_actions_new:
 *
 * Returns: (transfer floating): a box for the actions of a page
 */
GtkWidget *
jumin_page_actions_new (void)
{
  GtkWidget *box = jumin_across ("s16"), *grid = gtk_grid_new (), *sum = jumin_down ("sum");

  gtk_widget_set_can_target (box, TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_widget_set_hexpand (grid, TRUE);
  jumin_put (box, jumin_stepper_new ());
  gtk_widget_set_valign (sum, GTK_ALIGN_CENTER);
  jumin_put (box, sum);
  jumin_put (box, grid);
  return box;
}

/**
 * jumin_page_actions_update:
 * @box: of jumin_page_actions_new()
 *
 * Draws the actions of the view. The primary one is the last and the largest; a page of plain
 * actions has none.
 */
void
jumin_page_actions_update (GtkWidget *box, const JuminBlockContext *context)
{
  GtkWidget *grid = gtk_widget_get_last_child (box);
  GPtrArray *actions = context->view->actions;
  guint gap = (guint)jumin_shape_px (context->shape, GAP_UNITS);

  jumin_press_clear (grid, actions);
  update_stepper (gtk_widget_get_first_child (box), context);
  update_sum (gtk_widget_get_prev_sibling (grid), context);
  gtk_grid_set_column_spacing (GTK_GRID (grid), gap);
  gtk_grid_set_row_spacing (GTK_GRID (grid), gap);
  for (guint i = 0; i < actions->len; i++)
    {
      const JuminItem *action = g_ptr_array_index (actions, i);
      gboolean primary = i + 1 == actions->len && g_strcmp0 (action->tone, "plain") != 0;
      g_autoptr (JuminItem) item = primary ? primary_item (action, context) : NULL;
      GtkWidget *press = jumin_press_find (grid, action->id);

      if (press == NULL)
        press = jumin_expand (jumin_press_new (context->actor));
      jumin_press_set_item (JUMIN_PRESS (press), primary ? item : action, JUMIN_PRESS_BUTTON,
                            context->shape, FALSE);
      place_action (grid, press, i, actions->len);
    }
}

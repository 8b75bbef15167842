/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keypad. How it stands follows from the shape of the screen alone:
 *
 *   with a head   note │ extra      full       1 2 3         low   1 2 3 4 5 clear
 *                 1 2 3                        …                   6 7 8 9 0 back
 *                 …                            clear 0 back        extra │ primary
 *                 clear 0 back                 extra │ primary
 *                 primary
 *
 * In the lower half of a wide screen, extra and primary stand beside the low rows, one over the
 * other. Keys stay as long as the page does, so that a finger keeps the one it lies on. An extra
 * key that is off for a while is counted down here: core does not tick. */
#include "ui/widgets/keypad.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/ticking.h"

enum
{
  KEYS = 12,
  EXTRA = KEYS,
  PRIMARY,
  PRESSES,
  COLUMNS = 3,
  LOW_COLUMNS = 6,
  EXTRA_SHARE = 2, /* of 5, beside the primary key */
  SHARES = 5,
  SIDE_SHARE = 3, /* of 10, beside the keys */
  SIDE_SHARES = 10,
  SECOND_MS = 1000
};

/* In units. */
enum
{
  KEY = 150,
  KEY_CONTRAST = 142, /* borders are wider */
  KEY_ELDER = 136,
  KEY_REACH = 112,
  KEY_LOW = 150,
  GAP = 20,
  GAP_WIDE = 14,
  GAP_SMALL = 12,
  ROW_GAP = 26,
  ROW_GAP_TIGHT = 14,
  ROW_GAP_LEAST = 10,
  HEAD_TOP = 26,
  HEAD_GAP = 28,
  END_GAP = 34,
  END_GAP_TIGHT = 22
};

struct _JuminKeypad
{
  GtkWidget parent_instance;
  const JuminShape *shape;
  GtkWidget *note; /* (nullable) */
  GtkWidget *presses[PRESSES];
  JuminItem *counted; /* (nullable): the extra key while it is off for a while */
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (JuminKeypad, jumin_keypad, GTK_TYPE_WIDGET)

static gboolean
has_head (const JuminShape *shape)
{
  return !shape->wide && !shape->elder && !shape->reach;
}

static gboolean
is_low (const JuminShape *shape)
{
  if (shape->wide)
    return shape->elder || shape->reach || shape->small;
  return shape->elder && shape->reach;
}

static gboolean
has_side (const JuminShape *shape)
{
  return shape->wide && shape->reach;
}

static int
column_gap (const JuminShape *shape)
{
  if (shape->small)
    return jumin_shape_px (shape, GAP_SMALL);
  return jumin_shape_px (shape, shape->wide || is_low (shape) ? GAP_WIDE : GAP);
}

static int
count_rows (const JuminShape *shape)
{
  return is_low (shape) ? KEYS / LOW_COLUMNS : KEYS / COLUMNS;
}

/* What is not rows of keys: the head, the row of the primary key, and the gaps at both. */
static int
rest_height (JuminKeypad *self, int width, gboolean least)
{
  const JuminShape *shape = self->shape;
  int gap = jumin_shape_px (shape, least              ? ROW_GAP_TIGHT
                                   : has_head (shape) ? END_GAP
                                                      : END_GAP_TIGHT);
  int extra = jumin_least_height (self->presses[EXTRA], width * EXTRA_SHARE / SHARES);
  int primary
      = jumin_least_height (self->presses[PRIMARY], width * (SHARES - EXTRA_SHARE) / SHARES);
  int head = MAX (extra, jumin_least_height (self->note, width * (SHARES - EXTRA_SHARE) / SHARES));

  if (has_side (shape))
    return 0;
  if (!has_head (shape))
    return gap + MAX (extra, primary);
  return head + jumin_shape_px (shape, least ? ROW_GAP_TIGHT : HEAD_TOP + HEAD_GAP) + gap + primary;
}

static int
key_height (JuminKeypad *self, gboolean least)
{
  const JuminShape *shape = self->shape;
  int height = 0;

  for (int i = 0; i < KEYS; i++)
    height = MAX (height, jumin_least_height (self->presses[i], -1));
  if (least)
    return height;
  if (is_low (shape))
    return MAX (height, jumin_shape_px (shape, KEY_LOW));
  if (shape->reach)
    return MAX (height, jumin_shape_px (shape, KEY_REACH));
  if (shape->elder)
    return MAX (height, jumin_shape_px (shape, KEY_ELDER));
  return MAX (height, jumin_shape_px (shape, shape->contrast ? KEY_CONTRAST : KEY));
}

static int
total_height (JuminKeypad *self, int width, gboolean least)
{
  const JuminShape *shape = self->shape;
  int gap = jumin_shape_px (shape, least              ? ROW_GAP_LEAST
                                   : has_head (shape) ? ROW_GAP
                                                      : ROW_GAP_TIGHT);
  int rows = count_rows (shape), side = 0;

  if (has_side (shape))
    side = jumin_least_height (self->presses[EXTRA], -1) + gap
           + jumin_least_height (self->presses[PRIMARY], width * SIDE_SHARE / SIDE_SHARES);
  return MAX (side, rows * key_height (self, least) + (rows - 1) * gap
                        + rest_height (self, width, least));
}

static void
jumin_keypad_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminKeypad *self = JUMIN_KEYPAD (widget);
  int width = for_size > 0 ? for_size : gtk_widget_get_width (widget);

  *minimum = *natural = 1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL || self->shape == NULL)
    return;
  *minimum = total_height (self, width, TRUE);
  *natural = MAX (*minimum, total_height (self, width, FALSE));
}

/* The cell of key @index; its order is 1 to 9, clear, 0, back. */
static void
find_cell (const JuminShape *shape, int index, int *column, int *row)
{
  static const struct
  {
    int column, row;
  } low[KEYS] = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 }, { 0, 1 },
                  { 1, 1 }, { 2, 1 }, { 3, 1 }, { 5, 0 }, { 4, 1 }, { 5, 1 } };

  *column = is_low (shape) ? low[index].column : index % COLUMNS;
  *row = is_low (shape) ? low[index].row : index / COLUMNS;
}

static void
allocate_keys (JuminKeypad *self, int y, int width, int height)
{
  const JuminShape *shape = self->shape;
  int columns = is_low (shape) ? LOW_COLUMNS : COLUMNS, rows = count_rows (shape);
  int gap = column_gap (shape);
  int row_gap = jumin_shape_px (shape, has_head (shape) ? ROW_GAP : ROW_GAP_TIGHT);
  int least = rows * key_height (self, TRUE);
  int each = (width - gap * (columns - 1)) / columns, tall;

  if (height - row_gap * (rows - 1) < least)
    row_gap = jumin_shape_px (shape, ROW_GAP_LEAST);
  tall = (height - row_gap * (rows - 1)) / rows;
  for (int i = 0; i < KEYS; i++)
    {
      int column, row;

      find_cell (shape, i, &column, &row);
      jumin_allocate (self->presses[i], column * (each + gap), y + row * (tall + row_gap), each,
                      tall);
    }
}

static void
allocate_with_head (JuminKeypad *self, int width, int height)
{
  const JuminShape *shape = self->shape;
  gboolean least = height < total_height (self, width, FALSE);
  int gap = jumin_shape_px (shape, GAP), extra = jumin_natural_width (self->presses[EXTRA]);
  int head_gap = jumin_shape_px (shape, least ? ROW_GAP_TIGHT : HEAD_GAP);
  int end_gap = jumin_shape_px (shape, least ? ROW_GAP_TIGHT : END_GAP);
  int primary = jumin_least_height (self->presses[PRIMARY], width), head;
  int top = least ? 0 : jumin_shape_px (shape, HEAD_TOP);

  head = MAX (jumin_least_height (self->presses[EXTRA], extra),
              jumin_least_height (self->note, width - extra - gap));
  jumin_allocate (self->note, 0, top, width - extra - gap, head);
  jumin_allocate (self->presses[EXTRA], width - extra, top, extra, head);
  top += head + head_gap;
  allocate_keys (self, top, width, height - top - end_gap - primary);
  jumin_allocate (self->presses[PRIMARY], 0, height - primary, width, primary);
}

static void
allocate_without_head (JuminKeypad *self, int width, int height)
{
  const JuminShape *shape = self->shape;
  gboolean least = height < total_height (self, width, FALSE);
  int gap = jumin_shape_px (shape, GAP_WIDE);
  int end_gap = jumin_shape_px (shape, least ? ROW_GAP_TIGHT : END_GAP_TIGHT);
  int extra = width * EXTRA_SHARE / SHARES - gap / 2;
  int last = MAX (jumin_least_height (self->presses[EXTRA], extra),
                  jumin_least_height (self->presses[PRIMARY], width - extra - gap));

  allocate_keys (self, 0, width, height - last - end_gap);
  jumin_allocate (self->presses[EXTRA], 0, height - last, extra, last);
  jumin_allocate (self->presses[PRIMARY], extra + gap, height - last, width - extra - gap, last);
}

static void
allocate_with_side (JuminKeypad *self, int width, int height)
{
  int gap = column_gap (self->shape), side = width * SIDE_SHARE / SIDE_SHARES;
  int x = width - side, extra = jumin_least_height (self->presses[EXTRA], side);

  allocate_keys (self, 0, x - gap, height);
  jumin_allocate (self->presses[EXTRA], x, 0, side, extra);
  jumin_allocate (self->presses[PRIMARY], x, extra + gap, side, height - extra - gap);
}

static void
jumin_keypad_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminKeypad *self = JUMIN_KEYPAD (widget);

  if (has_head (self->shape))
    allocate_with_head (self, width, height);
  else if (has_side (self->shape))
    allocate_with_side (self, width, height);
  else
    allocate_without_head (self, width, height);
}

static void
draw_press (JuminKeypad *self, guint index, const JuminItem *item)
{
  JuminItem drawn = *item;

  /* There is room for the words alone. */
  if (self->shape->small || (index < KEYS && is_low (self->shape)))
    drawn.icon = NULL;
  jumin_press_set_item (JUMIN_PRESS (self->presses[index]), &drawn,
                        index < KEYS ? JUMIN_PRESS_DIGIT : JUMIN_PRESS_BUTTON, self->shape, FALSE);
}

static void
draw_counted (JuminKeypad *self)
{
  g_autofree char *title = jumin_count_down (self->counted->title, self->counted->until);
  JuminItem item = *self->counted;

  item.title = title;
  draw_press (self, EXTRA, &item);
}

static gboolean
on_tick (gpointer data)
{
  JuminKeypad *self = data;

  draw_counted (self);
  if (self->counted->until > g_get_monotonic_time ())
    return G_SOURCE_CONTINUE;
  self->tick_source = 0;
  return G_SOURCE_REMOVE;
}

static void
count_extra (JuminKeypad *self, const JuminItem *item)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->counted, jumin_item_free);
  if (item->until == 0)
    return;
  self->counted = jumin_item_new (item->id);
  self->counted->act = g_strdup (item->act);
  self->counted->icon = g_strdup (item->icon);
  self->counted->title = g_strdup (item->title);
  self->counted->state = g_strdup (item->state);
  self->counted->speech = g_strdup (item->speech);
  self->counted->until = item->until;
  self->tick_source = g_timeout_add (SECOND_MS, on_tick, self);
  draw_counted (self);
}

static void
update_note (JuminKeypad *self, const JuminBlockContext *context)
{
  const JuminBlock *block = has_head (self->shape) ? jumin_view_find (context->view, "note") : NULL;

  g_clear_pointer (&self->note, gtk_widget_unparent);
  if (block == NULL)
    return;
  self->note = jumin_look_note (block, context);
  gtk_widget_insert_after (self->note, GTK_WIDGET (self), NULL);
}

/**
 * jumin_keypad_takes_note:
 *
 * Returns: whether @block is shown by the keypad of its page, beside the extra key
 */
gboolean
jumin_keypad_takes_note (const JuminBlock *block, const JuminBlockContext *context)
{
  return jumin_block_is (block, "note") && g_strcmp0 (block->id, "typing") == 0
         && has_head (context->shape);
}

/**
 * jumin_keypad_update:
 * @block: twelve keys, the extra one, the primary one
 */
void
jumin_keypad_update (GtkWidget *keypad, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminKeypad *self = JUMIN_KEYPAD (keypad);

  if (block->items->len != PRESSES)
    {
      g_warning ("A keypad has %u keys and not %d", block->items->len, PRESSES);
      return;
    }
  self->shape = context->shape;
  for (guint i = 0; i < PRESSES; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);

      if (self->presses[i] == NULL)
        {
          self->presses[i] = jumin_press_new (context->actor);
          gtk_widget_set_parent (self->presses[i], GTK_WIDGET (self));
        }
      draw_press (self, i, item);
    }
  update_note (self, context);
  count_extra (self, g_ptr_array_index (block->items, EXTRA));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
jumin_keypad_dispose (GObject *object)
{
  JuminKeypad *self = JUMIN_KEYPAD (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_pointer (&self->counted, jumin_item_free);
  jumin_clear (GTK_WIDGET (self));
  G_OBJECT_CLASS (jumin_keypad_parent_class)->dispose (object);
}

static void
jumin_keypad_class_init (JuminKeypadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_keypad_dispose;
  widget_class->measure = jumin_keypad_measure;
  widget_class->size_allocate = jumin_keypad_size_allocate;
  widget_class->get_request_mode = jumin_height_for_width;
}

static void
jumin_keypad_init (JuminKeypad *self)
{
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
jumin_keypad_new (void)
{
  return g_object_new (JUMIN_TYPE_KEYPAD, NULL);
}

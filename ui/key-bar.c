/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The six accessibility keys: always there, always in the same order. One row; two rows of three
 * for elderly people; one folded row when they also reach from below. */
#include "ui/bars.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"

enum
{
  ELDER_COLUMNS = 3,
  GAP_UNITS = 11,
  GAP_ELDER_UNITS = 16
};

struct _JuminKeyBar
{
  GtkBox parent_instance;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (JuminKeyBar, jumin_key_bar, GTK_TYPE_BOX)

static JuminPressStyle
key_style (const JuminShape *shape)
{
  if (shape->elder && shape->reach && !shape->wide)
    return JUMIN_PRESS_KEY_FOLDED;
  if (shape->small)
    return JUMIN_PRESS_KEY;
  return shape->elder || shape->wide ? JUMIN_PRESS_KEY_WIDE : JUMIN_PRESS_KEY;
}

void
jumin_key_bar_update (JuminKeyBar *self, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;
  const GPtrArray *keys = context->view->keys;
  JuminPressStyle style = key_style (shape);
  gboolean two_rows = shape->elder && !shape->wide && !shape->reach;
  int gap = two_rows || shape->small ? GAP_ELDER_UNITS : GAP_UNITS;
  int columns = two_rows ? ELDER_COLUMNS : (int)keys->len;

  if (jumin_view_equal (context->view, context->before, "keys", NULL))
    return;
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), (guint)jumin_shape_px (shape, gap));
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), (guint)jumin_shape_px (shape, gap));
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), shape->wide && !shape->elder);
  for (guint i = 0; i < keys->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (keys, i);
      GtkWidget *press = jumin_press_find (self->grid, item->id);

      if (press == NULL)
        press = jumin_expand (jumin_press_new (context->actor));
      jumin_press_set_item (JUMIN_PRESS (press), item, style, shape, FALSE);
      jumin_put_at (self->grid, press, (int)i % columns, (int)i / columns, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), keys->len > 0);
}

static void
jumin_key_bar_class_init (JuminKeyBarClass *klass)
{
}

static void
jumin_key_bar_init (JuminKeyBar *self)
{
  self->grid = gtk_grid_new ();
  gtk_widget_set_hexpand (self->grid, TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  jumin_put (GTK_WIDGET (self), self->grid);
  gtk_widget_add_css_class (GTK_WIDGET (self), "a11y");
}

GtkWidget *
jumin_key_bar_new (void)
{
  return g_object_new (JUMIN_TYPE_KEY_BAR, NULL);
}

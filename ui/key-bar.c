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
  GHashTable *presses; /* id -> JuminPress */
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

static GtkWidget *
find_key (JuminKeyBar *self, const JuminItem *item, const JuminBlockContext *context)
{
  GtkWidget *press = g_hash_table_lookup (self->presses, item->id);

  if (press != NULL)
    return press;
  press = g_object_ref_sink (jumin_press_new (context->actor));
  gtk_widget_set_hexpand (press, TRUE);
  g_hash_table_insert (self->presses, g_strdup (item->id), press);
  return press;
}

static gboolean
is_other_place (GtkGrid *grid, GtkWidget *press, int column, int row)
{
  int is_column = -1, is_row = -1;

  if (gtk_widget_get_parent (press) == NULL)
    return TRUE;
  gtk_grid_query_child (grid, press, &is_column, &is_row, NULL, NULL);
  return is_column != column || is_row != row;
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
      GtkWidget *press = find_key (self, item, context);
      int column = (int)i % columns, row = (int)i / columns;

      jumin_press_set_item (JUMIN_PRESS (press), item, style, shape, FALSE);
      if (!is_other_place (GTK_GRID (self->grid), press, column, row))
        continue;
      if (gtk_widget_get_parent (press) != NULL)
        gtk_grid_remove (GTK_GRID (self->grid), press);
      gtk_grid_attach (GTK_GRID (self->grid), press, column, row, 1, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), keys->len > 0);
}

static void
jumin_key_bar_dispose (GObject *object)
{
  g_hash_table_remove_all (JUMIN_KEY_BAR (object)->presses);
  G_OBJECT_CLASS (jumin_key_bar_parent_class)->dispose (object);
}

static void
jumin_key_bar_finalize (GObject *object)
{
  g_hash_table_unref (JUMIN_KEY_BAR (object)->presses);
  G_OBJECT_CLASS (jumin_key_bar_parent_class)->finalize (object);
}

static void
jumin_key_bar_class_init (JuminKeyBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_key_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_key_bar_finalize;
}

static void
jumin_key_bar_init (JuminKeyBar *self)
{
  self->presses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->grid = gtk_grid_new ();
  gtk_widget_set_hexpand (self->grid, TRUE);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  jumin_add_classes (self->grid, "key-grid");
  jumin_put (GTK_WIDGET (self), self->grid);
  gtk_widget_add_css_class (GTK_WIDGET (self), "a11y");
}

GtkWidget *
jumin_key_bar_new (void)
{
  return g_object_new (JUMIN_TYPE_KEY_BAR, NULL);
}

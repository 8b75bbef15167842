/* SPDX-License-Identifier: GPL-3.0-or-later */
/*   ┌ desk ─────────┐ ┌ about ───┐      What is beside the desk stands at its lower end, so that
 *   │               │ │ outlet   │      the keys are as low as they can be; about stands at the
 *   │     paper     │ │ keys     │      upper end, where there is room for it, and an outlet takes
 *   │               │ │ stepper  │      what is left. */
#include "ui/widgets/reader.h"

#include "ui/widgets/document.h"
#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/press.h"
#include "ui/widgets/stepper.h"

enum
{
  GAP_UNITS = 22,
  KEY_GAP_UNITS = 16,
  SIDE_UNITS = 326,
  SIDE_ELDER_UNITS = 400,
  SIDE_WIDE_UNITS = 560,
  SIDE_WIDE_ELDER_UNITS = 790,
  HEAD_MIN_UNITS = 220, /* of what stands above the keys */
  TITLE_UNITS = 150,    /* the title of a page in one column */
  TITLE_ELDER_UNITS = 185
};

struct _JuminReader
{
  GtkWidget parent_instance;
  const JuminShape *shape; /* not owned */
  GtkWidget *document, *about, *outlet, *stepper;
  GPtrArray *keys; /* of JuminPress, owned by the widget tree */
  int gap, key_gap, head;
};

G_DEFINE_FINAL_TYPE (JuminReader, jumin_reader, GTK_TYPE_WIDGET)

static int
narrowest_key (JuminReader *self)
{
  int narrowest = 0;

  for (guint i = 0; i < self->keys->len; i++)
    narrowest = MAX (narrowest, jumin_natural_width (self->keys->pdata[i]));
  return narrowest;
}

/* Two beside each other; a row more of them where little is below the touch line. */
static int
count_columns (JuminReader *self, int width)
{
  int count = MAX (1, (int)self->keys->len);
  int columns = self->shape->wide && self->shape->reach ? count : MIN (2, count);

  while (columns > 1 && (width - (columns - 1) * self->key_gap) / columns < narrowest_key (self))
    columns = (columns + 1) / 2;
  return columns;
}

static int
key_height (JuminReader *self)
{
  int height = 0;

  for (guint i = 0; i < self->keys->len; i++)
    height = MAX (height, jumin_natural_height (self->keys->pdata[i], -1));
  return height;
}

static int
keys_height (JuminReader *self, int width)
{
  int columns = count_columns (self, width);
  int rows = ((int)self->keys->len + columns - 1) / columns;

  return rows > 0 ? rows * (key_height (self) + self->key_gap) - self->key_gap : 0;
}

static int
with_gap (JuminReader *self, int height)
{
  return height > 0 ? height + self->gap : 0;
}

/* What stands at the lower end beside the desk. */
static int
low_height (JuminReader *self, int width)
{
  return keys_height (self, width) + with_gap (self, jumin_natural_height (self->stepper, width));
}

static int
side_width (JuminReader *self)
{
  const JuminShape *shape = self->shape;
  int units = shape->elder ? SIDE_ELDER_UNITS : SIDE_UNITS;

  if (shape->wide && !shape->small)
    units = shape->elder && shape->reach ? SIDE_WIDE_ELDER_UNITS : SIDE_WIDE_UNITS;
  return jumin_shape_px (shape, units);
}

static void
jumin_reader_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminReader *self = JUMIN_READER (widget);
  int most = MAX (1, for_size - self->gap - side_width (self));

  *minimum = *natural = 1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = self->head + low_height (self, side_width (self));
  *natural = MAX (*minimum,
                  jumin_document_view_measure_height (JUMIN_DOCUMENT_VIEW (self->document), most));
}

static void
allocate_keys (JuminReader *self, int x, int y, int width)
{
  int columns = count_columns (self, width), height = key_height (self);
  int each = (width - (columns - 1) * self->key_gap) / columns, count = (int)self->keys->len;

  for (int i = 0; i < count; i++)
    {
      int column = i % columns;

      jumin_allocate (self->keys->pdata[i], x + column * (each + self->key_gap),
                      y + i / columns * (height + self->key_gap), each, height);
    }
}

static void
allocate_side (JuminReader *self, int x, int width, int height)
{
  int about = jumin_natural_height (self->about, width), y = 0;
  int stepper = jumin_natural_height (self->stepper, width), low = low_height (self, width);

  if (self->about != NULL)
    {
      gboolean fits = with_gap (self, about) + low <= height;

      gtk_widget_set_child_visible (self->about, fits);
      if (fits)
        {
          if (self->outlet == NULL)
            about = CLAMP (about * 4 / 3, about, MAX (about, height - low - 2 * self->gap));
          jumin_allocate (self->about, x, 0, width, about);
        }
      y = fits ? with_gap (self, about) : 0;
    }
  jumin_allocate (self->outlet, x, y, width, height - y);
  jumin_allocate (self->stepper, x, height - stepper, width, stepper);
  allocate_keys (self, x, height - low, width);
}

static void
jumin_reader_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminReader *self = JUMIN_READER (widget);
  int most = width - self->gap - side_width (self);
  int desk = CLAMP (
      jumin_document_view_measure_width (JUMIN_DOCUMENT_VIEW (self->document), height), 1, most);

  jumin_allocate (self->document, 0, 0, desk, height);
  allocate_side (self, desk + self->gap, width - desk - self->gap, height);
}

static void
update_key_states (JuminReader *self)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      GtkWidget *key = self->keys->pdata[i];
      gboolean on = jumin_document_view_can (JUMIN_DOCUMENT_VIEW (self->document),
                                             jumin_press_get_id (JUMIN_PRESS (key)));

      if (g_object_get_data (G_OBJECT (key), "own") == NULL)
        continue;
      gtk_widget_set_sensitive (key, on);
      jumin_set_class (key, "off", !on);
    }
}

static void
on_document_changed (JuminDocumentView *document, JuminReader *self)
{
  update_key_states (self);
}

static void
on_clicked (GtkButton *button, JuminReader *self)
{
  jumin_document_view_do (JUMIN_DOCUMENT_VIEW (self->document),
                          jumin_press_get_id (JUMIN_PRESS (button)));
}

static GtkWidget *
find_key (JuminReader *self, guint index, const char *id)
{
  return index < self->keys->len
                 && g_strcmp0 (jumin_press_get_id (self->keys->pdata[index]), id) == 0
             ? self->keys->pdata[index]
             : NULL;
}

/* They are made anew only when they are others: a finger may lie on one. */
static void
update_keys (JuminReader *self, const JuminBlock *block, const JuminBlockContext *context)
{
  gboolean same = self->keys->len == block->items->len;

  for (guint i = 0; same && i < block->items->len; i++)
    same = find_key (self, i, ((const JuminItem *)block->items->pdata[i])->id) != NULL;
  for (guint i = 0; !same && i < self->keys->len; i++)
    gtk_widget_unparent (self->keys->pdata[i]);
  if (!same)
    g_ptr_array_set_size (self->keys, 0);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = block->items->pdata[i];
      gboolean own = !jumin_has (item->act);
      GtkWidget *key = same ? self->keys->pdata[i] : jumin_press_new (context->actor);

      if (!same)
        {
          gtk_widget_set_parent (key, GTK_WIDGET (self));
          g_ptr_array_add (self->keys, key);
          g_object_set_data (G_OBJECT (key), "own", GINT_TO_POINTER (own));
          if (own)
            g_signal_connect_object (key, "clicked", G_CALLBACK (on_clicked), self, 0);
        }
      jumin_press_set_item (JUMIN_PRESS (key), item, JUMIN_PRESS_LOOK, context->shape, FALSE);
    }
  update_key_states (self);
}

static const JuminBlock *
find_taken (const char *kind, const JuminBlockContext *context)
{
  const JuminBlock *block = jumin_view_find (context->view, kind);

  return block != NULL && jumin_reader_takes (block, context) ? block : NULL;
}

static void
replace_look (JuminReader *self, GtkWidget **look, GtkWidget *with)
{
  g_clear_pointer (look, gtk_widget_unparent);
  *look = with;
  if (with != NULL)
    gtk_widget_set_parent (with, GTK_WIDGET (self));
}

static void
update_stepper (JuminReader *self, const JuminBlockContext *context)
{
  const JuminBlock *block = find_taken ("stepper", context);

  if (block == NULL)
    {
      g_clear_pointer (&self->stepper, gtk_widget_unparent);
      return;
    }
  if (self->stepper == NULL)
    replace_look (self, &self->stepper, jumin_stepper_new ());
  jumin_stepper_update (self->stepper, block, context);
}

/* What must be above the keys, so that they can begin at the touch line and nothing above it stays
 * empty. */
static int
plan_head (const JuminBlock *block, const JuminShape *shape)
{
  int title = jumin_shape_px (shape, shape->elder ? TITLE_ELDER_UNITS : TITLE_UNITS);
  int most = jumin_shape_touch_top (shape) - shape->top - (shape->wide ? 0 : title);

  if (block->items->len == 0)
    return jumin_shape_px (shape, HEAD_MIN_UNITS);
  return MAX (most, jumin_shape_px (shape, HEAD_MIN_UNITS));
}

/**
 * jumin_reader_update:
 * @block: of kind "document"; what belongs to it is found in the view
 */
void
jumin_reader_update (GtkWidget *reader, const JuminBlock *block, const JuminBlockContext *context)
{
  JuminReader *self = JUMIN_READER (reader);
  const JuminBlock *about = find_taken ("about", context);
  const JuminBlock *outlet = find_taken ("outlet", context);

  self->shape = context->shape;
  self->gap = jumin_shape_px (context->shape, GAP_UNITS);
  self->key_gap = jumin_shape_px (context->shape, KEY_GAP_UNITS);
  self->head = plan_head (block, context->shape);
  jumin_document_view_update (JUMIN_DOCUMENT_VIEW (self->document), block, context);
  replace_look (self, &self->about, about != NULL ? jumin_look_about (about, context) : NULL);
  replace_look (self, &self->outlet, outlet != NULL ? jumin_look_outlet (outlet, context) : NULL);
  update_keys (self, block, context);
  update_stepper (self, context);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * jumin_reader_measure_head:
 *
 * Returns: height of what cannot be pressed above its keys, pixels; there may be more
 */
int
jumin_reader_measure_head (JuminReader *self)
{
  return self->head;
}

/**
 * jumin_reader_takes:
 *
 * Returns: whether @block is drawn beside the paper of its page, and not in its own place. Large
 *   words and narrow columns leave no room for all.
 */
gboolean
jumin_reader_takes (const JuminBlock *block, const JuminBlockContext *context)
{
  const JuminShape *shape = context->shape;

  if (jumin_view_find (context->view, "document") == NULL)
    return FALSE;
  if (jumin_block_is (block, "about"))
    return !shape->small && !shape->wide;
  if (jumin_block_is (block, "stepper"))
    return !shape->elder && !shape->small;
  return jumin_block_is (block, "outlet");
}

static void
jumin_reader_dispose (GObject *object)
{
  JuminReader *self = JUMIN_READER (object);

  g_ptr_array_set_size (self->keys, 0);
  jumin_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (jumin_reader_parent_class)->dispose (object);
}

static void
jumin_reader_finalize (GObject *object)
{
  g_ptr_array_unref (JUMIN_READER (object)->keys);
  G_OBJECT_CLASS (jumin_reader_parent_class)->finalize (object);
}

static void
jumin_reader_class_init (JuminReaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_reader_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_reader_finalize;
  widget_class->measure = jumin_reader_measure;
  widget_class->size_allocate = jumin_reader_size_allocate;
  widget_class->get_request_mode = jumin_height_for_width;
}

static void
jumin_reader_init (JuminReader *self)
{
  self->keys = g_ptr_array_new ();
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->document = jumin_document_view_new ();
  gtk_widget_set_parent (self->document, GTK_WIDGET (self));
  g_signal_connect_object (self->document, "changed", G_CALLBACK (on_document_changed), self, 0);
}

GtkWidget *
jumin_reader_new (void)
{
  return g_object_new (JUMIN_TYPE_READER, NULL);
}

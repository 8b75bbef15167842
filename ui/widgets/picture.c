/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drawing on a page. Its height is the one asked for, less when there is less room; it keeps its
 * proportions. It moves only while it is mapped and animations are on, some 30 times a second, and
 * not for long: a machine that was left alone rests. */
#include "ui/widgets/picture.h"

#include "ui/pictures/drawing.h"
#include "ui/widgets/parts.h"

enum
{
  FRAME_MS = 33,
  MOVE_MAX_US = 60 * G_TIME_SPAN_SECOND
};

/* A drawing may shrink to this share of what it was asked for. */
static const double shrink_min = 0.45;

struct _JuminPicture
{
  GtkWidget parent_instance;
  const JuminDrawing *drawing;
  gboolean contrast;
  int height;
  char *word;
  guint source;
  gint64 begin_us; /* of moving; 0: it is still */
};

G_DEFINE_FINAL_TYPE (JuminPicture, jumin_picture, GTK_TYPE_WIDGET)

static gboolean
on_tick (gpointer data)
{
  JuminPicture *self = data;

  gtk_widget_queue_draw (data);
  if (g_get_monotonic_time () - self->begin_us < MOVE_MAX_US)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  self->begin_us = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_begin (gpointer data)
{
  JuminPicture *self = data;

  self->begin_us = g_get_monotonic_time ();
  self->source = g_timeout_add (FRAME_MS, on_tick, self);
  return G_SOURCE_REMOVE;
}

static void
jumin_picture_map (GtkWidget *widget)
{
  JuminPicture *self = JUMIN_PICTURE (widget);

  GTK_WIDGET_CLASS (jumin_picture_parent_class)->map (widget);
  if (self->drawing->moves_after_ms != 0 && self->source == 0 && jumin_animations_are_on (widget))
    self->source = g_timeout_add (self->drawing->moves_after_ms, on_begin, self);
}

static void
jumin_picture_unmap (GtkWidget *widget)
{
  JuminPicture *self = JUMIN_PICTURE (widget);

  g_clear_handle_id (&self->source, g_source_remove);
  self->begin_us = 0;
  GTK_WIDGET_CLASS (jumin_picture_parent_class)->unmap (widget);
}

static void
jumin_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminPicture *self = JUMIN_PICTURE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = MIN (width / self->drawing->width, height / self->drawing->height);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cairo, (width - scale * self->drawing->width) / 2,
                   (height - scale * self->drawing->height) / 2);
  cairo_scale (cairo, scale, scale);
  jumin_drawing_draw (self->drawing, cairo, self->contrast, self->word,
                      self->begin_us != 0 ? g_get_monotonic_time () - self->begin_us : 0);
  cairo_destroy (cairo);
}

static GtkSizeRequestMode
jumin_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
jumin_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminPicture *self = JUMIN_PICTURE (widget);
  double ratio = self->drawing->width / self->drawing->height;
  double size = orientation == GTK_ORIENTATION_VERTICAL ? self->height : self->height * ratio;

  *natural = (int)size;
  *minimum = (int)(size * shrink_min);
}

static void
jumin_picture_finalize (GObject *object)
{
  JuminPicture *self = JUMIN_PICTURE (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_free (self->word);
  G_OBJECT_CLASS (jumin_picture_parent_class)->finalize (object);
}

static void
jumin_picture_class_init (JuminPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jumin_picture_finalize;
  widget_class->map = jumin_picture_map;
  widget_class->unmap = jumin_picture_unmap;
  widget_class->snapshot = jumin_picture_snapshot;
  widget_class->measure = jumin_picture_measure;
  widget_class->get_request_mode = jumin_picture_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jumin_picture_init (JuminPicture *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * jumin_picture_new:
 * @name: of a drawing
 * @height_units: design units
 * @word: (nullable): what the drawing says: a ticket number
 *
 * Returns: (nullable): %NULL when there is no drawing called @name
 */
GtkWidget *
jumin_picture_new (const JuminShape *shape, const char *name, double height_units, const char *word)
{
  const JuminDrawing *drawing = jumin_drawing_find (name);
  JuminPicture *self;

  if (drawing == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_PICTURE, NULL);
  self->drawing = drawing;
  self->contrast = shape->contrast;
  self->height = jumin_shape_px (shape, height_units);
  self->word = g_strdup (word);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the camera sees, with the frame for the code over it.
 *
 *   unmapped --map--> asking --memory--> watching --nothing new for a second--> asking
 *                     asking --none--> waiting --a moment--> asking
 *
 * Core may have a fresh jumin-scan at any time; the memory of the old one then brings no new
 * picture, and is asked for again. While there is no picture, a drawing is shown; that core has
 * none is no trouble. Only while it watches it runs with the frame clock. Unmapped, it holds
 * neither memory nor a picture. */
#include "ui/widgets/preview.h"

#include "ipc/preview.h"
#include "ui/pictures/drawing.h"
#include "ui/widgets/parts.h"

enum
{
  FRAME_US = 30 * G_TIME_SPAN_MILLISECOND, /* every second tick of 60 Hz */
  PATIENCE_MS = 1000,
  ASK_AGAIN_MS = 250,
  CORNER_UNITS = 20
};

/* A drawing may shrink to this share of what it was asked for. */
static const double shrink_min = 0.45;

struct _JuminPreview
{
  GtkWidget parent_instance;
  JuminLink *link;
  const JuminDrawing *still, *marks;
  const char *word;
  gboolean contrast;
  int height, corner;
  GCancellable *asking; /* while core has not answered */
  JuminPreviewReader *reader;
  GdkTexture *picture;
  guint tick, wait_source;
  gint64 looked_us; /* at the memory */
  gint64 fresh_us;  /* when the last new picture came */
};

G_DEFINE_FINAL_TYPE (JuminPreview, jumin_preview, GTK_TYPE_WIDGET)

static void ask (JuminPreview *self);

/* Whether a new picture has come. */
static gboolean
take_picture (JuminPreview *self)
{
  guint width, height;
  g_autoptr (GBytes) pixels = jumin_preview_reader_take (self->reader, &width, &height);

  if (pixels == NULL)
    return FALSE;
  g_clear_object (&self->picture);
  self->picture
      = gdk_memory_texture_new ((int)width, (int)height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels,
                                (gsize)width * JUMIN_PREVIEW_PIXEL_BYTES);
  return TRUE;
}

/* GTK keeps what was drawn last, and the picture in it, until it is to be drawn anew. */
static void
stop_watching (JuminPreview *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  g_clear_pointer (&self->reader, jumin_preview_reader_free);
  g_clear_object (&self->picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  JuminPreview *self = JUMIN_PREVIEW (widget);
  gint64 now_us = g_get_monotonic_time ();

  if (now_us - self->looked_us < FRAME_US)
    return G_SOURCE_CONTINUE;
  self->looked_us = now_us;
  if (take_picture (self))
    {
      self->fresh_us = now_us;
      gtk_widget_queue_draw (widget);
    }
  else if (now_us - self->fresh_us >= PATIENCE_MS * G_TIME_SPAN_MILLISECOND)
    {
      stop_watching (self);
      ask (self);
    }
  return G_SOURCE_CONTINUE;
}

/* What lies in the memory already may be old. */
static void
watch (JuminPreview *self, JuminPreviewReader *reader)
{
  guint width, height;
  g_autoptr (GBytes) old = jumin_preview_reader_take (reader, &width, &height);

  self->reader = reader;
  self->fresh_us = g_get_monotonic_time ();
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static gboolean
on_waited (gpointer data)
{
  JuminPreview *self = data;

  self->wait_source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPreview) self = data;
  g_autoptr (GError) error = NULL;
  JuminPreviewReader *reader = NULL;
  int descriptor = jumin_link_open_finish (JUMIN_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  if (descriptor >= 0)
    reader = jumin_preview_reader_new (descriptor, &error);
  if (reader != NULL)
    {
      watch (self, reader);
      return;
    }
  g_debug ("%s", error->message);
  self->wait_source = g_timeout_add (ASK_AGAIN_MS, on_waited, self);
}

static void
ask (JuminPreview *self)
{
  self->asking = g_cancellable_new ();
  jumin_link_open_async (self->link, "camera", self->asking, on_opened, g_object_ref (self));
}

static void
jumin_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jumin_preview_parent_class)->map (widget);
  ask (JUMIN_PREVIEW (widget));
}

static void
jumin_preview_unmap (GtkWidget *widget)
{
  JuminPreview *self = JUMIN_PREVIEW (widget);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->wait_source, g_source_remove);
  stop_watching (self);
  GTK_WIDGET_CLASS (jumin_preview_parent_class)->unmap (widget);
}

/* Draws in units of @drawing, which fills the widget (@cover) or is whole in it. */
static void
draw_drawing (JuminPreview *self, GtkSnapshot *snapshot, const JuminDrawing *drawing,
              gboolean cover, gint64 time_us)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double across = width / drawing->width, down = height / drawing->height;
  double scale = cover ? MAX (across, down) : MIN (across, down);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_translate (cairo, (width - scale * drawing->width) / 2,
                   (height - scale * drawing->height) / 2);
  cairo_scale (cairo, scale, scale);
  jumin_drawing_draw (drawing, cairo, self->contrast, self->word, time_us);
  cairo_destroy (cairo);
}

/* What does not fit is cut off on both sides, so that the middle stays in the middle. jumin-scan
 * has mirrored it already, where the configuration wants that. */
static void
draw_picture (JuminPreview *self, GtkSnapshot *snapshot)
{
  float width = (float)gtk_widget_get_width (GTK_WIDGET (self));
  float height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  float across = (float)gdk_texture_get_width (self->picture);
  float down = (float)gdk_texture_get_height (self->picture);
  float scale = MAX (width / across, height / down);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_texture (snapshot, self->picture,
                               &GRAPHENE_RECT_INIT (-across / 2, -down / 2, across, down));
  gtk_snapshot_restore (snapshot);
}

static void
jumin_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminPreview *self = JUMIN_PREVIEW (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                               (float)gtk_widget_get_height (widget));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float)self->corner);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->picture != NULL)
    {
      draw_picture (self, snapshot);
      draw_drawing (self, snapshot, self->marks, FALSE,
                    jumin_animations_are_on (widget) ? g_get_monotonic_time () : 0);
    }
  else
    draw_drawing (self, snapshot, self->still, TRUE, 0);
  gtk_snapshot_pop (snapshot);
}

static void
jumin_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminPreview *self = JUMIN_PREVIEW (widget);
  double ratio = self->still->width / self->still->height;
  double size = orientation == GTK_ORIENTATION_VERTICAL ? self->height : self->height * ratio;

  *natural = (int)size;
  *minimum = (int)(size * shrink_min);
}

static void
jumin_preview_finalize (GObject *object)
{
  g_object_unref (JUMIN_PREVIEW (object)->link);
  G_OBJECT_CLASS (jumin_preview_parent_class)->finalize (object);
}

static void
jumin_preview_class_init (JuminPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jumin_preview_finalize;
  widget_class->map = jumin_preview_map;
  widget_class->unmap = jumin_preview_unmap;
  widget_class->snapshot = jumin_preview_snapshot;
  widget_class->measure = jumin_preview_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jumin_preview_init (JuminPreview *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "preview");
  self->still = jumin_drawing_find ("code-large");
  self->marks = jumin_drawing_find ("code-marks");
}

/**
 * jumin_preview_new:
 * @link: whom to ask for the camera's pictures
 * @height_units: design units
 * @word: (not nullable): a constant: what stands on the telephone that is drawn until they come
 */
GtkWidget *
jumin_preview_new (const JuminShape *shape, JuminLink *link, double height_units, const char *word)
{
  JuminPreview *self = g_object_new (JUMIN_TYPE_PREVIEW, NULL);

  self->link = g_object_ref (link);
  self->contrast = shape->contrast;
  self->word = word;
  self->height = jumin_shape_px (shape, height_units);
  self->corner = jumin_shape_px (shape, CORNER_UNITS);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seconds until the visit ends: digits in a ring. The digits are the truth, the ring decoration. It
 * counts the view's deadline down by itself, once a second and only while it is mapped; it ends
 * nothing. In the last 15 seconds it has the class "hot". */
#include "ui/widgets/countdown.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/ring.h"

enum
{
  HOT_S = 15
};

struct _JuminCountdown
{
  GtkWidget parent_instance;
  double size_units, line_units;
  gboolean minutes;
  JuminShape shape;
  gint64 deadline_us, total_us;
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (JuminCountdown, jumin_countdown, GTK_TYPE_WIDGET)

static gint64
left_us (JuminCountdown *self)
{
  return MAX (0, self->deadline_us - g_get_monotonic_time ());
}

static guint
left_s (JuminCountdown *self)
{
  return (guint)((left_us (self) + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}

static void
update_heat (JuminCountdown *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *marked = parent != NULL ? parent : GTK_WIDGET (self);

  jumin_set_class (marked, "hot", self->deadline_us != 0 && left_s (self) <= HOT_S);
}

static void schedule (JuminCountdown *self);

static gboolean
on_second (gpointer data)
{
  JuminCountdown *self = data;

  self->tick_source = 0;
  update_heat (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  schedule (self);
  return G_SOURCE_REMOVE;
}

/* Wakes when the digits change, not a moment earlier. */
static void
schedule (JuminCountdown *self)
{
  gint64 until_us = left_us (self) % G_TIME_SPAN_SECOND;

  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || left_us (self) == 0)
    return;
  self->tick_source
      = g_timeout_add ((guint)(until_us / G_TIME_SPAN_MILLISECOND) + 1, on_second, self);
}

static void
draw_ring (JuminCountdown *self, cairo_t *cairo, double size)
{
  double share = self->total_us > 0 ? (double)left_us (self) / (double)self->total_us : 1;
  GdkRGBA ground = jumin_get_colour (GTK_WIDGET (self), "track"), colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  jumin_ring_draw (cairo, size, self->line_units * self->shape.unit, share, &ground, &colour);
}

/* Returns: (transfer full): 156, or 2:36 */
static char *
left_words (JuminCountdown *self)
{
  guint left = left_s (self);

  return self->minutes ? g_strdup_printf ("%u:%02u", left / 60, left % 60)
                       : g_strdup_printf ("%u", left);
}

static void
jumin_countdown_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminCountdown *self = JUMIN_COUNTDOWN (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double size = MIN (width, height);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  g_autofree char *digits = left_words (self);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, digits);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  PangoRectangle ink;
  GdkRGBA colour;

  draw_ring (self, cairo, size);
  pango_font_description_set_absolute_size (font, size * (strlen (digits) > 2 ? 0.34 : 0.42)
                                                      * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (gtk_widget_get_parent (widget)),
                               &colour);
  gdk_cairo_set_source_rgba (cairo, &colour);
  cairo_move_to (cairo, size / 2 - ink.width / 2.0 - ink.x, size / 2 - ink.height / 2.0 - ink.y);
  pango_cairo_show_layout (cairo, layout);
  cairo_destroy (cairo);
}

static void
jumin_countdown_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminCountdown *self = JUMIN_COUNTDOWN (widget);

  *minimum = *natural = jumin_shape_px (&self->shape, self->size_units);
}

static void
jumin_countdown_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jumin_countdown_parent_class)->map (widget);
  update_heat (JUMIN_COUNTDOWN (widget));
  schedule (JUMIN_COUNTDOWN (widget));
}

static void
jumin_countdown_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&JUMIN_COUNTDOWN (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (jumin_countdown_parent_class)->unmap (widget);
}

/**
 * jumin_countdown_show_minutes:
 *
 * From now on it says 2:36, not 156.
 */
void
jumin_countdown_show_minutes (JuminCountdown *self)
{
  self->minutes = TRUE;
}

/**
 * jumin_countdown_set:
 * @deadline_us: CLOCK_MONOTONIC
 * @total_us: what the ring is full at
 * @name: what a screen reader says
 */
void
jumin_countdown_set (JuminCountdown *self, const JuminShape *shape, gint64 deadline_us,
                     gint64 total_us, const char *name)
{
  gboolean resized = self->shape.unit != shape->unit;

  self->shape = *shape;
  self->deadline_us = deadline_us;
  self->total_us = total_us;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : "", -1);
  update_heat (self);
  schedule (self);
  if (resized)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
jumin_countdown_dispose (GObject *object)
{
  g_clear_handle_id (&JUMIN_COUNTDOWN (object)->tick_source, g_source_remove);
  G_OBJECT_CLASS (jumin_countdown_parent_class)->dispose (object);
}

static void
jumin_countdown_class_init (JuminCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_countdown_dispose;
  widget_class->snapshot = jumin_countdown_snapshot;
  widget_class->measure = jumin_countdown_measure;
  widget_class->map = jumin_countdown_map;
  widget_class->unmap = jumin_countdown_unmap;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
jumin_countdown_init (JuminCountdown *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "ring");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
jumin_countdown_new (double size_units, double line_units)
{
  JuminCountdown *self = g_object_new (JUMIN_TYPE_COUNTDOWN, NULL);

  self->size_units = size_units;
  self->line_units = line_units;
  return GTK_WIDGET (self);
}

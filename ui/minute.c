/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The minutes of a page that nobody uses. From the first that ends, the digits of the time stand on
 * a small surface of their own, which lies over the old ones and takes no touch: GTK 4.8 draws the
 * whole of a Wayland surface for each frame once it has two buffers, since what one of them lacks
 * never gets less. */
#include "ui/minute.h"

#include "ui/widgets/parts.h"

enum
{
  MINUTE_MS = 60000,
  SETTLE_MS = 1000 /* a page that has just come is laid out first */
};

struct _JuminMinute
{
  GtkWidget *label, *page; /* not owned: they live longer */
  const JuminView *view;   /* the same */
  guint source;
  GdkSurface *surface; /* NULL: the minute that core told is not over */
  GdkCairoContext *context;
  cairo_surface_t *behind;
};

static guint
get_wait_ms (const JuminMinute *self)
{
  gint64 left_us = self->view->minute_end - g_get_monotonic_time ();

  if (left_us < 0)
    left_us = G_TIME_SPAN_MINUTE + left_us % G_TIME_SPAN_MINUTE;
  return (guint)CLAMP (left_us / G_TIME_SPAN_MILLISECOND + 1, SETTLE_MS, MINUTE_MS);
}

static void
draw_digits (JuminMinute *self, cairo_t *cairo)
{
  PangoLayout *before = gtk_label_get_layout (GTK_LABEL (self->label));
  g_autoptr (PangoLayout) layout = pango_layout_copy (before);
  g_autofree char *words = jumin_view_dup_clock (self->view, g_get_monotonic_time ());
  int x, y, width_before, width;
  GdkRGBA ink;

  gtk_label_get_layout_offsets (GTK_LABEL (self->label), &x, &y);
  pango_layout_get_pixel_size (before, &width_before, NULL);
  pango_layout_set_text (layout, words, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_style_context_get_color (gtk_widget_get_style_context (self->label), &ink);
  gdk_cairo_set_source_rgba (cairo, &ink);
  cairo_move_to (cairo, x + width_before - width, y);
  pango_cairo_show_layout (cairo, layout);
}

static gboolean
on_render (GdkSurface *surface, cairo_region_t *region, JuminMinute *self)
{
  GdkRectangle all = { 0, 0, gdk_surface_get_width (surface), gdk_surface_get_height (surface) };
  cairo_region_t *whole = cairo_region_create_rectangle (&all);
  cairo_t *cairo;

  gdk_draw_context_begin_frame (GDK_DRAW_CONTEXT (self->context), whole);
  cairo = gdk_cairo_context_cairo_create (self->context);
  cairo_set_source_surface (cairo, self->behind, 0, 0);
  cairo_paint (cairo);
  draw_digits (self, cairo);
  cairo_destroy (cairo);
  gdk_draw_context_end_frame (GDK_DRAW_CONTEXT (self->context));
  cairo_region_destroy (whole);
  return TRUE;
}

/* The page, where the digits lie on it. */
static cairo_surface_t *
draw_behind (JuminMinute *self, const GdkRectangle *place)
{
  GtkWidget *frame = gtk_widget_get_parent (self->page);
  cairo_surface_t *behind
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, place->width, place->height);
  cairo_t *cairo = cairo_create (behind);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GdkRGBA paper = jumin_get_colour (frame, "paper");
  GskRenderNode *node;

  gdk_cairo_set_source_rgba (cairo, &paper);
  cairo_paint (cairo);
  gtk_widget_snapshot_child (frame, self->page, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_translate (cairo, -place->x, -place->y);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cairo);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cairo);
  return behind;
}

static void
present (JuminMinute *self)
{
  GtkWidget *frame = gtk_widget_get_parent (self->page);
  GdkSurface *parent = gtk_native_get_surface (gtk_widget_get_native (frame));
  cairo_region_t *nothing;
  GdkPopupLayout *layout;
  graphene_rect_t bounds;
  GdkRectangle place;

  if (!gtk_widget_compute_bounds (self->label, frame, &bounds) || bounds.size.width < 1
      || bounds.size.height < 1)
    return;
  place = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                          (int)bounds.size.height };
  self->behind = draw_behind (self, &place);
  self->surface = gdk_surface_new_popup (parent, FALSE);
  self->context = gdk_surface_create_cairo_context (self->surface);
  g_signal_connect (self->surface, "render", G_CALLBACK (on_render), self);
  nothing = cairo_region_create ();
  gdk_surface_set_input_region (self->surface, nothing);
  layout = gdk_popup_layout_new (&place, GDK_GRAVITY_NORTH_WEST, GDK_GRAVITY_NORTH_WEST);
  gdk_popup_present (GDK_POPUP (self->surface), place.width, place.height, layout);
  gdk_popup_layout_unref (layout);
  cairo_region_destroy (nothing);
}

static gboolean
on_minute (gpointer data)
{
  JuminMinute *self = data;

  self->source = g_timeout_add (get_wait_ms (self), on_minute, self);
  if (self->surface == NULL)
    present (self);
  else
    gdk_surface_queue_render (self->surface);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_minute_new:
 * @label: the digits as core told them
 * @page: what they lie on
 * @view: when their minute is over; it lives longer
 */
JuminMinute *
jumin_minute_new (GtkWidget *label, GtkWidget *page, const JuminView *view)
{
  JuminMinute *self = g_new0 (JuminMinute, 1);

  self->label = label;
  self->page = page;
  self->view = view;
  self->source = g_timeout_add (get_wait_ms (self), on_minute, self);
  return self;
}

void
jumin_minute_free (JuminMinute *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_data (self->surface, self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->surface, gdk_surface_destroy);
  g_clear_pointer (&self->behind, cairo_surface_destroy);
  g_free (self);
}

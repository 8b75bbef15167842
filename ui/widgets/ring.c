/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of a whole is done: a ring with the percentage in it. */
#include "ui/widgets/ring.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"

enum
{
  SIZE_UNITS = 156,
  LINE_UNITS = 18,
  WHOLE = 100
};

struct _JuminRing
{
  GtkWidget parent_instance;
  GtkWidget *words;
  double unit;
  int level;
};

G_DEFINE_FINAL_TYPE (JuminRing, jumin_ring, GTK_TYPE_WIDGET)

/**
 * jumin_ring_draw:
 * @size: of its square, which begins at 0, 0
 * @line: width of the line
 * @share: 0 to 1: how much of it is in @colour, from the top on; the whole lies on @ground
 */
void
jumin_ring_draw (cairo_t *cairo, double size, double line, double share, const GdkRGBA *ground,
                 const GdkRGBA *colour)
{
  double radius = (size - line) / 2;

  cairo_set_line_width (cairo, line);
  gdk_cairo_set_source_rgba (cairo, ground);
  cairo_arc (cairo, size / 2, size / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cairo);
  cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cairo, colour);
  if (share > 0)
    cairo_arc (cairo, size / 2, size / 2, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * MIN (share, 1));
  cairo_stroke (cairo);
}

static void
jumin_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminRing *self = JUMIN_RING (widget);
  double size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)size, (float)size);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  GdkRGBA ground = jumin_get_colour (widget, "track"), colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  jumin_ring_draw (cairo, size, LINE_UNITS * self->unit, (double)self->level / WHOLE, &ground,
                   &colour);
  cairo_destroy (cairo);
  gtk_widget_snapshot_child (widget, self->words, snapshot);
}

static void
jumin_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                    int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminRing *self = JUMIN_RING (widget);
  int words = jumin_natural_width (self->words);

  *minimum = *natural
      = MAX ((int)(SIZE_UNITS * self->unit), words + (int)(3 * LINE_UNITS * self->unit));
}

static void
jumin_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *words = JUMIN_RING (widget)->words;
  int own_width = jumin_natural_width (words), own_height = jumin_natural_height (words, own_width);

  jumin_allocate (words, (width - own_width) / 2, (height - own_height) / 2, own_width, own_height);
}

static void
jumin_ring_dispose (GObject *object)
{
  g_clear_pointer (&JUMIN_RING (object)->words, gtk_widget_unparent);
  G_OBJECT_CLASS (jumin_ring_parent_class)->dispose (object);
}

static void
jumin_ring_class_init (JuminRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_ring_dispose;
  widget_class->measure = jumin_ring_measure;
  widget_class->size_allocate = jumin_ring_size_allocate;
  widget_class->snapshot = jumin_ring_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jumin_ring_init (JuminRing *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "part-ring");
}

/**
 * jumin_ring_new:
 * @item: level, and as figure the same in words
 * @name: what a screen reader says
 */
GtkWidget *
jumin_ring_new (const JuminItem *item, const JuminShape *shape, const char *name)
{
  JuminRing *self = g_object_new (JUMIN_TYPE_RING, NULL);

  self->unit = shape->unit;
  self->level = (int)item->level;
  self->words = jumin_words (jumin_has (item->figure) ? item->figure : " ", "t-ring num");
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars of two parts over a line, with a word below each and an amount above some. The words are
 * labels, so that they are as large as all others; the bars are drawn. */
#include "ui/widgets/chart.h"

#include "ui/widgets/layout.h"
#include "ui/widgets/parts.h"

enum
{
  BARS_UNITS = 124,
  BARS_SMALL_UNITS = 84,
  BARS_LOW_UNITS = 60,
  BAR_WIDTH_UNITS = 44,
  RADIUS_UNITS = 8,
  SEAM_UNITS = 3,
  LINE_UNITS = 2,
  WHOLE = 100
};

typedef struct
{
  int level, share;
  GtkWidget *above, *below; /* owned by the widget tree */
} Bar;

struct _JuminChart
{
  GtkWidget parent_instance;
  GArray *bars;
  double unit;
  int bars_height; /* at least */
  int room;        /* for bars, as it was laid out last */
};

G_DEFINE_FINAL_TYPE (JuminChart, jumin_chart, GTK_TYPE_WIDGET)

static const Bar *
nth (JuminChart *self, guint n)
{
  return &g_array_index (self->bars, Bar, n);
}

static int
line_height (JuminChart *self, gboolean above)
{
  int height = 0;

  for (guint i = 0; i < self->bars->len; i++)
    height = MAX (height,
                  jumin_natural_height (above ? nth (self, i)->above : nth (self, i)->below, -1));
  return height;
}

static void
jumin_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminChart *self = JUMIN_CHART (widget);

  *minimum = *natural = 1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = line_height (self, TRUE) + self->bars_height + line_height (self, FALSE);
}

/* In the middle of @at, but not beyond the edges. */
static void
allocate_words (GtkWidget *words, double at, int y, int width)
{
  int own_width = jumin_natural_width (words);
  int x = CLAMP ((int)(at - own_width / 2.0), 0, MAX (0, width - own_width));

  jumin_allocate (words, x, y, own_width, jumin_natural_height (words, -1));
}

static double
middle_of (JuminChart *self, guint n, int width)
{
  return (n + 0.5) * width / self->bars->len;
}

static double
bar_height (JuminChart *self, const Bar *bar)
{
  return (double)self->room * bar->level / WHOLE;
}

static void
jumin_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JuminChart *self = JUMIN_CHART (widget);
  int ground = height - line_height (self, FALSE);

  self->room = ground - line_height (self, TRUE);
  for (guint i = 0; i < self->bars->len; i++)
    {
      const Bar *bar = nth (self, i);
      double at = middle_of (self, i, width);

      allocate_words (bar->below, at, ground, width);
      allocate_words (bar->above, at,
                      ground - (int)bar_height (self, bar) - jumin_natural_height (bar->above, -1),
                      width);
    }
}

/* Round at its upper end. */
static void
trace_top (cairo_t *cairo, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, height);
  cairo_move_to (cairo, x, y + height);
  cairo_arc (cairo, x + radius, y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cairo, x + width - radius, y + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_line_to (cairo, x + width, y + height);
  cairo_close_path (cairo);
  cairo_fill (cairo);
}

static void
draw_bar (JuminChart *self, cairo_t *cairo, const Bar *bar, double at, double ground)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double width
      = MIN (BAR_WIDTH_UNITS * self->unit, 0.6 * gtk_widget_get_width (widget) / self->bars->len);
  double height = bar_height (self, bar), lower = height * bar->share / WHOLE;
  double seam = bar->share > 0 && bar->share < WHOLE ? SEAM_UNITS * self->unit : 0;
  GdkRGBA jade = jumin_get_colour (widget, "jade"), mid = jumin_get_colour (widget, "jade_mid");

  if (bar->level == 0)
    return;
  gdk_cairo_set_source_rgba (cairo, &jade);
  cairo_rectangle (cairo, at - width / 2, ground - lower, width, lower);
  cairo_fill (cairo);
  gdk_cairo_set_source_rgba (cairo, &mid);
  trace_top (cairo, at - width / 2, ground - height, width, MAX (0, height - lower - seam),
             RADIUS_UNITS * self->unit);
}

static void
jumin_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminChart *self = JUMIN_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  int ground = line_height (self, TRUE) + self->room;
  GdkRGBA edge = jumin_get_colour (widget, "edge");

  for (guint i = 0; i < self->bars->len; i++)
    draw_bar (self, cairo, nth (self, i), middle_of (self, i, width), ground);
  gdk_cairo_set_source_rgba (cairo, &edge);
  cairo_rectangle (cairo, 0, ground, width, LINE_UNITS * self->unit);
  cairo_fill (cairo);
  cairo_destroy (cairo);
  GTK_WIDGET_CLASS (jumin_chart_parent_class)->snapshot (widget, snapshot);
}

static void
jumin_chart_dispose (GObject *object)
{
  g_array_set_size (JUMIN_CHART (object)->bars, 0);
  jumin_clear (GTK_WIDGET (object));
  G_OBJECT_CLASS (jumin_chart_parent_class)->dispose (object);
}

static void
jumin_chart_finalize (GObject *object)
{
  g_array_unref (JUMIN_CHART (object)->bars);
  G_OBJECT_CLASS (jumin_chart_parent_class)->finalize (object);
}

static void
jumin_chart_class_init (JuminChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_chart_finalize;
  widget_class->measure = jumin_chart_measure;
  widget_class->size_allocate = jumin_chart_size_allocate;
  widget_class->snapshot = jumin_chart_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
jumin_chart_init (JuminChart *self)
{
  self->bars = g_array_new (FALSE, TRUE, sizeof (Bar));
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

gboolean
jumin_chart_is_legend (const JuminItem *item)
{
  return jumin_has (item->tone);
}

static GtkWidget *
put_words (JuminChart *self, const char *text, gboolean last)
{
  GtkWidget *words = jumin_words (text, last ? "num b" : "num soft");

  if (words != NULL)
    gtk_widget_set_parent (jumin_unbroken (words), GTK_WIDGET (self));
  return words;
}

/**
 * jumin_chart_new:
 * @block: bars; those items of it that are legends are passed over
 */
GtkWidget *
jumin_chart_new (const JuminBlock *block, const JuminShape *shape)
{
  JuminChart *self = g_object_new (JUMIN_TYPE_CHART, NULL);

  self->unit = shape->unit;
  self->bars_height = jumin_shape_px (shape, !shape->bare  ? BARS_UNITS
                                             : shape->wide ? BARS_LOW_UNITS
                                                           : BARS_SMALL_UNITS);
  for (guint i = 0; i < block->items->len; i++)
    {
      const JuminItem *item = g_ptr_array_index (block->items, i);
      gboolean last = i + 1 == block->items->len;
      Bar bar = { .level = (int)item->level, .share = (int)item->share };

      if (jumin_chart_is_legend (item))
        continue;
      bar.above = put_words (self, jumin_has (item->figure) ? item->figure : item->note, last);
      bar.below = put_words (self, item->label, last);
      g_array_append_val (self->bars, bar);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  block->title != NULL ? block->title : "", -1);
  return GTK_WIDGET (self);
}

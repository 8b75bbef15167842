/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some bars without figures, the last one marked: whether it became more or less. */
#include "ui/widgets/small-bars.h"

#include "ipc/view.h"
#include "ui/widgets/parts.h"

enum
{
  BARS_MAX = 12,
  WIDTH_UNITS = 11,
  GAP_UNITS = 6,
  HEIGHT_UNITS = 58,
  RADIUS_UNITS = 4,
  WHOLE = 100
};

struct _JuminSmallBars
{
  GtkWidget parent_instance;
  double unit;
  float before_alpha;
  guint count;
  int levels[BARS_MAX];
};

G_DEFINE_FINAL_TYPE (JuminSmallBars, jumin_small_bars, GTK_TYPE_WIDGET)

static int
get_width (JuminSmallBars *self)
{
  int count = (int)self->count;

  return (int)((count * WIDTH_UNITS + (count - 1) * GAP_UNITS) * self->unit + 1);
}

static void
jumin_small_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JuminSmallBars *self = JUMIN_SMALL_BARS (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float height = (float)gtk_widget_get_height (widget), width = (float)(WIDTH_UNITS * self->unit);
  float x = 0, step = (float)((WIDTH_UNITS + GAP_UNITS) * self->unit);
  GdkRGBA before = jumin_get_colour (widget, "jade_mid"), last;

  before.alpha = self->before_alpha;
  gtk_style_context_get_color (style, &last);
  for (guint i = 0; i < self->count; i++, x += step)
    {
      float high = height * (float)self->levels[i] / WHOLE;
      GskRoundedRect bar;

      gsk_rounded_rect_init_from_rect (&bar, &GRAPHENE_RECT_INIT (x, height - high, width, high),
                                       (float)(RADIUS_UNITS * self->unit));
      gtk_snapshot_push_rounded_clip (snapshot, &bar);
      gtk_snapshot_append_color (snapshot, i + 1 == self->count ? &last : &before, &bar.bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
jumin_small_bars_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  JuminSmallBars *self = JUMIN_SMALL_BARS (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? get_width (self)
                            : (int)(HEIGHT_UNITS * self->unit);
}

static void
jumin_small_bars_class_init (JuminSmallBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = jumin_small_bars_snapshot;
  widget_class->measure = jumin_small_bars_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
jumin_small_bars_init (JuminSmallBars *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "usage-bars");
}

/**
 * jumin_small_bars_new:
 * @items: (element-type JuminItem): bars are those from @first on whose tone is "bar"
 *
 * Returns: (transfer floating): they, or what is as wide as none
 */
GtkWidget *
jumin_small_bars_new (const GPtrArray *items, guint first, const JuminShape *shape)
{
  JuminSmallBars *self = g_object_new (JUMIN_TYPE_SMALL_BARS, NULL);

  self->unit = shape->unit;
  self->before_alpha = shape->contrast ? 1 : 0.6F;
  for (guint i = first; i < items->len && self->count < BARS_MAX; i++)
    {
      const JuminItem *item = items->pdata[i];

      if (g_strcmp0 (item->tone, "bar") != 0)
        break;
      self->levels[self->count++] = CLAMP ((int)item->level, 1, WHOLE);
    }
  return GTK_WIDGET (self);
}

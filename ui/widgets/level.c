/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds one child and hides its baseline. A GtkBox that stands words of two sizes side by side
 * measures them by their baselines at one time and without at another, and complains. Centred words
 * need none. */
#include "ui/widgets/level.h"

#include "ui/widgets/layout.h"

struct _JuminLevel
{
  GtkWidget parent_instance;
  GtkWidget *child;
};

G_DEFINE_FINAL_TYPE (JuminLevel, jumin_level, GTK_TYPE_WIDGET)

static void
jumin_level_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (JUMIN_LEVEL (widget)->child, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static void
jumin_level_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  jumin_allocate (JUMIN_LEVEL (widget)->child, 0, 0, width, height);
}

static void
jumin_level_dispose (GObject *object)
{
  g_clear_pointer (&JUMIN_LEVEL (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (jumin_level_parent_class)->dispose (object);
}

static void
jumin_level_class_init (JuminLevelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jumin_level_dispose;
  widget_class->measure = jumin_level_measure;
  widget_class->size_allocate = jumin_level_size_allocate;
  widget_class->get_request_mode = jumin_height_for_width;
}

static void
jumin_level_init (JuminLevel *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * jumin_level:
 * @child: (nullable): words or a chip
 *
 * Returns: (nullable): @child without its baseline; it expands as @child does
 */
GtkWidget *
jumin_level (GtkWidget *child)
{
  JuminLevel *self;

  if (child == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_LEVEL, NULL);
  self->child = child;
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For widgets that measure and place their children themselves. A child may be %NULL: it takes
 * nothing. */
int jumin_natural_width (GtkWidget *child);
int jumin_natural_height (GtkWidget *child, int width);
int jumin_least_height (GtkWidget *child, int width);
void jumin_allocate (GtkWidget *child, int x, int y, int width, int height);

/* Of the class. */
GtkSizeRequestMode jumin_height_for_width (GtkWidget *widget);
void jumin_measure_pixel (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline);

G_END_DECLS

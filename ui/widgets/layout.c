/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What widgets share that measure and place their children themselves. */
#include "ui/widgets/layout.h"

int
jumin_natural_width (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

int
jumin_natural_height (GtkWidget *child, int width)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

int
jumin_least_height (GtkWidget *child, int width)
{
  int least = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  return least;
}

void
jumin_allocate (GtkWidget *child, int x, int y, int width, int height)
{
  if (child != NULL)
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, MAX (1, width), MAX (1, height) }, -1);
}

/* The class's get_request_mode: how high it is follows from how wide it is. */
GtkSizeRequestMode
jumin_height_for_width (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The class's measure: it takes what it gets, and asks for nothing. */
void
jumin_measure_pixel (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 1;
}

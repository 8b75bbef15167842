/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUMIN_TYPE_COLUMN (jumin_column_get_type ())
G_DECLARE_FINAL_TYPE (JuminColumn, jumin_column, JUMIN, COLUMN, GtkWidget)

/**
 * JuminPlace:
 * @JUMIN_PLACE_PRESSABLE: not above the touch line
 * @JUMIN_PLACE_SPARE: shown only if there is room for it
 * @JUMIN_PLACE_LAST: at the lower end, with all that follows
 * @JUMIN_PLACE_MIDDLE: in the middle of the free room
 * @JUMIN_PLACE_FAR: stands clear of what is before it
 * @JUMIN_PLACE_GROW: takes room that is free, up to a multiple of its height
 * @JUMIN_PLACE_STRETCH: shares with its like what is free then, up to a part of its height
 */
typedef enum
{
  JUMIN_PLACE_PRESSABLE = 1 << 0,
  JUMIN_PLACE_SPARE = 1 << 1,
  JUMIN_PLACE_LAST = 1 << 2,
  JUMIN_PLACE_MIDDLE = 1 << 3,
  JUMIN_PLACE_FAR = 1 << 4,
  JUMIN_PLACE_GROW = 1 << 5,
  JUMIN_PLACE_STRETCH = 1 << 6
} JuminPlace;

/**
 * JuminColumnPlan:
 * @side, @top, @bottom: margins, pixels
 * @gap: between two children, pixels
 * @touch_top: the touch line, pixels from the column's upper edge; 0: none
 * @measure_head: (nullable): what of a pressable child, at its upper end, cannot be pressed and may
 *   stand above the touch line, pixels
 */
typedef struct
{
  int side, top, bottom, gap, touch_top;
  int (*measure_head) (GtkWidget *child, int width);
} JuminColumnPlan;

/**
 * JuminColumn::overflow:
 * @over: pixels that are missing
 *
 * The children do not fit, even as small as they can be. Emitted while the column is laid out.
 */

GtkWidget *jumin_column_new (void);
void jumin_column_set_plan (JuminColumn *self, const JuminColumnPlan *plan);
void jumin_column_begin (JuminColumn *self);
void jumin_column_place (JuminColumn *self, GtkWidget *child, guint place);
void jumin_column_end (JuminColumn *self);
int jumin_column_get_touch (JuminColumn *self);
int jumin_column_get_end (JuminColumn *self, GtkWidget *child);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ipc/view.h"

G_BEGIN_DECLS

/**
 * JuminShape:
 * @width, @height: of the screen, pixels
 * @unit: pixels of one design unit; the design is drawn on a short side of 1080 units
 * @wide: wider than high: two columns
 * @small: wide, but its columns are narrow
 * @elder, @contrast, @reach: modes of the visit
 * @english: words are longer and break at spaces
 * @roomy, @bare: in a page's own copy: there is room to draw it larger; it holds so much that what
 *   is said elsewhere, too, is left out
 * @top: pixels that the bars above a page take
 * @bottom: pixels that the bars below the left column take; the right one has none when @wide
 * @left: width of the left column, pixels; 0 when there is one column
 * @left_top: pixels that the band takes at the top of the left column
 *
 * What the screen is like at this moment. The window owns one; everybody else reads it.
 */
typedef struct
{
  int width, height;
  double unit;
  gboolean wide, small, elder, contrast, reach, english, roomy, bare;
  int top, bottom, left, left_top;
} JuminShape;

void jumin_shape_set_size (JuminShape *shape, int width, int height);
gboolean jumin_shape_set_modes (JuminShape *shape, const JuminView *view);
int jumin_shape_px (const JuminShape *shape, double units);
int jumin_shape_touch_top (const JuminShape *shape);

G_END_DECLS

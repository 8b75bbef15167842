/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen is like: its size, the size of a design unit on it, and the visit's modes. */
#include "ui/shape.h"

enum
{
  DESIGN_SHORT_SIDE = 1080,
  /* A panel below this is a development window: there it is scaled as it comes. */
  PANEL_SHORT_SIDE_MIN = 720
};

/* Text below this share of the design cannot be read standing. */
static const double panel_unit_min = 0.75;

void
jumin_shape_set_size (JuminShape *shape, int width, int height)
{
  int side = MIN (width, height);

  shape->width = width;
  shape->height = height;
  shape->wide = width > height;
  shape->small = shape->wide && width < height * 3 / 2;
  shape->unit = (double)side / DESIGN_SHORT_SIDE;
  if (side >= PANEL_SHORT_SIDE_MIN)
    shape->unit = MAX (shape->unit, panel_unit_min);
}

/**
 * jumin_shape_set_modes:
 *
 * Returns: whether anything is drawn differently now
 */
gboolean
jumin_shape_set_modes (JuminShape *shape, const JuminView *view)
{
  gboolean english = g_strcmp0 (view->language, "en") == 0;
  gboolean changed = shape->elder != view->elder || shape->contrast != view->contrast
                     || shape->reach != view->reach || shape->english != english;

  shape->elder = view->elder;
  shape->contrast = view->contrast;
  shape->reach = view->reach;
  shape->english = english;
  return changed;
}

int
jumin_shape_px (const JuminShape *shape, double units)
{
  return (int)(units * shape->unit + 0.5);
}

/**
 * jumin_shape_touch_top:
 *
 * Returns: the line above which nothing on a page may be pressed: a third of the screen, in reach
 *   mode half
 */
int
jumin_shape_touch_top (const JuminShape *shape)
{
  return shape->reach ? shape->height / 2 : shape->height / 3;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-bit pictures for the ticket printer. */
#include "model/raster.h"

/**
 * jumin_raster_new:
 * @width: dots, a multiple of 8
 * @height: rows
 * @dots: exactly @width / 8 * @height bytes
 *
 * Returns: (transfer full): a raster that shares @dots
 */
JuminRaster *
jumin_raster_new (guint width, guint height, GBytes *dots)
{
  JuminRaster *self = g_new0 (JuminRaster, 1);

  g_assert (width % 8 == 0 && width <= JUMIN_RASTER_WIDTH_MAX);
  g_assert (height <= JUMIN_RASTER_HEIGHT_MAX);
  g_assert (g_bytes_get_size (dots) == (gsize)width / 8 * height);
  *self = (JuminRaster){ .width = width, .height = height, .dots = g_bytes_ref (dots) };
  return self;
}

void
jumin_raster_free (JuminRaster *self)
{
  g_bytes_unref (self->dots);
  g_free (self);
}

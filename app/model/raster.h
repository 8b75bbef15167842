/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_RASTER_WIDTH_MAX = 832,  /* dots of the widest ticket printer, 112 mm */
  JUMIN_RASTER_HEIGHT_MAX = 4096 /* half a metre at 203 dpi */
};

/**
 * JuminRaster:
 * @width: dots in a row, a multiple of 8
 * @height: rows
 * @dots: @width / 8 bytes a row, the most significant bit is the left dot, 1 is black
 *
 * What goes onto a ticket: an immutable value.
 */
typedef struct
{
  guint width, height;
  GBytes *dots;
} JuminRaster;

JuminRaster *jumin_raster_new (guint width, guint height, GBytes *dots);
void jumin_raster_free (JuminRaster *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminRaster, jumin_raster_free)

G_END_DECLS

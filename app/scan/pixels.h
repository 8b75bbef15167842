/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

/**
 * JuminPixelLayout:
 * @fourcc: how a frame is written, a V4L2_PIX_FMT_…
 * @width, @height: of a frame
 * @stride: bytes from one row to the next; 0: rows without gaps, or no rows (MJPEG)
 */
typedef struct
{
  guint32 fourcc;
  guint width, height, stride;
} JuminPixelLayout;

/**
 * JuminPixels:
 *
 * Reads frames of a camera: as grey for the decoder, and small and coloured for the preview. What
 * the camera sends is not believed; a frame that is cut off, damaged or of another size is a bad
 * one.
 */
typedef struct _JuminPixels JuminPixels;

JuminPixels *jumin_pixels_new (const JuminPixelLayout *layout);
void jumin_pixels_free (JuminPixels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPixels, jumin_pixels_free)

const JuminFrame *jumin_pixels_read_grey (JuminPixels *self, const guint8 *bytes, gsize length);
void jumin_pixels_get_preview_size (JuminPixels *self, guint *width, guint *height);
gboolean jumin_pixels_read_preview (JuminPixels *self, const guint8 *bytes, gsize length,
                                    gboolean mirror, guint8 *pixels);

G_END_DECLS

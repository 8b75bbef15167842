/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

gboolean jumin_jpeg_picture_parse (const guint8 *bytes, gsize length, JuminFrame *frame,
                                   guint8 **pixels, GError **error);

/**
 * JuminJpegFrame:
 * @width, @height: what the picture must have; other ones are refused
 * @eighths: 1 to 8: what part of its sides is wanted, rounded up
 * @coloured: blue, green, red, 255; %FALSE: grey
 *
 * What a frame of a camera is read into.
 */
typedef struct
{
  guint width, height, eighths;
  gboolean coloured;
} JuminJpegFrame;

gboolean jumin_jpeg_frame_read (const guint8 *bytes, gsize length, const JuminJpegFrame *wanted,
                                guint8 *pixels);

G_END_DECLS

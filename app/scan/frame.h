/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_FRAME_SIDE_MIN_PX = 16,
  JUMIN_FRAME_SIDE_MAX_PX = 4096,
  /* Smaller frames stay as they are: half of them has too few pixels a module. */
  JUMIN_FRAME_HALF_HEIGHT_MIN_PX = 480
};

/**
 * JuminFrame:
 * @pixels: (array): @width times @height bytes without gaps, 0 is black
 * @width: %JUMIN_FRAME_SIDE_MIN_PX to %JUMIN_FRAME_SIDE_MAX_PX
 * @height: as @width
 *
 * A grey picture. Whoever made it owns the pixels.
 */
typedef struct
{
  const guint8 *pixels;
  guint width, height;
} JuminFrame;

gboolean jumin_frame_check (const JuminFrame *frame, GError **error);
gsize jumin_frame_get_size (const JuminFrame *frame);

JuminFrame jumin_frame_halve (const JuminFrame *frame, guint8 *pixels);
JuminFrame jumin_frame_double_framed (const JuminFrame *frame, guint margin_px, guint8 *pixels);
JuminFrame jumin_frame_crop (const JuminFrame *frame, guint left, guint top, guint width,
                             guint height, guint8 *pixels);
JuminFrame jumin_frame_double (const JuminFrame *frame, guint8 *pixels);
JuminFrame jumin_frame_invert (const JuminFrame *frame, guint8 *pixels, guint32 *columns);
JuminFrame jumin_frame_sharpen (const JuminFrame *frame, guint8 *pixels, guint32 *columns);
JuminFrame jumin_frame_threshold (const JuminFrame *frame, guint8 *pixels, guint32 *columns);
JuminFrame jumin_frame_threshold_smoothed (const JuminFrame *frame, guint8 *pixels,
                                           guint32 *columns);
JuminFrame jumin_frame_even_out (const JuminFrame *frame, guint8 *pixels, guint32 *columns);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a table a format: MJPEG is read by libjpeg-turbo, which can make it smaller while it
 * reads; of the others whole pixels are left out. */
#include "scan/pixels.h"
#include "ipc/preview.h"
#include "scan/jpeg-picture.h"

#include <linux/videodev2.h>
#include <string.h>

enum
{
  EIGHTHS = 8
};

typedef struct
{
  guint32 fourcc;
  guint row_bytes, rows; /* of a frame without gaps: a half of a byte a pixel, of a row a row */
  gboolean (*read_grey) (JuminPixels *self, const guint8 *bytes, gsize length);
  gboolean (*read_preview) (JuminPixels *self, const guint8 *bytes, gsize length, guint8 *pixels);
} Format;

struct _JuminPixels
{
  const Format *format;
  JuminPixelLayout layout;
  guint8 *grey;
  JuminFrame frame;
  guint part; /* MJPEG: eighths of its sides in a preview; others: each so many-th pixel */
  guint preview_width, preview_height;
};

static gboolean
read_jpeg_grey (JuminPixels *self, const guint8 *bytes, gsize length)
{
  return jumin_jpeg_frame_read (
      bytes, length, &(JuminJpegFrame){ self->layout.width, self->layout.height, EIGHTHS, FALSE },
      self->grey);
}

static gboolean
read_jpeg_preview (JuminPixels *self, const guint8 *bytes, gsize length, guint8 *pixels)
{
  return jumin_jpeg_frame_read (
      bytes, length, &(JuminJpegFrame){ self->layout.width, self->layout.height, self->part, TRUE },
      pixels);
}

static gboolean
read_yuyv_grey (JuminPixels *self, const guint8 *bytes, gsize length)
{
  for (guint y = 0; y < self->frame.height; y++)
    {
      const guint8 *from = bytes + (gsize)y * self->layout.stride;
      guint8 *row = self->grey + (gsize)y * self->frame.width;

      for (guint x = 0; x < self->frame.width; x++)
        row[x] = from[2 * x];
    }
  return TRUE;
}

static gboolean
read_plain_grey (JuminPixels *self, const guint8 *bytes, gsize length)
{
  for (guint y = 0; y < self->frame.height; y++)
    memcpy (self->grey + (gsize)y * self->frame.width, bytes + (gsize)y * self->layout.stride,
            self->frame.width);
  return TRUE;
}

/* ITU-R BT.601 with 16 to 235, as uncompressed video of cameras is, in 1/256. */
static void
write_colour (int y, int u, int v, guint8 *pixel)
{
  int light = 298 * (y - 16) + 128;

  pixel[0] = (guint8)CLAMP ((light + 516 * (u - 128)) / 256, 0, 0xff);
  pixel[1] = (guint8)CLAMP ((light - 100 * (u - 128) - 208 * (v - 128)) / 256, 0, 0xff);
  pixel[2] = (guint8)CLAMP ((light + 409 * (v - 128)) / 256, 0, 0xff);
  pixel[3] = 0xff;
}

static gboolean
read_yuyv_preview (JuminPixels *self, const guint8 *bytes, gsize length, guint8 *pixels)
{
  for (guint y = 0; y < self->preview_height; y++)
    {
      const guint8 *from = bytes + (gsize)y * self->part * self->layout.stride;

      for (guint x = 0; x < self->preview_width; x++, pixels += JUMIN_PREVIEW_PIXEL_BYTES)
        {
          guint column = x * self->part;
          const guint8 *pair = from + 4 * (gsize)(column / 2);

          write_colour (from[2 * column], pair[1], pair[3], pixels);
        }
    }
  return TRUE;
}

static gboolean
read_nv12_preview (JuminPixels *self, const guint8 *bytes, gsize length, guint8 *pixels)
{
  const guint8 *colours = bytes + (gsize)self->layout.stride * self->layout.height;

  for (guint y = 0; y < self->preview_height; y++)
    {
      guint line = y * self->part;
      const guint8 *from = bytes + (gsize)line * self->layout.stride;
      const guint8 *pairs = colours + (gsize)(line / 2) * self->layout.stride;

      for (guint x = 0; x < self->preview_width; x++, pixels += JUMIN_PREVIEW_PIXEL_BYTES)
        {
          guint column = x * self->part;

          write_colour (from[column], pairs[column & ~1U], pairs[column | 1], pixels);
        }
    }
  return TRUE;
}

static gboolean
read_plain_preview (JuminPixels *self, const guint8 *bytes, gsize length, guint8 *pixels)
{
  for (guint y = 0; y < self->preview_height; y++)
    {
      const guint8 *from = bytes + (gsize)y * self->part * self->layout.stride;

      for (guint x = 0; x < self->preview_width; x++, pixels += JUMIN_PREVIEW_PIXEL_BYTES)
        {
          memset (pixels, from[x * self->part], 3);
          pixels[3] = 0xff;
        }
    }
  return TRUE;
}

static const Format formats[] = {
  { V4L2_PIX_FMT_MJPEG, 0, 0, read_jpeg_grey, read_jpeg_preview },
  { V4L2_PIX_FMT_YUYV, 4, 2, read_yuyv_grey, read_yuyv_preview },
  { V4L2_PIX_FMT_NV12, 2, 3, read_plain_grey, read_nv12_preview },
  { V4L2_PIX_FMT_GREY, 2, 2, read_plain_grey, read_plain_preview },
};

static void
choose_preview_size (JuminPixels *self)
{
  guint width = self->layout.width, height = self->layout.height;

  if (self->format->rows == 0)
    {
      for (self->part = EIGHTHS; self->part > 1; self->part--)
        if ((width * self->part + EIGHTHS - 1) / EIGHTHS <= JUMIN_PREVIEW_WIDTH_MAX
            && (height * self->part + EIGHTHS - 1) / EIGHTHS <= JUMIN_PREVIEW_HEIGHT_MAX)
          break;
      self->preview_width = (width * self->part + EIGHTHS - 1) / EIGHTHS;
      self->preview_height = (height * self->part + EIGHTHS - 1) / EIGHTHS;
      return;
    }
  self->part = MAX ((width + JUMIN_PREVIEW_WIDTH_MAX - 1) / JUMIN_PREVIEW_WIDTH_MAX,
                    (height + JUMIN_PREVIEW_HEIGHT_MAX - 1) / JUMIN_PREVIEW_HEIGHT_MAX);
  self->preview_width = width / self->part;
  self->preview_height = height / self->part;
}

/**
 * jumin_pixels_new:
 *
 * Returns: (transfer full) (nullable): a reader of such frames; %NULL: the format is unknown, or
 *   the sizes do not fit each other or #JuminFrame
 */
JuminPixels *
jumin_pixels_new (const JuminPixelLayout *layout)
{
  JuminFrame frame = { NULL, layout->width, layout->height };
  const Format *format = NULL;
  JuminPixels *self;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].fourcc == layout->fourcc)
      format = &formats[i];
  if (format == NULL || !jumin_frame_check (&frame, NULL)
      || (format->rows != 0 && (layout->width % 2 != 0 || layout->height % 2 != 0)))
    return NULL;
  self = g_new0 (JuminPixels, 1);
  self->format = format;
  self->layout = *layout;
  self->layout.stride = MAX (layout->stride, layout->width * format->row_bytes / 2);
  self->grey = g_malloc (jumin_frame_get_size (&frame));
  frame.pixels = self->grey;
  self->frame = frame;
  choose_preview_size (self);
  return self;
}

void
jumin_pixels_free (JuminPixels *self)
{
  g_free (self->grey);
  g_free (self);
}

static gboolean
is_whole (JuminPixels *self, gsize length)
{
  return length >= (gsize)self->layout.stride * self->layout.height * self->format->rows / 2;
}

/**
 * jumin_pixels_read_grey:
 * @bytes: (array length=length): a frame as the camera sent it
 *
 * Returns: (transfer none) (nullable): it, until the next call; %NULL: it was bad
 */
const JuminFrame *
jumin_pixels_read_grey (JuminPixels *self, const guint8 *bytes, gsize length)
{
  if (!is_whole (self, length) || !self->format->read_grey (self, bytes, length))
    return NULL;
  return &self->frame;
}

/**
 * jumin_pixels_get_preview_size:
 *
 * As large as the camera's picture, or the part of it that ipc/preview.h has room for.
 */
void
jumin_pixels_get_preview_size (JuminPixels *self, guint *width, guint *height)
{
  *width = self->preview_width;
  *height = self->preview_height;
}

static void
mirror_row (guint8 *bytes, guint width)
{
  guint32 left, right;

  for (guint i = 0; i < width / 2; i++)
    {
      guint8 *other = bytes + (gsize)(width - 1 - i) * sizeof left;

      memcpy (&left, bytes + i * sizeof left, sizeof left);
      memcpy (&right, other, sizeof right);
      memcpy (bytes + i * sizeof left, &right, sizeof right);
      memcpy (other, &left, sizeof left);
    }
}

/**
 * jumin_pixels_read_preview:
 * @bytes: (array length=length): a frame as the camera sent it
 * @mirror: whether left and right change places
 * @pixels: (out caller-allocates): a preview, without gaps
 *
 * Returns: whether the frame was good
 */
gboolean
jumin_pixels_read_preview (JuminPixels *self, const guint8 *bytes, gsize length, gboolean mirror,
                           guint8 *pixels)
{
  if (!is_whole (self, length) || !self->format->read_preview (self, bytes, length, pixels))
    return FALSE;
  for (guint y = 0; mirror && y < self->preview_height; y++)
    mirror_row (pixels + (gsize)y * self->preview_width * JUMIN_PREVIEW_PIXEL_BYTES,
                self->preview_width);
  return TRUE;
}

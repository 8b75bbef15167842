/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a picture before a code is looked for in it: smaller, larger, sharper, black and
 * white, or evenly lit. Each function writes into pixels that its caller has, and reads each pixel
 * a bounded number of times. The constants are those that read most of 330 generated pictures. */
#include "scan/frame.h"

#include <string.h>

enum
{
  /* Parts of the height: the radius within which a mean is taken. The wide one has dark modules in
   * it wherever a code has a light one, so that noise leaves no specks. */
  NEAR = 24,
  WIDE = 8,
  RADIUS_MIN_PX = 3,
  DARK_PERCENT = 96, /* of the mean: darker than this is black */
  CONTRAST = 3,
  SHARPEN_RADIUS_PX = 3,
  SHARPNESS = 3,
  MIDDLE_GREY = 128,
  RECIPROCAL_BITS = 24
};

gboolean
jumin_frame_check (const JuminFrame *frame, GError **error)
{
  if (frame->width >= JUMIN_FRAME_SIDE_MIN_PX && frame->height >= JUMIN_FRAME_SIDE_MIN_PX
      && frame->width <= JUMIN_FRAME_SIDE_MAX_PX && frame->height <= JUMIN_FRAME_SIDE_MAX_PX)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "the picture is %u x %u pixels; each side may have %d to %d", frame->width,
               frame->height, JUMIN_FRAME_SIDE_MIN_PX, JUMIN_FRAME_SIDE_MAX_PX);
  return FALSE;
}

gsize
jumin_frame_get_size (const JuminFrame *frame)
{
  return (gsize)frame->width * frame->height;
}

/**
 * jumin_frame_halve:
 * @pixels: (out caller-allocates): a quarter of the size of @frame; may be its own pixels
 *
 * Each pixel becomes the mean of four: noise and the stripes of a screen's sub-pixels go away.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_halve (const JuminFrame *frame, guint8 *pixels)
{
  JuminFrame half = { pixels, frame->width / 2, frame->height / 2 };

  for (guint y = 0; y < half.height; y++)
    {
      const guint8 *upper = frame->pixels + (gsize)2 * y * frame->width;
      const guint8 *lower = upper + frame->width;
      guint8 *row = pixels + (gsize)y * half.width;

      for (guint x = 0; x < half.width; x++)
        row[x]
            = (guint8)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
    }
  return half;
}

/**
 * jumin_frame_double_framed:
 * @margin_px: white pixels to put around, once doubled
 * @pixels: (out caller-allocates): twice the sides of @frame and two margins each
 *
 * For a drawn code without its quiet zone, or with modules of a pixel or two.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_double_framed (const JuminFrame *frame, guint margin_px, guint8 *pixels)
{
  JuminFrame large = { pixels, 2 * (frame->width + margin_px), 2 * (frame->height + margin_px) };

  memset (pixels, 0xff, jumin_frame_get_size (&large));
  for (guint y = 0; y < 2 * frame->height; y++)
    {
      const guint8 *from = frame->pixels + (gsize)(y / 2) * frame->width;
      guint8 *row = pixels + (gsize)(y + margin_px) * large.width + margin_px;

      for (guint x = 0; x < 2 * frame->width; x++)
        row[x] = from[x / 2];
    }
  return large;
}

/**
 * jumin_frame_invert:
 * @pixels: (out caller-allocates): the size of @frame
 * @columns: not used
 *
 * Light becomes dark, for an engine that knows dark codes only.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_invert (const JuminFrame *frame, guint8 *pixels, guint32 *columns)
{
  gsize size = jumin_frame_get_size (frame);

  for (gsize i = 0; i < size; i++)
    pixels[i] = 0xff - frame->pixels[i];
  return (JuminFrame){ pixels, frame->width, frame->height };
}

/**
 * jumin_frame_crop:
 * @left: of the part, in pixels
 * @top: as @left
 * @width: of the part, which lies in @frame
 * @height: as @width
 * @pixels: (out caller-allocates): the size of the part
 *
 * Returns: the part, in @pixels
 */
JuminFrame
jumin_frame_crop (const JuminFrame *frame, guint left, guint top, guint width, guint height,
                  guint8 *pixels)
{
  g_assert (left + width <= frame->width && top + height <= frame->height);
  for (guint y = 0; y < height; y++)
    memcpy (pixels + (gsize)y * width, frame->pixels + (gsize)(top + y) * frame->width + left,
            width);
  return (JuminFrame){ pixels, width, height };
}

/**
 * jumin_frame_double:
 * @pixels: (out caller-allocates): four times the size of @frame
 *
 * New pixels are means of those around them: for modules of two pixels.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_double (const JuminFrame *frame, guint8 *pixels)
{
  JuminFrame large = { pixels, 2 * frame->width, 2 * frame->height };

  for (guint y = 0; y < frame->height; y++)
    {
      const guint8 *row = frame->pixels + (gsize)y * frame->width;
      const guint8 *below = y + 1 < frame->height ? row + frame->width : row;
      guint8 *upper = pixels + (gsize)2 * y * large.width, *lower = upper + large.width;

      for (guint x = 0; x < frame->width; x++)
        {
          guint right = x + 1 < frame->width ? x + 1 : x;

          upper[2 * x] = row[x];
          upper[2 * x + 1] = (guint8)((row[x] + row[right]) / 2);
          lower[2 * x] = (guint8)((row[x] + below[x]) / 2);
          lower[2 * x + 1] = (guint8)((row[x] + row[right] + below[x] + below[right]) / 4);
        }
    }
  return large;
}

/* The sums of each pixel of @row with those above and below it. */
static void
add_three_rows (const guint8 *row, guint width, guint32 *columns)
{
  const guint8 *above = row - width, *below = row + width;

  for (guint x = 0; x < width; x++)
    columns[x] = (guint32)above[x] + row[x] + below[x];
}

/* Adds or takes away row @y of @frame from the sums of the columns. */
static void
slide_columns (const JuminFrame *frame, guint y, gboolean in, guint32 *columns)
{
  const guint8 *row = frame->pixels + (gsize)y * frame->width;

  for (guint x = 0; x < frame->width; x++)
    columns[x] = in ? columns[x] + row[x] : columns[x] - row[x];
}

/* One row of means from the sums of @rows rows. */
static void
write_means (const guint32 *columns, guint width, guint radius, guint rows, guint8 *means)
{
  guint32 sum = 0, area = 0, reciprocal = 0;
  guint count = 0;

  for (; count < MIN (radius, width); count++)
    sum += columns[count];
  for (guint x = 0; x < width; x++)
    {
      if (x + radius < width)
        sum += columns[x + radius], count++;
      if (x > radius)
        sum -= columns[x - radius - 1], count--;
      if (count * rows != area)
        {
          area = count * rows;
          /* Rounded down: a mean is never above 255. */
          reciprocal = (1U << RECIPROCAL_BITS) / area;
        }
      means[x] = (guint8)(((guint64)sum * reciprocal) >> RECIPROCAL_BITS);
    }
}

static guint
get_radius (const JuminFrame *frame, guint part)
{
  return MAX (frame->height / part, RADIUS_MIN_PX);
}

/* The mean of the square around each pixel, cut at the edges. The sums of the columns slide down
 * and their sum slides to the right, so that the cost does not grow with the radius. */
static void
write_neighbourhood (const JuminFrame *frame, guint radius, guint8 *means, guint32 *columns)
{
  guint rows = 0;

  memset (columns, 0, sizeof *columns * frame->width);
  for (; rows < MIN (radius, frame->height); rows++)
    slide_columns (frame, rows, TRUE, columns);
  for (guint y = 0; y < frame->height; y++)
    {
      if (y + radius < frame->height)
        {
          slide_columns (frame, y + radius, TRUE, columns);
          rows++;
        }
      if (y > radius)
        {
          slide_columns (frame, y - radius - 1, FALSE, columns);
          rows--;
        }
      write_means (columns, frame->width, radius, rows, means + (gsize)y * frame->width);
    }
}

/**
 * jumin_frame_sharpen:
 * @pixels: (out caller-allocates): the size of @frame
 * @columns: (out caller-allocates): scratch, the width of @frame
 *
 * What differs from its nearest neighbours differs four times as much: what a lens out of focus or
 * a moving hand made of single modules comes back.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_sharpen (const JuminFrame *frame, guint8 *pixels, guint32 *columns)
{
  gsize size = jumin_frame_get_size (frame);

  write_neighbourhood (frame, SHARPEN_RADIUS_PX, pixels, columns);
  for (gsize i = 0; i < size; i++)
    pixels[i]
        = (guint8)CLAMP (frame->pixels[i] + SHARPNESS * (frame->pixels[i] - pixels[i]), 0, 0xff);
  return (JuminFrame){ pixels, frame->width, frame->height };
}

/**
 * jumin_frame_threshold:
 * @pixels: (out caller-allocates): the size of @frame
 * @columns: (out caller-allocates): scratch, the width of @frame
 *
 * Black where a pixel is clearly darker than what is around it, white elsewhere.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_threshold (const JuminFrame *frame, guint8 *pixels, guint32 *columns)
{
  gsize size = jumin_frame_get_size (frame);

  write_neighbourhood (frame, get_radius (frame, NEAR), pixels, columns);
  for (gsize i = 0; i < size; i++)
    pixels[i] = frame->pixels[i] * 100 < pixels[i] * DARK_PERCENT ? 0 : 0xff;
  return (JuminFrame){ pixels, frame->width, frame->height };
}

/**
 * jumin_frame_threshold_smoothed:
 * @pixels: (out caller-allocates): the size of @frame
 * @columns: (out caller-allocates): scratch, the width of @frame
 *
 * Black where the mean of nine pixels is clearly darker than what is widely around it.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_threshold_smoothed (const JuminFrame *frame, guint8 *pixels, guint32 *columns)
{
  guint width = frame->width;

  write_neighbourhood (frame, get_radius (frame, WIDE), pixels, columns);
  for (guint y = 0; y < frame->height; y++)
    {
      guint8 *row = pixels + (gsize)y * width;
      guint x = 0;

      if (y > 0 && y + 1 < frame->height)
        {
          add_three_rows (frame->pixels + (gsize)y * width, width, columns);
          for (row[x++] = 0xff; x + 1 < width; x++)
            row[x]
                = (columns[x - 1] + columns[x] + columns[x + 1]) * 100 < 9U * DARK_PERCENT * row[x]
                      ? 0
                      : 0xff;
        }
      memset (row + x, 0xff, width - x);
    }
  return (JuminFrame){ pixels, frame->width, frame->height };
}

/**
 * jumin_frame_even_out:
 * @pixels: (out caller-allocates): the size of @frame
 * @columns: (out caller-allocates): scratch, the width of @frame
 *
 * Every neighbourhood gets the same middle grey and more contrast: shadows, glare and the bands of
 * a dimmed screen go away.
 *
 * Returns: the frame in @pixels
 */
JuminFrame
jumin_frame_even_out (const JuminFrame *frame, guint8 *pixels, guint32 *columns)
{
  gsize size = jumin_frame_get_size (frame);

  write_neighbourhood (frame, get_radius (frame, NEAR), pixels, columns);
  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8)CLAMP (MIDDLE_GREY + CONTRAST * (frame->pixels[i] - pixels[i]), 0, 0xff);
  return (JuminFrame){ pixels, frame->width, frame->height };
}

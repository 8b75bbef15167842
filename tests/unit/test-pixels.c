/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of a camera as grey for the decoder and in colour for the preview, and what is no frame.
 */
#include "ipc/preview.h"
#include "picture-files.h"
#include "scan/pixels.h"

#include <linux/videodev2.h>
#include <string.h>

enum
{
  GAP_BYTES = 6,  /* after each row */
  JPEG_ERROR = 6, /* greys */
  END_BYTES = 4
};

static const guint8 black[] = { 0, 0, 0, 0xff }, white[] = { 0xff, 0xff, 0xff, 0xff };

/* White with a black half on the left, as @fourcc has it. */
static GBytes *
draw_plain (const JuminPixelLayout *layout, gsize row_bytes)
{
  gsize stride = row_bytes + GAP_BYTES, rows = layout->height * 3 / 2;
  guint8 *bytes = g_malloc (stride * rows);

  memset (bytes, 128, stride * rows);
  for (guint y = 0; y < layout->height; y++)
    for (guint x = 0; x < layout->width; x++)
      bytes[y * stride + x * (row_bytes / layout->width)] = x < layout->width / 2 ? 16 : 235;
  return g_bytes_new_take (bytes, stride * rows);
}

static void
check_preview (JuminPixels *pixels, GBytes *bytes, gboolean mirror)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree guint8 *preview = NULL;
  guint width, height;

  jumin_pixels_get_preview_size (pixels, &width, &height);
  preview = g_malloc ((gsize)width * height * JUMIN_PREVIEW_PIXEL_BYTES);
  g_assert_true (jumin_pixels_read_preview (pixels, data, length, mirror, preview));
  for (guint y = 0; y < height; y += height - 1)
    {
      const guint8 *row = preview + (gsize)y * width * JUMIN_PREVIEW_PIXEL_BYTES;

      g_assert_cmpmem (row, 4, mirror ? white : black, 4);
      g_assert_cmpmem (row + 4 * (width - 1), 4, mirror ? black : white, 4);
    }
}

static void
check_plain (guint32 fourcc, guint bytes_a_pixel, guint width, guint height)
{
  JuminPixelLayout layout = { fourcc, width, height, width * bytes_a_pixel + GAP_BYTES };
  g_autoptr (JuminPixels) pixels = jumin_pixels_new (&layout);
  g_autoptr (GBytes) bytes = draw_plain (&layout, (gsize)width * bytes_a_pixel);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const JuminFrame *frame = jumin_pixels_read_grey (pixels, data, length);

  g_assert_nonnull (frame);
  g_assert_cmpuint (frame->width, ==, width);
  g_assert_cmpuint (frame->height, ==, height);
  for (guint y = 0; y < height; y++)
    {
      g_assert_cmpuint (frame->pixels[y * width], ==, 16);
      g_assert_cmpuint (frame->pixels[y * width + width - 1], ==, 235);
    }
  if (fourcc != V4L2_PIX_FMT_GREY)
    {
      check_preview (pixels, bytes, FALSE);
      check_preview (pixels, bytes, TRUE);
    }
}

static void
test_plain_formats (void)
{
  check_plain (V4L2_PIX_FMT_YUYV, 2, 640, 480);
  check_plain (V4L2_PIX_FMT_YUYV, 2, 1280, 720);
  check_plain (V4L2_PIX_FMT_NV12, 1, 640, 480);
  check_plain (V4L2_PIX_FMT_NV12, 1, 1920, 1080);
  check_plain (V4L2_PIX_FMT_GREY, 1, 640, 480);
}

static void
test_colours (void)
{
  /* The primary colours of ITU-R BT.601: Y, U, V, and what they are. */
  static const guint8 colours[][6] = {
    { 81, 90, 240, 0, 0, 255 },
    { 145, 54, 34, 0, 255, 0 },
    { 41, 240, 110, 255, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      JuminPixelLayout layout = { V4L2_PIX_FMT_YUYV, 16, 16 };
      g_autoptr (JuminPixels) pixels = jumin_pixels_new (&layout);
      guint8 bytes[16 * 16 * 2], preview[16 * 16 * 4];

      for (gsize j = 0; j < sizeof bytes; j += 4)
        memcpy (bytes + j, (guint8[]){ colours[i][0], colours[i][1], colours[i][0], colours[i][2] },
                4);
      g_assert_true (jumin_pixels_read_preview (pixels, bytes, sizeof bytes, FALSE, preview));
      for (gsize j = 0; j < 3; j++)
        g_assert_cmpint (ABS (preview[j] - colours[i][3 + j]), <=, 2);
    }
}

static void
test_previews_fit (void)
{
  static const struct
  {
    guint32 fourcc;
    guint width, height, preview_width, preview_height;
  } rows[] = {
    { V4L2_PIX_FMT_MJPEG, 1280, 720, 640, 360 },  { V4L2_PIX_FMT_MJPEG, 640, 480, 640, 480 },
    { V4L2_PIX_FMT_MJPEG, 1920, 1080, 480, 270 }, { V4L2_PIX_FMT_MJPEG, 720, 1280, 360, 640 },
    { V4L2_PIX_FMT_MJPEG, 4096, 4096, 512, 512 }, { V4L2_PIX_FMT_YUYV, 640, 480, 640, 480 },
    { V4L2_PIX_FMT_YUYV, 1280, 720, 640, 360 },   { V4L2_PIX_FMT_YUYV, 642, 480, 321, 240 },
    { V4L2_PIX_FMT_NV12, 480, 1024, 240, 512 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JuminPixelLayout layout = { rows[i].fourcc, rows[i].width, rows[i].height };
      g_autoptr (JuminPixels) pixels = jumin_pixels_new (&layout);
      guint width, height;

      jumin_pixels_get_preview_size (pixels, &width, &height);
      g_assert_cmpuint (width, ==, rows[i].preview_width);
      g_assert_cmpuint (height, ==, rows[i].preview_height);
    }
}

static void
test_layouts_that_are_none (void)
{
  static const JuminPixelLayout wrong[] = {
    { V4L2_PIX_FMT_H264, 640, 480 }, { V4L2_PIX_FMT_YUYV, 641, 480 },
    { V4L2_PIX_FMT_NV12, 640, 481 }, { V4L2_PIX_FMT_MJPEG, 8192, 720 },
    { V4L2_PIX_FMT_MJPEG, 0, 0 },    { V4L2_PIX_FMT_GREY, 640, 8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_null (jumin_pixels_new (&wrong[i]));
}

/* A grey ramp of 64 x 48. */
static GBytes *
draw_jpeg (gboolean progressive)
{
  guint8 ramp[64 * 48];

  for (guint i = 0; i < sizeof ramp; i++)
    ramp[i] = (guint8)(i % 64 * 4);
  return picture_file_make_jpeg (&(JuminFrame){ ramp, 64, 48 }, progressive);
}

static JuminPixels *
new_jpeg_pixels (guint width, guint height)
{
  return jumin_pixels_new (&(JuminPixelLayout){ V4L2_PIX_FMT_MJPEG, width, height, 0 });
}

static void
test_jpeg (void)
{
  g_autoptr (GBytes) bytes = draw_jpeg (FALSE);
  g_autoptr (JuminPixels) pixels = new_jpeg_pixels (64, 48);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const JuminFrame *frame = jumin_pixels_read_grey (pixels, data, length);
  guint8 preview[64 * 48 * 4];

  g_assert_nonnull (frame);
  for (guint i = 0; i < 64 * 48; i++)
    g_assert_cmpint (ABS (frame->pixels[i] - (int)(i % 64 * 4)), <=, JPEG_ERROR);
  g_assert_true (jumin_pixels_read_preview (pixels, data, length, TRUE, preview));
  for (guint i = 0; i < 64 * 48; i++)
    {
      g_assert_cmpint (ABS (preview[4 * i] - (int)((63 - i % 64) * 4)), <=, JPEG_ERROR);
      g_assert_cmpuint (preview[4 * i + 3], ==, 0xff);
    }
}

static void
check_bad (JuminPixels *pixels, const guint8 *bytes, gsize length)
{
  guint8 preview[64 * 48 * 4];

  g_assert_null (jumin_pixels_read_grey (pixels, bytes, length));
  g_assert_false (jumin_pixels_read_preview (pixels, bytes, length, FALSE, preview));
}

static void
test_spoilt_jpegs (void)
{
  g_autoptr (GBytes) bytes = draw_jpeg (FALSE), progressive = draw_jpeg (TRUE);
  g_autoptr (JuminPixels) pixels = new_jpeg_pixels (64, 48), other = new_jpeg_pixels (48, 64);
  gsize length, progressive_length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const guint8 *scans = g_bytes_get_data (progressive, &progressive_length);

  check_bad (other, data, length);
  check_bad (pixels, scans, progressive_length);
  /* Of the last bytes some bits may be padding, and then comes the mark of the end. */
  for (gsize cut = 0; cut + END_BYTES < length; cut++)
    check_bad (pixels, data, cut);
  g_assert_nonnull (jumin_pixels_read_grey (pixels, data, length));
}

/* @bytes without its Huffman tables. */
static GBytes *
drop_tables (const guint8 *bytes, gsize length)
{
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  gsize at = 2;

  g_byte_array_append (kept, bytes, at);
  while (bytes[at + 1] != 0xda)
    {
      gsize segment = 2 + ((gsize)bytes[at + 2] << 8 | bytes[at + 3]);

      if (bytes[at + 1] != 0xc4)
        g_byte_array_append (kept, bytes + at, (guint)segment);
      at += segment;
    }
  g_byte_array_append (kept, bytes + at, (guint)(length - at));
  return g_byte_array_free_to_bytes (g_steal_pointer (&kept));
}

/* As webcams send them: without Huffman tables, without an end, with something after it. */
static void
test_jpegs_of_webcams (void)
{
  g_autoptr (GBytes) bytes = draw_jpeg (FALSE);
  g_autoptr (JuminPixels) pixels = new_jpeg_pixels (64, 48);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GBytes) bare = drop_tables (data, length);
  g_autofree guint8 *longer = g_malloc0 (length + 512);
  const JuminFrame *frame = jumin_pixels_read_grey (pixels, data, length);
  g_autofree guint8 *expected = g_memdup2 (frame->pixels, 64 * 48);

  g_assert_cmpuint (g_bytes_get_size (bare), <, length);
  memcpy (longer, data, length);
  frame = jumin_pixels_read_grey (pixels, g_bytes_get_data (bare, NULL), g_bytes_get_size (bare));
  g_assert_nonnull (frame);
  g_assert_cmpmem (frame->pixels, 64 * 48, expected, 64 * 48);
  g_assert_nonnull (jumin_pixels_read_grey (pixels, data, length - 2));
  g_assert_cmpmem (frame->pixels, 64 * 48, expected, 64 * 48);
  g_assert_nonnull (jumin_pixels_read_grey (pixels, longer, length + 512));
  g_assert_cmpmem (frame->pixels, 64 * 48, expected, 64 * 48);
}

static void
test_short_frames (void)
{
  static const struct
  {
    guint32 fourcc;
    gsize bytes;
  } rows[] = {
    { V4L2_PIX_FMT_YUYV, 64 * 48 * 2 },
    { V4L2_PIX_FMT_NV12, 64 * 48 * 3 / 2 },
    { V4L2_PIX_FMT_GREY, 64 * 48 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (JuminPixels) pixels
          = jumin_pixels_new (&(JuminPixelLayout){ rows[i].fourcc, 64, 48, 0 });
      g_autofree guint8 *bytes = g_malloc0 (rows[i].bytes);

      check_bad (pixels, bytes, rows[i].bytes - 1);
      g_assert_nonnull (jumin_pixels_read_grey (pixels, bytes, rows[i].bytes));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/plain_formats_are_read_drawn_and_mirrored", test_plain_formats);
  g_test_add_func ("/pixels/colours_are_those_of_video", test_colours);
  g_test_add_func ("/pixels/a_preview_fits_its_memory", test_previews_fit);
  g_test_add_func ("/pixels/a_layout_that_is_none_is_refused", test_layouts_that_are_none);
  g_test_add_func ("/pixels/a_jpeg_is_read_drawn_and_mirrored", test_jpeg);
  g_test_add_func ("/pixels/a_jpeg_of_a_webcam_lacks_what_it_may", test_jpegs_of_webcams);
  g_test_add_func ("/pixels/a_spoilt_jpeg_is_no_frame", test_spoilt_jpegs);
  g_test_add_func ("/pixels/a_short_frame_is_none", test_short_frames);
  return g_test_run ();
}

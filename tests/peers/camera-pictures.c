/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a camera sends when it sees a PNG picture: drawn by cairo in the size of its frames, then
 * written as a JPEG or as plain pixels, and damaged where that is wanted. */
#include "camera-pictures.h"

#include <cairo.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

enum
{
  QUALITY = 85,
  SEED = 4711,
  WALL_GREY = 70 /* around a picture of another shape */
};

typedef cairo_surface_t Surface;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Surface, cairo_surface_destroy)

static Surface *
draw (Surface *picture, guint8 grey, const CameraFormat *format, double light)
{
  double width = format->width, height = format->height, level = grey / 255.0, scale;
  Surface *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)format->width, (int)format->height);
  cairo_t *cairo = cairo_create (surface);

  cairo_set_source_rgb (cairo, level, level, level);
  cairo_paint (cairo);
  if (picture != NULL)
    {
      double picture_width = cairo_image_surface_get_width (picture);
      double picture_height = cairo_image_surface_get_height (picture);

      scale = MIN (width / picture_width, height / picture_height);
      cairo_save (cairo);
      cairo_translate (cairo, (width - picture_width * scale) / 2,
                       (height - picture_height * scale) / 2);
      cairo_scale (cairo, scale, scale);
      cairo_set_source_surface (cairo, picture, 0, 0);
      cairo_paint (cairo);
      cairo_restore (cairo);
    }
  cairo_set_source_rgba (cairo, 0, 0, 0, 1 - light);
  cairo_paint (cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  return surface;
}

/* Blue, green, red, unused. */
static const guint8 *
get_row (Surface *surface, guint y)
{
  return cairo_image_surface_get_data (surface)
         + (gsize)y * (guint)cairo_image_surface_get_stride (surface);
}

static GBytes *
write_jpeg (Surface *surface, JuminCameraDamage damage)
{
  gboolean cmyk = damage == JUMIN_CAMERA_CMYK;
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long length = 0;
  GBytes *copy;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &bytes, &length);
  jpeg.image_width = (guint)cairo_image_surface_get_width (surface);
  jpeg.image_height = (guint)cairo_image_surface_get_height (surface);
  jpeg.input_components = 4;
  jpeg.in_color_space = cmyk ? JCS_CMYK : JCS_EXT_BGRX;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, QUALITY, TRUE);
  if (damage == JUMIN_CAMERA_PROGRESSIVE)
    jpeg_simple_progression (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      guint8 *row = (guint8 *)get_row (surface, jpeg.next_scanline);

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  copy = g_bytes_new (bytes, length);
  free (bytes);
  return copy;
}

/* ITU-R BT.601 with 16 to 235, in 1/256. */
static void
get_colour (const guint8 *pixel, guint8 *y, guint8 *u, guint8 *v)
{
  int blue = pixel[0], green = pixel[1], red = pixel[2];

  *y = (guint8)(16 + (66 * red + 129 * green + 25 * blue + 128) / 256);
  *u = (guint8)(128 + (112 * blue - 74 * green - 38 * red) / 256);
  *v = (guint8)(128 + (112 * red - 94 * green - 18 * blue) / 256);
}

static void
write_yuyv_row (const guint8 *row, guint width, guint8 *out)
{
  guint8 unused;

  for (guint x = 0; x + 1 < width; x += 2, row += 8, out += 4)
    {
      get_colour (row, &out[0], &out[1], &out[3]);
      get_colour (row + 4, &out[2], &unused, &unused);
    }
}

static void
write_grey_row (const guint8 *row, guint width, guint8 *out)
{
  guint8 unused;

  for (guint x = 0; x < width; x++)
    get_colour (row + 4 * (gsize)x, &out[x], &unused, &unused);
}

static void
write_nv12_colours (const guint8 *row, guint width, guint8 *out)
{
  guint8 unused;

  for (guint x = 0; x + 1 < width; x += 2)
    get_colour (row + 4 * (gsize)x, &unused, &out[x], &out[x + 1]);
}

static GBytes *
write_plain (Surface *surface, const CameraFormat *format)
{
  gsize width = format->width, height = format->height, size = width * height;
  guint8 *bytes = g_malloc (2 * size);

  for (guint y = 0; y < height; y++)
    {
      const guint8 *row = get_row (surface, y);

      if (format->fourcc == V4L2_PIX_FMT_YUYV)
        write_yuyv_row (row, format->width, bytes + 2 * width * y);
      else
        write_grey_row (row, format->width, bytes + width * y);
      if (format->fourcc == V4L2_PIX_FMT_NV12 && y % 2 == 0)
        write_nv12_colours (row, format->width, bytes + size + width * (y / 2));
    }
  if (format->fourcc == V4L2_PIX_FMT_GREY)
    return g_bytes_new_take (bytes, size);
  return g_bytes_new_take (bytes, format->fourcc == V4L2_PIX_FMT_NV12 ? size + size / 2 : 2 * size);
}

static GBytes *
make_garbage (gsize length)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8)g_rand_int (rand);
  return g_bytes_new_take (bytes, length);
}

static GBytes *
write_frame (Surface *picture, guint8 grey, const CameraFormat *format, JuminCameraDamage damage,
             double light)
{
  CameraFormat size = *format;
  g_autoptr (Surface) surface = NULL;
  g_autoptr (GBytes) whole = NULL;

  if (damage == JUMIN_CAMERA_SMALL)
    size.width = format->width / 2;
  surface = draw (picture, grey, &size, light);
  whole = format->fourcc == V4L2_PIX_FMT_MJPEG ? write_jpeg (surface, damage)
                                               : write_plain (surface, &size);
  if (damage == JUMIN_CAMERA_GARBAGE && format->fourcc == V4L2_PIX_FMT_MJPEG)
    return make_garbage (g_bytes_get_size (whole));
  if (damage == JUMIN_CAMERA_CUT || damage == JUMIN_CAMERA_GARBAGE)
    return g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  return g_steal_pointer (&whole);
}

/**
 * jumin_camera_picture_load:
 * @path: a PNG picture
 * @light: 0 to 1: how much of it arrives
 *
 * Errors: G_IO_ERROR_INVALID_DATA.
 *
 * Returns: (transfer full): one frame
 */
GBytes *
jumin_camera_picture_load (const char *path, const CameraFormat *format, JuminCameraDamage damage,
                           double light, GError **error)
{
  g_autoptr (Surface) picture = cairo_image_surface_create_from_png (path);

  if (cairo_surface_status (picture) == CAIRO_STATUS_SUCCESS)
    return write_frame (picture, WALL_GREY, format, damage, light);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Reading '%s' failed: %s", path,
               cairo_status_to_string (cairo_surface_status (picture)));
  return NULL;
}

/**
 * jumin_camera_picture_fill:
 *
 * Returns: (transfer full): one frame of nothing but @grey
 */
GBytes *
jumin_camera_picture_fill (guint8 grey, const CameraFormat *format, JuminCameraDamage damage,
                           double light)
{
  return write_frame (NULL, grey, format, damage, light);
}

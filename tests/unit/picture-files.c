/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A frame as the files that others make of it. */
#include "picture-files.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

/**
 * picture_file_make_png:
 * @transparent: dark on no ground, as a code of a web page is
 *
 * Returns: (transfer full): the file
 */
GBytes *
picture_file_make_png (const JuminFrame *frame, gboolean transparent)
{
  png_image image
      = { .version = PNG_IMAGE_VERSION, .width = frame->width, .height = frame->height };
  gsize size = jumin_frame_get_size (frame);
  g_autofree guint8 *pixels = g_malloc0 (size * 4);
  g_autofree guint8 *file = NULL;
  png_alloc_size_t length = 0;

  image.format = transparent ? PNG_FORMAT_RGBA : PNG_FORMAT_GRAY;
  for (gsize i = 0; i < size; i++)
    pixels[transparent ? i * 4 + 3 : i]
        = transparent ? (guint8)(0xff - frame->pixels[i]) : frame->pixels[i];
  g_assert_true (png_image_write_get_memory_size (image, length, 0, pixels, 0, NULL));
  file = g_malloc (length);
  g_assert_true (png_image_write_to_memory (&image, file, &length, 0, pixels, 0, NULL));
  return g_bytes_new (file, length);
}

/**
 * picture_file_make_jpeg:
 * @progressive: in several scans
 *
 * Returns: (transfer full): the file
 */
GBytes *
picture_file_make_jpeg (const JuminFrame *frame, gboolean progressive)
{
  struct jpeg_compress_struct library;
  struct jpeg_error_mgr errors;
  unsigned char *file = NULL;
  unsigned long length = 0;

  library.err = jpeg_std_error (&errors);
  jpeg_create_compress (&library);
  jpeg_mem_dest (&library, &file, &length);
  library.image_width = frame->width;
  library.image_height = frame->height;
  library.input_components = 1;
  library.in_color_space = JCS_GRAYSCALE;
  jpeg_set_defaults (&library);
  if (progressive)
    jpeg_simple_progression (&library);
  jpeg_start_compress (&library, TRUE);
  while (library.next_scanline < library.image_height)
    {
      JSAMPROW row = (JSAMPROW)frame->pixels + (gsize)library.next_scanline * frame->width;

      jpeg_write_scanlines (&library, &row, 1);
    }
  jpeg_finish_compress (&library);
  jpeg_destroy_compress (&library);
  return g_bytes_new_with_free_func (file, length, free, file);
}

/**
 * picture_file_make_pgm:
 *
 * Returns: (transfer full): the file, with a comment
 */
GBytes *
picture_file_make_pgm (const JuminFrame *frame)
{
  GString *file = g_string_new (NULL);

  g_string_printf (file, "P5\n# drawn\n%u %u\n255\n", frame->width, frame->height);
  g_string_append_len (file, (const char *)frame->pixels, (gssize)jumin_frame_get_size (frame));
  return g_string_free_to_bytes (file);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a picture into grey: PNG, JPEG or binary PGM, known by its first bytes and never by its
 * name. Nothing is allocated before the size that the file claims has been checked. A photograph
 * with longer sides than a frame may have is read at half, a quarter or an eighth of its size where
 * the format can (JPEG). What stands on transparent ground stands on white. */
#include "scan/image-file.h"
#include "scan/jpeg-picture.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <png.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char *magic;
  gsize length;
  gboolean (*parse) (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels,
                     GError **error);
} Format;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, message);
  return FALSE;
}

static gboolean
parse_png (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels, GError **error)
{
  const png_color white = { 0xff, 0xff, 0xff };
  png_image image = { .version = PNG_IMAGE_VERSION };
  g_autofree guint8 *grey = NULL;
  g_autofree char *message = NULL;

  if (png_image_begin_read_from_memory (&image, bytes, length))
    {
      *frame = (JuminFrame){ NULL, image.width, image.height };
      if (!jumin_frame_check (frame, error))
        {
          png_image_free (&image);
          return FALSE;
        }
      image.format = PNG_FORMAT_GRAY;
      grey = g_malloc (jumin_frame_get_size (frame));
      if (png_image_finish_read (&image, &white, grey, 0, NULL)
          && !(image.warning_or_error & PNG_IMAGE_ERROR))
        {
          frame->pixels = *pixels = g_steal_pointer (&grey);
          return TRUE;
        }
    }
  message = g_strdup_printf ("the PNG picture cannot be read: %s", image.message);
  png_image_free (&image);
  return fail (error, message);
}

/* Skips blanks and comments, then reads a number of at most five digits; 0: there is none. */
static guint
read_number (const guint8 *bytes, gsize length, gsize *at)
{
  guint number = 0, digits = 0;

  while (*at < length && (g_ascii_isspace (bytes[*at]) || bytes[*at] == '#'))
    {
      if (bytes[*at] == '#')
        while (*at < length && bytes[*at] != '\n')
          ++*at;
      else
        ++*at;
    }
  for (; *at < length && g_ascii_isdigit (bytes[*at]) && digits < 5; ++*at, digits++)
    number = number * 10 + (guint)g_ascii_digit_value ((char)bytes[*at]);
  return number;
}

/* Netpbm's pgm(5), one byte a pixel. */
static gboolean
parse_pgm (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels, GError **error)
{
  gsize at = 2, size;
  guint white;

  frame->width = read_number (bytes, length, &at);
  frame->height = read_number (bytes, length, &at);
  white = read_number (bytes, length, &at);
  if (!jumin_frame_check (frame, error))
    return FALSE;
  if (white == 0 || white > 0xff)
    return fail (error, "the PGM picture does not have one byte a pixel");
  size = jumin_frame_get_size (frame);
  if (at >= length || !g_ascii_isspace (bytes[at]) || length - at - 1 < size)
    return fail (error, "the PGM picture is cut off");
  *pixels = g_memdup2 (bytes + at + 1, size);
  for (gsize i = 0; white < 0xff && i < size; i++)
    (*pixels)[i] = (guint8)(MIN ((*pixels)[i], white) * 0xff / white);
  frame->pixels = *pixels;
  return TRUE;
}

static const Format formats[] = {
  { "\x89PNG\r\n\x1a\n", 8, parse_png },
  { "\xff\xd8\xff", 3, jumin_jpeg_picture_parse },
  { "P5", 2, parse_pgm },
};

/**
 * jumin_image_parse:
 * @bytes: (array length=length): a picture file
 * @frame: (out): the picture
 * @pixels: (out) (transfer full): the pixels of @frame
 *
 * Errors: G_IO_ERROR_NOT_SUPPORTED: another format; G_IO_ERROR_INVALID_DATA: too small, too large,
 * cut off or spoilt.
 *
 * Returns: whether the picture was read whole
 */
gboolean
jumin_image_parse (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels,
                   GError **error)
{
  *pixels = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (length >= formats[i].length && memcmp (bytes, formats[i].magic, formats[i].length) == 0)
      return formats[i].parse (bytes, length, frame, pixels, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       "it is neither a PNG nor a JPEG nor a binary PGM picture");
  return FALSE;
}

static GBytes *
read_bytes (int descriptor, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  struct stat status;
  gsize size, length = 0;
  gssize got = 1;

  if (fstat (descriptor, &status) != 0 || !S_ISREG (status.st_mode))
    {
      fail (error, "it is not a file");
      return NULL;
    }
  if (status.st_size <= 0 || status.st_size > JUMIN_IMAGE_FILE_BYTES_MAX)
    {
      fail (error, status.st_size <= 0 ? "it is empty" : "it has more than 32 MiB");
      return NULL;
    }
  size = (gsize)status.st_size;
  bytes = g_malloc (size);
  while (length < size && got > 0)
    {
      do
        got = read (descriptor, bytes + length, size - length);
      while (got < 0 && errno == EINTR);
      length += (gsize)MAX (got, 0);
    }
  if (got < 0)
    {
      fail (error, g_strerror (errno));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

/**
 * jumin_image_file_read:
 * @path: a file
 * @frame: (out): the picture
 * @pixels: (out) (transfer full): the pixels of @frame
 *
 * Errors: as jumin_image_parse(), and those of opening and reading, with the path.
 *
 * Returns: whether the picture was read whole
 */
gboolean
jumin_image_file_read (const char *path, JuminFrame *frame, guint8 **pixels, GError **error)
{
  /* Without O_NONBLOCK a pipe without a writer would never open. */
  int descriptor = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autoptr (GBytes) bytes = NULL;
  gboolean good;

  *pixels = NULL;
  if (descriptor < 0)
    {
      int opening = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (opening),
                   "Reading picture '%s' failed: %s", path, g_strerror (opening));
      return FALSE;
    }
  bytes = read_bytes (descriptor, error);
  close (descriptor);
  good = bytes != NULL
         && jumin_image_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), frame,
                               pixels, error);
  if (!good)
    g_prefix_error (error, "Reading picture '%s' failed: ", path);
  return good;
}

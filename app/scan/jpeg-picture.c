/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG pictures with libjpeg-turbo: a file as grey, a frame of a camera as grey or in colour. The
 * library leaves an error by a long jump, so that nothing here keeps a value in a variable across
 * one: all of it lives in one struct. */
#include "scan/jpeg-picture.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

enum
{
  SCANS_MAX = 100, /* a few bytes may claim thousands, each of which costs a whole picture */
  MESSAGE_BYTES_MAX = JMSG_LENGTH_MAX
};

typedef struct
{
  struct jpeg_decompress_struct library;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf out;
  char message[MESSAGE_BYTES_MAX];
  gboolean is_frame; /* of a camera */
  guint8 *pixels;
} Reading;

/* The library's own ends the process. */
G_NORETURN static void
on_error (j_common_ptr library)
{
  Reading *reading = library->client_data;

  reading->errors.format_message (library, reading->message);
  longjmp (reading->out, 1);
}

/* A warning says that bytes were missing or wrong and grey was put in their place. Bytes too many
 * harm nothing. The mark of the end may be missing in a frame, as some cameras send them: it has
 * one scan, and when more of that is missing another warning follows. */
static void
on_message (j_common_ptr library, int level)
{
  Reading *reading = library->client_data;
  int code = library->err->msg_code;

  if (level >= 0 || code == JWRN_EXTRANEOUS_DATA || code == JWRN_ADOBE_XFORM
      || (code == JWRN_JPEG_EOF && reading->is_frame))
    return;
  on_error (library);
}

static void
on_progress (j_common_ptr library)
{
  Reading *reading = library->client_data;

  if (reading->library.input_scan_number > SCANS_MAX)
    {
      g_strlcpy (reading->message, "it has too many scans", sizeof reading->message);
      longjmp (reading->out, 1);
    }
}

static void
choose_size (Reading *reading)
{
  struct jpeg_decompress_struct *library = &reading->library;

  library->out_color_space = JCS_GRAYSCALE;
  library->scale_num = 1;
  library->scale_denom = 1;
  while (library->scale_denom < 8
         && MAX (library->image_width, library->image_height) / library->scale_denom
                > JUMIN_FRAME_SIDE_MAX_PX)
    library->scale_denom *= 2;
  jpeg_calc_output_dimensions (library);
}

static void
read_rows (Reading *reading, guint8 *pixels)
{
  struct jpeg_decompress_struct *library = &reading->library;
  gsize row_bytes;

  jpeg_start_decompress (library);
  row_bytes = (gsize)library->output_width * (guint)library->output_components;
  while (library->output_scanline < library->output_height)
    {
      guint8 *row = pixels + library->output_scanline * row_bytes;

      jpeg_read_scanlines (library, &row, 1);
    }
  jpeg_finish_decompress (library);
}

/* What follows may come back here by a long jump. */
static void
begin (Reading *reading, const guint8 *bytes, gsize length)
{
  struct jpeg_decompress_struct *library = &reading->library;

  jpeg_create_decompress (library);
  reading->progress.progress_monitor = on_progress;
  library->progress = &reading->progress;
  jpeg_mem_src (library, bytes, length);
  jpeg_read_header (library, TRUE);
}

static void
set_up_errors (Reading *reading)
{
  reading->library.err = jpeg_std_error (&reading->errors);
  reading->errors.error_exit = on_error;
  reading->errors.emit_message = on_message;
  reading->library.client_data = reading;
}

static gboolean
parse (Reading *reading, const guint8 *bytes, gsize length, JuminFrame *frame, GError **error)
{
  set_up_errors (reading);
  if (setjmp (reading->out) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "the JPEG picture cannot be read: %s", reading->message);
      return FALSE;
    }
  begin (reading, bytes, length);
  choose_size (reading);
  *frame = (JuminFrame){ NULL, reading->library.output_width, reading->library.output_height };
  if (!jumin_frame_check (frame, error))
    return FALSE;
  reading->pixels = g_malloc (jumin_frame_get_size (frame));
  frame->pixels = reading->pixels;
  read_rows (reading, reading->pixels);
  return TRUE;
}

/**
 * jumin_jpeg_picture_parse:
 *
 * As jumin_image_parse(), for a JPEG file alone.
 */
gboolean
jumin_jpeg_picture_parse (const guint8 *bytes, gsize length, JuminFrame *frame, guint8 **pixels,
                          GError **error)
{
  g_autofree Reading *reading = g_new0 (Reading, 1);
  gboolean good = parse (reading, bytes, length, frame, error);

  jpeg_destroy_decompress (&reading->library);
  if (good)
    *pixels = g_steal_pointer (&reading->pixels);
  g_free (reading->pixels);
  return good;
}

/* Cameras send one scan. Anything else would cost memory and time by its own wish. */
static gboolean
is_frame (struct jpeg_decompress_struct *library, const JuminJpegFrame *wanted)
{
  return library->image_width == wanted->width && library->image_height == wanted->height
         && !jpeg_has_multiple_scans (library) && !library->arith_code;
}

static gboolean
read_frame (Reading *reading, const guint8 *bytes, gsize length, const JuminJpegFrame *wanted,
            guint8 *pixels)
{
  struct jpeg_decompress_struct *library = &reading->library;

  set_up_errors (reading);
  if (setjmp (reading->out) != 0)
    return FALSE;
  begin (reading, bytes, length);
  if (!is_frame (library, wanted))
    return FALSE;
  library->out_color_space = wanted->coloured ? JCS_EXT_BGRA : JCS_GRAYSCALE;
  library->scale_num = wanted->eighths;
  library->scale_denom = 8;
  library->dct_method = JDCT_IFAST;
  library->do_fancy_upsampling = FALSE;
  read_rows (reading, pixels);
  return TRUE;
}

/**
 * jumin_jpeg_frame_read:
 * @bytes: (array length=length): a frame as the camera sent it
 * @wanted: what it must be, and what of it is wanted
 * @pixels: (out caller-allocates): has room for that
 *
 * Returns: whether the frame was good and is whole in @pixels
 */
gboolean
jumin_jpeg_frame_read (const guint8 *bytes, gsize length, const JuminJpegFrame *wanted,
                       guint8 *pixels)
{
  Reading reading = { .is_frame = TRUE };
  gboolean good = read_frame (&reading, bytes, length, wanted, pixels);

  jpeg_destroy_decompress (&reading.library);
  return good;
}

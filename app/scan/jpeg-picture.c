/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JPEG picture as grey, with libjpeg-turbo. The library leaves an error by a long jump, so that
 * nothing here keeps a value in a variable across one: all of it lives in one struct. */
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
 * harm nothing. */
static void
on_message (j_common_ptr library, int level)
{
  int code = library->err->msg_code;

  if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_ADOBE_XFORM)
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

static gboolean
read_rows (Reading *reading, JuminFrame *frame, GError **error)
{
  struct jpeg_decompress_struct *library = &reading->library;

  choose_size (reading);
  *frame = (JuminFrame){ NULL, library->output_width, library->output_height };
  if (!jumin_frame_check (frame, error))
    return FALSE;
  reading->pixels = g_malloc (jumin_frame_get_size (frame));
  frame->pixels = reading->pixels;
  jpeg_start_decompress (library);
  while (library->output_scanline < library->output_height)
    {
      guint8 *row = reading->pixels + (gsize)library->output_scanline * frame->width;

      jpeg_read_scanlines (library, &row, 1);
    }
  jpeg_finish_decompress (library);
  return TRUE;
}

static gboolean
parse (Reading *reading, const guint8 *bytes, gsize length, JuminFrame *frame, GError **error)
{
  struct jpeg_decompress_struct *library = &reading->library;

  library->err = jpeg_std_error (&reading->errors);
  reading->errors.error_exit = on_error;
  reading->errors.emit_message = on_message;
  library->client_data = reading;
  if (setjmp (reading->out) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "the JPEG picture cannot be read: %s", reading->message);
      return FALSE;
    }
  jpeg_create_decompress (library);
  reading->progress.progress_monitor = on_progress;
  library->progress = &reading->progress;
  jpeg_mem_src (library, bytes, length);
  jpeg_read_header (library, TRUE);
  return read_rows (reading, frame, error);
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

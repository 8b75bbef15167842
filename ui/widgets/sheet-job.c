/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a paper and draws one page of it, by poppler in a worker: a page takes longer than a frame.
 * A document is in one job at a time. What was read and drawn is overwritten when it is freed. */
#include "ui/widgets/sheet-job.h"

#include "model/document.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  WIDTH_MIN = 16,
  WIDTH_MAX = 2600, /* 100 % of a large panel, twice over */
  PIXEL_BYTES = 4
};

/* A page that is longer or wider than this is none of ours. */
static const double ratio_min = 0.4, ratio_max = 2.5;

typedef struct
{
  int descriptor; /* −1: document is there */
  PopplerDocument *document;
  int page, width;
} Job;

static void
job_free (Job *self)
{
  if (self->descriptor >= 0)
    close (self->descriptor);
  g_clear_object (&self->document);
  g_free (self);
}

typedef struct
{
  gsize length;
  guint8 bytes[];
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *self = data;

  explicit_bzero (self->bytes, self->length);
  g_free (self);
}

static void
set_invalid (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Showing a paper failed: %s", what);
}

/* By pread(): the position in a descriptor is shared with whoever else holds one of this memory,
 * and poppler would move it. */
static GBytes *
read_bytes (int descriptor, GError **error)
{
  struct stat status;
  Wiped *wiped;
  gsize done = 0;

  if (fstat (descriptor, &status) != 0 || status.st_size <= 0
      || status.st_size > JUMIN_DOCUMENT_BYTES_MAX)
    {
      set_invalid (error, "it is empty or too large");
      return NULL;
    }
  wiped = g_malloc (sizeof *wiped + (gsize)status.st_size);
  wiped->length = (gsize)status.st_size;
  while (done < wiped->length)
    {
      ssize_t got = pread (descriptor, wiped->bytes + done, wiped->length - done, (off_t)done);

      if (got <= 0)
        {
          wiped_free (wiped);
          set_invalid (error, "it cannot be read");
          return NULL;
        }
      done += (gsize)got;
    }
  return g_bytes_new_with_free_func (wiped->bytes, wiped->length, wiped_free, wiped);
}

static PopplerDocument *
open_document (int descriptor, GError **error)
{
  g_autoptr (GBytes) bytes = read_bytes (descriptor, error);
  PopplerDocument *document
      = bytes != NULL ? poppler_document_new_from_bytes (bytes, NULL, error) : NULL;
  int pages = document != NULL ? poppler_document_get_n_pages (document) : 0;

  if (document != NULL && (pages < 1 || pages > JUMIN_DOCUMENT_PAGES_MAX))
    {
      set_invalid (error, "it has too many pages, or none");
      g_clear_object (&document);
    }
  return document;
}

static void
surface_free (gpointer data)
{
  cairo_surface_t *surface = data;

  explicit_bzero (cairo_image_surface_get_data (surface),
                  (gsize)cairo_image_surface_get_stride (surface)
                      * (gsize)cairo_image_surface_get_height (surface));
  cairo_surface_destroy (surface);
}

/* Paper is white, in every mode. */
static GdkTexture *
draw_page (PopplerPage *page, double page_width, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cairo = cairo_create (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) pixels = NULL;

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, width / page_width, width / page_width);
  poppler_page_render (page, cairo);
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                       stride * (gsize)height, surface_free, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels, stride);
}

/* Written so that what is no number fails, too. */
static gboolean
is_page (double across, double down)
{
  return across > 0 && down > 0 && across / down >= ratio_min && across / down <= ratio_max;
}

static JuminSheet *
make_sheet (PopplerDocument *document, int number, int width, GError **error)
{
  int pages = poppler_document_get_n_pages (document);
  PopplerPage *page = poppler_document_get_page (document, CLAMP (number, 0, pages - 1));
  JuminSheet *sheet = NULL;
  double across = 0, down = 0;

  if (page != NULL)
    poppler_page_get_size (page, &across, &down);
  if (is_page (across, down))
    {
      width = CLAMP (width, WIDTH_MIN, WIDTH_MAX);
      sheet = g_new0 (JuminSheet, 1);
      sheet->document = g_object_ref (document);
      sheet->pages = pages;
      sheet->ratio = across / down;
      sheet->picture = draw_page (page, across, width, MAX (1, (int)(width / sheet->ratio)));
    }
  else
    set_invalid (error, "a page has no size, or an odd one");
  g_clear_object (&page);
  return sheet;
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  JuminSheet *sheet = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->document == NULL)
    job->document = open_document (job->descriptor, &error);
  if (job->document != NULL)
    sheet = make_sheet (job->document, job->page, job->width, &error);
  if (sheet != NULL)
    g_task_return_pointer (task, sheet, (GDestroyNotify)jumin_sheet_free);
  else
    g_task_return_error (task, error);
}

static void
start (Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, run_job);
}

/**
 * jumin_sheet_open_async:
 * @descriptor: (transfer full): of a PDF
 * @page: from 0; past the end: the last one
 * @width: of the picture, pixels
 *
 * Errors: %G_IO_ERROR_INVALID_DATA, and those of poppler, when it is no paper of ours;
 * %G_IO_ERROR_CANCELLED.
 */
void
jumin_sheet_open_async (int descriptor, int page, int width, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .descriptor = descriptor, .page = page, .width = width };
  start (job, cancellable, callback, data);
}

/**
 * jumin_sheet_draw_async:
 * @document: of an earlier job, which has ended
 *
 * Errors: as jumin_sheet_open_async().
 */
void
jumin_sheet_draw_async (PopplerDocument *document, int page, int width, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){
    .descriptor = -1, .document = g_object_ref (document), .page = page, .width = width
  };
  start (job, cancellable, callback, data);
}

/**
 * jumin_sheet_finish:
 *
 * Returns: (transfer full) (nullable): the page
 */
JuminSheet *
jumin_sheet_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_sheet_free (JuminSheet *self)
{
  g_clear_object (&self->document);
  g_clear_object (&self->picture);
  g_free (self);
}

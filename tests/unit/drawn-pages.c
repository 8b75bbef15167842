/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as they were meant, drawn on a surface of dots, beside pages of a PDF as poppler's
 * pdftocairo shows them. Outlines are the same but for the rounding of their points. */
#include "drawn-pages.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "printing/sheet.h"

#define DOTS_PER_INCH 108
#define SCALE (DOTS_PER_INCH / 72.0)

/* Measured: 45, and 0.04 of the ink, for the same outlines; a letter that is missing is 200 and
 * more.
 */
enum
{
  LARGEST_MAX = 96,
  PAGES_MAX = 32
};
#define SHARE_MAX 0.06

static cairo_surface_t *
page_new (void)
{
  cairo_surface_t *page
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(JUMIN_SHEET_WIDTH * SCALE + 1),
                                    (int)(JUMIN_SHEET_HEIGHT * SCALE + 1));
  cairo_t *cr = cairo_create (page);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_destroy (cr);
  return page;
}

/* Returns: (transfer full): what @draw draws, as dots */
cairo_surface_t *
jumin_drawn_page (JuminDraw draw, int page, gpointer data)
{
  cairo_surface_t *surface = page_new ();
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, SCALE, SCALE);
  draw (cr, page, data);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static cairo_status_t
append (void *pdf, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (pdf, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Returns: (transfer full): what @draw draws, as a PDF of as many bytes as it takes */
GBytes *
jumin_drawn_pdf (JuminDraw draw, int pages, gpointer data)
{
  GByteArray *pdf = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, pdf, JUMIN_SHEET_WIDTH, JUMIN_SHEET_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  for (int page = 0; page < pages; page++)
    {
      draw (cr, page, data);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (pdf);
}

static void
run_poppler (const char *pdf, const char *prefix)
{
  g_autofree char *dots = g_strdup_printf ("%d", DOTS_PER_INCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) poppler = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "pdftocairo",
                                                      "-png", "-r", dots, pdf, prefix, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (poppler, NULL, &error);
  g_assert_no_error (error);
}

/* Takes the pictures that poppler left in @folder, "page-1.png" or "page-01.png" on. */
static GPtrArray *
take_pictures (const char *folder)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);

  for (int number = 1; number <= PAGES_MAX; number++)
    for (int digits = 1; digits <= 2; digits++)
      {
        g_autofree char *path = g_strdup_printf ("%s/page-%0*d.png", folder, digits, number);

        if (number >= 10 && digits == 1)
          continue;
        if (g_file_test (path, G_FILE_TEST_EXISTS))
          g_ptr_array_add (pages, cairo_image_surface_create_from_png (path));
        g_unlink (path);
      }
  return pages;
}

/* Returns: (transfer full) (element-type cairo_surface_t): the pages as poppler shows them */
GPtrArray *
jumin_poppler_pages (GBytes *pdf)
{
  g_autofree char *folder = g_dir_make_tmp ("jumin-pages-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "paper.pdf", NULL);
  g_autofree char *prefix = g_build_filename (folder, "page", NULL);
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  GPtrArray *pages;

  g_file_set_contents (path, bytes, (gssize)length, &error);
  g_assert_no_error (error);
  run_poppler (path, prefix);
  pages = take_pictures (folder);
  g_unlink (path);
  g_rmdir (folder);
  return pages;
}

static guint8
get_green (cairo_surface_t *page, int x, int y)
{
  const guint8 *row
      = cairo_image_surface_get_data (page) + y * cairo_image_surface_get_stride (page);

  return (guint8)(((const guint32 *)(gconstpointer)row)[x] >> 8);
}

typedef struct
{
  int left, top, right, bottom;
} Dots;

static Dots
get_dots (cairo_surface_t *page, const cairo_rectangle_t *area)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);

  if (area == NULL)
    return (Dots){ 0, 0, width, height };
  return (Dots){ (int)(area->x * SCALE), (int)(area->y * SCALE),
                 MIN ((int)((area->x + area->width) * SCALE), width),
                 MIN ((int)((area->y + area->height) * SCALE), height) };
}

/* Returns: how dark the dots are, 0 to 255 */
static double
get_ink (cairo_surface_t *page, const cairo_rectangle_t *area)
{
  Dots dots = get_dots (page, area);
  guint64 sum = 0;

  for (int y = dots.top; y < dots.bottom; y++)
    for (int x = dots.left; x < dots.right; x++)
      sum += 255u - get_green (page, x, y);
  return (double)sum / ((double)(dots.right - dots.left) * (dots.bottom - dots.top));
}

/**
 * jumin_drawn_compare:
 * @area: (nullable): %NULL: all of the page
 */
JuminDifference
jumin_drawn_compare (cairo_surface_t *one, cairo_surface_t *other, const cairo_rectangle_t *area)
{
  JuminDifference difference = { 0 };
  Dots dots = get_dots (one, area);
  guint64 sum = 0;

  difference.ink = get_ink (one, area);
  g_assert_cmpint (cairo_image_surface_get_width (one), ==, cairo_image_surface_get_width (other));
  g_assert_cmpint (cairo_image_surface_get_height (one), ==,
                   cairo_image_surface_get_height (other));
  for (int y = dots.top; y < dots.bottom; y++)
    for (int x = dots.left; x < dots.right; x++)
      {
        int is = ABS (get_green (one, x, y) - get_green (other, x, y));

        difference.largest = MAX (difference.largest, is);
        sum += (guint64)is;
      }
  difference.mean = (double)sum / ((double)(dots.right - dots.left) * (dots.bottom - dots.top));
  return difference;
}

gboolean
jumin_drawn_is_alike (const JuminDifference *difference)
{
  return difference->largest <= LARGEST_MAX && difference->mean <= SHARE_MAX * difference->ink;
}

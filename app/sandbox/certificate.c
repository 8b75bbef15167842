/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finished paper: A4, one table, a seal, a code. Letters are drawn as outlines, because Cairo
 * loses glyphs of a CFF font that it embeds in a PDF. The same paper is the same bytes. */
#include "sandbox/certificate.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#define FONT_FAMILY "Noto Sans CJK SC"
#define A4_WIDTH 595.28
#define A4_HEIGHT 841.89
#define MARGIN 68.0
#define TABLE_TOP 150.0
#define ROW 28.0
#define PADDING 8.0
#define LABEL_SHARE 0.3
#define FOOT_TOP 680.0
#define CODE_SIDE 84.0
#define SEAL_RADIUS 54.0

enum
{
  ROWS_A_PAGE = 16,
  COLUMNS_MAX = 6,
  TITLE_PT = 20,
  BODY_PT = 11,
  SMALL_PT = 8
};

typedef struct
{
  cairo_t *cr;
  const JuminCertificate *certificate;
} Sheet;

typedef struct
{
  double x, y, width;
  int size;
  PangoAlignment align;
  gboolean one_line;
} Place;

static cairo_status_t
append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_text (Sheet *sheet, Place place, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (sheet->cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT_FAMILY);

  pango_font_description_set_absolute_size (font, place.size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int)(place.width * PANGO_SCALE));
  pango_layout_set_alignment (layout, place.align);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (place.one_line)
    {
      pango_layout_set_height (layout, 0);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (sheet->cr, place.x, place.y);
  pango_cairo_layout_path (sheet->cr, layout);
  cairo_fill (sheet->cr);
}

static void
draw_row (Sheet *sheet, const char *const *cells, double y)
{
  const double whole = A4_WIDTH - 2 * MARGIN;
  guint n = MIN (g_strv_length ((char **)cells), COLUMNS_MAX);
  double x = MARGIN;

  for (guint i = 0; i < n; i++)
    {
      double width = n == 2 ? whole * (i == 0 ? LABEL_SHARE : 1 - LABEL_SHARE) : whole / n;

      cairo_rectangle (sheet->cr, x, y, width, ROW);
      cairo_set_line_width (sheet->cr, 0.6);
      cairo_stroke (sheet->cr);
      draw_text (sheet,
                 (Place){ .x = x + PADDING,
                          .y = y + (ROW - BODY_PT * 1.4) / 2,
                          .width = width - 2 * PADDING,
                          .size = BODY_PT,
                          .one_line = TRUE },
                 cells[i]);
      x += width;
    }
}

static void
draw_code (Sheet *sheet)
{
  QRcode *code = QRcode_encodeString8bit (sheet->certificate->verification, 0, QR_ECLEVEL_M);
  double module;

  if (code == NULL)
    return;
  module = CODE_SIDE / code->width;
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if ((code->data[y * code->width + x] & 1) != 0)
        cairo_rectangle (sheet->cr, MARGIN + x * module, FOOT_TOP + y * module, module, module);
  cairo_fill (sheet->cr);
  QRcode_free (code);
}

static void
draw_seal (Sheet *sheet)
{
  const double x = A4_WIDTH - MARGIN - SEAL_RADIUS - 10, y = FOOT_TOP + 40;

  cairo_save (sheet->cr);
  cairo_set_source_rgb (sheet->cr, 0.8, 0.1, 0.1);
  cairo_set_line_width (sheet->cr, 2.4);
  cairo_new_sub_path (sheet->cr);
  cairo_arc (sheet->cr, x, y, SEAL_RADIUS, 0, 2 * G_PI);
  cairo_stroke (sheet->cr);
  draw_text (sheet,
             (Place){ .x = x - SEAL_RADIUS,
                      .y = y - 16,
                      .width = 2 * SEAL_RADIUS,
                      .size = BODY_PT,
                      .align = PANGO_ALIGN_CENTER },
             "电子专用章\n（测试）");
  cairo_restore (sheet->cr);
}

static void
draw_foot (Sheet *sheet)
{
  const JuminCertificate *certificate = sheet->certificate;
  g_autofree char *signer = g_strdup_printf ("%s\n%s", certificate->office, certificate->date);

  draw_text (
      sheet,
      (Place){ .x = MARGIN, .y = FOOT_TOP - 70, .width = A4_WIDTH - 2 * MARGIN, .size = BODY_PT },
      certificate->sentence);
  draw_code (sheet);
  draw_text (sheet,
             (Place){ .x = MARGIN + CODE_SIDE + 10,
                      .y = FOOT_TOP + CODE_SIDE - 16,
                      .width = 150,
                      .size = SMALL_PT },
             "扫码可验真伪");
  draw_text (sheet,
             (Place){ .x = A4_WIDTH / 2,
                      .y = FOOT_TOP + 20,
                      .width = A4_WIDTH / 2 - MARGIN,
                      .size = BODY_PT,
                      .align = PANGO_ALIGN_RIGHT },
             signer);
  draw_seal (sheet);
}

static void
draw_page (Sheet *sheet, int page, int pages)
{
  const JuminCertificate *certificate = sheet->certificate;
  const double whole = A4_WIDTH - 2 * MARGIN;
  g_autofree char *number = g_strdup_printf ("编号：%s", certificate->number);
  g_autofree char *foot = g_strdup_printf ("第 %d 页，共 %d 页", page + 1, pages);

  draw_text (
      sheet,
      (Place){
          .x = MARGIN, .y = 84, .width = whole, .size = TITLE_PT, .align = PANGO_ALIGN_CENTER },
      certificate->title);
  draw_text (
      sheet,
      (Place){
          .x = MARGIN, .y = 126, .width = whole, .size = SMALL_PT, .align = PANGO_ALIGN_RIGHT },
      number);
  for (guint i = 0; i < ROWS_A_PAGE; i++)
    {
      guint row = (guint)page * ROWS_A_PAGE + i;

      if (row < certificate->rows->len)
        draw_row (sheet, certificate->rows->pdata[row], TABLE_TOP + i * ROW);
    }
  draw_text (
      sheet,
      (Place){
          .x = MARGIN, .y = 790, .width = whole, .size = SMALL_PT, .align = PANGO_ALIGN_CENTER },
      foot);
  if (page == pages - 1)
    draw_foot (sheet);
  cairo_show_page (sheet->cr);
}

static void
set_facts (cairo_surface_t *surface, const JuminCertificate *certificate)
{
  g_autoptr (GDateTime) issued = g_date_time_new_from_unix_utc (certificate->issued_at);
  g_autofree char *date = g_date_time_format (issued, "%Y-%m-%dT%H:%M:%SZ");

  /* The number and nothing of the person: what a spooler shows is this title. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, certificate->number);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

int
jumin_certificate_count_pages (guint rows)
{
  return (int)((rows - 1) / ROWS_A_PAGE + 1);
}

/**
 * jumin_certificate_draw:
 * @pages: (out): of the paper
 *
 * Returns: (transfer full): a PDF
 */
GBytes *
jumin_certificate_draw (const JuminCertificate *certificate, int *pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append, bytes, A4_WIDTH, A4_HEIGHT);
  Sheet sheet = { cairo_create (surface), certificate };

  g_assert (certificate->rows->len > 0 && certificate->rows->len <= JUMIN_CERTIFICATE_ROWS_MAX);
  *pages = jumin_certificate_count_pages (certificate->rows->len);
  set_facts (surface, certificate);
  for (int page = 0; page < *pages; page++)
    draw_page (&sheet, page, *pages);
  cairo_destroy (sheet.cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper of two pages as a PDF in sealed memory, as core hands one over. It names nobody. A
 * coloured corner tells the pages apart: red on the first, blue on the second. */
#include "fixture-paper.h"

#include <cairo-pdf.h>
#include <fcntl.h>
#include <pango/pangocairo.h>
#include <sys/mman.h>
#include <unistd.h>

enum
{
  A4_WIDTH = 595,
  A4_HEIGHT = 842,
  SIDE = 62,
  TOP = 140,
  ROW = 40,
  CORNER = 60
};

static const char *const rows[][2] = {
  { "姓名", "（示例）" },         { "证件号码", "************0000" },
  { "个人账号", "********0417" }, { "缴存单位", "（示例）" },
  { "账户状态", "正常" },         { "月缴存额", "2,640.00 元" },
  { "缴至年月", "2026 年 8 月" }, { "账户余额", "86,512.37 元" },
};

static void
write_words (cairo_t *cairo, double x, double y, double size, gboolean centred, const char *text)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Noto Sans CJK SC");
  int width = 0;

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  cairo_move_to (cairo, centred ? x - width / 2.0 : x, y);
  pango_cairo_layout_path (cairo, layout);
  cairo_fill (cairo);
}

static void
draw_table (cairo_t *cairo)
{
  cairo_set_line_width (cairo, 0.8);
  for (gsize i = 0; i <= G_N_ELEMENTS (rows); i++)
    {
      cairo_move_to (cairo, SIDE, TOP + ROW * (double)i);
      cairo_line_to (cairo, A4_WIDTH - SIDE, TOP + ROW * (double)i);
    }
  for (int i = 0; i < 3; i++)
    {
      double x = i == 0 ? SIDE : i == 1 ? SIDE + 130 : A4_WIDTH - SIDE;

      cairo_move_to (cairo, x, TOP);
      cairo_line_to (cairo, x, TOP + ROW * (double)G_N_ELEMENTS (rows));
    }
  cairo_stroke (cairo);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      write_words (cairo, SIDE + 14, TOP + ROW * (double)i + 8, 17, FALSE, rows[i][0]);
      write_words (cairo, SIDE + 144, TOP + ROW * (double)i + 8, 17, FALSE, rows[i][1]);
    }
}

static void
draw_page (cairo_t *cairo, gboolean first)
{
  cairo_set_source_rgb (cairo, first ? 0.8 : 0, 0, first ? 0 : 0.8);
  cairo_rectangle (cairo, 0, 0, CORNER, CORNER);
  cairo_fill (cairo);
  cairo_set_source_rgb (cairo, 0.09, 0.13, 0.12);
  write_words (cairo, A4_WIDTH / 2.0, 60, 30, TRUE, "住房公积金缴存证明");
  draw_table (cairo);
  write_words (cairo, SIDE, 490, 17, FALSE, "兹证明上述职工在本中心开立账户，缴存情况属实。");
  write_words (cairo, 330, 560, 17, FALSE, "住房公积金管理中心（示例）");
  cairo_set_source_rgba (cairo, 0.76, 0.15, 0.18, 0.8);
  cairo_set_line_width (cairo, 4);
  cairo_arc (cairo, 440, 590, 60, 0, 2 * G_PI);
  cairo_stroke (cairo);
  cairo_set_source_rgb (cairo, 0.09, 0.13, 0.12);
  write_words (cairo, A4_WIDTH / 2.0, 790, 14, TRUE,
               first ? "第 1 页，共 2 页" : "第 2 页，共 2 页");
}

static cairo_status_t
write_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  return write (*(int *)data, bytes, length) == (ssize_t)length ? CAIRO_STATUS_SUCCESS
                                                                : CAIRO_STATUS_WRITE_ERROR;
}

static int
new_memory (void)
{
  return memfd_create ("jumin-document", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static int
seal (int memory)
{
  fcntl (memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  return memory;
}

/**
 * fixture_paper_open:
 *
 * Returns: a descriptor of the paper
 */
int
fixture_paper_open (void)
{
  int memory = new_memory ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_bytes, &memory, A4_WIDTH, A4_HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  draw_page (cairo, TRUE);
  cairo_show_page (cairo);
  draw_page (cairo, FALSE);
  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return seal (memory);
}

/**
 * fixture_paper_open_file:
 *
 * Returns: a descriptor of what is in @path, whatever it is
 */
int
fixture_paper_open_file (const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;
  int memory;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return -1;
  memory = new_memory ();
  if (write (memory, bytes, length) != (ssize_t)length)
    {
      close (memory);
      return -1;
    }
  return seal (memory);
}

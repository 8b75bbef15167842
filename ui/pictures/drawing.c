/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the tables of drawings.c. A drawing is a list of strokes in its own units; what moves is
 * a function of time alone, so that a drawing that is built anew goes on where it was. */
#include "ui/pictures/drawing.h"

#include "ui/pictures/outline.h"

#include <math.h>
#include <qrencode.h>

enum
{
  BOB_US = 900 * G_TIME_SPAN_MILLISECOND,
  INSERT_US = 1600 * G_TIME_SPAN_MILLISECOND,
  INSERT_REST_US = 1200 * G_TIME_SPAN_MILLISECOND,
  SWEEP_US = 1800 * G_TIME_SPAN_MILLISECOND,
  RIDE_US = 6 * G_TIME_SPAN_SECOND,
  COME_UNITS = 34
};

typedef struct
{
  double red, green, blue, alpha;
} Colour;

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16) / 255.0, ((hex) >> 8 & 0xFF) / 255.0, ((hex)&0xFF) / 255.0, 1.0                  \
  }
#define CLEAR                                                                                      \
  {                                                                                                \
    0, 0, 0, 0                                                                                     \
  }

/* Standard, then high contrast. */
static const Colour inks[JUMIN_N_INKS][2] = {
  [JUMIN_INK_NONE] = { CLEAR, CLEAR },
  [JUMIN_INK_BODY] = { RGB (0x15302F), RGB (0x1A1A1A) },
  [JUMIN_INK_BODY_EDGE] = { CLEAR, RGB (0xFFFFFF) },
  [JUMIN_INK_SLOT] = { RGB (0x020B0B), RGB (0x020B0B) },
  [JUMIN_INK_LAMP] = { RGB (0x7BE0A6), RGB (0x7BE0A6) },
  [JUMIN_INK_LAMP_WAIT] = { RGB (0xF6B83C), RGB (0xFFE52E) },
  [JUMIN_INK_GRILLE] = { RGB (0x8FB3AE), RGB (0x8FB3AE) },
  [JUMIN_INK_CARD] = { RGB (0xBFE0DA), RGB (0xBFE0DA) },
  [JUMIN_INK_CARD_EDGE] = { RGB (0x0A524D), RGB (0x0A524D) },
  [JUMIN_INK_CHIP] = { RGB (0xF6B83C), RGB (0xF6B83C) },
  [JUMIN_INK_CHIP_EDGE] = { RGB (0x8A5C0A), RGB (0x8A5C0A) },
  [JUMIN_INK_ARROW] = { RGB (0xB97400), RGB (0xFFE52E) },
  [JUMIN_INK_PAPER] = { RGB (0xFFFFFF), RGB (0xFFFFFF) },
  [JUMIN_INK_PAPER_EDGE] = { RGB (0x8FA39E), RGB (0x8FA39E) },
  [JUMIN_INK_PRINT] = { RGB (0x0E211F), RGB (0x0E211F) },
  [JUMIN_INK_LENS] = { RGB (0x2A6A78), RGB (0x2A6A78) },
  [JUMIN_INK_DASH] = { RGB (0xA8741A), RGB (0xFFE52E) },
  [JUMIN_INK_SUN] = { RGB (0xF6B83C), CLEAR },
  [JUMIN_INK_HILL_FAR] = { RGB (0x0F5853), CLEAR },
  [JUMIN_INK_HILL_NEAR] = { RGB (0x105A54), CLEAR },
  [JUMIN_INK_TOWN] = { RGB (0x176F69), CLEAR },
  [JUMIN_INK_ROPE] = { RGB (0xD3E6E2), CLEAR },
  [JUMIN_INK_CABIN_LINE] = { RGB (0x06393A), CLEAR },
  [JUMIN_INK_JADE_RIVER] = { RGB (0x5FA49B), CLEAR },
  [JUMIN_INK_OCHRE_RIVER] = { RGB (0xE2A640), CLEAR },
  [JUMIN_INK_GROUND] = { RGB (0xEEF3F1), CLEAR },
  [JUMIN_INK_BACK] = { RGB (0x42534F), RGB (0x1A1A1A) },
  [JUMIN_INK_BACK_SHAPE] = { RGB (0x6E807D), RGB (0x333333) },
  [JUMIN_INK_SKIN] = { RGB (0xC79A80), RGB (0xC79A80) },
  [JUMIN_INK_ATTENTION] = { RGB (0x5F3A00), RGB (0xFFE52E) },
  [JUMIN_INK_MARK] = { RGB (0x0A524D), RGB (0x000000) },
};

static void
set_ink (cairo_t *cairo, JuminInk ink, gboolean contrast, double alpha)
{
  const Colour *colour = &inks[ink][contrast ? 1 : 0];

  cairo_set_source_rgba (cairo, colour->red, colour->green, colour->blue,
                         colour->alpha * (alpha > 0 ? alpha : 1.0));
}

/* 0 to 1 and back, without a jump. */
static double
swing (gint64 time_us, gint64 period_us)
{
  return 0.5 - 0.5 * cos ((double)(time_us % period_us) / (double)period_us * 2 * G_PI);
}

/* 1 to 0, and a rest there. */
static double
come (gint64 time_us)
{
  gint64 phase_us = time_us % (INSERT_US + INSERT_REST_US);

  return phase_us < INSERT_US ? 0.5 + 0.5 * cos ((double)phase_us / INSERT_US * G_PI) : 0;
}

static void
move_stroke (cairo_t *cairo, JuminMotion motion, gint64 time_us)
{
  switch (motion)
    {
    case JUMIN_BOB:
      cairo_translate (cairo, 0, 8 * swing (time_us, BOB_US));
      break;
    case JUMIN_INSERT:
      cairo_translate (cairo, 0, COME_UNITS * come (time_us));
      break;
    case JUMIN_RAISE:
      cairo_translate (cairo, 0, COME_UNITS * (come (time_us) - 1));
      break;
    case JUMIN_SWEEP:
      cairo_translate (cairo, 0, 84 * (double)(time_us % SWEEP_US) / SWEEP_US);
      break;
    case JUMIN_SCAN:
      cairo_translate (cairo, 0, 240 * (double)(time_us % SWEEP_US) / SWEEP_US);
      break;
    case JUMIN_RIDE:
      cairo_translate (cairo, 120 * swing (time_us, RIDE_US), -45 * swing (time_us, RIDE_US));
      break;
    case JUMIN_STILL:
    case JUMIN_HINT:
      break;
    }
}

static void
draw_word (cairo_t *cairo, const JuminStroke *stroke, gboolean contrast, const char *word)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font
      = pango_font_description_from_string ("Noto Sans CJK SC, Noto Sans Bold");
  PangoRectangle logical;

  pango_font_description_set_absolute_size (font, stroke->box[2] * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, word, -1);
  pango_layout_get_extents (layout, NULL, &logical);
  set_ink (cairo, stroke->fill, contrast, stroke->alpha);
  cairo_move_to (cairo, stroke->box[0] - logical.width / 2.0 / PANGO_SCALE,
                 stroke->box[1] - pango_layout_get_baseline (layout) / (double)PANGO_SCALE);
  pango_cairo_show_layout (cairo, layout);
}

/* A code that says what it is: nobody is led anywhere by a drawing. */
static void
draw_code (cairo_t *cairo, const JuminStroke *stroke, gboolean contrast)
{
  QRcode *code = QRcode_encodeString ("JUMIN-DEMO", 1, QR_ECLEVEL_M, QR_MODE_8, 1);
  double module;

  if (code == NULL)
    return;
  module = stroke->box[2] / code->width;
  for (int i = 0; i < code->width * code->width; i++)
    if (code->data[i] & 1)
      cairo_rectangle (cairo, stroke->box[0] + i % code->width * module,
                       stroke->box[1] + i / code->width * module, module, module);
  QRcode_free (code);
  set_ink (cairo, stroke->fill, contrast, stroke->alpha);
  cairo_fill (cairo);
}

static void
trace_stroke (cairo_t *cairo, const JuminStroke *stroke)
{
  const double *box = stroke->box;

  cairo_new_path (cairo);
  if (stroke->type == JUMIN_SHAPE_RECT)
    jumin_outline_round (cairo, box[0], box[1], box[2], box[3], stroke->radius);
  else if (stroke->type == JUMIN_SHAPE_CIRCLE)
    cairo_arc (cairo, box[0], box[1], box[2], 0, 2 * G_PI);
  else
    jumin_outline_trace (cairo, stroke->outline);
}

static void
draw_stroke (cairo_t *cairo, const JuminStroke *stroke, gboolean contrast)
{
  trace_stroke (cairo, stroke);
  if (stroke->fill != JUMIN_INK_NONE)
    {
      set_ink (cairo, stroke->fill, contrast, stroke->alpha);
      cairo_fill_preserve (cairo);
    }
  if (stroke->line != JUMIN_INK_NONE)
    {
      double dashes[] = { stroke->dash, stroke->dash * 0.8 };

      cairo_set_line_width (cairo, stroke->width);
      cairo_set_line_cap (cairo, CAIRO_LINE_CAP_ROUND);
      cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cairo, dashes, stroke->dash > 0 ? 2 : 0, 0);
      set_ink (cairo, stroke->line, contrast, stroke->alpha);
      cairo_stroke (cairo);
    }
  cairo_new_path (cairo);
}

/**
 * jumin_drawing_draw:
 * @cairo: scaled to the drawing's units
 * @word: (nullable): the drawing's own word: a ticket number
 * @time_us: where the motion is; 0 is the still picture
 */
void
jumin_drawing_draw (const JuminDrawing *drawing, cairo_t *cairo, gboolean contrast,
                    const char *word, gint64 time_us)
{
  for (const JuminStroke *stroke = drawing->strokes; stroke->type != JUMIN_SHAPE_END; stroke++)
    {
      const char *text = stroke->outline != NULL ? stroke->outline : word;

      if (stroke->type == JUMIN_SHAPE_TURN)
        {
          cairo_translate (cairo, stroke->box[1], stroke->box[2]);
          cairo_rotate (cairo, stroke->box[0] * G_PI / 180.0);
          cairo_translate (cairo, -stroke->box[1], -stroke->box[2]);
          continue;
        }
      if (time_us != 0 && stroke->motion == JUMIN_HINT)
        continue;
      cairo_save (cairo);
      if (time_us != 0)
        move_stroke (cairo, stroke->motion, time_us);
      if (stroke->type == JUMIN_SHAPE_CODE)
        draw_code (cairo, stroke, contrast);
      else if (stroke->type != JUMIN_SHAPE_WORD)
        draw_stroke (cairo, stroke, contrast);
      else if (text != NULL)
        draw_word (cairo, stroke, contrast, text);
      cairo_restore (cairo);
    }
}

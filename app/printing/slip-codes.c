/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What machines read of a slip: bars for the scanners of the staff, QR codes for phones. White
 * belongs to either, as much as its standard says. */
#include <qrencode.h>
#include <string.h>

#include "printing/code-128.h"
#include "printing/slip-canvas-private.h"

enum
{
  GAP = 30,
  PADDING = 10,
  BYTES_MAX = 400,
  QUIET = 4, /* modules */
  SIDE = 184,
  MODULE_MIN = 6,
  BARS_HEIGHT = 84,
  BARS_MODULE_MIN = 2, /* 0.25 mm: below it hand scanners fail */
  BARS_MODULE_MAX = 3
};

/**
 * jumin_slip_canvas_bars:
 * @self: a strip
 * @data: what a scanner reads
 *
 * A bar code (Code 128) in the middle.
 *
 * Returns: %FALSE when @data does not fit onto this paper as bars: then nothing was drawn
 */
gboolean
jumin_slip_canvas_bars (JuminSlipCanvas *self, const char *data)
{
  g_autofree char *widths = jumin_code_128_dup_widths (data);
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);
  guint modules = widths != NULL ? jumin_code_128_count_modules (widths) : 0, module, x;

  if (modules == 0)
    return FALSE;
  /* The white on either side may use the margin, which is white too. */
  module = MIN (span.width / modules, self->width / (modules + 2 * JUMIN_CODE_128_QUIET));
  module = MIN (module, (guint)BARS_MODULE_MAX);
  if (module < BARS_MODULE_MIN)
    return FALSE;
  x = span.x + (span.width - modules * module) / 2;
  for (gsize i = 0; widths[i] != '\0'; i++)
    {
      guint width = (guint)(widths[i] - '0') * module;

      if (i % 2 == 0)
        jumin_slip_canvas_add_rectangle (self, x, self->y + PADDING, width, BARS_HEIGHT);
      x += width;
    }
  cairo_fill (self->cr);
  jumin_slip_canvas_skip (self, BARS_HEIGHT + 2 * PADDING);
  return TRUE;
}

static void
draw_modules (JuminSlipCanvas *self, const QRcode *code, guint x, guint y, guint module)
{
  guint side = (guint)code->width;

  for (guint i = 0; i < side * side; i++)
    if (code->data[i] & 1)
      jumin_slip_canvas_add_rectangle (self, x + i % side * module, y + i / side * module, module,
                                       module);
  cairo_fill (self->cr);
}

static void
draw_beside (JuminSlipCanvas *self, JuminSlipSpan span, guint height,
             const JuminSlipType *title_type, const char *title, const JuminSlipType *type,
             const char *text)
{
  guint top = self->y;
  guint block = (title_type->size * title_type->leading + 2 * type->size * type->leading) / 100;

  self->y += block < height ? (height - block) / 2 : 0;
  self->y += jumin_slip_canvas_set_text (self, span, title_type, title);
  self->y += jumin_slip_canvas_set_text (self, span, type, text);
  self->y = MAX (self->y, top + height);
}

static gboolean
draw_code (JuminSlipCanvas *self, const QRcode *code, const JuminSlipType *title_type,
           const char *title, const JuminSlipType *type, const char *text)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);
  guint modules = (guint)code->width, module = MAX (SIDE / modules, (guint)MODULE_MIN);
  guint quiet = QUIET * module, side = modules * module, indent;

  /* The quiet zone may use the margin, which is white too. */
  indent = quiet > self->margin ? quiet - self->margin : 0;
  if (2 * indent + side > span.width)
    return FALSE;
  jumin_slip_canvas_skip (self, PADDING);
  draw_modules (self, code, span.x + indent, self->y, module);
  if (indent + side + GAP + side / 2 <= span.width && side <= span.width / 2)
    {
      guint used = indent + side + MAX (quiet, (guint)GAP);

      span = (JuminSlipSpan){ .x = span.x + used, .width = span.width - used };
      draw_beside (self, span, side, title_type, title, type, text);
    }
  else
    {
      jumin_slip_canvas_skip (self, side + quiet);
      jumin_slip_canvas_text (self, title_type, title);
      jumin_slip_canvas_text (self, type, text);
    }
  jumin_slip_canvas_skip (self, PADDING);
  return TRUE;
}

/**
 * jumin_slip_canvas_code:
 * @self: a strip
 * @data: what a phone reads, at most 400 bytes
 * @title_type: how @title is set
 * @title: what the code is for
 * @type: how @text is set
 * @text: more about it
 *
 * A QR code (ISO/IEC 18004, level M) with its words beside it, or below it when it is wide.
 *
 * Returns: %FALSE when @data is too long to be read from this paper: then nothing was drawn
 */
gboolean
jumin_slip_canvas_code (JuminSlipCanvas *self, const char *data, const JuminSlipType *title_type,
                        const char *title, const JuminSlipType *type, const char *text)
{
  QRcode *code;
  gboolean drawn;

  if (strlen (data) > BYTES_MAX)
    return FALSE;
  code = QRcode_encodeString8bit (data, 0, QR_ECLEVEL_M);
  if (code == NULL)
    return FALSE;
  drawn = draw_code (self, code, title_type, title, type, text);
  QRcode_free (code);
  return drawn;
}

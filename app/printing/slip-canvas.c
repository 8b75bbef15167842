/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws onto thermal paper: one bit, no grey, nothing outside the margins. It draws on a surface as
 * tall as a ticket may ever be, and the raster takes what was used. Texts may come from outside:
 * each has an upper bound of lines, so the whole has one. */
#include "printing/slip-canvas.h"

#include <pango/pangocairo.h>

#include "model/text.h"
#include "printing/paper-text.h"
#include "printing/slip-canvas-private.h"

#define FONT_FAMILY "Noto Sans CJK SC"

enum
{
  WIDTH_FULL = 576, /* an 80 mm printer at 203 dpi, for which lengths are given */
  MARGIN_FULL = 24,
  TEXT_BYTES_MAX = 512,
  SIZE_MIN = 20, /* 2.5 mm: below it thermal paper smears */
  RULE = 5,
  HAIR = 3,
  DASH = 9,
  RULE_SPACE = 15,
  DASHES_SPACE = 16,
  BAR_PADDING = 8,
  PAIR_GAP = 16,
  BLACK_FROM = 128
};

JuminSlipSpan
jumin_slip_canvas_get_content (JuminSlipCanvas *self)
{
  return (JuminSlipSpan){ .x = self->margin, .width = self->width - 2 * self->margin };
}

void
jumin_slip_canvas_add_rectangle (JuminSlipCanvas *self, guint x, guint y, guint width, guint height)
{
  cairo_rectangle (self->cr, x, y, width, height);
}

/**
 * jumin_slip_canvas_new:
 * @width: of what the printer prints, a multiple of 8
 *
 * Returns: (transfer full): an empty strip
 */
JuminSlipCanvas *
jumin_slip_canvas_new (guint width)
{
  JuminSlipCanvas *self = g_new0 (JuminSlipCanvas, 1);
  cairo_font_options_t *options = cairo_font_options_create ();
  JuminSlipSpan content;

  self->width = width;
  self->margin = MARGIN_FULL * width / WIDTH_FULL;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_A8, (int)width, JUMIN_RASTER_HEIGHT_MAX);
  self->cr = cairo_create (self->surface);
  /* Grey edges would become ragged ones when the printer gets one bit a dot. */
  cairo_set_antialias (self->cr, CAIRO_ANTIALIAS_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_NONE);
  cairo_set_font_options (self->cr, options);
  cairo_font_options_destroy (options);
  content = jumin_slip_canvas_get_content (self);
  jumin_slip_canvas_add_rectangle (self, content.x, 0, content.width, JUMIN_RASTER_HEIGHT_MAX);
  cairo_clip (self->cr);
  return self;
}

void
jumin_slip_canvas_free (JuminSlipCanvas *self)
{
  cairo_destroy (self->cr);
  cairo_surface_destroy (self->surface);
  g_free (self);
}

void
jumin_slip_canvas_skip (JuminSlipCanvas *self, guint dots)
{
  self->y = MIN (self->y + dots, JUMIN_RASTER_HEIGHT_MAX);
}

static void
set_size (PangoLayout *layout, const JuminSlipType *type, guint size)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT_FAMILY);

  pango_font_description_set_weight (font, type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, (double)size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

static void
keep_tail (PangoLayout *layout, const char *text)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *unbroken = pango_attr_allow_breaks_new (FALSE);

  unbroken->start_index = (guint)jumin_text_find_tail (text);
  unbroken->end_index = (guint)strlen (text); /* Pango keeps nothing together up to its own "end" */
  pango_attr_list_insert (attributes, unbroken);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static PangoLayout *
layout_new (JuminSlipCanvas *self, const JuminSlipType *type, const char *text)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  g_autofree char *clean = jumin_paper_text_clean (text, TEXT_BYTES_MAX);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, clean, -1);
  keep_tail (layout, clean);
  set_size (layout, type, type->size);
  return layout;
}

static guint
natural_width (JuminSlipCanvas *self, const JuminSlipType *type, const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, type, text);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return (guint)width;
}

/* The size, not above that of @type, at which @text takes one line of @width, found by eighths.
 * Letters are whole dots wide, so that half the size is not half the width: each is tried. */
static guint
fitting_size (JuminSlipCanvas *self, const JuminSlipType *type, const char *text, guint width)
{
  guint least = MIN ((guint)SIZE_MIN, type->size);
  JuminSlipType smaller = *type;

  if (type->lines > 1)
    return type->size;
  while (smaller.size > least && natural_width (self, &smaller, text) > width)
    smaller.size = MAX (smaller.size * 7 / 8, least);
  return smaller.size;
}

static double
line_x (PangoLayoutLine *line, JuminSlipSpan span, JuminSlipAlign align, double *baseline_above)
{
  PangoRectangle logical;
  double spare;

  pango_layout_line_get_pixel_extents (line, NULL, &logical);
  *baseline_above = -logical.y - logical.height / 2.0;
  spare = MAX ((double)span.width - logical.width, 0.0);
  return span.x + spare * align / JUMIN_SLIP_RIGHT;
}

/* Sets @text from self->y down and answers how much height it took; self->y stays. */
guint
jumin_slip_canvas_set_text (JuminSlipCanvas *self, JuminSlipSpan span, const JuminSlipType *type,
                            const char *text)
{
  g_autoptr (PangoLayout) layout = layout_new (self, type, text);
  guint size = fitting_size (self, type, text, span.width);
  guint line_height = size * type->leading / 100;
  guint count;

  set_size (layout, type, size);
  pango_layout_set_width (layout, (int)span.width * PANGO_SCALE);
  pango_layout_set_height (layout, -(int)type->lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  self->unknown_glyphs += (guint)pango_layout_get_unknown_glyphs_count (layout);
  self->cut_texts += pango_layout_is_ellipsized (layout) ? 1 : 0;
  count = (guint)pango_layout_get_line_count (layout);
  for (guint i = 0; i < count; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, (int)i);
      double below_middle, x = line_x (line, span, type->align, &below_middle);

      /* Whole dots: the hinted letter has the same shape wherever it stands. */
      cairo_move_to (self->cr, (int)x,
                     (int)(self->y + (i + 0.5) * line_height + below_middle + 0.5));
      pango_cairo_show_layout_line (self->cr, line);
    }
  return count * line_height;
}

void
jumin_slip_canvas_text (JuminSlipCanvas *self, const JuminSlipType *type, const char *text)
{
  jumin_slip_canvas_skip (
      self, jumin_slip_canvas_set_text (self, jumin_slip_canvas_get_content (self), type, text));
}

/**
 * jumin_slip_canvas_bar:
 * @self: a strip
 * @type: how @text is set
 * @text: what must not be overlooked
 *
 * White on black, from margin to margin.
 */
void
jumin_slip_canvas_bar (JuminSlipCanvas *self, const JuminSlipType *type, const char *text)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);
  guint height = type->size * type->leading / 100 * type->lines + 2 * BAR_PADDING;

  jumin_slip_canvas_add_rectangle (self, span.x, self->y, span.width, height);
  cairo_fill (self->cr);
  jumin_slip_canvas_skip (self, BAR_PADDING);
  cairo_set_operator (self->cr, CAIRO_OPERATOR_CLEAR);
  jumin_slip_canvas_set_text (self, span, type, text);
  cairo_set_operator (self->cr, CAIRO_OPERATOR_OVER);
  jumin_slip_canvas_skip (self, height - BAR_PADDING);
}

void
jumin_slip_canvas_rule (JuminSlipCanvas *self)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);

  jumin_slip_canvas_add_rectangle (self, span.x, self->y + RULE_SPACE, span.width, RULE);
  cairo_fill (self->cr);
  jumin_slip_canvas_skip (self, 2 * RULE_SPACE + RULE);
}

/**
 * jumin_slip_canvas_dashes:
 * @self: a strip
 *
 * A new block begins.
 */
void
jumin_slip_canvas_dashes (JuminSlipCanvas *self)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);

  for (guint x = 0; x < span.width; x += DASH)
    jumin_slip_canvas_add_rectangle (self, span.x + x, self->y + DASHES_SPACE,
                                     MIN (DASH * 2 / 3, span.width - x), HAIR);
  cairo_fill (self->cr);
  jumin_slip_canvas_skip (self, 2 * DASHES_SPACE + HAIR);
}

/**
 * jumin_slip_canvas_facts:
 * @self: a strip
 * @label: how labels are set
 * @value: how figures are set, all in the size that fits the longest
 * @facts: (array length=count): side by side
 * @count: at least 1
 */
void
jumin_slip_canvas_facts (JuminSlipCanvas *self, const JuminSlipType *label,
                         const JuminSlipType *value, const JuminSlipFact *facts, guint count)
{
  JuminSlipType figure = *value;
  guint top = self->y, label_height = 0,
        column = jumin_slip_canvas_get_content (self).width / count, height;
  JuminSlipSpan span = { .width = column - 2 * PAIR_GAP };

  for (guint i = 0; i < count; i++)
    figure.size = MIN (figure.size, fitting_size (self, value, facts[i].value, span.width));
  for (guint i = 0; i < count; i++)
    {
      span.x = self->margin + i * column + PAIR_GAP;
      label_height
          = MAX (label_height, jumin_slip_canvas_set_text (self, span, label, facts[i].label));
    }
  jumin_slip_canvas_skip (self, label_height);
  for (guint i = 0; i < count; i++)
    {
      span.x = self->margin + i * column + PAIR_GAP;
      jumin_slip_canvas_set_text (self, span, &figure, facts[i].value);
    }
  jumin_slip_canvas_skip (self, figure.size * figure.leading / 100);
  height = self->y - top;
  for (guint i = 1; i < count; i++)
    jumin_slip_canvas_add_rectangle (self, self->margin + i * column - HAIR / 2, top, HAIR, height);
  cairo_fill (self->cr);
}

/**
 * jumin_slip_canvas_pair:
 * @self: a strip
 * @type: how both are set
 * @left: begins at the left margin
 * @right: ends at the right margin; stands below @left where both do not fit
 */
void
jumin_slip_canvas_pair (JuminSlipCanvas *self, const JuminSlipType *type, const char *left,
                        const char *right)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self);
  guint right_width = natural_width (self, type, right);
  guint needed = natural_width (self, type, left) + PAIR_GAP + right_width;
  JuminSlipType below = *type;

  if (needed > span.width)
    {
      below.align = JUMIN_SLIP_RIGHT;
      jumin_slip_canvas_text (self, type, left);
      jumin_slip_canvas_text (self, &below, right);
      return;
    }
  jumin_slip_canvas_set_text (self, span, type, left);
  span.x += span.width - right_width;
  span.width = right_width;
  jumin_slip_canvas_skip (self, jumin_slip_canvas_set_text (self, span, type, right));
}

/* Where digits stand in a line, from its top. */
static guint
find_foot (guint size, guint leading)
{
  return (size * leading / 100 + size * 7 / 10) / 2;
}

/**
 * jumin_slip_canvas_amount:
 * @self: a strip
 * @label_type: how @label is set
 * @label: begins at the left margin; stands above @figure where that would become small beside it
 * @type: how @figure is set
 * @figure: ends at the right margin
 */
void
jumin_slip_canvas_amount (JuminSlipCanvas *self, const JuminSlipType *label_type, const char *label,
                          const JuminSlipType *type, const char *figure)
{
  JuminSlipSpan span = jumin_slip_canvas_get_content (self), rest = span;
  JuminSlipType right = *type;
  guint label_width = MIN (natural_width (self, label_type, label) + PAIR_GAP, span.width);
  guint top = self->y, below;

  right.align = JUMIN_SLIP_RIGHT;
  rest.x += label_width;
  rest.width -= label_width;
  right.size = fitting_size (self, type, figure, rest.width);
  if (2 * right.size < type->size)
    {
      jumin_slip_canvas_text (self, label_type, label);
      right.size = type->size;
      jumin_slip_canvas_text (self, &right, figure);
      return;
    }
  below = find_foot (right.size, right.leading);
  below -= MIN (below, find_foot (label_type->size, label_type->leading));
  self->y = top + below;
  below += jumin_slip_canvas_set_text (self, span, label_type, label);
  self->y = top;
  jumin_slip_canvas_skip (self,
                          MAX (below, jumin_slip_canvas_set_text (self, rest, &right, figure)));
}

/**
 * jumin_slip_canvas_get_unknown_glyphs:
 * @self: a strip
 *
 * Returns: how many characters no font could draw
 */
guint
jumin_slip_canvas_get_unknown_glyphs (JuminSlipCanvas *self)
{
  return self->unknown_glyphs;
}

/**
 * jumin_slip_canvas_get_cut_texts:
 * @self: a strip
 *
 * Returns: how many texts end in an ellipsis
 */
guint
jumin_slip_canvas_get_cut_texts (JuminSlipCanvas *self)
{
  return self->cut_texts;
}

/**
 * jumin_slip_canvas_finish:
 * @self: a strip
 *
 * Returns: (transfer full): what was drawn so far
 */
JuminRaster *
jumin_slip_canvas_finish (JuminSlipCanvas *self)
{
  guint stride = self->width / 8, height = MAX (self->y, 1);
  g_autofree guint8 *dots = g_malloc0 ((gsize)stride * height);
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *row;

  cairo_surface_flush (self->surface);
  for (guint y = 0; y < height; y++)
    {
      row = cairo_image_surface_get_data (self->surface)
            + (gsize)y * (gsize)cairo_image_surface_get_stride (self->surface);
      for (guint x = 0; x < self->width; x++)
        if (row[x] >= BLACK_FROM)
          dots[y * stride + x / 8] |= (guint8)(0x80 >> x % 8);
    }
  bytes = g_bytes_new_take (g_steal_pointer (&dots), (gsize)stride * height);
  return jumin_raster_new (self->width, height, bytes);
}

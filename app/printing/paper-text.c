/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for a sheet, drawn as outlines: Cairo loses glyphs of a CFF font that it embeds in a PDF
 * ("如" of Noto Sans CJK, among others), and a printer may have no font at all. Nothing is hinted
 * or rounded, so that the same text has the same shape on every surface. */
#include "printing/paper-text.h"

#include <math.h>
#include <string.h>

#define FONT_FAMILY "Noto Sans CJK SC"

enum
{
  TEXT_BYTES_MAX = 4096,
  REPLACEMENT = 0xFFFD,
  GRID = 16,       /* a point */
  FONTS_KEPT = 257 /* by Cairo: 256, and the one used last */
};

/**
 * jumin_paper_text_clean:
 * @text: from outside
 * @bytes_max: what is behind them is left out
 *
 * Returns: (transfer full): one paragraph of UTF-8, "?" where the bytes were none: fonts need not
 *   have U+FFFD
 */
char *
jumin_paper_text_clean (const char *text, gsize bytes_max)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)strnlen (text, bytes_max));
  GString *clean = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == REPLACEMENT)
        g_string_append_c (clean, '?');
      else
        g_string_append_unichar (clean, g_unichar_iscntrl (character) ? ' ' : character);
    }
  return g_string_free (clean, FALSE);
}

/* Returns: (transfer full): for layouts of this thread */
PangoContext *
jumin_paper_text_context_new (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  return context;
}

static gpointer
make_empty_face (gpointer data)
{
  return cairo_user_font_face_create ();
}

/* Cairo keeps fonts that nobody uses any more, with each letter that was drawn, and has no word for
 * letting them go: as many without letters take their places. */
static void
crowd_out_fonts (void)
{
  static GOnce once = G_ONCE_INIT;
  cairo_font_face_t *empty = g_once (&once, make_empty_face, NULL);
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_matrix_t identity, size;

  cairo_matrix_init_identity (&identity);
  for (int i = 1; i <= FONTS_KEPT; i++)
    {
      cairo_matrix_init_scale (&size, i, i);
      cairo_scaled_font_destroy (cairo_scaled_font_create (empty, &size, &identity, options));
    }
  cairo_font_options_destroy (options);
}

/**
 * jumin_paper_text_forget:
 *
 * Drops what this thread keeps of the fonts, and the program of the letters, that were drawn: no
 * letter of anybody's name stays, and the program does not grow by each new one.
 */
void
jumin_paper_text_forget (void)
{
  pango_cairo_font_map_set_default (NULL);
  crowd_out_fonts ();
}

static void
set_type (PangoLayout *layout, const JuminPaperType *type, double width)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT_FAMILY);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_weight (font, type->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, type->size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, type->align);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  if (type->lines == 0)
    return;
  pango_layout_set_height (layout, -type->lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

/* Marks in @lacks the bytes of @layout's text at which a character begins that no font has. */
static void
find_lacking (PangoLayout *layout, gboolean *lacks)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);

  do
    {
      const PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      for (int i = 0; run != NULL && i < run->glyphs->num_glyphs; i++)
        if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
          lacks[run->item->offset + run->glyphs->log_clusters[i]] = TRUE;
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}

/* Instead of a box with hexadecimal digits, the printer's mark for a letter that is not there. */
static guint
replace_lacking (PangoLayout *layout)
{
  g_autofree char *text = g_strdup (pango_layout_get_text (layout));
  g_autofree gboolean *lacks = g_new0 (gboolean, strlen (text) + 1);
  g_autoptr (GString) replaced = g_string_new (NULL);
  guint lacking = 0;

  find_lacking (layout, lacks);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (lacks[c - text])
      {
        g_string_append (replaced, JUMIN_PAPER_TEXT_LACKING);
        lacking++;
      }
    else
      g_string_append_len (replaced, c, g_utf8_next_char (c) - c);
  pango_layout_set_text (layout, replaced->str, -1);
  return lacking;
}

/**
 * jumin_paper_text_layout_new:
 * @context: of this thread
 * @width: points
 * @text: from outside; at most 4096 bytes of it are set
 * @lacking: (inout): becomes more by the characters that no font has
 *
 * Returns: (transfer full): the text, ready to be measured and drawn
 */
PangoLayout *
jumin_paper_text_layout_new (PangoContext *context, const JuminPaperType *type, double width,
                             const char *text, guint *lacking)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autofree char *clean = jumin_paper_text_clean (text, TEXT_BYTES_MAX);

  set_type (layout, type, width);
  pango_layout_set_text (layout, clean, -1);
  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    *lacking += replace_lacking (layout);
  return layout;
}

/* Points on a grid far finer than a printer's dots: files become smaller by a sixth. */
static void
settle (cairo_path_t *path)
{
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    for (int j = 1; j < path->data[i].header.length; j++)
      {
        cairo_path_data_t *data = &path->data[i + j];

        data->point.x = round (data->point.x * GRID) / GRID;
        data->point.y = round (data->point.y * GRID) / GRID;
      }
}

/* Fills the outlines of @layout, whose left upper corner is at @x, @y, in @cr's colour. */
void
jumin_paper_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  cairo_path_t *path;

  cairo_move_to (cr, x, y);
  pango_cairo_layout_path (cr, layout);
  path = cairo_copy_path (cr);
  settle (path);
  cairo_new_path (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
  cairo_fill (cr);
}

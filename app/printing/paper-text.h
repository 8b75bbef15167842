/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* What stands on paper in place of a character that no font here has. */
#define JUMIN_PAPER_TEXT_LACKING "〓"

/**
 * JuminPaperType:
 * @size: of the letters, points
 * @lines: what does not fit into so many lines ends in an ellipsis; 0: as many as it takes
 *
 * How a text is set on a sheet.
 */
typedef struct
{
  double size;
  gboolean bold;
  PangoAlignment align;
  int lines;
} JuminPaperType;

char *jumin_paper_text_clean (const char *text, gsize bytes_max);

/* Everything made of a context stays in the thread that made it. */
PangoContext *jumin_paper_text_context_new (void);
PangoLayout *jumin_paper_text_layout_new (PangoContext *context, const JuminPaperType *type,
                                          double width, const char *text, guint *lacking);
void jumin_paper_text_draw (cairo_t *cr, PangoLayout *layout, double x, double y);
void jumin_paper_text_forget (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/raster.h"

G_BEGIN_DECLS

/* A strip of thermal paper that is filled from top to bottom. Lengths are dots. */
typedef struct _JuminSlipCanvas JuminSlipCanvas;

typedef enum
{
  JUMIN_SLIP_LEFT,
  JUMIN_SLIP_CENTRE,
  JUMIN_SLIP_RIGHT
} JuminSlipAlign;

/**
 * JuminSlipType:
 * @size: of the letters
 * @leading: height of a line in percent of @size
 * @lines: what does not fit into so many lines ends in an ellipsis; 1 makes the letters smaller
 *   first
 *
 * How a text is set.
 */
typedef struct
{
  guint size, leading, lines;
  gboolean bold;
  JuminSlipAlign align;
} JuminSlipType;

/**
 * JuminSlipFact:
 *
 * A figure with its label above.
 */
typedef struct
{
  const char *label, *value;
} JuminSlipFact;

JuminSlipCanvas *jumin_slip_canvas_new (guint width);
void jumin_slip_canvas_free (JuminSlipCanvas *self);
void jumin_slip_canvas_skip (JuminSlipCanvas *self, guint dots);
void jumin_slip_canvas_text (JuminSlipCanvas *self, const JuminSlipType *type, const char *text);
void jumin_slip_canvas_bar (JuminSlipCanvas *self, const JuminSlipType *type, const char *text);
void jumin_slip_canvas_rule (JuminSlipCanvas *self);
void jumin_slip_canvas_dashes (JuminSlipCanvas *self);
void jumin_slip_canvas_facts (JuminSlipCanvas *self, const JuminSlipType *label,
                              const JuminSlipType *value, const JuminSlipFact *facts, guint count);
void jumin_slip_canvas_pair (JuminSlipCanvas *self, const JuminSlipType *type, const char *left,
                             const char *right);
void jumin_slip_canvas_amount (JuminSlipCanvas *self, const JuminSlipType *label_type,
                               const char *label, const JuminSlipType *type, const char *figure);
gboolean jumin_slip_canvas_bars (JuminSlipCanvas *self, const char *data);
gboolean jumin_slip_canvas_code (JuminSlipCanvas *self, const char *data,
                                 const JuminSlipType *title_type, const char *title,
                                 const JuminSlipType *type, const char *text);
guint jumin_slip_canvas_get_unknown_glyphs (JuminSlipCanvas *self);
guint jumin_slip_canvas_get_cut_texts (JuminSlipCanvas *self);
JuminRaster *jumin_slip_canvas_finish (JuminSlipCanvas *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSlipCanvas, jumin_slip_canvas_free)

G_END_DECLS

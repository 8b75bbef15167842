/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  JUMIN_INK_NONE,
  JUMIN_INK_BODY,
  JUMIN_INK_BODY_EDGE,
  JUMIN_INK_SLOT,
  JUMIN_INK_LAMP,
  JUMIN_INK_LAMP_WAIT,
  JUMIN_INK_GRILLE,
  JUMIN_INK_CARD,
  JUMIN_INK_CARD_EDGE,
  JUMIN_INK_CHIP,
  JUMIN_INK_CHIP_EDGE,
  JUMIN_INK_ARROW,
  JUMIN_INK_PAPER,
  JUMIN_INK_PAPER_EDGE,
  JUMIN_INK_PRINT,
  JUMIN_INK_LENS,
  JUMIN_INK_DASH,
  JUMIN_INK_SUN,
  JUMIN_INK_HILL_FAR,
  JUMIN_INK_HILL_NEAR,
  JUMIN_INK_TOWN,
  JUMIN_INK_ROPE,
  JUMIN_INK_CABIN_LINE,
  JUMIN_INK_JADE_RIVER,
  JUMIN_INK_OCHRE_RIVER,
  JUMIN_INK_GROUND,
  JUMIN_INK_BACK,
  JUMIN_INK_BACK_SHAPE,
  JUMIN_INK_SKIN,
  JUMIN_INK_MARK,
  JUMIN_INK_ATTENTION,
  JUMIN_N_INKS
} JuminInk;

typedef enum
{
  JUMIN_SHAPE_END,
  JUMIN_SHAPE_RECT,
  JUMIN_SHAPE_CIRCLE,
  JUMIN_SHAPE_OUTLINE,
  JUMIN_SHAPE_WORD,
  JUMIN_SHAPE_CODE,
  JUMIN_SHAPE_TURN
} JuminShapeType;

typedef enum
{
  JUMIN_STILL,
  JUMIN_BOB,
  JUMIN_INSERT,
  JUMIN_RAISE, /* from its place, upwards */
  JUMIN_SWEEP,
  JUMIN_SCAN,
  JUMIN_RIDE,
  JUMIN_HINT /* seen in the still picture alone */
} JuminMotion;

/**
 * JuminStroke:
 * @box: RECT x, y, width, height; CIRCLE centre x, y, radius; WORD centre x, y, size;
 *   CODE x, y, size; TURN degrees, centre x, y: all that follows
 * @radius: of the corners of a RECT
 * @outline: path data of an OUTLINE, or a fixed WORD; %NULL: the drawing's own word
 * @width: of the line
 * @dash: length of a dash, 0 for a whole line
 * @alpha: 0 means opaque
 */
typedef struct
{
  JuminShapeType type;
  double box[4];
  double radius;
  const char *outline;
  JuminInk fill, line;
  double width, dash, alpha;
  JuminMotion motion;
} JuminStroke;

/**
 * JuminDrawing:
 * @strokes: ends with an empty one
 * @moves_after_ms: how long it is still; 0: it never moves
 */
typedef struct
{
  const char *name;
  double width, height;
  const JuminStroke *strokes;
  guint moves_after_ms;
} JuminDrawing;

const JuminDrawing *jumin_drawing_find (const char *name);
void jumin_drawing_draw (const JuminDrawing *drawing, cairo_t *cairo, gboolean contrast,
                         const char *word, gint64 time_us);

G_END_DECLS

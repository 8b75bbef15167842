/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/frame.h"

G_BEGIN_DECLS

enum
{
  JUMIN_FINDER_PATTERNS_MAX = 32,
  JUMIN_FINDER_CORNERS = 3
};

/**
 * JuminFinderPattern:
 * @x, @y: its middle, in pixels of the frame
 * @module_px: what a module measures
 * @rows: in how many rows it was seen
 * @inverted: whether it is light on dark
 *
 * A corner of a QR code: a square in a square in a square.
 */
typedef struct
{
  float x, y, module_px;
  guint rows;
  gboolean inverted;
} JuminFinderPattern;

guint jumin_finder_find (const JuminFrame *frame,
                         JuminFinderPattern patterns[JUMIN_FINDER_PATTERNS_MAX]);
gboolean jumin_finder_find_code (const JuminFinderPattern *patterns, guint count,
                                 JuminFinderPattern corners[JUMIN_FINDER_CORNERS]);

G_END_DECLS

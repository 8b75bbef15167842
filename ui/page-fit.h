/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"

G_BEGIN_DECLS

enum
{
  JUMIN_FITS = 7
};

/**
 * JuminFitLook:
 * @classes: of the page, see the sheet
 * @snug: closer than what is full
 */
typedef struct
{
  const char *classes[4];
  gboolean roomy, snug, bare;
} JuminFitLook;

/**
 * JuminPageFit:
 * @step: how closely the page is drawn
 * @overflows: as it was laid out last
 */
typedef struct
{
  guint step;
  gboolean overflows;
  JuminShape shape;       /* that step belongs to */
  gboolean settled;       /* being drawn closer would not show more keys at once */
  guint seen[JUMIN_FITS]; /* at each step: keys of lists that are seen at once, and one; else 0 */
} JuminPageFit;

gboolean jumin_page_fit_begin (JuminPageFit *self, const JuminShape *shape);
guint jumin_page_fit_choose (JuminPageFit *self, guint seen, gboolean sparse);
guint jumin_page_fit_first (gboolean roomy);
const JuminFitLook *jumin_page_fit_look (const JuminPageFit *self);

G_END_DECLS

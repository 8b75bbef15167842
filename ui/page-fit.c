/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How closely a page is drawn: each step when the one before does not fit. Only the last steps make
 * words smaller than the guide wants; the audit fails on them. */
#include "ui/page-fit.h"

enum
{
  ROOMY,
  FULL,
  SNUG,
  BARE
};

static const JuminFitLook looks[JUMIN_FITS] = {
  [ROOMY] = { { "roomy" }, .roomy = TRUE },
  [FULL] = { { NULL } },
  [SNUG] = { { "snug" }, .snug = TRUE },
  [BARE] = { { "snug", "bare" }, .snug = TRUE, .bare = TRUE },
  { { "snug", "bare", "fit-1" }, .snug = TRUE, .bare = TRUE },
  { { "snug", "bare", "fit-2" }, .snug = TRUE, .bare = TRUE },
  { { "snug", "bare", "fit-3" }, .snug = TRUE, .bare = TRUE },
};

/**
 * jumin_page_fit_begin:
 *
 * Returns: whether the page begins anew, since @shape is another one
 */
gboolean
jumin_page_fit_begin (JuminPageFit *self, const JuminShape *shape)
{
  const JuminShape *then = &self->shape;

  if (shape->width == then->width && shape->height == then->height && shape->elder == then->elder
      && shape->reach == then->reach && shape->english == then->english)
    return FALSE;
  self->shape = *shape;
  self->settled = FALSE;
  memset (self->seen, 0, sizeof self->seen);
  return TRUE;
}

/**
 * jumin_page_fit_choose:
 * @seen: how many of the keys that are wanted on a page are seen
 * @sparse: whether a list shows too few of them
 *
 * A page that does not fit is drawn closer step by step, before anything is cut off; and before a
 * list turns pages of few keys, as close as full-sized words can be. Where that gains no key, the
 * page goes back to the roomiest step that shows as many.
 *
 * Returns: the step that is wanted
 */
guint
jumin_page_fit_choose (JuminPageFit *self, guint seen, gboolean sparse)
{
  if (self->overflows)
    {
      memset (self->seen, 0, (self->step + 1) * sizeof *self->seen);
      self->settled = FALSE;
      return MIN (self->step + 1, JUMIN_FITS - 1);
    }
  self->seen[self->step] = seen + 1;
  if (self->settled || (seen == 0 && !sparse))
    return self->step;
  if (sparse && self->step < BARE)
    return self->step + 1;
  for (guint step = 0; step < self->step; step++)
    if (self->seen[step] == seen + 1)
      {
        self->settled = TRUE;
        return step;
      }
  return self->step;
}

guint
jumin_page_fit_first (gboolean roomy)
{
  return roomy ? ROOMY : FULL;
}

const JuminFitLook *
jumin_page_fit_look (const JuminPageFit *self)
{
  return &looks[self->step];
}

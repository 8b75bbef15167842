/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "journey/step.h"

G_BEGIN_DECLS

enum
{
  JUMIN_STEPS_MAX = 8
};

/**
 * JuminFlow:
 * @name: as the catalogue names it
 * @steps: the line of steps, ends with %NULL
 * @words: words of the step indicator, ends with %NULL
 * @sheets: it ends on A4, so that it is not begun while no sheet would come out
 * @till: money is paid in it, so that it is not begun while none can be
 * @mark: for each step, which of @words it belongs to
 *
 * How a service goes, as a const row. A step that has nothing to ask is passed over.
 */
typedef struct _JuminFlow
{
  const char *name;
  gboolean sheets, till;
  const JuminStep *steps[JUMIN_STEPS_MAX];
  const char *words[JUMIN_STEPS_MAX];
  guint mark[JUMIN_STEPS_MAX];
} JuminFlow;

const JuminFlow *jumin_flow_find (const char *name);
gboolean jumin_line_goes_on (const JuminScene *scene);
gboolean jumin_line_can_go_back (const JuminScene *scene);
gboolean jumin_line_takes (const JuminScene *scene, JuminProof proof);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to bring to the window, before a number is used up; in elderly mode also whether the person
 * may go first. */
#include "journey/terminal-private.h"

static gboolean
needed (const JuminScene *scene)
{
  const JuminMatter *matter
      = scene->hall != NULL ? jumin_hall_find_matter (scene->hall, scene->matter) : NULL;

  return matter != NULL && (matter->papers->len > 0 || scene->modes.elder);
}

static gboolean
act (JuminTerminal *self, const char *action, GVariant *values)
{
  if (!g_str_equal (action, "next"))
    return FALSE;
  if (self->scene.modes.elder)
    jumin_line_take_priority (self, values);
  jumin_line_advance (self);
  return TRUE;
}

const JuminStep jumin_checklist_step = {
  .name = "checklist", .page = JUMIN_PAGE_CHECKLIST, .asks = TRUE, .needed = needed, .act = act
};

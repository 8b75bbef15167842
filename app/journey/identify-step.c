/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes: by card, or nobody where the matter allows it. Passed over when the visit knows it. */
#include "journey/terminal-private.h"

static const JuminMatter *
chosen (const JuminScene *scene)
{
  return scene->hall != NULL ? jumin_hall_find_matter (scene->hall, scene->matter) : NULL;
}

static gboolean
needed (const JuminScene *scene)
{
  const JuminMatter *matter = chosen (scene);

  return scene->identity == NULL && matter != NULL && matter->identify != JUMIN_IDENTIFY_NEVER;
}

static void
enter (JuminTerminal *self)
{
  jumin_terminal_show (self, JUMIN_PAGE_IDENTIFY);
  /* A card that was in already, and declined before, is asked for again here. */
  self->insertion = 0;
  jumin_slot_look (self);
}

static gboolean
act (JuminTerminal *self, const char *action, GVariant *values)
{
  const JuminMatter *matter = chosen (&self->scene);

  if (!g_str_equal (action, "anonymous"))
    return FALSE;
  if (matter != NULL && matter->identify == JUMIN_IDENTIFY_OPTIONAL)
    jumin_line_advance (self);
  return TRUE;
}

const JuminStep jumin_identify_step = { .name = "identify",
                                        .page = JUMIN_PAGE_IDENTIFY,
                                        .asks = TRUE,
                                        .needed = needed,
                                        .enter = enter,
                                        .act = act };

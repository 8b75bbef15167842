/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who comes: by card, code or number, whichever is first; or nobody where the matter allows it.
 * Passed over when the visit knows it well enough. */
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

  /* Without a matter it is about the person. */
  if (scene->matter != NULL && (matter == NULL || matter->identify == JUMIN_IDENTIFY_NEVER))
    return FALSE;
  return scene->identity == NULL
         || !jumin_need_is_met (scene->need, jumin_identity_get_proof (scene->identity));
}

static void
enter (JuminTerminal *self)
{
  jumin_terminal_show (self, JUMIN_PAGE_IDENTIFY);
  /* A card that was in already, and declined before, is asked for again here. */
  self->insertion = 0;
  jumin_slot_look (self);
}

static void
act_anonymous (JuminTerminal *self)
{
  const JuminMatter *matter = chosen (&self->scene);

  /* The card that is being read was first. */
  if (matter != NULL && matter->identify == JUMIN_IDENTIFY_OPTIONAL && self->scene.identity == NULL
      && !self->reading)
    jumin_line_advance (self);
}

const JuminStep jumin_identify_step = { .name = "identify",
                                        .page = JUMIN_PAGE_IDENTIFY,
                                        .asks = TRUE,
                                        .needed = needed,
                                        .enter = enter,
                                        .acts = { { "anonymous", act_anonymous } } };

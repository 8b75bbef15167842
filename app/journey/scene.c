/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen is a function of, and how it is wiped. */
#include "journey/scene.h"

#include <string.h>

/**
 * jumin_scene_end_journey:
 * @scene: a scene
 *
 * Forgets what the journey put into it; the visit goes on.
 */
void
jumin_scene_end_journey (JuminScene *scene)
{
  scene->flow = NULL;
  scene->step = 0;
  g_clear_pointer (&scene->matter, g_free);
  g_clear_pointer (&scene->priority, g_free);
  g_clear_pointer (&scene->ticket, jumin_ticket_free);
}

/**
 * jumin_scene_end_visit:
 * @scene: a scene
 *
 * Wipes everything of the person. Only what the machine itself is remains; @card_in too, because a
 * card can outstay its visit.
 */
void
jumin_scene_end_visit (JuminScene *scene)
{
  jumin_scene_end_journey (scene);
  g_clear_pointer (&scene->identity, jumin_identity_unref);
  g_clear_pointer (&scene->today, jumin_today_free);
  explicit_bzero (&scene->card, sizeof scene->card);
  scene->card_known = FALSE;
  scene->in_visit = FALSE;
  scene->trouble_when = 0;
  scene->trouble_tries = 0;
  scene->modes = (JuminModes){ .language = "zh" };
  scene->dialog = JUMIN_DIALOG_NONE;
  scene->deadline = scene->deadline_total = 0;
}

/**
 * jumin_scene_clear:
 * @scene: a scene
 *
 * Frees all that it holds.
 */
void
jumin_scene_clear (JuminScene *scene)
{
  jumin_scene_end_visit (scene);
  g_clear_pointer (&scene->hall, jumin_hall_free);
  jumin_text_clear (&scene->hall_name);
  jumin_text_clear (&scene->machine);
  jumin_text_clear (&scene->reader_place);
  jumin_text_clear (&scene->slip_place);
  jumin_text_clear (&scene->desk_place);
  g_clear_pointer (&scene->desk_phone, g_free);
}

/**
 * jumin_scene_get_slip_trouble:
 * @slip: how it ended, other than printed
 *
 * Returns: why, as far as the printer says so by now
 */
JuminTrouble
jumin_scene_get_slip_trouble (const JuminScene *scene, JuminSlip slip)
{
  if (!scene->printer_ready)
    return scene->printer_trouble;
  return slip == JUMIN_SLIP_FAILED ? JUMIN_TROUBLE_SLIP_FAILED : JUMIN_TROUBLE_SLIP_UNKNOWN;
}

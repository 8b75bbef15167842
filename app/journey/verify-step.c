/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a paper is genuine, by the code on it: anybody may ask, nobody has to say who they are,
 * and nothing is asked of the platform, whose keys are here.
 *
 *   looking ──code of a paper──► genuine, or not signed ──another──► looking
 *      ▲──────any other code, told on the page (code.c)──┘
 *
 * What a code said is wiped with the next one, or with the journey. */
#include "journey/terminal-private.h"

#include <string.h>

static void
look_again (JuminTerminal *self)
{
  jumin_scene_end_verification (&self->scene);
  jumin_terminal_show (self, JUMIN_PAGE_VERIFY);
}

/**
 * jumin_verify_step_take:
 * @text: of the code of a paper, trusted in nothing
 *
 * Says whether it is the platform's.
 */
void
jumin_verify_step_take (JuminTerminal *self, GBytes *text)
{
  JuminScene *scene = &self->scene;
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);
  g_autofree char *code = g_strndup (bytes, length);
  g_autoptr (GError) error = NULL;

  jumin_scene_end_verification (scene);
  scene->verification = jumin_verification_read (code, self->tools.keys, &error);
  scene->unsigned_paper = scene->verification == NULL;
  if (scene->unsigned_paper)
    {
      g_message ("%s", error->message);
      jumin_terminal_note_trouble (self, JUMIN_TROUBLE_PAPER_UNSIGNED);
    }
  jumin_terminal_show (self, JUMIN_PAGE_VERIFY);
}

const JuminStep jumin_verify_step = { .name = "verify",
                                      .page = JUMIN_PAGE_VERIFY,
                                      .asks = TRUE,
                                      .enter = look_again,
                                      .acts = { { "another", look_again } } };

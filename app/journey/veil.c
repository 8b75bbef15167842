/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person asked to see in public is veiled again when nobody has touched the screen for a
 * while: it outlives neither them nor their page. */
#include "journey/terminal-private.h"

static gboolean
on_veil (gpointer data)
{
  JuminTerminal *self = data;

  self->veil_timer = NULL;
  self->scene.revealed = self->scene.document_shown = FALSE;
  jumin_terminal_redraw (self);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_veil_follow:
 *
 * Somebody touched the screen, or something was shown or veiled: the time begins anew, where
 * anything is shown.
 */
void
jumin_veil_follow (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;
  guint factor = scene->modes.elder ? self->settings.elder_factor : 1;

  jumin_clock_cancel (self->tools.clock, &self->veil_timer);
  if (scene->revealed || scene->document_shown)
    self->veil_timer
        = jumin_clock_after (self->tools.clock, self->settings.veil_ms * factor, on_veil, self);
}

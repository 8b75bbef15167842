/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the resident comes for. The choice is the page's draft until "choose" sends it whole. */
#include "journey/terminal-private.h"

/* A number that is held and an appointment do not depend on what is left of the day. */
static gboolean
is_of_today (const JuminScene *scene, const char *matter)
{
  const JuminToday *today = scene->today;

  for (guint i = 0; today != NULL && i < today->tickets->len; i++)
    if (g_strcmp0 (((JuminTicket *)today->tickets->pdata[i])->matter, matter) == 0)
      return TRUE;
  for (guint i = 0; today != NULL && i < today->appointments->len; i++)
    if (g_strcmp0 (((JuminAppointment *)today->appointments->pdata[i])->matter, matter) == 0)
      return TRUE;
  return FALSE;
}

static void
act_choose (JuminTerminal *self, GVariant *values)
{
  JuminScene *scene = &self->scene;
  g_autofree char *id = jumin_terminal_dup_value (values, "matter");
  const JuminMatter *matter = jumin_hall_find_matter (scene->hall, id);

  if (matter == NULL || (!matter->open && !is_of_today (scene, id)))
    return; /* closed in this moment: the page shows it already */
  g_clear_pointer (&scene->matter, g_free);
  scene->matter = g_steal_pointer (&id);
  jumin_line_take_priority (self, values);
  jumin_line_advance (self);
}

const JuminStep jumin_choose_step = { .name = "choose",
                                      .page = JUMIN_PAGE_CHOOSE,
                                      .asks = TRUE,
                                      .acts = { { "choose", .take = act_choose } } };

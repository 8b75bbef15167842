/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which paper: of those that the service offers, what the platform says that this person can have.
 * Where that is one, it is not asked. */
#include "journey/terminal-private.h"

/* Returns: (nullable): the only one that can be had */
static const char *
find_only (const JuminScene *scene)
{
  const char *only = NULL;

  for (char **paper = scene->service->papers; *paper != NULL; paper++)
    if (jumin_scene_may_have (scene, *paper))
      {
        if (only != NULL)
          return NULL;
        only = *paper;
      }
  return only;
}

static gboolean
needed (const JuminScene *scene)
{
  return scene->paper == NULL || find_only (scene) == NULL;
}

static void
choose (JuminTerminal *self, const char *paper)
{
  self->scene.paper = g_strdup (paper);
  jumin_line_advance (self);
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminEntitlements) entitlements
      = jumin_paper_desk_list_finish (JUMIN_PAPER_DESK (source), result, &error);
  JuminScene *scene = &self->scene;

  if (self->entitlements_call == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->entitlements_call)
    return;
  g_clear_object (&self->entitlements_call);
  if (jumin_line_get_step (scene) != &jumin_papers_step)
    {
      /* Without an answer the page says that no paper can be had. */
      if (error != NULL)
        g_message ("%s", error->message);
      scene->entitlements = g_steal_pointer (&entitlements);
      jumin_terminal_redraw (self);
      return;
    }
  if (entitlements == NULL)
    {
      jumin_papers_tell (self, error);
      return;
    }
  scene->entitlements = g_steal_pointer (&entitlements);
  if (find_only (scene) != NULL)
    choose (self, find_only (scene));
  else
    jumin_terminal_show (self, JUMIN_PAGE_PAPERS);
}

/**
 * jumin_papers_step_ask:
 *
 * Asks which papers the visit's person can have, unless that is known.
 */
void
jumin_papers_step_ask (JuminTerminal *self)
{
  if (self->scene.entitlements != NULL || self->entitlements_call != NULL)
    return;
  self->entitlements_call = g_cancellable_new ();
  jumin_paper_desk_list_async (self->tools.desk, self->scene.identity, self->entitlements_call,
                               on_list_ready, g_object_ref (self));
}

static void
enter (JuminTerminal *self)
{
  jumin_scene_end_papers (&self->scene);
  if (jumin_papers_refuse (self) || jumin_arrival_refuse_unlogged (self))
    return;
  if (self->scene.entitlements != NULL)
    {
      jumin_terminal_show (self, JUMIN_PAGE_PAPERS);
      return;
    }
  jumin_terminal_show_slowly (self, JUMIN_BUSY_RECORD);
  jumin_papers_step_ask (self);
}

/* A statement is of records, and there are none here. */
static void
act_paper (JuminTerminal *self, GVariant *values)
{
  g_autofree char *paper = jumin_terminal_dup_value (values, "value");

  if (jumin_scene_may_have (&self->scene, paper))
    choose (self, paper);
}

const JuminStep jumin_papers_step = { .name = "papers",
                                      .page = JUMIN_PAGE_PAPERS,
                                      .asks = TRUE,
                                      .needed = needed,
                                      .enter = enter,
                                      .acts = { { "paper", .take = act_paper } } };

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of steps: start, advance, back. A step that is not needed is passed over in both
 * directions; back stops at the previous step that asked something, and is refused once a number
 * was taken. */
#include "journey/terminal-private.h"

/**
 * jumin_line_get_step:
 *
 * Returns: (nullable): the step that the journey stands at
 */
const JuminStep *
jumin_line_get_step (const JuminScene *scene)
{
  return scene->flow != NULL ? scene->flow->steps[scene->step] : NULL;
}

/**
 * jumin_line_takes:
 * @proof: how somebody comes
 *
 * Returns: whether one may come so now: while nobody is known, or where the service asks who comes
 *   and this is good enough
 */
gboolean
jumin_line_takes (const JuminScene *scene, JuminProof proof)
{
  if (jumin_line_get_step (scene) != &jumin_identify_step)
    return scene->identity == NULL;
  return jumin_need_is_met (scene->need, proof);
}

static gboolean
is_needed (const JuminScene *scene, const JuminStep *step)
{
  return step->needed == NULL || step->needed (scene);
}

/**
 * jumin_line_enter:
 *
 * Enters the step that the journey stands at (again, after a notice).
 */
void
jumin_line_enter (JuminTerminal *self)
{
  const JuminStep *step = jumin_line_get_step (&self->scene);

  if (step->enter != NULL)
    step->enter (self);
  else
    jumin_terminal_show (self, step->page);
}

/* What was wanted is kept: it begins when the printer is ready again (sheets-watch.c). */
static void
show_no_sheets (JuminTerminal *self, const JuminService *service)
{
  self->scene.service = service;
  jumin_terminal_note_trouble (self, self->scene.sheets_trouble);
  jumin_terminal_show (self, JUMIN_PAGE_NO_SHEETS);
}

/**
 * jumin_line_start:
 * @service: id of a service
 *
 * Begins a journey.
 */
void
jumin_line_start (JuminTerminal *self, const char *service)
{
  const JuminService *found = jumin_catalogue_find (self->tools.catalogue, service);
  const JuminFlow *flow = found != NULL ? jumin_flow_find (found->flow) : NULL;

  if (found == NULL || (flow->sheets && !self->scene.sheet_printer)
      || (self->scene.queue_down && g_str_equal (found->flow, "queue"))
      || (!self->scene.verifies && g_str_equal (found->flow, "verify"))
      || (flow->till && (!self->scene.till_there || self->scene.till != JUMIN_TILL_OPEN)))
    return; /* the page says so already */
  jumin_visit_begin (self, "touch");
  jumin_money_forget (self);
  jumin_scene_end_journey (&self->scene);
  if (flow->sheets && !self->scene.sheets_ready)
    {
      show_no_sheets (self, found);
      return;
    }
  self->scene.flow = flow;
  self->scene.service = found;
  self->scene.step = 0;
  self->scene.need = found->need;
  if (is_needed (&self->scene, jumin_line_get_step (&self->scene)))
    jumin_line_enter (self);
  else
    jumin_line_advance (self);
}

/* The first service that goes this way. */
static const JuminService *
find_service (const JuminCatalogue *catalogue, const char *flow)
{
  for (guint i = 0; i < catalogue->services->len; i++)
    {
      const JuminService *service = catalogue->services->pdata[i];

      if (g_str_equal (service->flow, flow))
        return service;
    }
  return NULL;
}

/**
 * jumin_line_start_matter:
 * @matter: id of a matter
 *
 * Begins the journey to a number, the matter chosen.
 */
void
jumin_line_start_matter (JuminTerminal *self, const char *matter)
{
  g_autofree char *chosen = g_strdup (matter);
  const JuminService *service = find_service (self->tools.catalogue, "queue");

  jumin_scene_end_journey (&self->scene);
  self->scene.flow = jumin_flow_find ("queue");
  self->scene.service = service;
  self->scene.need = service != NULL ? service->need : JUMIN_NEED_CODE;
  self->scene.step = 0;
  self->scene.matter = g_steal_pointer (&chosen);
  jumin_line_advance (self);
}

/**
 * jumin_line_advance:
 *
 * The step is done: enters the next one that is needed.
 */
void
jumin_line_advance (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  do
    scene->step++;
  while (scene->flow->steps[scene->step] != NULL
         && !is_needed (scene, scene->flow->steps[scene->step]));
  if (scene->flow->steps[scene->step] == NULL)
    jumin_visit_end (self, "done");
  else
    jumin_line_enter (self);
}

/**
 * jumin_line_goes_on:
 *
 * Returns: whether there is a step behind this one
 */
gboolean
jumin_line_goes_on (const JuminScene *scene)
{
  return scene->flow != NULL && scene->flow->steps[scene->step + 1] != NULL;
}

static int
find_previous (const JuminScene *scene)
{
  for (int i = (int)scene->step - 1; i >= 0; i--)
    if (scene->flow->steps[i]->asks && is_needed (scene, scene->flow->steps[i]))
      return i;
  return -1;
}

/**
 * jumin_line_can_go_back:
 *
 * Returns: whether "back" leads anywhere: no further once the world was changed
 */
gboolean
jumin_line_can_go_back (const JuminScene *scene)
{
  const JuminDocument *document = scene->document;

  return scene->flow != NULL && scene->ticket == NULL && scene->sheets == JUMIN_SHEETS_NONE
         && (document == NULL || document->replaces == NULL)
         && (scene->payment == NULL
             || (jumin_line_get_step (scene) == &jumin_pay_step
                 && jumin_scene_has_open_order (scene))
             || jumin_payment_get_say (scene->payment) == JUMIN_SAY_NOT_PAID);
}

/**
 * jumin_line_stand_at:
 * @step: one of the journey's
 *
 * The journey stands there, and whatever is shown lies over that step.
 */
void
jumin_line_stand_at (JuminScene *scene, const JuminStep *step)
{
  guint i = 0;

  while (scene->flow->steps[i] != step)
    i++;
  scene->step = i;
}

/**
 * jumin_line_return_to:
 * @step: one of the journey's
 *
 * Goes on from there.
 */
void
jumin_line_return_to (JuminTerminal *self, const JuminStep *step)
{
  jumin_line_stand_at (&self->scene, step);
  jumin_line_enter (self);
}

/**
 * jumin_line_back:
 *
 * To the previous step that asked the person something; before the first one is the page where the
 * service was chosen.
 */
void
jumin_line_back (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  int previous;

  if (!jumin_line_can_go_back (scene))
    return;
  previous = find_previous (scene);
  if (scene->page == JUMIN_PAGE_NOTICE && jumin_line_get_step (scene)->asks)
    previous = (int)scene->step; /* a notice lies over its step */
  if (previous < 0)
    {
      jumin_visit_go_back (self);
      return;
    }
  scene->step = (guint)previous;
  jumin_line_enter (self);
}

/**
 * jumin_line_take_priority:
 * @values: values of an act
 *
 * Takes the draft "priority" when it is one of the interface's neutral words.
 */
void
jumin_line_take_priority (JuminTerminal *self, GVariant *values)
{
  static const char *const priorities[] = { "elder", "pregnant", "disabled", "military", NULL };
  g_autofree char *priority = jumin_terminal_dup_value (values, "priority");

  g_clear_pointer (&self->scene.priority, g_free);
  if (priority != NULL && g_strv_contains (priorities, priority))
    self->scene.priority = g_steal_pointer (&priority);
}

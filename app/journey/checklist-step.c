/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to bring to the window, before a number is used up; in elderly mode also whether the person
 * may go first. Who lacks a paper gets the list on paper, and no number is taken. */
#include "journey/slip-job.h"
#include "journey/terminal-private.h"
#include "printing/checklist-slip.h"

static const JuminMatter *
get_matter (const JuminScene *scene)
{
  return scene->hall != NULL ? jumin_hall_find_matter (scene->hall, scene->matter) : NULL;
}

static gboolean
needed (const JuminScene *scene)
{
  const JuminMatter *matter = get_matter (scene);

  return matter != NULL && (matter->papers->len > 0 || scene->modes.elder);
}

static JuminRaster *
draw (const JuminSlipJob *job)
{
  JuminChecklistSlip slip = { .matter = job->matter,
                              .hall = &job->hall,
                              .machine = &job->machine,
                              .printed_at = job->printed_at };

  return jumin_checklist_slip_draw (&slip, job->tongue, job->width);
}

/* Who asked for it may have gone on to the window. */
static gboolean
is_wanted (const JuminSlipJob *job)
{
  return TRUE;
}

static void
on_ended (const JuminSlipJob *job, JuminSlip slip)
{
  JuminTerminal *self = job->terminal;

  if (self->ended || self->scene.page_number != job->page)
    return;
  self->scene.list = slip == JUMIN_SLIP_PRINTED ? JUMIN_LIST_PRINTED : JUMIN_LIST_FAILED;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

static const JuminSlipKind list_slip = { .draw = draw, .is_wanted = is_wanted, .ended = on_ended };

static void
print_list (JuminTerminal *self, const JuminMatter *matter)
{
  JuminSlipJob *job = jumin_slip_job_new (self, &list_slip);

  job->matter = jumin_matter_copy (matter);
  self->scene.list = JUMIN_LIST_PRINTING;
  jumin_slip_job_start (job);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_LIST_ASKED, "matter", matter->id, NULL);
}

static void
enter (JuminTerminal *self)
{
  self->scene.list = JUMIN_LIST_NONE;
  jumin_terminal_show (self, JUMIN_PAGE_CHECKLIST);
}

static void
act_next (JuminTerminal *self, GVariant *values)
{
  if (self->scene.modes.elder)
    jumin_line_take_priority (self, values);
  jumin_line_advance (self);
}

static void
act_missing (JuminTerminal *self)
{
  const JuminMatter *matter = get_matter (&self->scene);

  if (matter == NULL || self->scene.list == JUMIN_LIST_PRINTING)
    return;
  print_list (self, matter);
  jumin_terminal_redraw (self);
}

const JuminStep jumin_checklist_step
    = { .name = "checklist",
        .page = JUMIN_PAGE_CHECKLIST,
        .asks = TRUE,
        .needed = needed,
        .enter = enter,
        .acts = { { "next", .take = act_next }, { "missing", act_missing } } };

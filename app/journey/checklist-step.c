/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to bring to the window, before a number is used up; in elderly mode also whether the person
 * may go first. Who lacks a paper gets the list on paper, and no number is taken. */
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

/* What a worker needs to draw the list: values of its own. @page: the page that asked for it. */
typedef struct
{
  JuminMatter *matter;
  JuminText hall, machine;
  gint64 printed_at;
  JuminTongue tongue;
  guint width;
  guint64 page;
} Job;

static void
job_free (Job *job)
{
  jumin_matter_free (job->matter);
  jumin_text_clear (&job->hall);
  jumin_text_clear (&job->machine);
  g_free (job);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  JuminChecklistSlip slip = { .matter = job->matter,
                              .hall = &job->hall,
                              .machine = &job->machine,
                              .printed_at = job->printed_at };

  g_task_return_pointer (task, jumin_checklist_slip_draw (&slip, job->tongue, job->width),
                         (GDestroyNotify)jumin_raster_free);
}

static void
on_print_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminTerminal *self = g_task_get_source_object (task);
  const Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  jumin_printer_print_finish (JUMIN_PRINTER (source), result, &error);
  if (error != NULL)
    g_message ("%s", error->message);
  self->slips--;
  if (!self->ended)
    jumin_printer_watch_check (self);
  if (self->ended || self->scene.page_number != job->page)
    return;
  self->scene.list = error == NULL ? JUMIN_LIST_PRINTED : JUMIN_LIST_FAILED;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

static void
on_draw_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminTerminal *self = JUMIN_TERMINAL (source);
  g_autoptr (JuminRaster) raster = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->ended)
    return;
  self->slips++;
  jumin_printer_print_async (self->tools.printer, raster, NULL, on_print_ready,
                             g_object_ref (result));
}

static void
print_list (JuminTerminal *self, const JuminMatter *matter)
{
  JuminScene *scene = &self->scene;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_draw_ready, NULL);
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .matter = jumin_matter_copy (matter),
                .printed_at = jumin_clock_get_wall (self->tools.clock),
                .tongue = { scene->modes.language, scene->modes.elder },
                .width = self->settings.slip_width,
                .page = scene->page_number };
  jumin_text_copy (&job->hall, &scene->hall_name);
  jumin_text_copy (&job->machine, &scene->machine);
  scene->list = JUMIN_LIST_PRINTING;
  g_task_set_source_tag (task, print_list);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_task_run_in_thread (task, draw);
  jumin_audit_write (self->tools.audit, JUMIN_AUDIT_LIST_ASKED, "matter", matter->id, NULL);
}

static void
enter (JuminTerminal *self)
{
  self->scene.list = JUMIN_LIST_NONE;
  jumin_terminal_show (self, JUMIN_PAGE_CHECKLIST);
}

static gboolean
act (JuminTerminal *self, const char *action, GVariant *values)
{
  const JuminMatter *matter = get_matter (&self->scene);

  if (g_str_equal (action, "next"))
    {
      if (self->scene.modes.elder)
        jumin_line_take_priority (self, values);
      jumin_line_advance (self);
      return TRUE;
    }
  if (!g_str_equal (action, "missing"))
    return FALSE;
  if (matter != NULL && self->scene.list != JUMIN_LIST_PRINTING)
    {
      print_list (self, matter);
      jumin_terminal_redraw (self);
    }
  return TRUE;
}

const JuminStep jumin_checklist_step = { .name = "checklist",
                                         .page = JUMIN_PAGE_CHECKLIST,
                                         .asks = TRUE,
                                         .needed = needed,
                                         .enter = enter,
                                         .act = act };

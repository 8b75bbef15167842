/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person looks at the records: all of them, or one closely and page by page; sees the figures
 * only after having asked for them; and chooses a paper. */
#include "journey/terminal-private.h"
#include "platform/record-calls.h"

static void
act_reveal (JuminTerminal *self, GVariant *values)
{
  g_autofree char *value = jumin_terminal_dup_value (values, "value");
  JuminScene *scene = &self->scene;
  gboolean on = g_strcmp0 (value, "on") == 0;

  if (!on && g_strcmp0 (value, "off") != 0)
    return;
  if (on && !scene->revealed)
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_RECORD_REVEALED, "service",
                       scene->service->id, NULL);
  scene->revealed = on;
  jumin_veil_follow (self);
  jumin_terminal_redraw (self);
}

/* What did not come is asked for again; what there is none of has nothing to be looked at. */
static void
act_section (JuminTerminal *self, GVariant *values)
{
  g_autofree char *record = jumin_terminal_dup_value (values, "id");
  JuminScene *scene = &self->scene;
  int i = 0;

  while (scene->service->records[i] != NULL && g_strcmp0 (scene->service->records[i], record) != 0)
    i++;
  if (scene->service->records[i] == NULL)
    return;
  if (scene->records[i] == NULL)
    jumin_line_return_to (self, &jumin_record_step);
  else if (scene->records[i]->found)
    {
      jumin_record_step_forget (self);
      jumin_scene_end_section (scene);
      scene->section = i;
      jumin_terminal_show (self, JUMIN_PAGE_RECORD);
    }
}

/**
 * jumin_review_step_leave_section:
 *
 * Back to all records.
 */
void
jumin_review_step_leave_section (JuminTerminal *self)
{
  jumin_record_step_forget (self);
  jumin_scene_end_section (&self->scene);
  jumin_terminal_show (self, JUMIN_PAGE_RECORD);
}

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminRecord) record
      = jumin_hall_client_fetch_record_finish (JUMIN_HALL_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (self->record_call == NULL || g_task_get_cancellable (G_TASK (result)) != self->record_call)
    return;
  g_clear_object (&self->record_call);
  scene->asked_page = 0;
  if (error != NULL)
    g_message ("%s", error->message);
  scene->page_failed = record == NULL || jumin_record_find (record, JUMIN_BLOCK_LINES) == NULL;
  if (!scene->page_failed)
    {
      g_clear_pointer (&scene->section_page, jumin_record_unref);
      scene->section_page = g_steal_pointer (&record);
    }
  jumin_terminal_redraw (self);
}

/* The first page is there already. */
static void
ask_page (JuminTerminal *self, int page)
{
  JuminScene *scene = &self->scene;
  JuminRecordQuestion question = { .record = scene->service->records[scene->section],
                                   .page = page,
                                   .holder = scene->identity };

  scene->page_failed = FALSE;
  jumin_record_step_forget (self);
  if (page == 1)
    {
      scene->asked_page = 0;
      g_clear_pointer (&scene->section_page, jumin_record_unref);
    }
  else
    {
      scene->asked_page = page;
      self->record_call = g_cancellable_new ();
      jumin_hall_client_fetch_record_async (self->tools.client, &question, self->record_call,
                                            on_page_ready, g_object_ref (self));
    }
  jumin_terminal_redraw (self);
}

static void
act_page (JuminTerminal *self, GVariant *values)
{
  g_autofree char *value = jumin_terminal_dup_value (values, "value");
  const JuminRecord *record = jumin_scene_get_section (&self->scene);
  const JuminRecordBlock *lines
      = record != NULL ? jumin_record_find (record, JUMIN_BLOCK_LINES) : NULL;
  gint64 page;

  if (lines == NULL || value == NULL
      || !g_ascii_string_to_signed (value, 10, 1, MIN (lines->pages, JUMIN_RECORD_PAGES_MAX), &page,
                                    NULL))
    return;
  /* What is shown, or on its way, is not asked for again. */
  if (page != (self->scene.asked_page != 0 ? self->scene.asked_page : lines->page))
    ask_page (self, (int)page);
}

static void
act_paper (JuminTerminal *self, GVariant *values)
{
  g_autofree char *paper = jumin_terminal_dup_value (values, "value");
  JuminScene *scene = &self->scene;

  if (!jumin_line_goes_on (scene) || !jumin_scene_may_have (scene, paper))
    return;
  jumin_record_step_forget (self);
  jumin_scene_end_section (scene);
  jumin_scene_end_papers (scene);
  scene->paper = g_steal_pointer (&paper);
  scene->revealed = FALSE;
  jumin_line_advance (self);
}

/* Arriving from either side, all records are looked at; what was chosen of them is forgotten. */
static void
enter (JuminTerminal *self)
{
  jumin_scene_end_section (&self->scene);
  jumin_scene_end_papers (&self->scene);
  if (self->tools.desk != NULL && *self->scene.service->papers != NULL)
    jumin_papers_step_ask (self);
  jumin_terminal_show (self, JUMIN_PAGE_RECORD);
}

const JuminStep jumin_review_step = { .name = "review",
                                      .page = JUMIN_PAGE_RECORD,
                                      .asks = TRUE,
                                      .enter = enter,
                                      .acts = { { "reveal", .take = act_reveal },
                                                { "section", .take = act_section },
                                                { "page", .take = act_page },
                                                { "paper", .take = act_paper } } };

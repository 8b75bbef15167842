/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper that moves. What comes out is a line in DIR/sheets.log: that is the truth, whatever the
 * printer says. A page that jams, or that the power fails under, is a half; the printer begins it
 * again. */
#include "page-engine.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

static void
job_free (gpointer data)
{
  JuminEngineJob *job = data;

  g_free (job->name);
  g_free (job);
}

static void
log_paper (JuminEngine *self, const char *what, const JuminEngineJob *job)
{
  g_autofree char *path = g_build_filename (self->dir, "sheets.log", NULL);
  FILE *file = g_fopen (path, "a");

  if (file == NULL)
    return;
  fprintf (file, "%s %s %d/%d\n", what, job->name, job->done + 1, job->total);
  fclose (file);
}

gboolean
jumin_engine_is_stopped (const JuminEngine *self)
{
  return self->paper_out || self->jammed || self->cover_open || self->toner_out || self->off_line;
}

/* The job that it works at, or %NULL. */
JuminEngineJob *
jumin_engine_get_current (JuminEngine *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      JuminEngineJob *job = g_ptr_array_index (self->jobs, i);

      if (job->state == IPP_JSTATE_PENDING || job->state == IPP_JSTATE_PROCESSING
          || job->state == IPP_JSTATE_STOPPED)
        return job;
    }
  return NULL;
}

static void
set_state (JuminEngineJob *job, ipp_jstate_t state, const char *reason)
{
  job->state = state;
  job->reason = reason;
}

static void
put_out (JuminEngine *self, JuminEngineJob *job)
{
  if (!self->lying)
    {
      log_paper (self, "sheet", job);
      self->n_sheets++;
    }
  job->done++;
}

static void
work (JuminEngine *self, JuminEngineJob *job)
{
  if (jumin_engine_is_stopped (self))
    {
      if (job->state == IPP_JSTATE_PROCESSING)
        set_state (job, IPP_JSTATE_STOPPED, "printer-stopped");
      return;
    }
  if (job->state != IPP_JSTATE_PROCESSING)
    {
      set_state (job, IPP_JSTATE_PROCESSING, "job-printing");
      return;
    }
  if (job->done < job->total)
    put_out (self, job);
  else if (!job->stopping)
    set_state (job, IPP_JSTATE_COMPLETED, "job-completed-successfully");
  if (job->stopping)
    set_state (job, IPP_JSTATE_CANCELED, "job-canceled-by-user");
}

static gboolean
on_page_time (gpointer data)
{
  JuminEngine *self = data;
  JuminEngineJob *job = jumin_engine_get_current (self);

  self->source = 0;
  self->n_ticks++;
  if (job != NULL)
    work (self, job);
  jumin_engine_run (self);
  self->on_tick (self->data);
  return G_SOURCE_REMOVE;
}

/* From now on: one step each page_ms. */
void
jumin_engine_run (JuminEngine *self)
{
  if (self->source == 0)
    self->source = g_timeout_add (self->page_ms, on_page_time, self);
}

void
jumin_engine_init (JuminEngine *self, const char *dir, guint page_ms)
{
  self->dir = g_strdup (dir);
  self->page_ms = page_ms;
  self->jobs = g_ptr_array_new_with_free_func (job_free);
  self->next_id = 1;
}

void
jumin_engine_finish (JuminEngine *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->jobs);
  g_free (self->dir);
}

/* Returns: (transfer none): a job that waits for its document; the oldest one may be forgotten */
JuminEngineJob *
jumin_engine_add_job (JuminEngine *self, const char *name)
{
  JuminEngineJob *job = g_new0 (JuminEngineJob, 1);

  if (self->jobs->len == JUMIN_ENGINE_JOBS_MAX)
    g_ptr_array_remove_index (self->jobs, 0);
  job->id = self->next_id++;
  job->name = g_strdup (name);
  set_state (job, IPP_JSTATE_HELD, "job-incoming");
  g_ptr_array_add (self->jobs, job);
  return job;
}

JuminEngineJob *
jumin_engine_find_job (JuminEngine *self, int id)
{
  for (guint i = 0; i < self->jobs->len; i++)
    if (((JuminEngineJob *)g_ptr_array_index (self->jobs, i))->id == id)
      return g_ptr_array_index (self->jobs, i);
  return NULL;
}

/* "/Type /Page" and not "/Type /Pages" */
static int
count_pages (const char *bytes, gsize length)
{
  int n = 0;

  for (gsize i = 0; i + strlen ("/Page") < length; i++)
    if (memcmp (bytes + i, "/Page", strlen ("/Page")) == 0 && i >= strlen ("/Type ")
        && (memcmp (bytes + i - strlen ("/Type "), "/Type ", strlen ("/Type ")) == 0
            || memcmp (bytes + i - strlen ("/Type"), "/Type", strlen ("/Type")) == 0)
        && !g_ascii_isalpha (bytes[i + strlen ("/Page")]))
      n++;
  return MAX (1, n);
}

/* The document stays as DIR/job-N.pdf. */
void
jumin_engine_take_document (JuminEngine *self, JuminEngineJob *job, const char *bytes, gsize length)
{
  g_autofree char *name = g_strdup_printf ("job-%d.pdf", job->id);
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  g_file_set_contents (path, bytes, (gssize)length, NULL);
  job->total = count_pages (bytes, length);
  set_state (job, IPP_JSTATE_PENDING, "none");
}

/* Returns: FALSE: it has ended already */
gboolean
jumin_engine_cancel_job (JuminEngine *self, JuminEngineJob *job)
{
  if (job->state >= IPP_JSTATE_CANCELED)
    return FALSE;
  if (job->state == IPP_JSTATE_PROCESSING && !jumin_engine_is_stopped (self))
    {
      job->stopping = TRUE;
      job->reason = "processing-to-stop-point";
    }
  else
    set_state (job, IPP_JSTATE_CANCELED, "job-canceled-by-user");
  return TRUE;
}

static void
spoil_page (JuminEngine *self)
{
  JuminEngineJob *job = jumin_engine_get_current (self);

  if (job == NULL || job->state != IPP_JSTATE_PROCESSING || job->done >= job->total)
    return;
  log_paper (self, "half", job);
  self->n_halves++;
}

void
jumin_engine_jam (JuminEngine *self)
{
  if (!self->jammed)
    spoil_page (self);
  self->jammed = TRUE;
}

/* All jobs are forgotten. */
void
jumin_engine_power_off (JuminEngine *self)
{
  spoil_page (self);
  g_ptr_array_set_size (self->jobs, 0);
}

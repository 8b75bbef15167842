/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread of one file. It never holds the last reference to its owner, which a task has until it
 * is back in the main loop: it would wait for itself. */
#include "disk/disk-thread.h"

struct _JuminDiskThread
{
  gpointer owner;
  JuminDiskOpen open;
  GDestroyNotify close;
  JuminDiskRest rest;
  GThreadPool *pool;
  gpointer file; /* the thread's alone; NULL: to be opened */
  int waiting;   /* jobs, atomic */
  int ending;    /* atomic */
};

typedef struct
{
  GTask *task;
  JuminDiskCall call;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

static gboolean
on_job_done (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, job->error);
  else if (job->result != NULL)
    g_task_return_pointer (job->task, job->result, job->free_result);
  else
    g_task_return_boolean (job->task, TRUE);
  g_object_unref (job->task);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data, gpointer user_data)
{
  JuminDiskThread *self = user_data;
  Job *job = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_atomic_int_add (&self->waiting, -1);
  if (self->file == NULL)
    self->file = self->open (self->owner, &job->error);
  if (self->file != NULL
      && !job->call (self->file, g_task_get_task_data (job->task), &job->result, &job->error))
    g_clear_pointer (&self->file, self->close);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_job_done, job, NULL);
  g_source_attach (source, g_task_get_context (job->task));
  if (self->file != NULL && self->rest != NULL && g_atomic_int_get (&self->waiting) == 0
      && !self->rest (self->owner, self->file))
    g_clear_pointer (&self->file, self->close);
}

void
jumin_disk_thread_start (JuminDiskThread *self, GTask *task, JuminDiskCall call,
                         GDestroyNotify free_result)
{
  Job *job = g_new0 (Job, 1);

  job->task = task;
  job->call = call;
  job->free_result = free_result;
  /* What is on the disk is there, whatever a cancellable says. */
  g_task_set_check_cancellable (task, FALSE);
  g_atomic_int_inc (&self->waiting);
  g_thread_pool_push (self->pool, job, NULL);
}

JuminDiskThread *
jumin_disk_thread_new (gpointer owner, JuminDiskOpen open, GDestroyNotify close, JuminDiskRest rest)
{
  JuminDiskThread *self = g_new0 (JuminDiskThread, 1);

  self->owner = owner;
  self->open = open;
  self->close = close;
  self->rest = rest;
  self->pool = g_thread_pool_new (run_job, self, 1, TRUE, NULL);
  return self;
}

gboolean
jumin_disk_thread_is_wanted (JuminDiskThread *self)
{
  return g_atomic_int_get (&self->waiting) > 0 || g_atomic_int_get (&self->ending);
}

void
jumin_disk_thread_free (JuminDiskThread *self)
{
  g_atomic_int_set (&self->ending, TRUE);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_clear_pointer (&self->file, self->close);
  g_free (self);
}

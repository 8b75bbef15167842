/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform knows of the person: all records of the service at once, or those that have not
 * come. One whose office does not answer stays empty, and the page says so; only when nothing comes
 * at all is it a trouble. */
#include "journey/terminal-private.h"
#include "platform/record-calls.h"

/* Who asked, and for which of the service's records. */
typedef struct
{
  JuminTerminal *terminal;
  guint index;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->terminal);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

/**
 * jumin_record_step_forget:
 *
 * The person goes, or something else is asked: answers that still come are nobody's.
 */
void
jumin_record_step_forget (JuminTerminal *self)
{
  if (self->record_call != NULL)
    g_cancellable_cancel (self->record_call);
  g_clear_object (&self->record_call);
}

/* All answers are there. */
static void
finish (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;
  gboolean any = FALSE;

  g_clear_object (&self->record_call);
  for (guint i = 0; scene->service->records[i] != NULL; i++)
    any = any || scene->records[i] != NULL;
  if (any)
    jumin_line_advance (self);
  else
    jumin_terminal_show_trouble (self, self->records_down ? JUMIN_TROUBLE_RECORDS_DOWN
                                                          : JUMIN_TROUBLE_PLATFORM_SILENT);
}

static void
on_record_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  JuminTerminal *self = asked->terminal;
  JuminScene *scene = &self->scene;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminRecord) record
      = jumin_hall_client_fetch_record_finish (JUMIN_HALL_CLIENT (source), result, &error);

  if (self->record_call == NULL || g_task_get_cancellable (G_TASK (result)) != self->record_call)
    return;
  if (record == NULL)
    {
      g_message ("%s", error->message);
      self->records_down |= g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_SERVICE_DOWN);
    }
  else
    jumin_audit_write (self->tools.audit, JUMIN_AUDIT_RECORD_SHOWN, "record",
                       scene->service->records[asked->index], NULL);
  scene->records[asked->index] = g_steal_pointer (&record);
  self->records_left--;
  if (self->records_left == 0)
    finish (self);
}

static void
ask (JuminTerminal *self, guint index)
{
  JuminScene *scene = &self->scene;
  JuminRecordQuestion question
      = { .record = scene->service->records[index], .page = 1, .holder = scene->identity };
  Asked *asked = g_new (Asked, 1);

  *asked = (Asked){ g_object_ref (self), index };
  self->records_left++;
  jumin_hall_client_fetch_record_async (self->tools.client, &question, self->record_call,
                                        on_record_ready, asked);
}

static void
enter (JuminTerminal *self)
{
  if (jumin_arrival_refuse_unlogged (self))
    return;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_RECORD);
  jumin_record_step_forget (self);
  self->record_call = g_cancellable_new ();
  self->records_left = 0;
  self->records_down = FALSE;
  for (guint i = 0; self->scene.service->records[i] != NULL; i++)
    if (self->scene.records[i] == NULL)
      ask (self, i);
}

const JuminStep jumin_record_step = { .name = "record", .page = JUMIN_PAGE_WAIT, .enter = enter };

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the people of the hall should know about this machine: each trouble that begins or ends,
 * with its time. A report waits until the platform has it, and is told again with the same key; so
 * the platform also learns, afterwards, that it was not to be reached. */
#include "journey/terminal-private.h"

enum
{
  REPORTS_MAX = 64 /* that wait; the oldest are dropped */
};

typedef struct
{
  JuminReport report;
  char *key;
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->key);
  g_free (waiting);
}

static void
drop_first (JuminTerminal *self)
{
  waiting_free (g_queue_pop_head (&self->reports));
}

/* A report that the platform will not have would block the others. Any other trouble is the way's:
 * the reports wait until the hall has answered again. */
static void
on_report_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  gboolean over;

  jumin_hall_client_report_finish (JUMIN_HALL_CLIENT (source), result, &error);
  over = error == NULL || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
  self->reporting = FALSE;
  if (error != NULL)
    g_message ("%s", error->message);
  if (over && !g_queue_is_empty (&self->reports))
    drop_first (self);
  if (error == NULL && !self->ended)
    jumin_reports_send (self);
}

/**
 * jumin_reports_send:
 *
 * Sends what waits, one after the other.
 */
void
jumin_reports_send (JuminTerminal *self)
{
  const Waiting *first = g_queue_peek_head (&self->reports);

  if (first == NULL || self->reporting || self->scene.platform_silent || self->tools.client == NULL)
    return;
  self->reporting = TRUE;
  jumin_hall_client_report_async (self->tools.client, first->key, &first->report, NULL,
                                  on_report_ready, g_object_ref (self));
}

/**
 * jumin_reports_add:
 * @trouble: that somebody is told about
 * @began: %FALSE: it has ended
 */
void
jumin_reports_add (JuminTerminal *self, JuminTrouble trouble, gboolean began)
{
  JuminTold told = jumin_troubles_get (self->tools.troubles, trouble)->told;
  Waiting *waiting;

  if (told == JUMIN_TOLD_NOBODY)
    return;
  waiting = g_new0 (Waiting, 1);
  waiting->key = g_uuid_string_random ();
  waiting->report = (JuminReport){ .trouble = trouble,
                                   .since = jumin_clock_get_wall (self->tools.clock),
                                   .began = began,
                                   .told = told };
  /* The first one may be on its way. */
  if (self->reports.length == REPORTS_MAX)
    waiting_free (g_queue_pop_nth (&self->reports, 1));
  g_queue_push_tail (&self->reports, waiting);
  jumin_reports_send (self);
}

/**
 * jumin_terminal_set_failure:
 * @trouble: of a device or the platform
 * @there: it begins; %FALSE: it ends
 *
 * Writes down what is not as it should be, and since when, and has the staff told.
 */
void
jumin_terminal_set_failure (JuminTerminal *self, JuminTrouble trouble, gboolean there)
{
  jumin_audit_write (self->tools.audit,
                     there ? JUMIN_AUDIT_TROUBLE_BEGAN : JUMIN_AUDIT_TROUBLE_ENDED, "trouble",
                     jumin_trouble_get_id (trouble), NULL);
  jumin_reports_add (self, trouble, there);
}

void
jumin_reports_clear (JuminTerminal *self)
{
  while (!g_queue_is_empty (&self->reports))
    drop_first (self);
}

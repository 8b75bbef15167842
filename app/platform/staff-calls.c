/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal tells the people of the hall, by way of the platform: somebody wants help, and
 * something of it is broken. Nothing of a person goes with it. */
#include "platform/hall-client-private.h"

static const JuminOperation call_help = { "POST", "/help-calls", jumin_hall_answer_read_help_call,
                                          (GDestroyNotify)jumin_help_call_free, 2 };
static const JuminOperation follow_help
    = { "POST", "/help-calls/state", jumin_hall_answer_read_help_call,
        (GDestroyNotify)jumin_help_call_free, 1 };
static const JuminOperation add_report
    = { "POST", "/reports", jumin_hall_answer_read_report_kept, g_free, 1 };

void
jumin_help_call_free (JuminHelpCall *self)
{
  g_free (self->id);
  g_free (self);
}

void
jumin_hall_client_call_help_async (JuminHallClient *self, const char *key,
                                   const JuminHelpQuestion *question, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  g_return_if_fail (key != NULL);
  cJSON_AddStringToObject (body, "page", question->page);
  jumin_json_add_nullable (body, "matter", question->matter);
  cJSON_AddBoolToObject (body, "escalated", question->escalated);
  jumin_hall_client_run (self, &call_help, key, body, cancellable, callback, data);
}

void
jumin_hall_client_follow_help_async (JuminHallClient *self, const char *id,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "id", id);
  jumin_hall_client_run (self, &follow_help, NULL, body, cancellable, callback, data);
}

JuminHelpCall *
jumin_hall_client_help_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_report_async (JuminHallClient *self, const char *key, const JuminReport *report,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  static const char *const told[] = { [JUMIN_TOLD_NOBODY] = "hall", /* is not reported */
                                      [JUMIN_TOLD_HALL] = "hall",
                                      [JUMIN_TOLD_TECHNICIAN] = "technician" };
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "trouble", jumin_trouble_get_id (report->trouble));
  cJSON_AddNumberToObject (body, "since", (double)report->since);
  cJSON_AddStringToObject (body, "state", report->began ? "began" : "ended");
  cJSON_AddStringToObject (body, "told", told[report->told]);
  jumin_hall_client_run (self, &add_report, key, body, cancellable, callback, data);
}

gboolean
jumin_hall_client_report_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), error);

  return id != NULL;
}

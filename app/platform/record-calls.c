/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a person: which operation gives which. */
#include "platform/record-calls.h"

#include <string.h>

#include "platform/hall-client-private.h"
#include "platform/record-answers.h"

#define FREE (GDestroyNotify) jumin_record_unref

static const struct
{
  const char *record; /* NULL: any other */
  gboolean paged;
  JuminOperation operation;
} records[] = {
  { "fund-account", FALSE, { "POST", "/fund/account", jumin_record_answer_read_account, FREE, 1 } },
  { "fund-lines", TRUE, { "POST", "/fund/lines", jumin_record_answer_read_lines, FREE, 1 } },
  { "fund-loan", FALSE, { "POST", "/fund/loan", jumin_record_answer_read_loan, FREE, 1 } },
  { "fund-withdrawals",
    FALSE,
    { "POST", "/fund/withdrawals", jumin_record_answer_read_withdrawals, FREE, 1 } },
  { NULL, FALSE, { "POST", "/social/record", jumin_record_answer_read_social, FREE, 1 } },
};

void
jumin_hall_client_fetch_record_async (JuminHallClient *self, const JuminRecordQuestion *question,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  cJSON *body = cJSON_CreateObject ();
  gsize i = 0;

  while (records[i].record != NULL && strcmp (records[i].record, question->record) != 0)
    i++;
  cJSON_AddStringToObject (body, "id_number", jumin_identity_get_number (question->holder));
  if (records[i].paged)
    cJSON_AddNumberToObject (body, "page", question->page);
  if (records[i].record == NULL)
    cJSON_AddStringToObject (body, "record", question->record);
  jumin_hall_client_run (self, &records[i].operation, NULL, body, cancellable, callback, data);
}

JuminRecord *
jumin_hall_client_fetch_record_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

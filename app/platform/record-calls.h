/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/record.h"
#include "platform/hall-client.h"

G_BEGIN_DECLS

/**
 * JuminRecordQuestion:
 * @record: "fund-account", "fund-lines", "fund-loan", "fund-withdrawals"; any other id is a record
 * of social insurance, as the catalogue names it
 * @page: of "fund-lines", from 1 on; the answer's block says which page it is and of how many
 *
 * What is asked about a person.
 */
typedef struct
{
  const char *record;
  int page;
  JuminIdentity *holder;
} JuminRecordQuestion;

/* What the platform knows of somebody; that there is nothing is a record too. Errors beside those
 * of JuminHallClient: JUMIN_FAILURE_SERVICE_DOWN. */
void jumin_hall_client_fetch_record_async (JuminHallClient *self,
                                           const JuminRecordQuestion *question,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
JuminRecord *jumin_hall_client_fetch_record_finish (JuminHallClient *self, GAsyncResult *result,
                                                    GError **error);

G_END_DECLS

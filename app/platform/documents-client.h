/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "platform/hall-client.h"

G_BEGIN_DECLS

/**
 * JuminDocumentsClient:
 *
 * The platform's operations about papers (data/platform-api.yaml, /documents). A paper that it
 * gives was verified: its digests are those of the bytes, the platform signed it for this machine,
 * and it is the one that was asked for by whoever was asked for. Errors beside those of
 * JuminHallClient: JUMIN_FAILURE_SERVICE_DOWN and those named below.
 */
#define JUMIN_TYPE_DOCUMENTS_CLIENT (jumin_documents_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminDocumentsClient, jumin_documents_client, JUMIN, DOCUMENTS_CLIENT,
                      GObject)

/**
 * JuminDocumentOrder:
 * @request: a UUID of this visit; asked again with it, the platform gives the same paper
 * @kind: of an entitlement
 * @replaces: (nullable): a void number that the paper stands for
 */
typedef struct
{
  const char *request, *kind, *replaces;
  JuminIdentity *holder;
} JuminDocumentOrder;

JuminDocumentsClient *jumin_documents_client_new (JuminHallClient *hall, const char *terminal,
                                                  const char *reply_key_file, GError **error);

/* Which papers @holder can have. */
void jumin_documents_client_list_async (JuminDocumentsClient *self, JuminIdentity *holder,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
JuminEntitlements *jumin_documents_client_list_finish (JuminDocumentsClient *self,
                                                       GAsyncResult *result, GError **error);

/* Changes the world: not given up half way; a visit that is over drops what comes.
 * JUMIN_FAILURE_NOT_ENTITLED, _DOCUMENT_SPOILT, _DOCUMENT_FOREIGN. */
void jumin_documents_client_fetch_async (JuminDocumentsClient *self,
                                         const JuminDocumentOrder *order,
                                         GAsyncReadyCallback callback, gpointer data);
JuminDocument *jumin_documents_client_fetch_finish (JuminDocumentsClient *self,
                                                    GAsyncResult *result, GError **error);

/* Tells what came out of the printer; may be told again until the platform has heard it.
 * JUMIN_FAILURE_OUTCOME_SETTLED. */
void jumin_documents_client_report_async (JuminDocumentsClient *self,
                                          const JuminPrintReport *report,
                                          GAsyncReadyCallback callback, gpointer data);
JuminDocumentFate *jumin_documents_client_report_finish (JuminDocumentsClient *self,
                                                         GAsyncResult *result, GError **error);

G_END_DECLS

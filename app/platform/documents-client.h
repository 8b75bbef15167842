/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/document-source.h"
#include "platform/hall-client.h"

G_BEGIN_DECLS

/**
 * JuminDocumentsClient:
 *
 * The source of papers: the platform's operations about them (data/platform-api.yaml, /documents).
 * A paper that it gives was verified: its digests are those of the bytes, the platform signed it
 * for this machine, and it is the one that was asked for by whoever was asked for. Errors beside
 * those of JuminHallClient and JuminDocumentSource: JUMIN_FAILURE_SERVICE_DOWN.
 */
#define JUMIN_TYPE_DOCUMENTS_CLIENT (jumin_documents_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminDocumentsClient, jumin_documents_client, JUMIN, DOCUMENTS_CLIENT,
                      GObject)

JuminDocumentsClient *jumin_documents_client_new (JuminHallClient *hall, const char *terminal,
                                                  const char *reply_key_file, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/document.h"
#include "model/error.h"
#include "model/identity.h"

G_BEGIN_DECLS

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

/**
 * JuminDocumentSource:
 *
 * Where papers come from, and who is told what became of them: the platform
 * (platform/documents-client.h).
 */
#define JUMIN_TYPE_DOCUMENT_SOURCE (jumin_document_source_get_type ())
G_DECLARE_INTERFACE (JuminDocumentSource, jumin_document_source, JUMIN, DOCUMENT_SOURCE, GObject)

struct _JuminDocumentSourceInterface
{
  GTypeInterface parent_interface;

  void (*list_async) (JuminDocumentSource *self, JuminIdentity *holder, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data);
  void (*fetch_async) (JuminDocumentSource *self, const JuminDocumentOrder *order,
                       GAsyncReadyCallback callback, gpointer data);
  void (*report_async) (JuminDocumentSource *self, const JuminPrintReport *report,
                        GAsyncReadyCallback callback, gpointer data);
};

/* Which papers @holder can have. */
void jumin_document_source_list_async (JuminDocumentSource *self, JuminIdentity *holder,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);
JuminEntitlements *jumin_document_source_list_finish (JuminDocumentSource *self,
                                                      GAsyncResult *result, GError **error);

/* Changes the world: not given up half way; a visit that is over drops what comes.
 * JUMIN_FAILURE_NOT_ENTITLED, _DOCUMENT_SPOILT, _DOCUMENT_FOREIGN. */
void jumin_document_source_fetch_async (JuminDocumentSource *self, const JuminDocumentOrder *order,
                                        GAsyncReadyCallback callback, gpointer data);
JuminDocument *jumin_document_source_fetch_finish (JuminDocumentSource *self, GAsyncResult *result,
                                                   GError **error);

/* Tells what came out of the printer; may be told again until the platform has heard it.
 * JUMIN_FAILURE_OUTCOME_SETTLED. */
void jumin_document_source_report_async (JuminDocumentSource *self, const JuminPrintReport *report,
                                         GAsyncReadyCallback callback, gpointer data);
JuminDocumentFate *jumin_document_source_report_finish (JuminDocumentSource *self,
                                                        GAsyncResult *result, GError **error);

G_END_DECLS

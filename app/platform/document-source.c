/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where papers come from. Every source completes through a GTask of its own, whose value is what
 * the functions here hand on. */
#include "platform/document-source.h"

G_DEFINE_INTERFACE (JuminDocumentSource, jumin_document_source, G_TYPE_OBJECT)

static void
jumin_document_source_default_init (JuminDocumentSourceInterface *iface)
{
}

void
jumin_document_source_list_async (JuminDocumentSource *self, JuminIdentity *holder,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_return_if_fail (JUMIN_IS_DOCUMENT_SOURCE (self));
  JUMIN_DOCUMENT_SOURCE_GET_IFACE (self)->list_async (self, holder, cancellable, callback, data);
}

/* Returns: (transfer full) (nullable): what of all papers the person can have */
JuminEntitlements *
jumin_document_source_list_finish (JuminDocumentSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_document_source_fetch_async (JuminDocumentSource *self, const JuminDocumentOrder *order,
                                   GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_DOCUMENT_SOURCE (self));
  JUMIN_DOCUMENT_SOURCE_GET_IFACE (self)->fetch_async (self, order, callback, data);
}

/* Returns: (transfer full) (nullable): the paper */
JuminDocument *
jumin_document_source_fetch_finish (JuminDocumentSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_document_source_report_async (JuminDocumentSource *self, const JuminPrintReport *report,
                                    GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_DOCUMENT_SOURCE (self));
  JUMIN_DOCUMENT_SOURCE_GET_IFACE (self)->report_async (self, report, callback, data);
}

/* Returns: (transfer full) (nullable): what has become of the paper */
JuminDocumentFate *
jumin_document_source_report_finish (JuminDocumentSource *self, GAsyncResult *result,
                                     GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

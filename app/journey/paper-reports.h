/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "platform/document-source.h"
#include "printing/print-ledger.h"

G_BEGIN_DECLS

/**
 * JuminPaperReports:
 *
 * Tells the platform what became of papers, until it has heard: in rounds, oldest first, the next
 * one by the clock. The ledger keeps what is not told over restarts.
 */
#define JUMIN_TYPE_PAPER_REPORTS (jumin_paper_reports_get_type ())
G_DECLARE_FINAL_TYPE (JuminPaperReports, jumin_paper_reports, JUMIN, PAPER_REPORTS, GObject)

/**
 * JuminPaperReportsTools:
 * @source: (nullable): %NULL: nobody is there to be told
 * @audit: (nullable)
 */
typedef struct
{
  JuminClock *clock;
  JuminPrintLedger *ledger;
  JuminDocumentSource *source;
  JuminAudit *audit;
  guint report_ms;
} JuminPaperReportsTools;

JuminPaperReports *jumin_paper_reports_new (const JuminPaperReportsTools *tools);
/* @entry: closed, with a number; told in the next round. */
void jumin_paper_reports_add (JuminPaperReports *self, const JuminPrintEntry *entry);
/* Tells all that is to be told, once. Errors: of the last one that was not heard. */
void jumin_paper_reports_tell_async (JuminPaperReports *self, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean jumin_paper_reports_tell_finish (JuminPaperReports *self, GAsyncResult *result,
                                          GError **error);
/* Whether the platform said of the job @token that its paper is void and can be replaced. */
gboolean jumin_paper_reports_get_replacement (JuminPaperReports *self, const char *token);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "devices/page-printer.h"
#include "model/clock.h"
#include "model/document.h"
#include "model/identity.h"
#include "platform/document-source.h"
#include "printing/print-ledger.h"

G_BEGIN_DECLS

/**
 * JuminPaperDeskTools:
 * @source: (nullable): %NULL while the machine is not provisioned: nothing is fetched or reported
 * @stopped_ms: a job that waits for somebody is followed so long, then taken back
 * @report_ms: after which time a report that the platform did not hear is told again
 *
 * What a desk works with; it takes references.
 */
typedef struct
{
  JuminClock *clock;
  JuminPagePrinter *printer;
  JuminPrintLedger *ledger;
  JuminDocumentSource *source;
  JuminAudit *audit;
  guint stopped_ms, report_ms;
} JuminPaperDeskTools;

/**
 * JuminPaperDesk:
 *
 * The one way on which a sheet of A4 leaves this machine. It knows for whom papers are made now:
 * the holder, and the one request that is theirs. A paper is released only when, at that moment,
 * its owner, its request and the digest of its very bytes are theirs; it is in the ledger before
 * the printer hears of it, and what came out is in the ledger and told to the platform afterwards.
 *
 * Signal "progress" (int copy, int pages, guint troubles): of the job under way.
 * Signal "changed": jumin_paper_desk_get_closed() says something else.
 */
#define JUMIN_TYPE_PAPER_DESK (jumin_paper_desk_get_type ())
G_DECLARE_FINAL_TYPE (JuminPaperDesk, jumin_paper_desk, JUMIN, PAPER_DESK, GObject)

/**
 * JuminPaperClosed:
 * @JUMIN_PAPER_OPEN: papers are handed out
 * @JUMIN_PAPER_SETTLING: what became of the last job is being found out
 * @JUMIN_PAPER_LOCKED: one was not its visit's: until staff have looked, over restarts too
 * @JUMIN_PAPER_LEDGER: the ledger cannot be written
 */
typedef enum
{
  JUMIN_PAPER_OPEN,
  JUMIN_PAPER_SETTLING,
  JUMIN_PAPER_LOCKED,
  JUMIN_PAPER_LEDGER
} JuminPaperClosed;

JuminPaperDesk *jumin_paper_desk_new (const JuminPaperDeskTools *tools);
/* Reconciles the ledger with the printer, tells the platform what it was not told; then it is open.
 * Nothing is printed again. */
void jumin_paper_desk_start (JuminPaperDesk *self);
JuminPaperClosed jumin_paper_desk_get_closed (JuminPaperDesk *self);

/* Which papers @holder can have; errors: those of JuminDocumentSource. */
void jumin_paper_desk_list_async (JuminPaperDesk *self, JuminIdentity *holder,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);
JuminEntitlements *jumin_paper_desk_list_finish (JuminPaperDesk *self, GAsyncResult *result,
                                                 GError **error);

/* Who is here now, and what they ask for: whatever was fetched before is nobody's. Asked again for
 * the same before there was an answer, it is the same request, so that the platform gives the same
 * paper.
 * @replaces: (nullable): a void number. Errors: those of JuminDocumentSource, of which
 * _DOCUMENT_FOREIGN locks the desk; JUMIN_FAILURE_PAPERS_LOCKED, _LEDGER; G_IO_ERROR_BUSY: settling
 * or printing; G_IO_ERROR_CANCELLED: another turn has begun, or the visit has ended, meanwhile. */
void jumin_paper_desk_fetch_async (JuminPaperDesk *self, JuminIdentity *holder, const char *kind,
                                   const char *replaces, GAsyncReadyCallback callback,
                                   gpointer data);
JuminDocument *jumin_paper_desk_fetch_finish (JuminPaperDesk *self, GAsyncResult *result,
                                              GError **error);
/* The turn of who is here, for the paper that this machine made of @pdf; it has one copy.
 * Returns: (transfer full) (nullable): the paper; kind JUMIN_PAPER_STATEMENT, number "" */
JuminDocument *jumin_paper_desk_take_statement (JuminPaperDesk *self, JuminIdentity *holder,
                                                GBytes *pdf, int pages, GError **error);
/* Nobody is here any more: nothing that was fetched can be released. A job that is under way ends
 * as it ends; its outcome is kept and told. */
void jumin_paper_desk_end_visit (JuminPaperDesk *self);

enum
{
  JUMIN_STATEMENT_COPIES_MAX = 1
};

/**
 * JuminPaperResult:
 * @replacement: the number is void, and the platform gives another paper for it
 */
typedef struct
{
  JuminPageReport report;
  gboolean replacement;
} JuminPaperResult;

/* Releases @document for who is here: the interlock but for the bytes, the ledger (and a printer
 * that is ready), the interlock, the printer, the ledger, the platform. One at a time. What FAILED
 * may be released again, nothing else. Errors (nothing was printed):
 * JUMIN_FAILURE_DOCUMENT_FOREIGN, _DOCUMENT_SPOILT (both lock the desk), _PAPERS_LOCKED, _LEDGER,
 * _NOT_ENTITLED (it was printed already, or so many copies there are not); G_IO_ERROR_BUSY;
 * G_IO_ERROR_CANCELLED: nobody is here any more. */
void jumin_paper_desk_release_async (JuminPaperDesk *self, JuminIdentity *holder,
                                     const JuminDocument *document, int copies,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean jumin_paper_desk_release_finish (JuminPaperDesk *self, GAsyncResult *result,
                                          JuminPaperResult *paper, GError **error);
/* Takes the job under way back; its outcome says what came out until then. */
void jumin_paper_desk_stop (JuminPaperDesk *self);
/* What the person says of the last job, which PRINTED (the printer may have lied) or is UNKNOWN:
 * whether they hold all of it. Until then, or until the visit ends, PRINTED is not told to the
 * platform. Who does not hold all of it is never given the same number a second time: it is void,
 * as PARTLY is. finish: whether the platform gives another paper for it. */
void jumin_paper_desk_confirm_async (JuminPaperDesk *self, gboolean got,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean jumin_paper_desk_confirm_finish (JuminPaperDesk *self, GAsyncResult *result);

G_END_DECLS

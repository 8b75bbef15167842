/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/document.h"
#include "model/error.h"

G_BEGIN_DECLS

enum
{
  JUMIN_PAGE_KEYWORD_BYTES = 64 /* with its end */
};

/**
 * JuminPageTroubles:
 * @JUMIN_PAGE_PAPER_LOW, @JUMIN_PAGE_TONER_LOW, @JUMIN_PAGE_OTHER: still ready
 * @JUMIN_PAGE_PAPER_OUT: none, or no A4, or its tray is out
 * @JUMIN_PAGE_OFF_LINE: switched off-line, paused, or stopped without a word why
 * @JUMIN_PAGE_BUSY: it has a job already
 * @JUMIN_PAGE_REFUSING: it takes no jobs
 * @JUMIN_PAGE_NO_PDF: it does not understand what we send
 * @JUMIN_PAGE_MISSING: it cannot be reached, @JUMIN_PAGE_SILENT: it can, and does not answer
 * @JUMIN_PAGE_OTHER: a keyword that we do not know, see JuminPageStatus
 */
typedef enum
{
  JUMIN_PAGE_PAPER_OUT = 1 << 0,
  JUMIN_PAGE_PAPER_LOW = 1 << 1,
  JUMIN_PAGE_JAM = 1 << 2,
  JUMIN_PAGE_COVER_OPEN = 1 << 3,
  JUMIN_PAGE_TONER_OUT = 1 << 4,
  JUMIN_PAGE_TONER_LOW = 1 << 5,
  JUMIN_PAGE_OUTPUT_FULL = 1 << 6,
  JUMIN_PAGE_OFF_LINE = 1 << 7,
  JUMIN_PAGE_BUSY = 1 << 8,
  JUMIN_PAGE_REFUSING = 1 << 9,
  JUMIN_PAGE_NO_PDF = 1 << 10,
  JUMIN_PAGE_MISSING = 1 << 11,
  JUMIN_PAGE_SILENT = 1 << 12,
  JUMIN_PAGE_OTHER = 1 << 13
} JuminPageTroubles;

#define JUMIN_PAGE_STILL_READY (JUMIN_PAGE_PAPER_LOW | JUMIN_PAGE_TONER_LOW | JUMIN_PAGE_OTHER)

/**
 * JuminPageStatus:
 * @ready: a sheet would come out now
 * @other: the printer's own keyword that made it %JUMIN_PAGE_OTHER, for staff; "" else
 */
typedef struct
{
  gboolean ready;
  JuminPageTroubles troubles;
  char other[JUMIN_PAGE_KEYWORD_BYTES];
} JuminPageStatus;

/**
 * JuminPageJob:
 * @token: a UUID that nobody had before; all that the printer hears of the resident
 * @pdf: what is printed; %NULL for jumin_page_printer_settle_async()
 * @copies, @pages: sheets are printed on one side; 1 to %JUMIN_DOCUMENT_COPIES_MAX, _PAGES_MAX
 * @stopped_ms: a job that waits for somebody (paper, jam) is followed so long, then taken back
 */
typedef struct
{
  const char *token;
  GBytes *pdf;
  int copies, pages;
  guint stopped_ms;
} JuminPageJob;

/**
 * JuminPageReport:
 * @outcome: %JUMIN_OUTCOME_PRINTED only when the printer says that all copies are out;
 *   _PARTLY and _FAILED only when it says that the rest will not come
 * @copies: that came out whole
 * @pages: of the copy after them that are known to be out; there may be one more, half of it
 * @troubles: what the printer was last seen to suffer from
 */
typedef struct
{
  JuminOutcome outcome;
  int copies, pages;
  JuminPageTroubles troubles;
} JuminPageReport;

/**
 * JuminPagePrinter:
 *
 * The A4 printer. One job at a time; a printer that does what nobody can see (it says that paper
 * came out, and none did) is believed: ask the resident.
 *
 * Signal "progress" (int copy, int pages, guint troubles), on the main thread while a job goes on:
 * so many pages of this copy (from 1) are out, and what the job waits for (JuminPageTroubles).
 */
#define JUMIN_TYPE_PAGE_PRINTER (jumin_page_printer_get_type ())
G_DECLARE_INTERFACE (JuminPagePrinter, jumin_page_printer, JUMIN, PAGE_PRINTER, GObject)

struct _JuminPagePrinterInterface
{
  GTypeInterface parent_interface;

  void (*query_async) (JuminPagePrinter *self, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data);
  void (*print_async) (JuminPagePrinter *self, const JuminPageJob *job, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data);
  void (*let_go) (JuminPagePrinter *self, const char *token);
  void (*settle_async) (JuminPagePrinter *self, const JuminPageJob *job, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data);
};

void jumin_page_printer_query_async (JuminPagePrinter *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean jumin_page_printer_query_finish (JuminPagePrinter *self, GAsyncResult *result,
                                          JuminPageStatus *status, GError **error);
void jumin_page_printer_print_async (JuminPagePrinter *self, const JuminPageJob *job,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
void jumin_page_printer_let_go (JuminPagePrinter *self, const char *token);
gboolean jumin_page_printer_print_finish (JuminPagePrinter *self, GAsyncResult *result,
                                          JuminPageReport *report, GError **error);
void jumin_page_printer_settle_async (JuminPagePrinter *self, const JuminPageJob *job,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);
gboolean jumin_page_printer_settle_finish (JuminPagePrinter *self, GAsyncResult *result,
                                           JuminPageReport *report, GError **error);

/* For drivers. */
void jumin_page_printer_tell_progress (JuminPagePrinter *self, int copy, int pages,
                                       JuminPageTroubles troubles);
void jumin_page_printer_return_report (GTask *task, const JuminPageReport *report, GError *error);

G_END_DECLS

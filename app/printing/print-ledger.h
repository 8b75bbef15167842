/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "model/document.h"
#include "model/error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_PRINT_ROWS_MAX = 10000,    /* in the ledger; the oldest that are told go */
  JUMIN_PRINT_UNREPORTED_MAX = 256 /* with so many that the platform has not heard of, no more */
};

/**
 * JuminPrintEntry:
 * @token: UUID of the job, all that the printer knows
 * @request: UUID that the platform knows the paper by; "" for a statement, and once it is reported
 * @number: of the paper; "" where @request is. Nothing of the person is here
 * @sm3: of the bytes that were sent
 * @added_at: Unix seconds
 * @outcome: valid when @closed
 * @copies_out, @pages_out: what came out, see JuminPageReport
 * @reported: the platform has heard of it
 *
 * What the ledger knows of one job.
 */
typedef struct
{
  char *token, *request, *number, *sm3;
  int copies, pages;
  gint64 added_at;
  gboolean closed, reported;
  JuminOutcome outcome;
  int copies_out, pages_out;
} JuminPrintEntry;

/**
 * JuminPrintPending:
 * @locked_at: since when no paper goes out, Unix seconds; 0: they go out
 * @unlocked_at: when staff unlocked them, and nobody has taken note of it; 0: not
 * @entries: (element-type JuminPrintEntry): that are open or not reported, oldest first
 *
 * What is to be done.
 */
typedef struct
{
  gint64 locked_at, unlocked_at;
  GPtrArray *entries;
} JuminPrintPending;

/**
 * JuminPrintLedger:
 *
 * The jobs of the A4 printer, in SQLite on one thread of its own; each call has ended when it is on
 * the disk, in the order of the calls. Entries that are closed and reported are kept for a number
 * of days. A file that failed is opened anew by the next call. Errors: JUMIN_FAILURE_LEDGER.
 */
#define JUMIN_TYPE_PRINT_LEDGER (jumin_print_ledger_get_type ())
G_DECLARE_FINAL_TYPE (JuminPrintLedger, jumin_print_ledger, JUMIN, PRINT_LEDGER, GObject)

JuminPrintLedger *jumin_print_ledger_new (const char *path, guint keep_days, JuminClock *clock);

void jumin_print_ledger_load_async (JuminPrintLedger *self, GAsyncReadyCallback callback,
                                    gpointer data);
JuminPrintPending *jumin_print_ledger_load_finish (JuminPrintLedger *self, GAsyncResult *result,
                                                   GError **error);

/* A job that is about to be sent; its time is now. */
void jumin_print_ledger_add_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                                   GAsyncReadyCallback callback, gpointer data);
/* What became of it. What has no number is nobody's to hear of: it is reported. Closed again, it is
 * to be reported again. */
void jumin_print_ledger_close_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                                     GAsyncReadyCallback callback, gpointer data);
/* The platform has heard of @entry as it is here; its number and request are forgotten. */
void jumin_print_ledger_set_reported_async (JuminPrintLedger *self, const JuminPrintEntry *entry,
                                            GAsyncReadyCallback callback, gpointer data);
/* No paper goes out from now on; a lock that is there stays as it is. */
void jumin_print_ledger_lock_async (JuminPrintLedger *self, GAsyncReadyCallback callback,
                                    gpointer data);
/* Note was taken of the unlocking. */
void jumin_print_ledger_note_unlocked_async (JuminPrintLedger *self, GAsyncReadyCallback callback,
                                             gpointer data);
/* Of all calls that change something. */
gboolean jumin_print_ledger_change_finish (JuminPrintLedger *self, GAsyncResult *result,
                                           GError **error);

JuminPrintEntry *jumin_print_entry_copy (const JuminPrintEntry *entry);
void jumin_print_entry_free (JuminPrintEntry *self);
void jumin_print_pending_free (JuminPrintPending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPrintEntry, jumin_print_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPrintPending, jumin_print_pending_free)

G_END_DECLS

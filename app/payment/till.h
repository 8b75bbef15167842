/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "model/clock.h"
#include "payment/cashier.h"
#include "payment/journal.h"
#include "payment/reconcile.h"
#include "platform/payment-source.h"

G_BEGIN_DECLS

/**
 * JuminTillTools:
 * @reconcile_min: at which minute of the hall's day yesterday is compared with the platform
 *
 * What a till works with; it takes references.
 */
typedef struct
{
  JuminClock *clock;
  JuminJournal *journal;
  JuminPaymentSource *source;
  JuminAudit *audit;
  JuminCashierTimes times;
  guint reconcile_min;
} JuminTillTools;

/**
 * JuminTill:
 *
 * The one way by which money moves: it runs the cashier (payment/cashier.h) with the journal, the
 * platform and the clock. A payment outlives the visit and the process.
 *
 * Signal "changed" (const char *payment): this payment is another one now; "": whether it is open.
 */
#define JUMIN_TYPE_TILL (jumin_till_get_type ())
G_DECLARE_FINAL_TYPE (JuminTill, jumin_till, JUMIN, TILL, GObject)

JuminTill *jumin_till_new (const JuminTillTools *tools);
/* Reads the journal, asks the platform about what is not final, compares yesterday. */
void jumin_till_start (JuminTill *self);
JuminTillClosed jumin_till_get_closed (JuminTill *self);
guint jumin_till_count_unresolved (JuminTill *self);
/* A difference was found, and nobody has looked at it since. */
gboolean jumin_till_has_difference (JuminTill *self);

/* Begins to pay @quote. @payer: (nullable), @code: (nullable): see #JuminPaymentOrder; both are
 * forgotten when the order was sent. Errors (nothing has begun): JUMIN_FAILURE_TILL_CLOSED;
 * JUMIN_FAILURE_BILL_TAKEN: a payment of one of its bills is not final here;
 * JUMIN_FAILURE_PAYMENT_REFUSED: no payment code is as long as @code.
 * Returns: (transfer none) (nullable): it, see jumin_till_find() */
const JuminPayment *jumin_till_begin (JuminTill *self, const JuminQuote *quote, JuminPayWay way,
                                      JuminIdentity *payer, const char *code, GError **error);
/* (transfer none) (nullable): as it is now; valid until "changed". %NULL: it has never begun,
 * because the disk did not take it, or it is over and nobody looks at it. What may be said about it
 * says jumin_payment_get_say(). */
const JuminPayment *jumin_till_find (JuminTill *self, const char *payment);
/* A payment of this bill is not final here. */
gboolean jumin_till_holds_bill (JuminTill *self, const char *bill);
/* The person does not want to pay this way any more, or went: it is closed, and "changed" says what
 * came of it. What is paid is paid. */
void jumin_till_cancel (JuminTill *self, const char *payment);
/* The platform is asked at once. */
void jumin_till_ask (JuminTill *self, const char *payment);
/* The platform answers again: what waits for it is asked about at once. */
void jumin_till_hear (JuminTill *self);
/* Nobody looks at it any more: cancelled, and forgotten when it is final. */
void jumin_till_leave (JuminTill *self, const char *payment);

/* A slip about it is going to be printed: on the disk when this has ended. @reprint: one more of
 * what was printed, marked as such. Errors (nothing is to be printed): G_IO_ERROR_EXISTS: it is
 * out, or perhaps it is, and says the same; JUMIN_FAILURE_JOURNAL. */
void jumin_till_begin_slip_async (JuminTill *self, const char *payment, gboolean reprint,
                                  GAsyncReadyCallback callback, gpointer data);
gboolean jumin_till_begin_slip_finish (JuminTill *self, GAsyncResult *result, GError **error);
void jumin_till_end_slip (JuminTill *self, const char *payment, JuminReceiptState slip);

/* For staff: yesterday's and today's payments, newest first, then older ones that are not final;
 * and a comparison of one day (20260916), which somebody has looked at then. */
void jumin_till_list_async (JuminTill *self, GAsyncReadyCallback callback, gpointer data);
GPtrArray *jumin_till_list_finish (JuminTill *self, GAsyncResult *result, GError **error);
void jumin_till_reconcile_async (JuminTill *self, int day, GAsyncReadyCallback callback,
                                 gpointer data);
JuminReconciliation *jumin_till_reconcile_finish (JuminTill *self, GAsyncResult *result,
                                                  GError **error);

G_END_DECLS

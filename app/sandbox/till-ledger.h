/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"
#include "sandbox/store.h"

G_BEGIN_DECLS

enum
{
  JUMIN_TILL_CLAIM_MAX = 26 /* characters; its bill has the amount in its id too */
};

typedef enum
{
  JUMIN_TILL_ERROR_BILL_TAKEN,
  JUMIN_TILL_ERROR_QUOTE_EXPIRED,
  JUMIN_TILL_ERROR_QUOTE_UNKNOWN,
  JUMIN_TILL_ERROR_KEY_REUSED,
  JUMIN_TILL_ERROR_STORE
} JuminTillError;

#define JUMIN_TILL_ERROR (jumin_till_error_quark ())
GQuark jumin_till_error_quark (void);

/**
 * JuminTillRules:
 * @payee: id of who collects for all billers
 * @small_fen: what a shown code pays at once; more waits for its phone
 * @quote_s: how long a quote is good; @order_s: how long an order waits for its payer at most
 * @credit_s: how long a biller takes to say that it has its money
 * @reverses: a close takes back what was paid, while no biller has it and nobody was told
 * @utc_offset_min: of the hall
 */
typedef struct
{
  const char *payee;
  gint64 small_fen;
  guint quote_s, order_s, credit_s;
  gboolean reverses;
  int utc_offset_min;
} JuminTillRules;

/**
 * JuminTillBill:
 * @claim: what is owed: an account and its month; "h3-power-202608"
 * @id: of the bill: its claim with its amount, since another amount is another bill
 * @state: due, paid or held
 */
typedef struct
{
  char *claim, *id, *biller;
  gint64 fen, paid_at;
  JuminBillState state;
} JuminTillBill;

/**
 * JuminTillOrder:
 * @digest: of all that was asked: another one with the same key is refused
 * @code: (nullable): what the payer's phone showed
 * @payer: (nullable): the account that pays, see jumin_till_ledger_open_account()
 * @declined: (nullable): why whoever keeps that account, or the channel, does not pay: "limit"
 */
typedef struct
{
  const char *payment, *terminal, *digest, *quote, *code, *payer, *declined;
  JuminPayWay way;
  gint64 fen;
} JuminTillOrder;

/**
 * JuminTillLedger:
 *
 * The money of the sandbox, in its store: bills, quotes, orders, and postings by double entry. A
 * key is charged at most once, a closed key never, a bill belongs to one order at a time. Times are
 * given with each call, Unix seconds; what is random comes from a seed. Charges and quotes are not
 * signed, and of a quote's items only bill, biller and amount are set.
 */
typedef struct _JuminTillLedger JuminTillLedger;

JuminTillLedger *jumin_till_ledger_new (JuminStore *store, const JuminTillRules *rules,
                                        guint32 seed);
void jumin_till_ledger_free (JuminTillLedger *self);
/* Nothing is there any more. */
void jumin_till_ledger_reset (JuminTillLedger *self, guint32 seed);

/* Returns: whether it is new. Of one that is neither paid nor held the amount changes. */
gboolean jumin_till_ledger_put_bill (JuminTillLedger *self, const char *claim, const char *biller,
                                     gint64 fen);
/* It was paid, or is being paid, elsewhere. */
void jumin_till_ledger_mark_bill (JuminTillLedger *self, const char *claim, JuminBillState state,
                                  gint64 at);
JuminTillBill *jumin_till_ledger_find_bill (JuminTillLedger *self, const char *claim, gint64 now);
void jumin_till_bill_free (JuminTillBill *bill);
/* An account that can pay; one that is there stays as it is. */
void jumin_till_ledger_open_account (JuminTillLedger *self, const char *name, gint64 fen);
/* This biller, or the biller of this claim, does not take what is credited: it is refunded. */
void jumin_till_ledger_set_rejects (JuminTillLedger *self, const char *name, gboolean rejects);

/* @bills: (array zero-terminated=1): ids. BILL_TAKEN */
JuminQuote *jumin_till_ledger_quote (JuminTillLedger *self, const char *terminal,
                                     const char *const *bills, gint64 now, GError **error);
/* @is_new: (out) (nullable): no: the key has come before, and this is what became of it. Every
 * error: nothing was taken by this call. */
JuminCharge *jumin_till_ledger_pay (JuminTillLedger *self, const JuminTillOrder *order, gint64 now,
                                    gboolean *is_new, GError **error);
/* Billers say by now whether they have the money of what was paid. */
JuminCharge *jumin_till_ledger_state (JuminTillLedger *self, const char *payment, gint64 now,
                                      GError **error);
JuminCharge *jumin_till_ledger_close (JuminTillLedger *self, const char *terminal,
                                      const char *payment, gint64 now, GError **error);
/* (element-type JuminCharge): payment, state, fen, paid_at and at of what this terminal began on
 * @day (20260916), in its order, without tombstones. */
GPtrArray *jumin_till_ledger_list (JuminTillLedger *self, const char *terminal, int day,
                                   gint64 now);

/* The payer's phone, about this order, or the newest one that waits for a phone. @channel:
 * (nullable): of an order that was scanned. Returns: whether there was one. */
gboolean jumin_till_ledger_phone_pay (JuminTillLedger *self, const char *payment,
                                      const char *channel, gint64 now);
gboolean jumin_till_ledger_phone_decline (JuminTillLedger *self, const char *payment, gint64 now);
/* It pays when the close comes, just before it. */
gboolean jumin_till_ledger_phone_pay_late (JuminTillLedger *self, const char *payment, gint64 now);
/* (transfer full) (nullable): the newest order; %NULL: none. @but: (nullable): not this one */
char *jumin_till_ledger_dup_newest (JuminTillLedger *self, const char *but);

/* For tests. How often it was charged, what of that was not given back, and who has paid a bill and
 * not got it back: at most one. All postings together: 0. */
int jumin_till_ledger_count_charges (JuminTillLedger *self, const char *payment);
gint64 jumin_till_ledger_get_net (JuminTillLedger *self, const char *payment);
int jumin_till_ledger_count_payers (JuminTillLedger *self, const char *claim);
gint64 jumin_till_ledger_sum_postings (JuminTillLedger *self);
gint64 jumin_till_ledger_get_account (JuminTillLedger *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTillLedger, jumin_till_ledger_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTillBill, jumin_till_bill_free)

G_END_DECLS

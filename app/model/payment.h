/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/bill.h"

G_BEGIN_DECLS

/* Payments: the quote of the platform, the payment as this machine's journal has it, and what the
 * platform says about it. Plain values, owned by whoever holds them; amounts are fen, times Unix
 * seconds of the platform's clock. Nothing of the payer is in them. */

typedef enum
{
  JUMIN_PAY_SCAN,    /* 主扫: the phone scans the order's code on our screen */
  JUMIN_PAY_SHOW,    /* 被扫: the phone shows a payment code to our camera */
  JUMIN_PAY_ACCOUNT, /* the bank account on the social security card, by agreement */
  JUMIN_N_PAY_WAYS
} JuminPayWay;

/* What became of one bill of a payment that was paid. */
typedef enum
{
  JUMIN_CREDIT_WAITING, /* its company has not said that it has it */
  JUMIN_CREDIT_DONE,
  JUMIN_CREDIT_REFUNDED, /* its company did not take it: the money goes back */
  JUMIN_N_CREDITS
} JuminCredit;

/**
 * JuminPayItem:
 * @bill, @biller, @title, @account, @month, @usage, @unit, @fen: as in #JuminBill
 */
typedef struct
{
  char *bill, *biller, *account;
  JuminText title, unit;
  int month;
  gint64 usage, fen;
  JuminCredit credit;
} JuminPayItem;

/**
 * JuminQuote:
 * @id: UUID; the only source of an amount
 * @number: the order's, that people see: "JM20260916102803710003"
 * @terminal: whose quote it is
 * @fen: the sum of @items
 * @payee: id of who gets the money; @payee_name: what the phone shows
 * @expires_at: it is not taken afterwards
 * @items: (element-type JuminPayItem)
 * @signature: the platform's, of all this (platform/payment-seal.h)
 */
typedef struct
{
  char *id, *number, *terminal, *payee, *signature;
  JuminText payee_name;
  gint64 fen, issued_at, expires_at;
  GPtrArray *items;
} JuminQuote;

typedef enum
{
  JUMIN_CHARGE_NOT_FOUND, /* the platform has never heard of it */
  JUMIN_CHARGE_PENDING,   /* an order that waits for its payer */
  JUMIN_CHARGE_DECLINED,  /* never was and never will be paid */
  JUMIN_CHARGE_PAID,      /* the money is there; not every bill is credited */
  JUMIN_CHARGE_FULFILLED, /* and every bill is credited, or was refunded */
  JUMIN_CHARGE_REFUNDED,  /* all of it goes back */
  JUMIN_CHARGE_CLOSED,    /* it can never be paid any more */
  JUMIN_N_CHARGES
} JuminChargeState;

/**
 * JuminCharge:
 * @payment: the payment that it is about
 * @quote: (nullable), @fen, @payee: (nullable): as the platform has them; %NULL and 0 when not
 * found
 * @channel: "wechat", "alipay", "unionpay", "ecny", "card"; "": not known
 * @reason: of a declined one: "funds", "limit", "code", "agreement", "other"; ""
 * @transaction: the platform's number of what was paid; ""
 * @code: what the phone is to scan, of a pending order; ""
 * @receipt: address of the receipt, for a code on the screen; ""
 * @paid_at: 0: not paid
 * @at: when the platform said this
 * @items: (element-type JuminPayItem): only @bill and @credit; of what was paid
 * @signature: the platform's, of all this (platform/payment-seal.h)
 *
 * What the platform says about a payment.
 */
typedef struct
{
  char *payment, *quote, *payee, *channel, *reason, *transaction, *code, *receipt, *signature;
  JuminChargeState state;
  gint64 fen, paid_at, at;
  GPtrArray *items;
} JuminCharge;

/* The states of a payment in the journal; facts: a state never goes back, and the last six are
 * final. */
typedef enum
{
  JUMIN_PAYMENT_INTENT,    /* it is to be sent */
  JUMIN_PAYMENT_SUBMITTED, /* it is being sent, once */
  JUMIN_PAYMENT_PENDING,   /* the platform has it, the payer has not paid */
  JUMIN_PAYMENT_UNKNOWN,   /* nobody here knows what became of it */
  JUMIN_PAYMENT_CLOSING,   /* it is to be closed, so that it can never be paid */
  JUMIN_PAYMENT_PAID,      /* not every bill is credited */
  JUMIN_PAYMENT_FULFILLED, /* final */
  JUMIN_PAYMENT_REFUNDED,  /* final */
  JUMIN_PAYMENT_FAILED,    /* final: declined */
  JUMIN_PAYMENT_VOID,      /* final: closed, and never paid */
  JUMIN_PAYMENT_MANUAL,    /* final here: people look into it */
  JUMIN_N_PAYMENT_STATES
} JuminPaymentState;

/* The slip; money does not depend on it. */
typedef enum
{
  JUMIN_RECEIPT_NONE,
  JUMIN_RECEIPT_PRINTING, /* is on the disk before the printer hears of it */
  JUMIN_RECEIPT_PRINTED,
  JUMIN_RECEIPT_FAILED,  /* nothing came out */
  JUMIN_RECEIPT_UNKNOWN, /* perhaps: nothing is printed again by itself */
  JUMIN_N_RECEIPTS
} JuminReceiptState;

/* All that may be said about a payment, on the screen and on paper: read from what is on the disk.
 */
typedef enum
{
  JUMIN_SAY_PREPARING,  /* nothing was sent */
  JUMIN_SAY_WAITING,    /* for the payer: nothing is paid yet */
  JUMIN_SAY_CONFIRMING, /* nobody knows */
  JUMIN_SAY_PAID,
  JUMIN_SAY_REFUNDED,
  JUMIN_SAY_NOT_PAID /* and it never will be */
} JuminPaymentSay;

/**
 * JuminPayment:
 * @id: UUID, the idempotency key of all that is asked about it
 * @quote, @number, @payee, @payee_name, @fen, @items: of its #JuminQuote
 * @state: what is known; @durable: what of it is on the disk
 * @why: of a failed, void or manual one, a word: "funds", "cancelled", "refused", "amount",
 * "payee", "late"; ""
 * @created_at: platform's time of the quote
 * @paid_at: 0: not paid
 * @code: what the phone is to scan; "": there is none (any more). Not in the journal
 * @until: clock's monotonic microseconds: how long its payer may take; 0: nobody waits
 * @receipt: address of the receipt; ""
 * @slip: of its receipt, @reprints: how many more were printed
 * @asked, @next_at: how often the platform was asked about it since it is not known, and when it is
 *   asked next (clock's monotonic microseconds; 0: not). Not in the journal
 * @silent: it did not answer to the last question. Not in the journal
 */
typedef struct
{
  char *id, *quote, *number, *payee, *why, *channel, *transaction, *code, *receipt;
  JuminText payee_name;
  JuminPayWay way;
  gint64 fen, created_at, paid_at, until, next_at;
  GPtrArray *items;
  JuminPaymentState state, durable;
  JuminReceiptState slip;
  int reprints, asked;
  gboolean silent;
} JuminPayment;

JuminPayItem *jumin_pay_item_new (void);
JuminPayItem *jumin_pay_item_copy (const JuminPayItem *item);
void jumin_pay_item_free (JuminPayItem *self);
JuminQuote *jumin_quote_new (void);
JuminQuote *jumin_quote_copy (const JuminQuote *quote);
void jumin_quote_free (JuminQuote *self);
JuminCharge *jumin_charge_new (void);
void jumin_charge_free (JuminCharge *self);
JuminPayment *jumin_payment_new (const char *id, const JuminQuote *quote, JuminPayWay way);
JuminPayment *jumin_payment_copy (const JuminPayment *payment);
void jumin_payment_free (JuminPayment *self);

gboolean jumin_payment_state_is_final (JuminPaymentState state);
JuminPaymentSay jumin_payment_get_say (const JuminPayment *self);
gboolean jumin_payment_has_bill (const JuminPayment *self, const char *bill);
const char *jumin_payment_state_get_word (JuminPaymentState state);
const char *jumin_pay_way_get_word (JuminPayWay way);
const char *jumin_charge_state_get_word (JuminChargeState state);
const char *jumin_credit_get_word (JuminCredit credit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPayItem, jumin_pay_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminQuote, jumin_quote_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCharge, jumin_charge_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPayment, jumin_payment_free)

G_END_DECLS

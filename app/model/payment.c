/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments as values, and the one rule of what may be said about one. */
#include "model/payment.h"

#include <string.h>

JuminPayItem *
jumin_pay_item_new (void)
{
  return g_new0 (JuminPayItem, 1);
}

/* Returns: (transfer full): another one like @item */
JuminPayItem *
jumin_pay_item_copy (const JuminPayItem *item)
{
  JuminPayItem *self = g_memdup2 (item, sizeof *item);

  self->bill = g_strdup (item->bill);
  self->biller = g_strdup (item->biller);
  self->account = g_strdup (item->account);
  jumin_text_unshare (&self->title);
  jumin_text_unshare (&self->unit);
  return self;
}

void
jumin_pay_item_free (JuminPayItem *self)
{
  g_free (self->bill);
  g_free (self->biller);
  g_free (self->account);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->unit);
  g_free (self);
}

static GPtrArray *
items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_pay_item_free);
}

static GPtrArray *
copy_items (const GPtrArray *items)
{
  GPtrArray *copies = items_new ();

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copies, jumin_pay_item_copy (items->pdata[i]));
  return copies;
}

JuminQuote *
jumin_quote_new (void)
{
  JuminQuote *self = g_new0 (JuminQuote, 1);

  self->items = items_new ();
  return self;
}

/* Returns: (transfer full): another one like @quote */
JuminQuote *
jumin_quote_copy (const JuminQuote *quote)
{
  JuminQuote *self = g_memdup2 (quote, sizeof *quote);

  self->id = g_strdup (quote->id);
  self->number = g_strdup (quote->number);
  self->terminal = g_strdup (quote->terminal);
  self->payee = g_strdup (quote->payee);
  self->signature = g_strdup (quote->signature);
  jumin_text_unshare (&self->payee_name);
  self->items = copy_items (quote->items);
  return self;
}

void
jumin_quote_free (JuminQuote *self)
{
  g_free (self->id);
  g_free (self->number);
  g_free (self->terminal);
  g_free (self->payee);
  g_free (self->signature);
  jumin_text_clear (&self->payee_name);
  g_ptr_array_unref (self->items);
  g_free (self);
}

JuminCharge *
jumin_charge_new (void)
{
  JuminCharge *self = g_new0 (JuminCharge, 1);

  self->items = items_new ();
  return self;
}

void
jumin_charge_free (JuminCharge *self)
{
  g_free (self->payment);
  g_free (self->quote);
  g_free (self->payee);
  g_free (self->channel);
  g_free (self->reason);
  g_free (self->transaction);
  g_free (self->code);
  g_free (self->receipt);
  g_free (self->signature);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * jumin_payment_new:
 * @id: UUID of its own
 *
 * Returns: (transfer full): the intention to pay @quote; nothing of it is on the disk
 */
JuminPayment *
jumin_payment_new (const char *id, const JuminQuote *quote, JuminPayWay way)
{
  JuminPayment *self = g_new0 (JuminPayment, 1);

  self->id = g_strdup (id);
  self->quote = g_strdup (quote->id);
  self->number = g_strdup (quote->number);
  self->payee = g_strdup (quote->payee);
  jumin_text_copy (&self->payee_name, &quote->payee_name);
  self->why = g_strdup ("");
  self->channel = g_strdup ("");
  self->transaction = g_strdup ("");
  self->code = g_strdup ("");
  self->receipt = g_strdup ("");
  self->way = way;
  self->fen = quote->fen;
  self->created_at = quote->issued_at;
  self->items = copy_items (quote->items);
  return self;
}

/* Returns: (transfer full): another one like @payment */
JuminPayment *
jumin_payment_copy (const JuminPayment *payment)
{
  JuminPayment *self = g_memdup2 (payment, sizeof *payment);

  self->id = g_strdup (payment->id);
  self->quote = g_strdup (payment->quote);
  self->number = g_strdup (payment->number);
  self->payee = g_strdup (payment->payee);
  self->why = g_strdup (payment->why);
  self->channel = g_strdup (payment->channel);
  self->transaction = g_strdup (payment->transaction);
  self->code = g_strdup (payment->code);
  self->receipt = g_strdup (payment->receipt);
  jumin_text_unshare (&self->payee_name);
  self->items = copy_items (payment->items);
  return self;
}

void
jumin_payment_free (JuminPayment *self)
{
  g_free (self->id);
  g_free (self->quote);
  g_free (self->number);
  g_free (self->payee);
  g_free (self->why);
  g_free (self->channel);
  g_free (self->transaction);
  g_free (self->code);
  g_free (self->receipt);
  jumin_text_clear (&self->payee_name);
  g_ptr_array_unref (self->items);
  g_free (self);
}

gboolean
jumin_payment_state_is_final (JuminPaymentState state)
{
  return state >= JUMIN_PAYMENT_FULFILLED;
}

/**
 * jumin_payment_get_say:
 *
 * What is said of a result is on the disk: who reads it may go and rely on it.
 *
 * Returns: all that may be said about the payment now
 */
JuminPaymentSay
jumin_payment_get_say (const JuminPayment *self)
{
  static const JuminPaymentSay say[JUMIN_N_PAYMENT_STATES] = {
    [JUMIN_PAYMENT_INTENT] = JUMIN_SAY_PREPARING,   [JUMIN_PAYMENT_SUBMITTED] = JUMIN_SAY_PREPARING,
    [JUMIN_PAYMENT_PENDING] = JUMIN_SAY_WAITING,    [JUMIN_PAYMENT_UNKNOWN] = JUMIN_SAY_CONFIRMING,
    [JUMIN_PAYMENT_CLOSING] = JUMIN_SAY_CONFIRMING, [JUMIN_PAYMENT_PAID] = JUMIN_SAY_PAID,
    [JUMIN_PAYMENT_FULFILLED] = JUMIN_SAY_PAID,     [JUMIN_PAYMENT_REFUNDED] = JUMIN_SAY_REFUNDED,
    [JUMIN_PAYMENT_FAILED] = JUMIN_SAY_NOT_PAID,    [JUMIN_PAYMENT_VOID] = JUMIN_SAY_NOT_PAID,
    [JUMIN_PAYMENT_MANUAL] = JUMIN_SAY_CONFIRMING,
  };

  /* People look into why it is not credited; the money is there. */
  if (self->durable == JUMIN_PAYMENT_MANUAL && self->paid_at != 0)
    return JUMIN_SAY_PAID;
  /* A result that is on its way to the disk is not said yet. */
  if (self->durable < JUMIN_PAYMENT_PAID && self->state >= JUMIN_PAYMENT_PAID)
    return JUMIN_SAY_CONFIRMING;
  return say[self->durable];
}

gboolean
jumin_payment_has_bill (const JuminPayment *self, const char *bill)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const JuminPayItem *item = self->items->pdata[i];

      if (strcmp (item->bill, bill) == 0)
        return TRUE;
    }
  return FALSE;
}

const char *
jumin_payment_state_get_word (JuminPaymentState state)
{
  static const char *const words[JUMIN_N_PAYMENT_STATES]
      = { "intent",    "submitted", "pending", "unknown", "closing", "paid",
          "fulfilled", "refunded",  "failed",  "void",    "manual" };

  return words[state];
}

const char *
jumin_pay_way_get_word (JuminPayWay way)
{
  static const char *const words[JUMIN_N_PAY_WAYS] = { "scan", "show", "account" };

  return words[way];
}

const char *
jumin_charge_state_get_word (JuminChargeState state)
{
  static const char *const words[JUMIN_N_CHARGES]
      = { "not_found", "pending", "declined", "paid", "fulfilled", "refunded", "closed" };

  return words[state];
}

const char *
jumin_credit_get_word (JuminCredit credit)
{
  static const char *const words[JUMIN_N_CREDITS] = { "waiting", "done", "refunded" };

  return words[credit];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the platform says about a payment. Money that is there is said to be there; the rest can
 * only be asked again, or closed. */
#include "payment/cashier-private.h"

#include <string.h>

static void
take_word (char **place, const char *word)
{
  if (word != NULL && *word != '\0' && strcmp (*place, word) != 0)
    {
      g_free (*place);
      *place = g_strdup (word);
    }
}

static gboolean
take_credits (JuminPayment *payment, const JuminCharge *charge)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < charge->items->len; i++)
    for (guint n = 0; n < payment->items->len; n++)
      {
        const JuminPayItem *theirs = charge->items->pdata[i];
        JuminPayItem *ours = payment->items->pdata[n];

        if (strcmp (ours->bill, theirs->bill) == 0 && ours->credit < theirs->credit)
          {
            ours->credit = theirs->credit;
            changed = TRUE;
          }
      }
  return changed;
}

static void
take_paid (JuminCashier *self, JuminCashierEntry *entry, const JuminCharge *charge,
           JuminPaymentState state)
{
  JuminPayment *payment = entry->payment;
  gboolean changed = take_credits (payment, charge) || payment->state != state;

  take_word (&payment->channel, charge->channel);
  take_word (&payment->transaction, charge->transaction);
  take_word (&payment->receipt, charge->receipt);
  payment->paid_at = charge->paid_at;
  payment->until = 0;
  entry->unwanted = FALSE;
  g_free (payment->code);
  payment->code = g_strdup ("");
  jumin_cashier_set_why (entry, "");
  if (!changed)
    jumin_cashier_wait_for_question (self, entry);
  else if (payment->state != state)
    jumin_cashier_become (self, entry, state);
  else
    jumin_cashier_commit (self, entry);
}

/* Returns: (nullable): what is another thing at the platform than here */
static const char *
find_difference (const JuminPayment *payment, const JuminCharge *charge)
{
  if (g_strcmp0 (charge->quote, payment->quote) != 0 || charge->fen != payment->fen)
    return "amount";
  return g_strcmp0 (charge->payee, payment->payee) != 0 ? "payee" : NULL;
}

static void
become_manual (JuminCashier *self, JuminCashierEntry *entry, const char *why)
{
  jumin_cashier_set_unwanted (entry, why);
  jumin_cashier_set_why (entry, why);
  jumin_cashier_become (self, entry, JUMIN_PAYMENT_MANUAL);
}

/* An order that is not what was quoted is closed; money that is not is for people. */
static void
take_difference (JuminCashier *self, JuminCashierEntry *entry, const JuminCharge *charge,
                 const char *what)
{
  jumin_cashier_emit (self, JUMIN_TILL_ALARM, entry, 0);
  if (charge->state != JUMIN_CHARGE_PENDING)
    become_manual (self, entry, what);
  else if (entry->payment->state == JUMIN_PAYMENT_CLOSING)
    jumin_cashier_wait_for_close (self, entry);
  else
    {
      jumin_cashier_set_unwanted (entry, what);
      jumin_cashier_become (self, entry, JUMIN_PAYMENT_CLOSING);
    }
}

/* The platform answers: it is told at once, unless that was its answer to being told. */
static void
close_again (JuminCashier *self, JuminCashierEntry *entry)
{
  if (entry->asked == JUMIN_TILL_QUERY)
    {
      jumin_cashier_ask (self, entry, JUMIN_TILL_CLOSE);
      return;
    }
  entry->closes++;
  jumin_cashier_wait_for_close (self, entry);
}

/* There is an order, and nobody has paid it. */
static void
take_pending (JuminCashier *self, JuminCashierEntry *entry, const JuminCharge *charge)
{
  JuminPayment *payment = entry->payment;

  switch (payment->state)
    {
    case JUMIN_PAYMENT_CLOSING:
      close_again (self, entry);
      break;
    case JUMIN_PAYMENT_PENDING:
      jumin_cashier_close_or_wait (self, entry);
      break;
    case JUMIN_PAYMENT_UNKNOWN:
      /* Its code was never on the screen: nobody can be paying. */
      if (payment->way == JUMIN_PAY_SCAN)
        jumin_cashier_set_unwanted (entry, "lost");
      jumin_cashier_close_or_wait (self, entry);
      break;
    default:
      if (!entry->unwanted)
        take_word (&payment->code, charge->code);
      /* Nobody can pay what cannot be scanned. */
      if (payment->way == JUMIN_PAY_SCAN && *payment->code == '\0')
        jumin_cashier_set_unwanted (entry, "lost");
      jumin_cashier_become (self, entry, JUMIN_PAYMENT_PENDING);
    }
}

/* It can never be paid any more. */
static void
take_end (JuminCashier *self, JuminCashierEntry *entry, JuminPaymentState state, const char *why)
{
  if (state == JUMIN_PAYMENT_FAILED)
    jumin_cashier_set_why (entry, why);
  jumin_cashier_set_unwanted (entry, why);
  jumin_cashier_become (self, entry, state);
}

static void
take_unresolved (JuminCashier *self, JuminCashierEntry *entry, const JuminCharge *charge)
{
  switch (charge->state)
    {
    case JUMIN_CHARGE_NOT_FOUND:
      jumin_cashier_set_unwanted (entry, "lost");
      if (entry->payment->state != JUMIN_PAYMENT_CLOSING)
        jumin_cashier_become (self, entry, JUMIN_PAYMENT_CLOSING);
      else
        close_again (self, entry);
      break;
    case JUMIN_CHARGE_PENDING:
      take_pending (self, entry, charge);
      break;
    case JUMIN_CHARGE_DECLINED:
      take_end (self, entry, JUMIN_PAYMENT_FAILED, charge->reason);
      break;
    default:
      take_end (self, entry, JUMIN_PAYMENT_VOID, "late");
    }
}

static gboolean
is_too_old (const JuminCashier *self, const JuminPayment *payment, const JuminCharge *charge)
{
  return charge->at - payment->created_at > (gint64)self->times.horizon_s;
}

/**
 * jumin_cashier_take_charge:
 * @charge: about @entry's payment, the answer that it waits for
 */
void
jumin_cashier_take_charge (JuminCashier *self, JuminCashierEntry *entry, const JuminCharge *charge)
{
  static const JuminPaymentState paid[JUMIN_N_CHARGES] = {
    [JUMIN_CHARGE_PAID] = JUMIN_PAYMENT_PAID,
    [JUMIN_CHARGE_FULFILLED] = JUMIN_PAYMENT_FULFILLED,
    [JUMIN_CHARGE_REFUNDED] = JUMIN_PAYMENT_REFUNDED,
  };
  JuminPayment *payment = entry->payment;
  gboolean has_money = paid[charge->state] != 0;
  const char *difference = has_money || charge->state == JUMIN_CHARGE_PENDING
                               ? find_difference (payment, charge)
                               : NULL;

  entry->unheard = payment->silent = FALSE;
  if (!has_money && payment->state == JUMIN_PAYMENT_PAID)
    {
      jumin_cashier_emit (self, JUMIN_TILL_ALARM, entry, 0);
      jumin_cashier_wait_for_question (self, entry);
    }
  else if (difference != NULL)
    take_difference (self, entry, charge, difference);
  else if (has_money && (charge->state != JUMIN_CHARGE_PAID || !is_too_old (self, payment, charge)))
    take_paid (self, entry, charge, paid[charge->state]);
  else if (has_money)
    {
      take_credits (payment, charge);
      payment->paid_at = charge->paid_at;
      become_manual (self, entry, "credit");
    }
  else if (is_too_old (self, payment, charge)
           && (charge->state == JUMIN_CHARGE_PENDING || charge->state == JUMIN_CHARGE_NOT_FOUND)
           && payment->state == JUMIN_PAYMENT_CLOSING)
    become_manual (self, entry, "late");
  else
    take_unresolved (self, entry, charge);
}

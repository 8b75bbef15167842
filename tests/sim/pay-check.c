/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold, whatever happens. Three witnesses are compared, and none is believed: the
 * sandbox's ledger, the journal on the disk, and what was shown and printed. */
#include "pay-sim.h"

#include <string.h>

enum
{
  ROWS_MAX = 1000,
  HORIZON_S = 86400
};

void
sim_check_breach (SimPay *self, SimBreach breach, const SimPayment *payment, const char *what)
{
  self->tally->breaches[breach]++;
  sim_pay_tell (self, "%.4s: BROKEN: %s", payment != NULL ? payment->id : "----", what);
}

static void
expect (SimPay *self, gboolean holds, SimBreach breach, const SimPayment *payment, const char *what)
{
  if (!holds)
    sim_check_breach (self, breach, payment, what);
}

static gint64
sum_items (const GPtrArray *items, gboolean refunded_too)
{
  gint64 fen = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const JuminPayItem *item = items->pdata[i];

      fen += refunded_too || item->credit != JUMIN_CREDIT_REFUNDED ? item->fen : 0;
    }
  return fen;
}

static gboolean
is_final (const SimPayment *payment)
{
  return payment->row != NULL && jumin_payment_state_is_final (payment->row->state);
}

/* A new payment of a bill begins when those before it are final. One that never left the machine is
 * none: its row came to the disk after the disk had said that it did not. */
static gboolean
has_open_bill (SimPay *self, const SimPayment *payment, const JuminPayment *row)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      const SimPayment *other = self->payments->pdata[i];

      for (guint n = 0; n < row->items->len && other != payment && other->told; n++)
        if (!is_final (other) && other->row != NULL
            && jumin_payment_has_bill (other->row, ((JuminPayItem *)row->items->pdata[n])->bill))
          return TRUE;
    }
  return FALSE;
}

/* A state never goes back, and a final one stays (I7). */
static gboolean
may_follow (const JuminPayment *before, const JuminPayment *row)
{
  if (jumin_payment_state_is_final (before->state))
    return row->state == before->state;
  return row->state >= before->state;
}

/**
 * sim_check_write:
 * @row: what the journal says that it has on the disk
 */
void
sim_check_write (SimPay *self, SimPayment *payment, const JuminPayment *row)
{
  if (payment->row == NULL)
    expect (self, !has_open_bill (self, payment, row), SIM_JOURNAL, payment,
            "I9: a payment of a bill with another that is not final");
  else
    expect (self, may_follow (payment->row, row), SIM_JOURNAL, payment, "I7: a state went back");
  expect (self,
          row->fen == payment->quote->fen && sum_items (row->items, TRUE) == row->fen
              && strcmp (row->payee, payment->quote->payee) == 0,
          SIM_PHANTOM, payment, "I12: another amount is written than was quoted");
  g_clear_pointer (&payment->row, jumin_payment_free);
  payment->row = jumin_payment_copy (row);
  g_ptr_array_set_size (payment->perhaps, 0);
}

static gboolean
is_same_row (const JuminPayment *one, const JuminPayment *other)
{
  return one->state == other->state && one->fen == other->fen && one->slip == other->slip
         && one->reprints == other->reprints && one->paid_at == other->paid_at
         && strcmp (one->quote, other->quote) == 0 && strcmp (one->why, other->why) == 0;
}

static gboolean
is_one_of (const SimPayment *payment, const JuminPayment *row)
{
  gboolean found = payment->row != NULL && is_same_row (payment->row, row);

  for (guint i = 0; i < payment->perhaps->len && !found; i++)
    found = is_same_row (payment->perhaps->pdata[i], row);
  return found;
}

static const JuminPayment *
find_row (const GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((JuminPayment *)rows->pdata[i])->id, id) == 0)
      return rows->pdata[i];
  return NULL;
}

/* What was said to be on the disk is there; what was under way is there as a whole or not at all.
 * From here on it is believed. Without a cut, what the disk refused may still come to it later. */
static void
compare_row (SimPay *self, SimPayment *payment, const JuminPayment *row, gboolean after_cut)
{
  if (row == NULL)
    expect (self, payment->row == NULL, SIM_JOURNAL, payment, "I2: the disk has forgotten it");
  else
    expect (self, is_one_of (payment, row), SIM_JOURNAL, payment,
            "I2: the disk has not what was written last");
  g_clear_pointer (&payment->row, jumin_payment_free);
  payment->row = row != NULL ? jumin_payment_copy (row) : NULL;
  if (after_cut)
    g_ptr_array_set_size (payment->perhaps, 0);
}

/* The journal was opened. */
void
sim_check_journal (SimPay *self, gboolean after_cut)
{
  g_autoptr (GPtrArray) rows
      = jumin_journal_file_list (self->journal, 0, G_MAXINT64, ROWS_MAX, NULL);

  if (rows == NULL)
    {
      g_clear_pointer (&self->journal, jumin_journal_file_free);
      return;
    }
  for (guint i = 0; i < self->payments->len; i++)
    {
      SimPayment *payment = self->payments->pdata[i];

      compare_row (self, payment, find_row (rows, payment->id), after_cut);
    }
}

/* Something is said to the platform: by then it is on the disk, and it is said once (I2, I8).
 * FALSE: it is about nothing. */
gboolean
sim_check_told (SimPay *self, SimPayment *payment, const JuminTillEffect *effect)
{
  if (payment == NULL)
    {
      sim_check_breach (self, SIM_JOURNAL, NULL, "I2: a key that is not on the disk");
      return FALSE;
    }
  if (effect->kind != JUMIN_TILL_SUBMIT)
    return TRUE;
  expect (self, payment->row != NULL && payment->row->state == JUMIN_PAYMENT_SUBMITTED, SIM_JOURNAL,
          payment, "I2: sent before it is on the disk");
  expect (self, !payment->told, SIM_JOURNAL, payment, "I8: sent twice");
  payment->told = TRUE;
  return TRUE;
}

/* It is on the disk that it was paid. */
static gboolean
is_money (const JuminPayment *row)
{
  return row != NULL && row->state >= JUMIN_PAYMENT_PAID
         && (row->state <= JUMIN_PAYMENT_REFUNDED
             || (row->state == JUMIN_PAYMENT_MANUAL && row->paid_at != 0));
}

/* One sentence, the first time that it is said. */
static void
check_say (SimPay *self, SimPayment *payment, JuminPaymentSay say)
{
  JuminPaymentState state = payment->row != NULL ? payment->row->state : JUMIN_PAYMENT_INTENT;
  int charges = jumin_till_ledger_count_charges (self->ledger, payment->id);
  gint64 net = jumin_till_ledger_get_net (self->ledger, payment->id);

  switch (say)
    {
    case JUMIN_SAY_PAID:
      expect (self, is_money (payment->row), SIM_SCREEN, payment,
              "I4: paid is said before it is on the disk");
      expect (self, charges == 1, SIM_SCREEN, payment, "I3: paid is said, and it is not");
      break;
    case JUMIN_SAY_REFUNDED:
      expect (self, state == JUMIN_PAYMENT_REFUNDED, SIM_SCREEN, payment,
              "I4: refunded is said before it is on the disk");
      expect (self, charges == 1 && net == 0, SIM_SCREEN, payment, "I3: it is not refunded");
      break;
    case JUMIN_SAY_NOT_PAID:
      expect (self, state == JUMIN_PAYMENT_FAILED || state == JUMIN_PAYMENT_VOID, SIM_SCREEN,
              payment, "I5: not paid is said before it is on the disk");
      expect (self, net == 0, SIM_SCREEN, payment, "I5: not paid is said, and it is");
      break;
    case JUMIN_SAY_WAITING:
      expect (self, state == JUMIN_PAYMENT_PENDING, SIM_SCREEN, payment,
              "I6: waiting is said of what is not known");
      break;
    default:
      break;
    }
}

/* After each step, what the screen may say of each payment that the cashier has. */
void
sim_check_says (SimPay *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      SimPayment *payment = self->payments->pdata[i];
      const JuminPayment *now = jumin_cashier_find (self->cashier, payment->id);
      JuminPaymentSay say;

      if (now == NULL || payment->saying == (int)(say = jumin_payment_get_say (now)))
        continue;
      payment->saying = (int)say;
      payment->said |= 1u << say;
      check_say (self, payment, say);
    }
}

/* It came out of the printer. */
void
sim_check_slip (SimPay *self, SimPayment *payment, gboolean reprint)
{
  const JuminPayment *now = jumin_cashier_find (self->cashier, payment->id);

  expect (self, reprint || payment->slips == 1, SIM_SCREEN, payment,
          "I11: a second slip by itself");
  expect (self, payment->row != NULL && payment->row->reprints >= payment->reprints, SIM_SCREEN,
          payment, "I11: a slip that is not counted");
  if (now != NULL)
    check_say (self, payment, jumin_payment_get_say (now));
}

/* The platform answers, and the time for that is over (I10). */
void
sim_check_settled (SimPay *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      const SimPayment *payment = self->payments->pdata[i];

      expect (self, payment->row == NULL || payment->row->state >= JUMIN_PAYMENT_PAID, SIM_STUCK,
              payment, "I10: nobody knows in time what became of it");
    }
  expect (self, jumin_cashier_get_closed (self->cashier) == JUMIN_TILL_OPEN, SIM_STUCK, NULL,
          "I10: the till does not open again");
}

/* Journal and ledger say the same of one payment. */
static void
compare (SimPay *self, const SimPayment *payment)
{
  const JuminPayment *row = payment->row;
  JuminPaymentState state = row != NULL ? row->state : JUMIN_PAYMENT_VOID;
  gint64 net = jumin_till_ledger_get_net (self->ledger, payment->id);
  int charges = jumin_till_ledger_count_charges (self->ledger, payment->id);

  expect (self, charges <= 1, SIM_DOUBLED, payment, "I1: a key was charged twice");
  expect (self, row != NULL || !payment->told, SIM_JOURNAL, payment, "I2: sent, and forgotten");
  expect (self, row == NULL || is_final (payment), SIM_STUCK, payment, "I10: it is not final");
  if (state == JUMIN_PAYMENT_FULFILLED)
    expect (self, charges == 1 && net == sum_items (row->items, FALSE), SIM_PHANTOM, payment,
            "I3: paid here, and not at the platform");
  else if (state == JUMIN_PAYMENT_REFUNDED)
    expect (self, net == 0, SIM_LOST, payment, "I3: refunded here, and not at the platform");
  else if (state == JUMIN_PAYMENT_MANUAL)
    expect (self, payment->lied || self->now > HORIZON_S * SIM_SECOND, SIM_LOST, payment,
            "I10: given to people without need");
  else
    expect (self, net == 0, SIM_LOST, payment, "I2: not paid here, and paid at the platform");
  if (payment->said & 1u << JUMIN_SAY_NOT_PAID)
    expect (self, net == 0, SIM_SCREEN, payment, "I5: not paid was said, and it is paid");
  if (payment->said & (1u << JUMIN_SAY_PAID | 1u << JUMIN_SAY_REFUNDED))
    expect (self, is_money (row), SIM_SCREEN, payment, "I4: paid was said, and it is not");
  self->tally->paid += state == JUMIN_PAYMENT_FULFILLED || state == JUMIN_PAYMENT_REFUNDED;
  self->tally->not_paid
      += row != NULL && (state == JUMIN_PAYMENT_FAILED || state == JUMIN_PAYMENT_VOID);
  self->tally->manual += state == JUMIN_PAYMENT_MANUAL;
}

/* All has settled; the books are closed. */
void
sim_check_end (SimPay *self)
{
  for (guint i = 0; i < self->payments->len; i++)
    compare (self, self->payments->pdata[i]);
  for (int i = 0; i < SIM_CLAIMS; i++)
    expect (self, jumin_till_ledger_count_payers (self->ledger, self->claims[i]) <= 1, SIM_DOUBLED,
            NULL, "I1: a bill was paid twice");
  expect (self, jumin_till_ledger_sum_postings (self->ledger) == 0, SIM_DOUBLED, NULL,
          "I1: the ledger's postings do not add up");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One day beside the platform's list of it: each payment is on both sides with the same money, or
 * somebody must look. */
#include "payment/reconcile.h"

/* What a side says of the money. */
typedef enum
{
  MONEY_NONE, /* it never moved, and never will */
  MONEY_OPEN, /* it may still move */
  MONEY_IN,
  MONEY_BACK, /* it came, and went back */
  N_MONEY,
  MONEY_PEOPLE = N_MONEY, /* here alone: people look into it */
  MONEY_PEOPLE_IN,        /* into why it is not credited */
  N_OURS
} Money;

typedef enum
{
  MATCHED,
  OPEN,
  MISSING,
  EXTRA
} Verdict;

static const Money ours_is[JUMIN_N_PAYMENT_STATES] = {
  [JUMIN_PAYMENT_INTENT] = MONEY_OPEN,   [JUMIN_PAYMENT_SUBMITTED] = MONEY_OPEN,
  [JUMIN_PAYMENT_PENDING] = MONEY_OPEN,  [JUMIN_PAYMENT_UNKNOWN] = MONEY_OPEN,
  [JUMIN_PAYMENT_CLOSING] = MONEY_OPEN,  [JUMIN_PAYMENT_PAID] = MONEY_IN,
  [JUMIN_PAYMENT_FULFILLED] = MONEY_IN,  [JUMIN_PAYMENT_REFUNDED] = MONEY_BACK,
  [JUMIN_PAYMENT_FAILED] = MONEY_NONE,   [JUMIN_PAYMENT_VOID] = MONEY_NONE,
  [JUMIN_PAYMENT_MANUAL] = MONEY_PEOPLE,
};

static const Money theirs_is[JUMIN_N_CHARGES] = {
  [JUMIN_CHARGE_NOT_FOUND] = MONEY_NONE, [JUMIN_CHARGE_PENDING] = MONEY_OPEN,
  [JUMIN_CHARGE_DECLINED] = MONEY_NONE,  [JUMIN_CHARGE_PAID] = MONEY_IN,
  [JUMIN_CHARGE_FULFILLED] = MONEY_IN,   [JUMIN_CHARGE_REFUNDED] = MONEY_BACK,
  [JUMIN_CHARGE_CLOSED] = MONEY_NONE,
};

/* Ours, theirs. A platform that says nothing of a payment says that there was no money. */
static const Verdict verdicts[N_OURS][N_MONEY] = {
  [MONEY_NONE]
  = { [MONEY_NONE] = MATCHED, [MONEY_OPEN] = OPEN, [MONEY_IN] = EXTRA, [MONEY_BACK] = MATCHED },
  [MONEY_OPEN]
  = { [MONEY_NONE] = OPEN, [MONEY_OPEN] = OPEN, [MONEY_IN] = OPEN, [MONEY_BACK] = OPEN },
  [MONEY_IN] = { [MONEY_NONE] = MISSING,
                 [MONEY_OPEN] = MISSING,
                 [MONEY_IN] = MATCHED,
                 [MONEY_BACK] = MISSING },
  [MONEY_BACK]
  = { [MONEY_NONE] = MISSING, [MONEY_OPEN] = MISSING, [MONEY_IN] = EXTRA, [MONEY_BACK] = MATCHED },
  [MONEY_PEOPLE]
  = { [MONEY_NONE] = MATCHED, [MONEY_OPEN] = OPEN, [MONEY_IN] = EXTRA, [MONEY_BACK] = MATCHED },
  [MONEY_PEOPLE_IN] = { [MONEY_NONE] = MISSING,
                        [MONEY_OPEN] = MISSING,
                        [MONEY_IN] = MATCHED,
                        [MONEY_BACK] = MATCHED },
};

static void
difference_free (JuminDifference *self)
{
  g_free (self->payment);
  g_free (self);
}

static void
add_difference (JuminReconciliation *self, JuminDifferenceKind kind, const char *payment,
                gint64 ours, gint64 theirs)
{
  JuminDifference *difference = g_new0 (JuminDifference, 1);

  *difference = (JuminDifference){
    .kind = kind, .payment = g_strdup (payment), .ours = ours, .theirs = theirs
  };
  g_ptr_array_add (self->differences, difference);
}

static Money
get_ours (const JuminPayment *payment)
{
  return payment->state == JUMIN_PAYMENT_MANUAL && payment->paid_at != 0 ? MONEY_PEOPLE_IN
                                                                         : ours_is[payment->state];
}

static gboolean
was_paid (Money money)
{
  return money == MONEY_IN || money == MONEY_BACK;
}

/* @charge: (nullable): the platform's list has none */
static void
compare (JuminReconciliation *self, const JuminPayment *payment, const JuminCharge *charge)
{
  Money ours = get_ours (payment);
  Money theirs = charge != NULL ? theirs_is[charge->state] : MONEY_NONE;
  Verdict verdict = verdicts[ours][theirs];

  if (ours != MONEY_OPEN && charge != NULL && was_paid (theirs) && payment->fen != charge->fen)
    add_difference (self, JUMIN_DIFFERENCE_AMOUNT, payment->id, payment->fen, charge->fen);
  else if (verdict == MISSING)
    add_difference (self, JUMIN_DIFFERENCE_MISSING, payment->id, payment->fen, 0);
  else if (verdict == EXTRA)
    add_difference (self, JUMIN_DIFFERENCE_EXTRA, payment->id, 0, charge->fen);
  else if (verdict == OPEN)
    self->open++;
  else
    self->matched++;
}

/* Money of a payment that nobody here knows, or that is in the platform's list twice. */
static void
compare_unknown (JuminReconciliation *self, const JuminCharge *charge)
{
  Money theirs = theirs_is[charge->state];

  if (was_paid (theirs))
    add_difference (self, JUMIN_DIFFERENCE_EXTRA, charge->payment, 0, charge->fen);
  else if (theirs == MONEY_OPEN)
    self->open++;
}

/**
 * jumin_reconcile:
 * @day: 20260916
 * @ours, @theirs: what was begun on it
 *
 * Returns: (transfer full): how the two agree
 */
JuminReconciliation *
jumin_reconcile (int day, const GPtrArray *ours, const GPtrArray *theirs)
{
  JuminReconciliation *self = g_new0 (JuminReconciliation, 1);
  g_autoptr (GHashTable) charges = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  self->day = day;
  self->differences = g_ptr_array_new_with_free_func ((GDestroyNotify)difference_free);
  for (guint i = 0; i < ours->len; i++)
    g_hash_table_add (known, ((JuminPayment *)ours->pdata[i])->id);
  for (guint i = 0; i < theirs->len; i++)
    {
      JuminCharge *charge = theirs->pdata[i];

      if (!g_hash_table_contains (known, charge->payment)
          || g_hash_table_contains (charges, charge->payment))
        compare_unknown (self, charge);
      else
        g_hash_table_insert (charges, charge->payment, charge);
    }
  for (guint i = 0; i < ours->len; i++)
    {
      const JuminPayment *payment = ours->pdata[i];

      compare (self, payment, g_hash_table_lookup (charges, payment->id));
    }
  return self;
}

void
jumin_reconciliation_free (JuminReconciliation *self)
{
  g_ptr_array_unref (self->differences);
  g_free (self);
}

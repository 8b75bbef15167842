/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One day's payments beside the platform's list of them. */
#include "payment/reconcile.h"

enum
{
  DAY = 20260916,
  PAYMENTS = 60, /* of one day */
  LEDGERS = 50,  /* that somebody tampered with */
  CENTS_MAX = 90000
};

typedef struct
{
  GPtrArray *ours, *theirs;
} Ledgers;

static void
ledgers_clear (Ledgers *self)
{
  g_ptr_array_unref (self->ours);
  g_ptr_array_unref (self->theirs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ledgers, ledgers_clear)

static Ledgers
ledgers_new (void)
{
  return (Ledgers){
    .ours = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free),
    .theirs = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_charge_free),
  };
}

static JuminPayment *
add_ours (Ledgers *self, const char *id, JuminPaymentState state, gint64 fen)
{
  g_autoptr (JuminQuote) quote = jumin_quote_new ();
  JuminPayment *payment;

  quote->fen = fen;
  payment = jumin_payment_new (id, quote, JUMIN_PAY_SCAN);
  payment->state = payment->durable = state;
  g_ptr_array_add (self->ours, payment);
  return payment;
}

static JuminCharge *
add_theirs (Ledgers *self, const char *id, JuminChargeState state, gint64 fen)
{
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = g_strdup (id);
  charge->state = state;
  charge->fen = fen;
  g_ptr_array_add (self->theirs, charge);
  return charge;
}

/* What a word of the table expects. */
enum
{
  FINE = -1,
  ASKED = -2
};

static void
test_table (void)
{
  static const struct
  {
    JuminPaymentState ours;
    int theirs;    /* JuminChargeState; -1: not in the list */
    int expected;  /* JuminDifferenceKind, FINE or ASKED */
    gboolean paid; /* and people look into why it is not credited */
  } rows[] = {
    { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_FULFILLED, FINE },
    { JUMIN_PAYMENT_PAID, JUMIN_CHARGE_FULFILLED, FINE },
    { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_PAID, FINE },
    { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_REFUNDED, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_CLOSED, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_PENDING, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_FULFILLED, -1, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_PAID, -1, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_REFUNDED, JUMIN_CHARGE_REFUNDED, FINE },
    { JUMIN_PAYMENT_REFUNDED, JUMIN_CHARGE_PAID, JUMIN_DIFFERENCE_EXTRA },
    { JUMIN_PAYMENT_REFUNDED, -1, JUMIN_DIFFERENCE_MISSING },
    { JUMIN_PAYMENT_VOID, JUMIN_CHARGE_CLOSED, FINE },
    { JUMIN_PAYMENT_VOID, -1, FINE },
    { JUMIN_PAYMENT_VOID, JUMIN_CHARGE_PAID, JUMIN_DIFFERENCE_EXTRA },
    { JUMIN_PAYMENT_VOID, JUMIN_CHARGE_REFUNDED, FINE },
    { JUMIN_PAYMENT_VOID, JUMIN_CHARGE_PENDING, ASKED },
    { JUMIN_PAYMENT_FAILED, JUMIN_CHARGE_DECLINED, FINE },
    { JUMIN_PAYMENT_FAILED, JUMIN_CHARGE_FULFILLED, JUMIN_DIFFERENCE_EXTRA },
    { JUMIN_PAYMENT_CLOSING, JUMIN_CHARGE_PAID, ASKED },
    { JUMIN_PAYMENT_UNKNOWN, -1, ASKED },
    { JUMIN_PAYMENT_INTENT, -1, ASKED },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_PAID, JUMIN_DIFFERENCE_EXTRA },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_CLOSED, FINE },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_PENDING, ASKED },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_PAID, FINE, TRUE },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_FULFILLED, FINE, TRUE },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_REFUNDED, FINE, TRUE },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_CLOSED, JUMIN_DIFFERENCE_MISSING, TRUE },
    { JUMIN_PAYMENT_MANUAL, JUMIN_CHARGE_PENDING, JUMIN_DIFFERENCE_MISSING, TRUE },
    { JUMIN_PAYMENT_MANUAL, -1, JUMIN_DIFFERENCE_MISSING, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Ledgers) ledgers = ledgers_new ();
      g_autoptr (JuminReconciliation) result = NULL;
      gboolean differs = rows[i].expected >= 0;

      add_ours (&ledgers, "a", rows[i].ours, 18500)->paid_at = rows[i].paid;
      if (rows[i].theirs >= 0)
        add_theirs (&ledgers, "a", (JuminChargeState)rows[i].theirs, 18500);
      result = jumin_reconcile (DAY, ledgers.ours, ledgers.theirs);
      g_test_message ("row %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (result->day, ==, DAY);
      g_assert_cmpuint (result->matched, ==, rows[i].expected == FINE);
      g_assert_cmpuint (result->open, ==, rows[i].expected == ASKED);
      g_assert_cmpuint (result->differences->len, ==, differs);
      if (differs)
        g_assert_cmpint (((JuminDifference *)result->differences->pdata[0])->kind, ==,
                         rows[i].expected);
    }
}

/* Each with what the platform says of it when all is well. */
static const struct
{
  JuminPaymentState ours;
  JuminChargeState theirs;
} kinds[] = {
  { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_FULFILLED },
  { JUMIN_PAYMENT_PAID, JUMIN_CHARGE_PAID },
  { JUMIN_PAYMENT_VOID, JUMIN_CHARGE_CLOSED },
  { JUMIN_PAYMENT_FULFILLED, JUMIN_CHARGE_FULFILLED },
  { JUMIN_PAYMENT_FAILED, JUMIN_CHARGE_DECLINED },
  { JUMIN_PAYMENT_REFUNDED, JUMIN_CHARGE_REFUNDED },
};

static Ledgers
make_day (GRand *random)
{
  Ledgers self = ledgers_new ();

  for (guint i = 0; i < PAYMENTS; i++)
    {
      g_autofree char *id = g_uuid_string_random ();
      gsize kind = i % G_N_ELEMENTS (kinds);
      gint64 fen = g_rand_int_range (random, 1, CENTS_MAX);

      add_ours (&self, id, kinds[kind].ours, fen);
      add_theirs (&self, id, kinds[kind].theirs, fen);
    }
  return self;
}

static guint
pick (GRand *random, const Ledgers *self, gboolean paid)
{
  guint i;

  do
    i = (guint)g_rand_int_range (random, 0, PAYMENTS);
  while ((((JuminPayment *)self->ours->pdata[i])->state == JUMIN_PAYMENT_FULFILLED
          || ((JuminPayment *)self->ours->pdata[i])->state == JUMIN_PAYMENT_PAID)
         != paid);
  return i;
}

/* Somebody changes one thing on one side. Returns: (transfer full): of which payment it is seen */
static char *
tamper (Ledgers *self, guint how, GRand *random, JuminDifferenceKind *kind)
{
  guint i = pick (random, self, how % 5 != 4);
  JuminPayment *ours = self->ours->pdata[i];
  JuminCharge *theirs = self->theirs->pdata[i];
  char *id = g_strdup (ours->id);

  switch (how % 5)
    {
    case 0:
      *kind = JUMIN_DIFFERENCE_MISSING;
      g_ptr_array_remove_index (self->theirs, i);
      break;
    case 1:
      *kind = JUMIN_DIFFERENCE_EXTRA;
      g_ptr_array_remove_index (self->ours, i);
      break;
    case 2:
      *kind = JUMIN_DIFFERENCE_AMOUNT;
      theirs->fen += g_rand_boolean (random) ? 1 : 100;
      break;
    case 3:
      *kind = JUMIN_DIFFERENCE_EXTRA;
      add_theirs (self, id, JUMIN_CHARGE_PAID, theirs->fen);
      break;
    default:
      *kind = JUMIN_DIFFERENCE_EXTRA;
      theirs->state = JUMIN_CHARGE_PAID;
    }
  return id;
}

static void
test_tampered (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  guint found = 0;

  for (guint i = 0; i < LEDGERS; i++)
    {
      g_auto (Ledgers) ledgers = make_day (random);
      g_autoptr (JuminReconciliation) before = jumin_reconcile (DAY, ledgers.ours, ledgers.theirs);
      g_autoptr (JuminReconciliation) after = NULL;
      g_autofree char *payment = NULL;
      JuminDifferenceKind kind;
      const JuminDifference *difference;

      g_assert_cmpuint (before->differences->len, ==, 0);
      g_assert_cmpuint (before->matched, ==, PAYMENTS);
      payment = tamper (&ledgers, i, random, &kind);
      after = jumin_reconcile (DAY, ledgers.ours, ledgers.theirs);
      g_assert_cmpuint (after->differences->len, ==, 1);
      difference = after->differences->pdata[0];
      found += difference->kind == kind && g_str_equal (difference->payment, payment);
    }
  g_test_message ("%u of %d tampered ledgers were found", found, LEDGERS);
  g_assert_cmpuint (found, ==, LEDGERS);
}

/* What the platform closed before it ever heard of it is no payment of anybody. */
static void
test_unknown (void)
{
  g_auto (Ledgers) ledgers = ledgers_new ();
  g_autoptr (JuminReconciliation) result = NULL;

  add_theirs (&ledgers, "a", JUMIN_CHARGE_CLOSED, 0);
  add_theirs (&ledgers, "b", JUMIN_CHARGE_PENDING, 100);
  add_theirs (&ledgers, "c", JUMIN_CHARGE_REFUNDED, 100);
  result = jumin_reconcile (DAY, ledgers.ours, ledgers.theirs);
  g_assert_cmpuint (result->matched, ==, 0);
  g_assert_cmpuint (result->open, ==, 1);
  g_assert_cmpuint (result->differences->len, ==, 1);
  g_assert_cmpstr (((JuminDifference *)result->differences->pdata[0])->payment, ==, "c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reconcile/each_pair_of_states_has_its_verdict", test_table);
  g_test_add_func ("/reconcile/fifty_tampered_ledgers_are_all_found", test_tampered);
  g_test_add_func ("/reconcile/only_money_of_the_unknown_is_a_difference", test_unknown);
  return g_test_run ();
}

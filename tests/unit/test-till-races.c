/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order, and everybody at once: however its phone, its terminal and time come between each
 * other, it ends paid or closed, and the money agrees (PAY-07). */
#include "till-fixture.h"

enum
{
  SEEDS = 1000,
  TURNS = 12,
  CHOICES = 6
};

static void
pay_again (TillFixture *self, const JuminTillOrder *order)
{
  g_autoptr (JuminCharge) charge
      = jumin_till_ledger_pay (self->ledger, order, self->now, NULL, NULL);

  g_assert_true (charge == NULL || charge->fen == order->fen || charge->quote == NULL);
}

/* What anybody does to one order. */
static void
take_turn (TillFixture *self, int choice, const JuminTillOrder *order)
{
  switch (choice)
    {
    case 0:
      jumin_till_ledger_phone_pay (self->ledger, "k1", NULL, self->now);
      break;
    case 1:
      till_fixture_ask (self, "k1", TRUE);
      break;
    case 2:
      jumin_till_ledger_phone_decline (self->ledger, "k1", self->now);
      break;
    case 3:
      self->now += 60;
      break;
    case 4:
      pay_again (self, order);
      break;
    default:
      till_fixture_ask (self, "k1", FALSE);
    }
}

static void
check_race (TillFixture *self)
{
  JuminChargeState state = till_fixture_ask (self, "k1", TRUE);
  gint64 net = jumin_till_ledger_get_net (self->ledger, "k1");
  int charges = jumin_till_ledger_count_charges (self->ledger, "k1");
  gboolean paid = state == JUMIN_CHARGE_PAID || state == JUMIN_CHARGE_FULFILLED;

  g_assert_cmpint (state, !=, JUMIN_CHARGE_PENDING);
  g_assert_cmpint (charges, <=, 1);
  g_assert_cmpint (net, ==, paid ? TILL_FEN : 0);
  g_assert_cmpint (jumin_till_ledger_count_payers (self->ledger, TILL_POWER), ==, paid);
  g_assert_cmpint (till_fixture_bill (self, TILL_POWER), ==,
                   paid ? JUMIN_BILL_PAID : JUMIN_BILL_DUE);
}

static void
run_races (gboolean reverses)
{
  guint paid = 0;

  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      TillFixture self;
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      till_fixture_set_up (&self, reverses);
      g_autoptr (JuminQuote) quote = till_fixture_quote (&self, TILL_TERMINAL);
      JuminTillOrder order = { .payment = "k1",
                               .terminal = TILL_TERMINAL,
                               .digest = "d",
                               .quote = quote->id,
                               .way = JUMIN_PAY_SCAN,
                               .fen = quote->fen };

      for (int i = 0; i < TURNS; i++)
        take_turn (&self, g_rand_int_range (random, 0, CHOICES), &order);
      check_race (&self);
      paid += jumin_till_ledger_get_net (self.ledger, "k1") != 0;
      till_fixture_tear_down (&self);
    }
  g_test_message ("%u of %d were paid", paid, SEEDS);
  g_assert_cmpuint (paid, >, 0);
  g_assert_cmpuint (paid, <, SEEDS);
}

/* The answer to the first close is the answer to each, and so is what was said before. */
static void
test_what_was_told (void)
{
  TillFixture self;
  g_autoptr (JuminCharge) charge = NULL;

  till_fixture_set_up (&self, TRUE);
  charge = till_fixture_pay (&self, "k1", JUMIN_PAY_SCAN, NULL);
  jumin_till_ledger_phone_pay (self.ledger, "k1", NULL, self.now);
  g_assert_cmpint (till_fixture_ask (&self, "k1", FALSE), ==, JUMIN_CHARGE_PAID);
  g_assert_cmpint (till_fixture_ask (&self, "k1", TRUE), ==, JUMIN_CHARGE_PAID);
  g_assert_cmpint (jumin_till_ledger_get_net (self.ledger, "k1"), ==, TILL_FEN);
  till_fixture_tear_down (&self);
}

static void
test_races (void)
{
  run_races (FALSE);
}

static void
test_races_reversed (void)
{
  run_races (TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-races/a_race_ends_paid_or_closed_never_both", test_races);
  g_test_add_func ("/till-races/a_race_ends_paid_or_reversed_never_both", test_races_reversed);
  g_test_add_func ("/till-races/what_was_told_to_be_paid_is_not_taken_back", test_what_was_told);
  return g_test_run ();
}

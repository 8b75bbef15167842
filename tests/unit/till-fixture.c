/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small ledger for tests of the sandbox's money. */
#include "till-fixture.h"

void
till_fixture_set_up (TillFixture *self, gboolean reverses)
{
  JuminTillRules rules = { .payee = "linjiang-pay",
                           .small_fen = TILL_SMALL_FEN,
                           .quote_s = TILL_QUOTE_S,
                           .order_s = TILL_ORDER_S,
                           .credit_s = TILL_CREDIT_S,
                           .reverses = reverses,
                           .utc_offset_min = 480 };
  g_autoptr (GError) error = NULL;

  self->now = TILL_NOW;
  self->store = jumin_store_new (":memory:", &error);
  g_assert_no_error (error);
  self->ledger = jumin_till_ledger_new (self->store, &rules, 1);
  g_assert_nonnull (self->ledger);
  g_assert_true (jumin_till_ledger_put_bill (self->ledger, TILL_POWER, "power", 12640));
  g_assert_true (jumin_till_ledger_put_bill (self->ledger, TILL_WATER, "water", 5860));
}

void
till_fixture_tear_down (TillFixture *self)
{
  g_assert_cmpint (jumin_till_ledger_sum_postings (self->ledger), ==, 0);
  jumin_till_ledger_free (self->ledger);
  jumin_store_free (self->store);
}

JuminQuote *
till_fixture_quote (TillFixture *self, const char *terminal)
{
  g_autoptr (GError) error = NULL;
  JuminQuote *quote
      = jumin_till_ledger_quote (self->ledger, terminal, TILL_BILLS, self->now, &error);

  g_assert_no_error (error);
  g_assert_cmpint (quote->fen, ==, TILL_FEN);
  return quote;
}

JuminCharge *
till_fixture_order (TillFixture *self, const JuminTillOrder *order)
{
  g_autoptr (GError) error = NULL;
  JuminCharge *charge = jumin_till_ledger_pay (self->ledger, order, self->now, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (charge->payment, ==, order->payment);
  return charge;
}

JuminCharge *
till_fixture_pay (TillFixture *self, const char *payment, JuminPayWay way, const char *code)
{
  g_autoptr (JuminQuote) quote = till_fixture_quote (self, TILL_TERMINAL);

  return till_fixture_order (self, &(JuminTillOrder){ .payment = payment,
                                                      .terminal = TILL_TERMINAL,
                                                      .digest = payment,
                                                      .quote = quote->id,
                                                      .way = way,
                                                      .code = code,
                                                      .fen = quote->fen });
}

void
till_fixture_refuse (TillFixture *self, const JuminTillOrder *order, JuminTillError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_till_ledger_pay (self->ledger, order, self->now, NULL, &error));
  g_assert_error (error, JUMIN_TILL_ERROR, (int)code);
}

JuminChargeState
till_fixture_ask (TillFixture *self, const char *payment, gboolean closing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCharge) charge
      = jumin_till_ledger_state (self->ledger, payment, self->now, &error);

  g_assert_no_error (error);
  if (!closing)
    return charge->state;
  g_autoptr (JuminCharge) closed
      = jumin_till_ledger_close (self->ledger, TILL_TERMINAL, payment, self->now, &error);
  g_assert_no_error (error);
  return closed->state;
}

JuminBillState
till_fixture_bill (TillFixture *self, const char *claim)
{
  g_autoptr (JuminTillBill) bill = jumin_till_ledger_find_bill (self->ledger, claim, self->now);

  if (bill == NULL)
    g_error ("There is no bill '%s'", claim);
  return bill->state;
}

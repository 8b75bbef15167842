/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A cashier whose disk, platform and time are moved by hand. */
#include "cashier-desk.h"

static const JuminCashierTimes times = {
  .query_ms = { 1000, 2000, 3000, 3000, 5000 },
  .guard_ms = { 5000, 15000, 60000, 300000, 900000 },
  .wait_ms = { 120000, 45000, 45000 },
  .earliest_close_ms = 15000,
  .close_ms = 2000,
  .close_tries = 3,
  .horizon_s = 86400,
  .journal_ms = 10000,
  .unresolved_max = 3,
};

void
cashier_desk_set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  const JuminTillEvent loaded = { .kind = JUMIN_TILL_LOADED, .payments = nothing };

  desk->cashier = jumin_cashier_new (&times);
  desk->effects = jumin_till_effects_new ();
  desk->now = 5 * S;
  jumin_cashier_step (desk->cashier, &loaded, desk->now, 0, desk->effects);
}

void
cashier_desk_tear_down (Desk *desk, gconstpointer data)
{
  jumin_cashier_free (desk->cashier);
  g_ptr_array_unref (desk->effects);
}

void
cashier_desk_step (Desk *desk, const JuminTillEvent *event)
{
  jumin_cashier_step (desk->cashier, event, desk->now, 7, desk->effects);
}

JuminQuote *
cashier_desk_quote_new (const char *bill)
{
  JuminQuote *quote = jumin_quote_new ();
  JuminPayItem *item = jumin_pay_item_new ();

  quote->id = g_strdup ("quote");
  quote->number = g_strdup ("JM1");
  quote->payee = g_strdup ("payee");
  quote->fen = item->fen = 12640;
  quote->issued_at = BEGAN_AT;
  item->bill = g_strdup (bill);
  g_ptr_array_add (quote->items, item);
  return quote;
}

void
cashier_desk_begin (Desk *desk, const char *id, const char *bill, JuminPayWay way)
{
  g_autoptr (JuminQuote) quote = cashier_desk_quote_new (bill);
  g_autoptr (JuminPayment) payment = jumin_payment_new (id, quote, way);
  const JuminTillEvent event = { .kind = JUMIN_TILL_BEGIN, .id = id, .payment = payment };

  cashier_desk_step (desk, &event);
}

const JuminTillEffect *
cashier_desk_take (Desk *desk, JuminTillEffectKind kind)
{
  const JuminTillEffect *effect;

  g_assert_cmpuint (desk->taken, <, desk->effects->len);
  effect = desk->effects->pdata[desk->taken++];
  g_assert_cmpint (effect->kind, ==, kind);
  return effect;
}

void
cashier_desk_assert_no_more (const Desk *desk)
{
  g_assert_cmpuint (desk->taken, ==, desk->effects->len);
}

/* The next commit is one of @state, and ends so. */
void
cashier_desk_end_commit (Desk *desk, JuminPaymentState state, JuminTillEventKind how)
{
  const JuminTillEffect *effect = cashier_desk_take (desk, JUMIN_TILL_COMMIT);
  const JuminTillEvent event = { .kind = how, .id = effect->payment->id, .turn = effect->turn };

  g_assert_cmpstr (jumin_payment_state_get_word (effect->payment->state), ==,
                   jumin_payment_state_get_word (state));
  cashier_desk_step (desk, &event);
}

void
cashier_desk_keep (Desk *desk, JuminPaymentState state)
{
  cashier_desk_end_commit (desk, state, JUMIN_TILL_COMMITTED);
  cashier_desk_take (desk, JUMIN_TILL_NOTE);
}

JuminCharge *
cashier_desk_charge_new (const char *payment, JuminChargeState state)
{
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = g_strdup (payment);
  charge->quote = g_strdup ("quote");
  charge->payee = g_strdup ("payee");
  charge->channel = g_strdup ("wechat");
  charge->reason = g_strdup (state == JUMIN_CHARGE_DECLINED ? "funds" : "");
  charge->transaction = g_strdup ("42");
  charge->code = g_strdup (state == JUMIN_CHARGE_PENDING ? "https://pay/1" : "");
  charge->receipt = g_strdup ("");
  charge->state = state;
  charge->fen = 12640;
  charge->paid_at = state >= JUMIN_CHARGE_PAID && state <= JUMIN_CHARGE_REFUNDED ? BEGAN_AT + 9 : 0;
  charge->at = BEGAN_AT + 10;
  return charge;
}

/* The next effect is @question; it is answered with @charge, or not: %NULL. */
void
cashier_desk_hear (Desk *desk, JuminTillEffectKind question, const JuminCharge *charge)
{
  const JuminTillEffect *effect = cashier_desk_take (desk, question);
  const JuminTillEvent event = {
    .kind = JUMIN_TILL_ANSWER, .id = effect->payment->id, .turn = effect->turn, .charge = charge
  };

  cashier_desk_step (desk, &event);
}

void
cashier_desk_answer (Desk *desk, JuminTillEffectKind question, JuminChargeState state)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", state);

  cashier_desk_hear (desk, question, charge);
}

void
cashier_desk_tell (Desk *desk, JuminTillEventKind kind, const char *id)
{
  const JuminTillEvent event = { .kind = kind, .id = id };

  cashier_desk_step (desk, &event);
}

/* Time passes until something is due: exactly @ms from now. */
void
cashier_desk_wait (Desk *desk, guint ms)
{
  g_assert_cmpint (jumin_cashier_get_next (desk->cashier), ==, desk->now + ms * MS);
  desk->now += ms * MS;
  cashier_desk_tell (desk, JUMIN_TILL_TIME, NULL);
}

void
cashier_desk_wait_for_next (Desk *desk)
{
  gint64 next = jumin_cashier_get_next (desk->cashier);

  g_assert_cmpint (next, >, desk->now);
  desk->now = next;
  cashier_desk_tell (desk, JUMIN_TILL_TIME, NULL);
}

void
cashier_desk_assert_say (const Desk *desk, JuminPaymentSay say)
{
  g_assert_cmpint (jumin_payment_get_say (jumin_cashier_find (desk->cashier, "a")), ==, say);
}

void
cashier_desk_send (Desk *desk, JuminPayWay way)
{
  cashier_desk_begin (desk, "a", "bill", way);
  cashier_desk_keep (desk, JUMIN_PAYMENT_INTENT);
  cashier_desk_keep (desk, JUMIN_PAYMENT_SUBMITTED);
}

void
cashier_desk_reach_pending (Desk *desk, JuminPayWay way)
{
  cashier_desk_send (desk, way);
  cashier_desk_answer (desk, JUMIN_TILL_SUBMIT, JUMIN_CHARGE_PENDING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PENDING);
}

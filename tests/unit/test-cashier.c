/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cashier: what it does with what the platform says, and what may be said meanwhile. */
#include "cashier-desk.h"

static void
test_scan (Desk *desk, gconstpointer data)
{
  cashier_desk_begin (desk, "a", "bill", JUMIN_PAY_SCAN);
  cashier_desk_assert_say (desk, JUMIN_SAY_PREPARING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_INTENT);
  cashier_desk_keep (desk, JUMIN_PAYMENT_SUBMITTED);
  cashier_desk_answer (desk, JUMIN_TILL_SUBMIT, JUMIN_CHARGE_PENDING);
  cashier_desk_assert_say (desk, JUMIN_SAY_PREPARING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PENDING);
  cashier_desk_assert_say (desk, JUMIN_SAY_WAITING);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->code, ==, "https://pay/1");
  g_assert_cmpint (jumin_cashier_find (desk->cashier, "a")->until, ==, desk->now + 120 * S);
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_wait (desk, 2000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PAID);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PAID);
  cashier_desk_assert_say (desk, JUMIN_SAY_PAID);
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_FULFILLED);
  cashier_desk_assert_say (desk, JUMIN_SAY_PAID);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
  cashier_desk_assert_no_more (desk);
  g_assert_cmpint (jumin_cashier_get_next (desk->cashier), ==, 0);
  jumin_cashier_forget (desk->cashier, "a");
  g_assert_null (jumin_cashier_find (desk->cashier, "a"));
}

static void
test_nothing_goes_out_twice (Desk *desk, gconstpointer data)
{
  cashier_desk_send (desk, JUMIN_PAY_SCAN);
  cashier_desk_hear (desk, JUMIN_TILL_SUBMIT, NULL);
  cashier_desk_keep (desk, JUMIN_PAYMENT_UNKNOWN);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_NOT_FOUND);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
  cashier_desk_assert_say (desk, JUMIN_SAY_NOT_PAID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "lost");
}

/* Who shows a code may be typing a password: it is asked for the whole time. */
static void
test_lost_answer (Desk *desk, gconstpointer data)
{
  cashier_desk_send (desk, JUMIN_PAY_SHOW);
  cashier_desk_hear (desk, JUMIN_TILL_SUBMIT, NULL);
  cashier_desk_keep (desk, JUMIN_PAYMENT_UNKNOWN);
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_wait (desk, 2000);
  cashier_desk_hear (desk, JUMIN_TILL_QUERY, NULL);
  cashier_desk_wait (desk, 3000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_FULFILLED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
  cashier_desk_assert_say (desk, JUMIN_SAY_PAID);
}

static void
test_nobody_pays (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  while (desk->now < 125 * S)
    {
      cashier_desk_wait_for_next (desk);
      cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
    }
  g_assert_cmpint (desk->now, ==, 125 * S);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->code, ==, "");
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "late");
}

/* Nobody can pay what cannot be scanned: nobody waits for two minutes before an empty frame. */
static void
test_no_code (Desk *desk, gconstpointer data)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", JUMIN_CHARGE_PENDING);

  g_free (charge->code);
  charge->code = g_strdup ("");
  cashier_desk_send (desk, JUMIN_PAY_SCAN);
  cashier_desk_hear (desk, JUMIN_TILL_SUBMIT, charge);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PENDING);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "lost");
}

static void
test_cancel (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  cashier_desk_tell (desk, JUMIN_TILL_CANCEL, "a");
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->code, ==, "");
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "cancelled");
}

static void
test_cancel_too_late (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  cashier_desk_tell (desk, JUMIN_TILL_CANCEL, "a");
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_PAID);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PAID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "");
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_FULFILLED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
}

static void
test_cancel_of_a_shown_code (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SHOW);
  cashier_desk_tell (desk, JUMIN_TILL_CANCEL, "a");
  while (desk->now < 20 * S)
    {
      cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
      cashier_desk_wait_for_next (desk);
    }
  g_assert_cmpint (desk->now, ==, 20 * S);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PENDING);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
}

static void
test_cancel_before_it_goes_out (Desk *desk, gconstpointer data)
{
  cashier_desk_begin (desk, "a", "bill", JUMIN_PAY_SCAN);
  cashier_desk_tell (desk, JUMIN_TILL_CANCEL, "a");
  cashier_desk_keep (desk, JUMIN_PAYMENT_INTENT);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
}

static void
test_refused (Desk *desk, gconstpointer data)
{
  const JuminTillEffect *effect;
  JuminTillEvent event = { .kind = JUMIN_TILL_ANSWER, .refused = TRUE };

  cashier_desk_send (desk, JUMIN_PAY_SCAN);
  effect = cashier_desk_take (desk, JUMIN_TILL_SUBMIT);
  event.id = effect->payment->id;
  event.turn = effect->turn;
  cashier_desk_step (desk, &event);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "refused");
}

static void
test_declined (Desk *desk, gconstpointer data)
{
  cashier_desk_send (desk, JUMIN_PAY_ACCOUNT);
  cashier_desk_answer (desk, JUMIN_TILL_SUBMIT, JUMIN_CHARGE_DECLINED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FAILED);
  cashier_desk_assert_say (desk, JUMIN_SAY_NOT_PAID);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->why, ==, "funds");
}

static void
test_another_amount (Desk *desk, gconstpointer data)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", JUMIN_CHARGE_PAID);

  charge->fen++;
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  cashier_desk_wait (desk, 1000);
  cashier_desk_hear (desk, JUMIN_TILL_QUERY, charge);
  cashier_desk_take (desk, JUMIN_TILL_ALARM);
  cashier_desk_keep (desk, JUMIN_PAYMENT_MANUAL);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_assert_no_more (desk);
}

static void
test_another_payee (Desk *desk, gconstpointer data)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", JUMIN_CHARGE_PENDING);

  g_free (charge->payee);
  charge->payee = g_strdup ("somebody");
  cashier_desk_send (desk, JUMIN_PAY_SCAN);
  cashier_desk_hear (desk, JUMIN_TILL_SUBMIT, charge);
  cashier_desk_take (desk, JUMIN_TILL_ALARM);
  cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
  g_assert_cmpstr (jumin_cashier_find (desk->cashier, "a")->code, ==, "");
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
}

static void
test_another_payment (Desk *desk, gconstpointer data)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("b", JUMIN_CHARGE_PAID);

  cashier_desk_send (desk, JUMIN_PAY_SHOW);
  cashier_desk_hear (desk, JUMIN_TILL_SUBMIT, charge);
  cashier_desk_take (desk, JUMIN_TILL_ALARM);
  cashier_desk_keep (desk, JUMIN_PAYMENT_UNKNOWN);
}

static void
test_old_story (Desk *desk, gconstpointer data)
{
  const JuminTillEffect *submit;
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", JUMIN_CHARGE_PENDING);
  JuminTillEvent event = { .kind = JUMIN_TILL_ANSWER, .id = "a", .charge = charge };

  cashier_desk_send (desk, JUMIN_PAY_SCAN);
  submit = cashier_desk_take (desk, JUMIN_TILL_SUBMIT);
  event.turn = submit->turn;
  cashier_desk_step (desk, &event);
  cashier_desk_step (desk, &event);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PENDING);
  cashier_desk_step (desk, &event);
  cashier_desk_assert_no_more (desk);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/cashier/" name, Desk, NULL, cashier_desk_set_up, test, cashier_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("an order goes out when it is on the disk, and its end is said when that is", test_scan);
  ADD ("an order that was not heard of is closed, and never sent again",
       test_nothing_goes_out_twice);
  ADD ("a lost answer is asked for while its payer may be paying", test_lost_answer);
  ADD ("an order that nobody pays is closed in time", test_nobody_pays);
  ADD ("an order without a code is closed at once", test_no_code);
  ADD ("an order that is not wanted is asked about and closed", test_cancel);
  ADD ("an order that was paid before it was closed is paid", test_cancel_too_late);
  ADD ("a shown code's order is not closed at once", test_cancel_of_a_shown_code);
  ADD ("an order that is not wanted before it goes out is closed", test_cancel_before_it_goes_out);
  ADD ("an order that is refused is closed", test_refused);
  ADD ("an order that is declined is over", test_declined);
  ADD ("money of another amount is for people", test_another_amount);
  ADD ("an order for another payee is never shown", test_another_payee);
  ADD ("an answer about another payment is none", test_another_payment);
  ADD ("an answer that comes twice is heard once", test_old_story);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cashier after a start, when the disk fails, and when nobody answers. */
#include "cashier-desk.h"

static void
test_disk_fails_before (Desk *desk, gconstpointer data)
{
  cashier_desk_begin (desk, "a", "bill", JUMIN_PAY_SCAN);
  cashier_desk_keep (desk, JUMIN_PAYMENT_INTENT);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_SUBMITTED, JUMIN_TILL_NOT_COMMITTED);
  cashier_desk_assert_no_more (desk);
  g_assert_null (jumin_cashier_find (desk->cashier, "a"));
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_JOURNAL);
  cashier_desk_begin (desk, "b", "bill", JUMIN_PAY_SCAN);
  cashier_desk_assert_no_more (desk);
}

static void
test_disk_fails_after (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PAID);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_PAID, JUMIN_TILL_NOT_COMMITTED);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_JOURNAL);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_wait (desk, 10000);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_PAID, JUMIN_TILL_NOT_COMMITTED);
  cashier_desk_assert_say (desk, JUMIN_SAY_CONFIRMING);
  cashier_desk_wait (desk, 10000);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PAID);
  cashier_desk_assert_say (desk, JUMIN_SAY_PAID);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_OPEN);
}

static void
load (Desk *desk, JuminPaymentState state)
{
  g_autoptr (JuminQuote) quote = cashier_desk_quote_new ("bill");
  g_autoptr (GPtrArray) payments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free);
  JuminPayment *payment = jumin_payment_new ("a", quote, JUMIN_PAY_SCAN);
  const JuminTillEvent event = { .kind = JUMIN_TILL_LOADED, .payments = payments };

  payment->state = state;
  payment->slip = JUMIN_RECEIPT_PRINTING;
  g_ptr_array_add (payments, payment);
  cashier_desk_step (desk, &event);
}

static void
test_after_a_start (Desk *desk, gconstpointer data)
{
  for (JuminPaymentState state = JUMIN_PAYMENT_INTENT; state <= JUMIN_PAYMENT_UNKNOWN; state++)
    {
      cashier_desk_tear_down (desk, NULL);
      cashier_desk_set_up (desk, NULL);
      desk->taken = 0;
      load (desk, state);
      g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_RECOVERING);
      cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_NOT_FOUND);
      g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_OPEN);
      cashier_desk_keep (desk, JUMIN_PAYMENT_CLOSING);
      cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_CLOSED);
      cashier_desk_keep (desk, JUMIN_PAYMENT_VOID);
      g_assert_null (jumin_cashier_find (desk->cashier, "a"));
    }
}

static void
test_after_a_start_closing (Desk *desk, gconstpointer data)
{
  load (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_hear (desk, JUMIN_TILL_CLOSE, NULL);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_RECOVERING);
  cashier_desk_wait (desk, 2000);
  cashier_desk_answer (desk, JUMIN_TILL_CLOSE, JUMIN_CHARGE_FULFILLED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
}

static void
test_after_a_start_paid (Desk *desk, gconstpointer data)
{
  load (desk, JUMIN_PAYMENT_PAID);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_OPEN);
  g_assert_cmpint (jumin_cashier_find (desk->cashier, "a")->slip, ==, JUMIN_RECEIPT_UNKNOWN);
  cashier_desk_wait (desk, 250);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_FULFILLED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
}

static void
test_platform_says_what_cannot_be (Desk *desk, gconstpointer data)
{
  load (desk, JUMIN_PAYMENT_PAID);
  cashier_desk_wait (desk, 250);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_NOT_FOUND);
  cashier_desk_take (desk, JUMIN_TILL_ALARM);
  cashier_desk_assert_say (desk, JUMIN_SAY_PAID);
  cashier_desk_assert_no_more (desk);
}

static void
test_too_many_unresolved (Desk *desk, gconstpointer data)
{
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%d", i);
      g_autofree char *bill = g_strdup_printf ("b%d", i);

      g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_OPEN);
      cashier_desk_begin (desk, id, bill, JUMIN_PAY_SCAN);
      cashier_desk_take (desk, JUMIN_TILL_COMMIT);
    }
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_UNRESOLVED);
  cashier_desk_begin (desk, "p4", "b4", JUMIN_PAY_SCAN);
  cashier_desk_assert_no_more (desk);
}

static void
test_one_bill_once (Desk *desk, gconstpointer data)
{
  cashier_desk_begin (desk, "a", "bill", JUMIN_PAY_SCAN);
  cashier_desk_take (desk, JUMIN_TILL_COMMIT);
  cashier_desk_begin (desk, "b", "bill", JUMIN_PAY_SCAN);
  cashier_desk_assert_no_more (desk);
  g_assert_nonnull (jumin_cashier_find_bill (desk->cashier, "bill"));
}

/* Asked more and more seldom, and closed or asked in turns. */
static void
test_long_silence (Desk *desk, gconstpointer data)
{
  gint64 began = desk->now;
  guint asked = 0;

  load (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_hear (desk, JUMIN_TILL_CLOSE, NULL);
  for (; desk->now < began + DAY_S * S; asked++)
    {
      cashier_desk_wait_for_next (desk);
      cashier_desk_hear (desk,
                         desk->effects->len > desk->taken
                                 && ((JuminTillEffect *)desk->effects->pdata[desk->taken])->kind
                                        == JUMIN_TILL_QUERY
                             ? JUMIN_TILL_QUERY
                             : JUMIN_TILL_CLOSE,
                         NULL);
      cashier_desk_assert_no_more (desk);
    }
  g_assert_cmpuint (asked, >, 80);
  g_assert_cmpuint (asked, <, 110);
  cashier_desk_tell (desk, JUMIN_TILL_HEARD, NULL);
  g_assert_cmpuint (desk->effects->len, ==, desk->taken + 1);
}

static void
test_horizon (Desk *desk, gconstpointer data)
{
  g_autoptr (JuminCharge) charge = cashier_desk_charge_new ("a", JUMIN_CHARGE_PENDING);

  charge->at = BEGAN_AT + DAY_S;
  load (desk, JUMIN_PAYMENT_CLOSING);
  cashier_desk_hear (desk, JUMIN_TILL_CLOSE, charge);
  cashier_desk_wait (desk, 2000);
  charge->at++;
  cashier_desk_hear (desk, JUMIN_TILL_CLOSE, charge);
  cashier_desk_keep (desk, JUMIN_PAYMENT_MANUAL);
}

static void
put_slip (Desk *desk, JuminReceiptState slip)
{
  g_autoptr (JuminPayment) payment = jumin_payment_copy (jumin_cashier_find (desk->cashier, "a"));
  const JuminTillEvent event = { .kind = JUMIN_TILL_SLIP, .id = "a", .payment = payment };

  payment->slip = slip;
  cashier_desk_step (desk, &event);
}

/* It goes to the disk beside a question that is on its way. */
static void
test_slip (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  cashier_desk_wait (desk, 1000);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_PAID);
  cashier_desk_keep (desk, JUMIN_PAYMENT_PAID);
  cashier_desk_wait (desk, 1000);
  put_slip (desk, JUMIN_RECEIPT_PRINTING);
  cashier_desk_answer (desk, JUMIN_TILL_QUERY, JUMIN_CHARGE_FULFILLED);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_PAID, JUMIN_TILL_COMMITTED);
  cashier_desk_keep (desk, JUMIN_PAYMENT_FULFILLED);
  jumin_cashier_forget (desk->cashier, "a");
  g_assert_nonnull (jumin_cashier_find (desk->cashier, "a"));
  put_slip (desk, JUMIN_RECEIPT_PRINTED);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_FULFILLED, JUMIN_TILL_COMMITTED);
  cashier_desk_assert_no_more (desk);
  g_assert_null (jumin_cashier_find (desk->cashier, "a"));
}

static void
test_slip_and_disk (Desk *desk, gconstpointer data)
{
  cashier_desk_reach_pending (desk, JUMIN_PAY_SCAN);
  put_slip (desk, JUMIN_RECEIPT_PRINTING);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_PENDING, JUMIN_TILL_NOT_COMMITTED);
  g_assert_cmpint (jumin_cashier_find (desk->cashier, "a")->slip, ==, JUMIN_RECEIPT_FAILED);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_JOURNAL);
  cashier_desk_wait (desk, 10000);
  cashier_desk_end_commit (desk, JUMIN_PAYMENT_PENDING, JUMIN_TILL_COMMITTED);
  g_assert_cmpint (jumin_cashier_get_closed (desk->cashier), ==, JUMIN_TILL_OPEN);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/cashier/" name, Desk, NULL, cashier_desk_set_up, test, cashier_desk_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what cannot be kept is never sent", test_disk_fails_before);
  ADD ("what is paid is said when the disk has it", test_disk_fails_after);
  ADD ("after a start what is not known is asked and closed", test_after_a_start);
  ADD ("after a start what was being closed is closed", test_after_a_start_closing);
  ADD ("after a start what is paid is followed until it is credited", test_after_a_start_paid);
  ADD ("what is paid stays paid", test_platform_says_what_cannot_be);
  ADD ("with four unresolved nothing new begins", test_too_many_unresolved);
  ADD ("a bill is in one payment at a time", test_one_bill_once);
  ADD ("a day of silence is asked into a hundred times", test_long_silence);
  ADD ("after a day people look into it", test_horizon);
  ADD ("a slip is kept beside what happens to the money", test_slip);
  ADD ("a slip that cannot be kept is not printed", test_slip_and_disk);
  return g_test_run ();
}

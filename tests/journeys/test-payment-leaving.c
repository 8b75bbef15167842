/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever leaves an order, however they do: it is closed before anything else is offered, nothing
 * is said that is not so, and nothing of them stays. */
#include "money-hall.h"

enum
{
  CODE_S = 120,
  CONFIRM_S = 20,
  PAY_S = 180
};

static void
test_back_closes_first (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_hold (m->bank, TRUE);
  money_act (m, "back", NULL, NULL);
  g_assert_true (m->scene->leaving);
  money_pass (m, 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  g_assert_cmpint (m->scene->busy, ==, JUMIN_BUSY_CLOSING);
  money_act (m, "back", NULL, NULL);
  money_expect_calls (m, "pay1 state1");
  fake_bank_hold (m->bank, FALSE);
  money_await (m, JUMIN_PAGE_BILLS);
  money_expect_calls (m, "close1");
  g_assert_null (m->scene->payment);
  g_assert_false (m->scene->leaving);
  money_pay (m, 1); /* the bill is free again */
  AWAIT (m->scene->payment != NULL && *m->scene->payment->code != '\0');
}

static void
test_home_closes_first (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_act (m, "home", NULL, NULL);
  money_await (m, JUMIN_PAGE_HOME);
  money_expect_calls (m, "pay1 state1 close1");
  money_expect_nothing_left (m);
}

static void
test_exit_closes_first (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_act (m, "exit", NULL, NULL);
  money_await (m, JUMIN_PAGE_TAKE_CARD);
  money_expect_calls (m, "pay1 state1 close1");
  money_expect_nothing_left (m);
}

/* No second code before the first one is closed. */
static void
test_another_way_closes_first (MoneyHall *m, gconstpointer data)
{
  g_autofree char *first = NULL;

  money_begin (m, "li-ceshi");
  first = g_strdup (m->scene->payment->id);
  fake_bank_hold (m->bank, TRUE);
  money_act (m, "way", "value", "show");
  g_assert_true (m->scene->changing);
  money_pass (m, 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  g_assert_false (jumin_virtual_code_scanner_is_looking (m->scanner));
  g_assert_cmpstr (m->scene->payment->id, ==, first);
  fake_bank_hold (m->bank, FALSE);
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->way == JUMIN_PAY_SHOW);
  g_assert_null (m->scene->payment);
  money_choose_way (m, JUMIN_PAY_SCAN);
  AWAIT (m->scene->payment != NULL && *m->scene->payment->code != '\0');
  g_assert_cmpstr (m->scene->payment->id, !=, first);
  money_expect_calls (m, "pay1 state1 close1 pay2");
}

static void
test_a_code_that_nobody_scans_is_closed (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_pass (m, CODE_S / 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAY);
  money_pass (m, CODE_S / 2 + 1);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_NOT_PAID);
  g_assert_cmpuint (money_count_slips (m), ==, 0);
  money_act (m, "back", NULL, NULL);
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->payment != NULL
         && *m->scene->payment->code != '\0');
}

/* The code is off the screen when its time is over, whatever the platform says. */
static void
test_a_code_ends_in_silence (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  for (int i = 0; i < CODE_S && m->scene->payment->next_at != m->scene->payment->until; i++)
    money_pass (m, 1);
  fake_bank_set_silent (m->bank, TRUE);
  fake_bank_hold (m->bank, TRUE);
  for (int i = 0; i < CODE_S && m->scene->payment->until != 0; i++)
    money_pass (m, 1);
  g_assert_cmpstr (m->scene->payment->code, ==, "");
  money_pass (m, 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  fake_bank_hold (m->bank, FALSE);
  money_pass (m, 2 * CONFIRM_S);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
}

static void
test_who_is_away_is_not_waited_for (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_SHOW);
  money_expect_calls (m, "pay1 state1 close1");
  money_pass (m, PAY_S - 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAY);
  g_assert_cmpint (m->scene->dialog, ==, JUMIN_DIALOG_ENDING);
  money_pass (m, 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  money_expect_nothing_left (m);
}

static void
test_a_pulled_card_leaves_no_order_open (MoneyHall *m, gconstpointer data)
{
  g_autofree char *payment = NULL;

  money_begin (m, "li-ceshi");
  payment = g_strdup (m->scene->payment->id);
  jumin_virtual_card_reader_pull (m->kiosk.reader);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_NOTICE);
  money_expect_nothing_left (m);
  AWAIT (jumin_till_find (m->till, payment) == NULL);
  money_expect_calls (m, "pay1 state1 close1");
}

/* Perhaps it is paid: who takes the card hears of it, and has it on paper. */
static void
test_a_card_pulled_while_nobody_knows (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_set_silent (m->bank, TRUE);
  money_act (m, "home", NULL, NULL);
  money_pass (m, 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  jumin_virtual_card_reader_pull (m->kiosk.reader);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  g_assert_null (m->scene->identity);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  money_act (m, "done", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_HOME);
  money_expect_nothing_left (m);
}

/* The same for who does not want to wait for it. */
static void
test_exit_while_nobody_knows (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_set_silent (m->bank, TRUE);
  money_act (m, "exit", NULL, NULL);
  money_pass (m, 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  money_act (m, "exit", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  money_act (m, "exit", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  money_expect_nothing_left (m);
}

/* What was paid in the last moment is paid. */
static void
test_paid_between_cancel_and_close (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_pay_late (m->bank);
  money_act (m, "home", NULL, NULL);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_PAID);
  g_assert_false (m->scene->leaving);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  money_expect_calls (m, "pay1 state1 close1");
  money_act (m, "back", NULL, NULL); /* nothing leads back */
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAID);
}

static void
lose_order (MoneyHall *m)
{
  money_begin (m, "li-ceshi");
  fake_bank_set_silent (m->bank, TRUE);
  money_act (m, "exit", NULL, NULL);
  money_pass (m, CONFIRM_S - 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  money_pass (m, 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (money_count_slips (m), ==, 1);
  g_assert_false (m->scene->leaving);
}

static void
test_what_nobody_knows_is_said (MoneyHall *m, gconstpointer data)
{
  lose_order (m);
  money_act (m, "done", NULL, NULL);
  money_expect_nothing_left (m);
  g_assert_cmpuint (jumin_till_count_unresolved (m->till), ==, 1);
}

/* It becomes known while the page is still there. */
static void
test_paid_after_all (MoneyHall *m, gconstpointer data)
{
  lose_order (m);
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  fake_bank_set_silent (m->bank, FALSE);
  money_act (m, "check", NULL, NULL);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_PAID);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED && money_count_slips (m) == 2);
  g_assert_cmpint (m->scene->payment->reprints, ==, 0);
}

static void
test_closed_after_all (MoneyHall *m, gconstpointer data)
{
  lose_order (m);
  fake_bank_set_silent (m->bank, FALSE);
  money_pass (m, 60);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_NOT_PAID);
  g_assert_cmpuint (money_count_slips (m), ==, 1);
}

static void
test_what_the_platform_says_is_told (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_act (m, "check", NULL, NULL);
  AWAIT (m->scene->pay_check == JUMIN_PAY_CHECK_NOTHING);
  g_assert_cmpint (m->scene->pay_checked_at, ==, m->scene->now);
  fake_bank_set_silent (m->bank, TRUE);
  money_act (m, "check", NULL, NULL);
  AWAIT (m->scene->pay_check == JUMIN_PAY_CHECK_SILENT);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAY);
  fake_bank_set_silent (m->bank, FALSE);
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_act (m, "check", NULL, NULL);
  money_await (m, JUMIN_PAGE_PAID);
}

static const JuminCard other_card
    = { .version = "2.00", .identifier = "500000D156000005000012340000000A" };

/* Of the person nothing is left, of the payment what is on the page. */
static void
test_a_card_that_goes_after_paying (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  money_await (m, JUMIN_PAGE_PAID);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  jumin_virtual_card_reader_pull (m->kiosk.reader);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAID);
  g_assert_null (m->scene->identity);
  jumin_virtual_card_reader_insert (m->kiosk.reader, &other_card, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_PAID); /* it begins nothing */
  money_act (m, "done", NULL, NULL);
  money_expect_nothing_left (m);
}

static const struct
{
  const char *path;
  void (*test) (MoneyHall *m, gconstpointer data);
} tests[] = {
  { "/payment-leaving/back_closes_first", test_back_closes_first },
  { "/payment-leaving/home_closes_first", test_home_closes_first },
  { "/payment-leaving/exit_closes_first", test_exit_closes_first },
  { "/payment-leaving/another_way_closes_first", test_another_way_closes_first },
  { "/payment-leaving/a_code_that_nobody_scans_is_closed",
    test_a_code_that_nobody_scans_is_closed },
  { "/payment-leaving/a_code_ends_in_silence", test_a_code_ends_in_silence },
  { "/payment-leaving/who_is_away_is_not_waited_for", test_who_is_away_is_not_waited_for },
  { "/payment-leaving/a_pulled_card_leaves_no_order_open",
    test_a_pulled_card_leaves_no_order_open },
  { "/payment-leaving/a_card_pulled_while_nobody_knows", test_a_card_pulled_while_nobody_knows },
  { "/payment-leaving/exit_while_nobody_knows", test_exit_while_nobody_knows },
  { "/payment-leaving/paid_between_cancel_and_close_is_paid", test_paid_between_cancel_and_close },
  { "/payment-leaving/what_nobody_knows_is_said", test_what_nobody_knows_is_said },
  { "/payment-leaving/paid_after_all", test_paid_after_all },
  { "/payment-leaving/closed_after_all", test_closed_after_all },
  { "/payment-leaving/what_the_platform_says_is_told", test_what_the_platform_says_is_told },
  { "/payment-leaving/a_card_that_goes_after_paying", test_a_card_that_goes_after_paying },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, MoneyHall, NULL, money_open, tests[i].test, money_close);
  return g_test_run ();
}

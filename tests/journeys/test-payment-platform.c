/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same with the sandbox's money: what the screen says is what its ledger has. */
#include "money-hall.h"

static const MoneyWish wish = { .platform = TRUE };

static JuminTillLedger *
get_ledger (MoneyHall *m)
{
  return m->hall->platform->platform.pay->ledger;
}

static void
expect_paid (MoneyHall *m)
{
  const JuminPayment *payment;

  money_await (m, JUMIN_PAGE_PAID);
  payment = m->scene->payment;
  g_assert_cmpint (jumin_payment_get_say (payment), ==, JUMIN_SAY_PAID);
  g_assert_cmpint (jumin_till_ledger_get_net (get_ledger (m), payment->id), ==, payment->fen);
  g_assert_cmpint (jumin_till_ledger_count_charges (get_ledger (m), payment->id), ==, 1);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
}

/* The platform is asked now and then; its answers take a while of the real time. */
static void
await_end (MoneyHall *m)
{
  for (int i = 0;
       i < MINUTE_S && m->scene->page != JUMIN_PAGE_PAID && m->scene->page != JUMIN_PAGE_UNKNOWN;
       i++)
    {
      AWAIT (m->scene->payment == NULL || m->scene->payment->next_at != 0
             || m->scene->page != JUMIN_PAGE_PAY);
      money_pass (m, 1);
    }
}

static void
test_a_phone_scans (MoneyHall *m, gconstpointer data)
{
  g_autofree char *bill = NULL;

  money_begin (m, "li-ceshi");
  bill = g_strdup (((const JuminPayItem *)m->scene->payment->items->pdata[0])->bill);
  money_use_phone (m, "scan alipay");
  await_end (m);
  expect_paid (m);
  g_assert_cmpstr (m->scene->payment->channel, ==, "alipay");
  money_act (m, "more", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  g_assert_cmpint (jumin_bills_find (m->scene->bills, bill)->state, !=, JUMIN_BILL_DUE);
}

static void
test_a_phone_shows_a_code (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_SHOW);
  g_assert_true (money_show_code (m, PAYMENT_CODE));
  await_end (m);
  expect_paid (m);
  g_assert_cmpstr (m->scene->payment->channel, ==, "wechat");
}

static void
test_the_account_pays (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_ACCOUNT);
  money_act (m, "confirm", NULL, NULL);
  await_end (m);
  expect_paid (m);
  g_assert_cmpstr (m->scene->payment->channel, ==, "card");
}

static void
test_a_phone_declines (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_use_phone (m, "decline");
  await_end (m);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_NOT_PAID);
  g_assert_cmpuint (money_count_slips (m), ==, 0);
  money_act (m, "again", NULL, NULL);
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->payment != NULL
         && *m->scene->payment->code != '\0');
  money_use_phone (m, "scan");
  await_end (m);
  expect_paid (m);
}

/* What its company does not take goes back, and is not said to be paid. */
static void
test_a_company_rejects (MoneyHall *m, gconstpointer data)
{
  money_tell_biller (m, "power rejects");
  money_look_up (m, "li-ceshi");
  money_pay_bills (m, (const char *const[]){ money_find_due (m, "power")->id, NULL });
  AWAIT (m->scene->payment != NULL && *m->scene->payment->code != '\0');
  money_use_phone (m, "scan");
  await_end (m);
  money_await (m, JUMIN_PAGE_PAID);
  for (int i = 0; i < MINUTE_S && m->scene->payment->state == JUMIN_PAYMENT_PAID; i++)
    {
      AWAIT (m->scene->payment->next_at != 0);
      money_pass (m, 1);
    }
  AWAIT (jumin_payment_get_say (m->scene->payment) == JUMIN_SAY_REFUNDED);
  g_assert_cmpint (jumin_till_ledger_get_net (get_ledger (m), m->scene->payment->id), ==, 0);
}

/* Paid, says the platform, and names one fen more: people look into it. */
static void
test_another_amount_is_no_success (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_use_phone (m, "scan");
  money_fault (m, "money-amount payments/state 9");
  await_end (m);
  money_await (m, JUMIN_PAGE_UNKNOWN);
  g_assert_cmpint (m->scene->payment->state, ==, JUMIN_PAYMENT_MANUAL);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (money_count_slips (m), ==, 1);
}

static const struct
{
  const char *path;
  void (*test) (MoneyHall *m, gconstpointer data);
} tests[] = {
  { "/payment-platform/a_phone_scans_the_order", test_a_phone_scans },
  { "/payment-platform/a_phone_shows_a_code", test_a_phone_shows_a_code },
  { "/payment-platform/the_card_s_account_pays", test_the_account_pays },
  { "/payment-platform/a_phone_declines", test_a_phone_declines },
  { "/payment-platform/what_a_company_rejects_goes_back", test_a_company_rejects },
  { "/payment-platform/another_amount_is_no_success", test_another_amount_is_no_success },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, MoneyHall, &wish, money_open, tests[i].test, money_close);
  return g_test_run ();
}

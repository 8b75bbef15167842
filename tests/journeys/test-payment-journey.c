/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills, from the tile to the slip, each way that they can be paid: bills and quotes are the
 * sandbox's, the till and its journal are real, and the bank does what a test wants. */
#include "money-hall.h"

#define TYPED_ACCOUNT "500822334412"

static void
expect_paid (MoneyHall *m)
{
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_PAID);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (money_count_slips (m), ==, 1);
  AWAIT (m->scene->payment->slip == JUMIN_RECEIPT_PRINTED);
}

static void
expect_goodbye (MoneyHall *m)
{
  g_autofree char *payment = g_strdup (m->scene->payment->id);

  money_act (m, "done", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  money_expect_nothing_left (m);
  AWAIT (jumin_till_find (m->till, payment) == NULL);
}

static void
test_a_scanned_order_is_paid (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  g_assert_cmpint (fake_bank_get_way (m->bank), ==, JUMIN_PAY_SCAN);
  g_assert_cmpint (m->scene->payment->fen, ==, m->scene->quote->fen);
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  expect_paid (m);
  money_expect_calls (m, "pay1 state1");
  expect_goodbye (m);
}

static void
test_a_shown_code_pays (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_SHOW);
  g_assert_null (m->scene->payment);
  fake_bank_set_next (m->bank, JUMIN_CHARGE_FULFILLED);
  g_assert_true (money_show_code (m, PAYMENT_CODE));
  /* What was shown is taken once, however long it is held there. */
  g_assert_false (money_show_code (m, PAYMENT_CODE));
  expect_paid (m);
  g_assert_cmpstr (fake_bank_get_code (m->bank), ==, PAYMENT_CODE);
  g_assert_cmpuint (fake_bank_count_orders (m->bank), ==, 2);
  g_assert_cmpuint (fake_bank_count_paid (m->bank), ==, 1);
  g_assert_false (virtual_kiosk_says (&m->kiosk, PAYMENT_CODE));
  expect_goodbye (m);
}

static void
test_the_card_s_account_pays (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  g_assert_nonnull (m->scene->bills->account);
  money_choose_way (m, JUMIN_PAY_ACCOUNT);
  g_assert_null (m->scene->payment); /* it waits for a word */
  fake_bank_set_next (m->bank, JUMIN_CHARGE_FULFILLED);
  money_act (m, "confirm", NULL, NULL);
  expect_paid (m);
  g_assert_true (fake_bank_has_payer (m->bank));
  expect_goodbye (m);
}

static void
test_several_bills_are_one_payment (MoneyHall *m, gconstpointer data)
{
  gint64 sum = 0;

  money_look_up (m, "li-ceshi");
  money_pay (m, 2);
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->payment != NULL);
  g_assert_cmpuint (m->scene->payment->items->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    sum += ((const JuminPayItem *)m->scene->payment->items->pdata[i])->fen;
  g_assert_cmpint (sum, ==, m->scene->payment->fen);
  AWAIT (*m->scene->payment->code != '\0');
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  expect_paid (m);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (((const JuminPayItem *)m->scene->payment->items->pdata[i])->credit, ==,
                     JUMIN_CREDIT_DONE);
}

/* Only a bill that is due, each once, and no more than fit. */
static void
test_nothing_else_can_be_chosen (MoneyHall *m, gconstpointer data)
{
  money_look_up (m, "li-ceshi");
  money_pay_bills (m, (const char *const[]){ NULL });
  money_pay_bills (m, (const char *const[]){ "nonsense", NULL });
  for (guint i = 0; i < m->scene->bills->homes->len; i++)
    {
      const JuminHome *home = m->scene->bills->homes->pdata[i];

      for (guint n = 0; n < home->bills->len; n++)
        {
          const JuminBill *bill = home->bills->pdata[n];

          if (bill->state == JUMIN_BILL_DUE)
            money_pay_bills (m, (const char *const[]){ bill->id, bill->id, NULL });
          else
            money_pay_bills (m, (const char *const[]){ bill->id, NULL });
          g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_BILLS);
        }
    }
  g_assert_null (m->scene->basket);
}

static void
test_more_is_asked_anew (MoneyHall *m, gconstpointer data)
{
  g_autofree char *paid = NULL;

  money_begin (m, "li-ceshi");
  paid = g_strdup (((const JuminPayItem *)m->scene->payment->items->pdata[0])->bill);
  fake_bank_settle (m->bank, JUMIN_CHARGE_PAID); /* no company has it yet */
  money_pass (m, 2);
  expect_paid (m);
  money_act (m, "more", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  g_assert_null (m->scene->payment);
  /* The sandbox knows nothing of what the bank of this test has taken. */
  g_assert_cmpint (jumin_bills_find (m->scene->bills, paid)->state, ==, JUMIN_BILL_HELD);
}

static void
type (MoneyHall *m, const char *digits)
{
  for (; *digits != '\0'; digits++)
    money_act (m, "type", "value", (char[]){ *digits, '\0' });
}

static void
test_another_household_is_found_by_its_number (MoneyHall *m, gconstpointer data)
{
  const JuminBillers *billers = m->scene->billers;
  const JuminBiller *biller = billers->list->pdata[0];
  guint homes;

  money_look_up (m, "li-ceshi");
  homes = m->scene->bills->homes->len;
  money_act (m, "other", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_ACCOUNT);
  money_act (m, "type", "value", "1"); /* of whom? */
  g_assert_cmpuint (jumin_secret_get_length (m->scene->typed), ==, 0);
  money_act (m, "biller", "id", biller->id);
  type (m, "99");
  money_act (m, "find", NULL, NULL); /* too short */
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_ACCOUNT);
  money_act (m, "type", "value", "clear");
  for (int i = 0; i <= biller->account_max; i++)
    money_act (m, "type", "value", "9");
  g_assert_cmpuint (jumin_secret_get_length (m->scene->typed), ==, (guint)biller->account_max);
  money_act (m, "find", NULL, NULL);
  AWAIT (m->scene->typed_is == JUMIN_TYPED_WRONG);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_ACCOUNT);
  money_act (m, "type", "value", "clear");
  g_assert_cmpint (m->scene->typed_is, ==, JUMIN_TYPED_FINE);
  type (m, TYPED_ACCOUNT);
  money_act (m, "find", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  g_assert_null (m->scene->typed);
  g_assert_cmpuint (m->scene->bills->homes->len, ==, homes + 1);
  money_act (m, "other", NULL, NULL);
  money_act (m, "back", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_BILLS);
  g_assert_null (m->scene->typed);
}

static void
expect_told (MoneyHall *m, JuminTrouble trouble)
{
  g_assert_true (m->scene->code_told);
  g_assert_cmpint (m->scene->code_trouble, ==, trouble);
  g_assert_null (m->scene->payment);
}

static void
test_codes_of_other_kinds_do_not_pay (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  g_assert_false (money_show_code (m, PAYMENT_CODE)); /* nobody looks */
  money_choose_way (m, JUMIN_PAY_SHOW);
  g_assert_true (money_show_code (m, CITY_CODE));
  expect_told (m, JUMIN_TROUBLE_SHOWN_IDENTITY);
  g_assert_true (money_show_code (m, "https://qr.alipay.com/a-shop"));
  expect_told (m, JUMIN_TROUBLE_SHOWN_UNPAYABLE);
  g_assert_true (money_show_code (m, "JUMIN-DOC/1 a paper"));
  expect_told (m, JUMIN_TROUBLE_SHOWN_UNPAYABLE);
  money_expect_calls (m, "pay1 state1 close1");
}

static void
test_a_code_is_good_once (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_SHOW);
  fake_bank_set_next (m->bank, JUMIN_CHARGE_DECLINED);
  money_show_code (m, PAYMENT_CODE);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_NOT_PAID);
  g_assert_cmpuint (money_count_slips (m), ==, 0);
  money_act (m, "again", NULL, NULL);
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->quote != NULL);
  g_assert_cmpint (m->scene->way, ==, JUMIN_PAY_SHOW);
  g_assert_true (money_show_code (m, PAYMENT_CODE));
  expect_told (m, JUMIN_TROUBLE_SHOWN_EXPIRED);
  fake_bank_set_next (m->bank, JUMIN_CHARGE_FULFILLED);
  g_assert_true (money_show_code (m, OTHER_PAYMENT_CODE));
  expect_paid (m);
}

/* The second tap is on a page that is no more. */
static void
test_a_double_tap_begins_once (MoneyHall *m, gconstpointer data)
{
  guint64 page;
  g_autoptr (GVariant) values = NULL;
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);

  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_ACCOUNT);
  page = m->scene->page_number;
  values = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_assert_true (jumin_terminal_act (m->kiosk.terminal, "confirm", page, values));
  jumin_clock_advance (m->hall->clock, 50);
  g_assert_false (jumin_terminal_act (m->kiosk.terminal, "confirm", page, values));
  money_act (m, "confirm", NULL, NULL);
  money_pass (m, 1);
  money_expect_calls (m, "pay1 state1 close1 pay2 state2");
}

static const struct
{
  const char *path;
  void (*test) (MoneyHall *m, gconstpointer data);
} tests[] = {
  { "/payment-journey/a_scanned_order_is_paid", test_a_scanned_order_is_paid },
  { "/payment-journey/a_shown_code_pays", test_a_shown_code_pays },
  { "/payment-journey/the_card_s_account_pays", test_the_card_s_account_pays },
  { "/payment-journey/several_bills_are_one_payment", test_several_bills_are_one_payment },
  { "/payment-journey/nothing_else_can_be_chosen", test_nothing_else_can_be_chosen },
  { "/payment-journey/more_is_asked_anew", test_more_is_asked_anew },
  { "/payment-journey/another_household_is_found_by_its_number",
    test_another_household_is_found_by_its_number },
  { "/payment-journey/codes_of_other_kinds_do_not_pay", test_codes_of_other_kinds_do_not_pay },
  { "/payment-journey/a_code_is_good_once", test_a_code_is_good_once },
  { "/payment-journey/a_double_tap_begins_once", test_a_double_tap_begins_once },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, MoneyHall, NULL, money_open, tests[i].test, money_close);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sandbox's money: a key is charged once, a closed one never; a bill belongs to one order; and
 * all postings together are nothing. */
#include "till-fixture.h"

#define WECHAT_CODE "134512345678901234"
#define ALIPAY_CODE "2851234567890123456"

static void
test_scan (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminCharge) order = till_fixture_pay (&self, "k1", JUMIN_PAY_SCAN, NULL);

  g_assert_cmpint (order->state, ==, JUMIN_CHARGE_PENDING);
  g_assert_true (g_str_has_prefix (order->code, "https://"));
  g_assert_cmpstr (order->transaction, ==, "");
  g_assert_cmpuint (order->items->len, ==, 0);
  g_assert_cmpint (till_fixture_bill (&self, TILL_POWER), ==, JUMIN_BILL_HELD);
  self.now += 5;
  g_assert_true (jumin_till_ledger_phone_pay (self.ledger, NULL, "alipay", self.now));
  g_assert_false (jumin_till_ledger_phone_pay (self.ledger, NULL, "alipay", self.now));
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "payer:alipay"), ==, -TILL_FEN);
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "linjiang-pay"), ==, TILL_FEN);
  g_autoptr (JuminCharge) paid = jumin_till_ledger_state (self.ledger, "k1", self.now + 1, NULL);
  g_assert_cmpint (paid->state, ==, JUMIN_CHARGE_PAID);
  g_assert_cmpstr (paid->channel, ==, "alipay");
  g_assert_cmpstr (paid->code, ==, "");
  g_assert_true (g_str_has_prefix (paid->receipt, "https://"));
  g_assert_cmpint (paid->paid_at, ==, self.now);
  g_assert_cmpuint (paid->items->len, ==, 2);
  self.now += TILL_CREDIT_S;
  g_autoptr (JuminCharge) done = jumin_till_ledger_state (self.ledger, "k1", self.now, NULL);
  g_assert_cmpint (done->state, ==, JUMIN_CHARGE_FULFILLED);
  g_assert_cmpint (((JuminPayItem *)done->items->pdata[0])->credit, ==, JUMIN_CREDIT_DONE);
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "biller:power"), ==, 12640);
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "linjiang-pay"), ==, 0);
  g_assert_cmpint (till_fixture_bill (&self, TILL_WATER), ==, JUMIN_BILL_PAID);
  till_fixture_tear_down (&self);
}

static void
test_show (void)
{
  static const struct
  {
    const char *code, *channel;
  } codes[] = { { WECHAT_CODE, "wechat" },
                { ALIPAY_CODE, "alipay" },
                { "6212345678901234567", "unionpay" },
                { "0112345678901234567", "ecny" } };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      TillFixture self;
      till_fixture_set_up (&self, FALSE);
      g_autoptr (JuminCharge) paid = till_fixture_pay (&self, "k1", JUMIN_PAY_SHOW, codes[i].code);

      g_assert_cmpint (paid->state, ==, JUMIN_CHARGE_PAID);
      g_assert_cmpstr (paid->channel, ==, codes[i].channel);
      till_fixture_tear_down (&self);
    }
}

/* More than a small amount waits for the phone; a code is good once, and no number at all. */
static void
test_codes (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);

  jumin_till_ledger_put_bill (self.ledger, TILL_POWER, "power", TILL_SMALL_FEN);
  const char *const dear[] = { TILL_POWER "-100000", TILL_WATER "-5860", NULL };
  g_autoptr (JuminQuote) quote
      = jumin_till_ledger_quote (self.ledger, TILL_TERMINAL, dear, self.now, NULL);
  JuminTillOrder order = { .payment = "k1",
                           .terminal = TILL_TERMINAL,
                           .digest = "d",
                           .quote = quote->id,
                           .way = JUMIN_PAY_SHOW,
                           .code = WECHAT_CODE,
                           .fen = quote->fen };
  g_autoptr (JuminCharge) waits = till_fixture_order (&self, &order);
  g_assert_cmpint (waits->state, ==, JUMIN_CHARGE_PENDING);
  g_assert_cmpstr (waits->code, ==, "");
  g_assert_true (jumin_till_ledger_phone_decline (self.ledger, "k1", self.now));
  g_autoptr (JuminCharge) declined = jumin_till_ledger_state (self.ledger, "k1", self.now, NULL);
  g_assert_cmpint (declined->state, ==, JUMIN_CHARGE_DECLINED);
  g_assert_cmpstr (declined->reason, ==, "other");
  g_assert_cmpint (till_fixture_bill (&self, TILL_POWER), ==, JUMIN_BILL_DUE);
  jumin_till_ledger_put_bill (self.ledger, TILL_POWER, "power", 12640);
  g_autoptr (JuminCharge) strange
      = till_fixture_pay (&self, "k2", JUMIN_PAY_SHOW, "994512345678901234");
  g_assert_cmpstr (strange->reason, ==, "code");
  g_autoptr (JuminCharge) paid = till_fixture_pay (&self, "k3", JUMIN_PAY_SHOW, ALIPAY_CODE);
  g_assert_cmpint (paid->state, ==, JUMIN_CHARGE_PAID);
  jumin_till_ledger_put_bill (self.ledger, "h2-gas-202608", "gas", 4320);
  const char *const gas[] = { "h2-gas-202608-4320", NULL };
  g_autoptr (JuminQuote) other
      = jumin_till_ledger_quote (self.ledger, TILL_TERMINAL, gas, self.now, NULL);
  order = (JuminTillOrder){ .payment = "k4",
                            .terminal = TILL_TERMINAL,
                            .digest = "d",
                            .quote = other->id,
                            .way = JUMIN_PAY_SHOW,
                            .code = ALIPAY_CODE,
                            .fen = other->fen };
  g_autoptr (JuminCharge) again = till_fixture_order (&self, &order);
  g_assert_cmpstr (again->reason, ==, "code");
  till_fixture_tear_down (&self);
}

static void
test_account (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  static const struct
  {
    const char *payment, *payer, *declined, *reason;
  } orders[] = { { "k1", NULL, NULL, "agreement" },
                 { "k2", "card:poor", NULL, "funds" },
                 { "k3", "card:rich", "limit", "limit" },
                 { "k4", "card:rich", NULL, "" } };

  jumin_till_ledger_open_account (self.ledger, "card:poor", TILL_FEN - 1);
  for (int i = 0; i < 2; i++)
    jumin_till_ledger_open_account (self.ledger, "card:rich", TILL_FEN);
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (JuminQuote) quote = till_fixture_quote (&self, TILL_TERMINAL);
      JuminTillOrder order = { .payment = orders[i].payment,
                               .terminal = TILL_TERMINAL,
                               .digest = "d",
                               .quote = quote->id,
                               .way = JUMIN_PAY_ACCOUNT,
                               .payer = orders[i].payer,
                               .declined = orders[i].declined,
                               .fen = quote->fen };
      g_autoptr (JuminCharge) charge = till_fixture_order (&self, &order);

      g_assert_cmpstr (charge->reason, ==, orders[i].reason);
      g_assert_cmpint (jumin_till_ledger_count_charges (self.ledger, orders[i].payment), ==,
                       *orders[i].reason == '\0' ? 1 : 0);
    }
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "card:rich"), ==, 0);
  g_assert_cmpint (jumin_till_ledger_get_net (self.ledger, "k4"), ==, TILL_FEN);
  till_fixture_tear_down (&self);
}

static void
test_idempotency (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminQuote) quote = till_fixture_quote (&self, TILL_TERMINAL);
  JuminTillOrder order = { .payment = "k1",
                           .terminal = TILL_TERMINAL,
                           .digest = "one",
                           .quote = quote->id,
                           .way = JUMIN_PAY_SHOW,
                           .code = WECHAT_CODE,
                           .fen = quote->fen };
  gboolean is_new = FALSE;

  g_autoptr (JuminCharge) first
      = jumin_till_ledger_pay (self.ledger, &order, self.now, &is_new, NULL);
  g_assert_true (is_new);
  self.now += TILL_QUOTE_S;
  g_autoptr (JuminCharge) again
      = jumin_till_ledger_pay (self.ledger, &order, self.now, &is_new, NULL);
  g_assert_false (is_new);
  g_assert_cmpint (again->state, ==, JUMIN_CHARGE_PAID);
  g_assert_cmpstr (again->transaction, ==, first->transaction);
  g_assert_cmpint (again->paid_at, ==, first->paid_at);
  g_assert_cmpint (jumin_till_ledger_count_charges (self.ledger, "k1"), ==, 1);
  order.digest = "two";
  till_fixture_refuse (&self, &order, JUMIN_TILL_ERROR_KEY_REUSED);
  order.payment = "k2";
  till_fixture_refuse (&self, &order, JUMIN_TILL_ERROR_QUOTE_UNKNOWN);
  g_assert_cmpint (till_fixture_ask (&self, "k2", FALSE), ==, JUMIN_CHARGE_NOT_FOUND);
  till_fixture_tear_down (&self);
}

static void
test_quotes (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminQuote) quote = till_fixture_quote (&self, TILL_TERMINAL);
  JuminTillOrder order = { .payment = "k1",
                           .terminal = TILL_TERMINAL,
                           .digest = "d",
                           .quote = quote->id,
                           .way = JUMIN_PAY_SCAN,
                           .fen = quote->fen };
  JuminTillOrder wrong = order;

  g_assert_true (g_uuid_string_is_valid (quote->id));
  g_assert_true (g_regex_match_simple ("^JM202609161028[0-9]{4}0003$", quote->number, 0, 0));
  wrong.fen--;
  till_fixture_refuse (&self, &wrong, JUMIN_TILL_ERROR_QUOTE_UNKNOWN);
  wrong = order;
  wrong.terminal = "T-0004";
  till_fixture_refuse (&self, &wrong, JUMIN_TILL_ERROR_QUOTE_UNKNOWN);
  wrong = order;
  wrong.quote = "nothing";
  till_fixture_refuse (&self, &wrong, JUMIN_TILL_ERROR_QUOTE_UNKNOWN);
  self.now = quote->expires_at;
  till_fixture_refuse (&self, &order, JUMIN_TILL_ERROR_QUOTE_EXPIRED);
  self.now--;
  g_autoptr (JuminCharge) last = till_fixture_order (&self, &order);
  g_assert_cmpint (last->state, ==, JUMIN_CHARGE_PENDING);
  /* Its order ends with it. */
  self.now++;
  g_assert_false (jumin_till_ledger_phone_pay (self.ledger, "k1", NULL, self.now));
  g_assert_cmpint (till_fixture_ask (&self, "k1", FALSE), ==, JUMIN_CHARGE_CLOSED);
  /* When the amount is another one, it is another bill. */
  g_assert_false (jumin_till_ledger_put_bill (self.ledger, TILL_POWER, "power", 12652));
  g_autoptr (GError) error = NULL;
  g_assert_null (
      jumin_till_ledger_quote (self.ledger, TILL_TERMINAL, TILL_BILLS, self.now, &error));
  g_assert_error (error, JUMIN_TILL_ERROR, JUMIN_TILL_ERROR_BILL_TAKEN);
  till_fixture_tear_down (&self);
}

static void
test_tombstones (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);

  g_assert_cmpint (till_fixture_ask (&self, "k1", FALSE), ==, JUMIN_CHARGE_NOT_FOUND);
  for (int i = 0; i < 2; i++)
    g_assert_cmpint (till_fixture_ask (&self, "k1", TRUE), ==, JUMIN_CHARGE_CLOSED);
  g_autoptr (JuminCharge) late = till_fixture_pay (&self, "k1", JUMIN_PAY_SHOW, WECHAT_CODE);
  g_assert_cmpint (late->state, ==, JUMIN_CHARGE_CLOSED);
  g_assert_null (late->quote);
  g_assert_cmpint (late->fen, ==, 0);
  g_assert_cmpint (jumin_till_ledger_count_charges (self.ledger, "k1"), ==, 0);
  g_assert_cmpint (till_fixture_bill (&self, TILL_POWER), ==, JUMIN_BILL_DUE);
  till_fixture_tear_down (&self);
}

/* PAY-09: a second terminal, and a second tap, while the first order is not ended. */
static void
test_locks (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminQuote) one = till_fixture_quote (&self, TILL_TERMINAL);
  g_autoptr (JuminQuote) two = till_fixture_quote (&self, "T-0004");
  g_autoptr (JuminQuote) three = till_fixture_quote (&self, TILL_TERMINAL);
  const JuminQuote *quotes[] = { one, two, three };
  JuminTillOrder orders[G_N_ELEMENTS (quotes)];
  static const char *const payments[] = { "k1", "k2", "k3" };

  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    orders[i] = (JuminTillOrder){ .payment = payments[i],
                                  .terminal = quotes[i]->terminal,
                                  .digest = payments[i],
                                  .quote = quotes[i]->id,
                                  .way = JUMIN_PAY_SCAN,
                                  .fen = quotes[i]->fen };
  g_autoptr (JuminCharge) first = till_fixture_order (&self, &orders[0]);
  for (int i = 1; i < 3; i++)
    till_fixture_refuse (&self, &orders[i], JUMIN_TILL_ERROR_BILL_TAKEN);
  g_autoptr (GError) error = NULL;
  g_assert_null (jumin_till_ledger_quote (self.ledger, "T-0004", TILL_BILLS, self.now, &error));
  g_assert_error (error, JUMIN_TILL_ERROR, JUMIN_TILL_ERROR_BILL_TAKEN);
  /* Closed: the next one has them; nobody paid that: the third has them, and for good. */
  g_assert_cmpint (till_fixture_ask (&self, "k1", TRUE), ==, JUMIN_CHARGE_CLOSED);
  g_autoptr (JuminCharge) second = till_fixture_order (&self, &orders[1]);
  g_assert_cmpint (second->state, ==, JUMIN_CHARGE_PENDING);
  self.now += TILL_ORDER_S;
  g_autoptr (JuminCharge) third = till_fixture_order (&self, &orders[2]);
  g_assert_cmpint (till_fixture_ask (&self, "k2", FALSE), ==, JUMIN_CHARGE_CLOSED);
  g_assert_true (jumin_till_ledger_phone_pay (self.ledger, "k3", NULL, self.now));
  g_assert_false (jumin_till_ledger_phone_pay (self.ledger, "k2", NULL, self.now));
  g_assert_cmpint (jumin_till_ledger_count_payers (self.ledger, TILL_POWER), ==, 1);
  g_assert_cmpint (till_fixture_bill (&self, TILL_POWER), ==, JUMIN_BILL_PAID);
  till_fixture_tear_down (&self);
}

static void
test_elsewhere (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (GError) error = NULL;

  jumin_till_ledger_mark_bill (self.ledger, TILL_POWER, JUMIN_BILL_HELD, 0);
  g_assert_cmpint (till_fixture_bill (&self, TILL_POWER), ==, JUMIN_BILL_HELD);
  jumin_till_ledger_mark_bill (self.ledger, TILL_WATER, JUMIN_BILL_PAID, TILL_NOW - 60);
  g_autoptr (JuminTillBill) water = jumin_till_ledger_find_bill (self.ledger, TILL_WATER, self.now);
  g_assert_cmpint (water->state, ==, JUMIN_BILL_PAID);
  g_assert_cmpint (water->paid_at, ==, TILL_NOW - 60);
  g_assert_cmpstr (water->id, ==, TILL_WATER "-5860");
  g_assert_null (jumin_till_ledger_find_bill (self.ledger, "nothing", self.now));
  g_assert_null (
      jumin_till_ledger_quote (self.ledger, TILL_TERMINAL, TILL_BILLS, self.now, &error));
  g_assert_error (error, JUMIN_TILL_ERROR, JUMIN_TILL_ERROR_BILL_TAKEN);
  till_fixture_tear_down (&self);
}

static void
test_refunds (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);

  jumin_till_ledger_set_rejects (self.ledger, "water", TRUE);
  g_autoptr (JuminCharge) paid = till_fixture_pay (&self, "k1", JUMIN_PAY_SHOW, WECHAT_CODE);
  self.now += TILL_CREDIT_S;
  g_autoptr (JuminCharge) partly = jumin_till_ledger_state (self.ledger, "k1", self.now, NULL);
  g_assert_cmpint (partly->state, ==, JUMIN_CHARGE_FULFILLED);
  g_assert_cmpint (((JuminPayItem *)partly->items->pdata[0])->credit, ==, JUMIN_CREDIT_DONE);
  g_assert_cmpint (((JuminPayItem *)partly->items->pdata[1])->credit, ==, JUMIN_CREDIT_REFUNDED);
  g_assert_cmpint (jumin_till_ledger_get_net (self.ledger, "k1"), ==, 12640);
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "linjiang-pay"), ==, 0);
  g_assert_cmpint (jumin_till_ledger_count_payers (self.ledger, TILL_WATER), ==, 0);
  /* It is due again. */
  const char *const water[] = { TILL_WATER "-5860", NULL };
  g_autoptr (JuminQuote) quote
      = jumin_till_ledger_quote (self.ledger, TILL_TERMINAL, water, self.now, NULL);
  JuminTillOrder order = { .payment = "k2",
                           .terminal = TILL_TERMINAL,
                           .digest = "d",
                           .quote = quote->id,
                           .way = JUMIN_PAY_SHOW,
                           .code = ALIPAY_CODE,
                           .fen = quote->fen };
  g_autoptr (JuminCharge) again = till_fixture_order (&self, &order);
  self.now += TILL_CREDIT_S;
  g_assert_cmpint (till_fixture_ask (&self, "k2", TRUE), ==, JUMIN_CHARGE_REFUNDED);
  g_assert_cmpint (jumin_till_ledger_get_net (self.ledger, "k2"), ==, 0);
  jumin_till_ledger_set_rejects (self.ledger, "water", FALSE);
  g_assert_cmpint (till_fixture_bill (&self, TILL_WATER), ==, JUMIN_BILL_DUE);
  till_fixture_tear_down (&self);
}

static void
test_list (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminCharge) first = till_fixture_pay (&self, "k1", JUMIN_PAY_SCAN, NULL);

  g_assert_cmpint (till_fixture_ask (&self, "k1", TRUE), ==, JUMIN_CHARGE_CLOSED);
  g_assert_cmpint (till_fixture_ask (&self, "stone", TRUE), ==, JUMIN_CHARGE_CLOSED);
  g_autoptr (JuminCharge) second = till_fixture_pay (&self, "k2", JUMIN_PAY_SHOW, WECHAT_CODE);
  g_autoptr (GPtrArray) list
      = jumin_till_ledger_list (self.ledger, TILL_TERMINAL, TILL_DAY, self.now);
  g_assert_cmpuint (list->len, ==, 2);
  const JuminCharge *closed = list->pdata[0], *paid = list->pdata[1];
  g_assert_cmpstr (closed->payment, ==, "k1");
  g_assert_cmpint (closed->state, ==, JUMIN_CHARGE_CLOSED);
  g_assert_cmpint (closed->fen, ==, TILL_FEN);
  g_assert_cmpint (closed->paid_at, ==, 0);
  g_assert_cmpint (paid->state, ==, JUMIN_CHARGE_PAID);
  g_assert_cmpint (paid->paid_at, ==, self.now);
  g_autoptr (GPtrArray) others = jumin_till_ledger_list (self.ledger, "T-0004", TILL_DAY, self.now);
  g_autoptr (GPtrArray) yesterday
      = jumin_till_ledger_list (self.ledger, TILL_TERMINAL, TILL_DAY - 1, self.now);
  g_assert_cmpuint (others->len + yesterday->len, ==, 0);
  g_autofree char *newest = jumin_till_ledger_dup_newest (self.ledger, NULL);
  g_autofree char *before = jumin_till_ledger_dup_newest (self.ledger, "k2");
  g_assert_cmpstr (newest, ==, "k2");
  g_assert_cmpstr (before, ==, "k1");
  till_fixture_tear_down (&self);
}

static void
test_reset (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminQuote) quote = till_fixture_quote (&self, TILL_TERMINAL);
  g_autoptr (JuminCharge) paid = till_fixture_pay (&self, "k1", JUMIN_PAY_SHOW, WECHAT_CODE);

  jumin_till_ledger_reset (self.ledger, 1);
  g_assert_cmpint (till_fixture_ask (&self, "k1", FALSE), ==, JUMIN_CHARGE_NOT_FOUND);
  g_assert_cmpint (jumin_till_ledger_get_account (self.ledger, "linjiang-pay"), ==, 0);
  jumin_till_ledger_put_bill (self.ledger, TILL_POWER, "power", 12640);
  jumin_till_ledger_put_bill (self.ledger, TILL_WATER, "water", 5860);
  g_autoptr (JuminQuote) same = till_fixture_quote (&self, TILL_TERMINAL);
  g_assert_cmpstr (same->id, ==, quote->id);
  till_fixture_tear_down (&self);
}

/* PAY-07, as the demonstration does it. */
static void
test_late_scan (void)
{
  TillFixture self;
  till_fixture_set_up (&self, FALSE);
  g_autoptr (JuminCharge) order = till_fixture_pay (&self, "k1", JUMIN_PAY_SCAN, NULL);

  g_assert_true (jumin_till_ledger_phone_pay_late (self.ledger, NULL, self.now));
  g_assert_cmpint (till_fixture_ask (&self, "k1", FALSE), ==, JUMIN_CHARGE_PENDING);
  g_assert_cmpint (till_fixture_ask (&self, "k1", TRUE), ==, JUMIN_CHARGE_PAID);
  g_assert_cmpint (jumin_till_ledger_get_net (self.ledger, "k1"), ==, TILL_FEN);
  till_fixture_tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-ledger/a_scanned_order_is_paid_and_credited", test_scan);
  g_test_add_func ("/till-ledger/a_shown_code_names_its_channel", test_show);
  g_test_add_func ("/till-ledger/a_code_is_good_once_and_much_money_waits", test_codes);
  g_test_add_func ("/till-ledger/an_account_pays_by_agreement_what_it_has", test_account);
  g_test_add_func ("/till-ledger/a_key_is_one_payment", test_idempotency);
  g_test_add_func ("/till-ledger/a_quote_is_good_for_one_terminal_and_a_while", test_quotes);
  g_test_add_func ("/till-ledger/a_closed_key_is_never_charged", test_tombstones);
  g_test_add_func ("/till-ledger/a_bill_belongs_to_one_order", test_locks);
  g_test_add_func ("/till-ledger/what_is_paid_elsewhere_is_not_paid_here", test_elsewhere);
  g_test_add_func ("/till-ledger/what_a_biller_rejects_goes_back", test_refunds);
  g_test_add_func ("/till-ledger/a_day_is_listed_without_tombstones", test_list);
  g_test_add_func ("/till-ledger/a_reset_ledger_is_as_new", test_reset);
  g_test_add_func ("/till-ledger/a_phone_pays_just_before_the_close", test_late_scan);
  return g_test_run ();
}

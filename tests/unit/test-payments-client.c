/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of bills and payments without its network: what it asks, and what it takes (PAY-08).
 */
#include <string.h>

#include "payments-fixture.h"

/* PAY-08: what the platform did sign is the cashier's, however wrong it is. */
static void
test_a_signed_charge_is_handed_on_as_it_is (PaymentsFixture *f, gconstpointer data)
{
  static const PaymentsCharge charges[] = {
    { 0 },
    { .fen = 18499 },
    { .fen = 18501 },
    { .fen = 1 },
    { .fen = 9999999999999 },
    { .payee = "somebody" },
    { .payment = OTHER },
    { .quote = OTHER },
    { .state = JUMIN_CHARGE_FULFILLED, .fen = 18600 },
    { .state = JUMIN_CHARGE_REFUNDED, .payee = "somebody" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (charges); i++)
    for (int question = PAY_SCAN; question <= CLOSE; question++)
      {
        const PaymentsCharge *made = &charges[i];
        g_autofree char *body = payments_dup_charge (f, made);
        g_autoptr (GError) error = NULL;
        g_autoptr (JuminCharge) charge = NULL;

        f->body = body;
        charge = payments_ask (f, (PaymentsQuestion)question, &error);
        g_assert_no_error (error);
        g_assert_cmpint (charge->fen, ==, made->fen != 0 ? made->fen : 18500);
        g_assert_cmpstr (charge->payee, ==, made->payee != NULL ? made->payee : "linjiang");
        g_assert_cmpstr (charge->payment, ==, made->payment != NULL ? made->payment : PAYMENT);
        g_assert_cmpstr (charge->quote, ==, made->quote != NULL ? made->quote : QUOTE);
        g_assert_cmpint (charge->state, ==, made->state != 0 ? made->state : JUMIN_CHARGE_PAID);
        g_assert_cmpint (charge->paid_at, ==, 1789525724);
        g_assert_cmpuint (charge->items->len, ==, 1);
      }
}

/* PAY-08: what it did not sign for this machine says nothing. */
static void
test_an_unsigned_charge_says_nothing (PaymentsFixture *f, gconstpointer data)
{
  static const PaymentsCharge charges[] = {
    { .stranger = TRUE },
    { .terminal = "T-0004" },
    { .terminal = "" },
    { .stranger = TRUE, .fen = 1 },
  };
  static const char *const changes[][2] = {
    { "\"fen\":\"18500\"", "\"fen\":\"18501\"" },
    { "\"payee\":\"linjiang\"", "\"payee\":\"somebody\"" },
    { "\"state\":\"paid\"", "\"state\":\"fulfilled\"" },
    { PAYMENT, OTHER },
    { QUOTE, OTHER },
    { "\"credit\":\"done\"", "\"credit\":\"refunded\"" },
    { "\"paid_at\":1789525724", "\"paid_at\":1789525725" },
    { "\"transaction\":\"42000001\"", "\"transaction\":null" },
  };
  g_autofree char *good = payments_dup_charge (f, &(PaymentsCharge){ 0 });

  for (gsize i = 0; i < G_N_ELEMENTS (charges); i++)
    {
      g_autofree char *body = payments_dup_charge (f, &charges[i]);

      f->body = body;
      for (int question = PAY_SCAN; question <= CLOSE; question++)
        payments_assert_failure (f, (PaymentsQuestion)question, JUMIN_FAILURE_PLATFORM_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) body = g_string_new (good);

      g_assert_cmpuint (g_string_replace (body, changes[i][0], changes[i][1], 1), ==, 1);
      f->body = body->str;
      for (int question = PAY_SCAN; question <= CLOSE; question++)
        payments_assert_failure (f, (PaymentsQuestion)question, JUMIN_FAILURE_PLATFORM_INVALID);
    }
}

static void
test_what_is_sent (PaymentsFixture *f, gconstpointer data)
{
  static const struct
  {
    PaymentsQuestion question;
    const char *path, *body, *key;
  } requests[] = {
    { LIST_BILLS, "/bills/list", "{\"id_number\":\"" ID_NUMBER "\"}", NULL },
    { FIND_BILLS, "/bills/find", "{\"biller\":\"power\",\"account\":\"500812345640\"}", NULL },
    { MAKE_QUOTE, "/payments/quotes", "{\"bills\":[\"power-1\",\"water-1\"]}", NULL },
    { PAY_SCAN, "/payments",
      "{\"quote\":\"" QUOTE "\",\"fen\":\"18500\",\"way\":\"scan\",\"code\":null,\"id_number\":"
      "null}",
      PAYMENT },
    { PAY_SHOW, "/payments",
      "{\"quote\":\"" QUOTE "\",\"fen\":\"18500\",\"way\":\"show\",\"code\":\"" CODE
      "\",\"id_number\":null}",
      PAYMENT },
    { PAY_ACCOUNT, "/payments",
      "{\"quote\":\"" QUOTE "\",\"fen\":\"18500\",\"way\":\"account\",\"code\":null,"
      "\"id_number\":\"" ID_NUMBER "\"}",
      PAYMENT },
    { GET_STATE, "/payments/state", "{\"payment\":\"" PAYMENT "\"}", NULL },
    { CLOSE, "/payments/close", "{\"payment\":\"" PAYMENT "\"}", NULL },
    { LIST_PAYMENTS, "/payments/list", "{\"day\":\"2026-09-16\"}", NULL },
  };

  g_assert_cmpuint (G_N_ELEMENTS (requests), ==, N_QUESTIONS);
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      /* Silence: each is sent once, and so is what is sent again the same. */
      for (guint again = 0; again < 2; again++)
        {
          f->asked = 0;
          payments_assert_failure (f, requests[i].question, JUMIN_FAILURE_PLATFORM_SILENT);
          g_assert_cmpuint (f->asked, ==, 1);
          g_assert_cmpstr (f->path, ==, requests[i].path);
          g_assert_cmpstr (f->sent, ==, requests[i].body);
          g_assert_cmpstr (f->idempotency, ==, requests[i].key);
        }
    }
}

/* Only what says that nothing was taken means so. */
static void
test_refusals (PaymentsFixture *f, gconstpointer data)
{
  static const struct
  {
    PaymentsQuestion question;
    guint status;
    const char *code;
    JuminFailure failure;
  } refusals[] = {
    { LIST_BILLS, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { FIND_BILLS, 404, "account_unknown", JUMIN_FAILURE_ACCOUNT_UNKNOWN },
    { FIND_BILLS, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { MAKE_QUOTE, 409, "bill_taken", JUMIN_FAILURE_BILL_TAKEN },
    { MAKE_QUOTE, 409, "biller_closed", JUMIN_FAILURE_BILLER_CLOSED },
    { PAY_SCAN, 409, "bill_taken", JUMIN_FAILURE_PAYMENT_REFUSED },
    { PAY_SCAN, 409, "biller_closed", JUMIN_FAILURE_PAYMENT_REFUSED },
    { PAY_SCAN, 422, "quote_expired", JUMIN_FAILURE_PAYMENT_REFUSED },
    { PAY_SCAN, 422, "quote_unknown", JUMIN_FAILURE_PAYMENT_REFUSED },
    { PAY_SCAN, 422, "key_reused", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 401, "signature", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 400, "bad_request", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 413, "too_large", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 400, "bill_taken", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 409, "quote_expired", JUMIN_FAILURE_PLATFORM_REFUSED },
    { PAY_SCAN, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { PAY_SCAN, 500, "internal", JUMIN_FAILURE_PLATFORM_SILENT },
    { GET_STATE, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { CLOSE, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { LIST_PAYMENTS, 503, "service_down", JUMIN_FAILURE_SERVICE_DOWN },
    { CLOSE, 404, "not_found", JUMIN_FAILURE_PLATFORM_REFUSED },
    { GET_STATE, 404, "dance", JUMIN_FAILURE_PLATFORM_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *body
          = g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"message\":\"no\"}}", refusals[i].code);

      f->body = body;
      f->status = refusals[i].status;
      payments_assert_failure (f, refusals[i].question, refusals[i].failure);
    }
}

static void
test_quotes (PaymentsFixture *f, gconstpointer data)
{
  g_autofree char *good = payments_dup_quote (f, "\"12640\"", "\"5860\"", "\"18500\"", "water-1");
  g_autofree char *other = payments_dup_quote (f, "\"12640\"", "\"5860\"", "\"18500\"", "gas-1");
  g_autofree char *twice = payments_dup_quote (f, "\"12640\"", "\"5860\"", "\"18500\"", "power-1");
  g_autofree char *less = payments_dup_quote (f, "\"12640\"", "\"5860\"", "\"18499\"", "water-1");
  g_autoptr (GString) forged = g_string_new (good);
  g_autoptr (JuminQuote) quote = NULL;
  g_autoptr (GError) error = NULL;

  f->body = good;
  quote = payments_ask (f, MAKE_QUOTE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (quote->fen, ==, 18500);
  g_assert_cmpuint (quote->items->len, ==, 2);
  g_string_replace (forged, "linjiang", "somebody", 1);
  for (guint i = 0; i < 4; i++)
    {
      f->body = ((const char *[]){ other, twice, less, forged->str })[i];
      payments_assert_failure (f, MAKE_QUOTE, JUMIN_FAILURE_PLATFORM_INVALID);
    }
}

static void
test_bills (PaymentsFixture *f, gconstpointer data)
{
  g_autoptr (JuminBills) mine = NULL, found = NULL;
  g_autoptr (GString) both = g_string_new (BILLS ("\"18500\"", "\"100\""));
  g_autoptr (GError) error = NULL;
  const JuminBill *bill;

  f->body = both->str;
  g_string_replace (both, "\"account\":null", "\"account\":\"0417\"", 1);
  mine = payments_ask (f, LIST_BILLS, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mine->account, ==, "0417");
  g_assert_true (((JuminHome *)mine->homes->pdata[0])->own);
  bill = jumin_bills_find (mine, "b-1");
  g_assert_cmpint (bill->fen, ==, 18500);
  g_assert_cmpint (bill->late_fen, ==, 100);
  g_assert_cmpint (bill->state, ==, JUMIN_BILL_DUE);
  /* Whoever types an account number is nobody in particular. */
  found = payments_ask (f, FIND_BILLS, &error);
  g_assert_no_error (error);
  g_assert_null (found->account);
  g_assert_false (((JuminHome *)found->homes->pdata[0])->own);
  f->body = "{\"as_of\":1,\"account\":null,\"homes\":[]}";
  payments_assert_failure (f, FIND_BILLS, JUMIN_FAILURE_PLATFORM_INVALID);
  /* More late fee than there is to pay, and a state without its time. */
  f->body = BILLS ("\"99\"", "\"100\"");
  payments_assert_failure (f, LIST_BILLS, JUMIN_FAILURE_PLATFORM_INVALID);
  g_string_replace (both, "\"due\"", "\"paid\"", 1);
  f->body = both->str;
  payments_assert_failure (f, LIST_BILLS, JUMIN_FAILURE_PLATFORM_INVALID);
}

static void
test_the_day_that_was_asked_for (PaymentsFixture *f, gconstpointer data)
{
  g_autofree char *body = g_strdup_printf (CHARGES, "\"18500\"");
  g_autoptr (GString) changed = g_string_new (body);
  g_autoptr (GPtrArray) charges = NULL;
  g_autoptr (GError) error = NULL;

  f->body = body;
  charges = payments_ask (f, LIST_PAYMENTS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (charges->len, ==, 1);
  g_assert_cmpint (((JuminCharge *)charges->pdata[0])->fen, ==, 18500);
  g_assert_cmpint (((JuminCharge *)charges->pdata[0])->state, ==, JUMIN_CHARGE_PAID);
  g_string_replace (changed, "2026-09-16", "2026-09-15", 1);
  f->body = changed->str;
  payments_assert_failure (f, LIST_PAYMENTS, JUMIN_FAILURE_PLATFORM_INVALID);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/payments-client/" path, PaymentsFixture, NULL, payments_set_up, function,          \
              payments_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a_signed_charge_is_handed_on_as_it_is", test_a_signed_charge_is_handed_on_as_it_is);
  ADD ("an_unsigned_charge_says_nothing", test_an_unsigned_charge_says_nothing);
  ADD ("what_is_sent_is_sent_once_and_always_the_same", test_what_is_sent);
  ADD ("only_what_says_so_is_a_refused_payment", test_refusals);
  ADD ("a_quote_is_signed_for_the_bills_that_were_asked_for", test_quotes);
  ADD ("bills_are_the_persons_or_nobodys", test_bills);
  ADD ("a_list_is_of_the_day_that_was_asked_for", test_the_day_that_was_asked_for);
  return g_test_run ();
}

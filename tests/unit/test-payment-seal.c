/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotes and charges that the platform signed, and the same with one thing different. */
#include "platform/payment-seal.h"

#include "model/money.h"

#define TERMINAL "T-0003"

typedef struct
{
  GPtrArray *keys;
  JuminQuote *quote;
  JuminCharge *charge;
} Fixture;

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static char *
sign (EVP_PKEY *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *signature = jumin_sm2_sign (key, text, &error);

  g_assert_no_error (error);
  return signature;
}

/* As the platform signs it, with all that is in it now. */
static void
seal_quote (Fixture *fixture)
{
  g_autofree char *text = jumin_quote_dup_text (fixture->quote);

  g_free (fixture->quote->signature);
  fixture->quote->signature = sign (fixture->keys->pdata[0], text);
}

static void
seal_charge (Fixture *fixture, const char *terminal)
{
  g_autofree char *text = jumin_charge_dup_text (fixture->charge, terminal);

  g_free (fixture->charge->signature);
  fixture->charge->signature = sign (fixture->keys->pdata[0], text);
}

static void
add_bill (Fixture *fixture, const char *bill, gint64 fen)
{
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = g_strdup (bill);
  item->biller = g_strdup ("power");
  item->account = g_strdup ("5008********40");
  jumin_text_set (&item->title, "电费", "Electricity");
  jumin_text_set (&item->unit, "度", "kWh");
  item->month = 202608;
  item->usage = 243;
  item->fen = fen;
  g_ptr_array_add (fixture->quote->items, item);
}

static void
add_credit (Fixture *fixture, const char *bill, JuminCredit credit)
{
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = g_strdup (bill);
  item->credit = credit;
  g_ptr_array_add (fixture->charge->items, item);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  JuminQuote *quote = jumin_quote_new ();
  JuminCharge *charge = jumin_charge_new ();

  fixture->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)EVP_PKEY_free);
  g_ptr_array_add (fixture->keys, EVP_PKEY_Q_keygen (NULL, NULL, "SM2"));
  fixture->quote = quote;
  quote->id = g_strdup ("0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10");
  quote->number = g_strdup ("JM20260916102803710003");
  quote->terminal = g_strdup (TERMINAL);
  quote->payee = g_strdup ("linjiang");
  jumin_text_set (&quote->payee_name, "临江区缴费平台", "Linjiang payments");
  quote->issued_at = 1789525683;
  quote->expires_at = 1789525983;
  quote->fen = 18500;
  add_bill (fixture, "power-1", 12640);
  add_bill (fixture, "water-1", 5860);
  seal_quote (fixture);
  fixture->charge = charge;
  charge->payment = g_strdup ("1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10");
  charge->quote = g_strdup (quote->id);
  charge->payee = g_strdup (quote->payee);
  charge->state = JUMIN_CHARGE_PAID;
  charge->fen = quote->fen;
  charge->channel = g_strdup ("wechat");
  charge->transaction = g_strdup ("42000001");
  charge->receipt = g_strdup ("https://linjiang.example/r/1");
  charge->paid_at = 1789525724;
  charge->at = 1789525726;
  add_credit (fixture, "power-1", JUMIN_CREDIT_DONE);
  add_credit (fixture, "water-1", JUMIN_CREDIT_WAITING);
  seal_charge (fixture, TERMINAL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jumin_quote_free (fixture->quote);
  jumin_charge_free (fixture->charge);
  g_ptr_array_unref (fixture->keys);
}

static void
assert_quote (Fixture *fixture, gboolean good)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (jumin_quote_verify (fixture->quote, TERMINAL, fixture->keys, &error), ==, good);
  g_assert_true (good == (error == NULL));
  g_assert_true (good || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
}

static void
assert_charge (Fixture *fixture, gboolean good)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (jumin_charge_verify (fixture->charge, TERMINAL, fixture->keys, &error), ==,
                   good);
  g_assert_true (good == (error == NULL));
  g_assert_true (good || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA));
}

/* data/platform-api.yaml says it so. */
static void
test_what_is_signed_is_as_described (Fixture *fixture, gconstpointer data)
{
  g_autofree char *quote = NULL, *charge = NULL;

  g_ptr_array_set_size (fixture->charge->items, 1);
  g_ptr_array_set_size (fixture->quote->items, 1);
  add_bill (fixture, "gas-1", 100);
  jumin_text_clear (&((JuminPayItem *)fixture->quote->items->pdata[1])->unit);
  ((JuminPayItem *)fixture->quote->items->pdata[1])->month = 0;
  quote = jumin_quote_dup_text (fixture->quote);
  charge = jumin_charge_dup_text (fixture->charge, TERMINAL);
  g_assert_cmpstr (
      quote, ==,
      "jumin-quote\nT-0003\n0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10\n"
      "JM20260916102803710003\nlinjiang\n临江区缴费平台\nLinjiang payments\n18500\n"
      "1789525683\n1789525983\n2\n"
      "power-1\npower\n电费\nElectricity\n5008********40\n2026-08\n243\n度\nkWh\n12640\n"
      "gas-1\npower\n电费\nElectricity\n5008********40\n\n\n\n\n100");
  g_assert_cmpstr (charge, ==,
                   "jumin-charge\nT-0003\n1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10\npaid\n"
                   "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10\nlinjiang\n18500\nwechat\n\n42000001\n\n"
                   "https://linjiang.example/r/1\n1789525724\n1789525726\n1\npower-1\ndone");
}

static void
test_a_good_quote_and_a_good_charge_are_good (Fixture *fixture, gconstpointer data)
{
  assert_quote (fixture, TRUE);
  assert_charge (fixture, TRUE);
}

static void
try_strings (Fixture *fixture, char ***fields, void (*check) (Fixture *fixture, gboolean good))
{
  for (gsize i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *kept = g_strdup (*fields[i]);

      set (fields[i], "AAAA");
      check (fixture, FALSE);
      set (fields[i], kept);
    }
  check (fixture, TRUE);
}

static void
try_numbers (Fixture *fixture, gint64 **fields, void (*check) (Fixture *fixture, gboolean good))
{
  for (gsize i = 0; fields[i] != NULL; i++)
    {
      ++*fields[i];
      check (fixture, FALSE);
      --*fields[i];
    }
  check (fixture, TRUE);
}

static void
test_nothing_of_a_quote_can_be_changed (Fixture *fixture, gconstpointer data)
{
  JuminQuote *quote = fixture->quote;
  JuminPayItem *item = quote->items->pdata[1];
  char **strings[] = { &quote->id,
                       &quote->number,
                       &quote->terminal,
                       &quote->payee,
                       &quote->signature,
                       &quote->payee_name.zh,
                       &quote->payee_name.en,
                       &item->bill,
                       &item->biller,
                       &item->account,
                       &item->title.zh,
                       &item->title.en,
                       &item->unit.zh,
                       &item->unit.en,
                       NULL };
  gint64 *numbers[]
      = { &quote->fen, &quote->issued_at, &quote->expires_at, &item->usage, &item->fen, NULL };

  try_strings (fixture, strings, assert_quote);
  try_numbers (fixture, numbers, assert_quote);
  item->month++;
  assert_quote (fixture, FALSE);
}

static void
test_nothing_of_a_charge_can_be_changed (Fixture *fixture, gconstpointer data)
{
  JuminCharge *charge = fixture->charge;
  JuminPayItem *item = charge->items->pdata[1];
  char **strings[] = {
    &charge->payment, &charge->quote,       &charge->payee,   &charge->channel, &charge->reason,
    &charge->code,    &charge->transaction, &charge->receipt, &item->bill,      NULL
  };
  gint64 *numbers[] = { &charge->fen, &charge->paid_at, &charge->at, NULL };

  try_strings (fixture, strings, assert_charge);
  try_numbers (fixture, numbers, assert_charge);
  for (int state = 0; state < JUMIN_N_CHARGES; state++)
    {
      charge->state = (JuminChargeState)state;
      assert_charge (fixture, charge->state == JUMIN_CHARGE_PAID);
    }
  charge->state = JUMIN_CHARGE_PAID;
  item->credit = JUMIN_CREDIT_DONE;
  assert_charge (fixture, FALSE);
  item->credit = JUMIN_CREDIT_WAITING;
  g_ptr_array_set_size (charge->items, 1);
  assert_charge (fixture, FALSE);
}

static void
test_what_was_said_to_another_terminal_says_nothing (Fixture *fixture, gconstpointer data)
{
  set (&fixture->quote->terminal, "T-0004");
  seal_quote (fixture);
  assert_quote (fixture, FALSE);
  seal_charge (fixture, "T-0004");
  assert_charge (fixture, FALSE);
}

static void
test_another_key_signs_nothing_and_the_next_one_does (Fixture *fixture, gconstpointer data)
{
  EVP_PKEY *first = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");

  g_ptr_array_insert (fixture->keys, 0, first);
  assert_quote (fixture, TRUE);
  assert_charge (fixture, TRUE);
  g_ptr_array_set_size (fixture->keys, 1);
  assert_quote (fixture, FALSE);
  assert_charge (fixture, FALSE);
}

/* PAY-14: what is signed and yet no amount. */
static void
test_a_signature_alone_makes_no_amount (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 quote, first, second;
    gboolean good;
  } amounts[] = {
    { 18500, 12640, 5860, TRUE },
    { 18501, 12640, 5860, FALSE },
    { 18500, 18500, 0, FALSE },
    { 18500, 18600, -100, FALSE },
    { 0, 0, 0, FALSE },
    { JUMIN_FEN_MAX, JUMIN_FEN_MAX - 1, 1, TRUE },
    { JUMIN_FEN_MAX + 1, JUMIN_FEN_MAX, 1, FALSE },
    { G_MININT64, G_MAXINT64, 1, FALSE },
    { -2, G_MAXINT64, G_MAXINT64, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      fixture->quote->fen = amounts[i].quote;
      ((JuminPayItem *)fixture->quote->items->pdata[0])->fen = amounts[i].first;
      ((JuminPayItem *)fixture->quote->items->pdata[1])->fen = amounts[i].second;
      seal_quote (fixture);
      assert_quote (fixture, amounts[i].good);
    }
}

static void
test_a_bill_stands_once (Fixture *fixture, gconstpointer data)
{
  set (&((JuminPayItem *)fixture->quote->items->pdata[1])->bill, "power-1");
  seal_quote (fixture);
  assert_quote (fixture, FALSE);
  set (&((JuminPayItem *)fixture->charge->items->pdata[1])->bill, "power-1");
  seal_charge (fixture, TERMINAL);
  assert_charge (fixture, FALSE);
}

static void
test_a_quote_has_bills_and_time (Fixture *fixture, gconstpointer data)
{
  fixture->quote->expires_at = fixture->quote->issued_at;
  seal_quote (fixture);
  assert_quote (fixture, FALSE);
  fixture->quote->expires_at++;
  seal_quote (fixture);
  assert_quote (fixture, TRUE);
  g_ptr_array_set_size (fixture->quote->items, 0);
  seal_quote (fixture);
  assert_quote (fixture, FALSE);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/payment-seal/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what_is_signed_is_as_described", test_what_is_signed_is_as_described);
  ADD ("a_good_quote_and_a_good_charge_are_good", test_a_good_quote_and_a_good_charge_are_good);
  ADD ("nothing_of_a_quote_can_be_changed", test_nothing_of_a_quote_can_be_changed);
  ADD ("nothing_of_a_charge_can_be_changed", test_nothing_of_a_charge_can_be_changed);
  ADD ("what_was_said_to_another_terminal_says_nothing",
       test_what_was_said_to_another_terminal_says_nothing);
  ADD ("another_key_signs_nothing_and_the_next_one_does",
       test_another_key_signs_nothing_and_the_next_one_does);
  ADD ("a_signature_alone_makes_no_amount", test_a_signature_alone_makes_no_amount);
  ADD ("a_bill_stands_once", test_a_bill_stands_once);
  ADD ("a_quote_has_bills_and_time", test_a_quote_has_bills_and_time);
  return g_test_run ();
}

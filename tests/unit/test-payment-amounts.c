/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PAY-14: an amount is decimal text of fen, or the answer is none. */
#include "payments-fixture.h"

static const char *const bad_amounts[] = {
  "18500",
  "-18500",
  "18500.0",
  "1e3",
  "1.85e4",
  "0",
  "-0",
  "true",
  "null",
  "[]",
  "{}",
  "[\"1\"]",
  "\"12.30\"",
  "\"1e3\"",
  "\"-0\"",
  "\"-1\"",
  "\"+1\"",
  "\"01\"",
  "\"00\"",
  "\"\"",
  "\" 1\"",
  "\"1 \"",
  "\"0x10\"",
  "\"1,000\"",
  "\"1_000\"",
  "\"１\"",
  "\"壹\"",
  "\"1\\n\"",
  "\"NaN\"",
  "9223372036854775807",
  "9223372036854775808",
  "\"9223372036854775807\"",
  "\"9223372036854775808\"",
  "\"18446744073709551617\"",
  "\"10000000000000\"",
  "\"18500\\u0000\"",
};

static void
test_an_amount_is_decimal_text_or_none (PaymentsFixture *f, gconstpointer data)
{
  static const struct
  {
    PaymentsQuestion question;
    const char *form;
  } places[] = {
    { LIST_BILLS, BILLS ("%s", "\"0\"") },
    { FIND_BILLS, BILLS ("%s", "\"0\"") },
    { LIST_BILLS, BILLS ("\"18500\"", "%s") },
    { LIST_PAYMENTS, CHARGES },
  };

  for (gsize p = 0; p < G_N_ELEMENTS (places); p++)
    for (gsize i = 0; i <= G_N_ELEMENTS (bad_amounts); i++)
      {
        gboolean good = i == G_N_ELEMENTS (bad_amounts);
        g_autofree char *body
            = g_strdup_printf (places[p].form, good ? "\"18500\"" : bad_amounts[i]);
        g_autoptr (GError) error = NULL;
        gpointer value;

        f->body = body;
        value = payments_ask (f, places[p].question, &error);
        if (good)
          g_assert_no_error (error);
        else
          g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
        g_clear_pointer (&value, payments_frees[places[p].question]);
      }
}

static void
test_an_amount_of_a_quote_or_charge_is_decimal_text (PaymentsFixture *f, gconstpointer data)
{
  g_autofree char *charge = payments_dup_charge (f, &(PaymentsCharge){ 0 });

  for (gsize i = 0; i < G_N_ELEMENTS (bad_amounts); i++)
    {
      const char *bad = bad_amounts[i];
      g_autofree char *whole = payments_dup_quote (f, "\"12640\"", "\"5860\"", bad, "water-1");
      g_autofree char *item = payments_dup_quote (f, "\"12640\"", bad, "\"18500\"", "water-1");
      g_autofree char *member = g_strconcat ("\"fen\":", bad, NULL);
      g_autoptr (GString) changed = g_string_new (charge);

      f->body = whole;
      payments_assert_failure (f, MAKE_QUOTE, JUMIN_FAILURE_PLATFORM_INVALID);
      f->body = item;
      payments_assert_failure (f, MAKE_QUOTE, JUMIN_FAILURE_PLATFORM_INVALID);
      g_assert_cmpuint (g_string_replace (changed, "\"fen\":\"18500\"", member, 1), ==, 1);
      f->body = changed->str;
      for (int question = PAY_SCAN; question <= CLOSE; question++)
        payments_assert_failure (f, (PaymentsQuestion)question, JUMIN_FAILURE_PLATFORM_INVALID);
    }
}

#define ADD(path, function)                                                                        \
  g_test_add ("/payment-amounts/" path, PaymentsFixture, NULL, payments_set_up, function,          \
              payments_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("an_amount_is_decimal_text_or_the_answer_is_none", test_an_amount_is_decimal_text_or_none);
  ADD ("an_amount_of_a_quote_or_charge_is_decimal_text",
       test_an_amount_of_a_quote_or_charge_is_decimal_text);
  return g_test_run ();
}

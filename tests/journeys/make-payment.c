/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts a payment into a journal, as a core left it that was killed.
 *
 *   make-payment FILE STATE SECONDS_AGO */
#include "payment/journal-file.h"

#include <stdlib.h>

static JuminPaymentState
find_state (const char *word)
{
  JuminPaymentState state = 0;

  while (!g_str_equal (jumin_payment_state_get_word (state), word))
    state++;
  return state;
}

static JuminQuote *
quote_new (gint64 issued_at)
{
  JuminQuote *quote = jumin_quote_new ();
  JuminPayItem *item = jumin_pay_item_new ();

  quote->id = g_uuid_string_random ();
  quote->number = g_strdup ("JM20260916102803710003");
  quote->payee = g_strdup ("linjiang-pay");
  jumin_text_set (&quote->payee_name, "临江区缴费平台", "Linjiang Payment Platform");
  quote->fen = item->fen = 18500;
  quote->issued_at = issued_at;
  item->bill = g_uuid_string_random ();
  item->biller = g_strdup ("power");
  item->account = g_strdup ("5008********40");
  jumin_text_set (&item->title, "电费", "Electricity");
  jumin_text_set (&item->unit, "度", "kWh");
  item->month = 202608;
  g_ptr_array_add (quote->items, item);
  return quote;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminJournalFile) file = jumin_journal_file_open (argv[1], NULL, &error);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JuminQuote) quote = NULL;
  g_autoptr (JuminPayment) payment = NULL;

  g_assert_no_error (error);
  quote = quote_new (g_get_real_time () / G_USEC_PER_SEC - strtol (argv[3], NULL, 10));
  payment = jumin_payment_new (id, quote, JUMIN_PAY_SCAN);
  payment->state = find_state (argv[2]);
  jumin_journal_file_put (file, payment, &error);
  g_assert_no_error (error);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments for the tests of the journal. */
#include "journal-sample.h"

enum
{
  LISTED_MAX = 4096
};

static JuminPayItem *
make_item (const char *biller, const char *title, gint64 fen)
{
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = g_strdup_printf ("%s-2026-08", biller);
  item->biller = g_strdup (biller);
  item->account = g_strdup ("5008********40");
  jumin_text_set (&item->title, title, biller);
  jumin_text_set (&item->unit, "度", "kWh");
  item->month = 202608;
  item->usage = 243;
  item->fen = fen;
  return item;
}

/* Returns: (transfer full): 185.00 yuan for two bills */
JuminPayment *
sample_payment (const char *id, JuminPaymentState state)
{
  g_autoptr (JuminQuote) quote = jumin_quote_new ();
  JuminPayment *payment;

  quote->id = g_strdup_printf ("quote of %s", id);
  quote->number = g_strdup ("JM20260916102803710003");
  quote->payee = g_strdup ("linjiang");
  jumin_text_set (&quote->payee_name, "临江市公共事业缴费专户", "Linjiang utilities");
  quote->fen = 18500;
  quote->issued_at = SAMPLE_TIME;
  g_ptr_array_add (quote->items, make_item ("power", "电费", 12300));
  g_ptr_array_add (quote->items, make_item ("water", "水费", 6200));
  payment = jumin_payment_new (id, quote, JUMIN_PAY_SCAN);
  payment->state = state;
  return payment;
}

gboolean
sample_put (JuminJournalFile *file, const char *id, JuminPaymentState state, GError **error)
{
  g_autoptr (JuminPayment) payment = sample_payment (id, state);

  return jumin_journal_file_put (file, payment, error);
}

static void
dump_payment (GString *text, const JuminPayment *payment)
{
  g_string_append_printf (text,
                          "%s %s %s %s %s %s %d %" G_GINT64_FORMAT
                          " %s '%s' '%s' '%s' '%s' %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %d %d\n",
                          payment->id, payment->quote, payment->number, payment->payee,
                          payment->payee_name.zh, payment->payee_name.en, payment->way,
                          payment->fen, jumin_payment_state_get_word (payment->state), payment->why,
                          payment->channel, payment->transaction, payment->receipt,
                          payment->created_at, payment->paid_at, payment->slip, payment->reprints);
  for (guint i = 0; i < payment->items->len; i++)
    {
      const JuminPayItem *item = payment->items->pdata[i];

      g_string_append_printf (
          text, "  %s %s %s %s %s %s %s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n",
          item->bill, item->biller, item->account, item->title.zh, item->title.en, item->unit.zh,
          item->unit.en, item->month, item->usage, item->fen, item->credit);
    }
}

char *
sample_dump (const GPtrArray *payments)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < payments->len; i++)
    dump_payment (text, payments->pdata[i]);
  return g_string_free (text, FALSE);
}

char *
sample_dump_file (JuminJournalFile *file, GError **error)
{
  g_autoptr (GPtrArray) payments = jumin_journal_file_list (file, 0, G_MAXINT64, LISTED_MAX, error);

  return payments != NULL ? sample_dump (payments) : NULL;
}

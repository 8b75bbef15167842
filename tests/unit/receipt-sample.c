/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payments of nobody, for the slips that are printed of them. */
#include "receipt-sample.h"

#include "model/money.h"

static void
add_bill (JuminQuote *quote, const char *title, const char *title_en, const char *account,
          const char *unit, gint64 usage, gint64 fen)
{
  JuminPayItem *item = jumin_pay_item_new ();

  item->bill = g_strdup_printf ("bill-%u", quote->items->len);
  item->biller = g_strdup ("power");
  item->account = g_strdup (account);
  jumin_text_set (&item->title, title, title_en);
  jumin_text_set (&item->unit, unit, "");
  item->month = 202608;
  item->usage = usage;
  item->fen = fen;
  quote->fen += fen;
  g_ptr_array_add (quote->items, item);
}

/* @quote: (transfer full) */
static JuminPayment *
payment_new (JuminQuote *quote, JuminPaymentState state)
{
  JuminPayment *payment
      = jumin_payment_new ("1b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10", quote, JUMIN_PAY_SCAN);

  payment->state = payment->durable = state;
  if (jumin_payment_get_say (payment) == JUMIN_SAY_PAID
      || jumin_payment_get_say (payment) == JUMIN_SAY_REFUNDED)
    {
      payment->paid_at = RECEIPT_SAMPLE_AT;
      g_free (payment->channel);
      payment->channel = g_strdup ("wechat");
      g_free (payment->transaction);
      payment->transaction = g_strdup ("4200002026091600371");
    }
  for (guint i = 0; i < payment->items->len; i++)
    ((JuminPayItem *)payment->items->pdata[i])->credit
        = state == JUMIN_PAYMENT_FULFILLED ? JUMIN_CREDIT_DONE : JUMIN_CREDIT_WAITING;
  jumin_quote_free (quote);
  return payment;
}

static JuminQuote *
quote_new (const char *number, const char *payee)
{
  JuminQuote *quote = jumin_quote_new ();

  quote->id = g_strdup ("0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10");
  quote->number = g_strdup (number);
  quote->terminal = g_strdup ("T-0003");
  quote->payee = g_strdup ("linjiang");
  jumin_text_set (&quote->payee_name, payee, "Linjiang payments");
  quote->issued_at = RECEIPT_SAMPLE_AT - 41;
  quote->expires_at = quote->issued_at + 300;
  return quote;
}

JuminPayment *
receipt_sample_new (JuminPaymentState state)
{
  JuminQuote *quote = quote_new ("JM20260916102803710003", "临江区缴费平台");

  add_bill (quote, "电费", "Electricity", "5008********40", "度", 243, 12640);
  add_bill (quote, "水费", "Water", "3021****17", "吨", 17, 5860);
  return payment_new (quote, state);
}

JuminPayment *
receipt_sample_new_longest (JuminPaymentState state)
{
  JuminQuote *quote = quote_new ("JM12345678901234567890123456",
                                 "临江区政务服务中心生活缴费及非税收入统一收款专用账户");
  JuminPayment *payment;

  for (int i = 0; i < JUMIN_BASKET_MAX; i++)
    add_bill (quote, "居民生活用水及污水处理费垃圾处理费",
              "Household water with sewage and refuse charges", "1234***************89", "立方米",
              999999999, JUMIN_FEN_MAX / JUMIN_BASKET_MAX);
  payment = payment_new (quote, state);
  for (guint i = 0; i < payment->items->len; i++)
    ((JuminPayItem *)payment->items->pdata[i])->credit = (JuminCredit)(i % JUMIN_N_CREDITS);
  return payment;
}

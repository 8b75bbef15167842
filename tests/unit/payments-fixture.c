/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of bills and payments, with a platform that says what a test wants. */
#include "payments-fixture.h"

#include <openssl/pem.h>
#include <string.h>

#include "platform/payment-seal.h"
#include "scratch-folder.h"

typedef struct
{
  gpointer value;
  GError *error;
  gboolean done;
} Reply;

static JuminHttpAnswer *
answer (const JuminHttpRequest *request, gpointer data)
{
  PaymentsFixture *f = data;

  f->asked++;
  g_free (f->path);
  g_free (f->sent);
  g_free (f->idempotency);
  f->path = g_strdup (request->path);
  f->sent = g_strdup (request->body);
  f->idempotency = g_strdup (request->key);
  return f->body != NULL ? fake_http_answer_new (f->status, g_strdup (f->body), strlen (f->body))
                         : NULL;
}

void
payments_set_up (PaymentsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  FILE *stream;

  f->folder = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  f->key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  f->stranger = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  file = g_build_filename (f->folder, "reply.pem", NULL);
  stream = fopen (file, "w");
  g_assert_cmpint (PEM_write_PUBKEY (stream, f->key), ==, 1);
  fclose (stream);
  f->http = fake_http_client_new (answer, f);
  f->hall = jumin_hall_client_new (f->http);
  f->client = jumin_payments_client_new (f->hall, TERMINAL, file, &error);
  g_assert_no_error (error);
  f->payer = jumin_identity_new (JUMIN_PROOF_CARD, "李测试", ID_NUMBER);
  f->status = 200;
}

void
payments_tear_down (PaymentsFixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->client);
  g_assert_finalize_object (f->hall);
  g_assert_finalize_object (f->http);
  jumin_identity_unref (f->payer);
  EVP_PKEY_free (f->key);
  EVP_PKEY_free (f->stranger);
  g_free (f->path);
  g_free (f->sent);
  g_free (f->idempotency);
  scratch_folder_remove (f->folder);
  g_free (f->folder);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;

  reply->value = g_task_propagate_pointer (G_TASK (result), &reply->error);
  reply->done = TRUE;
}

const GDestroyNotify payments_frees[N_QUESTIONS] = {
  [LIST_BILLS] = (GDestroyNotify)jumin_bills_free,
  [FIND_BILLS] = (GDestroyNotify)jumin_bills_free,
  [MAKE_QUOTE] = (GDestroyNotify)jumin_quote_free,
  [PAY_SCAN] = (GDestroyNotify)jumin_charge_free,
  [PAY_SHOW] = (GDestroyNotify)jumin_charge_free,
  [PAY_ACCOUNT] = (GDestroyNotify)jumin_charge_free,
  [GET_STATE] = (GDestroyNotify)jumin_charge_free,
  [CLOSE] = (GDestroyNotify)jumin_charge_free,
  [LIST_PAYMENTS] = (GDestroyNotify)g_ptr_array_unref,
};

static void
start (PaymentsFixture *f, PaymentsQuestion question, Reply *reply)
{
  static const char *const bills[] = { "power-1", "water-1", NULL };
  JuminPaymentSource *source = JUMIN_PAYMENT_SOURCE (f->client);
  JuminQuote quote = { .id = (char *)QUOTE, .fen = 18500 };
  JuminPaymentOrder order = { PAYMENT, &quote, JUMIN_PAY_SCAN, f->payer, CODE };

  if (question == LIST_BILLS)
    jumin_payments_client_list_bills_async (f->client, f->payer, NULL, on_ready, reply);
  else if (question == FIND_BILLS)
    jumin_payments_client_find_bills_async (f->client, "power", "500812345640", NULL, on_ready,
                                            reply);
  else if (question == MAKE_QUOTE)
    jumin_payments_client_quote_async (f->client, bills, NULL, on_ready, reply);
  else if (question == GET_STATE)
    jumin_payment_source_state_async (source, PAYMENT, on_ready, reply);
  else if (question == CLOSE)
    jumin_payment_source_close_async (source, PAYMENT, on_ready, reply);
  else if (question == LIST_PAYMENTS)
    jumin_payment_source_list_async (source, 20260916, on_ready, reply);
  else
    {
      order.way = (JuminPayWay)(question - PAY_SCAN);
      jumin_payment_source_pay_async (source, &order, on_ready, reply);
    }
}

/* Returns: (transfer full) (nullable) */
gpointer
payments_ask (PaymentsFixture *f, PaymentsQuestion question, GError **error)
{
  Reply reply = { NULL };

  start (f, question, &reply);
  while (!reply.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true ((reply.value != NULL) == (reply.error == NULL));
  if (reply.error != NULL)
    g_propagate_error (error, reply.error);
  return reply.value;
}

void
payments_assert_failure (PaymentsFixture *f, PaymentsQuestion question, JuminFailure failure)
{
  g_autoptr (GError) error = NULL;
  gpointer value = payments_ask (f, question, &error);

  g_assert_null (value);
  g_assert_error (error, JUMIN_FAILURE, (int)failure);
  g_assert_null (strstr (error->message, ID_NUMBER));
  g_assert_null (strstr (error->message, CODE));
}

char *
payments_dup_charge (PaymentsFixture *f, const PaymentsCharge *made)
{
  g_autoptr (JuminCharge) charge = jumin_charge_new ();
  JuminPayItem *item = jumin_pay_item_new ();
  g_autofree char *text = NULL;

  charge->payment = g_strdup (made->payment != NULL ? made->payment : PAYMENT);
  charge->quote = g_strdup (made->quote != NULL ? made->quote : QUOTE);
  charge->payee = g_strdup (made->payee != NULL ? made->payee : "linjiang");
  charge->fen = made->fen != 0 ? made->fen : 18500;
  charge->state = made->state != 0 ? made->state : JUMIN_CHARGE_PAID;
  charge->channel = g_strdup ("wechat");
  charge->transaction = g_strdup ("42000001");
  charge->paid_at = 1789525724;
  charge->at = 1789525726;
  item->bill = g_strdup ("power-1");
  item->credit = JUMIN_CREDIT_DONE;
  g_ptr_array_add (charge->items, item);
  text = jumin_charge_dup_text (charge, made->terminal != NULL ? made->terminal : TERMINAL);
  charge->signature = jumin_sm2_sign (made->stranger ? f->stranger : f->key, text, NULL);
  return g_strdup_printf (
      "{\"payment\":\"%s\",\"state\":\"%s\",\"quote\":\"%s\",\"payee\":\"%s\",\"fen\":"
      "\"%" G_GINT64_FORMAT
      "\",\"channel\":\"wechat\",\"reason\":null,\"transaction\":\"42000001\","
      "\"code\":null,\"receipt\":null,\"paid_at\":1789525724,\"at\":1789525726,\"items\":[{"
      "\"bill\":\"power-1\",\"credit\":\"done\"}],\"signature\":\"%s\"}",
      charge->payment, jumin_charge_state_get_word (charge->state), charge->quote, charge->payee,
      charge->fen, charge->signature);
}

/* A quote for power-1 and water-1, both for half; signed when the amounts can be read. */
char *
payments_dup_quote (PaymentsFixture *f, const char *first, const char *second, const char *whole,
                    const char *bill)
{
  g_autoptr (JuminQuote) quote = jumin_quote_new ();
  const char *const amounts[] = { first, second };
  const char *const bills[] = { "power-1", bill };
  g_autofree char *text = NULL;

  quote->id = g_strdup (QUOTE);
  quote->number = g_strdup ("JM20260916102803710003");
  quote->terminal = g_strdup (TERMINAL);
  quote->payee = g_strdup ("linjiang");
  jumin_text_set (&quote->payee_name, "临江", "");
  quote->fen = g_ascii_strtoll (whole + (*whole == '"'), NULL, 10);
  quote->issued_at = 1;
  quote->expires_at = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      JuminPayItem *item = jumin_pay_item_new ();

      item->bill = g_strdup (bills[i]);
      item->biller = g_strdup ("power");
      item->account = g_strdup ("5008********40");
      jumin_text_set (&item->title, "电费", "");
      jumin_text_set (&item->unit, "", "");
      item->fen = g_ascii_strtoll (amounts[i] + (*amounts[i] == '"'), NULL, 10);
      g_ptr_array_add (quote->items, item);
    }
  text = jumin_quote_dup_text (quote);
  quote->signature = jumin_sm2_sign (f->key, text, NULL);
#define ITEM                                                                                       \
  "{\"bill\":\"%s\",\"biller\":\"power\",\"title\":{\"zh\":\"电费\",\"en\":\"\"},\"account\":"   \
  "\"5008********40\",\"month\":null,\"usage\":null,\"fen\":%s}"
  return g_strdup_printf (
      "{\"id\":\"" QUOTE "\",\"number\":\"JM20260916102803710003\",\"terminal\":\"" TERMINAL
      "\",\"payee\":\"linjiang\",\"payee_name\":{\"zh\":\"临江\",\"en\":\"\"},\"fen\":%s,"
      "\"issued_at\":1,\"expires_at\":2,\"items\":[" ITEM "," ITEM "],\"signature\":\"%s\"}",
      whole, bills[0], first, bills[1], second, quote->signature);
#undef ITEM
}

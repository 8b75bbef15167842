/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers about bills and payments that are signed and yet what nobody expects, and the file of
 * billers: one byte says which, one the status of the answer, the rest is what is read. */
#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <unistd.h>

#include "fake-http.h"
#include "fuzz.h"
#include "model/biller.h"
#include "platform/payments-client.h"

enum
{
  LIST_BILLS,
  FIND_BILLS,
  MAKE_QUOTE,
  PAY,
  GET_STATE,
  CLOSE,
  LIST_PAYMENTS,
  BILLERS,
  N_KINDS
};

static const guint statuses[] = { 200, 201, 400, 401, 404, 409, 413, 422, 503 };

#define KEY "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"

typedef struct
{
  Feed feed;
  guint kind, status;
  gboolean done;
} Run;

static JuminHttpAnswer *
answer (const JuminHttpRequest *request, gpointer data)
{
  Run *run = data;
  gsize length = run->feed.left;

  return fake_http_answer_new (run->status, feed_dup (&run->feed, length), length);
}

/* Whatever came is freed as its kind; it has a value or an error, never both or none. */
static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  static const GDestroyNotify frees[] = {
    [LIST_BILLS] = (GDestroyNotify)jumin_bills_free,
    [FIND_BILLS] = (GDestroyNotify)jumin_bills_free,
    [MAKE_QUOTE] = (GDestroyNotify)jumin_quote_free,
    [PAY] = (GDestroyNotify)jumin_charge_free,
    [GET_STATE] = (GDestroyNotify)jumin_charge_free,
    [CLOSE] = (GDestroyNotify)jumin_charge_free,
    [LIST_PAYMENTS] = (GDestroyNotify)g_ptr_array_unref,
  };
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  run->done = TRUE;
  g_assert ((value != NULL) == (error == NULL));
  g_clear_pointer (&value, frees[run->kind]);
}

/* With the key of a platform that signs nothing. */
static JuminPaymentsClient *
client_new (JuminHallClient *hall)
{
  static EVP_PKEY *key;
  g_autofree char *file = NULL;
  int descriptor = g_file_open_tmp ("jumin-XXXXXX.pem", &file, NULL);
  FILE *stream = fdopen (descriptor, "w");
  JuminPaymentsClient *client;

  if (key == NULL)
    key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  PEM_write_PUBKEY (stream, key);
  fclose (stream);
  client = jumin_payments_client_new (hall, "T-0003", file, NULL);
  g_assert_nonnull (client);
  g_unlink (file);
  return client;
}

static void
ask (JuminPaymentsClient *client, Run *run)
{
  static const char *const bills[] = { "power-1", "water-1", NULL };
  JuminPaymentSource *source = JUMIN_PAYMENT_SOURCE (client);
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, "测试甲", "500102199003070010");
  JuminQuote quote = { .id = (char *)KEY, .fen = 18500 };
  JuminPaymentOrder order = { KEY, &quote, JUMIN_PAY_ACCOUNT, holder, NULL };

  if (run->kind == LIST_BILLS)
    jumin_payments_client_list_bills_async (client, holder, NULL, on_ready, run);
  else if (run->kind == FIND_BILLS)
    jumin_payments_client_find_bills_async (client, "power", "500812345640", NULL, on_ready, run);
  else if (run->kind == MAKE_QUOTE)
    jumin_payments_client_quote_async (client, bills, NULL, on_ready, run);
  else if (run->kind == PAY)
    jumin_payment_source_pay_async (source, &order, on_ready, run);
  else if (run->kind == GET_STATE)
    jumin_payment_source_state_async (source, KEY, on_ready, run);
  else if (run->kind == CLOSE)
    jumin_payment_source_close_async (source, KEY, on_ready, run);
  else
    jumin_payment_source_list_async (source, 20260916, on_ready, run);
}

static void
read_billers (Run *run)
{
  gsize length = run->feed.left;
  const guint8 *bytes = feed_bytes (&run->feed, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminBillers) billers
      = jumin_billers_parse ((const char *)bytes, (gssize)length, "fuzz", &error);

  g_assert ((billers != NULL) == (error == NULL));
  for (guint i = 0; billers != NULL && i < billers->list->len; i++)
    {
      const JuminBiller *biller = billers->list->pdata[i];

      g_assert (jumin_billers_find (billers, biller->id) == biller);
      g_assert (biller->account_min > 0 && biller->account_min <= biller->account_max);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Run run = { .feed = { data, size } };
  g_autoptr (JuminHttpClient) http = fake_http_client_new (answer, &run);
  g_autoptr (JuminHallClient) hall = jumin_hall_client_new (http);
  g_autoptr (JuminPaymentsClient) client = NULL;

  run.kind = feed_byte (&run.feed) % N_KINDS;
  run.status = statuses[feed_byte (&run.feed) % G_N_ELEMENTS (statuses)];
  if (run.kind == BILLERS)
    {
      read_billers (&run);
      return 0;
    }
  client = client_new (hall);
  ask (client, &run);
  while (!run.done)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

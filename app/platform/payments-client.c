/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills, quotes and payments at the platform: asked for, read strictly, verified, and only then
 * handed on. A quote or charge that is not what the platform signed for this machine is an answer
 * that breaks the interface: it says nothing about any payment. */
#include "platform/payments-client.h"

#include <string.h>

#include "model/error.h"
#include "platform/bill-answers.h"
#include "platform/hall-client-private.h"
#include "platform/payment-answers.h"
#include "platform/payment-seal.h"

struct _JuminPaymentsClient
{
  GObject parent_instance;
  JuminHallClient *hall;
  GPtrArray *keys;
  char *terminal;
};

static const JuminOperation list_bills
    = { "POST", "/bills/list", jumin_bill_answer_read_list, (GDestroyNotify)jumin_bills_free, 1 };
static const JuminOperation find_bills
    = { "POST", "/bills/find", jumin_bill_answer_read_found, (GDestroyNotify)jumin_bills_free, 1 };
static const JuminOperation make_quote
    = { "POST", "/payments/quotes", jumin_payment_answer_read_quote,
        (GDestroyNotify)jumin_quote_free, 1 };
/* Sent once: what became of it is asked, never tried again. */
static const JuminOperation pay = { "POST", "/payments", jumin_payment_answer_read_charge,
                                    (GDestroyNotify)jumin_charge_free, 1 };
static const JuminOperation get_state
    = { "POST", "/payments/state", jumin_payment_answer_read_charge,
        (GDestroyNotify)jumin_charge_free, 1 };
static const JuminOperation close_payment
    = { "POST", "/payments/close", jumin_payment_answer_read_charge,
        (GDestroyNotify)jumin_charge_free, 1 };
static const JuminOperation list_charges
    = { "POST", "/payments/list", jumin_payment_answer_read_list,
        (GDestroyNotify)jumin_charge_list_free, 1 };

static GTask *
task_new (gpointer self, const JuminOperation *operation, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, (gpointer)operation);
  return task;
}

static GError *
new_invalid_error (const char *what, const char *why)
{
  return g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID, "Taking %s failed: %s", what,
                      why);
}

/* Bills */

void
jumin_payments_client_list_bills_async (JuminPaymentsClient *self, JuminIdentity *holder,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "id_number", jumin_identity_get_number (holder));
  jumin_hall_client_run_for (self->hall, self, &list_bills, NULL, body, cancellable, callback,
                             data);
}

void
jumin_payments_client_find_bills_async (JuminPaymentsClient *self, const char *biller,
                                        const char *account, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "biller", biller);
  cJSON_AddStringToObject (body, "account", account);
  jumin_hall_client_run_for (self->hall, self, &find_bills, NULL, body, cancellable, callback,
                             data);
}

/* Returns: (transfer full) (nullable): households and what is to be paid for them */
JuminBills *
jumin_payments_client_bills_finish (JuminPaymentsClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Quotes */

static gboolean
is_for (const JuminQuote *quote, const char *const *bills)
{
  for (guint i = 0; i < quote->items->len; i++)
    {
      const JuminPayItem *item = quote->items->pdata[i];

      if (!g_strv_contains (bills, item->bill))
        return FALSE;
    }
  return quote->items->len == g_strv_length ((char **)bills);
}

static void
on_quote (GObject *hall, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminPaymentsClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (JuminQuote) quote = g_task_propagate_pointer (G_TASK (result), &error);

  if (quote == NULL)
    g_task_return_error (task, error);
  else if (!jumin_quote_verify (quote, self->terminal, self->keys, &wrong))
    g_task_return_error (task, new_invalid_error ("a quote", wrong->message));
  else if (!is_for (quote, g_task_get_task_data (task)))
    g_task_return_error (task, new_invalid_error ("a quote", "it is for other bills"));
  else
    g_task_return_pointer (task, g_steal_pointer (&quote), (GDestroyNotify)jumin_quote_free);
}

void
jumin_payments_client_quote_async (JuminPaymentsClient *self, const char *const *bills,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  GTask *task = task_new (self, &make_quote, cancellable, callback, data);
  cJSON *body = cJSON_CreateObject (), *ids = cJSON_AddArrayToObject (body, "bills");

  g_task_set_task_data (task, g_strdupv ((char **)bills), (GDestroyNotify)g_strfreev);
  for (gsize i = 0; bills[i] != NULL; i++)
    cJSON_AddItemToArray (ids, cJSON_CreateString (bills[i]));
  jumin_hall_client_run (self->hall, &make_quote, NULL, body, cancellable, on_quote, task);
}

/* Returns: (transfer full) (nullable): what it costs */
JuminQuote *
jumin_payments_client_quote_finish (JuminPaymentsClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Payments */

/* A refused bill is a refused payment. */
static void
tell_refusal (GError *error)
{
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_BILL_TAKEN)
      || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_BILLER_CLOSED))
    error->code = JUMIN_FAILURE_PAYMENT_REFUSED;
}

static void
on_charge (GObject *hall, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminPaymentsClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (JuminCharge) charge = g_task_propagate_pointer (G_TASK (result), &error);

  if (charge == NULL)
    {
      tell_refusal (error);
      g_task_return_error (task, error);
    }
  else if (jumin_charge_verify (charge, self->terminal, self->keys, &wrong))
    g_task_return_pointer (task, g_steal_pointer (&charge), (GDestroyNotify)jumin_charge_free);
  else
    g_task_return_error (task, new_invalid_error ("a charge", wrong->message));
}

static void
pay_async (JuminPaymentSource *source, const JuminPaymentOrder *order, GAsyncReadyCallback callback,
           gpointer data)
{
  JuminPaymentsClient *self = JUMIN_PAYMENTS_CLIENT (source);
  GTask *task = task_new (self, &pay, NULL, callback, data);
  cJSON *body = cJSON_CreateObject ();
  g_autofree char *fen = g_strdup_printf ("%" G_GINT64_FORMAT, order->quote->fen);

  cJSON_AddStringToObject (body, "quote", order->quote->id);
  cJSON_AddStringToObject (body, "fen", fen);
  cJSON_AddStringToObject (body, "way", jumin_pay_way_get_word (order->way));
  jumin_json_add_nullable (body, "code", order->way == JUMIN_PAY_SHOW ? order->code : NULL);
  jumin_json_add_nullable (body, "id_number",
                           order->way == JUMIN_PAY_ACCOUNT && order->payer != NULL
                               ? jumin_identity_get_number (order->payer)
                               : NULL);
  jumin_hall_client_run (self->hall, &pay, order->payment, body, NULL, on_charge, task);
}

static void
ask (JuminPaymentSource *source, const JuminOperation *operation, const char *payment,
     GAsyncReadyCallback callback, gpointer data)
{
  JuminPaymentsClient *self = JUMIN_PAYMENTS_CLIENT (source);
  GTask *task = task_new (self, operation, NULL, callback, data);
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "payment", payment);
  jumin_hall_client_run (self->hall, operation, NULL, body, NULL, on_charge, task);
}

static void
state_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  ask (source, &get_state, payment, callback, data);
}

static void
close_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  ask (source, &close_payment, payment, callback, data);
}

static void
on_charges (GObject *hall, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  JuminChargeList *list = g_task_propagate_pointer (G_TASK (result), &error);

  if (list == NULL)
    g_task_return_error (task, error);
  else if (list->day != GPOINTER_TO_INT (g_task_get_task_data (task)))
    g_task_return_error (task, new_invalid_error ("a day's payments", "it is another day"));
  else
    g_task_return_pointer (task, g_ptr_array_ref (list->charges),
                           (GDestroyNotify)g_ptr_array_unref);
  g_clear_pointer (&list, jumin_charge_list_free);
}

static void
list_async (JuminPaymentSource *source, int day, GAsyncReadyCallback callback, gpointer data)
{
  JuminPaymentsClient *self = JUMIN_PAYMENTS_CLIENT (source);
  GTask *task = task_new (self, &list_charges, NULL, callback, data);
  cJSON *body = cJSON_CreateObject ();
  g_autofree char *date
      = g_strdup_printf ("%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);

  g_task_set_task_data (task, GINT_TO_POINTER (day), NULL);
  cJSON_AddStringToObject (body, "day", date);
  jumin_hall_client_run (self->hall, &list_charges, NULL, body, NULL, on_charges, task);
}

static void
implement_source (JuminPaymentSourceInterface *iface)
{
  iface->pay_async = pay_async;
  iface->state_async = state_async;
  iface->close_async = close_async;
  iface->list_async = list_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminPaymentsClient, jumin_payments_client, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAYMENT_SOURCE, implement_source))

static void
jumin_payments_client_finalize (GObject *object)
{
  JuminPaymentsClient *self = JUMIN_PAYMENTS_CLIENT (object);

  g_clear_object (&self->hall);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self->terminal);
  G_OBJECT_CLASS (jumin_payments_client_parent_class)->finalize (object);
}

static void
jumin_payments_client_class_init (JuminPaymentsClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_payments_client_finalize;
}

static void
jumin_payments_client_init (JuminPaymentsClient *self)
{
}

/**
 * jumin_payments_client_new:
 * @terminal: this machine's name at the platform
 * @reply_key_file: PEM, the platform's SM2 public key and the next one
 *
 * Errors: those of jumin_sm2_load_public_keys().
 *
 * Returns: (transfer full): the operations about bills and payments
 */
JuminPaymentsClient *
jumin_payments_client_new (JuminHallClient *hall, const char *terminal, const char *reply_key_file,
                           GError **error)
{
  g_autoptr (GPtrArray) keys = jumin_sm2_load_public_keys (reply_key_file, error);
  JuminPaymentsClient *self;

  if (keys == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_PAYMENTS_CLIENT, NULL);
  self->hall = g_object_ref (hall);
  self->keys = g_steal_pointer (&keys);
  self->terminal = g_strdup (terminal);
  return self;
}

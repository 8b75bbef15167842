/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who takes the money. Every source completes through a GTask of its own, whose value is what the
 * functions here hand on. */
#include "platform/payment-source.h"

G_DEFINE_INTERFACE (JuminPaymentSource, jumin_payment_source, G_TYPE_OBJECT)

static void
jumin_payment_source_default_init (JuminPaymentSourceInterface *iface)
{
}

void
jumin_payment_source_pay_async (JuminPaymentSource *self, const JuminPaymentOrder *order,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAYMENT_SOURCE (self));
  JUMIN_PAYMENT_SOURCE_GET_IFACE (self)->pay_async (self, order, callback, data);
}

void
jumin_payment_source_state_async (JuminPaymentSource *self, const char *payment,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAYMENT_SOURCE (self));
  JUMIN_PAYMENT_SOURCE_GET_IFACE (self)->state_async (self, payment, callback, data);
}

void
jumin_payment_source_close_async (JuminPaymentSource *self, const char *payment,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAYMENT_SOURCE (self));
  JUMIN_PAYMENT_SOURCE_GET_IFACE (self)->close_async (self, payment, callback, data);
}

/* Returns: (transfer full) (nullable): what the platform says about the payment */
JuminCharge *
jumin_payment_source_charge_finish (JuminPaymentSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_payment_source_list_async (JuminPaymentSource *self, int day, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (JUMIN_IS_PAYMENT_SOURCE (self));
  JUMIN_PAYMENT_SOURCE_GET_IFACE (self)->list_async (self, day, callback, data);
}

/* Returns: (transfer full) (nullable) (element-type JuminCharge): the day's payments */
GPtrArray *
jumin_payment_source_list_finish (JuminPaymentSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

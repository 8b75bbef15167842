/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/error.h"
#include "model/identity.h"
#include "model/payment.h"

G_BEGIN_DECLS

enum
{
  JUMIN_PAYMENT_CODE_MAX = 24, /* digits of a payment code */
  JUMIN_CHARGES_MAX = 4000     /* of one day */
};

/**
 * JuminPaymentOrder:
 * @payment: UUID, the Idempotency-Key: what is said with it again is the same payment
 * @payer: (nullable): whose agreement it is, for %JUMIN_PAY_ACCOUNT alone
 * @code: (nullable): payment code, for %JUMIN_PAY_SHOW alone
 */
typedef struct
{
  const char *payment;
  const JuminQuote *quote;
  JuminPayWay way;
  JuminIdentity *payer;
  const char *code;
} JuminPaymentOrder;

/**
 * JuminPaymentSource:
 *
 * Who takes the money: the platform (platform/payments-client.h). Each charge that it gives is
 * signed by the platform for this machine; whether it is about the right payment, amount and payee
 * is for the cashier to see. Every error but %JUMIN_FAILURE_PAYMENT_REFUSED says nothing about
 * what became of the payment.
 */
#define JUMIN_TYPE_PAYMENT_SOURCE (jumin_payment_source_get_type ())
G_DECLARE_INTERFACE (JuminPaymentSource, jumin_payment_source, JUMIN, PAYMENT_SOURCE, GObject)

struct _JuminPaymentSourceInterface
{
  GTypeInterface parent_interface;

  void (*pay_async) (JuminPaymentSource *self, const JuminPaymentOrder *order,
                     GAsyncReadyCallback callback, gpointer data);
  void (*state_async) (JuminPaymentSource *self, const char *payment, GAsyncReadyCallback callback,
                       gpointer data);
  void (*close_async) (JuminPaymentSource *self, const char *payment, GAsyncReadyCallback callback,
                       gpointer data);
  void (*list_async) (JuminPaymentSource *self, int day, GAsyncReadyCallback callback,
                      gpointer data);
};

/* One request, sent once (again only where the platform's answer says that it was not read: its
 * time was wrong). Not cancellable: money may move. JUMIN_FAILURE_PAYMENT_REFUSED: the platform
 * signed that it does not take this payment. */
void jumin_payment_source_pay_async (JuminPaymentSource *self, const JuminPaymentOrder *order,
                                     GAsyncReadyCallback callback, gpointer data);
/* What the platform knows of it; a tombstone is a charge that is CLOSED. */
void jumin_payment_source_state_async (JuminPaymentSource *self, const char *payment,
                                       GAsyncReadyCallback callback, gpointer data);
/* It can never be paid any more (a payment that the platform never heard of, too), or it was
 * already. PENDING: not now, the payer is just paying. */
void jumin_payment_source_close_async (JuminPaymentSource *self, const char *payment,
                                       GAsyncReadyCallback callback, gpointer data);
/* Of pay, state and close. */
JuminCharge *jumin_payment_source_charge_finish (JuminPaymentSource *self, GAsyncResult *result,
                                                 GError **error);
/* All charges of this machine whose quote was issued on @day (20260916) of the hall.
 * finish: (element-type JuminCharge): payment, state, fen, paid_at and at */
void jumin_payment_source_list_async (JuminPaymentSource *self, int day,
                                      GAsyncReadyCallback callback, gpointer data);
GPtrArray *jumin_payment_source_list_finish (JuminPaymentSource *self, GAsyncResult *result,
                                             GError **error);

G_END_DECLS

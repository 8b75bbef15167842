/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/hall-client.h"
#include "platform/payment-source.h"

G_BEGIN_DECLS

/**
 * JuminPaymentsClient:
 *
 * Bills, quotes and payments at the platform (data/platform-api.yaml, /bills and /payments); it is
 * the source of payments. A quote or charge that it gives was verified: the platform's signature is
 * good, and it was made for this machine. Errors beside those of JuminHallClient and
 * JuminPaymentSource: JUMIN_FAILURE_SERVICE_DOWN.
 */
#define JUMIN_TYPE_PAYMENTS_CLIENT (jumin_payments_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminPaymentsClient, jumin_payments_client, JUMIN, PAYMENTS_CLIENT, GObject)

JuminPaymentsClient *jumin_payments_client_new (JuminHallClient *hall, const char *terminal,
                                                const char *reply_key_file, GError **error);

/* The households of @holder and their bills. */
void jumin_payments_client_list_bills_async (JuminPaymentsClient *self, JuminIdentity *holder,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
/* Somebody's household by its account number. JUMIN_FAILURE_ACCOUNT_UNKNOWN. */
void jumin_payments_client_find_bills_async (JuminPaymentsClient *self, const char *biller,
                                             const char *account, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer data);
JuminBills *jumin_payments_client_bills_finish (JuminPaymentsClient *self, GAsyncResult *result,
                                                GError **error);

/* What it costs to pay these bills now. @bills: (array zero-terminated=1): ids, at most
 * JUMIN_BASKET_MAX. JUMIN_FAILURE_BILL_TAKEN: one of them is paid, or being paid elsewhere, or its
 * amount is another one now; JUMIN_FAILURE_BILLER_CLOSED. */
void jumin_payments_client_quote_async (JuminPaymentsClient *self, const char *const *bills,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
JuminQuote *jumin_payments_client_quote_finish (JuminPaymentsClient *self, GAsyncResult *result,
                                                GError **error);

G_END_DECLS

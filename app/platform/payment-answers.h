/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "model/payment.h"

G_BEGIN_DECLS

/**
 * JuminChargeList:
 * @day: 20260916
 * @charges: (element-type JuminCharge): payment, state, fen, paid_at and at
 */
typedef struct
{
  int day;
  GPtrArray *charges;
} JuminChargeList;

void jumin_charge_list_free (JuminChargeList *self);

/* What the platform's answers about payments say (data/platform-api.yaml, schemas); nothing of it
 * is verified. Each gives a whole value; it holds nothing of worth when the report of @root has an
 * error. */
gpointer jumin_payment_answer_read_quote (const JuminJson *root);
gpointer jumin_payment_answer_read_charge (const JuminJson *root);
gpointer jumin_payment_answer_read_list (const JuminJson *root);

G_END_DECLS

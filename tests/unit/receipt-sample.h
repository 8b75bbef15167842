/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"

G_BEGIN_DECLS

enum
{
  RECEIPT_SAMPLE_AT = 1789525724 /* 2026-09-16 10:28:44 in China */
};

/* Invented payments that are on the disk: electricity and water; as many bills as there may be. */
JuminPayment *receipt_sample_new (JuminPaymentState state);
JuminPayment *receipt_sample_new_longest (JuminPaymentState state);

G_END_DECLS

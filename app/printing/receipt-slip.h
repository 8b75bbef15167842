/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"
#include "model/raster.h"
#include "model/words.h"

G_BEGIN_DECLS

/**
 * JuminReceiptSlip:
 * @payment: what is paid, or what nobody knows yet
 * @payer: masked name of who paid; "": not known
 * @hall: 临江区政务服务中心
 * @machine: 3 号机
 * @desk: where people help
 * @phone: of the desk; "": none
 * @printed_at: Unix seconds
 * @reprints: how often it was printed before; more than 0 is marked 补打
 * @pending: it says that the payment is being confirmed; else that it is paid
 * @tongue: of the visit
 * @width: dots that the printer prints, a multiple of 8 (576 on 80 mm paper at 203 dpi)
 */
typedef struct
{
  const JuminPayment *payment;
  const char *payer;
  const JuminText *hall, *machine, *desk;
  const char *phone;
  gint64 printed_at;
  int reprints;
  gboolean pending;
  JuminTongue tongue;
  guint width;
} JuminReceiptSlip;

JuminRaster *jumin_receipt_slip_draw (const JuminReceiptSlip *slip);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hall.h"
#include "model/raster.h"
#include "model/words.h"

G_BEGIN_DECLS

/**
 * JuminTicketSlip:
 * @ticket: the number
 * @hall: 临江区政务服务中心
 * @machine: 3 号机
 * @printed_at: Unix seconds
 * @reprint: marked 补打
 */
typedef struct
{
  const JuminTicket *ticket;
  const JuminText *hall;
  const JuminText *machine;
  gint64 printed_at;
  gboolean reprint;
} JuminTicketSlip;

JuminRaster *jumin_ticket_slip_draw (const JuminTicketSlip *slip, JuminTongue tongue, guint width);

G_END_DECLS

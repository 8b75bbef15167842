/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hall.h"
#include "model/raster.h"
#include "model/words.h"

G_BEGIN_DECLS

/**
 * JuminChecklistSlip:
 * @matter: its name, papers, place and hours are on the slip
 * @hall: 临江区政务服务中心
 * @machine: 3 号机
 * @printed_at: Unix seconds
 */
typedef struct
{
  const JuminMatter *matter;
  const JuminText *hall, *machine;
  gint64 printed_at;
} JuminChecklistSlip;

JuminRaster *jumin_checklist_slip_draw (const JuminChecklistSlip *slip, JuminTongue tongue,
                                        guint width);

G_END_DECLS

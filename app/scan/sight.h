/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/scan-message.h"
#include "scan/frame.h"

G_BEGIN_DECLS

/**
 * JuminSight:
 * @state: %JUMIN_SCAN_LOOKING, _COVERED, _TOO_DARK or _TOO_BRIGHT
 * @hint: what would make a code readable
 *
 * What one frame shows to somebody who knows codes and cannot read.
 */
typedef struct
{
  JuminScanState state;
  JuminScanHint hint;
} JuminSight;

JuminSight jumin_sight_of (const JuminFrame *frame, const JuminFrame *binary);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/scan-message.h"
#include "scan/frame.h"

G_BEGIN_DECLS

typedef struct _JuminCoach JuminCoach;

JuminCoach *jumin_coach_new (void);
void jumin_coach_free (JuminCoach *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCoach, jumin_coach_free)

gboolean jumin_coach_look (JuminCoach *self, const JuminFrame *frame, gboolean read, gint64 now_us,
                           GError **error);
JuminScanState jumin_coach_get_state (JuminCoach *self);
JuminScanHint jumin_coach_get_hint (JuminCoach *self);

G_END_DECLS

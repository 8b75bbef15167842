/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_FRAME (jumin_frame_get_type ())
G_DECLARE_FINAL_TYPE (JuminFrame, jumin_frame, JUMIN, FRAME, GtkWidget)

/**
 * JuminFrame::resized:
 *
 * The screen has another size: the shape follows it and all is to be drawn anew.
 */

GtkWidget *jumin_frame_new (JuminShape *shape);
void jumin_frame_update (JuminFrame *self, const JuminBlockContext *context, gboolean fresh,
                         gboolean slide);
void jumin_frame_set_deadline (JuminFrame *self, const JuminBlockContext *context,
                               gint64 deadline_us);

G_END_DECLS

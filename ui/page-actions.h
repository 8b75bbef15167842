/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

GtkWidget *jumin_page_actions_new (void);
void jumin_page_actions_update (GtkWidget *box, const JuminBlockContext *context);

G_END_DECLS

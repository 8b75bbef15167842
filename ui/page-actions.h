/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

void jumin_page_actions_update (GtkGrid *grid, GHashTable *presses,
                                const JuminBlockContext *context);

G_END_DECLS

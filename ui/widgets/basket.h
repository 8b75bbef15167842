/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"
#include "ui/widgets/shelf.h"

G_BEGIN_DECLS

gboolean jumin_basket_sums_aside (const JuminBlockContext *context);
void jumin_basket_fill (JuminShelf *shelf, const JuminBlock *block,
                        const JuminBlockContext *context);
void jumin_basket_fill_sum (GtkWidget *box, const JuminBlock *block,
                            const JuminBlockContext *context);

G_END_DECLS

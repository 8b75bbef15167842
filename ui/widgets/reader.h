/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

/**
 * JuminReader:
 *
 * A paper on its desk, and beside it what is said of it, the keys to look at it closely, how many
 * are wanted, or where it comes out.
 */
#define JUMIN_TYPE_READER (jumin_reader_get_type ())
G_DECLARE_FINAL_TYPE (JuminReader, jumin_reader, JUMIN, READER, GtkWidget)

GtkWidget *jumin_reader_new (void);
void jumin_reader_update (GtkWidget *reader, const JuminBlock *block,
                          const JuminBlockContext *context);
int jumin_reader_measure_head (JuminReader *self);
gboolean jumin_reader_takes (const JuminBlock *block, const JuminBlockContext *context);

G_END_DECLS

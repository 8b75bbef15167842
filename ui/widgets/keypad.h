/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

/**
 * JuminKeypad:
 *
 * The kiosk's own keypad, of the same size and in the same place on every page: twelve keys, one
 * more that the page needs, and the page's primary key.
 */
#define JUMIN_TYPE_KEYPAD (jumin_keypad_get_type ())
G_DECLARE_FINAL_TYPE (JuminKeypad, jumin_keypad, JUMIN, KEYPAD, GtkWidget)

GtkWidget *jumin_keypad_new (void);
void jumin_keypad_update (GtkWidget *keypad, const JuminBlock *block,
                          const JuminBlockContext *context);
gboolean jumin_keypad_takes_note (const JuminBlock *block, const JuminBlockContext *context);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

#define JUMIN_TYPE_DIALOG (jumin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JuminDialog, jumin_dialog, JUMIN, DIALOG, GtkBox)

GtkWidget *jumin_dialog_new (void);
void jumin_dialog_update (JuminDialog *self, const JuminBlockContext *context);

G_END_DECLS

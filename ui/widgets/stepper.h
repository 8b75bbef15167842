/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/block.h"

G_BEGIN_DECLS

/**
 * JuminStepper:
 *
 * How many: choices of which one is seen, with a key for fewer and one for more.
 */
#define JUMIN_TYPE_STEPPER (jumin_stepper_get_type ())
G_DECLARE_FINAL_TYPE (JuminStepper, jumin_stepper, JUMIN, STEPPER, GtkBox)

GtkWidget *jumin_stepper_new (void);
const JuminBlock *jumin_stepper_find_beside (const JuminBlockContext *context);
void jumin_stepper_update (GtkWidget *stepper, const JuminBlock *block,
                           const JuminBlockContext *context);

G_END_DECLS

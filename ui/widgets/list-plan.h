/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shape.h"
#include "ui/widgets/press.h"
#include "ui/widgets/shelf.h"

G_BEGIN_DECLS

JuminPressStyle jumin_list_style (const JuminBlock *block, const JuminShape *shape);
JuminShelfPlan jumin_list_plan (const JuminBlock *block, const JuminShape *shape);

G_END_DECLS

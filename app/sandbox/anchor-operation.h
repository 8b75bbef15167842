/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

/* Keeps the end of the terminal's audit log; as the operations in operations.c. */
cJSON *jumin_operation_add_anchor (const JuminPlatform *platform, const JuminJson *body,
                                   const char *key, guint *status);

G_END_DECLS

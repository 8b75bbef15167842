/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

/* Calls for help and reports of troubles; as the operations in operations.c. */
cJSON *jumin_operation_call_help (const JuminPlatform *platform, const JuminJson *body,
                                  const char *key, guint *status);
cJSON *jumin_operation_follow_help (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_add_report (const JuminPlatform *platform, const JuminJson *body,
                                   const char *key, guint *status);

G_END_DECLS

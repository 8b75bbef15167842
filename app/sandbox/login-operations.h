/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

/* Logins by message; as the operations in operations.c. (transfer full) (nullable) */
cJSON *jumin_operation_start_login (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_resend_code (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_check_code (const JuminPlatform *platform, const JuminJson *body,
                                   const char *key, guint *status);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/operations.h"

G_BEGIN_DECLS

cJSON *jumin_operation_make_quote (const JuminPlatform *platform, const JuminJson *body,
                                   const char *key, guint *status);
cJSON *jumin_operation_pay (const JuminPlatform *platform, const JuminJson *body, const char *key,
                            guint *status);
cJSON *jumin_operation_get_payment (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_close_payment (const JuminPlatform *platform, const JuminJson *body,
                                      const char *key, guint *status);
cJSON *jumin_operation_list_payments (const JuminPlatform *platform, const JuminJson *body,
                                      const char *key, guint *status);

G_END_DECLS

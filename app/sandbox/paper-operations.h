/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/operations.h"

G_BEGIN_DECLS

cJSON *jumin_operation_get_entitlements (const JuminPlatform *platform, const JuminJson *body,
                                         const char *key, guint *status);
cJSON *jumin_operation_fetch_paper (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_report_outcome (const JuminPlatform *platform, const JuminJson *body,
                                       const char *key, guint *status);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/answers.h"
#include "sandbox/logins.h"
#include "sandbox/queue.h"

G_BEGIN_DECLS

/**
 * JuminPlatform:
 *
 * What the operations work on. Borrowed.
 */
typedef struct
{
  const JuminCity *city;
  JuminQueue *queue;
  JuminStore *store;
  JuminLogins *logins;
  JuminClock *clock;
} JuminPlatform;

/**
 * JuminOperationRequest:
 * @path: with /v1
 * @key: (nullable): Idempotency-Key
 */
typedef struct
{
  const char *method, *path, *key, *body;
  gsize body_length;
} JuminOperationRequest;

gboolean jumin_operation_is_known (const char *path);
cJSON *jumin_operation_run (const JuminPlatform *platform, const JuminOperationRequest *request,
                            guint *status);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "sandbox/queue.h"

G_BEGIN_DECLS

/**
 * JuminAnswer:
 * @status: HTTP
 * @body: (transfer full): JSON
 */
typedef struct
{
  guint status;
  cJSON *body;
} JuminAnswer;

/**
 * JuminPlatform:
 *
 * What the operations work with. Owned by main.
 */
typedef struct
{
  const JuminCity *city;
  JuminStore *store;
  JuminQueue *queue;
  JuminClock *clock;
} JuminPlatform;

/* @path: "/v1/tickets"; @key: Idempotency-Key or NULL; @body: NULL where there is none. An unknown
 * path or a body that breaks the interface description is answered with 404 or 400. */
JuminAnswer jumin_operations_answer (JuminPlatform *platform, const char *method, const char *path,
                                     const char *key, const cJSON *body);
JuminAnswer jumin_answer_refusal (guint status, const char *code, const char *message);

G_END_DECLS

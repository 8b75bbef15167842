/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "platform/hall-answers.h"
#include "platform/hall-client.h"

G_BEGIN_DECLS

/**
 * JuminOperation:
 * @read: reads the answer; %NULL: the catalogue, which has a reader of its own
 * @attempts: how often it is asked while the platform is silent
 * @read_refusal: (nullable): makes a result of a refusal; %NULL when it is an error
 */
typedef struct
{
  const char *method, *path;
  gpointer (*read) (const JuminJson *root);
  GDestroyNotify free_result;
  guint attempts;
  gpointer (*read_refusal) (guint status, JuminRefusal refusal, const JuminJson *root);
} JuminOperation;

/* @body: (transfer full) (nullable); @key: (nullable): given where the world changes */
void jumin_hall_client_run (JuminHallClient *self, const JuminOperation *operation, const char *key,
                            cJSON *body, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data);
/* The same for another object, @asker, which is told. */
void jumin_hall_client_run_for (JuminHallClient *self, gpointer asker,
                                const JuminOperation *operation, const char *key, cJSON *body,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);

G_END_DECLS

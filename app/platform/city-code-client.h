/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/identity.h"
#include "platform/city-code-secrets.h"
#include "platform/http-client.h"

G_BEGIN_DECLS

/**
 * JuminCityCodeClient:
 *
 * Asks the platform of the codes (渝快码 and what it takes besides) whose code was shown. It asks
 * for one code at a time; that the same text is not asked for again while it is held before the
 * camera, is its caller's matter, as is what kind of code it is.
 */
#define JUMIN_TYPE_CITY_CODE_CLIENT (jumin_city_code_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminCityCodeClient, jumin_city_code_client, JUMIN, CITY_CODE_CLIENT, GObject)

JuminCityCodeClient *jumin_city_code_client_new (const JuminCityCodeSettings *settings,
                                                 JuminHttpClient *http, JuminClock *clock,
                                                 GError **error);
void jumin_city_code_client_resolve_async (JuminCityCodeClient *self, GBytes *text,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
JuminIdentity *jumin_city_code_client_resolve_finish (JuminCityCodeClient *self,
                                                      GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>

#include "sandbox/city-code-faults.h"
#include "sandbox/city-codes.h"

G_BEGIN_DECLS

/**
 * JuminCityCodeDesk:
 *
 * The platform of the codes in its two public shapes.
 */
typedef struct _JuminCityCodeDesk JuminCityCodeDesk;

/**
 * JuminCityCodeRequest:
 * @query: (nullable): its parameters
 * @id, @app_key, @channel, @request, @terminal, @version: (nullable): its headers
 */
typedef struct
{
  const char *method, *path, *id, *app_key, *channel, *request, *terminal, *version, *body;
  GHashTable *query;
  gsize body_length;
} JuminCityCodeRequest;

JuminCityCodeDesk *jumin_city_code_desk_new (const JuminCityCodes *codes, JuminClock *clock);
void jumin_city_code_desk_free (JuminCityCodeDesk *self);
gboolean jumin_city_code_operation_is_known (const char *path);
cJSON *jumin_city_code_desk_answer (JuminCityCodeDesk *self, const JuminCityCodeRequest *request);
JuminCityCodeFaults *jumin_city_code_desk_get_faults (JuminCityCodeDesk *self);
char *jumin_city_code_desk_describe (const JuminCityCodeDesk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodeDesk, jumin_city_code_desk_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/identity.h"
#include "platform/city-code-profile.h"
#include "platform/http-client.h"
#include "platform/sm4.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CITY_CODE_TEXT_MAX = 2048, /* bytes of a payload */
  JUMIN_CITY_CODE_ID_MAX = 64,
  JUMIN_CITY_CODE_SECRET_MAX = 128,
  JUMIN_CITY_CODE_TOKEN_MAX = 1024,
  JUMIN_CITY_CODE_TERMINAL_MAX = 64,
  JUMIN_CITY_CODE_EXPIRES_MAX_S = 31 * 24 * 60 * 60
};

/**
 * JuminCityCodeMessage:
 *
 * A question as it goes out; wiped at the end.
 */
typedef struct
{
  char *path, *body; /* body: NULL: none */
  GStrv headers;
} JuminCityCodeMessage;

/**
 * JuminCityCodeAnswer:
 * @result: what its number means; only with %JUMIN_CITY_CODE_GOOD is there more
 * @terminal: of the step activate
 * @token, @expires_s: of the step token
 * @identity: of the last step
 *
 * What an answer says.
 */
typedef struct
{
  JuminCityCodeResult result;
  char *terminal, *token;
  gint64 expires_s;
  JuminIdentity *identity;
} JuminCityCodeAnswer;

JuminCityCodeMessage *jumin_city_code_message_new (const JuminCityCodeProfile *profile,
                                                   JuminCityCodeStep step,
                                                   const char *const *values);
void jumin_city_code_message_free (JuminCityCodeMessage *self);
JuminCityCodeAnswer *jumin_city_code_answer_read (const JuminCityCodeProfile *profile,
                                                  const JuminSm4 *cipher, JuminCityCodeStep step,
                                                  const char *json, gsize length,
                                                  const GDate *today, GError **error);
void jumin_city_code_answer_free (JuminCityCodeAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodeMessage, jumin_city_code_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodeAnswer, jumin_city_code_answer_free)

G_END_DECLS

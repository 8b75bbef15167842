/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "platform/city-code-messages.h"

G_BEGIN_DECLS

/**
 * JuminCityCodeSettings:
 * @profile: (transfer full): the shape of this platform
 * @id_file: one line: the application's key, or the device's id
 * @secret_file: one line of 16 characters or more: the application's secret, or the terminal's key
 * @terminal_file: (nullable): where the name is kept that an activated machine got
 * @latitude, @longitude: (nullable): "29.5630", where a profile sends them
 * @total_ms: how long a code may take, with all that has to be asked before
 *
 * Who we are for the platform of the codes. The files are refused where others may read them.
 */
typedef struct
{
  JuminCityCodeProfile *profile;
  const char *id_file, *secret_file, *terminal_file, *latitude, *longitude;
  guint total_ms;
} JuminCityCodeSettings;

/**
 * JuminCityCodeSecrets:
 * @id, @secret: with room for the end of their lines
 * @terminal: the name that an activated machine got; "": none
 * @token: "": none
 * @token_ends_us: monotonic
 * @cipher: with its key
 *
 * What nobody else may know of who we are, in locked memory.
 */
typedef struct
{
  char id[JUMIN_CITY_CODE_ID_MAX + 2], secret[JUMIN_CITY_CODE_SECRET_MAX + 2];
  char terminal[JUMIN_CITY_CODE_TERMINAL_MAX + 2];
  char token[JUMIN_CITY_CODE_TOKEN_MAX + 1];
  gint64 token_ends_us;
  JuminSm4 cipher;
  JuminClock *clock;
  char *terminal_file;
} JuminCityCodeSecrets;

JuminCityCodeSecrets *jumin_city_code_secrets_load (const JuminCityCodeSettings *settings,
                                                    JuminClock *clock, GError **error);
void jumin_city_code_secrets_free (JuminCityCodeSecrets *self);
void jumin_city_code_secrets_keep_terminal (JuminCityCodeSecrets *self, const char *terminal);
void jumin_city_code_secrets_forget_terminal (JuminCityCodeSecrets *self);
void jumin_city_code_secrets_keep_token (JuminCityCodeSecrets *self, const char *token,
                                         gint64 expires_s);
void jumin_city_code_secrets_forget_token (JuminCityCodeSecrets *self);
gboolean jumin_city_code_secrets_has_token (const JuminCityCodeSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCityCodeSecrets, jumin_city_code_secrets_free)

G_END_DECLS

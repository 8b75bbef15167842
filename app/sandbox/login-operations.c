/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of a login by message (data/platform-api.yaml, /logins). */
#include "sandbox/operations.h"

#define LOGIN_ID "^[0-9a-f]{32}$"

enum
{
  LOGIN_ID_LENGTH = 32
};

static const struct
{
  guint status;
  const char *code, *message;
} refusals[] = {
  [JUMIN_LOGIN_NO_PHONE] = { 422, "no_phone", "There is no phone to send a code to" },
  [JUMIN_LOGIN_WRONG_CODE] = { 422, "wrong_code", "The code is another one" },
  [JUMIN_LOGIN_LOCKED] = { 423, "login_locked", "Too many codes were wrong" },
  [JUMIN_LOGIN_EXPIRED] = { 410, "login_expired", "The code is too old, or there is none" },
};

static cJSON *
answer_sent (const JuminLogin *login)
{
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddStringToObject (answer, "login", login->id);
  cJSON_AddStringToObject (answer, "phone", login->phone);
  cJSON_AddNumberToObject (answer, "valid_s", login->valid_s);
  cJSON_AddNumberToObject (answer, "resend_s", login->resend_s);
  cJSON_AddNumberToObject (answer, "tries_left", login->tries_left);
  return answer;
}

static cJSON *
answer_login (JuminAsk *ask, const JuminLogin *login)
{
  cJSON *answer;

  if (login->state == JUMIN_LOGIN_SENT)
    return answer_sent (login);
  if (login->state == JUMIN_LOGIN_KNOWN)
    {
      answer = cJSON_CreateObject ();
      cJSON_AddStringToObject (answer, "name", jumin_identity_get_name (login->holder));
      cJSON_AddStringToObject (answer, "id_number", jumin_identity_get_number (login->holder));
      return answer;
    }
  ask->status = refusals[login->state].status;
  answer = jumin_answer_error (refusals[login->state].code, refusals[login->state].message);
  if (login->state == JUMIN_LOGIN_WRONG_CODE)
    cJSON_AddNumberToObject (answer, "tries_left", login->tries_left);
  else if (login->state == JUMIN_LOGIN_LOCKED)
    cJSON_AddNumberToObject (answer, "until", (double)login->locked_until);
  return answer;
}

cJSON *
jumin_operation_start_login (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  g_autoptr (JuminLogin) login = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  login = jumin_logins_start (ask->platform->logins, id_number);
  return answer_login (ask, login);
}

cJSON *
jumin_operation_resend_code (JuminAsk *ask)
{
  const char *id = jumin_json_get_match (ask->body, "login", LOGIN_ID, LOGIN_ID_LENGTH);
  g_autoptr (JuminLogin) login = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  login = jumin_logins_resend (ask->platform->logins, id);
  return answer_login (ask, login);
}

cJSON *
jumin_operation_check_code (JuminAsk *ask)
{
  const char *id = jumin_json_get_match (ask->body, "login", LOGIN_ID, LOGIN_ID_LENGTH);
  const char *code
      = jumin_json_get_match (ask->body, "code", "^[0-9]{6}$", JUMIN_LOGIN_CODE_LENGTH);
  g_autoptr (JuminLogin) login = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  login = jumin_logins_check (ask->platform->logins, id, code);
  return answer_login (ask, login);
}

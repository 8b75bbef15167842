/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations that people of the hall are behind (data/platform-api.yaml, /help-calls and
 * /reports). Whether they answer a call, the control socket says. */
#include "sandbox/operations.h"

enum
{
  HELP_ID_MAX = 9
};

#define TIME_MAX ((gint64)1 << 53)

static cJSON *
answer_call (JuminAsk *ask, gint64 number)
{
  const JuminStaff *staff = ask->platform->staff;
  g_autofree char *id = g_strdup_printf ("H%04" G_GINT64_FORMAT, number);
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddStringToObject (answer, "id", id);
  cJSON_AddBoolToObject (answer, "acknowledged",
                         !staff->away && (staff->answers || number <= staff->answered));
  cJSON_AddNumberToObject (answer, "on_duty", staff->away ? 0 : ask->platform->city->staff_on_duty);
  return answer;
}

cJSON *
jumin_operation_call_help (JuminAsk *ask)
{
  g_autofree char *page = jumin_json_dup_id (ask->body, "page");
  g_autofree char *matter = jumin_json_member_is_null (ask->body, "matter")
                                ? g_strdup ("")
                                : jumin_json_dup_id (ask->body, "matter");

  jumin_json_get_boolean (ask->body, "escalated");
  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  ask->status = 201;
  return answer_call (ask, jumin_store_add_help (ask->platform->store, ask->key, page, matter,
                                                 jumin_ask_get_now (ask)));
}

cJSON *
jumin_operation_follow_help (JuminAsk *ask)
{
  const char *id = jumin_json_get_match (ask->body, "id", "^H[0-9]{4,8}$", HELP_ID_MAX);
  gint64 number;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  number = g_ascii_strtoll (id + 1, NULL, 10);
  if (number >= 1 && number <= jumin_store_count_help (ask->platform->store))
    return answer_call (ask, number);
  return jumin_ask_refuse (ask, 404, "not_found", "There is no such call");
}

cJSON *
jumin_operation_add_report (JuminAsk *ask)
{
  static const char *const states[] = { "began", "ended", NULL };
  static const char *const told[] = { "hall", "technician", NULL };
  g_autofree char *trouble = jumin_json_dup_id (ask->body, "trouble"), *id = NULL;
  gint64 since = jumin_json_get_integer (ask->body, "since", 0, TIME_MAX - 1);
  const char *state = states[jumin_json_get_choice (ask->body, "state", states)];
  cJSON *answer;

  jumin_json_get_choice (ask->body, "told", told);
  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  id = g_strdup_printf ("R%04" G_GINT64_FORMAT,
                        jumin_store_add_report (ask->platform->store, ask->key, ask->terminal,
                                                trouble, state, since));
  ask->status = 201;
  answer = cJSON_CreateObject ();
  cJSON_AddStringToObject (answer, "id", id);
  return answer;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations that people of the hall are behind (data/platform-api.yaml, /help-calls and
 * /reports). Whether they answer a call, the control socket says. */
#include "sandbox/staff-operations.h"

enum
{
  HELP_ID_MAX = 9
};

#define TIME_MAX ((gint64)1 << 53)

static cJSON *
answer_call (const JuminPlatform *platform, gint64 number)
{
  const JuminStaff *staff = platform->staff;
  g_autofree char *id = g_strdup_printf ("H%04" G_GINT64_FORMAT, number);
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddStringToObject (answer, "id", id);
  cJSON_AddBoolToObject (answer, "acknowledged",
                         !staff->away && (staff->answers || number <= staff->answered));
  cJSON_AddNumberToObject (answer, "on_duty", staff->away ? 0 : platform->city->staff_on_duty);
  return answer;
}

cJSON *
jumin_operation_call_help (const JuminPlatform *platform, const JuminJson *body, const char *key,
                           guint *status)
{
  static const char *const keys[] = { "page", "matter", "escalated", NULL };
  g_autofree char *page = jumin_json_dup_id (body, "page");
  JuminJson place = jumin_json_member (body, "matter");
  g_autofree char *matter
      = cJSON_IsNull (place.value) ? g_strdup ("") : jumin_json_dup_id (body, "matter");

  jumin_json_get_boolean (body, "escalated");
  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  *status = 201;
  return answer_call (platform, jumin_store_add_help (platform->store, key, page, matter,
                                                      jumin_clock_get_wall (platform->clock)));
}

cJSON *
jumin_operation_follow_help (const JuminPlatform *platform, const JuminJson *body, const char *key,
                             guint *status)
{
  static const char *const keys[] = { "id", NULL };
  const char *id = jumin_json_get_match (body, "id", "^H[0-9]{4,8}$", HELP_ID_MAX);
  gint64 number;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  number = g_ascii_strtoll (id + 1, NULL, 10);
  if (number >= 1 && number <= jumin_store_count_help (platform->store))
    return answer_call (platform, number);
  *status = 404;
  return jumin_answer_error ("not_found", "There is no such call");
}

cJSON *
jumin_operation_add_report (const JuminPlatform *platform, const JuminJson *body, const char *key,
                            guint *status)
{
  static const char *const keys[] = { "trouble", "since", "state", "told", NULL };
  static const char *const states[] = { "began", "ended", NULL };
  static const char *const told[] = { "hall", "technician", NULL };
  g_autofree char *trouble = jumin_json_dup_id (body, "trouble"), *id = NULL;
  gint64 since = jumin_json_get_integer (body, "since", 0, TIME_MAX - 1);
  const char *state = states[jumin_json_get_choice (body, "state", states)];
  cJSON *answer;

  jumin_json_get_choice (body, "told", told);
  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  id = g_strdup_printf (
      "R%04" G_GINT64_FORMAT,
      jumin_store_add_report (platform->store, key, platform->terminal, trouble, state, since));
  *status = 201;
  answer = cJSON_CreateObject ();
  cJSON_AddStringToObject (answer, "id", id);
  return answer;
}

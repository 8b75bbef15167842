/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of data/platform-api.yaml, one function each, one row each. */
#include "sandbox/operations.h"

#include <string.h>

#include "model/json.h"

enum
{
  PERSON_NAME_MAX = 80,
  ID_NUMBER_LENGTH = 18,
  CARD_IDENTIFIER_LENGTH = 32,
  CARD_VERSION_LENGTH = 4
};

cJSON *
jumin_ask_refuse (JuminAsk *ask, guint status, const char *code, const char *message)
{
  ask->status = status;
  return jumin_answer_error (code, message);
}

const char *
jumin_ask_read_person (JuminAsk *ask)
{
  return jumin_json_get_match (ask->body, "id_number", JUMIN_PATTERN_ID_NUMBER, ID_NUMBER_LENGTH);
}

gint64
jumin_ask_get_now (const JuminAsk *ask)
{
  return jumin_clock_get_wall (ask->platform->clock);
}

static cJSON *
get_catalogue (JuminAsk *ask)
{
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddNumberToObject (answer, "version", ask->platform->city->catalogue_version);
  cJSON_AddRawToObject (answer, "services", ask->platform->city->services_json);
  return answer;
}

static cJSON *
get_hall (JuminAsk *ask)
{
  g_autoptr (JuminHall) hall = jumin_queue_describe (ask->platform->queue);

  return jumin_answer_hall (hall);
}

static cJSON *
resolve_card (JuminAsk *ask)
{
  const char *identifier
      = jumin_json_get_match (ask->body, "identifier", "^[0-9A-Fa-f]{32}$", CARD_IDENTIFIER_LENGTH);
  const JuminCityResident *resident;
  cJSON *answer;

  jumin_json_get_match (ask->body, "version", "^[0-9]\\.[0-9]{2}$", CARD_VERSION_LENGTH);
  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  resident = jumin_city_find_card (ask->platform->city, identifier);
  if (resident == NULL)
    return jumin_ask_refuse (ask, 404, "holder_unknown", "No holder of this card is known");
  answer = cJSON_CreateObject ();
  cJSON_AddStringToObject (answer, "name", resident->name);
  cJSON_AddStringToObject (answer, "id_number", resident->id_number);
  return answer;
}

static cJSON *
get_today (JuminAsk *ask)
{
  const char *id_number = jumin_ask_read_person (ask);
  g_autoptr (JuminToday) today = NULL;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  today = jumin_queue_find_today (ask->platform->queue, id_number);
  return jumin_answer_today (today);
}

static const char *
read_holder (JuminAsk *ask)
{
  JuminJson holder = jumin_json_member (ask->body, "holder");

  if (cJSON_IsNull (holder.value))
    return "";
  if (*jumin_json_get_string (&holder, "name", PERSON_NAME_MAX) == '\0')
    jumin_json_fail (&holder, "no name");
  return jumin_json_get_match (&holder, "id_number", JUMIN_PATTERN_ID_NUMBER, ID_NUMBER_LENGTH);
}

static const char *
read_priority (JuminAsk *ask)
{
  static const char *const kinds[] = { "elder", "pregnant", "disabled", "military", NULL };

  return jumin_json_member_is_null (ask->body, "priority")
             ? ""
             : kinds[jumin_json_get_choice (ask->body, "priority", kinds)];
}

static cJSON *
refuse_order (JuminAsk *ask, const GError *error)
{
  static const char *const codes[] = {
    [JUMIN_QUEUE_ERROR_MATTER_UNKNOWN] = "matter_unknown",
    [JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED] = "identity_required",
    [JUMIN_QUEUE_ERROR_CLOSED] = "queue_closed",
    [JUMIN_QUEUE_ERROR_APPOINTMENT] = "appointment_closed",
    [JUMIN_QUEUE_ERROR_KEY_REUSED] = "key_reused",
  };

  if (error->domain != JUMIN_QUEUE_ERROR)
    return jumin_ask_refuse (ask, 500, "internal", error->message);
  return jumin_ask_refuse (ask, 422, codes[error->code], error->message);
}

static cJSON *
take_ticket (JuminAsk *ask)
{
  g_autofree char *matter = jumin_json_dup_id (ask->body, "matter");
  JuminQueueOrder order = {
    .key = ask->key,
    .matter = matter,
    .priority = read_priority (ask),
    .id_number = read_holder (ask),
    .appointment = jumin_json_get_match_or (ask->body, "appointment", "^[a-z][a-z0-9-]*$",
                                            JUMIN_JSON_ID_MAX, ""),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;
  JuminQueueOutcome outcome;
  cJSON *answer;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  outcome = jumin_queue_take (ask->platform->queue, &order, &ticket, &error);
  if (outcome == JUMIN_QUEUE_REFUSED)
    return refuse_order (ask, error);
  if (outcome != JUMIN_QUEUE_LIVE)
    {
      ask->status = outcome == JUMIN_QUEUE_NEW ? 201 : 200;
      return jumin_answer_ticket (ticket);
    }
  answer = jumin_ask_refuse (ask, 409, "live_ticket", "This person holds a number for this matter");
  cJSON_AddItemToObject (answer, "ticket", jumin_answer_ticket (ticket));
  return answer;
}

/* What stands behind an operation and may be down while the platform answers. */
typedef enum
{
  BEHIND_NOTHING,
  BEHIND_QUEUE,
  BEHIND_OFFICE
} Behind;

static const struct
{
  const char *method, *path;
  gboolean wants_key;
  Behind behind;
  cJSON *(*run) (JuminAsk *ask);
} operations[] = {
  { "GET", "/v1/catalogue", FALSE, BEHIND_NOTHING, get_catalogue },
  { "GET", "/v1/hall", FALSE, BEHIND_QUEUE, get_hall },
  { "POST", "/v1/cards/resolve", FALSE, BEHIND_NOTHING, resolve_card },
  { "POST", "/v1/holders/today", FALSE, BEHIND_QUEUE, get_today },
  { "POST", "/v1/logins", FALSE, BEHIND_NOTHING, jumin_operation_start_login },
  { "POST", "/v1/logins/resend", FALSE, BEHIND_NOTHING, jumin_operation_resend_code },
  { "POST", "/v1/logins/code", FALSE, BEHIND_NOTHING, jumin_operation_check_code },
  { "POST", "/v1/tickets", TRUE, BEHIND_QUEUE, take_ticket },
  { "POST", "/v1/help-calls", TRUE, BEHIND_NOTHING, jumin_operation_call_help },
  { "POST", "/v1/help-calls/state", FALSE, BEHIND_NOTHING, jumin_operation_follow_help },
  { "POST", "/v1/reports", TRUE, BEHIND_NOTHING, jumin_operation_add_report },
  { "POST", "/v1/audit-anchors", FALSE, BEHIND_NOTHING, jumin_operation_add_anchor },
  { "POST", "/v1/fund/account", FALSE, BEHIND_OFFICE, jumin_operation_get_account },
  { "POST", "/v1/fund/lines", FALSE, BEHIND_OFFICE, jumin_operation_get_lines },
  { "POST", "/v1/fund/loan", FALSE, BEHIND_OFFICE, jumin_operation_get_loan },
  { "POST", "/v1/fund/withdrawals", FALSE, BEHIND_OFFICE, jumin_operation_get_withdrawals },
  { "POST", "/v1/social/record", FALSE, BEHIND_OFFICE, jumin_operation_get_social },
  { "POST", "/v1/documents/entitlements", FALSE, BEHIND_OFFICE, jumin_operation_get_entitlements },
  { "POST", "/v1/documents", TRUE, BEHIND_OFFICE, jumin_operation_fetch_paper },
  { "POST", "/v1/documents/outcome", FALSE, BEHIND_OFFICE, jumin_operation_report_outcome },
  { "POST", "/v1/bills/list", FALSE, BEHIND_OFFICE, jumin_operation_list_bills },
  { "POST", "/v1/bills/find", FALSE, BEHIND_OFFICE, jumin_operation_find_bills },
  { "POST", "/v1/payments/quotes", FALSE, BEHIND_OFFICE, jumin_operation_make_quote },
  { "POST", "/v1/payments", TRUE, BEHIND_OFFICE, jumin_operation_pay },
  { "POST", "/v1/payments/state", FALSE, BEHIND_OFFICE, jumin_operation_get_payment },
  { "POST", "/v1/payments/close", FALSE, BEHIND_OFFICE, jumin_operation_close_payment },
  { "POST", "/v1/payments/list", FALSE, BEHIND_OFFICE, jumin_operation_list_payments },
};

/* Returns: whether the interface has @path, with /v1 */
gboolean
jumin_operation_is_known (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].path, path) == 0)
      return TRUE;
  return FALSE;
}

typedef struct
{
  JuminAsk *ask;
  cJSON *(*run) (JuminAsk *ask);
  cJSON *answer;
} Run;

static void
run_with_body (const JuminJson *root, gpointer data)
{
  Run *run = data;

  run->ask->body = root;
  run->answer = run->run (run->ask);
}

static cJSON *
run_operation (JuminAsk *ask, cJSON *(*operation) (JuminAsk *ask))
{
  /* A body may be about a person: an error never quotes it. What nobody reads in it is refused by
   * each operation, before it does anything. */
  JuminJsonFile file = { .what = "Body",
                         .name = ask->path,
                         .json = ask->text,
                         .length = (gssize)ask->text_length,
                         .bytes_max = JUMIN_BODY_BYTES_MAX,
                         .tolerant = TRUE };
  Run run = { ask, operation, NULL };
  g_autoptr (GError) error = NULL;

  if (strcmp (ask->method, "GET") == 0)
    return operation (ask);
  if (jumin_json_read_file (&file, run_with_body, &run, &error))
    return run.answer;
  cJSON_Delete (run.answer);
  return jumin_ask_refuse (ask, 400, "bad_request", error->message);
}

/**
 * jumin_operation_run:
 * @ask: its status is set
 *
 * Returns: (transfer full): the answer's body
 */
cJSON *
jumin_operation_run (JuminAsk *ask)
{
  const JuminPlatform *platform = ask->platform;

  ask->status = 200;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (strcmp (operations[i].method, ask->method) != 0
          || strcmp (operations[i].path, ask->path) != 0)
        continue;
      if (operations[i].wants_key
          && (ask->key == NULL
              || !g_regex_match_simple (JUMIN_PATTERN_UUID, ask->key, G_REGEX_DOLLAR_ENDONLY, 0)))
        return jumin_ask_refuse (ask, 400, "bad_request", "Idempotency-Key is no UUID");
      if (operations[i].behind == BEHIND_QUEUE && jumin_queue_get_down (platform->queue))
        return jumin_ask_refuse (ask, 503, "queue_down", "The queue system does not answer");
      if (operations[i].behind == BEHIND_OFFICE && platform->staff->offices_closed)
        return jumin_ask_refuse (ask, 503, "service_down", "The office does not answer");
      return run_operation (ask, operations[i].run);
    }
  return jumin_ask_refuse (ask, 404, "not_found", "There is no such operation");
}

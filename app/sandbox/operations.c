/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of data/platform-api.yaml, one function each, one row each. */
#include "sandbox/operations.h"

#include <string.h>

#include "model/json.h"
#include "sandbox/anchor-operation.h"
#include "sandbox/bill-operations.h"
#include "sandbox/login-operations.h"
#include "sandbox/paper-operations.h"
#include "sandbox/payment-operations.h"
#include "sandbox/record-operations.h"
#include "sandbox/staff-operations.h"

#define UUID "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
#define ID_NUMBER "^[0-9]{17}[0-9X]$"

enum
{
  PERSON_NAME_MAX = 80,
  ID_NUMBER_LENGTH = 18,
  CARD_IDENTIFIER_LENGTH = 32,
  CARD_VERSION_LENGTH = 4
};

/* @body: the root of the body; without a value where the operation has none. */
typedef cJSON *(*Operation) (const JuminPlatform *platform, const JuminJson *body, const char *key,
                             guint *status);

static cJSON *
refuse (guint code, const char *name, const char *message, guint *status)
{
  *status = code;
  return jumin_answer_error (name, message);
}

static cJSON *
get_catalogue (const JuminPlatform *platform, const JuminJson *body, const char *key, guint *status)
{
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddNumberToObject (answer, "version", platform->city->catalogue_version);
  cJSON_AddRawToObject (answer, "services", platform->city->services_json);
  return answer;
}

static cJSON *
get_hall (const JuminPlatform *platform, const JuminJson *body, const char *key, guint *status)
{
  g_autoptr (JuminHall) hall = jumin_queue_describe (platform->queue);

  return jumin_answer_hall (hall);
}

static cJSON *
resolve_card (const JuminPlatform *platform, const JuminJson *body, const char *key, guint *status)
{
  static const char *const keys[] = { "identifier", "version", NULL };
  const char *identifier
      = jumin_json_get_match (body, "identifier", "^[0-9A-Fa-f]{32}$", CARD_IDENTIFIER_LENGTH);
  const JuminCityResident *resident;
  cJSON *answer;

  jumin_json_get_match (body, "version", "^[0-9]\\.[0-9]{2}$", CARD_VERSION_LENGTH);
  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  resident = jumin_city_find_card (platform->city, identifier);
  if (resident == NULL)
    return refuse (404, "holder_unknown", "No holder of this card is known", status);
  answer = cJSON_CreateObject ();
  cJSON_AddStringToObject (answer, "name", resident->name);
  cJSON_AddStringToObject (answer, "id_number", resident->id_number);
  return answer;
}

static cJSON *
get_today (const JuminPlatform *platform, const JuminJson *body, const char *key, guint *status)
{
  static const char *const keys[] = { "id_number", NULL };
  const char *id_number = jumin_json_get_match (body, "id_number", ID_NUMBER, ID_NUMBER_LENGTH);
  g_autoptr (JuminToday) today = NULL;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  today = jumin_queue_find_today (platform->queue, id_number);
  return jumin_answer_today (today);
}

static const char *
read_holder (const JuminJson *body)
{
  static const char *const keys[] = { "name", "id_number", NULL };
  JuminJson holder = jumin_json_member (body, "holder");

  if (holder.value == NULL)
    jumin_json_fail (&holder, "missing");
  if (jumin_json_is_null (&holder))
    return "";
  jumin_json_check_keys (&holder, keys);
  if (*jumin_json_get_string (&holder, "name", PERSON_NAME_MAX) == '\0')
    jumin_json_fail (&holder, "no name");
  return jumin_json_get_match (&holder, "id_number", ID_NUMBER, ID_NUMBER_LENGTH);
}

static const char *
read_priority (const JuminJson *body)
{
  static const char *const kinds[] = { "elder", "pregnant", "disabled", "military", NULL };
  JuminJson priority = jumin_json_member (body, "priority");

  if (priority.value == NULL)
    jumin_json_fail (&priority, "missing");
  return jumin_json_is_null (&priority) ? ""
                                        : kinds[jumin_json_get_choice (body, "priority", kinds)];
}

static const char *
read_appointment (const JuminJson *body)
{
  JuminJson place = jumin_json_member (body, "appointment");

  if (place.value == NULL)
    jumin_json_fail (&place, "missing");
  return jumin_json_is_null (&place)
             ? ""
             : jumin_json_get_match (body, "appointment", "^[a-z][a-z0-9-]*$", JUMIN_JSON_ID_MAX);
}

static cJSON *
refuse_order (const GError *error, guint *status)
{
  static const char *const codes[] = {
    [JUMIN_QUEUE_ERROR_MATTER_UNKNOWN] = "matter_unknown",
    [JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED] = "identity_required",
    [JUMIN_QUEUE_ERROR_CLOSED] = "queue_closed",
    [JUMIN_QUEUE_ERROR_APPOINTMENT] = "appointment_closed",
    [JUMIN_QUEUE_ERROR_KEY_REUSED] = "key_reused",
  };

  if (error->domain != JUMIN_QUEUE_ERROR)
    return refuse (500, "internal", error->message, status);
  return refuse (422, codes[error->code], error->message, status);
}

static cJSON *
take_ticket (const JuminPlatform *platform, const JuminJson *body, const char *key, guint *status)
{
  static const char *const keys[] = { "matter", "priority", "holder", "appointment", NULL };
  g_autofree char *matter = jumin_json_dup_id (body, "matter");
  JuminQueueOrder order = {
    .key = key,
    .matter = matter,
    .priority = read_priority (body),
    .id_number = read_holder (body),
    .appointment = read_appointment (body),
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) ticket = NULL;
  JuminQueueOutcome outcome;
  cJSON *answer;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  outcome = jumin_queue_take (platform->queue, &order, &ticket, &error);
  if (outcome == JUMIN_QUEUE_REFUSED)
    return refuse_order (error, status);
  if (outcome != JUMIN_QUEUE_LIVE)
    {
      *status = outcome == JUMIN_QUEUE_NEW ? 201 : 200;
      return jumin_answer_ticket (ticket);
    }
  answer = refuse (409, "live_ticket", "This person holds a number for this matter", status);
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
  Operation run;
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

static cJSON *
run_with_body (const JuminPlatform *platform, const JuminOperationRequest *request, Operation run,
               guint *status)
{
  /* A body may be about a person: an error never quotes it. */
  JuminJsonReport report = { .name = "Body", .quoting = FALSE };
  JuminPlatform asked = *platform;
  cJSON *document = jumin_json_parse (request->body, request->body_length, &report);
  cJSON *answer = NULL;

  if (document != NULL)
    {
      JuminJson root = jumin_json_root (document, &report);

      asked.terminal = request->terminal;
      asked.paper_fault = request->paper_fault;
      asked.money_fault = request->money_fault;
      answer = run (&asked, &root, request->key, status);
    }
  jumin_json_free_wiped (document);
  if (report.error != NULL)
    {
      cJSON_Delete (answer);
      answer = refuse (400, "bad_request", report.error->message, status);
      g_clear_error (&report.error);
    }
  return answer;
}

/**
 * jumin_operation_run:
 * @status: (out): the HTTP status
 *
 * Returns: (transfer full): the answer's body
 */
cJSON *
jumin_operation_run (const JuminPlatform *platform, const JuminOperationRequest *request,
                     guint *status)
{
  *status = 200;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      if (strcmp (operations[i].method, request->method) != 0
          || strcmp (operations[i].path, request->path) != 0)
        continue;
      if (operations[i].wants_key
          && (request->key == NULL
              || !g_regex_match_simple (UUID, request->key, G_REGEX_DOLLAR_ENDONLY, 0)))
        return refuse (400, "bad_request", "Idempotency-Key is no UUID", status);
      if (operations[i].behind == BEHIND_QUEUE && jumin_queue_get_down (platform->queue))
        return refuse (503, "queue_down", "The queue system does not answer", status);
      if (operations[i].behind == BEHIND_OFFICE && platform->staff != NULL
          && platform->staff->offices_closed)
        return refuse (503, "service_down", "The office does not answer", status);
      if (strcmp (request->method, "GET") == 0)
        return operations[i].run (platform, NULL, NULL, status);
      return run_with_body (platform, request, operations[i].run, status);
    }
  return refuse (404, "not_found", "There is no such operation", status);
}

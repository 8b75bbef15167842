/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of data/platform-api.yaml, one row each. A body with a member that the description
 * does not list, or of another type, is refused. */
#include "sandbox/operations.h"

#include <string.h>

#include "model/id-number.h"
#include "sandbox/answers.h"

enum
{
  BODY_MEMBERS_MAX = 4,
  NAME_CHARACTERS_MAX = 80,
  IDENTIFIER_LENGTH = 32
};

typedef struct
{
  const char *method, *path;
  gboolean wants_key;
  const char *members[BODY_MEMBERS_MAX + 1];
  JuminAnswer (*answer) (JuminPlatform *platform, const char *key, const cJSON *body);
} Operation;

JuminAnswer
jumin_answer_refusal (guint status, const char *code, const char *message)
{
  return (JuminAnswer){ status, jumin_answer_error (code, message) };
}

static JuminAnswer
refuse_body (void)
{
  return jumin_answer_refusal (400, "request", "Not a body of this operation");
}

/* The text of a member; NULL when it is null or not a text of 1 to @max bytes. */
static const char *
text (const cJSON *body, const char *name, gsize max)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (body, name);

  if (!cJSON_IsString (item) || *item->valuestring == '\0' || strlen (item->valuestring) > max)
    return NULL;
  return item->valuestring;
}

static gboolean
is_null (const cJSON *body, const char *name)
{
  return cJSON_IsNull (cJSON_GetObjectItemCaseSensitive (body, name));
}

static JuminAnswer
answer_catalogue (JuminPlatform *platform, const char *key, const cJSON *body)
{
  cJSON *object = cJSON_CreateObject ();

  cJSON_AddNumberToObject (object, "version", platform->city->catalogue_version);
  cJSON_AddItemToObject (object, "services", cJSON_Parse (platform->city->services_json));
  return (JuminAnswer){ 200, object };
}

static JuminAnswer
answer_hall (JuminPlatform *platform, const char *key, const cJSON *body)
{
  g_autoptr (JuminHall) hall = jumin_queue_describe (platform->queue);

  return (JuminAnswer){ 200, jumin_answer_hall (hall) };
}

static JuminAnswer
answer_card (JuminPlatform *platform, const char *key, const cJSON *body)
{
  const char *identifier = text (body, "identifier", IDENTIFIER_LENGTH);
  const JuminCityResident *resident;
  cJSON *object;

  if (identifier == NULL || text (body, "version", 4) == NULL)
    return refuse_body ();
  resident = jumin_city_find_card (platform->city, identifier);
  if (resident == NULL || !resident->known)
    return jumin_answer_refusal (404, "holder_unknown", "Nobody is known for this card");
  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "name", resident->name);
  cJSON_AddStringToObject (object, "id_number", resident->id_number);
  return (JuminAnswer){ 200, object };
}

static JuminAnswer
answer_today (JuminPlatform *platform, const char *key, const cJSON *body)
{
  const char *id_number = text (body, "id_number", JUMIN_ID_NUMBER_LENGTH);
  g_autoptr (JuminToday) today = NULL;

  if (id_number == NULL || strlen (id_number) != JUMIN_ID_NUMBER_LENGTH)
    return refuse_body ();
  today = jumin_queue_find_today (platform->queue, id_number);
  return (JuminAnswer){ 200, jumin_answer_today (today) };
}

static JuminAnswer
refuse_ticket (const GError *error)
{
  static const char *const codes[] = { [JUMIN_QUEUE_ERROR_MATTER_UNKNOWN] = "matter_unknown",
                                       [JUMIN_QUEUE_ERROR_IDENTITY_REQUIRED] = "identity_required",
                                       [JUMIN_QUEUE_ERROR_CLOSED] = "queue_closed",
                                       [JUMIN_QUEUE_ERROR_KEY_REUSED] = "key_reused" };

  if (error->domain != JUMIN_QUEUE_ERROR)
    return jumin_answer_refusal (500, "ledger", error->message);
  return jumin_answer_refusal (422, codes[error->code], error->message);
}

/* Whose number it will be; nobody's is empty. */
static gboolean
read_holder (const cJSON *body, const char **id_number)
{
  const cJSON *holder = cJSON_GetObjectItemCaseSensitive (body, "holder");
  const char *name;

  *id_number = "";
  if (cJSON_IsNull (holder))
    return TRUE;
  if (!cJSON_IsObject (holder) || cJSON_GetArraySize (holder) != 2)
    return FALSE;
  name = text (holder, "name", NAME_CHARACTERS_MAX * 4);
  *id_number = text (holder, "id_number", JUMIN_ID_NUMBER_LENGTH);
  return name != NULL && g_utf8_strlen (name, -1) <= NAME_CHARACTERS_MAX && *id_number != NULL
         && strlen (*id_number) == JUMIN_ID_NUMBER_LENGTH;
}

static JuminAnswer
answer_ticket (JuminPlatform *platform, const char *key, const cJSON *body)
{
  static const char *const priorities[] = { "elder", "pregnant", "disabled", "military", NULL };
  const char *priority = text (body, "priority", 16);
  JuminQueueOrder order = { .key = key,
                            .matter = text (body, "matter", 32),
                            .priority = priority != NULL ? priority : "" };
  g_autoptr (JuminTicket) ticket = NULL;
  g_autoptr (GError) error = NULL;
  JuminQueueOutcome outcome;
  cJSON *answer;

  if (order.matter == NULL || !read_holder (body, &order.id_number)
      || (priority != NULL ? !g_strv_contains (priorities, priority) : !is_null (body, "priority")))
    return refuse_body ();
  outcome = jumin_queue_take (platform->queue, &order, &ticket, &error);
  if (outcome == JUMIN_QUEUE_REFUSED)
    return refuse_ticket (error);
  answer = jumin_answer_ticket (ticket);
  if (outcome == JUMIN_QUEUE_LIVE)
    {
      cJSON *refusal = jumin_answer_error ("live_ticket", "This person holds a number already");

      cJSON_AddItemToObject (refusal, "ticket", answer);
      return (JuminAnswer){ 409, refusal };
    }
  return (JuminAnswer){ outcome == JUMIN_QUEUE_NEW ? 201 : 200, answer };
}

static JuminAnswer
answer_help (JuminPlatform *platform, const char *key, const cJSON *body)
{
  const char *page = text (body, "page", 32), *matter = text (body, "matter", 32);
  g_autofree char *id = NULL;
  cJSON *object;
  gint64 number;

  if (page == NULL || (matter == NULL && !is_null (body, "matter")))
    return refuse_body ();
  number = jumin_store_add_help (platform->store, key, page, matter != NULL ? matter : "",
                                 jumin_clock_get_wall (platform->clock));
  id = g_strdup_printf ("H%04" G_GINT64_FORMAT, number);
  object = cJSON_CreateObject ();
  cJSON_AddStringToObject (object, "id", id);
  cJSON_AddBoolToObject (object, "acknowledged", FALSE);
  cJSON_AddNumberToObject (object, "on_duty", platform->city->staff_on_duty);
  return (JuminAnswer){ 201, object };
}

static const Operation operations[] = {
  { "GET", "/v1/catalogue", FALSE, { NULL }, answer_catalogue },
  { "GET", "/v1/hall", FALSE, { NULL }, answer_hall },
  { "POST", "/v1/cards/resolve", FALSE, { "identifier", "version" }, answer_card },
  { "POST", "/v1/holders/today", FALSE, { "id_number" }, answer_today },
  { "POST", "/v1/tickets", TRUE, { "matter", "priority", "holder" }, answer_ticket },
  { "POST", "/v1/help-calls", TRUE, { "page", "matter" }, answer_help },
};

/* Exactly the members of the operation, no others and none twice. */
static gboolean
has_members (const cJSON *body, const char *const *members)
{
  int n = (int)g_strv_length ((char **)members);

  if (n == 0)
    return body == NULL;
  if (!cJSON_IsObject (body) || cJSON_GetArraySize (body) != n)
    return FALSE;
  for (int i = 0; i < n; i++)
    if (!cJSON_HasObjectItem (body, members[i])
        || cJSON_GetObjectItemCaseSensitive (body, members[i]) == NULL)
      return FALSE;
  return TRUE;
}

JuminAnswer
jumin_operations_answer (JuminPlatform *platform, const char *method, const char *path,
                         const char *key, const cJSON *body)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (operations[i].path, path))
      {
        if (!g_str_equal (operations[i].method, method))
          return jumin_answer_refusal (405, "method", "Not a method of this path");
        if (!has_members (body, operations[i].members))
          return refuse_body ();
        if (operations[i].wants_key && (key == NULL || !g_uuid_string_is_valid (key)))
          return jumin_answer_refusal (400, "request", "No Idempotency-Key");
        return operations[i].answer (platform, key, body);
      }
  return jumin_answer_refusal (404, "path", "No such path");
}

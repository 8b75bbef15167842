/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform of the codes as data/city-code-api.yaml describes it. Of what is shown to it nothing
 * is kept; it counts. */
#include "sandbox/city-code-operations.h"

#include <string.h>

#include "model/json.h"
#include "platform/sm2.h"
#include "platform/sm4.h"
#include "sandbox/city-code-faults.h"

enum
{
  TEXT_MAX = 4096,
  TOKENS_MAX = 64,
  TOKEN_LASTS_S = 7200,
  TERMINAL_DIGITS = 12
};

#define BASE "/v1/ykm/third-api"
#define REQUEST_ID "^[0-9A-Za-z]{32}$"

struct _JuminCityCodeDesk
{
  const JuminCityCodes *codes;
  JuminClock *clock;
  GHashTable *good; /* token, or name of a terminal → until when, Unix seconds */
  gboolean activated;
  JuminCityCodeFaults faults;
  guint activations, tokens, asked, served;
};

typedef cJSON *(*Operation) (JuminCityCodeDesk *self, const JuminCityCodeRequest *request,
                             const JuminJson *body);

static gboolean
is_wrong (const JuminCityCodeDesk *self, JuminCityCodeFaultKind kind)
{
  return self->faults.left > 0 && self->faults.fault->kind == kind;
}

static cJSON *
say (int result, const char *message, cJSON *data)
{
  cJSON *answer = cJSON_CreateObject ();

  cJSON_AddNumberToObject (answer, "code", result);
  cJSON_AddStringToObject (answer, "msg", message);
  cJSON_AddItemToObject (answer, "data", data != NULL ? data : cJSON_CreateNull ());
  return answer;
}

static cJSON *
give_token (JuminCityCodeDesk *self, const char *name)
{
  cJSON *data = cJSON_CreateObject ();
  g_autofree char *token = g_uuid_string_random ();

  if (jumin_city_code_faults_strike (&self->faults, JUMIN_CODE_FAULT_NO_TOKEN))
    {
      cJSON_Delete (data);
      return say (self->faults.fault->result, "应用未授权", NULL);
    }
  if (g_hash_table_size (self->good) >= TOKENS_MAX)
    g_hash_table_remove_all (self->good);
  g_hash_table_insert (self->good, g_strdup (name != NULL ? name : token),
                       GSIZE_TO_POINTER (jumin_clock_get_wall (self->clock) + TOKEN_LASTS_S));
  self->tokens++;
  cJSON_AddStringToObject (data, "accessToken", token);
  if (is_wrong (self, JUMIN_CODE_FAULT_WORDS))
    cJSON_AddStringToObject (data, "expiresIn", "7200");
  else
    cJSON_AddNumberToObject (data, "expiresIn", TOKEN_LASTS_S);
  return say (200, "成功", data);
}

static gboolean
is_good (JuminCityCodeDesk *self, const char *name)
{
  gint64 until = (gint64)GPOINTER_TO_SIZE (g_hash_table_lookup (self->good, name));

  return until > jumin_clock_get_wall (self->clock);
}

/* The same device has the same name. */
static char *
name_terminal (JuminCityCodeDesk *self)
{
  const char *id = jumin_city_codes_get_id (self->codes);
  char hex[JUMIN_SM3_LENGTH + 1] = "";

  jumin_sm3_digest (id, strlen (id), hex, NULL);
  return g_strndup (hex, TERMINAL_DIGITS);
}

static gboolean
is_terminal (JuminCityCodeDesk *self, const JuminCityCodeRequest *request)
{
  g_autofree char *name = name_terminal (self);

  if (jumin_city_code_faults_strike (&self->faults, JUMIN_CODE_FAULT_FORGOTTEN))
    self->activated = FALSE;
  return self->activated && g_strcmp0 (request->terminal, name) == 0;
}

static JuminSm4
get_cipher (const JuminCityCodeDesk *self)
{
  JuminSm4 cipher = { 0 };

  memcpy (cipher.key, jumin_city_codes_get_secret (self->codes), JUMIN_SM4_BLOCK);
  if (is_wrong (self, JUMIN_CODE_FAULT_OTHER_KEY))
    cipher.key[0] ^= 1;
  return cipher;
}

static char *
seal (JuminCityCodeDesk *self, const char *plain)
{
  JuminSm4 cipher = get_cipher (self);
  char *sealed = jumin_sm4_seal (&cipher, plain, strlen (plain), NULL);

  if (is_wrong (self, JUMIN_CODE_FAULT_GARBAGE))
    sealed[strlen (sealed) / 2] = '*';
  else if (is_wrong (self, JUMIN_CODE_FAULT_SHORT))
    sealed[strlen (sealed) - 4] = '\0';
  return sealed;
}

static void
add_health (cJSON *person)
{
  static const char *const numbers[] = { "healthStatus", "vaccinationStatus",
                                         "vaccinationPlusStatus", "lastRNAResult", "travelStatus" };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    cJSON_AddNumberToObject (person, numbers[i], i == 0 ? 1 : 99);
  cJSON_AddStringToObject (person, "lastRNATime", "");
}

static char *
dup_number (JuminCityCodeDesk *self, const JuminCityResident *holder)
{
  if (is_wrong (self, JUMIN_CODE_FAULT_MASKED_NUMBER))
    return g_strdup_printf ("**************%s", holder->id_number + 14);
  if (is_wrong (self, JUMIN_CODE_FAULT_FOREIGN))
    return g_strdup ("E00000000");
  if (is_wrong (self, JUMIN_CODE_FAULT_NOBODY))
    return g_strdup ("");
  return g_strdup (holder->id_number);
}

static char *
dup_name (JuminCityCodeDesk *self, const JuminCityResident *holder, gboolean masked)
{
  const char *last = g_utf8_find_prev_char (holder->name, holder->name + strlen (holder->name));

  if (masked || (is_wrong (self, JUMIN_CODE_FAULT_MASKED_NAME)))
    return g_strdup_printf ("**%s", last);
  return g_strdup (holder->name);
}

static void
add_field (JuminCityCodeDesk *self, cJSON *person, const char *key, const char *plain,
           gboolean sealed)
{
  g_autofree char *text = sealed ? seal (self, plain) : g_strdup (plain);

  cJSON_AddStringToObject (person, key, text);
}

/* The third party gets fields that are sealed one by one; a terminal gets the whole sealed. */
static cJSON *
describe_holder (JuminCityCodeDesk *self, const JuminCityResident *holder, gboolean fields_sealed)
{
  cJSON *person = cJSON_CreateObject ();
  g_autofree char *name = dup_name (self, holder, !fields_sealed);
  g_autofree char *number = dup_number (self, holder);

  add_field (self, person, "userName", name, fields_sealed);
  add_field (self, person, "certNo", number, fields_sealed);
  add_field (self, person, "phone", holder->phone, fields_sealed);
  cJSON_AddStringToObject (person, "certType",
                           is_wrong (self, JUMIN_CODE_FAULT_FOREIGN) ? "414" : "1");
  add_health (person);
  return person;
}

/* Returns: (nullable): why there is no holder */
static cJSON *
find_holder (JuminCityCodeDesk *self, const char *text, const JuminCityResident **holder)
{
  JuminCityCodeState state;

  self->asked++;
  if (jumin_city_code_faults_strike (&self->faults, JUMIN_CODE_FAULT_RESULT))
    return say (self->faults.fault->result,
                self->faults.fault->result == 10016
                    ? "{\"download-url\":\"https://code.example/app\",\"version\":{\"code\":10002,"
                      "\"desc\":\"\",\"name\":\"1.0.2\"}}"
                    : "请刷新渝快码",
                NULL);
  state = jumin_city_codes_find (self->codes, text, holder);
  if (state == JUMIN_CODE_OLD)
    return say (10009, "请刷新渝快码", NULL);
  if (state == JUMIN_CODE_UNKNOWN || !(*holder)->known)
    return say (10015, "无法识别", NULL);
  self->served++;
  return NULL;
}

static gboolean
is_stale (JuminCityCodeDesk *self, const char *name)
{
  if (jumin_city_code_faults_strike (&self->faults, JUMIN_CODE_FAULT_STALE))
    g_hash_table_remove_all (self->good);
  return !is_good (self, name);
}

static cJSON *
say_stale (JuminCityCodeDesk *self)
{
  return say (self->faults.fault->kind == JUMIN_CODE_FAULT_STALE ? self->faults.fault->result
                                                                 : 10005,
              "令牌已失效", NULL);
}

static cJSON *
run_token (JuminCityCodeDesk *self, const JuminCityCodeRequest *request, const JuminJson *body)
{
  GHashTable *query = request->query;

  if (query == NULL
      || g_strcmp0 (g_hash_table_lookup (query, "appSecret"),
                    jumin_city_codes_get_secret (self->codes))
             != 0
      || g_strcmp0 (g_hash_table_lookup (query, "grantType"), "CLIENT_AUTH") != 0)
    return say (10001, "应用密钥错误", NULL);
  return give_token (self, NULL);
}

static cJSON *
run_verify (JuminCityCodeDesk *self, const JuminCityCodeRequest *request, const JuminJson *body)
{
  const char *text = jumin_json_get_string (body, "code", TEXT_MAX);
  const char *token = jumin_json_get_string (body, "accessToken", TEXT_MAX);
  const JuminCityResident *holder = NULL;
  cJSON *refusal;

  if (body->report->error != NULL)
    return say (400, "参数错误", NULL);
  if (is_stale (self, token))
    return say_stale (self);
  refusal = find_holder (self, text, &holder);
  return refusal != NULL ? refusal : say (200, "成功", describe_holder (self, holder, TRUE));
}

static cJSON *
run_activate (JuminCityCodeDesk *self, const JuminCityCodeRequest *request, const JuminJson *body)
{
  const char *id = jumin_json_get_string (body, "deviceId", TEXT_MAX);
  const char *key = jumin_json_get_string (body, "terminalKey", TEXT_MAX);
  g_autofree char *name = name_terminal (self);
  cJSON *data;

  if (body->report->error != NULL || strcmp (id, jumin_city_codes_get_id (self->codes)) != 0
      || strcmp (key, jumin_city_codes_get_secret (self->codes)) != 0)
    return say (10001, "终端未授权", NULL);
  self->activated = TRUE;
  self->activations++;
  data = cJSON_CreateObject ();
  cJSON_AddStringToObject (data, "terminalId", name);
  return say (200, "成功", data);
}

static cJSON *
run_terminal_token (JuminCityCodeDesk *self, const JuminCityCodeRequest *request,
                    const JuminJson *body)
{
  return is_terminal (self, request) ? give_token (self, request->terminal)
                                     : say (400, "终端未激活", NULL);
}

static cJSON *
run_scan (JuminCityCodeDesk *self, const JuminCityCodeRequest *request, const JuminJson *body)
{
  JuminSm4 cipher = { 0 };
  const char *sealed_text = jumin_json_get_string (body, "code", TEXT_MAX);
  const JuminCityResident *holder = NULL;
  g_autofree char *text = NULL, *plain = NULL, *sealed = NULL;
  gsize length = 0;
  cJSON *refusal, *person;

  if (!is_terminal (self, request) || is_stale (self, request->terminal))
    return say_stale (self);
  memcpy (cipher.key, jumin_city_codes_get_secret (self->codes), JUMIN_SM4_BLOCK);
  text = jumin_sm4_open (&cipher, sealed_text, &length, NULL);
  if (text == NULL || strlen (text) != length)
    return say (400, "参数错误", NULL);
  refusal = find_holder (self, text, &holder);
  if (refusal != NULL)
    return refusal;
  person = describe_holder (self, holder, FALSE);
  plain = cJSON_PrintUnformatted (person);
  cJSON_Delete (person);
  sealed = seal (self, plain);
  return say (200, "成功", cJSON_CreateString (sealed));
}

static const struct
{
  const char *method, *path;
  gboolean terminal; /* of the terminal shape */
  Operation run;
} operations[] = {
  { "GET", BASE "/access-token", FALSE, run_token },
  { "POST", BASE "/verify-code", FALSE, run_verify },
  { "POST", BASE "/terminal/activate", TRUE, run_activate },
  { "GET", BASE "/terminal/access-token", TRUE, run_terminal_token },
  { "POST", BASE "/terminal/scan", TRUE, run_scan },
};

/* Returns: whether the platform of the codes has @path, with /v1 */
gboolean
jumin_city_code_operation_is_known (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].path, path) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_headers (const JuminCityCodeDesk *self, const JuminCityCodeRequest *request, gboolean terminal)
{
  if (request->request == NULL
      || !g_regex_match_simple (REQUEST_ID, request->request, G_REGEX_DOLLAR_ENDONLY, 0))
    return FALSE;
  return terminal ? g_strcmp0 (request->channel, "5") == 0
                        && g_strcmp0 (request->app_key, "CQQRCode") == 0
                        && g_strcmp0 (request->version, "10001") == 0
                  : g_strcmp0 (request->channel, "99") == 0
                        && g_strcmp0 (request->id, jumin_city_codes_get_id (self->codes)) == 0;
}

static cJSON *
run_with_body (JuminCityCodeDesk *self, const JuminCityCodeRequest *request, Operation run)
{
  JuminJsonReport report = { .name = "Body", .quoting = FALSE };
  cJSON *document = jumin_json_parse (request->body, request->body_length, &report), *answer;

  if (document == NULL)
    answer = say (400, "参数错误", NULL);
  else
    {
      JuminJson root = jumin_json_root (document, &report);

      answer = run (self, request, &root);
      jumin_json_free_wiped (document);
    }
  g_clear_error (&report.error);
  return answer;
}

/* Numbers in quotes, as another version of the platform might write them. */
static void
put_in_quotes (JuminCityCodeDesk *self, cJSON *answer)
{
  cJSON *result = cJSON_GetObjectItemCaseSensitive (answer, "code");
  g_autofree char *digits = g_strdup_printf ("%d", result->valueint);

  if (is_wrong (self, JUMIN_CODE_FAULT_WORDS))
    cJSON_ReplaceItemInObjectCaseSensitive (answer, "code", cJSON_CreateString (digits));
}

/* A fault inside a good answer has struck. */
static void
count_fault (JuminCityCodeDesk *self, guint served_before)
{
  if (self->faults.fault->kind >= JUMIN_CODE_FAULT_WORDS && self->faults.left > 0
      && self->served > served_before)
    self->faults.left--;
}

/**
 * jumin_city_code_desk_answer:
 *
 * Returns: (transfer full) (nullable): the answer's body, status 200; %NULL: no such operation
 */
cJSON *
jumin_city_code_desk_answer (JuminCityCodeDesk *self, const JuminCityCodeRequest *request)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      guint served = self->served;
      cJSON *answer;

      if (strcmp (operations[i].method, request->method) != 0
          || strcmp (operations[i].path, request->path) != 0)
        continue;
      if (!has_headers (self, request, operations[i].terminal))
        answer = say (400, "请求头错误", NULL);
      else if (strcmp (request->method, "GET") == 0)
        answer = operations[i].run (self, request, NULL);
      else
        answer = run_with_body (self, request, operations[i].run);
      put_in_quotes (self, answer);
      count_fault (self, served);
      return answer;
    }
  return NULL;
}

/* Returns: (transfer full): what it has counted */
char *
jumin_city_code_desk_describe (const JuminCityCodeDesk *self)
{
  return g_strdup_printf ("{\"activations\":%u,\"tokens\":%u,\"asked\":%u,\"served\":%u}",
                          self->activations, self->tokens, self->asked, self->served);
}

JuminCityCodeFaults *
jumin_city_code_desk_get_faults (JuminCityCodeDesk *self)
{
  return &self->faults;
}

JuminCityCodeDesk *
jumin_city_code_desk_new (const JuminCityCodes *codes, JuminClock *clock)
{
  JuminCityCodeDesk *self = g_new0 (JuminCityCodeDesk, 1);

  self->codes = codes;
  self->clock = g_object_ref (clock);
  self->good = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  jumin_city_code_faults_set (&self->faults, "none", NULL);
  return self;
}

void
jumin_city_code_desk_free (JuminCityCodeDesk *self)
{
  g_object_unref (self->clock);
  g_hash_table_unref (self->good);
  g_free (self);
}

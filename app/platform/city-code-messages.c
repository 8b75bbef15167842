/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said to the platform of the codes and what it answers, in the shape that a profile
 * describes. What else an answer holds (health fields of 2022, a sentence) is not looked at. */
#include "platform/city-code-messages.h"

#include <math.h>
#include <string.h>

#include "model/error.h"
#include "model/id-number.h"
#include "model/json.h"

enum
{
  NAME_MAX_CHARACTERS = 80,
  BODY_SLACK = 4096 /* of an escaped text: names, quotes */
};

#define TOKEN_PATTERN "^[!-~]+$"
#define TERMINAL_PATTERN "^[A-Za-z0-9._:-]+$"

static void
free_wiped (char *text)
{
  jumin_sm4_free_wiped (text, text != NULL ? strlen (text) : 0);
}

void
jumin_city_code_message_free (JuminCityCodeMessage *self)
{
  free_wiped (self->path);
  free_wiped (self->body);
  for (gsize i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    free_wiped (self->headers[i]);
  g_free (self->headers);
  g_free (self);
}

void
jumin_city_code_answer_free (JuminCityCodeAnswer *self)
{
  free_wiped (self->terminal);
  free_wiped (self->token);
  g_clear_pointer (&self->identity, jumin_identity_unref);
  g_free (self);
}

static char *
make_path (const JuminCityCodeProfile *profile, const JuminCityCodeQuestion *question,
           const char *const *values)
{
  char *path = g_strconcat (profile->base_path, question->path, NULL);

  for (guint i = 0; i < question->query->len; i++)
    {
      const JuminCityCodePair *pair = question->query->pdata[i];
      char *value = jumin_city_code_template_fill (pair->value, values);
      char *escaped = g_uri_escape_string (value, NULL, FALSE);
      char *longer = g_strconcat (path, i == 0 ? "?" : "&", pair->name, "=", escaped, NULL);

      free_wiped (value);
      free_wiped (escaped);
      free_wiped (path);
      path = longer;
    }
  return path;
}

static GStrv
make_headers (const JuminCityCodeProfile *profile, const char *const *values)
{
  GStrv headers = g_new0 (char *, profile->headers->len + 1);
  guint n = 0;

  for (guint i = 0; i < profile->headers->len; i++)
    {
      const JuminCityCodePair *pair = profile->headers->pdata[i];
      char *value = jumin_city_code_template_fill (pair->value, values);

      if (*value != '\0')
        headers[n++] = g_strconcat (pair->name, ": ", value, NULL);
      free_wiped (value);
    }
  return headers;
}

/* cJSON would leave copies behind while its text grows. */
static char *
print (const cJSON *object, gsize size)
{
  char *text = g_malloc0 (size);

  if (cJSON_PrintPreallocated ((cJSON *)object, text, (int)size, FALSE))
    return text;
  jumin_sm4_free_wiped (text, size);
  return NULL;
}

static char *
make_body (const JuminCityCodeQuestion *question, const char *const *values)
{
  cJSON *object = cJSON_CreateObject ();
  gsize size = BODY_SLACK;
  char *body;

  for (guint i = 0; i < question->body->len; i++)
    {
      const JuminCityCodePair *pair = question->body->pdata[i];
      char *value = jumin_city_code_template_fill (pair->value, values);

      size += strlen (pair->name) + 6 * strlen (value) + 8; /* "\u001f" */
      cJSON_AddStringToObject (object, pair->name, value);
      free_wiped (value);
    }
  body = print (object, size);
  jumin_json_free_wiped (object);
  return body;
}

/**
 * jumin_city_code_message_new:
 * @step: one that the profile has
 * @values: (array fixed-size=9): by #JuminCityCodeSlot; %NULL where there is nothing
 *
 * Returns: (transfer full): the question
 */
JuminCityCodeMessage *
jumin_city_code_message_new (const JuminCityCodeProfile *profile, JuminCityCodeStep step,
                             const char *const *values)
{
  const JuminCityCodeQuestion *question = &profile->questions[step];
  JuminCityCodeMessage *self = g_new0 (JuminCityCodeMessage, 1);

  self->path = make_path (profile, question, values);
  self->headers = make_headers (profile, values);
  if (question->post)
    self->body = make_body (question, values);
  return self;
}

static gboolean
fail (GError **error, JuminFailure failure, const char *why)
{
  g_set_error (error, JUMIN_FAILURE, (int)failure, "Reading the answer about a code failed: %s",
               why);
  return FALSE;
}

/* A member that may be missing or null; "" then. */
static const char *
read_optional (const JuminJson *object, const char *key, gsize length_max)
{
  JuminJson place = jumin_json_member (object, key);

  return jumin_json_is_null (&place) ? "" : jumin_json_get_string (object, key, length_max);
}

/* Numbers come as numbers or in quotes. Returns: −1: neither */
static gint64
read_number (const JuminJson *object, const char *key, gint64 max)
{
  JuminJson place = jumin_json_member (object, key);
  gint64 number = -1;

  if (!cJSON_IsString (place.value))
    return jumin_json_get_integer (object, key, 0, max);
  if (!g_ascii_string_to_signed (place.value->valuestring, 10, 0, max, &number, NULL))
    jumin_json_fail (&place, "no whole number in quotes");
  return number;
}

static gboolean
read_result (const JuminCityCodeProfile *profile, const JuminJson *root,
             JuminCityCodeResult *result)
{
  gint64 number = read_number (root, profile->result, 999999999);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  gpointer meaning = NULL;
  JuminJson place = jumin_json_member (root, profile->result);

  if (g_hash_table_lookup_extended (profile->results, digits, NULL, &meaning))
    *result = GPOINTER_TO_UINT (meaning);
  else
    jumin_json_fail (&place, "a number that the profile does not know");
  return root->report->error == NULL;
}

/* The words of @sealed, which are UTF-8 where the key is right. */
static char *
open_sealed (const JuminSm4 *cipher, const char *sealed, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize length = 0;
  char *opened = jumin_sm4_open (cipher, sealed, &length, &why);

  if (opened != NULL && g_utf8_validate_len (opened, length, NULL))
    return opened;
  jumin_sm4_free_wiped (opened, length);
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    fail (error, JUMIN_FAILURE_PLATFORM_INVALID, why->message);
  else
    fail (error, JUMIN_FAILURE_CODES_REFUSED, "it is not sealed with our secret");
  return NULL;
}

static gboolean
is_name (const char *name)
{
  if (g_utf8_strlen (name, -1) > NAME_MAX_CHARACTERS)
    return FALSE;
  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

/* Returns: (nullable): the field's plain words; "" where there are none */
static char *
dup_field (const JuminJson *person, const JuminCityCodeField *field, const JuminSm4 *cipher,
           GError **error)
{
  const char *written = read_optional (person, field->member, JUMIN_SM4_BYTES_MAX);

  return field->sealed && *written != '\0' ? open_sealed (cipher, written, error)
                                           : g_strdup (written);
}

static JuminIdentity *
make_identity (const char *name, char *number, const GDate *today, GError **error)
{
  gsize length = strlen (number);

  if (!is_name (name))
    fail (error, JUMIN_FAILURE_PLATFORM_INVALID, "the name is too long, or not one");
  else
    {
      if (length > 0 && number[length - 1] == 'x')
        number[length - 1] = 'X';
      if (*name != '\0' && jumin_id_number_check (number, today))
        return jumin_identity_new (JUMIN_PROOF_CODE, name, number);
      g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CODE_HOLDER,
                           "The code names nobody with a resident's ID number");
    }
  return NULL;
}

static JuminIdentity *
read_person (const JuminCityCodeProfile *profile, const JuminSm4 *cipher, const JuminJson *person,
             const GDate *today, GError **error)
{
  const char *const *papers = (const char *const *)profile->papers;
  char *paper = dup_field (person, &profile->paper, cipher, error), *name = NULL, *number = NULL;
  JuminIdentity *identity = NULL;

  if (paper != NULL)
    name = dup_field (person, &profile->name, cipher, error);
  if (name != NULL)
    number = dup_field (person, &profile->number, cipher, error);
  if (number != NULL && papers[0] != NULL && *paper != '\0' && !g_strv_contains (papers, paper))
    g_set_error_literal (error, JUMIN_RETRY, JUMIN_RETRY_CODE_HOLDER,
                         "The code belongs to the holder of another paper than an ID card");
  else if (number != NULL)
    identity = make_identity (name, number, today, error);
  free_wiped (paper);
  free_wiped (name);
  free_wiped (number);
  return identity;
}

/* The data of the last step may be one sealed text, in which there is JSON. */
static JuminIdentity *
read_sealed_person (const JuminCityCodeProfile *profile, const JuminSm4 *cipher,
                    const JuminJson *root, const GDate *today, GError **error)
{
  const char *sealed = jumin_json_get_string (root, profile->data, JUMIN_SM4_BYTES_MAX);
  JuminJsonReport report = { .name = "What was sealed", .quoting = FALSE };
  JuminIdentity *identity = NULL;
  cJSON *document = NULL;
  char *opened = root->report->error == NULL ? open_sealed (cipher, sealed, error) : NULL;

  if (opened == NULL)
    return NULL;
  document = jumin_json_parse (opened, strlen (opened), &report);
  if (document != NULL)
    {
      JuminJson person = jumin_json_root (document, &report);

      identity = read_person (profile, cipher, &person, today, error);
    }
  else
    fail (error, JUMIN_FAILURE_CODES_REFUSED, "it is not sealed with our secret");
  jumin_json_free_wiped (document);
  free_wiped (opened);
  if (report.error != NULL && (error == NULL || *error == NULL))
    fail (error, JUMIN_FAILURE_PLATFORM_INVALID, report.error->message);
  if (report.error != NULL)
    g_clear_pointer (&identity, jumin_identity_unref);
  g_clear_error (&report.error);
  return identity;
}

static void
read_data (const JuminCityCodeProfile *profile, const JuminSm4 *cipher, JuminCityCodeStep step,
           const JuminJson *root, const GDate *today, JuminCityCodeAnswer *answer, GError **error)
{
  JuminJson data = jumin_json_member (root, profile->data);

  if (step == JUMIN_CITY_CODE_ACTIVATE)
    answer->terminal = jumin_json_dup_match (&data, profile->terminal, TERMINAL_PATTERN,
                                             JUMIN_CITY_CODE_TERMINAL_MAX);
  else if (step == JUMIN_CITY_CODE_TOKEN)
    {
      answer->token
          = jumin_json_dup_match (&data, profile->token, TOKEN_PATTERN, JUMIN_CITY_CODE_TOKEN_MAX);
      answer->expires_s = read_number (&data, profile->expires, JUMIN_CITY_CODE_EXPIRES_MAX_S);
    }
  else if (profile->sealed)
    answer->identity = read_sealed_person (profile, cipher, root, today, error);
  else
    answer->identity = read_person (profile, cipher, &data, today, error);
}

/**
 * jumin_city_code_answer_read:
 * @cipher: with our key
 * @json: (array length=length): what came
 * @today: the date in the hall
 *
 * Errors: JUMIN_FAILURE_PLATFORM_INVALID; JUMIN_FAILURE_CODES_REFUSED: sealed with another secret;
 * JUMIN_RETRY_CODE_HOLDER. None of them quotes the answer.
 *
 * Returns: (transfer full): what it says
 */
JuminCityCodeAnswer *
jumin_city_code_answer_read (const JuminCityCodeProfile *profile, const JuminSm4 *cipher,
                             JuminCityCodeStep step, const char *json, gsize length,
                             const GDate *today, GError **error)
{
  g_autoptr (JuminCityCodeAnswer) answer = g_new0 (JuminCityCodeAnswer, 1);
  JuminJsonReport report = { .name = "Answer about a code", .quoting = FALSE };
  g_autoptr (GError) wrong = NULL;
  cJSON *document = jumin_json_parse (json, length, &report);

  if (document != NULL)
    {
      JuminJson root = jumin_json_root (document, &report);

      if (read_result (profile, &root, &answer->result) && answer->result == JUMIN_CITY_CODE_GOOD)
        read_data (profile, cipher, step, &root, today, answer, &wrong);
      jumin_json_free_wiped (document);
    }
  if (report.error == NULL && wrong == NULL)
    return g_steal_pointer (&answer);
  if (report.error != NULL)
    fail (error, JUMIN_FAILURE_PLATFORM_INVALID, report.error->message);
  else
    g_propagate_error (error, g_steal_pointer (&wrong));
  g_clear_error (&report.error);
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes of the platform of the codes, read from a file, so that a site whose platform differs
 * needs no new build. The file is ours, and read as strictly as what comes from outside: a slot
 * that a step cannot fill is refused here and not found out before a resident. */
#include "platform/city-code-profile.h"

#include <string.h>

#include "model/json.h"

enum
{
  MEMBER_MAX = 64 /* characters */
};

#define NAME_PATTERN "^[A-Za-z][A-Za-z0-9_-]*$"
#define PATH_PATTERN "^(/[A-Za-z0-9._~-]+)+$"
#define NUMBER_PATTERN "^[0-9]{1,9}$"
#define IV_PATTERN "^[0-9A-F]{32}$"

#define BIT(slot) (1u << JUMIN_CITY_CODE_SLOT_##slot)
#define ALWAYS (BIT (ID) | BIT (SECRET) | BIT (REQUEST) | BIT (LATITUDE) | BIT (LONGITUDE))

static const char *const slots[JUMIN_CITY_CODE_N_SLOTS + 1] = {
  [JUMIN_CITY_CODE_SLOT_ID] = "id",
  [JUMIN_CITY_CODE_SLOT_SECRET] = "secret",
  [JUMIN_CITY_CODE_SLOT_REQUEST] = "request",
  [JUMIN_CITY_CODE_SLOT_LATITUDE] = "latitude",
  [JUMIN_CITY_CODE_SLOT_LONGITUDE] = "longitude",
  [JUMIN_CITY_CODE_SLOT_TERMINAL] = "terminal",
  [JUMIN_CITY_CODE_SLOT_TOKEN] = "token",
  [JUMIN_CITY_CODE_SLOT_TEXT] = "text",
  [JUMIN_CITY_CODE_SLOT_SEALED_TEXT] = "sealed-text",
};

/* Headers go with every step, and what is empty in one of them is left out there. */
static const guint header_slots = ALWAYS | BIT (TERMINAL) | BIT (TOKEN);

static const struct
{
  const char *name;
  guint slots;
} steps[JUMIN_CITY_CODE_N_STEPS] = {
  [JUMIN_CITY_CODE_ACTIVATE] = { "activate", ALWAYS },
  [JUMIN_CITY_CODE_TOKEN] = { "token", ALWAYS | BIT (TERMINAL) },
  [JUMIN_CITY_CODE_RESOLVE]
  = { "resolve", ALWAYS | BIT (TERMINAL) | BIT (TOKEN) | BIT (TEXT) | BIT (SEALED_TEXT) },
};

static const char *const methods[] = { "GET", "POST", NULL };
static const char *const modes[] = { "ecb", "cbc", NULL };
static const char *const meanings[] = {
  [JUMIN_CITY_CODE_GOOD] = "good",         [JUMIN_CITY_CODE_STALE] = "stale",
  [JUMIN_CITY_CODE_EXPIRED] = "expired",   [JUMIN_CITY_CODE_REFUSED] = "refused",
  [JUMIN_CITY_CODE_OUTDATED] = "outdated", NULL,
};

static void
pair_free (JuminCityCodePair *pair)
{
  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

void
jumin_city_code_profile_free (JuminCityCodeProfile *self)
{
  g_free (self->id);
  g_free (self->base_path);
  g_free (self->result);
  g_free (self->data);
  g_free (self->token);
  g_free (self->expires);
  g_free (self->terminal);
  g_free (self->name.member);
  g_free (self->number.member);
  g_free (self->paper.member);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_hash_table_unref);
  g_strfreev (self->papers);
  for (guint step = 0; step < JUMIN_CITY_CODE_N_STEPS; step++)
    {
      g_free (self->questions[step].path);
      g_clear_pointer (&self->questions[step].query, g_ptr_array_unref);
      g_clear_pointer (&self->questions[step].body, g_ptr_array_unref);
    }
  g_free (self);
}

/* The slot that @text goes on with after its brace, and where it ends; none: N_SLOTS. */
static guint
find_slot (const char *text, const char **end)
{
  *end = strchr (text, '}');
  for (guint slot = 0; *end != NULL && slot < JUMIN_CITY_CODE_N_SLOTS; slot++)
    if (strlen (slots[slot]) == (gsize)(*end - text)
        && strncmp (slots[slot], text, (gsize)(*end - text)) == 0)
      return slot;
  return JUMIN_CITY_CODE_N_SLOTS;
}

/**
 * jumin_city_code_template_fill:
 * @text: as a profile has it
 * @values: (array): what stands for each slot; %NULL: nothing
 *
 * Returns: (transfer full): @text with its slots filled; it may hold a secret
 */
char *
jumin_city_code_template_fill (const char *text, const char *const values[JUMIN_CITY_CODE_N_SLOTS])
{
  gsize size = strlen (text) + 1;
  char *filled, *out;
  const char *end;

  for (const char *c = strchr (text, '{'); c != NULL; c = strchr (c + 1, '{'))
    {
      const char *value = values[find_slot (c + 1, &end)];

      size += value != NULL ? strlen (value) : 0;
    }
  filled = out = g_malloc0 (size);
  for (const char *c = text; *c != '\0'; c++)
    if (*c != '{')
      *out++ = *c;
    else
      {
        const char *value = values[find_slot (c + 1, &end)];

        out = g_stpcpy (out, value != NULL ? value : "");
        c = end;
      }
  return filled;
}

static void
check_template (const JuminJson *place, const char *text, guint known)
{
  const char *end;

  for (const char *c = text; *c != '\0'; c++)
    if (*c < ' ' || *c > '~')
      jumin_json_fail (place, "not printable ASCII");
  for (const char *c = strchr (text, '{'); c != NULL; c = strchr (c + 1, '{'))
    {
      guint slot = find_slot (c + 1, &end);

      if (slot == JUMIN_CITY_CODE_N_SLOTS)
        jumin_json_fail (place, "a slot that there is not");
      else if ((known & (1u << slot)) == 0)
        jumin_json_fail (place, "nothing fills '%s' here", slots[slot]);
    }
}

/* @known: slots that are filled here */
static GPtrArray *
read_pairs (const JuminJson *object, const char *key, guint known)
{
  JuminJson place = jumin_json_member (object, key);
  GPtrArray *pairs = g_ptr_array_new_with_free_func ((GDestroyNotify)pair_free);
  const cJSON *item;

  if (!cJSON_IsObject (place.value) || cJSON_GetArraySize (place.value) > JUMIN_CITY_CODE_PAIRS_MAX)
    {
      jumin_json_fail (&place, "not an object of at most %d", JUMIN_CITY_CODE_PAIRS_MAX);
      return pairs;
    }
  cJSON_ArrayForEach (item, place.value)
  {
    JuminJson value = jumin_json_member (&place, item->string);
    JuminCityCodePair *pair = g_new0 (JuminCityCodePair, 1);

    pair->name = g_strdup (item->string);
    pair->value
        = g_strdup (jumin_json_get_string (&place, item->string, JUMIN_CITY_CODE_VALUE_MAX));
    if (strlen (pair->name) > MEMBER_MAX
        || !g_regex_match_simple (NAME_PATTERN, pair->name, G_REGEX_DOLLAR_ENDONLY, 0))
      jumin_json_fail (&value, "its name does not match %s", NAME_PATTERN);
    check_template (&value, pair->value, known);
    g_ptr_array_add (pairs, pair);
  }
  return pairs;
}

static void
read_question (const JuminJson *object, JuminCityCodeStep step, JuminCityCodeQuestion *question)
{
  JuminJson place = jumin_json_member (object, steps[step].name);
  JuminJson body;

  if (cJSON_IsNull (place.value) && step == JUMIN_CITY_CODE_ACTIVATE)
    return;
  question->post = jumin_json_get_choice (&place, "method", methods) == 1;
  question->path = jumin_json_dup_match (&place, "path", PATH_PATTERN, JUMIN_CITY_CODE_VALUE_MAX);
  question->query = read_pairs (&place, "query", steps[step].slots);
  question->body = read_pairs (&place, "body", steps[step].slots);
  body = jumin_json_member (&place, "body");
  if (!question->post && question->body->len > 0)
    jumin_json_fail (&body, "GET has no body");
}

static char *
dup_member (const JuminJson *object, const char *key)
{
  return jumin_json_dup_match (object, key, NAME_PATTERN, MEMBER_MAX);
}

static void
read_field (const JuminJson *object, const char *key, JuminCityCodeField *field)
{
  JuminJson place = jumin_json_member (object, key);

  field->member = dup_member (&place, "member");
  field->sealed = jumin_json_get_boolean (&place, "sealed");
}

static void
read_person (const JuminJson *profile, JuminCityCodeProfile *self)
{
  JuminJson place = jumin_json_member (profile, "person");
  JuminJson papers = jumin_json_array (&place, "papers", JUMIN_CITY_CODE_PAPERS_MAX),
            element = { NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  self->sealed = jumin_json_get_boolean (&place, "sealed");
  read_field (&place, "name", &self->name);
  read_field (&place, "number", &self->number);
  read_field (&place, "paper", &self->paper);
  while (jumin_json_next (&papers, &element))
    if (cJSON_IsString (element.value) && strlen (element.value->valuestring) <= MEMBER_MAX)
      g_strv_builder_add (builder, element.value->valuestring);
    else
      jumin_json_fail (&papers, "not short strings");
  self->papers = g_strv_builder_end (builder);
}

static void
read_results (const JuminJson *profile, JuminCityCodeProfile *self)
{
  JuminJson place = jumin_json_member (profile, "results");
  gboolean good = FALSE;
  const cJSON *item;

  self->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!cJSON_IsObject (place.value)
      || cJSON_GetArraySize (place.value) > JUMIN_CITY_CODE_RESULTS_MAX)
    {
      jumin_json_fail (&place, "not an object of at most %d", JUMIN_CITY_CODE_RESULTS_MAX);
      return;
    }
  cJSON_ArrayForEach (item, place.value)
  {
    JuminJson value = jumin_json_member (&place, item->string);
    guint meaning = jumin_json_get_choice (&place, item->string, meanings);

    if (!g_regex_match_simple (NUMBER_PATTERN, item->string, G_REGEX_DOLLAR_ENDONLY, 0))
      jumin_json_fail (&value, "its name is no number");
    good = good || meaning == JUMIN_CITY_CODE_GOOD;
    g_hash_table_insert (self->results, g_strdup (item->string), GUINT_TO_POINTER (meaning));
  }
  if (!good)
    jumin_json_fail (&place, "no number is good");
}

static void
read_cipher (const JuminJson *profile, JuminCityCodeProfile *self)
{
  JuminJson place = jumin_json_member (profile, "cipher");
  JuminJson iv = jumin_json_member (&place, "iv");

  self->cbc = jumin_json_get_choice (&place, "mode", modes) == 1;
  if (!self->cbc && cJSON_IsNull (iv.value))
    return;
  if (!self->cbc)
    jumin_json_fail (&iv, "ecb has none");
  else
    {
      const char *digits = jumin_json_get_match (&place, "iv", IV_PATTERN, 32);

      for (gsize i = 0; i < strlen (digits) / 2; i++)
        self->iv[i] = (guint8)(g_ascii_xdigit_value (digits[2 * i]) << 4
                               | g_ascii_xdigit_value (digits[2 * i + 1]));
    }
}

static JuminCityCodeProfile *
read_profile (const JuminJson *place)
{
  JuminCityCodeProfile *self = g_new0 (JuminCityCodeProfile, 1);
  JuminJson asked = jumin_json_member (place, "steps");
  JuminJson answer = jumin_json_member (place, "answer");

  jumin_json_member (place, "note");
  self->id = jumin_json_dup_id (place, "id");
  self->base_path = jumin_json_dup_match (place, "base", PATH_PATTERN, JUMIN_CITY_CODE_VALUE_MAX);
  read_cipher (place, self);
  self->headers = read_pairs (place, "headers", header_slots);
  for (guint step = 0; step < JUMIN_CITY_CODE_N_STEPS; step++)
    read_question (&asked, step, &self->questions[step]);
  self->result = dup_member (&answer, "result");
  self->data = dup_member (&answer, "data");
  self->token = dup_member (&answer, "token");
  self->expires = dup_member (&answer, "expires");
  self->terminal = dup_member (&answer, "terminal");
  read_person (place, self);
  read_results (place, self);
  return self;
}

typedef struct
{
  const char *id;
  JuminCityCodeProfile *found;
} Reading;

/* All are read, so that one that nobody uses yet is not wrong when it is wanted. */
static void
read_profiles (const JuminJson *root, gpointer data)
{
  Reading *reading = data;
  JuminJson profiles = jumin_json_array (root, "profiles", JUMIN_CITY_CODE_PROFILES_MAX),
            place = { NULL };

  jumin_json_get_integer (root, "version", 1, 1);
  while (jumin_json_next (&profiles, &place))
    {
      g_autoptr (JuminCityCodeProfile) profile = read_profile (&place);

      if (strcmp (profile->id, reading->id) == 0 && reading->found != NULL)
        jumin_json_fail (&place, "profile '%s' stands here twice", reading->id);
      else if (strcmp (profile->id, reading->id) == 0)
        reading->found = g_steal_pointer (&profile);
    }
  if (reading->found == NULL)
    jumin_json_fail (&profiles, "no profile '%s'", reading->id);
}

/**
 * jumin_city_code_profile_parse:
 * @json: the text
 * @length: its bytes, or −1 when it ends with NUL
 * @name: what to call the text in the error
 * @id: the profile that is wanted
 *
 * Errors: G_IO_ERROR_INVALID_DATA with the JSON path.
 *
 * Returns: (transfer full): the profile
 */
JuminCityCodeProfile *
jumin_city_code_profile_parse (const char *json, gssize length, const char *name, const char *id,
                               GError **error)
{
  JuminJsonFile file = { "Profiles of codes", name, json, length, JUMIN_CITY_CODE_FILE_BYTES_MAX,
                         .quoting = TRUE };
  Reading reading = { .id = id };

  if (!jumin_json_read_file (&file, read_profiles, &reading, error))
    g_clear_pointer (&reading.found, jumin_city_code_profile_free);
  return reading.found;
}

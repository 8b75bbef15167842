/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of three kinds that say the same: number of the resident, second, seal. */
#include "sandbox/city-codes.h"

#include <string.h>

#include "platform/sm2.h"
#include "sandbox/keys.h"

enum
{
  VALID_S = 300,
  SKEW_S = 5,
  SEAL_LENGTH = 32,
  ID_LENGTH = 32,
  SECRET_LENGTH = 16
};

/* 渝快码 as two samples in public clients show it; the others are the sandbox's own. */
#define CITY_CODE "60000000%08u.YKM1%010" G_GINT64_FORMAT "V01.02.%s"
#define SOCIAL_SECURITY "ESSC%08u%010" G_GINT64_FORMAT "%s"
#define ADDRESS "https://code.example/c/%08u%010" G_GINT64_FORMAT "%s"

static const struct
{
  JuminCodeKind kind;
  const char *pattern;
} grammars[] = {
  { JUMIN_CODE_KIND_CITY_CODE, "^60000000([0-9]{8})\\.YKM1([0-9]{10})V01\\.02\\.([0-9A-F]{32})$" },
  { JUMIN_CODE_KIND_SOCIAL_SECURITY, "^ESSC([0-9]{8})([0-9]{10})([0-9A-F]{32})$" },
  { JUMIN_CODE_KIND_URL, "^https://code\\.example/c/([0-9]{8})([0-9]{10})([0-9A-F]{32})$" },
};

struct _JuminCityCodes
{
  const JuminCity *city;
  JuminClock *clock;
  char *id, *secret;
};

/* What a platform gives out once is kept for the next start. @length: at most 32 */
static char *
ensure_word (const char *directory, const char *name, gsize length, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *line = NULL, *uuid = NULL, *written = NULL;
  g_auto (GStrv) parts = NULL;
  char *word;

  if (g_file_get_contents (path, &written, NULL, NULL) && strlen (written) == length + 1)
    return g_strndup (written, length);
  uuid = g_uuid_string_random ();
  parts = g_strsplit (uuid, "-", -1);
  word = g_strjoinv (NULL, parts);
  word[length] = '\0';
  line = g_strconcat (word, "\n", NULL);
  if (!g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    g_clear_pointer (&word, g_free);
  return word;
}

JuminCityCodes *
jumin_city_codes_new (const char *directory, const JuminCity *city, JuminClock *clock,
                      GError **error)
{
  g_autoptr (JuminCityCodes) self = g_new0 (JuminCityCodes, 1);

  self->city = city;
  self->clock = g_object_ref (clock);
  self->id = ensure_word (directory, JUMIN_SANDBOX_CODES_ID, ID_LENGTH, error);
  if (self->id != NULL)
    self->secret = ensure_word (directory, JUMIN_SANDBOX_CODES_SECRET, SECRET_LENGTH, error);
  return self->secret != NULL ? g_steal_pointer (&self) : NULL;
}

void
jumin_city_codes_free (JuminCityCodes *self)
{
  g_object_unref (self->clock);
  g_free (self->id);
  g_free (self->secret);
  g_free (self);
}

const char *
jumin_city_codes_get_id (const JuminCityCodes *self)
{
  return self->id;
}

const char *
jumin_city_codes_get_secret (const JuminCityCodes *self)
{
  return self->secret;
}

/* @seal: room for %SEAL_LENGTH and a NUL */
static void
make_seal (const JuminCityCodes *self, guint number, gint64 second, char *seal)
{
  g_autofree char *text
      = g_strdup_printf ("%u %u %" G_GINT64_FORMAT, self->city->seed, number, second);
  char hex[JUMIN_SM3_LENGTH + 1] = "";

  jumin_sm3_digest (text, strlen (text), hex, NULL);
  for (gsize i = 0; i < SEAL_LENGTH; i++)
    seal[i] = g_ascii_toupper (hex[i]);
  seal[SEAL_LENGTH] = '\0';
}

/**
 * jumin_city_codes_show:
 * @resident: as the file of residents names the person
 * @kind: city code, social security or address
 *
 * Returns: (transfer full) (nullable): what the phone shows now; %NULL: there is no such person, or
 *   kind
 */
char *
jumin_city_codes_show (const JuminCityCodes *self, const char *resident, JuminCodeKind kind)
{
  gint64 second = jumin_clock_get_wall (self->clock);
  char seal[SEAL_LENGTH + 1];

  for (guint i = 0; i < self->city->residents->len; i++)
    {
      const JuminCityResident *person = self->city->residents->pdata[i];

      if (strcmp (person->id, resident) != 0)
        continue;
      make_seal (self, i, second, seal);
      if (kind == JUMIN_CODE_KIND_SOCIAL_SECURITY)
        return g_strdup_printf (SOCIAL_SECURITY, i, second, seal);
      if (kind == JUMIN_CODE_KIND_URL)
        return g_strdup_printf (ADDRESS, i, second, seal);
      return kind == JUMIN_CODE_KIND_CITY_CODE ? g_strdup_printf (CITY_CODE, i, second, seal)
                                               : NULL;
    }
  return NULL;
}

static JuminCityCodeState
judge (const JuminCityCodes *self, const GMatchInfo *match, const JuminCityResident **holder)
{
  g_autofree char *number_text = g_match_info_fetch (match, 1);
  g_autofree char *second_text = g_match_info_fetch (match, 2);
  g_autofree char *seal = g_match_info_fetch (match, 3);
  guint number = (guint)g_ascii_strtoull (number_text, NULL, 10);
  gint64 second = g_ascii_strtoll (second_text, NULL, 10);
  gint64 age_s = jumin_clock_get_wall (self->clock) - second;
  char right[SEAL_LENGTH + 1];

  make_seal (self, number, second, right);
  if (number >= self->city->residents->len || strcmp (seal, right) != 0)
    return JUMIN_CODE_UNKNOWN;
  *holder = self->city->residents->pdata[number];
  return age_s <= VALID_S && age_s >= -SKEW_S ? JUMIN_CODE_GOOD : JUMIN_CODE_OLD;
}

/**
 * jumin_city_codes_find:
 * @holder: (out): whose it is, unless it is unknown
 */
JuminCityCodeState
jumin_city_codes_find (const JuminCityCodes *self, const char *text,
                       const JuminCityResident **holder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (grammars); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (grammars[i].pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      if (g_regex_match (regex, text, 0, &match))
        return judge (self, match, holder);
    }
  return JUMIN_CODE_UNKNOWN;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform of the codes: any answer to any step in either shape, and what is sealed with the
 * right key; what a resident holds up, in the question; and a file of shapes. The first byte says
 * which. */
#include <string.h>

#include "fuzz.h"
#include "platform/city-code-messages.h"

enum
{
  FILE_OF_SHAPES,
  ANSWER,
  SEALED_ANSWER,
  SEALED_FIELDS,
  QUESTION,
  N_WAYS
};

static const char *const ids[] = { "third-party", "terminal" };
static const JuminSm4 cipher = { .key = "0123456789ABCDEF" };

static JuminCityCodeProfile *
get_shipped (guint which)
{
  static JuminCityCodeProfile *profiles[G_N_ELEMENTS (ids)];
  g_autofree char *json = NULL;

  if (profiles[which] == NULL)
    {
      g_assert_true (g_file_get_contents (JUMIN_DATA "/city-code.json", &json, NULL, NULL));
      profiles[which] = jumin_city_code_profile_parse (json, -1, "shipped", ids[which], NULL);
      g_assert_nonnull (profiles[which]);
    }
  return profiles[which];
}

static void
read_answer (const JuminCityCodeProfile *profile, guint step, const char *json, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCityCodeAnswer) answer = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 21, 11, 2026);
  answer = jumin_city_code_answer_read (profile, &cipher, step, json, length, &today, &error);
  g_assert ((answer != NULL) == (error == NULL));
  if (answer != NULL && answer->result == JUMIN_CITY_CODE_GOOD)
    g_assert ((answer->terminal != NULL) + (answer->token != NULL) + (answer->identity != NULL)
              == 1);
}

static char *
seal (const char *plain)
{
  return jumin_sm4_seal (&cipher, plain, strlen (plain), NULL);
}

/* The fuzzer cannot seal; what it says is sealed for it. Three lines are name, number, paper. */
static void
read_sealed (guint way, const char *plain)
{
  g_autofree char *whole = seal (plain), *name = NULL, *number = NULL, *json = NULL;
  g_auto (GStrv) lines = g_strsplit (plain, "\n", 3);
  gboolean all = g_strv_length (lines) == 3;

  if (way == SEALED_ANSWER)
    json = g_strdup_printf ("{\"code\":200,\"data\":\"%s\"}", whole);
  else
    {
      name = seal (all ? lines[0] : plain);
      number = seal (all ? lines[1] : "");
      json = g_strdup_printf ("{\"code\":200,\"data\":{\"userName\":\"%s\",\"certNo\":\"%s\","
                              "\"certType\":\"%s\"}}",
                              name, number, all ? lines[2] : "1");
    }
  read_answer (get_shipped (way == SEALED_ANSWER), JUMIN_CITY_CODE_RESOLVE, json, strlen (json));
}

static void
ask (guint bits, const char *text)
{
  const JuminCityCodeProfile *profile = get_shipped (bits & 1);
  const char *values[JUMIN_CITY_CODE_N_SLOTS];
  g_autoptr (JuminCityCodeMessage) message = NULL;

  for (guint slot = 0; slot < JUMIN_CITY_CODE_N_SLOTS; slot++)
    values[slot] = (bits >> slot) & 1 ? text : NULL;
  message
      = jumin_city_code_message_new (profile, (bits & 1) != 0 ? bits % 3 : 1 + bits % 2, values);
  g_assert (g_str_has_prefix (message->path, profile->base_path));
}

static void
read_file (const char *json, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCityCodeProfile) profile
      = jumin_city_code_profile_parse (json, (gssize)length, "fuzz", "third-party", &error);

  g_assert ((profile != NULL) == (error == NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  guint way = feed_byte (&feed) % N_WAYS, bits = feed_byte (&feed);
  gsize length = feed.left;
  g_autofree char *text = feed_dup (&feed, feed.left);

  if (way == FILE_OF_SHAPES)
    read_file (text, length);
  else if (way == ANSWER)
    read_answer (get_shipped (bits & 1), (bits & 1) != 0 ? bits % 3 : 1 + bits % 2, text, length);
  else if (way == QUESTION)
    ask (bits, text);
  else
    read_sealed (way, text);
  return 0;
}

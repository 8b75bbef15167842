/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints what the client of the codes sends, a line of JSON for each step of each shape:
 * city-code-questions FILE. For test-city-code-api.py. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "platform/city-code-messages.h"

static const char *const values[JUMIN_CITY_CODE_N_SLOTS] = {
  [JUMIN_CITY_CODE_SLOT_ID] = "00112233445566778899aabbccddeeff",
  [JUMIN_CITY_CODE_SLOT_SECRET] = "0123456789ABCDEF",
  [JUMIN_CITY_CODE_SLOT_REQUEST] = "0123456789abcdef0123456789abcdef",
  [JUMIN_CITY_CODE_SLOT_LATITUDE] = "29.5630",
  [JUMIN_CITY_CODE_SLOT_LONGITUDE] = "106.5516",
  [JUMIN_CITY_CODE_SLOT_TERMINAL] = "kiosk-7",
  [JUMIN_CITY_CODE_SLOT_TOKEN] = "t-1",
  [JUMIN_CITY_CODE_SLOT_TEXT]
  = "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF",
  [JUMIN_CITY_CODE_SLOT_SEALED_TEXT] = "6wMuGkUsSKuwWd+VFgcWQg==",
};

static void
print (const JuminCityCodeProfile *profile, guint step)
{
  const char *without[JUMIN_CITY_CODE_N_SLOTS];
  g_autoptr (JuminCityCodeMessage) message = NULL;
  cJSON *line = cJSON_CreateObject (), *headers;
  char *text;

  /* Before the first step there is neither a name nor a token. */
  for (guint slot = 0; slot < JUMIN_CITY_CODE_N_SLOTS; slot++)
    without[slot] = step == JUMIN_CITY_CODE_ACTIVATE && slot >= JUMIN_CITY_CODE_SLOT_TERMINAL
                        ? NULL
                        : values[slot];
  message = jumin_city_code_message_new (profile, step, without);
  cJSON_AddStringToObject (line, "method", profile->questions[step].post ? "POST" : "GET");
  cJSON_AddStringToObject (line, "path", message->path);
  headers = cJSON_AddArrayToObject (line, "headers");
  for (guint i = 0; message->headers[i] != NULL; i++)
    cJSON_AddItemToArray (headers, cJSON_CreateString (message->headers[i]));
  cJSON_AddItemToObject (line, "body",
                         message->body != NULL ? cJSON_CreateString (message->body)
                                               : cJSON_CreateNull ());
  text = cJSON_PrintUnformatted (line);
  puts (text);
  cJSON_free (text);
  cJSON_Delete (line);
}

int
main (int argc, char **argv)
{
  static const char *const ids[] = { "third-party", "terminal" };
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 2 || !g_file_get_contents (argv[1], &json, NULL, &error))
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (JuminCityCodeProfile) profile
          = jumin_city_code_profile_parse (json, -1, argv[1], ids[i], &error);

      if (profile == NULL)
        return 1;
      for (guint step = 0; step < JUMIN_CITY_CODE_N_STEPS; step++)
        if (profile->questions[step].path != NULL)
          print (profile, step);
    }
  return 0;
}

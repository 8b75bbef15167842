/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Good answers, printed by the sandbox's own functions. */
#include "sandbox/answers.h"

#include <string.h>

#include "answers.h"
#include "scenes.h"

static const struct
{
  const char *path, *body;
} fixed[] = {
  { "/cards/resolve", "{\"name\":\"测试甲\",\"id_number\":\"500102199003070010\"}" },
  { "/help-calls", "{\"id\":\"H0001\",\"acknowledged\":false,\"on_duty\":2}" },
  { "/logins", "{\"login\":\"0123456789abcdef0123456789abcdef\",\"phone\":\"138****0000\","
               "\"valid_s\":300,\"resend_s\":60,\"tries_left\":3}" },
  { "/logins/resend", "{\"login\":\"0123456789abcdef0123456789abcdef\",\"phone\":"
                      "\"138****0000\",\"valid_s\":300,\"resend_s\":60,\"tries_left\":3}" },
  { "/logins/code", "{\"name\":\"测试甲\",\"id_number\":\"500102199003070010\"}" },
  { "/catalogue", "{\"version\":1,\"services\":[{\"id\":\"queue\",\"flow\":\"queue\",\"icon\":"
                  "\"queue\",\"family\":\"queue\",\"title\":{\"zh\":\"取号\",\"en\":\"Number\"},"
                  "\"line\":{\"zh\":\"取号\",\"en\":\"Number\"}}]}" },
};

/* @object: (transfer full) */
static char *
print (cJSON *object)
{
  char *text = cJSON_PrintUnformatted (object), *copy = g_strdup (text);

  cJSON_free (text);
  cJSON_Delete (object);
  return copy;
}

char *
fuzz_answer_dup (const char *path)
{
  g_autoptr (JuminHall) hall = jumin_sample_hall ();
  g_autoptr (JuminTicket) ticket = jumin_sample_ticket (hall, "general", "A001");
  g_autoptr (JuminToday) today = jumin_sample_today (hall, 1, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (strcmp (fixed[i].path, path) == 0)
      return g_strdup (fixed[i].body);
  if (strcmp (path, "/hall") == 0)
    return print (jumin_answer_hall (hall));
  if (strcmp (path, "/tickets") == 0)
    return print (jumin_answer_ticket (ticket));
  if (strcmp (path, "/holders/today") == 0)
    return print (jumin_answer_today (today));
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Good answers, printed by the sandbox's own functions. */
#include "sandbox/answers.h"
#include "sandbox/record-operations.h"

#include <string.h>

#include "answers.h"
#include "scenes.h"

enum
{
  TODAY = 20261121
};

#define DIGEST_HALF "00112233445566778899aabbccddeeff"
#define DIGEST DIGEST_HALF DIGEST_HALF

static const struct
{
  const char *path, *body;
} fixed[] = {
  { "/cards/resolve", "{\"name\":\"测试甲\",\"id_number\":\"500102199003070010\"}" },
  { "/documents/entitlements",
    "{\"as_of\":1795227960,\"entitlements\":[{\"kind\":\"fund-deposit\",\"title\":{\"zh\":\"证明\","
    "\"en\":\"\"},\"copies\":3,\"pages\":1,\"reason\":null},{\"kind\":\"fund-settled\",\"title\":{"
    "\"zh\":\"证明\",\"en\":\"\"},\"copies\":0,\"pages\":1,\"reason\":{\"zh\":\"还清后\",\"en\":"
    "\"\"}}]}" },
  { "/documents/outcome",
    "{\"number\":\"GJJ-20261121-000371\",\"state\":\"void\",\"replacement\":true}" },
  { "/documents",
    "{\"number\":\"GJJ-20261121-000371\",\"kind\":\"fund-deposit\",\"title\":{\"zh\":\"证明\","
    "\"en\":"
    "\"\"},\"owner\":\"" DIGEST "\",\"request\":\"0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10\","
    "\"issued_at\":1795227960,\"copies\":3,\"pages\":1,\"replaces\":null,\"sm3\":\"" DIGEST
    "\",\"sha256\":\"" DIGEST "\",\"signature\":\"" DIGEST DIGEST_HALF
    "\",\"verification\":\"JUMIN-DOC/1 x\",\"pdf\":\"" DIGEST "\"}" },
  { "/help-calls", "{\"id\":\"H0001\",\"acknowledged\":false,\"on_duty\":2}" },
  { "/logins", "{\"login\":\"0123456789abcdef0123456789abcdef\",\"phone\":\"138****0000\","
               "\"valid_s\":300,\"resend_s\":60,\"tries_left\":3}" },
  { "/logins/resend", "{\"login\":\"0123456789abcdef0123456789abcdef\",\"phone\":"
                      "\"138****0000\",\"valid_s\":300,\"resend_s\":60,\"tries_left\":3}" },
  { "/logins/code", "{\"name\":\"测试甲\",\"id_number\":\"500102199003070010\"}" },
  { "/catalogue", "{\"version\":1,\"services\":[{\"id\":\"queue\",\"flow\":\"queue\",\"icon\":"
                  "\"queue\",\"family\":\"queue\",\"proof\":\"code\",\"title\":{\"zh\":\"取号\","
                  "\"en\":\"Number\"},"
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

/* Returns: (transfer full) (nullable): the record that is asked for with @path */
static cJSON *
make_record (const char *path)
{
  static const struct
  {
    const char *path, *fund;
    cJSON *(*make) (const JuminBook *book, gint64 as_of);
  } records[] = {
    { "/fund/account", "normal", jumin_record_answer_account },
    { "/fund/loan", "loan", jumin_record_answer_loan },
    { "/fund/withdrawals", "failed", jumin_record_answer_withdrawals },
  };
  JuminCityResident resident = { .id = (char *)"a", .id_number = (char *)"500102199003070010" };
  g_autoptr (JuminBook) book = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    if (strcmp (records[i].path, path) == 0)
      {
        resident.fund = (char *)records[i].fund;
        book = jumin_book_new (&resident, TODAY);
        return records[i].make (book, 1795227960);
      }
  resident.fund = (char *)"reversed";
  book = jumin_book_new (&resident, TODAY);
  if (strcmp (path, "/fund/lines") == 0)
    return jumin_record_answer_lines (book, 1, 1795227960);
  if (strcmp (path, "/social/record") == 0)
    return jumin_record_answer_social (book, "social-rights", 1795227960);
  return NULL;
}

char *
fuzz_answer_dup (const char *path)
{
  cJSON *record = make_record (path);
  g_autoptr (JuminHall) hall = jumin_sample_hall ();
  g_autoptr (JuminTicket) ticket = jumin_sample_ticket (hall, "general", "A001");
  g_autoptr (JuminToday) today = jumin_sample_today (hall, 1, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (strcmp (fixed[i].path, path) == 0)
      return g_strdup (fixed[i].body);
  if (record != NULL)
    return print (record);
  if (strcmp (path, "/hall") == 0)
    return print (jumin_answer_hall (hall));
  if (strcmp (path, "/tickets") == 0)
    return print (jumin_answer_ticket (ticket));
  if (strcmp (path, "/holders/today") == 0)
    return print (jumin_answer_today (today));
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's answers: recorded ones are read whole, and one with anything out of place is
 * refused, with the path and without a word of what it said. */
#include <string.h>

#include "platform/hall-answers.h"

#define TEXT "{\"zh\":\"综合受理\",\"en\":\"General\"}"
#define MATTER                                                                                     \
  "{\"id\":\"general\",\"icon\":\"queue\",\"family\":\"queue\",\"name\":" TEXT ",\"place\":" TEXT  \
  ",\"counters\":\"5–8\",\"papers\":[" TEXT "],\"waiting\":12,\"windows_open\":4,"                 \
  "\"wait_minutes\":{\"min\":20,\"max\":30},\"identify\":\"optional\",\"hours\":" TEXT             \
  ",\"left\":3,\"open\":true,\"closed_reason\":null,\"reopens_at\":null}"
#define CLOSED                                                                                     \
  "{\"id\":\"tax\",\"icon\":\"cert\",\"family\":\"cert\",\"name\":" TEXT ",\"place\":" TEXT        \
  ",\"counters\":\"\",\"papers\":[],\"waiting\":0,\"windows_open\":0,\"wait_minutes\":null,"       \
  "\"identify\":\"always\",\"hours\":" TEXT                                                        \
  ",\"left\":null,\"open\":false,\"closed_reason\":" TEXT ",\"reopens_at\":1789607400}"
#define MACHINE                                                                                    \
  "{\"id\":\"T-0002\",\"name\":" TEXT ",\"place\":" TEXT ",\"metres\":20,\"sheets\":\"ok\"}"
#define HALL                                                                                       \
  "{\"name\":" TEXT ",\"as_of\":1789525560,\"priority_age\":60,\"waiting\":12,\"windows_open\":4," \
  "\"wait_minutes\":{\"min\":5,\"max\":30},\"calls\":[{\"number\":\"A017\",\"counter\":\"6\"}],"   \
  "\"matters\":[" MATTER "," CLOSED "],\"machines\":[" MACHINE "],\"newer\":true}"
#define TICKET                                                                                     \
  "{\"number\":\"A023\",\"flow\":\"A023-0417\",\"matter\":\"general\",\"name\":" TEXT              \
  ",\"place\":" TEXT ",\"counters\":\"5–8\",\"ahead\":12,\"wait_minutes\":null,"                 \
  "\"as_of\":1789525560,\"issued_at\":1789525560,\"progress_url\":null,"                           \
  "\"masked_number\":\"5001************23\",\"priority\":true,\"appointment_at\":1789526400,"      \
  "\"state\":\"missed\",\"if_missed\":\"desk\",\"calls_kept\":2}"
#define APPOINTMENT                                                                                \
  "{\"id\":\"p-1\",\"matter\":\"general\",\"name\":" TEXT                                          \
  ",\"begins_at\":1789525000,\"ends_at\":1789526000,\"take_from\":1789524100,"                     \
  "\"take_until\":1789526900}"
#define TODAY "{\"tickets\":[" TICKET "],\"appointments\":[" APPOINTMENT "]}"
#define HOLDER "{\"name\":\"王小明\",\"id_number\":\"50010119600101001X\"}"
#define HELP "{\"id\":\"H0001\",\"acknowledged\":false,\"on_duty\":2}"
#define LOGIN                                                                                      \
  "{\"login\":\"0123456789abcdef0123456789abcdef\",\"phone\":\"138****5566\",\"valid_s\":300,"     \
  "\"resend_s\":60,\"tries_left\":3}"
#define REFUSAL "{\"error\":{\"code\":\"queue_closed\",\"message\":\"closed\"}}"

/* A recorded answer with @from replaced by @to, and what is then said. */
typedef struct
{
  const char *name;
  gpointer (*read) (const JuminJson *root);
  GDestroyNotify free_result;
  const char *json, *from, *to, *says;
} Refusal;

#define AS_HALL jumin_hall_answer_read_hall, (GDestroyNotify)jumin_hall_free, HALL
#define AS_TICKET jumin_hall_answer_read_ticket, (GDestroyNotify)jumin_ticket_free, TICKET
#define AS_TODAY jumin_hall_answer_read_today, (GDestroyNotify)jumin_today_free, TODAY
#define AS_HOLDER jumin_hall_answer_read_holder, (GDestroyNotify)jumin_identity_unref, HOLDER
#define AS_HELP jumin_hall_answer_read_help_call, (GDestroyNotify)jumin_help_call_free, HELP
#define AS_LOGIN jumin_hall_answer_read_login, (GDestroyNotify)jumin_login_free, LOGIN

static const Refusal refusals[] = {
  { "a_missing_name", AS_HALL, "\"name\"", "\"nome\"", "Answer: name: missing" },
  { "a_name_that_is_no_text", AS_HALL, TEXT, "\"hall\"", "Answer: name: not an object" },
  { "an_empty_chinese_name", AS_HALL, "综合受理", "", "name.zh: empty" },
  { "a_fraction_of_people", AS_HALL, "\"waiting\":12", "\"waiting\":1.5",
    "waiting: not a whole number from 0 to 9999" },
  { "people_less_than_none", AS_HALL, "\"waiting\":12", "\"waiting\":-1", "waiting: not a whole" },
  { "people_in_a_string", AS_HALL, "\"waiting\":12", "\"waiting\":\"12\"", "waiting: not a whole" },
  { "a_time_out_of_this_world", AS_HALL, "1789525560", "1e300", "as_of: not a whole number" },
  { "a_person_of_no_age", AS_HALL, "\"priority_age\":60", "\"priority_age\":0",
    "priority_age: not" },
  { "fewer_numbers_than_none", AS_HALL, "\"left\":3", "\"left\":-1",
    "matters[0].left: not a whole" },
  { "an_opening_that_is_a_text", AS_HALL, "1789607400", "\"soon\"",
    "matters[1].reopens_at: not a" },
  { "a_state_of_another_hall", AS_TICKET, "missed\"", "lost\"", "state: not one of" },
  { "a_call_that_is_kept_for_ever", AS_TICKET, "\"calls_kept\":2", "\"calls_kept\":1000",
    "calls_kept: not a whole number from 0 to 99" },
  { "an_appointment_to_take_before_it_begins", AS_TODAY, "1789526900", "1789524099",
    "appointments[0].take_until: not a whole" },
  { "a_range_upside_down", AS_HALL, "\"min\":5,\"max\":30", "\"min\":50,\"max\":30",
    "wait_minutes.max: not a whole number from 50 to 1440" },
  { "a_call_of_a_strange_number", AS_HALL, "A017", "A017x", "calls[0].number: longer than 4" },
  { "an_unknown_way_to_identify", AS_HALL, "optional", "perhaps",
    "matters[0].identify: not one of never, optional, always" },
  { "a_control_character", AS_HALL, "5–8", "5\\n8", "matters[0].counters: has a control" },
  { "a_matter_that_stands_twice", AS_HALL, "\"tax\"", "\"general\"", "matters: an id stands" },
  { "a_closed_matter_without_a_reason", AS_HALL, "\"open\":true", "\"open\":false",
    "matters[0].closed_reason: not an object" },
  { "an_open_that_is_a_word", AS_HALL, "\"open\":true", "\"open\":\"yes\"",
    "matters[0].open: not true or false" },
  { "an_id_with_a_slash", AS_HALL, "\"general\"", "\"../etc\"", "matters[0].id: not an id" },
  { "an_array_of_the_wrong_things", AS_HALL, "\"papers\":[" TEXT "]", "\"papers\":[7]",
    "matters[0].papers[0]: not an object" },
  { "a_machine_of_another_name", AS_HALL, "T-0002", "T-2", "machines[0].id: does not match" },
  { "a_machine_that_is_nowhere", AS_HALL, "\"metres\":20", "\"metres\":-1",
    "machines[0].metres: not a whole number from 0 to 9999" },
  { "a_machine_with_other_paper", AS_HALL, "\"sheets\":\"ok\"", "\"sheets\":\"some\"",
    "machines[0].sheets: not one of ok, low, out, none, unknown" },
  { "a_ticket_without_a_flow", AS_TICKET, "\"flow\"", "\"flaw\"", "flow: missing" },
  { "a_number_that_is_not_masked", AS_TICKET, "5001************23", "500101196001010023",
    "masked_number: does not match" },
  { "a_page_that_is_not_https", AS_TICKET, "\"progress_url\":null", "\"progress_url\":\"http://x\"",
    "progress_url: does not match" },
  { "a_missing_wait", AS_TICKET, "\"wait_minutes\":null,", "", "wait_minutes: missing" },
  { "a_ticket_within_today", AS_TODAY, "A023\"", "a023\"", "tickets[0].number: does not match" },
  { "an_appointment_that_ends_early", AS_TODAY, "1789526000", "1789524000",
    "appointments[0].ends_at: not a whole" },
  { "an_empty_holder", AS_HOLDER, "王小明", "", "name: empty" },
  { "a_short_id_number", AS_HOLDER, "001X", "001", "id_number: does not match" },
  { "a_help_call_of_a_crowd", AS_HELP, "\"on_duty\":2", "\"on_duty\":2000",
    "on_duty: not a whole" },
  { "a_phone_that_is_not_masked", AS_LOGIN, "138****5566", "13800005566", "phone: does not match" },
  { "a_login_without_tries", AS_LOGIN, "\"tries_left\":3", "\"tries_left\":0",
    "tries_left: not a whole" },
  { "a_code_for_ever", AS_LOGIN, "300", "4000", "valid_s: not a whole" },
  { "a_reference_of_letters", AS_LOGIN, "0123456789abcdef0", "g123456789abcdef0",
    "login: does not match" },
};

static cJSON *
parse (const char *json, JuminJsonReport *report)
{
  cJSON *document = jumin_json_parse (json, strlen (json), report);

  g_assert_no_error (report->error);
  return document;
}

static gpointer
read_good (const char *json, gpointer (*read) (const JuminJson *root))
{
  JuminJsonReport report = { .name = "Answer" };
  cJSON *document = parse (json, &report);
  JuminJson root = jumin_json_root (document, &report);
  gpointer value = read (&root);

  g_assert_no_error (report.error);
  jumin_json_free_wiped (document);
  return value;
}

static void
test_hall (void)
{
  g_autoptr (JuminHall) hall = read_good (HALL, jumin_hall_answer_read_hall);
  const JuminMatter *general = jumin_hall_find_matter (hall, "general");
  const JuminMatter *tax = jumin_hall_find_matter (hall, "tax");

  g_assert_cmpstr (hall->name.en, ==, "General");
  g_assert_cmpint (hall->as_of, ==, 1789525560);
  g_assert_cmpint (hall->wait_min, ==, 5);
  g_assert_cmpstr (((JuminCall *)hall->calls->pdata[0])->counter, ==, "6");
  g_assert_cmpstr (general->counters, ==, "5–8");
  g_assert_cmpint (general->identify, ==, JUMIN_IDENTIFY_OPTIONAL);
  g_assert_cmpstr (((JuminText *)general->papers->pdata[0])->zh, ==, "综合受理");
  g_assert_cmpstr (general->closed_reason.zh, ==, "");
  g_assert_false (tax->open);
  g_assert_cmpint (tax->wait_max, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpstr (tax->closed_reason.zh, ==, "综合受理");
}

static void
test_today (void)
{
  g_autoptr (JuminToday) today = read_good (TODAY, jumin_hall_answer_read_today);
  const JuminTicket *ticket = today->tickets->pdata[0];
  const JuminAppointment *appointment = today->appointments->pdata[0];

  g_assert_cmpstr (ticket->number, ==, "A023");
  g_assert_cmpstr (ticket->progress_url, ==, "");
  g_assert_cmpstr (ticket->masked_number, ==, "5001************23");
  g_assert_true (ticket->priority);
  g_assert_false (ticket->live);
  g_assert_cmpint (ticket->wait_min, ==, JUMIN_MINUTES_UNKNOWN);
  g_assert_cmpint (appointment->ends_at, ==, 1789526000);
}

static void
test_holder (void)
{
  g_autoptr (JuminIdentity) holder = read_good (HOLDER, jumin_hall_answer_read_holder);
  g_autoptr (JuminHelpCall) call = read_good (HELP, jumin_hall_answer_read_help_call);

  g_assert_cmpint (jumin_identity_get_proof (holder), ==, JUMIN_PROOF_PLATFORM);
  g_assert_cmpstr (jumin_identity_get_number (holder), ==, "50010119600101001X");
  g_assert_cmpstr (call->id, ==, "H0001");
  g_assert_cmpint (call->on_duty, ==, 2);
}

static void
test_refusal_code (void)
{
  JuminJsonReport report = { .name = "Answer" };
  cJSON *document = parse (REFUSAL, &report);
  JuminJson root = jumin_json_root (document, &report);

  g_assert_cmpint (jumin_hall_answer_read_refusal (&root), ==, JUMIN_REFUSAL_QUEUE_CLOSED);
  g_assert_no_error (report.error);
  cJSON_Delete (document);
}

static void
test_refused (gconstpointer data)
{
  const Refusal *refusal = data;
  JuminJsonReport report = { .name = "Answer" };
  const char *place = strstr (refusal->json, refusal->from);
  g_autoptr (GString) json = g_string_new_len (refusal->json, place - refusal->json);
  cJSON *document;
  JuminJson root;

  g_string_append (json, refusal->to);
  g_string_append (json, place + strlen (refusal->from));
  document = parse (json->str, &report);
  root = jumin_json_root (document, &report);
  refusal->free_result (refusal->read (&root));
  jumin_json_free_wiped (document);
  g_assert_error (report.error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_test_message ("%s", report.error->message);
  g_assert_nonnull (strstr (report.error->message, refusal->says));
  g_error_free (report.error);
}

/* Whatever member of whatever object is missing, or is null: an error or a value, never a crash. */
static void
spoil (const cJSON *item, GPtrArray *places)
{
  const cJSON *child;

  cJSON_ArrayForEach (child, item)
  {
    g_ptr_array_add (places, (gpointer)child);
    spoil (child, places);
  }
}

static void
test_login_refusals (void)
{
  static const struct
  {
    guint status;
    const char *code, *more;
    int state; /* −1: an error like any other */
  } rows[] = {
    { 422, "no_phone", "", JUMIN_LOGIN_NO_PHONE },
    { 422, "wrong_code", ",\"tries_left\":2", JUMIN_LOGIN_WRONG_CODE },
    { 423, "login_locked", ",\"until\":1789607400", JUMIN_LOGIN_LOCKED },
    { 410, "login_expired", "", JUMIN_LOGIN_EXPIRED },
    { 400, "no_phone", "", -1 },
    { 422, "queue_closed", "", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      JuminJsonReport report = { .name = "Answer" };
      g_autofree char *json = g_strdup_printf ("{\"error\":{\"code\":\"%s\",\"message\":\"x\"}%s}",
                                               rows[i].code, rows[i].more);
      cJSON *document = parse (json, &report);
      JuminJson root = jumin_json_root (document, &report);
      JuminRefusal refusal = jumin_hall_answer_read_refusal (&root);
      g_autoptr (JuminLogin) login
          = jumin_hall_answer_read_login_refusal (rows[i].status, refusal, &root);

      g_assert_no_error (report.error);
      g_assert_cmpint (login != NULL ? (int)login->state : -1, ==, rows[i].state);
      cJSON_Delete (document);
    }
}

static void
test_every_hole (void)
{
  static const int types[] = { cJSON_NULL, cJSON_False, cJSON_Number, cJSON_Object, cJSON_Array };
  JuminJsonReport report = { .name = "Answer" };
  cJSON *document = parse (HALL, &report);
  g_autoptr (GPtrArray) places = g_ptr_array_new ();

  spoil (document, places);
  for (guint i = 0; i < places->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (types); j++)
      {
        cJSON *place = places->pdata[i], kept = *place;
        JuminJson root = jumin_json_root (document, &report);

        *place = (cJSON){
          .next = kept.next, .prev = kept.prev, .string = kept.string, .type = types[j]
        };
        jumin_hall_free (jumin_hall_answer_read_hall (&root));
        *place = kept;
        g_clear_error (&report.error);
      }
  cJSON_Delete (document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hall-client/a_hall_is_read_whole", test_hall);
  g_test_add_func ("/hall-client/today_is_read_whole", test_today);
  g_test_add_func ("/hall-client/a_holder_and_a_help_call_are_read", test_holder);
  g_test_add_func ("/hall-client/a_refusal_has_a_code", test_refusal_code);
  g_test_add_func ("/hall-client/a_refused_login_says_how_it_stands", test_login_refusals);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/hall-client/%s_is_refused", refusals[i].name);

      g_test_add_data_func (path, &refusals[i], test_refused);
    }
  g_test_add_func ("/hall-client/every_hole_is_survived", test_every_hole);
  return g_test_run ();
}

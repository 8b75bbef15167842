/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation against the real jumin-sandbox, and who is not let in. The sandbox runs once for
 * all; each test asks for numbers that no other test needs. */
#include "model/error.h"
#include "platform/hall-client.h"
#include "sandbox-process.h"
#include "test-keys.h"

enum
{
  CLOCK_SPEED = 2,
  FETCHES_MAX = 1000
};

typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminHallClient *client;
} Fixture;

typedef struct
{
  GAsyncResult *result;
} Outcome;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sandbox = (SandboxProcess *)data;
  fixture->clock = jumin_clock_new (CLOCK_SPEED);
  fixture->client = sandbox_process_client_new (fixture->sandbox, fixture->clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->clock);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Outcome *)data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Outcome *outcome)
{
  while (outcome->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return outcome->result;
}

static JuminHall *
fetch_hall (JuminHallClient *client, GError **error)
{
  Outcome outcome = { NULL };
  JuminHall *hall;

  jumin_hall_client_fetch_hall_async (client, NULL, on_ready, &outcome);
  hall = jumin_hall_client_fetch_hall_finish (client, wait_for (&outcome), error);
  g_object_unref (outcome.result);
  return hall;
}

static JuminTicket *
take (Fixture *fixture, const char *key, const char *matter, const char *name, const char *number,
      GError **error)
{
  Outcome outcome = { NULL };
  g_autoptr (JuminIdentity) holder
      = name != NULL ? jumin_identity_new (JUMIN_PROOF_CARD, name, number) : NULL;
  JuminTicket *ticket;

  jumin_hall_client_take_ticket_async (fixture->client, key,
                                       &(JuminTicketOrder){ .matter = matter, .holder = holder },
                                       NULL, on_ready, &outcome);
  ticket = jumin_hall_client_take_ticket_finish (fixture->client, wait_for (&outcome), error);
  g_object_unref (outcome.result);
  return ticket;
}

static void
assert_not_taken (Fixture *fixture, const char *key, const char *matter, JuminFailure failure)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (take (fixture, key, matter, NULL, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, (int)failure);
}

static void
test_catalogue (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCatalogue) catalogue = NULL;

  jumin_hall_client_fetch_catalogue_async (fixture->client, NULL, on_ready, &outcome);
  catalogue
      = jumin_hall_client_fetch_catalogue_finish (fixture->client, wait_for (&outcome), &error);
  g_object_unref (outcome.result);
  g_assert_no_error (error);
  g_assert_nonnull (jumin_catalogue_find (catalogue, "queue"));
}

static void
test_hall (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHall) hall = fetch_hall (fixture->client, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hall->matters->len, ==, 6);
  g_assert_nonnull (jumin_hall_find_matter (hall, "general"));
  g_assert_cmpint (jumin_hall_find_matter (hall, "social")->identify, ==, JUMIN_IDENTIFY_ALWAYS);
}

static JuminIdentity *
resolve (Fixture *fixture, const char *identifier, GError **error)
{
  JuminCard card = { .version = "3.00" };
  Outcome outcome = { NULL };
  JuminIdentity *holder;

  g_strlcpy (card.identifier, identifier, sizeof card.identifier);
  jumin_hall_client_resolve_card_async (fixture->client, &card, NULL, on_ready, &outcome);
  holder = jumin_hall_client_resolve_card_finish (fixture->client, wait_for (&outcome), error);
  g_object_unref (outcome.result);
  return holder;
}

static void
test_holder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminIdentity) holder = resolve (fixture, "500000D156000005000012370000000A", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jumin_identity_get_name (holder), ==, "赵锁定");
  g_assert_cmpstr (jumin_identity_get_number (holder), ==, "500105197803053323");
  g_assert_null (resolve (fixture, "500000D156000005000012380000000A", &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_UNKNOWN);
}

static JuminToday *
fetch_today (Fixture *fixture, const char *name, const char *number)
{
  g_autoptr (JuminIdentity) holder = jumin_identity_new (JUMIN_PROOF_CARD, name, number);
  g_autoptr (GError) error = NULL;
  Outcome outcome = { NULL };
  JuminToday *today;

  jumin_hall_client_fetch_today_async (fixture->client, holder, NULL, on_ready, &outcome);
  today = jumin_hall_client_fetch_today_finish (fixture->client, wait_for (&outcome), &error);
  g_assert_no_error (error);
  g_object_unref (outcome.result);
  return today;
}

static void
test_today (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JuminToday) appointed = fetch_today (fixture, "褚预约", "500240198709082119");
  g_autoptr (JuminToday) waiting = fetch_today (fixture, "卫有号", "50010419911010344X");

  g_assert_cmpuint (appointed->appointments->len, ==, 1);
  g_assert_cmpstr (((JuminAppointment *)appointed->appointments->pdata[0])->matter, ==, "fund");
  g_assert_cmpuint (waiting->tickets->len, ==, 1);
  g_assert_cmpstr (((JuminTicket *)waiting->tickets->pdata[0])->matter, ==, "general");
}

static void
test_ticket (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = g_uuid_string_random (), *other_key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) first
      = take (fixture, key, "social", "李测试", "500102199003070010", &error);
  g_autoptr (JuminTicket) again = NULL, live = NULL;

  g_assert_no_error (error);
  g_assert_false (first->live);
  g_assert_cmpstr (first->masked_number, ==, "5001************10");
  again = take (fixture, key, "social", "李测试", "500102199003070010", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->number, ==, first->number);
  g_assert_cmpstr (again->flow, ==, first->flow);
  live = take (fixture, other_key, "social", "李测试", "500102199003070010", &error);
  g_assert_no_error (error);
  g_assert_true (live->live);
  g_assert_cmpstr (live->number, ==, first->number);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const people[][2] = {
    { "何𬱖", "50011319930228822X" },
    { "ALEXANDER JONATHAN MONTGOMERY-WELLINGTON SMITH", "950840198512240167" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *key = g_uuid_string_random ();
      g_autoptr (GError) error = NULL;
      g_autoptr (JuminTicket) ticket
          = take (fixture, key, "general", people[i][0], people[i][1], &error);

      g_assert_no_error (error);
      g_assert_nonnull (ticket);
    }
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *other_key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminTicket) anonymous = NULL;

  assert_not_taken (fixture, key, "social", JUMIN_FAILURE_QUEUE_IDENTITY);
  assert_not_taken (fixture, key, "dancing", JUMIN_FAILURE_PLATFORM_REFUSED);
  anonymous = take (fixture, other_key, "tax", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (anonymous->masked_number, ==, "");
  assert_not_taken (fixture, other_key, "general", JUMIN_FAILURE_PLATFORM_REFUSED); /* key reused */
}

static void
test_help (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHelpCall) call = NULL;
  Outcome outcome = { NULL };

  jumin_hall_client_call_help_async (fixture->client, key,
                                     &(JuminHelpQuestion){ .page = "choose", .matter = "general" },
                                     NULL, on_ready, &outcome);
  call = jumin_hall_client_help_finish (fixture->client, wait_for (&outcome), &error);
  g_object_unref (outcome.result);
  g_assert_no_error (error);
  g_assert_cmpint (call->on_duty, >, 0);
}

static void
assert_not_let_in (Fixture *fixture)
{
  g_autoptr (JuminHallClient) client
      = sandbox_process_client_new (fixture->sandbox, fixture->clock);
  g_autoptr (GError) error = NULL;

  g_assert_null (fetch_hall (client, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED);
}

/* Comes once with @value for the setting @key. */
static void
assert_refused_with (Fixture *fixture, const char *key, const char *value)
{
  GKeyFile *settings = sandbox_process_get_settings (fixture->sandbox);
  g_autofree char *kept = g_key_file_get_string (settings, "platform", key, NULL);

  g_key_file_set_string (settings, "platform", key, value);
  assert_not_let_in (fixture);
  g_key_file_set_string (settings, "platform", key, kept);
}

static void
test_strangers (Fixture *fixture, gconstpointer data)
{
  GKeyFile *settings = sandbox_process_get_settings (fixture->sandbox);
  TestKeys *keys = test_keys_new ();
  g_autofree char *ca = test_keys_path (keys, "stranger-ca.pem");
  g_autofree char *signing_key = test_keys_path (keys, "sign.key");
  g_autofree char *certificate = test_keys_path (keys, "stranger.pem");
  g_autofree char *key = test_keys_path (keys, "stranger.key");
  g_autofree char *kept = g_key_file_get_string (settings, "platform", "key-file", NULL);

  assert_refused_with (fixture, "ca-file", ca);
  assert_refused_with (fixture, "pins", keys->pin);
  assert_refused_with (fixture, "signing-key-file", signing_key);
  g_key_file_set_string (settings, "platform", "key-file", key);
  assert_refused_with (fixture, "certificate-file", certificate);
  g_key_file_set_string (settings, "platform", "key-file", kept);
  test_keys_free (keys);
}

static void
control (Fixture *fixture, const char *command)
{
  g_autofree char *reply = sandbox_process_control (fixture->sandbox, command);

  g_assert_cmpstr (reply, ==, "ok");
}

static void
test_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHall) hall = fetch_hall (fixture->client, &error);

  g_assert_no_error (error);
  control (fixture, "down");
  g_assert_null (fetch_hall (fixture->client, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
  g_clear_error (&error);
  control (fixture, "up");
  g_clear_pointer (&hall, jumin_hall_free);
  hall = fetch_hall (fixture->client, &error);
  g_assert_no_error (error);
}

/* The last test: nothing answers after it. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminHall *hall = fetch_hall (fixture->client, &error);

  g_assert_no_error (error);
  control (fixture, "quit");
  /* It says so, and then takes its moment: somewhere in it the connection breaks. */
  for (int i = 0; i < FETCHES_MAX && hall != NULL; i++)
    {
      jumin_hall_free (hall);
      hall = fetch_hall (fixture->client, &error);
    }
  g_assert_null (hall);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
}

static const struct
{
  const char *name;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/sandbox/the_catalogue_has_the_queue", test_catalogue },
  { "/sandbox/the_hall_has_its_matters", test_hall },
  { "/sandbox/a_locked_card_has_a_holder_or_none", test_holder },
  { "/sandbox/today_knows_appointments_and_live_numbers", test_today },
  { "/sandbox/one_key_and_one_person_have_one_number", test_ticket },
  { "/sandbox/rare_and_long_names_take_numbers", test_names },
  { "/sandbox/a_refused_number_says_why", test_refusals },
  { "/sandbox/help_is_called", test_help },
  { "/sandbox/strangers_are_not_let_in", test_strangers },
  { "/sandbox/a_sandbox_that_is_down_is_silent_until_it_is_up", test_down },
  { "/sandbox/a_sandbox_that_is_gone_is_silent", test_gone },
};

int
main (int argc, char **argv)
{
  SandboxProcess *sandbox;
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_process_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, sandbox, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  sandbox_process_free (sandbox);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card reader's driver against an unmodified pcscd with a virtual reader and virtual cards:
 * everything that happens at a slot. */
#include "devices/pcsc-card-reader.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "pcscd-fixture.h"

enum
{
  PATIENCE_S = 20,    /* a loaded machine; then the test has failed */
  SEEN_MS_MAX = 1000, /* card out must be seen within a second */
  RESIDENTS_MAX = 1000,
  HURRY = 100
};

typedef struct
{
  PcscdFixture pcscd;
  JuminClock *clock;
  JuminCardReader *reader;
  GAsyncResult *result;
} Fixture;

static gboolean
on_patience_ended (gpointer data)
{
  g_error ("Nothing happened within %d s", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

static void
fixture_init (Fixture *self, double speed)
{
  *self = (Fixture){ .clock = jumin_clock_new (speed) };
  pcscd_fixture_init (&self->pcscd);
  self->reader = JUMIN_CARD_READER (jumin_pcsc_card_reader_new (NULL, self->clock));
}

static void
fixture_finish (Fixture *self)
{
  gpointer weak = self->reader;

  g_object_add_weak_pointer (G_OBJECT (self->reader), &weak);
  g_object_unref (self->reader);
  /* A read that was left to itself holds the reader until its worker has answered. */
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (self->clock);
  pcscd_fixture_finish (&self->pcscd);
}

static void
iterate (void)
{
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience_ended, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

static void
wait_for_state (Fixture *self, JuminReaderState state)
{
  while (jumin_card_reader_get_state (self->reader) != state)
    iterate ();
}

static void
insert (Fixture *self, const char *id)
{
  g_autofree char *command = g_strconcat ("insert ", id, NULL);

  peer_tell (self->pcscd.card, command);
  wait_for_state (self, JUMIN_READER_OCCUPIED);
}

static void
eject (Fixture *self)
{
  peer_tell (self->pcscd.card, "eject");
  wait_for_state (self, JUMIN_READER_EMPTY);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static JuminCard *
finish_card (Fixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (self->result == NULL)
    iterate ();
  result = g_steal_pointer (&self->result);
  return jumin_card_reader_read_card_finish (self->reader, result, error);
}

static JuminCard *
read_card (Fixture *self, GError **error)
{
  jumin_card_reader_read_card_async (self->reader, NULL, on_ready, self);
  g_assert_null (self->result);
  return finish_card (self, error);
}

static JuminIdentity *
read_holder (Fixture *self, const JuminCard *card, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_card_reader_read_holder_async (self->reader, card, NULL, on_ready, self);
  while (self->result == NULL)
    iterate ();
  result = g_steal_pointer (&self->result);
  return jumin_card_reader_read_holder_finish (self->reader, result, error);
}

static void
test_insert_read_pull (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  g_autoptr (JuminIdentity) holder = NULL;
  gint64 pulled_us;

  fixture_init (&self, 1);
  g_assert_cmpint (jumin_card_reader_get_state (self.reader), ==, JUMIN_READER_MISSING);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  insert (&self, "li-ceshi");
  card = read_card (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (card->version, ==, "2.00");
  g_assert_cmpstr (card->identifier, ==, "500000D156000005000012340000000A");
  holder = read_holder (&self, card, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_identity_get_name (holder), ==, "李测试");

  pulled_us = g_get_monotonic_time ();
  eject (&self);
  g_assert_cmpint ((g_get_monotonic_time () - pulled_us) / 1000, <, SEEN_MS_MAX);
  fixture_finish (&self);
}

static const char *
get_text (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

/* What a resident's card must give, told by its profile. */
static void
check_resident (Fixture *self, const cJSON *resident, const cJSON *sheet)
{
  const char *profile = get_text (sheet, "profile"), *until = get_text (sheet, "valid_until");
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  g_autoptr (JuminIdentity) holder = NULL;

  g_test_message ("%s", get_text (resident, "id"));
  insert (self, get_text (resident, "id"));
  card = read_card (self, &error);
  if (strcmp (profile, "bank") == 0)
    {
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_FOREIGN);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (card->version, ==, get_text (sheet, "version"));
  g_assert_cmpstr (card->identifier, ==, get_text (sheet, "identifier"));

  holder = read_holder (self, card, &error);
  if (strcmp (until, "20261121") < 0)
    g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_EXPIRED);
  else if (strcmp (profile, "v3") == 0)
    g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_HOLDER_LOCKED);
  else
    {
      g_assert_no_error (error);
      g_assert_cmpstr (jumin_identity_get_name (holder), ==, get_text (resident, "name"));
      g_assert_cmpstr (jumin_identity_get_number (holder), ==, get_text (resident, "id_number"));
    }
}

static void
test_all_residents (void)
{
  Fixture self;
  g_autofree char *text = NULL;
  const cJSON *resident;
  cJSON *residents;
  int n = 0;

  g_assert_true (g_file_get_contents (g_getenv ("JUMIN_RESIDENTS"), &text, NULL, NULL));
  residents = cJSON_Parse (text);
  g_assert_cmpint (cJSON_GetArraySize (residents), <, RESIDENTS_MAX);
  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  cJSON_ArrayForEach (resident, residents)
  {
    const cJSON *sheet = cJSON_GetObjectItemCaseSensitive (resident, "card");

    if (!cJSON_IsObject (sheet))
      continue;
    check_resident (&self, resident, sheet);
    eject (&self);
    n++;
  }
  g_assert_cmpint (n, >, 10);
  cJSON_Delete (residents);
  fixture_finish (&self);
}

static void
test_swap (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  guint insertion;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  insert (&self, "li-ceshi");
  insertion = jumin_card_reader_get_insertion (self.reader);
  card = read_card (&self, &error);
  g_assert_no_error (error);
  peer_tell (self.pcscd.card, "eject");
  peer_tell (self.pcscd.card, "insert wang-yidai");
  while (jumin_card_reader_get_insertion (self.reader) == insertion)
    iterate ();
  wait_for_state (&self, JUMIN_READER_OCCUPIED);
  g_assert_null (read_holder (&self, card, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_CHANGED);
  fixture_finish (&self);
}

static void
test_pulled_in_the_middle (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  peer_tell (self.pcscd.card, "fault pull 3");
  insert (&self, "li-ceshi");
  g_assert_null (read_card (&self, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  fixture_finish (&self);
}

static void
test_upside_down (void)
{
  static const char *const faults[] = { "fault no-atr", "fault mute" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      Fixture self;
      g_autoptr (GError) error = NULL;

      fixture_init (&self, 1);
      wait_for_state (&self, JUMIN_READER_EMPTY);
      peer_tell (self.pcscd.card, faults[i]);
      insert (&self, "li-ceshi");
      g_assert_null (read_card (&self, &error));
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_MUTE);
      fixture_finish (&self);
    }
}

static void
test_restart (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  pcscd_fixture_stop_pcscd (&self.pcscd);
  wait_for_state (&self, JUMIN_READER_MISSING);
  g_assert_null (read_card (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_MISSING);
  g_clear_error (&error);
  pcscd_fixture_start_pcscd (&self.pcscd);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  insert (&self, "wang-yidai");
  card = read_card (&self, &error);
  g_assert_no_error (error);
  fixture_finish (&self);
}

static void
test_unplugged (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  for (int i = 0; i < 2; i++)
    {
      peer_tell (self.pcscd.pcscd, "remove R1");
      wait_for_state (&self, JUMIN_READER_MISSING);
      peer_tell (self.pcscd.pcscd, "add R1");
      wait_for_state (&self, JUMIN_READER_EMPTY);
    }
  insert (&self, "chen-bianhao");
  card = read_card (&self, &error);
  g_assert_no_error (error);
  fixture_finish (&self);
}

static void
test_cancelled (void)
{
  Fixture self;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  peer_tell (self.pcscd.card, "slow 500");
  insert (&self, "li-ceshi");
  jumin_card_reader_read_card_async (self.reader, cancellable, on_ready, &self);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_card (&self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* The next read waits for the worker that still holds the card. */
  peer_tell (self.pcscd.card, "slow 0");
  card = read_card (&self, &error);
  g_assert_no_error (error);
  fixture_finish (&self);
}

/* 80 ms for a card that takes a second for every command. */
static void
test_abandoned (void)
{
  Fixture self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self, HURRY);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  peer_tell (self.pcscd.card, "slow 1000");
  insert (&self, "li-ceshi");
  for (int i = 0; i < 2; i++)
    {
      g_assert_null (read_card (&self, &error));
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_MUTE);
      g_clear_error (&error);
    }
  g_assert_null (read_card (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_FAULTY);
  fixture_finish (&self);
}

/* Runs juminctl card; returns what it printed. */
static cJSON *
run_juminctl (int *exit_code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) juminctl = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("JUMINCTL"), "card", "--json", NULL);
  g_autofree char *text = NULL;
  cJSON *report;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (juminctl, NULL, NULL, &text, NULL, &error));
  g_assert_null (strstr (text, "500102199003070010"));
  g_assert_null (strstr (text, "500000D156000005000012340000000A"));
  g_assert_null (strstr (text, "李测试"));
  *exit_code = g_subprocess_get_exit_status (juminctl);
  report = cJSON_Parse (text);
  g_assert_nonnull (report);
  return report;
}

static void
test_juminctl (void)
{
  Fixture self;
  const cJSON *holder;
  cJSON *report;
  int exit_code;

  fixture_init (&self, 1);
  wait_for_state (&self, JUMIN_READER_EMPTY);
  insert (&self, "li-ceshi");
  report = run_juminctl (&exit_code);
  g_assert_cmpint (exit_code, ==, 0);
  g_assert_cmpstr (get_text (report, "version"), ==, "2.00");
  holder = cJSON_GetObjectItemCaseSensitive (report, "holder");
  g_assert_cmpstr (get_text (holder, "state"), ==, "read");
  g_assert_cmpstr (get_text (holder, "name"), ==, "李*试");
  g_assert_cmpstr (get_text (holder, "number"), ==, "5001************10");
  cJSON_Delete (report);

  eject (&self);
  report = run_juminctl (&exit_code);
  g_assert_cmpint (exit_code, ==, 3);
  g_assert_cmpstr (get_text (report, "card"), ==, "empty");
  cJSON_Delete (report);
  fixture_finish (&self);
}

static void
test_ends_without_service (void)
{
  Fixture self;

  fixture_init (&self, 1);
  pcscd_fixture_stop_pcscd (&self.pcscd);
  fixture_finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/a_card_is_seen_read_and_missed", test_insert_read_pull);
  g_test_add_func ("/reader/every_resident_s_card_is_read_as_it_is", test_all_residents);
  g_test_add_func ("/reader/a_swapped_card_is_another_card", test_swap);
  g_test_add_func ("/reader/a_card_pulled_in_the_middle_is_pulled", test_pulled_in_the_middle);
  g_test_add_func ("/reader/a_silent_card_is_mute", test_upside_down);
  g_test_add_func ("/reader/a_restarted_service_is_found_again", test_restart);
  g_test_add_func ("/reader/a_reader_may_be_plugged_again", test_unplugged);
  g_test_add_func ("/reader/a_cancelled_read_ends_at_once", test_cancelled);
  g_test_add_func ("/reader/two_stuck_reads_are_left_the_third_is_refused", test_abandoned);
  g_test_add_func ("/reader/it_ends_while_the_service_is_gone", test_ends_without_service);
  g_test_add_func ("/juminctl/card_prints_what_the_reader_sees_masked", test_juminctl);
  return g_test_run ();
}

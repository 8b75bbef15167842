/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card reader's driver against an unmodified pcscd with a virtual reader and virtual cards:
 * everything that a card can be. */
#include "reader-fixture.h"

#include <cjson/cJSON.h>
#include <string.h>

enum
{
  SEEN_MS_MAX = 1000, /* card out must be seen within a second */
  RESIDENTS_MAX = 1000
};

static void
test_insert_read_pull (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  g_autoptr (JuminIdentity) holder = NULL;
  gint64 pulled_us;

  reader_fixture_init (&self, 1);
  g_assert_cmpint (jumin_card_reader_get_state (self.reader), ==, JUMIN_READER_NO_SERVICE);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  reader_fixture_insert (&self, "li-ceshi");
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (card->version, ==, "2.00");
  g_assert_cmpstr (card->identifier, ==, "500000D156000005000012340000000A");
  holder = reader_fixture_read_holder (&self, card, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jumin_identity_get_name (holder), ==, "李测试");

  pulled_us = g_get_monotonic_time ();
  reader_fixture_eject (&self);
  g_assert_cmpint ((g_get_monotonic_time () - pulled_us) / 1000, <, SEEN_MS_MAX);
  reader_fixture_finish (&self);
}

static const char *
get_text (const cJSON *object, const char *key)
{
  return cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));
}

/* What a resident's card must give, told by its profile. */
static void
check_resident (ReaderFixture *self, const cJSON *resident, const cJSON *sheet)
{
  const char *profile = get_text (sheet, "profile"), *until = get_text (sheet, "valid_until");
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  g_autoptr (JuminIdentity) holder = NULL;

  g_test_message ("%s", get_text (resident, "id"));
  reader_fixture_insert (self, get_text (resident, "id"));
  card = reader_fixture_read_card (self, &error);
  if (strcmp (profile, "bank") == 0)
    {
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_BANK);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (card->version, ==, get_text (sheet, "version"));
  g_assert_cmpstr (card->identifier, ==, get_text (sheet, "identifier"));

  holder = reader_fixture_read_holder (self, card, &error);
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
  ReaderFixture self;
  g_autofree char *text = NULL;
  const cJSON *resident;
  cJSON *residents;
  int n = 0;

  g_assert_true (g_file_get_contents (g_getenv ("JUMIN_RESIDENTS"), &text, NULL, NULL));
  residents = cJSON_Parse (text);
  g_assert_cmpint (cJSON_GetArraySize (residents), <, RESIDENTS_MAX);
  reader_fixture_init (&self, 1);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  cJSON_ArrayForEach (resident, residents)
  {
    const cJSON *sheet = cJSON_GetObjectItemCaseSensitive (resident, "card");

    if (!cJSON_IsObject (sheet))
      continue;
    check_resident (&self, resident, sheet);
    reader_fixture_eject (&self);
    n++;
  }
  g_assert_cmpint (n, >, 10);
  cJSON_Delete (residents);
  reader_fixture_finish (&self);
}

static void
test_swap (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  guint insertion;

  reader_fixture_init (&self, 1);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  reader_fixture_insert (&self, "li-ceshi");
  insertion = jumin_card_reader_get_insertion (self.reader);
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  peer_tell (self.pcscd.card, "eject");
  peer_tell (self.pcscd.card, "insert wang-yidai");
  while (jumin_card_reader_get_insertion (self.reader) == insertion)
    reader_fixture_iterate ();
  reader_fixture_wait_for_state (&self, JUMIN_READER_OCCUPIED);
  g_assert_null (reader_fixture_read_holder (&self, card, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_CHANGED);
  reader_fixture_finish (&self);
}

static void
test_pulled_in_the_middle (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;

  reader_fixture_init (&self, 1);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  peer_tell (self.pcscd.card, "fault pull 3");
  reader_fixture_insert (&self, "li-ceshi");
  g_assert_null (reader_fixture_read_card (&self, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  reader_fixture_finish (&self);
}

static void
test_silent_cards (void)
{
  static const struct
  {
    const char *fault;
    JuminRetry code;
  } rows[] = {
    { "fault no-atr", JUMIN_RETRY_CARD_REVERSED },
    { "fault mute", JUMIN_RETRY_CARD_MUTE },
    { "fault garbage-atr", JUMIN_RETRY_CARD_UNREADABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ReaderFixture self;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].fault);
      reader_fixture_init (&self, 1);
      reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
      peer_tell (self.pcscd.card, rows[i].fault);
      reader_fixture_insert (&self, "li-ceshi");
      g_assert_null (reader_fixture_read_card (&self, &error));
      g_assert_error (error, JUMIN_RETRY, (int)rows[i].code);
      reader_fixture_finish (&self);
    }
}

/* Once at its insertion, once when it is read. */
static void
test_late_contact (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  reader_fixture_init (&self, 1);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  peer_tell (self.pcscd.card, "fault no-atr 2");
  reader_fixture_insert (&self, "li-ceshi");
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  g_assert_nonnull (card);
  reader_fixture_finish (&self);
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
  ReaderFixture self;
  const cJSON *holder;
  cJSON *report;
  int exit_code;

  reader_fixture_init (&self, 1);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  reader_fixture_insert (&self, "li-ceshi");
  report = run_juminctl (&exit_code);
  g_assert_cmpint (exit_code, ==, 0);
  g_assert_cmpstr (get_text (report, "version"), ==, "2.00");
  holder = cJSON_GetObjectItemCaseSensitive (report, "holder");
  g_assert_cmpstr (get_text (holder, "state"), ==, "read");
  g_assert_cmpstr (get_text (holder, "name"), ==, "李*试");
  g_assert_cmpstr (get_text (holder, "number"), ==, "5001************10");
  cJSON_Delete (report);

  reader_fixture_eject (&self);
  report = run_juminctl (&exit_code);
  g_assert_cmpint (exit_code, ==, 3);
  g_assert_cmpstr (get_text (report, "card"), ==, "empty");
  cJSON_Delete (report);
  reader_fixture_finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/a_card_is_seen_read_and_missed", test_insert_read_pull);
  g_test_add_func ("/reader/every_resident_s_card_is_read_as_it_is", test_all_residents);
  g_test_add_func ("/reader/a_swapped_card_is_another_card", test_swap);
  g_test_add_func ("/reader/a_card_pulled_in_the_middle_is_pulled", test_pulled_in_the_middle);
  g_test_add_func ("/reader/a_silent_card_says_how_it_is_silent", test_silent_cards);
  g_test_add_func ("/reader/contacts_that_come_late_are_tried_again", test_late_contact);
  g_test_add_func ("/juminctl/card_prints_what_the_reader_sees_masked", test_juminctl);
  return g_test_run ();
}

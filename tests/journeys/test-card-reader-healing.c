/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader that goes and comes: the service killed and started, readers plugged in any order, cards
 * that never answer. It is back in service within two seconds, without a restart. */
#include "reader-fixture.h"

#include <string.h>

enum
{
  HEALED_MS_MAX = 2000,
  HURRY = 10
};

/* A reader that serves, and no card. */
static void
begin (ReaderFixture *self, double speed)
{
  reader_fixture_init (self, speed);
  reader_fixture_wait_for_state (self, JUMIN_READER_EMPTY);
}

/* Back in service within two seconds, with the card that lay there: as a new insertion. */
static void
assert_heals (ReaderFixture *self, const char *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;
  guint insertion = jumin_card_reader_get_insertion (self->reader);
  gint64 since_us = g_get_monotonic_time ();

  peer_tell (self->pcscd.pcscd, command);
  while (jumin_card_reader_get_insertion (self->reader) == insertion)
    reader_fixture_iterate ();
  reader_fixture_wait_for_state (self, JUMIN_READER_OCCUPIED);
  g_test_message ("%s: back after %" G_GINT64_FORMAT " ms", command,
                  (g_get_monotonic_time () - since_us) / 1000);
  g_assert_cmpint ((g_get_monotonic_time () - since_us) / 1000, <, HEALED_MS_MAX);
  card = reader_fixture_read_card (self, &error);
  g_assert_no_error (error);
}

static void
test_restart (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;

  begin (&self, 1);
  reader_fixture_insert (&self, "wang-yidai");
  for (int i = 0; i < 3; i++)
    {
      peer_tell (self.pcscd.pcscd, "kill");
      reader_fixture_wait_for_state (&self, JUMIN_READER_NO_SERVICE);
      g_assert_null (reader_fixture_read_card (&self, &error));
      g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_SERVICE);
      g_clear_error (&error);
      assert_heals (&self, "start");
    }
  reader_fixture_finish (&self);
}

/* As a package's upgrade does it: the service ends and takes its socket with it. */
static void
test_restart_with_its_socket (void)
{
  ReaderFixture self;

  begin (&self, 1);
  pcscd_fixture_stop_pcscd (&self.pcscd);
  reader_fixture_wait_for_state (&self, JUMIN_READER_NO_SERVICE);
  pcscd_fixture_start_pcscd (&self.pcscd);
  reader_fixture_wait_for_state (&self, JUMIN_READER_EMPTY);
  reader_fixture_finish (&self);
}

static void
test_killed_in_the_middle (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;

  begin (&self, 1);
  reader_fixture_insert (&self, "li-ceshi");
  peer_tell (self.pcscd.card, "slow 300");
  jumin_card_reader_read_card_async (self.reader, NULL, reader_fixture_on_ready, &self);
  peer_tell (self.pcscd.pcscd, "kill");
  g_assert_null (reader_fixture_finish_card (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_SERVICE);
  peer_tell (self.pcscd.card, "slow 0");
  assert_heals (&self, "start");
  reader_fixture_finish (&self);
}

static void
test_unplugged (void)
{
  ReaderFixture self;

  begin (&self, 1);
  reader_fixture_insert (&self, "chen-bianhao");
  for (int i = 0; i < 2; i++)
    {
      peer_tell (self.pcscd.pcscd, "remove R1");
      reader_fixture_wait_for_state (&self, JUMIN_READER_MISSING);
      assert_heals (&self, "add R1");
    }
  reader_fixture_finish (&self);
}

/* With another reader beside it, which takes the first one's index: a reader that went with its
 * card is missing, and not a pulled card. */
static void
test_plugged_in_any_order (void)
{
  ReaderFixture self;

  begin (&self, 1);
  peer_tell (self.pcscd.pcscd, "add R2");
  /* The look that finds the slot empty again has R2 in it. A reader that is first seen after R1 has
   * gone could be R1 under another name, and would not read as missing. */
  reader_fixture_insert (&self, "li-ceshi");
  reader_fixture_eject (&self);
  reader_fixture_insert (&self, "chen-bianhao");
  peer_tell (self.pcscd.pcscd, "remove R1");
  reader_fixture_wait_for_state (&self, JUMIN_READER_MISSING);
  assert_heals (&self, "add R1");
  peer_tell (self.pcscd.pcscd, "remove R2");
  peer_tell (self.pcscd.pcscd, "remove R1");
  reader_fixture_wait_for_state (&self, JUMIN_READER_MISSING);
  peer_tell (self.pcscd.pcscd, "add R2");
  assert_heals (&self, "add R1");
  peer_tell (self.pcscd.pcscd, "remove R2");
  reader_fixture_eject (&self);
  reader_fixture_finish (&self);
}

static void
test_cancelled (void)
{
  ReaderFixture self;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  begin (&self, 1);
  peer_tell (self.pcscd.card, "slow 500");
  reader_fixture_insert (&self, "li-ceshi");
  jumin_card_reader_read_card_async (self.reader, cancellable, reader_fixture_on_ready, &self);
  g_cancellable_cancel (cancellable);
  g_assert_null (reader_fixture_finish_card (&self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* The next read waits for the worker that still holds the card. */
  peer_tell (self.pcscd.card, "slow 0");
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  reader_fixture_finish (&self);
}

/* A card that hangs is not read again before it was pulled; the watcher goes on meanwhile. */
static void
test_hanging_card (void)
{
  ReaderFixture self;
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  begin (&self, HURRY);
  peer_tell (self.pcscd.card, "fault hang from 3");
  reader_fixture_insert (&self, "li-ceshi");
  for (int i = 0; i < 3; i++)
    {
      g_assert_null (reader_fixture_read_card (&self, &error));
      g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_STUCK);
      g_clear_error (&error);
    }
  peer_tell (self.pcscd.card, "fault none");
  reader_fixture_eject (&self);
  reader_fixture_insert (&self, "wang-yidai");
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  reader_fixture_finish (&self);
}

/* Until the read that is under way has reached the card. */
static void
wait_for_command (ReaderFixture *self)
{
  gboolean reached = FALSE;

  while (!reached)
    {
      g_autofree char *reply = jumin_peer_ask (self->pcscd.card, "status");

      reached = strstr (reply, "commands=0") == NULL;
    }
}

/* Two workers hang: the reader is faulty until one of them is back. */
static void
test_two_stuck_reads (void)
{
  ReaderFixture self;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree JuminCard *card = NULL;

  begin (&self, HURRY);
  peer_tell (self.pcscd.card, "slow 1000");
  reader_fixture_insert (&self, "li-ceshi");
  jumin_card_reader_read_card_async (self.reader, cancellable, reader_fixture_on_ready, &self);
  wait_for_command (&self);
  g_cancellable_cancel (cancellable);
  g_assert_null (reader_fixture_finish_card (&self, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (reader_fixture_read_card (&self, &error));
  g_assert_error (error, JUMIN_RETRY, JUMIN_RETRY_CARD_STUCK);
  g_clear_error (&error);
  g_assert_cmpint (jumin_card_reader_get_state (self.reader), ==, JUMIN_READER_FAULTY);
  g_assert_null (reader_fixture_read_card (&self, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_READER_FAULTY);
  g_clear_error (&error);
  peer_tell (self.pcscd.card, "slow 0");
  reader_fixture_wait_for_state (&self, JUMIN_READER_OCCUPIED);
  reader_fixture_eject (&self);
  reader_fixture_insert (&self, "wang-yidai");
  card = reader_fixture_read_card (&self, &error);
  g_assert_no_error (error);
  reader_fixture_finish (&self);
}

static void
test_ends_without_service (void)
{
  ReaderFixture self;

  reader_fixture_init (&self, 1);
  pcscd_fixture_stop_pcscd (&self.pcscd);
  reader_fixture_finish (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/a_killed_service_is_found_again_within_2_s", test_restart);
  g_test_add_func ("/reader/a_restarted_service_is_found_again", test_restart_with_its_socket);
  g_test_add_func ("/reader/a_service_killed_in_a_read_ends_the_read", test_killed_in_the_middle);
  g_test_add_func ("/reader/a_reader_plugged_again_is_back_within_2_s", test_unplugged);
  g_test_add_func ("/reader/readers_may_be_plugged_in_any_order", test_plugged_in_any_order);
  g_test_add_func ("/reader/a_cancelled_read_ends_at_once", test_cancelled);
  g_test_add_func ("/reader/a_card_that_hangs_must_be_pulled", test_hanging_card);
  g_test_add_func ("/reader/two_stuck_reads_make_it_faulty_until_they_return",
                   test_two_stuck_reads);
  g_test_add_func ("/reader/it_ends_while_the_service_is_gone", test_ends_without_service);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver before a pcscd and a card of its own. */
#include "reader-fixture.h"

enum
{
  PATIENCE_S = 20 /* a loaded machine; then the test has failed */
};

static gboolean
on_patience_ended (gpointer data)
{
  g_error ("Nothing happened within %d s", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

void
reader_fixture_init (ReaderFixture *self, double speed)
{
  *self = (ReaderFixture){ .clock = jumin_clock_new (speed) };
  pcscd_fixture_init (&self->pcscd);
  self->reader = JUMIN_CARD_READER (jumin_pcsc_card_reader_new (NULL, self->clock));
}

void
reader_fixture_finish (ReaderFixture *self)
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

void
reader_fixture_iterate (void)
{
  guint patience = g_timeout_add_seconds (PATIENCE_S, on_patience_ended, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

void
reader_fixture_wait_for_state (ReaderFixture *self, JuminReaderState state)
{
  while (jumin_card_reader_get_state (self->reader) != state)
    reader_fixture_iterate ();
}

void
reader_fixture_insert (ReaderFixture *self, const char *id)
{
  g_autofree char *command = g_strconcat ("insert ", id, NULL);

  peer_tell (self->pcscd.card, command);
  reader_fixture_wait_for_state (self, JUMIN_READER_OCCUPIED);
}

void
reader_fixture_eject (ReaderFixture *self)
{
  peer_tell (self->pcscd.card, "eject");
  reader_fixture_wait_for_state (self, JUMIN_READER_EMPTY);
}

void
reader_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((ReaderFixture *)data)->result = g_object_ref (result);
}

JuminCard *
reader_fixture_finish_card (ReaderFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (self->result == NULL)
    reader_fixture_iterate ();
  result = g_steal_pointer (&self->result);
  return jumin_card_reader_read_card_finish (self->reader, result, error);
}

JuminCard *
reader_fixture_read_card (ReaderFixture *self, GError **error)
{
  jumin_card_reader_read_card_async (self->reader, NULL, reader_fixture_on_ready, self);
  g_assert_null (self->result);
  return reader_fixture_finish_card (self, error);
}

JuminIdentity *
reader_fixture_read_holder (ReaderFixture *self, const JuminCard *card, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_card_reader_read_holder_async (self->reader, card, NULL, reader_fixture_on_ready, self);
  while (self->result == NULL)
    reader_fixture_iterate ();
  result = g_steal_pointer (&self->result);
  return jumin_card_reader_read_holder_finish (self->reader, result, error);
}

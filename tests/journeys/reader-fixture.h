/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/pcsc-card-reader.h"
#include "pcscd-fixture.h"

G_BEGIN_DECLS

/**
 * ReaderFixture:
 *
 * The card reader's driver with a pcscd and a card of its own.
 */
typedef struct
{
  PcscdFixture pcscd;
  JuminClock *clock;
  JuminCardReader *reader;
  GAsyncResult *result;
} ReaderFixture;

void reader_fixture_init (ReaderFixture *self, double speed);
void reader_fixture_finish (ReaderFixture *self);
/* One turn of the main loop; the test fails when nothing happens for long. */
void reader_fixture_iterate (void);
void reader_fixture_wait_for_state (ReaderFixture *self, JuminReaderState state);
void reader_fixture_insert (ReaderFixture *self, const char *id);
void reader_fixture_eject (ReaderFixture *self);
JuminCard *reader_fixture_read_card (ReaderFixture *self, GError **error);
JuminIdentity *reader_fixture_read_holder (ReaderFixture *self, const JuminCard *card,
                                           GError **error);
/* The callback of a read that finish_card() is to end. */
void reader_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer self);
JuminCard *reader_fixture_finish_card (ReaderFixture *self, GError **error);

G_END_DECLS

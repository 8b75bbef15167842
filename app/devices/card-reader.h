/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/card.h"
#include "model/error.h"
#include "model/identity.h"

G_BEGIN_DECLS

typedef enum
{
  JUMIN_READER_NO_SERVICE, /* the card reader service is gone */
  JUMIN_READER_REFUSED,    /* the service does not let us in */
  JUMIN_READER_MISSING,    /* no reader is plugged in */
  JUMIN_READER_FAULTY,     /* reads hang in its driver */
  JUMIN_READER_EMPTY,      /* from here on it serves */
  JUMIN_READER_OCCUPIED    /* something lies in it */
} JuminReaderState;

/**
 * JuminCardReader:
 *
 * A slot for one card. Signal "changed": get_state() or get_insertion() has changed; on the main
 * thread. Only one read at a time.
 *
 * The insertion number changes with every card that is put in, so that a card pulled and put back
 * between two looks is seen. Real driver: PC/SC; virtual one: for unit tests.
 */
#define JUMIN_TYPE_CARD_READER (jumin_card_reader_get_type ())
G_DECLARE_INTERFACE (JuminCardReader, jumin_card_reader, JUMIN, CARD_READER, GObject)

struct _JuminCardReaderInterface
{
  GTypeInterface parent_interface;

  JuminReaderState (*get_state) (JuminCardReader *self);
  guint (*get_insertion) (JuminCardReader *self);
  void (*read_card_async) (JuminCardReader *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
  void (*read_holder_async) (JuminCardReader *self, const JuminCard *card,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);
};

gboolean jumin_reader_state_serves (JuminReaderState state);
JuminFailure jumin_reader_state_get_failure (JuminReaderState state);
JuminReaderState jumin_card_reader_get_state (JuminCardReader *self);
guint jumin_card_reader_get_insertion (JuminCardReader *self);
/* Before the resident has agreed: kind, version and card identifier only. */
void jumin_card_reader_read_card_async (JuminCardReader *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer data);
JuminCard *jumin_card_reader_read_card_finish (JuminCardReader *self, GAsyncResult *result,
                                               GError **error);
/* After it: name and number of the holder of @card. JUMIN_FAILURE_HOLDER_LOCKED: ask the platform;
 * JUMIN_RETRY_CARD_CHANGED: the card that lies there is not @card. */
void jumin_card_reader_read_holder_async (JuminCardReader *self, const JuminCard *card,
                                          GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer data);
JuminIdentity *jumin_card_reader_read_holder_finish (JuminCardReader *self, GAsyncResult *result,
                                                     GError **error);

G_END_DECLS

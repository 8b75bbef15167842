/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slot for one card, as the journey sees it. Every driver completes its reads through a GTask
 * of its own, so the finish functions are the same for all. */
#include "devices/card-reader.h"

G_DEFINE_INTERFACE (JuminCardReader, jumin_card_reader, G_TYPE_OBJECT)

static void
jumin_card_reader_default_init (JuminCardReaderInterface *iface)
{
  g_signal_new ("changed", JUMIN_TYPE_CARD_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

/**
 * jumin_reader_state_serves:
 *
 * Returns: whether a card can be read, or could if there were one
 */
gboolean
jumin_reader_state_serves (JuminReaderState state)
{
  return state >= JUMIN_READER_EMPTY;
}

/**
 * jumin_reader_state_get_failure:
 * @state: one that does not serve
 *
 * Returns: what a read would end with
 */
JuminFailure
jumin_reader_state_get_failure (JuminReaderState state)
{
  static const JuminFailure failures[] = {
    [JUMIN_READER_NO_SERVICE] = JUMIN_FAILURE_READER_SERVICE,
    [JUMIN_READER_REFUSED] = JUMIN_FAILURE_READER_REFUSED,
    [JUMIN_READER_MISSING] = JUMIN_FAILURE_READER_MISSING,
    [JUMIN_READER_FAULTY] = JUMIN_FAILURE_READER_FAULTY,
  };

  g_assert (!jumin_reader_state_serves (state));
  return failures[state];
}

JuminReaderState
jumin_card_reader_get_state (JuminCardReader *self)
{
  g_return_val_if_fail (JUMIN_IS_CARD_READER (self), JUMIN_READER_MISSING);
  return JUMIN_CARD_READER_GET_IFACE (self)->get_state (self);
}

guint
jumin_card_reader_get_insertion (JuminCardReader *self)
{
  g_return_val_if_fail (JUMIN_IS_CARD_READER (self), 0);
  return JUMIN_CARD_READER_GET_IFACE (self)->get_insertion (self);
}

/**
 * jumin_card_reader_read_card_async:
 * @self: a reader
 * @cancellable: (nullable): to stop waiting
 * @callback: called on the main thread, never before this function has returned
 *
 * Reads kind, version and card identifier of the card that lies in @self, and nothing else.
 *
 * Errors: JUMIN_RETRY when the resident can do better; JUMIN_FAILURE_READER_MISSING, _SERVICE,
 * _REFUSED, _FAULTY; G_IO_ERROR_CANCELLED.
 */
void
jumin_card_reader_read_card_async (JuminCardReader *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (JUMIN_IS_CARD_READER (self));
  JUMIN_CARD_READER_GET_IFACE (self)->read_card_async (self, cancellable, callback, data);
}

/**
 * jumin_card_reader_read_card_finish:
 *
 * Returns: (transfer full): the card, freed with g_free(); or %NULL with @error
 */
JuminCard *
jumin_card_reader_read_card_finish (JuminCardReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * jumin_card_reader_read_holder_async:
 * @self: a reader
 * @card: what read_card() gave: the card that the resident has agreed for
 * @cancellable: (nullable): to stop waiting
 * @callback: called on the main thread, never before this function has returned
 *
 * Reads name and number of the holder.
 *
 * Errors: as read_card(), and JUMIN_FAILURE_HOLDER_LOCKED, JUMIN_RETRY_CARD_CHANGED,
 * JUMIN_RETRY_CARD_EXPIRED.
 */
void
jumin_card_reader_read_holder_async (JuminCardReader *self, const JuminCard *card,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  g_return_if_fail (JUMIN_IS_CARD_READER (self));
  g_return_if_fail (card != NULL);
  JUMIN_CARD_READER_GET_IFACE (self)->read_holder_async (self, card, cancellable, callback, data);
}

/**
 * jumin_card_reader_read_holder_finish:
 *
 * Returns: (transfer full): who holds the card; or %NULL with @error
 */
JuminIdentity *
jumin_card_reader_read_holder_finish (JuminCardReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

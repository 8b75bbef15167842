/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/card.h"
#include "model/identity.h"

G_BEGIN_DECLS

/* Both block for as long as card and driver do: for worker threads only. @reader is a PC/SC name;
 * @steps is counted up, atomically, when the service has answered and before each command; between
 * two commands they end when @cancellable is cancelled. Errors: as card-session.h, and
 * JUMIN_RETRY_CARD_PULLED, _REVERSED, _MUTE, _STUCK (held by another read),
 * JUMIN_FAILURE_READER_MISSING, _SERVICE, _REFUSED, _FAULTY. */
JuminCard *jumin_pcsc_read_card (const char *reader, int *steps, GCancellable *cancellable,
                                 GError **error);
JuminIdentity *jumin_pcsc_read_holder (const char *reader, const JuminCard *card,
                                       const GDate *today, int *steps, GCancellable *cancellable,
                                       GError **error);

G_END_DECLS

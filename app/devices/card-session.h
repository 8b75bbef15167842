/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/apdu.h"
#include "model/card.h"
#include "model/error.h"
#include "model/identity.h"

G_BEGIN_DECLS

/**
 * JuminCardTransmit:
 * @command: (array length=command_length): what the card is told
 * @response: (out): room for %JUMIN_APDU_RESPONSE_MAX bytes
 * @response_length: (out): how many came, status word included
 *
 * One exchange with a card that was just powered. Does not look at status words.
 *
 * Returns: %FALSE with @error when nothing came: card out, reader gone
 */
typedef gboolean (*JuminCardTransmit) (gpointer data, const guint8 *command, gsize command_length,
                                       guint8 *response, gsize *response_length, GError **error);

JuminCard *jumin_card_session_read_card (JuminCardTransmit transmit, gpointer data, GError **error);
JuminIdentity *jumin_card_session_read_holder (JuminCardTransmit transmit, gpointer data,
                                               const JuminCard *card, const GDate *today,
                                               GError **error);

G_END_DECLS

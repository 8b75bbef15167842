/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/card-dialogue.h"
#include "model/card.h"
#include "model/error.h"
#include "model/identity.h"

G_BEGIN_DECLS

JuminCard *jumin_card_session_read_card (JuminCardTransmit transmit, gpointer data, GError **error);
JuminIdentity *jumin_card_session_read_holder (JuminCardTransmit transmit, gpointer data,
                                               const JuminCard *card, const GDate *today,
                                               GError **error);

G_END_DECLS

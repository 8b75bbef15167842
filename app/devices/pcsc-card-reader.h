/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/card-reader.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminPcscCardReader:
 *
 * The slot of a PC/SC reader. It is missing while there is no reader, no service or no permission,
 * and comes back by itself.
 */
#define JUMIN_TYPE_PCSC_CARD_READER (jumin_pcsc_card_reader_get_type ())
G_DECLARE_FINAL_TYPE (JuminPcscCardReader, jumin_pcsc_card_reader, JUMIN, PCSC_CARD_READER, GObject)

JuminPcscCardReader *jumin_pcsc_card_reader_new (const char *reader_match, JuminClock *clock);

G_END_DECLS

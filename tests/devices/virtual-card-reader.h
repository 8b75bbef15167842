/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/card-reader.h"

G_BEGIN_DECLS

/**
 * JuminVirtualCardReader:
 *
 * A slot without a device, for unit tests. It begins present and empty. A read answers in the next
 * turn of the main loop, or when released.
 */
#define JUMIN_TYPE_VIRTUAL_CARD_READER (jumin_virtual_card_reader_get_type ())
G_DECLARE_FINAL_TYPE (JuminVirtualCardReader, jumin_virtual_card_reader, JUMIN, VIRTUAL_CARD_READER,
                      GObject)

JuminVirtualCardReader *jumin_virtual_card_reader_new (void);
/* @holder: who may be read from it; NULL: the card keeps its holder's fields. Replaces what lies
 * there. */
void jumin_virtual_card_reader_insert (JuminVirtualCardReader *self, const JuminCard *card,
                                       JuminIdentity *holder);
void jumin_virtual_card_reader_pull (JuminVirtualCardReader *self);
/* The reader is lost, in a state that does not serve; later it is back, with what lies in it. */
void jumin_virtual_card_reader_break (JuminVirtualCardReader *self, JuminReaderState trouble);
void jumin_virtual_card_reader_heal (JuminVirtualCardReader *self);
/* The next read ends with this error, once. */
void jumin_virtual_card_reader_fail_next (JuminVirtualCardReader *self, GQuark domain, int code);
/* While held, a read stays under way; pulling the card or cancelling ends it. */
void jumin_virtual_card_reader_set_held (JuminVirtualCardReader *self, gboolean held);
guint jumin_virtual_card_reader_get_holder_reads (JuminVirtualCardReader *self);

G_END_DECLS

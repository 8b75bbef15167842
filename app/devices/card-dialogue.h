/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "devices/apdu.h"
#include "devices/card-layout.h"
#include "devices/tlv.h"

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

/**
 * JuminCardDialogue:
 * @transmit, @data: set by the caller, the rest zero
 * @coding: the spelling of READ RECORD that worked last; %NULL: none yet
 * @answer: data of the last command, without status word
 *
 * What is known of a card since it was powered. May hold personal data: cleared after use.
 */
typedef struct
{
  JuminCardTransmit transmit;
  gpointer data;
  const JuminCardCoding *coding;
  gboolean file_selected;
  guint8 answer[JUMIN_APDU_RESPONSE_MAX];
  gsize answer_length;
  guint16 status_word;
} JuminCardDialogue;

/* Errors of all: what transmit() reports; JUMIN_RETRY_CARD_UNREADABLE. A value points into the
 * dialogue and lasts until the next command. */

/* Also JUMIN_RETRY_CARD_BANK, JUMIN_RETRY_CARD_FOREIGN. */
gboolean jumin_card_dialogue_select_application (JuminCardDialogue *self, GError **error);
gboolean jumin_card_dialogue_select_file (JuminCardDialogue *self, const JuminCardFile *file,
                                          GError **error);
/* Also JUMIN_FAILURE_HOLDER_LOCKED. */
gboolean jumin_card_dialogue_read_record (JuminCardDialogue *self, const JuminCardField *field,
                                          JuminTlv *value, GError **error);
/* A record that may be missing or locked: then @value is empty. */
gboolean jumin_card_dialogue_read_optional_record (JuminCardDialogue *self,
                                                   const JuminCardField *field, JuminTlv *value,
                                                   GError **error);
void jumin_card_dialogue_clear (JuminCardDialogue *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JuminCardDialogue, jumin_card_dialogue_clear)

G_END_DECLS

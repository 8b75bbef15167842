/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_APDU_COMMAND_MAX = 22,      /* SELECT with the longest name: 5 + 16 bytes, and Le */
  JUMIN_APDU_RESPONSE_MAX = 256 + 2 /* short Le: data and status word */
};

/**
 * JuminApdu:
 *
 * One command to a card, short form (ISO/IEC 7816-3). A plain value.
 */
typedef struct
{
  guint8 bytes[JUMIN_APDU_COMMAND_MAX];
  gsize length;
} JuminApdu;

/**
 * JuminApduOutcome:
 * @JUMIN_APDU_DONE: the data is the answer
 * @JUMIN_APDU_MORE: fetch SW2 bytes with GET RESPONSE
 * @JUMIN_APDU_WRONG_LE: ask again with Le = SW2
 * @JUMIN_APDU_WRONG_LENGTH: another Le may do
 * @JUMIN_APDU_ABSENT: no such file, application or record
 * @JUMIN_APDU_LOCKED: a key is wanted that we do not have
 * @JUMIN_APDU_UNSUPPORTED: not in this form; another one may do
 * @JUMIN_APDU_FAILED: everything else
 */
typedef enum
{
  JUMIN_APDU_DONE,
  JUMIN_APDU_MORE,
  JUMIN_APDU_WRONG_LE,
  JUMIN_APDU_WRONG_LENGTH,
  JUMIN_APDU_ABSENT,
  JUMIN_APDU_LOCKED,
  JUMIN_APDU_UNSUPPORTED,
  JUMIN_APDU_FAILED
} JuminApduOutcome;

JuminApdu jumin_apdu_select_by_name (const guint8 *aid, gsize aid_length);
JuminApdu jumin_apdu_select_file (guint8 p1, guint16 file);
JuminApdu jumin_apdu_read_record (guint8 p1, guint8 p2, guint8 le);
JuminApdu jumin_apdu_get_response (guint8 le);
JuminApduOutcome jumin_apdu_status_get_outcome (guint16 status_word);
const char *jumin_apdu_status_get_meaning (guint16 status_word);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four commands that we send to a card, and what its status words mean. All are reads: a
 * command that could change a card cannot be built here. */
#include "devices/apdu.h"

#include <string.h>

enum
{
  CLA_ISO = 0x00,
  INS_SELECT = 0xA4,
  INS_READ_RECORD = 0xB2,
  INS_GET_RESPONSE = 0xC0,
  P1_SELECT_BY_NAME = 0x04,
  AID_LENGTH_MIN = 5,
  AID_LENGTH_MAX = 16,
  ANY = 0x00FF /* mask: SW2 may be anything */
};

/* ISO/IEC 7816-4, status words, as far as social-security and bank cards were seen to use them.
 * The first row that matches counts. */
static const struct
{
  guint16 status_word, free_bits;
  JuminApduOutcome outcome;
  const char *meaning;
} status_words[] = {
  { 0x9000, 0, JUMIN_APDU_DONE, "done" },
  { 0x6100, ANY, JUMIN_APDU_MORE, "more bytes are waiting" },
  { 0x6282, 0, JUMIN_APDU_DONE, "end of record before Le bytes" },
  { 0x6283, 0, JUMIN_APDU_LOCKED, "file is deactivated" },
  { 0x6700, 0, JUMIN_APDU_WRONG_LENGTH, "wrong length" },
  { 0x6881, 0, JUMIN_APDU_UNSUPPORTED, "logical channel not supported" },
  { 0x6981, 0, JUMIN_APDU_UNSUPPORTED, "command does not fit the file's structure" },
  { 0x6982, 0, JUMIN_APDU_LOCKED, "security status not satisfied" },
  { 0x6983, 0, JUMIN_APDU_LOCKED, "authentication method blocked" },
  { 0x6984, 0, JUMIN_APDU_LOCKED, "reference data not usable" },
  { 0x6985, 0, JUMIN_APDU_LOCKED, "conditions of use not satisfied" },
  { 0x6986, 0, JUMIN_APDU_UNSUPPORTED, "no current file" },
  { 0x6A80, 0, JUMIN_APDU_UNSUPPORTED, "wrong data field" },
  { 0x6A81, 0, JUMIN_APDU_UNSUPPORTED, "function not supported" },
  { 0x6A82, 0, JUMIN_APDU_ABSENT, "file or application not found" },
  { 0x6A83, 0, JUMIN_APDU_ABSENT, "record not found" },
  { 0x6A86, 0, JUMIN_APDU_UNSUPPORTED, "wrong P1 or P2" },
  { 0x6A88, 0, JUMIN_APDU_ABSENT, "referenced data not found" },
  { 0x6B00, 0, JUMIN_APDU_UNSUPPORTED, "wrong P1 or P2" },
  { 0x6C00, ANY, JUMIN_APDU_WRONG_LE, "wrong Le" },
  { 0x6D00, 0, JUMIN_APDU_UNSUPPORTED, "instruction not supported" },
  { 0x6E00, 0, JUMIN_APDU_UNSUPPORTED, "class not supported" },
  { 0x6F00, 0, JUMIN_APDU_FAILED, "no precise diagnosis" },
  { 0x0000, 0xFFFF, JUMIN_APDU_FAILED, "unknown status" },
};

static gsize
find_status (guint16 status_word)
{
  gsize row = 0;

  while ((status_word & ~status_words[row].free_bits) != status_words[row].status_word)
    row++;
  g_assert (row < G_N_ELEMENTS (status_words));
  return row;
}

/**
 * jumin_apdu_select_by_name:
 * @aid: (array length=aid_length): application identifier, 5 to 16 bytes
 * @aid_length: number of bytes in @aid
 *
 * Builds SELECT by DF name, first occurrence, without Le: what comes back is not looked at
 * (ISO/IEC 7816-4, SELECT command).
 */
JuminApdu
jumin_apdu_select_by_name (const guint8 *aid, gsize aid_length)
{
  JuminApdu apdu
      = { { CLA_ISO, INS_SELECT, P1_SELECT_BY_NAME, 0x00, (guint8)aid_length }, 5 + aid_length };

  g_assert (aid_length >= AID_LENGTH_MIN && aid_length <= AID_LENGTH_MAX);
  memcpy (apdu.bytes + 5, aid, aid_length);
  return apdu;
}

/**
 * jumin_apdu_select_file:
 * @p1: 00: any file by its identifier, 02: an EF under the current DF
 * @file: the identifier, EF05 for example
 */
JuminApdu
jumin_apdu_select_file (guint8 p1, guint16 file)
{
  return (JuminApdu){
    { CLA_ISO, INS_SELECT, p1, 0x00, 2, (guint8)(file >> 8), (guint8)(file & 0xFF) }, 7
  };
}

/**
 * jumin_apdu_read_record:
 * @p1: record number or identifier
 * @p2: how to understand @p1, and in which file
 * @le: bytes expected; 00: all
 */
JuminApdu
jumin_apdu_read_record (guint8 p1, guint8 p2, guint8 le)
{
  return (JuminApdu){ { CLA_ISO, INS_READ_RECORD, p1, p2, le }, 5 };
}

/**
 * jumin_apdu_get_response:
 * @le: SW2 of the 61xx; 00: 256 bytes
 */
JuminApdu
jumin_apdu_get_response (guint8 le)
{
  return (JuminApdu){ { CLA_ISO, INS_GET_RESPONSE, 0x00, 0x00, le }, 5 };
}

JuminApduOutcome
jumin_apdu_status_get_outcome (guint16 status_word)
{
  return status_words[find_status (status_word)].outcome;
}

/**
 * jumin_apdu_status_get_meaning:
 * @status_word: SW1 and SW2
 *
 * Returns: (transfer none): a few English words for the technician
 */
const char *
jumin_apdu_status_get_meaning (guint16 status_word)
{
  return status_words[find_status (status_word)].meaning;
}

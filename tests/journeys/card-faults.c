/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be wrong with a card, or happen to it, as data. A new trouble is a new row. */
#include "card-faults.h"

#define GOOD "li-ceshi"
#define NUMBERS "chen-bianhao"
#define ROOT "feng-bashi"
#define FREE "jiang-waisheng"

const CardFault card_faults[] = {
  { "upside down", GOOD, "no-atr" },
  { "an answer to reset that is none", GOOD, "garbage-atr" },
  { "mute", GOOD, "mute" },
  { "mute from the 4th command", GOOD, "mute from 4" },
  { "mute in the holder's file", GOOD, "mute from 16" },
  { "hangs", GOOD, "hang" },
  { "hangs from the 3rd command", NUMBERS, "hang from 3" },
  { "hangs in the holder's file", GOOD, "hang from 15" },
  { "one byte", GOOD, "short" },
  { "one byte from the 9th command", FREE, "short from 9" },
  { "no bytes in any record", FREE, "empty" },
  { "no bytes from the 6th command", FREE, "empty from 6" },
  { "no application", GOOD, "unknown" },
  { "bank side only", "sun-yinhang", NULL },
  { "expired", "zhou-guoqi", NULL },
  { "locked, and nobody knows it", "qian-weizhi", NULL },
  { "locked, and the platform is down", "zhao-suoding", .platform = "down" },
  { "61xx for ever", GOOD, "endless" },
  { "61xx for ever from the 5th command", NUMBERS, "endless from 5" },
  { "61xx for ever in the holder's file", GOOD, "endless from 17" },
  { "6Cxx for ever", GOOD, "wrong-le" },
  { "6Cxx for ever from the 7th command", ROOT, "wrong-le from 7" },
  { "6F00", GOOD, "status 6F00" },
  { "6581 from the 5th command", GOOD, "status 6581 from 5" },
  { "6985 before the agreement", GOOD, "status 6985 from 3" },
  { "0000", FREE, "status 0000" },
  { "9000 without data", FREE, "status 9000" },
  { "version cut short", GOOD, "truncated 03" },
  { "identifier cut short", NUMBERS, "truncated 01" },
  { "number cut short", GOOD, "truncated 08" },
  { "name cut short", ROOT, "truncated 09" },
  { "more than the identifier", GOOD, "surplus 01" },
  { "more than the number", GOOD, "surplus 08" },
  { "more than the name", FREE, "surplus 09" },
  { "identifier too long", GOOD, "long 01" },
  { "number too long", FREE, "long 08" },
  { "name too long", GOOD, "long 09" },
  { "version under another tag", GOOD, "wrong-tag 03" },
  { "number under another tag", GOOD, "wrong-tag 08" },
  { "name under another tag", NUMBERS, "wrong-tag 09" },
  { "noise", GOOD, "garbage 1" },
  { "other noise", NUMBERS, "garbage 20261121" },
  { "noise in the holder's file", GOOD, "garbage 5 from 15" },
  { "pulled at the 1st command", GOOD, "pull 1" },
  { "pulled at the 6th command", NUMBERS, "pull 6" },
  { "pulled in the holder's file", GOOD, "pull 16" },
  { "slow beyond all patience", GOOD, .slow_ms = 400 },
  { "another card before the agreement's read", GOOD, .slow_ms = 40, .at = 12,
    .card = "insert jiang-waisheng" },
  { "reader unplugged in the first read", GOOD, .slow_ms = 60, .at = 3, .reader = "remove R1" },
  { "reader unplugged in the second read", GOOD, .slow_ms = 40, .at = 14, .reader = "remove R1" },
  { "pcscd killed in the first read", GOOD, .slow_ms = 60, .at = 4, .reader = "kill" },
  { "pcscd killed in the second read", NUMBERS, .slow_ms = 40, .at = 14, .reader = "kill" },
};
const gsize n_card_faults = G_N_ELEMENTS (card_faults);

const char *
card_resident_by_chance (void)
{
  static const char *const residents[] = { GOOD, NUMBERS, ROOT, FREE, "wang-yidai", "he-qian" };

  return residents[g_test_rand_int_range (0, G_N_ELEMENTS (residents))];
}

CardFault
card_fault_by_chance (const char *resident, guint n_commands, char text[CARD_FAULT_TEXT_MAX])
{
  static const char *const words[]
      = { "pull %d",      "short from %d",       "endless from %d",     "wrong-le from %d",
          "mute from %d", "status 6F00 from %d", "status 6E00 from %d", "status 6700 from %d",
          "hang from %d", "garbage 77 from %d",  "status 0000 from %d" };
  gint32 word = g_test_rand_int_range (0, G_N_ELEMENTS (words));

  g_snprintf (text, CARD_FAULT_TEXT_MAX, words[word],
              g_test_rand_int_range (1, (gint32)n_commands + 1));
  return (CardFault){ .name = text, .resident = resident, .fault = text };
}

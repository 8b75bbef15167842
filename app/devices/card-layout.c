/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of social-security cards, as data. Sources: LB 002-2000 (v1), the file structure
 * V2.0 of 2012 (v2), LD/T 32-2015 (v3), and traces of real cards. A new kind of card is a new row.
 *
 * Every list of variants is tried from its first row on; what worked is tried first next time. */
#include "devices/card-layout.h"

#define SSSE "sx1.sh.\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF" /* GBK 社会保障 */

/* Cards of one maker find the application only from the master file. */
const JuminCardApplication jumin_card_applications[] = {
  { .aid = SSSE, .aid_length = sizeof SSSE - 1 },
  { .aid = SSSE, .aid_length = sizeof SSSE - 1, .master_first = TRUE },
};

/* A bank's directory, and the debit application of UnionPay for cards without one. */
const JuminCardApplication jumin_card_bank_applications[] = {
  { .aid = "1PAY.SYS.DDF01", .aid_length = 14 },
  { .aid = "\xA0\x00\x00\x03\x33\x01\x01\x01", .aid_length = 8 },
};

/* 02: EF under the current DF; 00: any file. Both are seen; each is refused by some card. */
const guint8 jumin_card_file_selects[] = { 0x02, 0x00 };

/* The record identifier in a selected file is understood by most; the last row by few. */
const JuminCardCoding jumin_card_codings[] = {
  { .by_number = FALSE, .by_sfi = FALSE },
  { .by_number = FALSE, .by_sfi = TRUE },
  { .by_number = TRUE, .by_sfi = FALSE },
  { .by_number = TRUE, .by_sfi = TRUE },
};

static const JuminCardFile issuer_file = { .identifier = 0xEF05, .sfi = 5 };
static const JuminCardFile holder_file = { .identifier = 0xEF06, .sfi = 6 };

/* Tag, record number, longest value; after the agreement only; optional. EF05 holds the tags 01 to
 * 07 as its records 1 to 7; EF06 begins with 08 and 09, the name extension came with version 2. */
#define IDENTIFIER &issuer_file, 0x01, 1, 16, FALSE, FALSE
#define VERSION &issuer_file, 0x03, 3, 4, FALSE, FALSE
#define VALID_UNTIL &issuer_file, 0x06, 6, 4, TRUE, TRUE
#define NUMBER &holder_file, 0x08, 1, 18, TRUE, FALSE
#define NAME &holder_file, 0x09, 2, 30, TRUE, FALSE
#define NAME_EXTENSION &holder_file, 0x4E, 3, 20, TRUE, TRUE

static const JuminCardField fields_1[JUMIN_CARD_N_FIELDS] = {
  [JUMIN_CARD_FIELD_VERSION] = { VERSION },
  [JUMIN_CARD_FIELD_IDENTIFIER] = { IDENTIFIER },
  [JUMIN_CARD_FIELD_VALID_UNTIL] = { VALID_UNTIL },
  [JUMIN_CARD_FIELD_NUMBER] = { NUMBER },
  [JUMIN_CARD_FIELD_NAME] = { NAME },
};
static const JuminCardField fields_2[JUMIN_CARD_N_FIELDS] = {
  [JUMIN_CARD_FIELD_VERSION] = { VERSION },
  [JUMIN_CARD_FIELD_IDENTIFIER] = { IDENTIFIER },
  [JUMIN_CARD_FIELD_VALID_UNTIL] = { VALID_UNTIL },
  [JUMIN_CARD_FIELD_NUMBER] = { NUMBER },
  [JUMIN_CARD_FIELD_NAME] = { NAME },
  [JUMIN_CARD_FIELD_NAME_EXTENSION] = { NAME_EXTENSION },
};

static const JuminCardLayout layouts[] = {
  { .version = "1.", .fields = fields_1 },
  { .version = "2.", .fields = fields_2 },
  /* On a personalised card the holder's files want a key, which we do not have. */
  { .version = "3.", .fields = fields_2 },
};

const JuminCardLayout *
jumin_card_layout_find (const char *version)
{
  if (version == NULL)
    return &layouts[0];
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_str_has_prefix (version, layouts[i].version))
      return &layouts[i];
  return NULL;
}

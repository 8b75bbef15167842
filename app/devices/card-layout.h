/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JUMIN_CARD_FIELD_VERSION,
  JUMIN_CARD_FIELD_IDENTIFIER,
  JUMIN_CARD_FIELD_VALID_UNTIL,
  JUMIN_CARD_FIELD_NUMBER,
  JUMIN_CARD_FIELD_NAME,
  JUMIN_CARD_FIELD_NAME_EXTENSION,
  JUMIN_CARD_N_FIELDS
} JuminCardFieldId;

typedef struct
{
  guint16 identifier; /* of the EF */
  guint8 sfi;         /* short file identifier */
} JuminCardFile;

/**
 * JuminCardField:
 * @file: where it lies; %NULL: this layout has no such field
 * @tag: and record identifier
 * @number: record number in @file
 * @length: longest value, bytes
 * @after_agreement: never asked for before the resident has agreed
 * @optional: a card without it is good
 */
typedef struct
{
  const JuminCardFile *file;
  guint8 tag, number, length;
  gboolean after_agreement, optional;
} JuminCardField;

/**
 * JuminCardLayout:
 * @version: what the version on the card begins with
 */
typedef struct
{
  const char *version;
  const JuminCardField *fields; /* JUMIN_CARD_N_FIELDS of them */
} JuminCardLayout;

/**
 * JuminCardApplication:
 * @master_first: select 3F00 before the name
 */
typedef struct
{
  guint8 aid[16];
  gsize aid_length;
  gboolean master_first;
} JuminCardApplication;

/**
 * JuminCardCoding:
 * @by_number: P1 is the record number; else the record identifier
 * @by_sfi: P2 names the file; else the file must have been selected
 *
 * How READ RECORD is spelled.
 */
typedef struct
{
  gboolean by_number, by_sfi;
} JuminCardCoding;

enum
{
  JUMIN_CARD_N_APPLICATIONS = 2,
  JUMIN_CARD_N_BANK_APPLICATIONS = 2,
  JUMIN_CARD_N_FILE_SELECTS = 2,
  JUMIN_CARD_N_CODINGS = 4
};
extern const JuminCardApplication jumin_card_applications[JUMIN_CARD_N_APPLICATIONS];
extern const JuminCardApplication jumin_card_bank_applications[JUMIN_CARD_N_BANK_APPLICATIONS];
extern const guint8 jumin_card_file_selects[JUMIN_CARD_N_FILE_SELECTS]; /* P1 of SELECT */
extern const JuminCardCoding jumin_card_codings[JUMIN_CARD_N_CODINGS];

/* (nullable): the layout of a version; %NULL as version: what all layouts begin with. */
const JuminCardLayout *jumin_card_layout_find (const char *version);

G_END_DECLS

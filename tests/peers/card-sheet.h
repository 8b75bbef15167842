/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  JUMIN_SHEET_RECORDS_MAX = 14,
  JUMIN_SHEET_VALUE_MAX = 30,
  JUMIN_SHEET_ATR_MAX = 33,
  JUMIN_SHEETS_MAX = 256,
  JUMIN_FAULT_COMMANDS_MAX = 1000,
  JUMIN_SHEET_FILE_BYTES_MAX = 1024 * 1024
};

typedef enum
{
  JUMIN_FAULT_NONE,
  JUMIN_FAULT_MUTE,        /* answers the ATR, then nothing */
  JUMIN_FAULT_HANG,        /* asks for more time for ever, so that the reader never gives up */
  JUMIN_FAULT_NO_ATR,      /* upside down; so many times: a contact that comes late */
  JUMIN_FAULT_GARBAGE_ATR, /* an answer to reset that is none */
  JUMIN_FAULT_SHORT,       /* one byte instead of an answer */
  JUMIN_FAULT_EMPTY,       /* records without a byte: the status word alone */
  JUMIN_FAULT_GARBAGE,     /* bytes and status words by chance; the value is the seed */
  JUMIN_FAULT_ENDLESS,     /* 61xx for ever */
  JUMIN_FAULT_WRONG_LE,    /* 6Cxx for ever */
  JUMIN_FAULT_UNKNOWN,     /* no application that anybody knows */
  JUMIN_FAULT_STATUS,      /* this status word to every command */
  JUMIN_FAULT_PULL,        /* pulled at this command, counted from insertion */
  /* Of the record with this tag; 0: of every one. */
  JUMIN_FAULT_TRUNCATED, /* shorter than its length says */
  JUMIN_FAULT_SURPLUS,   /* longer than its length says */
  JUMIN_FAULT_LONG,      /* longer than the standard has it, and its length says so */
  JUMIN_FAULT_WRONG_TAG  /* another tag than the one that was asked */
} JuminFaultKind;

/**
 * JuminFault:
 * @from: the command, counted from insertion, that it begins with; 0: at once
 */
typedef struct
{
  JuminFaultKind kind;
  guint value, from;
} JuminFault;

typedef struct
{
  guint8 tag, length;
  guint16 file; /* 0xEF05 or 0xEF06 */
  gboolean locked;
  guint8 value[JUMIN_SHEET_VALUE_MAX];
} JuminSheetRecord;

/**
 * JuminSheet:
 * @id: of the resident; what "insert" takes
 * @social_security, @bank: which applications are there
 * @root_first: finds its application only after SELECT 3F00
 * @select_00, @select_02: which P1 selects an elementary file
 * @by_tag, @by_number: what READ RECORD takes
 * @get_response: answers 61xx, as T=0 cards do
 * @exact_length: answers 6Cxx when Le is not the length of the record
 * @file_information: SELECT of an elementary file has an answer, too
 *
 * One card, ready to be put in: how it behaves (its profile) and what it holds (its resident).
 */
typedef struct
{
  char *id;
  gboolean social_security, bank, root_first, select_00, select_02, by_tag, by_number;
  gboolean get_response, exact_length, file_information;
  JuminFault fault;
  guint8 atr[JUMIN_SHEET_ATR_MAX];
  guint atr_length, n_records;
  JuminSheetRecord records[JUMIN_SHEET_RECORDS_MAX];
} JuminSheet;

void jumin_sheet_free (JuminSheet *self);
GPtrArray *jumin_sheets_load (const char *cards_path, const char *residents_path, GError **error);
const JuminSheet *jumin_sheets_find (GPtrArray *sheets, const char *id);
gboolean jumin_fault_parse (const char *text, JuminFault *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminSheet, jumin_sheet_free)

G_END_DECLS

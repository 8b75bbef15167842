/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a social-security card answers (ISO/IEC 7816-4, short lengths): SELECT, READ RECORD, GET
 * RESPONSE, GET CHALLENGE. Everything that differs between cards is in the sheet. */
#include "card-chip.h"

#include <string.h>

/* A command as the card sees it. */
typedef struct
{
  guint8 class, instruction, p1, p2;
  const guint8 *data;
  gsize n_data;
  gboolean has_le;
  gsize le; /* 256 when the byte is 00 */
} Command;

typedef struct
{
  guint8 *bytes;
  gsize length;
} Answer;

enum
{
  SW_OK = 0x9000,
  SW_WRONG_LENGTH = 0x6700,
  SW_LOCKED = 0x6982,
  SW_NOT_SELECTED = 0x6985,
  SW_NO_FILE = 0x6986,
  SW_NOT_FOUND = 0x6A82,
  SW_NO_RECORD = 0x6A83,
  SW_WRONG_P1_P2 = 0x6A86,
  SW_NO_INSTRUCTION = 0x6D00,
  SW_NO_CLASS = 0x6E00,
  FILE_ROOT = 0x3F00,
  FILE_ISSUER = 0xEF05,
  FILE_HOLDER = 0xEF06,
  CHALLENGE_LENGTH = 8
};

/* "sx1.sh." and 社会保障 in GBK; PSE and debit of the bank. */
static const guint8 aid_social_security[]
    = { 0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF };
static const guint8 aid_bank_directory[]
    = { '1', 'P', 'A', 'Y', '.', 'S', 'Y', 'S', '.', 'D', 'D', 'F', '0', '1' };
static const guint8 aid_bank[] = { 0xA0, 0x00, 0x00, 0x03, 0x33, 0x01, 0x01, 0x01 };

static void
say_status (Answer *answer, guint status)
{
  answer->bytes[answer->length++] = (guint8)(status >> 8);
  answer->bytes[answer->length++] = (guint8)status;
}

static void
say_data (Answer *answer, const guint8 *data, gsize length)
{
  memcpy (answer->bytes, data, length);
  answer->length = length;
  say_status (answer, SW_OK);
}

/* SELECT has data and an answer (case 4): with T=0 the answer waits for GET RESPONSE. */
static void
say_selected (JuminChip *self, const Command *command, const guint8 *information, gsize length,
              Answer *answer)
{
  if (self->sheet->get_response)
    {
      memcpy (self->waiting, information, length);
      self->n_waiting = length;
      say_status (answer, 0x6100 | (guint)length);
    }
  else if (command->has_le)
    say_data (answer, information, MIN (length, command->le));
  else
    say_status (answer, SW_OK);
}

static gboolean
names (const Command *command, const guint8 *aid, gsize length)
{
  return command->n_data == length && memcmp (command->data, aid, length) == 0;
}

static void
select_application (JuminChip *self, const Command *command, Answer *answer)
{
  guint8 information[JUMIN_CHIP_ANSWER_MAX] = { 0x6F, 0, 0x84, 0 };
  gboolean social = names (command, aid_social_security, sizeof aid_social_security)
                    && self->sheet->social_security
                    && (self->root_selected || !self->sheet->root_first);
  gboolean bank = self->sheet->bank
                  && (names (command, aid_bank, sizeof aid_bank)
                      || names (command, aid_bank_directory, sizeof aid_bank_directory));

  if (!social && !bank)
    {
      say_status (answer, SW_NOT_FOUND);
      return;
    }
  self->application_selected = social;
  self->bank_selected = bank;
  self->file = 0;
  gsize n = command->n_data;
  memcpy (information + 4, command->data, n);
  memcpy (information + 4 + n, (guint8[]){ 0xA5, 0x03, 0x88, 0x01, 0x0B }, 5);
  information[1] = (guint8)(n + 7);
  information[3] = (guint8)n;
  say_selected (self, command, information, n + 9, answer);
}

static void
select_file (JuminChip *self, const Command *command, Answer *answer)
{
  guint8 information[] = { 0x6F, 0x04, 0x83, 0x02, 0, 0 };

  if (command->n_data != 2)
    {
      say_status (answer, SW_WRONG_LENGTH);
      return;
    }
  guint file = (guint)command->data[0] << 8 | command->data[1];
  if (file == FILE_ROOT)
    {
      self->root_selected = TRUE;
      self->application_selected = self->bank_selected = FALSE;
      self->file = 0;
      say_status (answer, SW_OK);
      return;
    }
  if (command->p1 == 0x02 ? !self->sheet->select_02 : !self->sheet->select_00)
    {
      say_status (answer, SW_WRONG_P1_P2);
      return;
    }
  if (!self->application_selected || (file != FILE_ISSUER && file != FILE_HOLDER))
    {
      say_status (answer, SW_NOT_FOUND);
      return;
    }
  self->file = (guint16)file;
  memcpy (information + 4, command->data, 2);
  if (self->sheet->file_information)
    say_selected (self, command, information, sizeof information, answer);
  else
    say_status (answer, SW_OK);
}

static void
do_select (JuminChip *self, const Command *command, Answer *answer)
{
  if (command->p1 == 0x04)
    select_application (self, command, answer);
  else if (command->p1 == 0x00 || command->p1 == 0x02)
    select_file (self, command, answer);
  else
    say_status (answer, SW_WRONG_P1_P2);
}

static const JuminSheetRecord *
find_record (const JuminSheet *sheet, guint file, gboolean by_number, guint p1)
{
  guint number = 0;

  for (guint i = 0; i < sheet->n_records; i++)
    {
      const JuminSheetRecord *record = &sheet->records[i];
      if (record->file == file && (by_number ? ++number == p1 : record->tag == p1))
        return record;
    }
  return NULL;
}

/* A record in a wrong form. Four bytes fit behind the longest one. */
static gsize
spoil_record (JuminChip *self, guint8 *bytes, gsize length)
{
  static const guint8 more[] = { 0x4A, 0x55, 0x4D, 0x49 };

  if (self->fault.value != 0 && self->fault.value != bytes[0])
    return length;
  switch (self->fault.kind)
    {
    case JUMIN_FAULT_TRUNCATED:
      return length - MAX ((length - 2) / 2, 1);
    case JUMIN_FAULT_LONG:
      bytes[1] += sizeof more;
      G_GNUC_FALLTHROUGH;
    case JUMIN_FAULT_SURPLUS:
      memcpy (bytes + length, more, sizeof more);
      return length + sizeof more;
    case JUMIN_FAULT_WRONG_TAG:
      bytes[0] ^= 0x40;
      return length;
    case JUMIN_FAULT_EMPTY:
      return 0;
    default:
      return length;
    }
}

static void
say_record (JuminChip *self, const Command *command, const JuminSheetRecord *record, Answer *answer)
{
  guint8 bytes[JUMIN_SHEET_VALUE_MAX + 2 + 4] = { record->tag, record->length };
  gsize length;

  memcpy (bytes + 2, record->value, record->length);
  length = spoil_record (self, bytes, record->length + 2u);
  if (self->sheet->exact_length && command->has_le && command->le != length)
    say_status (answer, 0x6C00 | (guint)length);
  else
    say_data (answer, bytes, command->has_le ? MIN (length, command->le) : length);
}

/* P2: five bits of short file identifier (0: the file that is selected), then 000 = P1 is a record
 * identifier, the tag, or 100 = P1 is a record number. */
static void
do_read_record (JuminChip *self, const Command *command, Answer *answer)
{
  guint short_file = command->p2 >> 3, coding = command->p2 & 7;
  guint file = short_file != 0 ? 0xEF00 | short_file : self->file;

  if (!self->application_selected)
    say_status (answer, SW_NOT_SELECTED);
  else if (file == 0)
    say_status (answer, SW_NO_FILE);
  else if (!(coding == 0 && self->sheet->by_tag) && !(coding == 4 && self->sheet->by_number))
    say_status (answer, SW_WRONG_P1_P2);
  else if (file != FILE_ISSUER && file != FILE_HOLDER)
    say_status (answer, SW_NOT_FOUND);
  else
    {
      const JuminSheetRecord *record = find_record (self->sheet, file, coding == 4, command->p1);
      self->file = (guint16)file;
      if (record == NULL)
        say_status (answer, SW_NO_RECORD);
      else if (record->locked)
        say_status (answer, SW_LOCKED);
      else
        say_record (self, command, record, answer);
    }
}

static void
do_get_response (JuminChip *self, const Command *command, Answer *answer)
{
  if (self->n_waiting == 0)
    say_status (answer, SW_NOT_SELECTED);
  else if (command->le > self->n_waiting && self->sheet->exact_length)
    say_status (answer, 0x6C00 | (guint)self->n_waiting);
  else
    {
      say_data (answer, self->waiting, MIN (command->le, self->n_waiting));
      self->n_waiting = 0;
    }
}

static void
do_get_challenge (JuminChip *self, const Command *command, Answer *answer)
{
  static const guint8 challenge[CHALLENGE_LENGTH] = { 1, 2, 3, 4, 5, 6, 7, 8 };

  say_data (answer, challenge, sizeof challenge);
}

static const struct
{
  guint8 instruction;
  void (*act) (JuminChip *self, const Command *command, Answer *answer);
} instructions[] = {
  { 0xA4, do_select },
  { 0xB2, do_read_record },
  { 0xC0, do_get_response },
  { 0x84, do_get_challenge },
};

/* Header; header Le; header Lc data; header Lc data Le. Only SELECT has data here. */
static gboolean
parse (const guint8 *bytes, gsize length, Command *command)
{
  if (length < 4)
    return FALSE;
  *command = (Command){ bytes[0], bytes[1], bytes[2], bytes[3], NULL, 0, FALSE, 0 };
  if (length == 4)
    return TRUE;
  gsize used = 4;
  if (length > 5 || command->instruction == 0xA4)
    {
      command->n_data = bytes[4];
      command->data = bytes + 5;
      used = 5 + command->n_data;
    }
  if (length < used || length > used + 1)
    return FALSE;
  command->has_le = length == used + 1;
  if (command->has_le)
    command->le = bytes[used] != 0 ? bytes[used] : 256;
  return TRUE;
}

/**
 * jumin_chip_reset:
 * @sheet: the card; outlives @self
 *
 * Power or reset: nothing is selected.
 */
void
jumin_chip_reset (JuminChip *self, const JuminSheet *sheet, JuminFault fault)
{
  *self = (JuminChip){ .sheet = sheet, .fault = fault };
}

static void
answer_command (JuminChip *self, const guint8 *bytes, gsize length, Answer *answer)
{
  Command command;
  gsize i = 0;

  if (!parse (bytes, length, &command))
    {
      say_status (answer, SW_WRONG_LENGTH);
      return;
    }
  if (command.class != 0x00)
    {
      say_status (answer, SW_NO_CLASS);
      return;
    }
  if (self->fault.kind == JUMIN_FAULT_UNKNOWN)
    {
      say_status (answer, command.instruction == 0xA4 ? SW_NOT_FOUND : SW_NO_INSTRUCTION);
      return;
    }
  if (command.instruction != 0xC0)
    self->n_waiting = 0;
  while (i < G_N_ELEMENTS (instructions) && instructions[i].instruction != command.instruction)
    i++;
  if (i < G_N_ELEMENTS (instructions))
    instructions[i].act (self, &command, answer);
  else
    say_status (answer, SW_NO_INSTRUCTION);
}

/* The same seed gives the same answers, insertion after insertion. */
static void
say_garbage (JuminChip *self, Answer *answer)
{
  static const guint status_words[] = { SW_OK, SW_OK, 0x6110, 0x6C08, SW_NO_RECORD, 0x6F00 };
  g_autoptr (GRand) chance = g_rand_new_with_seed (self->fault.value + self->n_garbage++);
  gsize length = (gsize)g_rand_int_range (chance, 0, JUMIN_SHEET_VALUE_MAX + 2);

  for (gsize i = 0; i < length; i++)
    answer->bytes[answer->length++] = (guint8)g_rand_int_range (chance, 0, 256);
  say_status (answer, status_words[g_rand_int_range (chance, 0, (int)G_N_ELEMENTS (status_words))]);
}

/**
 * jumin_chip_answer:
 * @command: what the reader sent
 * @answer: (out): data and status word
 *
 * Returns: bytes in @answer; 0 when the card says nothing
 */
gsize
jumin_chip_answer (JuminChip *self, const guint8 *command, gsize length,
                   guint8 answer_bytes[JUMIN_CHIP_ANSWER_MAX])
{
  static const guint8 waiting[8] = { 0 };
  Answer answer = { answer_bytes, 0 };

  switch (self->fault.kind)
    {
    case JUMIN_FAULT_MUTE:
    case JUMIN_FAULT_HANG:
      break;
    case JUMIN_FAULT_STATUS:
      say_status (&answer, self->fault.value);
      break;
    case JUMIN_FAULT_GARBAGE:
      say_garbage (self, &answer);
      break;
    case JUMIN_FAULT_ENDLESS:
      memcpy (answer.bytes, waiting, sizeof waiting);
      answer.length = sizeof waiting;
      say_status (&answer, 0x6100 | sizeof waiting);
      break;
    case JUMIN_FAULT_WRONG_LE:
      say_status (&answer, 0x6C07);
      break;
    case JUMIN_FAULT_SHORT:
      answer_command (self, command, length, &answer);
      answer.length = 1;
      break;
    default:
      answer_command (self, command, length, &answer);
      break;
    }
  return answer.length;
}

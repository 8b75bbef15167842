/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of an ESC/POS printer that Jumin and its like use.
 *
 * Real-time commands (DLE) are obeyed when they arrive, the others in their order and only while
 * the printer is able to print. Raster data may hold the same bytes as a real-time command; so
 * those count only between two commands, or when they arrive on their own. */
#include "escpos-printer.h"

#include <string.h>

enum
{
  DLE = 0x10,
  ESC = 0x1B,
  FS = 0x1C,
  GS = 0x1D,
  LINE_FEED = 0x0A,
  LINE_ROWS = 30,
  REAL_TIME_LENGTH = 3,
  REAL_TIME_BYTES_MAX = 5 * REAL_TIME_LENGTH, /* four questions and a clearing */
  RASTER_HEADER = 8,
  /* Status bytes: bits that are always so, then those that tell. */
  STATUS_FIXED = 0x12,
  STATUS_OFF_LINE = 0x08,
  STATUS_COVER = 0x04,
  STATUS_PAPER_STOP = 0x20,
  STATUS_ERROR = 0x40,
  STATUS_CUTTER = 0x08,
  STATUS_JAM = 0x04,
  STATUS_NEAR_END = 0x0C,
  STATUS_END = 0x60
};

typedef struct
{
  guint8 prefix, code;
  gsize (*measure) (const guint8 *bytes, gsize length); /* NULL: fixed */
  gsize fixed;
  void (*act) (JuminEscpos *self, const guint8 *bytes, gsize length);
} CommandRow;

static void G_GNUC_PRINTF (2, 3) write_log (JuminEscpos *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  self->log (self->data, line);
}

gboolean
jumin_escpos_is_able (const JuminEscpos *self)
{
  return !self->off_line && !self->cover_open && !self->cutter_jammed && !self->jammed
         && self->roll != JUMIN_ROLL_END;
}

static void
feed (JuminEscpos *self, guint rows)
{
  for (guint i = 0; i < rows; i++)
    jumin_paper_add_row (self->paper, NULL, 0);
  self->new_rows += rows;
  self->n_rows += rows;
}

/* Lengths of commands that say themselves how long they are; 0: not enough bytes to know. */

static gsize
measure_raster (const guint8 *bytes, gsize length)
{
  if (length < RASTER_HEADER)
    return 0;
  gsize columns = bytes[4] | (gsize)bytes[5] << 8, rows = bytes[6] | (gsize)bytes[7] << 8;
  return RASTER_HEADER + columns * rows;
}

static gsize
measure_function (const guint8 *bytes, gsize length)
{
  return length < 5 ? 0 : 5 + (bytes[3] | (gsize)bytes[4] << 8);
}

static gsize
measure_cut (const guint8 *bytes, gsize length)
{
  if (length < 3)
    return 0;
  return bytes[2] >= 65 ? 4 : 3;
}

static gsize
measure_tabs (const guint8 *bytes, gsize length)
{
  const guint8 *end = length > 2 ? memchr (bytes + 2, 0, length - 2) : NULL;

  return end != NULL ? (gsize)(end - bytes) + 1 : 0;
}

static void
print_raster (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  gsize columns = bytes[4] | (gsize)bytes[5] << 8, rows = bytes[6] | (gsize)bytes[7] << 8;

  for (gsize y = 0; y < rows; y++)
    jumin_paper_add_row (self->paper, bytes + RASTER_HEADER + y * columns, columns);
  self->new_rows += (guint)rows;
  self->n_rows += rows;
}

static void
cut (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (length == 4)
    feed (self, bytes[3]);
  write_log (self, "cut: a %s of %u rows", jumin_paper_is_ticket (self->paper) ? "ticket" : "scrap",
             jumin_paper_count_rows (self->paper));
  if (!jumin_paper_cut (self->paper, self->dir, &error))
    write_log (self, "%s", error->message);
}

static void
feed_lines (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  feed (self, bytes[2] * (guint)LINE_ROWS);
}

static void
feed_dots (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  feed (self, bytes[2]);
}

/* GS r 1: paper sensor, answered when all before it is on paper. */
static void
answer_status (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  guint8 status = self->roll == JUMIN_ROLL_OK ? 0x00 : 0x03;

  write_log (self, "GS r: %02X", status);
  self->say (self->data, &status, 1);
}

/* GS ( H, function 48: gives back four bytes of the caller when all before it is on paper. */
static void
answer_process (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  if (length < 11 || bytes[5] != 48)
    return;
  guint8 answer[] = { 0x37, 0x22, bytes[7], bytes[8], bytes[9], bytes[10], 0x00 };
  write_log (self, "GS ( H: answered");
  self->say (self->data, answer, sizeof answer);
}

static void
ignore (JuminEscpos *self, const guint8 *bytes, gsize length)
{
}

/* Prefix, code; the first row that fits. Code 0 stands for all other codes of the prefix. */
static const CommandRow commands[] = {
  { ESC, '@', NULL, 2, ignore },
  { ESC, '2', NULL, 2, ignore },
  { ESC, 'D', measure_tabs, 0, ignore },
  { ESC, 'd', NULL, 3, feed_lines },
  { ESC, 'J', NULL, 3, feed_dots },
  { ESC, 'i', NULL, 2, cut },
  { ESC, 'm', NULL, 2, cut },
  { ESC, 0, NULL, 3, ignore },
  { FS, '&', NULL, 2, ignore },
  { FS, '.', NULL, 2, ignore },
  { FS, 0, NULL, 3, ignore },
  { GS, 'v', measure_raster, 0, print_raster },
  { GS, 'V', measure_cut, 0, cut },
  { GS, 'r', NULL, 3, answer_status },
  { GS, '(', measure_function, 0, NULL },
  { GS, 'L', NULL, 4, ignore },
  { GS, 'W', NULL, 4, ignore },
  { GS, 'P', NULL, 4, ignore },
  { GS, 0, NULL, 3, ignore },
  { DLE, 0, NULL, 3, ignore },
};

static const CommandRow *
find_command (const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].prefix == bytes[0]
        && (commands[i].code == 0 || (length > 1 && commands[i].code == bytes[1])))
      return &commands[i];
  return NULL;
}

/* Length of the first command in @bytes; 0 while it is not whole. */
static gsize
measure (const guint8 *bytes, gsize length)
{
  const CommandRow *row = find_command (bytes, length);

  if (row == NULL)
    return 1; /* text */
  if (length < 2)
    return 0;
  gsize needed = row->measure != NULL ? row->measure (bytes, length) : row->fixed;
  return needed <= length ? needed : 0;
}

static void
answer_real_time (JuminEscpos *self, guint8 which)
{
  gboolean end = self->roll == JUMIN_ROLL_END;
  guint8 bits[] = {
    0,
    jumin_escpos_is_able (self) ? 0 : STATUS_OFF_LINE,
    (guint8)((self->cover_open ? STATUS_COVER : 0) | (end ? STATUS_PAPER_STOP : 0)
             | (self->cutter_jammed || self->jammed ? STATUS_ERROR : 0)),
    (guint8)((self->cutter_jammed ? STATUS_CUTTER : 0) | (self->jammed ? STATUS_JAM : 0)),
    (guint8)((self->roll != JUMIN_ROLL_OK ? STATUS_NEAR_END : 0) | (end ? STATUS_END : 0)),
  };

  guint8 status = STATUS_FIXED | bits[which];
  write_log (self, "DLE EOT %u: %02X", which, status);
  self->say (self->data, &status, 1);
}

static gboolean
is_real_time (const guint8 *bytes)
{
  return bytes[0] == DLE
         && ((bytes[1] == 0x04 && bytes[2] >= 1 && bytes[2] <= 4)
             || (bytes[1] == 0x05 && (bytes[2] == 1 || bytes[2] == 2)));
}

/* @at: where the command stands in the buffer; it is taken out. */
static void
obey_real_time (JuminEscpos *self, gsize at)
{
  guint8 code = self->buffer->data[at + 1], which = self->buffer->data[at + 2];

  g_byte_array_remove_range (self->buffer, (guint)at, REAL_TIME_LENGTH);
  if (code == 0x04)
    answer_real_time (self, which);
  else if (which == 2) /* recover from the error and throw everything away */
    {
      write_log (self, "DLE ENQ 2: %u bytes and %u rows thrown away", (guint)at,
                 jumin_paper_count_rows (self->paper));
      g_byte_array_remove_range (self->buffer, 0, (guint)at);
      self->n_whole = 0;
      jumin_paper_tear (self->paper);
    }
}

static void
look_for_whole_commands (JuminEscpos *self)
{
  while (self->n_whole < self->buffer->len)
    {
      const guint8 *bytes = self->buffer->data + self->n_whole;
      gsize left = self->buffer->len - self->n_whole;
      if (left >= REAL_TIME_LENGTH && is_real_time (bytes))
        {
          obey_real_time (self, self->n_whole);
          continue;
        }
      gsize length = measure (bytes, left);
      if (length == 0)
        return;
      self->n_whole += length;
    }
}

/**
 * jumin_escpos_receive:
 * @bytes: as they came from the line, at once
 *
 * More than the buffer holds is lost, as on a printer without flow control.
 */
void
jumin_escpos_receive (JuminEscpos *self, const guint8 *bytes, gsize length)
{
  gsize room = JUMIN_ESCPOS_BUFFER_MAX - self->buffer->len;

  g_byte_array_append (self->buffer, bytes, (guint)MIN (length, room));
  look_for_whole_commands (self);
  while (length >= REAL_TIME_LENGTH && length <= REAL_TIME_BYTES_MAX
         && self->n_whole + length <= self->buffer->len && is_real_time (bytes))
    {
      /* A command was left unfinished, and then somebody asks: the answer must not wait. */
      obey_real_time (self, self->buffer->len - length);
      bytes += REAL_TIME_LENGTH;
      length -= REAL_TIME_LENGTH;
    }
  look_for_whole_commands (self);
}

/**
 * jumin_escpos_run:
 *
 * Carries out the next command.
 *
 * Returns: %FALSE when there is none, or when the printer is not able to
 */
gboolean
jumin_escpos_run (JuminEscpos *self)
{
  if (self->n_whole == 0 || !jumin_escpos_is_able (self))
    return FALSE;
  gsize length = measure (self->buffer->data, self->n_whole);
  g_return_val_if_fail (length > 0 && length <= self->n_whole, FALSE);
  g_autofree guint8 *command = g_memdup2 (self->buffer->data, length);
  const CommandRow *row = find_command (command, length);
  gboolean question = row != NULL && (row->act == answer_status || row->act == NULL);

  self->n_whole -= length;
  g_byte_array_remove_range (self->buffer, 0, (guint)length);
  /* A question between two tickets belongs to neither. */
  if (!question || self->paper->bytes->len > 0)
    g_byte_array_append (self->paper->bytes, command, (guint)length);
  if (row != NULL && row->act != NULL)
    row->act (self, command, length);
  else if (row != NULL && command[2] == 'H')
    answer_process (self, command, length);
  else if (command[0] == LINE_FEED)
    feed (self, LINE_ROWS);
  return TRUE;
}

/* Power off and on: what was not printed is forgotten. */
void
jumin_escpos_power_cycle (JuminEscpos *self)
{
  g_byte_array_set_size (self->buffer, 0);
  self->n_whole = 0;
  jumin_paper_tear (self->paper);
}

/**
 * jumin_escpos_init:
 * @dir: for the tickets; outlives @self
 */
void
jumin_escpos_init (JuminEscpos *self, const char *dir, JuminEscposSay say, JuminEscposLog log,
                   gpointer data)
{
  *self = (JuminEscpos){ .dir = dir, .say = say, .log = log, .data = data };
  self->buffer = g_byte_array_new ();
  self->paper = jumin_paper_new ();
}

void
jumin_escpos_finish (JuminEscpos *self)
{
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_clear_pointer (&self->paper, jumin_paper_free);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes that ticket printers speak: ESC/POS, raster only, so that every character looks the
 * same on all of them. Nothing here is sent; escpos-printer.c does that. */
#include "devices/escpos.h"

#include <string.h>

enum
{
  DLE = 0x10,
  ESC = 0x1B,
  GS = 0x1D,
  ROWS_A_FEED_MAX = 255 /* one byte */
};

static const JuminEscposProfile profiles[] = {
  { .name = "generic-80mm",
    .width = 576,
    .band_rows = 128,
    .feed_rows = 24,
    .cut = JUMIN_ESCPOS_CUT_FEED,
    .confirm = JUMIN_ESCPOS_CONFIRM_STATUS,
    .open_ms = 2000,
    .write_ms = 3000,
    .status_ms = 800,
    .confirm_ms = 8000 },
  /* Models that know GS ( H: a late answer of an earlier ticket cannot pass for this one's. */
  { .name = "numbered-80mm",
    .width = 576,
    .band_rows = 128,
    .feed_rows = 24,
    .cut = JUMIN_ESCPOS_CUT_FEED,
    .confirm = JUMIN_ESCPOS_CONFIRM_NUMBER,
    .open_ms = 2000,
    .write_ms = 3000,
    .status_ms = 800,
    .confirm_ms = 8000 },
  { .name = "generic-58mm",
    .width = 384,
    .band_rows = 64,
    .feed_rows = 96,
    .cut = JUMIN_ESCPOS_CUT_PARTIAL,
    .confirm = JUMIN_ESCPOS_CONFIRM_STATUS,
    .open_ms = 2000,
    .write_ms = 5000,
    .status_ms = 800,
    .confirm_ms = 12000 },
};

const guint8 jumin_escpos_clear[3] = { DLE, 0x05, 0x02 };

/* What the bits of a DLE EOT answer say. Sources: Epson's ESC/POS reference, DLE EOT. */
static const struct
{
  guint question;
  guint8 bits;
  gsize offset; /* of the gboolean in JuminPrinterStatus */
} status_bits[] = {
  { 2, 0x04, G_STRUCT_OFFSET (JuminPrinterStatus, cover_open) },
  { 2, 0x20, G_STRUCT_OFFSET (JuminPrinterStatus, paper_end) },
  { 3, 0x04, G_STRUCT_OFFSET (JuminPrinterStatus, jammed) },
  { 3, 0x08, G_STRUCT_OFFSET (JuminPrinterStatus, cutter_fault) },
  { 4, 0x0C, G_STRUCT_OFFSET (JuminPrinterStatus, paper_low) },
  { 4, 0x60, G_STRUCT_OFFSET (JuminPrinterStatus, paper_end) },
};

/* Bits that say "not now" whatever the reason: off-line; an error; an error without return. */
static const guint8 not_ready_bits[JUMIN_ESCPOS_N_QUESTIONS + 1]
    = { [1] = 0x08, [2] = 0x64, [3] = 0x6C, [4] = 0x60 };

const JuminEscposProfile *
jumin_escpos_profile_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (g_strcmp0 (profiles[i].name, name) == 0)
      return &profiles[i];
  return NULL;
}

static void
append (GByteArray *job, const guint8 *bytes, gsize length)
{
  g_byte_array_append (job, bytes, (guint)length);
}

static void
append_raster (GByteArray *job, const JuminEscposProfile *profile, const JuminRaster *raster)
{
  const guint8 *dots = g_bytes_get_data (raster->dots, NULL);
  guint row_bytes = raster->width / 8;

  for (guint row = 0; row < raster->height; row += profile->band_rows)
    {
      guint rows = MIN (profile->band_rows, raster->height - row);
      guint8 head[] = { GS, 'v', '0', 0, row_bytes & 0xFF, row_bytes >> 8, rows & 0xFF, rows >> 8 };

      append (job, head, sizeof head);
      append (job, dots + (gsize)row * row_bytes, (gsize)rows * row_bytes);
    }
}

static void
append_cut (GByteArray *job, const JuminEscposProfile *profile)
{
  static const guint8 cut_feed[] = { GS, 'V', 66, 0 }, cut_partial[] = { ESC, 'm' };

  for (guint left = profile->feed_rows; left > 0; left -= MIN (left, ROWS_A_FEED_MAX))
    append (job, (guint8[]){ ESC, 'J', (guint8)MIN (left, ROWS_A_FEED_MAX) }, 3);
  if (profile->cut == JUMIN_ESCPOS_CUT_FEED)
    append (job, cut_feed, sizeof cut_feed);
  else
    append (job, cut_partial, sizeof cut_partial);
}

/**
 * jumin_escpos_build_job:
 * @profile: which printer
 * @raster: the ticket, at most as wide as the printer
 * @number: four printable characters that the confirmation gives back
 * @cut_first: half a ticket hangs there: it must not hang on this one
 *
 * Returns: (transfer full): all bytes of one ticket: begin, bands, feed, cut, confirm
 */
GBytes *
jumin_escpos_build_job (const JuminEscposProfile *profile, const JuminRaster *raster,
                        const char *number, gboolean cut_first)
{
  static const guint8 begin[] = { ESC, '@' }, ask_status[] = { GS, 'r', 1 },
                      ask_number[] = { GS, '(', 'H', 6, 0, 48, 48 };
  GByteArray *job = g_byte_array_new ();

  g_assert (strlen (number) == JUMIN_ESCPOS_NUMBER_LENGTH);
  append (job, begin, sizeof begin);
  if (cut_first)
    append_cut (job, profile);
  append_raster (job, profile, raster);
  append_cut (job, profile);
  if (profile->confirm == JUMIN_ESCPOS_CONFIRM_STATUS)
    append (job, ask_status, sizeof ask_status);
  else
    {
      append (job, ask_number, sizeof ask_number);
      append (job, (const guint8 *)number, JUMIN_ESCPOS_NUMBER_LENGTH);
    }
  return g_byte_array_free_to_bytes (job);
}

/**
 * jumin_escpos_is_confirmed:
 * @number: as given to jumin_escpos_build_job()
 * @reply: (array length=length): all that came since the job was begun
 * @length: its length
 *
 * Other answers may lie between: of DLE EOT, or what the printer says by itself. Their fixed bits
 * tell them apart.
 */
gboolean
jumin_escpos_is_confirmed (const JuminEscposProfile *profile, const char *number,
                           const guint8 *reply, gsize length)
{
  guint8 wanted[JUMIN_ESCPOS_CONFIRM_REPLY_MAX] = { 0x37, 0x22 };

  if (profile->confirm == JUMIN_ESCPOS_CONFIRM_NUMBER)
    {
      memcpy (wanted + 2, number, JUMIN_ESCPOS_NUMBER_LENGTH);
      return memmem (reply, length, wanted, sizeof wanted) != NULL;
    }
  for (gsize i = 0; i < length; i++)
    if ((reply[i] & 0x90) == 0)
      return TRUE;
  return FALSE;
}

/**
 * jumin_escpos_build_question:
 * @question: 1 to 4
 * @command: (out): DLE EOT @question, answered at once, even off-line
 */
void
jumin_escpos_build_question (guint question, guint8 command[JUMIN_ESCPOS_QUESTION_LENGTH])
{
  command[0] = DLE;
  command[1] = 0x04;
  command[2] = (guint8)question;
}

/* Whether a byte can be an answer to DLE EOT at all. */
gboolean
jumin_escpos_is_status (guint8 reply)
{
  return (reply & 0x93) == 0x12;
}

/**
 * jumin_escpos_status_add:
 * @status: (inout): begins ready
 * @question: 1 to 4
 * @reply: the answer
 */
void
jumin_escpos_status_add (JuminPrinterStatus *status, guint question, guint8 reply)
{
  g_assert (question >= 1 && question <= JUMIN_ESCPOS_N_QUESTIONS);
  if ((reply & not_ready_bits[question]) != 0)
    status->ready = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (status_bits); i++)
    if (status_bits[i].question == question && (reply & status_bits[i].bits) != 0)
      G_STRUCT_MEMBER (gboolean, status, status_bits[i].offset) = TRUE;
}

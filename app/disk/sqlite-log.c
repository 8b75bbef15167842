/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite does not say about its write-ahead log (https://www.sqlite.org/fileformat2.html, 4).
 *
 * It reads the log as far as the checksums follow from each other, and forgets the rest: after a
 * power cut that is one change which nobody was told of. A disk that changed a byte looks the same,
 * and what came after that byte would be forgotten, too. Each change is synced before the next one
 * begins, so a power cut cannot leave a whole change and the beginning of another one behind the
 * place where the checksums end. A damaged disk can. */
#include "disk/sqlite-log.h"

#include <string.h>

enum
{
  HEADER = 32,
  HEADER_SUMMED = 24,
  FRAME_HEADER = 24,
  FRAME_SUMMED = 8,
  PAGE_MIN = 512,
  PAGE_MAX = 65536,
  MAGIC = 0x377f0682, /* and one more: sums of big-endian words */
  SALTS = 8
};

typedef struct
{
  sqlite3_file *file;
  gboolean big_endian;
  guint32 sums[2];
  guint8 header[HEADER], *frame;
  gsize page;
} Log;

static guint32
read_big (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

static guint32
read_word (const Log *log, const guint8 *bytes)
{
  guint32 word = read_big (bytes);

  return log->big_endian ? word : GUINT32_SWAP_LE_BE (word);
}

static void
add_sums (Log *log, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i += 8)
    {
      log->sums[0] += read_word (log, bytes + i) + log->sums[1];
      log->sums[1] += read_word (log, bytes + i + 4) + log->sums[0];
    }
}

static gboolean
sums_are (const Log *log, const guint8 *bytes)
{
  return log->sums[0] == read_big (bytes) && log->sums[1] == read_big (bytes + 4);
}

/* Synced before any frame, and never torn: it is shorter than a sector. */
static gboolean
read_header (Log *log)
{
  guint32 magic;

  if (log->file->pMethods->xRead (log->file, log->header, HEADER, 0) != SQLITE_OK)
    return FALSE;
  magic = read_big (log->header);
  log->big_endian = magic == MAGIC + 1;
  log->page = read_big (log->header + 8);
  add_sums (log, log->header, HEADER_SUMMED);
  return (magic == MAGIC || log->big_endian) && log->page >= PAGE_MIN && log->page <= PAGE_MAX
         && log->page % 8 == 0 && sums_are (log, log->header + HEADER_SUMMED);
}

static gboolean
is_of_this_log (const Log *log)
{
  return memcmp (log->frame + 8, log->header + 16, SALTS) == 0;
}

static gboolean
follows (Log *log)
{
  add_sums (log, log->frame, FRAME_SUMMED);
  add_sums (log, log->frame + FRAME_HEADER, log->page);
  return is_of_this_log (log) && sums_are (log, log->frame + 16);
}

/* Behind the end of the checksums: is there an end of a change, and after it something else? The
 * last frame of a change may be there twice, to fill a sector. */
static gboolean
check_frames (Log *log, gint64 size)
{
  gsize length = FRAME_HEADER + log->page;
  gboolean good = TRUE, ended = FALSE;
  guint32 last = 0;

  for (gint64 at = HEADER; at + (gint64)length <= size; at += (gint64)length)
    {
      if (log->file->pMethods->xRead (log->file, log->frame, (int)length, at) != SQLITE_OK)
        return FALSE;
      good = good && follows (log);
      if (good || !is_of_this_log (log))
        continue;
      if (ended && read_big (log->frame) != last)
        return FALSE;
      ended = ended || read_big (log->frame + 4) != 0;
      last = read_big (log->frame);
    }
  return TRUE;
}

gboolean
jumin_sqlite_log_is_whole (sqlite3_file *file)
{
  Log log = { .file = file };
  g_autofree guint8 *frame = NULL;
  sqlite3_int64 size = 0;

  if (file == NULL)
    return TRUE;
  if (file->pMethods->xFileSize (file, &size) != SQLITE_OK)
    return FALSE;
  if (size <= HEADER)
    return TRUE;
  if (!read_header (&log))
    return FALSE;
  log.frame = frame = g_malloc (FRAME_HEADER + log.page);
  return check_frames (&log, size);
}

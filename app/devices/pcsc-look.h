/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <winscard.h>

#include "devices/card-reader.h"

G_BEGIN_DECLS

enum
{
  JUMIN_PCSC_READERS_MAX = 16
};

/**
 * JuminPcscReader:
 * @state: flags, and in the high word the count of insertions and removals
 */
typedef struct
{
  char name[MAX_READERNAME + 1];
  DWORD state;
} JuminPcscReader;

/**
 * JuminPcscLook:
 * @plug_state: of the plug-and-play pseudo reader, to be fed back
 *
 * All that one look has seen, zero where nothing is: two looks can be compared as bytes.
 */
typedef struct
{
  JuminPcscReader readers[JUMIN_PCSC_READERS_MAX];
  guint n_readers;
  DWORD plug_state;
} JuminPcscLook;

/**
 * JuminPcscSight:
 * @insertion: another number for every card that was put in
 * @reader: the PC/SC name of the chosen reader; empty when missing
 *
 * What the terminal is told.
 */
typedef struct
{
  JuminReaderState state;
  guint insertion;
  char reader[MAX_READERNAME + 1];
} JuminPcscSight;

/**
 * JuminPcscMemory:
 * @count: insertions into the reader in sight, as its service counts them
 * @lost: the reader went with its card; @left: the readers that have been there since
 *
 * What must be kept from look to look. Begins as zero.
 */
typedef struct
{
  JuminPcscSight sight;
  DWORD count;
  gboolean lost;
  JuminPcscLook left;
} JuminPcscMemory;

LONG jumin_pcsc_look_around (SCARDCONTEXT context, const char *match, JuminPcscLook *look);
LONG jumin_pcsc_look_sleep (SCARDCONTEXT context, const JuminPcscLook *look, guint wait_ms);
void jumin_pcsc_look_follow (const JuminPcscLook *look, JuminPcscMemory *memory);
void jumin_pcsc_look_trouble (JuminReaderState state, JuminPcscMemory *memory);

G_END_DECLS

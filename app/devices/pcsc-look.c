/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look at all PC/SC readers, the sleep until something differs from it, and what a look means
 * after the one before. Every look starts from nothing, so that no event can be misread; what was
 * seen is fed back into the sleep, so that none is lost in between.
 *
 * Traps, all met with pcscd 1.9.9 and 2.3.3:
 * - The plug-and-play pseudo reader counts differently in both: its state is fetched before the
 *   list and fed back. A made-up count spins on the newer one. A reader that comes between list and
 *   sleep is lost on the older one: hence finite sleeps.
 * - A reader's name ends in a number that depends on the order of plugging: it is only a name for
 *   as long as the reader is there.
 * - The count of insertions begins anew with the service: it says "another card" only beside a look
 *   of the same context. */
#include "devices/pcsc-look.h"

#include <string.h>

enum
{
  LIST_BYTES_MAX = JUMIN_PCSC_READERS_MAX * (MAX_READERNAME + 1)
};

#define PLUG_AND_PLAY "\\\\?PnP?\\Notification"

static LONG
list_readers (SCARDCONTEXT context, const char *match, JuminPcscLook *look)
{
  char names[LIST_BYTES_MAX] = "";
  DWORD length = sizeof names;
  LONG result = SCardListReaders (context, NULL, names, &length);

  look->n_readers = 0;
  if (result == SCARD_E_NO_READERS_AVAILABLE)
    return SCARD_S_SUCCESS;
  if (result != SCARD_S_SUCCESS)
    return result;
  names[sizeof names - 1] = '\0';
  for (const char *name = names; *name != '\0' && look->n_readers < JUMIN_PCSC_READERS_MAX;
       name += strlen (name) + 1)
    {
      if (match != NULL && !g_str_has_prefix (name, match))
        continue;
      g_strlcpy (look->readers[look->n_readers++].name, name, sizeof look->readers[0].name);
    }
  return SCARD_S_SUCCESS;
}

/**
 * jumin_pcsc_look_around:
 * @match: (nullable): what the reader's name begins with
 * @look: (out): all that is there
 *
 * Sees everything from nothing; waits for nothing.
 *
 * Returns: anything but success: the context is of no more use
 */
LONG
jumin_pcsc_look_around (SCARDCONTEXT context, const char *match, JuminPcscLook *look)
{
  SCARD_READERSTATE plug = { .szReader = PLUG_AND_PLAY };
  SCARD_READERSTATE states[JUMIN_PCSC_READERS_MAX] = { 0 };
  LONG result = SCardGetStatusChange (context, 0, &plug, 1);

  memset (look, 0, sizeof *look);
  if (result != SCARD_S_SUCCESS && result != SCARD_E_TIMEOUT)
    return result;
  look->plug_state = plug.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;

  result = list_readers (context, match, look);
  if (result != SCARD_S_SUCCESS || look->n_readers == 0)
    return result;
  for (guint i = 0; i < look->n_readers; i++)
    states[i].szReader = look->readers[i].name;
  result = SCardGetStatusChange (context, 0, states, look->n_readers);
  for (guint i = 0; i < look->n_readers; i++)
    look->readers[i].state = states[i].dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
  /* A reader that went between list and look; it is seen as unavailable. */
  return result == SCARD_E_UNKNOWN_READER || result == SCARD_E_TIMEOUT ? SCARD_S_SUCCESS : result;
}

static gboolean
reader_is_there (const JuminPcscReader *reader)
{
  return (reader->state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) == 0;
}

/* The reader in sight as long as it holds a card, else the first with a card, else the first. */
static const JuminPcscReader *
choose_reader (const JuminPcscLook *look, const JuminPcscSight *sight)
{
  const JuminPcscReader *first = NULL, *first_occupied = NULL;

  for (guint i = 0; i < look->n_readers; i++)
    {
      const JuminPcscReader *reader = &look->readers[i];
      gboolean occupied = (reader->state & SCARD_STATE_PRESENT) != 0;

      if (!reader_is_there (reader))
        continue;
      if (occupied && strcmp (reader->name, sight->reader) == 0)
        return reader;
      if (first == NULL)
        first = reader;
      if (occupied && first_occupied == NULL)
        first_occupied = reader;
    }
  return first_occupied != NULL ? first_occupied : first;
}

static gboolean
is_named (const JuminPcscLook *look, const char *name)
{
  for (guint i = 0; i < look->n_readers; i++)
    if (reader_is_there (&look->readers[i]) && strcmp (look->readers[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_newcomer (const JuminPcscLook *look, const JuminPcscLook *known)
{
  for (guint i = 0; i < look->n_readers; i++)
    if (reader_is_there (&look->readers[i]) && !is_named (known, look->readers[i].name))
      return TRUE;
  return FALSE;
}

/* Of those that were there, the ones that still are; who came at once is new to the next look. */
static void
keep_known (const JuminPcscLook *look, JuminPcscLook *known)
{
  JuminPcscLook still = { 0 };

  for (guint i = 0; i < look->n_readers; i++)
    if (is_named (known, look->readers[i].name))
      still.readers[still.n_readers++] = look->readers[i];
  *known = still;
}

/* A reader that went with a card in it took the card along: an empty one that stayed beside it
 * must not read as "card pulled". One that comes may be the same under another name; those that
 * stayed may have gone meanwhile, so they are not just counted. */
static gboolean
is_lost (const JuminPcscLook *look, JuminPcscMemory *memory)
{
  if (memory->sight.state == JUMIN_READER_OCCUPIED && !is_named (look, memory->sight.reader))
    {
      memory->lost = TRUE;
      keep_known (look, &memory->left);
      return TRUE;
    }
  if (has_newcomer (look, &memory->left))
    memory->lost = FALSE;
  memory->left = *look;
  return memory->lost;
}

/**
 * jumin_pcsc_look_follow:
 * @memory: (inout): of the looks before; its sight is what is seen now
 *
 * What a look means after the ones before.
 */
void
jumin_pcsc_look_follow (const JuminPcscLook *look, JuminPcscMemory *memory)
{
  const JuminPcscSight *before = &memory->sight;
  JuminPcscSight now = { .state = JUMIN_READER_MISSING, .insertion = before->insertion };
  gboolean lost = is_lost (look, memory);
  const JuminPcscReader *reader = choose_reader (look, before);
  gboolean occupied = reader != NULL && (reader->state & SCARD_STATE_PRESENT) != 0;

  if (occupied || (reader != NULL && !lost))
    {
      g_strlcpy (now.reader, reader->name, sizeof now.reader);
      now.state = occupied ? JUMIN_READER_OCCUPIED : JUMIN_READER_EMPTY;
      if (occupied
          && (before->state != JUMIN_READER_OCCUPIED || memory->count != reader->state >> 16
              || strcmp (before->reader, now.reader) != 0))
        now.insertion++;
      memory->count = reader->state >> 16;
      memory->lost = FALSE;
    }
  memory->sight = now;
}

/**
 * jumin_pcsc_look_trouble:
 * @state: why no look was possible
 *
 * No reader and no card can be seen; nothing is known of those before.
 */
void
jumin_pcsc_look_trouble (JuminReaderState state, JuminPcscMemory *memory)
{
  memory->lost = FALSE;
  memory->sight = (JuminPcscSight){ .state = state, .insertion = memory->sight.insertion };
}

/**
 * jumin_pcsc_look_sleep:
 * @wait_ms: at most so long
 *
 * Sleeps until something differs from @look, or until SCardCancel().
 */
LONG
jumin_pcsc_look_sleep (SCARDCONTEXT context, const JuminPcscLook *look, guint wait_ms)
{
  SCARD_READERSTATE states[JUMIN_PCSC_READERS_MAX + 1]
      = { { .szReader = PLUG_AND_PLAY, .dwCurrentState = look->plug_state } };
  guint n = 1;

  for (guint i = 0; i < look->n_readers; i++)
    if (reader_is_there (&look->readers[i]))
      states[n++] = (SCARD_READERSTATE){ .szReader = look->readers[i].name,
                                         .dwCurrentState = look->readers[i].state };
  return SCardGetStatusChange (context, wait_ms, states, n);
}

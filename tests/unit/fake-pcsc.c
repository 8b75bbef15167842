/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PC/SC service in a table. A context is dead when it is older than the service. */
#include "fake-pcsc.h"

#include <string.h>

enum
{
  READERS_MAX = 4,
  NAME_MAX_BYTES = 64
};

typedef struct
{
  char name[NAME_MAX_BYTES];
  gboolean card;
  DWORD events;
} FakeReader;

static struct
{
  GMutex lock;
  GCond changed;
  FakePcscVersion version;
  LONG service;
  guint refusals;
  LONG generation; /* of the service; contexts are made of it */
  FakeReader readers[READERS_MAX];
  guint n_readers, plug_events, calls, contexts;
  gboolean restless;
  char unseen[NAME_MAX_BYTES]; /* to be plugged in at the next sleep; empty: none */
} fake;

static FakeReader *
find (const char *name)
{
  for (guint i = 0; i < fake.n_readers; i++)
    if (strcmp (fake.readers[i].name, name) == 0)
      return &fake.readers[i];
  return NULL;
}

static FakeReader *
get (const char *name)
{
  FakeReader *reader = find (name);

  if (reader == NULL)
    g_error ("There is no reader '%s'", name);
  return reader;
}

static void
begin (void)
{
  g_mutex_lock (&fake.lock);
}

static void
end (void)
{
  g_cond_broadcast (&fake.changed);
  g_mutex_unlock (&fake.lock);
}

void
fake_pcsc_reset (FakePcscVersion version)
{
  begin ();
  fake.version = version;
  fake.service = SCARD_S_SUCCESS;
  fake.generation++;
  fake.refusals = fake.n_readers = fake.plug_events = fake.calls = fake.contexts = 0;
  fake.restless = FALSE;
  end ();
}

void
fake_pcsc_set_service (LONG result)
{
  begin ();
  fake.service = result;
  fake.generation++;
  end ();
}

void
fake_pcsc_restart (guint refusals)
{
  begin ();
  fake.service = SCARD_S_SUCCESS;
  fake.refusals = refusals;
  fake.generation++;
  fake.plug_events = 0;
  for (guint i = 0; i < fake.n_readers; i++)
    fake.readers[i].events = 0;
  end ();
}

static void
add (const char *reader, gboolean card)
{
  g_assert_cmpuint (fake.n_readers, <, READERS_MAX);
  fake.readers[fake.n_readers] = (FakeReader){ .card = card };
  g_strlcpy (fake.readers[fake.n_readers++].name, reader, NAME_MAX_BYTES);
  fake.plug_events++;
}

void
fake_pcsc_plug (const char *reader, gboolean card)
{
  begin ();
  add (reader, card);
  end ();
}

void
fake_pcsc_plug_unseen (const char *reader)
{
  begin ();
  g_strlcpy (fake.unseen, reader, NAME_MAX_BYTES);
  end ();
}

void
fake_pcsc_unplug (const char *reader)
{
  FakeReader *gone;

  begin ();
  gone = get (reader);
  *gone = fake.readers[--fake.n_readers];
  fake.plug_events++;
  end ();
}

static void
set_card (const char *name, gboolean card)
{
  FakeReader *reader;

  begin ();
  reader = get (name);
  reader->card = card;
  reader->events++;
  end ();
}

void
fake_pcsc_put_card (const char *reader)
{
  set_card (reader, TRUE);
}

void
fake_pcsc_take_card (const char *reader)
{
  set_card (reader, FALSE);
}

void
fake_pcsc_set_restless (gboolean restless)
{
  begin ();
  fake.restless = restless;
  end ();
}

guint
fake_pcsc_count_calls (void)
{
  guint calls;

  begin ();
  calls = fake.calls;
  fake.calls = 0;
  end ();
  return calls;
}

guint
fake_pcsc_count_contexts (void)
{
  guint contexts;

  begin ();
  contexts = fake.contexts;
  end ();
  return contexts;
}

/* ---- what libpcsclite has ------------------------------------------------------------------- */

LONG
SCardEstablishContext (DWORD scope, LPCVOID reserved1, LPCVOID reserved2, LPSCARDCONTEXT context)
{
  LONG result = SCARD_S_SUCCESS;

  begin ();
  fake.calls++;
  if (fake.service != SCARD_S_SUCCESS)
    result = fake.service;
  else if (fake.refusals > 0)
    {
      fake.refusals--;
      result = SCARD_W_SECURITY_VIOLATION;
    }
  else
    {
      *context = fake.generation;
      fake.contexts++;
    }
  end ();
  return result;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  begin ();
  fake.contexts--;
  end ();
  return SCARD_S_SUCCESS;
}

LONG
SCardCancel (SCARDCONTEXT context)
{
  begin ();
  fake.restless = TRUE;
  end ();
  return SCARD_S_SUCCESS;
}

LONG
SCardListReaders (SCARDCONTEXT context, LPCSTR groups, LPSTR names, LPDWORD length)
{
  char list[READERS_MAX * NAME_MAX_BYTES + 1] = "";
  DWORD n = 0;
  LONG result = SCARD_S_SUCCESS;

  begin ();
  fake.calls++;
  for (guint i = 0; i < fake.n_readers; i++)
    n += (DWORD)g_strlcpy (list + n, fake.readers[i].name, NAME_MAX_BYTES) + 1;
  if (context != fake.generation)
    result = SCARD_E_NO_SERVICE;
  else if (n == 0)
    result = SCARD_E_NO_READERS_AVAILABLE;
  else
    {
      g_assert_cmpuint (n + 1, <=, *length);
      memcpy (names, list, n + 1);
    }
  *length = n + 1;
  end ();
  return result;
}

/* The state of one row, with SCARD_STATE_CHANGED when it differs from what was fed back. Of the
 * pseudo reader the older service tells only what happens in the call itself. */
static void
look (SCARD_READERSTATE *state, guint readers_before)
{
  const FakeReader *reader = find (state->szReader);

  if (g_str_has_prefix (state->szReader, "\\\\?PnP?"))
    {
      guint count = fake.version == FAKE_PCSC_1_9 ? fake.n_readers : fake.plug_events;
      gboolean changed = fake.version == FAKE_PCSC_1_9 ? fake.n_readers != readers_before
                                                       : state->dwCurrentState >> 16 != count;

      state->dwEventState = count << 16 | (changed ? SCARD_STATE_CHANGED : 0);
      return;
    }
  if (reader == NULL)
    state->dwEventState = SCARD_STATE_CHANGED | SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE;
  else
    {
      state->dwEventState
          = reader->events << 16 | (reader->card ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY);
      if (state->dwEventState != state->dwCurrentState)
        state->dwEventState |= SCARD_STATE_CHANGED;
    }
}

static gboolean
look_at_all (LPSCARD_READERSTATE states, DWORD n, guint readers_before)
{
  gboolean changed = fake.restless;

  for (DWORD i = 0; i < n; i++)
    {
      look (&states[i], readers_before);
      changed |= (states[i].dwEventState & SCARD_STATE_CHANGED) != 0;
    }
  return changed;
}

LONG
SCardGetStatusChange (SCARDCONTEXT context, DWORD timeout_ms, LPSCARD_READERSTATE states, DWORD n)
{
  gint64 until_us = g_get_monotonic_time () + (gint64)timeout_ms * G_TIME_SPAN_MILLISECOND;
  gboolean slept = FALSE, late = FALSE;
  LONG result = SCARD_S_SUCCESS;
  guint readers_before;

  begin ();
  fake.calls++;
  if (timeout_ms > 0 && fake.unseen[0] != '\0')
    {
      add (fake.unseen, FALSE);
      fake.unseen[0] = '\0';
    }
  readers_before = fake.n_readers;
  while (context == fake.generation && !late && !look_at_all (states, n, readers_before))
    {
      slept = TRUE;
      late = !g_cond_wait_until (&fake.changed, &fake.lock, until_us);
    }
  if (context != fake.generation)
    result = slept ? SCARD_F_COMM_ERROR : SCARD_E_NO_SERVICE;
  else if (late)
    result = SCARD_E_TIMEOUT;
  end ();
  return result;
}

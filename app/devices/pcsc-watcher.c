/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the slot: one long-lived thread that sleeps in SCardGetStatusChange.
 *
 *            ┌───────── any error of the context: back off ─────────┐
 *            ▼                                                      │
 *   establish context ──► list readers ──► look ──► publish ──► wait (10 s; 1 s after a change)
 *                              ▲                                    │
 *                              └──── event, time-out, cancel ───────┘
 *
 * The wait only says "look again": every look starts from nothing, so that no event can be
 * misread, and what was seen is fed back into the wait, so that none is lost in between.
 *
 * Traps, all met with pcscd 1.9.9 and 2.3.3:
 * - When the service dies, the wait ends with F_COMM_ERROR, later calls with E_NO_SERVICE, and the
 *   first calls to a fresh one with W_SECURITY_VIOLATION: every error drops the context. To ask
 *   whether a context is valid is useless.
 * - The plug-and-play pseudo reader counts differently in both: its state is fetched before the
 *   list and fed back. A made-up count spins on the newer one. A reader that comes between list and
 *   wait is lost on the older one: hence finite waits.
 * - SCardCancel is lost when the thread is not waiting at that moment: it is repeated. */
#include "devices/pcsc-watcher.h"

#include <string.h>
#include <winscard.h>

enum
{
  READERS_MAX = 16,
  LIST_BYTES_MAX = READERS_MAX * (MAX_READERNAME + 1),
  FRUITLESS_MAX = 8, /* waits that end at once for nothing, before we brake */
  BRAKE_MS = 100,
  CANCEL_EVERY_MS = 20,
  STOP_WAIT_MS = 1000
};

#define PLUG_AND_PLAY "\\\\?PnP?\\Notification"

typedef struct
{
  char name[MAX_READERNAME + 1];
  DWORD state; /* flags, and in the high word the count of insertions and removals */
} Reader;

typedef struct
{
  Reader readers[READERS_MAX];
  guint n_readers;
  DWORD plug_state;
} Look;

struct _JuminPcscWatcher
{
  gatomicrefcount references;

  /* Immutable. */
  char *reader_match;
  JuminPcscWaits waits;
  GMainContext *main_context;
  JuminPcscWatcherFunc func;
  gpointer data;

  gboolean stopped; /* main thread only */

  /* Guarded by lock. */
  GMutex lock;
  GCond changed;
  gboolean quit, ended;
  SCARDCONTEXT context; /* 0: none */

  /* Watcher thread only. */
  JuminPcscSight sight;
  gboolean published;
  DWORD count;    /* of the card in sight */
  LONG complaint; /* the last one logged */
};

static void
watcher_unref (JuminPcscWatcher *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->reader_match);
  g_main_context_unref (self->main_context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static JuminPcscWatcher *
watcher_ref (JuminPcscWatcher *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

typedef struct
{
  JuminPcscWatcher *watcher;
  JuminPcscSight sight;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  watcher_unref (delivery->watcher);
  g_free (delivery);
}

static gboolean
on_delivery (gpointer data)
{
  Delivery *delivery = data;

  if (!delivery->watcher->stopped)
    delivery->watcher->func (&delivery->sight, delivery->watcher->data);
  return G_SOURCE_REMOVE;
}

static void
publish (JuminPcscWatcher *self, const JuminPcscSight *sight)
{
  g_autoptr (GSource) source = NULL;
  Delivery *delivery;

  if (self->published && self->sight.state == sight->state
      && self->sight.insertion == sight->insertion
      && strcmp (self->sight.reader, sight->reader) == 0)
    return;
  self->sight = *sight;
  self->published = TRUE;
  delivery = g_new0 (Delivery, 1);
  *delivery = (Delivery){ .watcher = watcher_ref (self), .sight = *sight };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_delivery, delivery, delivery_free);
  g_source_attach (source, self->main_context);
}

static void
publish_missing (JuminPcscWatcher *self)
{
  publish (self,
           &(JuminPcscSight){ .state = JUMIN_READER_MISSING, .insertion = self->sight.insertion });
}

/* Once an hour of trouble is enough in a log: only another trouble is told again. */
static void
complain (JuminPcscWatcher *self, const char *what, LONG result)
{
  if (self->complaint == result)
    return;
  self->complaint = result;
  g_message ("%s failed: %s (%08lX)%s", what, pcsc_stringify_error (result),
             (unsigned long)result & 0xFFFFFFFF,
             result == SCARD_W_SECURITY_VIOLATION
                 ? "; if it stays so, polkit's rule for org.debian.pcsc-lite is missing"
                 : "");
}

static gboolean
is_quitting (JuminPcscWatcher *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->quit;
}

static void
pause_thread (JuminPcscWatcher *self, guint ms)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 until_us = g_get_monotonic_time () + (gint64)ms * 1000;

  while (!self->quit && g_cond_wait_until (&self->changed, &self->lock, until_us))
    ;
}

static LONG
list_readers (JuminPcscWatcher *self, SCARDCONTEXT context, Look *look)
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
  for (const char *name = names; *name != '\0' && look->n_readers < READERS_MAX;
       name += strlen (name) + 1)
    {
      if (self->reader_match != NULL && !g_str_has_prefix (name, self->reader_match))
        continue;
      g_strlcpy (look->readers[look->n_readers++].name, name, sizeof look->readers[0].name);
    }
  return SCARD_S_SUCCESS;
}

/* Sees everything from nothing; waits for nothing. */
static LONG
look_around (JuminPcscWatcher *self, SCARDCONTEXT context, Look *look)
{
  SCARD_READERSTATE plug = { .szReader = PLUG_AND_PLAY };
  SCARD_READERSTATE states[READERS_MAX] = { 0 };
  LONG result = SCardGetStatusChange (context, 0, &plug, 1);

  memset (look, 0, sizeof *look);
  if (result != SCARD_S_SUCCESS && result != SCARD_E_TIMEOUT)
    return result;
  look->plug_state = plug.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;

  result = list_readers (self, context, look);
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
reader_is_there (const Reader *reader)
{
  return (reader->state & (SCARD_STATE_UNKNOWN | SCARD_STATE_UNAVAILABLE)) == 0;
}

/* The reader in sight as long as it holds a card, else the first with a card, else the first. */
static const Reader *
choose_reader (JuminPcscWatcher *self, const Look *look)
{
  const Reader *first = NULL, *first_occupied = NULL;

  for (guint i = 0; i < look->n_readers; i++)
    {
      const Reader *reader = &look->readers[i];
      gboolean occupied = (reader->state & SCARD_STATE_PRESENT) != 0;

      if (!reader_is_there (reader))
        continue;
      if (occupied && strcmp (reader->name, self->sight.reader) == 0)
        return reader;
      if (first == NULL)
        first = reader;
      if (occupied && first_occupied == NULL)
        first_occupied = reader;
    }
  return first_occupied != NULL ? first_occupied : first;
}

static void
publish_look (JuminPcscWatcher *self, const Look *look)
{
  const Reader *reader = choose_reader (self, look);
  JuminPcscSight sight = { .state = JUMIN_READER_EMPTY, .insertion = self->sight.insertion };
  DWORD count;

  if (reader == NULL)
    {
      publish_missing (self);
      return;
    }
  g_strlcpy (sight.reader, reader->name, sizeof sight.reader);
  count = reader->state >> 16;
  if ((reader->state & SCARD_STATE_PRESENT) != 0)
    {
      sight.state = JUMIN_READER_OCCUPIED;
      if (self->sight.state != JUMIN_READER_OCCUPIED || self->count != count
          || strcmp (self->sight.reader, sight.reader) != 0)
        sight.insertion++;
      self->count = count;
    }
  publish (self, &sight);
}

/* Sleeps until something differs from @look. */
static LONG
wait_for_change (SCARDCONTEXT context, const Look *look, guint wait_ms)
{
  SCARD_READERSTATE states[READERS_MAX + 1]
      = { { .szReader = PLUG_AND_PLAY, .dwCurrentState = look->plug_state } };
  guint n = 1;

  for (guint i = 0; i < look->n_readers; i++)
    if (reader_is_there (&look->readers[i]))
      states[n++] = (SCARD_READERSTATE){ .szReader = look->readers[i].name,
                                         .dwCurrentState = look->readers[i].state };
  return SCardGetStatusChange (context, wait_ms, states, n);
}

static gboolean
is_end_of_wait (LONG result)
{
  return result == SCARD_S_SUCCESS || result == SCARD_E_TIMEOUT || result == SCARD_E_CANCELLED
         || result == SCARD_E_UNKNOWN_READER;
}

/* Runs until the context breaks, or the watcher quits. */
static void
watch_readers (JuminPcscWatcher *self, SCARDCONTEXT context)
{
  guint hurry = self->waits.hurry_turns, fruitless = 0;
  Look before = { 0 };

  while (!is_quitting (self))
    {
      Look look;
      LONG result = look_around (self, context, &look);

      if (result == SCARD_S_SUCCESS)
        {
          gboolean same = memcmp (&before, &look, sizeof look) == 0;

          self->complaint = SCARD_S_SUCCESS;
          publish_look (self, &look);
          hurry = !same ? self->waits.hurry_turns : MAX (hurry, 1) - 1;
          fruitless = same ? fruitless : 0;
          memcpy (&before, &look, sizeof before);
          result = wait_for_change (context, &look,
                                    hurry > 0 ? self->waits.hurry_ms : self->waits.idle_ms);
        }
      if (!is_end_of_wait (result))
        {
          complain (self, "Watching the card readers", result);
          return;
        }
      if (result == SCARD_E_TIMEOUT)
        fruitless = 0;
      else if (++fruitless > FRUITLESS_MAX)
        pause_thread (self, BRAKE_MS);
    }
}

static void
set_context (JuminPcscWatcher *self, SCARDCONTEXT context)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->context = context;
}

static gpointer
watcher_thread (gpointer data)
{
  JuminPcscWatcher *self = data;
  guint backoff_ms = self->waits.backoff_min_ms;

  while (!is_quitting (self))
    {
      SCARDCONTEXT context;
      LONG result = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);

      if (result == SCARD_S_SUCCESS)
        {
          gint64 since_us = g_get_monotonic_time ();

          set_context (self, context);
          watch_readers (self, context);
          set_context (self, 0);
          SCardReleaseContext (context);
          /* One that lasted was good: begin again at once with the short pause. */
          if (g_get_monotonic_time () - since_us > (gint64)self->waits.backoff_max_ms * 1000)
            backoff_ms = self->waits.backoff_min_ms;
        }
      else
        complain (self, "Reaching the card reader service", result);
      if (is_quitting (self))
        break;
      publish_missing (self);
      pause_thread (self, backoff_ms);
      backoff_ms = MIN (backoff_ms * 2, self->waits.backoff_max_ms);
    }

  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  watcher_unref (self);
  return NULL;
}

/* Cancels until the watcher has answered. Not on the main thread: a service that hangs would hold
 * the cancel, too. */
static gpointer
canceller_thread (gpointer data)
{
  JuminPcscWatcher *self = data;

  g_mutex_lock (&self->lock);
  while (!self->ended)
    {
      SCARDCONTEXT context = self->context;

      if (context != 0)
        {
          g_mutex_unlock (&self->lock);
          SCardCancel (context);
          g_mutex_lock (&self->lock);
        }
      if (!self->ended)
        g_cond_wait_until (&self->changed, &self->lock,
                           g_get_monotonic_time () + CANCEL_EVERY_MS * G_TIME_SPAN_MILLISECOND);
    }
  g_mutex_unlock (&self->lock);
  watcher_unref (self);
  return NULL;
}

/**
 * jumin_pcsc_watcher_start:
 * @reader_match: (nullable): what the reader's name begins with; %NULL: any. Not the whole name:
 *   it ends in a number that depends on the order of plugging
 * @waits: real milliseconds
 * @func: called on this thread's main context for every change, first for what is there now
 *
 * Returns: (transfer full): a watcher; it lives until jumin_pcsc_watcher_stop()
 */
JuminPcscWatcher *
jumin_pcsc_watcher_start (const char *reader_match, const JuminPcscWaits *waits,
                          JuminPcscWatcherFunc func, gpointer data)
{
  JuminPcscWatcher *self = g_new0 (JuminPcscWatcher, 1);

  g_atomic_ref_count_init (&self->references);
  self->reader_match = g_strdup (reader_match);
  self->waits = *waits;
  self->main_context = g_main_context_ref_thread_default ();
  self->func = func;
  self->data = data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_thread_unref (g_thread_new ("card-watcher", watcher_thread, watcher_ref (self)));
  return self;
}

/**
 * jumin_pcsc_watcher_stop:
 * @self: (transfer full): a watcher
 *
 * Afterwards nothing is called any more. Waits for the thread, but not for ever: a thread that a
 * hanging service holds is left to itself.
 */
void
jumin_pcsc_watcher_stop (JuminPcscWatcher *self)
{
  gint64 until_us = g_get_monotonic_time () + STOP_WAIT_MS * G_TIME_SPAN_MILLISECOND;

  self->stopped = TRUE;
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_cond_broadcast (&self->changed);
  if (!self->ended)
    g_thread_unref (g_thread_new ("card-canceller", canceller_thread, watcher_ref (self)));
  while (!self->ended && g_cond_wait_until (&self->changed, &self->lock, until_us))
    ;
  g_mutex_unlock (&self->lock);
  watcher_unref (self);
}

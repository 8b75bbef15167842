/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watches the slot: one long-lived thread that sleeps in SCardGetStatusChange.
 *
 *            ┌───────── any error of the context: back off ─────────┐
 *            ▼                                                      │
 *   establish context ──► look ──► publish ──► sleep (10 min; 1 s after a change, or without reader)
 *                          ▲                     │
 *                          └─ event, time-out, ──┘
 *                                 cancel
 *
 * The sleep only says "look again"; what a look means is in pcsc-look.c.
 *
 * Traps, all met with pcscd 1.9.9 and 2.3.3:
 * - When the service dies, the sleep ends with F_COMM_ERROR, later calls with E_NO_SERVICE, and the
 *   first calls to a fresh one with W_SECURITY_VIOLATION: every error drops the context. To ask
 *   whether a context is valid is useless.
 * - W_SECURITY_VIOLATION that stays is polkit's: it is told as such, once.
 * - SCardCancel is lost when the thread is not waiting at that moment: it is repeated. */
#include "devices/pcsc-watcher.h"

#include <string.h>

enum
{
  REFUSALS_MAX = 3,  /* in a row; fewer come from a service that is just starting */
  FRUITLESS_MAX = 8, /* waits that end at once for nothing, before we brake */
  BRAKE_MS = 100,
  CANCEL_EVERY_MS = 20,
  STOP_WAIT_MS = 1000
};

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
  JuminPcscMemory memory;
  JuminPcscSight told; /* the last one published */
  gboolean published;
  guint refusals; /* in a row */
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
publish (JuminPcscWatcher *self)
{
  const JuminPcscSight *sight = &self->memory.sight;
  g_autoptr (GSource) source = NULL;
  Delivery *delivery;

  if (self->published && self->told.state == sight->state
      && self->told.insertion == sight->insertion && strcmp (self->told.reader, sight->reader) == 0)
    return;
  self->told = *sight;
  self->published = TRUE;
  delivery = g_new0 (Delivery, 1);
  *delivery = (Delivery){ .watcher = watcher_ref (self), .sight = *sight };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_delivery, delivery, delivery_free);
  g_source_attach (source, self->main_context);
}

/* Once an hour of trouble is enough in a log: only another trouble is told again. */
static void
complain (JuminPcscWatcher *self, const char *what, LONG result)
{
  if (self->complaint == result)
    return;
  self->complaint = result;
  g_message ("%s failed: %s (%08lX)", what, pcsc_stringify_error (result),
             (unsigned long)result & 0xFFFFFFFF);
}

/* The service cannot be reached, or has broken off. */
static void
suffer (JuminPcscWatcher *self, const char *what, LONG result)
{
  self->refusals = result == SCARD_W_SECURITY_VIOLATION ? self->refusals + 1 : 0;
  if (self->refusals >= REFUSALS_MAX)
    {
      complain (self,
                "Reaching the card reader service (polkit does not grant this user "
                "org.debian.pcsc-lite.access_pcsc; a rule is missing)",
                result);
      jumin_pcsc_look_trouble (JUMIN_READER_REFUSED, &self->memory);
    }
  else
    {
      if (self->refusals == 0)
        complain (self, what, result);
      jumin_pcsc_look_trouble (JUMIN_READER_NO_SERVICE, &self->memory);
    }
  publish (self);
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

static gboolean
is_end_of_sleep (LONG result)
{
  return result == SCARD_S_SUCCESS || result == SCARD_E_TIMEOUT || result == SCARD_E_CANCELLED
         || result == SCARD_E_UNKNOWN_READER;
}

static guint
get_sleep_ms (JuminPcscWatcher *self, guint hurry)
{
  return hurry > 0 || self->memory.sight.state == JUMIN_READER_MISSING ? self->waits.hurry_ms
                                                                       : self->waits.idle_ms;
}

/* Runs until the context breaks, and says how; or until the watcher quits. */
static LONG
watch_readers (JuminPcscWatcher *self, SCARDCONTEXT context)
{
  guint hurry = self->waits.hurry_turns, fruitless = 0;
  JuminPcscLook before = { 0 };

  while (!is_quitting (self))
    {
      JuminPcscLook look;
      LONG result = jumin_pcsc_look_around (context, self->reader_match, &look);

      if (result == SCARD_S_SUCCESS)
        {
          gboolean same = memcmp (&before, &look, sizeof look) == 0;

          self->complaint = SCARD_S_SUCCESS;
          self->refusals = 0;
          jumin_pcsc_look_follow (&look, &self->memory);
          publish (self);
          hurry = !same ? self->waits.hurry_turns : MAX (hurry, 1) - 1;
          fruitless = same ? fruitless : 0;
          memcpy (&before, &look, sizeof before);
          result = jumin_pcsc_look_sleep (context, &look, get_sleep_ms (self, hurry));
        }
      if (!is_end_of_sleep (result))
        return result;
      if (result == SCARD_E_TIMEOUT)
        fruitless = 0;
      else if (++fruitless > FRUITLESS_MAX)
        pause_thread (self, BRAKE_MS);
    }
  return SCARD_S_SUCCESS;
}

static void
set_context (JuminPcscWatcher *self, SCARDCONTEXT context)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->context = context;
}

/* One context, from its birth to its end. */
static void
live (JuminPcscWatcher *self)
{
  const char *what = "Reaching the card reader service";
  SCARDCONTEXT context;
  LONG result = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);

  if (result == SCARD_S_SUCCESS)
    {
      what = "Watching the card readers";
      set_context (self, context);
      result = watch_readers (self, context);
      set_context (self, 0);
      SCardReleaseContext (context);
    }
  if (!is_quitting (self))
    suffer (self, what, result);
}

static gpointer
watcher_thread (gpointer data)
{
  JuminPcscWatcher *self = data;
  guint backoff_ms = self->waits.backoff_min_ms;

  while (!is_quitting (self))
    {
      gint64 since_us = g_get_monotonic_time ();

      live (self);
      /* One that lasted was good: begin again with the short pause. */
      if (g_get_monotonic_time () - since_us > (gint64)self->waits.backoff_max_ms * 1000)
        backoff_ms = self->waits.backoff_min_ms;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The slot of a PC/SC reader, seen from the main thread. Presence comes from the watcher
 * (pcsc-watcher.c), each read runs in a worker of its own (pcsc-connection.c).
 *
 * A worker can hang in the driver where nothing can reach it. Its read then ends at the deadline,
 * of one command or of the whole, without it: the worker is abandoned, cancelled for the moment it
 * wakes, and what it may still bring is wiped. A card that hangs is not read again before it was
 * pulled. Two workers may be abandoned at a time; until one returns the reader is faulty. */
#include "devices/pcsc-card-reader.h"

#include <string.h>

#include "devices/pcsc-connection.h"
#include "devices/pcsc-watcher.h"
#include "model/hall-time.h"

enum
{
  COMMAND_MS = 4000, /* drivers give a silent card up after 3 s */
  READ_MS = 8000,    /* a slow card takes 300 ms a command, twenty commands */
  WATCH_MS = 500,    /* how often a read is looked after */
  ABANDONED_MAX = 2,
  STACK_WIPED_BYTES = 64 * 1024
};

static const JuminPcscWaits watcher_waits = { .idle_ms = 600000,
                                              .hurry_ms = 1000,
                                              .hurry_turns = 10,
                                              .backoff_min_ms = 100,
                                              .backoff_max_ms = 1000 };

struct _JuminPcscCardReader
{
  GObject parent_instance;
  JuminClock *clock;
  JuminPcscWatcher *watcher;
  JuminPcscSight sight;
  JuminReaderState state; /* of the sight and of the workers */
  gboolean reading;
  guint abandoned;
  guint stuck; /* insertion of the card that an abandoned worker hangs at; 0: none */
};

/* What a worker is told: never changed after it has begun. */
typedef struct
{
  char *reader;
  gboolean wants_holder;
  JuminCard card; /* whose holder */
  GDate today;
  int *steps; /* of its read, which outlives it */
} Order;

/* One read, on the main thread. Freed when its worker has answered. */
typedef struct
{
  JuminPcscCardReader *reader; /* a reference */
  GTask *task;                 /* NULL: ended, and the worker abandoned */
  GCancellable *worker_cancellable;
  GSource *on_cancellation;
  gpointer timer;
  guint insertion;
  int steps, steps_seen; /* atomic; at the last look */
  guint silent_ms, total_ms;
} Read;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->reader);
  explicit_bzero (order, sizeof *order);
  g_free (order);
}

static void
read_free (Read *self)
{
  g_object_unref (self->reader);
  g_object_unref (self->worker_cancellable);
  g_free (self);
}

/* Takes the task out of the read: from here on nothing else can end it. */
static GTask *
read_take_task (Read *self)
{
  jumin_clock_cancel (self->reader->clock, &self->timer);
  if (self->on_cancellation != NULL)
    g_source_destroy (self->on_cancellation);
  g_clear_pointer (&self->on_cancellation, g_source_unref);
  self->reader->reading = FALSE;
  return g_steal_pointer (&self->task);
}

/* What the sight and the workers amount to; says "changed" when it is something else. */
static void
update_state (JuminPcscCardReader *self, gboolean another_card)
{
  JuminReaderState state = self->sight.state;

  if (jumin_reader_state_serves (state) && self->abandoned >= ABANDONED_MAX)
    state = JUMIN_READER_FAULTY;
  if (self->state == state && !another_card)
    return;
  self->state = state;
  g_signal_emit_by_name (self, "changed");
}

static GTask *
read_abandon (Read *self)
{
  JuminPcscCardReader *reader = self->reader;

  reader->abandoned++;
  g_cancellable_cancel (self->worker_cancellable);
  return read_take_task (self);
}

static void
return_not_serving (JuminPcscCardReader *self, GTask *task)
{
  g_task_return_new_error (task, JUMIN_FAILURE, (int)jumin_reader_state_get_failure (self->state),
                           "Reading card failed: there is no reader that serves");
}

/* The deadline of a command, or of the whole. Where the card was not reached it is not to blame:
 * libpcsclite holds all other calls while it waits for a service that does not answer, so that even
 * the watcher cannot know. */
static void
give_up (Read *self)
{
  JuminPcscCardReader *reader = self->reader;
  g_autoptr (GTask) task = read_abandon (self);

  if (!jumin_reader_state_serves (reader->state))
    return_not_serving (reader, task);
  else if (self->steps_seen == 0)
    g_task_return_new_error (
        task, JUMIN_FAILURE, JUMIN_FAILURE_READER_SERVICE,
        "Reading card in '%s' failed: its service does not answer within %u ms",
        reader->sight.reader, self->total_ms);
  else
    {
      reader->stuck = self->insertion;
      g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CARD_STUCK,
                               "Reading card in '%s' failed: no end after %u ms, %d steps",
                               reader->sight.reader, self->total_ms, self->steps_seen);
    }
  update_state (reader, FALSE);
}

static gboolean
on_watch (gpointer data)
{
  Read *self = data;
  int steps = g_atomic_int_get (&self->steps);

  self->total_ms += WATCH_MS;
  self->silent_ms = steps == self->steps_seen ? self->silent_ms + WATCH_MS : 0;
  self->steps_seen = steps;
  self->timer = NULL;
  if (self->silent_ms < COMMAND_MS && self->total_ms < READ_MS)
    self->timer = jumin_clock_after (self->reader->clock, WATCH_MS, on_watch, self);
  else
    give_up (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Read *self = data;
  g_autoptr (GTask) task = read_abandon (self);

  g_task_return_error_if_cancelled (task);
  update_state (self->reader, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_worker_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Read *self = data;
  gboolean wants_holder = ((Order *)g_task_get_task_data (G_TASK (result)))->wants_holder;
  GDestroyNotify destroy = wants_holder ? (GDestroyNotify)jumin_identity_unref : g_free;
  GError *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->task == NULL)
    {
      g_clear_pointer (&value, destroy);
      g_clear_error (&error);
      self->reader->abandoned--;
      if (self->reader->stuck == self->insertion)
        self->reader->stuck = 0;
      update_state (self->reader, FALSE);
    }
  else
    {
      g_autoptr (GTask) task = read_take_task (self);

      if (value != NULL)
        g_task_return_pointer (task, value, destroy);
      else
        g_task_return_error (task, error);
    }
  read_free (self);
}

/* What a read has left on the stack: copies that the C library made, registers that the linker
 * saved. The thread lives on, and what lies deeper than its next work would stay. */
static G_NO_INLINE void
wipe_stack (void)
{
  guint8 below[STACK_WIPED_BYTES];

  explicit_bzero (below, sizeof below);
}

static void
worker_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  GError *error = NULL;
  gpointer value;

  if (order->wants_holder)
    value = jumin_pcsc_read_holder (order->reader, &order->card, &order->today, order->steps,
                                    cancellable, &error);
  else
    value = jumin_pcsc_read_card (order->reader, order->steps, cancellable, &error);
  wipe_stack ();
  if (value == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value,
                           order->wants_holder ? (GDestroyNotify)jumin_identity_unref : g_free);
}

/* Whether a worker may begin; else the task has its answer. */
static gboolean
check_reader (JuminPcscCardReader *self, GTask *task)
{
  if (g_task_return_error_if_cancelled (task))
    return FALSE;
  if (!jumin_reader_state_serves (self->state))
    return_not_serving (self, task);
  else if (self->state == JUMIN_READER_EMPTY)
    g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CARD_PULLED,
                             "Reading card in '%s' failed: there is no card", self->sight.reader);
  else if (self->stuck == self->sight.insertion)
    g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CARD_STUCK,
                             "Reading card in '%s' failed: the read before still hangs",
                             self->sight.reader);
  else
    return TRUE;
  return FALSE;
}

static void
begin (JuminPcscCardReader *self, const JuminCard *card, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GTask) worker = NULL;
  Order *order;
  Read *read;

  g_return_if_fail (!self->reading);
  g_task_set_source_tag (task, tag);
  if (!check_reader (self, task))
    return;

  order = g_new0 (Order, 1);
  order->reader = g_strdup (self->sight.reader);
  order->wants_holder = card != NULL;
  if (card != NULL)
    order->card = *card;
  jumin_hall_get_date (jumin_clock_get_wall (self->clock), &order->today);

  read = g_new0 (Read, 1);
  *read = (Read){ .reader = g_object_ref (self),
                  .task = g_steal_pointer (&task),
                  .worker_cancellable = g_cancellable_new (),
                  .insertion = self->sight.insertion };
  order->steps = &read->steps;
  read->timer = jumin_clock_after (self->clock, WATCH_MS, on_watch, read);
  if (cancellable != NULL)
    {
      read->on_cancellation = g_cancellable_source_new (cancellable);
      g_source_set_callback (read->on_cancellation, G_SOURCE_FUNC (on_cancelled), read, NULL);
      g_source_attach (read->on_cancellation, g_main_context_get_thread_default ());
    }
  self->reading = TRUE;

  worker = g_task_new (NULL, read->worker_cancellable, on_worker_ready, read);
  g_task_set_source_tag (worker, begin);
  g_task_set_task_data (worker, order, order_free);
  g_task_run_in_thread (worker, worker_thread);
}

static JuminReaderState
get_state (JuminCardReader *reader)
{
  return JUMIN_PCSC_CARD_READER (reader)->state;
}

static guint
get_insertion (JuminCardReader *reader)
{
  return JUMIN_PCSC_CARD_READER (reader)->sight.insertion;
}

static void
read_card_async (JuminCardReader *reader, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer data)
{
  begin (JUMIN_PCSC_CARD_READER (reader), NULL, cancellable, callback, data, read_card_async);
}

static void
read_holder_async (JuminCardReader *reader, const JuminCard *card, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
  begin (JUMIN_PCSC_CARD_READER (reader), card, cancellable, callback, data, read_holder_async);
}

static void
implement_card_reader (JuminCardReaderInterface *iface)
{
  iface->get_state = get_state;
  iface->get_insertion = get_insertion;
  iface->read_card_async = read_card_async;
  iface->read_holder_async = read_holder_async;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JuminPcscCardReader, jumin_pcsc_card_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_CARD_READER,
                                                      implement_card_reader))

static void
on_sight (const JuminPcscSight *sight, gpointer data)
{
  JuminPcscCardReader *self = JUMIN_PCSC_CARD_READER (data);
  gboolean another_card = self->sight.insertion != sight->insertion;

  self->sight = *sight;
  update_state (self, another_card);
}

static void
jumin_pcsc_card_reader_dispose (GObject *object)
{
  JuminPcscCardReader *self = JUMIN_PCSC_CARD_READER (object);

  g_clear_pointer (&self->watcher, jumin_pcsc_watcher_stop);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jumin_pcsc_card_reader_parent_class)->dispose (object);
}

static void
jumin_pcsc_card_reader_class_init (JuminPcscCardReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_pcsc_card_reader_dispose;
}

static void
jumin_pcsc_card_reader_init (JuminPcscCardReader *self)
{
}

/**
 * jumin_pcsc_card_reader_new:
 * @reader_match: (nullable): what the reader's name begins with; %NULL: the first with a card, or
 *   the first
 * @clock: for deadlines and for the date in the hall
 *
 * There is no service until the watcher has looked for the first time; then it says "changed".
 *
 * Returns: (transfer full): a reader
 */
JuminPcscCardReader *
jumin_pcsc_card_reader_new (const char *reader_match, JuminClock *clock)
{
  JuminPcscCardReader *self = g_object_new (JUMIN_TYPE_PCSC_CARD_READER, NULL);
  JuminPcscWaits waits = watcher_waits;

  self->clock = g_object_ref (clock);
  waits.idle_ms = jumin_clock_get_real_ms (clock, waits.idle_ms);
  waits.hurry_ms = jumin_clock_get_real_ms (clock, waits.hurry_ms);
  waits.backoff_min_ms = jumin_clock_get_real_ms (clock, waits.backoff_min_ms);
  waits.backoff_max_ms = jumin_clock_get_real_ms (clock, waits.backoff_max_ms);
  self->watcher = jumin_pcsc_watcher_start (reader_match, &waits, on_sight, self);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: checks on the main thread what may be written, writes on a thread of its own.
 *
 * Only finished records cross to the thread. It takes what waits, writes it, syncs once, and
 * sleeps again; an idle kiosk does not wake it.
 *
 * A disk that takes nothing is tried again every retry_ms while the records wait in their order.
 * When more than JUMIN_AUDIT_BUFFER_MAX wait, the log is full, and whoever handles personal data
 * stops (jumin_audit_is_full). Beyond JUMIN_AUDIT_QUEUE_MAX records are counted and the count is
 * written. */
#include "audit/audit.h"

struct _JuminAudit
{
  GObject parent_instance;
  JuminClock *clock;
  JuminLogDirectory *directory; /* the thread's alone while that runs */
  GThread *thread;
  guint retry_ms;
  int lost;
  gboolean stopped; /* the last record of this run was written */

  GMutex lock; /* for all below */
  GCond wake;
  GQueue waiting; /* of JuminAuditRecord */
  JuminAuditLink head;
  gboolean busy, failing, stop, announced;
};

G_DEFINE_FINAL_TYPE (JuminAudit, jumin_audit, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_announce (gpointer data)
{
  g_autoptr (JuminAudit) self = g_weak_ref_get (data);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->lock);
  self->announced = FALSE;
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/* Under the lock. The main loop may have ended: nothing is held for it. */
static void
announce (JuminAudit *self)
{
  GWeakRef *weak;

  if (self->announced || self->stop)
    return;
  self->announced = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_announce, weak, weak_free);
}

/* Under the lock, which is let go while the disk works. */
static gboolean
write_first (JuminAudit *self, GError **error)
{
  JuminAuditRecord *record = g_queue_peek_head (&self->waiting);
  gboolean written;

  g_mutex_unlock (&self->lock);
  written = jumin_log_directory_append (self->directory, record, error);
  g_mutex_lock (&self->lock);
  if (written)
    jumin_audit_record_free (g_queue_pop_head (&self->waiting));
  return written;
}

static gboolean
write_waiting (JuminAudit *self, GError **error)
{
  gboolean good = TRUE;

  while (good && !g_queue_is_empty (&self->waiting))
    good = write_first (self, error);
  g_mutex_unlock (&self->lock);
  good = jumin_log_directory_sync (self->directory, good ? error : NULL) && good;
  g_mutex_lock (&self->lock);
  return good;
}

static void
take_result (JuminAudit *self, gboolean good, const GError *problem)
{
  if (!good && !self->failing)
    g_warning ("%s", problem->message);
  if (good && self->failing)
    g_message ("The audit log is written again");
  self->busy = FALSE;
  self->failing = !good;
  self->head = *jumin_log_directory_get_link (self->directory);
  announce (self);
}

static gpointer
write_records (gpointer data)
{
  JuminAudit *self = data;
  gboolean good, stop = FALSE;

  g_mutex_lock (&self->lock);
  while (!stop)
    {
      g_autoptr (GError) problem = NULL;
      gint64 again = g_get_monotonic_time () + self->retry_ms * G_TIME_SPAN_MILLISECOND;

      while (!self->stop && g_queue_is_empty (&self->waiting))
        g_cond_wait (&self->wake, &self->lock);
      stop = self->stop;
      self->busy = TRUE;
      good = write_waiting (self, &problem);
      take_result (self, good, problem);
      while (self->failing && !self->stop && g_cond_wait_until (&self->wake, &self->lock, again))
        continue;
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

static void
jumin_audit_finalize (GObject *object)
{
  JuminAudit *self = JUMIN_AUDIT (object);

  jumin_audit_close (self);
  g_clear_pointer (&self->directory, jumin_log_directory_close);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)jumin_audit_record_free);
  g_clear_object (&self->clock);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (jumin_audit_parent_class)->finalize (object);
}

static void
jumin_audit_class_init (JuminAuditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_audit_finalize;
  signals[CHANGED] = g_signal_new ("changed", JUMIN_TYPE_AUDIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
jumin_audit_init (JuminAudit *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_queue_init (&self->waiting);
}

/* @record: (transfer full) */
static gboolean
push (JuminAudit *self, JuminAuditRecord *record)
{
  gboolean room;

  g_mutex_lock (&self->lock);
  room = self->waiting.length < JUMIN_AUDIT_QUEUE_MAX;
  if (room)
    g_queue_push_tail (&self->waiting, record);
  /* A disk that fails is tried again by the time, not by the crowd. */
  if (!self->failing)
    g_cond_signal (&self->wake);
  else
    announce (self);
  g_mutex_unlock (&self->lock);
  if (!room)
    jumin_audit_record_free (record);
  return room;
}

static gint64
get_mono_ms (JuminAudit *self)
{
  return jumin_clock_get_monotonic (self->clock) / 1000;
}

static gboolean
push_number (JuminAudit *self, JuminAuditEvent event, const char *name, gint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%d", (int)MIN (number, G_MAXINT32));
  JuminAuditRecord *record = jumin_audit_record_new (jumin_clock_get_wall (self->clock),
                                                     get_mono_ms (self), event, name, digits, NULL);

  return record != NULL && push (self, record);
}

/**
 * jumin_audit_new:
 * @clock: for the times in the records
 *
 * Opens the log, cuts off a torn end (and says so in a record) and continues its chain.
 *
 * Errors: %G_IO_ERROR.
 *
 * Returns: (transfer full): the log
 */
JuminAudit *
jumin_audit_new (const JuminAuditSettings *settings, JuminClock *clock, GError **error)
{
  g_autoptr (JuminAudit) self = g_object_new (JUMIN_TYPE_AUDIT, NULL);
  gint64 torn_bytes;

  self->clock = g_object_ref (clock);
  self->retry_ms = settings->retry_ms > 0 ? settings->retry_ms : JUMIN_AUDIT_RETRY_MS;
  self->directory = jumin_log_directory_open (settings->directory, settings->file_bytes_max,
                                              settings->keep_days, error);
  if (self->directory == NULL)
    return NULL;
  self->head = *jumin_log_directory_get_link (self->directory);
  torn_bytes = jumin_log_directory_get_torn_bytes (self->directory);
  self->thread = g_thread_new ("audit", write_records, self);
  if (torn_bytes > 0)
    push_number (self, JUMIN_AUDIT_REPAIRED, "bytes", torn_bytes);
  return g_steal_pointer (&self);
}

static void
tell_lost (JuminAudit *self)
{
  gboolean room;

  g_mutex_lock (&self->lock);
  room = self->waiting.length < JUMIN_AUDIT_QUEUE_MAX / 2;
  g_mutex_unlock (&self->lock);
  if (room && push_number (self, JUMIN_AUDIT_LOST, "records", self->lost))
    self->lost = 0;
}

/**
 * jumin_audit_write:
 * @self: (nullable): the log; %NULL where nothing is to be written down
 * @event: what happened
 * @...: pairs of a field's name and its value, both strings, ended by %NULL
 *
 * Writes one record; the disk is waited for elsewhere. %JUMIN_AUDIT_STOP is the last one: what an
 * answer on its way would still tell is not written behind the end that the platform signs. A field
 * that the event may not carry, or a value of another kind, refuses the record: it is a mistake in
 * the program.
 *
 * Returns: whether the record is on its way
 */
gboolean
jumin_audit_write (JuminAudit *self, JuminAuditEvent event, ...)
{
  JuminAuditRecord *record;
  va_list fields;
  gboolean pushed;

  g_return_val_if_fail (event < JUMIN_AUDIT_EVENTS, FALSE);

  if (self == NULL)
    return TRUE;
  if (self->stopped)
    return FALSE;
  self->stopped = event == JUMIN_AUDIT_STOP;
  if (self->lost > 0)
    tell_lost (self);
  va_start (fields, event);
  record = jumin_audit_record_new_valist (jumin_clock_get_wall (self->clock), get_mono_ms (self),
                                          event, fields);
  va_end (fields);
  if (record == NULL)
    return FALSE;
  pushed = push (self, record);
  self->lost += pushed ? 0 : 1;
  return pushed;
}

/**
 * jumin_audit_close:
 *
 * Writes what waits, and takes nothing more. For the end of the program, where an answer on its way
 * may still hold the log: its thread must not outlive main(). Waits for the disk.
 */
void
jumin_audit_close (JuminAudit *self)
{
  self->stopped = TRUE;
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * jumin_audit_get_head:
 * @head: (out): the end of the chain on the disk
 *
 * Returns: whether nothing waits to be written after it
 */
gboolean
jumin_audit_get_head (JuminAudit *self, JuminAuditLink *head)
{
  gboolean settled;

  g_mutex_lock (&self->lock);
  *head = self->head;
  settled = g_queue_is_empty (&self->waiting) && !self->busy && !self->failing;
  g_mutex_unlock (&self->lock);
  return settled;
}

/**
 * jumin_audit_is_full:
 * @self: (nullable): the log
 *
 * Returns: whether the disk takes nothing and so many records wait that nobody's data should be
 *   handled before it does
 */
gboolean
jumin_audit_is_full (JuminAudit *self)
{
  gboolean full;

  if (self == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  full = self->failing && self->waiting.length > JUMIN_AUDIT_BUFFER_MAX;
  g_mutex_unlock (&self->lock);
  return full;
}

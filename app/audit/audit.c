/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: checks on the main thread what may be written, writes on a thread of its own.
 *
 * Only strings cross to the thread: the members of one record. It takes what waits, writes it,
 * syncs once, and sleeps again; an idle kiosk does not wake it. When the disk is slower than the
 * hall, records beyond JUMIN_AUDIT_QUEUE_MAX are counted and the count is written. */
#include "audit/audit.h"

#include <gio/gio.h>
#include <string.h>

#include "audit/log-file.h"

struct _JuminAudit
{
  GObject parent_instance;
  JuminClock *clock;
  JuminLogFile *file;  /* the thread's alone while that runs */
  GAsyncQueue *bodies; /* of strings; an empty one stops the thread */
  GThread *thread;
  int lost;
};

G_DEFINE_FINAL_TYPE (JuminAudit, jumin_audit, G_TYPE_OBJECT)

static gboolean
append_until_empty (JuminAudit *self, char *first)
{
  g_autoptr (GError) problem = NULL;
  gboolean stop = FALSE;

  for (char *body = first; body != NULL; body = g_async_queue_try_pop (self->bodies))
    {
      stop = stop || *body == '\0';
      if (*body != '\0' && !jumin_log_file_append (self->file, body, &problem))
        {
          g_warning ("%s", problem->message);
          g_clear_error (&problem);
        }
      g_free (body);
    }
  if (!jumin_log_file_sync (self->file, &problem))
    g_warning ("%s", problem->message);
  return !stop;
}

static gpointer
write_records (gpointer data)
{
  JuminAudit *self = data;

  while (append_until_empty (self, g_async_queue_pop (self->bodies)))
    continue;
  return NULL;
}

static void
jumin_audit_finalize (GObject *object)
{
  JuminAudit *self = JUMIN_AUDIT (object);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->bodies, g_strdup (""));
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->file, jumin_log_file_close);
  g_async_queue_unref (self->bodies);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jumin_audit_parent_class)->finalize (object);
}

static void
jumin_audit_class_init (JuminAuditClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_audit_finalize;
}

static void
jumin_audit_init (JuminAudit *self)
{
  self->bodies = g_async_queue_new_full (g_free);
}

/* The members that every record has. */
static GString *
begin_body (JuminAudit *self, JuminAuditEvent event)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (jumin_clock_get_wall (self->clock));
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  GString *body = g_string_new (NULL);

  g_string_printf (body, "\"time\":\"%s\",\"event\":\"%s\"", time,
                   jumin_audit_event_get_name (event));
  return body;
}

static gboolean
append_field (GString *body, JuminAuditEvent event, const char *name, const char *value)
{
  const JuminAuditField *field = jumin_audit_event_find_field (event, name);
  const char *quote = field != NULL && field->kind != JUMIN_AUDIT_INTEGER ? "\"" : "";

  if (field == NULL || value == NULL || !jumin_audit_kind_check (field->kind, value))
    return FALSE;
  g_string_append_printf (body, ",\"%s\":%s%s%s", name, quote, value, quote);
  return TRUE;
}

static gboolean
append_fields (GString *body, JuminAuditEvent event, va_list fields)
{
  const char *name;

  while ((name = va_arg (fields, const char *)) != NULL)
    if (!append_field (body, event, name, va_arg (fields, const char *)))
      {
        /* The value is not said: that is what the log is protected from. */
        g_message ("Audit record '%s' refused: field '%s' or its value is not allowed",
                   jumin_audit_event_get_name (event), name);
        return FALSE;
      }
  return TRUE;
}

static gboolean
push_body (JuminAudit *self, GString *body)
{
  gboolean room = g_async_queue_length (self->bodies) < JUMIN_AUDIT_QUEUE_MAX;

  if (room)
    g_async_queue_push (self->bodies, g_strdup (body->str));
  else
    self->lost++;
  return room;
}

static void
push_number (JuminAudit *self, JuminAuditEvent event, const char *name, gint64 number)
{
  g_autoptr (GString) body = begin_body (self, event);
  g_autofree char *digits = g_strdup_printf ("%d", (int)MIN (number, G_MAXINT32));

  append_field (body, event, name, digits);
  push_body (self, body);
}

/**
 * jumin_audit_new:
 * @directory: where audit.log is or will be; made with mode 0700 when it is not there
 * @clock: for the time of day in the records
 *
 * Opens the log, cuts off a torn end (and says so in a record) and continues its chain.
 *
 * Errors: %G_IO_ERROR.
 *
 * Returns: (transfer full): the log
 */
JuminAudit *
jumin_audit_new (const char *directory, JuminClock *clock, GError **error)
{
  g_autoptr (JuminAudit) self = g_object_new (JUMIN_TYPE_AUDIT, NULL);
  g_autofree char *path = g_build_filename (directory, JUMIN_AUDIT_FILE, NULL);
  gint64 torn_bytes;

  g_mkdir_with_parents (directory, 0700);
  self->clock = g_object_ref (clock);
  self->file = jumin_log_file_open (path, error);
  if (self->file == NULL)
    return NULL;
  torn_bytes = jumin_log_file_get_torn_bytes (self->file);
  self->thread = g_thread_new ("audit", write_records, self);
  if (torn_bytes > 0)
    push_number (self, JUMIN_AUDIT_REPAIRED, "bytes", torn_bytes);
  return g_steal_pointer (&self);
}

/**
 * jumin_audit_write:
 * @self: (nullable): the log; %NULL where nothing is to be written down
 * @event: what happened
 * @...: pairs of a field's name and its value, both strings, ended by %NULL
 *
 * Writes one record; the disk is waited for elsewhere. A field that the event may not carry, or a
 * value of another kind, refuses the record: it is a mistake in the program.
 *
 * Returns: whether the record is on its way
 */
gboolean
jumin_audit_write (JuminAudit *self, JuminAuditEvent event, ...)
{
  g_autoptr (GString) body = NULL;
  va_list fields;
  gboolean allowed;

  g_return_val_if_fail (event < JUMIN_AUDIT_EVENTS, FALSE);

  if (self == NULL)
    return TRUE;
  if (self->lost > 0 && g_async_queue_length (self->bodies) < JUMIN_AUDIT_QUEUE_MAX / 2)
    {
      push_number (self, JUMIN_AUDIT_LOST, "records", self->lost);
      self->lost = 0;
    }
  body = begin_body (self, event);
  va_start (fields, event);
  allowed = append_fields (body, event, fields);
  va_end (fields);
  return allowed && push_body (self, body);
}

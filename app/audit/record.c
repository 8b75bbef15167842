/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as text. Only what the list of events allows gets in. */
#include "audit/record.h"

void
jumin_audit_record_free (JuminAuditRecord *self)
{
  g_free (self->body);
  g_free (self);
}

/* The members that every record has. */
static GString *
begin_body (gint64 wall_s, gint64 mono_ms, JuminAuditEvent event)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (wall_s);
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  GString *body = g_string_new (NULL);

  g_string_printf (body, "\"time\":\"%s\",\"mono\":%" G_GINT64_FORMAT ",\"id\":%u,\"event\":\"%s\"",
                   time, mono_ms, jumin_audit_event_get_id (event),
                   jumin_audit_event_get_name (event));
  return body;
}

static gboolean
append_field (GString *body, JuminAuditEvent event, const char *name, const char *value)
{
  const JuminAuditField *field = jumin_audit_event_find_field (event, name);
  const char *quote = field != NULL && !jumin_audit_kind_is_number (field->kind) ? "\"" : "";

  if (field == NULL || value == NULL || !jumin_audit_kind_check (field->kind, value))
    return FALSE;
  g_string_append_printf (body, ",\"%s\":%s%s%s", name, quote, value, quote);
  return TRUE;
}

/**
 * jumin_audit_record_new_valist:
 * @fields: pairs of a field's name and its value, both strings, ended by %NULL
 *
 * Returns: (transfer full) (nullable): the record; %NULL when @event may not carry one of @fields,
 *   which is a mistake in the program
 */
JuminAuditRecord *
jumin_audit_record_new_valist (gint64 wall_s, gint64 mono_ms, JuminAuditEvent event, va_list fields)
{
  g_autoptr (GString) body = begin_body (wall_s, mono_ms, event);
  JuminAuditRecord *self;
  const char *name;

  while ((name = va_arg (fields, const char *)) != NULL)
    if (!append_field (body, event, name, va_arg (fields, const char *)))
      {
        /* The value is not said: that is what the log is protected from. */
        g_message ("Audit record '%s' refused: field '%s' or its value is not allowed",
                   jumin_audit_event_get_name (event), name);
        return NULL;
      }
  self = g_new0 (JuminAuditRecord, 1);
  self->wall_s = wall_s;
  self->mono_ms = mono_ms;
  self->body = g_string_free (g_steal_pointer (&body), FALSE);
  return self;
}

JuminAuditRecord *
jumin_audit_record_new (gint64 wall_s, gint64 mono_ms, JuminAuditEvent event, ...)
{
  JuminAuditRecord *self;
  va_list fields;

  va_start (fields, event);
  self = jumin_audit_record_new_valist (wall_s, mono_ms, event, fields);
  va_end (fields);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdarg.h>

#include "audit/events.h"
#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminAuditRecord:
 * @wall_s: time of day, Unix seconds
 * @mono_ms: the same moment on the clock that nobody sets
 * @body: its members after the number, as for jumin_audit_link_append()
 *
 * One record before it has a place in the chain.
 */
typedef struct
{
  gint64 wall_s, mono_ms;
  char *body;
} JuminAuditRecord;

JuminAuditRecord *jumin_audit_record_new (gint64 wall_s, gint64 mono_ms, JuminAuditEvent event,
                                          ...) G_GNUC_NULL_TERMINATED;
JuminAuditRecord *jumin_audit_record_new_valist (gint64 wall_s, gint64 mono_ms,
                                                 JuminAuditEvent event, va_list fields);
void jumin_audit_record_free (JuminAuditRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminAuditRecord, jumin_audit_record_free)

G_END_DECLS

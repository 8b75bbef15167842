/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/chain.h"
#include "audit/events.h"
#include "model/clock.h"

G_BEGIN_DECLS

#define JUMIN_AUDIT_FILE "audit.log"

enum
{
  JUMIN_AUDIT_QUEUE_MAX = 1024 /* records that wait for the disk */
};

/**
 * JuminAudit:
 *
 * The audit log of this machine: who may write it knows no names. Records are written and synced
 * by a thread of its own, in the order of the calls; the main loop never waits for the disk. The
 * last reference waits until all is written.
 */
#define JUMIN_TYPE_AUDIT (jumin_audit_get_type ())
G_DECLARE_FINAL_TYPE (JuminAudit, jumin_audit, JUMIN, AUDIT, GObject)

JuminAudit *jumin_audit_new (const char *directory, JuminClock *clock, GError **error);
gboolean jumin_audit_write (JuminAudit *self, JuminAuditEvent event, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS

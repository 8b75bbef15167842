/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/chain.h"
#include "audit/events.h"
#include "audit/log-directory.h"
#include "model/clock.h"

G_BEGIN_DECLS

enum
{
  JUMIN_AUDIT_QUEUE_MAX = 1024, /* records that wait for the disk; more are counted and lost */
  JUMIN_AUDIT_BUFFER_MAX = 64,  /* so many may wait for a disk that does not take them */
  JUMIN_AUDIT_RETRY_MS = 5000
};

/**
 * JuminAuditSettings:
 * @directory: where the files are; made with mode 0700 when it is not there
 * @file_bytes_max: when a new file is begun; 0: %JUMIN_AUDIT_FILE_BYTES
 * @keep_days: when the oldest file goes; 0: %JUMIN_AUDIT_KEEP_DAYS
 * @retry_ms: when a disk that took nothing is tried again; 0: %JUMIN_AUDIT_RETRY_MS
 */
typedef struct
{
  const char *directory;
  gint64 file_bytes_max;
  guint keep_days, retry_ms;
} JuminAuditSettings;

/**
 * JuminAudit:
 *
 * The audit log of this machine: who may write it knows no names. Records are written and synced
 * by a thread of its own, in the order of the calls; the main loop never waits for the disk. The
 * last reference waits until all is written, or one more try has failed.
 */
#define JUMIN_TYPE_AUDIT (jumin_audit_get_type ())
G_DECLARE_FINAL_TYPE (JuminAudit, jumin_audit, JUMIN, AUDIT, GObject)

/**
 * JuminAudit::changed:
 *
 * The head has moved, or jumin_audit_is_full() says something else. Comes from the main loop.
 */

JuminAudit *jumin_audit_new (const JuminAuditSettings *settings, JuminClock *clock, GError **error);
gboolean jumin_audit_write (JuminAudit *self, JuminAuditEvent event, ...) G_GNUC_NULL_TERMINATED;
void jumin_audit_close (JuminAudit *self);
gboolean jumin_audit_get_head (JuminAudit *self, JuminAuditLink *head);
gboolean jumin_audit_is_full (JuminAudit *self);

G_END_DECLS

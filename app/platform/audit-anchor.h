/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "platform/http-client.h"

G_BEGIN_DECLS

/**
 * JuminAnchorSettings:
 * @directory: where the audit log is
 * @terminal: this machine's name at the platform
 * @reply_key_file: PEM, with what the platform signs
 * @records: after so many new records the platform is told at once
 * @wait_ms: after so long it is told of fewer, and asked again when it was silent
 * @stop_ms: how long the end of the program may wait for it
 */
typedef struct
{
  const char *directory, *terminal, *reply_key_file;
  guint records, wait_ms, stop_ms;
} JuminAnchorSettings;

/**
 * JuminAuditAnchor:
 *
 * Tells the platform where the audit log ends, and keeps its receipts beside the log. A platform
 * that is silent is told later: nothing is lost, the chain vouches for what was not told.
 */
#define JUMIN_TYPE_AUDIT_ANCHOR (jumin_audit_anchor_get_type ())
G_DECLARE_FINAL_TYPE (JuminAuditAnchor, jumin_audit_anchor, JUMIN, AUDIT_ANCHOR, GObject)

JuminAuditAnchor *jumin_audit_anchor_new (const JuminAnchorSettings *settings,
                                          JuminHttpClient *http, JuminAudit *audit,
                                          JuminClock *clock, GError **error);
void jumin_audit_anchor_stop_async (JuminAuditAnchor *self, GAsyncReadyCallback callback,
                                    gpointer data);
gboolean jumin_audit_anchor_stop_finish (JuminAuditAnchor *self, GAsyncResult *result,
                                         GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "audit/verify.h"

/* A directory for an audit log, and what is in it. */
typedef struct
{
  JuminClock *clock;
  char *directory;
} JuminAuditSample;

void jumin_audit_sample_set_up (JuminAuditSample *sample, gconstpointer data);
void jumin_audit_sample_tear_down (JuminAuditSample *sample, gconstpointer data);

JuminAudit *jumin_audit_sample_open (const JuminAuditSample *sample, gint64 file_bytes_max);
void jumin_audit_sample_write_visit (JuminAudit *audit);
void jumin_audit_sample_write_visits (const JuminAuditSample *sample, gint64 file_bytes_max,
                                      int visits);
char *jumin_audit_sample_read (const JuminAuditSample *sample, const char *name);
void jumin_audit_sample_replace (const JuminAuditSample *sample, const char *name,
                                 const char *bytes, gssize length);
void jumin_audit_sample_add_receipt (const JuminAuditSample *sample, gint64 sequence);
gboolean jumin_audit_sample_verify (const JuminAuditSample *sample, JuminAuditSummary *summary,
                                    GError **error);

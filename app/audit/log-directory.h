/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/chain.h"
#include "audit/record.h"

G_BEGIN_DECLS

#define JUMIN_AUDIT_FIRST_FILE "audit-000000000001.log"

enum
{
  JUMIN_AUDIT_FILES_MAX = 4096,
  JUMIN_AUDIT_TOTAL_BYTES_MAX = 256 * 1024 * 1024,
  JUMIN_AUDIT_FILE_BYTES = 1024 * 1024, /* what a file holds unless the settings say otherwise */
  JUMIN_AUDIT_KEEP_DAYS = 200
};

/**
 * JuminLogDirectory:
 *
 * All files of the audit log and the one that is written; used by its thread alone.
 */
typedef struct _JuminLogDirectory JuminLogDirectory;

GArray *jumin_log_directory_list (const char *path, GError **error);
char *jumin_log_directory_dup_name (gint64 first_sequence);

JuminLogDirectory *jumin_log_directory_open (const char *path, gint64 file_bytes_max,
                                             guint keep_days, GError **error);
void jumin_log_directory_close (JuminLogDirectory *self);
gint64 jumin_log_directory_get_torn_bytes (const JuminLogDirectory *self);
const JuminAuditLink *jumin_log_directory_get_link (const JuminLogDirectory *self);
gboolean jumin_log_directory_append (JuminLogDirectory *self, const JuminAuditRecord *record,
                                     GError **error);
gboolean jumin_log_directory_sync (JuminLogDirectory *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminLogDirectory, jumin_log_directory_close)

G_END_DECLS

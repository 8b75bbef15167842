/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/chain.h"

G_BEGIN_DECLS

/**
 * JuminLogFile:
 *
 * One file of the audit log, open for one writer at its end; used by its thread alone.
 */
typedef struct _JuminLogFile JuminLogFile;

JuminLogFile *jumin_log_file_open (const char *path, GError **error);
void jumin_log_file_close (JuminLogFile *self);
gint64 jumin_log_file_get_length (const JuminLogFile *self);
gint64 jumin_log_file_get_torn_bytes (const JuminLogFile *self);
gint64 jumin_log_file_get_last_day (const JuminLogFile *self);
const JuminAuditLink *jumin_log_file_get_link (const JuminLogFile *self);
gboolean jumin_log_file_append (JuminLogFile *self, const char *line, GError **error);
gboolean jumin_log_file_sync (JuminLogFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminLogFile, jumin_log_file_close)

G_END_DECLS

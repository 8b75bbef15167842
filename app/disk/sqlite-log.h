/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* @log: (nullable): the write-ahead log of an open file. FALSE: it holds changes that were on the
 * disk, and cannot be read any more. */
gboolean jumin_sqlite_log_is_whole (sqlite3_file *log);

G_END_DECLS

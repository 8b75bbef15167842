/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "sandbox/store.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* @format has one letter an argument: i an int, l a gint64, s a string. */
void jumin_store_bind (sqlite3_stmt *statement, const char *format, va_list arguments);
sqlite3_stmt *jumin_store_prepare (JuminStore *self, const char *sql, const char *format, ...);
/* Returns: whether the change was made */
gboolean jumin_store_tell (JuminStore *self, const char *sql, const char *format, ...);
/* Returns: the number that the first row begins with; 0: there is none */
int jumin_store_count (JuminStore *self, const char *sql, const char *format, ...);
gboolean jumin_store_run (JuminStore *self, const char *sql);
char *jumin_store_dup_column (sqlite3_stmt *statement, int column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "printing/print-ledger.h"

G_BEGIN_DECLS

/**
 * JuminLedgerFile:
 *
 * The print ledger's SQLite file, open for this process alone. All calls wait for the disk: they
 * are the ledger's thread's (printing/print-ledger.h), or juminctl's. Errors: JUMIN_FAILURE_LEDGER;
 * the file is to be closed then.
 */
typedef struct _JuminLedgerFile JuminLedgerFile;

JuminLedgerFile *jumin_ledger_file_open (const char *path, GError **error);
void jumin_ledger_file_free (JuminLedgerFile *self);

gboolean jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry,
                                GError **error);
gboolean jumin_ledger_file_purge (JuminLedgerFile *self, gint64 before, GError **error);
gboolean jumin_ledger_file_close (JuminLedgerFile *self, const JuminPrintEntry *entry,
                                  GError **error);
gboolean jumin_ledger_file_set_reported (JuminLedgerFile *self, const JuminPrintEntry *entry,
                                         GError **error);
gboolean jumin_ledger_file_lock (JuminLedgerFile *self, gint64 now, GError **error);
gboolean jumin_ledger_file_unlock (JuminLedgerFile *self, gint64 now, GError **error);
gboolean jumin_ledger_file_note_unlocked (JuminLedgerFile *self, GError **error);
JuminPrintPending *jumin_ledger_file_load (JuminLedgerFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminLedgerFile, jumin_ledger_file_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/error.h"
#include "model/payment.h"

G_BEGIN_DECLS

enum
{
  JUMIN_JOURNAL_ROWS_MAX = 2000000,
  JUMIN_JOURNAL_BALLAST = 16 * 1024 * 1024 /* bytes, given up when the disk is full */
};

/**
 * JuminJournalFile:
 *
 * The payment journal's SQLite file, open for this process alone, with the settings that survived
 * every power cut that was tried: EXCLUSIVE, synchronous EXTRA, then WAL. It is made and synced by
 * jumin_journal_file_create(), never by opening it. All calls wait for the disk: they are the
 * journal's thread's (payment/journal.h). Triggers see to it that no state goes back, that what is
 * final stays, that amount, payee and bills never change, and that nothing that is not final is
 * deleted. Errors: JUMIN_FAILURE_JOURNAL; the file is to be closed then.
 */
typedef struct _JuminJournalFile JuminJournalFile;

/* @vfs: (nullable): of SQLite; %NULL: the system's */
gboolean jumin_journal_file_create (const char *path, const char *vfs, GError **error);
JuminJournalFile *jumin_journal_file_open (const char *path, const char *vfs, GError **error);
void jumin_journal_file_free (JuminJournalFile *self);

/* The row as it is, in one transaction: a new one, or the next state of one that is there. */
gboolean jumin_journal_file_put (JuminJournalFile *self, const JuminPayment *payment,
                                 GError **error);
/* For whoever has put something, when nobody waits: what a damaged log must not make us forget goes
 * into the file itself. */
gboolean jumin_journal_file_rest (JuminJournalFile *self, GError **error);
/* When nobody waits either: whether all of a long journal is whole, of which opening has looked at
 * the end alone. As jumin_sqlite_file_check(). */
gboolean jumin_journal_file_check (JuminJournalFile *self, int (*stop) (void *data), gpointer data,
                                   GError **error);
/* (element-type JuminPayment): what is not final, oldest first, durable. */
GPtrArray *jumin_journal_file_load (JuminJournalFile *self, GError **error);
/* Of that time (created_at, from inclusive, to exclusive), newest first, at most @most. */
GPtrArray *jumin_journal_file_list (JuminJournalFile *self, gint64 from, gint64 to, guint most,
                                    GError **error);
/* Final ones go that are @keep_s older than the newest: the platform's clock tells their age. */
gboolean jumin_journal_file_purge (JuminJournalFile *self, gint64 keep_s, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminJournalFile, jumin_journal_file_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/journal-file.h"

G_BEGIN_DECLS

/**
 * JuminJournal:
 *
 * The payment journal on one thread of its own; each call has ended when it is on the disk, in the
 * order of the calls. After an error the file is closed, and opened and checked anew by the next
 * call: what a disk says after it failed once is not believed. Errors: JUMIN_FAILURE_JOURNAL.
 */
#define JUMIN_TYPE_JOURNAL (jumin_journal_get_type ())
G_DECLARE_FINAL_TYPE (JuminJournal, jumin_journal, JUMIN, JOURNAL, GObject)

JuminJournal *jumin_journal_new (const char *path, guint keep_days);

void jumin_journal_load_async (JuminJournal *self, GAsyncReadyCallback callback, gpointer data);
/* Created from @from to before @to, newest first. */
void jumin_journal_list_async (JuminJournal *self, gint64 from, gint64 to, guint most,
                               GAsyncReadyCallback callback, gpointer data);
/* Of load and list: (element-type JuminPayment) */
GPtrArray *jumin_journal_read_finish (JuminJournal *self, GAsyncResult *result, GError **error);

/* @now: Unix seconds; final ones older than keep_days before it go now and then. */
void jumin_journal_put_async (JuminJournal *self, const JuminPayment *payment, gint64 now,
                              GAsyncReadyCallback callback, gpointer data);
gboolean jumin_journal_put_finish (JuminJournal *self, GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disk/sqlite-file.h"
#include "model/payment.h"

G_BEGIN_DECLS

/* A payment as rows of the journal. Each carries the SM3 digest of all that it says: what a disk
 * changed by itself is noticed when it is read. */

/* What jumin_journal_row_read_all() wants of a statement. */
#define JUMIN_JOURNAL_COLUMNS                                                                      \
  "id, quote, number, payee, payee_zh, payee_en, fen, why, channel, transaction_number, receipt,"  \
  " way, state, created_at, paid_at, slip, reprints, seal"

/* Each inside a transaction. */
gboolean jumin_journal_row_insert (JuminSqliteFile *file, const JuminPayment *payment,
                                   GError **error);
gboolean jumin_journal_row_update (JuminSqliteFile *file, const JuminPayment *payment,
                                   GError **error);
/* Returns: (transfer full) (nullable) (element-type JuminPayment): as they were written */
GPtrArray *jumin_journal_row_read_all (JuminSqliteFile *file, sqlite3_stmt *statement,
                                       GError **error);

G_END_DECLS

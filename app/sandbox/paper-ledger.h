/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"
#include "sandbox/store.h"

G_BEGIN_DECLS

/**
 * JuminStoredPaper:
 * @id: counts up over all days; it is in the number
 * @day: 20261121, on which it counts
 * @copies: that it may have; @printed: that came out
 * @outcome: what was told; empty: nothing
 * @code: what the code on it says: with its signature, so that it is the same when asked again
 *
 * One paper that was given out.
 */
typedef struct
{
  gint64 id, issued_at;
  int day, copies, printed;
  char *number, *request, *terminal, *id_number, *kind, *replaces, *outcome, *code;
  JuminDocumentState state;
} JuminStoredPaper;

/**
 * JuminPaperSums:
 * @printed: copies that came out
 * @partly: papers of which a part came out
 * @held: papers of which nobody knows
 *
 * What one person was given of one kind on one day.
 */
typedef struct
{
  int printed, partly, held;
} JuminPaperSums;

gboolean jumin_paper_ledger_open (JuminStore *store);
gboolean jumin_paper_ledger_add (JuminStore *store, const char *prefix, JuminStoredPaper *paper);
gboolean jumin_paper_ledger_keep_code (JuminStore *store, const JuminStoredPaper *paper);
JuminStoredPaper *jumin_paper_ledger_find_request (JuminStore *store, const char *request);
JuminStoredPaper *jumin_paper_ledger_find_number (JuminStore *store, const char *number);
gboolean jumin_paper_ledger_is_replaced (JuminStore *store, const char *number);
JuminPaperSums jumin_paper_ledger_sum (JuminStore *store, const char *id_number, const char *kind,
                                       int day);
gboolean jumin_paper_ledger_settle (JuminStore *store, gint64 id, JuminDocumentState state,
                                    const char *outcome, int printed);

void jumin_stored_paper_free (JuminStoredPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminStoredPaper, jumin_stored_paper_free)

G_END_DECLS

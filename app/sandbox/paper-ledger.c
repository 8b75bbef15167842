/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's ledger of papers: which number was given out, under which request, and what became
 * of it. A paper that nobody reported about is void when the next one of its kind is given out. */
#include "sandbox/paper-ledger.h"

#include "sandbox/store-private.h"

#define COLUMNS                                                                                    \
  "id, issued_at, day, copies, printed, number, request, terminal, id_number, kind, replaces,"     \
  " outcome, state, code"

void
jumin_stored_paper_free (JuminStoredPaper *self)
{
  g_free (self->number);
  g_free (self->request);
  g_free (self->terminal);
  g_free (self->id_number);
  g_free (self->kind);
  g_free (self->replaces);
  g_free (self->outcome);
  g_free (self->code);
  g_free (self);
}

gboolean
jumin_paper_ledger_open (JuminStore *store)
{
  return jumin_store_run (
      store, "CREATE TABLE IF NOT EXISTS papers ("
             "  id INTEGER PRIMARY KEY, issued_at INTEGER NOT NULL, day INTEGER NOT NULL,"
             "  copies INTEGER NOT NULL, printed INTEGER NOT NULL, number TEXT NOT NULL,"
             "  request TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL, id_number TEXT NOT NULL,"
             "  kind TEXT NOT NULL, replaces TEXT NOT NULL, outcome TEXT NOT NULL,"
             "  state INTEGER NOT NULL, code TEXT NOT NULL);");
}

static JuminStoredPaper *
next_paper (sqlite3_stmt *statement)
{
  JuminStoredPaper *paper;

  if (sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  paper = g_new0 (JuminStoredPaper, 1);
  paper->id = sqlite3_column_int64 (statement, 0);
  paper->issued_at = sqlite3_column_int64 (statement, 1);
  paper->day = sqlite3_column_int (statement, 2);
  paper->copies = sqlite3_column_int (statement, 3);
  paper->printed = sqlite3_column_int (statement, 4);
  paper->number = jumin_store_dup_column (statement, 5);
  paper->request = jumin_store_dup_column (statement, 6);
  paper->terminal = jumin_store_dup_column (statement, 7);
  paper->id_number = jumin_store_dup_column (statement, 8);
  paper->kind = jumin_store_dup_column (statement, 9);
  paper->replaces = jumin_store_dup_column (statement, 10);
  paper->outcome = jumin_store_dup_column (statement, 11);
  paper->state = (JuminDocumentState)sqlite3_column_int (statement, 12);
  paper->code = jumin_store_dup_column (statement, 13);
  return paper;
}

/* Whatever of this kind the person was given and nobody reported about is void. */
static void
void_open (JuminStore *store, const JuminStoredPaper *paper)
{
  jumin_store_tell (
      store, "UPDATE papers SET state = ?3 WHERE id_number = ?1 AND kind = ?2 AND state = ?4",
      "ssii", paper->id_number, paper->kind, (int)JUMIN_DOCUMENT_VOID, (int)JUMIN_DOCUMENT_OPEN);
}

/**
 * jumin_paper_ledger_add:
 * @prefix: of the number, "GJJ"
 * @paper: all but its id, number and state, which are set, and its code
 *
 * Returns: whether it was kept
 */
gboolean
jumin_paper_ledger_add (JuminStore *store, const char *prefix, JuminStoredPaper *paper)
{
  void_open (store, paper);
  paper->id = jumin_store_count (store, "SELECT coalesce(max(id), 0) + 1 FROM papers", "");
  paper->state = JUMIN_DOCUMENT_OPEN;
  paper->number = g_strdup_printf ("%s-%08d-%06d", prefix, paper->day, (int)paper->id);
  return jumin_store_tell (store,
                           "INSERT INTO papers (" COLUMNS ")"
                           " VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, '', ?11, '')",
                           "lliissssssi", paper->id, paper->issued_at, paper->day, paper->copies,
                           paper->number, paper->request, paper->terminal, paper->id_number,
                           paper->kind, paper->replaces != NULL ? paper->replaces : "",
                           (int)paper->state);
}

gboolean
jumin_paper_ledger_keep_code (JuminStore *store, const JuminStoredPaper *paper)
{
  return jumin_store_tell (store, "UPDATE papers SET code = ?2 WHERE id = ?1", "ls", paper->id,
                           paper->code);
}

JuminStoredPaper *
jumin_paper_ledger_find_request (JuminStore *store, const char *request)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      store, "SELECT " COLUMNS " FROM papers WHERE request = ?1", "s", request);

  return next_paper (statement);
}

JuminStoredPaper *
jumin_paper_ledger_find_number (JuminStore *store, const char *number)
{
  g_autoptr (sqlite3_stmt) statement = jumin_store_prepare (
      store, "SELECT " COLUMNS " FROM papers WHERE number = ?1", "s", number);

  return next_paper (statement);
}

/* Whether another paper stands for this number. */
gboolean
jumin_paper_ledger_is_replaced (JuminStore *store, const char *number)
{
  return jumin_store_count (store, "SELECT 1 FROM papers WHERE replaces = ?1", "s", number) != 0;
}

JuminPaperSums
jumin_paper_ledger_sum (JuminStore *store, const char *id_number, const char *kind, int day)
{
  g_autoptr (sqlite3_stmt) statement
      = jumin_store_prepare (store,
                             "SELECT coalesce(sum(printed), 0),"
                             " coalesce(sum(outcome = 'partly'), 0), coalesce(sum(state = ?4), 0)"
                             " FROM papers WHERE id_number = ?1 AND kind = ?2 AND day = ?3",
                             "ssii", id_number, kind, day, (int)JUMIN_DOCUMENT_HELD);

  if (sqlite3_step (statement) != SQLITE_ROW)
    return (JuminPaperSums){ 0 };
  return (JuminPaperSums){ sqlite3_column_int (statement, 0), sqlite3_column_int (statement, 1),
                           sqlite3_column_int (statement, 2) };
}

gboolean
jumin_paper_ledger_settle (JuminStore *store, gint64 id, JuminDocumentState state,
                           const char *outcome, int printed)
{
  return jumin_store_tell (store,
                           "UPDATE papers SET state = ?2, outcome = ?3, printed = ?4 WHERE id = ?1",
                           "lisi", id, (int)state, outcome, printed);
}

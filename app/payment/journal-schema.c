/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the payment journal's file holds, and what SQLite itself forbids to do with it, whoever
 * asks. Numbers of states are those of #JuminPaymentState, #JuminReceiptState and #JuminCredit:
 *
 *   0 intent, 1 submitted, 2 pending, 3 unknown, 4 closing   unsettled: any later number may follow
 *   5 paid                                                   6, 7 or 10 may follow
 *   6 fulfilled, 7 refunded, 8 failed, 9 void, 10 manual     final
 *
 * Every text has a bound. */
#include "payment/journal-schema.h"

#include "model/payment.h"

#include <string.h>

G_STATIC_ASSERT (JUMIN_PAYMENT_INTENT == 0 && JUMIN_PAYMENT_CLOSING == 4);
G_STATIC_ASSERT (JUMIN_PAYMENT_PAID == 5 && JUMIN_PAYMENT_FULFILLED == 6);
G_STATIC_ASSERT (JUMIN_PAYMENT_REFUNDED == 7 && JUMIN_PAYMENT_FAILED == 8);
G_STATIC_ASSERT (JUMIN_PAYMENT_VOID == 9 && JUMIN_N_PAYMENT_STATES == 11);
G_STATIC_ASSERT (JUMIN_RECEIPT_NONE == 0 && JUMIN_RECEIPT_PRINTING == 1 && JUMIN_N_RECEIPTS == 5);
G_STATIC_ASSERT (JUMIN_CREDIT_WAITING == 0 && JUMIN_N_CREDITS == 3);
G_STATIC_ASSERT (JUMIN_N_PAY_WAYS == 3 && JUMIN_BASKET_MAX == 8);

static const char *const tables[] = {
  "CREATE TABLE payments ("
  "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE CHECK (length (id) BETWEEN 1 AND 64),"
  "  quote TEXT NOT NULL CHECK (length (quote) <= 64),"
  "  number TEXT NOT NULL CHECK (length (number) <= 64),"
  "  payee TEXT NOT NULL CHECK (length (payee) <= 64),"
  "  payee_zh TEXT NOT NULL CHECK (length (payee_zh) <= 256),"
  "  payee_en TEXT NOT NULL CHECK (length (payee_en) <= 256),"
  "  fen INTEGER NOT NULL CHECK (fen BETWEEN 1 AND 9999999999999),"
  "  why TEXT NOT NULL CHECK (length (why) <= 64),"
  "  channel TEXT NOT NULL CHECK (length (channel) <= 64),"
  "  transaction_number TEXT NOT NULL CHECK (length (transaction_number) <= 128),"
  "  receipt TEXT NOT NULL CHECK (length (receipt) <= 1024),"
  "  way INTEGER NOT NULL CHECK (way BETWEEN 0 AND 2),"
  "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 10),"
  "  created_at INTEGER NOT NULL, paid_at INTEGER NOT NULL,"
  "  slip INTEGER NOT NULL CHECK (slip BETWEEN 0 AND 4),"
  "  reprints INTEGER NOT NULL CHECK (reprints BETWEEN 0 AND 1000),"
  "  items INTEGER NOT NULL CHECK (items BETWEEN 1 AND 8),"
  "  seal TEXT NOT NULL CHECK (length (seal) = 64)) STRICT",
  "CREATE TABLE items ("
  "  payment TEXT NOT NULL REFERENCES payments (id) ON DELETE CASCADE,"
  "  position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 7),"
  "  bill TEXT NOT NULL CHECK (length (bill) <= 64),"
  "  biller TEXT NOT NULL CHECK (length (biller) <= 64),"
  "  account TEXT NOT NULL CHECK (length (account) <= 64),"
  "  title_zh TEXT NOT NULL CHECK (length (title_zh) <= 256),"
  "  title_en TEXT NOT NULL CHECK (length (title_en) <= 256),"
  "  unit_zh TEXT NOT NULL CHECK (length (unit_zh) <= 64),"
  "  unit_en TEXT NOT NULL CHECK (length (unit_en) <= 64),"
  "  month INTEGER NOT NULL, usage INTEGER NOT NULL,"
  "  fen INTEGER NOT NULL CHECK (fen BETWEEN 1 AND 9999999999999),"
  "  credit INTEGER NOT NULL CHECK (credit BETWEEN 0 AND 2),"
  "  PRIMARY KEY (payment, position)) STRICT, WITHOUT ROWID",
  "CREATE INDEX payments_open ON payments (state) WHERE state < 6",
  "CREATE INDEX payments_by_time ON payments (created_at)",
};

/**
 * Guard:
 * @name: of the trigger
 * @before: what it watches
 * @when: what is not done
 * @says: why
 */
typedef struct
{
  const char *name, *before, *when, *says;
} Guard;

static const Guard guards[] = {
  { "payment_is_fixed", "UPDATE ON payments",
    "(new.row, new.id, new.quote, new.number, new.payee, new.payee_zh, new.payee_en, new.fen,"
    " new.way, new.created_at, new.items) IS NOT"
    " (old.row, old.id, old.quote, old.number, old.payee, old.payee_zh, old.payee_en, old.fen,"
    " old.way, old.created_at, old.items)",
    "amount, payee and bills never change" },
  { "state_goes_on", "UPDATE ON payments",
    "new.state < old.state OR (old.state = 5 AND new.state IN (8, 9))", "a state never goes back" },
  { "final_stays", "UPDATE ON payments",
    "old.state >= 6 AND"
    " (new.state, new.why, new.channel, new.transaction_number, new.receipt, new.paid_at) IS NOT"
    " (old.state, old.why, old.channel, old.transaction_number, old.receipt, old.paid_at)",
    "a final payment stays as it is" },
  { "slip_goes_on", "UPDATE ON payments",
    "new.reprints < old.reprints"
    " OR NOT (new.slip = old.slip OR new.slip IN (1, 3) OR (old.slip = 1 AND new.slip IN (2, 4)))",
    "a slip is printing before it may be out" },
  { "open_payment_stays", "DELETE ON payments", "old.state < 6",
    "a payment that is not final stays" },
  { "item_is_of_its_payment", "INSERT ON items",
    "new.position >= (SELECT items FROM payments WHERE id = new.payment)",
    "a payment has the bills that it began with" },
  { "item_is_fixed", "UPDATE ON items",
    "(new.payment, new.position, new.bill, new.biller, new.account, new.title_zh, new.title_en,"
    " new.unit_zh, new.unit_en, new.month, new.usage, new.fen) IS NOT"
    " (old.payment, old.position, old.bill, old.biller, old.account, old.title_zh, old.title_en,"
    " old.unit_zh, old.unit_en, old.month, old.usage, old.fen)",
    "amount, payee and bills never change" },
  { "credit_stays", "UPDATE ON items",
    "new.credit < old.credit OR (new.credit > old.credit"
    " AND (SELECT state FROM payments WHERE id = old.payment) >= 6)",
    "what became of a bill stays" },
  { "item_stays", "DELETE ON items", "EXISTS (SELECT 1 FROM payments WHERE id = old.payment)",
    "a bill stays with its payment" },
};

enum
{
  STATEMENTS = G_N_ELEMENTS (tables) + G_N_ELEMENTS (guards)
};

/* The text of each is kept in the file, as it was. */
static char *
make_statement (guint i)
{
  const Guard *guard;

  if (i < G_N_ELEMENTS (tables))
    return g_strdup (tables[i]);
  guard = &guards[i - G_N_ELEMENTS (tables)];
  return g_strdup_printf (
      "CREATE TRIGGER %s BEFORE %s WHEN %s BEGIN SELECT RAISE (ABORT, '%s'); END", guard->name,
      guard->before, guard->when, guard->says);
}

gboolean
jumin_journal_schema_create (JuminSqliteFile *file, GError **error)
{
  g_autofree char *version
      = g_strdup_printf ("PRAGMA user_version = %d; COMMIT;", JUMIN_JOURNAL_VERSION);

  if (!jumin_sqlite_file_run (file, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < STATEMENTS; i++)
    {
      g_autofree char *statement = make_statement (i);

      if (!jumin_sqlite_file_run (file, statement, error))
        return FALSE;
    }
  return jumin_sqlite_file_run (file, version, error);
}

/* @same: (out): what SQLite has for itself aside, it is that, in that order */
static gboolean
compare (JuminSqliteFile *file, gboolean *same, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (
      file, error,
      "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY rowid",
      "");
  gboolean more = statement != NULL;
  guint found = 0;

  *same = TRUE;
  while (more)
    {
      g_autofree char *expected = found < STATEMENTS ? make_statement (found) : NULL;

      if (!jumin_sqlite_file_step (file, statement, &more, error))
        return FALSE;
      if (more)
        *same
            = g_strcmp0 ((const char *)sqlite3_column_text (statement, 0), expected) == 0 && *same;
      found += more;
    }
  *same = *same && found == STATEMENTS;
  return statement != NULL;
}

gboolean
jumin_journal_schema_check (JuminSqliteFile *file, GError **error)
{
  gint64 version;
  gboolean same;

  if (!jumin_sqlite_file_read_int (file, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > JUMIN_JOURNAL_VERSION)
    return jumin_sqlite_file_fail (file, error,
                                   " is of version %d, made by a newer Jumin; this one knows %d",
                                   (int)version, JUMIN_JOURNAL_VERSION);
  if (!compare (file, &same, error))
    return FALSE;
  return (same && version == JUMIN_JOURNAL_VERSION)
         || jumin_sqlite_file_fail (file, error,
                                    " is damaged: its tables are not those of version %d",
                                    JUMIN_JOURNAL_VERSION);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the ledger and its statements, which are prepared once: a simulation asks them some
 * thousand times a second. Money moves by two postings at a time, so that all of them are 0
 * together, and a unique index sees to it that nothing moves twice. */
#include "sandbox/till-private.h"

#define ORDER                                                                                      \
  "SELECT payment, terminal, digest, quote, way, state, fen, source, channel, reason, number,"     \
  " token, paid_at, expires_at, late, told FROM orders "

static const char schema[]
    = "CREATE TABLE IF NOT EXISTS bills ("
      "  claim TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, biller TEXT NOT NULL,"
      "  fen INTEGER NOT NULL CHECK (fen > 0), payment TEXT NOT NULL, paid_at INTEGER NOT NULL)"
      "  WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS locks (claim TEXT PRIMARY KEY, payment TEXT NOT NULL)"
      "  WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS locks_payment ON locks (payment);"
      "CREATE TABLE IF NOT EXISTS quotes ("
      "  id TEXT PRIMARY KEY, terminal TEXT NOT NULL, fen INTEGER NOT NULL,"
      "  expires_at INTEGER NOT NULL, payment TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS items ("
      "  quote TEXT NOT NULL, claim TEXT NOT NULL, n INTEGER NOT NULL, bill TEXT NOT NULL,"
      "  biller TEXT NOT NULL, fen INTEGER NOT NULL, credit INTEGER NOT NULL,"
      "  PRIMARY KEY (quote, claim)) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS items_claim ON items (claim);"
      "CREATE TABLE IF NOT EXISTS orders ("
      "  id INTEGER PRIMARY KEY, payment TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL,"
      "  digest TEXT NOT NULL, quote TEXT NOT NULL, way INTEGER NOT NULL, state INTEGER NOT NULL,"
      "  fen INTEGER NOT NULL, source TEXT NOT NULL, channel TEXT NOT NULL, reason TEXT NOT NULL,"
      "  number TEXT NOT NULL, token TEXT NOT NULL, shown TEXT NOT NULL, day INTEGER NOT NULL,"
      "  paid_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, late INTEGER NOT NULL,"
      "  told INTEGER NOT NULL DEFAULT 0);"
      "CREATE INDEX IF NOT EXISTS orders_waiting ON orders (expires_at) WHERE state = 1;"
      "CREATE INDEX IF NOT EXISTS orders_quote ON orders (quote);"
      "CREATE INDEX IF NOT EXISTS orders_day ON orders (terminal, day);"
      "CREATE UNIQUE INDEX IF NOT EXISTS orders_shown ON orders (shown)"
      "  WHERE shown <> '' AND state <> 2;"
      "CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, fen INTEGER NOT NULL)"
      "  WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS postings ("
      "  payment TEXT NOT NULL, bill TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL,"
      "  fen INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (payment, bill, kind, account))"
      "  WITHOUT ROWID;";

static const char forgetting[]
    = "DELETE FROM bills; DELETE FROM locks; DELETE FROM quotes; DELETE FROM items;"
      "DELETE FROM orders; DELETE FROM accounts; DELETE FROM postings;";

G_STATIC_ASSERT (JUMIN_CHARGE_PENDING == 1 && JUMIN_CHARGE_DECLINED == 2 && JUMIN_CHARGE_PAID == 3
                 && JUMIN_CHARGE_FULFILLED == 4 && JUMIN_CREDIT_REFUNDED == 2
                 && JUMIN_PAY_ACCOUNT == 2);

static const char *const statements[JUMIN_N_TILL_ASKS] = {
  [JUMIN_TILL_BEGIN] = "BEGIN IMMEDIATE",
  [JUMIN_TILL_COMMIT] = "COMMIT",
  [JUMIN_TILL_ROLLBACK] = "ROLLBACK",
  [JUMIN_TILL_PUT_BILL] = "INSERT INTO bills VALUES (?1, ?2, ?3, ?4, '', 0)"
                          " ON CONFLICT (claim) DO NOTHING RETURNING 1",
  [JUMIN_TILL_CHANGE_BILL] = "UPDATE bills SET id = ?2, fen = ?3 WHERE claim = ?1 AND payment = ''"
                             " AND claim NOT IN (SELECT claim FROM locks)",
  [JUMIN_TILL_MARK_BILL] = "UPDATE bills SET payment = ?2, paid_at = ?3 WHERE claim = ?1",
  [JUMIN_TILL_FIND_BILL] = "SELECT id, biller, fen, payment <> '', paid_at,"
                           " EXISTS (SELECT 1 FROM locks WHERE locks.claim = bills.claim)"
                           " FROM bills WHERE claim = ?1",
  [JUMIN_TILL_FIND_DUE] = "SELECT claim, biller, fen FROM bills WHERE id = ?1 AND payment = ''"
                          " AND NOT EXISTS (SELECT 1 FROM locks WHERE locks.claim = bills.claim)",
  [JUMIN_TILL_LOCK_BILL] = "INSERT INTO locks VALUES (?1, ?2)",
  [JUMIN_TILL_UNLOCK] = "DELETE FROM locks WHERE payment = ?1",
  [JUMIN_TILL_PUT_QUOTE] = "INSERT INTO quotes VALUES (?1, ?2, ?3, ?4, '')",
  [JUMIN_TILL_PUT_ITEM] = "INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
  [JUMIN_TILL_FIND_QUOTE] = "SELECT terminal, fen, expires_at, payment FROM quotes WHERE id = ?1",
  [JUMIN_TILL_USE_QUOTE] = "UPDATE quotes SET payment = ?2 WHERE id = ?1",
  [JUMIN_TILL_COUNT_TAKEN]
  = "SELECT count(*) FROM items LEFT JOIN bills ON bills.id = items.bill WHERE items.quote = ?1"
    " AND (coalesce(bills.payment, '?') <> ''"
    "      OR EXISTS (SELECT 1 FROM locks WHERE locks.claim = items.claim))",
  [JUMIN_TILL_LIST_ITEMS] = "SELECT claim, bill, biller, fen, credit FROM items WHERE quote = ?1"
                            " ORDER BY n",
  [JUMIN_TILL_SET_CREDIT] = "UPDATE items SET credit = ?3 WHERE quote = ?1 AND claim = ?2",
  [JUMIN_TILL_PUT_ORDER]
  = "INSERT INTO orders (payment, terminal, digest, quote, way, state, fen, source, channel,"
    " reason, number, token, shown, day, paid_at, expires_at, late)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '', ?11, ?12, ?13, 0, ?14, 0)",
  [JUMIN_TILL_FIND_ORDER] = ORDER "WHERE payment = ?1",
  [JUMIN_TILL_FIND_CODE] = "SELECT 1 FROM orders WHERE shown = ?1 AND shown <> '' AND state <> 2",
  [JUMIN_TILL_FIND_NEWEST] = "SELECT payment FROM orders WHERE quote <> '' AND payment <> ?1"
                             " ORDER BY id DESC LIMIT 1",
  [JUMIN_TILL_FIND_WAITING] = ORDER "WHERE state = 1 AND way <> 2 AND ?1 IN ('', payment)"
                                    " ORDER BY id DESC LIMIT 1",
  [JUMIN_TILL_FIND_EXPIRED] = ORDER "WHERE state = 1 AND expires_at <= ?1 LIMIT 1",
  [JUMIN_TILL_SET_STATE] = "UPDATE orders SET state = ?2 WHERE payment = ?1",
  [JUMIN_TILL_SET_REASON] = "UPDATE orders SET reason = ?2 WHERE payment = ?1",
  [JUMIN_TILL_SET_PAID] = "UPDATE orders SET state = 3, source = ?2, channel = ?3, number = ?4,"
                          " paid_at = ?5 WHERE payment = ?1",
  [JUMIN_TILL_SET_LATE] = "UPDATE orders SET late = 1 WHERE payment = ?1",
  [JUMIN_TILL_SET_TOLD] = "UPDATE orders SET told = 1 WHERE payment = ?1",
  [JUMIN_TILL_LIST_ORDERS] = ORDER "WHERE terminal = ?1 AND day = ?2 AND quote <> '' ORDER BY id",
  [JUMIN_TILL_POST] = "INSERT INTO postings VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [JUMIN_TILL_BOOK] = "INSERT INTO accounts VALUES (?1, ?2)"
                      " ON CONFLICT (name) DO UPDATE SET fen = fen + excluded.fen",
  [JUMIN_TILL_FIND_ACCOUNT] = "SELECT fen FROM accounts WHERE name = ?1",
  [JUMIN_TILL_COUNT_CHARGES] = "SELECT count(*) FROM postings WHERE payment = ?1"
                               " AND kind = 'charge' AND fen < 0",
  [JUMIN_TILL_SUM_PAYMENT] = "SELECT coalesce(-sum(fen), 0) FROM postings WHERE payment = ?1"
                             " AND account = (SELECT source FROM orders WHERE payment = ?1)",
  [JUMIN_TILL_COUNT_PAYERS]
  = "SELECT count(*) FROM items JOIN orders ON orders.quote = items.quote"
    " WHERE items.claim = ?1 AND orders.state IN (3, 4) AND items.credit <> 2",
  [JUMIN_TILL_SUM_POSTINGS] = "SELECT coalesce(sum(fen), 0) FROM postings",
};

/* Returns: whether the store takes the tables */
gboolean
jumin_till_tables_open (JuminTillLedger *self)
{
  if (!jumin_store_run (self->store, schema))
    return FALSE;
  for (int i = 0; i < JUMIN_N_TILL_ASKS; i++)
    self->asks[i] = jumin_store_prepare (self->store, statements[i], "");
  return TRUE;
}

void
jumin_till_tables_clear (JuminTillLedger *self)
{
  jumin_store_run (self->store, forgetting);
}

void
jumin_till_tables_close (JuminTillLedger *self)
{
  for (int i = 0; i < JUMIN_N_TILL_ASKS; i++)
    g_clear_pointer (&self->asks[i], sqlite3_finalize);
}

void
jumin_till_rows_reset (JuminTillRows *rows)
{
  sqlite3_reset (rows);
}

JuminTillRows *
jumin_till_tables_ask (JuminTillLedger *self, JuminTillAsk ask, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  jumin_store_bind (self->asks[ask], format, arguments);
  va_end (arguments);
  return self->asks[ask];
}

void
jumin_till_tell (JuminTillLedger *self, JuminTillAsk ask, const char *format, ...)
{
  g_autoptr (JuminTillRows) rows = self->asks[ask];
  va_list arguments;

  va_start (arguments, format);
  jumin_store_bind (rows, format, arguments);
  va_end (arguments);
  if (sqlite3_step (rows) != SQLITE_DONE)
    self->broken = TRUE;
}

void
jumin_till_tables_begin (JuminTillLedger *self)
{
  self->broken = FALSE;
  jumin_till_tell (self, JUMIN_TILL_BEGIN, "");
}

/* Errors: JUMIN_TILL_ERROR_STORE: nothing of it was done. */
gboolean
jumin_till_commit (JuminTillLedger *self, GError **error)
{
  if (!self->broken)
    jumin_till_tell (self, JUMIN_TILL_COMMIT, "");
  if (!self->broken)
    return TRUE;
  jumin_till_tell (self, JUMIN_TILL_ROLLBACK, "");
  g_set_error_literal (error, JUMIN_TILL_ERROR, JUMIN_TILL_ERROR_STORE,
                       "The store does not take it");
  return FALSE;
}

/* Returns: (transfer full) (nullable): the row on which @rows stands next */
JuminTillRow *
jumin_till_next_order (JuminTillRows *rows)
{
  JuminTillRow *row;

  if (sqlite3_step (rows) != SQLITE_ROW)
    return NULL;
  row = g_new0 (JuminTillRow, 1);
  row->payment = jumin_store_dup_column (rows, 0);
  row->terminal = jumin_store_dup_column (rows, 1);
  row->digest = jumin_store_dup_column (rows, 2);
  row->quote = jumin_store_dup_column (rows, 3);
  row->way = (JuminPayWay)sqlite3_column_int (rows, 4);
  row->state = (JuminChargeState)sqlite3_column_int (rows, 5);
  row->fen = sqlite3_column_int64 (rows, 6);
  row->source = jumin_store_dup_column (rows, 7);
  row->channel = jumin_store_dup_column (rows, 8);
  row->reason = jumin_store_dup_column (rows, 9);
  row->number = jumin_store_dup_column (rows, 10);
  row->token = jumin_store_dup_column (rows, 11);
  row->paid_at = sqlite3_column_int64 (rows, 12);
  row->expires_at = sqlite3_column_int64 (rows, 13);
  row->late = sqlite3_column_int (rows, 14);
  row->told = sqlite3_column_int (rows, 15);
  return row;
}

void
jumin_till_row_free (JuminTillRow *row)
{
  g_free (row->payment);
  g_free (row->terminal);
  g_free (row->digest);
  g_free (row->quote);
  g_free (row->source);
  g_free (row->channel);
  g_free (row->reason);
  g_free (row->number);
  g_free (row->token);
  g_free (row);
}

static void
item_free (gpointer data)
{
  JuminTillItem *item = data;

  g_free (item->claim);
  g_free (item->bill);
  g_free (item->biller);
  g_free (item);
}

GPtrArray *
jumin_till_list_items (JuminTillLedger *self, const char *quote)
{
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, JUMIN_TILL_LIST_ITEMS, "s", quote);
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);

  while (items->len < JUMIN_BASKET_MAX && sqlite3_step (rows) == SQLITE_ROW)
    {
      JuminTillItem *item = g_new0 (JuminTillItem, 1);

      item->claim = jumin_store_dup_column (rows, 0);
      item->bill = jumin_store_dup_column (rows, 1);
      item->biller = jumin_store_dup_column (rows, 2);
      item->fen = sqlite3_column_int64 (rows, 3);
      item->credit = (JuminCredit)sqlite3_column_int (rows, 4);
      g_ptr_array_add (items, item);
    }
  return items;
}

/* Two postings; both accounts have it. */
void
jumin_till_move (JuminTillLedger *self, const JuminTillMove *move, gint64 now)
{
  const char *accounts[] = { move->from, move->to };
  gint64 fen[] = { -move->fen, move->fen };

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      jumin_till_tell (self, JUMIN_TILL_POST, "ssssll", move->payment, move->bill, move->kind,
                       accounts[i], fen[i], now);
      jumin_till_tell (self, JUMIN_TILL_BOOK, "sl", accounts[i], fen[i]);
    }
}

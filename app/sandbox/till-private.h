/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/store-private.h"
#include "sandbox/till-ledger.h"

G_BEGIN_DECLS

/* The ledger's tables: its statements, made once, and what one row is. */
typedef enum
{
  JUMIN_TILL_BEGIN,
  JUMIN_TILL_COMMIT,
  JUMIN_TILL_ROLLBACK,
  JUMIN_TILL_PUT_BILL,
  JUMIN_TILL_CHANGE_BILL,
  JUMIN_TILL_MARK_BILL,
  JUMIN_TILL_FIND_BILL,
  JUMIN_TILL_FIND_DUE,
  JUMIN_TILL_LOCK_BILL,
  JUMIN_TILL_UNLOCK,
  JUMIN_TILL_PUT_QUOTE,
  JUMIN_TILL_PUT_ITEM,
  JUMIN_TILL_FIND_QUOTE,
  JUMIN_TILL_USE_QUOTE,
  JUMIN_TILL_COUNT_TAKEN,
  JUMIN_TILL_LIST_ITEMS,
  JUMIN_TILL_SET_CREDIT,
  JUMIN_TILL_PUT_ORDER,
  JUMIN_TILL_FIND_ORDER,
  JUMIN_TILL_FIND_CODE,
  JUMIN_TILL_FIND_NEWEST,
  JUMIN_TILL_FIND_WAITING,
  JUMIN_TILL_FIND_EXPIRED,
  JUMIN_TILL_SET_STATE,
  JUMIN_TILL_SET_REASON,
  JUMIN_TILL_SET_PAID,
  JUMIN_TILL_SET_LATE,
  JUMIN_TILL_SET_TOLD,
  JUMIN_TILL_LIST_ORDERS,
  JUMIN_TILL_POST,
  JUMIN_TILL_BOOK,
  JUMIN_TILL_FIND_ACCOUNT,
  JUMIN_TILL_COUNT_CHARGES,
  JUMIN_TILL_SUM_PAYMENT,
  JUMIN_TILL_COUNT_PAYERS,
  JUMIN_TILL_SUM_POSTINGS,
  JUMIN_N_TILL_ASKS
} JuminTillAsk;

struct _JuminTillLedger
{
  JuminStore *store;
  JuminTillRules rules;
  char *payee;
  GRand *random;
  GHashTable *rejecting; /* billers and claims */
  gboolean broken;       /* a write of this transaction failed */
  sqlite3_stmt *asks[JUMIN_N_TILL_ASKS];
};

/* A statement that gives rows; it goes back at the end of the block. */
typedef sqlite3_stmt JuminTillRows;

/**
 * JuminTillRow:
 * @source: account that pays
 * @quote: empty: a tombstone
 * @number: of what was paid
 * @token: of its addresses
 * @late: it pays when the close comes
 * @told: its machine was told that it is paid, and may have said so to people
 */
typedef struct
{
  char *payment, *terminal, *digest, *quote, *source, *channel, *reason, *number, *token;
  JuminPayWay way;
  JuminChargeState state;
  gint64 fen, paid_at, expires_at;
  gboolean late, told;
} JuminTillRow;

/* A bill of a quote. */
typedef struct
{
  char *claim, *bill, *biller;
  gint64 fen;
  JuminCredit credit;
} JuminTillItem;

gboolean jumin_till_tables_open (JuminTillLedger *self);
void jumin_till_tables_clear (JuminTillLedger *self);
void jumin_till_tables_close (JuminTillLedger *self);
/* @format: as of jumin_store_prepare() */
JuminTillRows *jumin_till_tables_ask (JuminTillLedger *self, JuminTillAsk ask, const char *format,
                                      ...);
/* A write; when one fails, the transaction does. */
void jumin_till_tell (JuminTillLedger *self, JuminTillAsk ask, const char *format, ...);

void jumin_till_tables_begin (JuminTillLedger *self);
gboolean jumin_till_commit (JuminTillLedger *self, GError **error);

JuminTillRow *jumin_till_next_order (JuminTillRows *rows);
void jumin_till_row_free (JuminTillRow *row);
/* (element-type JuminTillItem) */
GPtrArray *jumin_till_list_items (JuminTillLedger *self, const char *quote);

/**
 * JuminTillMove:
 * @payment, @bill, @kind: together once and never again; @bill: empty: of all its bills
 */
typedef struct
{
  const char *payment, *bill, *kind, *from, *to;
  gint64 fen;
} JuminTillMove;

void jumin_till_move (JuminTillLedger *self, const JuminTillMove *move, gint64 now);

/* What becomes of an order (till-money.c). */
/* Begins a transaction in which what nobody paid in time is closed. */
void jumin_till_tables_start (JuminTillLedger *self, gint64 now);
/* Ends it. (nullable): what has become of @payment */
JuminCharge *jumin_till_finish (JuminTillLedger *self, const char *payment, gint64 now,
                                GError **error);
JuminTillRow *jumin_till_find_order (JuminTillLedger *self, const char *payment);
void jumin_till_end_order (JuminTillLedger *self, const char *payment, JuminChargeState state);
/* It was refused, and @reason says why. */
void jumin_till_decline (JuminTillLedger *self, const char *payment, const char *reason);
void jumin_till_take_money (JuminTillLedger *self, const char *payment, const char *source,
                            const char *channel, gint64 now);
void jumin_till_give_back (JuminTillLedger *self, const JuminTillRow *row, gint64 now);
void jumin_till_settle (JuminTillLedger *self, const char *payment, gint64 now);

void jumin_till_rows_reset (JuminTillRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTillRows, jumin_till_rows_reset)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminTillRow, jumin_till_row_free)

G_END_DECLS

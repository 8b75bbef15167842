/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bills and accounts of the ledger, and what tests look at. */
#include "sandbox/till-private.h"

#define ELSEWHERE "elsewhere" /* another counter, or a phone */

gboolean
jumin_till_ledger_put_bill (JuminTillLedger *self, const char *claim, const char *biller,
                            gint64 fen)
{
  g_autofree char *id = g_strdup_printf ("%s-%" G_GINT64_FORMAT, claim, fen);
  g_autoptr (JuminTillRows) rows
      = jumin_till_tables_ask (self, JUMIN_TILL_PUT_BILL, "sssl", claim, id, biller, fen);

  if (sqlite3_step (rows) == SQLITE_ROW)
    return TRUE;
  jumin_till_tell (self, JUMIN_TILL_CHANGE_BILL, "ssl", claim, id, fen);
  return FALSE;
}

void
jumin_till_ledger_mark_bill (JuminTillLedger *self, const char *claim, JuminBillState state,
                             gint64 at)
{
  if (state == JUMIN_BILL_PAID)
    jumin_till_tell (self, JUMIN_TILL_MARK_BILL, "ssl", claim, ELSEWHERE, at);
  else if (state == JUMIN_BILL_HELD)
    jumin_till_tell (self, JUMIN_TILL_LOCK_BILL, "ss", claim, ELSEWHERE);
}

JuminTillBill *
jumin_till_ledger_find_bill (JuminTillLedger *self, const char *claim, gint64 now)
{
  g_autoptr (JuminTillRows) rows = NULL;
  JuminTillBill *bill;

  jumin_till_tables_start (self, now);
  jumin_till_commit (self, NULL);
  rows = jumin_till_tables_ask (self, JUMIN_TILL_FIND_BILL, "s", claim);
  if (sqlite3_step (rows) != SQLITE_ROW)
    return NULL;
  bill = g_new0 (JuminTillBill, 1);
  bill->claim = g_strdup (claim);
  bill->id = jumin_store_dup_column (rows, 0);
  bill->biller = jumin_store_dup_column (rows, 1);
  bill->fen = sqlite3_column_int64 (rows, 2);
  bill->paid_at = sqlite3_column_int64 (rows, 4);
  if (sqlite3_column_int (rows, 3))
    bill->state = JUMIN_BILL_PAID;
  else if (sqlite3_column_int (rows, 5))
    bill->state = JUMIN_BILL_HELD;
  return bill;
}

void
jumin_till_bill_free (JuminTillBill *bill)
{
  g_free (bill->claim);
  g_free (bill->id);
  g_free (bill->biller);
  g_free (bill);
}

void
jumin_till_ledger_open_account (JuminTillLedger *self, const char *name, gint64 fen)
{
  g_autofree char *payment = g_strconcat ("account:", name, NULL);
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, JUMIN_TILL_FIND_ACCOUNT, "s", name);

  if (sqlite3_step (rows) == SQLITE_ROW)
    return;
  jumin_till_tables_begin (self);
  jumin_till_move (self,
                   &(JuminTillMove){ .payment = payment,
                                     .bill = "",
                                     .kind = "opening",
                                     .from = "bank",
                                     .to = name,
                                     .fen = fen },
                   0);
  jumin_till_commit (self, NULL);
}

void
jumin_till_ledger_set_rejects (JuminTillLedger *self, const char *name, gboolean rejects)
{
  if (rejects)
    g_hash_table_add (self->rejecting, g_strdup (name));
  else
    g_hash_table_remove (self->rejecting, name);
}

static gint64
get_number (JuminTillLedger *self, JuminTillAsk ask, const char *name)
{
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, ask, name != NULL ? "s" : "", name);

  return sqlite3_step (rows) == SQLITE_ROW ? sqlite3_column_int64 (rows, 0) : 0;
}

int
jumin_till_ledger_count_charges (JuminTillLedger *self, const char *payment)
{
  return (int)get_number (self, JUMIN_TILL_COUNT_CHARGES, payment);
}

gint64
jumin_till_ledger_get_net (JuminTillLedger *self, const char *payment)
{
  return get_number (self, JUMIN_TILL_SUM_PAYMENT, payment);
}

int
jumin_till_ledger_count_payers (JuminTillLedger *self, const char *claim)
{
  return (int)get_number (self, JUMIN_TILL_COUNT_PAYERS, claim);
}

gint64
jumin_till_ledger_sum_postings (JuminTillLedger *self)
{
  return get_number (self, JUMIN_TILL_SUM_POSTINGS, NULL);
}

gint64
jumin_till_ledger_get_account (JuminTillLedger *self, const char *name)
{
  return get_number (self, JUMIN_TILL_FIND_ACCOUNT, name);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of the ledger. What becomes of an order stands in till-money.c. */
#include "sandbox/till-ledger.h"

#include <string.h>

#include "model/money.h"
#include "platform/payment-source.h"
#include "sandbox/fund-book.h"
#include "sandbox/till-private.h"

enum
{
  RANDOM_WORDS = 4,
  NUMBERS = 10000,
  CODE_FIRST_DIGITS = 2,
  DECIMAL = 10,
  MINUTE_S = 60,
  HOUR_S = 60 * MINUTE_S,
  DAY_S = 24 * HOUR_S
};

/* How a payment code begins and how long it is: as commonly known, not verified. */
static const struct
{
  int first, last;
  gsize digits_min, digits_max;
  const char *channel, *source;
} codes[] = {
  { 10, 15, 18, 18, "wechat", "payer:wechat" },
  { 25, 30, 16, 24, "alipay", "payer:alipay" },
  { 62, 62, 19, 19, "unionpay", "payer:unionpay" },
  { 1, 1, 19, 19, "ecny", "payer:ecny" },
};

G_DEFINE_QUARK (jumin - till - error - quark, jumin_till_error)

/* Returns: %FALSE; the transaction was undone */
static gboolean
refuse (JuminTillLedger *self, JuminTillError code, const char *message, GError **error)
{
  jumin_till_tell (self, JUMIN_TILL_ROLLBACK, "");
  g_set_error_literal (error, JUMIN_TILL_ERROR, code, message);
  return FALSE;
}

/* Returns: (transfer full): 16 random bytes, as a UUID of version 4 is written */
static char *
make_uuid (JuminTillLedger *self)
{
  guint32 words[RANDOM_WORDS];

  for (int i = 0; i < RANDOM_WORDS; i++)
    words[i] = g_rand_int (self->random);
  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", words[0], words[1] >> 16,
                          words[1] & 0xfff, 0x8000 | (words[2] >> 18), words[2] & 0xffff, words[3]);
}

/* JM, day, hour, minute, a number, digits of the terminal */
static char *
make_number (JuminTillLedger *self, const char *terminal, gint64 now)
{
  gint64 second = (now + self->rules.utc_offset_min * MINUTE_S) % DAY_S;

  return g_strdup_printf ("JM%08d%02d%02d%04d%.4s",
                          jumin_book_get_day (now, self->rules.utc_offset_min),
                          (int)(second / HOUR_S), (int)(second % HOUR_S / MINUTE_S),
                          g_rand_int_range (self->random, 0, NUMBERS),
                          strlen (terminal) > strlen ("T-") ? terminal + strlen ("T-") : "0000");
}

static gboolean
add_item (JuminTillLedger *self, JuminQuote *quote, const char *bill)
{
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, JUMIN_TILL_FIND_DUE, "s", bill);
  g_autofree char *claim = NULL;
  JuminPayItem *item;

  if (sqlite3_step (rows) != SQLITE_ROW)
    return FALSE;
  claim = jumin_store_dup_column (rows, 0);
  item = jumin_pay_item_new ();
  item->bill = g_strdup (bill);
  item->biller = jumin_store_dup_column (rows, 1);
  item->fen = sqlite3_column_int64 (rows, 2);
  jumin_till_tell (self, JUMIN_TILL_PUT_ITEM, "ssissl", quote->id, claim, (int)quote->items->len,
                   bill, item->biller, item->fen);
  g_ptr_array_add (quote->items, item);
  return jumin_fen_add (&quote->fen, item->fen);
}

JuminQuote *
jumin_till_ledger_quote (JuminTillLedger *self, const char *terminal, const char *const *bills,
                         gint64 now, GError **error)
{
  g_autoptr (JuminQuote) quote = jumin_quote_new ();

  quote->id = make_uuid (self);
  quote->number = make_number (self, terminal, now);
  quote->terminal = g_strdup (terminal);
  quote->payee = g_strdup (self->payee);
  quote->issued_at = now;
  quote->expires_at = now + self->rules.quote_s;
  jumin_till_tables_start (self, now);
  for (int i = 0; bills[i] != NULL; i++)
    if (!add_item (self, quote, bills[i]))
      {
        refuse (self, JUMIN_TILL_ERROR_BILL_TAKEN, "A bill is not to be paid now", error);
        return NULL;
      }
  jumin_till_tell (self, JUMIN_TILL_PUT_QUOTE, "ssll", quote->id, terminal, quote->fen,
                   quote->expires_at);
  return jumin_till_commit (self, error) ? g_steal_pointer (&quote) : NULL;
}

static gboolean
has_taken_bills (JuminTillLedger *self, const char *quote)
{
  g_autoptr (JuminTillRows) rows = jumin_till_tables_ask (self, JUMIN_TILL_COUNT_TAKEN, "s", quote);

  return sqlite3_step (rows) != SQLITE_ROW || sqlite3_column_int (rows, 0) > 0;
}

/* @issued: (out): when it was made; @until: (out): when an order of it ends at the latest */
static gboolean
check_quote (JuminTillLedger *self, const JuminTillOrder *order, gint64 now, gint64 *issued,
             gint64 *until, GError **error)
{
  g_autoptr (JuminTillRows) rows
      = jumin_till_tables_ask (self, JUMIN_TILL_FIND_QUOTE, "s", order->quote);

  if (sqlite3_step (rows) != SQLITE_ROW
      || strcmp ((const char *)sqlite3_column_text (rows, 0), order->terminal) != 0
      || sqlite3_column_int64 (rows, 1) != order->fen || sqlite3_column_bytes (rows, 3) > 0)
    return refuse (self, JUMIN_TILL_ERROR_QUOTE_UNKNOWN, "There is no such quote to pay", error);
  *issued = sqlite3_column_int64 (rows, 2) - self->rules.quote_s;
  *until = MIN (sqlite3_column_int64 (rows, 2), now + self->rules.order_s);
  if (now >= sqlite3_column_int64 (rows, 2))
    return refuse (self, JUMIN_TILL_ERROR_QUOTE_EXPIRED, "The quote has ended", error);
  if (has_taken_bills (self, order->quote))
    return refuse (self, JUMIN_TILL_ERROR_BILL_TAKEN, "A bill is not to be paid now", error);
  return TRUE;
}

/* Who pays: of what the phone shows, or of an account. @source: (out): empty: not known yet.
 * Returns: empty, or why nobody does. */
static const char *
find_payer (JuminTillLedger *self, const JuminTillOrder *order, const char **source,
            const char **channel)
{
  g_autoptr (JuminTillRows) rows = NULL;
  gsize length = order->code != NULL ? strlen (order->code) : 0;

  if (order->way == JUMIN_PAY_SCAN)
    return "";
  if (order->way == JUMIN_PAY_ACCOUNT)
    {
      *source = order->payer != NULL ? order->payer : "";
      *channel = "card";
      if (order->payer == NULL)
        return "agreement";
      return jumin_till_ledger_get_account (self, order->payer) < order->fen ? "funds" : "";
    }
  for (gsize i = 0; i < G_N_ELEMENTS (codes) && length >= CODE_FIRST_DIGITS; i++)
    {
      int begins
          = g_ascii_digit_value (order->code[0]) * DECIMAL + g_ascii_digit_value (order->code[1]);

      if (begins < codes[i].first || begins > codes[i].last || length < codes[i].digits_min
          || length > codes[i].digits_max)
        continue;
      *source = codes[i].source;
      *channel = codes[i].channel;
    }
  rows = jumin_till_tables_ask (self, JUMIN_TILL_FIND_CODE, "s", order->code);
  return **source == '\0' || sqlite3_step (rows) == SQLITE_ROW ? "code" : "";
}

static void
put_locks (JuminTillLedger *self, const JuminTillOrder *order)
{
  g_autoptr (GPtrArray) items = jumin_till_list_items (self, order->quote);

  for (guint i = 0; i < items->len; i++)
    jumin_till_tell (self, JUMIN_TILL_LOCK_BILL, "ss", ((JuminTillItem *)items->pdata[i])->claim,
                     order->payment);
}

/* It is of the day of its quote, as the terminal has it: an order may come after midnight. */
static void
put_order (JuminTillLedger *self, const JuminTillOrder *order, gint64 now, gint64 issued,
           gint64 until)
{
  g_autofree char *token = make_uuid (self);
  const char *source = "", *channel = "", *payer = find_payer (self, order, &source, &channel);
  const char *reason = order->declined != NULL ? order->declined : payer;
  JuminChargeState state = *reason != '\0' ? JUMIN_CHARGE_DECLINED : JUMIN_CHARGE_PENDING;

  jumin_till_tell (self, JUMIN_TILL_PUT_ORDER, "ssssiilsssssil", order->payment, order->terminal,
                   order->digest, order->quote, (int)order->way, (int)state, order->fen, source,
                   channel, reason, token, order->code != NULL ? order->code : "",
                   jumin_book_get_day (issued, self->rules.utc_offset_min), until);
  jumin_till_tell (self, JUMIN_TILL_USE_QUOTE, "ss", order->quote, order->payment);
  if (state == JUMIN_CHARGE_DECLINED)
    return;
  put_locks (self, order);
  if (order->way == JUMIN_PAY_ACCOUNT
      || (order->way == JUMIN_PAY_SHOW && order->fen <= self->rules.small_fen))
    jumin_till_take_money (self, order->payment, source, channel, now);
}

JuminCharge *
jumin_till_ledger_pay (JuminTillLedger *self, const JuminTillOrder *order, gint64 now,
                       gboolean *is_new, GError **error)
{
  g_autoptr (JuminTillRow) row = NULL;
  gint64 issued = 0, until = 0;

  jumin_till_tables_start (self, now);
  row = jumin_till_find_order (self, order->payment);
  if (is_new != NULL)
    *is_new = row == NULL;
  if (row != NULL && *row->quote != '\0' && strcmp (row->digest, order->digest) != 0)
    {
      refuse (self, JUMIN_TILL_ERROR_KEY_REUSED, "The key came with another body before", error);
      return NULL;
    }
  if (row == NULL && !check_quote (self, order, now, &issued, &until, error))
    return NULL;
  if (row == NULL)
    put_order (self, order, now, issued, until);
  return jumin_till_finish (self, order->payment, now, error);
}

JuminCharge *
jumin_till_ledger_state (JuminTillLedger *self, const char *payment, gint64 now, GError **error)
{
  jumin_till_tables_start (self, now);
  jumin_till_settle (self, payment, now);
  return jumin_till_finish (self, payment, now, error);
}

static void
put_tombstone (JuminTillLedger *self, const char *terminal, const char *payment, gint64 now)
{
  jumin_till_tell (self, JUMIN_TILL_PUT_ORDER, "ssssiilsssssil", payment, terminal, "", "", 0,
                   (int)JUMIN_CHARGE_CLOSED, G_GINT64_CONSTANT (0), "", "", "", "", "",
                   jumin_book_get_day (now, self->rules.utc_offset_min), G_GINT64_CONSTANT (0));
}

/* @channel: (nullable): of an order whose code was scanned */
static void
pay_by_phone (JuminTillLedger *self, const JuminTillRow *row, const char *channel, gint64 now)
{
  const char *used = channel != NULL && row->way == JUMIN_PAY_SCAN ? channel : row->channel;
  const char *named = *used != '\0' ? used : codes[0].channel;
  g_autofree char *source = g_strconcat ("payer:", named, NULL);

  jumin_till_take_money (self, row->payment, source, named, now);
}

JuminCharge *
jumin_till_ledger_close (JuminTillLedger *self, const char *terminal, const char *payment,
                         gint64 now, GError **error)
{
  g_autoptr (JuminTillRow) row = NULL;

  jumin_till_tables_start (self, now);
  row = jumin_till_find_order (self, payment);
  if (row == NULL)
    put_tombstone (self, terminal, payment, now);
  else if (row->state == JUMIN_CHARGE_PENDING && row->late)
    pay_by_phone (self, row, NULL, now);
  else if (row->state == JUMIN_CHARGE_PENDING)
    jumin_till_end_order (self, payment, JUMIN_CHARGE_CLOSED);
  else if (row->state == JUMIN_CHARGE_PAID && self->rules.reverses && !row->told)
    jumin_till_give_back (self, row, now);
  return jumin_till_finish (self, payment, now, error);
}

GPtrArray *
jumin_till_ledger_list (JuminTillLedger *self, const char *terminal, int day, gint64 now)
{
  GPtrArray *charges = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_charge_free);
  g_autoptr (JuminTillRows) rows = NULL;

  jumin_till_tables_start (self, now);
  jumin_till_commit (self, NULL);
  rows = jumin_till_tables_ask (self, JUMIN_TILL_LIST_ORDERS, "si", terminal, day);
  while (charges->len < JUMIN_CHARGES_MAX)
    {
      g_autoptr (JuminTillRow) row = jumin_till_next_order (rows);
      JuminCharge *charge;

      if (row == NULL)
        break;
      charge = jumin_charge_new ();
      charge->payment = g_strdup (row->payment);
      charge->state = row->state;
      charge->fen = row->fen;
      charge->paid_at = row->paid_at;
      charge->at = now;
      g_ptr_array_add (charges, charge);
    }
  return charges;
}

/* Returns: (transfer full) (nullable): what a phone can pay now */
static JuminTillRow *
find_waiting (JuminTillLedger *self, const char *payment)
{
  g_autoptr (JuminTillRows) rows
      = jumin_till_tables_ask (self, JUMIN_TILL_FIND_WAITING, "s", payment != NULL ? payment : "");

  return jumin_till_next_order (rows);
}

gboolean
jumin_till_ledger_phone_pay (JuminTillLedger *self, const char *payment, const char *channel,
                             gint64 now)
{
  g_autoptr (JuminTillRow) row = NULL;

  jumin_till_tables_start (self, now);
  row = find_waiting (self, payment);
  if (row != NULL)
    pay_by_phone (self, row, channel, now);
  return jumin_till_commit (self, NULL) && row != NULL;
}

gboolean
jumin_till_ledger_phone_decline (JuminTillLedger *self, const char *payment, gint64 now)
{
  g_autoptr (JuminTillRow) row = NULL;

  jumin_till_tables_start (self, now);
  row = find_waiting (self, payment);
  if (row != NULL)
    jumin_till_decline (self, row->payment, "other");
  return jumin_till_commit (self, NULL) && row != NULL;
}

gboolean
jumin_till_ledger_phone_pay_late (JuminTillLedger *self, const char *payment, gint64 now)
{
  g_autoptr (JuminTillRow) row = NULL;

  jumin_till_tables_start (self, now);
  row = find_waiting (self, payment);
  if (row != NULL)
    jumin_till_tell (self, JUMIN_TILL_SET_LATE, "s", row->payment);
  return jumin_till_commit (self, NULL) && row != NULL;
}

char *
jumin_till_ledger_dup_newest (JuminTillLedger *self, const char *but)
{
  g_autoptr (JuminTillRows) rows
      = jumin_till_tables_ask (self, JUMIN_TILL_FIND_NEWEST, "s", but != NULL ? but : "");

  return sqlite3_step (rows) == SQLITE_ROW ? jumin_store_dup_column (rows, 0) : NULL;
}

/* @store: must outlive the ledger. Returns: (nullable): %NULL: it does not take its tables */
JuminTillLedger *
jumin_till_ledger_new (JuminStore *store, const JuminTillRules *rules, guint32 seed)
{
  g_autoptr (JuminTillLedger) self = g_new0 (JuminTillLedger, 1);

  self->store = store;
  self->rules = *rules;
  self->payee = g_strdup (rules->payee);
  self->random = g_rand_new_with_seed (seed);
  self->rejecting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return jumin_till_tables_open (self) ? g_steal_pointer (&self) : NULL;
}

void
jumin_till_ledger_reset (JuminTillLedger *self, guint32 seed)
{
  jumin_till_tables_clear (self);
  g_hash_table_remove_all (self->rejecting);
  g_rand_set_seed (self->random, seed);
}

void
jumin_till_ledger_free (JuminTillLedger *self)
{
  jumin_till_tables_close (self);
  g_hash_table_unref (self->rejecting);
  g_rand_free (self->random);
  g_free (self->payee);
  g_free (self);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/journal-row.h"

#include "platform/sm2.h"

#include <string.h>

static const char *
known (const char *text)
{
  return text != NULL ? text : "";
}

/* With its length before it, so that no text can pass for two. */
static void
seal_text (GString *all, const char *text)
{
  g_string_append_printf (all, "%zu:%s\n", strlen (known (text)), known (text));
}

static void
seal_number (GString *all, gint64 number)
{
  g_string_append_printf (all, "%" G_GINT64_FORMAT "\n", number);
}

static void
seal_item (GString *all, const JuminPayItem *item)
{
  const char *const texts[] = { item->bill,     item->biller,  item->account, item->title.zh,
                                item->title.en, item->unit.zh, item->unit.en };
  const gint64 numbers[] = { item->month, item->usage, item->fen, item->credit };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    seal_text (all, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    seal_number (all, numbers[i]);
}

static gboolean
make_seal (const JuminPayment *payment, char seal[JUMIN_SM3_LENGTH + 1], GError **error)
{
  const char *const texts[] = { payment->id,     payment->quote,         payment->number,
                                payment->payee,  payment->payee_name.zh, payment->payee_name.en,
                                payment->why,    payment->channel,       payment->transaction,
                                payment->receipt };
  const gint64 numbers[]
      = { payment->fen,     payment->way,  payment->state,    payment->created_at,
          payment->paid_at, payment->slip, payment->reprints, payment->items->len };
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    seal_text (all, texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    seal_number (all, numbers[i]);
  for (guint i = 0; i < payment->items->len; i++)
    seal_item (all, payment->items->pdata[i]);
  return jumin_sm3_digest (all->str, all->len, seal, error);
}

static gboolean
write_payment (JuminSqliteFile *file, const char *sql, const JuminPayment *payment, GError **error)
{
  char seal[JUMIN_SM3_LENGTH + 1];

  return make_seal (payment, seal, error)
         && jumin_sqlite_file_change (
             file, error, sql, "ssssssissssiiiiiisi", known (payment->id), known (payment->quote),
             known (payment->number), known (payment->payee), known (payment->payee_name.zh),
             known (payment->payee_name.en), payment->fen, known (payment->why),
             known (payment->channel), known (payment->transaction), known (payment->receipt),
             (gint64)payment->way, (gint64)payment->state, payment->created_at, payment->paid_at,
             (gint64)payment->slip, (gint64)payment->reprints, seal, (gint64)payment->items->len);
}

static gboolean
write_items (JuminSqliteFile *file, const char *sql, const JuminPayment *payment, GError **error)
{
  for (guint i = 0; i < payment->items->len; i++)
    {
      const JuminPayItem *item = payment->items->pdata[i];

      if (!jumin_sqlite_file_change (
              file, error, sql, "sisssssssiiii", payment->id, (gint64)i, known (item->bill),
              known (item->biller), known (item->account), known (item->title.zh),
              known (item->title.en), known (item->unit.zh), known (item->unit.en),
              (gint64)item->month, item->usage, item->fen, (gint64)item->credit))
        return FALSE;
    }
  return TRUE;
}

gboolean
jumin_journal_row_insert (JuminSqliteFile *file, const JuminPayment *payment, GError **error)
{
  return write_payment (file,
                        "INSERT INTO payments (" JUMIN_JOURNAL_COLUMNS ", items) VALUES (?1, ?2,"
                        " ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
                        " ?19)",
                        payment, error)
         && write_items (file,
                         "INSERT INTO items (payment, position, bill, biller, account, title_zh,"
                         " title_en, unit_zh, unit_en, month, usage, fen, credit) VALUES (?1, ?2,"
                         " ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                         payment, error);
}

/* All columns are set, so that the triggers see what must not change. Credits come first: after the
 * payment is final nobody says them any more. */
gboolean
jumin_journal_row_update (JuminSqliteFile *file, const JuminPayment *payment, GError **error)
{
  return write_items (file,
                      "UPDATE items SET bill = ?3, biller = ?4, account = ?5, title_zh = ?6,"
                      " title_en = ?7, unit_zh = ?8, unit_en = ?9, month = ?10, usage = ?11,"
                      " fen = ?12, credit = ?13 WHERE payment = ?1 AND position = ?2",
                      payment, error)
         && write_payment (file,
                           "UPDATE payments SET quote = ?2, number = ?3, payee = ?4, payee_zh = ?5,"
                           " payee_en = ?6, fen = ?7, why = ?8, channel = ?9,"
                           " transaction_number = ?10, receipt = ?11, way = ?12, state = ?13,"
                           " created_at = ?14, paid_at = ?15, slip = ?16, reprints = ?17,"
                           " seal = ?18, items = ?19 WHERE id = ?1",
                           payment, error);
}

static JuminPayment *
read_payment (sqlite3_stmt *row)
{
  JuminPayment *self = g_new0 (JuminPayment, 1);

  self->id = jumin_sqlite_file_dup_column (row, 0);
  self->quote = jumin_sqlite_file_dup_column (row, 1);
  self->number = jumin_sqlite_file_dup_column (row, 2);
  self->payee = jumin_sqlite_file_dup_column (row, 3);
  self->payee_name.zh = jumin_sqlite_file_dup_column (row, 4);
  self->payee_name.en = jumin_sqlite_file_dup_column (row, 5);
  self->fen = sqlite3_column_int64 (row, 6);
  self->why = jumin_sqlite_file_dup_column (row, 7);
  self->channel = jumin_sqlite_file_dup_column (row, 8);
  self->transaction = jumin_sqlite_file_dup_column (row, 9);
  self->receipt = jumin_sqlite_file_dup_column (row, 10);
  self->way = (JuminPayWay)sqlite3_column_int (row, 11);
  self->state = (JuminPaymentState)sqlite3_column_int (row, 12);
  self->durable = self->state;
  self->created_at = sqlite3_column_int64 (row, 13);
  self->paid_at = sqlite3_column_int64 (row, 14);
  self->slip = (JuminReceiptState)sqlite3_column_int (row, 15);
  self->reprints = sqlite3_column_int (row, 16);
  self->code = g_strdup ("");
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_pay_item_free);
  return self;
}

static JuminPayItem *
read_item (sqlite3_stmt *row)
{
  JuminPayItem *self = jumin_pay_item_new ();

  self->bill = jumin_sqlite_file_dup_column (row, 0);
  self->biller = jumin_sqlite_file_dup_column (row, 1);
  self->account = jumin_sqlite_file_dup_column (row, 2);
  self->title.zh = jumin_sqlite_file_dup_column (row, 3);
  self->title.en = jumin_sqlite_file_dup_column (row, 4);
  self->unit.zh = jumin_sqlite_file_dup_column (row, 5);
  self->unit.en = jumin_sqlite_file_dup_column (row, 6);
  self->month = sqlite3_column_int (row, 7);
  self->usage = sqlite3_column_int64 (row, 8);
  self->fen = sqlite3_column_int64 (row, 9);
  self->credit = (JuminCredit)sqlite3_column_int (row, 10);
  return self;
}

static gboolean
read_items (JuminSqliteFile *file, JuminPayment *payment, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = jumin_sqlite_file_ask (
      file, error,
      "SELECT bill, biller, account, title_zh, title_en, unit_zh, unit_en, month, usage, fen,"
      " credit FROM items WHERE payment = ?1 ORDER BY position",
      "s", payment->id);
  gboolean more = statement != NULL;

  while (more)
    {
      if (!jumin_sqlite_file_step (file, statement, &more, error))
        return FALSE;
      if (more)
        g_ptr_array_add (payment->items, read_item (statement));
    }
  return statement != NULL;
}

/* The seal is looked at first: what does not fit has numbers that are no states. */
static gboolean
check_seal (JuminSqliteFile *file, const JuminPayment *payment, const char *expected,
            GError **error)
{
  char seal[JUMIN_SM3_LENGTH + 1];

  if (!make_seal (payment, seal, error))
    return FALSE;
  return strcmp (seal, expected) == 0
         || jumin_sqlite_file_fail (file, error, " is damaged: a payment is not what was written");
}

GPtrArray *
jumin_journal_row_read_all (JuminSqliteFile *file, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) payments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (JuminPayment) payment = NULL;
      g_autofree char *seal = NULL;

      if (!jumin_sqlite_file_step (file, statement, &more, error))
        return NULL;
      if (!more)
        break;
      payment = read_payment (statement);
      seal = jumin_sqlite_file_dup_column (statement, 17);
      if (!read_items (file, payment, error) || !check_seal (file, payment, seal, error))
        return NULL;
      g_ptr_array_add (payments, g_steal_pointer (&payment));
    }
  return g_steal_pointer (&payments);
}

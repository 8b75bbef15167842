/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The payment journal: what it takes, and what it never takes back. */
#include "journal-sample.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

enum
{
  MOST = 100
};

typedef struct
{
  char *folder, *path;
  JuminJournalFile *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("jumin-journal-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "payments.db", NULL);
  g_assert_true (jumin_journal_file_create (self->path, NULL, NULL));
  self->file = jumin_journal_file_open (self->path, NULL, NULL);
  g_assert_nonnull (self->file);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->file, jumin_journal_file_free);
  scratch_folder_remove (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
reopen (Fixture *self)
{
  g_clear_pointer (&self->file, jumin_journal_file_free);
  self->file = jumin_journal_file_open (self->path, NULL, NULL);
  g_assert_nonnull (self->file);
}

/* Errors of the journal are all of one kind. */
static void
assert_refused (gboolean put, GError **error, const char *words)
{
  g_assert_false (put);
  g_assert_error (*error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
  if (strstr ((*error)->message, words) == NULL)
    g_error ("'%s' is not said: %s", words, (*error)->message);
  g_clear_error (error);
}

static void
test_all_of_it (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPayment) payment = sample_payment ("one", JUMIN_PAYMENT_INTENT);
  g_autoptr (GPtrArray) loaded = NULL;
  g_autofree char *written = NULL, *read = NULL;

  g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
  payment->state = JUMIN_PAYMENT_PAID;
  payment->channel = (g_free (payment->channel), g_strdup ("wechat"));
  payment->transaction = (g_free (payment->transaction), g_strdup ("420000"));
  payment->receipt = (g_free (payment->receipt), g_strdup ("https://city.example/r/1"));
  payment->paid_at = SAMPLE_TIME + 60;
  payment->slip = JUMIN_RECEIPT_PRINTING;
  ((JuminPayItem *)payment->items->pdata[1])->credit = JUMIN_CREDIT_DONE;
  g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
  reopen (self);
  loaded = jumin_journal_file_load (self->file, NULL);
  g_assert_cmpuint (loaded->len, ==, 1);
  read = sample_dump (loaded);
  g_ptr_array_set_size (loaded, 0);
  g_ptr_array_add (loaded, jumin_payment_copy (payment));
  written = sample_dump (loaded);
  g_assert_cmpstr (read, ==, written);
}

/* What only this process knows is not on the disk; what is on the disk is durable. */
static void
test_not_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPayment) payment = sample_payment ("one", JUMIN_PAYMENT_PENDING);
  g_autoptr (GPtrArray) loaded = NULL;
  const JuminPayment *found;

  payment->code = (g_free (payment->code), g_strdup ("https://pay.example/1"));
  payment->until = payment->next_at = 12345;
  payment->asked = 3;
  g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
  loaded = jumin_journal_file_load (self->file, NULL);
  found = loaded->pdata[0];
  g_assert_cmpstr (found->code, ==, "");
  g_assert_true (found->until == 0 && found->next_at == 0 && found->asked == 0);
  g_assert_cmpint (found->durable, ==, JUMIN_PAYMENT_PENDING);
}

/* Of the states in their order: whether the second may follow the first. */
static void
test_states (Fixture *self, gconstpointer data)
{
  static const char *const allowed[JUMIN_N_PAYMENT_STATES] = {
    "11111111111", "01111111111", "00111111111", "00011111111", "00001111111", "00000111001",
    "00000010000", "00000001000", "00000000100", "00000000010", "00000000001",
  };

  for (int from = 0; from < JUMIN_N_PAYMENT_STATES; from++)
    for (int to = 0; to < JUMIN_N_PAYMENT_STATES; to++)
      {
        g_autofree char *id = g_strdup_printf ("from %d to %d", from, to);
        g_autoptr (GError) error = NULL;

        g_assert_true (sample_put (self->file, id, (JuminPaymentState)from, NULL));
        if (allowed[from][to] == '1')
          g_assert_true (sample_put (self->file, id, (JuminPaymentState)to, NULL));
        else
          assert_refused (sample_put (self->file, id, (JuminPaymentState)to, &error), &error,
                          from > JUMIN_PAYMENT_PAID ? "" : "a state never goes back");
      }
}

/* In their order: none, printing, printed, failed, unknown. */
static void
test_slips (Fixture *self, gconstpointer data)
{
  static const char *const allowed[JUMIN_N_RECEIPTS]
      = { "11010", "01111", "01110", "01010", "01011" };
  static const JuminPaymentState states[] = { JUMIN_PAYMENT_UNKNOWN, JUMIN_PAYMENT_FULFILLED };

  for (guint i = 0; i < G_N_ELEMENTS (states) * JUMIN_N_RECEIPTS * JUMIN_N_RECEIPTS; i++)
    {
      JuminPaymentState state = states[i / (JUMIN_N_RECEIPTS * JUMIN_N_RECEIPTS)];
      guint from = i / JUMIN_N_RECEIPTS % JUMIN_N_RECEIPTS, to = i % JUMIN_N_RECEIPTS;
      g_autofree char *id = g_strdup_printf ("%d: from %u to %u", state, from, to);
      g_autoptr (JuminPayment) payment = sample_payment (id, state);
      g_autoptr (GError) error = NULL;

      payment->slip = (JuminReceiptState)from;
      payment->reprints = 1;
      g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
      payment->slip = (JuminReceiptState)to;
      if (allowed[from][to] == '1')
        g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
      else
        assert_refused (jumin_journal_file_put (self->file, payment, &error), &error, "a slip");
      payment->slip = JUMIN_RECEIPT_PRINTING;
      payment->reprints = 2;
      g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
      payment->reprints = 1;
      assert_refused (jumin_journal_file_put (self->file, payment, &error), &error, "a slip");
    }
}

/* In their order: waiting, done, refunded. */
static void
test_credits (Fixture *self, gconstpointer data)
{
  static const char *const allowed[JUMIN_N_CREDITS] = { "111", "011", "001" };

  for (int from = 0; from < JUMIN_N_CREDITS; from++)
    for (int to = 0; to < JUMIN_N_CREDITS; to++)
      {
        g_autofree char *id = g_strdup_printf ("from %d to %d", from, to);
        g_autoptr (JuminPayment) payment = sample_payment (id, JUMIN_PAYMENT_PAID);
        JuminPayItem *item = payment->items->pdata[1];
        g_autoptr (GError) error = NULL;

        item->credit = (JuminCredit)from;
        g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
        item->credit = (JuminCredit)to;
        payment->state = JUMIN_PAYMENT_FULFILLED;
        if (allowed[from][to] == '0')
          assert_refused (jumin_journal_file_put (self->file, payment, &error), &error, "a bill");
        else
          g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
        if (allowed[from][to] == '0' || to == JUMIN_CREDIT_REFUNDED)
          continue;
        item->credit = JUMIN_CREDIT_REFUNDED;
        assert_refused (jumin_journal_file_put (self->file, payment, &error), &error, "a bill");
      }
}

typedef void (*Change) (JuminPayment *payment);

static void
change_fen (JuminPayment *payment)
{
  payment->fen++;
}

static void
change_payee (JuminPayment *payment)
{
  payment->payee[0]++;
}

static void
change_payee_name (JuminPayment *payment)
{
  payment->payee_name.en[0]++;
}

static void
change_quote (JuminPayment *payment)
{
  payment->quote[0]++;
}

static void
change_way (JuminPayment *payment)
{
  payment->way = JUMIN_PAY_ACCOUNT;
}

static void
change_time (JuminPayment *payment)
{
  payment->created_at++;
}

static void
change_bill (JuminPayment *payment)
{
  ((JuminPayItem *)payment->items->pdata[1])->bill[0]++;
}

static void
change_bill_fen (JuminPayment *payment)
{
  ((JuminPayItem *)payment->items->pdata[0])->fen--;
}

static void
drop_bill (JuminPayment *payment)
{
  g_ptr_array_remove_index (payment->items, 1);
}

static void
add_bill (JuminPayment *payment)
{
  g_ptr_array_add (payment->items, jumin_pay_item_copy (payment->items->pdata[1]));
}

static void
test_fixed (Fixture *self, gconstpointer data)
{
  static const Change changes[]
      = { change_fen,  change_payee, change_payee_name, change_quote, change_way,
          change_time, change_bill,  change_bill_fen,   drop_bill,    add_bill };
  g_autofree char *before = NULL, *after = NULL;

  g_assert_true (sample_put (self->file, "one", JUMIN_PAYMENT_PENDING, NULL));
  before = sample_dump_file (self->file, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (JuminPayment) payment = sample_payment ("one", JUMIN_PAYMENT_PAID);
      g_autoptr (GError) error = NULL;

      changes[i](payment);
      g_assert_false (jumin_journal_file_put (self->file, payment, &error));
      g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_JOURNAL);
    }
  reopen (self);
  after = sample_dump_file (self->file, NULL);
  g_assert_cmpstr (before, ==, after);
}

/* Whoever asks for it: SQLite itself does not do it. */
static void
test_guards (Fixture *self, gconstpointer data)
{
  static const char *const attacks[] = {
    "UPDATE payments SET state = 1 WHERE id = 'done'",
    "UPDATE payments SET why = 'x' WHERE id = 'done'",
    "UPDATE payments SET paid_at = 1 WHERE id = 'done'",
    "UPDATE payments SET fen = 1 WHERE id = 'open'",
    "UPDATE payments SET state = 11 WHERE id = 'open'",
    "UPDATE payments SET state = 'paid' WHERE id = 'open'",
    "UPDATE payments SET items = 1 WHERE id = 'open'",
    "UPDATE payments SET id = 'other' WHERE id = 'open'",
    "DELETE FROM payments WHERE id = 'open'",
    "DELETE FROM items WHERE payment = 'open'",
    "DELETE FROM items WHERE payment = 'done'",
    "UPDATE items SET fen = 1 WHERE payment = 'open'",
    "UPDATE items SET credit = 1 WHERE payment = 'done'",
    "INSERT INTO items SELECT 'open', 2, bill, biller, account, title_zh, title_en, unit_zh,"
    " unit_en, month, usage, fen, credit FROM items WHERE payment = 'done' AND position = 0",
    "INSERT INTO payments (id) VALUES ('third')",
  };
  sqlite3 *database = NULL;

  g_assert_true (sample_put (self->file, "open", JUMIN_PAYMENT_CLOSING, NULL));
  g_assert_true (sample_put (self->file, "done", JUMIN_PAYMENT_VOID, NULL));
  g_clear_pointer (&self->file, jumin_journal_file_free);
  g_assert_cmpint (sqlite3_open_v2 (self->path, &database, SQLITE_OPEN_READWRITE, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_test_message ("%s", attacks[i]);
      g_assert_cmpint (sqlite3_exec (database, attacks[i], NULL, NULL, NULL), ==,
                       SQLITE_CONSTRAINT);
    }
  sqlite3_close (database);
}

static void
test_again (Fixture *self, gconstpointer data)
{
  for (int state = 0; state < JUMIN_N_PAYMENT_STATES; state++)
    {
      g_autofree char *id = g_strdup_printf ("%d", state);

      g_assert_true (sample_put (self->file, id, (JuminPaymentState)state, NULL));
      g_assert_true (sample_put (self->file, id, (JuminPaymentState)state, NULL));
    }
}

/* Text without an end, no bills, too many bills: nothing of it is there. */
static void
test_bounds (Fixture *self, gconstpointer data)
{
  g_autoptr (JuminPayment) many = sample_payment ("many", JUMIN_PAYMENT_INTENT);
  g_autoptr (JuminPayment) none = sample_payment ("none", JUMIN_PAYMENT_INTENT);
  g_autoptr (JuminPayment) wordy = sample_payment ("wordy", JUMIN_PAYMENT_INTENT);
  g_autoptr (JuminPayment) free_one = sample_payment ("free", JUMIN_PAYMENT_INTENT);
  g_autofree char *all = NULL;

  while (many->items->len <= JUMIN_BASKET_MAX)
    add_bill (many);
  g_ptr_array_set_size (none->items, 0);
  wordy->receipt = (g_free (wordy->receipt), g_strnfill (2000, 'x'));
  free_one->fen = 0;
  g_assert_false (jumin_journal_file_put (self->file, many, NULL));
  g_assert_false (jumin_journal_file_put (self->file, none, NULL));
  g_assert_false (jumin_journal_file_put (self->file, wordy, NULL));
  g_assert_false (jumin_journal_file_put (self->file, free_one, NULL));
  all = sample_dump_file (self->file, NULL);
  g_assert_cmpstr (all, ==, "");
}

static void
put_at (Fixture *self, const char *id, JuminPaymentState state, gint64 time)
{
  g_autoptr (JuminPayment) payment = sample_payment (id, state);

  payment->created_at = time;
  g_assert_true (jumin_journal_file_put (self->file, payment, NULL));
}

static const char *
get_id (const GPtrArray *payments, guint i)
{
  g_assert_cmpuint (i, <, payments->len);
  return ((const JuminPayment *)payments->pdata[i])->id;
}

static void
test_lists (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) open = NULL, day = NULL, newest = NULL;

  put_at (self, "a", JUMIN_PAYMENT_VOID, 100);
  put_at (self, "b", JUMIN_PAYMENT_PAID, 300);
  put_at (self, "c", JUMIN_PAYMENT_INTENT, 200);
  put_at (self, "d", JUMIN_PAYMENT_MANUAL, 400);
  open = jumin_journal_file_load (self->file, NULL);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpstr (get_id (open, 0), ==, "b");
  g_assert_cmpstr (get_id (open, 1), ==, "c");
  day = jumin_journal_file_list (self->file, 100, 400, MOST, NULL);
  g_assert_cmpuint (day->len, ==, 3);
  g_assert_cmpstr (get_id (day, 0), ==, "b");
  g_assert_cmpstr (get_id (day, 2), ==, "a");
  newest = jumin_journal_file_list (self->file, 0, G_MAXINT64, 1, NULL);
  g_assert_cmpuint (newest->len, ==, 1);
  g_assert_cmpstr (get_id (newest, 0), ==, "d");
}

static void
test_purge (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) left = NULL;

  put_at (self, "old and open", JUMIN_PAYMENT_UNKNOWN, 100);
  put_at (self, "old and done", JUMIN_PAYMENT_FULFILLED, 100);
  put_at (self, "done", JUMIN_PAYMENT_FULFILLED, 300);
  g_assert_true (jumin_journal_file_purge (self->file, 100, NULL));
  left = jumin_journal_file_list (self->file, 0, G_MAXINT64, MOST, NULL);
  g_assert_cmpuint (left->len, ==, 2);
  g_assert_cmpstr (get_id (left, 0), ==, "done");
  g_assert_cmpstr (get_id (left, 1), ==, "old and open");
  reopen (self);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/journal/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("it_keeps_all_of_a_payment", test_all_of_it);
  ADD ("what_only_the_process_knows_is_not_kept", test_not_kept);
  ADD ("a_state_never_goes_back_and_final_ones_stay", test_states);
  ADD ("a_slip_is_printing_before_it_may_be_out", test_slips);
  ADD ("what_became_of_a_bill_stays", test_credits);
  ADD ("amount_payee_and_bills_never_change", test_fixed);
  ADD ("the_file_guards_itself", test_guards);
  ADD ("the_same_again_is_good", test_again);
  ADD ("nothing_unbounded_is_kept", test_bounds);
  ADD ("open_ones_oldest_first_all_newest_first", test_lists);
  ADD ("old_final_ones_go", test_purge);
  return g_test_run ();
}

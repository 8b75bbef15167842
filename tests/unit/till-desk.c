/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-desk.h"

#include "scratch-folder.h"

#include <string.h>

enum
{
  SETTLE_MAX = 200, /* rounds of events at one moment */
  LISTED_MAX = 100,
  KEEP_DAYS = 200,
  STEP_MS = 250
};

static const JuminCashierTimes times = {
  .query_ms = { 1000, 2000, 3000, 3000, 5000 },
  .guard_ms = { 5000, 15000, 60000, 300000, 900000 },
  .wait_ms = { 120000, 45000, 45000 },
  .earliest_close_ms = 15000,
  .close_ms = 2000,
  .close_tries = 3,
  .horizon_s = 24 * 60 * 60,
  .journal_ms = 10000,
  .unresolved_max = 3,
};

static void
on_changed (JuminTill *till, const char *payment, TillDesk *self)
{
  if (*payment == '\0')
    self->turns++;
  else
    self->changes++;
}

void
till_desk_start (TillDesk *self)
{
  JuminTillTools tools = { .clock = self->clock,
                           .source = JUMIN_PAYMENT_SOURCE (self->bank),
                           .audit = self->audit,
                           .times = times,
                           .reconcile_min = TILL_DESK_RECONCILE_MIN };

  self->journal = jumin_journal_new (self->journal_path, KEEP_DAYS);
  tools.journal = self->journal;
  self->till = jumin_till_new (&tools);
  g_signal_connect (self->till, "changed", G_CALLBACK (on_changed), self);
  jumin_till_start (self->till);
}

void
till_desk_stop (TillDesk *self)
{
  g_object_run_dispose (G_OBJECT (self->till));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_object (&self->till);
  g_clear_object (&self->journal);
}

void
till_desk_set_up (TillDesk *self, gconstpointer data)
{
  JuminAuditSettings settings = { 0 };
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("jumin-till-XXXXXX", NULL);
  self->journal_path = g_build_filename (self->folder, "payments.db", NULL);
  self->log_path = g_build_filename (self->folder, "audit", NULL);
  settings.directory = self->log_path;
  self->clock = jumin_clock_new_manual (TILL_DESK_WALL);
  self->audit = jumin_audit_new (&settings, self->clock, &error);
  g_assert_no_error (error);
  self->bank = fake_bank_new (self->clock);
  jumin_journal_file_create (self->journal_path, NULL, &error);
  g_assert_no_error (error);
  till_desk_start (self);
  till_desk_settle (self);
}

void
till_desk_tear_down (TillDesk *self, gconstpointer data)
{
  if (self->till != NULL)
    till_desk_stop (self);
  g_assert_finalize_object (self->bank);
  g_clear_object (&self->audit);
  g_assert_finalize_object (self->clock);
  scratch_folder_remove (self->folder);
  g_free (self->folder);
  g_free (self->journal_path);
  g_free (self->log_path);
}

static void
on_read (GObject *journal, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* All that was asked of the journal before has ended then. */
static GPtrArray *
read_journal (TillDesk *self, guint most, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_journal_list_async (self->journal, 0, G_MAXINT64, most, on_read, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return jumin_journal_read_finish (self->journal, result, error);
}

void
till_desk_settle (TillDesk *self)
{
  guint before, rounds = 0;

  do
    {
      g_autoptr (GPtrArray) read = NULL;

      before = self->changes + self->turns + self->bank->requests;
      read = read_journal (self, 1, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_assert_cmpuint (rounds++, <, SETTLE_MAX);
    }
  while (before != self->changes + self->turns + self->bank->requests);
}

void
till_desk_advance (TillDesk *self, guint ms)
{
  for (guint passed = 0; passed < ms; passed += STEP_MS)
    {
      jumin_clock_advance (self->clock, MIN (ms - passed, STEP_MS));
      till_desk_settle (self);
    }
}

JuminQuote *
till_desk_quote_new (TillDesk *self, const char *bill)
{
  JuminQuote *quote = jumin_quote_new ();
  JuminPayItem *item = jumin_pay_item_new ();

  quote->id = g_uuid_string_random ();
  quote->number = g_strdup ("JM20260916102803710003");
  quote->terminal = g_strdup ("T-0003");
  quote->payee = g_strdup ("p-1");
  jumin_text_set (&quote->payee_name, "临江市公用事业收费", "Linjiang utilities");
  quote->fen = TILL_DESK_FEN;
  quote->issued_at = jumin_clock_get_wall (self->clock);
  quote->expires_at = quote->issued_at + 300;
  item->bill = g_strdup (bill);
  item->biller = g_strdup ("power");
  item->account = g_strdup ("5008********40");
  jumin_text_set (&item->title, "电费", "Electricity");
  jumin_text_set (&item->unit, "度", "kWh");
  item->month = 202608;
  item->usage = 243;
  item->fen = TILL_DESK_FEN;
  g_ptr_array_add (quote->items, item);
  return quote;
}

char *
till_desk_pay (TillDesk *self, const char *bill, JuminPayWay way)
{
  g_autoptr (JuminQuote) quote = till_desk_quote_new (self, bill);
  g_autoptr (JuminIdentity) payer
      = jumin_identity_new (JUMIN_PROOF_CARD, "王小明", "11010519491231002X");
  g_autoptr (GError) error = NULL;
  const JuminPayment *payment
      = jumin_till_begin (self->till, quote, way, payer, "134567890123456789", &error);
  char *id;

  g_assert_no_error (error);
  id = g_strdup (payment->id);
  till_desk_settle (self);
  return id;
}

void
till_desk_assert_state (TillDesk *self, const char *payment, JuminPaymentState state)
{
  const JuminPayment *now = jumin_till_find (self->till, payment);

  g_assert_nonnull (now);
  g_assert_cmpstr (jumin_payment_state_get_word (now->durable), ==,
                   jumin_payment_state_get_word (state));
}

JuminPayment *
till_desk_read (TillDesk *self, const char *payment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = read_journal (self, LISTED_MAX, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < payments->len; i++)
    if (strcmp (((JuminPayment *)payments->pdata[i])->id, payment) == 0)
      return jumin_payment_copy (payments->pdata[i]);
  return NULL;
}

static guint
count_in_file (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  for (const char *c = strstr (content, text); c != NULL; c = strstr (c + 1, text))
    n++;
  return n;
}

guint
till_desk_count_in_log (TillDesk *self, const char *text)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n = 0;

  if (self->till != NULL)
    till_desk_stop (self);
  g_clear_object (&self->audit);
  folder = g_dir_open (self->log_path, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->log_path, name, NULL);

      n += count_in_file (path, text);
    }
  return n;
}

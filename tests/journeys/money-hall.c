/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal with a till, and a bank that does what the test says. */
#include "money-hall.h"

#include <string.h>

#include "sandbox/keys.h"
#include "scratch-folder.h"
#include "shipped-data.h"

enum
{
  MORNING_HOUR = 10,
  KEEP_DAYS = 30,
  SETTLE_ROUNDS = 8
};

static const JuminCashierTimes times = { .query_ms = { 1000, 2000, 3000, 3000, 5000 },
                                         .guard_ms = { 5000, 15000, 60000, 300000, 900000 },
                                         .wait_ms = { 120000, 45000, 45000 },
                                         .earliest_close_ms = 15000,
                                         .close_ms = 2000,
                                         .close_tries = 3,
                                         .horizon_s = 86400,
                                         .journal_ms = 1000,
                                         .unresolved_max = 3 };

static void
open_log (MoneyHall *m)
{
  JuminAuditSettings settings = { 0 };
  g_autoptr (GError) error = NULL;

  m->log_dir = g_dir_make_tmp ("jumin-audit-XXXXXX", &error);
  g_assert_no_error (error);
  settings.directory = m->log_dir;
  m->log = jumin_audit_new (&settings, m->hall->clock, &error);
  g_assert_no_error (error);
}

static void
on_put (GObject *journal, GAsyncResult *result, gpointer left)
{
  g_autoptr (GError) error = NULL;

  jumin_journal_put_finish (JUMIN_JOURNAL (journal), result, &error);
  g_assert_no_error (error);
  --*(guint *)left;
}

/* Payments of another life, that were sent and not answered. */
static void
fill_journal (MoneyHall *m, guint count, JuminPaymentState state, gint64 issued_at)
{
  guint left = count;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (JuminQuote) quote = jumin_quote_new ();
      JuminPayItem *item = jumin_pay_item_new ();
      g_autofree char *id = g_uuid_string_random ();
      g_autoptr (JuminPayment) payment = NULL;

      quote->id = g_uuid_string_random ();
      quote->number = g_strdup_printf ("JM%u", i);
      quote->payee = g_strdup ("linjiang-pay");
      quote->issued_at = issued_at;
      quote->fen = item->fen = 100;
      item->bill = g_strdup_printf ("other-%u", i);
      item->biller = g_strdup ("power");
      item->account = g_strdup ("5008****");
      g_ptr_array_add (quote->items, item);
      payment = jumin_payment_new (id, quote, JUMIN_PAY_SCAN);
      payment->state = state;
      jumin_journal_put_async (m->journal, payment, quote->issued_at, on_put, &left);
      fake_bank_know (m->bank, payment);
    }
  AWAIT (left == 0);
}

static void
open_till (MoneyHall *m, const MoneyWish *wish)
{
  JuminTillTools tools = { .clock = m->hall->clock, .times = times, .reconcile_min = 120 };
  gint64 now = jumin_clock_get_wall (m->hall->clock);
  g_autoptr (GError) error = NULL;

  m->journal_file = g_build_filename (m->hall->platform->state, "payments.db", NULL);
  if (!wish->no_journal)
    jumin_journal_file_create (m->journal_file, NULL, &error);
  g_assert_no_error (error);
  m->bank = fake_bank_new ();
  m->journal = jumin_journal_new (m->journal_file, KEEP_DAYS);
  fill_journal (m, wish->unresolved, JUMIN_PAYMENT_INTENT, now);
  fill_journal (m, wish->paid, JUMIN_PAYMENT_FULFILLED, now - DAY_S);
  fake_bank_set_silent (m->bank, wish->unresolved > 0);
  fake_bank_set_busy (m->bank, wish->unresolved > 0);
  tools.journal = m->journal;
  tools.audit = m->log;
  tools.source
      = wish->platform ? JUMIN_PAYMENT_SOURCE (m->payments) : JUMIN_PAYMENT_SOURCE (m->bank);
  m->till = jumin_till_new (&tools);
  jumin_till_start (m->till);
}

static JuminPaymentsClient *
payments_new (MoneyHall *m, JuminHallClient *client)
{
  const VirtualPlatform *platform = m->hall->platform;
  g_autofree char *file = g_build_filename (platform->state, JUMIN_SANDBOX_CONFIG, NULL);
  g_autofree char *key = NULL;
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  JuminPaymentsClient *payments;

  g_key_file_load_from_file (written, file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  key = g_key_file_get_string (written, "platform", "reply-key-file", &error);
  g_assert_no_error (error);
  payments = jumin_payments_client_new (client, platform->city->terminal, key, &error);
  g_assert_no_error (error);
  return payments;
}

/* As the border does it: whatever the scene is when it has changed, it can be drawn. */
static void
on_changed (JuminTerminal *terminal, MoneyHall *m)
{
  g_autofree char *screen = virtual_kiosk_dup_screen (&m->kiosk);

  g_assert_null (strstr (screen, PAYMENT_CODE));
}

void
money_open (MoneyHall *m, gconstpointer data)
{
  static const MoneyWish plain = { 0 };
  const MoneyWish *wish = data != NULL ? data : &plain;
  g_autoptr (JuminHallClient) client = NULL;

  m->hall = hall_open (wish->hour != 0 ? wish->hour : MORNING_HOUR, wish->minute, 0);
  client = virtual_platform_client_new (m->hall->platform);
  m->payments = payments_new (m, client);
  m->scanner = jumin_virtual_code_scanner_new ();
  open_log (m);
  open_till (m, wish);
  virtual_kiosk_init (&m->kiosk, &(VirtualKioskParts){ .clock = m->hall->clock,
                                                       .client = client,
                                                       .scanner = JUMIN_CODE_SCANNER (m->scanner),
                                                       .kinds = shipped_code_kinds_new (),
                                                       .payments = m->payments,
                                                       .till = m->till,
                                                       .billers = shipped_billers_new () });
  m->scene = m->kiosk.scene;
  g_signal_connect (m->kiosk.terminal, "changed", G_CALLBACK (on_changed), m);
  virtual_kiosk_await (&m->kiosk, JUMIN_PAGE_HOME);
  if (!wish->no_journal && wish->unresolved == 0)
    AWAIT (m->scene->till == JUMIN_TILL_OPEN);
}

void
money_close (MoneyHall *m, gconstpointer data)
{
  fake_bank_hold (m->bank, FALSE);
  g_signal_handlers_disconnect_by_data (m->kiosk.terminal, m);
  virtual_kiosk_finish (&m->kiosk);
  g_object_run_dispose (G_OBJECT (m->till));
  g_object_unref (m->till);
  g_object_unref (m->journal);
  g_object_unref (m->payments);
  g_object_unref (m->scanner);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (m->bank);
  g_object_unref (m->log);
  scratch_folder_remove (m->log_dir);
  g_free (m->log_dir);
  g_free (m->journal_file);
  hall_close (m->hall);
}

void
money_act (MoneyHall *m, const char *action, const char *name, const char *value)
{
  virtual_kiosk_act (&m->kiosk, action, name, value);
}

void
money_await (MoneyHall *m, JuminPage page)
{
  virtual_kiosk_await (&m->kiosk, page);
  g_assert_cmpint (m->scene->page, ==, page);
}

static void
on_read (GObject *journal, GAsyncResult *result, gpointer done)
{
  g_autoptr (GPtrArray) payments
      = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, NULL);

  *(gboolean *)done = TRUE;
}

/* The journal has a thread of its own, which does one thing after the other: when this reading has
 * ended, what was asked of it before has, too. Each answer may bring the next thing about. */
static void
settle (MoneyHall *m)
{
  for (int i = 0; i < SETTLE_ROUNDS; i++)
    {
      gboolean done = FALSE;

      jumin_journal_load_async (m->journal, on_read, &done);
      AWAIT (done);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    }
}

void
money_pass (MoneyHall *m, int seconds)
{
  for (int i = 0; i < seconds; i++)
    {
      settle (m);
      hall_pass (m->hall, 1);
      settle (m);
    }
}

void
money_look_up (MoneyHall *m, const char *resident)
{
  hall_sign_in (m->hall, &m->kiosk, resident);
  money_act (m, "start", "id", "pay");
  money_await (m, JUMIN_PAGE_BILLS);
}

void
money_pay_bills (MoneyHall *m, const char *const *bills)
{
  GVariantDict values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) variant = NULL;

  g_variant_dict_insert (&values, "bills", "^as", bills);
  variant = g_variant_ref_sink (g_variant_dict_end (&values));
  g_assert_true (jumin_terminal_act (m->kiosk.terminal, "pay", m->scene->page_number, variant));
}

static gboolean
is_due (const JuminBill *bill, const char *biller)
{
  return bill->state == JUMIN_BILL_DUE && (biller == NULL || g_str_equal (bill->biller, biller));
}

/* Returns: how many of @count there are */
static guint
find_due (MoneyHall *m, const char *biller, const JuminBill **found, guint count)
{
  const GPtrArray *homes = m->scene->bills->homes;
  guint n = 0;

  for (guint i = 0; i < homes->len; i++)
    {
      const JuminHome *home = homes->pdata[i];

      for (guint k = 0; k < home->bills->len && n < count; k++)
        if (is_due (home->bills->pdata[k], biller))
          found[n++] = home->bills->pdata[k];
    }
  return n;
}

const JuminBill *
money_find_due (MoneyHall *m, const char *biller)
{
  const JuminBill *bill = NULL;

  find_due (m, biller, &bill, 1);
  return bill;
}

void
money_pay (MoneyHall *m, guint count)
{
  const JuminBill *due[MONEY_BASKET_MAX];
  const char *bills[MONEY_BASKET_MAX + 1] = { NULL };

  g_assert_cmpuint (find_due (m, NULL, due, count), ==, count);
  for (guint i = 0; i < count; i++)
    bills[i] = due[i]->id;
  money_pay_bills (m, bills);
}

void
money_begin (MoneyHall *m, const char *resident)
{
  money_look_up (m, resident);
  money_pay (m, 1);
  money_await (m, JUMIN_PAGE_PAY);
  AWAIT (m->scene->payment != NULL && *m->scene->payment->code != '\0');
}

void
money_choose_way (MoneyHall *m, JuminPayWay way)
{
  money_act (m, "way", "value", jumin_pay_way_get_word (way));
  AWAIT (m->scene->page == JUMIN_PAGE_PAY && m->scene->way == way && m->scene->quote != NULL);
}

gboolean
money_show_code (MoneyHall *m, const char *text)
{
  return jumin_virtual_code_scanner_show (m->scanner, text);
}

void
money_expect_calls (MoneyHall *m, const char *calls)
{
  g_autofree char *taken = fake_bank_take_calls (m->bank);

  g_assert_cmpstr (taken, ==, calls);
}

void
money_fault (MoneyHall *m, const char *order)
{
  g_autoptr (GError) error = NULL;

  jumin_faults_set (jumin_server_get_faults (m->hall->platform->server), order, &error);
  g_assert_no_error (error);
}

void
money_use_phone (MoneyHall *m, const char *order)
{
  g_assert_true (jumin_pay_desk_use_phone (m->hall->platform->platform.pay, order,
                                           jumin_clock_get_wall (m->hall->clock)));
}

void
money_tell_biller (MoneyHall *m, const char *order)
{
  g_assert_true (jumin_pay_desk_tell_biller (m->hall->platform->platform.pay, order));
}

guint
money_count_slips (MoneyHall *m)
{
  return jumin_virtual_printer_get_rasters (m->kiosk.printer)->len;
}

void
money_expect_nothing_left (MoneyHall *m)
{
  g_assert_null (m->scene->bills);
  g_assert_null (m->scene->basket);
  g_assert_null (m->scene->quote);
  g_assert_null (m->scene->payment);
  g_assert_null (m->scene->typed);
  g_assert_null (m->scene->biller);
  g_assert_false (m->scene->leaving);
  g_assert_false (m->scene->changing);
  g_assert_cmpint (m->scene->way, ==, JUMIN_PAY_SCAN);
}

gboolean
money_log_says (MoneyHall *m, const char *event, const char *what)
{
  g_autofree char *path = g_build_filename (m->kiosk.audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL, *first = g_strdup_printf ("\"%s\"", event),
                  *second = g_strdup_printf (":\"%s\"", what);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], first) != NULL && strstr (lines[i], second) != NULL)
      return TRUE;
  return FALSE;
}

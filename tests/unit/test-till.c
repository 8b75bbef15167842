/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till: a real journal, a clock by hand, and a bank without a network. */
#include "payment/till-private.h"
#include "till-desk.h"

#include <string.h>

enum
{
  RECOVERY_MS = 60000, /* PAY-11 */
  SILENCE_MS = 20 * 60 * 1000,
  HOUR_MS = 60 * 60 * 1000
};

static JuminPaymentSay
say (TillDesk *desk, const char *payment)
{
  return jumin_payment_get_say (jumin_till_find (desk->till, payment));
}

static void
test_scan (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);

  till_desk_assert_state (desk, id, JUMIN_PAYMENT_PENDING);
  g_assert_cmpstr (jumin_till_find (desk->till, id)->code, ==, "https://pay.example/1");
  g_assert_cmpint (say (desk, id), ==, JUMIN_SAY_WAITING);
  g_assert_null (desk->bank->code);
  g_assert_null (desk->bank->number);
  fake_bank_set (desk->bank, id, JUMIN_CHARGE_PAID);
  till_desk_advance (desk, 1000);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_PAID);
  g_assert_cmpint (say (desk, id), ==, JUMIN_SAY_PAID);
  fake_bank_set (desk->bank, id, JUMIN_CHARGE_FULFILLED);
  till_desk_advance (desk, 5000);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_cmpuint (desk->bank->pays, ==, 1);
  jumin_till_leave (desk->till, id);
  g_assert_null (jumin_till_find (desk->till, id));
  /* One record for each state that was on the disk: intent, submitted, pending, paid, fulfilled. */
  g_assert_cmpuint (till_desk_count_in_log (desk, "\"event\":\"payment-state\""), ==, 5);
}

/* The log of one payment: its first digits, and neither an account nor a number of an order. */
static void
test_log (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_ACCOUNT);
  g_autofree char *record = g_strdup_printf ("\"event\":\"payment-state\",\"payment\":\"%.8s\","
                                             "\"state\":\"fulfilled\",\"way\":\"account\","
                                             "\"fen\":18500",
                                             id);

  g_assert_cmpuint (till_desk_count_in_log (desk, record), ==, 1);
  g_assert_cmpuint (till_desk_count_in_log (desk, id), ==, 0);
  g_assert_cmpuint (till_desk_count_in_log (desk, "5008"), ==, 0);
  g_assert_cmpuint (till_desk_count_in_log (desk, "JM2026"), ==, 0);
  g_assert_cmpuint (till_desk_count_in_log (desk, "110105"), ==, 0);
}

static void
test_show (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);

  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_cmpstr (desk->bank->code, ==, "134567890123456789");
  g_assert_null (desk->bank->number);
  g_assert_cmpuint (g_hash_table_size (desk->till->orders), ==, 0);
}

static void
test_account (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_ACCOUNT);

  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_null (desk->bank->code);
  g_assert_cmpstr (desk->bank->number, ==, "11010519491231002X");
  g_assert_cmpuint (g_hash_table_size (desk->till->orders), ==, 0);
}

/* An order that never goes out leaves nothing of its payer. */
static void
test_secrets_go (TillDesk *desk, gconstpointer data)
{
  g_autoptr (JuminQuote) quote = till_desk_quote_new (desk, "a");
  g_autoptr (GError) error = NULL;
  const JuminPayment *payment
      = jumin_till_begin (desk->till, quote, JUMIN_PAY_SHOW, NULL, "134567890123456789", &error);
  g_autofree char *id = g_strdup (payment->id);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (desk->till->orders), ==, 1);
  jumin_till_cancel (desk->till, id);
  till_desk_settle (desk);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_VOID);
  g_assert_cmpuint (g_hash_table_size (desk->till->orders), ==, 0);
  g_assert_cmpuint (desk->bank->pays, ==, 0);
}

static void
test_long_code (TillDesk *desk, gconstpointer data)
{
  g_autoptr (JuminQuote) quote = till_desk_quote_new (desk, "a");
  g_autofree char *code = g_strnfill (JUMIN_PAYMENT_CODE_MAX + 1, '1');
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_till_begin (desk->till, quote, JUMIN_PAY_SHOW, NULL, code, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PAYMENT_REFUSED);
}

static void
test_silence (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = NULL;

  desk->bank->mood = BANK_DEAF;
  id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_UNKNOWN);
  g_assert_cmpint (say (desk, id), ==, JUMIN_SAY_CONFIRMING);
  desk->bank->mood = BANK_ANSWERS;
  till_desk_advance (desk, 5000);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_cmpuint (desk->bank->pays, ==, 1);
}

static void
test_cancel (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);

  jumin_till_cancel (desk->till, id);
  till_desk_settle (desk);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_VOID);
  g_assert_cmpint (fake_bank_get (desk->bank, id), ==, JUMIN_CHARGE_CLOSED);
  g_assert_cmpint (say (desk, id), ==, JUMIN_SAY_NOT_PAID);
}

static void
test_cancel_too_late (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);

  fake_bank_set (desk->bank, id, JUMIN_CHARGE_FULFILLED);
  jumin_till_cancel (desk->till, id);
  till_desk_settle (desk);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_cmpint (say (desk, id), ==, JUMIN_SAY_PAID);
}

static void
test_ask (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);

  fake_bank_set (desk->bank, id, JUMIN_CHARGE_FULFILLED);
  jumin_till_ask (desk->till, id);
  till_desk_settle (desk);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
}

/* Who is gone pays nothing; who paid has paid. */
static void
test_leave (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);
  g_autoptr (JuminPayment) row = NULL;

  jumin_till_leave (desk->till, id);
  till_desk_settle (desk);
  g_assert_null (jumin_till_find (desk->till, id));
  row = till_desk_read (desk, id);
  g_assert_cmpint (row->state, ==, JUMIN_PAYMENT_VOID);
}

static void
test_same_bill (TillDesk *desk, gconstpointer data)
{
  g_autoptr (JuminQuote) again = till_desk_quote_new (desk, "a");
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SCAN);
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (jumin_till_holds_bill (desk->till, "a"));
  g_assert_null (jumin_till_begin (desk->till, again, JUMIN_PAY_SCAN, NULL, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_BILL_TAKEN);
  other = till_desk_pay (desk, "b", JUMIN_PAY_SHOW);
  jumin_till_cancel (desk->till, id);
  till_desk_settle (desk);
  g_assert_false (jumin_till_holds_bill (desk->till, "a"));
  g_free (other);
  other = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  till_desk_assert_state (desk, other, JUMIN_PAYMENT_FULFILLED);
}

static void
test_unresolved (TillDesk *desk, gconstpointer data)
{
  static const char *const bills[] = { "a", "b", "c", "d" };
  g_autoptr (JuminQuote) fifth = till_desk_quote_new (desk, "e");
  g_autoptr (GError) error = NULL;
  guint turns = desk->turns;

  desk->bank->mood = BANK_SILENT;
  for (gsize i = 0; i < G_N_ELEMENTS (bills); i++)
    {
      g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
      g_free (till_desk_pay (desk, bills[i], JUMIN_PAY_SCAN));
    }
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_UNRESOLVED);
  g_assert_cmpuint (jumin_till_count_unresolved (desk->till), ==, G_N_ELEMENTS (bills));
  g_assert_cmpuint (desk->turns, ==, turns + 1);
  g_assert_null (jumin_till_begin (desk->till, fifth, JUMIN_PAY_SCAN, NULL, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_TILL_CLOSED);
  till_desk_advance (desk, 30000);
  desk->bank->mood = BANK_ANSWERS;
  jumin_till_hear (desk->till);
  till_desk_advance (desk, RECOVERY_MS);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
  g_assert_cmpuint (jumin_till_count_unresolved (desk->till), ==, 0);
}

/* Where the process is killed: as soon as this is on the disk. */
typedef struct
{
  const char *name;
  JuminPaymentState state;
  BankMood mood;    /* when it begins */
  gboolean cancels; /* who pays goes away */
  gboolean pays;    /* before they do */
} Crash;

static void
on_crash (JuminTill *till, const char *payment, const Crash *crash)
{
  const JuminPayment *now = jumin_till_find (till, payment);

  if (now != NULL && now->durable == crash->state)
    g_object_run_dispose (G_OBJECT (till));
}

static void
assert_recovered (TillDesk *desk, const char *id)
{
  g_autoptr (JuminPayment) row = till_desk_read (desk, id);
  gboolean charged = fake_bank_get (desk->bank, id) == JUMIN_CHARGE_FULFILLED;

  g_assert_nonnull (row);
  g_assert_true (jumin_payment_state_is_final (row->state));
  g_assert_cmpint (row->state == JUMIN_PAYMENT_FULFILLED, ==, charged);
  g_assert_cmpuint (desk->bank->pays, <=, 1);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==, JUMIN_TILL_OPEN);
}

/* I10: and the platform is not there at first. */
static void
test_crash (TillDesk *desk, gconstpointer data)
{
  const Crash *crash = data;
  g_autofree char *id = NULL;

  desk->bank->mood = crash->mood;
  desk->bank->next = JUMIN_CHARGE_PAID;
  g_signal_connect (desk->till, "changed", G_CALLBACK (on_crash), (gpointer)crash);
  id = till_desk_pay (desk, "a", crash->pays ? JUMIN_PAY_SHOW : JUMIN_PAY_SCAN);
  if (crash->cancels && !desk->till->gone)
    jumin_till_cancel (desk->till, id);
  till_desk_settle (desk);
  g_assert_true (desk->till->gone);
  till_desk_stop (desk);
  desk->bank->mood = BANK_SILENT;
  if (fake_bank_get (desk->bank, id) == JUMIN_CHARGE_PAID)
    fake_bank_set (desk->bank, id, JUMIN_CHARGE_FULFILLED);
  till_desk_start (desk);
  till_desk_advance (desk, 1000);
  g_assert_cmpint (jumin_till_get_closed (desk->till), ==,
                   crash->state < JUMIN_PAYMENT_PAID ? JUMIN_TILL_RECOVERING : JUMIN_TILL_OPEN);
  jumin_clock_advance (desk->clock, SILENCE_MS);
  till_desk_settle (desk);
  desk->bank->mood = BANK_ANSWERS;
  jumin_till_hear (desk->till);
  till_desk_advance (desk, RECOVERY_MS);
  assert_recovered (desk, id);
}

static void
on_slip (GObject *till, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static gboolean
begin_slip (TillDesk *desk, const char *id, gboolean reprint, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_till_begin_slip_async (desk->till, id, reprint, on_slip, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return jumin_till_begin_slip_finish (desk->till, result, error);
}

static void
assert_slip (TillDesk *desk, const char *id, JuminReceiptState slip, int reprints)
{
  g_autoptr (JuminPayment) row = NULL;

  till_desk_settle (desk);
  row = till_desk_read (desk, id);
  g_assert_cmpint (row->slip, ==, slip);
  g_assert_cmpint (row->reprints, ==, reprints);
}

static void
assert_no_slip (TillDesk *desk, const char *id, gboolean reprint)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (begin_slip (desk, id, reprint, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
test_slips (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);

  assert_no_slip (desk, id, TRUE);
  g_assert_true (begin_slip (desk, id, FALSE, NULL));
  assert_slip (desk, id, JUMIN_RECEIPT_PRINTING, 0);
  assert_no_slip (desk, id, FALSE);
  jumin_till_end_slip (desk->till, id, JUMIN_RECEIPT_FAILED);
  assert_slip (desk, id, JUMIN_RECEIPT_FAILED, 0);
  g_assert_true (begin_slip (desk, id, FALSE, NULL));
  jumin_till_end_slip (desk->till, id, JUMIN_RECEIPT_PRINTED);
  assert_slip (desk, id, JUMIN_RECEIPT_PRINTED, 0);
  assert_no_slip (desk, id, FALSE);
  g_assert_true (begin_slip (desk, id, TRUE, NULL));
  jumin_till_end_slip (desk->till, id, JUMIN_RECEIPT_UNKNOWN);
  assert_slip (desk, id, JUMIN_RECEIPT_UNKNOWN, 1);
  assert_no_slip (desk, id, FALSE);
}

/* The slip of what nobody knew is not the receipt of what is paid. */
static void
test_two_slips (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = NULL;

  desk->bank->mood = BANK_DEAF;
  id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  g_assert_true (begin_slip (desk, id, FALSE, NULL));
  jumin_till_end_slip (desk->till, id, JUMIN_RECEIPT_PRINTED);
  till_desk_settle (desk);
  assert_no_slip (desk, id, FALSE);
  desk->bank->mood = BANK_ANSWERS;
  till_desk_advance (desk, 5000);
  till_desk_assert_state (desk, id, JUMIN_PAYMENT_FULFILLED);
  g_assert_true (begin_slip (desk, id, FALSE, NULL));
  jumin_till_end_slip (desk->till, id, JUMIN_RECEIPT_PRINTED);
  assert_slip (desk, id, JUMIN_RECEIPT_PRINTED, 0);
}

/* Killed while it was printed: nothing is printed again by itself. */
static void
test_slip_crash (TillDesk *desk, gconstpointer data)
{
  g_autofree char *id = NULL;
  const JuminPayment *payment;

  desk->bank->next = JUMIN_CHARGE_PAID;
  id = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  g_assert_true (begin_slip (desk, id, FALSE, NULL));
  till_desk_stop (desk);
  till_desk_start (desk);
  till_desk_settle (desk);
  payment = jumin_till_find (desk->till, id);
  g_assert_cmpint (payment->slip, ==, JUMIN_RECEIPT_UNKNOWN);
  assert_no_slip (desk, id, FALSE);
}

static void
on_listed (GObject *till, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **)data = jumin_till_list_finish (JUMIN_TILL (till), result, NULL);
  g_assert_nonnull (*(GPtrArray **)data);
}

static void
test_list (TillDesk *desk, gconstpointer data)
{
  g_autofree char *old = NULL, *first = NULL, *second = NULL;
  g_autoptr (GPtrArray) listed = NULL;

  desk->bank->next = JUMIN_CHARGE_PAID;
  old = till_desk_pay (desk, "a", JUMIN_PAY_SHOW);
  jumin_till_leave (desk->till, old);
  desk->bank->mood = BANK_SILENT;
  jumin_clock_advance (desk->clock, 2 * 24 * HOUR_MS);
  till_desk_settle (desk);
  desk->bank->mood = BANK_ANSWERS;
  first = till_desk_pay (desk, "b", JUMIN_PAY_SHOW);
  till_desk_advance (desk, 2000);
  second = till_desk_pay (desk, "c", JUMIN_PAY_SCAN);
  jumin_till_list_async (desk->till, on_listed, &listed);
  while (listed == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listed->len, ==, 3);
  g_assert_cmpstr (((JuminPayment *)listed->pdata[0])->id, ==, second);
  g_assert_cmpstr (((JuminPayment *)listed->pdata[1])->id, ==, first);
  g_assert_cmpstr (((JuminPayment *)listed->pdata[2])->id, ==, old);
}

/* Answers that come when the till is gone are nobody's. */
static void
test_gone (TillDesk *desk, gconstpointer data)
{
  g_autoptr (JuminQuote) quote = till_desk_quote_new (desk, "a");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = till_desk_pay (desk, "b", JUMIN_PAY_SHOW);
  g_autoptr (GError) error = NULL;
  guint changes;

  jumin_till_begin_slip_async (desk->till, id, FALSE, on_slip, &result);
  jumin_till_begin (desk->till, quote, JUMIN_PAY_SCAN, NULL, NULL, &error);
  g_assert_no_error (error);
  g_object_run_dispose (G_OBJECT (desk->till));
  changes = desk->changes;
  till_desk_settle (desk);
  g_assert_nonnull (result);
  g_assert_true (jumin_till_begin_slip_finish (desk->till, result, NULL));
  g_assert_cmpuint (desk->changes, ==, changes);
  g_assert_cmpuint (desk->bank->pays, ==, 1);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/till/" name, TillDesk, NULL, till_desk_set_up, test, till_desk_tear_down)

static const Crash crashes[] = {
  { "intent", JUMIN_PAYMENT_INTENT, BANK_ANSWERS, FALSE, FALSE },
  { "submitted", JUMIN_PAYMENT_SUBMITTED, BANK_ANSWERS, FALSE, FALSE },
  { "submitted and paid", JUMIN_PAYMENT_SUBMITTED, BANK_ANSWERS, FALSE, TRUE },
  { "pending", JUMIN_PAYMENT_PENDING, BANK_ANSWERS, FALSE, FALSE },
  { "unknown", JUMIN_PAYMENT_UNKNOWN, BANK_SILENT, FALSE, FALSE },
  { "unknown and paid", JUMIN_PAYMENT_UNKNOWN, BANK_DEAF, FALSE, TRUE },
  { "closing", JUMIN_PAYMENT_CLOSING, BANK_ANSWERS, TRUE, FALSE },
  { "paid", JUMIN_PAYMENT_PAID, BANK_ANSWERS, FALSE, TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("an order on the screen is paid, and each state is written down", test_scan);
  ADD ("the log says nothing of the person", test_log);
  ADD ("a shown code is sent once and forgotten", test_show);
  ADD ("an agreement is sent once and forgotten", test_account);
  ADD ("an order that never goes out leaves nothing of its payer", test_secrets_go);
  ADD ("a code that is too long is refused", test_long_code);
  ADD ("a lost answer is asked for", test_silence);
  ADD ("an order that is not wanted is closed", test_cancel);
  ADD ("an order that was paid before it was closed is paid", test_cancel_too_late);
  ADD ("who says that they have paid is believed by the bank", test_ask);
  ADD ("a payment outlives its visit", test_leave);
  ADD ("a bill is paid once at a time", test_same_bill);
  ADD ("with too many that nobody knows of it closes, and opens again", test_unresolved);
  ADD ("a slip is printed once, and again when it is asked for", test_slips);
  ADD ("a receipt follows the slip of what nobody knew", test_two_slips);
  ADD ("after a crash no slip is printed by itself", test_slip_crash);
  ADD ("staff see two days, and older ones that are open", test_list);
  ADD ("answers that come too late are nobody's", test_gone);
  for (gsize i = 0; i < G_N_ELEMENTS (crashes); i++)
    {
      g_autofree char *name = g_strdup_printf ("/till/killed when it is %s it recovers within a "
                                               "minute of the platform's return",
                                               crashes[i].name);

      g_test_add (name, TillDesk, &crashes[i], till_desk_set_up, test_crash, till_desk_tear_down);
    }
  return g_test_run ();
}

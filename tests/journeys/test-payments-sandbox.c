/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of bills and payments against the real jumin-sandbox: what one of them signs the other
 * reads, from the bill to the list of the day. */
#include <stdlib.h>
#include <string.h>

#include "model/error.h"
#include "model/hall-time.h"
#include "platform/payments-client.h"
#include "sandbox-process.h"

#define LI_CESHI "500102199003070010"
enum
{
  PATIENCE_S = 20 /* a company says after two that it has its money */
};

typedef struct
{
  SandboxProcess *sandbox;
  JuminClock *clock;
  JuminHallClient *hall;
  JuminPaymentsClient *client;
  JuminIdentity *payer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *key_file = NULL;
  GKeyFile *settings;

  f->sandbox = (SandboxProcess *)data;
  f->clock = jumin_clock_new (1);
  f->hall = sandbox_process_client_new (f->sandbox, f->clock);
  settings = sandbox_process_get_settings (f->sandbox);
  name = g_key_file_get_string (settings, "terminal", "name", NULL);
  key_file = g_key_file_get_string (settings, "platform", "reply-key-file", NULL);
  f->client = jumin_payments_client_new (f->hall, name, key_file, &error);
  g_assert_no_error (error);
  f->payer = jumin_identity_new (JUMIN_PROOF_CARD, "李测试", LI_CESHI);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->client);
  g_assert_finalize_object (f->hall);
  g_assert_finalize_object (f->clock);
  jumin_identity_unref (f->payer);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Returns: (transfer full) (nullable): what came */
static gpointer
take (GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) came = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  came = g_steal_pointer (result);
  return g_task_propagate_pointer (G_TASK (came), error);
}

static JuminBills *
list_bills (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  JuminBills *bills;

  jumin_payments_client_list_bills_async (f->client, f->payer, NULL, on_ready, &result);
  bills = take (&result, &error);
  g_assert_no_error (error);
  return bills;
}

static JuminQuote *
make_quote (Fixture *f, const char *bill, GError **error)
{
  const char *const bills[] = { bill, NULL };
  GAsyncResult *result = NULL;

  jumin_payments_client_quote_async (f->client, bills, NULL, on_ready, &result);
  return take (&result, error);
}

static JuminCharge *
pay (Fixture *f, const char *payment, const JuminQuote *quote, GError **error)
{
  JuminPaymentOrder order = { payment, quote, JUMIN_PAY_SCAN, NULL, NULL };
  GAsyncResult *result = NULL;

  jumin_payment_source_pay_async (JUMIN_PAYMENT_SOURCE (f->client), &order, on_ready, &result);
  return take (&result, error);
}

typedef void (*Ask) (JuminPaymentSource *self, const char *payment, GAsyncReadyCallback callback,
                     gpointer data);

static JuminCharge *
ask (Fixture *f, Ask question, const char *payment)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  JuminCharge *charge;

  question (JUMIN_PAYMENT_SOURCE (f->client), payment, on_ready, &result);
  charge = take (&result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (charge->payment, ==, payment);
  return charge;
}

static void
assert_state (Fixture *f, Ask question, const char *payment, JuminChargeState state)
{
  g_autoptr (JuminCharge) charge = ask (f, question, payment);

  g_assert_cmpint (charge->state, ==, state);
}

/* The first bill that can be paid. Returns: (transfer full) */
static char *
dup_due (Fixture *f)
{
  g_autoptr (JuminBills) bills = list_bills (f);
  const JuminHome *home;

  g_assert_cmpuint (bills->homes->len, ==, 1);
  home = bills->homes->pdata[0];
  g_assert_true (home->own);
  for (guint i = 0; i < home->bills->len; i++)
    {
      const JuminBill *bill = home->bills->pdata[i];

      if (bill->state == JUMIN_BILL_DUE)
        return g_strdup (bill->id);
    }
  g_assert_not_reached ();
}

static void
assert_listed (Fixture *f, const char *payment, gint64 fen, gint64 at)
{
  g_autofree char *day = jumin_hall_time_format (at, "%Y%m%d");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) charges = NULL;
  GAsyncResult *result = NULL;
  guint found = 0;

  jumin_payment_source_list_async (JUMIN_PAYMENT_SOURCE (f->client), atoi (day), on_ready, &result);
  charges = take (&result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < charges->len; i++)
    {
      const JuminCharge *charge = charges->pdata[i];

      if (strcmp (charge->payment, payment) == 0)
        {
          found++;
          g_assert_cmpint (charge->fen, ==, fen);
          g_assert_cmpint (charge->state, ==, JUMIN_CHARGE_FULFILLED);
        }
    }
  g_assert_cmpuint (found, ==, 1);
}

static void
test_a_bill_is_paid (Fixture *f, gconstpointer data)
{
  g_autofree char *bill = dup_due (f), *payment = g_uuid_string_random (), *scanned = NULL;
  g_autofree char *second = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminQuote) quote = make_quote (f, bill, &error), other = NULL;
  g_autoptr (JuminCharge) charge = NULL;
  gint64 end;

  g_assert_no_error (error);
  other = make_quote (f, bill, &error);
  g_assert_no_error (error);
  charge = pay (f, payment, quote, &error);
  g_assert_no_error (error);
  g_assert_cmpint (charge->state, ==, JUMIN_CHARGE_PENDING);
  g_assert_cmpint (charge->fen, ==, quote->fen);
  g_assert_cmpstr (charge->payee, ==, quote->payee);
  g_assert_cmpstr (charge->code, !=, "");
  g_assert_null (pay (f, second, other, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PAYMENT_REFUSED);
  scanned = sandbox_process_control (f->sandbox, "phone scan");
  g_assert_true (g_str_has_prefix (scanned, "ok"));
  end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  while (charge->state != JUMIN_CHARGE_FULFILLED && g_get_monotonic_time () < end)
    {
      jumin_charge_free (charge);
      charge = ask (f, jumin_payment_source_state_async, payment);
    }
  g_assert_cmpint (charge->state, ==, JUMIN_CHARGE_FULFILLED);
  g_assert_cmpuint (charge->items->len, ==, 1);
  g_assert_cmpint (charge->fen, ==, quote->fen);
  assert_state (f, jumin_payment_source_close_async, payment, JUMIN_CHARGE_FULFILLED);
  assert_listed (f, payment, quote->fen, charge->paid_at);
}

static void
test_a_payment_is_closed_before_and_after_it_came (Fixture *f, gconstpointer data)
{
  g_autofree char *bill = dup_due (f), *payment = g_uuid_string_random ();
  g_autofree char *stone = g_uuid_string_random ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminQuote) quote = make_quote (f, bill, &error);
  g_autoptr (JuminCharge) pending = NULL, late = NULL;

  g_assert_no_error (error);
  assert_state (f, jumin_payment_source_state_async, stone, JUMIN_CHARGE_NOT_FOUND);
  assert_state (f, jumin_payment_source_close_async, stone, JUMIN_CHARGE_CLOSED);
  late = pay (f, stone, quote, &error);
  g_assert_no_error (error);
  g_assert_cmpint (late->state, ==, JUMIN_CHARGE_CLOSED);
  pending = pay (f, payment, quote, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pending->state, ==, JUMIN_CHARGE_PENDING);
  assert_state (f, jumin_payment_source_close_async, payment, JUMIN_CHARGE_CLOSED);
  assert_state (f, jumin_payment_source_state_async, payment, JUMIN_CHARGE_CLOSED);
}

/* What is forged, in the middle of an answer that is signed, is no answer. */
static void
test_a_forged_charge_says_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *payment = g_uuid_string_random ();
  g_autofree char *ordered
      = sandbox_process_control (f->sandbox, "fault money-forged payments/state 1");
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  g_assert_cmpstr (ordered, ==, "ok");
  jumin_payment_source_state_async (JUMIN_PAYMENT_SOURCE (f->client), payment, on_ready, &result);
  g_assert_null (take (&result, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID);
}

static void
test_an_account_is_found_or_not (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminBills) found = NULL;
  GAsyncResult *result = NULL;

  jumin_payments_client_find_bills_async (f->client, "power", "500810111213", NULL, on_ready,
                                          &result);
  found = take (&result, &error);
  g_assert_no_error (error);
  g_assert_false (((JuminHome *)found->homes->pdata[0])->own);
  jumin_payments_client_find_bills_async (f->client, "power", "999999999999", NULL, on_ready,
                                          &result);
  g_assert_null (take (&result, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_ACCOUNT_UNKNOWN);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/payments-sandbox/" path, Fixture, sandbox, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  SandboxProcess *sandbox;
  int status;

  g_test_init (&argc, &argv, NULL);
  sandbox = sandbox_process_new ();
  ADD ("a_bill_is_paid", test_a_bill_is_paid);
  ADD ("a_payment_is_closed_before_and_after_it_came",
       test_a_payment_is_closed_before_and_after_it_came);
  ADD ("a_forged_charge_says_nothing", test_a_forged_charge_says_nothing);
  ADD ("an_account_is_found_or_not", test_an_account_is_found_or_not);
  status = g_test_run ();
  sandbox_process_free (sandbox);
  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* payer: one payment by the shipped till, journal and client, for whoever kills it under way.
 *
 *   payer --settings FILE --journal FILE --audit FOLDER --way scan|show --biller ID --account
 * NUMBER payer --settings FILE --journal FILE --audit FOLDER --recover
 *
 * It takes what the account owes, says "ready", and pays when a line comes in; "code" when the
 * order's code would be on the screen, and "paid" when all is credited. With --recover it settles
 * what the journal holds, compares this day with the platform, and says "settled" and how many
 * payments there are in which end: "settled fulfilled 2 void 1". */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../journeys/sandbox-process.h"
#include "model/hall-time.h"
#include "payment/till.h"
#include "platform/payments-client.h"

enum
{
  PATIENCE_MS = 60000, /* two waits of the guard, and a busy machine */
  LOOK_MS = 50,
  CODE_DIGITS = 100000000,
  GIVEN_UP = 3
};

typedef struct
{
  JuminClock *clock;
  JuminAudit *audit;
  JuminPaymentsClient *client;
  JuminTill *till;
  gboolean shown; /* the order's code */
} Payer;

static char *settings_file, *journal_file, *audit_folder, *way, *biller, *account;
static gboolean recover;

static const GOptionEntry entries[] = {
  { "settings", 0, 0, G_OPTION_ARG_FILENAME, &settings_file, "What the sandbox wrote", "FILE" },
  { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal_file, "The payment journal", "FILE" },
  { "audit", 0, 0, G_OPTION_ARG_FILENAME, &audit_folder, "The audit log", "FOLDER" },
  { "way", 0, 0, G_OPTION_ARG_STRING, &way, "How it is paid", "scan|show" },
  { "biller", 0, 0, G_OPTION_ARG_STRING, &biller, "Whose bill", "ID" },
  { "account", 0, 0, G_OPTION_ARG_STRING, &account, "Of which household", "NUMBER" },
  { "recover", 0, 0, G_OPTION_ARG_NONE, &recover, "Settle what the journal holds", NULL },
  { NULL },
};

/* As data/jumin.conf has them, fifty times as fast. */
static const JuminCashierTimes times = {
  .query_ms = { 20, 40, 60, 60, 100 },
  .guard_ms = { 50, 100, 200 },
  .wait_ms = { [JUMIN_PAY_SCAN] = 10000, [JUMIN_PAY_SHOW] = 10000, [JUMIN_PAY_ACCOUNT] = 10000 },
  .earliest_close_ms = 100,
  .close_ms = 40,
  .close_tries = 3,
  .horizon_s = 86400,
  .journal_ms = 200,
  .unresolved_max = 3,
};

static void
say (const char *word)
{
  puts (word);
  fflush (stdout);
}

static void
check (const GError *error)
{
  if (error == NULL)
    return;
  fprintf (stderr, "%s\n", error->message);
  exit (EXIT_FAILURE);
}

static gboolean
on_patience_lost (gpointer data)
{
  fprintf (stderr, "It takes too long\n");
  exit (GIVEN_UP);
}

/* Whoever waits for the loop looks again. */
static gboolean
on_look (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Returns: (transfer full): what has come */
static GAsyncResult *
take (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static void
open_till (Payer *self)
{
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHallClient) hall = NULL;
  g_autoptr (JuminJournal) journal = jumin_journal_new (journal_file, 1);
  g_autofree char *name = NULL, *key_file = NULL;
  const JuminAuditSettings audit
      = { .directory = audit_folder, .file_bytes_max = 1 << 20, .keep_days = 1, .retry_ms = 100 };

  self->clock = jumin_clock_new (1);
  g_key_file_load_from_file (written, settings_file, G_KEY_FILE_NONE, &error);
  check (error);
  self->audit = jumin_audit_new (&audit, self->clock, &error);
  check (error);
  hall = sandbox_client_new (written, self->clock, 1);
  name = g_key_file_get_string (written, "terminal", "name", NULL);
  key_file = g_key_file_get_string (written, "platform", "reply-key-file", NULL);
  self->client = jumin_payments_client_new (hall, name, key_file, &error);
  check (error);
  self->till = jumin_till_new (&(JuminTillTools){ .clock = self->clock,
                                                  .journal = journal,
                                                  .source = JUMIN_PAYMENT_SOURCE (self->client),
                                                  .audit = self->audit,
                                                  .times = times });
  jumin_till_start (self->till);
}

/* Until it takes payments: then nothing is in doubt. */
static void
wait_until_open (Payer *self)
{
  while (jumin_till_get_closed (self->till) != JUMIN_TILL_OPEN
         || jumin_till_count_unresolved (self->till) > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: id of what the household owes first */
static const char *
find_due (const JuminBills *bills)
{
  const JuminHome *home = bills->homes->pdata[0];

  for (guint i = 0; i < home->bills->len; i++)
    {
      const JuminBill *bill = home->bills->pdata[i];

      if (bill->state == JUMIN_BILL_DUE)
        return bill->id;
    }
  return "";
}

static JuminQuote *
quote (Payer *self)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) found = NULL, quoted = NULL;
  g_autoptr (JuminBills) bills = NULL;
  const char *ids[] = { NULL, NULL };
  JuminQuote *quote;

  jumin_payments_client_find_bills_async (self->client, biller, account, NULL, on_ready, &result);
  found = take (&result);
  bills = jumin_payments_client_bills_finish (self->client, found, &error);
  check (error);
  ids[0] = find_due (bills);
  jumin_payments_client_quote_async (self->client, ids, NULL, on_ready, &result);
  quoted = take (&result);
  quote = jumin_payments_client_quote_finish (self->client, quoted, &error);
  check (error);
  return quote;
}

static gboolean
on_go (GIOChannel *channel, GIOCondition condition, gpointer go)
{
  *(gboolean *)go = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_line (void)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  gboolean go = FALSE;

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_go, &go);
  while (!go)
    g_main_context_iteration (NULL, TRUE);
}

static void
pay (Payer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminQuote) quoted = quote (self);
  g_autofree char *code = g_strdup_printf ("13%08u%08u", g_random_int () % CODE_DIGITS,
                                           g_random_int () % CODE_DIGITS);
  gboolean shows = g_str_equal (way, "show");
  g_autofree char *id = NULL;
  const JuminPayment *payment;

  say ("ready");
  wait_for_line ();
  payment = jumin_till_begin (self->till, quoted, shows ? JUMIN_PAY_SHOW : JUMIN_PAY_SCAN, NULL,
                              shows ? code : NULL, &error);
  check (error);
  id = g_strdup (payment->id);
  while ((payment = jumin_till_find (self->till, id)) != NULL
         && !jumin_payment_state_is_final (payment->durable))
    {
      if (*payment->code != '\0' && !self->shown)
        say ("code");
      self->shown = self->shown || *payment->code != '\0';
      g_main_context_iteration (NULL, TRUE);
    }
  say (payment != NULL && payment->durable == JUMIN_PAYMENT_FULFILLED ? "paid" : "not paid");
}

static GPtrArray *
list (Payer *self)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  GPtrArray *payments;

  jumin_till_list_async (self->till, on_ready, &result);
  listed = take (&result);
  payments = jumin_till_list_finish (self->till, listed, &error);
  check (error);
  return payments;
}

/* Of all that the journal holds. */
static gboolean
are_final (const GPtrArray *payments)
{
  for (guint i = 0; i < payments->len; i++)
    if (!jumin_payment_state_is_final (((JuminPayment *)payments->pdata[i])->state))
      return FALSE;
  return TRUE;
}

static void
compare (Payer *self)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) compared = NULL;
  g_autoptr (JuminReconciliation) books = NULL;
  gint64 now = jumin_clock_get_wall (self->clock);

  jumin_till_reconcile_async (self->till, jumin_hall_get_day (now, 0), on_ready, &result);
  compared = take (&result);
  books = jumin_till_reconcile_finish (self->till, compared, &error);
  check (error);
  if (books->differences->len == 0 && books->open == 0)
    return;
  fprintf (stderr, "%u payments differ, %u are open\n", books->differences->len, books->open);
  exit (EXIT_FAILURE);
}

static void
settle (Payer *self)
{
  g_autoptr (GPtrArray) payments = list (self);
  guint ends[JUMIN_N_PAYMENT_STATES] = { 0 };

  while (!are_final (payments))
    {
      g_main_context_iteration (NULL, TRUE);
      g_ptr_array_unref (payments);
      payments = list (self);
    }
  compare (self);
  for (guint i = 0; i < payments->len; i++)
    ends[((JuminPayment *)payments->pdata[i])->state]++;
  printf ("settled");
  for (int state = 0; state < JUMIN_N_PAYMENT_STATES; state++)
    if (ends[state] > 0)
      printf (" %s %u", jumin_payment_state_get_word (state), ends[state]);
  say ("");
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Payer self = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_parse (context, &argc, &argv, &error);
  check (error);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_timeout_add (PATIENCE_MS, on_patience_lost, NULL);
  if (recover)
    g_timeout_add (LOOK_MS, on_look, NULL);
  open_till (&self);
  wait_until_open (&self);
  (recover ? settle : pay) (&self);
  g_object_run_dispose (G_OBJECT (self.till));
  g_object_unref (self.till);
  g_object_unref (self.client);
  jumin_audit_close (self.audit);
  g_object_unref (self.audit);
  g_object_unref (self.clock);
  return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets test-client-messages.py speak with the terminal's client as the platform: a line in is
 * "OPERATION STATUS BODY", what the platform shall answer; a line out is what the client made of it
 * (ok, refused, invalid) and the request in base64. */
#include <stdio.h>
#include <string.h>

#include "model/error.h"
#include "money-messages.h"
#include "paper-messages.h"
#include "platform/documents-client.h"
#include "platform/payments-client.h"
#include "platform/record-calls.h"
#include "tls-client.h"
#include "tls-peer.h"

#define KEY "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"
#define LOGIN "00112233445566778899aabbccddeeff"
#define ID_NUMBER "50010119600101001X"
#define PAPER "GJJ-20261121-000371"

enum
{
  CLOCK_SPEED = 10,
  WORDS = 3
};

/* What in an answer no description can give. */
typedef enum
{
  SEAL_NONE,
  SEAL_PAPER,
  SEAL_QUOTE,
  SEAL_CHARGE
} Seal;

typedef struct
{
  TlsPeer *peer;
  JuminHallClient *client;
  JuminDocumentsClient *documents;
  JuminPaymentsClient *payments;
  JuminIdentity *holder;
  const char *status, *body;
  char *request;
  GAsyncResult *result;
} Stage;

static char *
on_request (const char *request, guint number, gpointer data)
{
  Stage *stage = data;

  g_free (stage->request);
  stage->request = g_strdup (request);
  return tls_peer_make_answer (stage->status, "application/json", stage->body);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  Stage *stage = data;

  stage->result = g_object_ref (result);
}

static void
get_catalogue (Stage *stage)
{
  jumin_hall_client_fetch_catalogue_async (stage->client, NULL, on_ready, stage);
}

static void
get_hall (Stage *stage)
{
  jumin_hall_client_fetch_hall_async (stage->client, NULL, on_ready, stage);
}

static void
resolve_card (Stage *stage)
{
  JuminCard card = { .identifier = "500100D1560000050100000000000001", .version = "3.00" };

  jumin_hall_client_resolve_card_async (stage->client, &card, NULL, on_ready, stage);
}

static void
start_login (Stage *stage)
{
  jumin_hall_client_start_login_async (stage->client, ID_NUMBER, NULL, on_ready, stage);
}

static void
resend_code (Stage *stage)
{
  jumin_hall_client_resend_code_async (stage->client, LOGIN, NULL, on_ready, stage);
}

static void
check_code (Stage *stage)
{
  jumin_hall_client_check_code_async (stage->client, LOGIN, "123456", NULL, on_ready, stage);
}

static void
get_today (Stage *stage)
{
  jumin_hall_client_fetch_today_async (stage->client, stage->holder, NULL, on_ready, stage);
}

static void
take_ticket (Stage *stage)
{
  JuminTicketOrder order = { "general", "elder", "appointment-1", stage->holder };

  jumin_hall_client_take_ticket_async (stage->client, KEY, &order, NULL, on_ready, stage);
}

static void
take_plain_ticket (Stage *stage)
{
  JuminTicketOrder order = { .matter = "general" };

  jumin_hall_client_take_ticket_async (stage->client, KEY, &order, NULL, on_ready, stage);
}

static void
call_help (Stage *stage)
{
  jumin_hall_client_call_help_async (stage->client, KEY,
                                     &(JuminHelpQuestion){ .page = "home", .escalated = TRUE },
                                     NULL, on_ready, stage);
}

static void
follow_help (Stage *stage)
{
  jumin_hall_client_follow_help_async (stage->client, "H0001", NULL, on_ready, stage);
}

static void
add_report (Stage *stage)
{
  JuminReport report = {
    .trouble = JUMIN_TROUBLE_PAPER_OUT, .since = 1789525560, .began = TRUE, .told = JUMIN_TOLD_HALL
  };

  jumin_hall_client_report_async (stage->client, KEY, &report, NULL, on_ready, stage);
}

static void
get_record (Stage *stage, const char *record)
{
  JuminRecordQuestion question = { record, 1, stage->holder };

  jumin_hall_client_fetch_record_async (stage->client, &question, NULL, on_ready, stage);
}

static void
get_account (Stage *stage)
{
  get_record (stage, "fund-account");
}

static void
get_lines (Stage *stage)
{
  get_record (stage, "fund-lines");
}

static void
get_loan (Stage *stage)
{
  get_record (stage, "fund-loan");
}

static void
get_withdrawals (Stage *stage)
{
  get_record (stage, "fund-withdrawals");
}

static void
get_social (Stage *stage)
{
  get_record (stage, "social-rights");
}

static void
get_entitlements (Stage *stage)
{
  jumin_document_source_list_async (JUMIN_DOCUMENT_SOURCE (stage->documents), stage->holder, NULL,
                                    on_ready, stage);
}

static void
fetch_document (Stage *stage)
{
  JuminDocumentOrder order = { KEY, "general", PAPER, stage->holder };

  jumin_document_source_fetch_async (JUMIN_DOCUMENT_SOURCE (stage->documents), &order, on_ready,
                                     stage);
}

static void
fetch_plain_document (Stage *stage)
{
  JuminDocumentOrder order = { KEY, "general", NULL, stage->holder };

  jumin_document_source_fetch_async (JUMIN_DOCUMENT_SOURCE (stage->documents), &order, on_ready,
                                     stage);
}

static void
report_outcome (Stage *stage)
{
  JuminPrintReport report = { PAPER, KEY, JUMIN_OUTCOME_PARTLY, 0, 1 };

  jumin_document_source_report_async (JUMIN_DOCUMENT_SOURCE (stage->documents), &report, on_ready,
                                      stage);
}

static void
list_bills (Stage *stage)
{
  jumin_payments_client_list_bills_async (stage->payments, stage->holder, NULL, on_ready, stage);
}

static void
find_bills (Stage *stage)
{
  jumin_payments_client_find_bills_async (stage->payments, "power", "500812345640", NULL, on_ready,
                                          stage);
}

static void
make_quote (Stage *stage)
{
  static const char *const bills[] = { "bill-1", NULL };

  jumin_payments_client_quote_async (stage->payments, bills, NULL, on_ready, stage);
}

static void
pay_in (Stage *stage, JuminPayWay way)
{
  JuminQuote quote = { .id = (char *)KEY, .fen = 18500 };
  JuminPaymentOrder order = { KEY, &quote, way, stage->holder, "134567890123456789" };

  jumin_payment_source_pay_async (JUMIN_PAYMENT_SOURCE (stage->payments), &order, on_ready, stage);
}

static void
pay (Stage *stage)
{
  pay_in (stage, JUMIN_PAY_SCAN);
}

static void
pay_by_code (Stage *stage)
{
  pay_in (stage, JUMIN_PAY_SHOW);
}

static void
pay_from_account (Stage *stage)
{
  pay_in (stage, JUMIN_PAY_ACCOUNT);
}

static void
get_payment (Stage *stage)
{
  jumin_payment_source_state_async (JUMIN_PAYMENT_SOURCE (stage->payments), KEY, on_ready, stage);
}

static void
close_payment (Stage *stage)
{
  jumin_payment_source_close_async (JUMIN_PAYMENT_SOURCE (stage->payments), KEY, on_ready, stage);
}

static void
list_payments (Stage *stage)
{
  jumin_payment_source_list_async (JUMIN_PAYMENT_SOURCE (stage->payments), 20260820, on_ready,
                                   stage);
}

static const struct
{
  const char *name;
  void (*start) (Stage *stage);
  GDestroyNotify free_result;
  Seal seal;
} operations[] = {
  { "getCatalogue", get_catalogue, (GDestroyNotify)jumin_catalogue_free },
  { "getHall", get_hall, (GDestroyNotify)jumin_hall_free },
  { "resolveCard", resolve_card, (GDestroyNotify)jumin_identity_unref },
  { "startLogin", start_login, (GDestroyNotify)jumin_login_free },
  { "resendCode", resend_code, (GDestroyNotify)jumin_login_free },
  { "checkCode", check_code, (GDestroyNotify)jumin_login_free },
  { "getToday", get_today, (GDestroyNotify)jumin_today_free },
  { "takeTicket", take_ticket, (GDestroyNotify)jumin_ticket_free },
  { "takeTicket/plain", take_plain_ticket, (GDestroyNotify)jumin_ticket_free },
  { "callHelp", call_help, (GDestroyNotify)jumin_help_call_free },
  { "followHelp", follow_help, (GDestroyNotify)jumin_help_call_free },
  { "addReport", add_report, g_free },
  { "getFundAccount", get_account, (GDestroyNotify)jumin_record_unref },
  { "getFundLines", get_lines, (GDestroyNotify)jumin_record_unref },
  { "getFundLoan", get_loan, (GDestroyNotify)jumin_record_unref },
  { "getFundWithdrawals", get_withdrawals, (GDestroyNotify)jumin_record_unref },
  { "getSocialRecord", get_social, (GDestroyNotify)jumin_record_unref },
  { "getEntitlements", get_entitlements, (GDestroyNotify)jumin_entitlements_free },
  { "fetchDocument", fetch_document, (GDestroyNotify)jumin_document_free, SEAL_PAPER },
  { "fetchDocument/plain", fetch_plain_document, (GDestroyNotify)jumin_document_free },
  { "reportOutcome", report_outcome, (GDestroyNotify)jumin_document_fate_free },
  { "listBills", list_bills, (GDestroyNotify)jumin_bills_free },
  { "findBills", find_bills, (GDestroyNotify)jumin_bills_free },
  { "makeQuote", make_quote, (GDestroyNotify)jumin_quote_free, SEAL_QUOTE },
  { "pay", pay, (GDestroyNotify)jumin_charge_free, SEAL_CHARGE },
  { "pay/show", pay_by_code, (GDestroyNotify)jumin_charge_free, SEAL_CHARGE },
  { "pay/account", pay_from_account, (GDestroyNotify)jumin_charge_free, SEAL_CHARGE },
  { "getPayment", get_payment, (GDestroyNotify)jumin_charge_free, SEAL_CHARGE },
  { "closePayment", close_payment, (GDestroyNotify)jumin_charge_free, SEAL_CHARGE },
  { "listPayments", list_payments, (GDestroyNotify)g_ptr_array_unref },
};

static const char *
finish (Stage *stage, GDestroyNotify free_result)
{
  g_autoptr (GAsyncResult) result = g_steal_pointer (&stage->result);
  g_autoptr (GError) error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value != NULL)
    free_result (value);
  if (error == NULL)
    return "ok";
  return g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID) ? "invalid"
                                                                                : "refused";
}

static char *
dup_sealed (Stage *stage, Seal seal, const char *body)
{
  EVP_PKEY *key = stage->peer->signing;

  if (seal == SEAL_NONE)
    return g_strdup (body);
  return seal == SEAL_PAPER ? paper_message_seal (key, body, ID_NUMBER)
                            : money_message_seal (key, body, seal == SEAL_QUOTE);
}

/* Returns: whether @line could be played */
static gboolean
play (Stage *stage, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", WORDS);
  g_autofree char *status = NULL, *request = NULL, *sealed = NULL;

  if (g_strv_length (words) != WORDS)
    return FALSE;
  status = g_strconcat (words[1], " Played", NULL);
  stage->status = status;
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].name, words[0]) == 0)
      {
        const char *outcome;

        sealed = dup_sealed (stage, operations[i].seal, words[2]);
        stage->body = sealed;
        operations[i].start (stage);
        while (stage->result == NULL)
          g_main_context_iteration (NULL, TRUE);
        outcome = finish (stage, operations[i].free_result);
        request = g_base64_encode ((const guchar *)stage->request, strlen (stage->request));
        printf ("%s %s\n", outcome, request);
        fflush (stdout);
        return TRUE;
      }
  return FALSE;
}

/* What is signed by itself is verified with the key of the answers. */
static void
make_clients (Stage *stage, TestKeys *keys, JuminHttpClient *http)
{
  g_autofree char *file = test_keys_path (keys, "reply.pem");
  g_autoptr (GError) error = NULL;

  stage->client = jumin_hall_client_new (http);
  stage->documents = jumin_documents_client_new (stage->client, "T-0003", file, &error);
  g_assert_no_error (error);
  stage->payments = jumin_payments_client_new (stage->client, "T-0003", file, &error);
  g_assert_no_error (error);
}

int
main (void)
{
  TestKeys *keys = test_keys_new ();
  JuminClock *clock = jumin_clock_new (CLOCK_SPEED);
  Stage stage = { NULL };
  g_autoptr (JuminHttpClient) http = NULL;
  g_autofree char *line = NULL;
  size_t size = 0;
  gboolean good = TRUE;

  stage.peer = tls_peer_new (keys, "server", on_request, &stage);
  http = tls_client_new (keys, clock, stage.peer->port, (TlsWrong){ NULL });
  make_clients (&stage, keys, http);
  stage.holder = jumin_identity_new (JUMIN_PROOF_CARD, "李测试", ID_NUMBER);
  while (good && getline (&line, &size, stdin) > 0)
    good = play (&stage, g_strchomp (line));
  jumin_identity_unref (stage.holder);
  g_object_unref (stage.payments);
  g_object_unref (stage.documents);
  g_object_unref (stage.client);
  g_clear_object (&http);
  tls_peer_free (stage.peer);
  test_keys_free (keys);
  g_object_unref (clock);
  g_free (stage.request);
  return good ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the platform that are signed and yet what nobody expects: one byte says which
 * operation was asked, one its status, the rest is the body. */
#include "fake-http.h"
#include "fuzz.h"
#include "platform/documents-client.h"
#include "platform/record-calls.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <unistd.h>

enum
{
  CATALOGUE,
  HALL,
  CARD,
  START_LOGIN,
  RESEND_CODE,
  CHECK_CODE,
  TODAY,
  TICKET,
  FIRST_RECORD,
  LAST_RECORD = FIRST_RECORD + 4,
  ENTITLEMENTS,
  PAPER,
  OUTCOME,
  HELP,
  N_OPERATIONS
};

static const char *const records[]
    = { "fund-account", "fund-lines", "fund-loan", "fund-withdrawals", "social-rights" };
static const guint statuses[] = { 200, 201, 400, 401, 404, 409, 410, 413, 422, 423, 503 };

#define KEY "0b0e0c9e-5a43-4f0e-9d3c-1f1d4b4c7a10"

typedef struct
{
  Feed feed;
  guint operation, status;
  gboolean done;
} Run;

static JuminHttpAnswer *
answer (const JuminHttpRequest *request, gpointer data)
{
  Run *run = data;
  Feed feed = run->feed; /* asked again, it says the same */
  gsize length = feed.left;

  return fake_http_answer_new (run->status, feed_dup (&feed, length), length);
}

/* Whatever came is freed as its kind; it has a value or an error, never both or none. */
#define FINISH(Type, free_function, call)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    Type *value = call;                                                                            \
    g_assert ((value != NULL) == (error == NULL));                                                 \
    if (value != NULL)                                                                             \
      free_function (value);                                                                       \
  }                                                                                                \
  G_STMT_END

static void
on_papers_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminDocumentsClient *client = JUMIN_DOCUMENTS_CLIENT (source);
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->done = TRUE;
  if (run->operation == ENTITLEMENTS)
    FINISH (JuminEntitlements, jumin_entitlements_free,
            jumin_document_source_list_finish (JUMIN_DOCUMENT_SOURCE (client), result, &error));
  else if (run->operation == PAPER)
    FINISH (JuminDocument, jumin_document_free,
            jumin_document_source_fetch_finish (JUMIN_DOCUMENT_SOURCE (client), result, &error));
  else
    FINISH (JuminDocumentFate, jumin_document_fate_free,
            jumin_document_source_report_finish (JUMIN_DOCUMENT_SOURCE (client), result, &error));
}

/* With the key of a platform that signs nothing. */
static JuminDocumentsClient *
documents_client_new (JuminHallClient *hall)
{
  static EVP_PKEY *key;
  g_autofree char *file = NULL;
  int descriptor = g_file_open_tmp ("jumin-XXXXXX.pem", &file, NULL);
  FILE *stream = fdopen (descriptor, "w");
  JuminDocumentsClient *client;

  if (key == NULL)
    key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  PEM_write_PUBKEY (stream, key);
  fclose (stream);
  client = jumin_documents_client_new (hall, "T-0003", file, NULL);
  g_assert_nonnull (client);
  g_unlink (file);
  return client;
}

static void
ask_for_papers (JuminHallClient *hall, JuminIdentity *holder, Run *run)
{
  g_autoptr (JuminDocumentsClient) client = documents_client_new (hall);
  JuminDocumentOrder order = { KEY, "fund-deposit", NULL, holder };
  JuminPrintReport report = { "GJJ-20261121-000371", KEY, JUMIN_OUTCOME_PRINTED, 1, 0 };

  if (run->operation == ENTITLEMENTS)
    jumin_document_source_list_async (JUMIN_DOCUMENT_SOURCE (client), holder, NULL, on_papers_ready,
                                      run);
  else if (run->operation == PAPER)
    jumin_document_source_fetch_async (JUMIN_DOCUMENT_SOURCE (client), &order, on_papers_ready,
                                       run);
  else
    jumin_document_source_report_async (JUMIN_DOCUMENT_SOURCE (client), &report, on_papers_ready,
                                        run);
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminHallClient *client = JUMIN_HALL_CLIENT (source);
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->done = TRUE;
  if (run->operation >= FIRST_RECORD && run->operation <= LAST_RECORD)
    {
      FINISH (JuminRecord, jumin_record_unref,
              jumin_hall_client_fetch_record_finish (client, result, &error));
      return;
    }
  switch (run->operation)
    {
    case CATALOGUE:
      FINISH (JuminCatalogue, jumin_catalogue_free,
              jumin_hall_client_fetch_catalogue_finish (client, result, &error));
      break;
    case HALL:
      FINISH (JuminHall, jumin_hall_free,
              jumin_hall_client_fetch_hall_finish (client, result, &error));
      break;
    case CARD:
      FINISH (JuminIdentity, jumin_identity_unref,
              jumin_hall_client_resolve_card_finish (client, result, &error));
      break;
    case TODAY:
      FINISH (JuminToday, jumin_today_free,
              jumin_hall_client_fetch_today_finish (client, result, &error));
      break;
    case TICKET:
      FINISH (JuminTicket, jumin_ticket_free,
              jumin_hall_client_take_ticket_finish (client, result, &error));
      break;
    case HELP:
      FINISH (JuminHelpCall, jumin_help_call_free,
              jumin_hall_client_help_finish (client, result, &error));
      break;
    default:
      FINISH (JuminLogin, jumin_login_free,
              jumin_hall_client_login_finish (client, result, &error));
    }
}

static void
ask (JuminHallClient *client, Run *run)
{
  static const JuminCard card
      = { .version = "2.00", .identifier = "500000D156000005000012340000000A" };
  static const JuminTicketOrder order = { .matter = "general" };
  g_autoptr (JuminIdentity) holder
      = jumin_identity_new (JUMIN_PROOF_CARD, "测试甲", "500102199003070010");

  if (run->operation >= FIRST_RECORD && run->operation <= LAST_RECORD)
    jumin_hall_client_fetch_record_async (
        client, &(JuminRecordQuestion){ records[run->operation - FIRST_RECORD], 1, holder }, NULL,
        on_ready, run);
  else if (run->operation >= ENTITLEMENTS && run->operation <= OUTCOME)
    ask_for_papers (client, holder, run);
  else if (run->operation == CATALOGUE)
    jumin_hall_client_fetch_catalogue_async (client, NULL, on_ready, run);
  else if (run->operation == HALL)
    jumin_hall_client_fetch_hall_async (client, NULL, on_ready, run);
  else if (run->operation == CARD)
    jumin_hall_client_resolve_card_async (client, &card, NULL, on_ready, run);
  else if (run->operation == START_LOGIN)
    jumin_hall_client_start_login_async (client, "500102199003070010", NULL, on_ready, run);
  else if (run->operation == RESEND_CODE)
    jumin_hall_client_resend_code_async (client, "0123456789abcdef0123456789abcdef", NULL, on_ready,
                                         run);
  else if (run->operation == CHECK_CODE)
    jumin_hall_client_check_code_async (client, "0123456789abcdef0123456789abcdef", "123456", NULL,
                                        on_ready, run);
  else if (run->operation == TODAY)
    jumin_hall_client_fetch_today_async (client, holder, NULL, on_ready, run);
  else if (run->operation == TICKET)
    jumin_hall_client_take_ticket_async (client, KEY, &order, NULL, on_ready, run);
  else
    jumin_hall_client_call_help_async (client, KEY, &(JuminHelpQuestion){ .page = "home" }, NULL,
                                       on_ready, run);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Run run = { .feed = { data, size } };
  g_autoptr (JuminHttpClient) http = fake_http_client_new (answer, &run);
  g_autoptr (JuminHallClient) client = jumin_hall_client_new (http);

  run.operation = feed_byte (&run.feed) % N_OPERATIONS;
  run.status = statuses[feed_byte (&run.feed) % G_N_ELEMENTS (statuses)];
  ask (client, &run);
  while (!run.done)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

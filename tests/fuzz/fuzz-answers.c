/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of the platform that are signed and yet what nobody expects: one byte says which
 * operation was asked, one its status, the rest is the body. */
#include "fake-http.h"
#include "fuzz.h"
#include "platform/hall-client.h"

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
  HELP,
  N_OPERATIONS
};

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
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminHallClient *client = JUMIN_HALL_CLIENT (source);
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->done = TRUE;
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

  if (run->operation == CATALOGUE)
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

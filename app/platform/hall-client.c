/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The platform's operations. One row of a table says how each is asked and read; all run the same
 * way: write the body, call, read the answer or the refusal.
 *
 * An operation that changes the world and whose answer is lost is asked again with the same key,
 * so that the platform gives the same number. Whatever held an identity is wiped. */
#include "platform/hall-client.h"

#include <string.h>

#include "model/error.h"
#include "model/json.h"
#include "platform/hall-answers.h"
#include "platform/hall-client-private.h"

enum
{
  REQUEST_BYTES_MAX = 4096
};

struct _JuminHallClient
{
  GObject parent_instance;
  JuminHttpClient *http;
};

G_DEFINE_FINAL_TYPE (JuminHallClient, jumin_hall_client, G_TYPE_OBJECT)

/* The number that the person holds already. */
static gpointer
read_live_ticket (guint status, JuminRefusal refusal, const JuminJson *root)
{
  JuminTicket *ticket;
  JuminJson place;

  if (status != 409 || refusal != JUMIN_REFUSAL_LIVE_TICKET)
    return NULL;
  place = jumin_json_member (root, "ticket");
  ticket = jumin_hall_answer_read_ticket (&place);
  ticket->live = TRUE;
  return ticket;
}

/* Nothing was typed yet that could be wrong or too old. */
static gpointer
read_start_refusal (guint status, JuminRefusal refusal, const JuminJson *root)
{
  if (refusal == JUMIN_REFUSAL_WRONG_CODE || refusal == JUMIN_REFUSAL_LOGIN_EXPIRED)
    return NULL;
  return jumin_hall_answer_read_login_refusal (status, refusal, root);
}

static const JuminOperation fetch_catalogue
    = { "GET", "/catalogue", NULL, (GDestroyNotify)jumin_catalogue_free, 1 };
static const JuminOperation fetch_hall
    = { "GET", "/hall", jumin_hall_answer_read_hall, (GDestroyNotify)jumin_hall_free, 1 };
static const JuminOperation resolve_card
    = { "POST", "/cards/resolve", jumin_hall_answer_read_holder,
        (GDestroyNotify)jumin_identity_unref, 1 };
static const JuminOperation fetch_today = { "POST", "/holders/today", jumin_hall_answer_read_today,
                                            (GDestroyNotify)jumin_today_free, 1 };
static const JuminOperation take_ticket
    = { "POST", "/tickets",      jumin_hall_answer_read_ticket, (GDestroyNotify)jumin_ticket_free,
        2,      read_live_ticket };
static const JuminOperation start_login
    = { "POST", "/logins",         jumin_hall_answer_read_login, (GDestroyNotify)jumin_login_free,
        1,      read_start_refusal };
static const JuminOperation resend_code = { "POST",
                                            "/logins/resend",
                                            jumin_hall_answer_read_login,
                                            (GDestroyNotify)jumin_login_free,
                                            1,
                                            jumin_hall_answer_read_login_refusal };
static const JuminOperation check_code = { "POST",
                                           "/logins/code",
                                           jumin_hall_answer_read_login_holder,
                                           (GDestroyNotify)jumin_login_free,
                                           1,
                                           jumin_hall_answer_read_login_refusal };

/* Refusals that the journey has an answer to; any other is JUMIN_FAILURE_PLATFORM_REFUSED. */
static const struct
{
  guint status;
  JuminRefusal refusal;
  JuminFailure failure;
} refusals[] = {
  { 404, JUMIN_REFUSAL_HOLDER_UNKNOWN, JUMIN_FAILURE_HOLDER_UNKNOWN },
  { 422, JUMIN_REFUSAL_QUEUE_CLOSED, JUMIN_FAILURE_QUEUE_CLOSED },
  { 422, JUMIN_REFUSAL_IDENTITY_REQUIRED, JUMIN_FAILURE_QUEUE_IDENTITY },
  { 422, JUMIN_REFUSAL_APPOINTMENT_CLOSED, JUMIN_FAILURE_APPOINTMENT },
  { 500, JUMIN_REFUSAL_INTERNAL, JUMIN_FAILURE_PLATFORM_SILENT },
  { 503, JUMIN_REFUSAL_QUEUE_DOWN, JUMIN_FAILURE_QUEUE_DOWN },
  { 503, JUMIN_REFUSAL_SERVICE_DOWN, JUMIN_FAILURE_SERVICE_DOWN },
  { 422, JUMIN_REFUSAL_NOT_ENTITLED, JUMIN_FAILURE_NOT_ENTITLED },
  { 409, JUMIN_REFUSAL_OUTCOME_SETTLED, JUMIN_FAILURE_OUTCOME_SETTLED },
  { 404, JUMIN_REFUSAL_ACCOUNT_UNKNOWN, JUMIN_FAILURE_ACCOUNT_UNKNOWN },
  { 409, JUMIN_REFUSAL_BILL_TAKEN, JUMIN_FAILURE_BILL_TAKEN },
  { 409, JUMIN_REFUSAL_BILLER_CLOSED, JUMIN_FAILURE_BILLER_CLOSED },
  { 422, JUMIN_REFUSAL_QUOTE_EXPIRED, JUMIN_FAILURE_PAYMENT_REFUSED },
  { 422, JUMIN_REFUSAL_QUOTE_UNKNOWN, JUMIN_FAILURE_PAYMENT_REFUSED },
};

typedef struct
{
  JuminHttpClient *http;
  const JuminOperation *operation;
  char *key, *body;
  guint attempts;
} Call;

static void
call_free (Call *call)
{
  if (call->body != NULL)
    explicit_bzero (call->body, REQUEST_BYTES_MAX);
  g_object_unref (call->http);
  g_free (call->body);
  g_free (call->key);
  g_free (call);
}

static GError *
new_refusal_error (const JuminOperation *operation, guint status, JuminRefusal refusal)
{
  JuminFailure failure = JUMIN_FAILURE_PLATFORM_REFUSED;

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].status == status && refusals[i].refusal == refusal)
      failure = refusals[i].failure;
  return g_error_new (JUMIN_FAILURE, (int)failure,
                      "Calling '%s %s' failed: the platform refused it, status %u, %s",
                      operation->method, operation->path, status, jumin_refusal_get_code (refusal));
}

static gpointer
read_refusal (const JuminOperation *operation, guint status, const JuminJson *root, GError **error)
{
  JuminRefusal refusal = jumin_hall_answer_read_refusal (root);
  gpointer result = NULL;

  if (root->report->error == NULL && operation->read_refusal != NULL)
    result = operation->read_refusal (status, refusal, root);
  jumin_json_check_all_seen (root);
  if (root->report->error == NULL && result == NULL)
    g_propagate_error (error, new_refusal_error (operation, status, refusal));
  return result;
}

static gpointer
read_document (const JuminOperation *operation, const JuminHttpAnswer *answer,
               JuminJsonReport *report, GError **error)
{
  cJSON *document = jumin_json_parse (answer->body, answer->length, report);
  JuminJson root = jumin_json_root (document, report);
  gpointer result = NULL;

  if (document == NULL)
    return NULL;
  if (answer->status >= 400)
    result = read_refusal (operation, answer->status, &root, error);
  else
    {
      result = operation->read (&root);
      jumin_json_check_all_seen (&root);
    }
  jumin_json_free_wiped (document);
  if (report->error != NULL && result != NULL)
    {
      operation->free_result (result);
      result = NULL;
    }
  return result;
}

static gpointer
read_answer (const JuminOperation *operation, const JuminHttpAnswer *answer, GError **error)
{
  g_autofree char *name = g_strdup_printf ("Answer to '%s %s'", operation->method, operation->path);
  JuminJsonReport report = { .name = name };
  gpointer result;

  if (operation->read == NULL && answer->status < 400)
    result = jumin_catalogue_parse (answer->body, (gssize)answer->length, operation->path,
                                    &report.error);
  else
    result = read_document (operation, answer, &report, error);
  if (report.error == NULL)
    return result;
  g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID, report.error->message);
  g_error_free (report.error);
  return NULL;
}

static void send_call (GTask *task);

static void
on_called (GObject *http, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = NULL;
  g_autoptr (JuminHttpAnswer) answer
      = jumin_http_client_call_finish (JUMIN_HTTP_CLIENT (http), result, &error);

  if (answer != NULL)
    value = read_answer (call->operation, answer, &error);
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT) && --call->attempts > 0)
    {
      g_error_free (error);
      send_call (g_steal_pointer (&task));
      return;
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, call->operation->free_result);
}

/* @task: (transfer full) */
static void
send_call (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  JuminHttpRequest request = { .method = call->operation->method,
                               .path = call->operation->path,
                               .key = call->key,
                               .body = call->body,
                               .again = call->attempts > 1 };

  /* What changes the world is not given up half way: nobody would know whether it happened. */
  jumin_http_client_call_async (call->http, &request,
                                call->key == NULL ? g_task_get_cancellable (task) : NULL, on_called,
                                task);
}

/* @body: (transfer full) (nullable) */
static gboolean
print_body (Call *call, cJSON *body)
{
  gboolean printed = TRUE;

  if (body != NULL)
    {
      /* cJSON_Print() would leave copies behind as its buffer grows. */
      call->body = g_malloc0 (REQUEST_BYTES_MAX);
      printed = cJSON_PrintPreallocated (body, call->body, REQUEST_BYTES_MAX, FALSE);
      jumin_json_free_wiped (body);
    }
  return printed;
}

void
jumin_hall_client_run (JuminHallClient *self, const JuminOperation *operation, const char *key,
                       cJSON *body, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  jumin_hall_client_run_for (self, self, operation, key, body, cancellable, callback, data);
}

void
jumin_hall_client_run_for (JuminHallClient *self, gpointer asker, const JuminOperation *operation,
                           const char *key, cJSON *body, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (asker, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);
  gboolean printed;

  g_task_set_source_tag (task, (gpointer)operation);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  call->http = g_object_ref (self->http);
  call->operation = operation;
  call->key = g_strdup (key);
  call->attempts = operation->attempts;
  printed = print_body (call, body);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!printed)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
                               "Calling '%s %s' failed: the request is longer than %d bytes",
                               operation->method, operation->path, REQUEST_BYTES_MAX);
      return;
    }
  if (key != NULL)
    g_task_set_check_cancellable (task, FALSE);
  send_call (g_steal_pointer (&task));
}

static void
jumin_hall_client_dispose (GObject *object)
{
  g_clear_object (&JUMIN_HALL_CLIENT (object)->http);
  G_OBJECT_CLASS (jumin_hall_client_parent_class)->dispose (object);
}

static void
jumin_hall_client_class_init (JuminHallClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_hall_client_dispose;
}

static void
jumin_hall_client_init (JuminHallClient *self)
{
}

/**
 * jumin_hall_client_new:
 * @http: the way to the platform
 *
 * Returns: (transfer full): the platform's operations
 */
JuminHallClient *
jumin_hall_client_new (JuminHttpClient *http)
{
  JuminHallClient *self = g_object_new (JUMIN_TYPE_HALL_CLIENT, NULL);

  self->http = g_object_ref (http);
  return self;
}

void
jumin_hall_client_fetch_catalogue_async (JuminHallClient *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data)
{
  jumin_hall_client_run (self, &fetch_catalogue, NULL, NULL, cancellable, callback, data);
}

JuminCatalogue *
jumin_hall_client_fetch_catalogue_finish (JuminHallClient *self, GAsyncResult *result,
                                          GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_fetch_hall_async (JuminHallClient *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  jumin_hall_client_run (self, &fetch_hall, NULL, NULL, cancellable, callback, data);
}

JuminHall *
jumin_hall_client_fetch_hall_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_resolve_card_async (JuminHallClient *self, const JuminCard *card,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "identifier", card->identifier);
  cJSON_AddStringToObject (body, "version", card->version);
  jumin_hall_client_run (self, &resolve_card, NULL, body, cancellable, callback, data);
}

JuminIdentity *
jumin_hall_client_resolve_card_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_start_login_async (JuminHallClient *self, const char *id_number,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "id_number", id_number);
  jumin_hall_client_run (self, &start_login, NULL, body, cancellable, callback, data);
}

void
jumin_hall_client_resend_code_async (JuminHallClient *self, const char *login,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "login", login);
  jumin_hall_client_run (self, &resend_code, NULL, body, cancellable, callback, data);
}

void
jumin_hall_client_check_code_async (JuminHallClient *self, const char *login, const char *code,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "login", login);
  cJSON_AddStringToObject (body, "code", code);
  jumin_hall_client_run (self, &check_code, NULL, body, cancellable, callback, data);
}

JuminLogin *
jumin_hall_client_login_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_fetch_today_async (JuminHallClient *self, JuminIdentity *holder,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data)
{
  cJSON *body = cJSON_CreateObject ();

  cJSON_AddStringToObject (body, "id_number", jumin_identity_get_number (holder));
  jumin_hall_client_run (self, &fetch_today, NULL, body, cancellable, callback, data);
}

JuminToday *
jumin_hall_client_fetch_today_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_hall_client_take_ticket_async (JuminHallClient *self, const char *key,
                                     const JuminTicketOrder *order, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data)
{
  JuminIdentity *holder = order->holder;
  cJSON *body, *person;

  g_return_if_fail (key != NULL);
  body = cJSON_CreateObject ();
  cJSON_AddStringToObject (body, "matter", order->matter);
  jumin_json_add_nullable (body, "priority", order->priority);
  jumin_json_add_nullable (body, "appointment", order->appointment);
  if (holder == NULL)
    cJSON_AddNullToObject (body, "holder");
  else
    {
      person = cJSON_AddObjectToObject (body, "holder");
      cJSON_AddStringToObject (person, "name", jumin_identity_get_name (holder));
      cJSON_AddStringToObject (person, "id_number", jumin_identity_get_number (holder));
    }
  jumin_hall_client_run (self, &take_ticket, key, body, cancellable, callback, data);
}

JuminTicket *
jumin_hall_client_take_ticket_finish (JuminHallClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP in, operation, HTTP out. A delayed answer is held back after its operation is done: that is
 * how a number is made whose answer comes too late. */
#include "sandbox/server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/keys.h"

#define LISTEN (SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY)

typedef struct
{
  JuminServer *server;
  SoupServerMessage *message;
  gpointer timer;
} Held;

struct _JuminServer
{
  GObject parent_instance;
  JuminPlatform platform;
  JuminGate *gate;
  JuminDesk *desk;
  SoupServer *soup, *desk_soup;
  GPtrArray *held;
  JuminFaults *faults;
  guint delay_ms;
};

G_DEFINE_FINAL_TYPE (JuminServer, jumin_server, G_TYPE_OBJECT)

/* Returns: (transfer none) (nullable): the terminal that the connection's certificate names */
static const char *
find_certified (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  return socket != NULL ? g_object_get_data (G_OBJECT (socket), "terminal") : NULL;
}

/* @body: (nullable): what came with the request */
static JuminGateRequest
describe (SoupServerMessage *message, const char *path, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return (JuminGateRequest){
    .method = soup_server_message_get_method (message),
    .path = path,
    .certified = find_certified (message),
    .terminal = soup_message_headers_get_one (headers, "Jumin-Terminal"),
    .time = soup_message_headers_get_one (headers, "Jumin-Time"),
    .nonce = soup_message_headers_get_one (headers, "Jumin-Nonce"),
    .signature = soup_message_headers_get_one (headers, "Jumin-Signature"),
    .body = body != NULL ? g_bytes_get_data (body, NULL) : NULL,
    .body_length = body != NULL ? g_bytes_get_size (body) : 0,
  };
}

/* Every answer is signed, also a refusal. @fault: (nullable): what becomes of it */
static void
answer (JuminServer *self, SoupServerMessage *message, const JuminFault *fault, guint status,
        cJSON *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  JuminGateRequest request = describe (message, NULL, NULL);
  char *printed = cJSON_PrintUnformatted (body);
  g_autofree char *text = fault != NULL && fault->spoil_text != NULL ? fault->spoil_text (printed)
                                                                     : g_strdup (printed);
  g_autofree char *time
      = g_strdup_printf ("%" G_GINT64_FORMAT, jumin_clock_get_wall (self->platform.clock));
  g_autofree char *signature = jumin_gate_sign_reply (self->gate, &request, status, time, text);

  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (headers, "Jumin-Time", time);
  soup_message_headers_replace (headers, "Jumin-Signature", signature);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text,
                                    strlen (text));
  cJSON_free (printed);
  cJSON_Delete (body);
  if (fault != NULL && fault->spoil_answer != NULL)
    fault->spoil_answer (self->faults, message);
  else if (fault == NULL)
    jumin_faults_remember (self->faults, message);
}

static void
held_free (Held *held)
{
  jumin_clock_cancel (held->server->platform.clock, &held->timer);
  g_signal_handlers_disconnect_by_data (held->message, held);
  g_object_unref (held->message);
  g_free (held);
}

static gboolean
on_held_enough (gpointer data)
{
  Held *held = data;
  g_autoptr (SoupServerMessage) message = g_object_ref (held->message);

  held->timer = NULL;
  g_ptr_array_remove (held->server->held, held);
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

/* The terminal did not wait for the answer. */
static void
on_gone (SoupServerMessage *message, gpointer data)
{
  Held *held = data;

  g_ptr_array_remove (held->server->held, held);
}

static void
hold_back (JuminServer *self, SoupServerMessage *message, guint hold_ms)
{
  Held *held = g_new0 (Held, 1);

  *held = (Held){ .server = self, .message = g_object_ref (message) };
  held->timer = jumin_clock_after (self->platform.clock, hold_ms, on_held_enough, held);
  g_signal_connect (message, "finished", G_CALLBACK (on_gone), held);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_gone), held);
  g_ptr_array_add (self->held, held);
  soup_server_message_pause (message);
}

static void
answer_operation (JuminServer *self, SoupServerMessage *message, const char *path,
                  const JuminFault *fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  JuminAsk ask = {
    .platform = &self->platform,
    .method = soup_server_message_get_method (message),
    .path = path,
    .terminal = soup_message_headers_get_one (headers, "Jumin-Terminal"),
    .key = soup_message_headers_get_one (headers, "Idempotency-Key"),
    .text = g_bytes_get_data (body, NULL),
    .text_length = g_bytes_get_size (body),
    .paper_fault = fault != NULL ? fault->paper : JUMIN_PAPER_FAULT_NONE,
    .money_fault = fault != NULL ? fault->money : JUMIN_MONEY_FAULT_NONE,
  };
  JuminGateRequest signed_request = describe (message, path, body);
  const char *code, *wrong = jumin_gate_check (self->gate, &signed_request, &code);
  cJSON *reply;

  if (wrong != NULL)
    {
      answer (self, message, fault, 401, jumin_answer_error (code, wrong));
      return;
    }
  reply = jumin_operation_run (&ask);
  answer (self, message, fault, ask.status, reply);
}

static void
answer_newcomer (JuminServer *self, SoupServerMessage *message, const char *path,
                 const JuminFault *fault)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  JuminGateRequest request = describe (message, path, body);
  cJSON *reply;
  guint status = 404;

  if (strcmp (path, "/v1/provision") == 0 && strcmp (request.method, "POST") == 0)
    reply = jumin_desk_provision (self->desk, &request, &status);
  else
    reply = jumin_answer_error ("not_found", "There is no such operation");
  answer (self, message, fault, status, reply);
}

/* Plain: nobody signs anything there, and what it answers has status 200. */
static void
answer_about_code (JuminServer *self, SoupServerMessage *message, const char *path,
                   GHashTable *query, const JuminFault *fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  JuminCityCodeRequest request = {
    .method = soup_server_message_get_method (message),
    .path = path,
    .id = soup_message_headers_get_one (headers, "dcqc-third-app-key"),
    .app_key = soup_message_headers_get_one (headers, "dcqc-app-key"),
    .channel = soup_message_headers_get_one (headers, "dcqc-channel-type"),
    .request = soup_message_headers_get_one (headers, "dcqc-request-id"),
    .terminal = soup_message_headers_get_one (headers, "dcqc-terminal-id"),
    .version = soup_message_headers_get_one (headers, "dcqc-version"),
    .body = g_bytes_get_data (body, NULL),
    .query = query,
    .body_length = g_bytes_get_size (body),
  };
  cJSON *reply = jumin_city_code_desk_answer (self->platform.codes, &request);
  char *printed = reply != NULL ? cJSON_PrintUnformatted (reply) : NULL;
  g_autofree char *text = fault != NULL && fault->spoil_text != NULL && printed != NULL
                              ? fault->spoil_text (printed)
                              : g_strdup (printed != NULL ? printed : "{}");

  soup_server_message_set_status (message, reply != NULL ? 200 : 404, NULL);
  soup_server_message_set_response (message, "application/json;charset=UTF-8", SOUP_MEMORY_COPY,
                                    text, strlen (text));
  cJSON_free (printed);
  cJSON_Delete (reply);
  if (fault != NULL && fault->spoil_answer != NULL)
    fault->spoil_answer (self->faults, message);
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  JuminServer *self = data;
  const JuminFault *fault = jumin_faults_strike (self->faults, path);
  guint hold_ms = fault != NULL ? fault->hold_ms : self->delay_ms;

  if (fault != NULL && fault->undone)
    {
      fault->spoil_answer (self->faults, message);
      return;
    }
  if (g_object_get_data (G_OBJECT (message), "too-large") != NULL)
    answer (self, message, fault, 413,
            jumin_answer_error ("too_large", "The body is longer than 64 KiB"));
  else if (soup == self->desk_soup && self->platform.codes != NULL
           && g_str_has_prefix (path, "/v1/ykm/"))
    answer_about_code (self, message, path, query, fault);
  else if (soup == self->desk_soup)
    answer_newcomer (self, message, path, fault);
  else
    answer_operation (self, message, path, fault);
  if (hold_ms > 0)
    hold_back (self, message, hold_ms);
}

/* What is too long is read to its end, but not kept. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length <= JUMIN_BODY_BYTES_MAX)
    return;
  soup_message_body_set_accumulate (body, FALSE);
  g_object_set_data (G_OBJECT (message), "too-large", GINT_TO_POINTER (TRUE));
}

/* Asked once a connection, here and not at each request: libsoup 3.2.3 shows some messages without
 * their peer's certificate (seen with libcurl as the terminal). */
static gboolean
on_accept_certificate (SoupServerMessage *message, GTlsCertificate *peer,
                       GTlsCertificateFlags errors, gpointer data)
{
  JuminServer *self = data;
  GSocket *socket = soup_server_message_get_socket (message);
  g_autofree char *terminal = errors == 0 ? jumin_gate_dup_terminal (self->gate, peer) : NULL;

  if (terminal == NULL || socket == NULL) /* gone by now */
    return FALSE;
  g_object_set_data_full (G_OBJECT (socket), "terminal", g_steal_pointer (&terminal), g_free);
  return TRUE;
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  g_signal_connect_object (message, "accept-certificate", G_CALLBACK (on_accept_certificate), data,
                           0);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
on_desk_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static guint
get_port (SoupServer *soup)
{
  GSList *uris = soup_server_get_uris (soup);
  guint port = uris != NULL ? (guint)g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return port;
}

guint
jumin_server_get_port (JuminServer *self)
{
  return get_port (self->soup);
}

guint
jumin_server_get_desk_port (JuminServer *self)
{
  return get_port (self->desk_soup);
}

JuminFaults *
jumin_server_get_faults (JuminServer *self)
{
  return self->faults;
}

void
jumin_server_set_delay (JuminServer *self, guint delay_ms)
{
  self->delay_ms = delay_ms;
}

static void
jumin_server_dispose (GObject *object)
{
  JuminServer *self = JUMIN_SERVER (object);

  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  if (self->desk_soup != NULL)
    soup_server_disconnect (self->desk_soup);
  g_ptr_array_set_size (self->held, 0);
  g_clear_object (&self->soup);
  g_clear_object (&self->desk_soup);
  G_OBJECT_CLASS (jumin_server_parent_class)->dispose (object);
}

static void
jumin_server_finalize (GObject *object)
{
  JuminServer *self = JUMIN_SERVER (object);

  g_ptr_array_unref (self->held);
  g_clear_pointer (&self->faults, jumin_faults_free);
  G_OBJECT_CLASS (jumin_server_parent_class)->finalize (object);
}

static void
jumin_server_class_init (JuminServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_server_finalize;
}

static void
jumin_server_init (JuminServer *self)
{
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)held_free);
}

/**
 * jumin_server_new:
 * @directory: holds the keys
 * @platform: copied; what it points to must outlive the server, as must @gate and @desk
 * @port: 0: any
 */
JuminServer *
jumin_server_new (const char *directory, const JuminPlatform *platform, JuminGate *gate,
                  JuminDesk *desk, guint port, GError **error)
{
  g_autoptr (JuminServer) self = g_object_new (JUMIN_TYPE_SERVER, NULL);
  g_autofree char *absolute = g_canonicalize_filename (directory, NULL);
  g_autofree char *ca_file = g_build_filename (absolute, JUMIN_SANDBOX_CA, NULL);
  g_autofree char *file = g_build_filename (absolute, JUMIN_SANDBOX_SERVER, NULL);
  g_autofree char *key_file = g_build_filename (absolute, JUMIN_SANDBOX_SERVER_KEY, NULL);
  g_autoptr (GTlsCertificate) certificate
      = g_tls_certificate_new_from_files (file, key_file, error);
  g_autoptr (GTlsDatabase) ca
      = certificate != NULL ? g_tls_file_database_new (ca_file, error) : NULL;

  if (ca == NULL)
    return NULL;
  self->platform = *platform;
  self->faults = jumin_faults_new (platform->clock);
  self->gate = gate;
  self->desk = desk;
  self->soup = soup_server_new ("tls-certificate", certificate, "tls-database", ca, "tls-auth-mode",
                                G_TLS_AUTHENTICATION_REQUIRED, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect_object (self->soup, "request-started", G_CALLBACK (on_request_started), self, 0);
  self->desk_soup = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->desk_soup, NULL, on_request, self, NULL);
  g_signal_connect_object (self->desk_soup, "request-started", G_CALLBACK (on_desk_request_started),
                           self, 0);
  if (!soup_server_listen_local (self->soup, port, LISTEN, error)
      || (!soup_server_listen_local (self->desk_soup, jumin_keys_read_desk_port (directory), LISTEN,
                                     NULL)
          && !soup_server_listen_local (self->desk_soup, 0, LISTEN, error)))
    return NULL;
  return g_steal_pointer (&self);
}

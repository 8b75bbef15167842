/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsoup with TLS, a client certificate wanted from everybody. A request goes through the same
 * gates as at a real platform: size, signature, time, nonce; then its operation answers. */
#include "sandbox/server.h"

#include <libsoup/soup.h>
#include <openssl/evp.h>
#include <string.h>

#include "platform/request-signature.h"
#include "sandbox/keys.h"

enum
{
  BODY_BYTES_MAX = 64 * 1024,
  TIME_WINDOW_S = 300,
  NONCES_MAX = 20000 /* remembered, the oldest is forgotten */
};

struct _JuminServer
{
  GObject parent_instance;
  SoupServer *soup;
  JuminPlatform *platform;
  EVP_PKEY *verify_key;
  GHashTable *nonces; /* owned by nonce_order */
  GQueue nonce_order;
  GHashTable *delayed; /* SoupServerMessage → timer */
  gboolean down;
  guint delay_ms;
};

G_DEFINE_FINAL_TYPE (JuminServer, jumin_server, G_TYPE_OBJECT)

typedef struct
{
  JuminServer *server;
  SoupServerMessage *message;
} Delayed;

static void
send_answer (SoupServerMessage *message, JuminAnswer answer)
{
  char *text = cJSON_PrintUnformatted (answer.body);
  gsize length = strlen (text);

  soup_server_message_set_status (message, answer.status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, length);
  explicit_bzero (text, length);
  cJSON_free (text);
  cJSON_Delete (answer.body);
}

static gboolean
verify (JuminServer *self, const char *text, const char *base64)
{
  gsize length = 0;
  g_autofree guchar *signature = g_base64_decode (base64, &length);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *key = EVP_PKEY_CTX_new (self->verify_key, NULL);
  gboolean valid = FALSE;

  if (EVP_PKEY_CTX_set1_id (key, JUMIN_SIGNER_IDENTITY, (int)strlen (JUMIN_SIGNER_IDENTITY)) == 1)
    {
      EVP_MD_CTX_set_pkey_ctx (context, key);
      valid = EVP_DigestVerifyInit (context, NULL, EVP_sm3 (), NULL, self->verify_key) == 1
              && EVP_DigestVerify (context, signature, length, (const guchar *)text, strlen (text))
                     == 1;
    }
  EVP_MD_CTX_free (context);
  EVP_PKEY_CTX_free (key);
  return valid;
}

/* Whether this nonce is new; it is remembered. */
static gboolean
take_nonce (JuminServer *self, const char *nonce)
{
  char *kept;

  if (g_hash_table_contains (self->nonces, nonce))
    return FALSE;
  kept = g_strdup (nonce);
  g_queue_push_tail (&self->nonce_order, kept);
  g_hash_table_add (self->nonces, kept);
  if (g_queue_get_length (&self->nonce_order) > NONCES_MAX)
    {
      char *oldest = g_queue_pop_head (&self->nonce_order);

      g_hash_table_remove (self->nonces, oldest);
      g_free (oldest);
    }
  return TRUE;
}

static gboolean
is_signed (JuminServer *self, SoupServerMessage *message, const char *path, GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *terminal = soup_message_headers_get_one (headers, "Jumin-Terminal");
  const char *time = soup_message_headers_get_one (headers, "Jumin-Time");
  const char *nonce = soup_message_headers_get_one (headers, "Jumin-Nonce");
  const char *signature = soup_message_headers_get_one (headers, "Jumin-Signature");
  JuminSignedRequest request = { .method = soup_server_message_get_method (message),
                                 .path = path,
                                 .terminal = terminal,
                                 .nonce = nonce };
  g_autofree char *text = NULL;
  gint64 now_s = jumin_clock_get_wall (self->platform->clock);

  if (terminal == NULL || time == NULL || nonce == NULL || signature == NULL
      || !g_str_equal (terminal, self->platform->city->terminal)
      || strlen (nonce) != JUMIN_NONCE_LENGTH
      || !g_ascii_string_to_signed (time, 10, 0, G_MAXINT64, &request.time_s, NULL)
      || ABS (request.time_s - now_s) > TIME_WINDOW_S)
    return FALSE;
  request.body = g_bytes_get_data (body, &request.body_length);
  text = jumin_request_signature_dup_text (&request, NULL);
  return text != NULL && verify (self, text, signature) && take_nonce (self, nonce);
}

static JuminAnswer
answer (JuminServer *self, SoupServerMessage *message, const char *path)
{
  g_autoptr (GBytes) bytes
      = soup_message_body_flatten (soup_server_message_get_request_body (message));
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  cJSON *body = NULL;
  JuminAnswer reply;

  if (length > BODY_BYTES_MAX)
    return jumin_answer_refusal (413, "size", "The body is too large");
  if (!is_signed (self, message, path, bytes))
    return jumin_answer_refusal (401, "signature", "The signature is not valid");
  if (length > 0)
    {
      body = cJSON_ParseWithLength (data, length);
      if (body == NULL || !g_utf8_validate (data, (gssize)length, NULL))
        {
          cJSON_Delete (body);
          return jumin_answer_refusal (400, "request", "The body is not JSON");
        }
    }
  reply = jumin_operations_answer (self->platform, soup_server_message_get_method (message), path,
                                   key, body);
  cJSON_Delete (body);
  return reply;
}

static void
delayed_free (Delayed *delayed)
{
  g_object_unref (delayed->message);
  g_free (delayed);
}

static gboolean
on_delay_over (gpointer data)
{
  Delayed *delayed = data;

  g_hash_table_steal (delayed->server->delayed, delayed->message);
  soup_server_message_unpause (delayed->message);
  return G_SOURCE_REMOVE;
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  JuminServer *self = data;
  Delayed *delayed;
  guint timer;

  if (self->down)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

      g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      return;
    }
  send_answer (message, answer (self, message, path));
  if (self->delay_ms == 0)
    return;
  delayed = g_new0 (Delayed, 1);
  *delayed = (Delayed){ self, g_object_ref (message) };
  soup_server_message_pause (message);
  timer = g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay_ms, on_delay_over, delayed,
                              (GDestroyNotify)delayed_free);
  g_hash_table_insert (self->delayed, message, GUINT_TO_POINTER (timer));
}

static gboolean
on_accept_certificate (SoupServerMessage *message, GTlsCertificate *peer,
                       GTlsCertificateFlags errors, gpointer data)
{
  return errors == 0;
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, JuminServer *self)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
}

static void
remove_timer (gpointer timer)
{
  g_source_remove (GPOINTER_TO_UINT (timer));
}

static void
jumin_server_finalize (GObject *object)
{
  JuminServer *self = JUMIN_SERVER (object);

  g_hash_table_unref (self->delayed);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_hash_table_unref (self->nonces);
  g_queue_clear_full (&self->nonce_order, g_free);
  EVP_PKEY_free (self->verify_key);
  G_OBJECT_CLASS (jumin_server_parent_class)->finalize (object);
}

static void
jumin_server_class_init (JuminServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_server_finalize;
}

static void
jumin_server_init (JuminServer *self)
{
  self->nonces = g_hash_table_new (g_str_hash, g_str_equal);
  self->delayed = g_hash_table_new_full (NULL, NULL, NULL, remove_timer);
  g_queue_init (&self->nonce_order);
}

JuminServer *
jumin_server_new (const char *directory, guint port, JuminPlatform *platform, GError **error)
{
  g_autoptr (JuminServer) self = g_object_new (JUMIN_TYPE_SERVER, NULL);
  g_autofree char *server = g_build_filename (directory, JUMIN_SANDBOX_SERVER, NULL);
  g_autofree char *key = g_build_filename (directory, JUMIN_SANDBOX_SERVER_KEY, NULL);
  g_autofree char *ca = g_build_filename (directory, JUMIN_SANDBOX_CA, NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (server, key, error);
  g_autoptr (GTlsDatabase) authority = NULL;

  if (certificate == NULL)
    return NULL;
  authority = g_tls_file_database_new (ca, error);
  if (authority == NULL)
    return NULL;
  self->verify_key = jumin_keys_load (directory, JUMIN_SANDBOX_SIGNING_KEY, error);
  if (self->verify_key == NULL)
    return NULL;
  self->platform = platform;
  self->soup = soup_server_new ("tls-certificate", certificate, "tls-database", authority,
                                "tls-auth-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), self);
  if (!soup_server_listen_local (self->soup, port,
                                 SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  return g_steal_pointer (&self);
}

guint
jumin_server_get_port (JuminServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  guint port = uris != NULL ? (guint)g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  return port;
}

void
jumin_server_set_down (JuminServer *self, gboolean down)
{
  self->down = down;
}

void
jumin_server_set_delay (JuminServer *self, guint ms)
{
  self->delay_ms = ms;
}

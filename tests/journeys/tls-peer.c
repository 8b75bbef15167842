/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A platform for one test. It asks for the client's certificate as jumin-sandbox does. */
#include "tls-peer.h"

#include <stdlib.h>
#include <string.h>

#include "platform/reply-signature.h"

enum
{
  READ_BYTES = 16 * 1024,
  REQUEST_BYTES_MAX = 128 * 1024
};

typedef struct
{
  gatomicrefcount references;
  TlsPeer *peer; /* NULL when it has gone */
  GIOStream *stream;
  GString *request;
  char *answer;
} Connection;

static void
connection_unref (Connection *connection)
{
  if (!g_atomic_ref_count_dec (&connection->references))
    return;
  g_object_unref (connection->stream);
  g_string_free (connection->request, TRUE);
  g_free (connection->answer);
  g_free (connection);
}

static Connection *
connection_ref (Connection *connection)
{
  g_atomic_ref_count_inc (&connection->references);
  return connection;
}

static void read_more (Connection *connection);

/* Ends the socket below TLS: the client sees neither an alert nor a good-bye. */
static void
hang_up (Connection *connection)
{
  GIOStream *base = NULL;

  g_object_get (connection->stream, "base-io-stream", &base, NULL);
  g_io_stream_close (base, NULL, NULL);
  g_object_unref (base);
}

static gsize
find_body_length (const char *request)
{
  const char *header = strcasestr (request, "\r\ncontent-length:");

  return header != NULL ? strtoul (header + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static void
on_written (GObject *stream, GAsyncResult *result, gpointer data)
{
  Connection *connection = data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (stream), result, NULL, NULL)
      && connection->peer != NULL)
    read_more (connection);
  connection_unref (connection);
}

/* Returns: (transfer full): a header of a request; "" where there is none */
char *
tls_peer_dup_header (const char *request, const char *name)
{
  g_autofree char *start = g_strdup_printf ("\r\n%s: ", name);
  const char *header = strcasestr (request, start);

  if (header == NULL)
    return g_strdup ("");
  header += strlen (start);
  return g_strndup (header, strcspn (header, "\r"));
}

/**
 * tls_peer_sign_answer:
 * @key: signs
 * @time_s: what the answer says the time is
 * @request: what is answered
 * @reply: (transfer full): a whole answer; one that is no HTTP stays as it is
 *
 * Returns: (transfer full): the same with a signature after its status line
 */
char *
tls_peer_sign_answer (EVP_PKEY *key, gint64 time_s, const char *request, char *reply)
{
  const char *head = strstr (reply, "\r\n"), *body = strstr (reply, "\r\n\r\n");
  g_autofree char *plain = reply, *terminal = tls_peer_dup_header (request, "Jumin-Terminal");
  g_autofree char *nonce = tls_peer_dup_header (request, "Jumin-Nonce");
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, time_s);
  g_autofree char *signature = NULL;
  JuminSignedReply signed_reply = { .terminal = terminal, .nonce = nonce, .time = time };

  if (body == NULL || !g_str_has_prefix (reply, "HTTP/1.1 "))
    return g_steal_pointer (&plain);
  signed_reply.status = (guint)strtoul (reply + strlen ("HTTP/1.1 "), NULL, 10);
  signed_reply.body = body + strlen ("\r\n\r\n");
  signed_reply.body_length = strlen (signed_reply.body);
  signature = jumin_reply_signature_sign (key, &signed_reply, NULL);
  return g_strdup_printf ("%.*s\r\nJumin-Time: %s\r\nJumin-Signature: %s%s", (int)(head - reply),
                          reply, time, signature, head);
}

static void
answer_request (Connection *connection)
{
  TlsPeer *peer = connection->peer;

  g_free (connection->answer);
  connection->answer = peer->answer (connection->request->str, ++peer->n_requests, peer->data);
  if (connection->answer != NULL && peer->signing != NULL)
    connection->answer = tls_peer_sign_answer (
        peer->signing, peer->time_s != 0 ? peer->time_s : g_get_real_time () / G_USEC_PER_SEC,
        connection->request->str, g_steal_pointer (&connection->answer));
  g_string_truncate (connection->request, 0);
  if (connection->answer == NULL)
    hang_up (connection);
  else if (*connection->answer != '\0')
    g_output_stream_write_all_async (g_io_stream_get_output_stream (connection->stream),
                                     connection->answer, strlen (connection->answer),
                                     G_PRIORITY_DEFAULT, NULL, on_written,
                                     connection_ref (connection));
}

static void
on_read (GObject *stream, GAsyncResult *result, gpointer data)
{
  Connection *connection = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (stream), result, &error);
  const char *body;

  if (bytes == NULL)
    {
      g_test_message ("The peer hangs up: %s", error->message);
      hang_up (connection);
    }
  if (bytes != NULL && g_bytes_get_size (bytes) > 0 && connection->peer != NULL)
    {
      g_string_append_len (connection->request, g_bytes_get_data (bytes, NULL),
                           (gssize)g_bytes_get_size (bytes));
      g_assert_cmpuint (connection->request->len, <, REQUEST_BYTES_MAX);
      body = strstr (connection->request->str, "\r\n\r\n");
      if (body != NULL && strlen (body + 4) >= find_body_length (connection->request->str))
        answer_request (connection);
      else
        read_more (connection);
    }
  connection_unref (connection);
}

static void
read_more (Connection *connection)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (connection->stream), READ_BYTES,
                                   G_PRIORITY_DEFAULT, NULL, on_read, connection_ref (connection));
}

/* GIO asks its server for every certificate, also for those that it has found good. */
static gboolean
on_accept_certificate (GTlsConnection *tls, GTlsCertificate *certificate,
                       GTlsCertificateFlags errors, gpointer data)
{
  return errors == 0;
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *socket, GObject *source, gpointer data)
{
  TlsPeer *peer = data;
  Connection *connection = g_new0 (Connection, 1);

  peer->n_connections++;
  g_atomic_ref_count_init (&connection->references);
  connection->peer = peer;
  connection->request = g_string_new (NULL);
  connection->stream = g_tls_server_connection_new (G_IO_STREAM (socket), peer->certificate, NULL);
  g_object_set (connection->stream, "authentication-mode",
                peer->signing != NULL ? G_TLS_AUTHENTICATION_REQUIRED : G_TLS_AUTHENTICATION_NONE,
                "database", peer->database, NULL);
  g_signal_connect (connection->stream, "accept-certificate", G_CALLBACK (on_accept_certificate),
                    NULL);
  g_ptr_array_add (peer->connections, connection);
  read_more (connection);
  return TRUE;
}

TlsPeer *
tls_peer_new (const TestKeys *keys, const char *certificate, TlsPeerAnswer answer, gpointer data)
{
  TlsPeer *peer = g_new0 (TlsPeer, 1);
  g_autofree char *pem = g_strconcat (certificate, ".pem", NULL);
  g_autofree char *key = g_strconcat (certificate, ".key", NULL);
  g_autofree char *pem_path = test_keys_path (keys, pem);
  g_autofree char *key_path = test_keys_path (keys, key);
  g_autofree char *ca_path = test_keys_path (keys, "ca.pem");
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  peer->certificate = g_tls_certificate_new_from_files (pem_path, key_path, &error);
  g_assert_no_error (error);
  peer->database = g_tls_file_database_new (ca_path, &error);
  g_assert_no_error (error);
  peer->connections = g_ptr_array_new_with_free_func ((GDestroyNotify)connection_unref);
  peer->answer = answer;
  peer->data = data;
  tls_peer_use_key (peer, keys, "reply.key");
  peer->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (peer->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  peer->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (peer->service, "incoming", G_CALLBACK (on_incoming), peer);
  return peer;
}

void
tls_peer_free (TlsPeer *peer)
{
  g_socket_service_stop (peer->service);
  g_socket_listener_close (G_SOCKET_LISTENER (peer->service));
  g_object_unref (peer->service);
  for (guint i = 0; i < peer->connections->len; i++)
    {
      Connection *connection = peer->connections->pdata[i];

      connection->peer = NULL;
      hang_up (connection);
    }
  /* What still waits on a socket that is closed now ends here. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_ptr_array_unref (peer->connections);
  g_object_unref (peer->certificate);
  g_object_unref (peer->database);
  EVP_PKEY_free (peer->signing);
  g_free (peer);
}

/**
 * tls_peer_use_key:
 * @name: the file of @keys with the key that signs from now on; %NULL: none
 */
void
tls_peer_use_key (TlsPeer *peer, const TestKeys *keys, const char *name)
{
  g_autofree char *path = name != NULL ? test_keys_path (keys, name) : NULL;
  g_autoptr (GError) error = NULL;

  EVP_PKEY_free (peer->signing);
  peer->signing = name != NULL ? jumin_sm2_load_key (path, &error) : NULL;
  g_assert_no_error (error);
}

/**
 * tls_peer_make_answer:
 * @status: "200 OK"
 * @type: content type
 */
char *
tls_peer_make_answer (const char *status, const char *type, const char *body)
{
  return g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %" G_GSIZE_FORMAT
                          "\r\n\r\n%s",
                          status, type, strlen (body), body);
}

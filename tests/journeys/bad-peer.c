/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The peer's socket, thread and TLS; what it does wrong is in bad-peer-ways.c. */
#include "bad-peer.h"

#include <arpa/inet.h>
#include <openssl/x509.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tls-peer.h"

enum
{
  LET_GO_US = 200 * 1000
};

struct _BadPeer
{
  const BadPeerKind *kind;
  SSL_CTX *context;
  EVP_PKEY *signer;
  char request[BAD_PEER_REQUEST_MAX + 1];
  GThread *thread;
  int listener;
  guint port;
  int n_requests; /* atomic */
  int sent;       /* atomic */
};

/* Only the terminal that is wanted; OpenSSL's own checks come first. */
static int
on_verify (int good, X509_STORE_CTX *store)
{
  SSL *ssl = X509_STORE_CTX_get_ex_data (store, SSL_get_ex_data_X509_STORE_CTX_idx ());
  const char *wanted = SSL_CTX_get_app_data (SSL_get_SSL_CTX (ssl));
  char name[64] = "";

  if (!good || wanted == NULL || X509_STORE_CTX_get_error_depth (store) > 0)
    return good;
  X509_NAME_get_text_by_NID (X509_get_subject_name (X509_STORE_CTX_get_current_cert (store)),
                             NID_commonName, name, sizeof name);
  if (strcmp (name, wanted) == 0)
    return 1;
  X509_STORE_CTX_set_error (store, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

static SSL_CTX *
make_context (const TestKeys *keys, const BadPeerKind *kind)
{
  SSL_CTX *context = SSL_CTX_new (TLS_server_method ());
  const char *who = kind->certificate != NULL ? kind->certificate : "server";
  g_autofree char *pem = g_strconcat (who, ".pem", NULL), *key = g_strconcat (who, ".key", NULL);
  g_autofree char *pem_path = test_keys_path (keys, pem), *key_path = test_keys_path (keys, key);
  g_autofree char *ca = test_keys_path (keys, "ca.pem");

  SSL_CTX_set_security_level (context, 0);
  SSL_CTX_set_app_data (context, (char *)kind->terminal);
  g_assert_true (SSL_CTX_use_certificate_file (context, pem_path, SSL_FILETYPE_PEM));
  g_assert_true (SSL_CTX_use_PrivateKey_file (context, key_path, SSL_FILETYPE_PEM));
  g_assert_true (SSL_CTX_load_verify_file (context, ca));
  g_assert_true (SSL_CTX_set_min_proto_version (context, TLS1_VERSION));
  g_assert_true (SSL_CTX_set_max_proto_version (context, kind->version_max));
  /* Without a certificate from either side: that is what an anonymous cipher is. */
  if (kind->ciphers != NULL)
    g_assert_true (SSL_CTX_set_cipher_list (context, kind->ciphers));
  else
    SSL_CTX_set_verify (context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, on_verify);
  return context;
}

/**
 * bad_peer_read_request:
 *
 * Reads until the head is over: what the tests ask for has no body.
 */
gboolean
bad_peer_read_request (BadPeer *peer, SSL *ssl)
{
  int length = 0, n;

  while (length < BAD_PEER_REQUEST_MAX
         && (n = SSL_read (ssl, peer->request + length, BAD_PEER_REQUEST_MAX - length)) > 0)
    {
      length += n;
      peer->request[length] = '\0';
      if (strstr (peer->request, "\r\n\r\n") == NULL)
        continue;
      g_atomic_int_inc (&peer->n_requests);
      return TRUE;
    }
  return FALSE;
}

gboolean
bad_peer_send (BadPeer *peer, SSL *ssl, const char *text, gsize length)
{
  size_t sent = 0;

  if (SSL_write_ex (ssl, text, length, &sent) != 1)
    return FALSE;
  g_atomic_int_add (&peer->sent, (int)sent);
  return TRUE;
}

static gboolean
answer (BadPeer *peer, SSL *ssl)
{
  static const char *const recorded = "\r\nJumin-Terminal: T-0003\r\n"
                                      "Jumin-Nonce: 0123456789abcdef0123456789abcdef\r\n";
  const BadPeerKind *kind = peer->kind;
  g_autofree char *text = tls_peer_sign_answer (
      peer->signer, g_get_real_time () / G_USEC_PER_SEC + peer->kind->ahead_s,
      kind->recorded ? recorded : peer->request, g_strdup (kind->answer));

  return bad_peer_send (peer, ssl, text, strlen (text));
}

static void
talk (BadPeer *peer, SSL *ssl, int fd)
{
  if (peer->kind->talk != NULL)
    peer->kind->talk (peer, ssl, fd);
  else if (bad_peer_read_request (peer, ssl) && answer (peer, ssl))
    SSL_shutdown (ssl); /* the body ends here, and nobody has cut it */
}

/* Reads what still comes: a socket that is closed before would send a reset, and that would
 * overtake the alert that went last. */
static void
let_go (int fd)
{
  char rest[BAD_PEER_REQUEST_MAX];
  struct timeval patience = { .tv_usec = LET_GO_US };

  shutdown (fd, SHUT_WR);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  while (recv (fd, rest, sizeof rest, 0) > 0)
    continue;
}

static void
serve_one (BadPeer *peer, int fd)
{
  struct timeval patience = { .tv_sec = BAD_PEER_PATIENCE_MS / 1000 };
  SSL *ssl = SSL_new (peer->context);

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt (fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  SSL_set_fd (ssl, fd);
  if (peer->kind->meet != NULL ? peer->kind->meet (peer, ssl, fd) : SSL_accept (ssl) == 1)
    talk (peer, ssl, fd);
  else
    let_go (fd);
  SSL_free (ssl);
}

static gpointer
serve (gpointer data)
{
  BadPeer *peer = data;
  int fd;

  while ((fd = accept4 (peer->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      serve_one (peer, fd);
      close (fd);
    }
  return NULL;
}

BadPeer *
bad_peer_new (const TestKeys *keys, const BadPeerKind *kind)
{
  BadPeer *peer = g_new0 (BadPeer, 1);
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  g_autofree char *signer
      = test_keys_path (keys, kind->signer != NULL ? kind->signer : "reply.key");

  signal (SIGPIPE, SIG_IGN); /* the client hangs up in the middle, that is the point */
  peer->kind = kind;
  peer->context = make_context (keys, kind);
  peer->signer = jumin_sm2_load_key (signer, NULL);
  g_assert_nonnull (peer->signer);
  peer->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (peer->listener, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (peer->listener, SOMAXCONN), ==, 0);
  getsockname (peer->listener, (struct sockaddr *)&address, &length);
  peer->port = ntohs (address.sin_port);
  peer->thread = g_thread_new ("bad-peer", serve, peer);
  return peer;
}

const BadPeerKind *
bad_peer_get_kind (BadPeer *peer)
{
  return peer->kind;
}

guint
bad_peer_get_port (BadPeer *peer)
{
  return peer->port;
}

guint
bad_peer_count_requests (BadPeer *peer)
{
  return (guint)g_atomic_int_get (&peer->n_requests);
}

guint
bad_peer_count_sent (BadPeer *peer)
{
  return (guint)g_atomic_int_get (&peer->sent);
}

void
bad_peer_free (BadPeer *peer)
{
  shutdown (peer->listener, SHUT_RDWR);
  g_thread_join (peer->thread);
  close (peer->listener);
  SSL_CTX_free (peer->context);
  EVP_PKEY_free (peer->signer);
  g_free (peer);
}

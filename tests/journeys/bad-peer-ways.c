/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways to meet and to talk that no honest server has. */
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "bad-peer.h"

enum
{
  RECORD_HEAD = 5,
  RECORD_MAX = 16 * 1024,
  SECOND_MS = 1000,
  READING_MS = 200,
  ENDLESS_BYTES = 64 * 1024 * 1024,
  BOMB_BYTES = 64 * 1024 * 1024,
  ZIPPED_BYTES_MAX = 1024 * 1024,
  BEST_COMPRESSION = 9,
  RENEGOTIATION_US = 300 * 1000
};

#define HEAD(length)                                                                               \
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " length "\r\n\r\n"

gboolean
bad_peer_meet_in_plain_http (BadPeer *peer, SSL *ssl, int fd)
{
  const char *answer = HEAD ("24") "{\"error\":\"" BAD_PEER_WORDS "\"}";

  return send (fd, answer, strlen (answer), MSG_NOSIGNAL) < 0;
}

static gboolean
read_whole (int fd, guchar *bytes, gsize length)
{
  return recv (fd, bytes, length, MSG_WAITALL) == (gssize)length;
}

/* Reads the client's first record and lets @ssl read it from memory, to its end.
 *
 * Returns: its length with its head; 0: none came */
static gsize
take_hello (SSL *ssl, int fd, guchar record[RECORD_HEAD + RECORD_MAX])
{
  BIO *in = BIO_new (BIO_s_mem ());
  gsize length = 0;

  if (read_whole (fd, record, RECORD_HEAD))
    length = (gsize)record[3] << 8 | record[4];
  if (length > RECORD_MAX || !read_whole (fd, record + RECORD_HEAD, length))
    length = 0;
  BIO_set_mem_eof_return (in, -1);
  SSL_set0_rbio (ssl, in);
  return length > 0 ? RECORD_HEAD + length : 0;
}

/* Half of the first flight, then nothing. */
gboolean
bad_peer_meet_half (BadPeer *peer, SSL *ssl, int fd)
{
  guchar record[RECORD_HEAD + RECORD_MAX];
  gsize hello = take_hello (ssl, fd, record);
  BIO *out = BIO_new (BIO_s_mem ());
  char *flight;
  long length;

  BIO_write (SSL_get_rbio (ssl), record, (int)hello);
  SSL_set0_wbio (ssl, out);
  SSL_accept (ssl);
  length = BIO_get_mem_data (out, &flight);
  return length > 0 && send (fd, flight, (size_t)length / 2, MSG_NOSIGNAL) < 0;
}

/* As a man in the middle would: hides from an honest server that the client speaks TLS 1.3. */
gboolean
bad_peer_meet_downgraded (BadPeer *peer, SSL *ssl, int fd)
{
  static const guchar versions[] = { 0x00, 0x2b, 0x00, 0x05, 0x04, 0x03, 0x04, 0x03, 0x03 };
  guchar record[RECORD_HEAD + RECORD_MAX];
  gsize hello = take_hello (ssl, fd, record);
  guchar *extension = memmem (record, hello, versions, sizeof versions);

  if (extension == NULL)
    g_error ("The client offers other versions than TLS 1.3 and 1.2");
  extension[0] = 0x3a; /* an extension that nobody knows */
  extension[1] = 0x3a;
  BIO_write (SSL_get_rbio (ssl), record, (int)hello);
  SSL_accept (ssl);
  SSL_set0_rbio (ssl, BIO_new_socket (fd, BIO_NOCLOSE));
  return SSL_accept (ssl) == 1;
}

/* Answers only a client that has taken part. */
void
bad_peer_talk_after_renegotiation (BadPeer *peer, SSL *ssl, int fd)
{
  const char *answer = HEAD ("24") "{\"error\":\"" BAD_PEER_WORDS "\"}";
  struct timeval patience = { .tv_usec = RENEGOTIATION_US };
  char none;

  if (!bad_peer_read_request (peer, ssl) || SSL_renegotiate (ssl) != 1
      || SSL_do_handshake (ssl) != 1)
    return;
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (SSL_get_error (ssl, SSL_read (ssl, &none, 1)) == SSL_ERROR_WANT_READ && !SSL_in_init (ssl))
    bad_peer_send (peer, ssl, answer, strlen (answer));
}

void
bad_peer_talk_without_end_of_head (BadPeer *peer, SSL *ssl, int fd)
{
  const char *start = "HTTP/1.1 200 OK\r\n", *line = "Peer: " BAD_PEER_WORDS "\r\n";

  if (!bad_peer_read_request (peer, ssl) || !bad_peer_send (peer, ssl, start, strlen (start)))
    return;
  for (gsize sent = 0; sent < ENDLESS_BYTES; sent += strlen (line))
    if (!bad_peer_send (peer, ssl, line, strlen (line)))
      return;
}

/* Each second one byte more of an answer that would be good in the end. */
void
bad_peer_talk_one_byte_a_second (BadPeer *peer, SSL *ssl, int fd)
{
  const char *answer = HEAD ("2") "{}";
  struct pollfd hung_up = { .fd = fd, .events = POLLIN };

  if (!bad_peer_read_request (peer, ssl))
    return;
  for (const char *byte = answer; *byte != '\0'; byte++)
    if (!bad_peer_send (peer, ssl, byte, 1) || poll (&hung_up, 1, SECOND_MS) != 0)
      return;
}

void
bad_peer_talk_and_reset (BadPeer *peer, SSL *ssl, int fd)
{
  const char *answer = HEAD ("2000") "{\"error\":\"" BAD_PEER_WORDS "\"";
  struct linger at_once = { .l_onoff = 1 };
  struct pollfd hung_up = { .fd = fd, .events = POLLIN };

  if (bad_peer_read_request (peer, ssl))
    bad_peer_send (peer, ssl, answer, strlen (answer));
  /* The reset would overtake what the client has not read yet. */
  poll (&hung_up, 1, READING_MS);
  /* With this, close() sends a reset. */
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

/* Zeros, a thousand times shorter than they are. */
void
bad_peer_talk_in_gzip (BadPeer *peer, SSL *ssl, int fd)
{
  g_autoptr (GConverter) zip
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, BEST_COMPRESSION));
  g_autofree char *zeros = g_malloc0 (BOMB_BYTES), *bomb = g_malloc (ZIPPED_BYTES_MAX);
  g_autofree char *head = NULL;
  gsize taken, length;

  g_assert_cmpint (g_converter_convert (zip, zeros, BOMB_BYTES, bomb, ZIPPED_BYTES_MAX,
                                        G_CONVERTER_INPUT_AT_END, &taken, &length, NULL),
                   ==, G_CONVERTER_FINISHED);
  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          "Connection: close\r\n%s\r\n\r\n",
                          bad_peer_get_kind (peer)->answer);
  if (bad_peer_read_request (peer, ssl) && bad_peer_send (peer, ssl, head, strlen (head)))
    bad_peer_send (peer, ssl, bomb, length);
}

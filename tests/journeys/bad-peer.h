/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/ssl.h>

#include "test-keys.h"

G_BEGIN_DECLS

/* Everything that a bad peer says has these words in it: no screen may ever show them. */
#define BAD_PEER_WORDS "PEER-WORDS"

/**
 * BadPeerKind:
 * @certificate: of TestKeys or bad-certificates.h; %NULL: "server"
 * @version_max: of TLS; 0: any
 * @ciphers: of TLS 1.2; %NULL: OpenSSL's
 * @terminal: (nullable): the only terminal that is let in, by its certificate's name
 * @meet: (nullable): instead of SSL_accept(); %FALSE: it is over
 * @talk: (nullable): instead of reading a request and sending @answer
 * @answer: (nullable): head and body of the answer; for bad_peer_talk_in_gzip() the header that
 * says that it is one
 * @signer: which file of TestKeys signs the answers; %NULL: "reply.key"
 * @ahead_s: how far its clock is ahead
 * @recorded: answers are signed as if to another request
 *
 * What a peer does. @meet and @talk run in the peer's thread; their socket gives up after
 * BAD_PEER_PATIENCE_MS.
 */
typedef struct _BadPeer BadPeer;
typedef struct
{
  const char *certificate;
  int version_max;
  const char *ciphers, *terminal;
  gboolean (*meet) (BadPeer *peer, SSL *ssl, int fd);
  void (*talk) (BadPeer *peer, SSL *ssl, int fd);
  const char *answer, *signer;
  gint64 ahead_s;
  gboolean recorded;
} BadPeerKind;

enum
{
  BAD_PEER_PATIENCE_MS = 5000,
  BAD_PEER_REQUEST_MAX = 16 * 1024
};

/* A platform on loopback that is wrong in one way, made of OpenSSL itself: TLS libraries with good
 * manners cannot do most of what it does. One connection at a time, in a thread of its own. */
BadPeer *bad_peer_new (const TestKeys *keys, const BadPeerKind *kind);
guint bad_peer_get_port (BadPeer *peer);
/* How many whole requests have come. */
guint bad_peer_count_requests (BadPeer *peer);
/* How many bytes were sent. */
guint bad_peer_count_sent (BadPeer *peer);
void bad_peer_free (BadPeer *peer);

/* For @talk: */
const BadPeerKind *bad_peer_get_kind (BadPeer *peer);
gboolean bad_peer_read_request (BadPeer *peer, SSL *ssl);
gboolean bad_peer_send (BadPeer *peer, SSL *ssl, const char *text, gsize length);

/* Ready ways to meet: */
gboolean bad_peer_meet_half (BadPeer *peer, SSL *ssl, int fd);
gboolean bad_peer_meet_in_plain_http (BadPeer *peer, SSL *ssl, int fd);
gboolean bad_peer_meet_downgraded (BadPeer *peer, SSL *ssl, int fd);
/* … and to talk: */
void bad_peer_talk_after_renegotiation (BadPeer *peer, SSL *ssl, int fd);
void bad_peer_talk_without_end_of_head (BadPeer *peer, SSL *ssl, int fd);
void bad_peer_talk_one_byte_a_second (BadPeer *peer, SSL *ssl, int fd);
void bad_peer_talk_and_reset (BadPeer *peer, SSL *ssl, int fd);
void bad_peer_talk_in_gzip (BadPeer *peer, SSL *ssl, int fd);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "platform/sm2.h"
#include "test-keys.h"

G_BEGIN_DECLS

/**
 * TlsPeerAnswer:
 * @request: head and body as they came
 * @number: counts the requests from 1
 *
 * Returns: (transfer full) (nullable): what goes back, head and body, without a signature; %NULL:
 *   hang up without a word; "": say nothing and stay
 */
typedef char *(*TlsPeerAnswer) (const char *request, guint number, gpointer data);

/**
 * TlsPeer:
 * @signing: signs answers to the nonce that was asked with; %NULL: leaves them as they are. A test
 *   may set it to %NULL or put another key there; without it nobody is asked for a certificate
 * @time_s: what its answers say the time is; 0: the real one
 *
 * A platform that misbehaves as a test wants it: HTTPS on loopback, in the test's own main loop.
 */
typedef struct
{
  GSocketService *service;
  GTlsCertificate *certificate;
  GTlsDatabase *database;
  GPtrArray *connections;
  TlsPeerAnswer answer;
  gpointer data;
  EVP_PKEY *signing;
  gint64 time_s;
  guint16 port;
  guint n_connections, n_requests;
} TlsPeer;

TlsPeer *tls_peer_new (const TestKeys *keys, const char *certificate, TlsPeerAnswer answer,
                       gpointer data);
void tls_peer_free (TlsPeer *peer);
void tls_peer_use_key (TlsPeer *peer, const TestKeys *keys, const char *name);
char *tls_peer_dup_header (const char *request, const char *name);
char *tls_peer_sign_answer (EVP_PKEY *key, gint64 time_s, const char *request, char *reply);
char *tls_peer_make_answer (const char *status, const char *type, const char *body);

G_END_DECLS

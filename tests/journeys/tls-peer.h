/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "test-keys.h"

G_BEGIN_DECLS

/**
 * TlsPeerAnswer:
 * @request: head and body as they came
 * @number: counts the requests from 1
 *
 * Returns: (transfer full) (nullable): what goes back, head and body; %NULL: hang up without a
 *   word; "": say nothing and stay
 */
typedef char *(*TlsPeerAnswer) (const char *request, guint number, gpointer data);

/* A platform that misbehaves as a test wants it: HTTPS on loopback, in the test's own main loop. */
typedef struct
{
  GSocketService *service;
  GTlsCertificate *certificate;
  GTlsDatabase *database;
  GPtrArray *connections;
  TlsPeerAnswer answer;
  gpointer data;
  guint16 port;
  guint n_connections, n_requests;
} TlsPeer;

TlsPeer *tls_peer_new (const TestKeys *keys, const char *certificate, TlsPeerAnswer answer,
                       gpointer data);
void tls_peer_free (TlsPeer *peer);
char *tls_peer_make_answer (const char *status, const char *type, const char *body);

G_END_DECLS

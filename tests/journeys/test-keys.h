/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Throw-away keys of a platform, in a directory of their own:
 *   ca.pem, stranger-ca.pem        two authorities
 *   server.pem, server.key         127.0.0.1, by ca
 *   elsewhere.pem, elsewhere.key   another name, by ca
 *   terminal.pem, terminal.key     a terminal, by ca
 *   stranger.pem, stranger.key     a terminal, by stranger-ca
 *   sign.key, sign.pub             SM2, the terminal's
 *   reply.key, reply.pub           SM2, the platform's
 *   reply-next.key, reply-next.pub the platform's next one
 *   reply.pem                      both public keys of the platform */
typedef struct
{
  char *directory, *pin; /* of server.key: "sha256//…" */
} TestKeys;

TestKeys *test_keys_new (void);
char *test_keys_path (const TestKeys *keys, const char *name);
void test_keys_free (TestKeys *keys);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/x509.h>

#include "platform/sm2.h"

G_BEGIN_DECLS

/* Files of a sandbox in its state directory. */
#define JUMIN_SANDBOX_CA "ca.pem"
#define JUMIN_SANDBOX_SERVER "server.pem"
#define JUMIN_SANDBOX_SERVER_KEY "server.key"
#define JUMIN_SANDBOX_TERMINAL "terminal.pem"
#define JUMIN_SANDBOX_TERMINAL_KEY "terminal.key"
#define JUMIN_SANDBOX_SIGNING_KEY "signing.key"
#define JUMIN_SANDBOX_REPLY_KEY "reply.key"
#define JUMIN_SANDBOX_NEXT_REPLY_KEY "reply-next.key"
#define JUMIN_SANDBOX_REPLY_KEYS "reply.pem"  /* what the terminal verifies with */
#define JUMIN_SANDBOX_CODES_ID "city-code.id" /* who may ask the platform of the codes */
#define JUMIN_SANDBOX_CODES_SECRET "city-code.secret"
#define JUMIN_SANDBOX_CONFIG "terminal.conf"

gboolean jumin_keys_ensure (const char *directory, const char *terminal, GError **error);
EVP_PKEY *jumin_keys_load (const char *directory, const char *name, GError **error);
char *jumin_keys_dup_pins (const char *directory, GError **error);
char *jumin_keys_issue (const char *directory, const char *terminal, X509_REQ *request,
                        GError **error);
char *jumin_keys_dup_certificate (const char *directory, const char *name, GError **error);
gboolean jumin_keys_write_config (const char *directory, const char *terminal, guint port,
                                  guint desk_port, GError **error);
guint jumin_keys_read_desk_port (const char *directory);

G_END_DECLS

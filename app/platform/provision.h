/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/text.h"
#include "platform/sm2.h"

G_BEGIN_DECLS

enum
{
  JUMIN_TOKEN_FILE_MAX = 16 * 1024
};

/**
 * JuminProvision:
 * @terminal: "T-0003"
 * @url: where the platform's operations are
 * @authority, @certificate, @reply_keys: PEM
 * @pins: as jumin.conf wants them
 * @hall, @machine: as a resident calls them
 *
 * What the platform gives to a machine that becomes a terminal.
 */
typedef struct
{
  char *terminal, *url, *authority, *certificate, *reply_keys, *pins;
  JuminText hall, machine;
} JuminProvision;

void jumin_provision_free (JuminProvision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminProvision, jumin_provision_free)

char *jumin_provision_read_token (const char *file, GError **error);
char *jumin_provision_print_order (const char *token, EVP_PKEY *tls_key, EVP_PKEY *signing_key,
                                   GError **error);
JuminProvision *jumin_provision_parse (const char *json, gsize length, GError **error);

G_END_DECLS

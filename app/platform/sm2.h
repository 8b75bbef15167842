/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/evp.h>

G_BEGIN_DECLS

#define JUMIN_SIGNER_IDENTITY "1234567812345678" /* GB/T 32918.2, the usual one */

enum
{
  JUMIN_SM3_BYTES = 32,
  JUMIN_SM3_LENGTH = 2 * JUMIN_SM3_BYTES,
  JUMIN_SM2_KEYS_MAX = 2 /* of one signer: the current key and the next one */
};

/* SM2 with SM3 (GB/T 32918.2, GB/T 32905) as the platform interface uses it: over text, signed as
 * DER in base64. */
EVP_PKEY *jumin_sm2_load_key (const char *file, GError **error);
GPtrArray *jumin_sm2_load_public_keys (const char *file, GError **error);
gboolean jumin_sm3_digest (const void *data, gsize length, char hex[JUMIN_SM3_LENGTH + 1],
                           GError **error);
gboolean jumin_sha256_digest (const void *data, gsize length, char hex[JUMIN_SM3_LENGTH + 1],
                              GError **error);
char *jumin_sm2_sign (EVP_PKEY *key, const char *text, GError **error);
gboolean jumin_sm2_verify (EVP_PKEY *key, const char *text, const char *signature);
gboolean jumin_sm2_verify_any (const GPtrArray *keys, const char *text, const char *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_SM4_BLOCK = 16,            /* bytes; of a key and an IV, too */
  JUMIN_SM4_BYTES_MAX = 256 * 1024 /* what is sealed or opened at once */
};

/**
 * JuminSm4:
 * @cbc: cipher block chaining with @iv; FALSE: each block for itself (ECB)
 *
 * How fields are sealed: SM4 (GB/T 32907) with PKCS#7 padding, in base64. It holds the key, and so
 * belongs in locked memory.
 */
typedef struct
{
  gboolean cbc;
  guint8 key[JUMIN_SM4_BLOCK], iv[JUMIN_SM4_BLOCK];
} JuminSm4;

char *jumin_sm4_seal (const JuminSm4 *self, const void *bytes, gsize length, GError **error);
char *jumin_sm4_open (const JuminSm4 *self, const char *sealed, gsize *length, GError **error);
void jumin_sm4_free_wiped (char *bytes, gsize length);

G_END_DECLS

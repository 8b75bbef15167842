/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields that are sealed with SM4, through OpenSSL. Every length is explicit: the bytes of a cipher
 * may be 00. */
#include "platform/sm4.h"

#include <openssl/evp.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

void
jumin_sm4_free_wiped (char *bytes, gsize length)
{
  if (bytes != NULL)
    explicit_bzero (bytes, length);
  g_free (bytes);
}

/* @out: room for @length bytes and a block more */
static gboolean
run (const JuminSm4 *self, gboolean seal, const guint8 *in, gsize length, guint8 *out,
     gsize *out_length)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int updated = 0, finished = 0;

  if (length > JUMIN_SM4_BYTES_MAX
      || EVP_CipherInit_ex (context, self->cbc ? EVP_sm4_cbc () : EVP_sm4_ecb (), NULL, self->key,
                            self->cbc ? self->iv : NULL, seal)
             != 1
      || EVP_CipherUpdate (context, out, &updated, in, (int)length) != 1
      || EVP_CipherFinal_ex (context, out + updated, &finished) != 1)
    return FALSE;
  *out_length = (gsize)(updated + finished);
  return TRUE;
}

/**
 * jumin_sm4_seal:
 * @bytes: (array length=length): at most %JUMIN_SM4_BYTES_MAX
 *
 * Errors: G_IO_ERROR_INVALID_DATA: too long.
 *
 * Returns: (transfer full): base64
 */
char *
jumin_sm4_seal (const JuminSm4 *self, const void *bytes, gsize length, GError **error)
{
  g_autofree guint8 *out = g_malloc (MIN (length, JUMIN_SM4_BYTES_MAX) + JUMIN_SM4_BLOCK);
  gsize out_length = 0;

  if (run (self, TRUE, bytes, length, out, &out_length))
    return g_base64_encode (out, out_length);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Sealing %zu bytes failed", length);
  return NULL;
}

/* GLib's decoder passes over what is no base64; here that is a mistake. */
static gboolean
is_base64 (const char *text, gsize length)
{
  gsize end = length;

  while (end > 0 && length - end < 2 && text[end - 1] == '=')
    end--;
  for (gsize i = 0; i < end; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;
  return length > 0 && length % 4 == 0;
}

/**
 * jumin_sm4_open:
 * @sealed: base64
 * @length: (out): the bytes returned, without the NUL that ends them
 *
 * Errors: G_IO_ERROR_INVALID_DATA: not base64 of whole blocks; G_IO_ERROR_PERMISSION_DENIED: this
 * key does not open it.
 *
 * Returns: (transfer full): what was sealed; free it with jumin_sm4_free_wiped()
 */
char *
jumin_sm4_open (const JuminSm4 *self, const char *sealed, gsize *length, GError **error)
{
  gsize bytes = 0, text_length = strlen (sealed);
  g_autofree guint8 *cipher
      = is_base64 (sealed, text_length) ? g_base64_decode (sealed, &bytes) : NULL;
  guint8 *out;

  if (bytes == 0 || bytes % JUMIN_SM4_BLOCK != 0 || bytes > JUMIN_SM4_BYTES_MAX)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "What is sealed is not base64 of whole blocks");
      return NULL;
    }
  out = g_malloc0 (bytes + JUMIN_SM4_BLOCK + 1);
  if (run (self, FALSE, cipher, bytes, out, length))
    {
      out[*length] = 0;
      return (char *)out;
    }
  jumin_sm4_free_wiped ((char *)out, bytes);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                       "What is sealed was not sealed with this key");
  return NULL;
}

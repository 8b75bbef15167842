/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a request is signed: six lines of text, the last of which is the digest of the body. */
#include "platform/request-signature.h"

#include <openssl/rand.h>

/**
 * jumin_request_signature_make_nonce:
 * @nonce: (out): 32 hexadecimal digits from the system's randomness
 */
gboolean
jumin_request_signature_make_nonce (char nonce[JUMIN_NONCE_LENGTH + 1], GError **error)
{
  unsigned char bytes[JUMIN_NONCE_BYTES];

  if (RAND_bytes (bytes, sizeof bytes) != 1)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "Signing a request failed: no random bytes");
      return FALSE;
    }
  for (gsize i = 0; i < sizeof bytes; i++)
    g_snprintf (nonce + 2 * i, 3, "%02x", bytes[i]);
  return TRUE;
}

/**
 * jumin_request_signature_dup_text:
 * @request: a request
 *
 * Returns: (transfer full): the text that is signed
 */
char *
jumin_request_signature_dup_text (const JuminSignedRequest *request, GError **error)
{
  char digest[JUMIN_SM3_LENGTH + 1];

  if (!jumin_sm3_digest (request->body, request->body_length, digest, error))
    return NULL;
  return g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s", request->method,
                          request->path, request->terminal, request->time_s, request->nonce,
                          digest);
}

/**
 * jumin_request_signature_sign:
 * @key: an SM2 key
 * @request: what to sign
 *
 * Returns: (transfer full): the signature, DER in base64
 */
char *
jumin_request_signature_sign (EVP_PKEY *key, const JuminSignedRequest *request, GError **error)
{
  g_autofree char *text = jumin_request_signature_dup_text (request, error);

  return text != NULL ? jumin_sm2_sign (key, text, error) : NULL;
}

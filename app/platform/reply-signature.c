/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer is signed: five lines of text. They begin with the status, so that no signed
 * request is ever a signed answer. */
#include "platform/reply-signature.h"

#include <string.h>

enum
{
  TIME_DIGITS_MAX = 12
};

/* Returns: (transfer full): the text that is signed */
static char *
dup_text (const JuminSignedReply *reply, GError **error)
{
  char digest[JUMIN_SM3_LENGTH + 1];

  if (!jumin_sm3_digest (reply->body, reply->body_length, digest, error))
    return NULL;
  return g_strdup_printf ("%u\n%s\n%s\n%s\n%s", reply->status, reply->terminal, reply->nonce,
                          reply->time, digest);
}

/**
 * jumin_reply_signature_sign:
 * @key: the platform's SM2 key
 *
 * Returns: (transfer full): the signature, DER in base64
 */
char *
jumin_reply_signature_sign (EVP_PKEY *key, const JuminSignedReply *reply, GError **error)
{
  g_autofree char *text = dup_text (reply, error);

  return text != NULL ? jumin_sm2_sign (key, text, error) : NULL;
}

/**
 * jumin_reply_signature_verify:
 * @keys: (element-type EVP_PKEY): the platform's public keys
 * @reply: what came; @terminal and @nonce are those of the request in flight
 * @signature: Jumin-Signature of the answer
 * @time_s: (out): when the platform signed it
 *
 * Errors: G_IO_ERROR_INVALID_DATA: it is not the platform's answer to this request.
 */
gboolean
jumin_reply_signature_verify (const GPtrArray *keys, const JuminSignedReply *reply,
                              const char *signature, gint64 *time_s, GError **error)
{
  g_autofree char *text = NULL;
  gsize digits = strnlen (reply->time, TIME_DIGITS_MAX + 1);

  if (digits < 1 || digits > TIME_DIGITS_MAX || strspn (reply->time, "0123456789") != digits)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the answer's time is no number of seconds");
      return FALSE;
    }
  text = dup_text (reply, error);
  if (text == NULL)
    return FALSE;
  if (!jumin_sm2_verify_any (keys, text, signature))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "the signature is not the platform's to this request");
      return FALSE;
    }
  *time_s = g_ascii_strtoll (reply->time, NULL, 10);
  return TRUE;
}

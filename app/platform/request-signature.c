/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a request is signed: SM2 with SM3 (GB/T 32918.2, GB/T 32905) over six lines of text, the
 * last of which is the digest of the body. */
#include "platform/request-signature.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <string.h>

enum
{
  SM3_BYTES = 32,
  SIGNATURE_BYTES_MAX = 128 /* DER of two integers of 32 bytes: 72 at most */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

/* OpenSSL would ask at the terminal for the passphrase of an encrypted key. */
static int
refuse_passphrase (char *buffer, int size, int writing, void *data)
{
  return 0;
}

/**
 * jumin_request_signature_load_key:
 * @file: PEM without a passphrase
 *
 * Errors: G_IO_ERROR_INVALID_DATA: no SM2 key there.
 *
 * Returns: (transfer full): the key
 */
EVP_PKEY *
jumin_request_signature_load_key (const char *file, GError **error)
{
  g_autoptr (BIO) bio = BIO_new_file (file, "r");
  g_autoptr (EVP_PKEY) key
      = bio != NULL ? PEM_read_bio_PrivateKey (bio, NULL, refuse_passphrase, NULL) : NULL;

  if (key != NULL && EVP_PKEY_is_a (key, "SM2"))
    return g_steal_pointer (&key);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Reading signing key '%s' failed: no SM2 key in PEM", file);
  return NULL;
}

static void
print_hex (const unsigned char *bytes, gsize length, char *hex)
{
  for (gsize i = 0; i < length; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", bytes[i]);
}

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
  print_hex (bytes, sizeof bytes, nonce);
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
  unsigned char digest[SM3_BYTES];
  char hex[2 * SM3_BYTES + 1];
  size_t length = 0;

  if (EVP_Q_digest (NULL, "SM3", NULL, request->body, request->body_length, digest, &length) != 1
      || length != sizeof digest)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           "Signing a request failed: OpenSSL has no SM3");
      return NULL;
    }
  print_hex (digest, sizeof digest, hex);
  return g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%s\n%s", request->method,
                          request->path, request->terminal, request->time_s, request->nonce, hex);
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
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autoptr (EVP_PKEY_CTX) key_context = EVP_PKEY_CTX_new (key, NULL);
  unsigned char signature[SIGNATURE_BYTES_MAX];
  size_t length = sizeof signature;

  if (text == NULL)
    return NULL;
  /* The identity goes in before the digest begins: SM2 hashes it first. */
  if (EVP_PKEY_CTX_set1_id (key_context, JUMIN_SIGNER_IDENTITY, strlen (JUMIN_SIGNER_IDENTITY))
      == 1)
    EVP_MD_CTX_set_pkey_ctx (context, key_context);
  if (EVP_MD_CTX_get_pkey_ctx (context) == key_context
      && EVP_DigestSignInit (context, NULL, EVP_sm3 (), NULL, key) == 1
      && EVP_DigestSign (context, signature, &length, (const unsigned char *)text, strlen (text))
             == 1)
    return g_base64_encode (signature, length);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "Signing a request failed: OpenSSL refused the key");
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SM2 with SM3 by OpenSSL: who signs has one private key, who verifies has the signer's public key
 * and, while it is changed, the next one. */
#include "platform/sm2.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

enum
{
  SIGNATURE_BYTES_MAX = 128,           /* DER of two integers of 32 bytes: 72 at most */
  BASE64_MAX = SIGNATURE_BYTES_MAX * 2 /* of what others send */
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
 * jumin_sm2_load_key:
 * @file: PEM without a passphrase
 *
 * Errors: G_IO_ERROR_INVALID_DATA: no SM2 key there.
 *
 * Returns: (transfer full): the private key
 */
EVP_PKEY *
jumin_sm2_load_key (const char *file, GError **error)
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

/* Returns: whether one part of a PEM file is a good SM2 key, or none */
static gboolean
take_public_key (GPtrArray *keys, const char *name, const unsigned char *der, long length)
{
  EVP_PKEY *key;

  if (!g_str_equal (name, PEM_STRING_PUBLIC))
    return TRUE;
  key = d2i_PUBKEY (NULL, &der, length);
  g_ptr_array_add (keys, key);
  return key != NULL && EVP_PKEY_is_a (key, "SM2") && keys->len <= JUMIN_SM2_KEYS_MAX;
}

/**
 * jumin_sm2_load_public_keys:
 * @file: PEM; what is no public key is passed over
 *
 * Errors: G_IO_ERROR_INVALID_DATA: none, more than %JUMIN_SM2_KEYS_MAX, or no SM2 keys.
 *
 * Returns: (transfer full) (element-type EVP_PKEY): the keys of one signer
 */
GPtrArray *
jumin_sm2_load_public_keys (const char *file, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)EVP_PKEY_free);
  g_autoptr (BIO) bio = BIO_new_file (file, "r");
  char *name, *header;
  unsigned char *der;
  long length;
  gboolean good = bio != NULL;

  while (good && PEM_read_bio (bio, &name, &header, &der, &length) == 1)
    {
      good = take_public_key (keys, name, der, length);
      OPENSSL_free (name);
      OPENSSL_free (header);
      OPENSSL_free (der);
    }
  /* The end of the file is the one error that may follow the last key. */
  good = good && ERR_GET_REASON (ERR_peek_last_error ()) == PEM_R_NO_START_LINE;
  ERR_clear_error ();
  if (good && keys->len > 0)
    return g_steal_pointer (&keys);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Reading public keys '%s' failed: not one or two SM2 keys in PEM", file);
  return NULL;
}

static gboolean
make_digest (const char *name, const void *data, gsize length, char hex[JUMIN_SM3_LENGTH + 1],
             GError **error)
{
  unsigned char digest[JUMIN_SM3_BYTES];
  size_t digest_length = 0;

  if (EVP_Q_digest (NULL, name, NULL, data, length, digest, &digest_length) != 1
      || digest_length != sizeof digest)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "Making a digest failed: OpenSSL has no %s", name);
      return FALSE;
    }
  for (gsize i = 0; i < sizeof digest; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", digest[i]);
  return TRUE;
}

/**
 * jumin_sm3_digest:
 * @hex: (out): the digest of @data in lower-case hexadecimal
 */
gboolean
jumin_sm3_digest (const void *data, gsize length, char hex[JUMIN_SM3_LENGTH + 1], GError **error)
{
  return make_digest ("SM3", data, length, hex, error);
}

/**
 * jumin_sha256_digest:
 * @hex: (out): as jumin_sm3_digest(), and as long. On a file ten times as fast as GChecksum
 */
gboolean
jumin_sha256_digest (const void *data, gsize length, char hex[JUMIN_SM3_LENGTH + 1], GError **error)
{
  return make_digest ("SHA256", data, length, hex, error);
}

/* The identity goes in before the digest begins: SM2 hashes it first. */
static gboolean
set_identity (EVP_MD_CTX *context, EVP_PKEY_CTX *key_context)
{
  if (EVP_PKEY_CTX_set1_id (key_context, JUMIN_SIGNER_IDENTITY, strlen (JUMIN_SIGNER_IDENTITY))
      != 1)
    return FALSE;
  EVP_MD_CTX_set_pkey_ctx (context, key_context);
  return TRUE;
}

/**
 * jumin_sm2_sign:
 * @key: an SM2 key
 *
 * Returns: (transfer full): the signature of @text, DER in base64
 */
char *
jumin_sm2_sign (EVP_PKEY *key, const char *text, GError **error)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autoptr (EVP_PKEY_CTX) key_context = EVP_PKEY_CTX_new (key, NULL);
  unsigned char signature[SIGNATURE_BYTES_MAX];
  size_t length = sizeof signature;

  if (set_identity (context, key_context)
      && EVP_DigestSignInit (context, NULL, EVP_sm3 (), NULL, key) == 1
      && EVP_DigestSign (context, signature, &length, (const unsigned char *)text, strlen (text))
             == 1)
    return g_base64_encode (signature, length);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "Signing failed: OpenSSL refused the key");
  return NULL;
}

/**
 * jumin_sm2_verify:
 * @key: the signer's public key
 * @signature: what came with @text, trusted in nothing
 *
 * Returns: whether the signer signed @text
 */
gboolean
jumin_sm2_verify (EVP_PKEY *key, const char *text, const char *signature)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  g_autoptr (EVP_PKEY_CTX) key_context = EVP_PKEY_CTX_new (key, NULL);
  g_autofree guchar *der = NULL;
  gsize length = 0;
  gboolean good;

  if (strnlen (signature, BASE64_MAX) == BASE64_MAX)
    return FALSE;
  der = g_base64_decode (signature, &length);
  good
      = length > 0 && set_identity (context, key_context)
        && EVP_DigestVerifyInit (context, NULL, EVP_sm3 (), NULL, key) == 1
        && EVP_DigestVerify (context, der, length, (const unsigned char *)text, strlen (text)) == 1;
  ERR_clear_error ();
  return good;
}

/**
 * jumin_sm2_verify_any:
 * @keys: (element-type EVP_PKEY): the signer's public keys
 *
 * Returns: whether one of them fits
 */
gboolean
jumin_sm2_verify_any (const GPtrArray *keys, const char *text, const char *signature)
{
  for (guint i = 0; i < keys->len; i++)
    if (jumin_sm2_verify (keys->pdata[i], text, signature))
      return TRUE;
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the keys and certificates of one test run, and removes them. */
#include "test-keys.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum
{
  VALID_S = 3 * 24 * 3600
};

typedef struct
{
  EVP_PKEY *key;
  X509 *certificate;
} Pair;

static FILE *
open_file (const TestKeys *keys, const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = test_keys_path (keys, file);
  FILE *stream = fopen (path, "w");

  g_assert_nonnull (stream);
  return stream;
}

static void
add_extension (X509 *certificate, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* @issuer: (nullable): %NULL: signs itself and others; @address: (nullable): "IP:127.0.0.1" */
static Pair
make_pair (const TestKeys *keys, const char *name, const Pair *issuer, const char *address)
{
  static long serial = 1;
  Pair pair = { EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"), X509_new () };
  X509_NAME *subject = X509_get_subject_name (pair.certificate);
  FILE *stream;

  X509_set_version (pair.certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (pair.certificate), serial++);
  X509_gmtime_adj (X509_getm_notBefore (pair.certificate), -VALID_S);
  X509_gmtime_adj (X509_getm_notAfter (pair.certificate), VALID_S);
  X509_set_pubkey (pair.certificate, pair.key);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_ASC, (const guchar *)name, -1, -1, 0);
  X509_set_issuer_name (pair.certificate,
                        issuer != NULL ? X509_get_subject_name (issuer->certificate) : subject);
  add_extension (pair.certificate, NID_basic_constraints,
                 issuer == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (address != NULL)
    add_extension (pair.certificate, NID_subject_alt_name, address);
  g_assert_cmpint (
      X509_sign (pair.certificate, issuer != NULL ? issuer->key : pair.key, EVP_sha256 ()), >, 0);

  stream = open_file (keys, name, ".pem");
  PEM_write_X509 (stream, pair.certificate);
  fclose (stream);
  stream = open_file (keys, name, ".key");
  PEM_write_PrivateKey (stream, pair.key, NULL, NULL, 0, NULL, NULL);
  fclose (stream);
  return pair;
}

static void
free_pair (Pair *pair)
{
  EVP_PKEY_free (pair->key);
  X509_free (pair->certificate);
}

static char *
make_pin (const Pair *pair)
{
  unsigned char *der = NULL, digest[EVP_MAX_MD_SIZE];
  size_t length = 0;
  int der_length = i2d_PUBKEY (pair->key, &der);
  g_autofree char *base64 = NULL;

  EVP_Q_digest (NULL, "SHA256", NULL, der, (size_t)der_length, digest, &length);
  OPENSSL_free (der);
  base64 = g_base64_encode (digest, length);
  return g_strconcat ("sha256//", base64, NULL);
}

/* @also: (nullable): one more file for the public key */
static void
make_sm2_key (const TestKeys *keys, const char *name, FILE *also)
{
  EVP_PKEY *key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  FILE *stream = open_file (keys, name, ".key");

  PEM_write_PrivateKey (stream, key, NULL, NULL, 0, NULL, NULL);
  fclose (stream);
  stream = open_file (keys, name, ".pub");
  PEM_write_PUBKEY (stream, key);
  fclose (stream);
  if (also != NULL)
    PEM_write_PUBKEY (also, key);
  EVP_PKEY_free (key);
}

static void
make_sm2_keys (const TestKeys *keys)
{
  FILE *both = open_file (keys, "reply", ".pem");

  make_sm2_key (keys, "sign", NULL);
  make_sm2_key (keys, "reply", both);
  make_sm2_key (keys, "reply-next", both);
  fclose (both);
}

TestKeys *
test_keys_new (void)
{
  TestKeys *keys = g_new0 (TestKeys, 1);
  Pair ca, stranger_ca, server, others[3];

  keys->directory = g_dir_make_tmp ("jumin-keys-XXXXXX", NULL);
  g_assert_nonnull (keys->directory);
  ca = make_pair (keys, "ca", NULL, NULL);
  stranger_ca = make_pair (keys, "stranger-ca", NULL, NULL);
  server = make_pair (keys, "server", &ca, "IP:127.0.0.1");
  others[0] = make_pair (keys, "elsewhere", &ca, "DNS:elsewhere.example");
  others[1] = make_pair (keys, "terminal", &ca, NULL);
  others[2] = make_pair (keys, "stranger", &stranger_ca, NULL);
  keys->pin = make_pin (&server);
  make_sm2_keys (keys);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    free_pair (&others[i]);
  free_pair (&server);
  free_pair (&stranger_ca);
  free_pair (&ca);
  return keys;
}

char *
test_keys_path (const TestKeys *keys, const char *name)
{
  return g_build_filename (keys->directory, name, NULL);
}

void
test_keys_free (TestKeys *keys)
{
  g_autoptr (GDir) directory = g_dir_open (keys->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = test_keys_path (keys, name);

      g_unlink (path);
    }
  g_rmdir (keys->directory);
  g_free (keys->directory);
  g_free (keys->pin);
  g_free (keys);
}

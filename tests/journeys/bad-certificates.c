/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates that no client may take, and the lists of what was revoked. */
#include "bad-certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum
{
  HOUR_S = 3600,
  FIRST_SERIAL = 1000
};

typedef struct
{
  const char *name, *issuer; /* "": itself */
  const char *address;       /* NULL: a client's */
  long from_s, to_s;         /* from now */
  unsigned int rsa_bits;     /* 0: P-256 */
  gboolean sha1;
} Row;

static const Row rows[] = {
  { "expired", "ca", "IP:127.0.0.1", -2 * HOUR_S, -HOUR_S, 0, FALSE },
  { "early", "ca", "IP:127.0.0.1", HOUR_S, 2 * HOUR_S, 0, FALSE },
  { "foreign", "stranger-ca", "IP:127.0.0.1", -HOUR_S, HOUR_S, 0, FALSE },
  { "alone", "", "IP:127.0.0.1", -HOUR_S, HOUR_S, 0, FALSE },
  { "revoked", "ca", "IP:127.0.0.1", -HOUR_S, HOUR_S, 0, FALSE },
  { "short", "ca", "IP:127.0.0.1", -HOUR_S, HOUR_S, 1024, FALSE },
  { "sha1", "ca", "IP:127.0.0.1", -HOUR_S, HOUR_S, 0, TRUE },
  { "expired-terminal", "ca", NULL, -2 * HOUR_S, -HOUR_S, 0, FALSE },
  { "other-terminal", "ca", NULL, -HOUR_S, HOUR_S, 0, FALSE },
};

static FILE *
open_file (const TestKeys *keys, const char *name, const char *suffix, const char *mode)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = test_keys_path (keys, file);
  FILE *stream = fopen (path, mode);

  g_assert_nonnull (stream);
  return stream;
}

static X509 *
load_certificate (const TestKeys *keys, const char *name)
{
  FILE *stream = open_file (keys, name, ".pem", "r");
  X509 *certificate = PEM_read_X509 (stream, NULL, NULL, NULL);

  fclose (stream);
  g_assert_nonnull (certificate);
  return certificate;
}

static EVP_PKEY *
load_key (const TestKeys *keys, const char *name)
{
  FILE *stream = open_file (keys, name, ".key", "r");
  EVP_PKEY *key = PEM_read_PrivateKey (stream, NULL, NULL, NULL);

  fclose (stream);
  g_assert_nonnull (key);
  return key;
}

static void
write_files (const TestKeys *keys, const char *name, X509 *certificate, EVP_PKEY *key)
{
  FILE *stream = open_file (keys, name, ".pem", "w");

  g_assert_true (PEM_write_X509 (stream, certificate));
  fclose (stream);
  stream = open_file (keys, name, ".key", "w");
  g_assert_true (PEM_write_PrivateKey (stream, key, NULL, NULL, 0, NULL, NULL));
  fclose (stream);
}

static void
add_certificate (const TestKeys *keys, const Row *row, long serial)
{
  EVP_PKEY *key = row->rsa_bits != 0 ? EVP_RSA_gen (row->rsa_bits) : EVP_EC_gen ("P-256");
  X509 *certificate = X509_new ();
  X509_NAME *subject = X509_get_subject_name (certificate);
  X509 *issuer = *row->issuer != '\0' ? load_certificate (keys, row->issuer) : NULL;
  EVP_PKEY *issuer_key = issuer != NULL ? load_key (keys, row->issuer) : NULL;

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), serial);
  X509_gmtime_adj (X509_getm_notBefore (certificate), row->from_s);
  X509_gmtime_adj (X509_getm_notAfter (certificate), row->to_s);
  X509_set_pubkey (certificate, key);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_ASC, (const guchar *)row->name, -1, -1, 0);
  X509_set_issuer_name (certificate, issuer != NULL ? X509_get_subject_name (issuer) : subject);
  if (row->address != NULL)
    {
      X509_EXTENSION *name = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name, row->address);

      X509_add_ext (certificate, name, -1);
      X509_EXTENSION_free (name);
    }
  g_assert_cmpint (X509_sign (certificate, issuer_key != NULL ? issuer_key : key,
                              row->sha1 ? EVP_sha1 () : EVP_sha256 ()),
                   >, 0);
  write_files (keys, row->name, certificate, key);
  EVP_PKEY_free (issuer_key);
  X509_free (issuer);
  X509_free (certificate);
  EVP_PKEY_free (key);
}

/* @from_s, @to_s: when the list is good, from now */
static void
add_list (const TestKeys *keys, const char *name, const char *revoked, long from_s, long to_s)
{
  X509 *certificate = load_certificate (keys, revoked), *ca = load_certificate (keys, "ca");
  EVP_PKEY *ca_key = load_key (keys, "ca");
  X509_CRL *list = X509_CRL_new ();
  X509_REVOKED *entry = X509_REVOKED_new ();
  ASN1_TIME *from = X509_gmtime_adj (NULL, from_s), *to = X509_gmtime_adj (NULL, to_s);
  FILE *stream;

  X509_CRL_set_version (list, X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name (list, X509_get_subject_name (ca));
  X509_CRL_set1_lastUpdate (list, from);
  X509_CRL_set1_nextUpdate (list, to);
  X509_REVOKED_set_serialNumber (entry, X509_get_serialNumber (certificate));
  X509_REVOKED_set_revocationDate (entry, from);
  X509_CRL_add0_revoked (list, entry);
  g_assert_cmpint (X509_CRL_sign (list, ca_key, EVP_sha256 ()), >, 0);
  stream = open_file (keys, name, ".crl", "w");
  g_assert_true (PEM_write_X509_CRL (stream, list));
  fclose (stream);
  ASN1_TIME_free (from);
  ASN1_TIME_free (to);
  X509_CRL_free (list);
  EVP_PKEY_free (ca_key);
  X509_free (ca);
  X509_free (certificate);
}

void
bad_certificates_add (const TestKeys *keys)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_certificate (keys, &rows[i], FIRST_SERIAL + (long)i);
  add_list (keys, "ca", "revoked", -HOUR_S, HOUR_S);
  add_list (keys, "old", "revoked", -2 * HOUR_S, -HOUR_S);
}

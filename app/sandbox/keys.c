/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The throw-away authority of one sandbox and what it gives to its terminal: keys for TLS (P-256),
 * the SM2 keys that sign requests and answers, and the part of jumin.conf that points to them. */
#include "sandbox/keys.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <string.h>

enum
{
  DAYS_VALID = 365,
  DAY_S = 24 * 60 * 60,
  SHA256_BYTES = 32
};

#define CA_KEY "ca.key"
#define SPARE_KEY "spare.key"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

typedef struct
{
  const char *name, *value;
} Extension;

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: OpenSSL refused", what);
  return FALSE;
}

static gboolean
write_pem (const char *directory, const char *name, BIO *pem, GError **error)
{
  g_autofree char *file = g_build_filename (directory, name, NULL);
  char *data;
  long length = BIO_get_mem_data (pem, &data);

  return g_file_set_contents_full (file, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static EVP_PKEY *
make_key (const char *directory, const char *name, const char *curve, GError **error)
{
  g_autoptr (EVP_PKEY) key
      = strcmp (curve, "SM2") == 0 ? EVP_PKEY_Q_keygen (NULL, NULL, "SM2") : EVP_EC_gen (curve);
  g_autoptr (BIO) pem = BIO_new (BIO_s_mem ());

  if (key == NULL || PEM_write_bio_PrivateKey (pem, key, NULL, NULL, 0, NULL, NULL) != 1)
    {
      fail (name, error);
      return NULL;
    }
  return write_pem (directory, name, pem, error) ? g_steal_pointer (&key) : NULL;
}

static gboolean
add_extension (X509 *certificate, X509 *issuer, const Extension *extension)
{
  g_autoptr (X509_EXTENSION) made = NULL;
  X509V3_CTX context;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
  made = X509V3_EXT_conf (NULL, &context, extension->name, extension->value);
  return made != NULL && X509_add_ext (certificate, made, -1) == 1;
}

static gboolean
fill_certificate (X509 *certificate, EVP_PKEY *key, const char *subject, X509 *issuer)
{
  X509_NAME *name = X509_get_subject_name (certificate);
  guint64 serial = 0;

  return RAND_bytes ((unsigned char *)&serial, sizeof serial) == 1
         && ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate), serial >> 1) == 1
         && X509_set_version (certificate, X509_VERSION_3) == 1
         && X509_gmtime_adj (X509_getm_notBefore (certificate), -DAY_S) != NULL
         && X509_gmtime_adj (X509_getm_notAfter (certificate), (long)DAYS_VALID * DAY_S) != NULL
         && X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const unsigned char *)subject,
                                        -1, -1, 0)
                == 1
         && X509_set_issuer_name (certificate, X509_get_subject_name (issuer)) == 1
         && X509_set_pubkey (certificate, key) == 1;
}

/* @issuer: %NULL: signs itself */
static X509 *
make_certificate (const char *directory, const char *name, EVP_PKEY *key, const char *subject,
                  X509 *issuer, EVP_PKEY *issuer_key, const Extension *extensions, GError **error)
{
  g_autoptr (X509) certificate = X509_new ();
  g_autoptr (BIO) pem = BIO_new (BIO_s_mem ());
  gboolean made = fill_certificate (certificate, key, subject, issuer ? issuer : certificate);

  for (int i = 0; made && extensions[i].name != NULL; i++)
    made = add_extension (certificate, issuer ? issuer : certificate, &extensions[i]);
  if (!made || X509_sign (certificate, issuer_key, EVP_sha256 ()) == 0
      || PEM_write_bio_X509 (pem, certificate) != 1)
    {
      fail (name, error);
      return NULL;
    }
  return write_pem (directory, name, pem, error) ? g_steal_pointer (&certificate) : NULL;
}

static const Extension ca_extensions[] = {
  { "basicConstraints", "critical,CA:TRUE" },
  { "keyUsage", "critical,keyCertSign,cRLSign" },
  { "subjectKeyIdentifier", "hash" },
  { NULL },
};
static const Extension server_extensions[] = {
  { "basicConstraints", "critical,CA:FALSE" },
  { "keyUsage", "critical,digitalSignature" },
  { "extendedKeyUsage", "serverAuth" },
  { "subjectAltName", "IP:127.0.0.1,DNS:localhost" },
  { NULL },
};
static const Extension terminal_extensions[] = {
  { "basicConstraints", "critical,CA:FALSE" },
  { "keyUsage", "critical,digitalSignature" },
  { "extendedKeyUsage", "clientAuth" },
  { NULL },
};

/* Both keys that sign answers, and for the terminal their public halves in one file. That is the
 * last file: where it lies, all others do. */
static gboolean
make_reply_keys (const char *directory, GError **error)
{
  g_autoptr (EVP_PKEY) now = make_key (directory, JUMIN_SANDBOX_REPLY_KEY, "SM2", error);
  g_autoptr (EVP_PKEY) next
      = now != NULL ? make_key (directory, JUMIN_SANDBOX_NEXT_REPLY_KEY, "SM2", error) : NULL;
  g_autoptr (BIO) pem = BIO_new (BIO_s_mem ());

  if (next == NULL)
    return FALSE;
  if (PEM_write_bio_PUBKEY (pem, now) != 1 || PEM_write_bio_PUBKEY (pem, next) != 1)
    return fail (JUMIN_SANDBOX_REPLY_KEYS, error);
  return write_pem (directory, JUMIN_SANDBOX_REPLY_KEYS, pem, error);
}

static gboolean
make_all (const char *directory, const char *terminal, GError **error)
{
  g_autoptr (EVP_PKEY) ca_key = make_key (directory, CA_KEY, "P-256", error);
  g_autoptr (X509) ca = ca_key != NULL
                            ? make_certificate (directory, JUMIN_SANDBOX_CA, ca_key,
                                                "Jumin sandbox", NULL, ca_key, ca_extensions, error)
                            : NULL;
  g_autoptr (EVP_PKEY) server_key
      = ca != NULL ? make_key (directory, JUMIN_SANDBOX_SERVER_KEY, "P-256", error) : NULL;
  g_autoptr (X509) server
      = server_key != NULL ? make_certificate (directory, JUMIN_SANDBOX_SERVER, server_key,
                                               "127.0.0.1", ca, ca_key, server_extensions, error)
                           : NULL;
  g_autoptr (EVP_PKEY) terminal_key
      = server != NULL ? make_key (directory, JUMIN_SANDBOX_TERMINAL_KEY, "P-256", error) : NULL;
  g_autoptr (X509) client
      = terminal_key != NULL ? make_certificate (directory, JUMIN_SANDBOX_TERMINAL, terminal_key,
                                                 terminal, ca, ca_key, terminal_extensions, error)
                             : NULL;
  g_autoptr (EVP_PKEY) spare
      = client != NULL ? make_key (directory, SPARE_KEY, "P-256", error) : NULL;
  g_autoptr (EVP_PKEY) signing
      = spare != NULL ? make_key (directory, JUMIN_SANDBOX_SIGNING_KEY, "SM2", error) : NULL;

  return signing != NULL && make_reply_keys (directory, error);
}

static char *
dup_base64 (X509 *certificate)
{
  unsigned char *der = NULL;
  int length = i2d_X509 (certificate, &der);
  char *base64 = g_base64_encode (der, (gsize)MAX (length, 0));

  OPENSSL_free (der);
  return base64;
}

static X509 *
load_certificate (const char *directory, const char *name, GError **error)
{
  g_autofree char *file = g_build_filename (directory, name, NULL);
  g_autoptr (BIO) pem = BIO_new_file (file, "r");
  X509 *certificate = pem != NULL ? PEM_read_bio_X509 (pem, NULL, NULL, NULL) : NULL;

  if (certificate == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Reading certificate '%s' failed", file);
  return certificate;
}

/**
 * jumin_keys_dup_certificate:
 * @name: file of a certificate of this sandbox
 *
 * Returns: (transfer full): it, DER in base64
 */
char *
jumin_keys_dup_certificate (const char *directory, const char *name, GError **error)
{
  g_autoptr (X509) certificate = load_certificate (directory, name, error);

  return certificate != NULL ? dup_base64 (certificate) : NULL;
}

/**
 * jumin_keys_issue:
 * @request: whose signature was checked; only its key is taken
 *
 * Returns: (transfer full): the certificate of @terminal, DER in base64
 */
char *
jumin_keys_issue (const char *directory, const char *terminal, X509_REQ *request, GError **error)
{
  g_autofree char *name = g_strconcat (terminal, ".pem", NULL);
  g_autoptr (EVP_PKEY) ca_key = jumin_keys_load (directory, CA_KEY, error);
  g_autoptr (X509) ca
      = ca_key != NULL ? load_certificate (directory, JUMIN_SANDBOX_CA, error) : NULL;
  g_autoptr (X509) made = ca != NULL
                              ? make_certificate (directory, name, X509_REQ_get0_pubkey (request),
                                                  terminal, ca, ca_key, terminal_extensions, error)
                              : NULL;

  return made != NULL ? dup_base64 (made) : NULL;
}

/**
 * jumin_keys_ensure:
 * @directory: exists
 * @terminal: whom the client certificate names
 *
 * Makes authority, certificates and keys unless they lie there.
 */
gboolean
jumin_keys_ensure (const char *directory, const char *terminal, GError **error)
{
  g_autofree char *last = g_build_filename (directory, JUMIN_SANDBOX_REPLY_KEYS, NULL);

  return g_file_test (last, G_FILE_TEST_EXISTS) || make_all (directory, terminal, error);
}

/**
 * jumin_keys_load:
 *
 * Returns: (transfer full): a private key of this sandbox
 */
EVP_PKEY *
jumin_keys_load (const char *directory, const char *name, GError **error)
{
  g_autofree char *file = g_build_filename (directory, name, NULL);
  g_autoptr (BIO) pem = BIO_new_file (file, "r");
  EVP_PKEY *key = pem != NULL ? PEM_read_bio_PrivateKey (pem, NULL, NULL, NULL) : NULL;

  if (key == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Reading key '%s' failed: no key in PEM",
                 file);
  return key;
}

static char *
dup_pin (const char *directory, const char *name, GError **error)
{
  g_autoptr (EVP_PKEY) key = jumin_keys_load (directory, name, error);
  unsigned char digest[SHA256_BYTES], *der = NULL;
  g_autofree char *base64 = NULL;
  size_t size = 0;
  int length = key != NULL ? i2d_PUBKEY (key, &der) : -1;

  if (length <= 0)
    return NULL;
  EVP_Q_digest (NULL, "SHA256", NULL, der, (size_t)length, digest, &size);
  OPENSSL_free (der);
  base64 = g_base64_encode (digest, sizeof digest);
  return g_strconcat ("sha256//", base64, NULL);
}

/**
 * jumin_keys_dup_pins:
 *
 * Returns: (transfer full): the server's pinned key and its spare, as jumin.conf wants them
 */
char *
jumin_keys_dup_pins (const char *directory, GError **error)
{
  g_autofree char *now = dup_pin (directory, JUMIN_SANDBOX_SERVER_KEY, error);
  g_autofree char *spare = now != NULL ? dup_pin (directory, SPARE_KEY, error) : NULL;

  return spare != NULL ? g_strconcat (now, ";", spare, NULL) : NULL;
}

/**
 * jumin_keys_write_config:
 * @port: where the sandbox listens
 * @desk_port: where it listens to those without a certificate, as the platform of the codes does
 *
 * Writes the part of jumin.conf that lets a terminal speak to this sandbox.
 */
gboolean
jumin_keys_write_config (const char *directory, const char *terminal, guint port, guint desk_port,
                         GError **error)
{
  static const struct
  {
    const char *key, *name;
  } files[] = {
    { "ca-file", JUMIN_SANDBOX_CA },
    { "certificate-file", JUMIN_SANDBOX_TERMINAL },
    { "key-file", JUMIN_SANDBOX_TERMINAL_KEY },
    { "signing-key-file", JUMIN_SANDBOX_SIGNING_KEY },
    { "reply-key-file", JUMIN_SANDBOX_REPLY_KEYS },
  }, code_files[] = {
    { "ca-file", JUMIN_SANDBOX_CA },
    { "id-file", JUMIN_SANDBOX_CODES_ID },
    { "secret-file", JUMIN_SANDBOX_CODES_SECRET },
    { "terminal-file", "city-code.terminal" },
  };
  g_autofree char *absolute = g_canonicalize_filename (directory, NULL);
  g_autofree char *pins = jumin_keys_dup_pins (directory, error);
  g_autofree char *file = g_build_filename (directory, JUMIN_SANDBOX_CONFIG, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (pins == NULL)
    return FALSE;
  g_string_append_printf (text, "[terminal]\nname=%s\n\n[platform]\n", terminal);
  g_string_append_printf (text, "url=https://127.0.0.1:%u/v1\npins=%s\n", port, pins);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_string_append_printf (text, "%s=%s/%s\n", files[i].key, absolute, files[i].name);
  g_string_append_printf (text, "\n[city-code]\nurl=https://127.0.0.1:%u\n", desk_port);
  for (gsize i = 0; i < G_N_ELEMENTS (code_files); i++)
    g_string_append_printf (text, "%s=%s/%s\n", code_files[i].key, absolute, code_files[i].name);
  return g_file_set_contents_full (file, text->str, (gssize)text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* Returns: the port that was written last; 0: none was. A platform that is started again is where
 * it was. */
guint
jumin_keys_read_desk_port (const char *directory)
{
  g_autofree char *file = g_build_filename (directory, JUMIN_SANDBOX_CONFIG, NULL);
  g_autoptr (GKeyFile) written = g_key_file_new ();
  g_autofree char *url = NULL;
  g_autoptr (GUri) uri = NULL;

  if (!g_key_file_load_from_file (written, file, G_KEY_FILE_NONE, NULL))
    return 0;
  url = g_key_file_get_string (written, "city-code", "url", NULL);
  uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;
  return uri != NULL && g_uri_get_port (uri) > 0 ? (guint)g_uri_get_port (uri) : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a machine becomes a terminal (data/platform-api.yaml, /provision): the token that it brings,
 * what it asks, and what it is given. */
#include "platform/provision.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

#include "model/json.h"
#include "platform/http-client.h"

enum
{
  DER_MAX = 4096,
  URL_MAX = 200,
  PIN_MAX = 52,
  LIST_MAX = 2,
  TERMINAL_MAX = 6
};

#define BASE64 "^[A-Za-z0-9+/]{40,}={0,2}$"
#define URL "^https://[^/?#@ ]+(/[^/?#@ ]+)*$"
#define TOKEN_LINE "^Jumin-Token: ([A-Za-z0-9_-]{16,64})\n-----BEGIN "

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)

void
jumin_provision_free (JuminProvision *self)
{
  g_free (self->terminal);
  g_free (self->url);
  g_free (self->authority);
  g_free (self->certificate);
  g_free (self->reply_keys);
  g_free (self->pins);
  jumin_text_clear (&self->hall);
  jumin_text_clear (&self->machine);
  g_free (self);
}

/**
 * jumin_provision_read_token:
 * @file: begins with "Jumin-Token: …"; authority and public keys of the platform follow in PEM
 *
 * Errors: G_IO_ERROR_INVALID_DATA, and those of reading a file.
 *
 * Returns: (transfer full): the token
 */
char *
jumin_provision_read_token (const char *file, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (file);
  g_autoptr (GFileInputStream) stream = g_file_read (source, NULL, error);
  g_autoptr (GRegex) line = g_regex_new (TOKEN_LINE, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *text = g_malloc0 (JUMIN_TOKEN_FILE_MAX + 1);
  gsize length;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, JUMIN_TOKEN_FILE_MAX, &length,
                                   NULL, error))
    return NULL;
  if (g_utf8_validate (text, -1, NULL) && g_regex_match (line, text, 0, &match))
    return g_match_info_fetch (match, 1);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "Reading token '%s' failed: it does not begin with a line 'Jumin-Token: …'", file);
  return NULL;
}

/* Returns: (transfer full) (nullable): the request for a certificate, DER in base64 */
static char *
make_request (EVP_PKEY *key)
{
  g_autoptr (X509_REQ) request = X509_REQ_new ();
  unsigned char *der = NULL;
  char *base64 = NULL;
  int length = 0;

  /* The platform gives the name. */
  if (X509_NAME_add_entry_by_txt (X509_REQ_get_subject_name (request), "CN", MBSTRING_ASC,
                                  (const unsigned char *)"new", -1, -1, 0)
          == 1
      && X509_REQ_set_pubkey (request, key) == 1 && X509_REQ_sign (request, key, EVP_sha256 ()) > 0)
    length = i2d_X509_REQ (request, &der);
  if (length > 0)
    base64 = g_base64_encode (der, (gsize)length);
  OPENSSL_free (der);
  return base64;
}

static char *
dup_public_key (EVP_PKEY *key)
{
  unsigned char *der = NULL;
  int length = i2d_PUBKEY (key, &der);
  char *base64 = length > 0 ? g_base64_encode (der, (gsize)length) : NULL;

  OPENSSL_free (der);
  return base64;
}

/**
 * jumin_provision_print_order:
 * @tls_key: on P-256
 * @signing_key: SM2
 *
 * Returns: (transfer full): the body of the request
 */
char *
jumin_provision_print_order (const char *token, EVP_PKEY *tls_key, EVP_PKEY *signing_key,
                             GError **error)
{
  g_autofree char *request = make_request (tls_key), *public_key = dup_public_key (signing_key);

  if (request != NULL && public_key != NULL)
    return g_strdup_printf (
        "{\"token\":\"%s\",\"certificate_request\":\"%s\",\"signing_key\":\"%s\"}", token, request,
        public_key);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       "Asking for a certificate failed: OpenSSL refused the keys");
  return NULL;
}

/* Returns: (transfer full): @base64 as a part of a PEM file */
static char *
dup_pem (const char *name, const char *base64)
{
  gsize length = 0;
  g_autofree guchar *der = g_base64_decode (base64, &length);
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *data;
  long size;

  PEM_write_bio (bio, name, "", der, (long)length);
  size = BIO_get_mem_data (bio, &data);
  return g_strndup (data, (gsize)size);
}

static char *
read_certificate (const JuminJson *root, const char *key)
{
  return dup_pem (PEM_STRING_X509, jumin_json_get_match (root, key, BASE64, DER_MAX));
}

/* Returns: (transfer full): the one or two items of a list, joined */
static char *
read_list (const JuminJson *root, const char *key, const char *pattern, gsize length_max,
           const char *pem_name)
{
  JuminJson place = jumin_json_array (root, key, LIST_MAX), item = { NULL };
  GString *text = g_string_new (NULL);

  while (jumin_json_next (&place, &item))
    {
      const char *string = cJSON_GetStringValue (item.value);

      if (string == NULL || strlen (string) > length_max
          || !g_regex_match_simple (pattern, string, G_REGEX_DOLLAR_ENDONLY, 0))
        jumin_json_fail (&item, "is none");
      else if (pem_name != NULL)
        {
          g_autofree char *pem = dup_pem (pem_name, string);

          g_string_append (text, pem);
        }
      else
        g_string_append_printf (text, "%s%s", text->len > 0 ? ";" : "", string);
    }
  if (text->len == 0)
    jumin_json_fail (&place, "is empty");
  return g_string_free (text, FALSE);
}

static void
read_provision (const JuminJson *root, gpointer data)
{
  JuminProvision *self = data;

  self->terminal = jumin_json_dup_match (root, "terminal", JUMIN_PATTERN_TERMINAL, TERMINAL_MAX);
  self->url = jumin_json_dup_match (root, "url", URL, URL_MAX);
  self->authority = read_certificate (root, "authority");
  self->certificate = read_certificate (root, "certificate");
  self->pins = read_list (root, "pins", "^sha256//[A-Za-z0-9+/]{43}=$", PIN_MAX, NULL);
  self->reply_keys = read_list (root, "reply_keys", BASE64, DER_MAX, PEM_STRING_PUBLIC);
  jumin_json_read_text (root, "hall", &self->hall);
  jumin_json_read_text (root, "machine", &self->machine);
}

/**
 * jumin_provision_parse:
 * @json: the platform's answer
 *
 * Errors: as of jumin_json_parse().
 *
 * Returns: (transfer full): what it gives
 */
JuminProvision *
jumin_provision_parse (const char *json, gsize length, GError **error)
{
  g_autoptr (JuminProvision) self = g_new0 (JuminProvision, 1);
  JuminJsonFile file = { "Answer to",    "POST /provision",           json,
                         (gssize)length, JUMIN_HTTP_ANSWER_BYTES_MAX, .quoting = TRUE };

  return jumin_json_read_file (&file, read_provision, self, error) ? g_steal_pointer (&self) : NULL;
}

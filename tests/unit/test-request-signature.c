/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is signed, and that others can check it. */
#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <string.h>

#include "platform/request-signature.h"

static JuminSignedRequest
sample (void)
{
  return (JuminSignedRequest){ .method = "POST",
                               .path = "/v1/tickets",
                               .terminal = "T-0003",
                               .time_s = 1789525560,
                               .nonce = "00112233445566778899aabbccddeeff",
                               .body = "abc",
                               .body_length = 3 };
}

static gboolean
verify (EVP_PKEY *key, const char *identity, const char *text, const char *signature)
{
  gsize length = 0;
  g_autofree guchar *der = g_base64_decode (signature, &length);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  EVP_PKEY_CTX *key_context = EVP_PKEY_CTX_new (key, NULL);
  gboolean good;

  EVP_PKEY_CTX_set1_id (key_context, identity, strlen (identity));
  EVP_MD_CTX_set_pkey_ctx (context, key_context);
  g_assert_cmpint (EVP_DigestVerifyInit (context, NULL, EVP_sm3 (), NULL, key), ==, 1);
  good = EVP_DigestVerify (context, der, length, (const guchar *)text, strlen (text)) == 1;
  EVP_MD_CTX_free (context);
  EVP_PKEY_CTX_free (key_context);
  return good;
}

/* The digest of "abc" is the first example of GB/T 32905. */
static void
test_text (void)
{
  JuminSignedRequest request = sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jumin_request_signature_dup_text (&request, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==,
                   "POST\n/v1/tickets\nT-0003\n1789525560\n00112233445566778899aabbccddeeff\n"
                   "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

static void
test_no_body (void)
{
  JuminSignedRequest request = sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  request.body = "";
  request.body_length = 0;
  text = jumin_request_signature_dup_text (&request, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (
      text, "\n1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"));
}

static void
test_verify (void)
{
  g_autoptr (EVP_PKEY) key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_autoptr (EVP_PKEY) other_key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  JuminSignedRequest request = sample (), other = sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jumin_request_signature_dup_text (&request, &error);
  g_autofree char *signature = jumin_request_signature_sign (key, &request, &error);
  g_autofree char *other_text = NULL;

  g_assert_no_error (error);
  other.path = "/v1/hall";
  other_text = jumin_request_signature_dup_text (&other, &error);
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9+/]{80,100}={0,2}$", signature, 0, 0));
  g_assert_true (verify (key, "1234567812345678", text, signature));
  g_assert_false (verify (key, "8765432187654321", text, signature));
  g_assert_false (verify (other_key, "1234567812345678", text, signature));
  g_assert_false (verify (key, "1234567812345678", other_text, signature));
}

static void
test_nonce (void)
{
  char first[JUMIN_NONCE_LENGTH + 1], second[JUMIN_NONCE_LENGTH + 1];

  g_assert_true (jumin_request_signature_make_nonce (first, NULL));
  g_assert_true (jumin_request_signature_make_nonce (second, NULL));
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{32}$", first, 0, 0));
  g_assert_cmpstr (first, !=, second);
}

static char *
write_key (EVP_PKEY *key, const char *passphrase)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("jumin-key-XXXXXX", &path, NULL);
  FILE *file = fdopen (fd, "w");

  PEM_write_PrivateKey (file, key, passphrase != NULL ? EVP_aes_128_cbc () : NULL,
                        (const guchar *)passphrase,
                        passphrase != NULL ? (int)strlen (passphrase) : 0, NULL, NULL);
  fclose (file);
  return g_steal_pointer (&path);
}

static void
assert_not_loaded (EVP_PKEY *key, const char *passphrase)
{
  g_autofree char *path = write_key (key, passphrase);
  g_autoptr (GError) error = NULL;

  g_assert_null (jumin_sm2_load_key (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_unlink (path);
}

static void
test_load (void)
{
  g_autoptr (EVP_PKEY) key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  g_autoptr (EVP_PKEY) p256 = EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256");
  g_autofree char *path = write_key (key, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EVP_PKEY) loaded = jumin_sm2_load_key (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (EVP_PKEY_eq (key, loaded), ==, 1);
  g_unlink (path);
  assert_not_loaded (p256, NULL);
  assert_not_loaded (key, "secret"); /* and asks nobody for it */
  g_assert_null (jumin_sm2_load_key ("/nonexistent", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-signature/six_lines_are_signed", test_text);
  g_test_add_func ("/request-signature/no_body_has_a_digest_too", test_no_body);
  g_test_add_func ("/request-signature/openssl_agrees_and_sees_every_forgery", test_verify);
  g_test_add_func ("/request-signature/a_nonce_is_never_the_same", test_nonce);
  g_test_add_func ("/request-signature/only_an_sm2_key_is_loaded", test_load);
  return g_test_run ();
}

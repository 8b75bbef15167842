/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The headers of a signed answer. With the first bit the signature is a good one for what is said,
 * so that only the rest can be wrong. */
#include <openssl/evp.h>

#include "fuzz.h"
#include "platform/document-seal.h"
#include "platform/reply-signature.h"

enum
{
  GOOD_SIGNATURE = 1 << 0,
  OTHER_NONCE = 1 << 1, /* than the signed one */
  TIME_MAX = 20,
  SIGNATURE_MAX = 600
};

/* One key pair a process; which one it is, no input can know. */
static EVP_PKEY *
get_key (void)
{
  static EVP_PKEY *key;

  if (key == NULL)
    key = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  return key;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  Feed feed = { data, size };
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  guint8 bits = feed_byte (&feed);
  guint status = 100 + feed_byte (&feed) * 2;
  gsize time_length = feed_byte (&feed) % TIME_MAX, signature_length = 0;
  g_autofree char *time = feed_dup (&feed, time_length), *signature = NULL, *body = NULL;
  JuminSignedReply reply = { .status = status,
                             .terminal = "T-0003",
                             .nonce = "0123456789abcdef0123456789abcdef",
                             .time = time };
  g_autoptr (GError) error = NULL;
  gint64 time_s = 0;
  gboolean good;

  g_ptr_array_add (keys, get_key ());
  signature_length = MIN (feed.left, SIGNATURE_MAX);
  signature = feed_dup (&feed, signature_length);
  reply.body_length = feed.left;
  reply.body = body = feed_dup (&feed, feed.left);
  if ((bits & GOOD_SIGNATURE) != 0)
    {
      g_free (signature);
      signature = jumin_reply_signature_sign (get_key (), &reply, NULL);
    }
  if ((bits & OTHER_NONCE) != 0)
    reply.nonce = "fedcba9876543210fedcba9876543210";
  good = jumin_reply_signature_verify (keys, &reply, signature, &time_s, &error);
  g_assert (good == (error == NULL));
  g_assert_null (jumin_verification_read (body, keys, NULL)); /* nobody here signs one */
  g_assert (!good || ((bits & GOOD_SIGNATURE) != 0 && (bits & OTHER_NONCE) == 0 && time_s >= 0));
  return 0;
}

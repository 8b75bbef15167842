/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SM4 against the vector of its standard and against fields as the platform of the codes seals
 * them. */
#include "platform/sm4.h"

#include <string.h>

static const JuminSm4 ecb = { .key = "0123456789ABCDEF" };

static void
test_standard (void)
{
  static const guint8 vector[] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef,
                                   0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10 };
  static const guint8 expected[] = { 0x68, 0x1e, 0xdf, 0x34, 0xd2, 0x06, 0x96, 0x5e,
                                     0x86, 0xb3, 0xe9, 0x4f, 0x53, 0x6e, 0x42, 0x46 };
  JuminSm4 cipher = { 0 };
  g_autofree char *sealed = NULL;
  g_autofree guchar *bytes = NULL;
  gsize length;

  memcpy (cipher.key, vector, sizeof vector);
  sealed = jumin_sm4_seal (&cipher, vector, sizeof vector, NULL);
  bytes = g_base64_decode (sealed, &length);
  g_assert_cmpuint (length, ==, 2 * JUMIN_SM4_BLOCK); /* the second one is padding */
  g_assert_cmpmem (bytes, JUMIN_SM4_BLOCK, expected, sizeof expected);
}

static void
test_fields (void)
{
  static const struct
  {
    const char *plain, *sealed;
  } fields[] = {
    { "6000000000000000.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF",
      "4BnpISKhQiITrIN1qIhvZgkGBjwYwkI1V9ltYnbP7O5nWKr/jCR7Ee8kbZUy1EHgnwZgsSOdGQuZ9HMXT3D2xIKSI+"
      "FVJ45LBIHNp0Quu+g=" },
    { "测试用户", "6wMuGkUsSKuwWd+VFgcWQg==" },
    { "500102199003070010", "wzSxHQk9qlWGibAmwjq02Wqrz+bsElJY6x5DVXqNyd4=" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gsize length = strlen (fields[i].plain), opened_length = 0;
      g_autoptr (GError) error = NULL;
      g_autofree char *sealed = jumin_sm4_seal (&ecb, fields[i].plain, length, &error);
      g_autofree char *opened = jumin_sm4_open (&ecb, fields[i].sealed, &opened_length, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (sealed, ==, fields[i].sealed);
      g_assert_cmpstr (opened, ==, fields[i].plain);
      g_assert_cmpuint (opened_length, ==, length);
    }
}

/* In both modes, with every length around a block; among the ciphers are bytes 00. */
static void
test_lengths (void)
{
  JuminSm4 ciphers[]
      = { ecb, { .cbc = TRUE, .key = "0123456789ABCDEF", .iv = "fedcba9876543210" } };
  gboolean nul_seen = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (ciphers); i++)
    for (gsize length = 0; length <= 6 * JUMIN_SM4_BLOCK; length++)
      {
        guint8 plain[6 * JUMIN_SM4_BLOCK + 1] = { 0 };
        gsize opened_length = 99999, cipher_length = 0;
        g_autofree char *sealed = NULL, *opened = NULL;
        g_autofree guchar *bytes = NULL;

        for (gsize n = 0; n < length; n++)
          plain[n] = (guint8)(n * 7 + length);
        sealed = jumin_sm4_seal (&ciphers[i], plain, length, NULL);
        opened = jumin_sm4_open (&ciphers[i], sealed, &opened_length, NULL);
        bytes = g_base64_decode (sealed, &cipher_length);
        nul_seen = nul_seen || memchr (bytes, 0, cipher_length) != NULL;
        g_assert_cmpmem (opened, opened_length, plain, length);
      }
  g_assert_true (nul_seen);
}

static void
test_chaining (void)
{
  JuminSm4 cbc = { .cbc = TRUE, .key = "0123456789ABCDEF" };
  const char *twice = "the same 16 bytethe same 16 byte";
  g_autofree char *apart = jumin_sm4_seal (&ecb, twice, 32, NULL);
  g_autofree char *chained = jumin_sm4_seal (&cbc, twice, 32, NULL);
  gsize length;
  g_autofree guchar *blocks = g_base64_decode (apart, &length);
  g_autofree guchar *chain = g_base64_decode (chained, &length);

  g_assert_cmpmem (blocks, 16, blocks + 16, 16);
  g_assert_cmpmem (blocks, 16, chain, 16); /* the IV is zero */
  g_assert_true (memcmp (chain, chain + 16, 16) != 0);
}

static void
test_garbage (void)
{
  static const struct
  {
    const char *sealed;
    int code;
  } cases[] = {
    { "", G_IO_ERROR_INVALID_DATA },
    { "=", G_IO_ERROR_INVALID_DATA },
    { "====", G_IO_ERROR_INVALID_DATA },
    { "AAAA", G_IO_ERROR_INVALID_DATA },                      /* no whole block */
    { "6wMuGkUsSKuwWd+VFgcWQg", G_IO_ERROR_INVALID_DATA },    /* without its end */
    { "6wMu GkUsSKuwWd+VFgcWQg==", G_IO_ERROR_INVALID_DATA }, /* GLib would pass over it */
    { "6wMuGkUsSKuwWd-VFgcWQg==", G_IO_ERROR_INVALID_DATA },
    { "6wMuGkUsSK=wWd+VFgcWQg==", G_IO_ERROR_INVALID_DATA },
    { "6wMuGkUsSKuwWd+VFgcWQQ==", G_IO_ERROR_PERMISSION_DENIED }, /* one bit */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gsize length = 0;

      g_assert_null (jumin_sm4_open (&ecb, cases[i].sealed, &length, &error));
      g_assert_error (error, G_IO_ERROR, cases[i].code);
    }
}

static void
test_too_long (void)
{
  g_autofree char *bytes = g_malloc0 (JUMIN_SM4_BYTES_MAX + 1);
  g_autofree char *sealed = jumin_sm4_seal (&ecb, bytes, JUMIN_SM4_BYTES_MAX, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_null (jumin_sm4_seal (&ecb, bytes, JUMIN_SM4_BYTES_MAX + 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (jumin_sm4_open (&ecb, sealed, &length, &error)); /* with its padding */
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sm4/a_block_is_as_the_standard_says", test_standard);
  g_test_add_func ("/sm4/fields_are_sealed_and_opened_as_the_platform_does", test_fields);
  g_test_add_func ("/sm4/every_length_comes_back_in_both_modes", test_lengths);
  g_test_add_func ("/sm4/blocks_are_chained_only_where_it_is_asked", test_chaining);
  g_test_add_func ("/sm4/garbage_and_another_key_are_told_apart", test_garbage);
  g_test_add_func ("/sm4/what_is_too_long_is_refused", test_too_long);
  return g_test_run ();
}

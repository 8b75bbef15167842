/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a machine is given when it becomes a terminal, and the token that it brings. */
#include <openssl/ec.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "platform/provision.h"
#include "platform/sm2.h"

static void
print_order (const char *token)
{
  g_autoptr (EVP_PKEY) tls_key = EVP_EC_gen ("P-256"), signing_key = EVP_EC_gen ("SM2");
  g_autofree char *order = jumin_provision_print_order (token, tls_key, signing_key, NULL);

  g_assert (order != NULL && strlen (token) <= 64);
}

static void
read_token (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("token", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  g_assert (fd >= 0 && write (fd, data, size) == (gssize)size);
  token = jumin_provision_read_token (path, &error);
  close (fd);
  g_assert ((token != NULL) == (error == NULL));
  if (token != NULL)
    print_order (token);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminProvision) given = jumin_provision_parse ((const char *)data, size, &error);

  g_assert ((given != NULL) == (error == NULL));
  if (given != NULL) /* these become lines of jumin.conf */
    g_assert (strpbrk (given->terminal, "\n\r") == NULL && strpbrk (given->url, "\n\r") == NULL
              && strpbrk (given->pins, "\n\r") == NULL);
  read_token (data, size);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A configuration file, which every key must survive. */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "config-keys.h"
#include "config.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int fd = memfd_create ("jumin.conf", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminConfig) config = NULL;

  g_assert (fd >= 0 && write (fd, data, size) == (gssize)size);
  config = jumin_config_load (path, NULL, &error);
  close (fd);
  g_assert ((config != NULL) == (error == NULL));
  for (const JuminConfigKey *row = jumin_config_keys; config != NULL && row->group != NULL; row++)
    {
      const char *value = jumin_config_get_string (config, row->group, row->key);

      g_assert (g_utf8_validate (value, -1, NULL));
      g_assert (jumin_config_key_check (row, value, NULL));
      if (row->type == JUMIN_CONFIG_INT)
        g_assert (jumin_config_get_int (config, row->group, row->key) >= row->min);
    }
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for what must not leave this program: its own pages, locked, left out of core dumps. */
#include "model/locked.h"

#include <string.h>
#include <sys/mman.h>

/**
 * jumin_locked_new:
 * @size: bytes, at least 1
 *
 * Returns: (transfer full): zeroed memory; free it with jumin_locked_free()
 */
gpointer
jumin_locked_new (gsize size)
{
  gpointer memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("Mapping %zu bytes of locked memory failed", size);
  /* Locking may be refused by RLIMIT_MEMLOCK; the service unit raises it. */
  mlock (memory, size);
  madvise (memory, size, MADV_DONTDUMP);
  return memory;
}

/**
 * jumin_locked_free:
 * @memory: (transfer full): from jumin_locked_new()
 * @size: as it was made
 *
 * Wipes it and gives it back.
 */
void
jumin_locked_free (gpointer memory, gsize size)
{
  explicit_bzero (memory, size);
  munmap (memory, size);
}

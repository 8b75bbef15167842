/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that jumin-core gives back is wiped first, whoever gives it back.
 *
 * A name or a number passes through JSON, curl, TLS, D-Bus, pango: libraries that free what they
 * held without a thought. So the program defines free() and realloc() itself, and every library in
 * it uses these. M_PERTURB of the C library would not do: it passes over the blocks that a thread
 * keeps for itself (tcache), and these are most. */
#include <errno.h>
#include <glib.h>
#include <malloc.h>
#include <string.h>

/* The C library's own, beneath what a program may put over them. */
void *__libc_malloc (size_t size);
void __libc_free (void *block);

void
free (void *block)
{
  int kept = errno;

  if (block != NULL)
    explicit_bzero (block, malloc_usable_size (block));
  __libc_free (block);
  errno = kept;
}

/* A block that does not fit any more moves, and its old place is wiped. */
void *
realloc (void *block, size_t size)
{
  size_t room = block != NULL ? malloc_usable_size (block) : 0;
  void *moved;

  if (block != NULL && size == 0)
    {
      free (block);
      return NULL;
    }
  if (block != NULL && size <= room && size >= room / 2)
    return block;
  moved = __libc_malloc (size);
  if (moved == NULL || block == NULL)
    return moved;
  memcpy (moved, block, room < size ? room : size);
  free (block);
  return moved;
}

/* GLib before 2.76 keeps small blocks that were freed to itself, neither wiped nor given back; it
 * lets them be had of malloc() when that is said before its first block, which is its own. */
static void
have_slices_freed (void)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_slice_set_config (G_SLICE_CONFIG_ALWAYS_MALLOC, TRUE);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/* Called before any library begins. */
__attribute__ ((section (".preinit_array"), used)) static void (*const before_libraries) (void)
    = have_slices_freed;

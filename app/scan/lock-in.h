/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For everything that this process maps, libraries and the camera's buffers among it. */
#define JUMIN_LOCK_IN_MEMORY_MAX ((gsize)320 * 1024 * 1024)

/**
 * jumin_lock_in:
 * @kept: (array length=n_kept): descriptors above 2 that stay open, ascending
 *
 * Gives up, for good, what this process does not need to look at pictures: other descriptors, new
 * ones, files, the network, other programs, processes and threads, memory that can be executed,
 * more memory than %JUMIN_LOCK_IN_MEMORY_MAX, core dumps, and being looked into. Who tries dies at
 * once by SIGSYS; memory that is not there is refused.
 *
 * From here on: no warning of GLib, no stdio on something new, no library that opens a file late.
 * Load, allocate and try out everything before.
 *
 * Landlock is put before it where the kernel has it, else that is told. A build with a sanitizer
 * has neither the limits nor the filter: a sanitizer starts threads, reads /proc and maps more than
 * there is.
 *
 * Errors: G_IO_ERROR, of the call that failed; then go no further.
 */
gboolean jumin_lock_in (const int *kept, guint n_kept, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scratch-folder.h"

#include <glib/gstdio.h>

/**
 * scratch_folder_remove:
 * @path: a folder, and all that is in it
 *
 * Leaves nothing of a test behind.
 */
void
scratch_folder_remove (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_DIR) && !g_file_test (file, G_FILE_TEST_IS_SYMLINK))
        scratch_folder_remove (file);
      else
        g_unlink (file);
    }
  g_rmdir (path);
}

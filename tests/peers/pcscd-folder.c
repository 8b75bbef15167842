/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of one pcscd: made before it starts, and emptied after it. */
#include "pcscd-folder.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "control.h"

static const char *const subfolders[] = {
  "conf",
  "run",
  "drivers",
  "drivers/jumin-peer.bundle",
  "drivers/jumin-peer.bundle/Contents",
  "drivers/jumin-peer.bundle/Contents/Linux",
};
static const char driver_link[]
    = "drivers/jumin-peer.bundle/Contents/Linux/libjumin-peer-reader.so";
static const char driver_plist[] = "drivers/jumin-peer.bundle/Contents/Info.plist";
static const char plist[]
    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<plist version=\"1.0\">\n<dict>\n"
      "<key>CFBundleName</key>\n<string>JUMINPEER</string>\n"
      "<key>CFBundleExecutable</key>\n<string>libjumin-peer-reader.so</string>\n"
      "<key>ifdVendorID</key>\n<array>\n<string>0x1209</string>\n</array>\n"
      "<key>ifdProductID</key>\n<array>\n<string>0x0001</string>\n</array>\n"
      "<key>ifdFriendlyName</key>\n<array>\n<string>Jumin Peer Reader</string>\n</array>\n"
      "</dict>\n</plist>\n";

/**
 * pcscd_folder_make:
 * @dir: made if missing
 *
 * All that pcscd needs to run in @dir: its configuration, its /run, and the bundle of our driver.
 */
gboolean
pcscd_folder_make (const char *dir, GError **error)
{
  g_autofree char *driver = jumin_peer_dup_beside ("libjumin-peer-reader.so");
  g_autofree char *link = g_build_filename (dir, driver_link, NULL);
  g_autofree char *description = g_build_filename (dir, driver_plist, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (subfolders); i++)
    {
      g_autofree char *folder = g_build_filename (dir, subfolders[i], NULL);
      g_mkdir_with_parents (folder, 0700);
    }
  g_unlink (link);
  if (symlink (driver, link) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making folders in '%s' failed: %s", dir,
                   g_strerror (errno));
      return FALSE;
    }
  return g_file_set_contents (description, plist, -1, error);
}

/* pcscd does not always close its readers when it is told to end. */
static void
remove_card_sockets (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "card-") && g_str_has_suffix (name, ".sock"))
      {
        g_autofree char *path = g_build_filename (dir, name, NULL);
        g_unlink (path);
      }
}

/**
 * pcscd_folder_remove:
 * @keep_log: pcscd.log may tell what was wrong
 *
 * Only what pcscd_folder_make() and pcscd make; a file of somebody else stays.
 */
void
pcscd_folder_remove (const char *dir, gboolean keep_log)
{
  static const char *const files[]
      = { driver_link, driver_plist, "pcscd.comm", "events", "udev.sock", "run/pcscd.pid" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *file = g_build_filename (dir, files[i], NULL);
      g_unlink (file);
    }
  remove_card_sockets (dir);
  g_autofree char *log = g_build_filename (dir, "pcscd.log", NULL);
  if (!keep_log)
    g_unlink (log);
  for (gsize i = G_N_ELEMENTS (subfolders); i > 0; i--)
    {
      g_autofree char *folder = g_build_filename (dir, subfolders[i - 1], NULL);
      g_rmdir (folder);
    }
}

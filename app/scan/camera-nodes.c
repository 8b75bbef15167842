/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which device files a camera may be behind. A number is never kept: a camera that was pulled and
 * put back may have another one. */
#include "scan/camera-nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define BY_ID "/dev/v4l/by-id"

enum
{
  NODES_MAX = 64, /* /dev/video0 and up */
  BY_ID_MAX = 64, /* names in BY_ID that are looked at */
  ID_DIGITS = 4,  /* of a vendor, of a product */
  PATH_BYTES_MAX = 96
};

/* "046d:0825" */
static gboolean
is_vendor_and_product (const char *device)
{
  if (strlen (device) != 2 * ID_DIGITS + 1 || device[ID_DIGITS] != ':')
    return FALSE;
  for (guint i = 0; device[i] != '\0'; i++)
    if (i != ID_DIGITS && !g_ascii_isxdigit (device[i]))
      return FALSE;
  return TRUE;
}

/* Whether a file of the USB device behind node @number holds these four digits. */
static gboolean
has_id (guint number, const char *file, const char *digits)
{
  char path[PATH_BYTES_MAX], found[ID_DIGITS] = { 0 };
  gssize length = -1;
  int descriptor;

  g_snprintf (path, sizeof path, "/sys/class/video4linux/video%u/device/../%s", number, file);
  descriptor = open (path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return FALSE;
  do
    length = read (descriptor, found, sizeof found);
  while (length < 0 && errno == EINTR);
  close (descriptor);
  return length == ID_DIGITS && g_ascii_strncasecmp (found, digits, ID_DIGITS) == 0;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_by_id (GPtrArray *nodes)
{
  GDir *folder = g_dir_open (BY_ID, 0, NULL);
  const char *name;

  while (folder != NULL && nodes->len < BY_ID_MAX && (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (nodes, g_build_filename (BY_ID, name, NULL));
  g_clear_pointer (&folder, g_dir_close);
  g_ptr_array_sort (nodes, compare_paths);
}

/**
 * jumin_camera_nodes_find:
 * @device: as in #JuminScanStart
 *
 * Returns: (transfer full) (element-type filename): paths to try, the best first; they need not
 *   exist
 */
GPtrArray *
jumin_camera_nodes_find (const char *device)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_free);
  gboolean by_ids = is_vendor_and_product (device);

  if (*device != '\0' && !by_ids)
    {
      g_ptr_array_add (nodes, g_strdup (device));
      return g_steal_pointer (&nodes);
    }
  if (!by_ids)
    add_by_id (nodes);
  for (guint number = 0; number < NODES_MAX; number++)
    if (!by_ids
        || (has_id (number, "idVendor", device)
            && has_id (number, "idProduct", device + ID_DIGITS + 1)))
      g_ptr_array_add (nodes, g_strdup_printf ("/dev/video%u", number));
  return g_steal_pointer (&nodes);
}

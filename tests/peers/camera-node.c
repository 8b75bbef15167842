/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Device files are Unix sockets of messages: opening one is connecting. */
#include "camera-node.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum
{
  BACKLOG = 8
};

static char *
dup_device (JuminCameraNode *self, guint index)
{
  return g_strdup_printf ("%s/dev/video%u", self->dir, self->number + index);
}

static char *
dup_by_id (JuminCameraNode *self, guint index)
{
  return g_strdup_printf ("%s/dev/v4l/by-id/usb-%s-video-index%u", self->dir, self->name, index);
}

static char *
dup_class (JuminCameraNode *self, guint index)
{
  return g_strdup_printf ("%s/sys/class/video4linux/video%u", self->dir, self->number + index);
}

static gboolean
fail (GError **error, const char *path)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errno), "Making '%s' failed: %s",
               path, g_strerror (errno));
  return FALSE;
}

static gboolean
on_incoming (int fd, GIOCondition condition, gpointer data)
{
  JuminCameraNode *self = data;
  int opened = accept4 (fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

  if (opened >= 0)
    self->opened (self->data, opened, fd == self->listening[0] ? 0 : 1);
  return G_SOURCE_CONTINUE;
}

static gboolean
listen_at (JuminCameraNode *self, guint index, GError **error)
{
  g_autofree char *path = dup_device (self, index);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

  if (g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path)
    errno = ENAMETOOLONG;
  else if (fd >= 0 && bind (fd, (struct sockaddr *)&address, sizeof address) == 0
           && listen (fd, BACKLOG) == 0)
    {
      self->listening[index] = fd;
      self->sources[index] = g_unix_fd_add (fd, G_IO_IN, on_incoming, self);
      return TRUE;
    }
  fail (error, path);
  if (fd >= 0)
    close (fd);
  return FALSE;
}

/* What /sys says: the node's folder has a link to its interface, which lies in the USB device. */
static gboolean
describe (JuminCameraNode *self, GError **error)
{
  g_autofree char *device = g_build_filename (self->dir, "sys", "devices", self->name, NULL);
  g_autofree char *interface = g_build_filename (device, "interface", NULL);
  g_autofree char *vendor = g_build_filename (device, "idVendor", NULL);
  g_autofree char *product = g_build_filename (device, "idProduct", NULL);

  if (g_mkdir_with_parents (interface, 0755) != 0)
    return fail (error, interface);
  return g_file_set_contents (vendor, self->vendor, -1, error)
         && g_file_set_contents (product, self->product, -1, error);
}

static gboolean
link_node (JuminCameraNode *self, guint index, GError **error)
{
  g_autofree char *by_id = dup_by_id (self, index);
  g_autofree char *target = g_strdup_printf ("../../video%u", self->number + index);
  g_autofree char *folder = dup_class (self, index);
  g_autofree char *device = g_build_filename (folder, "device", NULL);
  g_autofree char *interface = g_build_filename ("..", "..", "..", "devices", self->name,
                                                 "interface", NULL);
  g_autofree char *links = g_path_get_dirname (by_id);

  if (g_mkdir_with_parents (links, 0755) != 0 || symlink (target, by_id) != 0)
    return fail (error, by_id);
  if (g_mkdir_with_parents (folder, 0755) != 0 || symlink (interface, device) != 0)
    return fail (error, device);
  return TRUE;
}

/**
 * jumin_camera_node_plug:
 * @number: of the first device file
 *
 * Errors: those of making files.
 */
gboolean
jumin_camera_node_plug (JuminCameraNode *self, guint number, GError **error)
{
  gboolean plugged;

  self->number = number;
  plugged = describe (self, error);
  for (guint i = 0; plugged && i < JUMIN_CAMERA_NODES; i++)
    plugged = link_node (self, i, error) && listen_at (self, i, error);
  if (!plugged)
    jumin_camera_node_unplug (self);
  return plugged;
}

void
jumin_camera_node_unplug (JuminCameraNode *self)
{
  for (guint i = 0; i < JUMIN_CAMERA_NODES; i++)
    {
      g_autofree char *path = dup_device (self, i);
      g_autofree char *by_id = dup_by_id (self, i);
      g_autofree char *folder = dup_class (self, i);
      g_autofree char *device = g_build_filename (folder, "device", NULL);

      g_clear_handle_id (&self->sources[i], g_source_remove);
      if (self->listening[i] >= 0)
        close (self->listening[i]);
      self->listening[i] = -1;
      g_unlink (path);
      g_unlink (by_id);
      g_unlink (device);
      g_rmdir (folder);
    }
}

gboolean
jumin_camera_node_is_plugged (JuminCameraNode *self)
{
  return self->listening[0] >= 0;
}

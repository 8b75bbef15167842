/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CAMERA_NODES = 2 /* pictures, and what a webcam tells about them */
};

typedef void (*JuminCameraOpened) (gpointer data, int fd, guint index);

/**
 * JuminCameraNode:
 * @dir: stands for /
 * @name: of the USB device, in /dev/v4l/by-id
 * @vendor, @product: four hexadecimal digits each
 * @opened: somebody has opened a device file; owns the descriptor
 *
 * The files of a plugged camera: /dev/videoN and N + 1 as sockets, links to them in /dev/v4l/by-id,
 * and what /sys says about them.
 */
typedef struct
{
  const char *dir, *name, *vendor, *product;
  JuminCameraOpened opened;
  gpointer data;
  guint number;
  int listening[JUMIN_CAMERA_NODES]; /* −1: not plugged */
  guint sources[JUMIN_CAMERA_NODES];
} JuminCameraNode;

gboolean jumin_camera_node_plug (JuminCameraNode *self, guint number, GError **error);
void jumin_camera_node_unplug (JuminCameraNode *self);
gboolean jumin_camera_node_is_plugged (JuminCameraNode *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera-wire.h"

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CAMERA_PICTURES_MAX = 64,
  JUMIN_CAMERA_SIDE_MAX = 2048
};

/**
 * JuminCameraDamage:
 *
 * What a camera does to its frames.
 */
typedef enum
{
  JUMIN_CAMERA_WHOLE,
  JUMIN_CAMERA_GARBAGE,     /* bytes by chance */
  JUMIN_CAMERA_CUT,         /* the first half */
  JUMIN_CAMERA_SMALL,       /* a picture of another size */
  JUMIN_CAMERA_PROGRESSIVE, /* a JPEG with many scans */
  JUMIN_CAMERA_CMYK,        /* a JPEG with four colours */
  JUMIN_CAMERA_ERROR,       /* the driver says that it is bad */
  JUMIN_N_CAMERA_DAMAGES
} JuminCameraDamage;

GBytes *jumin_camera_picture_load (const char *path, const CameraFormat *format,
                                   JuminCameraDamage damage, double light, GError **error);
GBytes *jumin_camera_picture_fill (guint8 grey, const CameraFormat *format,
                                   JuminCameraDamage damage, double light);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/scan-message.h"
#include "scan/pixels.h"

G_BEGIN_DECLS

/**
 * JuminCamera:
 *
 * A camera of V4L2 that streams. Once it is open, only poll() on its descriptor, ioctl() with
 * VIDIOC_DQBUF and VIDIOC_QBUF, and reading of mapped memory are needed.
 */
typedef struct _JuminCamera JuminCamera;

/**
 * JuminCameraTake:
 * @JUMIN_CAMERA_NOTHING: no frame has come yet
 * @JUMIN_CAMERA_FRAME: a frame, which may be a damaged one
 * @JUMIN_CAMERA_BAD: the driver itself says that it is damaged
 * @JUMIN_CAMERA_LOST: the camera is not there any more
 */
typedef enum
{
  JUMIN_CAMERA_NOTHING,
  JUMIN_CAMERA_FRAME,
  JUMIN_CAMERA_BAD,
  JUMIN_CAMERA_LOST
} JuminCameraTake;

JuminCamera *jumin_camera_open (const char *device, JuminScanState *why);
void jumin_camera_close (JuminCamera *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCamera, jumin_camera_close)

int jumin_camera_get_descriptor (JuminCamera *self);
const JuminPixelLayout *jumin_camera_get_layout (JuminCamera *self);
JuminCameraTake jumin_camera_take (JuminCamera *self, const guint8 **bytes, gsize *length);

G_END_DECLS

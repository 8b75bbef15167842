/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera-wire.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminCameraStream:
 *
 * A program that has opened the camera: its buffers, and which of them are ours to fill.
 */
typedef struct _JuminCameraStream JuminCameraStream;

/* @fd: closed with the stream; @hello: without the size of buffers */
JuminCameraStream *jumin_camera_stream_new (int fd, const CameraHello *hello, GError **error);
void jumin_camera_stream_free (JuminCameraStream *self);

int jumin_camera_stream_get_fd (JuminCameraStream *self);
/* The format that it streams in; NULL: it does not stream */
const CameraFormat *jumin_camera_stream_get_format (JuminCameraStream *self);
/* Whether the program was there still; FALSE: it has closed the camera. @request may be one that
 * the stream has obeyed. */
gboolean jumin_camera_stream_receive (JuminCameraStream *self, CameraRequest *request);
/* Whether there was a buffer for it */
gboolean jumin_camera_stream_send (JuminCameraStream *self, GBytes *frame, guint32 flags,
                                   guint32 sequence);

G_END_DECLS

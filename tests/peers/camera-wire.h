/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* What the preloaded half of a camera (camera-preload.c) and its peer (peer-camera.c) say to each
 * other: datagrams over the device file, which is a socket. Buffers lie one after the other in one
 * piece of memory, whose descriptor comes with the hello. */
enum
{
  CAMERA_BUFFERS = 4,
  CAMERA_FORMATS_MAX = 8
};

typedef struct
{
  uint32_t fourcc, width, height;
} CameraFormat;

typedef struct
{
  int32_t open_error;   /* an errno, or 0 */
  int32_t stream_error; /* what asking for a format and for buffers gives, or 0 */
  uint32_t capabilities;
  uint32_t buffer_bytes;
  uint32_t n_formats;
  CameraFormat formats[CAMERA_FORMATS_MAX];
} CameraHello;

enum
{
  CAMERA_STREAM_ON = 1, /* value: the format's index */
  CAMERA_STREAM_OFF,
  CAMERA_QUEUE,  /* value: the buffer's index */
  CAMERA_CONTROL /* of an id: value */
};

typedef struct
{
  uint32_t kind, id;
  int32_t value;
} CameraRequest;

typedef struct
{
  uint32_t index, bytes, flags, sequence;
} CameraFilled;

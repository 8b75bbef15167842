/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Video4Linux 2, mapped buffers. Every number that a driver gives is checked before it is used;
 * the buffer of the newest frame is ours until the next one is taken, all others are the driver's.
 */
#include "scan/camera.h"
#include "scan/camera-controls.h"
#include "scan/camera-nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

enum
{
  BUFFERS = 4,
  BUFFERS_MIN = 2,
  FORMATS_MAX = 64, /* that a driver is asked for */
  BUFFER_BYTES_MAX = 64 * 1024 * 1024,
  FRAMES_PER_SECOND = 30,
  NO_BUFFER = BUFFERS
};

struct _JuminCamera
{
  int descriptor;
  JuminPixelLayout layout;
  struct
  {
    guint8 *bytes;
    gsize length;
  } buffers[BUFFERS];
  guint held; /* the buffer of the newest frame, or NO_BUFFER */
};

/* The best first. A driver takes the size that it has next to the one that was asked for. */
static const struct
{
  guint32 fourcc;
  guint width, height;
} wishes[] = {
  { V4L2_PIX_FMT_MJPEG, 1280, 720 },
  { V4L2_PIX_FMT_YUYV, 640, 480 },
  { V4L2_PIX_FMT_NV12, 640, 480 },
  { V4L2_PIX_FMT_GREY, 640, 480 },
};

/* What it means that opening failed with errno. Bandwidth of the bus that another camera uses up is
 * "no space". */
static JuminScanState
explain_errno (JuminScanState otherwise)
{
  switch (errno)
    {
    case EBUSY:
    case ENOSPC:
      return JUMIN_SCAN_BUSY;
    case EACCES:
    case EPERM:
      return JUMIN_SCAN_REFUSED;
    case ENODEV:
    case ENOENT:
    case ENXIO:
      return JUMIN_SCAN_MISSING;
    default:
      return otherwise;
    }
}

static gboolean
captures (int descriptor)
{
  const guint32 needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  struct v4l2_capability capability = { 0 };
  guint32 has;

  if (jumin_camera_ioctl (descriptor, VIDIOC_QUERYCAP, &capability) != 0)
    return FALSE;
  /* Those of this node: a webcam has another one for what is no picture. */
  has = capability.capabilities & V4L2_CAP_DEVICE_CAPS ? capability.device_caps
                                                       : capability.capabilities;
  return (has & needed) == needed;
}

static gboolean
offers (int descriptor, guint32 fourcc)
{
  for (guint i = 0; i < FORMATS_MAX; i++)
    {
      struct v4l2_fmtdesc format = { .index = i, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

      if (jumin_camera_ioctl (descriptor, VIDIOC_ENUM_FMT, &format) != 0)
        return FALSE;
      if (format.pixelformat == fourcc)
        return TRUE;
    }
  return FALSE;
}

static gboolean
negotiate (JuminCamera *self, JuminScanState *why)
{
  *why = JUMIN_SCAN_FORMAT;
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      struct v4l2_format format = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };
      g_autoptr (JuminPixels) pixels = NULL;

      if (!offers (self->descriptor, wishes[i].fourcc))
        continue;
      format.fmt.pix.pixelformat = wishes[i].fourcc;
      format.fmt.pix.width = wishes[i].width;
      format.fmt.pix.height = wishes[i].height;
      format.fmt.pix.field = V4L2_FIELD_NONE;
      if (jumin_camera_ioctl (self->descriptor, VIDIOC_S_FMT, &format) != 0)
        {
          *why = explain_errno (JUMIN_SCAN_FORMAT);
          continue;
        }
      self->layout = (JuminPixelLayout){ format.fmt.pix.pixelformat, format.fmt.pix.width,
                                         format.fmt.pix.height, format.fmt.pix.bytesperline };
      pixels = jumin_pixels_new (&self->layout);
      if (pixels != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
set_rate (int descriptor)
{
  struct v4l2_streamparm rate = { .type = V4L2_BUF_TYPE_VIDEO_CAPTURE };

  rate.parm.capture.timeperframe = (struct v4l2_fract){ 1, FRAMES_PER_SECOND };
  jumin_camera_ioctl (descriptor, VIDIOC_S_PARM, &rate);
}

static gboolean
give_back (JuminCamera *self, guint index)
{
  struct v4l2_buffer buffer
      = { .index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP };

  return jumin_camera_ioctl (self->descriptor, VIDIOC_QBUF, &buffer) == 0;
}

static gboolean
map_buffer (JuminCamera *self, guint index)
{
  struct v4l2_buffer buffer
      = { .index = index, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP };
  void *bytes;

  if (jumin_camera_ioctl (self->descriptor, VIDIOC_QUERYBUF, &buffer) != 0 || buffer.length == 0
      || buffer.length > BUFFER_BYTES_MAX)
    return FALSE;
  bytes
      = mmap (NULL, buffer.length, PROT_READ, MAP_SHARED, self->descriptor, (off_t)buffer.m.offset);
  if (bytes == MAP_FAILED)
    return FALSE;
  self->buffers[index].bytes = bytes;
  self->buffers[index].length = buffer.length;
  return give_back (self, index);
}

static gboolean
stream (JuminCamera *self)
{
  struct v4l2_requestbuffers request
      = { .count = BUFFERS, .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP };
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

  if (jumin_camera_ioctl (self->descriptor, VIDIOC_REQBUFS, &request) != 0)
    return FALSE;
  if (request.count < BUFFERS_MIN)
    {
      errno = ENOMEM;
      return FALSE;
    }
  for (guint i = 0; i < MIN (request.count, BUFFERS); i++)
    if (!map_buffer (self, i))
      return FALSE;
  return jumin_camera_ioctl (self->descriptor, VIDIOC_STREAMON, &type) == 0;
}

static JuminCamera *
open_node (const char *path, JuminScanState *why)
{
  g_autoptr (JuminCamera) self = g_new0 (JuminCamera, 1);

  self->held = NO_BUFFER;
  self->descriptor = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (self->descriptor < 0)
    {
      *why = explain_errno (JUMIN_SCAN_MISSING);
      return NULL;
    }
  if (!captures (self->descriptor))
    {
      *why = JUMIN_SCAN_MISSING;
      return NULL;
    }
  if (!negotiate (self, why))
    return NULL;
  set_rate (self->descriptor);
  jumin_camera_controls_set (self->descriptor);
  if (stream (self))
    return g_steal_pointer (&self);
  *why = explain_errno (JUMIN_SCAN_FORMAT);
  return NULL;
}

/**
 * jumin_camera_open:
 * @device: as in #JuminScanStart
 * @why: (out): without a camera: %JUMIN_SCAN_MISSING, _BUSY, _REFUSED or _FORMAT
 *
 * Opens the first camera that fits @device and gives frames; it streams at once, and its light is
 * on. This may take a second or more.
 *
 * Returns: (transfer full) (nullable): it, or %NULL
 */
JuminCamera *
jumin_camera_open (const char *device, JuminScanState *why)
{
  g_autoptr (GPtrArray) nodes = jumin_camera_nodes_find (device);

  *why = JUMIN_SCAN_MISSING;
  for (guint i = 0; i < nodes->len; i++)
    {
      JuminScanState now;
      JuminCamera *self = open_node (g_ptr_array_index (nodes, i), &now);

      if (self != NULL)
        return self;
      /* The first camera that is there says what is wrong. */
      if (*why == JUMIN_SCAN_MISSING)
        *why = now;
    }
  return NULL;
}

void
jumin_camera_close (JuminCamera *self)
{
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;

  if (self->descriptor >= 0)
    {
      jumin_camera_ioctl (self->descriptor, VIDIOC_STREAMOFF, &type);
      close (self->descriptor);
    }
  for (guint i = 0; i < BUFFERS; i++)
    if (self->buffers[i].bytes != NULL)
      munmap (self->buffers[i].bytes, self->buffers[i].length);
  g_free (self);
}

int
jumin_camera_get_descriptor (JuminCamera *self)
{
  return self->descriptor;
}

const JuminPixelLayout *
jumin_camera_get_layout (JuminCamera *self)
{
  return &self->layout;
}

/* Returns: whether @buffer holds a frame; %FALSE with errno */
static gboolean
take_buffer (JuminCamera *self, struct v4l2_buffer *buffer)
{
  *buffer = (struct v4l2_buffer){ .type = V4L2_BUF_TYPE_VIDEO_CAPTURE, .memory = V4L2_MEMORY_MMAP };
  if (jumin_camera_ioctl (self->descriptor, VIDIOC_DQBUF, buffer) != 0)
    return FALSE;
  if (buffer->index < BUFFERS && self->buffers[buffer->index].bytes != NULL)
    return TRUE;
  errno = ENODEV;
  return FALSE;
}

/**
 * jumin_camera_take:
 * @bytes: (out) (array length=length) (transfer none): with a frame: it, until the next call
 * @length: (out): how many bytes it has
 *
 * Takes the newest frame; older ones are thrown away. Does not wait.
 */
JuminCameraTake
jumin_camera_take (JuminCamera *self, const guint8 **bytes, gsize *length)
{
  struct v4l2_buffer newest = { 0 }, buffer;
  gboolean found = FALSE;

  if (self->held != NO_BUFFER && !give_back (self, self->held))
    return JUMIN_CAMERA_LOST;
  self->held = NO_BUFFER;
  for (guint i = 0; i < BUFFERS && take_buffer (self, &buffer); i++)
    {
      if (found && !give_back (self, newest.index))
        return JUMIN_CAMERA_LOST;
      newest = buffer;
      found = TRUE;
      errno = EAGAIN;
    }
  /* EIO: a fault that may pass, and no frame. */
  if (errno != EAGAIN && errno != EIO)
    return JUMIN_CAMERA_LOST;
  if (!found)
    return JUMIN_CAMERA_NOTHING;
  self->held = newest.index;
  *bytes = self->buffers[newest.index].bytes;
  *length = newest.bytesused;
  return newest.bytesused == 0 || newest.bytesused > self->buffers[newest.index].length
                 || newest.flags & V4L2_BUF_FLAG_ERROR
             ? JUMIN_CAMERA_BAD
             : JUMIN_CAMERA_FRAME;
}

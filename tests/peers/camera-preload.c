/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into an unmodified program that uses Video4Linux 2 through the C library: cameras are
 * those in $JUMIN_PEER_CAMERA_DIR (peer-camera.c) and no others. Device files there are sockets, so
 * that poll() works on what is opened. Once a stream is on, only sendmsg() and recvmsg() are used:
 * a program may lock itself in then. */
#include "camera-wire.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/* The C library's own function of this name, or a sanitizer's. */
#define REAL(name) ((__typeof__ (name) *)dlsym (RTLD_NEXT, #name))

enum
{
  CONTROL_MAX = 250,
  CONTROL_STEP = 5,
  CONTROL_DEFAULT = 128
};

/* One at a time, as in a program that has one camera. */
static struct
{
  int fd, memory;
  CameraHello hello;
  uint32_t format;
} camera = { -1, -1, { 0 }, 0 };

static const char *
redirect (const char *path, char buffer[PATH_MAX])
{
  static const char *const moved[] = { "/dev/video", "/dev/v4l", "/sys/class/video4linux" };
  const char *dir = getenv ("JUMIN_PEER_CAMERA_DIR");

  for (size_t i = 0; path != NULL && i < sizeof moved / sizeof *moved; i++)
    if (strncmp (path, moved[i], strlen (moved[i])) == 0)
      {
        int n = snprintf (buffer, PATH_MAX, "%s%s", dir != NULL ? dir : "/nonexistent", path);

        return n > 0 && n < PATH_MAX ? buffer : path;
      }
  return path;
}

static int
fail (int error)
{
  errno = error;
  return -1;
}

/* The hello, and the memory that comes with it. */
static bool
receive_hello (int fd)
{
  union
  {
    char bytes[CMSG_SPACE (sizeof (int))];
    struct cmsghdr aligned;
  } control = { { 0 } };
  struct iovec part = { &camera.hello, sizeof camera.hello };
  struct msghdr header = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  struct cmsghdr *descriptors;

  if (recvmsg (fd, &header, MSG_CMSG_CLOEXEC) != sizeof camera.hello)
    return false;
  descriptors = CMSG_FIRSTHDR (&header);
  if (descriptors == NULL || descriptors->cmsg_type != SCM_RIGHTS)
    return false;
  memcpy (&camera.memory, CMSG_DATA (descriptors), sizeof camera.memory);
  return true;
}

static int
open_camera (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd, error = ENODEV;

  if (camera.fd >= 0)
    return fail (EBUSY);
  fd = socket (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  snprintf (address.sun_path, sizeof address.sun_path, "%s", path);
  if (fd >= 0 && connect (fd, (struct sockaddr *)&address, sizeof address) == 0
      && receive_hello (fd))
    error = camera.hello.open_error;
  if (error == 0)
    return camera.fd = fd;
  close (fd);
  if (camera.memory >= 0)
    close (camera.memory);
  camera.memory = -1;
  return fail (error);
}

static int
open_path (const char *path, int flags, mode_t mode)
{
  char buffer[PATH_MAX];
  const char *found = redirect (path, buffer);
  struct stat status;

  if (found != path && stat (found, &status) == 0 && S_ISSOCK (status.st_mode))
    return open_camera (found);
  return REAL (open) (found, flags, mode);
}

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (flags & (O_CREAT | __O_TMPFILE))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  return open_path (path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  mode_t mode = 0;
  va_list arguments;

  va_start (arguments, flags);
  if (flags & (O_CREAT | __O_TMPFILE))
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  return open_path (path, flags, mode);
}

int __open_2 (const char *path, int flags);
int __open64_2 (const char *path, int flags);

int
__open_2 (const char *path, int flags)
{
  return open_path (path, flags, 0);
}

int
__open64_2 (const char *path, int flags)
{
  return open_path (path, flags, 0);
}

DIR *
opendir (const char *path)
{
  char buffer[PATH_MAX];

  return REAL (opendir) (redirect (path, buffer));
}

int
close (int fd)
{
  if (fd >= 0 && fd == camera.fd)
    {
      camera.fd = -1;
      if (camera.memory >= 0)
        REAL (close) (camera.memory);
      camera.memory = -1;
    }
  return REAL (close) (fd);
}

static void *
map (void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
  static __typeof__ (mmap) *real;

  if (real == NULL)
    real = REAL (mmap);
  return real (address, length, protection, flags, fd >= 0 && fd == camera.fd ? camera.memory : fd,
               offset);
}

void *
mmap (void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
  return map (address, length, protection, flags, fd, offset);
}

void *
mmap64 (void *address, size_t length, int protection, int flags, int fd, off64_t offset)
{
  return map (address, length, protection, flags, fd, offset);
}

static int
say (uint32_t kind, uint32_t id, int32_t value)
{
  CameraRequest request = { kind, id, value };
  struct iovec part = { &request, sizeof request };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

  return sendmsg (camera.fd, &header, MSG_NOSIGNAL) == sizeof request ? 0 : fail (ENODEV);
}

static int
query_capability (void *argument)
{
  struct v4l2_capability *capability = argument;

  *capability = (struct v4l2_capability){
    .driver = "jumin-peer",
    .card = "Jumin peer camera",
    .device_caps = camera.hello.capabilities,
    /* Of all its nodes together. */
    .capabilities
    = V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING | V4L2_CAP_META_CAPTURE,
  };
  return 0;
}

static int
enumerate_formats (void *argument)
{
  struct v4l2_fmtdesc *description = argument;

  if (description->index >= camera.hello.n_formats)
    return fail (EINVAL);
  description->pixelformat = camera.hello.formats[description->index].fourcc;
  return 0;
}

/* Of its own formats the one that was asked for, or the first. */
static int
set_format (void *argument)
{
  struct v4l2_pix_format *wanted = &((struct v4l2_format *)argument)->fmt.pix;
  const CameraFormat *format = camera.hello.formats;

  if (camera.hello.stream_error != 0)
    return fail (camera.hello.stream_error);
  if (camera.hello.n_formats == 0)
    return fail (EINVAL);
  camera.format = 0;
  for (uint32_t i = camera.hello.n_formats; i-- > 0;)
    if (format[i].fourcc == wanted->pixelformat)
      camera.format = i;
  format += camera.format;
  *wanted = (struct v4l2_pix_format){ .pixelformat = format->fourcc,
                                      .width = format->width,
                                      .height = format->height,
                                      .field = V4L2_FIELD_NONE,
                                      .sizeimage = camera.hello.buffer_bytes };
  if (format->fourcc == V4L2_PIX_FMT_YUYV)
    wanted->bytesperline = 2 * format->width;
  else if (format->fourcc != V4L2_PIX_FMT_MJPEG)
    wanted->bytesperline = format->width;
  return 0;
}

static int
request_buffers (void *argument)
{
  struct v4l2_requestbuffers *request = argument;

  if (camera.hello.stream_error != 0)
    return fail (camera.hello.stream_error);
  if (request->count > CAMERA_BUFFERS)
    request->count = CAMERA_BUFFERS;
  return 0;
}

static int
query_buffer (void *argument)
{
  struct v4l2_buffer *buffer = argument;

  if (buffer->index >= CAMERA_BUFFERS)
    return fail (EINVAL);
  buffer->length = camera.hello.buffer_bytes;
  buffer->m.offset = buffer->index * camera.hello.buffer_bytes;
  return 0;
}

static int
queue_buffer (void *argument)
{
  return say (CAMERA_QUEUE, 0, (int32_t)((struct v4l2_buffer *)argument)->index);
}

static int
take_buffer (void *argument)
{
  struct v4l2_buffer *buffer = argument;
  CameraFilled filled;
  struct iovec part = { &filled, sizeof filled };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
  ssize_t n = recvmsg (camera.fd, &header, MSG_DONTWAIT);

  if (n != sizeof filled)
    return fail (n < 0 && errno == EAGAIN ? EAGAIN : ENODEV);
  buffer->index = filled.index;
  buffer->bytesused = filled.bytes;
  buffer->flags = filled.flags;
  buffer->sequence = filled.sequence;
  buffer->length = camera.hello.buffer_bytes;
  return 0;
}

static int
switch_on (void *argument)
{
  return say (CAMERA_STREAM_ON, 0, (int32_t)camera.format);
}

static int
switch_off (void *argument)
{
  return say (CAMERA_STREAM_OFF, 0, 0);
}

static int
query_control (void *argument)
{
  struct v4l2_queryctrl *range = argument;

  range->minimum = 0;
  range->maximum = CONTROL_MAX;
  range->step = CONTROL_STEP;
  range->default_value = CONTROL_DEFAULT;
  range->flags = 0;
  return 0;
}

static int
set_control (void *argument)
{
  const struct v4l2_control *control = argument;

  return say (CAMERA_CONTROL, control->id, control->value);
}

static int
accept_rate (void *argument)
{
  return 0;
}

static const struct
{
  unsigned long request;
  int (*act) (void *argument);
} requests[] = {
  { VIDIOC_QUERYCAP, query_capability }, { VIDIOC_ENUM_FMT, enumerate_formats },
  { VIDIOC_S_FMT, set_format },          { VIDIOC_S_PARM, accept_rate },
  { VIDIOC_REQBUFS, request_buffers },   { VIDIOC_QUERYBUF, query_buffer },
  { VIDIOC_QBUF, queue_buffer },         { VIDIOC_DQBUF, take_buffer },
  { VIDIOC_STREAMON, switch_on },        { VIDIOC_STREAMOFF, switch_off },
  { VIDIOC_QUERYCTRL, query_control },   { VIDIOC_S_CTRL, set_control },
};

int
ioctl (int fd, unsigned long request, ...)
{
  va_list arguments;
  void *argument;

  va_start (arguments, request);
  argument = va_arg (arguments, void *);
  va_end (arguments);
  if (fd < 0 || fd != camera.fd)
    return REAL (ioctl) (fd, request, argument);
  for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
    if (requests[i].request == request)
      return requests[i].act (argument);
  return fail (ENOTTY);
}

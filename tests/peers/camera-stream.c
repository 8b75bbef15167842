/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-stream.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
  PAGE_BYTES = 4096
};

struct _JuminCameraStream
{
  int fd;
  CameraHello hello;
  guint8 *memory;
  gboolean on;
  guint32 format;
  guint32 queue[CAMERA_BUFFERS];
  guint n_queued;
};

static gsize
get_memory_bytes (JuminCameraStream *self)
{
  return (gsize)self->hello.buffer_bytes * CAMERA_BUFFERS;
}

static guint32
get_buffer_bytes (const CameraHello *hello)
{
  guint32 most = PAGE_BYTES;

  for (guint32 i = 0; i < hello->n_formats; i++)
    most = MAX (most, hello->formats[i].width * hello->formats[i].height * 2);
  return (most + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

static gboolean
say_hello (JuminCameraStream *self, int memory)
{
  union
  {
    char bytes[CMSG_SPACE (sizeof memory)];
    struct cmsghdr aligned;
  } control = { { 0 } };
  struct iovec part = { &self->hello, sizeof self->hello };
  struct msghdr header = { .msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes };
  struct cmsghdr *descriptors = CMSG_FIRSTHDR (&header);

  descriptors->cmsg_level = SOL_SOCKET;
  descriptors->cmsg_type = SCM_RIGHTS;
  descriptors->cmsg_len = CMSG_LEN (sizeof memory);
  memcpy (CMSG_DATA (descriptors), &memory, sizeof memory);
  return sendmsg (self->fd, &header, MSG_NOSIGNAL) == sizeof self->hello;
}

JuminCameraStream *
jumin_camera_stream_new (int fd, const CameraHello *hello, GError **error)
{
  JuminCameraStream *self = g_new0 (JuminCameraStream, 1);
  int memory = memfd_create ("jumin-peer-camera", MFD_CLOEXEC);
  gboolean good;

  self->fd = fd;
  self->hello = *hello;
  self->hello.buffer_bytes = get_buffer_bytes (hello);
  self->memory = MAP_FAILED;
  if (memory >= 0 && ftruncate (memory, (off_t)get_memory_bytes (self)) == 0)
    self->memory
        = mmap (NULL, get_memory_bytes (self), PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  good = self->memory != MAP_FAILED && say_hello (self, memory);
  if (!good)
    g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (errno),
                 "Greeting a program failed: %s", g_strerror (errno));
  if (memory >= 0)
    close (memory);
  if (!good)
    g_clear_pointer (&self, jumin_camera_stream_free);
  return self;
}

void
jumin_camera_stream_free (JuminCameraStream *self)
{
  if (self->memory != MAP_FAILED)
    munmap (self->memory, get_memory_bytes (self));
  close (self->fd);
  g_free (self);
}

int
jumin_camera_stream_get_fd (JuminCameraStream *self)
{
  return self->fd;
}

const CameraFormat *
jumin_camera_stream_get_format (JuminCameraStream *self)
{
  return self->on ? &self->hello.formats[self->format] : NULL;
}

static void
obey (JuminCameraStream *self, const CameraRequest *request)
{
  guint32 value = (guint32)request->value;

  if (request->kind == CAMERA_STREAM_ON && value < self->hello.n_formats)
    {
      self->on = TRUE;
      self->format = value;
    }
  else if (request->kind == CAMERA_STREAM_OFF)
    {
      self->on = FALSE;
      self->n_queued = 0;
    }
  else if (request->kind == CAMERA_QUEUE && value < CAMERA_BUFFERS
           && self->n_queued < CAMERA_BUFFERS)
    self->queue[self->n_queued++] = value;
}

gboolean
jumin_camera_stream_receive (JuminCameraStream *self, CameraRequest *request)
{
  struct iovec part = { request, sizeof *request };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
  gssize n = recvmsg (self->fd, &header, MSG_DONTWAIT);

  if (n != sizeof *request)
    return n < 0 && errno == EAGAIN;
  obey (self, request);
  return TRUE;
}

gboolean
jumin_camera_stream_send (JuminCameraStream *self, GBytes *frame, guint32 flags, guint32 sequence)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (frame, &length);
  CameraFilled filled = { .flags = flags, .sequence = sequence };
  struct iovec part = { &filled, sizeof filled };
  struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

  if (!self->on || self->n_queued == 0 || length > self->hello.buffer_bytes)
    return FALSE;
  filled.index = self->queue[0];
  filled.bytes = (guint32)length;
  memmove (self->queue, self->queue + 1, --self->n_queued * sizeof *self->queue);
  memcpy (self->memory + (gsize)filled.index * self->hello.buffer_bytes, bytes, length);
  return sendmsg (self->fd, &header, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof filled;
}

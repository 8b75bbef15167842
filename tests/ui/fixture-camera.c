/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture is a file of blue, green, red and 255 a pixel, without a head. */
#include "fixture-camera.h"

#include "ipc/preview.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum
{
  FRAME_MS = 33
};

struct _FixtureCamera
{
  JuminPreviewWriter *writer;
  char *pixels;
  guint width, height, source, opened;
  int descriptor; /* −1: there is none */
};

FixtureCamera *
fixture_camera_new (void)
{
  FixtureCamera *self = g_new0 (FixtureCamera, 1);

  self->descriptor = -1;
  return self;
}

/**
 * fixture_camera_stop:
 *
 * As a jumin-scan that hangs: the memory stays, nothing new comes.
 */
void
fixture_camera_stop (FixtureCamera *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
}

/**
 * fixture_camera_forget:
 *
 * There is no camera any more.
 */
void
fixture_camera_forget (FixtureCamera *self)
{
  fixture_camera_stop (self);
  g_clear_pointer (&self->writer, jumin_preview_writer_free);
  g_clear_pointer (&self->pixels, g_free);
  if (self->descriptor >= 0)
    close (self->descriptor);
  self->descriptor = -1;
}

void
fixture_camera_free (FixtureCamera *self)
{
  fixture_camera_forget (self);
  g_free (self);
}

static gboolean
on_frame (gpointer data)
{
  FixtureCamera *self = data;
  guint8 *pixels = jumin_preview_writer_begin (self->writer, self->width, self->height);

  memcpy (pixels, self->pixels, (gsize)self->width * self->height * JUMIN_PREVIEW_PIXEL_BYTES);
  jumin_preview_writer_commit (self->writer);
  return G_SOURCE_CONTINUE;
}

/**
 * fixture_camera_show:
 *
 * As a fresh jumin-scan: new memory, in which @file comes again and again.
 *
 * Returns: whether @file holds a picture of this size
 */
gboolean
fixture_camera_show (FixtureCamera *self, const char *file, guint width, guint height)
{
  gsize length = 0;

  fixture_camera_forget (self);
  self->writer = jumin_preview_writer_new (NULL);
  if (self->writer == NULL || !g_file_get_contents (file, &self->pixels, &length, NULL)
      || length != (gsize)width * height * JUMIN_PREVIEW_PIXEL_BYTES)
    {
      fixture_camera_forget (self);
      return FALSE;
    }
  self->width = width;
  self->height = height;
  self->descriptor = jumin_preview_writer_steal_descriptor (self->writer);
  self->source = g_timeout_add (FRAME_MS, on_frame, self);
  return TRUE;
}

/**
 * fixture_camera_open:
 *
 * Returns: a new descriptor of the memory; −1: there is none
 */
int
fixture_camera_open (FixtureCamera *self)
{
  self->opened++;
  return self->descriptor >= 0 ? fcntl (self->descriptor, F_DUPFD_CLOEXEC, 0) : -1;
}

/**
 * fixture_camera_count_opened:
 *
 * Returns: how often it was asked for
 */
guint
fixture_camera_count_opened (FixtureCamera *self)
{
  return self->opened;
}

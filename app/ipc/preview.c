/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three pictures in turn, each with a number that is odd while it is written. A reader copies the
 * newest one and looks at its number before and after: another number, and the copy is thrown away.
 * The reader believes nothing of what it reads: sizes are checked after they were copied, and the
 * seals before anything is mapped. */
#include "ipc/preview.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  PICTURES = 3,
  TRIES = 3,
  PICTURE_BYTES = JUMIN_PREVIEW_WIDTH_MAX * JUMIN_PREVIEW_HEIGHT_MAX * JUMIN_PREVIEW_PIXEL_BYTES,
  SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL
};

typedef struct
{
  guint32 number; /* atomic */
  guint32 width, height;
  guint8 pixels[PICTURE_BYTES];
} Picture;

typedef struct
{
  guint32 newest; /* atomic; number of commits, the picture is that less one, modulo PICTURES */
  Picture pictures[PICTURES];
} Memory;

struct _JuminPreviewWriter
{
  Memory *memory;
  int descriptor; /* −1: stolen */
  Picture *current;
};

struct _JuminPreviewReader
{
  const Memory *memory;
  guint32 taken; /* what newest was */
};

static void
set_error (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved),
               "%s the memory of the preview failed: %s", what, g_strerror (saved));
}

/**
 * jumin_preview_writer_new:
 *
 * Errors: those of memfd_create(), fcntl() and mmap().
 *
 * Returns: (transfer full): new memory, sealed
 */
JuminPreviewWriter *
jumin_preview_writer_new (GError **error)
{
  g_autoptr (JuminPreviewWriter) self = g_new0 (JuminPreviewWriter, 1);

  self->descriptor = memfd_create ("jumin-preview", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (self->descriptor < 0 || ftruncate (self->descriptor, sizeof (Memory)) != 0)
    {
      set_error (error, "Making");
      return NULL;
    }
  self->memory
      = mmap (NULL, sizeof (Memory), PROT_READ | PROT_WRITE, MAP_SHARED, self->descriptor, 0);
  if (self->memory == MAP_FAILED)
    {
      self->memory = NULL;
      set_error (error, "Mapping");
      return NULL;
    }
  if (fcntl (self->descriptor, F_ADD_SEALS, SEALS) != 0)
    {
      set_error (error, "Sealing");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
jumin_preview_writer_free (JuminPreviewWriter *self)
{
  if (self->memory != NULL)
    munmap (self->memory, sizeof (Memory));
  if (self->descriptor >= 0)
    close (self->descriptor);
  g_free (self);
}

/**
 * jumin_preview_writer_steal_descriptor:
 *
 * Returns: the descriptor of the memory, once; the caller closes it
 */
int
jumin_preview_writer_steal_descriptor (JuminPreviewWriter *self)
{
  int descriptor = self->descriptor;

  self->descriptor = -1;
  return descriptor;
}

/**
 * jumin_preview_writer_begin:
 * @width: at most %JUMIN_PREVIEW_WIDTH_MAX
 * @height: at most %JUMIN_PREVIEW_HEIGHT_MAX
 *
 * Returns: (transfer none): where to write @height rows of @width pixels, without gaps, until
 *   jumin_preview_writer_commit()
 */
guint8 *
jumin_preview_writer_begin (JuminPreviewWriter *self, guint width, guint height)
{
  guint32 newest = __atomic_load_n (&self->memory->newest, __ATOMIC_RELAXED);

  g_return_val_if_fail (width <= JUMIN_PREVIEW_WIDTH_MAX && height <= JUMIN_PREVIEW_HEIGHT_MAX,
                        NULL);
  self->current = &self->memory->pictures[newest % PICTURES];
  __atomic_store_n (&self->current->number, self->current->number | 1, __ATOMIC_RELAXED);
  __atomic_thread_fence (__ATOMIC_RELEASE);
  self->current->width = width;
  self->current->height = height;
  return self->current->pixels;
}

/**
 * jumin_preview_writer_commit:
 *
 * What was begun is the newest picture.
 */
void
jumin_preview_writer_commit (JuminPreviewWriter *self)
{
  __atomic_store_n (&self->current->number, self->current->number + 1, __ATOMIC_RELEASE);
  __atomic_fetch_add (&self->memory->newest, 1, __ATOMIC_RELEASE);
}

/**
 * jumin_preview_reader_new:
 * @descriptor: (transfer full): memory of a #JuminPreviewWriter; closed also with an error
 *
 * Errors: G_IO_ERROR_INVALID_DATA when its size or seals are others; those of mmap().
 *
 * Returns: (transfer full): a reader of it
 */
JuminPreviewReader *
jumin_preview_reader_new (int descriptor, GError **error)
{
  int seals = fcntl (descriptor, F_GET_SEALS);
  struct stat status;
  Memory *memory;
  JuminPreviewReader *self;

  if (fstat (descriptor, &status) != 0 || status.st_size != sizeof (Memory) || seals < 0
      || (seals & SEALS) != SEALS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           "Mapping the memory of the preview failed: wrong size or seals");
      close (descriptor);
      return NULL;
    }
  memory = mmap (NULL, sizeof (Memory), PROT_READ, MAP_SHARED, descriptor, 0);
  if (memory == MAP_FAILED)
    set_error (error, "Mapping");
  close (descriptor);
  if (memory == MAP_FAILED)
    return NULL;
  self = g_new0 (JuminPreviewReader, 1);
  self->memory = memory;
  return self;
}

void
jumin_preview_reader_free (JuminPreviewReader *self)
{
  munmap ((void *)self->memory, sizeof (Memory));
  g_free (self);
}

typedef struct
{
  gsize size;
  guint8 pixels[];
} Pixels;

static void
wipe (gpointer data)
{
  Pixels *self = data;

  explicit_bzero (self->pixels, self->size);
  g_free (self);
}

/* Of a camera that sees people: nothing of it stays in memory that is used again. */
static GBytes *
copy_pixels (const guint8 *pixels, gsize size)
{
  Pixels *self = g_malloc (sizeof *self + size);

  self->size = size;
  memcpy (self->pixels, pixels, size);
  return g_bytes_new_with_free_func (self->pixels, size, wipe, self);
}

static GBytes *
copy (const Picture *picture, guint *width, guint *height)
{
  guint32 before = __atomic_load_n (&picture->number, __ATOMIC_ACQUIRE);
  g_autoptr (GBytes) bytes = NULL;

  *width = __atomic_load_n (&picture->width, __ATOMIC_RELAXED);
  *height = __atomic_load_n (&picture->height, __ATOMIC_RELAXED);
  if (before % 2 != 0 || *width == 0 || *width > JUMIN_PREVIEW_WIDTH_MAX || *height == 0
      || *height > JUMIN_PREVIEW_HEIGHT_MAX)
    return NULL;
  bytes = copy_pixels (picture->pixels, (gsize)*width * *height * JUMIN_PREVIEW_PIXEL_BYTES);
  __atomic_thread_fence (__ATOMIC_ACQUIRE);
  if (__atomic_load_n (&picture->number, __ATOMIC_RELAXED) != before)
    return NULL;
  return g_steal_pointer (&bytes);
}

/**
 * jumin_preview_reader_take:
 * @width, @height: (out): pixels
 *
 * Returns: (transfer full) (nullable): a copy of the newest picture, rows without gaps, wiped when
 * it is freed; %NULL: none has come since the last one
 */
GBytes *
jumin_preview_reader_take (JuminPreviewReader *self, guint *width, guint *height)
{
  for (guint i = 0; i < TRIES; i++)
    {
      guint32 newest = __atomic_load_n (&self->memory->newest, __ATOMIC_ACQUIRE);
      GBytes *bytes;

      if (newest == self->taken)
        return NULL;
      bytes = copy (&self->memory->pictures[(newest - 1) % PICTURES], width, height);
      if (bytes != NULL)
        {
          self->taken = newest;
          return bytes;
        }
    }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames are made when something changes, and sent as they are: 30 a second must cost little. */
#include "camera-scene.h"

#include <string.h>

enum
{
  HALL_GREY = 110,
  WHITE = 255,
  PERCENT = 100
};

static const struct
{
  const char *name;
  guint8 grey;
} plain[] = { { "none", HALL_GREY }, { "black", 0 }, { "white", WHITE } };

static const char *const damages[JUMIN_N_CAMERA_DAMAGES]
    = { "none", "garbage", "cut", "small", "progressive", "cmyk", "error" };

static GBytes *
make_frame (JuminCameraScene *self, const char *word, const CameraFormat *format, GError **error)
{
  double light = (double)self->light / PERCENT;

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    if (strcmp (plain[i].name, word) == 0)
      return jumin_camera_picture_fill (plain[i].grey, format, self->damage, light);
  return jumin_camera_picture_load (word, format, self->damage, light, error);
}

static gboolean
make_frames (JuminCameraScene *self, GStrv words, const CameraFormat *format, GError **error)
{
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      GBytes *frame = make_frame (self, words[i], format, error);

      if (frame == NULL)
        return FALSE;
      g_ptr_array_add (frames, frame);
    }
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  self->frames = g_steal_pointer (&frames);
  self->format = *format;
  self->turn = 0;
  return TRUE;
}

void
jumin_camera_scene_init (JuminCameraScene *self, const CameraFormat *format)
{
  *self = (JuminCameraScene){ .light = PERCENT, .format = *format };
  jumin_camera_scene_show (self, "none", NULL);
}

void
jumin_camera_scene_finish (JuminCameraScene *self)
{
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_strfreev (self->words);
}

/**
 * jumin_camera_scene_show:
 * @words: with a blank between two
 *
 * Errors: as jumin_camera_picture_load(); then what was shown is.
 */
gboolean
jumin_camera_scene_show (JuminCameraScene *self, const char *words, GError **error)
{
  g_auto (GStrv) list = g_strsplit (words, " ", JUMIN_CAMERA_PICTURES_MAX);

  if (list[0] == NULL || !make_frames (self, list, &self->format, error))
    return FALSE;
  g_strfreev (self->words);
  self->words = g_steal_pointer (&list);
  self->shown_us = 0;
  return TRUE;
}

gboolean
jumin_camera_scene_set_light (JuminCameraScene *self, guint percent, GError **error)
{
  self->light = percent;
  return make_frames (self, self->words, &self->format, error);
}

gboolean
jumin_camera_scene_set_damage (JuminCameraScene *self, const char *name, GError **error)
{
  for (guint i = 0; i < JUMIN_N_CAMERA_DAMAGES; i++)
    if (strcmp (damages[i], name) == 0)
      {
        self->damage = i;
        return make_frames (self, self->words, &self->format, error);
      }
  return FALSE;
}

gboolean
jumin_camera_scene_set_format (JuminCameraScene *self, const CameraFormat *format, GError **error)
{
  return memcmp (format, &self->format, sizeof *format) == 0
         || make_frames (self, self->words, format, error);
}

/* Returns: (transfer none): the frame whose turn it is */
GBytes *
jumin_camera_scene_get_frame (JuminCameraScene *self)
{
  return g_ptr_array_index (self->frames, self->turn);
}

/* The frame whose turn it was has been sent. */
void
jumin_camera_scene_advance (JuminCameraScene *self)
{
  self->turn = (self->turn + 1) % self->frames->len;
  if (self->shown_us == 0)
    self->shown_us = g_get_monotonic_time ();
}

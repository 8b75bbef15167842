/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera-pictures.h"

G_BEGIN_DECLS

/**
 * JuminCameraScene:
 * @words: PNG files, one a frame and again from the first, or one of "none", "black", "white"
 * @light: percent of it that arrives
 * @format: of the frames that are ready
 * @shown_us: when the first frame of it was taken; 0: not yet
 *
 * What is before the camera. Begin with zeros and set_format().
 */
typedef struct
{
  GStrv words;
  guint light;
  JuminCameraDamage damage;
  CameraFormat format;
  GPtrArray *frames;
  guint turn;
  gint64 shown_us;
} JuminCameraScene;

void jumin_camera_scene_init (JuminCameraScene *self, const CameraFormat *format);
void jumin_camera_scene_finish (JuminCameraScene *self);

gboolean jumin_camera_scene_show (JuminCameraScene *self, const char *words, GError **error);
gboolean jumin_camera_scene_set_light (JuminCameraScene *self, guint percent, GError **error);
gboolean jumin_camera_scene_set_damage (JuminCameraScene *self, const char *name, GError **error);
gboolean jumin_camera_scene_set_format (JuminCameraScene *self, const CameraFormat *format,
                                        GError **error);
GBytes *jumin_camera_scene_get_frame (JuminCameraScene *self);
void jumin_camera_scene_advance (JuminCameraScene *self);

G_END_DECLS

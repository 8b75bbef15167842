/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-camera: a USB webcam for programs into which camera-preload.c is loaded. What it sees
 * and what somebody does to it comes by the control socket. Several of them may share a folder, as
 * cameras share a computer. */
#include "camera-node.h"
#include "camera-scene.h"
#include "camera-stream.h"
#include "control.h"

#include <errno.h>
#include <glib-unix.h>
#include <linux/videodev2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMANDS                                                                                   \
  "show FILE…|none|black|white, light PERCENT, damage none|garbage|cut|small|progressive|cmyk|"  \
  "error, stall on|off, busy on|off, refuse on|off, unplug, plug [NUMBER], formats "               \
  "NAME:WIDTHxHEIGHT…|none, fps N, status, quit"

enum
{
  PROGRAMS_MAX = 8,
  CONTROLS_MAX = 32,
  FPS = 30,
  FPS_MAX = 120,
  NUMBER_MAX = 62,
  SIDE_MIN = 64,
  SIDE_ALIGN = 16
};

typedef struct
{
  JuminCameraStream *stream;
  guint source;
} Program;

typedef struct
{
  GMainLoop *loop;
  char *dir, *control_path, *name, *id;
  int number;
  JuminCameraNode node;
  CameraHello hello;
  Program programs[PROGRAMS_MAX];
  guint fps, frame_source;
  gboolean stalled, busy, refusing;
  JuminCameraScene scene;
  guint32 n_frames, n_opened, n_controls;
  CameraRequest controls[CONTROLS_MAX];
} Camera;

static const struct
{
  const char *name;
  guint32 fourcc;
} format_names[] = {
  { "mjpeg", V4L2_PIX_FMT_MJPEG }, { "yuyv", V4L2_PIX_FMT_YUYV }, { "nv12", V4L2_PIX_FMT_NV12 },
  { "grey", V4L2_PIX_FMT_GREY },   { "h264", V4L2_PIX_FMT_H264 },
};

static Program *
find_streaming (Camera *self)
{
  for (guint i = 0; i < PROGRAMS_MAX; i++)
    if (self->programs[i].stream != NULL
        && jumin_camera_stream_get_format (self->programs[i].stream) != NULL)
      return &self->programs[i];
  return NULL;
}

static void
remove_program (Camera *self, Program *program)
{
  g_clear_handle_id (&program->source, g_source_remove);
  g_clear_pointer (&program->stream, jumin_camera_stream_free);
}

static gboolean
on_frame (gpointer data)
{
  Camera *self = data;
  Program *program = find_streaming (self);
  guint32 flags = self->scene.damage == JUMIN_CAMERA_ERROR ? V4L2_BUF_FLAG_ERROR : 0;

  if (program == NULL || self->stalled
      || !jumin_camera_scene_set_format (&self->scene,
                                         jumin_camera_stream_get_format (program->stream), NULL)
      || !jumin_camera_stream_send (program->stream, jumin_camera_scene_get_frame (&self->scene),
                                    flags, self->n_frames))
    return G_SOURCE_CONTINUE;
  self->n_frames++;
  jumin_camera_scene_advance (&self->scene);
  return G_SOURCE_CONTINUE;
}

static void
set_fps (Camera *self, guint fps)
{
  self->fps = fps;
  g_clear_handle_id (&self->frame_source, g_source_remove);
  self->frame_source = g_timeout_add (1000 / fps, on_frame, self);
}

/* Programs that open the camera. */

static void
note_control (Camera *self, const CameraRequest *request)
{
  guint i = 0;

  while (i < self->n_controls && self->controls[i].id != request->id)
    i++;
  if (i == CONTROLS_MAX)
    return;
  self->controls[i] = *request;
  self->n_controls = MAX (self->n_controls, i + 1);
}

static gboolean
on_request (int fd, GIOCondition condition, gpointer data)
{
  Camera *self = data;

  for (guint i = 0; i < PROGRAMS_MAX; i++)
    {
      Program *program = &self->programs[i];
      CameraRequest request = { 0 };

      if (program->stream == NULL || jumin_camera_stream_get_fd (program->stream) != fd)
        continue;
      if (jumin_camera_stream_receive (program->stream, &request))
        {
          if (request.kind == CAMERA_CONTROL)
            note_control (self, &request);
          return G_SOURCE_CONTINUE;
        }
      program->source = 0;
      remove_program (self, program);
    }
  return G_SOURCE_REMOVE;
}

/* Somebody who died may not have been noticed yet. */
static void
forget_the_dead (Camera *self)
{
  for (guint i = 0; i < PROGRAMS_MAX; i++)
    {
      GPollFD state = { .events = 0 };

      if (self->programs[i].stream == NULL)
        continue;
      state.fd = jumin_camera_stream_get_fd (self->programs[i].stream);
      if (g_poll (&state, 1, 0) > 0)
        remove_program (self, &self->programs[i]);
    }
}

static void
on_opened (gpointer data, int fd, guint index)
{
  Camera *self = data;
  CameraHello hello = self->hello;
  guint i = 0;

  forget_the_dead (self);
  hello.open_error = self->refusing ? EACCES : 0;
  hello.stream_error = self->busy || find_streaming (self) != NULL ? EBUSY : 0;
  hello.capabilities
      = V4L2_CAP_STREAMING | (index == 0 ? V4L2_CAP_VIDEO_CAPTURE : V4L2_CAP_META_CAPTURE);
  while (i < PROGRAMS_MAX && self->programs[i].stream != NULL)
    i++;
  if (i == PROGRAMS_MAX)
    {
      close (fd);
      return;
    }
  self->n_opened++;
  self->programs[i].stream = jumin_camera_stream_new (fd, &hello, NULL);
  if (self->programs[i].stream != NULL)
    self->programs[i].source = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_request, self);
}

/* The commands of the control socket. */

static gboolean
parse_format (const char *text, CameraFormat *format)
{
  g_auto (GStrv) words = g_strsplit_set (text, ":x", 3);
  guint64 width, height;

  if (g_strv_length (words) != 3
      || !g_ascii_string_to_unsigned (words[1], 10, SIDE_MIN, JUMIN_CAMERA_SIDE_MAX, &width, NULL)
      || !g_ascii_string_to_unsigned (words[2], 10, SIDE_MIN, JUMIN_CAMERA_SIDE_MAX, &height, NULL)
      || width % SIDE_ALIGN != 0 || height % 2 != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (format_names); i++)
    if (strcmp (format_names[i].name, words[0]) == 0)
      {
        *format = (CameraFormat){ format_names[i].fourcc, (guint32)width, (guint32)height };
        return TRUE;
      }
  return FALSE;
}

/* For those that open it next. */
static gboolean
set_formats (Camera *self, const char *formats)
{
  g_auto (GStrv) words = g_strsplit (formats, " ", CAMERA_FORMATS_MAX + 1);
  CameraHello hello = { 0 };

  for (guint i = 0; words[i] != NULL && strcmp (words[i], "none") != 0; i++)
    if (hello.n_formats == CAMERA_FORMATS_MAX
        || !parse_format (words[i], &hello.formats[hello.n_formats++]))
      return FALSE;
  self->hello = hello;
  return TRUE;
}

static gboolean
set_number (const char *text, guint64 least, guint64 most, guint *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL))
    return FALSE;
  *number = (guint)value;
  return TRUE;
}

static gboolean
set_switch (Camera *self, const char *command, const char *argument)
{
  const struct
  {
    const char *name;
    gboolean *value;
  } switches[]
      = { { "stall", &self->stalled }, { "busy", &self->busy }, { "refuse", &self->refusing } };

  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    if (strcmp (switches[i].name, command) == 0
        && (strcmp (argument, "on") == 0 || strcmp (argument, "off") == 0))
      {
        *switches[i].value = strcmp (argument, "on") == 0;
        return TRUE;
      }
  return FALSE;
}

static gboolean
plug (Camera *self, const char *argument, GError **error)
{
  guint number = self->node.number;

  if (jumin_camera_node_is_plugged (&self->node)
      || (*argument != '\0' && !set_number (argument, 0, NUMBER_MAX, &number)))
    return FALSE;
  return jumin_camera_node_plug (&self->node, number, error);
}

static void
unplug (Camera *self)
{
  jumin_camera_node_unplug (&self->node);
  for (guint i = 0; i < PROGRAMS_MAX; i++)
    remove_program (self, &self->programs[i]);
}

/* Returns: whether @command is one, and could be done */
static gboolean
obey (Camera *self, const char *command, const char *argument, GError **error)
{
  guint number;

  if (strcmp (command, "show") == 0)
    return jumin_camera_scene_show (&self->scene, argument, error);
  if (strcmp (command, "light") == 0)
    return set_number (argument, 0, 100, &number)
           && jumin_camera_scene_set_light (&self->scene, number, error);
  if (strcmp (command, "damage") == 0)
    return jumin_camera_scene_set_damage (&self->scene, argument, error);
  if (strcmp (command, "formats") == 0)
    return set_formats (self, argument);
  if (strcmp (command, "plug") == 0)
    return plug (self, argument, error);
  if (strcmp (command, "unplug") == 0)
    {
      unplug (self);
      return TRUE;
    }
  if (strcmp (command, "fps") == 0 && set_number (argument, 1, FPS_MAX, &number))
    {
      set_fps (self, number);
      return TRUE;
    }
  return set_switch (self, command, argument);
}

static void
tell_status (Camera *self, JuminControlClient *client)
{
  g_autoptr (GString) controls = g_string_new (NULL);
  const CameraFormat *format = &self->scene.format;

  for (guint i = 0; i < self->n_controls; i++)
    g_string_append_printf (controls, "%s%x=%d", i > 0 ? "," : "", self->controls[i].id,
                            self->controls[i].value);
  jumin_control_reply (client,
                       "ok plugged=%d streaming=%d node=%u frames=%u opened=%u format=%.4s "
                       "size=%ux%u fps=%u shown_us=%" G_GINT64_FORMAT " controls=%s",
                       jumin_camera_node_is_plugged (&self->node), find_streaming (self) != NULL,
                       self->node.number, self->n_frames, self->n_opened,
                       (const char *)&format->fourcc, format->width, format->height, self->fps,
                       self->scene.shown_us, controls->str);
}

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  Camera *self = data;
  g_autoptr (GError) error = NULL;

  if (strcmp (command, "status") == 0)
    tell_status (self, client);
  else if (strcmp (command, "quit") == 0)
    {
      jumin_control_reply (client, "ok");
      g_main_loop_quit (self->loop);
    }
  else if (obey (self, command, argument, &error))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error %s",
                         error != NULL ? error->message : "commands are: " COMMANDS);
}

static gboolean
serve (Camera *self, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (self->id, ":", 2);
  g_autoptr (JuminControl) control = NULL;

  set_formats (self, "mjpeg:1280x720 yuyv:640x480");
  jumin_camera_scene_init (&self->scene, &self->hello.formats[0]);
  self->node = (JuminCameraNode){ .dir = self->dir,
                                  .name = self->name,
                                  .vendor = ids[0],
                                  .product = ids[1],
                                  .opened = on_opened,
                                  .data = self,
                                  .listening = { -1, -1 } };
  set_fps (self, FPS);
  if (!jumin_camera_node_plug (&self->node, (guint)self->number, error))
    return FALSE;
  control = jumin_control_new (self->control_path, on_command, self, error);
  if (control == NULL)
    return FALSE;
  g_print ("ready %s/dev/video%u\n", self->dir, self->node.number);
  fflush (stdout);
  g_main_loop_run (self->loop);
  return TRUE;
}

static void
finish (Camera *self)
{
  unplug (self);
  g_clear_handle_id (&self->frame_source, g_source_remove);
  jumin_camera_scene_finish (&self->scene);
  g_main_loop_unref (self->loop);
  g_free (self->dir);
  g_free (self->control_path);
  g_free (self->name);
  g_free (self->id);
}

static gboolean
parse_options (Camera *self, int *argc, char ***argv, GError **error)
{
  GOptionEntry options[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &self->dir, "Stands for / to who is preloaded", "DIR" },
    { "number", 0, 0, G_OPTION_ARG_INT, &self->number, "Of the device file; without it 0", "N" },
    { "id", 0, 0, G_OPTION_ARG_STRING, &self->id, "Of the USB device; without it 1209:0002",
      "VENDOR:PRODUCT" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, "Of the USB device, without blanks", "NAME" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &self->control_path,
      "Where to listen for commands; without it DIR/NAME.sock", "SOCKET" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a USB webcam");

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (context, "Commands: " COMMANDS
                                             ". Ends on SIGTERM and with its parent.\n");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->id == NULL)
    self->id = g_strdup ("1209:0002");
  if (self->name == NULL)
    self->name = g_strdup ("Jumin_Peer_Camera");
  if (self->dir != NULL && self->number >= 0 && self->number <= NUMBER_MAX
      && g_regex_match_simple ("^[0-9a-f]{4}:[0-9a-f]{4}$", self->id, 0, 0)
      && g_regex_match_simple ("^[A-Za-z0-9_.-]{1,40}$", self->name, 0, 0))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "--dir is missing, or --number, --id or --name is none");
  return FALSE;
}

int
main (int argc, char **argv)
{
  Camera self = { .fps = FPS };
  g_autoptr (GError) error = NULL;
  int exit_code = EXIT_SUCCESS;

  if (!parse_options (&self, &argc, &argv, &error))
    {
      g_printerr ("jumin-peer-camera: %s\n", error->message);
      return 2;
    }
  if (self.control_path == NULL)
    self.control_path = g_strdup_printf ("%s/%s.sock", self.dir, self.name);
  self.loop = g_main_loop_new (NULL, FALSE);
  jumin_peer_end_with_parent (self.loop);
  if (!serve (&self, &error))
    {
      g_printerr ("jumin-peer-camera: %s\n", error->message);
      exit_code = EXIT_FAILURE;
    }
  finish (&self);
  return exit_code;
}

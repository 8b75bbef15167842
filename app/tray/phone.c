/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three steps: the sandbox makes a code, a program draws the telephone that shows it, and the
 * camera's peer is told to see that picture. */
#include "tray/phone.h"

#include "tray/control-line.h"

typedef struct
{
  char *camera, *program, *picture;
} Showing;

static void
showing_free (gpointer data)
{
  Showing *self = data;

  g_free (self->camera);
  g_free (self->program);
  g_free (self->picture);
  g_free (self);
}

static void
on_seen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *reply = jumin_control_line_ask_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reply, g_free);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Showing *self = g_task_get_task_data (task);
  g_autofree char *command = g_strconcat ("show ", self->picture, NULL);
  GError *error = NULL;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    g_task_return_error (task, error);
  else
    jumin_control_line_ask_async (self->camera, command, g_task_get_cancellable (task), on_seen,
                                  g_object_ref (task));
}

static void
on_code (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Showing *self = g_task_get_task_data (task);
  g_autoptr (GSubprocess) drawer = NULL;
  GError *error = NULL;
  g_autofree char *code = jumin_control_line_ask_finish (result, &error);

  if (error == NULL)
    drawer = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self->program, code, self->picture,
                               NULL);
  if (drawer == NULL)
    g_task_return_error (task, error);
  else
    g_subprocess_wait_check_async (drawer, g_task_get_cancellable (task), on_drawn,
                                   g_object_ref (task));
}

/**
 * jumin_phone_show_async:
 * @command: to the sandbox, which answers a code: "city-code li-ceshi", "pay-code"
 *
 * Holds a telephone with that fresh code before the camera. Errors: those of the
 * sockets; those of starting and ending the program.
 */
void
jumin_phone_show_async (const JuminPhone *self, const char *command, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *folder = g_path_get_dirname (self->camera);
  Showing *showing = g_new0 (Showing, 1);

  g_task_set_source_tag (task, jumin_phone_show_async);
  showing->camera = g_strdup (self->camera);
  showing->program = g_strdup (self->program);
  showing->picture = g_build_filename (folder, "phone.png", NULL);
  g_task_set_task_data (task, showing, showing_free);
  jumin_control_line_ask_async (self->platform, command, cancellable, on_code, g_object_ref (task));
}

/**
 * jumin_phone_show_finish:
 *
 * Returns: (transfer full) (nullable): what the camera's peer said
 */
char *
jumin_phone_show_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts and ends the sandbox for tests without a display. */
#include "sandbox-process.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

struct _SandboxProcess
{
  char *state;
  GSubprocess *process;
  GKeyFile *settings;
};

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

SandboxProcess *
sandbox_process_new (void)
{
  SandboxProcess *self = g_new0 (SandboxProcess, 1);
  const char *data = g_getenv ("JUMIN_SANDBOX_DATA");
  g_autofree char *city = g_build_filename (data, "city.json", NULL);
  g_autofree char *residents = g_build_filename (data, "residents.json", NULL);
  g_autofree char *line = NULL, *conf = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  self->state = g_dir_make_tmp ("jumin-XXXXXX", &error);
  g_assert_no_error (error);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    g_getenv ("JUMIN_SANDBOX"), "--state", self->state, "--city",
                                    city, "--residents", residents, "--die-with-parent", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (line != NULL && g_str_has_prefix (line, "ready "));
  conf = g_build_filename (self->state, "terminal.conf", NULL);
  self->settings = g_key_file_new ();
  g_key_file_load_from_file (self->settings, conf, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return self;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *)data = TRUE;
}

/* It closes each connection as TLS wants it, and the other ends are in this process. */
void
sandbox_process_free (SandboxProcess *self)
{
  gboolean ended = FALSE;

  g_subprocess_send_signal (self->process, 15);
  g_subprocess_wait_async (self->process, NULL, on_ended, &ended);
  while (!ended)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->process);
  g_key_file_unref (self->settings);
  remove_tree (self->state);
  g_free (self->state);
  g_free (self);
}

/* Returns: (transfer none): what the sandbox wrote for its terminal */
GKeyFile *
sandbox_process_get_settings (SandboxProcess *self)
{
  return self->settings;
}

JuminHallClient *
sandbox_process_client_new (SandboxProcess *self, JuminClock *clock)
{
  static const char *const keys[] = { "url",  "ca-file",          "certificate-file", "key-file",
                                      "pins", "signing-key-file", "reply-key-file" };
  g_autofree char *name = g_key_file_get_string (self->settings, "terminal", "name", NULL);
  char *values[G_N_ELEMENTS (keys)];
  JuminHttpSettings settings = { .terminal = name, .connect_ms = 4000, .total_ms = 10000 };
  g_autoptr (JuminHttpClient) http = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    values[i] = g_key_file_get_string (self->settings, "platform", keys[i], NULL);
  settings.base_url = values[0];
  settings.ca_file = values[1];
  settings.certificate_file = values[2];
  settings.key_file = values[3];
  settings.pins = values[4];
  settings.signing_key_file = values[5];
  settings.reply_key_file = values[6];
  http = jumin_http_client_new (&settings, clock, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_free (values[i]);
  return jumin_hall_client_new (http);
}

/* Returns: (transfer full): the sandbox's answer to one command */
char *
sandbox_process_control (SandboxProcess *self, const char *command)
{
  g_autofree char *path = g_build_filename (self->state, "control", NULL);
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autoptr (GError) error = NULL;
  char *reply;

  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line,
                             strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  reply = g_data_input_stream_read_line (input, NULL, NULL, &error);
  g_assert_no_error (error);
  return reply;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts and ends the sandbox for tests without a display. */
#include "sandbox-process.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define READY "ready https://127.0.0.1:"

struct _SandboxProcess
{
  char *state, *port;
  GSubprocess *process;
  GKeyFile *settings;
};

void
sandbox_remove_state (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        sandbox_remove_state (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
start (SandboxProcess *self, const char *port)
{
  const char *data = g_getenv ("JUMIN_SANDBOX_DATA");
  g_autofree char *city = g_build_filename (data, "city.json", NULL);
  g_autofree char *residents = g_build_filename (data, "residents.json", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("JUMIN_SANDBOX"), "--state", self->state,
      "--city", city, "--residents", residents, "--port", port, "--die-with-parent", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (line != NULL && g_str_has_prefix (line, READY));
  g_free (self->port);
  self->port = g_strdup (line + strlen (READY));
}

SandboxProcess *
sandbox_process_new (void)
{
  SandboxProcess *self = g_new0 (SandboxProcess, 1);
  g_autofree char *conf = NULL;
  g_autoptr (GError) error = NULL;

  self->state = g_dir_make_tmp ("jumin-XXXXXX", &error);
  g_assert_no_error (error);
  start (self, "0");
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
sandbox_process_restart (SandboxProcess *self)
{
  g_autofree char *port = g_strdup (self->port);

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  start (self, port);
}

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
  sandbox_remove_state (self->state);
  g_free (self->state);
  g_free (self->port);
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
  return sandbox_client_new (self->settings, clock, 1);
}

/* @written: what a sandbox wrote for its terminal */
JuminHallClient *
sandbox_client_new (GKeyFile *written, JuminClock *clock, guint patience)
{
  static const char *const keys[] = { "url",  "ca-file",          "certificate-file", "key-file",
                                      "pins", "signing-key-file", "reply-key-file" };
  g_autofree char *name = g_key_file_get_string (written, "terminal", "name", NULL);
  char *values[G_N_ELEMENTS (keys)];
  JuminHttpSettings settings
      = { .terminal = name, .connect_ms = 4000 * patience, .total_ms = 10000 * patience };
  g_autoptr (JuminHttpClient) http = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    values[i] = g_key_file_get_string (written, "platform", keys[i], NULL);
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

guint
sandbox_process_count (SandboxProcess *self, const char *name)
{
  g_autofree char *status = sandbox_process_control (self, "status");
  g_autofree char *member = g_strdup_printf ("\"%s\":", name);
  const char *count = strstr (status, member);

  g_assert_nonnull (count);
  return (guint)g_ascii_strtoull (count + strlen (member), NULL, 10);
}

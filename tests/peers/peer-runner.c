/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts peers for tests, waits for "ready", talks to their control sockets, ends them. */
#include "peer-runner.h"

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>

enum
{
  REPLY_S_MAX = 20
};

/* @...: the program's arguments, then NULL */
JuminPeerRun *
jumin_peer_run (const char *program, const char *control_path, ...)
{
  JuminPeerRun *self = g_new0 (JuminPeerRun, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, program, NULL);
  g_autoptr (GError) error = NULL;
  va_list list;

  g_ptr_array_add (arguments, path);
  va_start (list, control_path);
  for (char *argument = va_arg (list, char *); argument; argument = va_arg (list, char *))
    g_ptr_array_add (arguments, argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);

  self->process = g_subprocess_newv ((const char *const *)arguments->pdata,
                                     G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) output
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready "));
  self->ready = g_strdup (line + strlen ("ready "));
  self->control_path = g_strdup (control_path);
  return self;
}

/* Returns: (transfer full): the line of reply */
char *
jumin_peer_ask (JuminPeerRun *self, const char *command)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->control_path);
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_socket_client_set_timeout (client, REPLY_S_MAX);
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line,
                             strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) input
      = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  char *reply = g_data_input_stream_read_line (input, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reply);
  return reply;
}

/* SIGTERM; the peer must end well. */
void
jumin_peer_run_end (JuminPeerRun *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait_check (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->process);
  g_free (self->ready);
  g_free (self->control_path);
  g_free (self);
}

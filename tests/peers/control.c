/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket and the lifetime that all peers share.
 *
 * A client holds the lines that it has sent and one command that is being answered; the next line
 * is looked at when the reply is on its way. */
#include "control.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

struct _JuminControl
{
  char *path;
  GSocketService *service;
  GCancellable *cancellable;
  JuminControlHandler handler;
  gpointer data;
  guint n_clients;
};

/* Lives while its connection has a read or a write under way, or a command is unanswered. */
struct _JuminControlClient
{
  JuminControl *control; /* NULL once the peer closes its socket */
  GSocketConnection *connection;
  GCancellable *cancellable;
  char received[JUMIN_CONTROL_LINE_MAX + 1];
  gsize n_received;
  char *reply;
  gboolean answering;
};

static void read_more (JuminControlClient *client);
static void serve_next_line (JuminControlClient *client);

static void
client_free (JuminControlClient *client)
{
  if (!g_cancellable_is_cancelled (client->cancellable))
    client->control->n_clients--;
  g_io_stream_close (G_IO_STREAM (client->connection), NULL, NULL);
  g_object_unref (client->connection);
  g_object_unref (client->cancellable);
  g_free (client->reply);
  g_free (client);
}

static void
on_reply_written (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminControlClient *client = data;

  g_clear_pointer (&client->reply, g_free);
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    client_free (client);
  else
    serve_next_line (client);
}

/**
 * jumin_control_reply:
 * @client: whose command is answered; not used afterwards
 * @format: "ok", "ok …" or "error …", without the end of the line
 */
void
jumin_control_reply (JuminControlClient *client, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  g_return_if_fail (client->answering);
  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  client->answering = FALSE;
  client->reply = g_strconcat (text, "\n", NULL);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (client->connection)),
                                   client->reply, strlen (client->reply), G_PRIORITY_DEFAULT, NULL,
                                   on_reply_written, client);
}

static void
serve_line (JuminControlClient *client, char *line)
{
  char *argument = strchr (g_strstrip (line), ' ');

  if (argument != NULL)
    *argument++ = '\0';
  client->answering = TRUE;
  client->control->handler (client, line, argument ? g_strchug (argument) : "",
                            client->control->data);
}

static void
serve_next_line (JuminControlClient *client)
{
  char *end = memchr (client->received, '\n', client->n_received);

  if (g_cancellable_is_cancelled (client->cancellable))
    {
      client_free (client);
      return;
    }
  if (end == NULL)
    {
      read_more (client);
      return;
    }

  gsize length = (gsize)(end - client->received) + 1;
  g_autofree char *line = g_strndup (client->received, length - 1);
  client->n_received -= length;
  memmove (client->received, client->received + length, client->n_received);
  serve_line (client, line);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminControlClient *client = data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      client_free (client);
      return;
    }
  client->n_received += (gsize)n;
  serve_next_line (client);
}

/* A line that does not fit ends the connection. */
static void
read_more (JuminControlClient *client)
{
  if (client->n_received == JUMIN_CONTROL_LINE_MAX)
    {
      client_free (client);
      return;
    }
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (client->connection)),
                             client->received + client->n_received,
                             JUMIN_CONTROL_LINE_MAX - client->n_received, G_PRIORITY_DEFAULT,
                             client->cancellable, on_received, client);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  JuminControl *self = data;

  if (self->n_clients == JUMIN_CONTROL_CLIENTS_MAX)
    return TRUE;
  self->n_clients++;
  JuminControlClient *client = g_new0 (JuminControlClient, 1);
  client->control = self;
  client->connection = g_object_ref (connection);
  client->cancellable = g_object_ref (self->cancellable);
  read_more (client);
  return TRUE;
}

/**
 * jumin_control_new:
 * @path: of the socket; an old one is replaced
 * @handler: gets each command
 *
 * Returns: (transfer full) (nullable): the socket, which listens from now on
 */
JuminControl *
jumin_control_new (const char *path, JuminControlHandler handler, gpointer data, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketService) service = g_socket_service_new ();

  g_unlink (path);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error))
    {
      g_prefix_error (error, "Listening on control socket '%s' failed: ", path);
      return NULL;
    }

  JuminControl *self = g_new0 (JuminControl, 1);
  self->path = g_strdup (path);
  self->service = g_steal_pointer (&service);
  self->cancellable = g_cancellable_new ();
  self->handler = handler;
  self->data = data;
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
jumin_control_free (JuminControl *self)
{
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_unlink (self->path);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_free (self->path);
  g_free (self);
  /* What was cancelled or is still to be said ends here, not in the next main loop. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/**
 * jumin_peer_end_with_parent:
 * @loop: left on SIGTERM, on SIGINT, and when the thread that started this program ends
 *
 * Also nobody reads what a peer says when its client has gone, so SIGPIPE is ignored.
 */
void
jumin_peer_end_with_parent (GMainLoop *loop)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  signal (SIGPIPE, SIG_IGN);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
}

char *
jumin_peer_dup_beside (const char *file)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (program ? program : ".");

  return g_build_filename (folder, file, NULL);
}

char *
jumin_peer_dup_data (const char *file)
{
  g_autofree char *built = g_build_filename ("..", "..", "data", "sandbox", file, NULL);
  g_autofree char *path = jumin_peer_dup_beside (built);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_canonicalize_filename (path, NULL);
  return g_build_filename (JUMIN_PKGDATADIR, "sandbox", file, NULL);
}

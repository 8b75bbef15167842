/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printer's end of the cable. One sender at a time, as with a real printer; the next one waits
 * in the backlog. */
#include "printer-line.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

enum
{
  CHUNK_BYTES = 16 * 1024
};

static void accept_next (JuminPrinterLine *self);
static void watch (JuminPrinterLine *self);

static gboolean
on_readable (int fd, GIOCondition condition, gpointer data)
{
  JuminPrinterLine *self = data;
  guint8 bytes[CHUNK_BYTES];
  ssize_t n = read (fd, bytes, MIN (sizeof bytes, self->most (self->data)));
  guint source = self->source;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      self->source = 0;
      jumin_printer_line_drop (self);
      return G_SOURCE_REMOVE;
    }
  self->take (self->data, bytes, (gsize)n);
  return source == self->source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
watch (JuminPrinterLine *self)
{
  if (self->fd >= 0 && self->source == 0 && !self->held)
    self->source = g_unix_fd_add (self->fd, G_IO_IN, on_readable, self);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  JuminPrinterLine *self = data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection
      = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);

  if (connection == NULL)
    return; /* unplugged */
  self->connection = connection;
  self->fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  watch (self);
}

static void
accept_next (JuminPrinterLine *self)
{
  g_socket_listener_accept_async (self->listener, self->unplugged, on_accepted, self);
}

static gboolean
open_port (JuminPrinterLine *self, GError **error)
{
  g_autoptr (GSocketAddress) wanted
      = g_inet_socket_address_new_from_string ("127.0.0.1", self->port);
  g_autoptr (GSocketAddress) bound = NULL;

  self->unplugged = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  if (!g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  accept_next (self);
  return TRUE;
}

/* The slave stays open here, too, so that the master sees no hang-up when the sender closes. */
static gboolean
open_pty (JuminPrinterLine *self, GError **error)
{
  struct termios raw;
  char name[64];

  if (openpty (&self->fd, &self->pty_slave, name, NULL, NULL) != 0
      || tcgetattr (self->pty_slave, &raw) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Opening a pseudo terminal failed: %s",
                   g_strerror (errno));
      return FALSE;
    }
  cfmakeraw (&raw);
  tcsetattr (self->pty_slave, TCSANOW, &raw);
  g_unix_set_fd_nonblocking (self->fd, TRUE, NULL);
  g_unlink (self->link_path);
  if (symlink (name, self->link_path) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: %s", self->link_path,
                   g_strerror (errno));
      return FALSE;
    }
  watch (self);
  return TRUE;
}

/**
 * jumin_printer_line_plug:
 *
 * The printer is connected; on the port that it had before.
 */
gboolean
jumin_printer_line_plug (JuminPrinterLine *self, GError **error)
{
  if (self->listener != NULL || self->pty_slave >= 0)
    return TRUE;
  return self->link_path != NULL ? open_pty (self, error) : open_port (self, error);
}

/* The cable is pulled: the port refuses, the device file has gone. */
void
jumin_printer_line_unplug (JuminPrinterLine *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->unplugged != NULL)
    g_cancellable_cancel (self->unplugged);
  g_clear_object (&self->unplugged);
  if (self->listener != NULL)
    g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  if (self->pty_slave >= 0)
    {
      g_unlink (self->link_path);
      close (self->pty_slave);
      close (self->fd);
    }
  if (self->connection != NULL)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  self->fd = self->pty_slave = -1;
}

/**
 * jumin_printer_line_drop:
 *
 * The connection ends; another one may come. A device file is still the same.
 */
void
jumin_printer_line_drop (JuminPrinterLine *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->pty_slave >= 0)
    {
      watch (self);
      return;
    }
  if (self->connection == NULL)
    return;
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  self->fd = -1;
  accept_next (self);
}

/* While held nothing is read. */
void
jumin_printer_line_hold (JuminPrinterLine *self, gboolean held)
{
  self->held = held;
  if (held)
    g_clear_handle_id (&self->source, g_source_remove);
  watch (self);
}

/* Returns: whether somebody was there to hear it */
gboolean
jumin_printer_line_say (JuminPrinterLine *self, const guint8 *bytes, gsize length)
{
  return self->fd >= 0 && write (self->fd, bytes, length) >= 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a printer. The descriptor never blocks; every wait is a poll with an end. Errors are
 * of the domain G_IO_ERROR: what they mean for a ticket, the printer knows. */
#include "devices/escpos-link.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

enum
{
  EMPTY_READ_PAUSE_MS = 20, /* usblp ends an empty transfer with a read of nothing */
  DRAIN_BYTES_MAX = 4096
};

static gboolean
fail (GError **error, const char *what, int number)
{
  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (number), "%s: %s", what,
               g_strerror (number));
  return FALSE;
}

/* Waits until @events or the deadline; FALSE at the deadline. */
static gboolean
wait_for (JuminEscposLink *self, short events, gint64 until_us)
{
  gint64 left_us;

  while ((left_us = until_us - g_get_monotonic_time ()) > 0)
    {
      struct pollfd fd = { .fd = self->fd, .events = events };
      int ready = poll (&fd, 1, (int)(left_us / G_TIME_SPAN_MILLISECOND) + 1);

      if (ready > 0 || (ready < 0 && errno != EINTR))
        return TRUE;
    }
  return FALSE;
}

static gint64
deadline (guint ms)
{
  return g_get_monotonic_time () + (gint64)ms * G_TIME_SPAN_MILLISECOND;
}

/* Only numbers and "localhost" as host: a name server must not hold a ticket. */
static struct addrinfo *
find_address (const char *uri, GError **error)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, error);
  const struct addrinfo hints
      = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
  struct addrinfo *address = NULL;
  g_autofree char *port = NULL;
  const char *host;

  if (parsed == NULL)
    return NULL;
  host = g_uri_get_host (parsed);
  port = g_strdup_printf ("%d", g_uri_get_port (parsed));
  if (g_strcmp0 (host, "localhost") == 0)
    host = "127.0.0.1";
  if (host == NULL || g_uri_get_port (parsed) <= 0
      || getaddrinfo (host, port, &hints, &address) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "'%s' is not socket://ADDRESS:PORT with a numeric address", uri);
  return address;
}

static gboolean
open_socket (JuminEscposLink *self, const char *uri, guint open_ms, GError **error)
{
  struct addrinfo *address = find_address (uri, error);
  int result = 0;
  socklen_t length = sizeof result;

  if (address == NULL)
    return FALSE;
  self->is_socket = TRUE;
  self->fd = socket (address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (self->fd >= 0 && connect (self->fd, address->ai_addr, address->ai_addrlen) != 0)
    result = errno;
  freeaddrinfo (address);
  if (self->fd < 0)
    return fail (error, "opening a socket", errno);
  if (result == EINPROGRESS)
    {
      if (!wait_for (self, POLLOUT, deadline (open_ms)))
        result = ETIMEDOUT;
      else if (getsockopt (self->fd, SOL_SOCKET, SO_ERROR, &result, &length) != 0)
        result = errno;
    }
  return result == 0 || fail (error, "connecting", result);
}

static gboolean
open_device (JuminEscposLink *self, const char *path, GError **error)
{
  struct termios terminal;

  self->fd = open (path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (self->fd < 0)
    return fail (error, "opening", errno);
  if (tcgetattr (self->fd, &terminal) == 0)
    {
      cfmakeraw (&terminal);
      tcsetattr (self->fd, TCSANOW, &terminal);
    }
  return TRUE;
}

/**
 * jumin_escpos_link_open:
 * @self: (out): closed again by jumin_escpos_link_close(), also after an error
 * @uri: socket://ADDRESS:PORT, or the path of a device file
 */
gboolean
jumin_escpos_link_open (JuminEscposLink *self, const char *uri, guint open_ms, GError **error)
{
  *self = (JuminEscposLink){ .fd = -1 };
  if (g_str_has_prefix (uri, "socket://"))
    return open_socket (self, uri, open_ms, error);
  return open_device (self, uri, error);
}

void
jumin_escpos_link_close (JuminEscposLink *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/**
 * jumin_escpos_link_abort:
 *
 * Takes back what was sent and has not arrived: a printer that hangs must not find it later. The
 * connection can only be closed then.
 */
void
jumin_escpos_link_abort (JuminEscposLink *self)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  if (self->is_socket)
    setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  else
    tcflush (self->fd, TCOFLUSH);
}

/**
 * jumin_escpos_link_send:
 * @write_ms: how long the printer may take nothing at all; slow is good
 *
 * Returns: whether all was taken
 */
gboolean
jumin_escpos_link_send (JuminEscposLink *self, const guint8 *bytes, gsize length, guint write_ms,
                        GError **error)
{
  gint64 until_us = deadline (write_ms);

  while (length > 0)
    {
      gssize sent;

      if (!wait_for (self, POLLOUT, until_us))
        return fail (error, "sending", ETIMEDOUT);
      sent = self->is_socket ? send (self->fd, bytes, length, MSG_NOSIGNAL)
                             : write (self->fd, bytes, length);
      if (sent < 0 && errno != EAGAIN && errno != EINTR)
        return fail (error, "sending", errno);
      if (sent <= 0)
        continue;
      bytes += sent;
      length -= (gsize)sent;
      until_us = deadline (write_ms);
    }
  return TRUE;
}

/**
 * jumin_escpos_link_receive:
 * @bytes: (out caller-allocates) (array length=length): what came
 * @wait_ms: how long to wait for the first byte
 *
 * Returns: how many bytes came; 0: none in time; −1 with @error: the printer has gone
 */
gssize
jumin_escpos_link_receive (JuminEscposLink *self, guint8 *bytes, gsize length, guint wait_ms,
                           GError **error)
{
  gint64 until_us = deadline (wait_ms);

  while (wait_for (self, POLLIN, until_us))
    {
      gssize received = read (self->fd, bytes, length);

      if (received > 0)
        return received;
      if ((received == 0 && self->is_socket) || (received < 0 && errno != EAGAIN && errno != EINTR))
        {
          fail (error, "receiving", received == 0 ? ECONNRESET : errno);
          return -1;
        }
      if (received == 0)
        poll (NULL, 0, EMPTY_READ_PAUSE_MS);
    }
  return 0;
}

/* Forgets what the printer has said so far: answers to earlier questions. */
void
jumin_escpos_link_drain (JuminEscposLink *self, guint wait_ms)
{
  guint8 bytes[DRAIN_BYTES_MAX];

  while (jumin_escpos_link_receive (self, bytes, sizeof bytes, wait_ms, NULL) > 0)
    wait_ms = 1;
}

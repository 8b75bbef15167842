/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ticket printer of a few commands. One connection after the other. */
#include "fake-printer.h"

#include <fcntl.h>
#include <pty.h>
#include <string.h>
#include <unistd.h>

enum
{
  GONE = -1
};

static void
say (int fd, const guint8 *bytes, gsize length)
{
  if (write (fd, bytes, length) < 0)
    g_test_message ("the other side has gone");
}

static void
answer_question (FakePrinter *self, int fd, guint question)
{
  self->n_questions++;
  if (self->mood != FAKE_PRINTER_SILENT && question <= 4)
    say (fd, &self->answers[question], 1);
}

static void
confirm_number (FakePrinter *self, int fd, const guint8 *number)
{
  guint8 reply[7] = { 0x37, 0x22, 'x', 'x', 'x', 'x', 0 };

  if (self->mood == FAKE_PRINTER_STALE)
    say (fd, reply, sizeof reply);
  memcpy (reply + 2, number, 4);
  say (fd, reply, sizeof reply);
}

/* Executes the command that @bytes begins with; 0: it is not whole yet. */
static int
execute (FakePrinter *self, int fd, const guint8 *bytes, gsize length)
{
  static const guint8 good = 0x00;
  gsize size;

  if (length < 2)
    return 0;
  if (bytes[0] == 0x1B && bytes[1] == '@')
    return 2;
  if (length < 3)
    return 0;
  if (bytes[0] == 0x10 && bytes[1] == 0x04)
    answer_question (self, fd, bytes[2]);
  else if (bytes[0] == 0x10 && bytes[1] == 0x05)
    self->n_clears++;
  else if (bytes[0] == 0x1D && bytes[1] == 'r')
    {
      if (self->mood != FAKE_PRINTER_UNCONFIRMED)
        say (fd, &good, 1);
    }
  else if (bytes[0] == 0x1D && bytes[1] == 'V')
    {
      self->n_cuts++;
      return length < 4 ? 0 : 4;
    }
  else if (bytes[0] == 0x1D && bytes[1] == '(')
    {
      if (length < 11)
        return 0;
      confirm_number (self, fd, bytes + 7);
      return 11;
    }
  else if (bytes[0] == 0x1D && bytes[1] == 'v')
    {
      if (self->mood == FAKE_PRINTER_HANGS_UP)
        return GONE;
      if (length < 8)
        return 0;
      size = (gsize)(bytes[4] | bytes[5] << 8) * (bytes[6] | bytes[7] << 8);
      if (length < 8 + size)
        return 0;
      self->n_bands++;
      self->rows_a_band_max = MAX (self->rows_a_band_max, (guint)(bytes[6] | bytes[7] << 8));
      g_byte_array_append (self->dots, bytes + 8, (guint)size);
      if (self->mood == FAKE_PRINTER_STOPS)
        {
          self->answers[1] |= 0x08;
          self->mood = FAKE_PRINTER_UNCONFIRMED;
        }
      return (int)(8 + size);
    }
  return 3;
}

static gboolean
wait_readable (FakePrinter *self, int fd)
{
  GPollFD fds[2] = { { .fd = fd, .events = G_IO_IN } };

  g_cancellable_make_pollfd (self->end, &fds[1]);
  g_poll (fds, 2, -1);
  g_cancellable_release_fd (self->end);
  /* What was sent before the end is still looked at. */
  return fds[0].revents != 0 || !g_cancellable_is_cancelled (self->end);
}

static void
talk (FakePrinter *self, int fd)
{
  g_autoptr (GByteArray) received = g_byte_array_new ();
  guint8 bytes[16384];

  self->n_connections++;
  while (wait_readable (self, fd))
    {
      gssize n = read (fd, bytes, sizeof bytes);
      int used;

      if (n <= 0)
        return;
      g_byte_array_append (received, bytes, (guint)n);
      while ((used = execute (self, fd, received->data, received->len)) > 0)
        g_byte_array_remove_range (received, 0, (guint)used);
      if (used == GONE)
        return;
    }
}

static gpointer
printer_thread (gpointer data)
{
  FakePrinter *self = data;

  if (self->listener == NULL)
    {
      talk (self, self->terminal);
      return NULL;
    }
  while (wait_readable (self, g_socket_get_fd (self->listener)))
    {
      g_autoptr (GSocket) connection = g_socket_accept (self->listener, self->end, NULL);

      if (connection != NULL)
        talk (self, g_socket_get_fd (connection));
    }
  return NULL;
}

static FakePrinter *
fake_printer_new (void)
{
  FakePrinter *self = g_new0 (FakePrinter, 1);

  memset (self->answers, 0x12, sizeof self->answers);
  self->dots = g_byte_array_new ();
  self->end = g_cancellable_new ();
  self->terminal = self->other_end = -1;
  return self;
}

FakePrinter *
fake_printer_new_on_port (void)
{
  FakePrinter *self = fake_printer_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  self->listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->listener, any_port, FALSE, &error));
  g_assert_true (g_socket_listen (self->listener, &error));
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->uri = g_strdup_printf ("socket://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->thread = g_thread_new ("printer", printer_thread, self);
  return self;
}

FakePrinter *
fake_printer_new_on_terminal (void)
{
  FakePrinter *self = fake_printer_new ();
  char name[128];

  g_assert_cmpint (openpty (&self->terminal, &self->other_end, name, NULL, NULL), ==, 0);
  self->uri = g_strdup (name);
  self->thread = g_thread_new ("printer", printer_thread, self);
  return self;
}

/* Afterwards everything that the printer got may be looked at. */
void
fake_printer_stop (FakePrinter *self)
{
  g_cancellable_cancel (self->end);
  g_clear_pointer (&self->thread, g_thread_join);
}

void
fake_printer_free (FakePrinter *self)
{
  if (self->thread != NULL)
    fake_printer_stop (self);
  g_clear_object (&self->listener);
  if (self->terminal >= 0)
    close (self->terminal);
  if (self->other_end >= 0)
    close (self->other_end);
  g_object_unref (self->end);
  g_byte_array_unref (self->dots);
  g_free (self->uri);
  g_free (self);
}

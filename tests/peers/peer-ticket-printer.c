/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-ticket-printer: an 80 mm ESC/POS printer on a TCP port of the loopback or on a pseudo
 * terminal (as a device file). What a person would do to it comes by the control socket; what comes
 * out lies in DIR as ticket-N.png and, byte for byte, ticket-N.bin. */
#include "control.h"
#include "escpos-printer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum
{
  CHUNK_BYTES = 16 * 1024,
  ROWS_A_MM = 8,
  SPEED_MAX = 1000,
  NOT_DYING = -1,
  RUNS_AT_ONCE = 64 /* then the control socket has its turn */
};

typedef struct
{
  GMainLoop *loop;
  char *dir, *link_path, *control_path;
  int port, speed_mm_per_s;
  JuminEscpos printer;
  GSocketListener *listener;
  GCancellable *cancellable;
  GSocketConnection *connection;
  int line, pty_slave; /* what is read and written; -1: nobody is connected */
  guint line_source, run_source;
  gboolean hanging, accepting;
  gint64 bytes_left; /* until it dies; NOT_DYING */
  guint64 n_bytes;
} TicketPrinter;

static void accept_next (TicketPrinter *self);
static void watch_line (TicketPrinter *self);

static void
on_log (gpointer data, const char *text)
{
  TicketPrinter *self = data;
  g_autofree char *path = g_build_filename (self->dir, "log", NULL);
  FILE *file = g_fopen (path, "a");

  if (file == NULL)
    return;
  fprintf (file, "%" G_GINT64_FORMAT " %s\n", g_get_monotonic_time () / 1000, text);
  fclose (file);
}

/* Nobody reads: the answer is lost, as on a real line. */
static void
on_say (gpointer data, const guint8 *bytes, gsize length)
{
  TicketPrinter *self = data;

  if (self->line >= 0 && write (self->line, bytes, length) < 0)
    on_log (self, "answer lost");
}

static gboolean
on_run (gpointer data)
{
  TicketPrinter *self = data;

  self->run_source = 0;
  for (int i = 0; i < RUNS_AT_ONCE; i++)
    {
      if (!jumin_escpos_run (&self->printer))
        return G_SOURCE_REMOVE;
      guint ms = self->speed_mm_per_s == 0
                     ? 0
                     : self->printer.new_rows * 1000 / ROWS_A_MM / (guint)self->speed_mm_per_s;
      if (ms > 0)
        {
          self->printer.new_rows = 0;
          self->run_source = g_timeout_add (ms, on_run, self);
          return G_SOURCE_REMOVE;
        }
    }
  self->run_source = g_idle_add (on_run, self);
  return G_SOURCE_REMOVE;
}

static void
run_soon (TicketPrinter *self)
{
  if (self->run_source == 0)
    self->run_source = g_idle_add (on_run, self);
}

static void
hang_up (TicketPrinter *self)
{
  g_clear_handle_id (&self->line_source, g_source_remove);
  if (self->link_path != NULL)
    {
      watch_line (self);
      return;
    }
  if (self->connection != NULL)
    g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->connection);
  self->line = -1;
  accept_next (self);
}

static void
take_bytes (TicketPrinter *self, const guint8 *bytes, gsize length)
{
  gsize taken = length;

  if (self->bytes_left != NOT_DYING)
    taken = MIN (length, (gsize)self->bytes_left);
  self->n_bytes += taken;
  jumin_escpos_receive (&self->printer, bytes, taken);
  if (self->bytes_left != NOT_DYING)
    {
      self->bytes_left -= (gint64)taken;
      if (self->bytes_left > 0)
        return;
      on_log (self, "dies");
      self->bytes_left = NOT_DYING;
      jumin_escpos_power_cycle (&self->printer);
      hang_up (self);
      return;
    }
  run_soon (self);
}

static gboolean
on_line_readable (int fd, GIOCondition condition, gpointer data)
{
  TicketPrinter *self = data;
  guint8 bytes[CHUNK_BYTES];

  ssize_t n = read (fd, bytes, sizeof bytes);
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    {
      self->line_source = 0;
      hang_up (self);
      return G_SOURCE_REMOVE;
    }
  guint source = self->line_source;
  take_bytes (self, bytes, (gsize)n);
  return source == self->line_source ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
watch_line (TicketPrinter *self)
{
  if (self->line >= 0 && self->line_source == 0 && !self->hanging)
    self->line_source = g_unix_fd_add (self->line, G_IO_IN, on_line_readable, self);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  TicketPrinter *self = data;
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection
      = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->accepting = FALSE;
  if (connection == NULL)
    {
      on_log (self, error->message);
      return;
    }
  self->connection = connection;
  self->line = g_socket_get_fd (g_socket_connection_get_socket (connection));
  watch_line (self);
}

/* One sender at a time, as with a real printer; the next one waits in the backlog. */
static void
accept_next (TicketPrinter *self)
{
  if (self->accepting)
    return;
  self->accepting = TRUE;
  g_socket_listener_accept_async (self->listener, self->cancellable, on_accepted, self);
}

static gboolean
open_port (TicketPrinter *self, GError **error)
{
  g_autoptr (GSocketAddress) wanted
      = g_inet_socket_address_new_from_string ("127.0.0.1", (guint)self->port);
  g_autoptr (GSocketAddress) bound = NULL;

  self->listener = g_socket_listener_new ();
  if (!g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return FALSE;
  accept_next (self);
  g_print ("ready socket://127.0.0.1:%u\n",
           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return TRUE;
}

/* The slave stays open here, too, so that the master sees no hang-up when the sender closes. */
static gboolean
open_pty (TicketPrinter *self, GError **error)
{
  struct termios raw;
  char name[64];

  if (openpty (&self->line, &self->pty_slave, name, NULL, NULL) != 0
      || tcgetattr (self->pty_slave, &raw) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Opening a pseudo terminal failed: %s",
                   g_strerror (errno));
      return FALSE;
    }
  cfmakeraw (&raw);
  tcsetattr (self->pty_slave, TCSANOW, &raw);
  g_unix_set_fd_nonblocking (self->line, TRUE, NULL);
  g_unlink (self->link_path);
  if (symlink (name, self->link_path) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: %s", self->link_path,
                   g_strerror (errno));
      return FALSE;
    }
  watch_line (self);
  g_print ("ready %s\n", self->link_path);
  return TRUE;
}

/* The commands of the control socket. */

typedef struct
{
  const char *command, *argument;
  gsize offset; /* of the condition in TicketPrinter */
  int value;
} Condition;

static const Condition conditions[] = {
  { "paper", "ok", G_STRUCT_OFFSET (TicketPrinter, printer.roll), JUMIN_ROLL_OK },
  { "paper", "near", G_STRUCT_OFFSET (TicketPrinter, printer.roll), JUMIN_ROLL_NEAR_END },
  { "paper", "end", G_STRUCT_OFFSET (TicketPrinter, printer.roll), JUMIN_ROLL_END },
  { "cover", "open", G_STRUCT_OFFSET (TicketPrinter, printer.cover_open), TRUE },
  { "cover", "closed", G_STRUCT_OFFSET (TicketPrinter, printer.cover_open), FALSE },
  { "cutter", "jam", G_STRUCT_OFFSET (TicketPrinter, printer.cutter_jammed), TRUE },
  { "cutter", "ok", G_STRUCT_OFFSET (TicketPrinter, printer.cutter_jammed), FALSE },
  { "online", "off", G_STRUCT_OFFSET (TicketPrinter, printer.off_line), TRUE },
  { "online", "on", G_STRUCT_OFFSET (TicketPrinter, printer.off_line), FALSE },
  { "hang", "on", G_STRUCT_OFFSET (TicketPrinter, hanging), TRUE },
  { "hang", "off", G_STRUCT_OFFSET (TicketPrinter, hanging), FALSE },
};

static gboolean
set_condition (TicketPrinter *self, const char *command, const char *argument)
{
  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      const Condition *row = &conditions[i];
      if (strcmp (row->command, command) != 0 || strcmp (row->argument, argument) != 0)
        continue;
      G_STRUCT_MEMBER (int, self, row->offset) = row->value;
      if (self->hanging)
        g_clear_handle_id (&self->line_source, g_source_remove);
      watch_line (self);
      run_soon (self);
      return TRUE;
    }
  return FALSE;
}

static void
tell_status (TicketPrinter *self, JuminControlClient *client)
{
  static const char *const rolls[] = { "ok", "near", "end" };
  const JuminEscpos *printer = &self->printer;

  jumin_control_reply (client,
                       "ok tickets=%u bytes=%" G_GUINT64_FORMAT
                       " waiting=%u rows=%u paper=%s cover=%s cutter=%s online=%s hang=%s",
                       printer->paper->n_tickets, self->n_bytes, printer->buffer->len,
                       jumin_paper_count_rows (printer->paper), rolls[printer->roll],
                       printer->cover_open ? "open" : "closed",
                       printer->cutter_jammed ? "jam" : "ok", printer->off_line ? "off" : "on",
                       self->hanging ? "on" : "off");
}

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  TicketPrinter *self = data;
  guint64 bytes;

  if (strcmp (command, "status") == 0)
    tell_status (self, client);
  else if (strcmp (command, "quit") == 0)
    {
      jumin_control_reply (client, "ok");
      g_main_loop_quit (self->loop);
    }
  else if (strcmp (command, "die-after") == 0
           && g_ascii_string_to_unsigned (argument, 10, 1, JUMIN_ESCPOS_BUFFER_MAX, &bytes, NULL))
    {
      self->bytes_left = (gint64)bytes;
      jumin_control_reply (client, "ok");
    }
  else if (set_condition (self, command, argument))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error commands are: paper ok|near|end, cover open|closed, cutter "
                                 "ok|jam, online on|off, hang on|off, die-after BYTES, status, "
                                 "quit");
}

static gboolean
serve (TicketPrinter *self, GError **error)
{
  g_autoptr (JuminControl) control = NULL;

  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: %s", self->dir,
                   g_strerror (errno));
      return FALSE;
    }
  control = jumin_control_new (self->control_path, on_command, self, error);
  if (control == NULL
      || !(self->link_path != NULL ? open_pty (self, error) : open_port (self, error)))
    return FALSE;
  fflush (stdout);
  g_main_loop_run (self->loop);
  return TRUE;
}

static void
finish (TicketPrinter *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->line_source, g_source_remove);
  g_clear_handle_id (&self->run_source, g_source_remove);
  while (g_main_context_iteration (NULL, FALSE))
    continue; /* the cancelled accept */
  g_clear_object (&self->connection);
  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  if (self->link_path != NULL)
    {
      g_unlink (self->link_path);
      close (self->line);
      close (self->pty_slave);
    }
  jumin_escpos_finish (&self->printer);
}

static gboolean
parse_options (TicketPrinter *self, int *argc, char ***argv, GError **error)
{
  GOptionEntry options[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &self->dir, "Where the tickets and the log go", "DIR" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port,
      "TCP port of 127.0.0.1; 0, as without it: any free one", "N" },
    { "pty", 0, 0, G_OPTION_ARG_FILENAME, &self->link_path,
      "Be a device file instead, with this link to it", "LINK" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &self->control_path,
      "Where to listen for commands; without it DIR/control", "SOCKET" },
    { "speed", 0, 0, G_OPTION_ARG_INT, &self->speed_mm_per_s,
      "How fast the paper comes; 0, as without it: at once", "MM_PER_S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- an 80 mm ESC/POS printer");

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (
      context,
      "Commands: paper ok|near|end, cover open|closed, cutter ok|jam, online on|off,\n"
      "hang on|off, die-after BYTES, status, quit. Ends on SIGTERM and with its parent.\n");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->dir != NULL && self->port >= 0 && self->port <= 65535 && self->speed_mm_per_s >= 0
      && self->speed_mm_per_s <= SPEED_MAX)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "--dir is missing, or --port or --speed out of range");
  return FALSE;
}

int
main (int argc, char **argv)
{
  TicketPrinter self = { .line = -1, .pty_slave = -1, .bytes_left = NOT_DYING };
  g_autoptr (GError) error = NULL;
  int exit_code = EXIT_SUCCESS;

  if (!parse_options (&self, &argc, &argv, &error))
    {
      g_printerr ("jumin-peer-ticket-printer: %s\n", error->message);
      return 2;
    }
  if (self.control_path == NULL)
    self.control_path = g_build_filename (self.dir, "control", NULL);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.cancellable = g_cancellable_new ();
  jumin_escpos_init (&self.printer, self.dir, on_say, on_log, &self);
  jumin_peer_end_with_parent (self.loop);
  if (!serve (&self, &error))
    {
      g_printerr ("jumin-peer-ticket-printer: %s\n", error->message);
      exit_code = EXIT_FAILURE;
    }
  finish (&self);
  g_main_loop_unref (self.loop);
  g_free (self.dir);
  g_free (self.link_path);
  g_free (self.control_path);
  return exit_code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-ticket-printer: an 80 mm ESC/POS printer on a TCP port of the loopback or on a pseudo
 * terminal (as a device file). What a person would do to it comes by the control socket, at once or
 * after so many bytes or rows; what comes out lies in DIR as ticket-N.png and, byte for byte,
 * ticket-N.bin. */
#include "control.h"
#include "escpos-printer.h"
#include "printer-line.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMANDS                                                                                   \
  "paper ok|near|end, cover open|closed, cutter ok|jam, jam on|off, online on|off, hang on|off, "  \
  "unplug, plug, drop, power off|on|cycle, after-bytes N COMMAND, after-rows N COMMAND, status, "  \
  "quit"

enum
{
  ROWS_A_MM = 8,
  SPEED_MAX = 1000,
  RUNS_AT_ONCE = 64 /* then the control socket has its turn */
};

/* A command that waits until so many more bytes or rows have come. */
typedef struct
{
  guint64 at; /* 0: none waits */
  char *command;
} Later;

typedef struct
{
  GMainLoop *loop;
  char *dir, *link_path, *control_path;
  int port, speed_mm_per_s;
  JuminEscpos printer;
  JuminPrinterLine line;
  guint run_source;
  gboolean hanging;
  Later after_bytes, after_rows;
  guint64 n_bytes;
} TicketPrinter;

static gboolean obey (TicketPrinter *self, const char *command);

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

  if (!jumin_printer_line_say (&self->line, bytes, length))
    on_log (self, "answer lost");
}

/* Carries out the command that waited, when @now has come. */
static void
look_at_later (TicketPrinter *self, Later *later, guint64 now)
{
  g_autofree char *command = NULL;

  if (later->at == 0 || now < later->at)
    return;
  later->at = 0;
  command = g_steal_pointer (&later->command);
  on_log (self, command);
  obey (self, command);
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
      look_at_later (self, &self->after_rows, self->printer.n_rows);
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
on_take (gpointer data, const guint8 *bytes, gsize length)
{
  TicketPrinter *self = data;

  self->n_bytes += length;
  jumin_escpos_receive (&self->printer, bytes, length);
  run_soon (self);
  look_at_later (self, &self->after_bytes, self->n_bytes);
}

static gsize
on_most (gpointer data)
{
  const TicketPrinter *self = data;

  return self->after_bytes.at == 0 ? G_MAXSIZE : (gsize)(self->after_bytes.at - self->n_bytes);
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
  { "jam", "on", G_STRUCT_OFFSET (TicketPrinter, printer.jammed), TRUE },
  { "jam", "off", G_STRUCT_OFFSET (TicketPrinter, printer.jammed), FALSE },
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
      jumin_printer_line_hold (&self->line, self->hanging);
      run_soon (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
unplug (TicketPrinter *self)
{
  jumin_printer_line_unplug (&self->line);
  return TRUE;
}

static gboolean
plug (TicketPrinter *self)
{
  g_autoptr (GError) error = NULL;
  gboolean plugged = jumin_printer_line_plug (&self->line, &error);

  if (!plugged)
    on_log (self, error->message);
  return plugged;
}

static gboolean
drop (TicketPrinter *self)
{
  jumin_printer_line_drop (&self->line);
  return TRUE;
}

static gboolean
switch_off (TicketPrinter *self)
{
  jumin_escpos_power_cycle (&self->printer);
  return unplug (self);
}

static gboolean
power_cycle (TicketPrinter *self)
{
  return switch_off (self) && plug (self);
}

static const struct
{
  const char *command;
  gboolean (*act) (TicketPrinter *self);
} happenings[] = {
  { "unplug", unplug },        { "plug", plug },     { "drop", drop },
  { "power off", switch_off }, { "power on", plug }, { "power cycle", power_cycle },
};

/* Returns: whether @command is one that changes something here */
static gboolean
obey (TicketPrinter *self, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (happenings); i++)
    if (strcmp (happenings[i].command, command) == 0)
      return happenings[i].act (self);
  return words[0] != NULL && words[1] != NULL && set_condition (self, words[0], words[1]);
}

/* "after-bytes 2000 unplug", "after-rows 100 paper end"; 0 as the number: not any more. */
static gboolean
obey_later (TicketPrinter *self, const char *what, const char *argument)
{
  gboolean bytes = strcmp (what, "after-bytes") == 0;
  Later *later = bytes ? &self->after_bytes : &self->after_rows;
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  guint64 count;

  if (!bytes && strcmp (what, "after-rows") != 0)
    return FALSE;
  if (words[0] == NULL || words[1] == NULL
      || !g_ascii_string_to_unsigned (words[0], 10, 0, JUMIN_ESCPOS_BUFFER_MAX, &count, NULL))
    return FALSE;
  g_free (later->command);
  later->command = g_strdup (words[1]);
  later->at = count == 0 ? 0 : count + (bytes ? self->n_bytes : self->printer.n_rows);
  return TRUE;
}

static void
tell_status (TicketPrinter *self, JuminControlClient *client)
{
  static const char *const rolls[] = { "ok", "near", "end" };
  const JuminEscpos *printer = &self->printer;

  jumin_control_reply (client,
                       "ok tickets=%u scraps=%u bytes=%" G_GUINT64_FORMAT
                       " waiting=%u rows=%u printed=%" G_GUINT64_FORMAT
                       " paper=%s cover=%s cutter=%s jam=%s online=%s hang=%s",
                       printer->paper->n_tickets, printer->paper->n_scraps, self->n_bytes,
                       printer->buffer->len, jumin_paper_count_rows (printer->paper),
                       printer->n_rows, rolls[printer->roll],
                       printer->cover_open ? "open" : "closed",
                       printer->cutter_jammed ? "jam" : "ok", printer->jammed ? "on" : "off",
                       printer->off_line ? "off" : "on", self->hanging ? "on" : "off");
}

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  TicketPrinter *self = data;
  g_autofree char *whole
      = *argument != '\0' ? g_strconcat (command, " ", argument, NULL) : g_strdup (command);

  if (strcmp (command, "status") == 0)
    tell_status (self, client);
  else if (strcmp (command, "quit") == 0)
    {
      jumin_control_reply (client, "ok");
      g_main_loop_quit (self->loop);
    }
  else if (obey (self, whole) || obey_later (self, command, argument))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error commands are: " COMMANDS);
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
  if (control == NULL || !jumin_printer_line_plug (&self->line, error))
    return FALSE;
  if (self->link_path != NULL)
    g_print ("ready %s\n", self->link_path);
  else
    g_print ("ready socket://127.0.0.1:%u\n", self->line.port);
  fflush (stdout);
  g_main_loop_run (self->loop);
  return TRUE;
}

static void
finish (TicketPrinter *self)
{
  jumin_printer_line_unplug (&self->line);
  g_clear_handle_id (&self->run_source, g_source_remove);
  while (g_main_context_iteration (NULL, FALSE))
    continue; /* the cancelled accept */
  g_free (self->after_bytes.command);
  g_free (self->after_rows.command);
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
  g_option_context_set_description (context, "Commands: " COMMANDS
                                             ". Ends on SIGTERM and with its parent.\n");
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
  TicketPrinter self = { .line = { .fd = -1, .pty_slave = -1 } };
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
  self.line.link_path = self.link_path;
  self.line.port = (guint16)self.port;
  self.line.take = on_take;
  self.line.most = on_most;
  self.line.data = &self;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-pcscd: the system's unmodified pcscd, for one folder alone.
 *
 * pcscd takes its socket as fd 3, as from systemd (socket activation), so DIR/pcscd.comm can be
 * anywhere and many can run at once. libjumin-peer-pcscd.so, preloaded, gives it a private /run
 * and USB readers that we plug; libjumin-peer-reader.so is their driver. Both tell us by datagrams
 * to DIR/events what has happened, so "ok" means that clients see it. */
#include "control.h"
#include "pcscd-folder.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum
{
  READER_NAME_MAX = 32,
  ANSWER_MS_MAX = 10000, /* pcscd takes 20 ms; a machine under load may take seconds */
  STOP_MS_MAX = 3000,
  EVENT_BYTES_MAX = 64,
  PID_DIGITS_MAX = 10,
  PCSCD_SOCKET_FD = 3 /* SD_LISTEN_FDS_START of sd_listen_fds(3) */
};

typedef struct
{
  GMainLoop *loop;
  char *dir;
  GPtrArray *plugged; /* names of readers, as if in USB sockets: pcscd comes and goes, they stay */
  guint n_opened;
  GSocket *listener, *events, *plug;
  GSource *events_source;
  GPid pcscd;
  guint pcscd_watch, timer;
  gboolean ready, killed, stopping, made_dir;
  int exit_code;
  JuminControl *control;
  JuminControlClient *waiting; /* whose command is under way */
  char *awaited;               /* the event that answers it; NULL: pcscd's start or end does */
} Launcher;

#define PCSCD_PROGRAM "/usr/sbin/pcscd"

static char *
in_dir (Launcher *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

static void
fail (Launcher *self, const char *message)
{
  g_printerr ("jumin-peer-pcscd: %s\n", message);
  self->exit_code = 1;
  g_main_loop_quit (self->loop);
}

static GSocket *
bind_socket (Launcher *self, const char *name, GSocketType type, GError **error)
{
  g_autofree char *path = in_dir (self, name);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) bound
      = g_socket_new (G_SOCKET_FAMILY_UNIX, type, G_SOCKET_PROTOCOL_DEFAULT, error);

  g_unlink (path);
  if (bound == NULL || !g_socket_bind (bound, address, FALSE, error)
      || (type == G_SOCKET_TYPE_STREAM && !g_socket_listen (bound, error)))
    {
      g_prefix_error (error, "Binding '%s' failed: ", path);
      return NULL;
    }
  return g_steal_pointer (&bound);
}

static void
answer_waiting (Launcher *self, const char *reply)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->awaited, g_free);
  jumin_control_reply (g_steal_pointer (&self->waiting), "%s", reply);
}

/* Between fork and exec; @data is where the digits of LISTEN_PID stand in the child's environment,
 * which it has a copy of. */
static void
prepare_child (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  g_snprintf (data, PID_DIGITS_MAX + 1, "%d", (int)getpid ());
}

/* Nobody shall wait in the queue of a socket that nobody serves. */
static void
close_listener (Launcher *self)
{
  g_autofree char *path = in_dir (self, "pcscd.comm");

  g_unlink (path);
  g_socket_close (self->listener, NULL);
  g_clear_object (&self->listener);
}

static void
on_pcscd_exit (GPid pid, int status, gpointer data)
{
  Launcher *self = data;

  g_spawn_close_pid (pid);
  self->pcscd = 0;
  self->pcscd_watch = 0;
  if (self->stopping)
    g_main_loop_quit (self->loop);
  else if (self->killed)
    {
      close_listener (self);
      if (self->waiting != NULL)
        answer_waiting (self, "ok");
    }
  else
    fail (self, "pcscd has ended by itself; what it said is in pcscd.log");
}

static char **
make_environment (Launcher *self)
{
  g_autofree char *preload = jumin_peer_dup_beside ("libjumin-peer-pcscd.so");
  char **environment = g_get_environ ();

  environment = g_environ_setenv (environment, "LD_PRELOAD", preload, TRUE);
  environment = g_environ_setenv (environment, "JUMIN_PEER_DIR", self->dir, TRUE);
  environment = g_environ_setenv (environment, "LISTEN_FDS", "1", TRUE);
  return g_environ_setenv (environment, "LISTEN_PID", "0000000000", TRUE);
}

static gboolean
start_pcscd (Launcher *self, GError **error)
{
  g_autofree char *conf = in_dir (self, "conf");
  g_autofree char *log_path = in_dir (self, "pcscd.log");
  const char *arguments[] = { PCSCD_PROGRAM, "--foreground", "--config", conf, NULL };
  g_auto (GStrv) environment = make_environment (self);
  char *pid_digits = (char *)g_environ_getenv (environment, "LISTEN_PID");
  int source_fd = g_socket_get_fd (self->listener), target_fd = PCSCD_SOCKET_FD;

  int log_fd = g_open (log_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (log_fd < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Opening '%s' failed: %s", log_path,
                   g_strerror (errno));
      return FALSE;
    }
  g_unix_set_fd_nonblocking (source_fd, FALSE, NULL);
  gboolean started = g_spawn_async_with_pipes_and_fds (
      NULL, arguments, (const char *const *)environment, G_SPAWN_DO_NOT_REAP_CHILD, prepare_child,
      pid_digits, -1, log_fd, log_fd, &source_fd, &target_fd, 1, &self->pcscd, NULL, NULL, NULL,
      error);
  close (log_fd);
  if (started)
    self->pcscd_watch = g_child_watch_add (self->pcscd, on_pcscd_exit, self);
  return started;
}

static gboolean
on_stop_late (gpointer data)
{
  Launcher *self = data;

  self->timer = 0;
  kill (self->pcscd, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
stop_pcscd (Launcher *self)
{
  self->stopping = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->pcscd == 0)
    return;
  kill (self->pcscd, SIGTERM);
  self->timer = g_timeout_add (STOP_MS_MAX, on_stop_late, self);
  g_main_loop_run (self->loop);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static gboolean
plug (Launcher *self, const char *what, const char *name)
{
  g_autofree char *path = in_dir (self, "udev.sock");
  g_autofree char *line = g_strdup_printf ("%s %s", what, name);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  return g_socket_send_to (self->plug, address, line, strlen (line), NULL, NULL) > 0;
}

static void
become_ready (Launcher *self)
{
  self->ready = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->waiting != NULL)
    {
      answer_waiting (self, "ok");
      return;
    }
  g_print ("ready %s/pcscd.comm\n", self->dir);
  fflush (stdout);
}

static gboolean
on_answer_late (gpointer data)
{
  Launcher *self = data;

  self->timer = 0;
  if (self->waiting != NULL)
    answer_waiting (self, "error pcscd does not answer");
  else
    fail (self, "pcscd has not started in time");
  return G_SOURCE_REMOVE;
}

/* "watching", "opened NAME", "closed NAME": see reader-driver.c and fake-udev.c. */
static void
on_event (Launcher *self, const char *event)
{
  if (strcmp (event, "watching") == 0)
    for (guint i = 0; i < self->plugged->len; i++)
      plug (self, "add", self->plugged->pdata[i]);
  if (!self->ready && g_str_has_prefix (event, "opened "))
    self->n_opened++;
  if (!self->ready && self->n_opened == self->plugged->len)
    become_ready (self);
  if (self->awaited != NULL && strcmp (event, self->awaited) == 0)
    answer_waiting (self, "ok");
}

static gboolean
on_events_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  char event[EVENT_BYTES_MAX + 1];

  gssize n = g_socket_receive (socket, event, EVENT_BYTES_MAX, NULL, NULL);
  if (n > 0)
    {
      event[n] = '\0';
      on_event (data, event);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
is_reader_name (const char *name)
{
  return *name != '\0' && strlen (name) <= READER_NAME_MAX
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
                == strlen (name);
}

/* The commands of the control socket: one row, one function. Each answers when it is done. */

static void
do_plug (Launcher *self, const char *command, const char *name)
{
  gboolean add = strcmp (command, "add") == 0;
  guint place;
  gboolean there = g_ptr_array_find_with_equal_func (self->plugged, name, g_str_equal, &place);

  if (!is_reader_name (name))
    answer_waiting (self, "error a reader's name has 1 to 32 letters and digits");
  else if (add == there)
    answer_waiting (self, add ? "error it is plugged in" : "error it is not plugged in");
  else
    {
      if (add)
        g_ptr_array_add (self->plugged, g_strdup (name));
      else
        {
          g_autofree char *card = g_strdup_printf ("%s/card-%s.sock", self->dir, name);

          /* A command that is under way ends with it. */
          g_unlink (card);
          g_ptr_array_remove_index (self->plugged, place);
        }
      if (self->killed)
        answer_waiting (self, "ok");
      else if (!plug (self, command, name))
        answer_waiting (self, "error pcscd does not listen");
      else
        self->awaited = g_strdup_printf ("%s %s", add ? "opened" : "closed", name);
    }
}

static void
do_kill (Launcher *self, const char *command, const char *argument)
{
  if (self->killed)
    {
      answer_waiting (self, "error it is killed");
      return;
    }
  self->killed = TRUE;
  kill (self->pcscd, SIGKILL);
}

static void
do_start (Launcher *self, const char *command, const char *argument)
{
  g_autoptr (GError) error = NULL;

  if (!self->killed)
    {
      answer_waiting (self, "error it runs");
      return;
    }
  self->killed = self->ready = FALSE;
  self->n_opened = 0;
  self->listener = bind_socket (self, "pcscd.comm", G_SOCKET_TYPE_STREAM, &error);
  if (self->listener == NULL || !start_pcscd (self, &error))
    fail (self, error->message);
}

static const struct
{
  const char *name;
  void (*act) (Launcher *self, const char *command, const char *argument);
} commands[] = {
  { "add", do_plug },
  { "remove", do_plug },
  { "kill", do_kill },
  { "start", do_start },
};

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  Launcher *self = data;

  if (strcmp (command, "quit") == 0)
    {
      jumin_control_reply (client, "ok");
      g_main_loop_quit (self->loop);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, command) == 0)
      {
        if ((!self->ready && !self->killed) || self->waiting != NULL)
          {
            jumin_control_reply (client, "error busy");
            return;
          }
        self->waiting = client;
        self->timer = g_timeout_add (ANSWER_MS_MAX, on_answer_late, self);
        commands[i].act (self, command, argument);
        return;
      }
  jumin_control_reply (client, "error no such command; there are: add NAME, remove NAME, kill, "
                               "start, quit");
}

static gboolean
start (Launcher *self, GError **error)
{
  g_autofree char *control_path = in_dir (self, "control");

  self->made_dir = !g_file_test (self->dir, G_FILE_TEST_EXISTS);
  if (!pcscd_folder_make (self->dir, error))
    return FALSE;
  self->listener = bind_socket (self, "pcscd.comm", G_SOCKET_TYPE_STREAM, error);
  self->events
      = self->listener ? bind_socket (self, "events", G_SOCKET_TYPE_DATAGRAM, error) : NULL;
  if (self->events == NULL)
    return FALSE;
  self->plug = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM,
                             G_SOCKET_PROTOCOL_DEFAULT, error);
  self->control = self->plug ? jumin_control_new (control_path, on_command, self, error) : NULL;
  if (self->control == NULL)
    return FALSE;
  self->events_source = g_socket_create_source (self->events, G_IO_IN, NULL);
  g_source_set_callback (self->events_source, G_SOURCE_FUNC (on_events_readable), self, NULL);
  g_source_attach (self->events_source, NULL);
  self->timer = g_timeout_add (ANSWER_MS_MAX, on_answer_late, self);
  return start_pcscd (self, error);
}

static void
finish (Launcher *self)
{
  stop_pcscd (self);
  if (self->waiting != NULL)
    answer_waiting (self, "error ended");
  g_clear_pointer (&self->control, jumin_control_free);
  if (self->events_source != NULL)
    g_source_destroy (self->events_source);
  g_clear_pointer (&self->events_source, g_source_unref);
  g_clear_object (&self->events);
  g_clear_object (&self->plug);
  g_clear_object (&self->listener);
  pcscd_folder_remove (self->dir, self->exit_code != 0);
  if (self->made_dir)
    g_rmdir (self->dir);
}

int
main (int argc, char **argv)
{
  Launcher self = { 0 };
  g_autofree char *dir = NULL;
  g_auto (GStrv) readers = NULL;
  g_autoptr (GError) error = NULL;
  GOptionEntry options[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &dir, "Folder of all its files; made if missing", "DIR" },
    { "reader", 0, 0, G_OPTION_ARG_STRING_ARRAY, &readers,
      "Reader that is plugged in from the start; its card socket is DIR/card-NAME.sock", "NAME" },
    { NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new ("- a pcscd of one's own, with virtual readers");

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (
      context,
      "Programs find it by PCSCLITE_CSOCK_NAME=DIR/pcscd.comm. Control socket: DIR/control\n"
      "(add NAME, remove NAME, kill, start, quit). Ends on SIGTERM and with its parent.\n");
  if (!g_option_context_parse (context, &argc, &argv, &error) || dir == NULL)
    {
      g_printerr ("jumin-peer-pcscd: %s\n", error ? error->message : "--dir is missing");
      return 2;
    }
  for (char **name = readers; name && *name; name++)
    if (!is_reader_name (*name))
      {
        g_printerr ("jumin-peer-pcscd: '%s' is no reader's name\n", *name);
        return 2;
      }

  self.loop = g_main_loop_new (NULL, FALSE);
  self.dir = g_canonicalize_filename (dir, NULL);
  self.plugged = g_ptr_array_new_with_free_func (g_free);
  for (char **name = readers; name && *name; name++)
    g_ptr_array_add (self.plugged, g_strdup (*name));
  jumin_peer_end_with_parent (self.loop);
  if (start (&self, &error))
    g_main_loop_run (self.loop);
  else
    fail (&self, error->message);
  finish (&self);
  g_main_loop_unref (self.loop);
  g_ptr_array_unref (self.plugged);
  g_free (self.dir);
  return self.exit_code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-ui-keeper: keeps a screen there.
 *
 *   jumin-ui-keeper PROGRAM [ARGUMENT...]
 *
 * It starts the program with "--keeper=3", a socket to it, and again when it has ended. A program
 * that has shown a person's data asks for relief (relief.h): a second one is started beside it, and
 * the first is ended only when the second is on the screen, so that the screen is never empty. The
 * compositor's program is the keeper, which shows nothing and has nothing to forget. */
#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ui/relief.h"

enum
{
  KEEPER_FD = 3,
  TURNS = 2,            /* one on the screen, and one that takes over */
  AGAIN_MS = 100,       /* before a program that has ended is started again */
  AGAIN_SOON_MS = 1000, /* one that did not live for so long */
  TAKE_OVER_MS = 10000
};

#define KEEPER_OPTION "--keeper=3" /* KEEPER_FD */

typedef struct _Keeper Keeper;

/* One program that runs. */
typedef struct
{
  Keeper *keeper;
  GSubprocess *process;
  int fd;
  guint source;
  gint64 since_us;
  gboolean up;
} Turn;

struct _Keeper
{
  char **arguments;
  GMainLoop *loop;
  Turn *turns[TURNS]; /* (nullable): the first one is on the screen */
  guint again_source, take_over_source;
  gboolean ending;
};

static void begin (Keeper *self);

static void
turn_free (Turn *turn)
{
  g_clear_handle_id (&turn->source, g_source_remove);
  close (turn->fd);
  g_object_unref (turn->process);
  g_free (turn);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Turn, turn_free)

static void
end (const Turn *turn, int how)
{
  if (turn != NULL)
    g_subprocess_send_signal (turn->process, how);
}

static gboolean
on_take_over_late (gpointer data)
{
  Keeper *self = data;

  self->take_over_source = 0;
  g_message ("The screen that was to take over does not come");
  for (int i = 0; i < TURNS; i++)
    end (self->turns[i], SIGKILL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_word (int fd, GIOCondition condition, gpointer data)
{
  Turn *turn = data;
  Keeper *self = turn->keeper;
  char word = 0;
  ssize_t got = read (fd, &word, 1);

  if (got <= 0 && !(got < 0 && errno == EINTR))
    {
      turn->source = 0; /* it ends */
      return G_SOURCE_REMOVE;
    }
  if (word == JUMIN_RELIEF_UP)
    {
      turn->up = TRUE;
      if (turn == self->turns[1])
        {
          g_clear_handle_id (&self->take_over_source, g_source_remove);
          end (self->turns[0], SIGTERM);
        }
    }
  else if (word == JUMIN_RELIEF_WANT && turn == self->turns[0] && self->turns[1] == NULL
           && !self->ending)
    {
      self->take_over_source = g_timeout_add (TAKE_OVER_MS, on_take_over_late, self);
      begin (self);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_again (gpointer data)
{
  Keeper *self = data;

  self->again_source = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
forget (Keeper *self, Turn *turn)
{
  if (turn == self->turns[0])
    {
      self->turns[0] = self->turns[1];
      self->turns[1] = NULL;
      return;
    }
  /* Whoever was to take over has failed; who is on the screen has left core. */
  self->turns[1] = NULL;
  end (self->turns[0], SIGTERM);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Turn) turn = data;
  Keeper *self = turn->keeper;
  gboolean soon = g_get_monotonic_time () - turn->since_us < AGAIN_SOON_MS * 1000;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  forget (self, turn);
  if (self->turns[1] == NULL)
    g_clear_handle_id (&self->take_over_source, g_source_remove);
  if (self->turns[0] != NULL)
    return;
  if (self->ending)
    g_main_loop_quit (self->loop);
  else if (self->again_source == 0)
    self->again_source = g_timeout_add (soon ? AGAIN_SOON_MS : AGAIN_MS, on_again, self);
}

/* In the child, before it is the program. */
static void
on_forked (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
begin (Keeper *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  Turn *turn;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
    g_error ("Making a socket failed: %s", g_strerror (errno));
  g_subprocess_launcher_set_child_setup (launcher, on_forked, NULL, NULL);
  g_subprocess_launcher_take_fd (launcher, ends[1], KEEPER_FD);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)self->arguments, &error);
  if (process == NULL)
    {
      close (ends[0]);
      g_message ("%s", error->message);
      if (self->turns[0] == NULL)
        self->again_source = g_timeout_add (AGAIN_SOON_MS, on_again, self);
      return;
    }
  turn = g_new0 (Turn, 1);
  *turn = (Turn){
    .keeper = self, .process = process, .fd = ends[0], .since_us = g_get_monotonic_time ()
  };
  turn->source = g_unix_fd_add (turn->fd, G_IO_IN | G_IO_HUP, on_word, turn);
  self->turns[self->turns[0] == NULL ? 0 : 1] = turn;
  g_subprocess_wait_async (process, NULL, on_ended, turn);
}

static gboolean
on_quit (gpointer data)
{
  Keeper *self = data;

  self->ending = TRUE;
  g_clear_handle_id (&self->again_source, g_source_remove);
  for (int i = 0; i < TURNS; i++)
    end (self->turns[i], SIGTERM);
  if (self->turns[0] == NULL)
    g_main_loop_quit (self->loop);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_auto (GStrv) command = NULL;
  Keeper self = { .loop = loop };
  guint terminate, interrupt;

  if (argc < 2 || argv[1][0] == '-')
    {
      g_printerr ("Usage: jumin-ui-keeper PROGRAM [ARGUMENT...]\n");
      return EXIT_FAILURE;
    }
  g_strv_builder_addv (arguments, (const char **)argv + 1);
  g_strv_builder_add (arguments, KEEPER_OPTION);
  self.arguments = command = g_strv_builder_end (arguments);
  terminate = g_unix_signal_add (SIGTERM, on_quit, &self);
  interrupt = g_unix_signal_add (SIGINT, on_quit, &self);
  begin (&self);
  g_main_loop_run (loop);
  g_clear_handle_id (&terminate, g_source_remove);
  g_clear_handle_id (&interrupt, g_source_remove);
  return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tray's end of the line protocol against a peer's end of it. */
#include "control.h"
#include "tray/control-line.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir, *path;
  JuminControl *control;
  GAsyncResult *result;
} Fixture;

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  if (strcmp (command, "say") == 0)
    jumin_control_reply (client, "ok %s", argument);
  else
    jumin_control_reply (client, "error no such command");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "control", NULL);
  self->control = jumin_control_new (self->path, on_command, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->control, jumin_control_free);
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_free (self->dir);
  g_free (self->path);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->result = g_object_ref (result);
}

static char *
ask (Fixture *self, const char *command, GError **error)
{
  jumin_control_line_ask_async (self->path, command, NULL, on_answered, self);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  char *reply = jumin_control_line_ask_finish (self->result, error);
  g_clear_object (&self->result);
  return reply;
}

static void
test_ok_gives_what_follows (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reply = ask (self, "say 您好 again", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reply, ==, "您好 again");
  g_autofree char *nothing = ask (self, "say", &error);
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_an_error_gives_its_words (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (self, "dance", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "no such command");
}

static void
test_a_line_that_is_too_long_ends_the_connection (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strnfill (JUMIN_CONTROL_LINE_MAX + 1, 'x');

  g_assert_null (ask (self, line, &error));
  g_assert_nonnull (error);
}

static void
test_nobody_there_is_an_error (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->control, jumin_control_free);
  g_assert_null (ask (self, "say", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/control-line/ok_gives_what_follows", Fixture, NULL, set_up,
              test_ok_gives_what_follows, tear_down);
  g_test_add ("/control-line/an_error_gives_its_words", Fixture, NULL, set_up,
              test_an_error_gives_its_words, tear_down);
  g_test_add ("/control-line/a_line_that_is_too_long_ends_the_connection", Fixture, NULL, set_up,
              test_a_line_that_is_too_long_ends_the_connection, tear_down);
  g_test_add ("/control-line/nobody_there_is_an_error", Fixture, NULL, set_up,
              test_nobody_there_is_an_error, tear_down);
  return g_test_run ();
}

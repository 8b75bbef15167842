/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the peers and speaks to them; they end with this process. */
#include "pcscd-fixture.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

static char *folder; /* short: a Unix socket's path has 107 bytes */

static void
remove_folder (void)
{
  g_autofree char *reader = g_build_filename (folder, "card-R1.sock", NULL);

  /* A reader that went in haste leaves its socket. */
  g_unlink (reader);
  g_rmdir (folder);
}

static void
choose_folder (void)
{
  g_autofree char *socket = NULL;

  if (folder != NULL)
    return;
  folder = g_dir_make_tmp ("jumin-pcsc-XXXXXX", NULL);
  g_assert_nonnull (folder);
  atexit (remove_folder);
  socket = g_build_filename (folder, "pcscd.comm", NULL);
  g_setenv ("PCSCLITE_CSOCK_NAME", socket, TRUE);
}

/* Returns when the peer says that it is ready. */
static GSubprocess *
start_peer (const char *program, const char *const *arguments)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *ready = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *peer;

  g_ptr_array_add (line, g_build_filename (g_getenv ("JUMIN_PEERS"), program, NULL));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (line, g_strdup (arguments[i]));
  g_ptr_array_add (line, NULL);
  peer = g_subprocess_newv ((const char *const *)line->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                            &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  ready = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ready != NULL && g_str_has_prefix (ready, "ready"));
  return peer;
}

static void
stop_peer (GSubprocess **peer)
{
  if (*peer == NULL)
    return;
  g_subprocess_send_signal (*peer, SIGTERM);
  g_subprocess_wait (*peer, NULL, NULL);
  g_clear_object (peer);
}

static void
tell (const char *control, const char *command)
{
  g_autofree char *path = g_build_filename (folder, control, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autofree char *line = g_strconcat (command, "\n", NULL), *reply = NULL;
  g_autoptr (GError) error = NULL;

  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line,
                             strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  reply = g_data_input_stream_read_line (input, NULL, NULL, &error);
  g_assert_no_error (error);
  if (reply == NULL || !g_str_has_prefix (reply, "ok"))
    g_error ("The peer answers '%s' to '%s'", reply, command);
}

void
pcscd_fixture_start_pcscd (PcscdFixture *self)
{
  self->pcscd = start_peer ("jumin-peer-pcscd",
                            (const char *const[]){ "--dir", folder, "--reader", "R1", NULL });
}

void
pcscd_fixture_stop_pcscd (PcscdFixture *self)
{
  stop_peer (&self->pcscd);
}

void
pcscd_fixture_init (PcscdFixture *self)
{
  g_autofree char *reader = NULL, *control = NULL;

  choose_folder ();
  reader = g_build_filename (folder, "card-R1.sock", NULL);
  control = g_build_filename (folder, "card-control", NULL);
  pcscd_fixture_start_pcscd (self);
  self->card = start_peer ("jumin-peer-card",
                           (const char *const[]){ "--reader", reader, "--control", control, NULL });
}

void
pcscd_fixture_finish (PcscdFixture *self)
{
  stop_peer (&self->card);
  stop_peer (&self->pcscd);
}

void
pcscd_fixture_tell_pcscd (PcscdFixture *self, const char *command)
{
  tell ("control", command);
}

void
pcscd_fixture_tell_card (PcscdFixture *self, const char *command)
{
  tell ("card-control", command);
}

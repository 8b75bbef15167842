/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A private pcscd and a card, from the peers. */
#include "pcscd-fixture.h"

#include <glib/gstdio.h>

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

void
peer_tell (JuminPeerRun *peer, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (peer, command);

  if (!g_str_has_prefix (reply, "ok"))
    g_error ("The peer answers '%s' to '%s'", reply, command);
}

void
pcscd_fixture_start_pcscd (PcscdFixture *self)
{
  g_autofree char *control = g_build_filename (folder, "control", NULL);

  self->pcscd
      = jumin_peer_run ("jumin-peer-pcscd", control, "--dir", folder, "--reader", "R1", NULL);
}

void
pcscd_fixture_stop_pcscd (PcscdFixture *self)
{
  g_clear_pointer (&self->pcscd, jumin_peer_run_end);
}

void
pcscd_fixture_init (PcscdFixture *self)
{
  g_autofree char *reader = NULL, *control = NULL;

  choose_folder ();
  reader = g_build_filename (folder, "card-R1.sock", NULL);
  control = g_build_filename (folder, "card-control", NULL);
  pcscd_fixture_start_pcscd (self);
  self->card
      = jumin_peer_run ("jumin-peer-card", control, "--reader", reader, "--control", control, NULL);
}

void
pcscd_fixture_finish (PcscdFixture *self)
{
  g_clear_pointer (&self->card, jumin_peer_run_end);
  pcscd_fixture_stop_pcscd (self);
}

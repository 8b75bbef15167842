/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CONTROL_LINE_MAX = 512,
  JUMIN_CONTROL_CLIENTS_MAX = 16
};

/**
 * JuminControl:
 *
 * The control socket of a peer: a Unix stream socket, one command a line, one reply line for each,
 * "ok", "ok …" or "error …". Commands of one connection are answered in their order.
 */
typedef struct _JuminControl JuminControl;
typedef struct _JuminControlClient JuminControlClient;

/* @command: the first word; @argument: the rest, or "". Answer it with jumin_control_reply(), once,
 * now or later. */
typedef void (*JuminControlHandler) (JuminControlClient *client, const char *command,
                                     const char *argument, gpointer data);

JuminControl *jumin_control_new (const char *path, JuminControlHandler handler, gpointer data,
                                 GError **error);
void jumin_control_free (JuminControl *self);
void jumin_control_reply (JuminControlClient *client, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* What all peers do: end with their parent, and on SIGTERM or SIGINT leave @loop. */
void jumin_peer_end_with_parent (GMainLoop *loop);
/* The folder of this program, or of @file beside it. */
char *jumin_peer_dup_beside (const char *file);
/* @file of data/sandbox: in the build folder, or where it is installed. */
char *jumin_peer_dup_data (const char *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminControl, jumin_control_free)

G_END_DECLS

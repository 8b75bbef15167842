/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_CONTROL_REPLY_MAX = 4096,
  JUMIN_CONTROL_REPLY_S = 15 /* a peer may wait for pcscd */
};

/**
 * jumin_control_line_ask_async:
 * @path: control socket of a peer or of the sandbox
 * @command: one line, without its end
 *
 * Connects, sends @command, reads the one line of reply. Errors: those of the connection;
 * G_IO_ERROR_FAILED with the words of an "error …" reply.
 */
void jumin_control_line_ask_async (const char *path, const char *command, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
/* Returns: (transfer full): what stands after "ok", perhaps nothing */
char *jumin_control_line_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS

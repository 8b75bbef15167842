/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminPhone:
 * @platform: control socket of the sandbox, which makes the code
 * @camera: control socket of the camera's peer, which sees it
 * @program: draws a telephone: TEXT OUT.png
 *
 * The telephone of an invented resident, held before the camera.
 */
typedef struct
{
  char *platform, *camera, *program;
} JuminPhone;

void jumin_phone_show_async (const JuminPhone *self, const char *command, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
char *jumin_phone_show_finish (GAsyncResult *result, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JuminPeerCheck:
 * @user: as whom somebody connects, which the kernel says (SO_PEERCRED)
 * @who: what the server was made with
 *
 * Called in a thread of GDBus: it looks at constants and at the lists of users.
 */
typedef gboolean (*JuminPeerCheck) (uid_t user, guint who);

GDBusServer *jumin_peer_server_new (const char *socket, JuminPeerCheck may_connect, guint who,
                                    GError **error);
void jumin_peer_server_stop (GDBusServer *server, const char *socket);

G_END_DECLS

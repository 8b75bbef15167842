/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GDBus peer to peer over a Unix socket of our own, for users that are named. */
#include "front/peer-server.h"

#include <glib/gstdio.h>

typedef struct
{
  JuminPeerCheck may_connect;
  guint who;
} Gate;

static gboolean
on_allow_mechanism (GDBusAuthObserver *observer, const char *mechanism, gpointer data)
{
  return g_str_equal (mechanism, "EXTERNAL");
}

static gboolean
on_authorize (GDBusAuthObserver *observer, GIOStream *stream, GCredentials *credentials,
              gpointer data)
{
  const Gate *gate = data;
  uid_t user = credentials != NULL ? g_credentials_get_unix_user (credentials, NULL) : (uid_t)-1;

  return user != (uid_t)-1 && gate->may_connect (user, gate->who);
}

static void
gate_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * jumin_peer_server_new:
 * @socket: path of the Unix socket; one left behind by a killed core is replaced
 * @may_connect: whom it lets in, with @who
 *
 * Errors: those of GDBusServer.
 *
 * Returns: (transfer full) (nullable): a server; it listens from g_dbus_server_start() on
 */
GDBusServer *
jumin_peer_server_new (const char *socket, JuminPeerCheck may_connect, guint who, GError **error)
{
  g_autoptr (GDBusAuthObserver) observer = g_dbus_auth_observer_new ();
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autofree char *escaped = g_dbus_address_escape_value (socket);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  Gate *gate = g_new (Gate, 1);
  GDBusServer *server;

  *gate = (Gate){ may_connect, who };
  g_signal_connect (observer, "allow-mechanism", G_CALLBACK (on_allow_mechanism), NULL);
  g_signal_connect_data (observer, "authorize-authenticated-peer", G_CALLBACK (on_authorize), gate,
                         gate_free, G_CONNECT_DEFAULT);
  g_unlink (socket);
  server = g_dbus_server_new_sync (address, G_DBUS_SERVER_FLAGS_NONE, guid, observer, NULL, error);
  /* The peer is checked by its credentials; the file mode only has to let it in. */
  if (server != NULL)
    g_chmod (socket, 0666);
  return server;
}

void
jumin_peer_server_stop (GDBusServer *server, const char *socket)
{
  g_dbus_server_stop (server);
  g_unlink (socket);
}

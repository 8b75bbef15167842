/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The border, core's side: GDBus peer to peer over a private socket; only one user may connect.
 *
 * Invariants: at most one view is on its way. The next one is published when the ui has answered
 * Act ("shown"); what changed meanwhile is in it, and nothing is published where nothing is drawn
 * differently. A ui that does not answer in time is dropped, so nothing queues up without bound. */
#include "front/border-server.h"

#include <gio/gunixfdlist.h>

#include "border.h"
#include "front/peer-server.h"
#include "front/view-builder.h"

#define OBJECT_PATH "/org/jumin/Border"

struct _JuminBorderServer
{
  GObject parent_instance;
  GDBusServer *server;
  GDBusConnection *ui;
  JuminBorder *border;
  JuminTerminal *terminal;
  JuminClock *clock;
  JuminAudit *audit;
  char *socket;
  guint reply_ms;
  guint64 revision;
  gboolean current; /* the ui that is connected has the last view */
  gboolean awaiting_shown, outdated;
  gpointer reply_timer;
};

G_DEFINE_FINAL_TYPE (JuminBorderServer, jumin_border_server, G_TYPE_OBJECT)

static void
drop_ui (JuminBorderServer *self, const char *why)
{
  GDBusConnection *ui = g_steal_pointer (&self->ui);

  if (ui == NULL)
    return;
  jumin_audit_write (self->audit, JUMIN_AUDIT_UI_LOST, "why", why, NULL);
  jumin_clock_cancel (self->clock, &self->reply_timer);
  self->current = self->awaiting_shown = FALSE;
  g_signal_handlers_disconnect_by_data (ui, self);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->border));
  g_dbus_connection_close (ui, NULL, NULL, NULL);
  g_object_unref (ui);
}

static gboolean
on_no_reply (gpointer data)
{
  JuminBorderServer *self = data;

  self->reply_timer = NULL;
  g_message ("The ui did not answer; its connection is closed");
  drop_ui (self, "silent");
  return G_SOURCE_REMOVE;
}

static void
publish (JuminBorderServer *self)
{
  g_autoptr (JuminView) view = NULL;
  g_autoptr (GVariant) same = NULL;

  self->outdated = TRUE;
  if (self->ui == NULL || self->awaiting_shown || jumin_terminal_is_turning (self->terminal))
    return;
  self->outdated = FALSE;
  view = jumin_view_build (jumin_terminal_get_scene (self->terminal));
  view->revision = self->revision;
  same = g_variant_ref_sink (jumin_view_to_variant (view));
  if (self->current && g_variant_equal (same, jumin_border_get_view (self->border)))
    return;
  view->revision = ++self->revision;
  self->current = self->awaiting_shown = TRUE;
  self->reply_timer = jumin_clock_after (self->clock, self->reply_ms, on_no_reply, self);
  jumin_border_set_view (self->border, jumin_view_to_variant (view));
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (self->border));
}

static void
on_terminal_changed (JuminTerminal *terminal, JuminBorderServer *self)
{
  publish (self);
}

static void
take_shown (JuminBorderServer *self, GVariant *values)
{
  guint64 revision = 0;

  if (!g_variant_lookup (values, "revision", "t", &revision) || revision != self->revision)
    return;
  jumin_clock_cancel (self->clock, &self->reply_timer);
  self->awaiting_shown = FALSE;
  if (self->outdated)
    publish (self);
}

static gboolean
on_act (JuminBorder *border, GDBusMethodInvocation *invocation, const char *action, guint64 page,
        GVariant *values, JuminBorderServer *self)
{
  gboolean taken = TRUE;

  if (g_str_equal (action, "shown"))
    take_shown (self, values);
  else
    taken = jumin_terminal_act (self->terminal, action, page, values);
  jumin_border_complete_act (border, invocation, taken ? "taken" : "stale",
                             jumin_terminal_get_scene (self->terminal)->deadline);
  return TRUE;
}

static const struct
{
  const char *name;
  int (*open) (JuminTerminal *terminal);
} opens[] = {
  { "camera", jumin_terminal_open_preview },
  { "document", jumin_terminal_open_document },
};

static gboolean
on_open (JuminBorder *border, GDBusMethodInvocation *invocation, GUnixFDList *none,
         const char *name, JuminBorderServer *self)
{
  g_autoptr (GUnixFDList) descriptors = NULL;
  int descriptor = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (opens); i++)
    if (g_str_equal (opens[i].name, name))
      descriptor = opens[i].open (self->terminal);
  if (descriptor < 0)
    {
      g_dbus_method_invocation_return_error (invocation, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                             "Opening '%s' failed: this page shows no such thing",
                                             name);
      return TRUE;
    }
  descriptors = g_unix_fd_list_new_from_array (&descriptor, 1);
  jumin_border_complete_open (border, invocation, descriptors, g_variant_new_handle (0));
  return TRUE;
}

static void
on_closed (GDBusConnection *connection, gboolean remote, GError *error, JuminBorderServer *self)
{
  drop_ui (self, "closed");
}

static gboolean
on_new_connection (GDBusServer *server, GDBusConnection *connection, JuminBorderServer *self)
{
  g_autoptr (GError) error = NULL;

  drop_ui (self, "replaced");
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->border), connection,
                                         OBJECT_PATH, &error))
    {
      g_warning ("%s", error->message);
      return FALSE;
    }
  self->ui = g_object_ref (connection);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  jumin_audit_write (self->audit, JUMIN_AUDIT_UI_CONNECTED, NULL);
  publish (self);
  return TRUE;
}

static gboolean
is_user (uid_t user, guint peer)
{
  return user == peer;
}

static void
jumin_border_server_dispose (GObject *object)
{
  JuminBorderServer *self = JUMIN_BORDER_SERVER (object);

  if (self->server != NULL)
    {
      drop_ui (self, "stop");
      jumin_peer_server_stop (self->server, self->socket);
    }
  g_clear_object (&self->server);
  g_clear_object (&self->border);
  g_clear_object (&self->terminal);
  g_clear_object (&self->clock);
  g_clear_object (&self->audit);
  g_clear_pointer (&self->socket, g_free);
  G_OBJECT_CLASS (jumin_border_server_parent_class)->dispose (object);
}

static void
jumin_border_server_class_init (JuminBorderServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_border_server_dispose;
}

static void
jumin_border_server_init (JuminBorderServer *self)
{
  self->border = jumin_border_skeleton_new ();
}

/**
 * jumin_border_server_new:
 * @socket: path of the Unix socket; one left behind by a killed core is replaced
 * @peer: the only user who may connect
 * @reply_ms: how long a ui may take to answer a view
 *
 * Errors: those of GDBusServer.
 *
 * Returns: (transfer full): a server that listens
 */
JuminBorderServer *
jumin_border_server_new (const char *socket, uid_t peer, guint reply_ms, JuminTerminal *terminal,
                         JuminClock *clock, JuminAudit *audit, GError **error)
{
  g_autoptr (JuminBorderServer) self = g_object_new (JUMIN_TYPE_BORDER_SERVER, NULL);

  self->socket = g_strdup (socket);
  self->reply_ms = reply_ms;
  self->terminal = g_object_ref (terminal);
  self->clock = g_object_ref (clock);
  self->audit = g_object_ref (audit);
  g_signal_connect_object (terminal, "changed", G_CALLBACK (on_terminal_changed), self, 0);
  g_signal_connect (self->border, "handle-act", G_CALLBACK (on_act), self);
  g_signal_connect (self->border, "handle-open", G_CALLBACK (on_open), self);
  self->server = jumin_peer_server_new (socket, is_user, peer, error);
  if (self->server == NULL)
    return NULL;
  g_signal_connect (self->server, "new-connection", G_CALLBACK (on_new_connection), self);
  g_dbus_server_start (self->server);
  return g_steal_pointer (&self);
}

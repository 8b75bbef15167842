/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ui's end of the border: connects to core, and again each time core goes away.
 *
 *   away --connect--> joining --proxy--> up --closed--> away (after 50 ms, at most 500 ms)
 *
 * It keeps no view: whoever shows it takes it. A view that cannot be read is passed over. */
#include "ui/link.h"

#include "border.h"

#include <gio/gunixfdlist.h>

enum
{
  RECONNECT_FIRST_MS = 50,
  RECONNECT_LAST_MS = 500,
  ACT_REPLY_MS = 5000
};

#define BORDER_PATH "/org/jumin/Border"

struct _JuminLink
{
  GObject parent_instance;
  char *address;
  GDBusConnection *connection;
  JuminBorder *proxy;
  JuminView *view;
  GCancellable *cancellable;
  guint reconnect_ms, reconnect_source;
  gboolean last;
};

G_DEFINE_FINAL_TYPE (JuminLink, jumin_link, G_TYPE_OBJECT)

enum
{
  VIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void join_core (JuminLink *self);

static gboolean
on_reconnect (gpointer data)
{
  JuminLink *self = data;

  self->reconnect_source = 0;
  join_core (self);
  return G_SOURCE_REMOVE;
}

static void
leave_core (JuminLink *self)
{
  gboolean was_up = self->proxy != NULL;

  if (self->proxy != NULL)
    g_signal_handlers_disconnect_by_data (self->proxy, self);
  if (self->connection != NULL)
    g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->proxy);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->view, jumin_view_free);
  if (was_up)
    g_signal_emit (self, signals[VIEW], 0);
}

static void
join_later (JuminLink *self)
{
  leave_core (self);
  if (self->reconnect_source != 0 || self->last)
    return;
  self->reconnect_source = g_timeout_add (self->reconnect_ms, on_reconnect, self);
  self->reconnect_ms = MIN (self->reconnect_ms * 2, RECONNECT_LAST_MS);
}

static void
on_closed (GDBusConnection *connection, gboolean vanished, GError *error, JuminLink *self)
{
  join_later (self);
}

static void
show_view (JuminLink *self)
{
  GVariant *variant = jumin_border_get_view (self->proxy);
  g_autoptr (GError) error = NULL;
  JuminView *view;

  if (variant == NULL || g_variant_n_children (variant) == 0)
    return;
  view = jumin_view_from_variant (variant, &error);
  if (view == NULL)
    {
      g_warning ("Reading a view failed: %s", error->message);
      return;
    }
  g_clear_pointer (&self->view, jumin_view_free);
  self->view = view;
  g_signal_emit (self, signals[VIEW], 0);
}

static void
on_view_changed (JuminBorder *proxy, GParamSpec *property, JuminLink *self)
{
  show_view (self);
}

static void
on_proxy_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminLink) self = data;
  g_autoptr (GError) error = NULL;
  JuminBorder *proxy = jumin_border_proxy_new_finish (result, &error);

  if (proxy == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        join_later (self);
      return;
    }
  self->proxy = proxy;
  self->reconnect_ms = RECONNECT_FIRST_MS;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (proxy), ACT_REPLY_MS);
  g_signal_connect_object (proxy, "notify::view", G_CALLBACK (on_view_changed), self, 0);
  show_view (self);
}

static void
on_connection_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminLink) self = data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, &error);

  if (connection == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        join_later (self);
      return;
    }
  self->connection = connection;
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, 0);
  jumin_border_proxy_new (connection, G_DBUS_PROXY_FLAGS_NONE, NULL, BORDER_PATH, self->cancellable,
                          on_proxy_ready, g_object_ref (self));
}

static void
join_core (JuminLink *self)
{
  g_dbus_connection_new_for_address (self->address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT,
                                     NULL, self->cancellable, on_connection_ready,
                                     g_object_ref (self));
}

void
jumin_link_start (JuminLink *self)
{
  g_return_if_fail (JUMIN_IS_LINK (self));
  join_core (self);
}

/**
 * jumin_link_set_last:
 *
 * From now on core is not joined again once it has gone away: it has turned to another screen.
 */
void
jumin_link_set_last (JuminLink *self)
{
  self->last = TRUE;
}

gboolean
jumin_link_is_up (JuminLink *self)
{
  return self->proxy != NULL;
}

/**
 * jumin_link_take_view:
 *
 * Returns: (transfer full) (nullable): what is to be shown; %NULL: core is away
 */
JuminView *
jumin_link_take_view (JuminLink *self)
{
  return g_steal_pointer (&self->view);
}

typedef struct
{
  gboolean stale;
  gint64 deadline;
} Reply;

static void
on_act_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *word = NULL;
  GError *error = NULL;
  gint64 deadline = 0;
  Reply *reply;

  if (!jumin_border_call_act_finish (JUMIN_BORDER (source), &word, &deadline, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  reply = g_new0 (Reply, 1);
  reply->stale = g_strcmp0 (word, "stale") == 0;
  reply->deadline = deadline;
  g_task_return_pointer (task, reply, g_free);
}

/**
 * jumin_link_act_async:
 * @values: (transfer floating): a{sv}
 *
 * Tells core what the person did on @page.
 *
 * Errors: %G_IO_ERROR_NOT_CONNECTED while core is away; what GDBus says when core does not answer.
 */
void
jumin_link_act_async (JuminLink *self, const char *action, guint64 page, GVariant *values,
                      GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, callback, data);
  g_autoptr (GVariant) held = g_variant_ref_sink (values);

  g_task_set_source_tag (task, jumin_link_act_async);
  if (self->proxy == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                               "Sending '%s' failed: core is away", action);
      return;
    }
  jumin_border_call_act (self->proxy, action, page, held, self->cancellable, on_act_ready,
                         g_object_ref (task));
}

gboolean
jumin_link_act_finish (JuminLink *self, GAsyncResult *result, gboolean *stale, gint64 *deadline,
                       GError **error)
{
  g_autofree Reply *reply = g_task_propagate_pointer (G_TASK (result), error);

  if (reply == NULL)
    return FALSE;
  *stale = reply->stale;
  *deadline = reply->deadline;
  return TRUE;
}

static void
on_open_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GVariant) handle = NULL;
  GUnixFDList *descriptors = NULL;
  GError *error = NULL;

  if (jumin_border_call_open_finish (JUMIN_BORDER (source), &handle, &descriptors, result, &error))
    g_task_return_pointer (task, descriptors, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * jumin_link_open_async:
 * @name: what is too large or too quick for a view
 *
 * Asks core for a file descriptor.
 *
 * Errors: %G_IO_ERROR_NOT_CONNECTED while core is away; %G_IO_ERROR_NOT_FOUND when the page that is
 * shown has none of this name; what GDBus says when core does not answer.
 */
void
jumin_link_open_async (JuminLink *self, const char *name, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, jumin_link_open_async);
  if (self->proxy == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                             "Opening '%s' failed: core is away", name);
  else
    jumin_border_call_open (self->proxy, name, NULL, cancellable, on_open_ready,
                            g_object_ref (task));
}

/**
 * jumin_link_open_finish:
 *
 * Returns: a descriptor, which the caller closes; −1 with an error
 */
int
jumin_link_open_finish (JuminLink *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GUnixFDList) descriptors = g_task_propagate_pointer (G_TASK (result), error);

  if (descriptors == NULL)
    return -1;
  if (g_unix_fd_list_get_length (descriptors) == 1)
    return g_unix_fd_list_get (descriptors, 0, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "Opening failed: core sent no descriptor, or several");
  return -1;
}

static void
jumin_link_dispose (GObject *object)
{
  JuminLink *self = JUMIN_LINK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->reconnect_source, g_source_remove);
  g_clear_object (&self->proxy);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (jumin_link_parent_class)->dispose (object);
}

static void
jumin_link_finalize (GObject *object)
{
  JuminLink *self = JUMIN_LINK (object);

  g_clear_pointer (&self->view, jumin_view_free);
  g_object_unref (self->cancellable);
  g_free (self->address);
  G_OBJECT_CLASS (jumin_link_parent_class)->finalize (object);
}

static void
jumin_link_class_init (JuminLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_link_finalize;
  signals[VIEW] = g_signal_new ("view", JUMIN_TYPE_LINK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
jumin_link_init (JuminLink *self)
{
  self->cancellable = g_cancellable_new ();
  self->reconnect_ms = RECONNECT_FIRST_MS;
}

/**
 * jumin_link_new:
 * @address: a D-Bus address, unix:path=…
 */
JuminLink *
jumin_link_new (const char *address)
{
  JuminLink *self = g_object_new (JUMIN_TYPE_LINK, NULL);

  self->address = g_strdup (address);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's socket, core's side: GDBus peer to peer. Who connects is known by the kernel
 * (SO_PEERCRED); what is answered is read-only and masked. */
#include "front/operator-server.h"

#include <gio/gio.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include "front/peer-server.h"
#include "model/hall-time.h"
#include "model/mask.h"
#include "operator.h"

#define OBJECT_PATH "/org/jumin/Operator"

enum
{
  ENTRY_BYTES_MAX = 16384, /* of one user's entry */
  GROUPS_MAX = 256,        /* of one user */
  UUID_SHOWN = 8
};

struct _JuminOperatorServer
{
  GObject parent_instance;
  GDBusServer *server;
  GPtrArray *operators; /* connections */
  JuminOperator *skeleton;
  JuminTill *till;
  JuminClock *clock;
  char *socket;
};

G_DEFINE_FINAL_TYPE (JuminOperatorServer, jumin_operator_server, G_TYPE_OBJECT)

/* What is read of a payment's slip, by staff. */
static const char *const slip_words[JUMIN_N_RECEIPTS] = {
  [JUMIN_RECEIPT_NONE] = "none",       [JUMIN_RECEIPT_PRINTING] = "printing",
  [JUMIN_RECEIPT_PRINTED] = "printed", [JUMIN_RECEIPT_FAILED] = "failed",
  [JUMIN_RECEIPT_UNKNOWN] = "unknown",
};

static const char *const difference_words[] = {
  [JUMIN_DIFFERENCE_MISSING] = "missing",
  [JUMIN_DIFFERENCE_EXTRA] = "extra",
  [JUMIN_DIFFERENCE_AMOUNT] = "amount",
};

static GVariant *
describe_payment (const JuminPayment *payment)
{
  g_autofree char *number = jumin_mask_number (payment->number);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "time", "x", payment->created_at);
  g_variant_dict_insert (&dict, "number", "s", number);
  g_variant_dict_insert (&dict, "state", "s", jumin_payment_state_get_word (payment->durable));
  g_variant_dict_insert (&dict, "fen", "x", payment->fen);
  g_variant_dict_insert (&dict, "way", "s", jumin_pay_way_get_word (payment->way));
  g_variant_dict_insert (&dict, "why", "s", payment->why);
  g_variant_dict_insert (&dict, "slip", "s", slip_words[payment->slip]);
  return g_variant_dict_end (&dict);
}

static void
on_listed (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusMethodInvocation) invocation = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments = jumin_till_list_finish (JUMIN_TILL (till), result, &error);
  GVariantBuilder answer;

  if (payments == NULL)
    {
      g_dbus_method_invocation_return_gerror (g_steal_pointer (&invocation), error);
      return;
    }
  g_variant_builder_init (&answer, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < payments->len; i++)
    g_variant_builder_add_value (&answer, describe_payment (payments->pdata[i]));
  g_dbus_method_invocation_return_value (g_steal_pointer (&invocation),
                                         g_variant_new ("(aa{sv})", &answer));
}

/* Whoever answers an invocation owns it; it holds its connection. */
static gboolean
on_payments (JuminOperator *skeleton, GDBusMethodInvocation *invocation, JuminOperatorServer *self)
{
  jumin_till_list_async (self->till, on_listed, invocation);
  return TRUE;
}

static gboolean
on_unresolved (JuminOperator *skeleton, GDBusMethodInvocation *invocation,
               JuminOperatorServer *self)
{
  jumin_operator_complete_unresolved (skeleton, invocation,
                                      jumin_till_count_unresolved (self->till));
  return TRUE;
}

static GVariant *
describe_difference (const JuminDifference *difference)
{
  g_autofree char *payment = g_strndup (difference->payment, UUID_SHOWN);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "kind", "s", difference_words[difference->kind]);
  g_variant_dict_insert (&dict, "payment", "s", payment);
  g_variant_dict_insert (&dict, "ours", "x", difference->ours);
  g_variant_dict_insert (&dict, "theirs", "x", difference->theirs);
  return g_variant_dict_end (&dict);
}

static GVariant *
describe_reconciliation (const JuminReconciliation *compared)
{
  GVariantBuilder differences;
  GVariantDict dict;

  g_variant_builder_init (&differences, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < compared->differences->len; i++)
    g_variant_builder_add_value (&differences,
                                 describe_difference (compared->differences->pdata[i]));
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "day", "i", compared->day);
  g_variant_dict_insert (&dict, "matched", "u", compared->matched);
  g_variant_dict_insert (&dict, "open", "u", compared->open);
  g_variant_dict_insert (&dict, "differences", "aa{sv}", &differences);
  return g_variant_dict_end (&dict);
}

static void
on_reconciled (GObject *till, GAsyncResult *result, gpointer data)
{
  g_autoptr (GDBusMethodInvocation) invocation = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminReconciliation) compared
      = jumin_till_reconcile_finish (JUMIN_TILL (till), result, &error);

  if (compared == NULL)
    g_dbus_method_invocation_return_gerror (g_steal_pointer (&invocation), error);
  else
    g_dbus_method_invocation_return_value (
        g_steal_pointer (&invocation),
        g_variant_new ("(@a{sv})", describe_reconciliation (compared)));
}

static gboolean
on_reconcile (JuminOperator *skeleton, GDBusMethodInvocation *invocation, int day,
              JuminOperatorServer *self)
{
  if (day == 0)
    day = jumin_hall_get_day (jumin_clock_get_wall (self->clock), -1);
  jumin_till_reconcile_async (self->till, day, on_reconciled, invocation);
  return TRUE;
}

static void
drop (JuminOperatorServer *self, GDBusConnection *connection)
{
  g_signal_handlers_disconnect_by_data (connection, self);
  g_dbus_interface_skeleton_unexport_from_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton),
                                                      connection);
  g_ptr_array_remove (self->operators, connection);
}

static void
on_closed (GDBusConnection *connection, gboolean remote, GError *error, JuminOperatorServer *self)
{
  drop (self, connection);
}

static gboolean
on_new_connection (GDBusServer *server, GDBusConnection *connection, JuminOperatorServer *self)
{
  g_autoptr (GError) error = NULL;

  if (self->operators->len >= JUMIN_OPERATORS_MAX)
    return FALSE;
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                         OBJECT_PATH, &error))
    {
      g_warning ("%s", error->message);
      return FALSE;
    }
  g_ptr_array_add (self->operators, g_object_ref (connection));
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  return TRUE;
}

static gboolean
is_member (uid_t user, gid_t group)
{
  g_autofree char *room = g_malloc (ENTRY_BYTES_MAX);
  gid_t groups[GROUPS_MAX];
  int n = GROUPS_MAX;
  struct passwd entry, *found = NULL;

  if (getpwuid_r (user, &entry, room, ENTRY_BYTES_MAX, &found) != 0 || found == NULL
      || getgrouplist (entry.pw_name, entry.pw_gid, groups, &n) < 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    if (groups[i] == group)
      return TRUE;
  return FALSE;
}

/* @staff: their group; root's: nobody's */
static gboolean
may_ask (uid_t user, guint staff)
{
  return user == 0 || user == geteuid () || (staff != 0 && is_member (user, staff));
}

static void
jumin_operator_server_dispose (GObject *object)
{
  JuminOperatorServer *self = JUMIN_OPERATOR_SERVER (object);

  while (self->operators->len > 0)
    {
      g_autoptr (GDBusConnection) connection = g_object_ref (self->operators->pdata[0]);

      drop (self, connection);
      g_dbus_connection_close (connection, NULL, NULL, NULL);
    }
  if (self->server != NULL)
    jumin_peer_server_stop (self->server, self->socket);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (jumin_operator_server_parent_class)->dispose (object);
}

static void
jumin_operator_server_finalize (GObject *object)
{
  JuminOperatorServer *self = JUMIN_OPERATOR_SERVER (object);

  g_ptr_array_unref (self->operators);
  g_clear_object (&self->skeleton);
  g_clear_object (&self->till);
  g_clear_object (&self->clock);
  g_free (self->socket);
  G_OBJECT_CLASS (jumin_operator_server_parent_class)->finalize (object);
}

static void
jumin_operator_server_class_init (JuminOperatorServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_operator_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_operator_server_finalize;
}

static void
jumin_operator_server_init (JuminOperatorServer *self)
{
  self->operators = g_ptr_array_new_with_free_func (g_object_unref);
  self->skeleton = jumin_operator_skeleton_new ();
}

static gboolean
find_group (const char *name, gid_t *group, GError **error)
{
  const struct group *entry = *name != '\0' ? getgrnam (name) : NULL;

  *group = entry != NULL ? entry->gr_gid : 0;
  if (entry != NULL || *name == '\0')
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "[operator] group: no group '%s'", name);
  return FALSE;
}

/**
 * jumin_operator_server_new:
 * @socket: path of the Unix socket; one left behind by a killed core is replaced
 * @group: name of the group whose members may ask; "": there is none
 *
 * Errors: those of GDBusServer; G_IO_ERROR_NOT_FOUND: there is no such group.
 *
 * Returns: (transfer full): a server that listens
 */
JuminOperatorServer *
jumin_operator_server_new (const char *socket, const char *group, JuminTill *till,
                           JuminClock *clock, GError **error)
{
  g_autoptr (JuminOperatorServer) self = g_object_new (JUMIN_TYPE_OPERATOR_SERVER, NULL);
  gid_t staff;

  self->socket = g_strdup (socket);
  self->till = g_object_ref (till);
  self->clock = g_object_ref (clock);
  g_signal_connect (self->skeleton, "handle-payments", G_CALLBACK (on_payments), self);
  g_signal_connect (self->skeleton, "handle-unresolved", G_CALLBACK (on_unresolved), self);
  g_signal_connect (self->skeleton, "handle-reconcile", G_CALLBACK (on_reconcile), self);
  if (!find_group (group, &staff, error))
    return NULL;
  self->server = jumin_peer_server_new (socket, may_ask, staff, error);
  if (self->server == NULL)
    return NULL;
  g_signal_connect (self->server, "new-connection", G_CALLBACK (on_new_connection), self);
  g_dbus_server_start (self->server);
  return g_steal_pointer (&self);
}

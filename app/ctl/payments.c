/* SPDX-License-Identifier: GPL-3.0-or-later */
/* juminctl payments: what became of payments, so that an update or a restart can wait for those of
 * which nobody knows; juminctl payments reconcile: a day beside the platform's list. Core is asked
 * over the operator's socket: it alone has the journal. */
#include "ctl/command-line.h"
#include "ctl/command.h"
#include "model/money.h"
#include "operator.h"

#include <stdio.h>
#include <string.h>

enum
{
  UNREADABLE = 3,
  ASK_MS = 5000,
  RECONCILE_MS = 60000, /* the platform is asked, too */
  DAY_LENGTH = 8
};

/* What staff should think of it. */
static const struct
{
  const char *state, *sentence;
} sentences[] = {
  { "intent", "it was about to be sent; it will be closed, and nothing is charged" },
  { "submitted", "it was being sent; the platform is asked what became of it" },
  { "pending", "the platform waits for the payer; nothing is charged yet" },
  { "unknown", "nobody here knows whether it is paid; the platform is asked until it says so" },
  { "closing", "it is being closed; until the platform says so, it may still have been paid" },
  { "paid", "the money is there; a company has not said yet that it has it" },
  { "fulfilled", "paid, and every company has its money" },
  { "refunded", "a company did not take it: the money goes back to the payer" },
  { "failed", "not paid: it was declined, and can never be charged" },
  { "void", "not paid: it was closed, and can never be charged" },
  { "manual", "people must look into it, with the platform's staff" },
};

static const struct
{
  const char *kind, *sentence;
} differences[] = {
  { "missing", "paid here, and the platform does not have it" },
  { "extra", "the platform has money that this machine knows nothing of" },
  { "amount", "another amount" },
};

static JuminOperator *
connect_to_core (const char *socket, GError **error)
{
  g_autofree char *escaped = g_dbus_address_escape_value (socket);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  g_autoptr (GDBusConnection) connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL, error);
  JuminOperator *core;

  if (connection == NULL)
    {
      g_prefix_error (error,
                      "Asking jumin-core at '%s' failed: it does not run, or you are not "
                      "one of those who may ask. ",
                      socket);
      return NULL;
    }
  core = jumin_operator_proxy_new_sync (connection, G_DBUS_PROXY_FLAGS_NONE, NULL,
                                        "/org/jumin/Operator", NULL, error);
  if (core != NULL)
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (core), ASK_MS);
  return core;
}

static const char *
look_up (GVariant *members, const char *name)
{
  const char *value = "";

  g_variant_lookup (members, name, "&s", &value);
  return value;
}

static char *
dup_yuan (GVariant *members, const char *name)
{
  gint64 fen = 0;

  g_variant_lookup (members, name, "x", &fen);
  return jumin_fen_format (fen);
}

static void
print_payment (GVariant *payment)
{
  g_autofree char *amount = dup_yuan (payment, "fen");
  g_autoptr (GDateTime) moment = NULL;
  g_autofree char *time = NULL;
  const char *state = look_up (payment, "state"), *why = look_up (payment, "why");
  gint64 when = 0;

  g_variant_lookup (payment, "time", "x", &when);
  moment = g_date_time_new_from_unix_local (when);
  time = moment != NULL ? g_date_time_format (moment, "%F %T") : g_strdup ("-");
  printf ("%s  %s  %s  %s  slip %s  %s%s%s%s\n", time, look_up (payment, "number"), amount,
          look_up (payment, "way"), look_up (payment, "slip"), state, *why != '\0' ? " (" : "", why,
          *why != '\0' ? ")" : "");
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i].state, state))
      printf ("    %s\n", sentences[i].sentence);
}

static int
list (JuminOperator *core, int day, GError **error)
{
  g_autoptr (GVariant) payments = NULL;
  guint unresolved;

  if (!jumin_operator_call_payments_sync (core, &payments, NULL, error)
      || !jumin_operator_call_unresolved_sync (core, &unresolved, NULL, error))
    return UNREADABLE;
  for (gsize i = 0; i < g_variant_n_children (payments); i++)
    {
      g_autoptr (GVariant) payment = g_variant_get_child_value (payments, i);

      print_payment (payment);
    }
  printf ("%u of which nobody knows yet whether they are paid\n", unresolved);
  return unresolved > 0 ? JUMINCTL_BAD : JUMINCTL_GOOD;
}

static void
print_difference (GVariant *difference)
{
  g_autofree char *ours = dup_yuan (difference, "ours");
  g_autofree char *theirs = dup_yuan (difference, "theirs");
  const char *kind = look_up (difference, "kind");

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    if (g_str_equal (differences[i].kind, kind))
      printf ("payment %s…  here %s, at the platform %s: %s\n", look_up (difference, "payment"),
              ours, theirs, differences[i].sentence);
}

static int
reconcile (JuminOperator *core, int day, GError **error)
{
  g_autoptr (GVariant) result = NULL;
  g_autoptr (GVariant) found = NULL;
  guint matched = 0, open = 0;

  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (core), RECONCILE_MS);
  if (!jumin_operator_call_reconcile_sync (core, day, &result, NULL, error))
    return UNREADABLE;
  g_variant_lookup (result, "day", "i", &day);
  g_variant_lookup (result, "matched", "u", &matched);
  g_variant_lookup (result, "open", "u", &open);
  found = g_variant_lookup_value (result, "differences", G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; found != NULL && i < g_variant_n_children (found); i++)
    {
      g_autoptr (GVariant) difference = g_variant_get_child_value (found, i);

      print_difference (difference);
    }
  printf ("%d: %u the same, %u not settled yet, %" G_GSIZE_FORMAT " different\n", day, matched,
          open, found != NULL ? g_variant_n_children (found) : 0);
  return found != NULL && g_variant_n_children (found) > 0 ? JUMINCTL_BAD : JUMINCTL_GOOD;
}

/* @day: (nullable): as 20260916 */
static gboolean
is_day (const char *day)
{
  return day == NULL || (strlen (day) == DAY_LENGTH && strspn (day, "0123456789") == DAY_LENGTH);
}

static int
run (char **arguments, gboolean takes_day,
     int (*act) (JuminOperator *core, int day, GError **error))
{
  g_autofree char *socket = NULL;
  const GOptionEntry entries[] = {
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &socket, "Core's socket", "FILE" },
    { NULL },
  };
  g_auto (JuminctlLine) line = { NULL };
  g_autoptr (JuminConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminOperator) core = NULL;
  const char *day;
  int result = UNREADABLE;

  if (!juminctl_line_parse (&line, arguments, entries, takes_day ? 1 : 0))
    return JUMINCTL_USAGE;
  day = line.rest != NULL ? line.rest[0] : NULL;
  if (!is_day (day))
    {
      fprintf (stderr, "Unexpected argument '%s'; a day is written as 20260916\n", day);
      return JUMINCTL_USAGE;
    }
  if (socket == NULL && (config = juminctl_line_load_config (&line, &error)) != NULL)
    socket = g_strdup (jumin_config_get_string (config, "operator", "socket"));
  if (config != NULL
      && !g_str_equal (jumin_config_get_string (config, "payment", "enabled"), "yes"))
    {
      puts ("Nothing can be paid at this machine ([payment] enabled)");
      return JUMINCTL_GOOD;
    }
  if (socket != NULL)
    core = connect_to_core (socket, &error);
  if (core != NULL)
    result = act (core, day != NULL ? (int)g_ascii_strtoll (day, NULL, 10) : 0, &error);
  if (error != NULL)
    {
      g_dbus_error_strip_remote_error (error);
      fprintf (stderr, "%s\n", error->message);
    }
  return result;
}

int
juminctl_payments (char **arguments)
{
  return run (arguments, FALSE, list);
}

int
juminctl_payments_reconcile (char **arguments)
{
  return run (arguments, TRUE, reconcile);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How this machine takes payments, as its configuration has it. */
#include "core-payments.h"

static guint
number (const JuminConfig *config, const char *key)
{
  return (guint)jumin_config_get_int (config, "payment", key);
}

static JuminCashierTimes
times_new (const JuminConfig *config)
{
  JuminCashierTimes times = {
    .wait_ms = { [JUMIN_PAY_SCAN] = number (config, "scan-ms"),
                 [JUMIN_PAY_SHOW] = number (config, "show-ms"),
                 [JUMIN_PAY_ACCOUNT] = number (config, "account-ms") },
    .earliest_close_ms = number (config, "earliest-close-ms"),
    .close_ms = number (config, "close-ms"),
    .close_tries = number (config, "close-tries"),
    .horizon_s = number (config, "horizon-hours") * 60 * 60,
    .journal_ms = number (config, "journal-retry-ms"),
    .unresolved_max = number (config, "unresolved-max"),
  };

  jumin_config_get_ints (config, "payment", "query-ms", times.query_ms, JUMIN_CASHIER_STEPS_MAX);
  jumin_config_get_ints (config, "payment", "guard-ms", times.guard_ms, JUMIN_CASHIER_STEPS_MAX);
  return times;
}

static JuminTill *
till_new (const JuminConfig *config, const JuminTerminalTools *tools)
{
  g_autoptr (JuminJournal) journal = jumin_journal_new (
      jumin_config_get_string (config, "payment", "journal"), number (config, "keep-days"));
  JuminTillTools till = {
    .clock = tools->clock,
    .journal = journal,
    .source = JUMIN_PAYMENT_SOURCE (tools->payments),
    .audit = tools->audit,
    .times = times_new (config),
    .reconcile_min = jumin_config_get_time (config, "payment", "reconcile-at"),
  };

  return jumin_till_new (&till);
}

gboolean
jumin_core_payments_new (const JuminConfig *config, JuminTerminalTools *tools, GError **error)
{
  const char *enabled = jumin_config_get_string (config, "payment", "enabled");

  if (tools->client == NULL || !g_str_equal (enabled, "yes"))
    return TRUE;
  tools->payments = jumin_payments_client_new (
      tools->client, jumin_config_get_string (config, "terminal", "name"),
      jumin_config_get_string (config, "platform", "reply-key-file"), error);
  if (tools->payments == NULL)
    return FALSE;
  tools->till = till_new (config, tools);
  return TRUE;
}

/* People are served without it. */
JuminOperatorServer *
jumin_core_operator_new (const JuminConfig *config, JuminTill *till, JuminClock *clock)
{
  const char *socket = jumin_config_get_string (config, "operator", "socket");
  g_autoptr (GError) error = NULL;
  JuminOperatorServer *server = NULL;

  if (*socket != '\0')
    server = jumin_operator_server_new (
        socket, jumin_config_get_string (config, "operator", "group"), till, clock, &error);
  if (error != NULL)
    g_message ("Staff cannot ask about payments: %s", error->message);
  return server;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client with the keys of a test run. */
#include "tls-client.h"

enum
{
  CLOCK_STEP_MS = 5000,
  TOTAL_MS = 20000 /* of the clock, which is ten times as fast */
};

JuminHttpClient *
tls_client_new (const TestKeys *keys, JuminClock *clock, guint port, TlsWrong wrong)
{
  const char *who = wrong.certificate != NULL ? wrong.certificate : "terminal";
  g_autofree char *pem = g_strconcat (who, ".pem", NULL), *key = g_strconcat (who, ".key", NULL);
  g_autofree char *ca_file = test_keys_path (keys, wrong.ca != NULL ? wrong.ca : "ca.pem");
  g_autofree char *crl_file = wrong.crl != NULL ? test_keys_path (keys, wrong.crl) : NULL;
  g_autofree char *certificate_file = test_keys_path (keys, pem);
  g_autofree char *key_file = test_keys_path (keys, key);
  g_autofree char *signing_key_file = test_keys_path (keys, "sign.key");
  g_autofree char *reply_key_file
      = test_keys_path (keys, wrong.reply_key != NULL ? wrong.reply_key : "reply.pem");
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/v1", port);
  g_autoptr (GError) error = NULL;
  JuminHttpSettings settings = { .base_url = url,
                                 .terminal = "T-0003",
                                 .ca_file = ca_file,
                                 .crl_file = crl_file,
                                 .certificate_file = certificate_file,
                                 .key_file = key_file,
                                 .pins = wrong.pins != NULL ? wrong.pins : keys->pin,
                                 .signing_key_file = signing_key_file,
                                 .reply_key_file = reply_key_file,
                                 .audit = wrong.audit,
                                 .clock_step_ms = CLOCK_STEP_MS,
                                 .connect_ms = TOTAL_MS,
                                 .total_ms = wrong.total_ms != 0 ? wrong.total_ms : TOTAL_MS };
  JuminHttpClient *client = jumin_http_client_new (&settings, clock, &error);

  g_assert_no_error (error);
  return client;
}

void
tls_client_on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  TlsOutcome *outcome = data;

  outcome->answer
      = jumin_http_client_call_finish (JUMIN_HTTP_CLIENT (source), result, &outcome->error);
  outcome->done = TRUE;
}

TlsOutcome
tls_client_call (JuminHttpClient *client, JuminHttpRequest request, GCancellable *cancellable)
{
  TlsOutcome outcome = { .answer = NULL };

  jumin_http_client_call_async (client, &request, cancellable, tls_client_on_called, &outcome);
  g_assert_false (outcome.done);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  return outcome;
}

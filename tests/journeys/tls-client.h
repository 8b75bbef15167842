/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/http-client.h"
#include "test-keys.h"

G_BEGIN_DECLS

/* What differs from good settings; 0 and %NULL: nothing. */
typedef struct
{
  const char *ca, *crl, *certificate, *pins, *reply_key;
  guint total_ms;
  JuminAudit *audit;
} TlsWrong;

/* What became of a call. */
typedef struct
{
  JuminHttpAnswer *answer;
  GError *error;
  gboolean done;
} TlsOutcome;

JuminHttpClient *tls_client_new (const TestKeys *keys, JuminClock *clock, guint port,
                                 TlsWrong wrong);
/* Calls, and runs the main loop until it has ended. */
TlsOutcome tls_client_call (JuminHttpClient *client, JuminHttpRequest request,
                            GCancellable *cancellable);
/* The callback of a call whose outcome is @outcome. */
void tls_client_on_called (GObject *source, GAsyncResult *result, gpointer outcome);

G_END_DECLS

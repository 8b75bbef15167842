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

JuminHttpClient *tls_client_new (const TestKeys *keys, JuminClock *clock, guint port,
                                 TlsWrong wrong);

G_END_DECLS

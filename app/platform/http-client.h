/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"

G_BEGIN_DECLS

/**
 * JuminHttpSettings:
 * @base_url: "https://host:port/v1", no slash at the end
 * @terminal: this machine's name at the platform, "T-0003"
 * @ca_file: PEM, the only authority that is trusted
 * @certificate_file, @key_file: PEM, this machine's TLS client certificate
 * @pins: "sha256//…;sha256//…" of the platform's public key (the spare one too); NULL: none
 * @signing_key_file: PEM, this machine's SM2 key
 * @connect_ms, @total_ms: time-outs
 *
 * How to reach the platform. Strings are copied.
 */
typedef struct
{
  const char *base_url, *terminal, *ca_file, *certificate_file, *key_file, *pins, *signing_key_file;
  guint connect_ms, total_ms;
} JuminHttpSettings;

#define JUMIN_TYPE_HTTP_CLIENT (jumin_http_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminHttpClient, jumin_http_client, JUMIN, HTTP_CLIENT, GObject)

JuminHttpClient *jumin_http_client_new (const JuminHttpSettings *settings, JuminClock *clock,
                                        GError **error);

G_END_DECLS

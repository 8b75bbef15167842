/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/audit.h"
#include "model/clock.h"

G_BEGIN_DECLS

enum
{
  JUMIN_HTTP_REQUEST_BYTES_MAX = 64 * 1024,
  JUMIN_HTTP_ANSWER_BYTES_MAX = 1024 * 1024,
  JUMIN_HTTP_HEAD_BYTES_MAX = 16 * 1024,
  JUMIN_HTTP_CALLS_MAX = 8
};

/**
 * JuminHttpSettings:
 * @plain: a peer that neither asks for signatures nor gives them (the platform of the codes): no
 * client certificate, no signing or reply key, and its time corrects nothing
 * @base_url: "https://host:port/v1", no slash at the end
 * @terminal: this machine's name at the platform, "T-0003"; NULL: it has none yet, and no
 * certificate
 * @ca_file: PEM, the only authority that is trusted
 * @crl_file: PEM, what the authority has revoked; out of date, nothing is trusted; NULL: not asked
 * @certificate_file, @key_file: PEM, this machine's TLS client certificate
 * @pins: "sha256//…;sha256//…" of the platform's public key (the spare one too); NULL: none
 * @signing_key_file: PEM, this machine's SM2 key; NULL where it is @plain
 * @reply_key_file: PEM, the platform's SM2 public key (and the next one); NULL where it is @plain
 * @connect_ms, @total_ms: time-outs
 * @audit: (nullable): where a correction of the clock is written, which @clock_step_ms is too short
 * for
 *
 * How to reach the platform. Strings are copied.
 */
typedef struct
{
  gboolean plain;
  const char *base_url, *terminal, *ca_file, *crl_file, *certificate_file, *key_file, *pins,
      *signing_key_file, *reply_key_file;
  guint connect_ms, total_ms, clock_step_ms;
  JuminAudit *audit;
} JuminHttpSettings;

/**
 * JuminHttpRequest:
 * @method: "GET" or "POST"
 * @path: below the base, "/tickets"; what follows a question mark is in no error
 * @key: (nullable): UUID for the Idempotency-Key, where the request changes the world
 * @again: whoever asks asks again when the platform is silent; a request with a @key then goes over
 * a kept connection, where nobody can tell silence from a connection that has gone
 * @body: (nullable): JSON
 * @headers: (nullable) (array zero-terminated=1): more headers, "Name: value"
 */
typedef struct
{
  const char *method, *path, *key, *body;
  const char *const *headers;
  gboolean again;
} JuminHttpRequest;

/**
 * JuminHttpAnswer:
 * @status: 200 to 299, or 400 and more
 * @time_s: when the platform signed it, Unix seconds; 0: nobody did
 * @body: what is said to be JSON, ended by a NUL that @length does not count; wiped at the end
 */
typedef struct
{
  guint status;
  gint64 time_s;
  char *body;
  gsize length;
} JuminHttpAnswer;

void jumin_http_answer_free (JuminHttpAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminHttpAnswer, jumin_http_answer_free)

#define JUMIN_TYPE_HTTP_CLIENT (jumin_http_client_get_type ())
G_DECLARE_FINAL_TYPE (JuminHttpClient, jumin_http_client, JUMIN, HTTP_CLIENT, GObject)

JuminHttpClient *jumin_http_client_new (const JuminHttpSettings *settings, JuminClock *clock,
                                        GError **error);
void jumin_http_client_call_async (JuminHttpClient *self, const JuminHttpRequest *request,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);
JuminHttpAnswer *jumin_http_client_call_finish (JuminHttpClient *self, GAsyncResult *result,
                                                GError **error);

G_END_DECLS

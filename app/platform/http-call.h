/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "platform/http-client.h"
#include "platform/request-signature.h"

G_BEGIN_DECLS

/**
 * JuminHttpCall:
 * @time_s: as it was signed
 * @sent_us: monotonic, when it was started
 * @repeated: it is the second one, after the platform said what the time is
 * @cancelled: (nullable): watches the caller's cancellable
 * @what: "POST /v1/tickets", for errors; without a query, which may hold a secret
 * @method, @path: as they are signed
 * @key: (nullable): Idempotency-Key, where it changes the world
 * @again: whoever asks asks again
 * @sent: it has gone out
 * @terminal, @nonce: as they were signed; the answer must carry them in its signature
 * @body: (nullable): what is sent
 * @answer: what has come so far
 * @error: curl's own words
 *
 * One request on its way. Both bodies are wiped with it.
 */
typedef struct
{
  CURL *easy;
  struct curl_slist *headers;
  GSource *cancelled;
  char *what, *url, *method, *path, *key, *terminal, *body, *answer;
  char nonce[JUMIN_NONCE_LENGTH + 1];
  gsize body_length, head_length, answer_length, answer_size;
  gint64 time_s, sent_us;
  gboolean too_long, repeated, again, sent;
  char error[CURL_ERROR_SIZE];
} JuminHttpCall;

JuminHttpCall *jumin_http_call_new (const char *base_url, const char *base_path,
                                    const JuminHttpRequest *request);
JuminHttpCall *jumin_http_call_new_repeated (const JuminHttpCall *call);
void jumin_http_call_end (JuminHttpCall *call);
void jumin_http_call_free (JuminHttpCall *call);
gboolean jumin_http_call_sign (JuminHttpCall *call, EVP_PKEY *key, const char *terminal,
                               gint64 time_s, GError **error);
gboolean jumin_http_call_prepare (JuminHttpCall *call, gpointer owner);
JuminHttpAnswer *jumin_http_call_read_answer (JuminHttpCall *call, const GPtrArray *keys,
                                              GError **error);
GError *jumin_http_call_new_error (const JuminHttpCall *call, CURLcode result, gboolean accepted);

G_END_DECLS

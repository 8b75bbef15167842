/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "platform/http-client.h"
#include "platform/request-signature.h"

G_BEGIN_DECLS

/**
 * JuminHttpCall:
 * @cancelled: (nullable): watches the caller's cancellable
 * @what: "POST /v1/tickets", for errors
 * @method, @path: as they are signed
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
  char *what, *url, *method, *path, *terminal, *body, *answer;
  char nonce[JUMIN_NONCE_LENGTH + 1];
  gsize body_length, head_length, answer_length, answer_size;
  gboolean changes_world, too_long;
  char error[CURL_ERROR_SIZE];
} JuminHttpCall;

JuminHttpCall *jumin_http_call_new (const char *base_url, const char *base_path,
                                    const JuminHttpRequest *request);
void jumin_http_call_end (JuminHttpCall *call);
void jumin_http_call_free (JuminHttpCall *call);
gboolean jumin_http_call_sign (JuminHttpCall *call, EVP_PKEY *key, const char *terminal,
                               gint64 time_s, GError **error);
gboolean jumin_http_call_prepare (JuminHttpCall *call, gpointer owner);
JuminHttpAnswer *jumin_http_call_read_answer (JuminHttpCall *call, const GPtrArray *keys,
                                              GError **error);
GError *jumin_http_call_new_error (const JuminHttpCall *call, CURLcode result, gboolean accepted);

G_END_DECLS

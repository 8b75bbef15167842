/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request on its way: what it sends, the bounded answer that comes, and what went wrong. An
 * answer is read only when the platform has signed it as the answer to this very request. */
#include "platform/http-call.h"

#include <string.h>

#include "model/error.h"
#include "platform/reply-signature.h"

enum
{
  ANSWER_BYTES_FIRST = 8 * 1024
};

/* Which trouble a curl error is; what is not listed here is silence. */
static const struct
{
  CURLcode result;
  JuminFailure failure;
} failures[] = {
  { CURLE_PEER_FAILED_VERIFICATION, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_CERTPROBLEM, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_CIPHER, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_CACERT_BADFILE, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_ISSUER_ERROR, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_PINNEDPUBKEYNOTMATCH, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_SSL_CLIENTCERT, JUMIN_FAILURE_PLATFORM_REFUSED },
  { CURLE_WRITE_ERROR, JUMIN_FAILURE_PLATFORM_INVALID },
  { CURLE_FILESIZE_EXCEEDED, JUMIN_FAILURE_PLATFORM_INVALID },
  { CURLE_WEIRD_SERVER_REPLY, JUMIN_FAILURE_PLATFORM_INVALID },
  { CURLE_UNSUPPORTED_PROTOCOL, JUMIN_FAILURE_PLATFORM_INVALID },
};

static void
free_wiped (char *bytes, gsize length)
{
  if (bytes != NULL)
    explicit_bzero (bytes, length);
  g_free (bytes);
}

/* The transfer is over: neither curl nor a cancel reaches the call any more. */
void
jumin_http_call_end (JuminHttpCall *call)
{
  if (call->cancelled != NULL)
    g_source_destroy (call->cancelled);
  g_clear_pointer (&call->cancelled, g_source_unref);
  g_clear_pointer (&call->easy, curl_easy_cleanup);
}

void
jumin_http_call_free (JuminHttpCall *call)
{
  jumin_http_call_end (call);
  curl_slist_free_all (call->headers);
  free_wiped (call->body, call->body_length);
  free_wiped (call->answer, call->answer_size);
  g_free (call->what);
  free_wiped (call->url, strlen (call->url));
  g_free (call->key);
  g_free (call->method);
  free_wiped (call->path, strlen (call->path));
  g_free (call->terminal);
  g_free (call);
}

void
jumin_http_answer_free (JuminHttpAnswer *self)
{
  free_wiped (self->body, self->length);
  g_free (self);
}

/* Room for @more bytes and a NUL; the old copy is wiped, which realloc() would not do. */
static void
grow_answer (JuminHttpCall *call, gsize more)
{
  gsize needed = call->answer_length + more + 1, size = MAX (call->answer_size, ANSWER_BYTES_FIRST);
  char *bigger;

  if (needed <= call->answer_size)
    return;
  while (size < needed)
    size *= 2;
  bigger = g_malloc0 (size);
  if (call->answer_length > 0)
    memcpy (bigger, call->answer, call->answer_length);
  free_wiped (call->answer, call->answer_size);
  call->answer = bigger;
  call->answer_size = size;
}

static size_t
on_head (char *data, size_t size, size_t count, void *user_data)
{
  JuminHttpCall *call = user_data;

  call->head_length += size * count;
  return call->head_length <= JUMIN_HTTP_HEAD_BYTES_MAX ? size * count : 0;
}

static size_t
on_body (char *data, size_t size, size_t count, void *user_data)
{
  JuminHttpCall *call = user_data;
  gsize bytes = size * count;

  if (call->answer_length + bytes > JUMIN_HTTP_ANSWER_BYTES_MAX)
    {
      call->too_long = TRUE;
      return 0;
    }
  grow_answer (call, bytes);
  memcpy (call->answer + call->answer_length, data, bytes);
  call->answer_length += bytes;
  return bytes;
}

/* A server that does not take our certificate ends the connection during or after the handshake,
 * often without a word. One that has taken it before, or has begun to answer, has only gone away.
 */
static JuminFailure
find_failure (const JuminHttpCall *call, CURLcode result, gboolean accepted)
{
  if (result == CURLE_SSL_CONNECT_ERROR || result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR)
    return (!accepted && call->head_length == 0) || strstr (call->error, "alert") != NULL
               ? JUMIN_FAILURE_PLATFORM_REFUSED
               : JUMIN_FAILURE_PLATFORM_SILENT;
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].result == result)
      return failures[i].failure;
  return JUMIN_FAILURE_PLATFORM_SILENT;
}

/**
 * jumin_http_call_new_error:
 * @result: how the transfer failed
 * @accepted: the platform has taken our certificate before
 *
 * Returns: (transfer full): the failure, in the domain JUMIN_FAILURE
 */
GError *
jumin_http_call_new_error (const JuminHttpCall *call, CURLcode result, gboolean accepted)
{
  if (call->head_length > JUMIN_HTTP_HEAD_BYTES_MAX)
    return g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                        "Calling '%s' failed: the head is longer than %d bytes", call->what,
                        JUMIN_HTTP_HEAD_BYTES_MAX);
  if (call->too_long || result == CURLE_FILESIZE_EXCEEDED)
    return g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                        "Calling '%s' failed: the answer is longer than %d bytes", call->what,
                        JUMIN_HTTP_ANSWER_BYTES_MAX);
  return g_error_new (JUMIN_FAILURE, (int)find_failure (call, result, accepted),
                      "Calling '%s' failed: %s (curl %d)", call->what,
                      call->error[0] != '\0' ? call->error : curl_easy_strerror (result),
                      (int)result);
}

static gboolean
is_json (const char *content_type)
{
  return content_type != NULL
         && g_regex_match_simple ("^application/json *(;.*)?$", content_type, G_REGEX_CASELESS, 0);
}

/* Returns: (nullable): the one value of a header of the answer itself; none where there are two */
static const char *
find_header (JuminHttpCall *call, const char *name)
{
  struct curl_header *header = NULL;

  return curl_easy_header (call->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK
                 && header->amount == 1
             ? header->value
             : NULL;
}

/* Before anything of the body is looked at. */
static gboolean
check_signature (JuminHttpCall *call, const GPtrArray *keys, JuminHttpAnswer *answer,
                 GError **error)
{
  const char *signature = find_header (call, "Jumin-Signature");
  JuminSignedReply reply = { .status = answer->status,
                             .terminal = call->terminal,
                             .nonce = call->nonce,
                             .time = find_header (call, "Jumin-Time"),
                             .body = answer->body,
                             .body_length = answer->length };
  g_autoptr (GError) wrong = NULL;

  if (signature == NULL || reply.time == NULL)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                 "Calling '%s' failed: the answer, status %u, is not signed", call->what,
                 answer->status);
  else if (!jumin_reply_signature_verify (keys, &reply, signature, &answer->time_s, &wrong))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID, "Calling '%s' failed: %s",
                 call->what, wrong->message);
  else
    return TRUE;
  return FALSE;
}

/**
 * jumin_http_call_read_answer:
 * @keys: (element-type EVP_PKEY) (nullable): the platform's public keys; %NULL: it signs nothing
 *
 * Errors: JUMIN_FAILURE_PLATFORM_SILENT, _INVALID.
 *
 * Returns: (transfer full): the answer of a transfer that is over
 */
JuminHttpAnswer *
jumin_http_call_read_answer (JuminHttpCall *call, const GPtrArray *keys, GError **error)
{
  long status = 0;
  char *content_type = NULL;
  struct curl_header *encoding;
  g_autoptr (JuminHttpAnswer) answer = NULL;

  curl_easy_getinfo (call->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (call->easy, CURLINFO_CONTENT_TYPE, &content_type);
  if (status >= 500
      && (keys == NULL || !is_json (content_type) || find_header (call, "Jumin-Signature") == NULL))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT,
                 "Calling '%s' failed: the platform is in trouble, status %ld", call->what, status);
  else if (status < 200 || (status >= 300 && status < 400))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                 "Calling '%s' failed: status %ld is not in the interface", call->what, status);
  else if (curl_easy_header (call->easy, "Content-Encoding", 0, CURLH_HEADER, -1, &encoding)
           != CURLHE_MISSING)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                 "Calling '%s' failed: the answer is encoded, which nobody asked for", call->what);
  else if (!is_json (content_type))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                 "Calling '%s' failed: the answer, status %ld, is not application/json", call->what,
                 status);
  else
    {
      grow_answer (call, 0);
      answer = g_new0 (JuminHttpAnswer, 1);
      answer->status = (guint)status;
      answer->length = call->answer_length;
      answer->body = g_steal_pointer (&call->answer);
      if (keys == NULL || check_signature (call, keys, answer, error))
        return g_steal_pointer (&answer);
    }
  return NULL;
}

static void
add_header (JuminHttpCall *call, const char *name, const char *value)
{
  g_autofree char *header = g_strdup_printf ("%s: %s", name, value);

  call->headers = curl_slist_append (call->headers, header);
}

/**
 * jumin_http_call_new:
 * @base_url: "https://host:port/v1"
 * @base_path: "/v1"
 * @request: copied
 *
 * Returns: (transfer full): a call without a signature
 */
JuminHttpCall *
jumin_http_call_new (const char *base_url, const char *base_path, const JuminHttpRequest *request)
{
  JuminHttpCall *call = g_new0 (JuminHttpCall, 1);

  call->easy = curl_easy_init ();
  call->url = g_strconcat (base_url, request->path, NULL);
  call->method = g_strdup (request->method);
  call->path = g_strconcat (base_path, request->path, NULL);
  call->what
      = g_strdup_printf ("%s %.*s", request->method, (int)strcspn (call->path, "?"), call->path);
  call->body = g_strdup (request->body);
  call->body_length = request->body != NULL ? strlen (request->body) : 0;
  add_header (call, "Accept", "application/json");
  if (call->body != NULL)
    add_header (call, "Content-Type", "application/json");
  /* Without a value curl leaves the header out: one round trip less. */
  call->headers = curl_slist_append (call->headers, "Expect:");
  call->key = g_strdup (request->key);
  call->again = request->again;
  if (request->key != NULL)
    add_header (call, "Idempotency-Key", request->key);
  for (gsize i = 0; request->headers != NULL && request->headers[i] != NULL; i++)
    call->headers = curl_slist_append (call->headers, request->headers[i]);
  return call;
}

/**
 * jumin_http_call_new_repeated:
 * @call: one that is over
 *
 * Returns: (transfer full): the same question without a signature: the Idempotency-Key is the same,
 *   nonce and time will be new
 */
JuminHttpCall *
jumin_http_call_new_repeated (const JuminHttpCall *call)
{
  JuminHttpRequest request = {
    .method = call->method, .path = "", .key = call->key, .body = call->body, .again = call->again
  };
  JuminHttpCall *repeated = jumin_http_call_new (call->url, call->path, &request);

  repeated->repeated = TRUE;
  return repeated;
}

/**
 * jumin_http_call_sign:
 * @key: this machine's SM2 key
 * @time_s: now, as the platform counts
 * @terminal: this machine's name; "" where it has none yet
 *
 * Signs the call with a nonce of its own, once.
 */
gboolean
jumin_http_call_sign (JuminHttpCall *call, EVP_PKEY *key, const char *terminal, gint64 time_s,
                      GError **error)
{
  JuminSignedRequest request = { .method = call->method,
                                 .path = call->path,
                                 .terminal = terminal,
                                 .time_s = time_s,
                                 .nonce = call->nonce,
                                 .body = call->body != NULL ? call->body : "",
                                 .body_length = call->body_length };
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, time_s);
  g_autofree char *signature = NULL;

  if (!jumin_request_signature_make_nonce (call->nonce, error))
    return FALSE;
  signature = jumin_request_signature_sign (key, &request, error);
  if (signature == NULL)
    return FALSE;
  call->terminal = g_strdup (terminal);
  call->time_s = time_s;
  if (*terminal != '\0')
    add_header (call, "Jumin-Terminal", terminal);
  add_header (call, "Jumin-Time", time);
  add_header (call, "Jumin-Nonce", call->nonce);
  add_header (call, "Jumin-Signature", signature);
  return TRUE;
}

/* On a kept connection curl repeats a lost request by itself, with the nonce that the platform has
 * seen by then. What changes the world is repeated by whoever knows how. */
static int
on_send (void *user_data, char *peer, char *own, int peer_port, int own_port)
{
  JuminHttpCall *call = user_data;
  gboolean refused = call->sent && call->key != NULL;

  call->sent = TRUE;
  return refused ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/**
 * jumin_http_call_prepare:
 * @owner: what CURLINFO_PRIVATE will give
 *
 * Returns: whether curl took it all
 */
gboolean
jumin_http_call_prepare (JuminHttpCall *call, gpointer owner)
{
  CURL *easy = call->easy;
  gboolean fresh = call->key != NULL && !call->again;

  return curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, (long)fresh) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_PREREQFUNCTION, on_send) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_PREREQDATA, call) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_URL, call->url) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_PRIVATE, owner) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_HEADERFUNCTION, on_head) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_HEADERDATA, call) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_WRITEDATA, call) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_HTTPHEADER, call->headers) == CURLE_OK
         && (call->body == NULL
             || (curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE, (long)call->body_length) == CURLE_OK
                 && curl_easy_setopt (easy, CURLOPT_POSTFIELDS, call->body) == CURLE_OK));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTPS peer, the platform: who it is is checked (one authority, pinned keys), who we are is
 * proved (client certificate, signature of every request), and what it says is bounded (time,
 * size, type, no redirects). Runs in the main loop and keeps its connections.
 *
 * A call's task is held by its curl handle while it runs, and the task holds the client. */
#include "platform/http-client.h"

#include <string.h>
#include <unistd.h>

#include "model/error.h"
#include "platform/curl-source.h"
#include "platform/request-signature.h"

enum
{
  CONNECTIONS_MAX = 4,
  ANSWER_BYTES_FIRST = 8 * 1024
};

struct _JuminHttpClient
{
  GObject parent_instance;
  JuminClock *clock;
  GSource *source;
  EVP_PKEY *signing_key;
  char *base_url, *base_path, *terminal, *ca_file, *certificate_file, *key_file, *pins;
  guint connect_ms, total_ms, calls;
  gboolean accepted; /* the platform has once answered: it takes our certificate */
};

G_DEFINE_FINAL_TYPE (JuminHttpClient, jumin_http_client, G_TYPE_OBJECT)

typedef struct
{
  CURL *easy;
  struct curl_slist *headers;
  GSource *cancelled;
  char *what, *url, *path, *body, *answer;
  gsize body_length, answer_length, answer_size;
  gboolean too_long;
  char error[CURL_ERROR_SIZE];
} Call;

/* Which trouble a curl error is; what is not listed here is silence. */
static const struct
{
  CURLcode result;
  JuminFailure failure;
} failures[] = {
  { CURLE_SSL_CONNECT_ERROR, JUMIN_FAILURE_PLATFORM_REFUSED },
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

static void
call_free (Call *call)
{
  if (call->cancelled != NULL)
    {
      g_source_destroy (call->cancelled);
      g_source_unref (call->cancelled);
    }
  g_clear_pointer (&call->easy, curl_easy_cleanup);
  curl_slist_free_all (call->headers);
  free_wiped (call->body, call->body_length);
  free_wiped (call->answer, call->answer_size);
  g_free (call->what);
  g_free (call->url);
  g_free (call->path);
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
grow_answer (Call *call, gsize more)
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
on_body (char *data, size_t size, size_t count, void *user_data)
{
  Call *call = user_data;
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

/* A server that does not take our certificate ends the connection after the handshake, without a
 * word (border.md 7: curl 55 or 56). One that has taken it before has only gone away. */
static JuminFailure
find_failure (JuminHttpClient *self, const Call *call, CURLcode result)
{
  if (result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR)
    return !self->accepted || strstr (call->error, "alert") != NULL ? JUMIN_FAILURE_PLATFORM_REFUSED
                                                                    : JUMIN_FAILURE_PLATFORM_SILENT;
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].result == result)
      return failures[i].failure;
  return JUMIN_FAILURE_PLATFORM_SILENT;
}

static GError *
new_transfer_error (JuminHttpClient *self, const Call *call, CURLcode result)
{
  if (call->too_long || result == CURLE_FILESIZE_EXCEEDED)
    return g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                        "Calling '%s' failed: the answer is longer than %d bytes", call->what,
                        JUMIN_HTTP_ANSWER_BYTES_MAX);
  return g_error_new (
      JUMIN_FAILURE, (int)find_failure (self, call, result), "Calling '%s' failed: %s (curl %d)",
      call->what, call->error[0] != '\0' ? call->error : curl_easy_strerror (result), (int)result);
}

static gboolean
is_json (const char *content_type)
{
  return content_type != NULL
         && g_regex_match_simple ("^application/json *(;.*)?$", content_type, G_REGEX_CASELESS, 0);
}

static JuminHttpAnswer *
read_answer (Call *call, GError **error)
{
  long status = 0;
  char *content_type = NULL;
  JuminHttpAnswer *answer;

  curl_easy_getinfo (call->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (call->easy, CURLINFO_CONTENT_TYPE, &content_type);
  if (status >= 500)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT,
                 "Calling '%s' failed: the platform is in trouble, status %ld", call->what, status);
  else if (status < 200 || (status >= 300 && status < 400))
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_INVALID,
                 "Calling '%s' failed: status %ld is not in the interface", call->what, status);
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
      return answer;
    }
  return NULL;
}

/* Takes the call off curl; its task is the caller's again. */
static GTask *
end_call (JuminHttpClient *self, CURL *easy)
{
  GTask *task = NULL;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, &task);
  curl_multi_remove_handle (jumin_curl_source_get_multi (self->source), easy);
  self->calls--;
  return task;
}

static void
on_transfer_done (CURL *easy, CURLcode result, gpointer data)
{
  JuminHttpClient *self = data;
  g_autoptr (GTask) task = end_call (self, easy);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  JuminHttpAnswer *answer = NULL;

  if (result == CURLE_OK)
    {
      self->accepted = TRUE;
      answer = read_answer (call, &error);
    }
  else
    error = new_transfer_error (self, call, result);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify)jumin_http_answer_free);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Call *call = g_task_get_task_data (data);
  g_autoptr (GTask) task = end_call (g_task_get_source_object (data), call->easy);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Calling '%s' was cancelled",
                           call->what);
  return G_SOURCE_REMOVE;
}

/* Each of these must hold, or the call is not made. */
static gboolean
set_trust (JuminHttpClient *self, CURL *easy)
{
  return curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_CAINFO, self->ca_file) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_CAPATH, NULL) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSLCERT, self->certificate_file) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSLKEY, self->key_file) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_PINNEDPUBLICKEY, self->pins) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_NOPROXY, "*") == CURLE_OK;
}

static gboolean
set_limits (JuminHttpClient *self, CURL *easy)
{
  long connect_ms = (long)jumin_clock_get_real_ms (self->clock, self->connect_ms);
  long total_ms = (long)jumin_clock_get_real_ms (self->clock, self->total_ms);

  return curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, total_ms) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_MAXFILESIZE, (long)JUMIN_HTTP_ANSWER_BYTES_MAX)
                == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK;
}

static gboolean
set_request (Call *call, GTask *task, gboolean changes_world)
{
  CURL *easy = call->easy;

  /* On a kept connection curl repeats a lost request by itself, with the nonce that the platform
   * has seen by then. What changes the world is repeated by whoever knows how. */
  return curl_easy_setopt (easy, CURLOPT_FRESH_CONNECT, (long)changes_world) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_URL, call->url) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_PRIVATE, task) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_ERRORBUFFER, call->error) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_WRITEDATA, call) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_HTTPHEADER, call->headers) == CURLE_OK
         && (call->body == NULL
             || (curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE, (long)call->body_length) == CURLE_OK
                 && curl_easy_setopt (easy, CURLOPT_POSTFIELDS, call->body) == CURLE_OK));
}

static void
add_header (Call *call, const char *name, const char *value)
{
  g_autofree char *header = g_strdup_printf ("%s: %s", name, value);

  call->headers = curl_slist_append (call->headers, header);
}

static gboolean
sign_call (JuminHttpClient *self, Call *call, const char *method, GError **error)
{
  char nonce[JUMIN_NONCE_LENGTH + 1];
  JuminSignedRequest request = { .method = method,
                                 .path = call->path,
                                 .terminal = self->terminal,
                                 .time_s = jumin_clock_get_wall (self->clock),
                                 .nonce = nonce,
                                 .body = call->body != NULL ? call->body : "",
                                 .body_length = call->body_length };
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, request.time_s);
  g_autofree char *signature = NULL;

  if (!jumin_request_signature_make_nonce (nonce, error))
    return FALSE;
  signature = jumin_request_signature_sign (self->signing_key, &request, error);
  if (signature == NULL)
    return FALSE;
  add_header (call, "Jumin-Terminal", self->terminal);
  add_header (call, "Jumin-Time", time);
  add_header (call, "Jumin-Nonce", nonce);
  add_header (call, "Jumin-Signature", signature);
  return TRUE;
}

static Call *
call_new (JuminHttpClient *self, const JuminHttpRequest *request)
{
  Call *call = g_new0 (Call, 1);

  call->easy = curl_easy_init ();
  call->url = g_strconcat (self->base_url, request->path, NULL);
  call->path = g_strconcat (self->base_path, request->path, NULL);
  call->what = g_strdup_printf ("%s %s", request->method, call->path);
  call->body = g_strdup (request->body);
  call->body_length = request->body != NULL ? strlen (request->body) : 0;
  add_header (call, "Accept", "application/json");
  if (call->body != NULL)
    add_header (call, "Content-Type", "application/json");
  /* Without a value curl leaves the header out: one round trip less. */
  call->headers = curl_slist_append (call->headers, "Expect:");
  if (request->key != NULL)
    add_header (call, "Idempotency-Key", request->key);
  return call;
}

static void
start_call (JuminHttpClient *self, GTask *task, gboolean changes_world)
{
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!set_trust (self, call->easy) || !set_limits (self, call->easy)
      || !set_request (call, task, changes_world)
      || curl_multi_add_handle (jumin_curl_source_get_multi (self->source), call->easy) != CURLM_OK)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
                               "Calling '%s' failed: curl lacks what the platform needs",
                               call->what);
      return;
    }
  self->calls++;
  g_object_ref (task); /* the running transfer's, see end_call() */
  if (cancellable == NULL)
    return;
  call->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (call->cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (call->cancelled, g_task_get_context (task));
}

/**
 * jumin_http_client_call_async:
 * @request: copied
 * @cancellable: (nullable): to give the call up
 *
 * Asks once. A status that is no success is an answer, too, when the interface knows it.
 *
 * Errors: JUMIN_FAILURE_PLATFORM_SILENT, _REFUSED, _INVALID; G_IO_ERROR_CANCELLED.
 */
void
jumin_http_client_call_async (JuminHttpClient *self, const JuminHttpRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  Call *call;

  g_return_if_fail (request->key == NULL || g_uuid_string_is_valid (request->key));
  g_task_set_source_tag (task, jumin_http_client_call_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  call = call_new (self, request);
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  if (self->calls >= JUMIN_HTTP_CALLS_MAX)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT,
                             "Calling '%s' failed: %d other calls wait", call->what,
                             JUMIN_HTTP_CALLS_MAX);
  else if (call->body_length > JUMIN_HTTP_REQUEST_BYTES_MAX)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
                             "Calling '%s' failed: the request is longer than %d bytes", call->what,
                             JUMIN_HTTP_REQUEST_BYTES_MAX);
  else if (!sign_call (self, call, request->method, &error))
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED, "%s",
                               error->message);
      g_error_free (error);
    }
  else
    start_call (self, task, request->key != NULL);
}

/**
 * jumin_http_client_call_finish:
 *
 * Returns: (transfer full): the answer
 */
JuminHttpAnswer *
jumin_http_client_call_finish (JuminHttpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
jumin_http_client_dispose (GObject *object)
{
  JuminHttpClient *self = JUMIN_HTTP_CLIENT (object);

  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (jumin_http_client_parent_class)->dispose (object);
}

static void
jumin_http_client_finalize (GObject *object)
{
  JuminHttpClient *self = JUMIN_HTTP_CLIENT (object);

  EVP_PKEY_free (self->signing_key);
  g_free (self->base_url);
  g_free (self->base_path);
  g_free (self->terminal);
  g_free (self->ca_file);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_free (self->pins);
  curl_global_cleanup ();
  G_OBJECT_CLASS (jumin_http_client_parent_class)->finalize (object);
}

static void
jumin_http_client_class_init (JuminHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_http_client_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_http_client_finalize;
}

static void
jumin_http_client_init (JuminHttpClient *self)
{
  curl_global_init (CURL_GLOBAL_DEFAULT); /* counted: see finalize */
  self->source = jumin_curl_source_new (on_transfer_done, self);
  curl_multi_setopt (jumin_curl_source_get_multi (self->source), CURLMOPT_MAXCONNECTS,
                     (long)CONNECTIONS_MAX);
  g_source_attach (self->source, NULL);
}

static gboolean
check_settings (const JuminHttpSettings *settings, GError **error)
{
  const char *files[] = { settings->ca_file, settings->certificate_file, settings->key_file };

  if (!g_regex_match_simple ("^https://[^/?#@ ]+(/[^/?#@ ]+)*$", settings->base_url, 0, 0))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "Platform '%s': not https://host:port/path without a slash at the end",
                 settings->base_url);
  else if (!g_regex_match_simple ("^[A-Z]-[0-9]{4}$", settings->terminal, G_REGEX_DOLLAR_ENDONLY,
                                  0))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "Terminal '%s': not a letter, a hyphen and four digits", settings->terminal);
  else
    {
      for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
        if (access (files[i], R_OK) != 0)
          {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Reading '%s' failed: %s",
                         files[i], g_strerror (errno));
            return FALSE;
          }
      return TRUE;
    }
  return FALSE;
}

/**
 * jumin_http_client_new:
 * @settings: how to reach the platform
 * @clock: how long a time-out takes, and what time is signed
 *
 * Makes no connection. Errors: G_IO_ERROR_INVALID_ARGUMENT, _NOT_FOUND, _INVALID_DATA for a
 * setting or a file that cannot work.
 *
 * Returns: (transfer full): a client for the default main context
 */
JuminHttpClient *
jumin_http_client_new (const JuminHttpSettings *settings, JuminClock *clock, GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  JuminHttpClient *self;

  if (!check_settings (settings, error))
    return NULL;
  key = jumin_request_signature_load_key (settings->signing_key_file, error);
  if (key == NULL)
    return NULL;
  self = g_object_new (JUMIN_TYPE_HTTP_CLIENT, NULL);
  self->clock = g_object_ref (clock);
  self->signing_key = g_steal_pointer (&key);
  self->base_url = g_strdup (settings->base_url);
  self->base_path = g_strdup (settings->base_url + strcspn (settings->base_url + 8, "/") + 8);
  self->terminal = g_strdup (settings->terminal);
  self->ca_file = g_strdup (settings->ca_file);
  self->certificate_file = g_strdup (settings->certificate_file);
  self->key_file = g_strdup (settings->key_file);
  self->pins = g_strdup (settings->pins);
  self->connect_ms = settings->connect_ms;
  self->total_ms = settings->total_ms;
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One HTTPS peer, the platform: who it is is checked (one authority, pinned keys, signature of
 * every answer), who we are is proved (client certificate, signature of every request), and what it
 * says is bounded (time, size, type, no redirects). Runs in the main loop and keeps its
 * connections. A plain peer is checked and bounded in the same way, but for what is signed.
 *
 * The time that the platform signs corrects the clock. A request that was refused because the clock
 * went wrong is made once again with the right time.
 *
 * A call's task is held by its curl handle while it runs, and the task holds the client. */
#include "platform/http-client.h"

#include <openssl/ssl.h>
#include <string.h>
#include <unistd.h>

#include "model/error.h"
#include "platform/curl-source.h"
#include "platform/http-call.h"
#include "platform/own-certificate.h"

enum
{
  CONNECTIONS_MAX = 4,
  SECURITY_LEVEL = 2
};

struct _JuminHttpClient
{
  GObject parent_instance;
  JuminClock *clock;
  JuminAudit *audit; /* nullable */
  GSource *source;
  EVP_PKEY *signing_key;
  JuminOwnCertificate certificate;
  GPtrArray *reply_keys; /* NULL, as the signing key: a plain peer */
  char *base_url, *base_path, *terminal, *ca_file, *crl_file, *certificate_file, *key_file, *pins;
  guint connect_ms, total_ms, clock_step_ms, calls;
  gboolean time_refused;
  gboolean accepted; /* the platform has once answered: it takes our certificate */
};

static void sign_and_start (JuminHttpClient *self, GTask *task);

G_DEFINE_FINAL_TYPE (JuminHttpClient, jumin_http_client, G_TYPE_OBJECT)

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

/* A step that is too long is no correction: the machine's clock has to be set by somebody. */
static gboolean
take_time (JuminHttpClient *self, const JuminHttpCall *call, gint64 time_s, GError **error)
{
  gint64 moved_s;
  gboolean taken = jumin_clock_correct (self->clock, time_s, call->sent_us,
                                        jumin_clock_get_monotonic (self->clock), &moved_s);
  g_autofree char *seconds = g_strdup_printf (
      "%" G_GINT64_FORMAT, CLAMP (moved_s, -(gint64)G_MAXINT32, (gint64)G_MAXINT32));

  if (self->audit != NULL && ABS (moved_s) * 1000 >= (gint64)self->clock_step_ms
      && (taken || !self->time_refused))
    jumin_audit_write (self->audit, taken ? JUMIN_AUDIT_CLOCK_CORRECTED : JUMIN_AUDIT_CLOCK_REFUSED,
                       "seconds", seconds, NULL);
  self->time_refused = !taken;
  if (!taken)
    g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_CLOCK,
                 "Calling '%s' failed: the platform's clock is %s seconds away from this machine's",
                 call->what, seconds);
  return taken;
}

/* The platform would not have the time of the call, and by now we know a better one. */
static gboolean
was_untimely (JuminHttpClient *self, const JuminHttpCall *call, const JuminHttpAnswer *answer)
{
  gint64 lasted_us = jumin_clock_get_monotonic (self->clock) - call->sent_us;
  gint64 passed_s = jumin_clock_get_wall (self->clock) - call->time_s;

  return answer->status == 401 && self->signing_key != NULL && !call->repeated
         && (passed_s < 0 || passed_s > lasted_us / G_USEC_PER_SEC + 1);
}

static void
repeat_call (JuminHttpClient *self, GTask *task)
{
  JuminHttpCall *call = jumin_http_call_new_repeated (g_task_get_task_data (task));

  g_task_set_task_data (task, call, (GDestroyNotify)jumin_http_call_free);
  sign_and_start (self, task);
}

static void
on_transfer_done (CURL *easy, CURLcode result, gpointer data)
{
  JuminHttpClient *self = data;
  g_autoptr (GTask) task = end_call (self, easy);
  JuminHttpCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  JuminHttpAnswer *answer = NULL;

  if (result == CURLE_OK)
    {
      self->accepted = TRUE;
      answer = jumin_http_call_read_answer (call, self->reply_keys, &error);
      if (answer != NULL && self->reply_keys != NULL
          && !take_time (self, call, answer->time_s, &error))
        g_clear_pointer (&answer, jumin_http_answer_free);
    }
  else
    error = jumin_http_call_new_error (call, result, self->accepted);
  if (answer != NULL)
    jumin_own_certificate_tell (&self->certificate, self->clock, self->audit);
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED)
           && jumin_own_certificate_is_over (&self->certificate, self->clock))
    error->code = JUMIN_FAILURE_PLATFORM_EXPIRED;
  /* Now: the task may outlive us and with us what the handle was made for, and a cancel that comes
   * before its callback must not end it twice. */
  jumin_http_call_end (call);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (was_untimely (self, call, answer))
    {
      jumin_http_answer_free (answer);
      repeat_call (self, task);
    }
  else
    g_task_return_pointer (task, answer, (GDestroyNotify)jumin_http_answer_free);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  JuminHttpCall *call = g_task_get_task_data (data);
  g_autoptr (GTask) task = end_call (g_task_get_source_object (data), call->easy);

  g_clear_pointer (&call->easy, curl_easy_cleanup);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Calling '%s' was cancelled",
                           call->what);
  return G_SOURCE_REMOVE;
}

/* What curl has no option for. Level 2: keys of 112 bits of security, no SHA-1 in a signature. A
 * peer that renegotiates could become another one, and nobody would look at its pin. */
static CURLcode
on_tls_context (CURL *easy, void *context, void *data)
{
  JuminHttpClient *self = data;

  /* Whether a certificate is valid now is asked of our clock: the system's may have gone wrong. */
  X509_VERIFY_PARAM_set_time (SSL_CTX_get0_param (context), jumin_clock_get_wall (self->clock));
  SSL_CTX_set_security_level (context, SECURITY_LEVEL);
  SSL_CTX_set_options (context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  return CURLE_OK;
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
         && curl_easy_setopt (easy, CURLOPT_CRLFILE, self->crl_file) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSL_CTX_FUNCTION, on_tls_context) == CURLE_OK
         && curl_easy_setopt (easy, CURLOPT_SSL_CTX_DATA, self) == CURLE_OK
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

static void
start_call (JuminHttpClient *self, GTask *task)
{
  JuminHttpCall *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (!set_trust (self, call->easy) || !set_limits (self, call->easy)
      || !jumin_http_call_prepare (call, task)
      || curl_multi_add_handle (jumin_curl_source_get_multi (self->source), call->easy) != CURLM_OK)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
                               "Calling '%s' failed: curl lacks what the platform needs",
                               call->what);
      return;
    }
  call->sent_us = jumin_clock_get_monotonic (self->clock);
  self->calls++;
  g_object_ref (task); /* the running transfer's, see end_call() */
  if (cancellable == NULL)
    return;
  call->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (call->cancelled, G_SOURCE_FUNC (on_cancelled), task, NULL);
  g_source_attach (call->cancelled, g_task_get_context (task));
}

static void
sign_and_start (JuminHttpClient *self, GTask *task)
{
  g_autoptr (GError) error = NULL;

  if (self->signing_key == NULL
      || jumin_http_call_sign (g_task_get_task_data (task), self->signing_key, self->terminal,
                               jumin_clock_get_wall (self->clock), &error))
    start_call (self, task);
  else
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED, "%s",
                             error->message);
}

/**
 * jumin_http_client_call_async:
 * @request: copied
 * @cancellable: (nullable): to give the call up
 *
 * Asks once. A status that is no success is an answer, too, when the interface knows it.
 *
 * Errors: JUMIN_FAILURE_PLATFORM_SILENT, _REFUSED, _INVALID, _CLOCK, _EXPIRED;
 * G_IO_ERROR_CANCELLED.
 */
void
jumin_http_client_call_async (JuminHttpClient *self, const JuminHttpRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  JuminHttpCall *call;

  g_return_if_fail (request->key == NULL || g_uuid_string_is_valid (request->key));
  g_task_set_source_tag (task, jumin_http_client_call_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  call = jumin_http_call_new (self->base_url, self->base_path, request);
  g_task_set_task_data (task, call, (GDestroyNotify)jumin_http_call_free);
  if (self->calls >= JUMIN_HTTP_CALLS_MAX)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT,
                             "Calling '%s' failed: %d other calls wait", call->what,
                             JUMIN_HTTP_CALLS_MAX);
  else if (call->body_length > JUMIN_HTTP_REQUEST_BYTES_MAX)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
                             "Calling '%s' failed: the request is longer than %d bytes", call->what,
                             JUMIN_HTTP_REQUEST_BYTES_MAX);
  else
    sign_and_start (self, task);
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
  g_clear_object (&self->audit);
  G_OBJECT_CLASS (jumin_http_client_parent_class)->dispose (object);
}

static void
jumin_http_client_finalize (GObject *object)
{
  JuminHttpClient *self = JUMIN_HTTP_CLIENT (object);

  EVP_PKEY_free (self->signing_key);
  g_clear_pointer (&self->reply_keys, g_ptr_array_unref);
  g_free (self->base_url);
  g_free (self->base_path);
  g_free (self->terminal);
  g_free (self->ca_file);
  g_free (self->crl_file);
  g_free (self->certificate_file);
  g_free (self->key_file);
  g_free (self->pins);
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
  self->source = jumin_curl_source_new (on_transfer_done, self);
  curl_multi_setopt (jumin_curl_source_get_multi (self->source), CURLMOPT_MAXCONNECTS,
                     (long)CONNECTIONS_MAX);
  g_source_attach (self->source, NULL);
}

static gboolean
check_settings (const JuminHttpSettings *settings, GError **error)
{
  gboolean named = settings->terminal != NULL;
  const char *files[] = { settings->ca_file, named ? settings->certificate_file : settings->ca_file,
                          named ? settings->key_file : settings->ca_file,
                          settings->crl_file != NULL ? settings->crl_file : settings->ca_file };

  if (!g_regex_match_simple ("^https://[^/?#@ ]+(/[^/?#@ ]+)*$", settings->base_url, 0, 0))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "Platform '%s': not https://host:port/path without a slash at the end",
                 settings->base_url);
  else if (named
           && !g_regex_match_simple ("^[A-Z]-[0-9]{4}$", settings->terminal, G_REGEX_DOLLAR_ENDONLY,
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
  g_autoptr (GPtrArray) reply_keys = NULL;
  JuminOwnCertificate certificate = { 0 };
  JuminHttpClient *self;

  if (!check_settings (settings, error))
    return NULL;
  if (!settings->plain
      && ((key = jumin_sm2_load_key (settings->signing_key_file, error)) == NULL
          || (reply_keys = jumin_sm2_load_public_keys (settings->reply_key_file, error)) == NULL))
    return NULL;
  if (settings->terminal != NULL
      && !jumin_own_certificate_load (&certificate, settings->certificate_file, error))
    return NULL;
  self = g_object_new (JUMIN_TYPE_HTTP_CLIENT, NULL);
  self->clock = g_object_ref (clock);
  self->certificate = certificate;
  self->signing_key = g_steal_pointer (&key);
  self->reply_keys = g_steal_pointer (&reply_keys);
  self->base_url = g_strdup (settings->base_url);
  self->base_path = g_strdup (settings->base_url + strcspn (settings->base_url + 8, "/") + 8);
  self->terminal = g_strdup (settings->terminal != NULL ? settings->terminal : "");
  self->ca_file = g_strdup (settings->ca_file);
  self->crl_file = g_strdup (settings->crl_file);
  self->certificate_file = g_strdup (settings->certificate_file);
  self->key_file = g_strdup (settings->key_file);
  self->pins = g_strdup (settings->pins);
  g_set_object (&self->audit, settings->audit);
  self->clock_step_ms = settings->clock_step_ms;
  self->connect_ms = settings->connect_ms;
  self->total_ms = settings->total_ms;
  return self;
}

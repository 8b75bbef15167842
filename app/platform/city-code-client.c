/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose code it is. One code at a time goes through the steps of the profile:
 *
 *   activate ──► token ──► resolve ──► identity
 *      ▲           │ ▲         │
 *      └─ refused ─┘ └─ stale ─┘
 *
 * A step is passed over while what it gives is still good; each way back is gone once a code.
 *
 * Of what is asked and answered nothing is logged, and all of it is wiped. */
#include "platform/city-code-client.h"

#include <string.h>

#include "model/error.h"
#include "model/hall-time.h"

enum
{
  REQUEST_LENGTH = 32
};

struct _JuminCityCodeClient
{
  GObject parent_instance;
  JuminCityCodeProfile *profile;
  JuminHttpClient *http;
  JuminClock *clock;
  JuminCityCodeSecrets *secrets;
  char *latitude, *longitude;
  guint total_ms;
  GCancellable *running; /* of the code that is on its way */
};

G_DEFINE_FINAL_TYPE (JuminCityCodeClient, jumin_city_code_client, G_TYPE_OBJECT)

/**
 * Job:
 * @own: ends the call that runs: the caller's, or the deadline
 * @from: the caller's cancellable, with @link to @own
 * @timer: the deadline
 * @renewed, @activated_again: the ways back that are gone
 *
 * One code on its way.
 */
typedef struct
{
  JuminClock *clock;
  GBytes *text;
  GCancellable *own, *from;
  gulong link;
  gpointer timer;
  JuminCityCodeStep step;
  gboolean overdue, renewed, activated_again;
} Job;

static void advance (JuminCityCodeClient *self, GTask *task);

static void
job_free (Job *job)
{
  jumin_clock_cancel (job->clock, &job->timer);
  g_cancellable_disconnect (job->from, job->link);
  g_clear_object (&job->from);
  g_object_unref (job->own);
  g_object_unref (job->clock);
  g_bytes_unref (job->text);
  g_free (job);
}

/* The code is done with; the next one may be asked for. */
static void
end (JuminCityCodeClient *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);

  jumin_clock_cancel (job->clock, &job->timer);
  if (self->running == job->own)
    g_clear_object (&self->running);
}

static void
fail (JuminCityCodeClient *self, GTask *task, GQuark domain, int code, const char *why)
{
  end (self, task);
  g_task_return_new_error (task, domain, code, "Asking whose code it is failed: %s", why);
}

static gboolean
on_overdue (gpointer data)
{
  Job *job = data;

  job->timer = NULL;
  job->overdue = TRUE;
  g_cancellable_cancel (job->own);
  return G_SOURCE_REMOVE;
}

static void
on_given_up (GCancellable *from, gpointer own)
{
  g_cancellable_cancel (own);
}

/* What a number means depends on what was asked: who is refused before a code was sent, is refused
 * for what this machine is. */
static void
take_refusal (JuminCityCodeClient *self, GTask *task, JuminCityCodeResult result)
{
  Job *job = g_task_get_task_data (task);

  if (result == JUMIN_CITY_CODE_OUTDATED)
    fail (self, task, JUMIN_FAILURE, JUMIN_FAILURE_CODES_OUTDATED,
          "the platform wants a newer client");
  else if (job->step == JUMIN_CITY_CODE_RESOLVE && result == JUMIN_CITY_CODE_EXPIRED)
    fail (self, task, JUMIN_RETRY, JUMIN_RETRY_CODE_EXPIRED, "it has expired");
  else if (job->step == JUMIN_CITY_CODE_RESOLVE && result == JUMIN_CITY_CODE_REFUSED)
    fail (self, task, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED, "the platform does not take it");
  else if (job->step == JUMIN_CITY_CODE_RESOLVE && !job->renewed)
    {
      job->renewed = TRUE;
      jumin_city_code_secrets_forget_token (self->secrets);
      advance (self, task);
    }
  else if (job->step == JUMIN_CITY_CODE_TOKEN && *self->secrets->terminal != '\0'
           && !job->activated_again)
    {
      job->activated_again = TRUE;
      jumin_city_code_secrets_forget_terminal (self->secrets);
      advance (self, task);
    }
  else
    fail (self, task, JUMIN_FAILURE, JUMIN_FAILURE_CODES_REFUSED,
          "the platform does not take our keys");
}

static void
take_answer (JuminCityCodeClient *self, GTask *task, JuminCityCodeAnswer *answer)
{
  Job *job = g_task_get_task_data (task);

  if (answer->result != JUMIN_CITY_CODE_GOOD)
    take_refusal (self, task, answer->result);
  else if (job->step == JUMIN_CITY_CODE_RESOLVE)
    {
      end (self, task);
      g_task_return_pointer (task, g_steal_pointer (&answer->identity),
                             (GDestroyNotify)jumin_identity_unref);
    }
  else
    {
      if (job->step == JUMIN_CITY_CODE_ACTIVATE)
        jumin_city_code_secrets_keep_terminal (self->secrets, answer->terminal);
      else
        jumin_city_code_secrets_keep_token (self->secrets, answer->token, answer->expires_s);
      advance (self, task);
    }
}

/* A status that is no success may come with a number that says why. */
static JuminCityCodeAnswer *
read_answer (JuminCityCodeClient *self, JuminCityCodeStep step, const JuminHttpAnswer *http,
             GError **error)
{
  g_autoptr (JuminCityCodeAnswer) answer = NULL;
  GDate today;

  jumin_hall_get_date (jumin_clock_get_wall (self->clock), &today);
  answer = jumin_city_code_answer_read (self->profile, &self->secrets->cipher, step, http->body,
                                        http->length, &today, http->status == 200 ? error : NULL);
  if (http->status == 200 || (answer != NULL && answer->result != JUMIN_CITY_CODE_GOOD))
    return g_steal_pointer (&answer);
  g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED,
               "Asking whose code it is failed: status %u", http->status);
  return NULL;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  JuminCityCodeClient *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminHttpAnswer) http
      = jumin_http_client_call_finish (JUMIN_HTTP_CLIENT (source), result, &error);
  g_autoptr (JuminCityCodeAnswer) answer
      = http != NULL ? read_answer (self, job->step, http, &error) : NULL;

  if (answer != NULL)
    take_answer (self, task, answer);
  else if (job->overdue && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fail (self, task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "it took too long");
  else
    {
      end (self, task);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* New for each request, and nothing that could be foretold or counted. */
static void
make_request_id (char id[REQUEST_LENGTH + 1])
{
  g_autofree char *uuid = g_uuid_string_random ();
  gsize n = 0;

  for (const char *c = uuid; *c != '\0' && n < REQUEST_LENGTH; c++)
    if (*c != '-')
      id[n++] = *c;
  id[n] = '\0';
}

static void
ask (JuminCityCodeClient *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);
  const JuminCityCodeSecrets *secrets = self->secrets;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (job->text, &length);
  char request_id[REQUEST_LENGTH + 1];
  char *text = g_strndup (bytes, length),
       *sealed = jumin_sm4_seal (&secrets->cipher, bytes, length, NULL);
  const char *const values[JUMIN_CITY_CODE_N_SLOTS] = {
    [JUMIN_CITY_CODE_SLOT_ID] = secrets->id,
    [JUMIN_CITY_CODE_SLOT_SECRET] = secrets->secret,
    [JUMIN_CITY_CODE_SLOT_REQUEST] = request_id,
    [JUMIN_CITY_CODE_SLOT_LATITUDE] = self->latitude,
    [JUMIN_CITY_CODE_SLOT_LONGITUDE] = self->longitude,
    [JUMIN_CITY_CODE_SLOT_TERMINAL] = secrets->terminal,
    [JUMIN_CITY_CODE_SLOT_TOKEN] = secrets->token,
    [JUMIN_CITY_CODE_SLOT_TEXT] = text,
    [JUMIN_CITY_CODE_SLOT_SEALED_TEXT] = sealed,
  };
  g_autoptr (JuminCityCodeMessage) message = NULL;
  JuminHttpRequest request = { 0 };

  if (sealed == NULL)
    {
      jumin_sm4_free_wiped (text, length);
      fail (self, task, JUMIN_FAILURE, JUMIN_FAILURE_CODES_OUTDATED, "OpenSSL here has no SM4");
      return;
    }
  make_request_id (request_id);
  message = jumin_city_code_message_new (self->profile, job->step, values);
  jumin_sm4_free_wiped (text, length);
  jumin_sm4_free_wiped (sealed, strlen (sealed));
  request.method = self->profile->questions[job->step].post ? "POST" : "GET";
  request.path = message->path;
  request.body = message->body;
  request.headers = (const char *const *)message->headers;
  jumin_http_client_call_async (self->http, &request, job->own, on_answer, g_object_ref (task));
}

static void
advance (JuminCityCodeClient *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);

  if (self->profile->questions[JUMIN_CITY_CODE_ACTIVATE].path != NULL
      && *self->secrets->terminal == '\0')
    job->step = JUMIN_CITY_CODE_ACTIVATE;
  else
    job->step = jumin_city_code_secrets_has_token (self->secrets) ? JUMIN_CITY_CODE_RESOLVE
                                                                  : JUMIN_CITY_CODE_TOKEN;
  ask (self, task);
}

/* Any code is bytes, but what the platform takes is text. */
static gboolean
is_text (GBytes *text)
{
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  return length > 0 && length <= JUMIN_CITY_CODE_TEXT_MAX
         && g_utf8_validate_len (bytes, length, NULL);
}

static Job *
job_new (JuminCityCodeClient *self, GBytes *text, GCancellable *cancellable)
{
  Job *job = g_new0 (Job, 1);

  job->clock = g_object_ref (self->clock);
  job->text = g_bytes_ref (text);
  job->own = g_cancellable_new ();
  job->timer = jumin_clock_after (job->clock, self->total_ms, on_overdue, job);
  if (cancellable != NULL)
    {
      job->from = g_object_ref (cancellable);
      job->link = g_cancellable_connect (cancellable, G_CALLBACK (on_given_up),
                                         g_object_ref (job->own), g_object_unref);
    }
  return job;
}

/**
 * jumin_city_code_client_resolve_async:
 * @text: what the code says, without what a scanner put around it
 * @cancellable: (nullable): to give it up
 *
 * Asks whose code it is. Only one that is not cancelled may be asked for at a time.
 *
 * Errors: JUMIN_RETRY_CODE_EXPIRED, _REFUSED, _HOLDER; JUMIN_FAILURE_CODES_OUTDATED, _REFUSED;
 * JUMIN_FAILURE_PLATFORM_SILENT, _REFUSED, _INVALID; G_IO_ERROR_BUSY; G_IO_ERROR_CANCELLED.
 */
void
jumin_city_code_client_resolve_async (JuminCityCodeClient *self, GBytes *text,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Job *job;

  g_task_set_source_tag (task, jumin_city_code_client_resolve_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->running != NULL && !g_cancellable_is_cancelled (self->running))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "Another code is asked for");
      return;
    }
  if (!is_text (text))
    {
      g_task_return_new_error (task, JUMIN_RETRY, JUMIN_RETRY_CODE_REFUSED,
                               "The code is no text of at most %d bytes", JUMIN_CITY_CODE_TEXT_MAX);
      return;
    }
  job = job_new (self, text, cancellable);
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_set_object (&self->running, job->own);
  advance (self, task);
}

/**
 * jumin_city_code_client_resolve_finish:
 *
 * Returns: (transfer full): who showed the code, with %JUMIN_PROOF_CODE. A platform may give no
 *   more of the name than "**明".
 */
JuminIdentity *
jumin_city_code_client_resolve_finish (JuminCityCodeClient *self, GAsyncResult *result,
                                       GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
jumin_city_code_client_finalize (GObject *object)
{
  JuminCityCodeClient *self = JUMIN_CITY_CODE_CLIENT (object);

  g_clear_object (&self->http);
  g_clear_object (&self->running);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->profile, jumin_city_code_profile_free);
  g_clear_pointer (&self->secrets, jumin_city_code_secrets_free);
  g_free (self->latitude);
  g_free (self->longitude);
  G_OBJECT_CLASS (jumin_city_code_client_parent_class)->finalize (object);
}

static void
jumin_city_code_client_class_init (JuminCityCodeClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jumin_city_code_client_finalize;
}

static void
jumin_city_code_client_init (JuminCityCodeClient *self)
{
}

/**
 * jumin_city_code_client_new:
 * @http: the platform of the codes, a plain peer
 * @clock: how long a token is good
 *
 * Makes no connection. Errors: G_IO_ERROR_PERMISSION_DENIED, _NOT_FOUND, _INVALID_DATA,
 * _INVALID_ARGUMENT for a file or a setting that cannot work.
 *
 * Returns: (transfer full): a client
 */
JuminCityCodeClient *
jumin_city_code_client_new (const JuminCityCodeSettings *settings, JuminHttpClient *http,
                            JuminClock *clock, GError **error)
{
  g_autoptr (JuminCityCodeClient) self = g_object_new (JUMIN_TYPE_CITY_CODE_CLIENT, NULL);

  self->profile = settings->profile;
  self->http = g_object_ref (http);
  self->clock = g_object_ref (clock);
  self->latitude = g_strdup (settings->latitude);
  self->longitude = g_strdup (settings->longitude);
  self->total_ms = settings->total_ms;
  self->secrets = jumin_city_code_secrets_load (settings, clock, error);
  return self->secrets != NULL ? g_steal_pointer (&self) : NULL;
}

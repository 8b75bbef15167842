/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client without its network. */
#include "fake-http.h"

#include <string.h>

#include "model/error.h"

struct _JuminHttpClient
{
  GObject parent_instance;
  FakeHttpAnswer answer;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (JuminHttpClient, jumin_http_client, G_TYPE_OBJECT)

void
jumin_http_client_call_async (JuminHttpClient *self, const JuminHttpRequest *request,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  JuminHttpAnswer *answer;

  if (g_task_return_error_if_cancelled (task))
    return;
  answer = self->answer (request, self->data);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)jumin_http_answer_free);
  else
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "silent");
}

JuminHttpAnswer *
jumin_http_client_call_finish (JuminHttpClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
jumin_http_answer_free (JuminHttpAnswer *self)
{
  g_free (self->body);
  g_free (self);
}

static void
jumin_http_client_class_init (JuminHttpClientClass *klass)
{
}

static void
jumin_http_client_init (JuminHttpClient *self)
{
}

JuminHttpClient *
fake_http_client_new (FakeHttpAnswer answer, gpointer data)
{
  JuminHttpClient *self = g_object_new (JUMIN_TYPE_HTTP_CLIENT, NULL);

  self->answer = answer;
  self->data = data;
  return self;
}

JuminHttpAnswer *
fake_http_answer_new (guint status, char *body, gsize length)
{
  JuminHttpAnswer *answer = g_new0 (JuminHttpAnswer, 1);

  *answer = (JuminHttpAnswer){ .status = status, .body = body, .length = length };
  return answer;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One GSource that drives one curl multi handle in the main loop, without a thread or a poll.
 *
 *   curl asks for a socket   → on_socket → g_source_add_unix_fd()
 *   curl asks for a time-out → on_timer  → g_source_set_ready_time()
 *   the loop wakes us        → dispatch  → curl_multi_socket_action()
 *   a transfer is over       → the JuminCurlDone function
 *
 * The source owns the multi handle: the loop holds the source while it dispatches, so a callback
 * may drop the last reference to whoever made it. */
#include "platform/curl-source.h"

typedef struct
{
  GSource source;
  CURLM *multi;
  GHashTable *watches; /* file descriptor → tag of GSource */
  JuminCurlDone done;
  gpointer data;
} CurlSource;

static int
on_socket (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  CurlSource *self = user_data;
  gpointer key = GINT_TO_POINTER (fd);
  gpointer tag = g_hash_table_lookup (self->watches, key);
  GIOCondition condition
      = (what & CURL_POLL_IN ? G_IO_IN : 0) | (what & CURL_POLL_OUT ? G_IO_OUT : 0);

  if (what == CURL_POLL_REMOVE)
    {
      g_hash_table_remove (self->watches, key);
      if (tag != NULL && !g_source_is_destroyed (&self->source))
        g_source_remove_unix_fd (&self->source, tag);
    }
  else if (tag != NULL)
    g_source_modify_unix_fd (&self->source, tag, condition);
  else
    g_hash_table_insert (self->watches, key, g_source_add_unix_fd (&self->source, fd, condition));
  return 0;
}

static int
on_timer (CURLM *multi, long timeout_ms, void *user_data)
{
  CurlSource *self = user_data;

  if (!g_source_is_destroyed (&self->source))
    g_source_set_ready_time (&self->source,
                             timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * 1000);
  return 0;
}

static void
act_on_socket (CurlSource *self, gpointer fd)
{
  gpointer tag = g_hash_table_lookup (self->watches, fd);
  GIOCondition condition = tag != NULL ? g_source_query_unix_fd (&self->source, tag) : 0;
  int running;
  int action = (condition & (G_IO_IN | G_IO_HUP) ? CURL_CSELECT_IN : 0)
               | (condition & G_IO_OUT ? CURL_CSELECT_OUT : 0)
               | (condition & G_IO_ERR ? CURL_CSELECT_ERR : 0);

  if (action != 0)
    curl_multi_socket_action (self->multi, GPOINTER_TO_INT (fd), action, &running);
}

static gboolean
curl_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  CurlSource *self = (CurlSource *)source;
  g_autoptr (GList) fds = g_hash_table_get_keys (self->watches);
  gint64 ready_us = g_source_get_ready_time (source);
  CURLMsg *message;
  int running, queued;

  for (GList *l = fds; l != NULL; l = l->next)
    act_on_socket (self, l->data);
  if (ready_us >= 0 && ready_us <= g_source_get_time (source))
    {
      g_source_set_ready_time (source, -1);
      curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
  while ((message = curl_multi_info_read (self->multi, &queued)) != NULL)
    if (message->msg == CURLMSG_DONE)
      self->done (message->easy_handle, message->data.result, self->data);
  return G_SOURCE_CONTINUE;
}

static void
curl_source_finalize (GSource *source)
{
  CurlSource *self = (CurlSource *)source;

  /* Closes the idle connections, through on_socket. */
  curl_multi_cleanup (self->multi);
  g_hash_table_unref (self->watches);
  curl_global_cleanup ();
}

/**
 * jumin_curl_source_new:
 * @done: called in the main loop for every transfer that is over
 * @data: for @done
 *
 * Returns: (transfer full): a source with a multi handle of its own, not yet attached
 */
GSource *
jumin_curl_source_new (JuminCurlDone done, gpointer data)
{
  static GSourceFuncs functions
      = { .dispatch = curl_source_dispatch, .finalize = curl_source_finalize };
  GSource *source = g_source_new (&functions, sizeof (CurlSource));
  CurlSource *self = (CurlSource *)source;

  curl_global_init (CURL_GLOBAL_DEFAULT); /* counted: see finalize */
  self->multi = curl_multi_init ();
  self->watches = g_hash_table_new (NULL, NULL);
  self->done = done;
  self->data = data;
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  g_source_set_static_name (source, "jumin-curl");
  return source;
}

CURLM *
jumin_curl_source_get_multi (GSource *source)
{
  return ((CurlSource *)source)->multi;
}

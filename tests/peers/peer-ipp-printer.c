/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jumin-peer-ipp-printer: an A4 printer that speaks IPP over HTTP on the loopback. What a person
 * would do to it comes by the control socket, at once or when so many pages are out. */
#include "control.h"
#include "ipp-service.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMANDS                                                                                   \
  "paper ok|low|end, jam on|off, cover open|closed, toner ok|low|end, online on|off, "             \
  "accept on|off, busy on|off, pdf on|off, reason +WORD|-WORD, lie on|off, count on|off, "         \
  "hang on|off, drop, lose send|create|jobs|off, drop-after BYTES, unplug, plug, "                 \
  "power off|on|cycle, page-ms N, after-pages N COMMAND, wait N, status, quit"

enum
{
  PAGE_MS_DEFAULT = 3000,
  PAGE_MS_MAX = 600000,
  DROP_BYTES_MAX = 1 << 30,
  PAGES_MAX = 1000,
  WAITERS_MAX = 8
};

typedef struct
{
  JuminControlClient *client;
  guint64 until; /* of the engine's steps */
} Waiter;

typedef struct
{
  GMainLoop *loop;
  char *dir, *control_path, *certificate_path, *key_path;
  int port, page_ms;
  JuminIppService service;
  SoupServer *server;
  GPtrArray *sockets; /* of everybody who is connected */
  GPtrArray *held;    /* SoupServerMessage: nobody answers them */
  gboolean hanging;
  ipp_op_t lose;    /* whose next answer does not arrive; 0: none */
  gsize drop_after; /* bytes of a request; 0: never */
  int later_at;     /* -1: nothing waits */
  char *later;
  Waiter waiters[WAITERS_MAX];
  guint n_waiters;
} Peer;

static gboolean
drop (Peer *self)
{
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_shutdown (g_ptr_array_index (self->sockets, i), TRUE, TRUE, NULL);
  g_ptr_array_set_size (self->sockets, 0);
  return TRUE;
}

static void
answer (Peer *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) request = soup_message_body_flatten (body);
  ipp_op_t operation = 0;
  gsize length;
  const char *bytes = g_bytes_get_data (request, &length);
  g_autoptr (GBytes) reply = jumin_ipp_service_answer (&self->service, bytes, length, &operation);

  if (reply == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      return;
    }
  if (self->lose != 0 && operation == self->lose)
    {
      self->lose = 0;
      drop (self);
    }
  bytes = g_bytes_get_data (reply, &length);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/ipp", SOUP_MEMORY_COPY, bytes, length);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer data)
{
  Peer *self = data;

  if (strcmp (soup_server_message_get_method (message), "POST") != 0)
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else if (g_object_get_data (G_OBJECT (message), "torn") != NULL)
    soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
  else if (self->hanging)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held, g_object_ref (message));
    }
  else
    answer (self, message);
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Peer *self = data;

  if (self->drop_after == 0)
    return;
  if (g_bytes_get_size (chunk) < self->drop_after)
    self->drop_after -= g_bytes_get_size (chunk);
  else
    {
      self->drop_after = 0;
      g_object_set_data (G_OBJECT (message), "torn", self); /* more of it may lie in the socket */
      drop (self);
    }
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  Peer *self = data;
  GSocket *socket = soup_server_message_get_socket (message);

  for (guint i = self->sockets->len; i > 0; i--)
    if (g_socket_is_closed (g_ptr_array_index (self->sockets, i - 1)))
      g_ptr_array_remove_index_fast (self->sockets, i - 1);
  if (socket != NULL && !g_ptr_array_find (self->sockets, socket, NULL))
    g_ptr_array_add (self->sockets, g_object_ref (socket));
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), self);
}

/* Those who still wait are answered now. */
static void
end_hanging (Peer *self)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      SoupServerMessage *message = g_ptr_array_index (self->held, i);

      answer (self, message);
      soup_server_message_unpause (message);
    }
  g_ptr_array_set_size (self->held, 0);
}

/* The commands of the control socket. */

#define AT(member) G_STRUCT_OFFSET (Peer, member)

static const struct
{
  const char *command, *argument;
  gsize offset; /* of the condition in Peer */
  int value;
} conditions[] = {
  { "paper", "ok", AT (service.engine.paper_out), FALSE },
  { "paper", "ok", AT (service.engine.paper_low), FALSE },
  { "paper", "low", AT (service.engine.paper_low), TRUE },
  { "paper", "end", AT (service.engine.paper_out), TRUE },
  { "jam", "off", AT (service.engine.jammed), FALSE },
  { "cover", "open", AT (service.engine.cover_open), TRUE },
  { "cover", "closed", AT (service.engine.cover_open), FALSE },
  { "toner", "ok", AT (service.engine.toner_out), FALSE },
  { "toner", "ok", AT (service.engine.toner_low), FALSE },
  { "toner", "low", AT (service.engine.toner_low), TRUE },
  { "toner", "end", AT (service.engine.toner_out), TRUE },
  { "online", "off", AT (service.engine.off_line), TRUE },
  { "online", "on", AT (service.engine.off_line), FALSE },
  { "lie", "on", AT (service.engine.lying), TRUE },
  { "lie", "off", AT (service.engine.lying), FALSE },
  { "count", "off", AT (service.engine.uncounted), TRUE },
  { "count", "on", AT (service.engine.uncounted), FALSE },
  { "accept", "off", AT (service.refusing), TRUE },
  { "accept", "on", AT (service.refusing), FALSE },
  { "busy", "on", AT (service.busy), TRUE },
  { "busy", "off", AT (service.busy), FALSE },
  { "pdf", "off", AT (service.no_pdf), TRUE },
  { "pdf", "on", AT (service.no_pdf), FALSE },
  { "hang", "on", AT (hanging), TRUE },
  { "hang", "off", AT (hanging), FALSE },
  { "lose", "create", AT (lose), IPP_OP_CREATE_JOB },
  { "lose", "send", AT (lose), IPP_OP_SEND_DOCUMENT },
  { "lose", "jobs", AT (lose), IPP_OP_GET_JOBS },
  { "lose", "off", AT (lose), 0 },
};

static gboolean
set_condition (Peer *self, const char *command, const char *argument)
{
  gboolean set = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (conditions); i++)
    {
      if (strcmp (conditions[i].command, command) != 0
          || strcmp (conditions[i].argument, argument) != 0)
        continue;
      G_STRUCT_MEMBER (int, self, conditions[i].offset) = conditions[i].value;
      set = TRUE;
    }
  if (set && !self->hanging)
    end_hanging (self);
  return set;
}

static gboolean
jam (Peer *self)
{
  jumin_engine_jam (&self->service.engine);
  return TRUE;
}

static gboolean
unplug (Peer *self)
{
  soup_server_disconnect (self->server);
  return drop (self);
}

static gboolean
plug (Peer *self)
{
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string ("127.0.0.1", (guint)self->port);
  g_autoslist (GUri) uris = soup_server_get_uris (self->server);
  SoupServerListenOptions options = self->certificate_path != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0;

  if (uris != NULL)
    return TRUE;
  if (!soup_server_listen (self->server, address, options, NULL))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  return TRUE;
}

static gboolean
switch_off (Peer *self)
{
  jumin_engine_power_off (&self->service.engine);
  return unplug (self);
}

static gboolean
power_cycle (Peer *self)
{
  return switch_off (self) && plug (self);
}

static const struct
{
  const char *command;
  gboolean (*act) (Peer *self);
} happenings[] = {
  { "jam on", jam },
  { "drop", drop },
  { "unplug", unplug },
  { "plug", plug },
  { "power off", switch_off },
  { "power on", plug },
  { "power cycle", power_cycle },
};

/* Returns: whether @command is one that changes something here */
static gboolean
obey (Peer *self, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (happenings); i++)
    if (strcmp (happenings[i].command, command) == 0)
      return happenings[i].act (self);
  if (words[0] == NULL || words[1] == NULL)
    return FALSE;
  if (strcmp (words[0], "reason") == 0)
    return jumin_ipp_service_set_reason (&self->service, words[1]);
  if (strcmp (words[0], "page-ms") == 0
      && g_ascii_string_to_unsigned (words[1], 10, 1, PAGE_MS_MAX, &number, NULL))
    self->service.engine.page_ms = (guint)number;
  else if (strcmp (words[0], "drop-after") == 0
           && g_ascii_string_to_unsigned (words[1], 10, 0, DROP_BYTES_MAX, &number, NULL))
    self->drop_after = (gsize)number;
  else
    return set_condition (self, words[0], words[1]);
  return TRUE;
}

/* "after-pages 2 jam on": when two more sheets are out and the next page is on its way; "0": when
 * the first page of a job is. */
static gboolean
obey_later (Peer *self, const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);
  guint64 count;

  if (words[0] == NULL || words[1] == NULL
      || !g_ascii_string_to_unsigned (words[0], 10, 0, PAGES_MAX, &count, NULL))
    return FALSE;
  g_free (self->later);
  self->later = g_strdup (words[1]);
  self->later_at = (int)(self->service.engine.n_sheets + count);
  return TRUE;
}

static void
on_tick (gpointer data)
{
  Peer *self = data;
  JuminEngine *engine = &self->service.engine;
  const JuminEngineJob *job = jumin_engine_get_current (engine);

  if (self->later_at >= 0 && (int)engine->n_sheets >= self->later_at && job != NULL
      && job->state == IPP_JSTATE_PROCESSING)
    {
      g_autofree char *command = g_steal_pointer (&self->later);

      self->later_at = -1;
      obey (self, command);
    }
  for (guint i = self->n_waiters; i > 0; i--)
    if (self->waiters[i - 1].until <= engine->n_ticks)
      {
        jumin_control_reply (self->waiters[i - 1].client, "ok");
        self->waiters[i - 1] = self->waiters[--self->n_waiters];
      }
}

static gboolean
wait (Peer *self, JuminControlClient *client, const char *argument)
{
  guint64 steps;

  if (self->n_waiters == WAITERS_MAX
      || !g_ascii_string_to_unsigned (argument, 10, 1, PAGES_MAX, &steps, NULL))
    return FALSE;
  self->waiters[self->n_waiters++]
      = (Waiter){ .client = client, .until = self->service.engine.n_ticks + steps };
  jumin_engine_run (&self->service.engine);
  return TRUE;
}

static void
tell_status (Peer *self, JuminControlClient *client)
{
  const JuminEngine *engine = &self->service.engine;
  const JuminEngineJob *job = jumin_engine_get_current (&self->service.engine);

  jumin_control_reply (
      client, "ok sheets=%u halves=%u jobs=%u asked=%u printing=%d paper=%s jam=%s cover=%s",
      engine->n_sheets, engine->n_halves, engine->jobs->len, self->service.n_asked, job != NULL,
      engine->paper_out   ? "end"
      : engine->paper_low ? "low"
                          : "ok",
      engine->jammed ? "on" : "off", engine->cover_open ? "open" : "closed");
}

static void
on_command (JuminControlClient *client, const char *command, const char *argument, gpointer data)
{
  Peer *self = data;
  g_autofree char *whole
      = *argument != '\0' ? g_strconcat (command, " ", argument, NULL) : g_strdup (command);

  if (strcmp (command, "wait") == 0 && wait (self, client, argument))
    return;
  if (strcmp (command, "status") == 0)
    tell_status (self, client);
  else if (strcmp (command, "quit") == 0)
    {
      jumin_control_reply (client, "ok");
      g_main_loop_quit (self->loop);
    }
  else if (strcmp (command, "after-pages") == 0 ? obey_later (self, argument) : obey (self, whole))
    jumin_control_reply (client, "ok");
  else
    jumin_control_reply (client, "error commands are: " COMMANDS);
}

static gboolean
serve (Peer *self, GError **error)
{
  g_autoptr (JuminControl) control = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Making '%s' failed: %s", self->dir,
                   g_strerror (errno));
      return FALSE;
    }
  if (self->certificate_path != NULL)
    {
      certificate
          = g_tls_certificate_new_from_files (self->certificate_path, self->key_path, error);
      if (certificate == NULL)
        return FALSE;
      soup_server_set_tls_certificate (self->server, certificate);
    }
  control = jumin_control_new (self->control_path, on_command, self, error);
  if (control == NULL)
    return FALSE;
  if (!plug (self))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Listening on port %d failed", self->port);
      return FALSE;
    }
  self->service.uri = g_strdup_printf ("%s://127.0.0.1:%d/ipp/print",
                                       certificate != NULL ? "ipps" : "ipp", self->port);
  g_print ("ready %s\n", self->service.uri);
  fflush (stdout);
  g_main_loop_run (self->loop);
  return TRUE;
}

static gboolean
parse_options (Peer *self, int *argc, char ***argv, GError **error)
{
  GOptionEntry options[] = {
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, &self->dir, "Where documents and sheets.log go", "DIR" },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port,
      "TCP port of 127.0.0.1; 0, as without it: any free one", "N" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &self->control_path,
      "Where to listen for commands; without it DIR/control", "SOCKET" },
    { "page-ms", 0, 0, G_OPTION_ARG_INT, &self->page_ms, "How long a page takes", "MS" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate_path,
      "Speak ipps with this certificate", "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &self->key_path, "and its key", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- an A4 printer that speaks IPP");

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_description (context, "Commands: " COMMANDS
                                             ". Ends on SIGTERM and with its parent.\n");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->dir != NULL && self->port >= 0 && self->port <= 65535 && self->page_ms >= 1
      && self->page_ms <= PAGE_MS_MAX
      && (self->certificate_path == NULL) == (self->key_path == NULL))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "--dir is missing, a number is out of range, or a certificate lacks its key");
  return FALSE;
}

static void
finish (Peer *self)
{
  unplug (self);
  g_ptr_array_unref (self->held);
  g_object_unref (self->server);
  g_ptr_array_unref (self->sockets);
  jumin_ipp_service_finish (&self->service);
  g_main_loop_unref (self->loop);
  g_free (self->later);
  g_free (self->dir);
  g_free (self->control_path);
  g_free (self->certificate_path);
  g_free (self->key_path);
}

int
main (int argc, char **argv)
{
  Peer self = { .page_ms = PAGE_MS_DEFAULT, .later_at = -1 };
  g_autoptr (GError) error = NULL;
  int exit_code = EXIT_SUCCESS;

  if (!parse_options (&self, &argc, &argv, &error))
    {
      g_printerr ("jumin-peer-ipp-printer: %s\n", error->message);
      return 2;
    }
  if (self.control_path == NULL)
    self.control_path = g_build_filename (self.dir, "control", NULL);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self.held = g_ptr_array_new_with_free_func (g_object_unref);
  jumin_ipp_service_init (&self.service, self.dir, (guint)self.page_ms);
  self.service.engine.on_tick = on_tick;
  self.service.engine.data = &self;
  self.server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (self.server, "/ipp/print", on_request, &self, NULL);
  g_signal_connect (self.server, "request-started", G_CALLBACK (on_request_started), &self);
  jumin_peer_end_with_parent (self.loop);
  if (!serve (&self, &error))
    {
      g_printerr ("jumin-peer-ipp-printer: %s\n", error->message);
      exit_code = EXIT_FAILURE;
    }
  finish (&self);
  return exit_code;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's end of the line protocol that peers and sandbox share (tests/peers/README.md). */
#include "tray/control-line.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

typedef struct
{
  char *command;
  GSocketConnection *connection;
  char reply[JUMIN_CONTROL_REPLY_MAX + 1];
  gsize n_reply;
} Question;

static void
question_free (Question *question)
{
  g_clear_object (&question->connection);
  g_free (question->command);
  g_free (question);
}

static void
answer (GTask *task, Question *question)
{
  char *line = question->reply;

  line[strcspn (line, "\n")] = '\0';
  if (g_str_has_prefix (line, "ok") && (line[2] == '\0' || line[2] == ' '))
    g_task_return_pointer (task, g_strdup (g_strchug (line + 2)), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                             g_str_has_prefix (line, "error ") ? line + strlen ("error ") : line);
}

static void read_reply (GTask *task);

static void
on_reply_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  question->n_reply += (gsize)n;
  if (memchr (question->reply, '\n', question->n_reply) != NULL)
    answer (task, question);
  else if (n == 0 || question->n_reply == JUMIN_CONTROL_REPLY_MAX)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no line came back");
  else
    read_reply (g_steal_pointer (&task));
}

/* Takes over the reference to @task. */
static void
read_reply (GTask *task)
{
  Question *question = g_task_get_task_data (task);

  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (question->connection)),
                             question->reply + question->n_reply,
                             JUMIN_CONTROL_REPLY_MAX - question->n_reply, G_PRIORITY_DEFAULT,
                             g_task_get_cancellable (task), on_reply_read, task);
}

static void
on_command_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_error (task, error);
  else
    read_reply (g_steal_pointer (&task));
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;

  question->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (question->connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (question->connection));
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_output_stream_write_all_async (output, question->command, strlen (question->command),
                                   G_PRIORITY_DEFAULT, cancellable, on_command_written,
                                   g_steal_pointer (&task));
}

void
jumin_control_line_ask_async (const char *path, const char *command, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Question *question = g_new0 (Question, 1);

  question->command = g_strconcat (command, "\n", NULL);
  g_task_set_source_tag (task, jumin_control_line_ask_async);
  g_task_set_task_data (task, question, (GDestroyNotify)question_free);
  g_socket_client_set_timeout (client, JUMIN_CONTROL_REPLY_S);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (address), cancellable, on_connected,
                                 task);
}

char *
jumin_control_line_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes stolen answers, one clock tick after the other. Each lives until it is written or the
 * terminal has gone. */
#include "sandbox/raw-answer.h"

enum
{
  FULL_MS = 10 /* how long a connection that takes no more is left alone */
};

struct _JuminRawAnswers
{
  JuminClock *clock;
  GPtrArray *answers;
};

typedef struct
{
  JuminRawAnswers *owner;
  GIOStream *stream;
  GBytes *text;
  gsize written;
  guint byte_ms;
  gpointer timer;
} RawAnswer;

static void
on_closed (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_io_stream_close_finish (G_IO_STREAM (stream), result, &error))
    g_debug ("Dropping a connection: %s", error->message);
}

static void
raw_answer_free (RawAnswer *answer)
{
  jumin_clock_cancel (answer->owner->clock, &answer->timer);
  g_io_stream_close_async (answer->stream, G_PRIORITY_DEFAULT, NULL, on_closed, NULL);
  g_object_unref (answer->stream);
  g_bytes_unref (answer->text);
  g_free (answer);
}

static void write_more (RawAnswer *answer);

static gboolean
on_due (gpointer data)
{
  RawAnswer *answer = data;

  answer->timer = NULL;
  write_more (answer);
  return G_SOURCE_REMOVE;
}

/* The answer is freed when it is over. */
static void
write_more (RawAnswer *answer)
{
  GOutputStream *output = g_io_stream_get_output_stream (answer->stream);
  gsize length;
  const char *text = g_bytes_get_data (answer->text, &length);
  gsize left = length - answer->written;
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (output), text + answer->written,
      answer->byte_ms > 0 ? MIN (left, 1) : left, NULL, &error);

  if (n > 0)
    answer->written += (gsize)n;
  if (answer->written == length
      || (n < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)))
    g_ptr_array_remove (answer->owner->answers, answer);
  else
    answer->timer = jumin_clock_after (
        answer->owner->clock, answer->byte_ms > 0 ? answer->byte_ms : FULL_MS, on_due, answer);
}

static void
append_header (const char *name, const char *value, gpointer text)
{
  g_string_append_printf (text, "%s: %s\r\n", name, value);
}

/* As the HTTP server would have written it; of the body only @body_bytes. */
static GBytes *
print (SoupServerMessage *message, gsize body_bytes)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_response_body (message));
  GString *text = g_string_new (NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_remove (headers, "Content-Length");
  g_string_append_printf (text, "HTTP/1.1 %u -\r\n", soup_server_message_get_status (message));
  soup_message_headers_foreach (headers, append_header, text);
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          g_bytes_get_size (body));
  g_string_append_len (text, g_bytes_get_data (body, NULL),
                       (gssize)MIN (body_bytes, g_bytes_get_size (body)));
  return g_string_free_to_bytes (text);
}

void
jumin_raw_answers_send (JuminRawAnswers *self, SoupServerMessage *message, gsize body_bytes,
                        guint byte_ms)
{
  RawAnswer *answer = g_new0 (RawAnswer, 1);

  answer->owner = self;
  answer->text = body_bytes > 0 ? print (message, body_bytes) : g_bytes_new (NULL, 0);
  answer->byte_ms = byte_ms;
  answer->stream = soup_server_message_steal_connection (message);
  g_ptr_array_add (self->answers, answer);
  if (body_bytes == 0)
    g_ptr_array_remove (self->answers, answer);
  else
    write_more (answer);
}

JuminRawAnswers *
jumin_raw_answers_new (JuminClock *clock)
{
  JuminRawAnswers *self = g_new0 (JuminRawAnswers, 1);

  self->clock = g_object_ref (clock);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)raw_answer_free);
  return self;
}

void
jumin_raw_answers_free (JuminRawAnswers *self)
{
  g_ptr_array_unref (self->answers);
  g_object_unref (self->clock);
  g_free (self);
}

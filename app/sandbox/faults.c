/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of faults. All but three do the operation first: the number is made, and the terminal
 * does not hear of it as it should. What is only wrong inside the body is signed as it is sent, so
 * that the terminal sees what is wrong and not only that the signature does not fit. */
#include "sandbox/faults.h"

#include <string.h>

#include "sandbox/city-code-operations.h"
#include "sandbox/operations.h"
#include "sandbox/raw-answer.h"

enum
{
  WORDS_MAX = 3, /* NAME OPERATION COUNT */
  LATE_MS = 15000,
  OVERSIZE_BYTES = 1024 * 1024,
  DRIP_MS = 200
};

#define PREFIX "/v1/"
#define EVERYWHERE "all"
#define PAYMENTS "/v1/payments"

typedef struct
{
  char *body, *time, *signature;
  gsize length;
  guint status;
} Remembered;

struct _JuminFaults
{
  const JuminFault *fault; /* NULL: none */
  char *path;              /* NULL: all */
  guint left;
  Remembered last; /* the last answer that went out as it should */
  JuminRawAnswers *raw;
};

static char *
spoil_malformed (const char *text)
{
  return g_strndup (text, strlen (text) / 2);
}

static char *
spoil_oversize (const char *text)
{
  return g_strdup_printf ("%s%*s", text, OVERSIZE_BYTES, "");
}

static char *
spoil_twice (const char *text)
{
  return g_strconcat ("{\"twice\":1,\"twice\":2,", text + strlen ("{"), NULL);
}

static char *
spoil_mark (const char *text)
{
  return g_strconcat ("\xef\xbb\xbf", text, NULL);
}

static void
set_page (SoupServerMessage *message, guint status)
{
  static const char *const page = "<!DOCTYPE html><title>Gateway</title><h1>Gateway</h1>";

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, page, strlen (page));
}

static void
answer_busy (JuminFaults *self, SoupServerMessage *message)
{
  set_page (message, SOUP_STATUS_SERVICE_UNAVAILABLE);
}

static void
answer_page (JuminFaults *self, SoupServerMessage *message)
{
  set_page (message, SOUP_STATUS_OK);
}

static void
redirect (JuminFaults *self, SoupServerMessage *message)
{
  soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "http://127.0.0.1:9/");
}

static void
change_type (JuminFaults *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_set_content_type (headers, "text/plain", NULL);
}

static void
zip (JuminFaults *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) plain = soup_message_body_flatten (body);
  g_autoptr (GConverter) converter
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) zipped = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) output = g_converter_output_stream_new (zipped, converter);
  g_autoptr (GBytes) bytes = NULL;

  g_output_stream_write_all (output, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), NULL,
                             NULL, NULL);
  g_output_stream_close (output, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (zipped));
  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, bytes);
  soup_message_headers_replace (headers, "Content-Encoding", "gzip");
}

static void
unsign (JuminFaults *self, SoupServerMessage *message)
{
  soup_message_headers_remove (soup_server_message_get_response_headers (message),
                               "Jumin-Signature");
}

/* One bit of it. The platform of the codes signs nothing. */
static void
sign_wrongly (JuminFaults *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *good = soup_message_headers_get_one (headers, "Jumin-Signature");
  g_autofree guchar *signature = NULL;
  g_autofree char *wrong = NULL;
  gsize length = 0;

  if (good == NULL)
    return;
  signature = g_base64_decode (good, &length);
  signature[length - 1] ^= 1;
  wrong = g_base64_encode (signature, length);
  soup_message_headers_replace (headers, "Jumin-Signature", wrong);
}

static void
replay (JuminFaults *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const Remembered *last = &self->last;

  if (last->body == NULL)
    {
      unsign (self, message);
      return;
    }
  soup_server_message_set_status (message, last->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, last->body,
                                    last->length);
  soup_message_headers_replace (headers, "Jumin-Time", last->time);
  soup_message_headers_replace (headers, "Jumin-Signature", last->signature);
}

static void
drop (JuminFaults *self, SoupServerMessage *message)
{
  jumin_raw_answers_send (self->raw, message, 0, 0);
}

static void
cut (JuminFaults *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_response_body (message));

  jumin_raw_answers_send (self->raw, message, g_bytes_get_size (body) / 2, 0);
}

static void
drip (JuminFaults *self, SoupServerMessage *message)
{
  jumin_raw_answers_send (self->raw, message, G_MAXSIZE, DRIP_MS);
}

static const JuminFault table[] = {
  { .name = "refuse", .undone = TRUE, .spoil_answer = answer_busy },
  { .name = "drop-before", .undone = TRUE, .spoil_answer = drop },
  { .name = "drop-after", .spoil_answer = drop },
  { .name = "late", .hold_ms = LATE_MS },
  { .name = "drip", .spoil_answer = drip },
  { .name = "cut", .spoil_answer = cut },
  { .name = "malformed", .spoil_text = spoil_malformed },
  { .name = "oversize", .spoil_text = spoil_oversize },
  { .name = "twice", .spoil_text = spoil_twice },
  { .name = "mark", .spoil_text = spoil_mark },
  { .name = "page", .spoil_answer = answer_page },
  { .name = "redirect", .spoil_answer = redirect },
  { .name = "type", .spoil_answer = change_type },
  { .name = "gzip", .spoil_answer = zip },
  { .name = "unsigned", .spoil_answer = unsign },
  { .name = "wrong-signature", .spoil_answer = sign_wrongly },
  { .name = "replayed", .spoil_answer = replay },
  { .name = "paper-owner", .paper = JUMIN_PAPER_FAULT_OWNER },
  { .name = "paper-request", .paper = JUMIN_PAPER_FAULT_REQUEST },
  { .name = "paper-kind", .paper = JUMIN_PAPER_FAULT_KIND },
  { .name = "paper-code", .paper = JUMIN_PAPER_FAULT_CODE },
  { .name = "paper-cut", .paper = JUMIN_PAPER_FAULT_CUT },
  { .name = "paper-digest", .paper = JUMIN_PAPER_FAULT_DIGEST },
  { .name = "paper-seal", .paper = JUMIN_PAPER_FAULT_SEAL },
  { .name = "paper-large", .paper = JUMIN_PAPER_FAULT_LARGE },
  { .name = "money-forged", .money = JUMIN_MONEY_FAULT_FORGED },
  { .name = "money-amount", .money = JUMIN_MONEY_FAULT_AMOUNT },
  { .name = "money-payee", .money = JUMIN_MONEY_FAULT_PAYEE },
  { .name = "money-other", .money = JUMIN_MONEY_FAULT_OTHER },
  { .name = "money-again", .money = JUMIN_MONEY_FAULT_AGAIN },
  { .name = "money-late", .money = JUMIN_MONEY_FAULT_LATE },
  { .name = "money-missing", .money = JUMIN_MONEY_FAULT_MISSING },
  { .name = "money-busy", .money = JUMIN_MONEY_FAULT_BUSY },
  { .name = "money-declined", .money = JUMIN_MONEY_FAULT_DECLINED },
  { .name = "money-refused", .money = JUMIN_MONEY_FAULT_REFUSED },
};

static const JuminFault *
find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].name, name) == 0)
      return &table[i];
  return NULL;
}

/**
 * jumin_faults_set:
 * @order: "NAME [OPERATION [COUNT]]" or "none"; OPERATION as in the interface, "tickets", or "all"
 *
 * Errors: G_IO_ERROR_INVALID_ARGUMENT; what was set stays.
 */
gboolean
jumin_faults_set (JuminFaults *self, const char *order, GError **error)
{
  g_auto (GStrv) words = g_strsplit (order, " ", -1);
  guint n = g_strv_length (words);
  const JuminFault *fault = n > 0 ? find (words[0]) : NULL;
  const char *operation = n > 1 ? words[1] : EVERYWHERE;
  g_autofree char *path = g_strconcat (PREFIX, operation, NULL);
  guint64 count = G_MAXUINT;

  if (n > WORDS_MAX || (fault == NULL && strcmp (order, "none") != 0)
      || (strcmp (operation, EVERYWHERE) != 0 && !jumin_operation_is_known (path)
          && !jumin_city_code_operation_is_known (path))
      || (n == WORDS_MAX
          && !g_ascii_string_to_unsigned (words[2], 10, 1, JUMIN_FAULT_COUNT_MAX, &count, NULL)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "fault wants NAME [OPERATION|all [COUNT]], or none");
      return FALSE;
    }
  self->fault = fault;
  self->left = (guint)count;
  g_free (self->path);
  self->path = strcmp (operation, EVERYWHERE) != 0 ? g_steal_pointer (&path) : NULL;
  return TRUE;
}

/**
 * jumin_faults_strike:
 * @path: what is asked
 *
 * Returns: (nullable): the fault that strikes this request; each call counts
 */
const JuminFault *
jumin_faults_strike (JuminFaults *self, const char *path)
{
  if (self->fault == NULL || self->left == 0
      || (self->path != NULL && strcmp (self->path, path) != 0)
      || (self->fault->money != JUMIN_MONEY_FAULT_NONE && !g_str_has_prefix (path, PAYMENTS)))
    return NULL;
  self->left--;
  return self->fault;
}

static void
forget (Remembered *last)
{
  g_clear_pointer (&last->body, g_free);
  g_clear_pointer (&last->time, g_free);
  g_clear_pointer (&last->signature, g_free);
}

/* @message: a good answer; it may be said again to somebody else. */
void
jumin_faults_remember (JuminFaults *self, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body
      = soup_message_body_flatten (soup_server_message_get_response_body (message));

  forget (&self->last);
  self->last.status = soup_server_message_get_status (message);
  self->last.body = g_memdup2 (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  self->last.length = g_bytes_get_size (body);
  self->last.time = g_strdup (soup_message_headers_get_one (headers, "Jumin-Time"));
  self->last.signature = g_strdup (soup_message_headers_get_one (headers, "Jumin-Signature"));
}

/* @clock: for what comes slowly */
JuminFaults *
jumin_faults_new (JuminClock *clock)
{
  JuminFaults *self = g_new0 (JuminFaults, 1);

  self->raw = jumin_raw_answers_new (clock);
  return self;
}

void
jumin_faults_free (JuminFaults *self)
{
  jumin_raw_answers_free (self->raw);
  forget (&self->last);
  g_free (self->path);
  g_free (self);
}

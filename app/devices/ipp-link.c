/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPP over HTTP (RFC 8010) with the codec of libcups and our own bounds: libcups alone would ask
 * for passwords, connect again for half a minute, and read an answer that has no end. One wait is
 * its own: a handshake of TLS that nobody answers ends after 10 s. */
#include "devices/ipp-link.h"

#include <string.h>

enum
{
  DOCUMENT_CHUNK_BYTES = 16 * 1024
};

typedef struct
{
  JuminIppLink *link;
  gsize n_bytes;
  gint64 until_us;
} Reading;

/**
 * jumin_ipp_address_init:
 * @uri: ipp://HOST[:PORT]/PATH, or ipps
 * @fingerprint: (nullable): for ipps: 64 hexadecimal digits, lower case
 *
 * Printers sign their certificates themselves, so the one that may be there is named.
 */
gboolean
jumin_ipp_address_init (JuminIppAddress *self, const char *uri, const char *fingerprint,
                        GError **error)
{
  char scheme[8], user[32], host[256], resource[256];
  int port;

  *self = (JuminIppAddress){ 0 };
  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host,
                       sizeof host, &port, resource, sizeof resource)
          != HTTP_URI_STATUS_OK
      || (strcmp (scheme, "ipp") != 0 && strcmp (scheme, "ipps") != 0) || *user != '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "Printer '%s' is not ipp://HOST[:PORT]/PATH or ipps://…", uri);
      return FALSE;
    }
  self->encrypted = strcmp (scheme, "ipps") == 0;
  if (self->encrypted
      && (fingerprint == NULL || strlen (fingerprint) != JUMIN_IPP_FINGERPRINT_LENGTH
          || strspn (fingerprint, "0123456789abcdef") != JUMIN_IPP_FINGERPRINT_LENGTH))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "Printer '%s' needs the SHA-256 of its certificate, 64 digits", uri);
      return FALSE;
    }
  self->uri = g_strdup (uri);
  self->host = g_strdup (host);
  self->resource = g_strdup (resource);
  self->fingerprint = g_strdup (fingerprint);
  self->port = port;
  return TRUE;
}

void
jumin_ipp_address_finish (JuminIppAddress *self)
{
  g_free (self->uri);
  g_free (self->host);
  g_free (self->resource);
  g_free (self->fingerprint);
}

/* Silence for so long is the end. */
static int
on_silence (http_t *http, void *data)
{
  return 0;
}

static gboolean
is_pinned (JuminIppLink *self)
{
  cups_array_t *credentials = NULL;
  const http_credential_t *leaf;
  g_autofree char *fingerprint = NULL;

  if (httpCopyCredentials (self->http, &credentials) != 0)
    return FALSE;
  leaf = cupsArrayFirst (credentials);
  if (leaf != NULL)
    fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, leaf->data, leaf->datalen);
  httpFreeCredentials (credentials);
  return g_strcmp0 (fingerprint, self->address->fingerprint) == 0;
}

/* TLS begins when the waits are set: its handshake would be waited for without an end. */
static gboolean
open_link (JuminIppLink *self, GError **error)
{
  const JuminIppAddress *address = self->address;

  self->http = httpConnect2 (address->host, address->port, NULL, AF_UNSPEC, HTTP_ENCRYPTION_NEVER,
                             1, (int)address->open_ms, NULL);
  if (self->http == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                   "no connection within %u ms (%s)", address->open_ms, cupsLastErrorString ());
      return FALSE;
    }
  httpSetTimeout (self->http, address->answer_ms / 1000.0, on_silence, NULL);
  if (!address->encrypted)
    return TRUE;
  if (httpEncryption (self->http, HTTP_ENCRYPTION_ALWAYS) == 0 && httpIsEncrypted (self->http)
      && is_pinned (self))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                       "it does not have the certificate that is configured");
  return FALSE;
}

static gboolean
send_bytes (JuminIppLink *self, GBytes *document)
{
  gsize length, sent = 0;
  const char *bytes = g_bytes_get_data (document, &length);

  while (sent < length)
    {
      gsize chunk = MIN (length - sent, DOCUMENT_CHUNK_BYTES);

      if (httpWrite2 (self->http, bytes + sent, chunk) != (ssize_t)chunk)
        return FALSE;
      sent += chunk;
    }
  return TRUE;
}

static gboolean
send_request (JuminIppLink *self, ipp_t *request, GBytes *document)
{
  gsize length = ippLength (request) + (document != NULL ? g_bytes_get_size (document) : 0);
  ipp_state_t state;

  httpClearFields (self->http);
  httpSetField (self->http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
  httpSetLength (self->http, length);
  if (httpPost (self->http, self->address->resource) != 0)
    return FALSE;
  ippSetState (request, IPP_STATE_IDLE);
  while ((state = ippWrite (self->http, request)) != IPP_STATE_DATA)
    if (state == IPP_STATE_ERROR)
      return FALSE;
  if (document != NULL && !send_bytes (self, document))
    return FALSE;
  return httpFlushWrite (self->http) >= 0;
}

static ssize_t
on_read (void *source, ipp_uchar_t *bytes, size_t length)
{
  Reading *reading = source;
  ssize_t n;

  if (reading->n_bytes + length > JUMIN_IPP_REPLY_BYTES_MAX
      || g_get_monotonic_time () > reading->until_us)
    return -1;
  n = httpRead2 (reading->link->http, (char *)bytes, length);
  if (n > 0)
    reading->n_bytes += (gsize)n;
  return n;
}

static ipp_t *
receive_reply (JuminIppLink *self, GError **error)
{
  gint64 wait_us = (gint64)self->address->answer_ms * G_TIME_SPAN_MILLISECOND;
  Reading reading = { .link = self, .until_us = g_get_monotonic_time () + 2 * wait_us };
  g_autoptr (ipp_t) reply = NULL;
  http_status_t status;
  ipp_state_t state = IPP_STATE_IDLE;

  do
    status = httpUpdate (self->http);
  while (status == HTTP_STATUS_CONTINUE && g_get_monotonic_time () < reading.until_us);
  if (status != HTTP_STATUS_OK)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                   "no answer within %u ms (HTTP status %d)", self->address->answer_ms, status);
      return NULL;
    }
  reply = ippNew ();
  while (state != IPP_STATE_DATA && state != IPP_STATE_ERROR)
    state = ippReadIO (&reading, on_read, 1, NULL, reply);
  if (state == IPP_STATE_DATA)
    return g_steal_pointer (&reply);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                       "the answer is not IPP, too long, or broke off");
  return NULL;
}

/**
 * jumin_ipp_link_new_request:
 * @job_id: 0 when it is about the printer
 *
 * Returns: (transfer full): a request; the printer hears one fixed word as the user's name
 */
ipp_t *
jumin_ipp_link_new_request (const JuminIppLink *self, ipp_op_t operation, int job_id)
{
  ipp_t *request = ippNewRequest (operation);

  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, self->address->uri);
  if (job_id != 0)
    ippAddInteger (request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job_id);
  ippAddString (request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, "jumin");
  return request;
}

/**
 * jumin_ipp_link_ask:
 * @request: (transfer full): one of jumin_ipp_link_new_request()
 * @document: (nullable): sent after it
 *
 * Errors: G_IO_ERROR_CONNECTION_REFUSED: the printer has not heard it;
 * G_IO_ERROR_CONNECTION_CLOSED: perhaps it has.
 *
 * Returns: (transfer full) (nullable): the answer, which may say no (ippGetStatusCode())
 */
ipp_t *
jumin_ipp_link_ask (JuminIppLink *self, ipp_t *request, GBytes *document, GError **error)
{
  g_autoptr (ipp_t) owned = request;
  ipp_t *reply = NULL;

  if (self->http == NULL && !open_link (self, error))
    {
      jumin_ipp_link_close (self);
      return NULL;
    }
  if (send_request (self, request, document))
    reply = receive_reply (self, error);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                         "the connection broke while it was sent");
  if (reply == NULL)
    jumin_ipp_link_close (self);
  return reply;
}

void
jumin_ipp_link_close (JuminIppLink *self)
{
  g_clear_pointer (&self->http, httpClose);
}

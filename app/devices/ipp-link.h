/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cups/cups.h>
#include <gio/gio.h>

G_BEGIN_DECLS

enum
{
  JUMIN_IPP_REPLY_BYTES_MAX = 128 * 1024, /* of collections in collections libcups is read deep */
  JUMIN_IPP_FINGERPRINT_LENGTH = 64
};

/**
 * JuminIppAddress:
 * @fingerprint: (nullable): SHA-256 of the printer's certificate, for ipps
 * @open_ms, @answer_ms: real milliseconds
 */
typedef struct
{
  char *uri, *host, *resource, *fingerprint;
  int port;
  gboolean encrypted;
  guint open_ms, answer_ms;
} JuminIppAddress;

/**
 * JuminIppLink:
 *
 * A connection to the printer that is opened when it is needed, and again after it was lost. For
 * one worker thread.
 */
typedef struct
{
  const JuminIppAddress *address;
  http_t *http;
} JuminIppLink;

gboolean jumin_ipp_address_init (JuminIppAddress *self, const char *uri, const char *fingerprint,
                                 GError **error);
void jumin_ipp_address_finish (JuminIppAddress *self);

ipp_t *jumin_ipp_link_new_request (const JuminIppLink *self, ipp_op_t operation, int job_id);
ipp_t *jumin_ipp_link_ask (JuminIppLink *self, ipp_t *request, GBytes *document, GError **error);
void jumin_ipp_link_close (JuminIppLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ipp_t, ippDelete)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JuminIppLink, jumin_ipp_link_close)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/sm2.h"

G_BEGIN_DECLS

enum
{
  JUMIN_NONCE_BYTES = 16,
  JUMIN_NONCE_LENGTH = 2 * JUMIN_NONCE_BYTES
};

/**
 * JuminSignedRequest:
 * @method: "POST"
 * @path: as sent, without host: "/v1/tickets"
 * @terminal: this machine's name
 * @time_s: Unix seconds
 * @nonce: 32 hexadecimal digits that were never used before
 * @body, @body_length: what is sent; no bytes where there is no body
 *
 * What a signature covers (data/platform-api.yaml).
 */
typedef struct
{
  const char *method, *path, *terminal;
  gint64 time_s;
  const char *nonce, *body;
  gsize body_length;
} JuminSignedRequest;

gboolean jumin_request_signature_make_nonce (char nonce[JUMIN_NONCE_LENGTH + 1], GError **error);
char *jumin_request_signature_dup_text (const JuminSignedRequest *request, GError **error);
char *jumin_request_signature_sign (EVP_PKEY *key, const JuminSignedRequest *request,
                                    GError **error);

G_END_DECLS

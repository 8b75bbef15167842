/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/sm2.h"

G_BEGIN_DECLS

/**
 * JuminSignedReply:
 * @status: of HTTP
 * @terminal, @nonce: of the request that it answers; "" where the request had none
 * @time: Jumin-Time of the answer, Unix seconds in digits
 * @body, @body_length: what is sent
 *
 * What the signature of an answer covers (data/platform-api.yaml). It binds the answer to its one
 * request.
 */
typedef struct
{
  guint status;
  const char *terminal, *nonce, *time, *body;
  gsize body_length;
} JuminSignedReply;

char *jumin_reply_signature_sign (EVP_PKEY *key, const JuminSignedReply *reply, GError **error);
gboolean jumin_reply_signature_verify (const GPtrArray *keys, const JuminSignedReply *reply,
                                       const char *signature, gint64 *time_s, GError **error);

G_END_DECLS

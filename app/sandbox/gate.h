/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/clock.h"
#include "sandbox/registry.h"
#include "sandbox/store.h"

G_BEGIN_DECLS

/**
 * JuminGateRequest:
 * @path: with /v1
 * @certified: (nullable): the terminal that the connection's certificate names
 * @terminal, @time, @nonce, @signature: (nullable): the request's headers
 */
typedef struct
{
  const char *method, *path, *certified, *terminal, *time, *nonce, *signature;
  const void *body;
  gsize body_length;
} JuminGateRequest;

typedef struct _JuminGate JuminGate;

/* What is handed in must outlive the gate. */
JuminGate *jumin_gate_new (const char *directory, JuminRegistry *registry, JuminStore *store,
                           JuminClock *clock, GError **error);
void jumin_gate_free (JuminGate *self);
char *jumin_gate_dup_terminal (JuminGate *self, GTlsCertificate *certificate);
const char *jumin_gate_check (JuminGate *self, const JuminGateRequest *request, const char **code);
const char *jumin_gate_check_newcomer (JuminGate *self, const JuminGateRequest *request,
                                       EVP_PKEY *key, const char **code);
char *jumin_gate_sign_reply (JuminGate *self, const JuminGateRequest *request, guint status,
                             const char *time, const char *body);
char *jumin_gate_sign_text (JuminGate *self, const char *text);
void jumin_gate_use_next_reply_key (JuminGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminGate, jumin_gate_free)

G_END_DECLS

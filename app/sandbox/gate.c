/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may come in: the terminal that the certificate names, with a fresh time, a new nonce and a
 * signature by its SM2 key (data/platform-api.yaml). */
#include "sandbox/gate.h"

#include <string.h>

#include "platform/reply-signature.h"
#include "sandbox/keys.h"

enum
{
  TIME_APART_S = 300,
  NONCE_LENGTH = 32
};

struct _JuminGate
{
  JuminClock *clock;
  JuminStore *store; /* so that a nonce is known after a restart, too */
  JuminRegistry *registry;
  EVP_PKEY *reply_key, *next_reply_key;
};

/* @terminal: as it stands in what is signed */
static char *
dup_signed_text (const JuminGateRequest *request, const char *terminal)
{
  char digest[JUMIN_SM3_LENGTH + 1];

  return jumin_sm3_digest (request->body, request->body_length, digest, NULL)
             ? g_strjoin ("\n", request->method, request->path, terminal, request->time,
                          request->nonce, digest, NULL)
             : g_strdup ("");
}

static gboolean
is_nonce (const char *nonce)
{
  return strlen (nonce) == NONCE_LENGTH && strspn (nonce, "0123456789abcdef") == NONCE_LENGTH;
}

/**
 * jumin_gate_dup_terminal:
 * @certificate: one that the authority has signed
 *
 * Returns: (transfer full) (nullable): the terminal that it names; %NULL for one that is not known
 */
char *
jumin_gate_dup_terminal (JuminGate *self, GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);

  if (subject == NULL || !g_str_has_prefix (subject, "CN=")
      || !jumin_registry_knows (self->registry, subject + strlen ("CN=")))
    return NULL;
  return g_strdup (subject + strlen ("CN="));
}

static const char *
check_time (JuminGate *self, const JuminGateRequest *request, const char **code)
{
  gint64 time_s;

  if (request->time == NULL || request->nonce == NULL || request->signature == NULL)
    return "A header of the signature is missing";
  if (!g_ascii_string_to_signed (request->time, 10, 0, G_MAXINT32 * 2LL, &time_s, NULL))
    return "The time is no number of seconds";
  if (ABS (time_s - jumin_clock_get_wall (self->clock)) <= TIME_APART_S)
    return NULL;
  *code = "clock_skew";
  return "The time is too far from the platform's";
}

/* Last, so that a stranger's request uses up nobody's nonce. */
static const char *
check_nonce (JuminGate *self, const char *nonce)
{
  gint64 now = jumin_clock_get_wall (self->clock);

  return is_nonce (nonce)
                 && jumin_store_take_nonce (self->store, nonce, now, now - 2 * TIME_APART_S)
             ? NULL
             : "The nonce is no new one";
}

/**
 * jumin_gate_check:
 * @code: (out): the code of the refusal
 *
 * Returns: (nullable): what is wrong with the request; %NULL: it may come in
 */
const char *
jumin_gate_check (JuminGate *self, const JuminGateRequest *request, const char **code)
{
  const char *wrong;
  g_autofree char *text = NULL;

  *code = "signature";
  if (request->terminal == NULL)
    return "A header of the signature is missing";
  if (g_strcmp0 (request->terminal, request->certified) != 0)
    return "The terminal is not the certificate's";
  wrong = check_time (self, request, code);
  if (wrong != NULL)
    return wrong;
  text = dup_signed_text (request, request->terminal);
  if (!jumin_registry_verify (self->registry, request->terminal, text, request->signature))
    return "The signature does not fit";
  return check_nonce (self, request->nonce);
}

/**
 * jumin_gate_check_newcomer:
 * @key: the one that the machine brings
 * @code: (out): the code of the refusal
 *
 * Returns: (nullable): what is wrong with the request; %NULL: whoever sent it has the key
 */
const char *
jumin_gate_check_newcomer (JuminGate *self, const JuminGateRequest *request, EVP_PKEY *key,
                           const char **code)
{
  const char *wrong;
  g_autofree char *text = NULL;

  *code = "signature";
  wrong = check_time (self, request, code);
  if (wrong != NULL)
    return wrong;
  text = dup_signed_text (request, "");
  if (!jumin_sm2_verify (key, text, request->signature))
    return "The signature does not fit";
  return check_nonce (self, request->nonce);
}

/**
 * jumin_gate_sign_reply:
 * @request: what is answered, also when it may not come in
 * @time: now, Unix seconds in digits
 *
 * Returns: (transfer full): the signature of the answer, bound to the nonce of @request
 */
char *
jumin_gate_sign_reply (JuminGate *self, const JuminGateRequest *request, guint status,
                       const char *time, const char *body)
{
  gboolean known
      = request->terminal != NULL && jumin_registry_knows (self->registry, request->terminal);
  gboolean asked = request->nonce != NULL && is_nonce (request->nonce);
  JuminSignedReply reply = { .status = status,
                             .terminal = known ? request->terminal : "",
                             .nonce = asked ? request->nonce : "",
                             .time = time,
                             .body = body,
                             .body_length = strlen (body) };

  return jumin_reply_signature_sign (self->reply_key, &reply, NULL);
}

/* Returns: (transfer full): the platform's signature of what it says outside of an answer */
char *
jumin_gate_sign_text (JuminGate *self, const char *text)
{
  return jumin_sm2_sign (self->reply_key, text, NULL);
}

/* The key of the answers rolls over: from now on the next one signs. */
void
jumin_gate_use_next_reply_key (JuminGate *self)
{
  EVP_PKEY *key = self->reply_key;

  self->reply_key = self->next_reply_key;
  self->next_reply_key = key;
}

void
jumin_gate_free (JuminGate *self)
{
  EVP_PKEY_free (self->reply_key);
  EVP_PKEY_free (self->next_reply_key);
  g_free (self);
}

JuminGate *
jumin_gate_new (const char *directory, JuminRegistry *registry, JuminStore *store,
                JuminClock *clock, GError **error)
{
  g_autoptr (JuminGate) self = g_new0 (JuminGate, 1);

  self->registry = registry;
  self->store = store;
  self->clock = clock;
  self->reply_key = jumin_keys_load (directory, JUMIN_SANDBOX_REPLY_KEY, error);
  if (self->reply_key != NULL)
    self->next_reply_key = jumin_keys_load (directory, JUMIN_SANDBOX_NEXT_REPLY_KEY, error);
  return self->next_reply_key != NULL ? g_steal_pointer (&self) : NULL;
}

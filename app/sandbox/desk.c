/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Provisioning as data/platform-api.yaml describes it. A token is good once and for an hour. */
#include "sandbox/desk.h"

#include <openssl/x509.h>
#include <string.h>

#include "model/json.h"
#include "sandbox/answer-parts.h"
#include "sandbox/answers.h"
#include "sandbox/keys.h"

enum
{
  TOKEN_LASTS_S = 3600,
  TOKEN_MAX = 64,
  DER_MAX = 4096,
  TERMINAL_DIGITS_AT = 2 /* T-0003 */
};

#define TOKEN "^[A-Za-z0-9_-]{16,64}$"
#define BASE64 "^[A-Za-z0-9+/]{40,}={0,2}$"

struct _JuminDesk
{
  const JuminCity *city;
  JuminGate *gate;
  JuminRegistry *registry;
  JuminClock *clock;
  char *directory, *url;
  GHashTable *tokens; /* token → Grant */
};

typedef struct
{
  char *terminal;
  gint64 until_s;
} Grant;

typedef struct
{
  const char *token;
  X509_REQ *request;
  EVP_PKEY *signing_key;
} Order;

static void
grant_free (Grant *grant)
{
  g_free (grant->terminal);
  g_free (grant);
}

static void
order_clear (Order *order)
{
  X509_REQ_free (order->request);
  EVP_PKEY_free (order->signing_key);
}

static cJSON *
refuse (guint code, const char *name, const char *message, guint *status)
{
  *status = code;
  return jumin_answer_error (name, message);
}

/* Returns: (transfer full) (nullable) */
static X509_REQ *
read_request (const JuminJson *body)
{
  gsize length = 0;
  g_autofree guchar *der = g_base64_decode (
      jumin_json_get_match (body, "certificate_request", BASE64, DER_MAX), &length);
  const unsigned char *end = der;
  X509_REQ *request = d2i_X509_REQ (NULL, &end, (long)length);
  EVP_PKEY *key = request != NULL ? X509_REQ_get0_pubkey (request) : NULL;
  char group[16] = "";

  if (key != NULL && EVP_PKEY_get_utf8_string_param (key, "group", group, sizeof group, NULL) == 1
      && strcmp (group, "prime256v1") == 0 && X509_REQ_verify (request, key) == 1)
    return request;
  X509_REQ_free (request);
  jumin_json_fail (body, "certificate_request: no request of a key on P-256");
  return NULL;
}

/* Returns: (transfer full) (nullable) */
static EVP_PKEY *
read_signing_key (const JuminJson *body)
{
  gsize length = 0;
  g_autofree guchar *der
      = g_base64_decode (jumin_json_get_match (body, "signing_key", BASE64, DER_MAX), &length);
  const unsigned char *end = der;
  EVP_PKEY *key = d2i_PUBKEY (NULL, &end, (long)length);

  if (key != NULL && EVP_PKEY_is_a (key, "SM2"))
    return key;
  EVP_PKEY_free (key);
  jumin_json_fail (body, "signing_key: no SM2 key");
  return NULL;
}

static cJSON *
make_list (const char *const *items)
{
  return cJSON_CreateStringArray (items, (int)g_strv_length ((char **)items));
}

static char *
dup_public_key (JuminDesk *self, const char *name, GError **error)
{
  g_autoptr (EVP_PKEY) key = jumin_keys_load (self->directory, name, error);
  unsigned char *der = NULL;
  int length = key != NULL ? i2d_PUBKEY (key, &der) : 0;
  char *base64 = length > 0 ? g_base64_encode (der, (gsize)length) : NULL;

  OPENSSL_free (der);
  return base64;
}

/* What every terminal is told: whom to trust, and where. */
static gboolean
add_trust (JuminDesk *self, cJSON *answer, GError **error)
{
  g_autofree char *authority
      = jumin_keys_dup_certificate (self->directory, JUMIN_SANDBOX_CA, error);
  g_autofree char *pins = authority != NULL ? jumin_keys_dup_pins (self->directory, error) : NULL;
  g_autofree char *now
      = pins != NULL ? dup_public_key (self, JUMIN_SANDBOX_REPLY_KEY, error) : NULL;
  g_autofree char *next
      = now != NULL ? dup_public_key (self, JUMIN_SANDBOX_NEXT_REPLY_KEY, error) : NULL;
  g_auto (GStrv) both = pins != NULL ? g_strsplit (pins, ";", 2) : NULL;

  if (next == NULL)
    return FALSE;
  cJSON_AddStringToObject (answer, "url", self->url);
  cJSON_AddStringToObject (answer, "authority", authority);
  cJSON_AddItemToObject (answer, "pins", make_list ((const char *const *)both));
  cJSON_AddItemToObject (answer, "reply_keys", make_list ((const char *[]){ now, next, NULL }));
  return TRUE;
}

static cJSON *
give (JuminDesk *self, const char *terminal, const Order *order, GError **error)
{
  g_autofree char *certificate
      = jumin_keys_issue (self->directory, terminal, order->request, error);
  int number = (int)g_ascii_strtoll (terminal + TERMINAL_DIGITS_AT, NULL, 10);
  g_autofree char *zh = g_strdup_printf ("%d 号机", number);
  g_autofree char *en = g_strdup_printf ("Machine %d", number);
  cJSON *answer = cJSON_CreateObject ();

  if (certificate == NULL || !add_trust (self, answer, error)
      || !jumin_registry_add (self->registry, terminal, order->signing_key, error))
    {
      cJSON_Delete (answer);
      return NULL;
    }
  cJSON_AddStringToObject (answer, "terminal", terminal);
  cJSON_AddStringToObject (answer, "certificate", certificate);
  jumin_answer_add_text (answer, "hall", &self->city->hall);
  jumin_answer_add_words (answer, "machine", zh, en);
  return answer;
}

static cJSON *
serve (JuminDesk *self, const JuminGateRequest *request, const Order *order, guint *status)
{
  const char *code;
  const char *wrong = jumin_gate_check_newcomer (self->gate, request, order->signing_key, &code);
  g_autoptr (GError) error = NULL;
  Grant *grant;
  cJSON *answer;

  if (wrong != NULL)
    return refuse (401, code, wrong, status);
  grant = g_hash_table_lookup (self->tokens, order->token);
  if (grant == NULL || grant->until_s < jumin_clock_get_wall (self->clock))
    return refuse (403, "token", "The token is unknown, used or too old", status);
  answer = give (self, grant->terminal, order, &error);
  if (answer == NULL)
    return refuse (500, "internal", error->message, status);
  g_hash_table_remove (self->tokens, order->token);
  *status = 201;
  return answer;
}

/**
 * jumin_desk_provision:
 * @request: not checked yet
 * @status: (out): the HTTP status
 *
 * Returns: (transfer full): the answer's body
 */
cJSON *
jumin_desk_provision (JuminDesk *self, const JuminGateRequest *request, guint *status)
{
  JuminJsonReport report = { .name = "Body", .quoting = FALSE };
  cJSON *document = jumin_json_parse (request->body, request->body_length, &report);
  JuminJson body = jumin_json_root (document, &report);
  Order order = { NULL };
  cJSON *answer = NULL;

  if (document != NULL)
    {
      order.token = jumin_json_get_match (&body, "token", TOKEN, TOKEN_MAX);
      order.request = read_request (&body);
      order.signing_key = read_signing_key (&body);
      jumin_json_check_all_seen (&body);
    }
  if (report.error == NULL)
    answer = serve (self, request, &order, status);
  else
    answer = refuse (400, "bad_request", report.error->message, status);
  g_clear_error (&report.error);
  order_clear (&order);
  jumin_json_free_wiped (document);
  return answer;
}

static char *
dup_contents (JuminDesk *self, const char *name, GError **error)
{
  g_autofree char *file = g_build_filename (self->directory, name, NULL);
  char *contents = NULL;

  return g_file_get_contents (file, &contents, NULL, error) ? contents : NULL;
}

/**
 * jumin_desk_give_token:
 * @terminal: who whoever brings it will be, "T-0004"
 *
 * Returns: (transfer full): the name of the file with the token
 */
char *
jumin_desk_give_token (JuminDesk *self, const char *terminal, GError **error)
{
  Grant *grant = g_new0 (Grant, 1);
  g_autofree char *uuid = g_uuid_string_random (), *name = g_strconcat (terminal, ".token", NULL);
  g_autofree char *authority = dup_contents (self, JUMIN_SANDBOX_CA, error);
  g_autofree char *keys
      = authority != NULL ? dup_contents (self, JUMIN_SANDBOX_REPLY_KEYS, error) : NULL;
  g_autofree char *text = g_strdup_printf ("Jumin-Token: %s\n%s%s", uuid, authority, keys);
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autofree char *file = g_canonicalize_filename (path, NULL);

  *grant = (Grant){ g_strdup (terminal), jumin_clock_get_wall (self->clock) + TOKEN_LASTS_S };
  g_hash_table_insert (self->tokens, g_strdup (uuid), grant);
  if (keys == NULL
      || !g_file_set_contents_full (file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
jumin_desk_set_url (JuminDesk *self, const char *url)
{
  g_free (self->url);
  self->url = g_strdup (url);
}

void
jumin_desk_free (JuminDesk *self)
{
  g_free (self->directory);
  g_free (self->url);
  g_hash_table_unref (self->tokens);
  g_free (self);
}

JuminDesk *
jumin_desk_new (const char *directory, const JuminCity *city, JuminGate *gate,
                JuminRegistry *registry, JuminClock *clock)
{
  JuminDesk *self = g_new0 (JuminDesk, 1);

  self->tokens
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)grant_free);
  self->directory = g_strdup (directory);
  self->city = city;
  self->gate = gate;
  self->registry = registry;
  self->clock = clock;
  return self;
}

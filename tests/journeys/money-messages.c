/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs a quote or a charge that was made from the description of the interface: the signature,
 * which no description can give, is put where its sample stands. What is wrong in it stays wrong.
 */
#include "money-messages.h"

#include <string.h>

#include "platform/payment-answers.h"
#include "platform/payment-seal.h"

#define SIGNATURE_DIGIT 'M'

enum
{
  SIGNATURE_LENGTH = 96,
  QUOTE_S = 300
};

/* @value: (transfer full): stands where @sample stood */
static void
put (cJSON *object, const char *key, const cJSON *sample, cJSON *value)
{
  if (cJSON_Compare (cJSON_GetObjectItemCaseSensitive (object, key), sample, TRUE))
    cJSON_ReplaceItemInObjectCaseSensitive (object, key, value);
  else
    cJSON_Delete (value);
}

static void
put_string (cJSON *object, const char *key, const char *sample, const char *value)
{
  cJSON *old = cJSON_CreateString (sample);

  put (object, key, old, cJSON_CreateString (value));
  cJSON_Delete (old);
}

/* A quote of no time is none. */
static void
put_end (cJSON *object)
{
  cJSON *old = cJSON_CreateNumber (0);

  put (object, "expires_at", old, cJSON_CreateNumber (QUOTE_S));
  cJSON_Delete (old);
}

static char *
dup_text (const cJSON *object, gboolean is_quote)
{
  JuminJsonReport report = { .name = "message" };
  JuminJson root = jumin_json_root (object, &report);
  char *text;

  if (is_quote)
    {
      g_autoptr (JuminQuote) quote = jumin_payment_answer_read_quote (&root);

      text = jumin_quote_dup_text (quote);
    }
  else
    {
      g_autoptr (JuminCharge) charge = jumin_payment_answer_read_charge (&root);

      text = jumin_charge_dup_text (charge, "T-0003");
    }
  g_clear_error (&report.error);
  return text;
}

/**
 * money_message_seal:
 * @key: the platform's
 * @quote: %TRUE: a quote; else a charge
 *
 * Returns: (transfer full): @body, signed for T-0003 where it is one
 */
char *
money_message_seal (EVP_PKEY *key, const char *body, gboolean quote)
{
  cJSON *object = cJSON_Parse (body);
  g_autofree char *text = NULL, *signature = NULL, *made = NULL;
  g_autofree char *sample = g_strnfill (SIGNATURE_LENGTH, SIGNATURE_DIGIT);
  char *printed;

  if (!cJSON_IsObject (object))
    {
      cJSON_Delete (object);
      return g_strdup (body);
    }
  put_string (object, "terminal", "T-0002", "T-0003");
  put_end (object);
  text = dup_text (object, quote);
  signature = jumin_sm2_sign (key, text, NULL);
  put_string (object, "signature", sample, signature);
  printed = cJSON_PrintUnformatted (object);
  made = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (object);
  return g_steal_pointer (&made);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seals an answer that was made from the description of the interface: digests, owner and
 * signatures, which no description can give, are put where their samples stand. What is wrong in it
 * stays wrong. */
#include "paper-messages.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "platform/document-seal.h"

#define SIGNATURE_DIGIT 'M'

static const char *
get (const cJSON *object, const char *key)
{
  const char *text = cJSON_GetStringValue (cJSON_GetObjectItemCaseSensitive (object, key));

  return text != NULL ? text : "";
}

static void
put (cJSON *object, const char *key, const char *sample, const char *value)
{
  if (strcmp (get (object, key), sample) == 0)
    cJSON_ReplaceItemInObjectCaseSensitive (object, key, cJSON_CreateString (value));
}

static void
put_code (cJSON *object, EVP_PKEY *key, const char *id_number, gint64 issued_at)
{
  g_autofree char *owner
      = g_strdup_printf ("%.4s************%s", id_number, id_number + strlen (id_number) - 2);
  JuminVerification said = { .number = (char *)get (object, "number"),
                             .kind = (char *)get (object, "kind"),
                             .owner = owner,
                             .issued_at = issued_at,
                             .fen = JUMIN_FIGURE_NONE };
  g_autofree char *text = jumin_verification_dup_text (&said);
  g_autofree char *signature = jumin_sm2_sign (key, text, NULL);
  g_autofree char *code = g_strconcat (text, " ", signature, NULL);

  put (object, "verification", "JUMIN-DOC/1 sample", code);
}

static void
put_digests (cJSON *object, JuminDocument *document)
{
  gsize length = 0;
  guchar *bytes = g_base64_decode (get (object, "pdf"), &length);

  jumin_document_take_pdf (document, bytes, length);
  jumin_document_add_digests (document, NULL);
  put (object, "sm3", PAPER_DIGEST, document->sm3);
  put (object, "sha256", PAPER_DIGEST, document->sha256);
}

static int
get_integer (const cJSON *object, const char *key)
{
  const cJSON *item = cJSON_GetObjectItemCaseSensitive (object, key);

  return cJSON_IsNumber (item) ? item->valueint : 0;
}

/**
 * paper_message_seal:
 * @key: the platform's
 * @id_number: of whoever asks
 *
 * Returns: (transfer full): @body, sealed for T-0003 where it is a paper
 */
char *
paper_message_seal (EVP_PKEY *key, const char *body, const char *id_number)
{
  cJSON *object = cJSON_Parse (body);
  g_autofree char *text = NULL, *owner = NULL;
  g_autofree char *sample = g_strnfill (96, SIGNATURE_DIGIT), *signature = NULL, *made = NULL;
  g_autoptr (JuminDocument) document = jumin_document_new ();
  char *printed;

  if (!cJSON_IsObject (object))
    {
      cJSON_Delete (object);
      return g_strdup (body);
    }
  owner = jumin_document_dup_owner (get (object, "request"), id_number, NULL);
  put (object, "owner", PAPER_DIGEST, owner);
  put_digests (object, document);
  document->number = g_strdup (get (object, "number"));
  document->kind = g_strdup (get (object, "kind"));
  document->request = g_strdup (get (object, "request"));
  document->owner = g_strdup (get (object, "owner"));
  document->copies = get_integer (object, "copies");
  document->pages = get_integer (object, "pages");
  document->issued_at = get_integer (object, "issued_at");
  text = jumin_document_dup_text (document, "T-0003");
  signature = jumin_sm2_sign (key, text, NULL);
  put (object, "signature", sample, signature);
  put_code (object, key, id_number, document->issued_at);
  printed = cJSON_PrintUnformatted (object);
  made = g_strdup (printed);
  cJSON_free (printed);
  cJSON_Delete (object);
  return g_steal_pointer (&made);
}

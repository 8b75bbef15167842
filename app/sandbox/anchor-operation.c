/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation of anchors (data/platform-api.yaml, /audit-anchors). Receipts are kept as a
 * terminal keeps them, so that "juminctl audit verify --anchors" reads them. */
#include "sandbox/anchor-operation.h"

#include <string.h>

#include "audit/receipt.h"

#define SEQUENCE_MAX ((gint64)1 << 53)

cJSON *
jumin_operation_add_anchor (const JuminPlatform *platform, const JuminJson *body, const char *key,
                            guint *status)
{
  static const char *const keys[] = { "sequence", "hash", NULL };
  JuminAuditLink link
      = { .sequence = jumin_json_get_integer (body, "sequence", 1, SEQUENCE_MAX - 1) };
  const char *hash = jumin_json_get_match (body, "hash", "^[0-9a-f]{64}$", JUMIN_AUDIT_HASH_LENGTH);
  g_autoptr (JuminReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  cJSON *answer;

  jumin_json_check_keys (body, keys);
  if (body->report->error != NULL)
    return NULL;
  memcpy (link.hash, hash, JUMIN_AUDIT_HASH_LENGTH);
  receipt
      = jumin_receipt_new (platform->terminal, &link, jumin_clock_get_wall (platform->clock), NULL);
  text = jumin_receipt_dup_text (receipt);
  receipt->signature = jumin_gate_sign_text (platform->gate, text);
  if (!jumin_receipt_store (receipt, platform->state, &error))
    {
      *status = 500;
      return jumin_answer_error ("internal", error->message);
    }
  *status = 201;
  answer = cJSON_CreateObject ();
  cJSON_AddNumberToObject (answer, "at", (double)receipt->at);
  cJSON_AddStringToObject (answer, "signature", receipt->signature);
  return answer;
}

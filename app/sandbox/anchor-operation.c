/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation of anchors (data/platform-api.yaml, /audit-anchors). Receipts are kept as a
 * terminal keeps them, so that "juminctl audit verify --anchors" reads them. */
#include "sandbox/operations.h"

#include <string.h>

#include "audit/receipt.h"

#define SEQUENCE_MAX ((gint64)1 << 53)

cJSON *
jumin_operation_add_anchor (JuminAsk *ask)
{
  JuminAuditLink link
      = { .sequence = jumin_json_get_integer (ask->body, "sequence", 1, SEQUENCE_MAX - 1) };
  const char *hash
      = jumin_json_get_match (ask->body, "hash", JUMIN_PATTERN_DIGEST, JUMIN_AUDIT_HASH_LENGTH);
  g_autoptr (JuminReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  cJSON *answer;

  if (!jumin_json_check_all_seen (ask->body))
    return NULL;
  memcpy (link.hash, hash, JUMIN_AUDIT_HASH_LENGTH);
  receipt = jumin_receipt_new (ask->terminal, &link, jumin_ask_get_now (ask), NULL);
  text = jumin_receipt_dup_text (receipt);
  receipt->signature = jumin_gate_sign_text (ask->platform->gate, text);
  if (!jumin_receipt_store (receipt, ask->platform->state, &error))
    return jumin_ask_refuse (ask, 500, "internal", error->message);
  ask->status = 201;
  answer = cJSON_CreateObject ();
  cJSON_AddNumberToObject (answer, "at", (double)receipt->at);
  cJSON_AddStringToObject (answer, "signature", receipt->signature);
  return answer;
}

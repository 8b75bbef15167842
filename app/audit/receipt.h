/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/chain.h"

G_BEGIN_DECLS

#define JUMIN_RECEIPTS_FILE "anchors.log"
#define JUMIN_RECEIPTS_OLD_FILE "anchors-old.log"

enum
{
  JUMIN_RECEIPT_LINE_MAX = 512,
  JUMIN_RECEIPT_SIGNATURE_MAX = 128,           /* characters of base64 */
  JUMIN_RECEIPTS_BYTES_MAX = 16 * 1024 * 1024, /* of one file; there are two */
};

/**
 * JuminReceipt:
 * @terminal: whose log it is, "T-0003"
 * @link: the end of the chain that the platform was told
 * @at: when it was told, Unix seconds of the platform
 * @signature: the platform's, over jumin_receipt_dup_text(); base64
 *
 * What the platform gives for an anchor: with it, records up to the link cannot be cut off.
 */
typedef struct
{
  char *terminal;
  JuminAuditLink link;
  gint64 at;
  char *signature;
} JuminReceipt;

JuminReceipt *jumin_receipt_new (const char *terminal, const JuminAuditLink *link, gint64 at,
                                 const char *signature);
JuminReceipt *jumin_receipt_parse (const char *line, GError **error);
void jumin_receipt_free (JuminReceipt *self);
char *jumin_receipt_dup_line (const JuminReceipt *self);
char *jumin_receipt_dup_text (const JuminReceipt *self);

gboolean jumin_receipt_store (const JuminReceipt *self, const char *directory, GError **error);
JuminReceipt *jumin_receipt_load_last (const char *directory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminReceipt, jumin_receipt_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "audit/receipt.h"

G_BEGIN_DECLS

/**
 * JuminReceiptTest:
 *
 * Errors: %G_IO_ERROR_INVALID_DATA.
 *
 * Returns: whether the platform has signed @receipt
 */
typedef gboolean (*JuminReceiptTest) (const JuminReceipt *receipt, gpointer data, GError **error);

/**
 * JuminAuditSource:
 * @directory: where the log is
 * @anchors: (nullable): file of receipts, as the platform keeps them; %NULL: those beside the log
 * @test: (nullable): checks a receipt's signature; %NULL: receipts are taken as they are
 * @data: for @test
 *
 * What is to be verified.
 */
typedef struct
{
  const char *directory, *anchors;
  JuminReceiptTest test;
  gpointer data;
} JuminAuditSource;

/**
 * JuminAuditSummary:
 * @files, @first, @last: what is there
 * @anchored: the last record that a receipt vouches for; 0: none does
 * @receipts: how many were used
 * @bad_file: (transfer full) (nullable): where the first fault is
 * @bad_line, @bad_sequence: counted from 1; 0 when no line or no record is to blame
 */
typedef struct
{
  guint files, receipts;
  gint64 first, last, anchored;
  char *bad_file;
  gint64 bad_line, bad_sequence;
} JuminAuditSummary;

gboolean jumin_audit_verify (const JuminAuditSource *source, JuminAuditSummary *summary,
                             GError **error);
void jumin_audit_summary_clear (JuminAuditSummary *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JuminAuditSummary, jumin_audit_summary_clear)

G_END_DECLS

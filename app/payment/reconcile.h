/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"

G_BEGIN_DECLS

typedef enum
{
  JUMIN_DIFFERENCE_MISSING, /* 短款: paid here, and not at the platform */
  JUMIN_DIFFERENCE_EXTRA,   /* 长款: the platform has money that this machine does not know of */
  JUMIN_DIFFERENCE_AMOUNT   /* another amount */
} JuminDifferenceKind;

/**
 * JuminDifference:
 * @ours, @theirs: fen
 */
typedef struct
{
  JuminDifferenceKind kind;
  char *payment;
  gint64 ours, theirs;
} JuminDifference;

/**
 * JuminReconciliation:
 * @matched: payments that are the same on both sides
 * @open: that are not final on one of them, and are asked about anyway
 * @differences: (element-type JuminDifference)
 *
 * One day of this machine's payments, beside the platform's.
 */
typedef struct
{
  int day;
  guint matched, open;
  GPtrArray *differences;
} JuminReconciliation;

/* @ours: (element-type JuminPayment), @theirs: (element-type JuminCharge): of one day */
JuminReconciliation *jumin_reconcile (int day, const GPtrArray *ours, const GPtrArray *theirs);
void jumin_reconciliation_free (JuminReconciliation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminReconciliation, jumin_reconciliation_free)

G_END_DECLS

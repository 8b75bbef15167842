/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/document.h"

G_BEGIN_DECLS

/* Records of an invented person, built as the platform's answers are. */
typedef struct
{
  const char *state; /* words of the account's state; NULL: a code that nobody knows */
  JuminNotice notice;
  int gaps; /* months without a deposit */
} JuminSampleAccount;

typedef enum
{
  JUMIN_SAMPLE_DUE,
  JUMIN_SAMPLE_OVERDUE,
  JUMIN_SAMPLE_SETTLED
} JuminSampleLoan;

JuminRecord *jumin_sample_account (const JuminSampleAccount *sample);
JuminRecord *jumin_sample_lines (int page, int pages, guint n, gboolean odd);
JuminRecord *jumin_sample_loan (JuminSampleLoan state);
JuminRecord *jumin_sample_withdrawals (guint n, gboolean unknown);
JuminRecord *jumin_sample_social (gboolean rights);
JuminRecord *jumin_sample_none (void);
JuminEntitlements *jumin_sample_entitlements (const char *kind, const char *other);

G_END_DECLS

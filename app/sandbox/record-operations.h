/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/fund-book.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

cJSON *jumin_operation_get_account (const JuminPlatform *platform, const JuminJson *body,
                                    const char *key, guint *status);
cJSON *jumin_operation_get_lines (const JuminPlatform *platform, const JuminJson *body,
                                  const char *key, guint *status);
cJSON *jumin_operation_get_loan (const JuminPlatform *platform, const JuminJson *body,
                                 const char *key, guint *status);
cJSON *jumin_operation_get_withdrawals (const JuminPlatform *platform, const JuminJson *body,
                                        const char *key, guint *status);
cJSON *jumin_operation_get_social (const JuminPlatform *platform, const JuminJson *body,
                                   const char *key, guint *status);

/* Records of @book as the interface has them; @book: (nullable): %NULL: why there is none. */
cJSON *jumin_record_answer_account (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_lines (const JuminBook *book, int page, gint64 as_of);
cJSON *jumin_record_answer_loan (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_withdrawals (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_social (const JuminBook *book, const char *record, gint64 as_of);

const char *jumin_operation_read_person (const JuminJson *body);

G_END_DECLS

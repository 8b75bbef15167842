/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/fund-book.h"
#include "sandbox/operations.h"

G_BEGIN_DECLS

/* Records of @book as the interface has them; @book: (nullable): %NULL: why there is none. */
cJSON *jumin_record_answer_account (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_lines (const JuminBook *book, int page, gint64 as_of);
cJSON *jumin_record_answer_loan (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_withdrawals (const JuminBook *book, gint64 as_of);
cJSON *jumin_record_answer_social (const JuminBook *book, const char *record, gint64 as_of);

JuminBook *jumin_ask_open_book (JuminAsk *ask, const char *id_number);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/json.h"
#include "model/record.h"

G_BEGIN_DECLS

/* What the platform's answers about records say, each a JuminRecord; it holds nothing of worth when
 * the report of @root has an error. */
gpointer jumin_record_answer_read_account (const JuminJson *root);
gpointer jumin_record_answer_read_lines (const JuminJson *root);
gpointer jumin_record_answer_read_loan (const JuminJson *root);
gpointer jumin_record_answer_read_withdrawals (const JuminJson *root);
gpointer jumin_record_answer_read_social (const JuminJson *root);

G_END_DECLS

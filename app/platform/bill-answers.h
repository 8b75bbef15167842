/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/bill.h"
#include "model/json.h"

G_BEGIN_DECLS

#define JUMIN_BILL_ID "^[0-9A-Za-z-]{1,40}$"
#define JUMIN_MASKED_ACCOUNT "^[0-9]{1,4}\\*{2,15}[0-9]{1,4}$"

/* What the platform's answers about bills say (data/platform-api.yaml, schemas). Each gives a whole
 * value; it holds nothing of worth when the report of @root has an error. */
gpointer jumin_bill_answer_read_list (const JuminJson *root);
gpointer jumin_bill_answer_read_found (const JuminJson *root);

/* What answers about bills and about payments are made of. */
gint64 jumin_bill_answer_read_fen (const JuminJson *object, const char *key, gint64 min);
int jumin_bill_answer_read_month (const JuminJson *object, const char *key);
void jumin_bill_answer_read_usage (const JuminJson *object, gint64 *number, JuminText *unit);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "front/view-parts.h"

G_BEGIN_DECLS

/* What the builders of the payment pages share (pay-words.c). */

const JuminBiller *jumin_pay_get_biller (const JuminBuilder *b, const char *id);
char *jumin_pay_yuan (const JuminBuilder *b, gint64 fen);
char *jumin_pay_day (const JuminBuilder *b, int date);
char *jumin_pay_number (const char *number);
char *jumin_pay_tail (const char *number);
char *jumin_pay_titles (const JuminBuilder *b, const GPtrArray *items, JuminCredit credit);
char *jumin_pay_sum (const JuminBuilder *b, const GPtrArray *items);
const char *jumin_pay_channel (const JuminBuilder *b, const JuminPayment *payment);
void jumin_pay_add_slip (JuminBuilder *b, const char *printed, char *word);
void jumin_pay_add_done (JuminBuilder *b, const char *title, const char *title_card);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/bill-book.h"

G_BEGIN_DECLS

/**
 * JuminPayDesk:
 * @told: (nullable): what was said last about a payment, as JSON
 *
 * Bills and their money, and what the people do about it whose phones and companies are invented.
 */
typedef struct
{
  JuminBillBook *book;
  JuminTillLedger *ledger;
  char *told;
} JuminPayDesk;

/* @file: of the bills. Errors: those of jumin_bill_book_load(); G_IO_ERROR_FAILED. */
JuminPayDesk *jumin_pay_desk_new (const char *file, int utc_offset_min, JuminStore *store,
                                  GError **error);
void jumin_pay_desk_free (JuminPayDesk *self);

/* Orders of the control socket; FALSE: it is none, or there is nothing to pay. */
gboolean jumin_pay_desk_use_phone (JuminPayDesk *self, const char *order, gint64 now);
gboolean jumin_pay_desk_tell_biller (JuminPayDesk *self, const char *order);
/* (transfer full) (nullable): a new payment code as a phone shows it. @channel: "wechat"; empty:
 * any; %NULL is returned for one that there is not. */
char *jumin_pay_desk_show_code (const char *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminPayDesk, jumin_pay_desk_free)

G_END_DECLS

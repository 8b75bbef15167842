/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/text.h"

G_BEGIN_DECLS

/* What is to be paid for a household: water, electricity, gas. Plain values, owned by whoever holds
 * them; amounts are fen, times Unix seconds of the platform's clock, days and months as 20260920
 * and 202608. Every JuminText is the platform's, in both languages. */
enum
{
  JUMIN_HOMES_MAX = 8,
  JUMIN_HOME_BILLS_MAX = 12,
  JUMIN_BASKET_MAX = 8, /* bills in one payment */
  JUMIN_USAGES_MAX = 3, /* of one household */
  JUMIN_USAGE_MONTHS_MAX = 6,
  JUMIN_BILL_ID_MAX = 40,
  JUMIN_ACCOUNT_MAX = 20 /* characters of an account number */
};

typedef enum
{
  JUMIN_BILL_DUE,
  JUMIN_BILL_PAID,  /* at @state_at */
  JUMIN_BILL_HELD,  /* is being paid, here or elsewhere */
  JUMIN_BILL_CLOSED /* its company takes no payments now; until @state_at, 0: not known */
} JuminBillState;

/**
 * JuminBill:
 * @id: the platform's name of it; says nothing to people
 * @biller: of data/billers.json: its kind, icon and account numbers are there
 * @title: 电费; @company: 临江供电
 * @account: masked, "5008********40"
 * @month: for which; @due_on: pay until that day; 0: none
 * @usage, @unit: 243 度; empty unit: not known
 * @fen: to be paid, with @late_fen of late fee in it
 */
typedef struct
{
  char *id, *biller, *account;
  JuminText title, company, unit;
  int month, due_on;
  gint64 usage, fen, late_fen, state_at;
  JuminBillState state;
} JuminBill;

/**
 * JuminUsage:
 * @title: 用水
 * @months, @amounts: @n of them, oldest first
 *
 * How much a household used, for a small chart.
 */
typedef struct
{
  char *biller;
  JuminText title, unit;
  int n, months[JUMIN_USAGE_MONTHS_MAX];
  gint64 amounts[JUMIN_USAGE_MONTHS_MAX];
} JuminUsage;

/**
 * JuminHome:
 * @id: the platform's name of it
 * @address, @owner: masked
 * @own: it is the person's; else they typed its account number
 * @bills: (element-type JuminBill)
 * @usages: (element-type JuminUsage)
 */
typedef struct
{
  char *id, *address, *owner;
  gboolean own;
  GPtrArray *bills, *usages;
} JuminHome;

/**
 * JuminBills:
 * @homes: (element-type JuminHome)
 * @account: (nullable): the last four digits of the bank account on the person's card, where they
 *   have agreed to pay from it
 */
typedef struct
{
  gint64 as_of;
  GPtrArray *homes;
  char *account;
} JuminBills;

JuminBill *jumin_bill_new (void);
JuminHome *jumin_home_new (void);
JuminBills *jumin_bills_new (void);
void jumin_bills_free (JuminBills *self);
const JuminBill *jumin_bills_find (const JuminBills *self, const char *id);
/* Adds the homes of @other (transfer full); one that is there already is replaced. FALSE: too many.
 */
gboolean jumin_bills_take (JuminBills *self, JuminBills *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminBills, jumin_bills_free)

G_END_DECLS

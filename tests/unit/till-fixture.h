/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-ledger.h"

G_BEGIN_DECLS

#define TILL_NOW G_GINT64_CONSTANT (1789525683) /* 2026-09-16 10:28:03 in the hall */
#define TILL_TERMINAL "T-0003"
#define TILL_DAY 20260916

/* Two bills of one household: power 126.40, water 58.60. */
#define TILL_POWER "h1-power-202608"
#define TILL_WATER "h1-water-202608"
#define TILL_BILLS ((const char *const[]){ TILL_POWER "-12640", TILL_WATER "-5860", NULL })

enum
{
  TILL_FEN = 18500,
  TILL_QUOTE_S = 300,
  TILL_ORDER_S = 180,
  TILL_CREDIT_S = 2,
  TILL_SMALL_FEN = 100000
};

/* A ledger in memory, at a moment that the test moves. */
typedef struct
{
  JuminStore *store;
  JuminTillLedger *ledger;
  gint64 now;
} TillFixture;

void till_fixture_set_up (TillFixture *self, gboolean reverses);
void till_fixture_tear_down (TillFixture *self);
JuminQuote *till_fixture_quote (TillFixture *self, const char *terminal);
/* Pays a new quote of both bills. @code: (nullable) */
JuminCharge *till_fixture_pay (TillFixture *self, const char *payment, JuminPayWay way,
                               const char *code);
JuminCharge *till_fixture_order (TillFixture *self, const JuminTillOrder *order);
void till_fixture_refuse (TillFixture *self, const JuminTillOrder *order, JuminTillError code);
/* @closing: asks and closes; else asks alone. Returns: what it has become */
JuminChargeState till_fixture_ask (TillFixture *self, const char *payment, gboolean closing);
JuminBillState till_fixture_bill (TillFixture *self, const char *claim);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-bank.h"
#include "payment/till.h"

G_BEGIN_DECLS

enum
{
  TILL_DESK_FEN = 18500,
  TILL_DESK_WALL = 1789525680, /* 2026-09-16 10:28 in the hall */
  TILL_DESK_DAY = 20260916,
  TILL_DESK_RECONCILE_MIN = 120
};

/**
 * TillDesk:
 * @changes: how often a payment was said to be another one, @turns: the till
 *
 * A till with a journal in a folder, an audit log beside it and a bank, on a clock by hand.
 */
typedef struct
{
  char *folder, *journal_path, *log_path;
  JuminClock *clock;
  JuminAudit *audit;
  JuminJournal *journal;
  FakeBank *bank;
  JuminTill *till;
  guint changes, turns;
} TillDesk;

void till_desk_set_up (TillDesk *self, gconstpointer data);
void till_desk_tear_down (TillDesk *self, gconstpointer data);

/* The process is killed, and begins anew: what is in the journal is all that is known. */
void till_desk_stop (TillDesk *self);
void till_desk_start (TillDesk *self);

/* Until nothing happens any more at this moment of the clock. */
void till_desk_settle (TillDesk *self);
void till_desk_advance (TillDesk *self, guint ms);

JuminQuote *till_desk_quote_new (TillDesk *self, const char *bill);
/* Returns: (transfer full): id of the payment, which has begun and settled */
char *till_desk_pay (TillDesk *self, const char *bill, JuminPayWay way);
void till_desk_assert_state (TillDesk *self, const char *payment, JuminPaymentState state);
/* What is on the disk. */
JuminPayment *till_desk_read (TillDesk *self, const char *payment);
/* How often @text is in the audit log; the log has ended then. */
guint till_desk_count_in_log (TillDesk *self, const char *text);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/cashier.h"

G_BEGIN_DECLS

/* What the files of the cashier share: cashier.c (all payments, and what happens to them),
 * cashier-moves.c (what each waits for), cashier-answers.c (what the platform says). */

typedef enum
{
  JUMIN_PHASE_FREE,    /* waits for time */
  JUMIN_PHASE_DISK,    /* for a commit */
  JUMIN_PHASE_PLATFORM /* for an answer */
} JuminCashierPhase;

/**
 * JuminCashierEntry:
 * @turn: of what it waits for, @slip_turn: of a commit for its slip's sake
 * @asked: the last thing that the platform was asked
 * @due: monotonic: when it goes on by itself; 0: not
 * @sent_at: monotonic: when the order went out; 0: not in this life
 * @sent: it went out, or may have
 * @unwanted: nobody waits for it: it is to be closed
 * @unheard: it is from the journal, and the platform has not said anything about it
 * @questions, @closes: asked so often since the last change
 * @dirty: a commit failed: nobody knows what is on the disk
 * @forgotten: it goes when it is final
 */
typedef struct
{
  JuminPayment *payment;
  JuminCashierPhase phase;
  JuminTillEffectKind asked;
  guint turn, slip_turn, questions, closes;
  gint64 due, sent_at;
  gboolean sent, unwanted, unheard, dirty, forgotten;
} JuminCashierEntry;

struct _JuminCashier
{
  JuminCashierTimes times;
  GPtrArray *entries; /* oldest first */
  guint turns;
  gboolean loaded, journal_bad;

  /* Of the step under way. */
  gint64 now;
  guint32 random;
  GPtrArray *effects;
};

/* cashier-moves.c */
void jumin_cashier_emit (JuminCashier *self, JuminTillEffectKind kind,
                         const JuminCashierEntry *entry, guint turn);
gboolean jumin_cashier_is_open (const JuminCashierEntry *entry);
gboolean jumin_cashier_is_unresolved (const JuminCashierEntry *entry);
void jumin_cashier_set_why (JuminCashierEntry *entry, const char *why);
void jumin_cashier_set_unwanted (JuminCashierEntry *entry, const char *why);
void jumin_cashier_commit (JuminCashier *self, JuminCashierEntry *entry);
void jumin_cashier_become (JuminCashier *self, JuminCashierEntry *entry, JuminPaymentState state);
void jumin_cashier_ask (JuminCashier *self, JuminCashierEntry *entry, JuminTillEffectKind kind);
void jumin_cashier_wait_until (JuminCashierEntry *entry, gint64 due);
void jumin_cashier_wait_for_question (JuminCashier *self, JuminCashierEntry *entry);
void jumin_cashier_wait_for_close (JuminCashier *self, JuminCashierEntry *entry);
void jumin_cashier_close_or_wait (JuminCashier *self, JuminCashierEntry *entry);
void jumin_cashier_go_on (JuminCashier *self, JuminCashierEntry *entry);
void jumin_cashier_act (JuminCashier *self, JuminCashierEntry *entry);

/* cashier-answers.c */
void jumin_cashier_take_charge (JuminCashier *self, JuminCashierEntry *entry,
                                const JuminCharge *charge);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till.h"

G_BEGIN_DECLS

/* What the files of the till share: till.c (the object: it runs the
 * cashier), till-effects.c (what the cashier wants to be done), till-slip.c (slips on
 * the disk), till-day.c (days beside the platform's, and what staff see). */

/**
 * JuminTillOrder:
 * @payer, @code: (nullable)
 *
 * What goes with an order, and stays nowhere.
 */
typedef struct
{
  JuminQuote *quote;
  JuminIdentity *payer;
  char *code; /* JUMIN_PAYMENT_CODE_MAX and a NUL, locked */
} JuminTillOrder;

struct _JuminTill
{
  GObject parent_instance;

  JuminTillTools tools;
  JuminCashier *cashier;
  GHashTable *orders; /* id → JuminTillOrder, until it was sent */
  GHashTable *slips;  /* id → what its last slip says, JuminPaymentSay */
  gpointer step_timer, load_timer;
  gboolean loading;   /* the journal is being read */
  JuminPayment *lost; /* (nullable): that was not sent, and perhaps is on the disk */
  gboolean gone;      /* disposed: answers that still come are nobody's */
  JuminTillClosed told;

  GHashTable *differences;   /* days that somebody should look at */
  int turned;                /* the day on which yesterday was last compared; 0: not yet */
  int comparing, compare_to; /* the days that are to be compared, first and last; 0: none */
  gboolean compares;         /* and it is under way */
  guint comparisons;         /* that failed, of this day */
  gpointer day_timer, again_timer;
};

/* till.c. @slip: (nullable) (transfer none): returns when the row that the step writes is on the
 * disk */
void jumin_till_step (JuminTill *self, const JuminTillEvent *event, GTask *slip);
void jumin_till_announce (JuminTill *self, const char *payment);

/* till-effects.c */
JuminTillOrder *jumin_till_order_new (const JuminQuote *quote, JuminIdentity *payer,
                                      const char *code);
void jumin_till_order_free (JuminTillOrder *order);
void jumin_till_perform (JuminTill *self, const JuminTillEffect *effect, GTask *slip);
gboolean jumin_till_load (gpointer till);

/* till-day.c */
void jumin_till_day_prepare (JuminTill *self);
void jumin_till_day_start (JuminTill *self);
void jumin_till_day_hear (JuminTill *self);
void jumin_till_day_stop (JuminTill *self);
void jumin_till_day_note_alarm (JuminTill *self, const JuminPayment *payment);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/payment.h"

G_BEGIN_DECLS

enum
{
  JUMIN_CASHIER_PAYMENTS_MAX = 1024, /* that are not final, and those that are looked at; with so
                                        many nothing new is begun */
  JUMIN_CASHIER_STEPS_MAX = 8        /* of one schedule of waits */
};

/**
 * JuminCashierTimes:
 * @query_ms: from one question to the next while somebody waits; the last one repeats; 0 ends them
 * @guard_ms: the same when nobody does
 * @wait_ms: how long a payer may take since it was sent, by way
 * @earliest_close_ms: before that time after it was sent, a shown code's payment is not closed
 * @close_ms, @close_tries: how often a close that was not answered is told again at once
 * @horizon_s: after which time of the platform's clock people look into it
 * @journal_ms: when what the journal did not take is tried again
 * @unresolved_max: with more of them, nothing new is begun
 */
typedef struct
{
  guint query_ms[JUMIN_CASHIER_STEPS_MAX], guard_ms[JUMIN_CASHIER_STEPS_MAX],
      wait_ms[JUMIN_N_PAY_WAYS];
  guint earliest_close_ms, close_ms, close_tries, horizon_s, journal_ms, unresolved_max;
} JuminCashierTimes;

typedef enum
{
  JUMIN_TILL_LOADED,        /* payments: what the journal holds that is not final */
  JUMIN_TILL_NOT_LOADED,    /* it cannot be read */
  JUMIN_TILL_BEGIN,         /* payment: a new one */
  JUMIN_TILL_COMMITTED,     /* id, turn: the row of that commit is on the disk */
  JUMIN_TILL_NOT_COMMITTED, /* id, turn: nobody knows whether it is */
  JUMIN_TILL_ANSWER,        /* id, turn: charge; NULL: silence; refused: signed */
  JUMIN_TILL_CANCEL,        /* id: who pays does not want it, or is not there any more */
  JUMIN_TILL_ASK,           /* id: somebody wants to know now */
  JUMIN_TILL_SLIP,          /* id: slip and reprints as in payment */
  JUMIN_TILL_HEARD,         /* the platform answers again, to whomever */
  JUMIN_TILL_TIME           /* nothing happened, time has passed */
} JuminTillEventKind;

/**
 * JuminTillEvent:
 * @id: (nullable): of the payment
 * @turn: of the effect that this is the end of; another one is an old story, and nothing happens
 * @payments: (nullable) (element-type JuminPayment): copied
 * @payment: (nullable): copied
 * @charge: (nullable): what the platform signed
 * @refused: it signed that it does not take the payment
 */
typedef struct
{
  JuminTillEventKind kind;
  const char *id;
  guint turn;
  const GPtrArray *payments;
  const JuminPayment *payment;
  const JuminCharge *charge;
  gboolean refused;
} JuminTillEvent;

typedef enum
{
  JUMIN_TILL_COMMIT, /* write the row as it is now */
  JUMIN_TILL_SUBMIT, /* tell the platform: once in the life of a payment */
  JUMIN_TILL_QUERY,
  JUMIN_TILL_CLOSE,
  JUMIN_TILL_NOTE, /* it became another state, which is on the disk: for the audit log */
  JUMIN_TILL_ALARM /* the platform said what cannot be: people must look */
} JuminTillEffectKind;

/**
 * JuminTillEffect:
 * @payment: a copy, as it is to be written or told
 * @turn: to be said with its end
 */
typedef struct
{
  JuminTillEffectKind kind;
  guint turn;
  JuminPayment *payment;
} JuminTillEffect;

typedef enum
{
  JUMIN_TILL_OPEN,
  JUMIN_TILL_LOADING,    /* the journal has not been read */
  JUMIN_TILL_RECOVERING, /* the platform has not answered about an older payment */
  JUMIN_TILL_UNRESOLVED, /* too many of them */
  JUMIN_TILL_JOURNAL     /* what is to be kept cannot be written */
} JuminTillClosed;

/**
 * JuminCashier:
 *
 * All payments that are not final, and what is to be done about them. A pure step function: time
 * comes in with each event, and what is to be done in the world goes out as effects. At each moment
 * a payment waits for one thing alone: for time, for the disk, or for the platform. What is told to
 * the platform is on the disk first, and so is what is told to the person
 * (jumin_payment_get_say()). After a crash the same function goes on with what the journal holds.
 */
typedef struct _JuminCashier JuminCashier;

JuminCashier *jumin_cashier_new (const JuminCashierTimes *times);
void jumin_cashier_free (JuminCashier *self);

/* @now: clock's monotonic microseconds, @random: any 32 bits. Effects are added to @effects
 * (element-type JuminTillEffect, freed by it), in the order in which they are to be done. */
void jumin_cashier_step (JuminCashier *self, const JuminTillEvent *event, gint64 now,
                         guint32 random, GPtrArray *effects);
/* When JUMIN_TILL_TIME is due, monotonic; 0: never. */
gint64 jumin_cashier_get_next (const JuminCashier *self);
JuminTillClosed jumin_cashier_get_closed (const JuminCashier *self);
/* Final ones are here until jumin_cashier_forget(). */
const JuminPayment *jumin_cashier_find (const JuminCashier *self, const char *id);
/* (nullable): one that is not final. */
const JuminPayment *jumin_cashier_find_bill (const JuminCashier *self, const char *bill);
guint jumin_cashier_count_unresolved (const JuminCashier *self);
/* Nobody looks at it any more: it goes when it is final. */
void jumin_cashier_forget (JuminCashier *self, const char *id);

GPtrArray *jumin_till_effects_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JuminCashier, jumin_cashier_free)

G_END_DECLS

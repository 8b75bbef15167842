/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The moves of one payment: what it waits for, and what follows when that has come. */
#include "payment/cashier-private.h"

#define MS G_GINT64_CONSTANT (1000)
#define JITTER 8 /* a part of a guard's wait, so that a hall's machines do not ask all at once */

void
jumin_cashier_emit (JuminCashier *self, JuminTillEffectKind kind, const JuminCashierEntry *entry,
                    guint turn)
{
  JuminTillEffect *effect = g_new0 (JuminTillEffect, 1);

  effect->kind = kind;
  effect->turn = turn;
  effect->payment = jumin_payment_copy (entry->payment);
  g_ptr_array_add (self->effects, effect);
}

gboolean
jumin_cashier_is_open (const JuminCashierEntry *entry)
{
  return !jumin_payment_state_is_final (entry->payment->state);
}

/* Nobody knows yet whether its money moves. */
gboolean
jumin_cashier_is_unresolved (const JuminCashierEntry *entry)
{
  return entry->payment->state < JUMIN_PAYMENT_PAID;
}

void
jumin_cashier_commit (JuminCashier *self, JuminCashierEntry *entry)
{
  entry->phase = JUMIN_PHASE_DISK;
  entry->turn = ++self->turns;
  entry->due = 0;
  jumin_cashier_emit (self, JUMIN_TILL_COMMIT, entry, entry->turn);
}

void
jumin_cashier_set_why (JuminCashierEntry *entry, const char *why)
{
  g_free (entry->payment->why);
  entry->payment->why = g_strdup (why);
}

/* The first reason is the one. */
void
jumin_cashier_set_unwanted (JuminCashierEntry *entry, const char *why)
{
  if (!entry->unwanted && *entry->payment->why == '\0')
    jumin_cashier_set_why (entry, why);
  entry->unwanted = TRUE;
  entry->payment->until = 0;
  g_free (entry->payment->code);
  entry->payment->code = g_strdup ("");
}

void
jumin_cashier_become (JuminCashier *self, JuminCashierEntry *entry, JuminPaymentState state)
{
  entry->payment->state = state;
  entry->questions = entry->closes = 0;
  jumin_cashier_commit (self, entry);
}

void
jumin_cashier_ask (JuminCashier *self, JuminCashierEntry *entry, JuminTillEffectKind kind)
{
  entry->phase = JUMIN_PHASE_PLATFORM;
  entry->asked = kind;
  entry->turn = ++self->turns;
  entry->due = 0;
  entry->payment->asked++;
  jumin_cashier_emit (self, kind, entry, entry->turn);
}

void
jumin_cashier_wait_until (JuminCashierEntry *entry, gint64 due)
{
  entry->phase = JUMIN_PHASE_FREE;
  entry->due = due;
}

/* The @n-th wait of @steps, microseconds; the last one repeats. */
static gint64
get_wait (const guint *steps, guint n)
{
  guint i = 0;

  while (i < n && i + 1 < JUMIN_CASHIER_STEPS_MAX && steps[i + 1] != 0)
    i++;
  return steps[i] * MS;
}

static gint64
get_guard (const JuminCashier *self, guint n)
{
  gint64 wait = get_wait (self->times.guard_ms, n);

  return wait + self->random % (guint64)(wait / JITTER + 1);
}

/* Until then the payer of a shown code may be just typing a password. */
static gint64
get_earliest_close (const JuminCashier *self, const JuminCashierEntry *entry)
{
  return entry->payment->way == JUMIN_PAY_SHOW && entry->sent_at != 0
             ? entry->sent_at + self->times.earliest_close_ms * MS
             : 0;
}

void
jumin_cashier_wait_for_question (JuminCashier *self, JuminCashierEntry *entry)
{
  gint64 wait = entry->forgotten || entry->unheard
                    ? get_guard (self, entry->questions)
                    : get_wait (self->times.query_ms, entry->questions);
  gint64 due = self->now + wait;

  entry->questions++;
  if (entry->unwanted)
    due = MIN (due, get_earliest_close (self, entry));
  else if (entry->payment->until != 0)
    due = MIN (due, entry->payment->until);
  jumin_cashier_wait_until (entry, MAX (due, self->now + 1));
}

void
jumin_cashier_wait_for_close (JuminCashier *self, JuminCashierEntry *entry)
{
  guint tries = self->times.close_tries;

  jumin_cashier_wait_until (entry, self->now
                                       + (entry->closes < tries
                                              ? self->times.close_ms * MS
                                              : get_guard (self, entry->closes - tries)));
}

/* Where nobody wants it: asked once more just before, it is closed. */
void
jumin_cashier_close_or_wait (JuminCashier *self, JuminCashierEntry *entry)
{
  if (entry->unwanted && self->now >= get_earliest_close (self, entry))
    jumin_cashier_become (self, entry, JUMIN_PAYMENT_CLOSING);
  else
    jumin_cashier_wait_for_question (self, entry);
}

static void
submit (JuminCashier *self, JuminCashierEntry *entry)
{
  entry->sent = TRUE;
  entry->sent_at = self->now;
  entry->payment->until = self->now + self->times.wait_ms[entry->payment->way] * MS;
  jumin_cashier_ask (self, entry, JUMIN_TILL_SUBMIT);
}

/* What is known is on the disk. */
void
jumin_cashier_go_on (JuminCashier *self, JuminCashierEntry *entry)
{
  switch (entry->payment->state)
    {
    case JUMIN_PAYMENT_INTENT:
      jumin_cashier_become (self, entry,
                            entry->unwanted ? JUMIN_PAYMENT_CLOSING : JUMIN_PAYMENT_SUBMITTED);
      break;
    case JUMIN_PAYMENT_SUBMITTED:
      if (entry->unwanted)
        jumin_cashier_become (self, entry, JUMIN_PAYMENT_CLOSING);
      else
        submit (self, entry);
      break;
    case JUMIN_PAYMENT_CLOSING:
      jumin_cashier_ask (self, entry, JUMIN_TILL_CLOSE);
      break;
    case JUMIN_PAYMENT_PENDING:
    case JUMIN_PAYMENT_UNKNOWN:
      if (entry->unwanted)
        jumin_cashier_ask (self, entry, JUMIN_TILL_QUERY);
      else
        jumin_cashier_wait_for_question (self, entry);
      break;
    case JUMIN_PAYMENT_PAID:
      jumin_cashier_wait_for_question (self, entry);
      break;
    default:
      jumin_cashier_wait_until (entry, 0);
    }
}

/* The time has come for what waits for time. A platform that does not close may still say what it
 * knows: it is asked in turns. */
void
jumin_cashier_act (JuminCashier *self, JuminCashierEntry *entry)
{
  gboolean closes = entry->payment->state == JUMIN_PAYMENT_CLOSING
                    && (entry->closes < self->times.close_tries || entry->closes % 2 == 0);

  if (entry->dirty)
    jumin_cashier_commit (self, entry);
  else if (closes)
    jumin_cashier_ask (self, entry, JUMIN_TILL_CLOSE);
  else if (jumin_cashier_is_open (entry))
    {
      if (entry->payment->until != 0 && self->now >= entry->payment->until)
        jumin_cashier_set_unwanted (entry, "late");
      jumin_cashier_ask (self, entry, JUMIN_TILL_QUERY);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cashier: what is known of each payment, and what is to be done next.
 *
 *   INTENT ─► SUBMITTED ─► PENDING ─► … ─► PAID ─► FULFILLED | REFUNDED
 *                 │           │
 *                 ▼           ▼         ┌─► FAILED (declined)
 *              UNKNOWN ──► CLOSING ─────┼─► VOID   (closed: it can never be paid)
 *                                       ├─► PAID   (it was, meanwhile)
 *                                       └─► MANUAL (nobody knew in time, or what cannot be)
 *
 * Each change is on the disk before anything follows from it. An order goes out once; what became
 * of it is then only asked, and closed where nobody waits for it. What comes from the journal after
 * a start is a payment for which nobody waits. */
#include "payment/cashier-private.h"

#include <string.h>

#define MS G_GINT64_CONSTANT (1000)
#define STAGGER_US (250 * MS)

static void
entry_free (JuminCashierEntry *entry)
{
  jumin_payment_free (entry->payment);
  g_free (entry);
}

static void
effect_free (JuminTillEffect *effect)
{
  jumin_payment_free (effect->payment);
  g_free (effect);
}

/* Returns: (transfer full) (element-type JuminTillEffect) */
GPtrArray *
jumin_till_effects_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)effect_free);
}

JuminCashier *
jumin_cashier_new (const JuminCashierTimes *times)
{
  JuminCashier *self = g_new0 (JuminCashier, 1);

  self->times = *times;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  return self;
}

void
jumin_cashier_free (JuminCashier *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static JuminCashierEntry *
find (const JuminCashier *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->entries->len; i++)
    {
      JuminCashierEntry *entry = self->entries->pdata[i];

      if (strcmp (entry->payment->id, id) == 0)
        return entry;
    }
  return NULL;
}

/* What became of it when nothing was ever sent is no question. */
static gboolean
was_never_sent (const JuminCashierEntry *entry)
{
  return !entry->sent && entry->payment->state <= JUMIN_PAYMENT_SUBMITTED;
}

/* Nobody looks at it, and nothing of it is on its way. */
static void
drop_if_over (JuminCashier *self, JuminCashierEntry *entry)
{
  if (entry->forgotten && !jumin_cashier_is_open (entry) && entry->phase == JUMIN_PHASE_FREE
      && !entry->dirty && entry->slip_turn == 0 && entry->payment->slip != JUMIN_RECEIPT_PRINTING)
    g_ptr_array_remove (self->entries, entry);
}

static void
take_commit (JuminCashier *self, JuminCashierEntry *entry)
{
  JuminPayment *payment = entry->payment;
  gboolean moved = payment->durable != payment->state || payment->state == JUMIN_PAYMENT_INTENT;

  self->journal_bad = entry->dirty = FALSE;
  payment->durable = payment->state;
  if (moved)
    jumin_cashier_emit (self, JUMIN_TILL_NOTE, entry, 0);
  jumin_cashier_go_on (self, entry);
  drop_if_over (self, entry);
}

static void
lose_commit (JuminCashier *self, JuminCashierEntry *entry)
{
  self->journal_bad = TRUE;
  if (was_never_sent (entry))
    {
      g_ptr_array_remove (self->entries, entry);
      return;
    }
  entry->dirty = TRUE;
  jumin_cashier_wait_until (entry, self->now + self->times.journal_ms * MS);
}

/* The slip goes to the disk beside whatever else happens to the payment. */
static void
end_slip_commit (JuminCashier *self, JuminCashierEntry *entry, gboolean done)
{
  entry->slip_turn = 0;
  if (done)
    {
      self->journal_bad = FALSE;
      drop_if_over (self, entry);
      return;
    }
  self->journal_bad = TRUE;
  if (entry->payment->slip == JUMIN_RECEIPT_PRINTING)
    entry->payment->slip = JUMIN_RECEIPT_FAILED;
  if (entry->phase == JUMIN_PHASE_FREE)
    lose_commit (self, entry);
}

static void
end_commit (JuminCashier *self, const JuminTillEvent *event, gboolean done)
{
  JuminCashierEntry *entry = find (self, event->id);

  if (entry == NULL)
    return;
  if (entry->slip_turn == event->turn && event->turn != 0)
    end_slip_commit (self, entry, done);
  else if (entry->phase == JUMIN_PHASE_DISK && entry->turn == event->turn)
    (done ? take_commit : lose_commit) (self, entry);
}

static void
take_silence (JuminCashier *self, JuminCashierEntry *entry)
{
  entry->payment->silent = TRUE;
  if (entry->payment->state == JUMIN_PAYMENT_CLOSING)
    {
      entry->closes++;
      jumin_cashier_wait_for_close (self, entry);
    }
  else if (entry->asked == JUMIN_TILL_SUBMIT)
    {
      /* The code of an order that nobody saw cannot be paid. */
      if (entry->payment->way == JUMIN_PAY_SCAN)
        jumin_cashier_set_unwanted (entry, "lost");
      jumin_cashier_become (self, entry, JUMIN_PAYMENT_UNKNOWN);
    }
  else if (jumin_cashier_is_unresolved (entry))
    jumin_cashier_close_or_wait (self, entry);
  else
    jumin_cashier_wait_for_question (self, entry);
}

static void
take_answer (JuminCashier *self, const JuminTillEvent *event)
{
  JuminCashierEntry *entry = find (self, event->id);
  const JuminCharge *charge = event->charge;

  if (entry == NULL || entry->phase != JUMIN_PHASE_PLATFORM || entry->turn != event->turn)
    return;
  if (charge != NULL && strcmp (charge->payment, entry->payment->id) == 0)
    jumin_cashier_take_charge (self, entry, charge);
  else if (charge == NULL && event->refused && entry->asked == JUMIN_TILL_SUBMIT)
    {
      jumin_cashier_set_unwanted (entry, "refused");
      jumin_cashier_become (self, entry, JUMIN_PAYMENT_CLOSING);
    }
  else
    {
      if (charge != NULL)
        jumin_cashier_emit (self, JUMIN_TILL_ALARM, entry, 0);
      take_silence (self, entry);
    }
}

/* Returns: the new entry, of which the cashier has a copy */
static JuminCashierEntry *
add (JuminCashier *self, const JuminPayment *payment)
{
  JuminCashierEntry *entry = g_new0 (JuminCashierEntry, 1);

  entry->payment = jumin_payment_copy (payment);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* What can be read can perhaps not be written. */
static gboolean
is_dirty (const JuminCashier *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (((JuminCashierEntry *)self->entries->pdata[i])->dirty)
      return TRUE;
  return FALSE;
}

/* For what the journal holds nobody waits. What was being printed came out, or not. What is paid is
 * asked about a little later each. */
static void
load (JuminCashier *self, const GPtrArray *payments)
{
  self->loaded = TRUE;
  self->journal_bad = is_dirty (self);
  for (guint i = 0; i < payments->len && self->entries->len < JUMIN_CASHIER_PAYMENTS_MAX; i++)
    {
      const JuminPayment *payment = payments->pdata[i];
      JuminCashierEntry *entry;

      if (find (self, payment->id) != NULL)
        continue;
      entry = add (self, payment);
      entry->payment->durable = entry->payment->state;
      entry->sent = entry->forgotten = TRUE;
      if (entry->payment->slip == JUMIN_RECEIPT_PRINTING)
        entry->payment->slip = JUMIN_RECEIPT_UNKNOWN;
      if (jumin_cashier_is_unresolved (entry))
        {
          entry->unheard = TRUE;
          jumin_cashier_set_unwanted (entry, "late");
          jumin_cashier_act (self, entry);
        }
      else
        jumin_cashier_wait_until (entry, self->now + (i + 1) * STAGGER_US);
    }
}

static void
begin (JuminCashier *self, const JuminPayment *payment)
{
  gboolean taken = jumin_cashier_get_closed (self) != JUMIN_TILL_OPEN
                   || self->entries->len >= JUMIN_CASHIER_PAYMENTS_MAX
                   || find (self, payment->id) != NULL;

  for (guint i = 0; i < payment->items->len && !taken; i++)
    taken
        = jumin_cashier_find_bill (self, ((JuminPayItem *)payment->items->pdata[i])->bill) != NULL;
  if (!taken)
    jumin_cashier_commit (self, add (self, payment));
}

static void
cancel (JuminCashier *self, JuminCashierEntry *entry)
{
  if (!jumin_cashier_is_unresolved (entry))
    return;
  jumin_cashier_set_unwanted (entry, "cancelled");
  if (entry->phase == JUMIN_PHASE_FREE && !entry->dirty
      && entry->payment->state != JUMIN_PAYMENT_CLOSING)
    jumin_cashier_ask (self, entry, JUMIN_TILL_QUERY);
}

static void
ask_now (JuminCashier *self, JuminCashierEntry *entry)
{
  if (entry->phase == JUMIN_PHASE_FREE && jumin_cashier_is_open (entry))
    jumin_cashier_act (self, entry);
}

static void
take_slip (JuminCashier *self, JuminCashierEntry *entry, const JuminPayment *slip)
{
  entry->payment->slip = slip->slip;
  entry->payment->reprints = slip->reprints;
  entry->slip_turn = ++self->turns;
  jumin_cashier_emit (self, JUMIN_TILL_COMMIT, entry, entry->slip_turn);
}

static void
pass_time (JuminCashier *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      JuminCashierEntry *entry = self->entries->pdata[i];

      if (entry->phase == JUMIN_PHASE_FREE && entry->due != 0 && self->now >= entry->due)
        jumin_cashier_act (self, entry);
    }
}

/* The platform is there again: who waits for time does not, and whose question is still lost waits
 * a short one afterwards. */
static void
hear (JuminCashier *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      JuminCashierEntry *entry = self->entries->pdata[i];

      entry->questions = entry->closes = 0;
      if (entry->phase == JUMIN_PHASE_FREE && entry->due != 0 && !entry->dirty)
        entry->due = MIN (entry->due, self->now + i * STAGGER_US);
    }
  pass_time (self);
}

static void
take_event (JuminCashier *self, const JuminTillEvent *event)
{
  JuminCashierEntry *entry = find (self, event->id);

  switch (event->kind)
    {
    case JUMIN_TILL_LOADED:
      load (self, event->payments);
      break;
    case JUMIN_TILL_NOT_LOADED:
      self->journal_bad = TRUE;
      break;
    case JUMIN_TILL_BEGIN:
      begin (self, event->payment);
      break;
    case JUMIN_TILL_COMMITTED:
    case JUMIN_TILL_NOT_COMMITTED:
      end_commit (self, event, event->kind == JUMIN_TILL_COMMITTED);
      break;
    case JUMIN_TILL_ANSWER:
      take_answer (self, event);
      break;
    case JUMIN_TILL_TIME:
      pass_time (self);
      break;
    case JUMIN_TILL_HEARD:
      hear (self);
      break;
    default:
      if (entry == NULL)
        break;
      if (event->kind == JUMIN_TILL_CANCEL)
        cancel (self, entry);
      else if (event->kind == JUMIN_TILL_ASK)
        ask_now (self, entry);
      else
        take_slip (self, entry, event->payment);
    }
}

void
jumin_cashier_step (JuminCashier *self, const JuminTillEvent *event, gint64 now, guint32 random,
                    GPtrArray *effects)
{
  self->now = now;
  self->random = random;
  self->effects = effects;
  take_event (self, event);
  self->effects = NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      JuminCashierEntry *entry = self->entries->pdata[i];

      entry->payment->next_at = entry->phase == JUMIN_PHASE_FREE ? entry->due : 0;
    }
}

gint64
jumin_cashier_get_next (const JuminCashier *self)
{
  gint64 next = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const JuminCashierEntry *entry = self->entries->pdata[i];

      if (entry->phase == JUMIN_PHASE_FREE && entry->due != 0 && (next == 0 || entry->due < next))
        next = entry->due;
    }
  return next;
}

JuminTillClosed
jumin_cashier_get_closed (const JuminCashier *self)
{
  if (self->journal_bad)
    return JUMIN_TILL_JOURNAL;
  if (!self->loaded)
    return JUMIN_TILL_LOADING;
  for (guint i = 0; i < self->entries->len; i++)
    if (((JuminCashierEntry *)self->entries->pdata[i])->unheard)
      return JUMIN_TILL_RECOVERING;
  return jumin_cashier_count_unresolved (self) > self->times.unresolved_max
                 || self->entries->len >= JUMIN_CASHIER_PAYMENTS_MAX
             ? JUMIN_TILL_UNRESOLVED
             : JUMIN_TILL_OPEN;
}

const JuminPayment *
jumin_cashier_find (const JuminCashier *self, const char *id)
{
  const JuminCashierEntry *entry = find (self, id);

  return entry != NULL ? entry->payment : NULL;
}

/* An end that is not on the disk is none: after a crash this payment would go on. */
const JuminPayment *
jumin_cashier_find_bill (const JuminCashier *self, const char *bill)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const JuminCashierEntry *entry = self->entries->pdata[i];

      if (!jumin_payment_state_is_final (entry->payment->durable)
          && jumin_payment_has_bill (entry->payment, bill))
        return entry->payment;
    }
  return NULL;
}

guint
jumin_cashier_count_unresolved (const JuminCashier *self)
{
  guint count = 0;

  for (guint i = 0; i < self->entries->len; i++)
    count += jumin_cashier_is_unresolved (self->entries->pdata[i]);
  return count;
}

void
jumin_cashier_forget (JuminCashier *self, const char *id)
{
  JuminCashierEntry *entry = find (self, id);

  if (entry == NULL)
    return;
  entry->forgotten = TRUE;
  drop_if_over (self, entry);
}

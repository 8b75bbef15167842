/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The till: hands every event to the cashier, and does what it says, in that order. Whatever the
 * journal and the platform answer comes back as an event of its own; the cashier calls nobody, so
 * it is never entered twice. */
#include "payment/till-private.h"

#include <string.h>

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JuminTill, jumin_till, G_TYPE_OBJECT)

static gboolean
on_time (gpointer data)
{
  JuminTill *self = data;

  self->step_timer = NULL;
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_TIME }, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
is_sent (gpointer id, gpointer order, gpointer till)
{
  const JuminPayment *payment = jumin_till_find (till, id);

  return payment == NULL || payment->state > JUMIN_PAYMENT_SUBMITTED;
}

/* What waits for time, and a journal that could not be read or written. */
static void
arm (JuminTill *self)
{
  JuminClock *clock = self->tools.clock;
  gint64 next = jumin_cashier_get_next (self->cashier);
  gboolean closed = jumin_cashier_get_closed (self->cashier) == JUMIN_TILL_JOURNAL;

  jumin_clock_cancel (clock, &self->step_timer);
  if (next != 0)
    self->step_timer = jumin_clock_at (clock, next, on_time, self);
  if (closed && !self->loading && self->load_timer == NULL)
    self->load_timer
        = jumin_clock_after (clock, self->tools.times.journal_ms, jumin_till_load, self);
}

void
jumin_till_announce (JuminTill *self, const char *payment)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, payment);
}

static void
announce_all (JuminTill *self, const JuminTillEvent *event, const GPtrArray *effects)
{
  JuminTillClosed closed = jumin_cashier_get_closed (self->cashier);
  /* Whoever hears of it may free what it was called by. */
  g_autofree char *first = g_strdup (event->id);
  const char *last = first;

  if (first != NULL)
    jumin_till_announce (self, first);
  for (guint i = 0; i < effects->len && event->kind != JUMIN_TILL_BEGIN; i++)
    {
      const JuminTillEffect *effect = effects->pdata[i];

      if (g_strcmp0 (effect->payment->id, last) != 0)
        jumin_till_announce (self, effect->payment->id);
      last = effect->payment->id;
    }
  if (closed != self->told)
    {
      self->told = closed;
      jumin_till_announce (self, "");
    }
}

void
jumin_till_step (JuminTill *self, const JuminTillEvent *event, GTask *slip)
{
  g_autoptr (JuminTill) kept = g_object_ref (self);
  g_autoptr (GPtrArray) effects = jumin_till_effects_new ();

  jumin_cashier_step (self->cashier, event, jumin_clock_get_monotonic (self->tools.clock),
                      g_random_int (), effects);
  for (guint i = 0; i < effects->len; i++)
    jumin_till_perform (self, effects->pdata[i], slip);
  g_hash_table_foreach_remove (self->orders, is_sent, self);
  arm (self);
  announce_all (self, event, effects);
}

static void
jumin_till_dispose (GObject *object)
{
  JuminTill *self = JUMIN_TILL (object);

  self->gone = TRUE;
  if (self->tools.clock != NULL)
    {
      jumin_clock_cancel (self->tools.clock, &self->step_timer);
      jumin_clock_cancel (self->tools.clock, &self->load_timer);
      jumin_till_day_stop (self);
    }
  g_hash_table_remove_all (self->orders);
  G_OBJECT_CLASS (jumin_till_parent_class)->dispose (object);
}

static void
jumin_till_finalize (GObject *object)
{
  JuminTill *self = JUMIN_TILL (object);

  g_clear_pointer (&self->cashier, jumin_cashier_free);
  g_clear_pointer (&self->lost, jumin_payment_free);
  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->slips);
  g_hash_table_unref (self->differences);
  g_clear_object (&self->tools.clock);
  g_clear_object (&self->tools.journal);
  g_clear_object (&self->tools.source);
  g_clear_object (&self->tools.audit);
  G_OBJECT_CLASS (jumin_till_parent_class)->finalize (object);
}

static void
jumin_till_class_init (JuminTillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_till_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_till_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", JUMIN_TYPE_TILL, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jumin_till_init (JuminTill *self)
{
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)jumin_till_order_free);
  self->slips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->differences = g_hash_table_new (NULL, NULL);
  self->told = JUMIN_TILL_LOADING;
}

static guint
scale (JuminClock *clock, guint ms)
{
  return ms != 0 ? jumin_clock_get_real_ms (clock, ms) : 0;
}

/* The cashier knows one clock, which never goes faster. */
static JuminCashierTimes
get_real_times (JuminClock *clock, const JuminCashierTimes *times)
{
  JuminCashierTimes real = *times;

  for (gsize i = 0; i < JUMIN_CASHIER_STEPS_MAX; i++)
    {
      real.query_ms[i] = scale (clock, times->query_ms[i]);
      real.guard_ms[i] = scale (clock, times->guard_ms[i]);
    }
  for (gsize i = 0; i < JUMIN_N_PAY_WAYS; i++)
    real.wait_ms[i] = scale (clock, times->wait_ms[i]);
  real.earliest_close_ms = scale (clock, times->earliest_close_ms);
  real.close_ms = scale (clock, times->close_ms);
  real.journal_ms = scale (clock, times->journal_ms);
  return real;
}

/* Returns: (transfer full): a till that is closed until it is started */
JuminTill *
jumin_till_new (const JuminTillTools *tools)
{
  JuminTill *self = g_object_new (JUMIN_TYPE_TILL, NULL);
  JuminCashierTimes times = get_real_times (tools->clock, &tools->times);

  self->tools = *tools;
  g_object_ref (tools->clock);
  g_object_ref (tools->journal);
  g_object_ref (tools->source);
  g_object_ref (tools->audit);
  self->cashier = jumin_cashier_new (&times);
  return self;
}

void
jumin_till_start (JuminTill *self)
{
  jumin_till_day_prepare (self);
  jumin_till_load (self);
}

JuminTillClosed
jumin_till_get_closed (JuminTill *self)
{
  return jumin_cashier_get_closed (self->cashier);
}

guint
jumin_till_count_unresolved (JuminTill *self)
{
  return jumin_cashier_count_unresolved (self->cashier);
}

void
jumin_till_hear (JuminTill *self)
{
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_HEARD }, NULL);
  jumin_till_day_hear (self);
}

static gboolean
may_begin (JuminTill *self, const JuminQuote *quote, const char *code, GError **error)
{
  if (code != NULL && strlen (code) > JUMIN_PAYMENT_CODE_MAX)
    {
      g_set_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PAYMENT_REFUSED,
                   "Beginning a payment failed: its code is longer than %d digits",
                   JUMIN_PAYMENT_CODE_MAX);
      return FALSE;
    }
  if (jumin_till_get_closed (self) != JUMIN_TILL_OPEN)
    {
      g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_TILL_CLOSED,
                           "Beginning a payment failed: the till is closed");
      return FALSE;
    }
  for (guint i = 0; i < quote->items->len; i++)
    if (jumin_till_holds_bill (self, ((JuminPayItem *)quote->items->pdata[i])->bill))
      {
        g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_BILL_TAKEN,
                             "Beginning a payment failed: a bill of it is being paid here");
        return FALSE;
      }
  return TRUE;
}

const JuminPayment *
jumin_till_begin (JuminTill *self, const JuminQuote *quote, JuminPayWay way, JuminIdentity *payer,
                  const char *code, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (JuminPayment) payment = NULL;

  if (!may_begin (self, quote, code, error))
    return NULL;
  payment = jumin_payment_new (id, quote, way);
  g_hash_table_insert (self->orders, g_strdup (id),
                       jumin_till_order_new (quote, way == JUMIN_PAY_ACCOUNT ? payer : NULL,
                                             way == JUMIN_PAY_SHOW ? code : NULL));
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_BEGIN, .payment = payment }, NULL);
  if (jumin_till_find (self, id) == NULL)
    g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_TILL_CLOSED,
                         "Beginning a payment failed: the cashier took no more");
  return jumin_till_find (self, id);
}

const JuminPayment *
jumin_till_find (JuminTill *self, const char *payment)
{
  return jumin_cashier_find (self->cashier, payment);
}

gboolean
jumin_till_holds_bill (JuminTill *self, const char *bill)
{
  return jumin_cashier_find_bill (self->cashier, bill) != NULL;
}

void
jumin_till_cancel (JuminTill *self, const char *payment)
{
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_CANCEL, .id = payment }, NULL);
}

void
jumin_till_ask (JuminTill *self, const char *payment)
{
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_ASK, .id = payment }, NULL);
}

void
jumin_till_leave (JuminTill *self, const char *payment)
{
  g_autofree char *id = g_strdup (payment);

  g_hash_table_remove (self->slips, id);
  jumin_till_cancel (self, id);
  jumin_cashier_forget (self->cashier, id);
  arm (self);
}

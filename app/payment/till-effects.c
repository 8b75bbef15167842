/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cashier wants to be done in the world: the journal, the platform and the audit log; and
 * what comes back as an event. An answer that comes when the till is gone is nobody's.
 *
 * The payer's agreement and the payment code are in locked memory until the order was sent, or
 * never will be. */
#include "payment/till-private.h"

#include "model/locked.h"

enum
{
  UUID_SHOWN = 8 /* digits of a payment in the audit log */
};

/* What was asked of the journal or the platform. */
typedef struct
{
  GWeakRef till;
  char *payment;
  JuminPayment *row; /* that is written, perhaps */
  guint turn;
  GTask *slip;
} Call;

void
jumin_till_order_free (JuminTillOrder *order)
{
  jumin_quote_free (order->quote);
  g_clear_pointer (&order->payer, jumin_identity_unref);
  if (order->code != NULL)
    jumin_locked_free (order->code, JUMIN_PAYMENT_CODE_MAX + 1);
  g_free (order);
}

JuminTillOrder *
jumin_till_order_new (const JuminQuote *quote, JuminIdentity *payer, const char *code)
{
  JuminTillOrder *order = g_new0 (JuminTillOrder, 1);

  order->quote = jumin_quote_copy (quote);
  order->payer = payer != NULL ? jumin_identity_ref (payer) : NULL;
  if (code != NULL)
    {
      order->code = jumin_locked_new (JUMIN_PAYMENT_CODE_MAX + 1);
      g_strlcpy (order->code, code, JUMIN_PAYMENT_CODE_MAX + 1);
    }
  return order;
}

static Call *
call_new (JuminTill *self, const JuminTillEffect *effect, GTask *slip)
{
  Call *call = g_new0 (Call, 1);

  g_weak_ref_init (&call->till, self);
  call->payment = g_strdup (effect->payment->id);
  call->turn = effect->turn;
  call->slip = slip != NULL ? g_object_ref (slip) : NULL;
  return call;
}

static void
call_free (Call *call)
{
  g_weak_ref_clear (&call->till);
  g_free (call->payment);
  g_clear_pointer (&call->row, jumin_payment_free);
  g_clear_object (&call->slip);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

/* Returns: (transfer full) (nullable): the till, when it still works */
static JuminTill *
call_get_till (Call *call)
{
  g_autoptr (JuminTill) till = g_weak_ref_get (&call->till);

  return till != NULL && !till->gone ? g_steal_pointer (&till) : NULL;
}

/* Nothing of it was sent, so the cashier has forgotten it: but its disk is not believed before it
 * has taken this very row, which is then settled like any other. */
static void
keep_lost (JuminTill *self, Call *call)
{
  if (self->lost == NULL && jumin_till_find (self, call->payment) == NULL)
    self->lost = g_steal_pointer (&call->row);
}

static void
on_put (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (JuminTill) self = call_get_till (call);
  g_autoptr (GError) error = NULL;
  gboolean done = jumin_journal_put_finish (JUMIN_JOURNAL (journal), result, &error);
  JuminTillEvent event = { .kind = done ? JUMIN_TILL_COMMITTED : JUMIN_TILL_NOT_COMMITTED,
                           .id = call->payment,
                           .turn = call->turn };

  if (!done)
    g_message ("%s", error->message);
  if (self != NULL)
    jumin_till_step (self, &event, NULL);
  if (self != NULL && !done)
    keep_lost (self, call);
  if (call->slip == NULL)
    return;
  if (done)
    g_task_return_boolean (call->slip, TRUE);
  else
    g_task_return_error (call->slip, g_steal_pointer (&error));
}

static void
on_charged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (JuminTill) self = call_get_till (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminCharge) charge
      = jumin_payment_source_charge_finish (JUMIN_PAYMENT_SOURCE (source), result, &error);
  JuminTillEvent event = {
    .kind = JUMIN_TILL_ANSWER,
    .id = call->payment,
    .turn = call->turn,
    .charge = charge,
    .refused = g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_PAYMENT_REFUSED),
  };

  if (error != NULL)
    g_message ("%s", error->message);
  if (self != NULL)
    jumin_till_step (self, &event, NULL);
}

/* An order that is not there is one of another life, and was perhaps sent: it is not sent again. */
static void
submit (JuminTill *self, const JuminTillEffect *effect)
{
  const JuminPayment *payment = effect->payment;
  const JuminTillOrder *order = g_hash_table_lookup (self->orders, payment->id);
  JuminPaymentOrder sent = { .payment = payment->id, .way = payment->way };

  g_return_if_fail (order != NULL);
  sent.quote = order->quote;
  sent.payer = order->payer;
  sent.code = order->code;
  jumin_payment_source_pay_async (self->tools.source, &sent, on_charged,
                                  call_new (self, effect, NULL));
  g_hash_table_remove (self->orders, payment->id);
}

static void
note (JuminTill *self, JuminAuditEvent event, const JuminPayment *payment)
{
  g_autofree char *id = g_strndup (payment->id, UUID_SHOWN);
  g_autofree char *fen = g_strdup_printf ("%" G_GINT64_FORMAT, payment->fen);
  const char *state = jumin_payment_state_get_word (payment->state);

  if (event == JUMIN_AUDIT_PAYMENT_STATE)
    jumin_audit_write (self->tools.audit, event, "payment", id, "state", state, "way",
                       jumin_pay_way_get_word (payment->way), "fen", fen, NULL);
  else
    jumin_audit_write (self->tools.audit, event, "payment", id, "state", state, "fen", fen, NULL);
}

void
jumin_till_perform (JuminTill *self, const JuminTillEffect *effect, GTask *slip)
{
  const char *id = effect->payment->id;
  Call *call;

  switch (effect->kind)
    {
    case JUMIN_TILL_COMMIT:
      call = call_new (self, effect, slip);
      call->row = jumin_payment_copy (effect->payment);
      jumin_journal_put_async (self->tools.journal, call->row,
                               jumin_clock_get_wall (self->tools.clock), on_put, call);
      break;
    case JUMIN_TILL_SUBMIT:
      submit (self, effect);
      break;
    case JUMIN_TILL_QUERY:
      jumin_payment_source_state_async (self->tools.source, id, on_charged,
                                        call_new (self, effect, NULL));
      break;
    case JUMIN_TILL_CLOSE:
      jumin_payment_source_close_async (self->tools.source, id, on_charged,
                                        call_new (self, effect, NULL));
      break;
    case JUMIN_TILL_NOTE:
      note (self, JUMIN_AUDIT_PAYMENT_STATE, effect->payment);
      break;
    case JUMIN_TILL_ALARM:
      g_message ("The platform said of a payment what cannot be");
      note (self, JUMIN_AUDIT_PAYMENT_ALARM, effect->payment);
      jumin_till_day_note_alarm (self, effect->payment);
      break;
    }
}

static void
on_loaded (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (JuminTill) self = call_get_till (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payments
      = jumin_journal_read_finish (JUMIN_JOURNAL (journal), result, &error);
  JuminTillEvent event = { .kind = payments != NULL ? JUMIN_TILL_LOADED : JUMIN_TILL_NOT_LOADED,
                           .payments = payments };

  if (error != NULL)
    g_message ("%s", error->message);
  if (self == NULL)
    return;
  self->loading = FALSE;
  jumin_till_step (self, &event, NULL);
  if (payments != NULL && !self->gone)
    jumin_till_day_start (self);
}

static void
read_journal (JuminTill *self)
{
  Call *call = g_new0 (Call, 1);

  g_weak_ref_init (&call->till, self);
  jumin_journal_load_async (self->tools.journal, on_loaded, call);
}

static void
on_lost_put (GObject *journal, GAsyncResult *result, gpointer data)
{
  g_autoptr (Call) call = data;
  g_autoptr (JuminTill) self = call_get_till (call);
  g_autoptr (GError) error = NULL;
  gboolean done = jumin_journal_put_finish (JUMIN_JOURNAL (journal), result, &error);

  if (self == NULL)
    return;
  if (done)
    {
      g_clear_pointer (&self->lost, jumin_payment_free);
      read_journal (self);
      return;
    }
  g_message ("%s", error->message);
  self->loading = FALSE;
  jumin_till_step (self, &(JuminTillEvent){ .kind = JUMIN_TILL_NOT_LOADED }, NULL);
}

gboolean
jumin_till_load (gpointer data)
{
  JuminTill *self = data;
  Call *call;

  self->load_timer = NULL;
  self->loading = TRUE;
  if (self->lost == NULL)
    {
      read_journal (self);
      return G_SOURCE_REMOVE;
    }
  call = g_new0 (Call, 1);
  g_weak_ref_init (&call->till, self);
  jumin_journal_put_async (self->tools.journal, self->lost,
                           jumin_clock_get_wall (self->tools.clock), on_lost_put, call);
  return G_SOURCE_REMOVE;
}

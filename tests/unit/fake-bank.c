/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-bank.h"

#include "model/hall-time.h"

static void fake_bank_source_init (JuminPaymentSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBank, fake_bank, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAYMENT_SOURCE,
                                                      fake_bank_source_init))

static JuminCharge *
charge_new (const char *payment, JuminChargeState state)
{
  JuminCharge *charge = jumin_charge_new ();

  charge->payment = g_strdup (payment);
  charge->channel = g_strdup ("wechat");
  charge->reason = g_strdup (state == JUMIN_CHARGE_DECLINED ? "funds" : "");
  charge->transaction = g_strdup ("4200001234");
  charge->code = g_strdup ("https://pay.example/1");
  charge->receipt = g_strdup ("https://receipt.example/1");
  charge->signature = g_strdup ("");
  charge->state = state;
  return charge;
}

/* As it is now: the real ones are made of one message each. */
static JuminCharge *
charge_copy (FakeBank *self, const JuminCharge *order)
{
  JuminCharge *charge = charge_new (order->payment, order->state);

  charge->quote = g_strdup (order->quote);
  charge->payee = g_strdup (order->payee);
  charge->fen = order->fen;
  charge->at = jumin_clock_get_wall (self->clock);
  charge->paid_at = order->paid_at;
  for (guint i = 0; i < order->items->len; i++)
    {
      JuminPayItem *item = jumin_pay_item_copy (order->items->pdata[i]);

      item->credit = order->state == JUMIN_CHARGE_FULFILLED  ? JUMIN_CREDIT_DONE
                     : order->state == JUMIN_CHARGE_REFUNDED ? JUMIN_CREDIT_REFUNDED
                                                             : JUMIN_CREDIT_WAITING;
      g_ptr_array_add (charge->items, item);
    }
  return charge;
}

JuminCharge *
fake_bank_find (FakeBank *self, const char *payment)
{
  return g_hash_table_lookup (self->orders, payment);
}

JuminChargeState
fake_bank_get (FakeBank *self, const char *payment)
{
  const JuminCharge *order = fake_bank_find (self, payment);

  return order != NULL ? order->state : JUMIN_CHARGE_NOT_FOUND;
}

void
fake_bank_set (FakeBank *self, const char *payment, JuminChargeState state)
{
  JuminCharge *order = fake_bank_find (self, payment);

  g_assert_nonnull (order);
  order->state = state;
  if (state == JUMIN_CHARGE_PAID || state == JUMIN_CHARGE_FULFILLED)
    order->paid_at = jumin_clock_get_wall (self->clock);
}

static JuminCharge *
add (FakeBank *self, const char *payment, JuminChargeState state)
{
  JuminCharge *order = charge_new (payment, state);

  g_hash_table_insert (self->orders, order->payment, order);
  return order;
}

/* @charge: (transfer full) */
static void
answer (FakeBank *self, JuminCharge *charge, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  if (self->mood == BANK_ANSWERS)
    {
      g_task_return_pointer (task, charge, (GDestroyNotify)jumin_charge_free);
      return;
    }
  g_clear_pointer (&charge, jumin_charge_free);
  g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "No answer");
}

static void
pay_async (JuminPaymentSource *source, const JuminPaymentOrder *order, GAsyncReadyCallback callback,
           gpointer data)
{
  FakeBank *self = FAKE_BANK (source);
  JuminCharge *made = fake_bank_find (self, order->payment);

  if (self->mood == BANK_SILENT)
    {
      answer (self, NULL, callback, data);
      return;
    }
  self->pays++;
  self->requests++;
  g_free (self->code);
  g_free (self->number);
  self->code = g_strdup (order->code);
  self->number = g_strdup (order->payer != NULL ? jumin_identity_get_number (order->payer) : NULL);
  if (made == NULL)
    {
      made = add (self, order->payment,
                  order->way == JUMIN_PAY_SCAN ? JUMIN_CHARGE_PENDING : self->next);
      made->quote = g_strdup (order->quote->id);
      made->payee = g_strdup (order->quote->payee);
      made->fen = order->quote->fen;
      made->at = order->quote->issued_at;
      for (guint i = 0; i < order->quote->items->len; i++)
        g_ptr_array_add (made->items, jumin_pay_item_copy (order->quote->items->pdata[i]));
      fake_bank_set (self, order->payment, made->state);
    }
  answer (self, charge_copy (self, made), callback, data);
}

static void
state_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  FakeBank *self = FAKE_BANK (source);
  const JuminCharge *order = fake_bank_find (self, payment);

  self->requests += self->mood != BANK_SILENT;
  answer (self,
          order != NULL ? charge_copy (self, order) : charge_new (payment, JUMIN_CHARGE_NOT_FOUND),
          callback, data);
}

/* What nobody heard of becomes a tombstone. */
static void
close_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  FakeBank *self = FAKE_BANK (source);
  JuminCharge *order = fake_bank_find (self, payment);

  if (self->mood == BANK_SILENT)
    {
      answer (self, NULL, callback, data);
      return;
    }
  self->requests++;
  if (order == NULL)
    order = add (self, payment, JUMIN_CHARGE_CLOSED);
  if (order->state == JUMIN_CHARGE_PENDING)
    order->state = JUMIN_CHARGE_CLOSED;
  answer (self, charge_copy (self, order), callback, data);
}

static void
list_async (JuminPaymentSource *source, int day, GAsyncReadyCallback callback, gpointer data)
{
  FakeBank *self = FAKE_BANK (source);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GPtrArray) charges
      = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_charge_free);
  GHashTableIter iter;
  gpointer order;

  if (self->mood != BANK_ANSWERS)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "No answer");
      return;
    }
  if (day == self->refused_day)
    {
      g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_REFUSED, "No such day");
      return;
    }
  self->listed_day = day;
  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order))
    if (jumin_hall_get_day (((JuminCharge *)order)->at, 0) == day)
      g_ptr_array_add (charges, charge_copy (self, order));
  g_task_return_pointer (task, g_steal_pointer (&charges), (GDestroyNotify)g_ptr_array_unref);
}

static void
fake_bank_source_init (JuminPaymentSourceInterface *iface)
{
  iface->pay_async = pay_async;
  iface->state_async = state_async;
  iface->close_async = close_async;
  iface->list_async = list_async;
}

static void
fake_bank_finalize (GObject *object)
{
  FakeBank *self = FAKE_BANK (object);

  g_hash_table_unref (self->orders);
  g_clear_object (&self->clock);
  g_free (self->code);
  g_free (self->number);
  G_OBJECT_CLASS (fake_bank_parent_class)->finalize (object);
}

static void
fake_bank_class_init (FakeBankClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_bank_finalize;
}

static void
fake_bank_init (FakeBank *self)
{
  self->orders
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)jumin_charge_free);
  self->next = JUMIN_CHARGE_FULFILLED;
}

FakeBank *
fake_bank_new (JuminClock *clock)
{
  FakeBank *self = g_object_new (FAKE_TYPE_BANK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orders, and what becomes of them. */
#include "fake-bank.h"

typedef struct
{
  char *payment, *quote, *payee, *code;
  JuminPayWay way;
  JuminChargeState state;
  gint64 fen;
  GPtrArray *items;
  gboolean payer, late;
} Order;

struct _FakeBank
{
  GObject parent_instance;
  GPtrArray *orders; /* Order, oldest first */
  GPtrArray *calls;  /* names */
  GQueue waiting;    /* GTask, of answers that are held */
  JuminChargeState next;
  gboolean silent, busy, held;
};

static void fake_bank_source_init (JuminPaymentSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBank, fake_bank, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JUMIN_TYPE_PAYMENT_SOURCE,
                                                      fake_bank_source_init))

static void
order_free (Order *order)
{
  g_free (order->payment);
  g_free (order->quote);
  g_free (order->payee);
  g_free (order->code);
  g_ptr_array_unref (order->items);
  g_free (order);
}

static Order *
find (FakeBank *self, const char *payment, guint *number)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      Order *order = self->orders->pdata[i];

      *number = i + 1;
      if (g_str_equal (order->payment, payment))
        return order;
    }
  *number = 0;
  return NULL;
}

static Order *
get_newest (FakeBank *self)
{
  g_assert_cmpuint (self->orders->len, >, 0);
  return self->orders->pdata[self->orders->len - 1];
}

static gboolean
is_paid (const Order *order)
{
  return order->state == JUMIN_CHARGE_PAID || order->state == JUMIN_CHARGE_FULFILLED;
}

static char *
dup_code (const Order *order)
{
  gboolean shown
      = order != NULL && order->state == JUMIN_CHARGE_PENDING && order->way == JUMIN_PAY_SCAN;

  return shown ? g_strconcat ("https://pay.example/", order->payment, NULL) : g_strdup ("");
}

static void
add_credits (JuminCharge *charge, const Order *order)
{
  for (guint i = 0; i < order->items->len; i++)
    {
      JuminPayItem *item = jumin_pay_item_copy (order->items->pdata[i]);

      item->credit = order->state == JUMIN_CHARGE_PAID ? JUMIN_CREDIT_WAITING : JUMIN_CREDIT_DONE;
      g_ptr_array_add (charge->items, item);
    }
}

/* @order: (nullable): it was never heard of */
static JuminCharge *
charge_new (const char *payment, const Order *order)
{
  JuminCharge *charge = jumin_charge_new ();
  gboolean paid = order != NULL && is_paid (order);

  charge->payment = g_strdup (payment);
  charge->state = order != NULL ? order->state : JUMIN_CHARGE_NOT_FOUND;
  charge->channel = g_strdup ("wechat");
  charge->reason = g_strdup (charge->state == JUMIN_CHARGE_DECLINED ? "funds" : "");
  charge->transaction = g_strdup ("");
  charge->code = dup_code (order);
  charge->receipt = paid ? g_strconcat ("https://receipt.example/", payment, NULL) : g_strdup ("");
  if (order == NULL)
    return charge;
  charge->quote = g_strdup (order->quote);
  charge->payee = g_strdup (order->payee);
  charge->fen = order->fen;
  charge->paid_at = paid ? 1 : 0;
  if (paid)
    add_credits (charge, order);
  return charge;
}

static void
answer (GTask *task)
{
  FakeBank *self = g_task_get_source_object (task);
  const char *payment = g_task_get_task_data (task);
  guint number;

  if (self->silent)
    g_task_return_new_error (task, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT, "No answer");
  else
    g_task_return_pointer (task, charge_new (payment, find (self, payment, &number)),
                           (GDestroyNotify)jumin_charge_free);
  g_object_unref (task);
}

/* @call: what is asked; it is answered as things are when the answer goes. */
static void
take_call (FakeBank *self, const char *call, const char *payment, GAsyncReadyCallback callback,
           gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  guint number;

  find (self, payment, &number);
  g_ptr_array_add (self->calls, g_strdup_printf ("%s%u", call, number));
  g_task_set_source_tag (task, take_call);
  g_task_set_task_data (task, g_strdup (payment), g_free);
  if (self->held)
    g_queue_push_tail (&self->waiting, task);
  else
    answer (task);
}

static void
pay_async (JuminPaymentSource *source, const JuminPaymentOrder *asked, GAsyncReadyCallback callback,
           gpointer data)
{
  FakeBank *self = FAKE_BANK (source);
  Order *order = g_new0 (Order, 1);
  guint number;

  g_assert_null (find (self, asked->payment, &number)); /* it goes out once */
  *order = (Order){ .payment = g_strdup (asked->payment),
                    .quote = g_strdup (asked->quote->id),
                    .payee = g_strdup (asked->quote->payee),
                    .code = g_strdup (asked->code),
                    .way = asked->way,
                    .state = self->next,
                    .fen = asked->quote->fen,
                    .items = g_ptr_array_ref (asked->quote->items),
                    .payer = asked->payer != NULL };
  g_ptr_array_add (self->orders, order);
  take_call (self, "pay", asked->payment, callback, data);
}

static void
state_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  take_call (FAKE_BANK (source), "state", payment, callback, data);
}

static void
close_async (JuminPaymentSource *source, const char *payment, GAsyncReadyCallback callback,
             gpointer data)
{
  guint number;
  Order *order = find (FAKE_BANK (source), payment, &number);

  if (order != NULL && order->late)
    order->state = JUMIN_CHARGE_FULFILLED;
  if (order != NULL && !is_paid (order) && !FAKE_BANK (source)->busy)
    order->state = JUMIN_CHARGE_CLOSED;
  take_call (FAKE_BANK (source), "close", payment, callback, data);
}

static void
list_async (JuminPaymentSource *source, int day, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (source, NULL, callback, data);

  g_task_return_pointer (task, g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_charge_free),
                         (GDestroyNotify)g_ptr_array_unref);
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

  g_assert_true (g_queue_is_empty (&self->waiting));
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->calls);
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
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)order_free);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->next = JUMIN_CHARGE_PENDING;
}

FakeBank *
fake_bank_new (void)
{
  return g_object_new (FAKE_TYPE_BANK, NULL);
}

void
fake_bank_set_next (FakeBank *self, JuminChargeState state)
{
  self->next = state;
}

void
fake_bank_set_silent (FakeBank *self, gboolean silent)
{
  self->silent = silent;
}

void
fake_bank_set_busy (FakeBank *self, gboolean busy)
{
  self->busy = busy;
}

void
fake_bank_know (FakeBank *self, const JuminPayment *payment)
{
  Order *order = g_new0 (Order, 1);

  *order = (Order){ .payment = g_strdup (payment->id),
                    .quote = g_strdup (payment->quote),
                    .payee = g_strdup (payment->payee),
                    .way = payment->way,
                    .state = JUMIN_CHARGE_PENDING,
                    .fen = payment->fen,
                    .items = g_ptr_array_ref (payment->items) };
  g_ptr_array_add (self->orders, order);
}

void
fake_bank_hold (FakeBank *self, gboolean held)
{
  self->held = held;
  while (!held && !g_queue_is_empty (&self->waiting))
    answer (g_queue_pop_head (&self->waiting));
}

void
fake_bank_settle (FakeBank *self, JuminChargeState state)
{
  get_newest (self)->state = state;
}

void
fake_bank_pay_late (FakeBank *self)
{
  get_newest (self)->late = TRUE;
}

char *
fake_bank_take_calls (FakeBank *self)
{
  char *calls;

  g_ptr_array_add (self->calls, NULL);
  calls = g_strjoinv (" ", (char **)self->calls->pdata);
  g_ptr_array_set_size (self->calls, 0);
  return calls;
}

guint
fake_bank_count_orders (FakeBank *self)
{
  return self->orders->len;
}

JuminPayWay
fake_bank_get_way (FakeBank *self)
{
  return get_newest (self)->way;
}

const char *
fake_bank_get_code (FakeBank *self)
{
  return get_newest (self)->code;
}

gboolean
fake_bank_has_payer (FakeBank *self)
{
  return get_newest (self)->payer;
}

guint
fake_bank_count_paid (FakeBank *self)
{
  guint paid = 0;

  for (guint i = 0; i < self->orders->len; i++)
    paid += is_paid (self->orders->pdata[i]) ? 1 : 0;
  return paid;
}

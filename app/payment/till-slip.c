/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A payment's slips. That one is going to be printed is on the disk before the printer hears of it,
 * so that after a crash nothing is printed again by itself. */
#include "payment/till-private.h"

/* What is said of the payment since its last slip is another thing: it is not the same paper. */
static gboolean
says_more (JuminTill *self, const JuminPayment *payment)
{
  gpointer said;

  return g_hash_table_lookup_extended (self->slips, payment->id, NULL, &said)
         && GPOINTER_TO_INT (said) != (int)jumin_payment_get_say (payment);
}

static gboolean
may_print (JuminTill *self, const JuminPayment *payment, gboolean reprint)
{
  if (payment == NULL || payment->slip == JUMIN_RECEIPT_PRINTING)
    return FALSE;
  if (reprint)
    return payment->slip != JUMIN_RECEIPT_NONE;
  return payment->slip == JUMIN_RECEIPT_NONE || payment->slip == JUMIN_RECEIPT_FAILED
         || says_more (self, payment);
}

static void
set_slip (JuminTill *self, const JuminPayment *payment, JuminReceiptState slip, int reprints,
          GTask *task)
{
  g_autoptr (JuminPayment) changed = jumin_payment_copy (payment);
  JuminTillEvent event = { .kind = JUMIN_TILL_SLIP, .id = changed->id, .payment = changed };

  changed->slip = slip;
  changed->reprints = reprints;
  jumin_till_step (self, &event, task);
}

void
jumin_till_begin_slip_async (JuminTill *self, const char *payment, gboolean reprint,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  const JuminPayment *now = jumin_till_find (self, payment);

  g_task_set_source_tag (task, jumin_till_begin_slip_async);
  if (!may_print (self, now, reprint))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS,
                               "Printing a slip failed: it was printed, or perhaps it was");
      return;
    }
  g_hash_table_insert (self->slips, g_strdup (payment),
                       GINT_TO_POINTER (jumin_payment_get_say (now)));
  set_slip (self, now, JUMIN_RECEIPT_PRINTING, now->reprints + (reprint ? 1 : 0), task);
}

gboolean
jumin_till_begin_slip_finish (JuminTill *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
jumin_till_end_slip (JuminTill *self, const char *payment, JuminReceiptState slip)
{
  const JuminPayment *now = jumin_till_find (self, payment);

  if (now != NULL)
    set_slip (self, now, slip, now->reprints, NULL);
}

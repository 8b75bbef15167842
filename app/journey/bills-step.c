/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bills are to be paid: those of the person's households, and of others whose account number
 * they type (account.c). What is paid, being paid, or closed cannot be chosen. */
#include "journey/terminal-private.h"

static void
hold_bill (JuminTerminal *self, JuminBill *bill)
{
  if (bill->state == JUMIN_BILL_DUE && jumin_till_holds_bill (self->tools.till, bill->id))
    bill->state = JUMIN_BILL_HELD;
}

/**
 * jumin_bills_step_show:
 *
 * The bills that are known. This machine's own payments the platform may not have heard of yet.
 */
void
jumin_bills_step_show (JuminTerminal *self)
{
  const GPtrArray *homes = self->scene.bills->homes;

  for (guint i = 0; i < homes->len; i++)
    {
      const JuminHome *home = homes->pdata[i];

      for (guint n = 0; n < home->bills->len; n++)
        hold_bill (self, home->bills->pdata[n]);
    }
  jumin_account_forget (self);
  jumin_terminal_show (self, JUMIN_PAGE_BILLS);
}

static void
on_bills_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminBills) bills
      = jumin_payments_client_bills_finish (JUMIN_PAYMENTS_CLIENT (source), result, &error);

  if (!jumin_money_is_awaited (self, result))
    return;
  if (bills == NULL)
    {
      jumin_money_tell (self, error, JUMIN_TROUBLE_BILLS_DOWN);
      return;
    }
  self->scene.bills = g_steal_pointer (&bills);
  jumin_bills_step_show (self);
}

static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  jumin_cashier_watch_drop (self);
  g_clear_pointer (&scene->basket, g_strfreev);
  if (jumin_arrival_refuse_unlogged (self))
    return;
  if (scene->bills != NULL)
    {
      jumin_bills_step_show (self);
      return;
    }
  jumin_terminal_show_slowly (self, JUMIN_BUSY_BILLS);
  jumin_payments_client_list_bills_async (self->tools.payments, scene->identity,
                                          jumin_money_begin_call (self), on_bills_ready,
                                          g_object_ref (self));
}

static gboolean
may_be_paid (JuminTerminal *self, char **ids)
{
  guint count = g_strv_length (ids);

  for (guint i = 0; i < count; i++)
    {
      const JuminBill *bill = jumin_bills_find (self->scene.bills, ids[i]);

      if (bill == NULL || bill->state != JUMIN_BILL_DUE)
        return FALSE;
      for (guint n = 0; n < i; n++)
        if (g_str_equal (ids[n], ids[i]))
          return FALSE;
    }
  return count > 0 && count <= JUMIN_BASKET_MAX;
}

static void
act_pay (JuminTerminal *self, GVariant *values)
{
  JuminScene *scene = &self->scene;
  g_auto (GStrv) ids = NULL;
  JuminTrouble trouble;

  if (scene->page != JUMIN_PAGE_BILLS || !g_variant_lookup (values, "bills", "^as", &ids)
      || !may_be_paid (self, ids))
    return; /* the page says so already */
  if (jumin_till_find_trouble (jumin_till_get_closed (self->tools.till), &trouble))
    {
      jumin_terminal_show_trouble (self, trouble);
      return;
    }
  g_clear_pointer (&scene->basket, g_strfreev);
  scene->basket = g_steal_pointer (&ids);
  jumin_line_advance (self);
}

static void
act_biller (JuminTerminal *self, GVariant *values)
{
  g_autofree char *id = jumin_terminal_dup_value (values, "id");

  jumin_account_choose (self, id);
}

const JuminStep jumin_bills_step = { .name = "bills",
                                     .page = JUMIN_PAGE_BILLS,
                                     .also = JUMIN_PAGE_ACCOUNT,
                                     .asks = TRUE,
                                     .enter = enter,
                                     .acts = { { "pay", .take = act_pay },
                                               { "other", jumin_account_ask },
                                               { "biller", .take = act_biller },
                                               { "find", jumin_account_find } } };

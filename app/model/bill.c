/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Households and their bills. */
#include "model/bill.h"

#include <string.h>

JuminBill *
jumin_bill_new (void)
{
  return g_new0 (JuminBill, 1);
}

static void
bill_free (JuminBill *self)
{
  g_free (self->id);
  g_free (self->biller);
  g_free (self->account);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->company);
  jumin_text_clear (&self->unit);
  g_free (self);
}

static void
usage_free (JuminUsage *self)
{
  g_free (self->biller);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->unit);
  g_free (self);
}

JuminHome *
jumin_home_new (void)
{
  JuminHome *self = g_new0 (JuminHome, 1);

  self->bills = g_ptr_array_new_with_free_func ((GDestroyNotify)bill_free);
  self->usages = g_ptr_array_new_with_free_func ((GDestroyNotify)usage_free);
  return self;
}

static void
home_free (JuminHome *self)
{
  g_free (self->id);
  g_free (self->address);
  g_free (self->owner);
  g_ptr_array_unref (self->bills);
  g_ptr_array_unref (self->usages);
  g_free (self);
}

JuminBills *
jumin_bills_new (void)
{
  JuminBills *self = g_new0 (JuminBills, 1);

  self->homes = g_ptr_array_new_with_free_func ((GDestroyNotify)home_free);
  return self;
}

void
jumin_bills_free (JuminBills *self)
{
  g_ptr_array_unref (self->homes);
  g_free (self->account);
  g_free (self);
}

/* Returns: (nullable) (transfer none): the bill @id of any household */
const JuminBill *
jumin_bills_find (const JuminBills *self, const char *id)
{
  for (guint i = 0; i < self->homes->len; i++)
    {
      const JuminHome *home = self->homes->pdata[i];

      for (guint n = 0; n < home->bills->len; n++)
        {
          const JuminBill *bill = home->bills->pdata[n];

          if (strcmp (bill->id, id) == 0)
            return bill;
        }
    }
  return NULL;
}

static void
remove_home (JuminBills *self, const char *id)
{
  for (guint i = self->homes->len; i-- > 0;)
    {
      const JuminHome *home = self->homes->pdata[i];

      if (strcmp (home->id, id) == 0)
        g_ptr_array_remove_index (self->homes, i);
    }
}

/**
 * jumin_bills_take:
 * @other: (transfer full): households that are looked at from now on, too
 *
 * Returns: whether there was room for them; @self is as it was where there was none
 */
gboolean
jumin_bills_take (JuminBills *self, JuminBills *other)
{
  g_autoptr (JuminBills) taken = other;

  if (self->homes->len + taken->homes->len > JUMIN_HOMES_MAX)
    return FALSE;
  while (taken->homes->len > 0)
    {
      JuminHome *home = g_ptr_array_steal_index (taken->homes, 0);

      remove_home (self, home->id);
      g_ptr_array_add (self->homes, home);
    }
  return TRUE;
}

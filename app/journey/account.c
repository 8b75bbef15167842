/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody else's household, by the account number on its bill: who is to be paid, then digits. The
 * digits are in scene.typed alone, and wiped when the page is left. What was found joins the bills
 * that are looked at. */
#include "journey/terminal-private.h"

/**
 * jumin_account_forget:
 *
 * Wipes what was typed.
 */
void
jumin_account_forget (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  g_clear_pointer (&scene->typed, jumin_secret_free);
  scene->typed_is = JUMIN_TYPED_FINE;
  scene->biller = NULL;
}

/**
 * jumin_account_ask:
 *
 * Asks who is to be paid, and then for the number.
 */
void
jumin_account_ask (JuminTerminal *self)
{
  jumin_account_forget (self);
  self->scene.typed = jumin_secret_new ();
  jumin_terminal_show (self, JUMIN_PAGE_ACCOUNT);
}

/**
 * jumin_account_choose:
 * @id: (nullable): of a biller
 *
 * Whose account number is typed.
 */
void
jumin_account_choose (JuminTerminal *self, const char *id)
{
  JuminScene *scene = &self->scene;
  const JuminBiller *biller
      = scene->billers != NULL && id != NULL ? jumin_billers_find (scene->billers, id) : NULL;

  if (scene->page != JUMIN_PAGE_ACCOUNT || biller == NULL || biller == scene->biller)
    return;
  scene->biller = biller;
  jumin_secret_clear (scene->typed);
  scene->typed_is = JUMIN_TYPED_FINE;
  jumin_terminal_show (self, JUMIN_PAGE_ACCOUNT);
}

/**
 * jumin_account_type:
 * @key: (nullable): "0" to "9", "back" or "clear"
 *
 * One key of the keypad.
 */
void
jumin_account_type (JuminTerminal *self, const char *key)
{
  JuminScene *scene = &self->scene;

  if (key == NULL || scene->biller == NULL)
    return;
  if (g_str_equal (key, "clear"))
    jumin_secret_clear (scene->typed);
  else if (g_str_equal (key, "back"))
    jumin_secret_take_back (scene->typed);
  else if (g_ascii_isdigit (key[0]) && key[1] == '\0'
           && jumin_secret_get_length (scene->typed) < (guint)scene->biller->account_max)
    jumin_secret_add (scene->typed, key[0]);
  else
    return;
  scene->typed_is = JUMIN_TYPED_FINE;
  jumin_terminal_redraw (self);
}

/* Where there is no room, the one that was found first goes. */
static void
take (JuminBills *bills, JuminBills *found)
{
  for (guint i = 0; bills->homes->len >= JUMIN_HOMES_MAX && i < bills->homes->len; i++)
    if (!((const JuminHome *)bills->homes->pdata[i])->own)
      g_ptr_array_remove_index (bills->homes, i);
  jumin_bills_take (bills, found);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminBills) found
      = jumin_payments_client_bills_finish (JUMIN_PAYMENTS_CLIENT (source), result, &error);
  JuminScene *scene = &self->scene;

  if (!jumin_money_is_awaited (self, result))
    return;
  if (found != NULL)
    {
      take (scene->bills, g_steal_pointer (&found));
      jumin_bills_step_show (self);
    }
  else if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_ACCOUNT_UNKNOWN))
    {
      scene->typed_is = JUMIN_TYPED_WRONG;
      jumin_terminal_show (self, JUMIN_PAGE_ACCOUNT);
    }
  else
    {
      jumin_account_forget (self);
      jumin_money_tell (self, error, JUMIN_TROUBLE_BILLS_DOWN);
    }
}

/**
 * jumin_account_find:
 *
 * The number is whole: asks the platform for its household.
 */
void
jumin_account_find (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_ACCOUNT || scene->biller == NULL
      || jumin_secret_get_length (scene->typed) < (guint)scene->biller->account_min)
    return;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_BILLS);
  jumin_payments_client_find_bills_async (
      self->tools.payments, scene->biller->id, jumin_secret_get (scene->typed),
      jumin_money_begin_call (self), on_found, g_object_ref (self));
}

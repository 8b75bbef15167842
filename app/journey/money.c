/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the steps of a payment share: the one question to the platform that is under way, and how
 * what went wrong is told. Before a payment has begun, nothing was charged. */
#include "journey/terminal-private.h"

static const struct
{
  int code; /* of JUMIN_FAILURE */
  JuminTrouble trouble;
} meanings[] = {
  { JUMIN_FAILURE_SERVICE_DOWN, JUMIN_TROUBLE_BILLS_DOWN },
  { JUMIN_FAILURE_BILL_TAKEN, JUMIN_TROUBLE_BILL_TAKEN },
  { JUMIN_FAILURE_BILLER_CLOSED, JUMIN_TROUBLE_BILLER_CLOSED },
};

static void
cancel_call (JuminTerminal *self)
{
  if (self->bills_call != NULL)
    g_cancellable_cancel (self->bills_call);
  g_clear_object (&self->bills_call);
}

/**
 * jumin_money_begin_call:
 *
 * Something is asked of the platform: what was asked before is nobody's any more.
 *
 * Returns: (transfer none): to ask with
 */
GCancellable *
jumin_money_begin_call (JuminTerminal *self)
{
  cancel_call (self);
  self->bills_call = g_cancellable_new ();
  return self->bills_call;
}

/**
 * jumin_money_is_awaited:
 *
 * Returns: whether who asked still waits for the answer; they do not afterwards
 */
gboolean
jumin_money_is_awaited (JuminTerminal *self, GAsyncResult *result)
{
  if (self->bills_call == NULL || g_task_get_cancellable (G_TASK (result)) != self->bills_call)
    return FALSE;
  g_clear_object (&self->bills_call);
  return TRUE;
}

/**
 * jumin_money_tell:
 * @error: why nothing can be paid
 * @otherwise: where @error has no word of its own
 *
 * Tells it to the person, who stands before the bills then. Where these are others by now, they are
 * asked anew.
 */
void
jumin_money_tell (JuminTerminal *self, const GError *error, JuminTrouble otherwise)
{
  JuminScene *scene = &self->scene;
  JuminTrouble trouble = otherwise;

  g_message ("%s", error->message);
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, JUMIN_FAILURE, meanings[i].code))
      trouble = meanings[i].trouble;
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_TILL_CLOSED))
    jumin_till_find_trouble (jumin_till_get_closed (self->tools.till), &trouble);
  if (trouble == JUMIN_TROUBLE_BILL_TAKEN || trouble == JUMIN_TROUBLE_BILLER_CLOSED)
    g_clear_pointer (&scene->bills, jumin_bills_free);
  jumin_line_stand_at (scene, &jumin_bills_step);
  jumin_terminal_show_trouble (self, trouble);
}

/**
 * jumin_money_forget:
 *
 * The person goes, or leaves the journey: what was asked for them is nobody's, and no order of
 * theirs stays open.
 */
void
jumin_money_forget (JuminTerminal *self)
{
  cancel_call (self);
  jumin_cashier_watch_drop (self);
  g_clear_pointer (&self->used_code, g_free);
}

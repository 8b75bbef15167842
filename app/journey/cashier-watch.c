/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the till is, and what it has of the payment of whoever stands there. The page is what may be
 * said of the payment, and that is the till's word alone (jumin_payment_get_say()):
 *
 *   PREPARING, WAITING ──► the pay page
 *   CONFIRMING ──► waiting ──confirm-ms──► the page that says that nobody knows
 *   PAID, REFUNDED ──► the page that says so, wherever the person wanted to go
 *   NOT_PAID ──► where they wanted to go, else the page that says so
 *
 * Whoever leaves an open order has it closed first (jumin_cashier_watch_close()). */
#include "journey/terminal-private.h"

/**
 * jumin_till_find_trouble:
 * @trouble: (out): why
 *
 * Returns: whether nothing can be paid now
 */
gboolean
jumin_till_find_trouble (JuminTillClosed closed, JuminTrouble *trouble)
{
  static const JuminTrouble troubles[] = {
    [JUMIN_TILL_LOADING] = JUMIN_TROUBLE_PAY_RECOVERING,
    [JUMIN_TILL_RECOVERING] = JUMIN_TROUBLE_PAY_RECOVERING,
    [JUMIN_TILL_UNRESOLVED] = JUMIN_TROUBLE_PAY_UNRESOLVED,
    [JUMIN_TILL_JOURNAL] = JUMIN_TROUBLE_PAY_JOURNAL,
  };

  *trouble = troubles[closed];
  return closed != JUMIN_TILL_OPEN;
}

/* Nobody at the machine need know: staff are told. */
static void
follow_difference (JuminTerminal *self)
{
  gboolean differs = jumin_till_has_difference (self->tools.till);

  if (differs != self->till_differs)
    jumin_terminal_set_failure (self, JUMIN_TROUBLE_PAY_DIFFERENCE, differs);
  self->till_differs = differs;
}

/* What people of the hall should look at; the rest ends by itself. */
static void
follow_till (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminTillClosed closed = jumin_till_get_closed (self->tools.till);
  JuminTrouble trouble;

  follow_difference (self);
  if (closed == scene->till)
    return;
  if (jumin_till_find_trouble (scene->till, &trouble) && trouble != JUMIN_TROUBLE_PAY_RECOVERING)
    jumin_terminal_set_failure (self, trouble, FALSE);
  if (jumin_till_find_trouble (closed, &trouble) && trouble != JUMIN_TROUBLE_PAY_RECOVERING)
    jumin_terminal_set_failure (self, trouble, TRUE);
  scene->till = closed;
}

/**
 * jumin_cashier_watch_drop:
 *
 * The payment of the scene is nobody's here any more; the till closes what is open of it.
 */
void
jumin_cashier_watch_drop (JuminTerminal *self)
{
  /* The till tells at once what it does, and that is not this person's any more. */
  g_autoptr (JuminPayment) payment = g_steal_pointer (&self->scene.payment);

  jumin_clock_cancel (self->tools.clock, &self->confirm_timer);
  self->going = JUMIN_GOING_NOWHERE;
  jumin_scene_end_payment (&self->scene);
  self->dropping = TRUE;
  if (payment != NULL)
    jumin_till_leave (self->tools.till, payment->id);
  self->dropping = FALSE;
}

/* What became of it is told, and the person stays here. */
static void
arrive (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  jumin_clock_cancel (self->tools.clock, &self->confirm_timer);
  self->going = JUMIN_GOING_NOWHERE;
  scene->leaving = scene->changing = FALSE;
  if (jumin_line_get_step (scene) == &jumin_pay_step)
    jumin_line_return_to (self, &jumin_receipt_step);
  else
    jumin_receipt_step_follow (self);
}

/* It can never be paid any more: the person goes where they wanted to. */
static void
go_on (JuminTerminal *self)
{
  JuminGoing going = self->going;

  jumin_cashier_watch_drop (self);
  switch (going)
    {
    case JUMIN_GOING_BACK:
      jumin_line_return_to (self, &jumin_bills_step);
      break;
    case JUMIN_GOING_HOME:
      jumin_visit_go_home (self);
      break;
    case JUMIN_GOING_EXIT:
      jumin_visit_end (self, "exit");
      break;
    case JUMIN_GOING_OTHER_WAY:
    default:
      jumin_pay_step_take_way (self);
      break;
    }
}

static void wait_for_word (JuminTerminal *self);

/* What is still to be closed is not told as something that nobody knows, but where that cannot be
 * written: nobody stands before a page of waiting for ever. */
static gboolean
on_unconfirmed (gpointer data)
{
  JuminTerminal *self = data;

  self->confirm_timer = NULL;
  if (jumin_scene_has_open_order (&self->scene) && self->scene.till != JUMIN_TILL_JOURNAL)
    wait_for_word (self);
  else
    arrive (self);
  return G_SOURCE_REMOVE;
}

/* Nobody stands before a page of waiting for ever. */
static void
bound_wait (JuminTerminal *self)
{
  if (self->confirm_timer == NULL)
    self->confirm_timer
        = jumin_clock_after (self->tools.clock, self->settings.confirm_ms, on_unconfirmed, self);
}

static void
wait_for_word (JuminTerminal *self)
{
  bound_wait (self);
  if (self->scene.page == JUMIN_PAGE_PAY && self->slow_timer == NULL)
    jumin_terminal_show_slowly (self, JUMIN_BUSY_CONFIRMING);
}

/* The answer to "I have paid". What the platform said and the disk did not take is not said, and
 * nothing else either. */
static void
follow_check (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  const JuminPayment *payment = scene->payment;
  gboolean unsaid = payment->silent || payment->state >= JUMIN_PAYMENT_PAID;

  if (scene->pay_check != JUMIN_PAY_CHECK_ASKED || payment->next_at == 0)
    return;
  scene->pay_check = unsaid ? JUMIN_PAY_CHECK_SILENT : JUMIN_PAY_CHECK_NOTHING;
  scene->pay_checked_at = jumin_clock_get_wall (self->tools.clock);
}

static void
follow_payment (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  follow_check (self);
  switch (jumin_payment_get_say (scene->payment))
    {
    case JUMIN_SAY_PREPARING:
      jumin_terminal_redraw (self);
      break;
    case JUMIN_SAY_WAITING:
      if (scene->payment->until != 0)
        jumin_terminal_redraw (self);
      else
        wait_for_word (self); /* it has been waited for long enough */
      break;
    case JUMIN_SAY_CONFIRMING:
      /* Where people look into it, the word does not come here. */
      if (jumin_line_get_step (scene) == &jumin_pay_step
          && scene->payment->durable != JUMIN_PAYMENT_MANUAL)
        wait_for_word (self);
      else
        arrive (self);
      break;
    case JUMIN_SAY_NOT_PAID:
      if (self->going != JUMIN_GOING_NOWHERE)
        {
          go_on (self);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      arrive (self);
    }
}

/* Its first state did not get to the disk, so that nothing of it was sent. */
static void
tell_lost (JuminTerminal *self)
{
  JuminTrouble trouble;

  jumin_cashier_watch_drop (self);
  if (!jumin_till_find_trouble (self->scene.till, &trouble))
    trouble = JUMIN_TROUBLE_QUOTE_FAILED;
  jumin_line_stand_at (&self->scene, &jumin_bills_step);
  jumin_terminal_show_trouble (self, trouble);
}

static void
on_till_changed (JuminTill *till, const char *id, JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  const JuminPayment *payment
      = scene->payment != NULL ? jumin_till_find (till, scene->payment->id) : NULL;

  if (self->ended)
    return;
  follow_till (self);
  /* The page that is still shown says what became of a payment that is not here any more. */
  if (self->dropping)
    return;
  if (payment == NULL && scene->payment != NULL)
    {
      tell_lost (self);
      return;
    }
  if (payment == NULL || (*id != '\0' && strcmp (id, payment->id) != 0))
    {
      jumin_terminal_redraw (self);
      return;
    }
  jumin_payment_free (scene->payment);
  scene->payment = jumin_payment_copy (payment);
  follow_payment (self);
}

/**
 * jumin_cashier_watch_close:
 * @going: where the person wants to go
 *
 * No order stays open behind somebody who leaves it: it is closed first, and the person goes on
 * when it is. Where its end does not come in time, they are told so as of any other.
 *
 * Returns: whether there is one
 */
gboolean
jumin_cashier_watch_close (JuminTerminal *self, JuminGoing going)
{
  JuminScene *scene = &self->scene;
  gboolean closing = self->going != JUMIN_GOING_NOWHERE;

  if (jumin_line_get_step (scene) != &jumin_pay_step || !jumin_scene_has_open_order (scene))
    return FALSE;
  self->going = going;
  scene->changing = going == JUMIN_GOING_OTHER_WAY;
  scene->leaving = !scene->changing;
  if (closing)
    return TRUE;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_CLOSING);
  bound_wait (self);
  jumin_till_cancel (self->tools.till, scene->payment->id);
  return TRUE;
}

/**
 * jumin_cashier_watch_tell:
 *
 * The person goes at once: where nobody knows what became of their payment, they are
 * told so now.
 *
 * Returns: whether that is so
 */
gboolean
jumin_cashier_watch_tell (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  if (jumin_line_get_step (scene) != &jumin_pay_step || scene->payment == NULL
      || jumin_payment_get_say (scene->payment) != JUMIN_SAY_CONFIRMING)
    return FALSE;
  arrive (self);
  return TRUE;
}

/**
 * jumin_cashier_watch_hear:
 *
 * The platform answers again: what it was not asked in time, it is asked now.
 */
void
jumin_cashier_watch_hear (JuminTerminal *self)
{
  if (self->tools.till != NULL)
    jumin_till_hear (self->tools.till);
}

void
jumin_cashier_watch_start (JuminTerminal *self)
{
  if (self->tools.till == NULL)
    return;
  self->scene.till_there = TRUE;
  self->scene.till = jumin_till_get_closed (self->tools.till);
  g_signal_connect_object (self->tools.till, "changed", G_CALLBACK (on_till_changed), self, 0);
}

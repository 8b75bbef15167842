/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it is paid. Each time the page is entered a quote says anew what it costs, and at most one
 * payment begins with it:
 *
 *   quote ──scan──► begins at once, its code is on the screen
 *         ├─show──► the camera looks ──payment code──► begins
 *         └─account──► "confirm" ──► begins
 *
 * What becomes of it is cashier-watch.c's. Nobody types a PIN here. */
#include "journey/terminal-private.h"

static void
begin (JuminTerminal *self, const char *code)
{
  JuminScene *scene = &self->scene;
  JuminIdentity *payer = scene->way == JUMIN_PAY_ACCOUNT ? scene->identity : NULL;
  g_autoptr (GError) error = NULL;
  const JuminPayment *payment
      = jumin_till_begin (self->tools.till, scene->quote, scene->way, payer, code, &error);

  if (payment == NULL)
    {
      jumin_money_tell (self, error, JUMIN_TROUBLE_QUOTE_FAILED);
      return;
    }
  scene->payment = jumin_payment_copy (payment);
  jumin_terminal_show (self, JUMIN_PAGE_PAY);
}

static void
on_quote_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminQuote) quote
      = jumin_payments_client_quote_finish (JUMIN_PAYMENTS_CLIENT (source), result, &error);

  if (!jumin_money_is_awaited (self, result))
    return;
  if (quote == NULL)
    {
      jumin_money_tell (self, error, JUMIN_TROUBLE_QUOTE_FAILED);
      return;
    }
  self->scene.quote = g_steal_pointer (&quote);
  if (self->scene.way == JUMIN_PAY_SCAN)
    begin (self, NULL);
  else
    jumin_terminal_show (self, JUMIN_PAGE_PAY);
}

/* What was begun before is closed by now, or was never begun. */
static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminPayWay way = scene->way;

  jumin_cashier_watch_drop (self);
  scene->way = way;
  if (jumin_arrival_refuse_unlogged (self))
    return;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_QUOTE);
  jumin_payments_client_quote_async (self->tools.payments, (const char *const *)scene->basket,
                                     jumin_money_begin_call (self), on_quote_ready,
                                     g_object_ref (self));
}

/**
 * jumin_pay_step_take_way:
 *
 * Nothing is open: it is paid the way that was asked for.
 */
void
jumin_pay_step_take_way (JuminTerminal *self)
{
  self->scene.way = self->next_way;
  enter (self);
}

/**
 * jumin_pay_step_take_code:
 * @text: a payment code, as it was shown
 * @trouble: (out): what is wrong with it
 *
 * Begins with it. A code is good once: one that was shown before does not begin anything.
 *
 * Returns: whether it was taken
 */
gboolean
jumin_pay_step_take_code (JuminTerminal *self, GBytes *text, JuminTrouble *trouble)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);
  g_autoptr (JuminSecret) code = jumin_secret_new ();
  gsize length;
  const char *digits = g_bytes_get_data (text, &length);

  *trouble = JUMIN_TROUBLE_SHOWN_EXPIRED;
  if (g_strcmp0 (digest, self->used_code) == 0)
    return FALSE;
  *trouble = JUMIN_TROUBLE_SHOWN_UNPAYABLE; /* what a shop puts up to be paid */
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (digits[i]) || length > JUMIN_PAYMENT_CODE_MAX)
        return FALSE;
      jumin_secret_add (code, digits[i]);
    }
  g_free (self->used_code);
  self->used_code = g_steal_pointer (&digest);
  begin (self, jumin_secret_get (code));
  return TRUE;
}

static void
act_way (JuminTerminal *self, GVariant *values)
{
  g_autofree char *word = jumin_terminal_dup_value (values, "value");
  JuminPayWay way = 0;

  while (way < JUMIN_N_PAY_WAYS && g_strcmp0 (jumin_pay_way_get_word (way), word) != 0)
    way++;
  if (way == JUMIN_N_PAY_WAYS || way == self->scene.way
      || !jumin_scene_takes_way (&self->scene, way))
    return;
  self->next_way = way;
  if (!jumin_cashier_watch_close (self, JUMIN_GOING_OTHER_WAY))
    jumin_pay_step_take_way (self);
}

static void
act_confirm (JuminTerminal *self)
{
  if (self->scene.way == JUMIN_PAY_ACCOUNT && self->scene.payment == NULL)
    begin (self, NULL);
}

/**
 * jumin_pay_step_check:
 *
 * "I have paid, and nothing changed here": the platform is asked at once.
 */
void
jumin_pay_step_check (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (scene->payment == NULL || scene->pay_check == JUMIN_PAY_CHECK_ASKED)
    return;
  scene->pay_check = JUMIN_PAY_CHECK_ASKED;
  jumin_terminal_redraw (self);
  jumin_till_ask (self->tools.till, scene->payment->id);
}

const JuminStep jumin_pay_step = { .name = "pay",
                                   .page = JUMIN_PAGE_PAY,
                                   .asks = TRUE,
                                   .enter = enter,
                                   .acts = { { "way", .take = act_way },
                                             { "confirm", act_confirm },
                                             { "check", jumin_pay_step_check } } };

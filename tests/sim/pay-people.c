/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People who pay bills: they scan, show, decline, cancel, ask, walk away, tap twice, want the slip
 * again, and try the same bill again when it was not paid. They do what the pages let them do. */
#include "pay-sim.h"

#include <string.h>

enum
{
  ACT_MS_MAX = 25000,
  AWAY_MS_MAX = 240000,
  PHONE_MS_MAX = 150000,
  PRINT_MS_MAX = 9000,
  TRIES_MAX = 4,
  UUID_WORDS = 4
};

static char *
make_id (SimPay *self)
{
  guint32 words[UUID_WORDS];

  for (int i = 0; i < UUID_WORDS; i++)
    words[i] = g_rand_int (self->random);
  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", words[0], words[1] >> 16,
                          words[1] & 0xfff, 0x8000 | (words[2] >> 18), words[2] & 0xffff, words[3]);
}

static SimPayment *
make_payment (SimPay *self, JuminQuote *quote)
{
  SimPayment *payment = g_new0 (SimPayment, 1);

  payment->id = make_id (self);
  payment->quote = quote;
  payment->way = g_rand_int_range (self->random, 0, JUMIN_N_PAY_WAYS);
  payment->perhaps = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_payment_free);
  payment->saying = -1;
  if (payment->way == JUMIN_PAY_SHOW)
    payment->code = g_strdup_printf ("13%08u%08u", g_rand_int (self->random) % 100000000,
                                     g_rand_int (self->random) % 100000000);
  if (payment->way == JUMIN_PAY_ACCOUNT)
    payment->payer = sim_pay_chance (self, 85) ? "card-rich" : "card-poor";
  g_ptr_array_add (self->payments, payment);
  return payment;
}

/* As the till does it: a quote, and an intention to pay it. Returns: whether it was begun */
static gboolean
begin (SimPay *self)
{
  JuminQuote *quote
      = sim_line_is_dead (self) ? NULL : sim_line_quote (self, NULL, self->visit.claims);
  g_autoptr (JuminPayment) row = NULL;
  SimPayment *payment;

  if (quote == NULL)
    return FALSE;
  if (self->was_silent)
    {
      const JuminTillEvent heard = { .kind = JUMIN_TILL_HEARD };

      self->was_silent = FALSE;
      sim_machine_step (self, &heard);
    }
  payment = make_payment (self, quote);
  row = jumin_payment_new (payment->id, quote, payment->way);
  sim_pay_tell (self, "%.4s: is to be paid, %" G_GINT64_FORMAT " fen, %s, bills %x", payment->id,
                quote->fen, jumin_pay_way_get_word (payment->way), self->visit.claims);
  if (!sim_machine_begin (self, row))
    {
      sim_pay_tell (self, "%.4s: the till does not take it", payment->id);
      return FALSE;
    }
  self->visit.payment = payment;
  self->visit.scanned = FALSE;
  return TRUE;
}

static void
try_to_pay (SimPay *self)
{
  JuminTillClosed closed = jumin_cashier_get_closed (self->cashier);

  self->visit.tries++;
  self->was_silent = self->was_silent || sim_line_is_dead (self);
  if (closed != JUMIN_TILL_OPEN && sim_pay_chance (self, 20) && begin (self))
    sim_check_breach (self, SIM_JOURNAL, self->visit.payment, "I14: begun, and the till is closed");
  if (closed != JUMIN_TILL_OPEN || !begin (self))
    {
      sim_pay_tell (self, "nothing can be paid (%d)", closed);
      self->visit.here = FALSE;
    }
  else if (sim_pay_chance (self, 5))
    {
      SimPayment *first = self->visit.payment;

      sim_pay_tell (self, "a second tap");
      if (begin (self))
        sim_check_breach (self, SIM_JOURNAL, self->visit.payment,
                          "I9: begun before the first of its bills was final");
      self->visit.payment = first;
    }
}

static void
arrive (SimPay *self)
{
  self->visits_left--;
  self->visit = (SimVisit){ .here = TRUE };
  self->visit.claims = (guint)g_rand_int_range (self->random, 1, 1 << SIM_CLAIMS);
  try_to_pay (self);
}

static void
say_to_cashier (SimPay *self, JuminTillEventKind kind)
{
  const JuminTillEvent event = { .kind = kind, .id = self->visit.payment->id };

  sim_pay_tell (self, "%.4s: the person %s", event.id,
                kind == JUMIN_TILL_CANCEL ? "does not want it" : "asks");
  sim_machine_step (self, &event);
}

/* As jumin_till_leave(): what is open is not wanted any more. */
static void
leave (SimPay *self)
{
  const char *id = self->visit.payment->id;

  say_to_cashier (self, JUMIN_TILL_CANCEL);
  jumin_cashier_forget (self->cashier, id);
  self->visit.payment = NULL;
  self->visit.here = FALSE;
}

void
sim_people_go (SimPay *self)
{
  self->visits_left = 0;
  if (self->cashier != NULL && self->visit.payment != NULL)
    leave (self);
  self->visit.here = FALSE;
}

/* On the disk first; the printer hears of it in sim_people_on_written(). */
static void
want_slip (SimPay *self, const JuminPayment *payment, SimSlip kind)
{
  g_autoptr (JuminPayment) slip = jumin_payment_copy (payment);
  const JuminTillEvent event = { .kind = JUMIN_TILL_SLIP, .id = payment->id, .payment = slip };

  self->visit.payment->slip = kind;
  slip->slip = JUMIN_RECEIPT_PRINTING;
  slip->reprints += kind == SIM_SLIP_AGAIN;
  sim_pay_tell (self, "%.4s: a slip is wanted%s", payment->id,
                kind == SIM_SLIP_AGAIN ? " again" : "");
  sim_machine_step (self, &event);
}

void
sim_people_print (SimPay *self, SimPayment *payment, gboolean reprint)
{
  SimEvent *event;

  self->tally->slips++;
  if (reprint)
    payment->reprints++;
  else
    payment->slips++;
  sim_pay_tell (self, "%.4s: a slip comes out%s", payment->id, reprint ? ", marked" : "");
  sim_check_slip (self, payment, reprint);
  event = sim_pay_add (self, SIM_EVENT_PRINTER,
                       self->now + sim_pay_between (self, 500, PRINT_MS_MAX));
  event->life = self->life;
  event->about = payment;
}

void
sim_people_on_written (SimPay *self, SimPayment *payment, const JuminPayment *row, gboolean good)
{
  SimSlip slip = payment->slip;

  if (slip == SIM_SLIP_NONE || row->slip != JUMIN_RECEIPT_PRINTING)
    return;
  payment->slip = SIM_SLIP_NONE;
  if (good && jumin_cashier_find (self->cashier, payment->id) != NULL)
    sim_people_print (self, payment, slip == SIM_SLIP_AGAIN);
}

void
sim_people_on_printer (SimPay *self, const SimEvent *event)
{
  static const JuminReceiptState ends[] = { JUMIN_RECEIPT_PRINTED, JUMIN_RECEIPT_PRINTED,
                                            JUMIN_RECEIPT_FAILED, JUMIN_RECEIPT_UNKNOWN };
  const JuminPayment *payment = jumin_cashier_find (self->cashier, event->about->id);
  g_autoptr (JuminPayment) slip = payment != NULL ? jumin_payment_copy (payment) : NULL;
  const JuminTillEvent end = { .kind = JUMIN_TILL_SLIP, .id = event->about->id, .payment = slip };

  if (slip == NULL)
    return;
  slip->slip = ends[g_rand_int_range (self->random, 0, G_N_ELEMENTS (ends))];
  sim_machine_step (self, &end);
}

/* The order's code is on the screen, or the phone shows its own. */
static void
wait_to_pay (SimPay *self, const JuminPayment *payment)
{
  SimEvent *phone;
  int what = g_rand_int_range (self->random, 0, 100);

  if (payment->way == JUMIN_PAY_SCAN && *payment->code != '\0' && !self->visit.scanned && what < 60)
    {
      self->visit.scanned = TRUE;
      phone = sim_pay_add (self, SIM_EVENT_PHONE,
                           self->now + sim_pay_between (self, 500, PHONE_MS_MAX));
      phone->about = self->visit.payment;
      phone->good = sim_pay_chance (self, 85);
      sim_pay_tell (self, "%.4s: the code is scanned", payment->id);
    }
  else if (what < 70)
    say_to_cashier (self, JUMIN_TILL_ASK);
  else if (what < 80)
    say_to_cashier (self, JUMIN_TILL_CANCEL);
  else if (what < 86)
    leave (self);
}

static void
look_at_result (SimPay *self, const JuminPayment *payment, JuminPaymentSay say)
{
  int what = g_rand_int_range (self->random, 0, 100);

  if (payment->slip == JUMIN_RECEIPT_PRINTING || self->visit.payment->slip != SIM_SLIP_NONE)
    return;
  if (say != JUMIN_SAY_NOT_PAID && payment->slip == JUMIN_RECEIPT_NONE && what < 90)
    want_slip (self, payment, SIM_SLIP_FIRST);
  else if (say != JUMIN_SAY_NOT_PAID && payment->slip != JUMIN_RECEIPT_NONE
           && payment->reprints < SIM_SLIPS_MAX && what < 30)
    want_slip (self, payment, SIM_SLIP_AGAIN);
  else if (say == JUMIN_SAY_NOT_PAID && self->visit.tries < TRIES_MAX && what < 70)
    {
      jumin_cashier_forget (self->cashier, payment->id);
      self->visit.payment = NULL;
      try_to_pay (self);
    }
  else
    leave (self);
}

static void
go_on (SimPay *self)
{
  const JuminPayment *payment = jumin_cashier_find (self->cashier, self->visit.payment->id);
  JuminPaymentSay say;

  if (payment == NULL)
    {
      self->visit.payment = NULL;
      self->visit.here = FALSE;
      return;
    }
  say = jumin_payment_get_say (payment);
  if (say == JUMIN_SAY_WAITING || say == JUMIN_SAY_PREPARING)
    wait_to_pay (self, payment);
  else if (say != JUMIN_SAY_CONFIRMING || sim_pay_chance (self, 40))
    look_at_result (self, payment, say);
  else if (sim_pay_chance (self, 50))
    say_to_cashier (self, JUMIN_TILL_ASK);
}

void
sim_people_act (SimPay *self)
{
  gint64 next;

  if (self->ending)
    return;
  if (self->cashier == NULL)
    self->visit.here = FALSE;
  else if (self->visit.here)
    go_on (self);
  else if (self->visits_left > 0)
    arrive (self);
  next = sim_pay_between (self, 200, self->visit.here ? ACT_MS_MAX : AWAY_MS_MAX);
  sim_pay_add (self, SIM_EVENT_PERSON, self->now + next);
}

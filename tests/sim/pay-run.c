/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run: a kiosk, a city's money, and everything that can go wrong between them, in an order that
 * follows from the seed alone. At the end nothing is broken any more, and all must settle. */
#include "pay-sim.h"

#include <string.h>

enum
{
  VISITS_MAX = 5,
  OPEN_S = 900, /* that things break */
  BILL_BIG_FEN_MAX = 1000000000,
  SETTLE_S = 60,        /* once the platform answers */
  SETTLE_GUARD_S = 1200 /* the longest wait of the guard, and a question */
};

static const char *const billers[SIM_CLAIMS] = { "water", "power", "gas" };

gboolean
sim_pay_chance (SimPay *self, int percent)
{
  return g_rand_int_range (self->random, 0, 100) < percent;
}

/* Returns: microseconds, most often short ones */
gint64
sim_pay_between (SimPay *self, gint64 from_ms, gint64 to_ms)
{
  gint64 span_ms = sim_pay_chance (self, 70) ? (to_ms - from_ms) / 8 : to_ms - from_ms;

  return (from_ms + g_rand_int_range (self->random, 0, (gint32)span_ms + 1)) * 1000;
}

gint64
sim_pay_get_platform_time (const SimPay *self)
{
  return SIM_EPOCH + self->now / SIM_SECOND;
}

void
sim_pay_tell (SimPay *self, const char *format, ...)
{
  va_list arguments;

  if (self->story == NULL)
    return;
  g_string_append_printf (self->story, "# %9.3f s  ", (double)self->now / SIM_SECOND);
  va_start (arguments, format);
  g_string_append_vprintf (self->story, format, arguments);
  va_end (arguments);
  g_string_append_c (self->story, '\n');
}

static void
clear_answer (gpointer data)
{
  g_clear_pointer (&((SimAnswer *)data)->charge, jumin_charge_free);
}

void
sim_answer_unref (SimAnswer *answer)
{
  g_rc_box_release_full (answer, clear_answer);
}

static void
event_free (gpointer data)
{
  SimEvent *event = data;

  g_clear_pointer (&event->row, jumin_payment_free);
  g_clear_pointer (&event->answer, sim_answer_unref);
  g_free (event);
}

static void
payment_free (gpointer data)
{
  SimPayment *payment = data;

  g_free (payment->id);
  g_free (payment->code);
  jumin_quote_free (payment->quote);
  g_clear_pointer (&payment->row, jumin_payment_free);
  g_ptr_array_unref (payment->perhaps);
  g_free (payment);
}

SimEvent *
sim_pay_add (SimPay *self, SimEventKind kind, gint64 due)
{
  SimEvent *event = g_new0 (SimEvent, 1);

  event->kind = kind;
  event->due = MAX (due, self->now);
  g_ptr_array_add (self->events, event);
  return event;
}

SimPayment *
sim_pay_find (SimPay *self, const char *id)
{
  for (guint i = 0; i < self->payments->len; i++)
    {
      SimPayment *payment = self->payments->pdata[i];

      if (strcmp (payment->id, id) == 0)
        return payment;
    }
  return NULL;
}

/* What was due first, of the same time what was added first. Returns: (nullable) */
static SimEvent *
take_next (SimPay *self)
{
  guint first = 0;

  if (self->events->len == 0)
    return NULL;
  for (guint i = 1; i < self->events->len; i++)
    if (((SimEvent *)self->events->pdata[i])->due < ((SimEvent *)self->events->pdata[first])->due)
      first = i;
  return g_ptr_array_steal_index (self->events, first);
}

static gint64
get_due (const SimPay *self)
{
  gint64 due = G_MAXINT64;

  for (guint i = 0; i < self->events->len; i++)
    due = MIN (due, ((SimEvent *)self->events->pdata[i])->due);
  return due;
}

static void
do_event (SimPay *self, SimEvent *event)
{
  switch (event->kind)
    {
    case SIM_EVENT_BOOT:
      sim_machine_boot (self);
      break;
    case SIM_EVENT_WRITE:
      sim_machine_write (self, event);
      break;
    case SIM_EVENT_WRITTEN:
      sim_machine_tell_written (self, event);
      break;
    case SIM_EVENT_RELOAD:
      sim_machine_reload (self);
      break;
    case SIM_EVENT_ARRIVE:
      sim_line_arrive (self, event);
      break;
    case SIM_EVENT_ANSWER:
      sim_line_answer (self, event);
      break;
    case SIM_EVENT_PERSON:
      sim_people_act (self);
      break;
    case SIM_EVENT_PHONE:
      sim_line_phone (self, event);
      break;
    case SIM_EVENT_PRINTER:
      sim_people_on_printer (self, event);
      break;
    case SIM_EVENT_RIVAL:
      sim_line_rival (self);
    }
}

static void
pass_time (SimPay *self, gint64 due)
{
  const JuminTillEvent time = { .kind = JUMIN_TILL_TIME };

  self->now = MAX (self->now, due);
  sim_machine_step (self, &time);
}

static void
take_event (SimPay *self, SimEvent *event)
{
  self->now = MAX (self->now, event->due);
  if (event->life == 0 || (self->cashier != NULL && event->life == self->life))
    do_event (self, event);
  event_free (event);
}

/* Whatever is due first: an event, or the cashier's own time. FALSE: nothing is, until @end */
static gboolean
go_on (SimPay *self, gint64 end)
{
  gint64 due = get_due (self), cashier_due = sim_machine_get_next (self);
  SimEvent *event = due <= MIN (end, cashier_due) ? take_next (self) : NULL;

  if (event == NULL && cashier_due > end)
    return FALSE;
  if (event != NULL)
    take_event (self, event);
  else
    pass_time (self, cashier_due);
  /* The power may go beside the disk, too. */
  if (self->cashier != NULL && !power_disk_tick (self->disk))
    sim_machine_die (self);
  if (self->cashier != NULL)
    sim_check_says (self);
  return TRUE;
}

static void
run_until (SimPay *self, gint64 end)
{
  int events = 0;

  while (events++ < SIM_EVENTS_MAX && go_on (self, end))
    ;
  if (events > SIM_EVENTS_MAX)
    sim_check_breach (self, SIM_STUCK, NULL, "there is no end of it");
  self->now = MAX (self->now, end);
}

/* Some are of a fen, some of more than a float can tell. */
static void
put_bills (SimPay *self)
{
  gint64 now = sim_pay_get_platform_time (self);

  jumin_till_ledger_reset (self->ledger, self->seed);
  for (int i = 0; i < SIM_CLAIMS; i++)
    {
      gint64 fen = g_rand_int_range (self->random, 1,
                                     sim_pay_chance (self, 20) ? BILL_BIG_FEN_MAX : 60000);

      self->claims[i] = g_strdup_printf ("h1-%s-202608", billers[i]);
      jumin_till_ledger_put_bill (self->ledger, self->claims[i], billers[i], fen);
      jumin_till_ledger_set_rejects (self->ledger, billers[i], sim_pay_chance (self, 10));
    }
  if (sim_pay_chance (self, 5))
    jumin_till_ledger_mark_bill (self->ledger, self->claims[0], JUMIN_BILL_PAID, now);
  jumin_till_ledger_open_account (self->ledger, "card-rich", G_GINT64_CONSTANT (100000000000));
  jumin_till_ledger_open_account (self->ledger, "card-poor", 500);
}

static void
set_up (SimPay *self)
{
  static const int bad_lines[] = { 0, 5, 15, 40, 70 };

  self->payments = g_ptr_array_new_with_free_func (payment_free);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->random = g_rand_new_with_seed (self->seed);
  self->cuts_left = (guint)g_rand_int_range (self->random, 0, (gint32)self->mode->cuts_max + 1);
  self->bad_line = bad_lines[g_rand_int_range (self->random, 0, G_N_ELEMENTS (bad_lines))];
  self->visits_left = g_rand_int_range (self->random, 1, VISITS_MAX + 1);
  if (sim_pay_chance (self, 25))
    {
      self->dead_from = sim_pay_between (self, 0, 300000);
      self->dead_until = self->dead_from
                         + (sim_pay_chance (self, 10) ? 30 * 3600 * SIM_SECOND
                                                      : sim_pay_between (self, 1000, 1800000));
    }
  put_bills (self);
  power_disk_begin (self->disk, self->seed);
  sim_pay_add (self, SIM_EVENT_BOOT, 0);
  sim_pay_add (self, SIM_EVENT_PERSON, SIM_SECOND);
  if (sim_pay_chance (self, 20))
    sim_pay_add (self, SIM_EVENT_RIVAL, sim_pay_between (self, 0, 200000));
}

static void
clear (SimPay *self)
{
  if (self->cashier != NULL)
    sim_machine_die (self);
  for (int i = 0; i < SIM_CLAIMS; i++)
    g_free (self->claims[i]);
  g_free (self->rival);
  g_ptr_array_unref (self->payments);
  g_ptr_array_unref (self->events);
  g_rand_free (self->random);
}

/* Nothing is broken any more, and nobody is there. Most often the machine is started again. */
static void
settle (SimPay *self)
{
  const JuminTillEvent heard = { .kind = JUMIN_TILL_HEARD };
  gboolean again
      = self->cashier == NULL || self->mode->disk != POWER_FAULT_NONE || sim_pay_chance (self, 60);

  sim_pay_tell (self, "from here on nothing breaks");
  self->ending = TRUE;
  self->bad_line = 0;
  self->dead_from = self->dead_until = 0;
  self->cuts_left = 0;
  power_disk_arm (self->disk, POWER_FAULT_NONE, 0);
  sim_people_go (self);
  if (again && self->cashier != NULL)
    sim_machine_die (self);
  while (self->cashier == NULL && go_on (self, G_MAXINT64 - 1))
    ;
  if (!again)
    sim_machine_step (self, &heard);
  run_until (self, self->now + SETTLE_S * SIM_SECOND);
  sim_check_settled (self);
  run_until (self, self->now + SETTLE_GUARD_S * SIM_SECOND);
  sim_check_end (self);
}

/**
 * sim_pay_run:
 * @disk: provisioned with a journal
 * @story: (nullable): what happened is written to it
 *
 * One run, and what came of it is added to @tally.
 */
void
sim_pay_run (PowerDisk *disk, JuminTillLedger *ledger, const SimPayMode *mode, guint32 seed,
             SimPayTally *tally, GString *story)
{
  SimPay self = {
    .tally = tally, .mode = mode, .story = story, .seed = seed, .disk = disk, .ledger = ledger
  };

  tally->runs++;
  set_up (&self);
  run_until (&self, OPEN_S * SIM_SECOND + (sim_pay_chance (&self, 3) ? self.dead_until : 0));
  settle (&self);
  tally->payments += self.payments->len;
  clear (&self);
}

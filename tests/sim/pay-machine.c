/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk: the shipped cashier with the shipped journal, on a disk that loses its power. It does
 * what app/payment/till.c does with their threads and sockets, one thing after the other. */
#include "pay-sim.h"

#include <string.h>

#define JOURNAL "/payments.db"

enum
{
  CUT_OPERATIONS = 160,     /* a cut comes within so many operations */
  CUT_SOON_OPERATIONS = 40, /* the next one, in the recovery from the last */
  BOOT_MS_MAX = 60000,
  WRITE_US_MAX = 8000,
  WRITTEN_US = 200 /* until the main thread hears of it */
};

static const JuminCashierTimes times = {
  .query_ms = { 1000, 2000, 3000, 3000, 5000 },
  .guard_ms = { 5000, 15000, 60000, 300000, 900000 },
  .wait_ms = { [JUMIN_PAY_SCAN] = 120000, [JUMIN_PAY_SHOW] = 45000, [JUMIN_PAY_ACCOUNT] = 45000 },
  .earliest_close_ms = 15000,
  .close_ms = 2000,
  .close_tries = 3,
  .horizon_s = 86400,
  .journal_ms = 60000,
  .unresolved_max = 3,
};

/* A journal as it is made before a machine is set up: synced, with no fault about. */
void
sim_machine_provision (PowerDisk *disk)
{
  g_autoptr (GError) error = NULL;

  power_disk_begin (disk, 0);
  if (!jumin_journal_file_create (JOURNAL, power_disk_get_vfs (), &error))
    g_error ("%s", error->message);
  power_disk_provision (disk);
}

static gint64
get_clock (const SimPay *self)
{
  return self->now - self->booted_at + 1;
}

gint64
sim_machine_get_next (const SimPay *self)
{
  gint64 next = self->cashier != NULL ? jumin_cashier_get_next (self->cashier) : 0;

  return next != 0 ? next + self->booted_at - 1 : G_MAXINT64;
}

static void
arm (SimPay *self)
{
  guint operations
      = self->life > 1 && sim_pay_chance (self, 60) ? CUT_SOON_OPERATIONS : CUT_OPERATIONS;
  guint at = (guint)g_rand_int_range (self->random, 1, (gint32)operations);

  if (self->cuts_left > 0)
    power_disk_arm (self->disk, POWER_FAULT_CUT, at);
  else if (!self->ending && self->mode->disk != POWER_FAULT_NONE)
    {
      self->tally->faults++;
      power_disk_arm (self->disk, self->mode->disk, at * 2);
    }
}

/* The power is gone, or is pulled now: what was in memory is. */
void
sim_machine_die (SimPay *self)
{
  sim_pay_tell (self, "the power is gone");
  if (power_disk_is_off (self->disk))
    {
      self->tally->cuts++;
      self->cuts_left--;
    }
  else
    {
      power_disk_arm (self->disk, POWER_FAULT_CUT, 1);
      power_disk_tick (self->disk);
    }
  g_clear_pointer (&self->journal, jumin_journal_file_free);
  g_clear_pointer (&self->cashier, jumin_cashier_free);
  self->reloading = FALSE;
  self->after_cut = TRUE;
  self->disk_free_at = 0;
  self->visit.payment = NULL;
  self->visit.here = FALSE;
  power_disk_restart (self->disk);
  for (guint i = 0; i < self->payments->len; i++)
    {
      SimPayment *payment = self->payments->pdata[i];

      payment->saying = -1;
      payment->slip = SIM_SLIP_NONE;
    }
  sim_pay_add (self, SIM_EVENT_BOOT, self->now + sim_pay_between (self, 500, BOOT_MS_MAX));
}

static gboolean
open_journal (SimPay *self)
{
  g_autoptr (GError) error = NULL;

  if (self->journal != NULL)
    return TRUE;
  self->journal = jumin_journal_file_open (JOURNAL, power_disk_get_vfs (), &error);
  if (self->journal == NULL)
    {
      sim_pay_tell (self, "%s", error->message);
      return FALSE;
    }
  sim_check_journal (self, self->after_cut);
  self->after_cut = FALSE;
  return self->journal != NULL;
}

/* What the journal holds. After an error its file is closed. */
static void
load (SimPay *self)
{
  g_autoptr (GPtrArray) payments = NULL;
  JuminTillEvent event = { .kind = JUMIN_TILL_NOT_LOADED };

  if (open_journal (self))
    payments = jumin_journal_file_load (self->journal, NULL);
  if (payments == NULL)
    g_clear_pointer (&self->journal, jumin_journal_file_free);
  else
    event = (JuminTillEvent){ .kind = JUMIN_TILL_LOADED, .payments = payments };
  if (power_disk_is_off (self->disk))
    return;
  sim_pay_tell (self,
                payments != NULL ? "the journal holds %u that are not final"
                                 : "the journal cannot be read",
                payments != NULL ? payments->len : 0);
  sim_machine_step (self, &event);
}

void
sim_machine_boot (SimPay *self)
{
  self->life++;
  if (self->life > 1)
    self->tally->restarts++;
  self->booted_at = self->now;
  self->cashier = jumin_cashier_new (&times);
  sim_pay_tell (self, "the machine starts");
  arm (self);
  load (self);
}

void
sim_machine_reload (SimPay *self)
{
  self->reloading = FALSE;
  if (jumin_cashier_get_closed (self->cashier) == JUMIN_TILL_JOURNAL)
    load (self);
}

/* One after the other: there is one disk and one thread for it. */
static void
commit (SimPay *self, const JuminTillEffect *effect)
{
  SimEvent *event;

  self->disk_free_at
      = MAX (self->disk_free_at, self->now) + g_rand_int_range (self->random, 0, WRITE_US_MAX);
  event = sim_pay_add (self, SIM_EVENT_WRITE, self->disk_free_at);
  event->life = self->life;
  event->turn = effect->turn;
  event->about = sim_pay_find (self, effect->payment->id);
  event->row = jumin_payment_copy (effect->payment);
}

static void
do_effect (SimPay *self, const JuminTillEffect *effect)
{
  SimPayment *payment = sim_pay_find (self, effect->payment->id);

  switch (effect->kind)
    {
    case JUMIN_TILL_COMMIT:
      commit (self, effect);
      break;
    case JUMIN_TILL_ALARM:
      sim_pay_tell (self, "%.4s: alarm", effect->payment->id);
      payment->alarmed = TRUE;
      break;
    case JUMIN_TILL_NOTE:
      break;
    default:
      if (sim_check_told (self, payment, effect))
        sim_line_send (self, effect);
    }
}

void
sim_machine_step (SimPay *self, const JuminTillEvent *event)
{
  g_autoptr (GPtrArray) effects = jumin_till_effects_new ();

  jumin_cashier_step (self->cashier, event, get_clock (self), g_rand_int (self->random), effects);
  for (guint i = 0; i < effects->len; i++)
    do_effect (self, effects->pdata[i]);
  if (jumin_cashier_get_closed (self->cashier) == JUMIN_TILL_JOURNAL && !self->reloading)
    {
      self->reloading = TRUE;
      sim_pay_add (self, SIM_EVENT_RELOAD, self->now + times.journal_ms * 1000)->life = self->life;
    }
}

/* While nobody waits, sometimes before the main thread has heard of what was written. */
static void
rest (SimPay *self)
{
  if (self->journal != NULL && sim_pay_chance (self, 50)
      && !jumin_journal_file_rest (self->journal, NULL))
    g_clear_pointer (&self->journal, jumin_journal_file_free);
}

/* A row goes to the disk. When that fails nobody knows whether it is there. */
void
sim_machine_write (SimPay *self, SimEvent *event)
{
  g_autoptr (GError) error = NULL;
  SimEvent *end;

  g_ptr_array_add (event->about->perhaps, jumin_payment_copy (event->row));
  if (open_journal (self))
    event->good = jumin_journal_file_put (self->journal, event->row, &error);
  sim_pay_tell (self, "%.4s: %s %s", event->row->id, event->good ? "on the disk:" : "not written:",
                jumin_payment_state_get_word (event->row->state));
  if (event->good)
    sim_check_write (self, event->about, event->row);
  else
    g_clear_pointer (&self->journal, jumin_journal_file_free);
  rest (self);
  end = sim_pay_add (self, SIM_EVENT_WRITTEN, self->now + WRITTEN_US);
  end->life = event->life;
  end->turn = event->turn;
  end->about = event->about;
  end->row = g_steal_pointer (&event->row);
  end->good = event->good;
}

void
sim_machine_tell_written (SimPay *self, const SimEvent *event)
{
  const JuminTillEvent end
      = { .kind = event->good ? JUMIN_TILL_COMMITTED : JUMIN_TILL_NOT_COMMITTED,
          .id = event->about->id,
          .turn = event->turn };

  sim_machine_step (self, &end);
  sim_people_on_written (self, event->about, event->row, event->good);
  rest (self);
}

/* Returns: whether the cashier has taken it */
gboolean
sim_machine_begin (SimPay *self, const JuminPayment *payment)
{
  const JuminTillEvent begin = { .kind = JUMIN_TILL_BEGIN, .payment = payment };

  sim_machine_step (self, &begin);
  return jumin_cashier_find (self->cashier, payment->id) != NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that makes the mistakes which it is told to make: the linker puts them before the real
 * cashier, journal and words. Each of them must be found. */
#include "mutant.h"

#include <sqlite3.h>
#include <string.h>

#include "pay-sim.h"

typedef enum
{
  MISTAKE_DISK_FIRST,   /* the order is sent, and its row written later */
  MISTAKE_ONE_KEY,      /* silence: sent again with another key */
  MISTAKE_DOUBT,        /* silence is taken for a failure */
  MISTAKE_ONE_SLIP,     /* what was being printed is printed again after a start */
  MISTAKE_WHOLE_FEN,    /* the amount goes through a float */
  MISTAKE_TOMBSTONE,    /* closed here, and the platform is not told */
  MISTAKE_AMOUNT,       /* what the platform says is not compared with the quote */
  MISTAKE_SYNC,         /* the journal's log is not synced */
  MISTAKE_REST,         /* its log is begun anew before the file is synced */
  MISTAKE_RESULT_LATER, /* what is on its way to the disk is said already */
  N_MISTAKES
} Mistake;

/* What is missing then. */
static const char *const checks[N_MISTAKES] = {
  [MISTAKE_DISK_FIRST] = "disk-first",
  [MISTAKE_ONE_KEY] = "one-key",
  [MISTAKE_DOUBT] = "doubt",
  [MISTAKE_ONE_SLIP] = "one-slip",
  [MISTAKE_WHOLE_FEN] = "whole-fen",
  [MISTAKE_TOMBSTONE] = "tombstone",
  [MISTAKE_AMOUNT] = "amount",
  [MISTAKE_SYNC] = "sync",
  [MISTAKE_REST] = "rest",
  [MISTAKE_RESULT_LATER] = "result-on-disk",
};

static gboolean made[N_MISTAKES];
static JuminPayment *held; /* that is to be written later */
static sqlite3 *opened;

void __wrap_jumin_cashier_step (JuminCashier *self, const JuminTillEvent *event, gint64 now,
                                guint32 random, GPtrArray *effects);
void __real_jumin_cashier_step (JuminCashier *self, const JuminTillEvent *event, gint64 now,
                                guint32 random, GPtrArray *effects);
gboolean __wrap_jumin_journal_file_put (JuminJournalFile *self, const JuminPayment *payment,
                                        GError **error);
gboolean __real_jumin_journal_file_put (JuminJournalFile *self, const JuminPayment *payment,
                                        GError **error);
gboolean __wrap_jumin_journal_file_rest (JuminJournalFile *self, GError **error);
gboolean __real_jumin_journal_file_rest (JuminJournalFile *self, GError **error);
JuminJournalFile *__wrap_jumin_journal_file_open (const char *path, const char *vfs,
                                                  GError **error);
JuminJournalFile *__real_jumin_journal_file_open (const char *path, const char *vfs,
                                                  GError **error);
int __wrap_sqlite3_open_v2 (const char *path, sqlite3 **database, int flags, const char *vfs);
int __real_sqlite3_open_v2 (const char *path, sqlite3 **database, int flags, const char *vfs);
JuminPaymentSay __wrap_jumin_payment_get_say (const JuminPayment *self);
JuminPaymentSay __real_jumin_payment_get_say (const JuminPayment *self);
void __wrap_sim_machine_boot (SimPay *self);
void __real_sim_machine_boot (SimPay *self);

gboolean
sim_mutate (char **without)
{
  gboolean known = without != NULL;

  for (; known && *without != NULL; without++)
    {
      int mistake = 0;

      while (mistake < N_MISTAKES && !g_str_equal (checks[mistake], *without))
        mistake++;
      known = mistake < N_MISTAKES;
      if (known)
        made[mistake] = TRUE;
    }
  return known;
}

static void
begin_with_float (JuminCashier *self, JuminTillEvent event, gint64 now, guint32 random,
                  GPtrArray *effects)
{
  g_autoptr (JuminPayment) payment = jumin_payment_copy (event.payment);
  float yuan = (float)payment->fen / 100;

  payment->fen = (gint64)(yuan * 100);
  event.payment = payment;
  __real_jumin_cashier_step (self, &event, now, random, effects);
}

static void
fail_in_doubt (JuminCashier *self, JuminTillEvent event, gint64 now, guint32 random,
               GPtrArray *effects)
{
  g_autoptr (JuminCharge) charge = jumin_charge_new ();

  charge->payment = g_strdup (event.id);
  charge->reason = g_strdup ("other");
  charge->state = JUMIN_CHARGE_DECLINED;
  event.charge = charge;
  __real_jumin_cashier_step (self, &event, now, random, effects);
}

/* A charge of this payment, as if it were of its amount. */
static JuminCharge
believe (const JuminPayment *payment, const JuminCharge *charge)
{
  JuminCharge believed = *charge;

  if (believed.quote != NULL)
    {
      believed.fen = payment->fen;
      believed.payee = payment->payee;
      believed.quote = payment->quote;
    }
  return believed;
}

static void
send_again (const JuminPayment *payment, guint turn, GPtrArray *effects)
{
  JuminTillEffect *again = g_new0 (JuminTillEffect, 1);

  again->kind = JUMIN_TILL_SUBMIT;
  again->turn = turn;
  again->payment = jumin_payment_copy (payment);
  again->payment->id[0] = again->payment->id[0] == 'f' ? 'e' : 'f';
  g_ptr_array_add (effects, again);
}

/* The platform hears nothing of the close. */
static void
close_alone (JuminCashier *self, gint64 now, guint32 random, GPtrArray *effects)
{
  const JuminTillEffect *effect;
  g_autoptr (JuminCharge) charge = jumin_charge_new ();
  JuminTillEvent closed = { .kind = JUMIN_TILL_ANSWER, .charge = charge };
  guint i = 0;

  while (i < effects->len && ((JuminTillEffect *)effects->pdata[i])->kind != JUMIN_TILL_CLOSE)
    i++;
  if (i == effects->len)
    return;
  effect = effects->pdata[i];
  charge->payment = g_strdup (effect->payment->id);
  charge->state = JUMIN_CHARGE_CLOSED;
  closed.id = charge->payment;
  closed.turn = effect->turn;
  g_ptr_array_remove_index (effects, i);
  __real_jumin_cashier_step (self, &closed, now, random, effects);
}

void
__wrap_jumin_cashier_step (JuminCashier *self, const JuminTillEvent *event, gint64 now,
                           guint32 random, GPtrArray *effects)
{
  const JuminPayment *payment = event->id != NULL ? jumin_cashier_find (self, event->id) : NULL;
  gboolean answer = event->kind == JUMIN_TILL_ANSWER && payment != NULL;
  gboolean silence = answer && event->charge == NULL && !event->refused
                     && payment->state == JUMIN_PAYMENT_SUBMITTED;
  JuminTillEvent changed = *event;
  JuminCharge believed;

  if (made[MISTAKE_WHOLE_FEN] && event->kind == JUMIN_TILL_BEGIN)
    {
      begin_with_float (self, changed, now, random, effects);
      return;
    }
  if (made[MISTAKE_DOUBT] && silence)
    {
      fail_in_doubt (self, changed, now, random, effects);
      return;
    }
  if (made[MISTAKE_AMOUNT] && answer && event->charge != NULL
      && strcmp (event->charge->payment, payment->id) == 0)
    {
      believed = believe (payment, event->charge);
      changed.charge = &believed;
    }
  if (made[MISTAKE_ONE_KEY] && silence)
    send_again (payment, event->turn, effects);
  __real_jumin_cashier_step (self, &changed, now, random, effects);
  if (made[MISTAKE_TOMBSTONE])
    close_alone (self, now, random, effects);
}

gboolean
__wrap_jumin_journal_file_put (JuminJournalFile *self, const JuminPayment *payment, GError **error)
{
  g_autoptr (JuminPayment) before = g_steal_pointer (&held);

  if (made[MISTAKE_DISK_FIRST] && payment->state == JUMIN_PAYMENT_SUBMITTED)
    {
      held = jumin_payment_copy (payment);
      return TRUE;
    }
  if (before != NULL)
    __real_jumin_journal_file_put (self, before, NULL);
  return __real_jumin_journal_file_put (self, payment, error);
}

JuminJournalFile *
__wrap_jumin_journal_file_open (const char *path, const char *vfs, GError **error)
{
  JuminJournalFile *self = __real_jumin_journal_file_open (path, vfs, error);

  g_clear_pointer (&held, jumin_payment_free);
  if (self != NULL && made[MISTAKE_SYNC])
    sqlite3_exec (opened, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
  return self;
}

gboolean
__wrap_jumin_journal_file_rest (JuminJournalFile *self, GError **error)
{
  gboolean done;

  if (made[MISTAKE_REST])
    sqlite3_exec (opened, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
  done = __real_jumin_journal_file_rest (self, error);
  if (made[MISTAKE_REST])
    sqlite3_exec (opened, "PRAGMA synchronous = EXTRA", NULL, NULL, NULL);
  return done;
}

int
__wrap_sqlite3_open_v2 (const char *path, sqlite3 **database, int flags, const char *vfs)
{
  int status = __real_sqlite3_open_v2 (path, database, flags, vfs);

  opened = *database;
  return status;
}

JuminPaymentSay
__wrap_jumin_payment_get_say (const JuminPayment *self)
{
  JuminPayment said = *self;

  if (made[MISTAKE_RESULT_LATER])
    said.durable = said.state;
  return __real_jumin_payment_get_say (&said);
}

void
__wrap_sim_machine_boot (SimPay *self)
{
  __real_sim_machine_boot (self);
  for (guint i = 0; made[MISTAKE_ONE_SLIP] && i < self->payments->len; i++)
    {
      SimPayment *payment = self->payments->pdata[i];

      if (payment->row != NULL && payment->row->slip == JUMIN_RECEIPT_PRINTING)
        sim_people_print (self, payment, FALSE);
    }
}

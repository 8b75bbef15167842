/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The network, and the sandbox's shipped ledger behind it. Requests and answers are lost, late,
 * doubled, forged or about something else. What is signed is the ledger's word, but where the
 * platform itself is wrong: another amount, another payee, a replica that lags behind. */
#include "pay-sim.h"

#include <string.h>

enum
{
  SILENCE_S = 15, /* whole request */
  FAST_MS = 300,
  SLOW_MS = 60000,
  RIVAL_MS = 200000
};

#define TERMINAL "T-hall-1"
#define RIVAL_TERMINAL "T-hall-2"

typedef enum
{
  FAULT_NONE,
  FAULT_REQUEST_LOST,
  FAULT_REQUEST_LATE,
  FAULT_REQUEST_TWICE,
  FAULT_REFUSED_FAST, /* no connection */
  N_WAY_FAULTS,
  FAULT_ANSWER_LOST = N_WAY_FAULTS,
  FAULT_ANSWER_LATE,
  FAULT_ANSWER_TWICE,
  FAULT_FORGED, /* the client takes it for silence */
  FAULT_AMOUNT,
  FAULT_PAYEE,
  FAULT_ANOTHER,   /* what was said about another payment */
  FAULT_NOT_FOUND, /* the replica that is asked has not heard of it yet */
  FAULT_LAGS,      /* or not that it is paid */
  FAULT_TURNED_AWAY /* 503, signed: whether it was taken before that or not */,
  N_FAULTS
} Fault;

static const char *const fault_names[N_FAULTS]
    = { [FAULT_NONE] = "",
        [FAULT_REQUEST_LOST] = ", request lost",
        [FAULT_REQUEST_LATE] = ", request late",
        [FAULT_REQUEST_TWICE] = ", request twice",
        [FAULT_REFUSED_FAST] = ", no connection",
        [FAULT_ANSWER_LOST] = " is lost",
        [FAULT_ANSWER_LATE] = " is late",
        [FAULT_ANSWER_TWICE] = " comes twice",
        [FAULT_FORGED] = " is forged",
        [FAULT_AMOUNT] = " is of another amount",
        [FAULT_PAYEE] = " is of another payee",
        [FAULT_ANOTHER] = " is about another payment",
        [FAULT_NOT_FOUND] = " is from a replica that has not heard of it",
        [FAULT_LAGS] = " is from a replica that lags",
        [FAULT_TURNED_AWAY] = " turns it away" };

gboolean
sim_line_is_dead (const SimPay *self)
{
  return self->now >= self->dead_from && self->now < self->dead_until;
}

static Fault
pick_fault (SimPay *self, Fault from, Fault to)
{
  return sim_pay_chance (self, self->bad_line) ? g_rand_int_range (self->random, from, to)
                                               : FAULT_NONE;
}

static const char *
get_question (JuminTillEffectKind asked)
{
  return asked == JUMIN_TILL_SUBMIT ? "pay" : asked == JUMIN_TILL_CLOSE ? "close" : "state";
}

static void
answer (SimPay *self, const SimEvent *request, gint64 due, SimAnswer *said)
{
  SimEvent *event = sim_pay_add (self, SIM_EVENT_ANSWER, due);

  event->life = request->sender;
  event->turn = request->turn;
  event->asked = request->asked;
  event->about = request->about;
  event->answer = said != NULL ? g_rc_box_acquire (said) : NULL;
}

static void
request (SimPay *self, const SimEvent *like, gint64 due)
{
  SimEvent *event = sim_pay_add (self, SIM_EVENT_ARRIVE, due);

  event->sender = like->sender;
  event->turn = like->turn;
  event->asked = like->asked;
  event->about = like->about;
  event->row = jumin_payment_copy (like->row);
}

void
sim_line_send (SimPay *self, const JuminTillEffect *effect)
{
  const SimEvent like = { .sender = self->life,
                          .turn = effect->turn,
                          .asked = effect->kind,
                          .about = sim_pay_find (self, effect->payment->id),
                          .row = effect->payment };
  Fault fault = sim_line_is_dead (self) ? FAULT_REQUEST_LOST : pick_fault (self, 1, N_WAY_FAULTS);
  gint64 due = self->now + sim_pay_between (self, 2, FAST_MS);

  sim_pay_tell (self, "%.4s: asks %s%s", effect->payment->id, get_question (effect->kind),
                fault_names[fault]);
  answer (self, &like, fault == FAULT_REFUSED_FAST ? due : self->now + SILENCE_S * SIM_SECOND,
          NULL);
  if (fault == FAULT_REQUEST_LATE)
    due = self->now + sim_pay_between (self, 1000, SLOW_MS);
  if (fault != FAULT_REQUEST_LOST && fault != FAULT_REFUSED_FAST)
    request (self, &like, due);
  if (fault == FAULT_REQUEST_TWICE)
    request (self, &like, self->now + sim_pay_between (self, 2, SLOW_MS));
}

static JuminCharge *
pay (SimPay *self, const SimEvent *event, GError **error)
{
  const SimPayment *payment = event->about;
  g_autofree char *digest
      = g_strdup_printf ("%s %" G_GINT64_FORMAT " %d %s %s", event->row->quote, event->row->fen,
                         event->row->way, payment->code, payment->payer);
  const JuminTillOrder order = { .payment = event->row->id,
                                 .terminal = TERMINAL,
                                 .digest = digest,
                                 .quote = event->row->quote,
                                 .code = payment->code,
                                 .payer = payment->payer,
                                 .way = event->row->way,
                                 .fen = event->row->fen };

  return jumin_till_ledger_pay (self->ledger, &order, sim_pay_get_platform_time (self), NULL,
                                error);
}

static JuminCharge *
serve (SimPay *self, const SimEvent *event, GError **error)
{
  gint64 now = sim_pay_get_platform_time (self);

  if (event->asked == JUMIN_TILL_SUBMIT)
    return pay (self, event, error);
  if (event->asked == JUMIN_TILL_CLOSE)
    return jumin_till_ledger_close (self->ledger, TERMINAL, event->about->id, now, error);
  return jumin_till_ledger_state (self->ledger, event->about->id, now, error);
}

static void
set_string (char **place, const char *string)
{
  g_free (*place);
  *place = g_strdup (string);
}

/* What the platform would say of a payment that it has not heard of. */
static void
set_not_found (JuminCharge *charge)
{
  set_string (&charge->quote, NULL);
  set_string (&charge->payee, NULL);
  charge->fen = charge->paid_at = 0;
  charge->state = JUMIN_CHARGE_NOT_FOUND;
  g_ptr_array_set_size (charge->items, 0);
}

/* Something else than is true, where the platform is wrong in that way. Returns: whether it is */
static gboolean
spoil (SimPay *self, const SimEvent *event, Fault fault, SimAnswer *said)
{
  gint64 now = sim_pay_get_platform_time (self);
  const SimPayment *other
      = self->payments->pdata[g_rand_int_range (self->random, 0, (gint32)self->payments->len)];
  gboolean known = said->charge != NULL && said->charge->quote != NULL;

  if (fault == FAULT_AMOUNT && known)
    said->charge->fen += sim_pay_chance (self, 50) ? 1 : -1;
  else if (fault == FAULT_PAYEE && known)
    set_string (&said->charge->payee, "somebody-else");
  else if (fault == FAULT_ANOTHER)
    {
      g_clear_pointer (&said->charge, jumin_charge_free);
      said->charge = jumin_till_ledger_state (self->ledger, other->id, now, NULL);
      said->refused = FALSE;
    }
  else if (fault == FAULT_NOT_FOUND && known && event->asked == JUMIN_TILL_QUERY)
    set_not_found (said->charge);
  else if (fault == FAULT_LAGS && known && event->asked == JUMIN_TILL_QUERY
           && said->charge->paid_at != 0)
    {
      said->charge->state = JUMIN_CHARGE_PENDING;
      said->charge->paid_at = 0;
    }
  else if (fault == FAULT_TURNED_AWAY && event->asked == JUMIN_TILL_SUBMIT)
    {
      g_clear_pointer (&said->charge, jumin_charge_free);
      said->refused = TRUE;
    }
  else
    return FALSE;
  return TRUE;
}

/* Whose phone showed a code is asked there, if it is much. */
static void
ring (SimPay *self, SimPayment *payment, const JuminCharge *charge)
{
  SimEvent *event;

  if (payment->way != JUMIN_PAY_SHOW || charge->state != JUMIN_CHARGE_PENDING
      || sim_pay_chance (self, 30))
    return;
  event = sim_pay_add (self, SIM_EVENT_PHONE, self->now + sim_pay_between (self, 300, SLOW_MS));
  event->about = payment;
  event->good = sim_pay_chance (self, 70);
}

void
sim_line_arrive (SimPay *self, const SimEvent *event)
{
  g_autoptr (GError) error = NULL;
  SimAnswer *said = g_rc_box_new0 (SimAnswer);
  Fault fault = pick_fault (self, N_WAY_FAULTS, N_FAULTS);
  gint64 due = self->now + sim_pay_between (self, 2, FAST_MS);
  gboolean dead = sim_line_is_dead (self);

  said->charge = serve (self, event, &error);
  said->refused = said->charge == NULL;
  sim_pay_tell (self, "%.4s: platform hears %s: %s", event->about->id, get_question (event->asked),
                said->refused ? error->message : jumin_charge_state_get_word (said->charge->state));
  if (event->asked == JUMIN_TILL_SUBMIT && !said->refused)
    ring (self, event->about, said->charge);
  if (dead)
    fault = FAULT_ANSWER_LOST;
  else if (fault >= FAULT_AMOUNT && !spoil (self, event, fault, said))
    fault = FAULT_NONE;
  if (fault != FAULT_NONE)
    sim_pay_tell (self, "%.4s: its answer%s", event->about->id, fault_names[fault]);
  if (fault == FAULT_ANSWER_LATE)
    due = self->now + sim_pay_between (self, 1000, SLOW_MS);
  if (fault == FAULT_FORGED)
    answer (self, event, due, NULL);
  else if (fault != FAULT_ANSWER_LOST)
    answer (self, event, due, said);
  if (fault == FAULT_ANSWER_TWICE)
    answer (self, event, due + sim_pay_between (self, 0, SLOW_MS), said);
  sim_answer_unref (said);
}

/* It says of this payment's money something else than was quoted. */
static gboolean
is_lie (const SimPayment *payment, const JuminCharge *charge)
{
  return charge != NULL && charge->paid_at != 0
         && (charge->fen != payment->quote->fen
             || g_strcmp0 (charge->payee, payment->quote->payee) != 0);
}

static int
get_state (SimPay *self, const SimPayment *payment)
{
  const JuminPayment *now = jumin_cashier_find (self->cashier, payment->id);

  return now != NULL ? (int)now->state : -1;
}

/* What is about another payment is nothing; what is of another amount or payee is for people. */
static void
check_heard (SimPay *self, SimPayment *payment, const JuminCharge *charge, int state)
{
  gboolean other = strcmp (charge->payment, payment->id) != 0;

  if (other ? state >= JUMIN_PAYMENT_PAID
            : is_lie (payment, charge) && (state != JUMIN_PAYMENT_MANUAL || !payment->alarmed))
    sim_check_breach (self, SIM_PHANTOM, payment, "I3: what was not quoted is taken for it");
  payment->lied = payment->lied || (!other && is_lie (payment, charge));
}

void
sim_line_answer (SimPay *self, const SimEvent *event)
{
  const JuminCharge *charge = event->answer != NULL ? event->answer->charge : NULL;
  const JuminTillEvent heard = { .kind = JUMIN_TILL_ANSWER,
                                 .id = event->about->id,
                                 .turn = event->turn,
                                 .charge = charge,
                                 .refused = event->answer != NULL && event->answer->refused };
  int before = get_state (self, event->about), after;

  sim_machine_step (self, &heard);
  after = get_state (self, event->about);
  if (before != after)
    sim_pay_tell (self, "%.4s: hears %s: %s", event->about->id,
                  charge != NULL  ? jumin_charge_state_get_word (charge->state)
                  : heard.refused ? "that it is refused"
                                  : "nothing",
                  jumin_payment_state_get_word (after));
  if (before != after && charge != NULL)
    check_heard (self, event->about, charge, after);
}

/* Somebody's phone pays, or declines; sometimes in the very moment of the close. */
void
sim_line_phone (SimPay *self, const SimEvent *event)
{
  const char *id = event->about->id;
  const char *channel = event->about->way == JUMIN_PAY_SCAN ? "wechat" : NULL;
  gint64 now = sim_pay_get_platform_time (self);
  gboolean late = event->good && sim_pay_chance (self, 20), done;

  if (late)
    done = jumin_till_ledger_phone_pay_late (self->ledger, id, now);
  else if (event->good)
    done = jumin_till_ledger_phone_pay (self->ledger, id, channel, now);
  else
    done = jumin_till_ledger_phone_decline (self->ledger, id, now);
  sim_pay_tell (self, "%.4s: the phone %s%s", id,
                late          ? "pays when the close comes"
                : event->good ? "pays"
                              : "declines",
                done ? "" : ", in vain");
}

/* Returns: (nullable): bills of @claims, as they are now */
JuminQuote *
sim_line_quote (SimPay *self, const char *terminal, guint claims)
{
  gint64 now = sim_pay_get_platform_time (self);
  g_autoptr (GPtrArray) bills = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < SIM_CLAIMS; i++)
    if (claims & 1u << i)
      {
        g_autoptr (JuminTillBill) bill
            = jumin_till_ledger_find_bill (self->ledger, self->claims[i], now);

        g_ptr_array_add (bills, g_strdup (bill->id));
      }
  g_ptr_array_add (bills, NULL);
  return jumin_till_ledger_quote (self->ledger, terminal != NULL ? terminal : TERMINAL,
                                  (const char *const *)bills->pdata, now, NULL);
}

/* Another machine orders one of the bills; then its payer pays or it is closed. */
void
sim_line_rival (SimPay *self)
{
  gint64 now = sim_pay_get_platform_time (self);
  g_autoptr (JuminQuote) quote = NULL;
  g_autoptr (JuminCharge) charge = NULL;

  if (self->rival != NULL)
    {
      if (sim_pay_chance (self, 50))
        jumin_till_ledger_phone_pay (self->ledger, self->rival, "alipay", now);
      charge = jumin_till_ledger_close (self->ledger, RIVAL_TERMINAL, self->rival, now, NULL);
      sim_pay_tell (self, "another machine's order ends");
      return;
    }
  quote
      = sim_line_quote (self, RIVAL_TERMINAL, 1u << g_rand_int_range (self->random, 0, SIM_CLAIMS));
  self->rival = g_strdup ("a-rival-of-another-machine");
  if (quote != NULL)
    {
      const JuminTillOrder order = { .payment = self->rival,
                                     .terminal = RIVAL_TERMINAL,
                                     .digest = "rival",
                                     .quote = quote->id,
                                     .way = JUMIN_PAY_SCAN,
                                     .fen = quote->fen };

      charge = jumin_till_ledger_pay (self->ledger, &order, now, NULL, NULL);
    }
  sim_pay_tell (self, "another machine %s", charge != NULL ? "orders a bill" : "comes too late");
  sim_pay_add (self, SIM_EVENT_RIVAL, self->now + sim_pay_between (self, 500, RIVAL_MS));
}

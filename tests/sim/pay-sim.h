/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/cashier.h"
#include "payment/journal-file.h"
#include "power-vfs.h"
#include "sandbox/till-ledger.h"

G_BEGIN_DECLS

/* What the files of the payments' simulator share: pay-run.c (a run, and what happens when),
 * pay-machine.c (the kiosk: cashier, journal, power), pay-line.c (the network and the platform
 * behind it), pay-people.c (visits, phones, slips), pay-check.c (the invariants). */

#define SIM_SECOND G_GINT64_CONSTANT (1000000)

enum
{
  SIM_CLAIMS = 3,         /* bills of a run */
  SIM_SLIPS_MAX = 3,      /* that a person wants again */
  SIM_EVENTS_MAX = 20000, /* of a run; more: it does not settle */
  SIM_EPOCH = 1789500000  /* platform's time when a run begins */
};

/* What is broken. The names in the comments are those of the invariants. */
typedef enum
{
  SIM_LOST,    /* money was taken, and the machine does not know or says it was not (I2) */
  SIM_DOUBLED, /* a key was charged twice, or a bill paid twice (I1) */
  SIM_PHANTOM, /* paid here, and not at the platform, or another amount (I3, I12) */
  SIM_SCREEN,  /* the screen or a slip said what was not known (I4, I5, I6), or twice (I11) */
  SIM_JOURNAL, /* a row was lost or went back, or something was done without it (I2, I7-I9, I14) */
  SIM_STUCK,   /* not settled in time (I10) */
  SIM_N_BREACHES
} SimBreach;

typedef struct
{
  guint runs, cuts, restarts, faults, payments, paid, not_paid, manual, slips,
      breaches[SIM_N_BREACHES];
} SimPayTally;

/* What goes wrong with the disk, beside the power. */
typedef struct
{
  guint cuts_max;
  PowerFault disk;
} SimPayMode;

typedef enum
{
  SIM_SLIP_NONE,
  SIM_SLIP_FIRST,
  SIM_SLIP_AGAIN
} SimSlip;

/**
 * SimPayment:
 * @row: (nullable): as the disk was said to have it
 * @perhaps: (element-type JuminPayment): commits whose end nobody knows
 * @told: it was sent to the platform
 * @lied: the machine heard that it is paid otherwise than was quoted
 * @said: set of what was said about it, as bits; @saying: the last
 * @slips: that came out by themselves, @reprints: with the mark
 * @slip: what is to be printed once the disk has it
 *
 * What the simulator knows of a payment, believing nobody.
 */
typedef struct
{
  char *id, *code;
  const char *payer;
  JuminQuote *quote;
  JuminPayWay way;
  JuminPayment *row;
  GPtrArray *perhaps;
  gboolean told, lied, alarmed;
  guint said;
  int saying, slips, reprints;
  SimSlip slip;
} SimPayment;

typedef enum
{
  SIM_EVENT_BOOT,
  SIM_EVENT_WRITE,   /* a commit goes to the disk */
  SIM_EVENT_WRITTEN, /* and the cashier hears of it */
  SIM_EVENT_RELOAD,
  SIM_EVENT_ARRIVE, /* a request comes to the platform */
  SIM_EVENT_ANSWER, /* an answer, or silence, comes to the machine */
  SIM_EVENT_PERSON,
  SIM_EVENT_PHONE,
  SIM_EVENT_PRINTER,
  SIM_EVENT_RIVAL /* another machine, with the same bills */
} SimEventKind;

/* What came to the machine, perhaps more than once. */
typedef struct
{
  JuminCharge *charge;
  gboolean refused;
} SimAnswer;

/**
 * SimEvent:
 * @life: of the machine, where it dies with it; 0: it does not
 * @sender: life of the machine that asked
 * @answer: (nullable): counted reference; %NULL: silence
 * @good: it was written, the printer printed, the phone pays
 */
typedef struct
{
  SimEventKind kind;
  gint64 due;
  guint life, sender, turn;
  JuminTillEffectKind asked;
  SimPayment *about;
  JuminPayment *row;
  SimAnswer *answer;
  gboolean good;
} SimEvent;

/* Who stands there, and their phone. */
typedef struct
{
  SimPayment *payment;
  gboolean here, scanned;
  guint claims; /* what they want to pay, as bits */
  int tries;
} SimVisit;

typedef struct
{
  SimPayTally *tally;
  const SimPayMode *mode;
  GString *story; /* (nullable) */
  guint32 seed;
  GRand *random;
  gint64 now; /* microseconds since the run began */

  PowerDisk *disk;
  JuminJournalFile *journal; /* (nullable): not open */
  JuminCashier *cashier;     /* (nullable): no power */
  guint life, cuts_left;
  gint64 booted_at, disk_free_at;
  gboolean reloading, after_cut;

  JuminTillLedger *ledger;
  char *claims[SIM_CLAIMS], *rival;
  int bad_line; /* of a hundred messages */
  gint64 dead_from, dead_until;
  gboolean was_silent;

  GPtrArray *payments; /* SimPayment */
  GPtrArray *events;   /* SimEvent */
  SimVisit visit;
  int visits_left;
  gboolean ending;
} SimPay;

/* pay-run.c */
void sim_pay_run (PowerDisk *disk, JuminTillLedger *ledger, const SimPayMode *mode, guint32 seed,
                  SimPayTally *tally, GString *story);
gboolean sim_pay_chance (SimPay *self, int percent);
gint64 sim_pay_between (SimPay *self, gint64 from_ms, gint64 to_ms);
SimEvent *sim_pay_add (SimPay *self, SimEventKind kind, gint64 due);
SimPayment *sim_pay_find (SimPay *self, const char *id);
gint64 sim_pay_get_platform_time (const SimPay *self);
void sim_pay_tell (SimPay *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_answer_unref (SimAnswer *answer);

/* pay-machine.c */
void sim_machine_provision (PowerDisk *disk);
void sim_machine_boot (SimPay *self);
void sim_machine_reload (SimPay *self);
void sim_machine_step (SimPay *self, const JuminTillEvent *event);
void sim_machine_write (SimPay *self, SimEvent *event);
void sim_machine_tell_written (SimPay *self, const SimEvent *event);
void sim_machine_die (SimPay *self);
gint64 sim_machine_get_next (const SimPay *self);
gboolean sim_machine_begin (SimPay *self, const JuminPayment *payment);

/* pay-line.c */
void sim_line_send (SimPay *self, const JuminTillEffect *effect);
void sim_line_arrive (SimPay *self, const SimEvent *event);
void sim_line_answer (SimPay *self, const SimEvent *event);
gboolean sim_line_is_dead (const SimPay *self);
void sim_line_rival (SimPay *self);
JuminQuote *sim_line_quote (SimPay *self, const char *terminal, guint claims);
void sim_line_phone (SimPay *self, const SimEvent *event);

/* pay-people.c */
void sim_people_act (SimPay *self);
void sim_people_go (SimPay *self);
void sim_people_print (SimPay *self, SimPayment *payment, gboolean reprint);
void sim_people_on_written (SimPay *self, SimPayment *payment, const JuminPayment *row,
                            gboolean good);
void sim_people_on_printer (SimPay *self, const SimEvent *event);

/* pay-check.c */
void sim_check_breach (SimPay *self, SimBreach breach, const SimPayment *payment, const char *what);
void sim_check_write (SimPay *self, SimPayment *payment, const JuminPayment *row);
void sim_check_journal (SimPay *self, gboolean after_cut);
gboolean sim_check_told (SimPay *self, SimPayment *payment, const JuminTillEffect *effect);
void sim_check_says (SimPay *self);
void sim_check_slip (SimPay *self, SimPayment *payment, gboolean reprint);
void sim_check_settled (SimPay *self);
void sim_check_end (SimPay *self);

G_END_DECLS

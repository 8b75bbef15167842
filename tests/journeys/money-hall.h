/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "devices/virtual-code-scanner.h"
#include "fake-bank.h"
#include "virtual-hall.h"

G_BEGIN_DECLS

#define PAYMENT_CODE "134567890123456789"
#define OTHER_PAYMENT_CODE "281234567890123456"
#define CITY_CODE "6000000000000001.YKM11700000000V01.02.00112233445566778899AABBCCDDEEFF"

enum
{
  MONEY_BASKET_MAX = 3
};

/**
 * MoneyHall:
 * @bank: takes the money in the platform's stead: bills and quotes are the sandbox's
 * @journal_file: of @till
 *
 * A terminal that takes payments, before a platform of its own, on a clock that the test moves.
 * There is nobody at it yet.
 */
typedef struct
{
  Hall *hall;
  VirtualKiosk kiosk;
  const JuminScene *scene;
  FakeBank *bank;
  JuminPaymentsClient *payments;
  JuminJournal *journal;
  JuminTill *till;
  JuminVirtualCodeScanner *scanner;
  JuminAudit *log; /* of the till */
  char *journal_file, *log_dir;
} MoneyHall;

/**
 * MoneyWish:
 * @hour, @minute: when it begins; 0: in the morning
 * @no_journal: there is none
 * @platform: the sandbox takes the money, too, not the bank
 * @unresolved: so many payments of another life are in it, and the bank neither says nor
 *   closes anything
 * @paid: so many were paid yesterday, of which the bank knows nothing
 *
 * What is not as in most tests.
 */
typedef struct
{
  int hour, minute;
  gboolean no_journal, platform;
  guint unresolved, paid;
} MoneyWish;

/* @data: (nullable): a MoneyWish */
void money_open (MoneyHall *m, gconstpointer data);
void money_close (MoneyHall *m, gconstpointer data);
void money_act (MoneyHall *m, const char *action, const char *name, const char *value);
void money_await (MoneyHall *m, JuminPage page);
/* So many seconds pass, one by one, and what they bring about is done. */
void money_pass (MoneyHall *m, int seconds);
/* From home to the bills of who is signed in by card. */
void money_look_up (MoneyHall *m, const char *resident);
/* (nullable): the first bill that is due. @biller: (nullable): of this one */
const JuminBill *money_find_due (MoneyHall *m, const char *biller);
/* Whether the log says @event of @what; it is written by a thread. */
gboolean money_log_says (MoneyHall *m, const char *event, const char *what);
/* Ticks these, and pays. */
void money_pay_bills (MoneyHall *m, const char *const *bills);
/* Ticks the first @count that are due, and pays. */
void money_pay (MoneyHall *m, guint count);
/* The same, to the page of the order: its code is on the screen. */
void money_begin (MoneyHall *m, const char *resident);
/* By another way than the one that is shown; to its page. */
void money_choose_way (MoneyHall *m, JuminPayWay way);
gboolean money_show_code (MoneyHall *m, const char *text);
/* What the platform was asked about payments since the last time. */
void money_expect_calls (MoneyHall *m, const char *calls);
void money_fault (MoneyHall *m, const char *order);
guint money_count_slips (MoneyHall *m);
/* What a payer's phone or a company does at the sandbox, as its control socket takes it. */
void money_use_phone (MoneyHall *m, const char *order);
void money_tell_biller (MoneyHall *m, const char *order);
/* Nothing of a payment or of bills is in the scene. */
void money_expect_nothing_left (MoneyHall *m);

G_END_DECLS

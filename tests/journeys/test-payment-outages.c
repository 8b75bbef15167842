/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk under the journal fails while somebody pays, and the platform goes and comes again:
 * nothing is said that is not so, and nobody stands before a page that does not change. */
#include "../unit/frail-journal.h"
#include "money-hall.h"

enum
{
  CONFIRM_S = 20,
  JOURNAL_S = 2, /* after which the disk is tried again */
  HALL_S = 20,   /* in which the platform is asked for the hall */
  ASKED_MAX = 3,
  SOON_S = 5
};

static void
break_disk (MoneyHall *m)
{
  FrailDisk *disk = frail_journal_get_disk (m->journal);

  disk->fails_at = disk->puts + 1;
  disk->fails = G_MAXINT32;
}

static void
mend_disk (MoneyHall *m)
{
  frail_journal_get_disk (m->journal)->fails = 0;
  money_pass (m, JOURNAL_S);
}

/* What is on the disk alone was never sent. */
static void
test_nothing_can_be_begun (MoneyHall *m, gconstpointer data)
{
  FrailDisk *disk = frail_journal_get_disk (m->journal);

  money_look_up (m, "li-ceshi");
  disk->fails_at = disk->puts + GPOINTER_TO_UINT (data);
  disk->fails = G_MAXINT32;
  money_pay (m, 1);
  money_await (m, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (m->scene->trouble, ==, JUMIN_TROUBLE_PAY_JOURNAL);
  g_assert_null (m->scene->payment);
  money_expect_calls (m, "");
  money_pass (m, JOURNAL_S);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_NOTICE);
  money_act (m, "home", NULL, NULL);
  money_await (m, JUMIN_PAGE_HOME);
  money_expect_nothing_left (m);
}

/* Whoever wants to go does not stand before "please wait" until somebody mends the disk. */
static void
test_nothing_can_be_closed (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  break_disk (m);
  money_act (m, "home", NULL, NULL);
  money_pass (m, CONFIRM_S - 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_WAIT);
  money_pass (m, 2);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  AWAIT (m->scene->slip == JUMIN_SLIP_FAILED); /* the disk does not know of it */
  money_act (m, "back", NULL, NULL);           /* nothing leads to a second order */
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  mend_disk (m);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_NOT_PAID);
}

static void
test_who_wants_to_go_may (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  break_disk (m);
  money_act (m, "home", NULL, NULL);
  money_pass (m, CONFIRM_S + 1);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  money_act (m, "exit", NULL, NULL);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  money_expect_nothing_left (m);
  g_assert_cmpuint (jumin_till_count_unresolved (m->till), ==, 1);
}

/* It is paid, and nobody may say so; but nobody says that it is not. */
static void
test_what_is_not_written_is_not_denied (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  break_disk (m);
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, CONFIRM_S + SOON_S);
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_UNKNOWN);
  money_act (m, "check", NULL, NULL);
  money_pass (m, JOURNAL_S);
  g_assert_cmpint (m->scene->pay_check, ==, JUMIN_PAY_CHECK_SILENT);
  mend_disk (m);
  money_await (m, JUMIN_PAGE_PAID);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_PAID);
}

/* The key says why, and does not just do nothing. */
static void
test_more_says_why_not (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  money_await (m, JUMIN_PAGE_PAID);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  break_disk (m);
  money_act (m, "reprint", NULL, NULL);
  AWAIT (m->scene->slip == JUMIN_SLIP_FAILED);
  g_assert_cmpint (m->scene->till, ==, JUMIN_TILL_JOURNAL);
  money_act (m, "more", NULL, NULL);
  money_await (m, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (m->scene->trouble, ==, JUMIN_TROUBLE_PAY_JOURNAL);
  g_assert_null (m->scene->payment);
}

/* After an hour of silence a guard waits for minutes. */
static void
test_the_platform_is_there_again (MoneyHall *m, gconstpointer data)
{
  g_autofree char *payment = NULL;

  money_begin (m, "li-ceshi");
  payment = g_strdup (m->scene->payment->id);
  fake_bank_set_silent (m->bank, TRUE);
  money_fault (m, "drop-before hall 9999");
  jumin_virtual_card_reader_pull (m->kiosk.reader);
  money_pass (m, HALL_S);
  hall_pass (m->hall, HOUR_S);
  AWAIT (m->scene->platform_silent);
  fake_bank_set_silent (m->bank, FALSE);
  money_fault (m, "none");
  /* What was asked before may still fail after that. */
  for (int i = 0; i < ASKED_MAX && m->scene->platform_silent; i++)
    {
      money_pass (m, HALL_S);
      RUN_UNTIL (!m->scene->platform_silent);
    }
  g_assert_false (m->scene->platform_silent);
  money_pass (m, SOON_S);
  g_assert_null (jumin_till_find (m->till, payment));
}

static const struct
{
  const char *path;
  guint put;
  void (*test) (MoneyHall *m, gconstpointer data);
} tests[] = {
  { "/payment-outages/an_order_that_is_not_written_is_not_sent", 1, test_nothing_can_be_begun },
  { "/payment-outages/nor_one_that_was_about_to_be", 2, test_nothing_can_be_begun },
  { "/payment-outages/what_cannot_be_closed_is_told", 0, test_nothing_can_be_closed },
  { "/payment-outages/who_wants_to_go_may", 0, test_who_wants_to_go_may },
  { "/payment-outages/what_is_not_written_is_not_denied", 0,
    test_what_is_not_written_is_not_denied },
  { "/payment-outages/more_says_why_not", 0, test_more_says_why_not },
  { "/payment-outages/the_platform_is_there_again", 0, test_the_platform_is_there_again },
};

static void
open_plainly (MoneyHall *m, gconstpointer data)
{
  money_open (m, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, MoneyHall, GUINT_TO_POINTER (tests[i].put), open_plainly,
                tests[i].test, money_close);
  return g_test_run ();
}

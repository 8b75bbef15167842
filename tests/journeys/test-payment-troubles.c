/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go otherwise before and after money moves: a till that takes nothing, bills and quotes
 * that do not come, and paper that does not come out. */
#include "money-hall.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "model/hall-time.h"

enum
{
  LATE_HOUR = 21,
  LATE_MINUTE = 59,
  UNRESOLVED_MAX = 3,
  REPRINTS = 2
};

static const MoneyWish no_journal = { .no_journal = TRUE }, recovering = { .unresolved = 1 },
                       differs = { .paid = 1 },
                       many_unresolved = { .unresolved = UNRESOLVED_MAX + 1 },
                       late = { .hour = LATE_HOUR, .minute = LATE_MINUTE };

/* The tile begins nothing, and everything else goes on. */
static void
expect_closed (MoneyHall *m, JuminTillClosed closed, JuminTrouble trouble)
{
  JuminTrouble told;

  RUN_UNTIL (m->scene->till == closed);
  g_assert_cmpint (m->scene->till, ==, closed);
  g_assert_true (jumin_till_find_trouble (closed, &told));
  g_assert_cmpint (told, ==, trouble);
  money_act (m, "start", "id", "pay");
  g_assert_cmpint (m->scene->page, ==, JUMIN_PAGE_HOME);
  money_act (m, "start", "id", "queue");
  money_await (m, JUMIN_PAGE_CHOOSE);
  money_act (m, "home", NULL, NULL);
}

static void
expect_open (MoneyHall *m)
{
  AWAIT (m->scene->till == JUMIN_TILL_OPEN);
  money_look_up (m, "li-ceshi");
}

static void
test_no_journal (MoneyHall *m, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  expect_closed (m, JUMIN_TILL_JOURNAL, JUMIN_TROUBLE_PAY_JOURNAL);
  AWAIT (money_log_says (m, "trouble-began", "pay-journal"));
  jumin_journal_file_create (m->journal_file, NULL, &error);
  g_assert_no_error (error);
  money_pass (m, 2);
  expect_open (m);
  AWAIT (money_log_says (m, "trouble-ended", "pay-journal"));
}

/* What the journal held of the life before is asked about first. */
static void
test_recovering (MoneyHall *m, gconstpointer data)
{
  expect_closed (m, JUMIN_TILL_RECOVERING, JUMIN_TROUBLE_PAY_RECOVERING);
  g_assert_false (money_log_says (m, "trouble-began", "pay-recovering"));
  fake_bank_set_silent (m->bank, FALSE);
  money_pass (m, 20);
  expect_open (m);
}

static void
test_too_many_unresolved (MoneyHall *m, gconstpointer data)
{
  fake_bank_set_silent (m->bank, FALSE);
  money_pass (m, 20);
  expect_closed (m, JUMIN_TILL_UNRESOLVED, JUMIN_TROUBLE_PAY_UNRESOLVED);
  AWAIT (money_log_says (m, "trouble-began", "pay-unresolved"));
  fake_bank_set_busy (m->bank, FALSE);
  money_pass (m, 60);
  expect_open (m);
  AWAIT (money_log_says (m, "trouble-ended", "pay-unresolved"));
}

/* People pay as before; whoever looks into it has looked. */
static void
test_difference (MoneyHall *m, gconstpointer data)
{
  const char *id = jumin_trouble_get_id (JUMIN_TROUBLE_PAY_DIFFERENCE);

  AWAIT (jumin_till_has_difference (m->till));
  AWAIT (money_log_says (m, "trouble-began", id));
  expect_open (m);
  jumin_till_reconcile_async (
      m->till, jumin_hall_get_day (jumin_clock_get_wall (m->hall->clock), -1), NULL, NULL);
  AWAIT (money_log_says (m, "trouble-ended", id));
}

/* The disk is full from now on, or not any more. */
static void
fill_disk (gboolean full)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 0 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
expect_told (MoneyHall *m, JuminTrouble trouble)
{
  money_await (m, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (m->scene->trouble, ==, trouble);
  money_expect_calls (m, ""); /* nothing was charged */
}

/* What cannot be written down is not sent. */
static void
test_a_full_disk (MoneyHall *m, gconstpointer data)
{
  /* The logs warn of it. */
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  money_begin (m, "li-ceshi");
  money_choose_way (m, JUMIN_PAY_ACCOUNT);
  money_expect_calls (m, "pay1 state1 close1");
  fill_disk (TRUE);
  money_act (m, "confirm", NULL, NULL);
  RUN_UNTIL (m->scene->page == JUMIN_PAGE_NOTICE);
  fill_disk (FALSE);
  expect_told (m, JUMIN_TROUBLE_PAY_JOURNAL);
  g_assert_null (m->scene->payment);
  money_pass (m, 10);
  AWAIT (m->scene->till == JUMIN_TILL_OPEN);
  g_log_set_always_fatal (fatal);
  money_act (m, "home", NULL, NULL);
  money_act (m, "start", "id", "pay");
  money_await (m, JUMIN_PAGE_BILLS);
}

static void
test_no_bills (MoneyHall *m, gconstpointer data)
{
  hall_sign_in (m->hall, &m->kiosk, "li-ceshi");
  money_fault (m, "drop-before bills/list 99");
  money_act (m, "start", "id", "pay");
  expect_told (m, JUMIN_TROUBLE_BILLS_DOWN);
  money_fault (m, "none");
  money_act (m, "retry", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
}

static void
test_no_quote (MoneyHall *m, gconstpointer data)
{
  money_look_up (m, "li-ceshi");
  money_fault (m, "drop-before payments/quotes 99");
  money_pay (m, 1);
  expect_told (m, JUMIN_TROUBLE_QUOTE_FAILED);
  money_fault (m, "none");
  money_act (m, "retry", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  money_pay (m, 1);
  money_await (m, JUMIN_PAGE_PAY);
}

/* Somebody pays it elsewhere, while it is looked at here. */
static void
test_a_bill_is_taken (MoneyHall *m, gconstpointer data)
{
  const JuminBill *bill;
  g_autofree char *id = NULL, *claim = NULL;

  money_look_up (m, "li-ceshi");
  bill = money_find_due (m, NULL);
  id = g_strdup (bill->id);
  claim = g_strndup (id, (gsize)(strrchr (id, '-') - id)); /* without its amount */
  jumin_till_ledger_mark_bill (m->hall->platform->platform.pay->ledger, claim, JUMIN_BILL_PAID,
                               jumin_clock_get_wall (m->hall->clock));
  money_pay_bills (m, (const char *const[]){ id, NULL });
  expect_told (m, JUMIN_TROUBLE_BILL_TAKEN);
  money_act (m, "retry", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  bill = jumin_bills_find (m->scene->bills, id);
  g_assert_true (bill == NULL || bill->state == JUMIN_BILL_PAID);
}

static void
test_a_biller_closes (MoneyHall *m, gconstpointer data)
{
  const JuminBill *bill;

  money_look_up (m, "wang-yidai");
  bill = money_find_due (m, "water-town");
  g_assert_nonnull (bill);
  hall_pass (m->hall, MINUTE_S);
  money_act (m, "stay", NULL, NULL);
  money_pay_bills (m, (const char *const[]){ bill->id, NULL });
  expect_told (m, JUMIN_TROUBLE_BILLER_CLOSED);
  money_act (m, "retry", NULL, NULL);
  money_await (m, JUMIN_PAGE_BILLS);
  g_assert_null (money_find_due (m, "water-town"));
}

/* How the printer fails, and what is known of the paper then. */
static const struct
{
  const char *name;
  JuminPrinterStatus status;
  JuminFailure failure;
  gboolean failing;
  JuminSlip slip;
} printers[] = {
  { "no-paper", { .paper_end = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "cover-open", { .cover_open = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "cutter", { .cutter_fault = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "jam", { .jammed = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "unplugged", { .missing = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "silent", { .silent = TRUE }, 0, FALSE, JUMIN_SLIP_FAILED },
  { "paper-ends", { .ready = TRUE }, JUMIN_FAILURE_PRINTER_PAPER, TRUE, JUMIN_SLIP_FAILED },
  { "perhaps", { .ready = TRUE }, JUMIN_FAILURE_PRINTER_UNKNOWN, TRUE, JUMIN_SLIP_UNKNOWN },
};

/* Paid stays paid, the receipt is on the screen, and nothing is printed again by itself. */
static void
test_a_printer_that_fails (MoneyHall *m, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  JuminPrinterStatus ready = { .ready = TRUE };

  jumin_virtual_printer_set_status (m->kiosk.printer, &printers[i].status);
  if (printers[i].failing)
    jumin_virtual_printer_fail_next (m->kiosk.printer, printers[i].failure);
  money_begin (m, "li-ceshi");
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  money_await (m, JUMIN_PAGE_PAID);
  AWAIT (m->scene->slip == printers[i].slip);
  g_assert_cmpint (jumin_payment_get_say (m->scene->payment), ==, JUMIN_SAY_PAID);
  g_assert_cmpstr (m->scene->payment->receipt, !=, "");
  jumin_virtual_printer_set_status (m->kiosk.printer, &ready);
  money_pass (m, 20);
  g_assert_cmpuint (money_count_slips (m), ==, 0);
  money_expect_calls (m, "pay1 state1");
  AWAIT (m->scene->printer_ready);
  money_act (m, "reprint", NULL, NULL);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  g_assert_cmpuint (money_count_slips (m), ==, 1);
}

static void
test_reprints_are_counted (MoneyHall *m, gconstpointer data)
{
  money_begin (m, "li-ceshi");
  fake_bank_settle (m->bank, JUMIN_CHARGE_FULFILLED);
  money_pass (m, 2);
  money_await (m, JUMIN_PAGE_PAID);
  AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED);
  for (guint i = 1; i <= REPRINTS; i++)
    {
      money_act (m, "reprint", NULL, NULL);
      AWAIT (m->scene->slip == JUMIN_SLIP_PRINTED && money_count_slips (m) == i + 1);
      AWAIT (m->scene->payment->reprints == (int)i);
    }
  g_assert_cmpuint (m->scene->reprints_left, ==, 0);
  money_act (m, "reprint", NULL, NULL);
  money_pass (m, 1);
  g_assert_cmpuint (money_count_slips (m), ==, REPRINTS + 1);
}

typedef void (*Test) (MoneyHall *m, gconstpointer data);

static const struct
{
  const char *path;
  const MoneyWish *wish;
  Test test;
} tests[] = {
  { "/payment-troubles/without_a_journal_nothing_is_paid", &no_journal, test_no_journal },
  { "/payment-troubles/older_payments_are_asked_about_first", &recovering, test_recovering },
  { "/payment-troubles/with_too_many_unresolved_nothing_is_begun", &many_unresolved,
    test_too_many_unresolved },
  { "/payment-troubles/a_full_disk_begins_nothing", NULL, test_a_full_disk },
  { "/payment-troubles/staff_are_told_of_a_difference", &differs, test_difference },
  { "/payment-troubles/bills_that_do_not_come", NULL, test_no_bills },
  { "/payment-troubles/a_quote_that_does_not_come", NULL, test_no_quote },
  { "/payment-troubles/a_bill_that_is_taken_elsewhere", NULL, test_a_bill_is_taken },
  { "/payment-troubles/a_biller_that_closes", &late, test_a_biller_closes },
  { "/payment-troubles/reprints_are_marked_and_counted", NULL, test_reprints_are_counted },
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
    g_test_add (tests[i].path, MoneyHall, tests[i].wish, money_open, tests[i].test, money_close);
  for (gsize i = 0; i < G_N_ELEMENTS (printers); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/payment-troubles/paid_stays_paid/%s", printers[i].name);

      g_test_add (path, MoneyHall, GSIZE_TO_POINTER (i), open_plainly, test_a_printer_that_fails,
                  money_close);
    }
  return g_test_run ();
}

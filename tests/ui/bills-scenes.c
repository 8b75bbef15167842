/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the pages before a payment: the bills, another household's account number, the
 * waits, and the tile on the home page. */
#include "pay-sample.h"
#include "scenes.h"

/* ---- bills ----------------------------------------------------------------------------------- */

static void
bills_ticked (JuminScene *scene)
{
  jumin_sample_bills (scene);
  jumin_sample_tick (scene, 2);
}

/* One payment holds no more. */
static void
bills_most (JuminScene *scene)
{
  jumin_sample_bills (scene);
  for (int i = 0; i < JUMIN_BASKET_MAX; i++)
    jumin_sample_bill (scene->bills->homes->pdata[0], JUMIN_SAMPLE_WATER, 1200 + i, 20261205);
  jumin_sample_tick (scene, JUMIN_BASKET_MAX);
}

static void
bills_off (JuminScene *scene)
{
  jumin_sample_bills (scene);
  jumin_sample_nth_bill (scene, 0, 0)->state = JUMIN_BILL_PAID;
  jumin_sample_nth_bill (scene, 0, 1)->state = JUMIN_BILL_HELD;
  jumin_sample_nth_bill (scene, 0, 2)->state = JUMIN_BILL_CLOSED;
  jumin_sample_nth_bill (scene, 0, 2)->state_at = JUMIN_SAMPLE_NOW + 3600;
}

static void
bills_late (JuminScene *scene)
{
  jumin_sample_bills (scene);
  jumin_sample_nth_bill (scene, 0, 0)->due_on = 20261031;
  jumin_sample_nth_bill (scene, 0, 0)->late_fen = 126;
  jumin_sample_nth_bill (scene, 0, 1)->state = JUMIN_BILL_CLOSED;
  jumin_sample_nth_bill (scene, 0, 2)->due_on = 0;
}

static void
bills_none (JuminScene *scene)
{
  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_BILLS);
  scene->bills = jumin_bills_new ();
}

/* ---- another household's account ------------------------------------------------------------- */

static void
account (JuminScene *scene)
{
  jumin_sample_bills (scene);
}

static void
type (JuminScene *scene, JuminSampleBiller biller, const char *digits)
{
  jumin_sample_bills (scene);
  scene->biller = jumin_sample_biller (biller);
  scene->typed = jumin_secret_new ();
  for (const char *digit = digits; *digit != '\0'; digit++)
    jumin_secret_add (scene->typed, *digit);
}

static void
account_empty (JuminScene *scene)
{
  type (scene, JUMIN_SAMPLE_WATER, "");
}

static void
account_typed (JuminScene *scene)
{
  type (scene, JUMIN_SAMPLE_POWER, "500812345");
}

static void
account_wrong (JuminScene *scene)
{
  type (scene, JUMIN_SAMPLE_POWER, "500812345640");
  scene->typed_is = JUMIN_TYPED_WRONG;
}

static void
account_long (JuminScene *scene)
{
  type (scene, JUMIN_SAMPLE_HEAT, "1002123456789012340");
}

/* ---- waits ----------------------------------------------------------------------------------- */

static void
wait_paper (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->busy = JUMIN_BUSY_PAPER;
}

static void
wait_bills (JuminScene *scene)
{
  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_BILLS);
  scene->busy = JUMIN_BUSY_BILLS;
}

static void
wait_quote (JuminScene *scene)
{
  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_PAY);
  scene->busy = JUMIN_BUSY_QUOTE;
}

static void
wait_closing (JuminScene *scene)
{
  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_PAY);
  scene->busy = JUMIN_BUSY_CLOSING;
}

static void
wait_confirming (JuminScene *scene)
{
  jumin_sample_payer (scene, JUMIN_SAMPLE_STEP_PAY);
  scene->busy = JUMIN_BUSY_CONFIRMING;
}

/* ---- before anybody starts ------------------------------------------------------------------- */

static void
home_till_loading (JuminScene *scene)
{
  scene->till_there = TRUE;
  scene->till = JUMIN_TILL_LOADING;
}

static void
home_till_recovering (JuminScene *scene)
{
  scene->till_there = TRUE;
  scene->till = JUMIN_TILL_RECOVERING;
}

static void
home_till_unresolved (JuminScene *scene)
{
  scene->till_there = TRUE;
  scene->till = JUMIN_TILL_UNRESOLVED;
}

static void
home_till_journal (JuminScene *scene)
{
  scene->till_there = TRUE;
  scene->till = JUMIN_TILL_JOURNAL;
}

static void
home_till (JuminScene *scene)
{
  scene->till_there = TRUE;
}

const JuminFixture jumin_bills_states[] = {
  { .name = "home-till", .page = JUMIN_PAGE_HOME, .set = home_till },
  { .name = "home-till-loading", .page = JUMIN_PAGE_HOME, .set = home_till_loading },
  { .name = "home-till-recovering", .page = JUMIN_PAGE_HOME, .set = home_till_recovering },
  { .name = "home-till-unresolved", .page = JUMIN_PAGE_HOME, .set = home_till_unresolved },
  { .name = "home-till-journal", .page = JUMIN_PAGE_HOME, .set = home_till_journal },
  { .name = "bills", .page = JUMIN_PAGE_BILLS, .set = jumin_sample_bills },
  { .name = "bills-ticked", .page = JUMIN_PAGE_BILLS, .set = bills_ticked },
  { .name = "bills-full", .page = JUMIN_PAGE_BILLS, .worst = TRUE, .set = jumin_sample_bills_full },
  { .name = "bills-most", .page = JUMIN_PAGE_BILLS, .set = bills_most },
  { .name = "bills-off", .page = JUMIN_PAGE_BILLS, .set = bills_off },
  { .name = "bills-late", .page = JUMIN_PAGE_BILLS, .set = bills_late },
  { .name = "bills-none", .page = JUMIN_PAGE_BILLS, .set = bills_none },
  { .name = "account-biller", .page = JUMIN_PAGE_ACCOUNT, .set = account },
  { .name = "account-empty", .page = JUMIN_PAGE_ACCOUNT, .set = account_empty },
  { .name = "account-typed", .page = JUMIN_PAGE_ACCOUNT, .set = account_typed },
  { .name = "account-wrong", .page = JUMIN_PAGE_ACCOUNT, .set = account_wrong },
  { .name = "account-long", .page = JUMIN_PAGE_ACCOUNT, .worst = TRUE, .set = account_long },
  { .name = "wait-paper", .page = JUMIN_PAGE_WAIT, .set = wait_paper },
  { .name = "wait-bills", .page = JUMIN_PAGE_WAIT, .set = wait_bills },
  { .name = "wait-quote", .page = JUMIN_PAGE_WAIT, .set = wait_quote },
  { .name = "wait-closing", .page = JUMIN_PAGE_WAIT, .set = wait_closing },
  { .name = "wait-confirming", .page = JUMIN_PAGE_WAIT, .set = wait_confirming },
  { .name = NULL },
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes wrong on the way to a paper: it is told by its name, nothing of it is printed, and what
 * is somebody else's ends papers at this machine. */
#include "paper-hall.h"

enum
{
  LATE_MS = 4000
};

static void
test_late_paper (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  jumin_server_set_delay (h->hall->platform->server, LATE_MS);
  paper_hall_act (h, "paper", "value", "fund-deposit");
  paper_hall_leave (h);
  jumin_server_set_delay (h->hall->platform->server, 0);
  paper_hall_sign_in (h, "wang-yidai");
  jumin_clock_advance (h->hall->clock, LATE_MS);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_HOME);
  paper_hall_expect_nothing_left (h);
}

/* A paper that is spoilt is told, and fetched again. */
static void
test_spoilt (PaperHall *h, gconstpointer data)
{
  static const char *const faults[] = { "paper-cut", "paper-digest", "paper-seal" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *order = g_strconcat (faults[i], " documents 1", NULL);

      paper_hall_sign_in (h, "li-ceshi");
      paper_hall_act (h, "start", "id", "papers");
      virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
      paper_hall_fault (h, order);
      paper_hall_act (h, "paper", "value", "fund-deposit");
      paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPER_SPOILT);
      paper_hall_act (h, "retry", NULL, NULL);
      virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
      paper_hall_leave (h);
    }
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 0);
}

/* One of somebody else ends it for everybody. */
static void
test_foreign (PaperHall *h, gconstpointer fault)
{
  g_autofree char *order = g_strconcat (fault, " documents 1", NULL);

  paper_hall_open (h, NULL);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  paper_hall_fault (h, order);
  paper_hall_act (h, "paper", "value", "fund-deposit");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPER_FOREIGN);
  g_assert_null (h->scene->document);
  g_assert_true (h->scene->papers_locked);
  paper_hall_act (h, "retry", NULL, NULL);
  g_assert_null (h->scene->document);
  paper_hall_leave (h);
  paper_hall_sign_in (h, "wang-yidai");
  paper_hall_act (h, "start", "id", "papers");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPERS_LOCKED);
  paper_hall_act (h, "home", NULL, NULL);
  paper_hall_act (h, "start", "id", "fund");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_RECORD);
  g_assert_true (virtual_kiosk_says (&h->kiosks[0].kiosk, "现在不能打印"));
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 0);
  paper_hall_close (h, NULL);
}

static void
run_foreign (gconstpointer fault)
{
  PaperHall hall = { 0 };

  test_foreign (&hall, fault);
}

static void
test_office_down (PaperHall *h, gconstpointer data)
{
  h->hall->platform->staff.offices_closed = TRUE;
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPERS_DOWN);
  h->hall->platform->staff.offices_closed = FALSE;
  paper_hall_act (h, "retry", NULL, NULL);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
}

static const PaperHallWish without_ledger = { .no_ledger = TRUE };

static void
test_no_ledger (PaperHall *h, gconstpointer data)
{
  AWAIT (virtual_kiosk_says (&h->kiosks[0].kiosk, "本机现在不能打印证明"));
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPERS_LEDGER);
}

static const PaperHallWish two = { .more_kiosks = 1 };

/* The copies were printed at the next machine, since this one has asked. */
static void
test_not_entitled (PaperHall *h, gconstpointer data)
{
  VirtualKiosk *other = &h->kiosks[1].kiosk;

  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  hall_sign_in (h->hall, other, "li-ceshi");
  virtual_kiosk_act (other, "start", "id", "papers");
  virtual_kiosk_await (other, JUMIN_PAGE_PAPERS);
  virtual_kiosk_act (other, "paper", "value", "fund-deposit");
  virtual_kiosk_await (other, JUMIN_PAGE_PREVIEW);
  virtual_kiosk_act (other, "print", "copies", "3");
  AWAIT (other->scene->sheets == JUMIN_SHEETS_PRINTED);
  virtual_kiosk_act (other, "home", NULL, NULL);
  virtual_kiosk_act (other, "start", "id", "papers"); /* the platform has heard by then */
  virtual_kiosk_await (other, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "paper", "value", "fund-deposit");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPER_NOT_ENTITLED);
  paper_hall_act (h, "back", NULL, NULL);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  g_assert_false (jumin_scene_may_have (h->scene, "fund-deposit"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL); /* a desk that locks warns */
#define ADD_WITH(name, wish, test)                                                                 \
  g_test_add ("/paper-troubles/" name, PaperHall, wish, paper_hall_open, test, paper_hall_close)
#define ADD(name, test) ADD_WITH (name, NULL, test)
#define ADD_FOREIGN(fault)                                                                         \
  g_test_add_data_func ("/paper-troubles/what_is_somebody_elses_locks_all/" fault, fault,          \
                        run_foreign)
  ADD ("a_paper_that_is_late_is_nobodys", test_late_paper);
  ADD ("what_is_spoilt_is_fetched_again", test_spoilt);
  ADD ("an_office_that_is_down_is_told", test_office_down);
  ADD_WITH ("without_a_ledger_no_paper_goes_out", &without_ledger, test_no_ledger);
  ADD_WITH ("copies_that_are_gone_are_told", &two, test_not_entitled);
  ADD_FOREIGN ("paper-owner");
  ADD_FOREIGN ("paper-request");
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up what the offices know of a person: a terminal and the sandbox's people on one clock,
 * from the tile to the page, and what is left of it afterwards. */
#include "model/words.h"
#include "record-fixture.h"

enum
{
  VEIL_S = 30,
  IDLE_S = 90
};

static const JuminRecordBlock *
get_lines (const Visit *v)
{
  return jumin_record_find (jumin_scene_get_section (v->scene), JUMIN_BLOCK_LINES);
}

static void
test_all_records_come (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  for (int i = ACCOUNT; i <= WITHDRAWALS; i++)
    g_assert_nonnull (v->scene->records[i]);
  g_assert_null (v->scene->records[WITHDRAWALS + 1]);
  g_assert_cmpint (v->scene->section, ==, -1);
  g_assert_false (v->scene->revealed);
  AWAIT (visit_log_says (v, "record-shown", "fund-account"));
  AWAIT (visit_log_says (v, "record-shown", "fund-withdrawals"));
  visit_act (v, "home", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_HOME);
  visit_expect_nothing_left (v);
  visit_look_up (v, "social");
  g_assert_nonnull (v->scene->records[0]);
  g_assert_nonnull (v->scene->records[1]);
  g_assert_null (v->scene->records[2]);
}

static void
test_back_goes_home (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "section", "id", "fund-loan");
  g_assert_cmpint (v->scene->section, ==, LOAN);
  visit_act (v, "back", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_RECORD);
  g_assert_cmpint (v->scene->section, ==, -1);
  visit_act (v, "back", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_HOME);
  g_assert_nonnull (v->scene->identity);
  visit_expect_nothing_left (v);
}

static void
test_one_office_down (Visit *v, gconstpointer resident)
{
  visit_set_fault (v, "drop-before fund/loan 9");
  visit_look_up (v, "fund");
  g_assert_null (v->scene->records[LOAN]);
  g_assert_nonnull (v->scene->records[ACCOUNT]);
  g_assert_nonnull (v->scene->records[WITHDRAWALS]);
}

/* It alone is asked for again, and as often as somebody wants to. */
static void
test_what_did_not_come_is_asked_again (Visit *v, gconstpointer resident)
{
  const JuminRecord *account;
  guint step;

  visit_set_fault (v, "drop-before fund/loan 99");
  visit_look_up (v, "fund");
  account = v->scene->records[ACCOUNT];
  step = v->scene->step;
  visit_act (v, "section", "id", "fund-loan");
  g_assert_cmpuint (v->scene->step, <, step);
  AWAIT (v->scene->step == step);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
  g_assert_null (v->scene->records[LOAN]);
  g_assert_cmpint (v->scene->section, ==, -1);
  visit_set_fault (v, "none");
  visit_act (v, "section", "id", "fund-loan");
  AWAIT (v->scene->records[LOAN] != NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
  g_assert_true (v->scene->records[ACCOUNT] == account);
  g_assert_cmpint (v->scene->section, ==, -1);
}

static void
test_all_offices_down (Visit *v, gconstpointer resident)
{
  v->hall->platform->staff.offices_closed = TRUE;
  visit_act (v, "start", "id", "fund");
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_RECORDS_DOWN);
  AWAIT (visit_log_says (v, "trouble-told", "records-down"));
  visit_act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  v->hall->platform->staff.offices_closed = FALSE;
  visit_act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

static void
test_silence (Visit *v, gconstpointer resident)
{
  visit_set_fault (v, "drop-before all 99");
  visit_act (v, "start", "id", "fund");
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_PLATFORM_SILENT);
  visit_set_fault (v, "none");
  visit_act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

static void
test_reveal (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "reveal", "value", "nonsense");
  g_assert_false (v->scene->revealed);
  visit_act (v, "reveal", "value", "on");
  visit_act (v, "reveal", "value", "on");
  g_assert_true (v->scene->revealed);
  AWAIT (visit_log_says (v, "record-revealed", "fund"));
  visit_act (v, "reveal", "value", "off");
  g_assert_false (v->scene->revealed);
}

static void
test_veil (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "reveal", "value", "on");
  hall_pass (v->hall, VEIL_S - 1);
  visit_act (v, "section", "id", "fund-lines");
  g_assert_true (v->scene->revealed);
  hall_pass (v->hall, VEIL_S - 1);
  g_assert_true (v->scene->revealed);
  hall_pass (v->hall, 1);
  g_assert_false (v->scene->revealed);
  g_assert_cmpint (v->scene->section, ==, LINES);
  visit_act (v, "reveal", "value", "on");
  visit_act (v, "home", NULL, NULL);
  g_assert_false (v->scene->revealed);
  visit_look_up (v, "fund");
  g_assert_false (v->scene->revealed);
}

static void
test_pages (Visit *v, gconstpointer resident)
{
  static const char *const wrong[] = { "0", "-1", "1", "101", "2x", "", "99999999999999999999" };
  int pages;

  visit_look_up (v, "fund");
  visit_act (v, "page", "value", "2"); /* of nothing */
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  visit_act (v, "section", "id", "fund-lines");
  pages = get_lines (v)->pages;
  g_assert_cmpint (pages, >, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      visit_act (v, "page", "value", wrong[i]);
      g_assert_cmpint (v->scene->asked_page, ==, 0);
    }
  visit_act (v, "page", "value", "2");
  g_assert_cmpint (v->scene->asked_page, ==, 2);
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  AWAIT (get_lines (v)->page == 2);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  visit_act (v, "page", "value", "1");
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  visit_act (v, "page", "value", "3");
  AWAIT (get_lines (v)->page == 3);
  visit_act (v, "back", NULL, NULL);
  visit_act (v, "section", "id", "fund-lines");
  g_assert_cmpint (get_lines (v)->page, ==, 1);
}

static void
test_missing_page (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "section", "id", "fund-lines");
  visit_set_fault (v, "drop-before fund/lines 9");
  visit_act (v, "page", "value", "2");
  AWAIT (v->scene->page_failed);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  visit_set_fault (v, "none");
  visit_act (v, "page", "value", "2");
  g_assert_false (v->scene->page_failed);
  AWAIT (get_lines (v)->page == 2);
}

/* Two pages are asked for in a hurry: the last one is shown, whichever answers first. */
static void
test_late_page (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "section", "id", "fund-lines");
  visit_hold_answers (v);
  visit_act (v, "page", "value", "2");
  visit_act (v, "page", "value", "3");
  visit_release_answers (v);
  AWAIT (get_lines (v)->page == 3);
  visit_hold_answers (v);
  visit_act (v, "page", "value", "2");
  visit_act (v, "back", NULL, NULL);
  visit_release_answers (v);
  g_assert_null (v->scene->section_page);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
}

static void
test_late_after_exit (Visit *v, gconstpointer resident)
{
  visit_hold_answers (v);
  visit_act (v, "start", "id", "fund");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_CARD_OUT);
  visit_release_answers (v);
  visit_expect_nothing_left (v);
  g_assert_false (visit_log_says (v, "record-shown", "fund-account"));
}

static void
test_late_for_the_next (Visit *v, gconstpointer resident)
{
  visit_hold_answers (v);
  visit_act (v, "start", "id", "fund");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  visit_act (v, "home", NULL, NULL);
  hall_insert (v->hall, v->kiosk, "feng-bashi");
  AWAIT (v->scene->identity != NULL);
  visit_act (v, "start", "id", "fund");
  visit_release_answers (v);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
  g_assert_cmpint (jumin_record_find (v->scene->records[ACCOUNT], JUMIN_BLOCK_NOTICE)->notice, ==,
                   JUMIN_NOTICE_CLOSED);
}

static void
test_pulled_card (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "reveal", "value", "on");
  visit_act (v, "section", "id", "fund-lines");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_null (v->scene->identity);
  visit_expect_nothing_left (v);
}

/* The page has no paper behind it that this person can have. */
static void
test_refused_papers (Visit *v, gconstpointer resident)
{
  static const char *const papers[] = { "fund-deposit", "fund-settled", "social-rights", "" };

  visit_look_up (v, "fund");
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      visit_act (v, "paper", "value", papers[i]);
      g_assert_null (v->scene->paper);
      g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_RECORD);
    }
}

/* Nobody touches it: first it is veiled, then the visit ends. */
static void
test_idle (Visit *v, gconstpointer resident)
{
  visit_look_up (v, "fund");
  visit_act (v, "reveal", "value", "on");
  hall_pass (v->hall, IDLE_S);
  g_assert_false (v->scene->in_visit);
  visit_expect_nothing_left (v);
}

static void
test_exit_while_asking (Visit *v, gconstpointer resident)
{
  visit_hold_answers (v);
  visit_act (v, "start", "id", "fund");
  visit_act (v, "exit", NULL, NULL);
  visit_release_answers (v);
  g_assert_false (v->scene->in_visit);
  visit_expect_nothing_left (v);
}

static const struct
{
  const char *name, *resident;
  void (*test) (Visit *v, gconstpointer resident);
} tests[] = {
  { "/record/all_records_of_a_service_come", "li-ceshi", test_all_records_come },
  { "/record/back_leaves_a_section_then_the_page", "wang-yidai", test_back_goes_home },
  { "/record/one_that_does_not_come_leaves_the_others", "li-ceshi", test_one_office_down },
  { "/record/what_did_not_come_is_asked_again", "li-ceshi", test_what_did_not_come_is_asked_again },
  { "/record/all_offices_down_is_a_trouble", "li-ceshi", test_all_offices_down },
  { "/record/silence_is_a_trouble", "li-ceshi", test_silence },
  { "/record/figures_are_shown_to_who_asks", "li-ceshi", test_reveal },
  { "/record/figures_are_veiled_again", "wu-wujiu", test_veil },
  { "/record/lines_are_paged", "wu-wujiu", test_pages },
  { "/record/a_page_that_does_not_come_leaves_the_old_one", "wu-wujiu", test_missing_page },
  { "/record/a_late_page_is_nobodys", "wu-wujiu", test_late_page },
  { "/record/a_late_record_after_the_visit_is_nobodys", "wu-wujiu", test_late_after_exit },
  { "/record/a_late_record_is_not_the_next_persons", "wu-wujiu", test_late_for_the_next },
  { "/record/a_pulled_card_takes_everything_with_it", "wu-wujiu", test_pulled_card },
  { "/record/nobody_touches_it_and_all_is_gone", "li-ceshi", test_idle },
  { "/record/exit_while_it_is_asked_for", "li-ceshi", test_exit_while_asking },
  { "/record/no_paper_that_one_may_not_have", "li-ceshi", test_refused_papers },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Visit, tests[i].resident, visit_set_up, tests[i].test,
                visit_tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking up what the offices know of a person: a terminal and the sandbox's people on one clock,
 * from the tile to the page, and what is left of it afterwards. */
#include <string.h>

#include "model/words.h"
#include "virtual-hall.h"

enum
{
  ACCOUNT, /* records of the service "fund" */
  LINES,
  LOAN,
  WITHDRAWALS,
  LATE_MS = 4000,
  VEIL_S = 30
};

/* One terminal, whose person is signed in by card. */
typedef struct
{
  Hall *hall;
  VirtualKiosk *kiosk;
  const JuminScene *scene;
} Visit;

static void
set_up (Visit *v, gconstpointer resident)
{
  v->hall = hall_open (10, 26, 1);
  v->kiosk = v->hall->kiosks[0];
  v->scene = v->kiosk->scene;
  hall_sign_in (v->hall, v->kiosk, resident);
}

static void
tear_down (Visit *v, gconstpointer resident)
{
  hall_close (v->hall);
}

static void
act (Visit *v, const char *action, const char *name, const char *value)
{
  virtual_kiosk_act (v->kiosk, action, name, value);
}

static void
look_up (Visit *v, const char *service)
{
  act (v, "start", "id", service);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

static void
fault (Visit *v, const char *order)
{
  g_autoptr (GError) error = NULL;

  jumin_faults_set (jumin_server_get_faults (v->hall->platform->server), order, &error);
  g_assert_no_error (error);
}

/* From now on answers wait until the clock has moved. */
static void
hold_answers (Visit *v)
{
  jumin_server_set_delay (v->hall->platform->server, LATE_MS);
}

/* What was held is answered; whoever still listens has heard it. */
static void
release_answers (Visit *v)
{
  jumin_server_set_delay (v->hall->platform->server, 0);
  jumin_clock_advance (v->hall->clock, LATE_MS);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
expect_nothing_left (Visit *v)
{
  for (guint i = 0; i < JUMIN_SERVICE_RECORDS_MAX; i++)
    g_assert_null (v->scene->records[i]);
  g_assert_null (v->scene->section_page);
  g_assert_cmpint (v->scene->section, ==, -1);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  g_assert_false (v->scene->revealed);
}

static const JuminRecordBlock *
get_lines (const Visit *v)
{
  return jumin_record_find (jumin_scene_get_section (v->scene), JUMIN_BLOCK_LINES);
}

/* Whether the log says @event of @what; it is written by a thread. */
static gboolean
log_says (Visit *v, const char *event, const char *what)
{
  g_autofree char *path = g_build_filename (v->kiosk->audit_dir, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL, *first = g_strdup_printf ("\"%s\"", event),
                  *second = g_strdup_printf (":\"%s\"", what);
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], first) != NULL && strstr (lines[i], second) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_all_records_come (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  for (int i = ACCOUNT; i <= WITHDRAWALS; i++)
    g_assert_nonnull (v->scene->records[i]);
  g_assert_null (v->scene->records[WITHDRAWALS + 1]);
  g_assert_cmpint (v->scene->section, ==, -1);
  g_assert_false (v->scene->revealed);
  AWAIT (log_says (v, "record-shown", "fund-account"));
  AWAIT (log_says (v, "record-shown", "fund-withdrawals"));
  act (v, "home", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_HOME);
  expect_nothing_left (v);
  look_up (v, "social");
  g_assert_nonnull (v->scene->records[0]);
  g_assert_nonnull (v->scene->records[1]);
  g_assert_null (v->scene->records[2]);
}

static void
test_back_goes_home (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "section", "id", "fund-loan");
  g_assert_cmpint (v->scene->section, ==, LOAN);
  act (v, "back", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_RECORD);
  g_assert_cmpint (v->scene->section, ==, -1);
  act (v, "back", NULL, NULL);
  g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_HOME);
  g_assert_nonnull (v->scene->identity);
  expect_nothing_left (v);
}

static void
test_one_office_down (Visit *v, gconstpointer resident)
{
  fault (v, "drop-before fund/loan 9");
  look_up (v, "fund");
  g_assert_null (v->scene->records[LOAN]);
  g_assert_nonnull (v->scene->records[ACCOUNT]);
  g_assert_nonnull (v->scene->records[WITHDRAWALS]);
  act (v, "section", "id", "fund-loan");
  g_assert_cmpint (v->scene->section, ==, -1);
}

static void
test_all_offices_down (Visit *v, gconstpointer resident)
{
  v->hall->platform->staff.offices_closed = TRUE;
  act (v, "start", "id", "fund");
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_RECORDS_DOWN);
  AWAIT (log_says (v, "trouble-told", "records-down"));
  act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  v->hall->platform->staff.offices_closed = FALSE;
  act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

static void
test_silence (Visit *v, gconstpointer resident)
{
  fault (v, "drop-before all 99");
  act (v, "start", "id", "fund");
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_PLATFORM_SILENT);
  fault (v, "none");
  act (v, "retry", NULL, NULL);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
}

static void
test_reveal (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "reveal", "value", "nonsense");
  g_assert_false (v->scene->revealed);
  act (v, "reveal", "value", "on");
  act (v, "reveal", "value", "on");
  g_assert_true (v->scene->revealed);
  AWAIT (log_says (v, "record-revealed", "fund"));
  act (v, "reveal", "value", "off");
  g_assert_false (v->scene->revealed);
}

static void
test_veil (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "reveal", "value", "on");
  hall_pass (v->hall, VEIL_S - 1);
  act (v, "section", "id", "fund-lines");
  g_assert_true (v->scene->revealed);
  hall_pass (v->hall, VEIL_S - 1);
  g_assert_true (v->scene->revealed);
  hall_pass (v->hall, 1);
  g_assert_false (v->scene->revealed);
  g_assert_cmpint (v->scene->section, ==, LINES);
  act (v, "reveal", "value", "on");
  act (v, "home", NULL, NULL);
  g_assert_false (v->scene->revealed);
  look_up (v, "fund");
  g_assert_false (v->scene->revealed);
}

static void
test_pages (Visit *v, gconstpointer resident)
{
  static const char *const wrong[] = { "0", "-1", "1", "101", "2x", "", "99999999999999999999" };
  int pages;

  look_up (v, "fund");
  act (v, "page", "value", "2"); /* of nothing */
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  act (v, "section", "id", "fund-lines");
  pages = get_lines (v)->pages;
  g_assert_cmpint (pages, >, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      act (v, "page", "value", wrong[i]);
      g_assert_cmpint (v->scene->asked_page, ==, 0);
    }
  act (v, "page", "value", "2");
  g_assert_cmpint (v->scene->asked_page, ==, 2);
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  AWAIT (get_lines (v)->page == 2);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  act (v, "page", "value", "1");
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  act (v, "page", "value", "3");
  AWAIT (get_lines (v)->page == 3);
  act (v, "back", NULL, NULL);
  act (v, "section", "id", "fund-lines");
  g_assert_cmpint (get_lines (v)->page, ==, 1);
}

static void
test_missing_page (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "section", "id", "fund-lines");
  fault (v, "drop-before fund/lines 9");
  act (v, "page", "value", "2");
  AWAIT (v->scene->page_failed);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
  g_assert_cmpint (get_lines (v)->page, ==, 1);
  fault (v, "none");
  act (v, "page", "value", "2");
  g_assert_false (v->scene->page_failed);
  AWAIT (get_lines (v)->page == 2);
}

/* Two pages are asked for in a hurry: the last one is shown, whichever answers first. */
static void
test_late_page (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "section", "id", "fund-lines");
  hold_answers (v);
  act (v, "page", "value", "2");
  act (v, "page", "value", "3");
  release_answers (v);
  AWAIT (get_lines (v)->page == 3);
  hold_answers (v);
  act (v, "page", "value", "2");
  act (v, "back", NULL, NULL);
  release_answers (v);
  g_assert_null (v->scene->section_page);
  g_assert_cmpint (v->scene->asked_page, ==, 0);
}

static void
test_late_after_exit (Visit *v, gconstpointer resident)
{
  hold_answers (v);
  act (v, "start", "id", "fund");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_cmpint (v->scene->trouble, ==, JUMIN_TROUBLE_CARD_OUT);
  release_answers (v);
  expect_nothing_left (v);
  g_assert_false (log_says (v, "record-shown", "fund-account"));
}

static void
test_late_for_the_next (Visit *v, gconstpointer resident)
{
  hold_answers (v);
  act (v, "start", "id", "fund");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  act (v, "home", NULL, NULL);
  hall_insert (v->hall, v->kiosk, "feng-bashi");
  AWAIT (v->scene->identity != NULL);
  act (v, "start", "id", "fund");
  release_answers (v);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_RECORD);
  g_assert_cmpint (jumin_record_find (v->scene->records[ACCOUNT], JUMIN_BLOCK_NOTICE)->notice, ==,
                   JUMIN_NOTICE_CLOSED);
}

static void
test_pulled_card (Visit *v, gconstpointer resident)
{
  look_up (v, "fund");
  act (v, "reveal", "value", "on");
  act (v, "section", "id", "fund-lines");
  jumin_virtual_card_reader_pull (v->kiosk->reader);
  virtual_kiosk_await (v->kiosk, JUMIN_PAGE_NOTICE);
  g_assert_null (v->scene->identity);
  expect_nothing_left (v);
}

/* The page has no paper behind it that this person can have. */
static void
test_refused_papers (Visit *v, gconstpointer resident)
{
  static const char *const papers[] = { "fund-deposit", "fund-settled", "social-rights", "" };

  look_up (v, "fund");
  for (gsize i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      act (v, "paper", "id", papers[i]);
      g_assert_null (v->scene->paper);
      g_assert_cmpint (v->scene->page, ==, JUMIN_PAGE_RECORD);
    }
}

static const struct
{
  const char *name, *resident;
  void (*test) (Visit *v, gconstpointer resident);
} tests[] = {
  { "/record/all_records_of_a_service_come", "li-ceshi", test_all_records_come },
  { "/record/back_leaves_a_section_then_the_page", "wang-yidai", test_back_goes_home },
  { "/record/one_that_does_not_come_leaves_the_others", "li-ceshi", test_one_office_down },
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
  { "/record/no_paper_that_one_may_not_have", "li-ceshi", test_refused_papers },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  jumin_words_init (g_getenv ("JUMIN_LOCALEDIR"));
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Visit, tests[i].resident, set_up, tests[i].test, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A paper, from the tile to the sheet: a terminal, its desk, and the sandbox's people on one clock.
 * Whatever the printer and the platform do, nobody sees or holds what is somebody else's. */
#include "paper-hall.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum
{
  VEIL_S = 30,
  PREVIEW_S = 120,
  TAKE_S = 60,
  WATCHED_S = 6 /* the A4 printer is asked meanwhile how it is */
};

static void
await_sheets (PaperHall *h, JuminSheets sheets)
{
  AWAIT (h->scene->sheets == sheets);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_SHEETS);
}

static void
end_next (PaperHall *h, JuminOutcome outcome, int pages, JuminPageTroubles troubles)
{
  JuminPageReport report = { .outcome = outcome, .pages = pages, .troubles = troubles };

  jumin_virtual_page_printer_end_next (h->kiosks[0].printer, &report);
}

static void
hold (PaperHall *h, gboolean held)
{
  jumin_virtual_page_printer_hold (h->kiosks[0].printer, held);
}

static void
tell_progress (PaperHall *h, int copy, int pages, JuminPageTroubles troubles)
{
  jumin_page_printer_tell_progress (JUMIN_PAGE_PRINTER (h->kiosks[0].printer), copy, pages,
                                    troubles);
}

/* Returns: how many of the paper the person can have, as the platform says now */
static int
count_left (PaperHall *h, const char *kind)
{
  int copies;

  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  copies = jumin_entitlements_find (h->scene->entitlements, kind)->copies;
  paper_hall_act (h, "home", NULL, NULL);
  return copies;
}

static void
test_which_paper_is_asked (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "paper", "value", "fund-settled"); /* no loan of theirs is settled */
  paper_hall_act (h, "paper", "value", "nonsense");
  paper_hall_act (h, "paper", "value", JUMIN_PAPER_STATEMENT);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "paper", "value", "social-insured");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  g_assert_cmpstr (h->scene->document->kind, ==, "social-insured");
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_PAPERS);
  g_assert_null (h->scene->document);
  g_assert_null (h->scene->paper);
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_HOME);
  paper_hall_expect_nothing_left (h);
}

static void
expect_closed (PaperHall *h)
{
  g_assert_cmpint (jumin_terminal_open_document (h->kiosks[0].kiosk.terminal), ==, -1);
}

static void
expect_open (PaperHall *h)
{
  int descriptor = jumin_terminal_open_document (h->kiosks[0].kiosk.terminal);
  gsize length;
  const void *pdf = g_bytes_get_data (h->scene->document->pdf, &length);
  g_autofree char *read = g_malloc (length + 1);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (pread (descriptor, read, length + 1, 0), ==, (gssize)length);
  g_assert_cmpmem (read, length, pdf, length);
  g_assert_cmpint (write (descriptor, "x", 1), ==, -1);
  g_assert_cmpint (ftruncate (descriptor, 0), ==, -1);
  g_assert_cmpint (fcntl (descriptor, F_ADD_SEALS, 0), ==, -1);
  close (descriptor);
}

static void
test_veil (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  expect_closed (h);
  paper_hall_preview (h, "fund-deposit");
  expect_closed (h);
  paper_hall_act (h, "show", "value", "on");
  expect_open (h);
  paper_hall_act (h, "show", "value", "perhaps");
  expect_open (h);
  hall_pass (h->hall, VEIL_S - 1);
  paper_hall_act (h, "awake", NULL, NULL);
  hall_pass (h->hall, VEIL_S - 1);
  expect_open (h);
  hall_pass (h->hall, 1);
  g_assert_false (h->scene->document_shown);
  expect_closed (h);
  paper_hall_act (h, "show", "value", "on");
  paper_hall_act (h, "help", NULL, NULL);
  expect_closed (h); /* who comes to help is asked first */
  paper_hall_act (h, "stay", NULL, NULL);
  expect_closed (h);
  paper_hall_act (h, "show", "value", "on");
  paper_hall_act (h, "back", NULL, NULL);
  expect_closed (h);
}

static void
test_preview_ends (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_preview (h, "fund-deposit");
  hall_pass (h->hall, PREVIEW_S - HALF_S);
  g_assert_cmpint (h->scene->dialog, ==, JUMIN_DIALOG_ENDING);
  hall_pass (h->hall, HALF_S);
  g_assert_false (h->scene->in_visit);
  paper_hall_expect_nothing_left (h);
}

static void
test_copies (PaperHall *h, gconstpointer data)
{
  static const char *const refused[] = { "0", "4", "-1", "", "x", "1.5", "99999999999999999999" };

  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_preview (h, "fund-deposit");
  g_assert_cmpint (h->scene->document->copies, ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    paper_hall_act (h, "print", "copies", refused[i]);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_PREVIEW);
  paper_hall_act (h, "print", "copies", "2");
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  g_assert_cmpint (h->scene->copies, ==, 2);
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_UNASKED);
  paper_hall_act (h, "again", NULL, NULL);
  paper_hall_act (h, "replace", NULL, NULL);
  paper_hall_act (h, "got", "value", "no");
  paper_hall_act (h, "back", NULL, NULL);
  await_sheets (h, JUMIN_SHEETS_PRINTED); /* it stays, and what is printed is printed */
  hall_pass (h->hall, TAKE_S);
  g_assert_false (h->scene->in_visit);
  paper_hall_expect_nothing_left (h);
  jumin_virtual_card_reader_pull (h->kiosks[0].kiosk.reader);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_HOME);
  paper_hall_sign_in (h, "li-ceshi");
  g_assert_cmpint (count_left (h, "fund-deposit"), ==, 1);
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 1);
}

static void
test_progress (PaperHall *h, gconstpointer data)
{
  hold (h, TRUE);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  AWAIT (paper_hall_count_jobs (h) == 1);
  tell_progress (h, 1, 1, JUMIN_PAGE_BUSY | JUMIN_PAGE_PAPER_LOW);
  g_assert_cmpint (h->scene->sheets, ==, JUMIN_SHEETS_PRINTING);
  g_assert_cmpint (h->scene->sheet_page, ==, 1);
  hall_pass (h->hall, HOUR_S / 60); /* shorter than a job may stand still */
  tell_progress (h, 1, 1, JUMIN_PAGE_JAM);
  g_assert_cmpint (h->scene->sheets, ==, JUMIN_SHEETS_STOPPED);
  g_assert_cmpint (h->scene->sheet_troubles, ==, JUMIN_PAGE_JAM);
  tell_progress (h, 1, 1, JUMIN_PAGE_OUTPUT_FULL);
  g_assert_true (virtual_kiosk_says (&h->kiosks[0].kiosk, "出纸口满了"));
  g_assert_false (
      virtual_kiosk_says (&h->kiosks[0].kiosk, "取走")); /* what lies there is others' */
  paper_hall_act (h, "home", NULL, NULL);
  paper_hall_act (h, "back", NULL, NULL);
  paper_hall_act (h, "finish", NULL, NULL);
  hall_pass (h->hall, HOUR_S);
  g_assert_true (h->scene->in_visit);
  g_assert_cmpint (h->scene->dialog, ==, JUMIN_DIALOG_NONE);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_SHEETS);
  tell_progress (h, 1, 2, 0);
  hold (h, FALSE);
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  paper_hall_act (h, "finish", NULL, NULL);
  g_assert_false (h->scene->in_visit);
  g_assert_true (virtual_kiosk_says (&h->kiosks[0].kiosk, "已安全退出"));
}

static void
test_failed_again (PaperHall *h, gconstpointer data)
{
  end_next (h, JUMIN_OUTCOME_FAILED, 0, JUMIN_PAGE_PAPER_OUT);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  await_sheets (h, JUMIN_SHEETS_FAILED);
  g_assert_cmpint (h->scene->sheet_troubles, ==, JUMIN_PAGE_PAPER_OUT);
  paper_hall_act (h, "again", NULL, NULL);
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 2);
}

static void
test_replaced_once (PaperHall *h, gconstpointer data)
{
  g_autofree char *number = NULL;

  end_next (h, JUMIN_OUTCOME_PARTLY, 1, JUMIN_PAGE_JAM);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  await_sheets (h, JUMIN_SHEETS_PARTLY);
  g_assert_true (h->scene->replacement);
  g_assert_cmpint (h->scene->sheet_page, ==, 1);
  number = g_strdup (h->scene->document->number);
  paper_hall_act (h, "again", NULL, NULL);
  paper_hall_act (h, "back", NULL, NULL);
  await_sheets (h, JUMIN_SHEETS_PARTLY);
  paper_hall_fault (h, "drop-before documents 2");
  paper_hall_act (h, "replace", NULL, NULL);
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PLATFORM_SILENT);
  paper_hall_act (h, "retry", NULL, NULL);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  g_assert_cmpstr (h->scene->document->replaces, ==, number);
  g_assert_cmpstr (h->scene->document->number, !=, number);
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_PREVIEW);
  end_next (h, JUMIN_OUTCOME_PARTLY, 0, JUMIN_PAGE_JAM);
  paper_hall_act (h, "print", "copies", "1");
  await_sheets (h, JUMIN_SHEETS_PARTLY);
  g_assert_false (h->scene->replacement); /* once */
  paper_hall_act (h, "replace", NULL, NULL);
  g_assert_cmpint (h->scene->sheets, ==, JUMIN_SHEETS_PARTLY);
  paper_hall_act (h, "finish", NULL, NULL);
  paper_hall_expect_nothing_left (h);
}

static void
test_unknown (PaperHall *h, gconstpointer data)
{
  end_next (h, JUMIN_OUTCOME_UNKNOWN, 0, JUMIN_PAGE_SILENT);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  await_sheets (h, JUMIN_SHEETS_UNKNOWN);
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_ASKED);
  paper_hall_act (h, "again", NULL, NULL);
  paper_hall_act (h, "got", "value", "perhaps");
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_ASKED);
  paper_hall_act (h, "got", "value", "no");
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_LESS);
  paper_hall_act (h, "got", "value", "yes"); /* said is said */
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_LESS);
  await_sheets (h, JUMIN_SHEETS_PARTLY); /* void, and replaced */
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 1);
  g_assert_true (h->scene->replacement);
  paper_hall_act (h, "replace", NULL, NULL);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  g_assert_nonnull (h->scene->document->replaces);
  paper_hall_act (h, "print", "copies", "1");
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  paper_hall_act (h, "finish", NULL, NULL);
  g_assert_false (h->scene->in_visit);
}

static const PaperHallWish asking = { .ask_got = TRUE };

static void
test_asked (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_ASKED);
  paper_hall_act (h, "got", "value", "yes");
  g_assert_cmpint (h->scene->got, ==, JUMIN_GOT_ALL);
  paper_hall_act (h, "home", NULL, NULL);
  AWAIT (count_left (h, "fund-deposit") == 2);
}

/* The page of waiting has no way back: an answer that comes later would find another step. */
static void
test_no_way_back_from_waiting (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "paper", "value", "fund-deposit");
  hall_pass (h->hall, 1);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_WAIT);
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_WAIT);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  g_assert_true (h->scene->in_visit);
}

/* The page before stays for a moment while the paper is on its way: a screen that is drawn anew
 * then shows keys that do nothing. */
static void
test_a_page_that_is_left_is_left (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "papers");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "paper", "value", "fund-deposit");
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_PAPERS);
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_nonnull (h->scene->paper);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
}

/* Somebody goes while it prints: the next person sees nothing of it, and gets no page of papers
 * before it is over; what became of it is counted all the same. */
static void
leave_while_printing (PaperHall *h)
{
  hold (h, TRUE);
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_print (h, "fund-deposit", "1");
  AWAIT (paper_hall_count_jobs (h) == 1);
}

static void
expect_next_is_untouched (PaperHall *h)
{
  paper_hall_expect_nothing_left (h);
  hall_pass (h->hall, WATCHED_S);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (h->scene->sheets_ready); /* a printer that prints has no trouble */
  paper_hall_sign_in (h, "wang-yidai");
  paper_hall_act (h, "start", "id", "papers");
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPERS_BUSY);
  tell_progress (h, 1, 1, JUMIN_PAGE_PAPER_LOW);
  paper_hall_expect_nothing_left (h);
  paper_hall_act (h, "retry", NULL, NULL);
  paper_hall_await_trouble (h, JUMIN_TROUBLE_PAPERS_BUSY);
  hold (h, FALSE);
  AWAIT (h->scene->page == JUMIN_PAGE_PAPERS || h->scene->page == JUMIN_PAGE_PREVIEW);
  g_assert_cmpint (h->scene->sheets, ==, JUMIN_SHEETS_NONE);
  paper_hall_leave (h);
  paper_hall_sign_in (h, "li-ceshi");
  g_assert_cmpint (count_left (h, "fund-deposit"), ==, 2);
}

/* What is still coming is of them, so it is not said that nothing is here any more. */
static void
expect_paper_is_told (PaperHall *h)
{
  g_assert_true (virtual_kiosk_says (&h->kiosks[0].kiosk, "别忘了拿"));
  g_assert_false (virtual_kiosk_says (&h->kiosks[0].kiosk, "屏幕和本机"));
}

static void
test_exit_while_printing (PaperHall *h, gconstpointer data)
{
  leave_while_printing (h);
  paper_hall_act (h, "exit", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_TAKE_CARD);
  expect_paper_is_told (h);
  jumin_virtual_card_reader_pull (h->kiosks[0].kiosk.reader);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_HOME);
  expect_next_is_untouched (h);
}

static void
test_pulled_while_printing (PaperHall *h, gconstpointer data)
{
  leave_while_printing (h);
  jumin_virtual_card_reader_pull (h->kiosks[0].kiosk.reader);
  paper_hall_await_trouble (h, JUMIN_TROUBLE_SHEETS_LEFT);
  expect_paper_is_told (h);
  expect_next_is_untouched (h);
}

/* Who came by code has no card that would have to be taken. */
static void
test_exit_without_card_while_printing (PaperHall *h, gconstpointer data)
{
  leave_while_printing (h);
  ((JuminScene *)h->scene)->card_in = FALSE;
  paper_hall_act (h, "exit", NULL, NULL);
  paper_hall_await_trouble (h, JUMIN_TROUBLE_SHEETS_LEFT);
  expect_paper_is_told (h);
  jumin_virtual_card_reader_pull (h->kiosks[0].kiosk.reader);
  expect_next_is_untouched (h);
}

/* What this machine composes of the record: one copy, in letters of both sizes. */
static void
test_statement (PaperHall *h, gconstpointer data)
{
  g_autoptr (GBytes) plain = NULL;

  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "fund");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_RECORD);
  AWAIT (h->scene->entitlements != NULL);
  paper_hall_act (h, "paper", "value", JUMIN_PAPER_STATEMENT);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  plain = g_bytes_ref (h->scene->document->pdf);
  g_assert_cmpint (h->scene->document->copies, ==, 1);
  paper_hall_act (h, "show", "value", "on");
  paper_hall_act (h, "large", "value", "on");
  AWAIT (!g_bytes_equal (plain, h->scene->document->pdf));
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  g_assert_true (h->scene->large_print);
  expect_open (h);
  paper_hall_act (h, "back", NULL, NULL);
  g_assert_cmpint (h->scene->page, ==, JUMIN_PAGE_RECORD);
  g_assert_null (h->scene->document);
  g_assert_nonnull (h->scene->records[0]);
  paper_hall_act (h, "paper", "value", JUMIN_PAPER_STATEMENT);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  paper_hall_act (h, "print", "copies", "1");
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 1);
  paper_hall_act (h, "home", NULL, NULL);
  paper_hall_expect_nothing_left (h);
}

static void
expect_statement_again (PaperHall *h)
{
  await_sheets (h, JUMIN_SHEETS_PARTLY);
  g_assert_true (h->scene->replacement);
  g_assert_false (virtual_kiosk_says (&h->kiosks[0].kiosk, "编号"));
  paper_hall_act (h, "replace", NULL, NULL);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
}

/* A statement of which not all came out has no number that could be void: it is made anew. */
static void
test_statement_again (PaperHall *h, gconstpointer data)
{
  paper_hall_sign_in (h, "li-ceshi");
  paper_hall_act (h, "start", "id", "fund");
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_RECORD);
  paper_hall_act (h, "paper", "value", JUMIN_PAPER_STATEMENT);
  virtual_kiosk_await (&h->kiosks[0].kiosk, JUMIN_PAGE_PREVIEW);
  end_next (h, JUMIN_OUTCOME_PARTLY, 1, JUMIN_PAGE_JAM);
  paper_hall_act (h, "print", "copies", "1");
  expect_statement_again (h);
  end_next (h, JUMIN_OUTCOME_UNKNOWN, 0, JUMIN_PAGE_SILENT);
  paper_hall_act (h, "print", "copies", "1");
  await_sheets (h, JUMIN_SHEETS_UNKNOWN);
  paper_hall_act (h, "got", "value", "no");
  expect_statement_again (h);
  paper_hall_act (h, "print", "copies", "1");
  await_sheets (h, JUMIN_SHEETS_PRINTED);
  g_assert_cmpuint (paper_hall_count_jobs (h), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD_WITH(name, wish, test)                                                                 \
  g_test_add ("/paper-journey/" name, PaperHall, wish, paper_hall_open, test, paper_hall_close)
#define ADD(name, test) ADD_WITH (name, NULL, test)
  ADD ("which_paper_is_asked", test_which_paper_is_asked);
  ADD ("what_is_shown_is_veiled_again", test_veil);
  ADD ("a_paper_waits_only_so_long", test_preview_ends);
  ADD ("no_more_copies_than_there_are", test_copies);
  ADD ("a_visit_does_not_end_while_it_prints", test_progress);
  ADD ("what_failed_is_printed_again", test_failed_again);
  ADD ("half_a_paper_is_replaced_once", test_replaced_once);
  ADD ("what_nobody_knows_is_asked", test_unknown);
  ADD_WITH ("a_printer_that_may_lie_is_not_believed", &asking, test_asked);
  ADD ("waiting_has_no_way_back", test_no_way_back_from_waiting);
  ADD ("a_page_that_is_left_is_left", test_a_page_that_is_left_is_left);
  ADD ("who_leaves_while_it_prints_is_forgotten", test_exit_while_printing);
  ADD ("who_leaves_without_a_card_is_told_of_the_paper", test_exit_without_card_while_printing);
  ADD ("a_card_is_pulled_while_it_prints", test_pulled_while_printing);
  ADD ("a_statement_is_composed", test_statement);
  ADD ("half_a_statement_is_made_anew", test_statement_again);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper desk on a disk that becomes full: whoever waits goes on, and the books are made good.
 */
#include "desk-fixture.h"

#include <signal.h>
#include <sys/resource.h>

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
expect_healed (DeskFixture *self)
{
  g_autoptr (JuminPrintPending) pending = NULL;

  fill_disk (FALSE);
  jumin_clock_advance (self->clock, DESK_REPORT_MS);
  pending = desk_fixture_load (self);
  for (guint i = 0; i < pending->entries->len; i++)
    g_assert_true (((JuminPrintEntry *)pending->entries->pdata[i])->closed);
}

/* A disk that is full while it prints: the person is asked, and answered, all the same. */
static void
test_full_while_printing (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  DeskFixture said = { 0 };
  g_autoptr (GAsyncResult) result = NULL, answer = NULL;
  JuminPaperResult paper;

  desk_fixture_end_next (self, JUMIN_OUTCOME_UNKNOWN, 0, 0);
  jumin_virtual_page_printer_hold (self->printer, TRUE);
  jumin_paper_desk_release_async (self->desk, self->zhang, document, 1, desk_fixture_on_ready,
                                  self);
  while (desk_fixture_count_jobs (self) == 0)
    g_main_context_iteration (NULL, TRUE);
  fill_disk (TRUE);
  jumin_virtual_page_printer_hold (self->printer, FALSE);
  result = desk_fixture_wait_for_result (self);
  g_assert_true (jumin_paper_desk_release_finish (self->desk, result, &paper, NULL));
  jumin_paper_desk_confirm_async (self->desk, FALSE, desk_fixture_on_ready, &said);
  desk_fixture_settle (self);
  answer = g_steal_pointer (&said.result);
  g_assert_nonnull (answer);
  g_assert_true (jumin_paper_desk_confirm_finish (self->desk, answer));
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_VOID);
  expect_healed (self);
}

/* A lock that cannot be written down does not hold up who is printing. */
static void
test_full_while_locking (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = NULL;
  DeskFixture late = { 0 }, printing = { 0 };
  g_autoptr (GAsyncResult) refused = NULL, result = NULL;
  JuminPaperResult paper;

  fake_office_hold (self->office, TRUE);
  jumin_paper_desk_fetch_async (self->desk, self->li, DESK_KIND, NULL, desk_fixture_on_ready,
                                &late);
  while (fake_office_count_waiting (self->office) < 1)
    g_main_context_iteration (NULL, TRUE);
  fake_office_hold (self->office, FALSE);
  document = desk_fixture_fetch_good (self, self->zhang);
  jumin_virtual_page_printer_hold (self->printer, TRUE);
  jumin_paper_desk_release_async (self->desk, self->zhang, document, 1, desk_fixture_on_ready,
                                  &printing);
  while (desk_fixture_count_jobs (self) == 0)
    g_main_context_iteration (NULL, TRUE);
  fill_disk (TRUE);
  fake_office_deliver (self->office, 0, NULL,
                       g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN, "Another's"));
  refused = desk_fixture_wait_for_result (&late);
  jumin_virtual_page_printer_hold (self->printer, FALSE);
  desk_fixture_settle (self);
  result = g_steal_pointer (&printing.result);
  g_assert_nonnull (result);
  g_assert_true (jumin_paper_desk_release_finish (self->desk, result, &paper, NULL));
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  expect_healed (self);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/full-desk/" name, DeskFixture, NULL, desk_fixture_set_up, function,                \
              desk_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  ADD ("a_full_disk_keeps_nobody_waiting", test_full_while_printing);
  ADD ("a_lock_that_cannot_be_written_keeps_nobody_waiting", test_full_while_locking);
  return g_test_run ();
}

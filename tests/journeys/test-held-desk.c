/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper desk while the ledger writes a job down and the printer holds it: whichever of them
 * ends first, and whatever goes wrong, nothing comes out that is not on the disk. The linker puts
 * a ledger before the real one that writes, or fails, when the test wants it. */
#include "desk-fixture.h"
#include "printing/ledger-file.h"

gboolean __wrap_jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry,
                                       GError **error);
gboolean __real_jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry,
                                       GError **error);

static GMutex mutex;
static GCond cond;
static gboolean writing, failing;

gboolean
__wrap_jumin_ledger_file_add (JuminLedgerFile *self, const JuminPrintEntry *entry, GError **error)
{
  gboolean fails;

  g_mutex_lock (&mutex);
  while (!writing)
    g_cond_wait (&cond, &mutex);
  fails = failing;
  g_mutex_unlock (&mutex);
  if (!fails)
    return __real_jumin_ledger_file_add (self, entry, error);
  g_set_error_literal (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER, "The disk is gone");
  return FALSE;
}

static void
set_ledger (gboolean writes, gboolean fails)
{
  g_mutex_lock (&mutex);
  writing = writes;
  failing = fails;
  g_cond_broadcast (&cond);
  g_mutex_unlock (&mutex);
}

static void
iterate (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_printer_free (DeskFixture *self)
{
  DeskFixture asked = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  JuminPageStatus status;

  jumin_page_printer_query_async (JUMIN_PAGE_PRINTER (self->printer), NULL, desk_fixture_on_ready,
                                  &asked);
  result = desk_fixture_wait_for_result (&asked);
  jumin_page_printer_query_finish (JUMIN_PAGE_PRINTER (self->printer), result, &status, NULL);
  return (status.troubles & JUMIN_PAGE_BUSY) == 0;
}

/* The ledger has not answered, and the printer holds the job, or has refused it. */
static void
begin (DeskFixture *self, const JuminDocument *document)
{
  set_ledger (FALSE, FALSE);
  jumin_paper_desk_release_async (self->desk, self->zhang, document, 1, desk_fixture_on_ready,
                                  self);
  iterate ();
  g_assert_null (self->result);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
}

static JuminPaperResult
end (DeskFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = desk_fixture_wait_for_result (self);
  JuminPaperResult paper;

  jumin_paper_desk_release_finish (self->desk, result, &paper, error);
  g_assert_true (is_printer_free (self));
  return paper;
}

/* The entry is closed, the platform has heard that nothing came out, and it can be tried again. */
static void
expect_nothing_came (DeskFixture *self, const JuminDocument *document)
{
  g_autoptr (JuminPrintPending) pending = desk_fixture_load (self);
  JuminPaperResult paper;

  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, 0);
  set_ledger (TRUE, FALSE);
  paper = desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 1);
}

static void
test_ledger_first (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  begin (self, document);
  g_assert_false (is_printer_free (self));
  set_ledger (TRUE, FALSE);
  paper = end (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 1);
}

static void
test_stopped (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  begin (self, document);
  jumin_paper_desk_stop (self->desk);
  iterate ();
  g_assert_true (is_printer_free (self));
  g_assert_null (self->result);
  set_ledger (TRUE, FALSE);
  paper = end (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_FAILED);
  expect_nothing_came (self, document);
}

static void
test_ledger_fails (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GError) error = NULL;

  begin (self, document);
  set_ledger (TRUE, TRUE);
  end (self, &error);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_LEDGER);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_LEDGER);
  jumin_clock_advance (self->clock, DESK_REPORT_MS);
  expect_nothing_came (self, document);
}

static void
test_printer_is_not_ready (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  JuminPageStatus status = { .troubles = JUMIN_PAGE_PAPER_OUT };
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  jumin_virtual_page_printer_set_status (self->printer, &status);
  begin (self, document);
  g_assert_true (is_printer_free (self));
  set_ledger (TRUE, FALSE);
  paper = end (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpuint (paper.report.troubles, ==, JUMIN_PAGE_PAPER_OUT);
  status = (JuminPageStatus){ .ready = TRUE };
  jumin_virtual_page_printer_set_status (self->printer, &status);
  expect_nothing_came (self, document);
}

/* And whether or not the printer holds it then, papers are locked. */
static void
test_spoilt (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  JuminPageStatus status = { .ready = GPOINTER_TO_INT (data) };
  g_autoptr (JuminPrintPending) pending = NULL;
  g_autoptr (GError) error = NULL;

  jumin_virtual_page_printer_set_status (self->printer, &status);
  begin (self, document);
  g_assert_cmpint (is_printer_free (self), ==, !status.ready);
  ((char *)g_bytes_get_data (document->pdf, NULL))[12] ^= 1;
  set_ledger (TRUE, FALSE);
  end (self, &error);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_SPOILT);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_LOCKED);
  pending = desk_fixture_load (self);
  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
}

static void
test_desk_is_gone (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GError) error = NULL;

  begin (self, document);
  g_object_run_dispose (G_OBJECT (self->desk));
  iterate ();
  end (self, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  set_ledger (TRUE, FALSE);
  desk_fixture_close_desk (self);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
  desk_fixture_open_desk (self);
  desk_fixture_settle (self);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/held-desk/" name, DeskFixture, data, desk_fixture_set_up, function,                \
              desk_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  ADD ("nothing_comes_out_before_the_ledger_has_it", test_ledger_first, NULL);
  ADD ("a_held_job_is_taken_back", test_stopped, NULL);
  ADD ("a_ledger_that_fails_frees_the_printer", test_ledger_fails, NULL);
  ADD ("what_the_printer_refused_is_closed_when_it_is_written", test_printer_is_not_ready, NULL);
  ADD ("a_held_paper_that_is_spoilt_locks", test_spoilt, GINT_TO_POINTER (TRUE));
  ADD ("a_refused_paper_that_is_spoilt_locks", test_spoilt, GINT_TO_POINTER (FALSE));
  ADD ("a_desk_that_is_gone_lets_nothing_go", test_desk_is_gone, NULL);
  return g_test_run ();
}

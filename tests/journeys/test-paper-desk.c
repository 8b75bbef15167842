/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper desk with an office and a printer in the same process: who gets which paper, what the
 * ledger and the platform hear of it, and what locks it. */
#include "desk-fixture.h"
#include "journey/scene.h"
#include "printing/ledger-file.h"

#include <glib/gstdio.h>
#include <string.h>

/* A paper goes out, and with the end of the visit nothing of it is left to do. */
static void
test_printed (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (JuminPrintPending) asked = NULL, pending = NULL;
  JuminPaperResult paper = desk_fixture_release_good (self, self->zhang, document, 2);

  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 1);
  asked = desk_fixture_load (self);
  g_assert_cmpuint (asked->entries->len, ==, 1);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
  jumin_paper_desk_end_visit (self->desk);
  pending = desk_fixture_load (self);
  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_PRINTED);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, 2);
}

/* What was printed is not printed again, and what is left of the copies is another paper. */
static void
test_copies (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang), rest = NULL;
  g_autoptr (GError) many = NULL, again = NULL, over = NULL;
  JuminPaperResult paper;

  g_assert_false (
      desk_fixture_release (self, self->zhang, document, document->copies + 1, &paper, &many));
  g_assert_error (many, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
  desk_fixture_release_good (self, self->zhang, document, 2);
  g_assert_false (desk_fixture_release (self, self->zhang, document, 1, &paper, &again));
  g_assert_error (again, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
  rest = desk_fixture_fetch_good (self, self->zhang);
  g_assert_cmpstr (rest->number, !=, document->number);
  g_assert_cmpint (rest->copies, ==, FAKE_OFFICE_COPIES - 2);
  desk_fixture_release_good (self, self->zhang, rest, rest->copies);
  g_assert_null (desk_fixture_fetch (self, self->zhang, NULL, &over));
  g_assert_error (over, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_OPEN);
}

static void
test_failed (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  JuminPaperResult paper;

  desk_fixture_end_next (self, JUMIN_OUTCOME_FAILED, 0, 0);
  paper = desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_FAILED);
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
  paper = desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  jumin_paper_desk_confirm_async (self->desk, TRUE, NULL, NULL);
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, 1);
}

/* Returns: whether another paper is given */
static gboolean
confirm (DeskFixture *self, gboolean got)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_paper_desk_confirm_async (self->desk, got, desk_fixture_on_ready, self);
  result = desk_fixture_wait_for_result (self);
  return jumin_paper_desk_confirm_finish (self->desk, result);
}

static void
test_partly (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang), other = NULL;
  g_autoptr (GError) again = NULL, error = NULL;
  JuminPaperResult paper;

  desk_fixture_end_next (self, JUMIN_OUTCOME_PARTLY, 0, 1);
  paper = desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_PARTLY);
  g_assert_true (paper.replacement);
  g_assert_false (desk_fixture_release (self, self->zhang, document, 1, &paper, &again));
  g_assert_error (again, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
  other = desk_fixture_fetch (self, self->zhang, document->number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (other->replaces, ==, document->number);
  desk_fixture_end_next (self, JUMIN_OUTCOME_PARTLY, 0, 1);
  paper = desk_fixture_release_good (self, self->zhang, other, 1);
  g_assert_false (paper.replacement);
}

/* Nobody knows: the platform holds it; who has it says so, who has not is given none by us. */
static void
test_unknown (DeskFixture *self, gconstpointer data)
{
  gboolean got = GPOINTER_TO_INT (data);
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GError) again = NULL;
  JuminPaperResult paper;

  desk_fixture_end_next (self, JUMIN_OUTCOME_UNKNOWN, 0, 0);
  paper = desk_fixture_release_good (self, self->zhang, document, 2);
  g_assert_cmpint (paper.report.outcome, ==, JUMIN_OUTCOME_UNKNOWN);
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_HELD);
  g_assert_cmpint (confirm (self, got), ==, !got);
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==,
                   got ? JUMIN_DOCUMENT_PRINTED : JUMIN_DOCUMENT_VOID);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, got ? 2 : 0);
  g_assert_false (desk_fixture_release (self, self->zhang, document, 1, &paper, &again));
  g_assert_error (again, JUMIN_FAILURE, JUMIN_FAILURE_NOT_ENTITLED);
}

/* The printer says that it printed, the person that there is nothing: the number is void, and one
 * other is given for it; after that only people can help. */
static void
test_lie (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang), other = NULL;
  g_autoptr (GError) error = NULL;

  desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_true (confirm (self, FALSE));
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_VOID);
  other = desk_fixture_fetch (self, self->zhang, document->number, &error);
  g_assert_no_error (error);
  desk_fixture_release_good (self, self->zhang, other, 1);
  g_assert_false (confirm (self, FALSE));
  g_assert_cmpint (desk_fixture_get_paper (self, 1)->state, ==, JUMIN_DOCUMENT_VOID);
}

/* What nobody was asked about cannot be confirmed. */
static void
test_nothing_to_confirm (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);

  g_assert_false (confirm (self, FALSE));
  desk_fixture_release_good (self, self->zhang, document, 1);
  g_assert_false (confirm (self, TRUE));
  g_assert_false (confirm (self, FALSE));
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_PRINTED);
}

/* Asked again before there was an answer, it is the same request; the late answer is nobody's. */
static void
test_crossing (DeskFixture *self, gconstpointer data)
{
  DeskFixture first = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) late = NULL;
  g_autoptr (JuminDocument) document = NULL;

  fake_office_hold (self->office, TRUE);
  jumin_paper_desk_fetch_async (self->desk, self->zhang, DESK_KIND, NULL, desk_fixture_on_ready,
                                &first);
  desk_fixture_settle (self);
  jumin_paper_desk_fetch_async (self->desk, self->zhang, DESK_KIND, NULL, desk_fixture_on_ready,
                                self);
  while (fake_office_count_waiting (self->office) < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fake_office_get_papers (self->office)->len, ==, 1);
  for (int i = 0; i < 2; i++)
    fake_office_deliver (self->office, 0,
                         jumin_document_copy (desk_fixture_get_paper (self, 0)->document), NULL);
  result = desk_fixture_wait_for_result (&first);
  g_assert_null (jumin_paper_desk_fetch_finish (self->desk, result, &late));
  g_assert_error (late, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  result = desk_fixture_wait_for_result (self);
  document = jumin_paper_desk_fetch_finish (self->desk, result, NULL);
  g_assert_nonnull (document);
  desk_fixture_release_good (self, self->zhang, document, 1);
}

static void
test_late (DeskFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) late = NULL;

  fake_office_hold (self->office, TRUE);
  jumin_paper_desk_fetch_async (self->desk, self->zhang, DESK_KIND, NULL, desk_fixture_on_ready,
                                self);
  while (fake_office_count_waiting (self->office) < 1)
    g_main_context_iteration (NULL, TRUE);
  jumin_paper_desk_end_visit (self->desk);
  fake_office_deliver (self->office, 0,
                       jumin_document_copy (desk_fixture_get_paper (self, 0)->document), NULL);
  result = desk_fixture_wait_for_result (self);
  g_assert_null (jumin_paper_desk_fetch_finish (self->desk, result, &late));
  g_assert_error (late, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
unlock (DeskFixture *self)
{
  g_autoptr (JuminLedgerFile) file = jumin_ledger_file_open (self->path, NULL);

  g_assert_nonnull (file);
  g_assert_true (jumin_ledger_file_unlock (file, DESK_WALL_S, NULL));
}

/* A paper of somebody else prints nothing and locks the desk, over restarts, until staff have
 * looked. */
static void
test_foreign (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) foreign = desk_fixture_fetch_good (self, self->zhang), own = NULL;
  g_autoptr (GError) error = NULL, locked = NULL;
  JuminPaperResult paper;

  jumin_paper_desk_end_visit (self->desk);
  own = desk_fixture_fetch_good (self, self->li);
  g_assert_false (desk_fixture_release (self, self->li, foreign, 1, &paper, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_LOCKED);
  g_assert_false (desk_fixture_release (self, self->li, own, 1, &paper, &locked));
  g_assert_error (locked, JUMIN_FAILURE, JUMIN_FAILURE_PAPERS_LOCKED);
  for (int i = 0; i < 2; i++)
    {
      desk_fixture_settle (self);
      desk_fixture_close_desk (self);
      if (i == 1)
        unlock (self);
      desk_fixture_open_desk (self);
      desk_fixture_settle (self);
      g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==,
                       i == 1 ? JUMIN_PAPER_OPEN : JUMIN_PAPER_LOCKED);
    }
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
}

/* The platform signed a paper for somebody else. */
static void
test_foreign_platform (DeskFixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fake_office_hold (self->office, TRUE);
  jumin_paper_desk_fetch_async (self->desk, self->zhang, DESK_KIND, NULL, desk_fixture_on_ready,
                                self);
  while (fake_office_count_waiting (self->office) < 1)
    g_main_context_iteration (NULL, TRUE);
  fake_office_deliver (self->office, 0, NULL,
                       g_error_new (JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN, "Another's"));
  result = desk_fixture_wait_for_result (self);
  g_assert_null (jumin_paper_desk_fetch_finish (self->desk, result, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_LOCKED);
}

/* The bytes change after they came: that is found at the last moment, and the platform hears that
 * nothing came out. */
static void
test_spoilt (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (JuminPrintPending) pending = NULL;
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  ((char *)g_bytes_get_data (document->pdf, NULL))[12] ^= 1;
  g_assert_false (desk_fixture_release (self, self->zhang, document, 1, &paper, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_SPOILT);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_LOCKED);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
  pending = desk_fixture_load (self);
  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpuint (pending->locked_at, !=, 0);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, 0);
}

/* The visit ends while the ledger writes: at the last moment nobody is there. */
static void
test_ended_at_last_moment (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JuminPrintPending) pending = NULL;
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  jumin_paper_desk_release_async (self->desk, self->zhang, document, 1, desk_fixture_on_ready,
                                  self);
  jumin_paper_desk_end_visit (self->desk);
  result = desk_fixture_wait_for_result (self);
  g_assert_false (jumin_paper_desk_release_finish (self->desk, result, &paper, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pending = desk_fixture_load (self);
  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 0);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
}

/* The power goes while it prints: the next life asks the printer, and prints nothing. */
static void
test_restart (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang);
  g_autoptr (GAsyncResult) result = NULL;

  desk_fixture_end_next (self, JUMIN_OUTCOME_PARTLY, 0, 1);
  jumin_virtual_page_printer_hold (self->printer, TRUE);
  jumin_paper_desk_release_async (self->desk, self->zhang, document, 1, desk_fixture_on_ready,
                                  self);
  while (desk_fixture_count_jobs (self) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_run_dispose (G_OBJECT (self->desk));
  result = desk_fixture_wait_for_result (self);
  g_clear_object (&result);
  desk_fixture_close_desk (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_OPEN);
  desk_fixture_open_desk (self);
  desk_fixture_settle (self);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_OPEN);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->state, ==, JUMIN_DOCUMENT_VOID);
  g_assert_cmpuint (desk_fixture_count_jobs (self), ==, 1);
}

/* What the platform does not hear is told until it does, over restarts; nothing is fetched before.
 */
static void
test_deaf (DeskFixture *self, gconstpointer data)
{
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang), next = NULL;
  g_autoptr (GError) error = NULL;

  desk_fixture_release_good (self, self->zhang, document, 1);
  fake_office_set_deaf (self->office, TRUE);
  jumin_paper_desk_end_visit (self->desk);
  g_assert_null (desk_fixture_fetch (self, self->zhang, NULL, &error));
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PLATFORM_SILENT);
  desk_fixture_settle (self);
  desk_fixture_close_desk (self);
  desk_fixture_open_desk (self);
  desk_fixture_settle (self);
  fake_office_set_deaf (self->office, FALSE);
  g_assert_cmpuint (fake_office_count_reports (self->office), ==, 0);
  jumin_clock_advance (self->clock, DESK_REPORT_MS);
  desk_fixture_settle (self);
  g_assert_cmpint (desk_fixture_get_paper (self, 0)->printed, ==, 1);
  next = desk_fixture_fetch_good (self, self->zhang);
  g_assert_cmpint (next->copies, ==, FAKE_OFFICE_COPIES - 1);
}

/* A ledger that cannot be written closes the desk before anything is printed; it heals by itself.
 */
static void
test_ledger (DeskFixture *self, gconstpointer data)
{
  g_autofree char *away = g_strconcat (self->folder, "-away", NULL);
  g_autoptr (JuminDocument) document = NULL;

  desk_fixture_close_desk (self);
  g_assert_cmpint (g_rename (self->folder, away), ==, 0);
  desk_fixture_open_desk (self);
  while (jumin_paper_desk_get_closed (self->desk) != JUMIN_PAPER_LEDGER)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_rename (away, self->folder), ==, 0);
  jumin_clock_advance (self->clock, DESK_REPORT_MS);
  desk_fixture_settle (self);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_OPEN);
  document = desk_fixture_fetch_good (self, self->zhang);
  desk_fixture_release_good (self, self->zhang, document, 1);
}

/* A statement is its maker's alone; the platform hears nothing of it. */
static void
test_statement (DeskFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) pdf = fake_sheet_new (DESK_ZHANG, "none", JUMIN_PAPER_STATEMENT);
  g_autoptr (JuminDocument) document
      = jumin_paper_desk_take_statement (self->desk, self->zhang, pdf, 2, NULL);
  g_autoptr (JuminPrintPending) pending = NULL;

  g_assert_cmpstr (document->number, ==, "");
  desk_fixture_release_good (self, self->zhang, document, 1);
  jumin_paper_desk_end_visit (self->desk);
  pending = desk_fixture_load (self);
  g_assert_cmpuint (pending->entries->len, ==, 0);
  g_assert_cmpuint (fake_office_count_reports (self->office), ==, 0);
}

/* What happened is written down, and nobody's name or number. */
static void
test_audit (DeskFixture *self, gconstpointer data)
{
  static const char *const words[] = {
    "\"event\":\"paper-asked\",\"kind\":\"" DESK_KIND "\"",
    "\"event\":\"paper-released\",\"kind\":\"" DESK_KIND "\",\"copies\":2,\"pages\":2",
    "\"event\":\"paper-ended\",\"outcome\":\"unknown\"",
    "\"event\":\"paper-confirmed\",\"got\":\"no\"",
    "\"event\":\"paper-refused\",\"kind\":\"" DESK_KIND "\",\"fault\":\"request\"",
    "\"event\":\"papers-locked\",\"fault\":\"request\"",
  };
  g_autoptr (JuminDocument) document = desk_fixture_fetch_good (self, self->zhang), own = NULL;
  g_autofree char *path = g_build_filename (self->log_folder, JUMIN_AUDIT_FIRST_FILE, NULL);
  g_autofree char *text = NULL;
  JuminPaperResult paper;

  desk_fixture_end_next (self, JUMIN_OUTCOME_UNKNOWN, 0, 0);
  desk_fixture_release_good (self, self->zhang, document, 2);
  jumin_paper_desk_confirm_async (self->desk, FALSE, NULL, NULL);
  own = desk_fixture_fetch_good (self, self->li);
  g_assert_false (desk_fixture_release (self, self->li, document, 1, &paper, NULL));
  desk_fixture_close_desk (self);
  g_assert_finalize_object (self->audit);
  self->audit = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("'%s' is not in the log: %s", words[i], text);
  g_assert_null (strstr (text, DESK_ZHANG));
  g_assert_null (strstr (text, document->number));
  desk_fixture_open_desk (self);
  desk_fixture_settle (self);
}

#define ADD(name, function, data)                                                                  \
  g_test_add ("/paper-desk/" name, DeskFixture, data, desk_fixture_set_up, function,               \
              desk_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  ADD ("a_paper_is_told_when_the_visit_ends", test_printed, NULL);
  ADD ("there_are_never_more_copies_than_entitled", test_copies, NULL);
  ADD ("a_failed_paper_may_be_printed_again", test_failed, NULL);
  ADD ("a_half_paper_is_void_and_replaced_once", test_partly, NULL);
  ADD ("unknown_and_got_is_printed", test_unknown, GINT_TO_POINTER (TRUE));
  ADD ("unknown_and_not_got_is_void", test_unknown, GINT_TO_POINTER (FALSE));
  ADD ("printed_and_not_got_is_replaced_once", test_lie, NULL);
  ADD ("what_nobody_was_asked_about_cannot_be_confirmed", test_nothing_to_confirm, NULL);
  ADD ("asking_twice_is_one_request", test_crossing, NULL);
  ADD ("what_comes_after_the_visit_is_nobodys", test_late, NULL);
  ADD ("a_foreign_paper_locks_until_staff_have_looked", test_foreign, NULL);
  ADD ("a_paper_signed_for_another_locks", test_foreign_platform, NULL);
  ADD ("spoilt_bytes_lock", test_spoilt, NULL);
  ADD ("nobody_there_at_the_last_moment_prints_nothing", test_ended_at_last_moment, NULL);
  ADD ("a_restart_asks_the_printer_and_prints_nothing", test_restart, NULL);
  ADD ("the_platform_is_told_until_it_hears", test_deaf, NULL);
  ADD ("a_ledger_that_fails_closes_the_desk_and_heals", test_ledger, NULL);
  ADD ("a_statement_is_nobody_elses_to_hear_of", test_statement, NULL);
  ADD ("what_happened_is_written_down_and_nobodys_number", test_audit, NULL);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer's driver against the IPP printer peer, while a job is held: the printer is asked
 * whether it is ready, and gets nothing of the job before that is let go. */
#include "page-fixture.h"

/* The printer has said that it is ready, and some time passes; the job is not there. */
static void
await_ready (PageFixture *self)
{
  while (page_fixture_count (self, "asked=") == 0)
    ;
  page_fixture_tell (self, "wait 2");
  g_assert_cmpint (page_fixture_count (self, "jobs="), ==, 0);
}

static void
test_nothing_is_sent_before_it_is_let_go (PageFixture *self, gconstpointer data)
{
  JuminPageReport report;

  self->on_held = await_ready;
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpint (page_fixture_count (self, "sheets="), ==, PAGES);
}

static GCancellable *giving_up;

static void
give_up_held (PageFixture *self)
{
  await_ready (self);
  g_cancellable_cancel (giving_up);
}

/* Let go too late, it is not sent either; the next job is. */
static void
test_a_held_job_is_given_up (PageFixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = giving_up = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JuminPageReport report;

  self->on_held = give_up_held;
  report = page_fixture_print (self, 1, 0, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpint (page_fixture_count (self, "jobs="), ==, 0);
  self->on_held = NULL;
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
}

static void
run_out_held (PageFixture *self)
{
  await_ready (self);
  page_fixture_tell (self, "paper end");
}

static void
drop_held (PageFixture *self)
{
  await_ready (self);
  page_fixture_tell (self, "paper ok");
  page_fixture_tell (self, "drop");
}

/* What was ready when it was asked may have run out of paper, or hung up. */
static void
test_a_held_job_asks_again (PageFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JuminPageReport report;

  self->on_held = run_out_held;
  report = page_fixture_print (self, 1, 60000, NULL, &error);
  g_assert_error (error, JUMIN_FAILURE, JUMIN_FAILURE_PRINTER_PAPER);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpint (page_fixture_count (self, "jobs="), ==, 0);
  page_fixture_tell (self, "paper ok");
  self->on_held = drop_held;
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* Nobody lets it go, and nobody takes it back: it is not waited for without an end. */
static void
test_a_forgotten_job_is_given_up (PageFixture *self, gconstpointer data)
{
  JuminIppProfile hasty = page_fixture_profile;
  JuminPageJob job = { .token = PAGE_TOKEN, .pdf = self->pdf, .copies = 1, .pages = PAGES };
  g_autoptr (GAsyncResult) result = NULL;
  JuminPageReport report;

  hasty.first_ms = 100;
  page_fixture_make_printer (self, &hasty);
  jumin_page_printer_print_async (self->printer, &job, NULL, on_forgotten, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  jumin_page_printer_print_finish (self->printer, result, &report, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpint (page_fixture_count (self, "jobs="), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/held-page/" name, PageFixture, NULL, page_fixture_set_up, function,                \
              page_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nothing_is_sent_before_it_is_let_go", test_nothing_is_sent_before_it_is_let_go);
  ADD ("a_held_job_is_given_up", test_a_held_job_is_given_up);
  ADD ("a_printer_that_was_ready_is_asked_again", test_a_held_job_asks_again);
  ADD ("a_job_that_nobody_lets_go_is_given_up", test_a_forgotten_job_is_given_up);
  return g_test_run ();
}

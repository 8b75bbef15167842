/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-fixture.h"

#include "scratch-folder.h"

enum
{
  KEEP_DAYS = 30
};

void
desk_fixture_on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  DeskFixture *self = data;

  g_assert_null (self->result);
  self->result = g_object_ref (result);
}

GAsyncResult *
desk_fixture_wait_for_result (DeskFixture *self)
{
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&self->result);
}

/* Until the ledger has done all that was asked of it, and what came of that. */
void
desk_fixture_settle (DeskFixture *self)
{
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (JuminPrintPending) pending = NULL;

      jumin_print_ledger_load_async (self->ledger, desk_fixture_on_ready, self);
      result = desk_fixture_wait_for_result (self);
      pending = jumin_print_ledger_load_finish (self->ledger, result, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

JuminPrintPending *
desk_fixture_load (DeskFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  JuminPrintPending *pending;

  desk_fixture_settle (self);
  jumin_print_ledger_load_async (self->ledger, desk_fixture_on_ready, self);
  result = desk_fixture_wait_for_result (self);
  pending = jumin_print_ledger_load_finish (self->ledger, result, NULL);
  g_assert_nonnull (pending);
  return pending;
}

void
desk_fixture_open_desk (DeskFixture *self)
{
  JuminPaperDeskTools tools = { .clock = self->clock,
                                .printer = JUMIN_PAGE_PRINTER (self->printer),
                                .source = JUMIN_DOCUMENT_SOURCE (self->office),
                                .audit = self->audit,
                                .stopped_ms = 1000,
                                .report_ms = DESK_REPORT_MS };

  self->ledger = tools.ledger = jumin_print_ledger_new (self->path, KEEP_DAYS, self->clock);
  self->desk = jumin_paper_desk_new (&tools);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_SETTLING);
  jumin_paper_desk_start (self->desk);
}

/* The program ends, whatever is under way. */
void
desk_fixture_close_desk (DeskFixture *self)
{
  g_object_run_dispose (G_OBJECT (self->desk));
  desk_fixture_settle (self);
  jumin_virtual_page_printer_hold (self->printer, FALSE);
  desk_fixture_settle (self);
  g_assert_finalize_object (self->desk);
  g_assert_finalize_object (self->ledger);
}

void
desk_fixture_set_up (DeskFixture *self, gconstpointer data)
{
  JuminAuditSettings audit = { 0 };

  self->folder = g_dir_make_tmp ("jumin-desk-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "prints.db", NULL);
  self->clock = jumin_clock_new_manual (DESK_WALL_S);
  self->printer = jumin_virtual_page_printer_new ();
  self->office = fake_office_new ();
  self->zhang = jumin_identity_new (JUMIN_PROOF_CARD, "张三", DESK_ZHANG);
  self->li = jumin_identity_new (JUMIN_PROOF_CARD, "李四", DESK_LI);
  self->log_folder = g_dir_make_tmp ("jumin-desk-XXXXXX", NULL);
  audit.directory = self->log_folder;
  self->audit = jumin_audit_new (&audit, self->clock, NULL);
  desk_fixture_open_desk (self);
  desk_fixture_settle (self);
  g_assert_cmpint (jumin_paper_desk_get_closed (self->desk), ==, JUMIN_PAPER_OPEN);
}

void
desk_fixture_tear_down (DeskFixture *self, gconstpointer data)
{
  desk_fixture_close_desk (self);
  g_clear_object (&self->audit);
  scratch_folder_remove (self->log_folder);
  g_free (self->log_folder);
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->office);
  jumin_identity_unref (self->zhang);
  jumin_identity_unref (self->li);
  g_assert_finalize_object (self->clock);
  scratch_folder_remove (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

JuminDocument *
desk_fixture_fetch (DeskFixture *self, JuminIdentity *holder, const char *replaces, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_paper_desk_fetch_async (self->desk, holder, DESK_KIND, replaces, desk_fixture_on_ready,
                                self);
  result = desk_fixture_wait_for_result (self);
  return jumin_paper_desk_fetch_finish (self->desk, result, error);
}

JuminDocument *
desk_fixture_fetch_good (DeskFixture *self, JuminIdentity *holder)
{
  g_autoptr (GError) error = NULL;
  JuminDocument *document = desk_fixture_fetch (self, holder, NULL, &error);

  g_assert_no_error (error);
  return document;
}

gboolean
desk_fixture_release (DeskFixture *self, JuminIdentity *holder, const JuminDocument *document,
                      int copies, JuminPaperResult *paper, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_paper_desk_release_async (self->desk, holder, document, copies, desk_fixture_on_ready,
                                  self);
  result = desk_fixture_wait_for_result (self);
  return jumin_paper_desk_release_finish (self->desk, result, paper, error);
}

JuminPaperResult
desk_fixture_release_good (DeskFixture *self, JuminIdentity *holder, const JuminDocument *document,
                           int copies)
{
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  g_assert_true (desk_fixture_release (self, holder, document, copies, &paper, &error));
  g_assert_no_error (error);
  return paper;
}

guint
desk_fixture_count_jobs (DeskFixture *self)
{
  return jumin_virtual_page_printer_get_documents (self->printer)->len;
}

const FakePaper *
desk_fixture_get_paper (DeskFixture *self, guint index)
{
  return fake_office_get_papers (self->office)->pdata[index];
}

void
desk_fixture_end_next (DeskFixture *self, JuminOutcome outcome, int copies, int pages)
{
  JuminPageReport report = { .outcome = outcome, .copies = copies, .pages = pages };

  jumin_virtual_page_printer_end_next (self->printer, &report);
}

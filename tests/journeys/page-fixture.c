/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* Nominal: divided by SPEED. */
const JuminIppProfile page_fixture_profile = {
  .open_ms = 2000,
  .answer_ms = 2000,
  .look_ms = 100,
  .lost_ms = 3000,
  .first_ms = 20000,
  .page_ms = 20000,
  .cancel_ms = 3000,
  .counts_pages = TRUE,
};

static void
on_told (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  PageFixture *self = data;

  g_assert_cmpint (pages, >=, copy == 1 ? self->progress_pages : 0);
  self->progress_pages = pages;
  self->progress_troubles |= troubles;
  self->n_progress++;
}

static GBytes *
make_pdf (void)
{
  GString *text = g_string_new ("%PDF-1.4\n1 0 obj<</Type /Pages /Count 3>>endobj\n");

  for (int i = 0; i < PAGES; i++)
    g_string_append_printf (text, "%d 0 obj<</Type /Page /Parent 1 0 R>>endobj\n", i + 2);
  for (int i = 0; i < 2000; i++)
    g_string_append (text, "% so that it takes several writes to send\n");
  g_string_append (text, "%%EOF\n");
  return g_string_free_to_bytes (text);
}

void
page_fixture_make_printer (PageFixture *self, const JuminIppProfile *with)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->printer);
  self->printer = jumin_ipp_printer_new (self->peer->ready, with, self->clock, &error);
  g_assert_no_error (error);
  g_signal_connect (self->printer, "progress", G_CALLBACK (on_told), self);
}

void
page_fixture_set_up (PageFixture *self, gconstpointer data)
{
  g_autofree char *page_ms = g_strdup_printf ("%d", PAGE_MS);

  self->dir = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  g_autofree char *control = g_build_filename (self->dir, "control", NULL);
  self->peer = jumin_peer_run ("jumin-peer-ipp-printer", control, "--dir", self->dir, "--page-ms",
                               page_ms, NULL);
  self->clock = jumin_clock_new (SPEED);
  self->pdf = make_pdf ();
  page_fixture_make_printer (self, &page_fixture_profile);
}

void
page_fixture_tear_down (PageFixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->clock);
  g_bytes_unref (self->pdf);
  jumin_peer_run_end (self->peer);
  folder = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->dir, name, NULL);
      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_free (self->dir);
}

void
page_fixture_tell (PageFixture *self, const char *command)
{
  g_autofree char *reply = jumin_peer_ask (self->peer, command);

  g_assert_cmpstr (reply, ==, "ok");
}

int
page_fixture_count (PageFixture *self, const char *name)
{
  g_autofree char *reply = jumin_peer_ask (self->peer, "status");
  const char *found = strstr (reply, name);

  g_assert_nonnull (found);
  return atoi (found + strlen (name));
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((PageFixture *)data)->result = g_object_ref (result);
}

static void
wait_for_result (PageFixture *self)
{
  g_assert_null (self->result);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
page_fixture_query (PageFixture *self, JuminPageStatus *status)
{
  jumin_page_printer_query_async (self->printer, NULL, on_ready, self);
  wait_for_result (self);
  g_assert_true (jumin_page_printer_query_finish (self->printer, self->result, status, NULL));
  g_clear_object (&self->result);
}

JuminPageReport
page_fixture_print (PageFixture *self, int copies, guint stopped_ms, GCancellable *cancellable,
                    GError **error)
{
  JuminPageJob job = { .token = PAGE_TOKEN,
                       .pdf = self->pdf,
                       .copies = copies,
                       .pages = PAGES,
                       .stopped_ms = stopped_ms };
  JuminPageReport report;

  self->progress_pages = 0;
  self->n_progress = 0;
  self->progress_troubles = 0;
  jumin_page_printer_print_async (self->printer, &job, cancellable, on_ready, self);
  if (self->on_held != NULL)
    self->on_held (self);
  jumin_page_printer_let_go (self->printer, PAGE_TOKEN);
  wait_for_result (self);
  g_assert_cmpint (jumin_page_printer_print_finish (self->printer, self->result, &report, error),
                   ==, report.outcome == JUMIN_OUTCOME_PRINTED);
  g_clear_object (&self->result);
  return report;
}

JuminPageReport
page_fixture_settle (PageFixture *self, const char *token, int copies)
{
  JuminPageJob job = { .token = token, .copies = copies, .pages = PAGES };
  JuminPageReport report;

  jumin_page_printer_settle_async (self->printer, &job, NULL, on_ready, self);
  wait_for_result (self);
  jumin_page_printer_settle_finish (self->printer, self->result, &report, NULL);
  g_clear_object (&self->result);
  return report;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer without a device does what the journey's tests build on. */
#include "devices/virtual-page-printer.h"

#define TOKEN "7d1f2c3e-4b5a-4c6d-8e9f-0a1b2c3d4e5f"

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static JuminPageReport
print (JuminPagePrinter *printer)
{
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  JuminPageJob job = { .token = TOKEN, .pdf = pdf, .copies = 2, .pages = 1 };
  g_autoptr (GAsyncResult) result = NULL;
  JuminPageReport report;

  jumin_page_printer_print_async (printer, &job, NULL, on_ready, &result);
  jumin_page_printer_let_go (printer, TOKEN);
  g_assert_null (result);
  jumin_page_printer_print_finish (printer, wait_for (&result), &report, NULL);
  return report;
}

static void
test_a_job_ends_as_it_was_told (void)
{
  JuminVirtualPagePrinter *self = jumin_virtual_page_printer_new ();
  JuminPagePrinter *printer = JUMIN_PAGE_PRINTER (self);
  JuminPageReport next = { .outcome = JUMIN_OUTCOME_PARTLY, .copies = 1 };
  JuminPageStatus no_paper = { .troubles = JUMIN_PAGE_PAPER_OUT };
  JuminPageReport report = print (printer);

  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_assert_cmpint (report.copies, ==, 2);
  jumin_virtual_page_printer_end_next (self, &next);
  report = print (printer);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PARTLY);
  jumin_virtual_page_printer_set_status (self, &no_paper);
  report = print (printer);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  g_assert_cmpuint (report.troubles, ==, JUMIN_PAGE_PAPER_OUT);
  g_assert_cmpuint (jumin_virtual_page_printer_get_documents (self)->len, ==, 2);
  g_assert_finalize_object (self);
}

static void
test_a_held_job_is_under_way (void)
{
  g_autoptr (JuminVirtualPagePrinter) self = jumin_virtual_page_printer_new ();
  JuminPagePrinter *printer = JUMIN_PAGE_PRINTER (self);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  JuminPageJob job = { .token = TOKEN, .pdf = pdf, .copies = 1, .pages = 1 };
  g_autoptr (GAsyncResult) printed = NULL, asked = NULL;
  JuminPageReport report;
  JuminPageStatus status;

  jumin_virtual_page_printer_hold (self, TRUE);
  jumin_page_printer_print_async (printer, &job, NULL, on_ready, &printed);
  jumin_page_printer_let_go (printer, TOKEN);
  jumin_page_printer_query_async (printer, NULL, on_ready, &asked);
  g_assert_true (jumin_page_printer_query_finish (printer, wait_for (&asked), &status, NULL));
  g_assert_true (status.troubles & JUMIN_PAGE_BUSY);
  g_assert_null (printed);
  jumin_virtual_page_printer_hold (self, FALSE);
  g_assert_true (jumin_page_printer_print_finish (printer, wait_for (&printed), &report, NULL));
}

static void
test_nothing_comes_out_before_it_is_let_go (void)
{
  JuminVirtualPagePrinter *self = jumin_virtual_page_printer_new ();
  JuminPagePrinter *printer = JUMIN_PAGE_PRINTER (self);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  JuminPageJob job = { .token = TOKEN, .pdf = pdf, .copies = 1, .pages = 1 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) given_up = NULL;
  JuminPageReport report;

  jumin_page_printer_print_async (printer, &job, cancellable, on_ready, &given_up);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (given_up);
  g_cancellable_cancel (cancellable);
  jumin_page_printer_print_finish (printer, wait_for (&given_up), &report, NULL);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_FAILED);
  jumin_page_printer_let_go (printer, TOKEN);
  g_assert_cmpuint (jumin_virtual_page_printer_get_documents (self)->len, ==, 0);
  report = print (printer);
  g_assert_cmpint (report.outcome, ==, JUMIN_OUTCOME_PRINTED);
  g_clear_object (&given_up);
  g_assert_finalize_object (self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual-page-printer/a_job_ends_as_it_was_told",
                   test_a_job_ends_as_it_was_told);
  g_test_add_func ("/virtual-page-printer/a_held_job_is_under_way", test_a_held_job_is_under_way);
  g_test_add_func ("/virtual-page-printer/nothing_comes_out_before_it_is_let_go",
                   test_nothing_comes_out_before_it_is_let_go);
  return g_test_run ();
}

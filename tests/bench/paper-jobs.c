/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints one certificate again and again, by the A4 printer's driver, at several printers in turn.
 *
 *   build/tests/bench/paper-jobs RUNS URI…
 *
 * A line a job: which printer, when it was asked for and when it was said to be done (microseconds
 * of CLOCK_MONOTONIC), and whether it was printed. tests/bench/paper reads it. */
#include <stdlib.h>

#include "devices/ipp-printer.h"
#include "sandbox/certificate.h"

enum
{
  ROWS = 14,
  PRINTERS_MAX = 4,
  STOPPED_MS = 15000
};

static const JuminIppProfile profile = {
  .open_ms = 2000,
  .answer_ms = 2000,
  .look_ms = 100,
  .lost_ms = 5000,
  .first_ms = 20000,
  .page_ms = 20000,
  .cancel_ms = 5000,
};

static GBytes *
draw (int *pages)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  JuminCertificate certificate = {
    .title = "个人住房公积金缴存证明",
    .number = "GJJ-20261121-000371",
    .sentence = "兹证明以上信息与本中心系统记录一致。本证明由居民自助服务终端打印。",
    .office = "临江区住房公积金管理中心",
    .date = "2026 年 11 月 21 日",
    .verification
    = "JUMIN-DOC/1 GJJ-20261121-000371 fund-deposit 1795227960 5001************10 8651237",
    .issued_at = 1795227960,
    .rows = rows,
  };

  for (guint i = 0; i < ROWS; i++)
    g_ptr_array_add (rows, g_strsplit ("缴存单位|重庆市临江区某某有限责任公司", "|", -1));
  return jumin_certificate_draw (&certificate, pages);
}

static void
on_ready (GObject *printer, GAsyncResult *result, gpointer data)
{
  GAsyncResult **slot = data;

  *slot = g_object_ref (result);
}

static void
print (JuminPagePrinter *printer, int index, GBytes *pdf, int pages)
{
  g_autofree char *token = g_uuid_string_random ();
  JuminPageJob job
      = { .token = token, .pdf = pdf, .copies = 1, .pages = pages, .stopped_ms = STOPPED_MS };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 asked = g_get_monotonic_time ();
  JuminPageReport report;

  jumin_page_printer_print_async (printer, &job, NULL, on_ready, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!jumin_page_printer_print_finish (printer, result, &report, &error))
    g_error ("%s", error->message);
  g_print ("%d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", index, asked,
           g_get_monotonic_time (), report.outcome == JUMIN_OUTCOME_PRINTED);
}

int
main (int argc, char **argv)
{
  g_autoptr (JuminClock) clock = jumin_clock_new (1);
  JuminPagePrinter *printers[PRINTERS_MAX];
  g_autoptr (GBytes) pdf = NULL;
  int pages = 0, count = MIN (argc - 2, PRINTERS_MAX);

  if (count < 1)
    g_error ("Say how often and where: paper-jobs RUNS URI…");
  pdf = draw (&pages);
  g_print ("bytes %zu pages %d\n", g_bytes_get_size (pdf), pages);
  for (int i = 0; i < count; i++)
    {
      g_autoptr (GError) error = NULL;

      printers[i] = jumin_ipp_printer_new (argv[i + 2], &profile, clock, &error);
      if (printers[i] == NULL)
        g_error ("%s", error->message);
    }
  for (int run = 0; run < atoi (argv[1]); run++)
    for (int i = 0; i < count; i++)
      print (printers[i], i, pdf, pages);
  for (int i = 0; i < count; i++)
    g_object_unref (printers[i]);
  return EXIT_SUCCESS;
}

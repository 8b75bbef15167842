/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a statement of a person's records takes to be composed, the first time (fonts are looked
 * for) and then.
 *
 *   build/tests/bench/statement [FOLDER]
 *
 * Leaves the statements in FOLDER, if there is one. */
#include "statement-sample.h"

#include "model/words.h"

enum
{
  RUNS = 20
};

static GBytes *
compose (const JuminStatement *statement, int *pages, double *ms)
{
  gint64 from = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jumin_statement_compose (statement, pages, &error);

  if (pdf == NULL)
    g_error ("%s", error->message);
  *ms = (double)(g_get_monotonic_time () - from) / 1000;
  return pdf;
}

static void
leave (GBytes *pdf, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);

  if (!g_file_set_contents (path, bytes, (gssize)length, &error))
    g_error ("%s", error->message);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name, *language;
    gboolean large;
  } rows[] = { { "zh.pdf", "zh", FALSE },
               { "zh-large.pdf", "zh", TRUE },
               { "en.pdf", "en", FALSE },
               { "en-large.pdf", "en", TRUE } };
  JuminStatementSample sample;

  jumin_words_init (JUMIN_LOCALEDIR);
  jumin_statement_sample_init (&sample);
  g_print ("%-14s %6s %9s %9s %9s\n", "statement", "pages", "bytes", "first ms", "warm ms");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double first, warm = 0, ms;
      int pages;
      g_autoptr (GBytes) pdf = NULL;

      sample.statement.tongue.language = rows[i].language;
      sample.statement.large = rows[i].large;
      pdf = compose (&sample.statement, &pages, &first);
      for (int run = 0; run < RUNS; run++)
        {
          g_autoptr (GBytes) again = compose (&sample.statement, &pages, &ms);

          warm += ms / RUNS;
        }
      g_print ("%-14s %6d %9" G_GSIZE_FORMAT " %9.1f %9.1f\n", rows[i].name, pages,
               g_bytes_get_size (pdf), first, warm);
      if (argc > 1)
        leave (pdf, argv[1], rows[i].name);
    }
  jumin_statement_sample_finish (&sample);
  return 0;
}

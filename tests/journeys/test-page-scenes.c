/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The A4 printer's driver against the IPP printer peer: whatever goes wrong at whichever page, what
 * the driver says came out is what lies in the tray, or it says that it does not know; and nothing
 * comes out afterwards. */
#include "page-fixture.h"

#include <stdio.h>

enum
{
  BOUNDARIES = PAGES + 1
};

/* @fault comes at a boundary, @cure when the driver has come to its end. */
typedef struct
{
  const char *name, *fault, *cure;
  gboolean half; /* a sheet is spoilt at each boundary before the last */
  gboolean lies;
  JuminOutcome outcomes[BOUNDARIES];
} Scene;

#define P JUMIN_OUTCOME_PRINTED
#define V JUMIN_OUTCOME_PARTLY
#define F JUMIN_OUTCOME_FAILED
#define U JUMIN_OUTCOME_UNKNOWN

/* At boundary n so many pages are out, and the next one is on its way; at the last one all are, and
 * the printer has not said so yet. */
static const Scene scenes[] = {
  { "paper out", "paper end", "paper ok", .outcomes = { F, V, V, P } },
  { "cover open", "cover open", "cover closed", .outcomes = { F, V, V, P } },
  { "no toner", "toner end", "toner ok", .outcomes = { F, V, V, P } },
  { "jam", "jam on", "jam off", .half = TRUE, .outcomes = { V, V, V, P } },
  { "power cut", "power off", "power on", .half = TRUE, .outcomes = { U, U, U, U } },
  { "power dip", "power cycle", "plug", .half = TRUE, .outcomes = { U, U, U, U } },
  { "cable pulled", "unplug", "plug", .outcomes = { U, U, U, U } },
  { "hang", "hang on", "hang off", .outcomes = { U, U, U, U } },
  { "connection dropped", "drop", "plug", .outcomes = { P, P, P, P } },
  { "slow", "page-ms 120", "page-ms 30", .outcomes = { P, P, P, P } },
  { "lie", "lie on", "lie off", .lies = TRUE, .outcomes = { P, P, P, P } },
  { "count lost", "count off", "count on", .outcomes = { U, U, U, U } },
};

static const char *const outcome_names[] = { "PRINTED", "PARTLY", "FAILED", "UNKNOWN" };

/* What lies in the tray fits to what was said. */
static void
assert_true_report (PageFixture *self, const Scene *scene, const JuminPageReport *report,
                    int sheets, int halves)
{
  switch (report->outcome)
    {
    case JUMIN_OUTCOME_PRINTED:
      g_assert_true (scene->lies || sheets == PAGES);
      break;
    case JUMIN_OUTCOME_PARTLY:
      g_assert_cmpint (sheets, <, PAGES);
      g_assert_cmpint (sheets + halves, >, 0);
      g_assert_cmpint (sheets, ==, report->pages);
      break;
    case JUMIN_OUTCOME_FAILED:
      g_assert_cmpint (sheets + halves, ==, 0);
      break;
    default:
      g_assert_cmpint (report->pages, <=, sheets);
    }
}

static void
play (PageFixture *self, const Scene *scene, int boundary, char *row)
{
  g_autofree char *fault = g_strdup_printf ("after-pages %d %s", boundary, scene->fault);
  int sheets = page_fixture_count (self, "sheets="), halves = page_fixture_count (self, "halves=");
  JuminPageReport report;
  JuminPageStatus status;
  int after;

  page_fixture_tell (self, fault);
  report = page_fixture_print (self, 1, 0, NULL, NULL);
  g_assert_true (scene->lies
                 || self->progress_pages <= page_fixture_count (self, "sheets=") - sheets);
  page_fixture_tell (self, scene->cure);
  page_fixture_query (self, &status); /* the first contact clears what is left */
  page_fixture_tell (self, "wait 4");
  after = page_fixture_count (self, "sheets=") - sheets;
  halves = page_fixture_count (self, "halves=") - halves;
  sprintf (row, " %s/%d", outcome_names[report.outcome], after);
  g_test_message ("%s at %d: %s, %d pages said, %d sheets and %d halves", scene->name, boundary,
                  outcome_names[report.outcome], report.pages, after, halves);
  g_assert_cmpint (report.outcome, ==, scene->outcomes[boundary]);
  g_assert_cmpint (halves > 0, ==, scene->half && boundary < PAGES);
  assert_true_report (self, scene, &report, after, halves);
  page_fixture_query (self, &status);
  g_assert_true (status.ready);
  g_assert_cmpint (page_fixture_count (self, "printing="), ==, 0);
}

static void
test_every_fault_at_every_page (PageFixture *self, gconstpointer data)
{
  printf ("# %-22s", "outcome/sheets out at");
  for (int i = 0; i < BOUNDARIES; i++)
    printf (" page %-6d", i);
  printf ("\n");
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      char cells[BOUNDARIES][32];

      for (int boundary = 0; boundary < BOUNDARIES; boundary++)
        play (self, &scenes[i], boundary, cells[boundary]);
      printf ("# %-22s", scenes[i].name);
      for (int boundary = 0; boundary < BOUNDARIES; boundary++)
        printf ("%-12s", cells[boundary]);
      printf ("\n");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/page-scenes/every_fault_at_every_page", PageFixture, NULL, page_fixture_set_up,
              test_every_fault_at_every_page, page_fixture_tear_down);
  return g_test_run ();
}

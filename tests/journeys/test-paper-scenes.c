/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the entitlement to the tray: the desk with its ledger, the platform and the IPP printer
 * peer. Whatever goes wrong at whichever page of a paper of three, the person ends with exactly one
 * complete paper whose number is good; every number of which something else came out is void, and
 * was replaced once. */
#include "journey/paper-desk.h"
#include "page-fixture.h"
#include "platform/documents-client.h"
#include "sandbox/keys.h"
#include "sandbox/store-private.h"
#include "scratch-folder.h"
#include "virtual-platform.h"

#include <stdio.h>

enum
{
  BOUNDARIES = PAGES + 1,
  KEEP_DAYS = 30,
  STOPPED_MS = 100,
  REPORT_MS = 500,
  WRITES_MAX = 4,
  PAPERS_MAX = 4 /* numbers that one entitlement may take to end */
};

#define STATEMENT "fund-statement"

/* @fault comes at a boundary, @cure once it is known what came of it. */
typedef struct
{
  const char *name, *fault, *cure;
  gboolean lies;
} Scene;

static const Scene scenes[] = {
  { "paper out", "paper end", "paper ok" },  { "cover open", "cover open", "cover closed" },
  { "no toner", "toner end", "toner ok" },   { "jam", "jam on", "jam off" },
  { "power cut", "power off", "power on" },  { "power dip", "power cycle", "plug" },
  { "cable pulled", "unplug", "plug" },      { "hang", "hang on", "hang off" },
  { "connection dropped", "drop", "plug" },  { "lie", "lie on", "lie off", .lies = TRUE },
  { "count lost", "count off", "count on" },
};

typedef struct
{
  PageFixture page;
  VirtualPlatform *platform;
  JuminHallClient *hall;
  JuminDocumentsClient *documents;
  JuminPrintLedger *ledger;
  JuminPaperDesk *desk;
  JuminIdentity *holder;
  char *folder;
  GAsyncResult *result;
} Fixture;

/* What one entitlement went through. */
typedef struct
{
  char *numbers[PAPERS_MAX];
  guint n_numbers, releases;
  gboolean complete; /* the last one came out whole, as who stands there sees */
} Course;

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *)data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&f->result);
}

static JuminIdentity *
find_holder (const JuminCity *city)
{
  for (guint i = 0; i < city->residents->len; i++)
    {
      const JuminCityResident *resident = city->residents->pdata[i];

      if (g_str_equal (resident->fund, "loan"))
        return jumin_identity_new (JUMIN_PROOF_CARD, resident->name, resident->id_number);
    }
  g_assert_not_reached ();
}

static void
open_desk (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "prints.db", NULL);
  JuminPaperDeskTools tools = { .clock = f->page.clock,
                                .printer = f->page.printer,
                                .source = JUMIN_DOCUMENT_SOURCE (f->documents),
                                .stopped_ms = STOPPED_MS,
                                .report_ms = REPORT_MS };

  f->ledger = tools.ledger = jumin_print_ledger_new (path, KEEP_DAYS, f->page.clock);
  f->desk = jumin_paper_desk_new (&tools);
  jumin_paper_desk_start (f->desk);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  page_fixture_set_up (&f->page, data);
  f->folder = g_dir_make_tmp ("jumin-XXXXXX", NULL);
  f->platform = virtual_platform_new (f->page.clock);
  f->hall = virtual_platform_client_new (f->platform);
  key = g_build_filename (f->platform->state, JUMIN_SANDBOX_REPLY_KEYS, NULL);
  f->documents = jumin_documents_client_new (f->hall, f->platform->city->terminal, key, &error);
  g_assert_no_error (error);
  f->holder = find_holder (f->platform->city);
  open_desk (f);
}

static void
load_ledger (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JuminPrintPending) pending = NULL;

  jumin_print_ledger_load_async (f->ledger, on_ready, f);
  result = wait_for_result (f);
  pending = jumin_print_ledger_load_finish (f->ledger, result, NULL);
  g_assert_nonnull (pending);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (f->desk));
  for (int i = 0; i < WRITES_MAX; i++) /* what its last writes hold */
    load_ledger (f);
  g_assert_finalize_object (f->desk);
  g_assert_finalize_object (f->ledger);
  g_object_unref (f->documents);
  g_object_unref (f->hall);
  jumin_identity_unref (f->holder);
  virtual_platform_free (f->platform);
  scratch_folder_remove (f->folder);
  g_free (f->folder);
  page_fixture_tear_down (&f->page, data);
}

static void
wait_until_open (Fixture *f)
{
  while (jumin_paper_desk_get_closed (f->desk) != JUMIN_PAPER_OPEN)
    g_main_context_iteration (NULL, TRUE);
}

static JuminDocument *
fetch (Fixture *f, Course *course, const char *replaces)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JuminDocument *document;

  wait_until_open (f);
  jumin_paper_desk_fetch_async (f->desk, f->holder, STATEMENT, replaces, on_ready, f);
  result = wait_for_result (f);
  document = jumin_paper_desk_fetch_finish (f->desk, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (document->pages, ==, PAGES);
  g_assert_cmpuint (course->n_numbers, <, PAPERS_MAX);
  course->numbers[course->n_numbers++] = g_strdup (document->number);
  return document;
}

static JuminPaperResult
release (Fixture *f, const JuminDocument *document)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  f->page.progress_pages = 0;
  jumin_paper_desk_release_async (f->desk, f->holder, document, 1, on_ready, f);
  result = wait_for_result (f);
  jumin_paper_desk_release_finish (f->desk, result, &paper, &error);
  g_assert_no_error (error);
  return paper;
}

static gboolean
confirm (Fixture *f, gboolean got)
{
  g_autoptr (GAsyncResult) result = NULL;

  jumin_paper_desk_confirm_async (f->desk, got, on_ready, f);
  result = wait_for_result (f);
  return jumin_paper_desk_confirm_finish (f->desk, result);
}

/* Prints one number, until something came out or nobody knows. Who stands there counts the sheets
 * and says so. Returns: whether another paper is given for it */
static gboolean
print_number (Fixture *f, const Scene *scene, const JuminDocument *document, Course *course)
{
  JuminPaperResult paper;
  JuminPageStatus status;
  int before, halves;

  do
    {
      before = page_fixture_count (&f->page, "sheets=");
      halves = page_fixture_count (&f->page, "halves=");
      paper = release (f, document);
      course->releases++;
      page_fixture_tell (&f->page, scene->cure);
      page_fixture_query (&f->page, &status); /* the first contact clears what is left */
      page_fixture_tell (&f->page, "wait 4");
      before = page_fixture_count (&f->page, "sheets=") - before;
      halves = page_fixture_count (&f->page, "halves=") - halves;
    }
  while (paper.report.outcome == JUMIN_OUTCOME_FAILED && course->releases < PAPERS_MAX);
  course->complete = before == PAGES && halves == 0;
  if (paper.report.outcome == JUMIN_OUTCOME_PARTLY)
    {
      g_assert_false (course->complete);
      return paper.replacement;
    }
  return confirm (f, course->complete);
}

static JuminDocumentState
get_state (Fixture *f, const char *number)
{
  g_autoptr (JuminStoredPaper) stored
      = jumin_paper_ledger_find_number (f->platform->platform.store, number);

  if (stored == NULL)
    g_error ("The platform knows no paper %s", number);
  return stored->state;
}

/* Until the platform has heard what became of the last number. */
static void
end_visit (Fixture *f, const char *number)
{
  jumin_paper_desk_end_visit (f->desk);
  while (get_state (f, number) != JUMIN_DOCUMENT_PRINTED)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_one_good (Fixture *f, const Course *course)
{
  g_assert_true (course->complete);
  for (guint i = 0; i < course->n_numbers; i++)
    g_assert_cmpint (get_state (f, course->numbers[i]), ==,
                     i + 1 == course->n_numbers ? JUMIN_DOCUMENT_PRINTED : JUMIN_DOCUMENT_VOID);
}

static void
play (Fixture *f, const Scene *scene, int boundary, char *row, gsize row_size)
{
  g_autofree char *fault = g_strdup_printf ("after-pages %d %s", boundary, scene->fault);
  g_autofree char *replaces = NULL;
  Course course = { 0 };
  gboolean again;

  g_assert_true (jumin_store_run (f->platform->platform.store, "DELETE FROM papers"));
  page_fixture_tell (&f->page, fault);
  do
    {
      g_autoptr (JuminDocument) document = fetch (f, &course, replaces);

      again = print_number (f, scene, document, &course);
      g_free (replaces);
      replaces = g_strdup (document->number);
    }
  while (again);
  end_visit (f, replaces);
  g_snprintf (row, row_size, "%u void, 1 good", course.n_numbers - 1);
  g_test_message ("%s at %d: %u numbers, %u jobs", scene->name, boundary, course.n_numbers,
                  course.releases);
  assert_one_good (f, &course);
  for (guint i = 0; i < course.n_numbers; i++)
    g_free (course.numbers[i]);
}

static void
test_every_entitlement_ends (Fixture *f, gconstpointer data)
{
  printf ("# %-20s", "numbers, fault at");
  for (int i = 0; i < BOUNDARIES; i++)
    printf (" page %-11d", i);
  printf ("\n");
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      char cells[BOUNDARIES][32];

      for (int boundary = 0; boundary < BOUNDARIES; boundary++)
        play (f, &scenes[i], boundary, cells[boundary], sizeof cells[boundary]);
      printf ("# %-20s", scenes[i].name);
      for (int boundary = 0; boundary < BOUNDARIES; boundary++)
        printf (" %-16s", cells[boundary]);
      printf ("\n");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/paper-scenes/every_entitlement_ends_in_one_complete_paper", Fixture, NULL, set_up,
              test_every_entitlement_ends, tear_down);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hall in which everything goes wrong that can: people come and go while papers are asked for,
 * made, swapped, spoilt and printed. What is handed out is judged where it comes out, by what the
 * sheet itself says, and nothing of the desk is believed.
 *
 * The office is as the client leaves it (platform/documents-client.c): a paper may be anybody's
 * whole paper or have one thing wrong with it, but nobody forges the platform's signature. */
#include "hall.h"

#include "sim-tricks.h"

#include <string.h>

#include "journey/paper-desk.h"
#include "journey/scene.h"
#include "printing/ledger-file.h"
#include "sim-printer.h"

enum
{
  PEOPLE = 3,
  STEPS_MAX = 60,
  KEEPSAKES_MAX = 6,
  NOBODY = -1,
  REPORT_MS = 1000,
  LEDGER_REFERENCES = 3 /* ours, the desk's and that of its reports, when it has nothing to do */
};

static const char *const numbers[PEOPLE]
    = { "11010519491231002X", "440524188001010014", "500101199003078515" };
static const char *const kinds[] = { "fund-deposit", "social-rights" };

typedef struct
{
  SimTally *tally;
  GRand *random;
  const char *path;
  JuminClock *clock;
  JuminPrintLedger *ledger;
  SimPrinter *printer;
  FakeOffice *office;
  JuminPaperDesk *desk;
  JuminIdentity *people[PEOPLE];
  int here;
  guint visit;
  const char *asked;       /* kind */
  JuminDocument *document; /* on the screen */
  GPtrArray *keepsakes;    /* papers that were on it before */
  GHashTable *spent;       /* requests whose paper came out, or perhaps */
  char *in_printer;        /* request of the paper in there; "": a statement */
  gboolean forgotten;      /* nobody told the desk of the last visit's end */
  gboolean tapped;         /* and the printer has not got it yet */
} Hall;

static gboolean
chance (Hall *self, int of)
{
  return g_rand_int_range (self->random, 0, of) == 0;
}

static const FakePaper *
find_paper (Hall *self, const char *request)
{
  GPtrArray *papers = fake_office_get_papers (self->office);

  for (guint i = 0; i < papers->len; i++)
    {
      const FakePaper *paper = papers->pdata[i];

      if (strcmp (paper->document->request, request) == 0)
        return paper;
    }
  return NULL;
}

/* A statement names its visit. */
static gboolean
is_of_visit (Hall *self, const char *line)
{
  g_autofree char *visit = g_strdup_printf ("visit-%u", self->visit);

  return strcmp (line, visit) == 0;
}

/* The sheet says whose it is: its lines are head, ID number, request, kind and end. */
static void
judge (const JuminPageJob *job, gpointer data)
{
  Hall *self = data;
  g_autofree char *text
      = g_strndup (g_bytes_get_data (job->pdf, NULL), g_bytes_get_size (job->pdf));
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  gboolean whole
      = g_strv_length (lines) == 6 && fake_sheet_is (job->pdf, lines[1], lines[2], lines[3]);
  const FakePaper *paper = whole ? find_paper (self, lines[2]) : NULL;
  gboolean statement = whole && strcmp (lines[3], JUMIN_PAPER_STATEMENT) == 0;

  self->tally->released++;
  self->tapped = FALSE;
  g_free (self->in_printer);
  self->in_printer = g_strdup (paper != NULL ? lines[2] : "");
  if (!whole || (paper == NULL && !statement))
    self->tally->spoilt++;
  else if (self->here == NOBODY || strcmp (lines[1], numbers[self->here]) != 0
           || (paper != NULL ? paper->visit != self->visit : !is_of_visit (self, lines[2])))
    self->tally->foreign++;
  else if (g_strcmp0 (self->asked, lines[3]) != 0)
    self->tally->wrong++;
  else if (paper != NULL && job->copies > paper->document->copies)
    self->tally->over++;
  else if (paper != NULL && g_hash_table_contains (self->spent, lines[2]))
    self->tally->again++;
}

static void
open_desk (Hall *self)
{
  JuminPaperDeskTools tools = { .clock = self->clock,
                                .printer = JUMIN_PAGE_PRINTER (self->printer),
                                .source = JUMIN_DOCUMENT_SOURCE (self->office),
                                .stopped_ms = REPORT_MS,
                                .report_ms = REPORT_MS };

  self->ledger = tools.ledger = jumin_print_ledger_new (self->path, 1, self->clock);
  self->desk = jumin_paper_desk_new (&tools);
  jumin_paper_desk_start (self->desk);
}

/* Until nothing goes on by itself. Who waits for the ledger has a reference to it. */
static void
settle (Hall *self)
{
  while (G_OBJECT (self->ledger)->ref_count > LEDGER_REFERENCES || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
}

static void
end_job (Hall *self)
{
  JuminPageReport report = { .outcome = g_rand_int_range (self->random, 0, 4) };

  if (!sim_printer_is_busy (self->printer))
    return;
  if (report.outcome == JUMIN_OUTCOME_PRINTED)
    report.copies = 1;
  if (report.outcome == JUMIN_OUTCOME_PARTLY)
    report.pages = 1;
  if (report.outcome != JUMIN_OUTCOME_FAILED)
    g_hash_table_add (self->spent, g_strdup (self->in_printer));
  sim_printer_end_job (self->printer, &report);
}

static void
put_away (Hall *self)
{
  if (self->document == NULL)
    return;
  if (self->keepsakes->len == KEEPSAKES_MAX)
    g_ptr_array_remove_index (self->keepsakes, 0);
  g_ptr_array_add (self->keepsakes, g_steal_pointer (&self->document));
}

static void
unlock_papers (Hall *self)
{
  g_autoptr (JuminLedgerFile) file = jumin_ledger_file_open (self->path, NULL);

  g_assert_nonnull (file);
  g_assert_true (jumin_ledger_file_unlock (file, jumin_clock_get_wall (self->clock), NULL));
}

/* The power goes: whatever is under way is nobody's any more. */
static void
restart (Hall *self, gboolean unlock)
{
  g_autoptr (JuminPaperDesk) last = g_steal_pointer (&self->desk);

  g_object_run_dispose (G_OBJECT (last));
  while (fake_office_count_waiting (self->office) > 0)
    fake_office_deliver (self->office, 0, NULL,
                         g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody is there"));
  end_job (self);
  sim_printer_set_forgetful (self->printer, chance (self, 4));
  settle (self);
  g_clear_object (&last);
  while (G_OBJECT (self->ledger)->ref_count > 1 || g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->ledger);
  self->tapped = self->forgotten = FALSE;
  self->here = NOBODY;
  put_away (self);
  if (unlock)
    unlock_papers (self);
  open_desk (self);
}

/* Somebody; and somebody else than @last. */
static void
arrive (Hall *self, int last)
{
  self->here = last == NOBODY ? g_rand_int_range (self->random, 0, PEOPLE)
                              : (last + g_rand_int_range (self->random, 1, PEOPLE)) % PEOPLE;
  fake_office_set_visit (self->office, ++self->visit);
  self->asked = NULL;
}

/* Now and then nobody tells the desk that the visit has ended; not while a paper is on its way, and
 * not twice: who comes back then is whom the desk knows. */
static void
leave (Hall *self)
{
  put_away (self);
  if (self->tapped || self->forgotten || !chance (self, 6))
    {
      self->forgotten = FALSE;
      jumin_paper_desk_end_visit (self->desk);
      self->here = NOBODY;
      return;
    }
  self->forgotten = TRUE;
  arrive (self, self->here);
  if (self->keepsakes->len > 0)
    self->document = jumin_document_copy (self->keepsakes->pdata[self->keepsakes->len - 1]);
}

typedef struct
{
  Hall *hall;
  const char *kind;
} Order;

static void
on_fetched (GObject *desk, GAsyncResult *result, gpointer data)
{
  g_autofree Order *order = data;
  Hall *self = order->hall;
  JuminDocument *document = jumin_paper_desk_fetch_finish (JUMIN_PAPER_DESK (desk), result, NULL);

  if (document == NULL)
    return;
  put_away (self);
  self->document = document;
  self->asked = order->kind;
}

static void
ask (Hall *self)
{
  const char *replaces = NULL;
  Order *order;

  if (self->here == NOBODY)
    return;
  order = g_new (Order, 1);
  *order = (Order){ self, kinds[g_rand_int_range (self->random, 0, G_N_ELEMENTS (kinds))] };
  if (self->document != NULL && *self->document->number != '\0' && chance (self, 8))
    replaces = self->document->number;
  jumin_paper_desk_fetch_async (self->desk, self->people[self->here], order->kind, replaces,
                                on_fetched, order);
}

static void
compose (Hall *self)
{
  g_autofree char *visit = g_strdup_printf ("visit-%u", self->visit);
  g_autoptr (GBytes) pdf = NULL;
  JuminDocument *document;

  if (self->here == NOBODY)
    return;
  pdf = fake_sheet_new (numbers[self->here], visit, JUMIN_PAPER_STATEMENT);
  document = jumin_paper_desk_take_statement (self->desk, self->people[self->here], pdf, 1, NULL);
  if (document == NULL)
    return;
  put_away (self);
  self->document = document;
  self->asked = JUMIN_PAPER_STATEMENT;
}

static void
deliver (Hall *self)
{
  guint waiting = fake_office_count_waiting (self->office), index;
  GError *error = NULL;

  if (waiting == 0)
    return;
  index = (guint)g_rand_int_range (self->random, 0, (gint32)waiting);
  if (chance (self, 12))
    error = g_error_new (JUMIN_FAILURE,
                         chance (self, 4) ? JUMIN_FAILURE_DOCUMENT_FOREIGN
                                          : JUMIN_FAILURE_PLATFORM_SILENT,
                         "No paper");
  fake_office_deliver (self->office, index,
                       error != NULL
                           ? NULL
                           : sim_trick_on_way (self->random, self->office,
                                               fake_office_get_waiting (self->office, index)),
                       error);
}

static void
on_released (GObject *desk, GAsyncResult *result, gpointer data)
{
  Hall *self = data;
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;

  jumin_paper_desk_release_finish (JUMIN_PAPER_DESK (desk), result, &paper, &error);
  self->tapped = FALSE;
  if (g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_FOREIGN)
      || g_error_matches (error, JUMIN_FAILURE, JUMIN_FAILURE_DOCUMENT_SPOILT))
    self->tally->refused++;
}

static void
tap (Hall *self)
{
  g_autoptr (JuminDocument) document = NULL;
  int copies;

  if (self->here == NOBODY || self->document == NULL || self->tapped)
    return;
  document = sim_trick_on_screen (self->random, self->document, self->keepsakes);
  copies = g_rand_int_range (self->random, 1, document->copies + 1);
  self->tapped = TRUE;
  jumin_paper_desk_release_async (self->desk, self->people[self->here], document, copies,
                                  on_released, self);
}

static void
come_or_go (Hall *self)
{
  if (self->here == NOBODY)
    arrive (self, NOBODY);
  else if (chance (self, 2))
    leave (self);
}

static void
speak (Hall *self)
{
  jumin_paper_desk_confirm_async (self->desk, chance (self, 2), NULL, NULL);
}

static void
stop (Hall *self)
{
  jumin_paper_desk_stop (self->desk);
}

static void
change_line (Hall *self)
{
  fake_office_set_deaf (self->office, chance (self, 3));
  jumin_clock_advance (self->clock, REPORT_MS);
}

static void
cut_power (Hall *self)
{
  gboolean locked = jumin_paper_desk_get_closed (self->desk) == JUMIN_PAPER_LOCKED;

  if (locked || chance (self, 8))
    restart (self, locked);
}

/* With how many chances each. */
static const struct
{
  void (*act) (Hall *self);
  int weight;
} acts[] = {
  { come_or_go, 12 }, { ask, 14 },  { deliver, 22 }, { compose, 6 },     { tap, 22 },
  { end_job, 18 },    { speak, 3 }, { stop, 1 },     { change_line, 4 }, { cut_power, 10 },
};

static void
act (Hall *self)
{
  int sum = 0, chosen;
  gsize i = 0;

  for (gsize n = 0; n < G_N_ELEMENTS (acts); n++)
    sum += acts[n].weight;
  chosen = g_rand_int_range (self->random, 0, sum);
  while (chosen >= acts[i].weight)
    chosen -= acts[i++].weight;
  acts[i].act (self);
}

static void
open_hall (Hall *self, guint32 seed)
{
  self->random = g_rand_new_with_seed (seed);
  self->here = NOBODY;
  self->clock = jumin_clock_new_manual (0);
  self->printer = sim_printer_new (judge, self);
  self->office = fake_office_new ();
  fake_office_hold (self->office, TRUE);
  self->keepsakes = g_ptr_array_new_with_free_func ((GDestroyNotify)jumin_document_free);
  self->spent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int i = 0; i < PEOPLE; i++)
    self->people[i] = jumin_identity_new (JUMIN_PROOF_CARD, "张三", numbers[i]);
  open_desk (self);
}

static void
close_hall (Hall *self)
{
  restart (self, FALSE);
  settle (self);
  g_object_run_dispose (G_OBJECT (self->desk));
  settle (self);
  g_assert_finalize_object (self->desk);
  g_assert_finalize_object (self->ledger);
  g_assert_finalize_object (self->printer);
  g_assert_finalize_object (self->office);
  g_assert_finalize_object (self->clock);
  for (int i = 0; i < PEOPLE; i++)
    jumin_identity_unref (self->people[i]);
  g_clear_pointer (&self->document, jumin_document_free);
  g_ptr_array_unref (self->keepsakes);
  g_hash_table_unref (self->spent);
  g_rand_free (self->random);
  g_free (self->in_printer);
}

void
sim_hall_run (const char *path, guint32 seed, SimTally *tally)
{
  Hall self = { .tally = tally, .path = path };
  int steps;

  open_hall (&self, seed);
  settle (&self);
  steps = g_rand_int_range (self.random, STEPS_MAX / 2, STEPS_MAX);
  for (int i = 0; i < steps; i++)
    {
      act (&self);
      if (!chance (&self, 4))
        settle (&self);
    }
  close_hall (&self);
  tally->runs++;
}

/* Whatever is worse than a warning still ends the run. */
static GLogWriterOutput
drop_warnings (GLogLevelFlags level, const GLogField *fields, gsize n, gpointer data)
{
  return (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0
             ? g_log_writer_default (level, fields, n, data)
             : G_LOG_WRITER_HANDLED;
}

void
sim_hall_silence_log (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_log_set_writer_func (drop_warnings, NULL, NULL);
}

guint
sim_tally_count_bad (const SimTally *tally)
{
  return tally->foreign + tally->spoilt + tally->wrong + tally->over + tally->again;
}

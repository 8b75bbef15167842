/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The paper itself: the platform's, fetched by the desk, or a statement that a worker composes of
 * the records. The desk knows from then on that it is this visit's. */
#include "journey/terminal-private.h"
#include "printing/paper-text.h"
#include "printing/statement.h"

static gboolean
needed (const JuminScene *scene)
{
  return scene->paper != NULL;
}

static gboolean
is_statement (const JuminScene *scene)
{
  return g_strcmp0 (scene->paper, JUMIN_PAPER_STATEMENT) == 0;
}

static void
take (JuminTerminal *self, JuminDocument *document, const GError *error)
{
  JuminScene *scene = &self->scene;

  if (document == NULL)
    {
      jumin_papers_tell (self, error);
      return;
    }
  g_clear_pointer (&scene->document, jumin_document_free);
  scene->document = document;
  scene->copies = CLAMP (scene->copies, 1, document->copies);
  scene->sheets = JUMIN_SHEETS_NONE;
  scene->replacement = FALSE;
  jumin_line_advance (self);
}

static void
on_fetch_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperAsked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JuminDocument) document
      = jumin_paper_desk_fetch_finish (JUMIN_PAPER_DESK (source), result, &error);

  if (jumin_papers_is_awaited (asked))
    take (asked->terminal, g_steal_pointer (&document), error);
}

/* A number that became void is replaced, once: the platform keeps count. */
static void
fetch (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;
  const JuminDocument *last = scene->document;
  const char *void_number = NULL;

  if (last != NULL)
    void_number = scene->replacement ? last->number : last->replaces;
  jumin_paper_desk_fetch_async (self->tools.desk, scene->identity, scene->paper, void_number,
                                on_fetch_ready, jumin_papers_begin_turn (self));
}

/* What a worker composes; nothing of it is the scene's. */
typedef struct
{
  JuminPaperAsked *asked;
  JuminStatement statement;
  JuminText title, hall, machine;
  char *masked_name, *masked_number;
  JuminRecord *records[JUMIN_SERVICE_RECORDS_MAX];
  int pages;
} Composition;

static void
composition_free (Composition *self)
{
  jumin_paper_asked_free (self->asked);
  jumin_text_clear (&self->title);
  jumin_text_clear (&self->hall);
  jumin_text_clear (&self->machine);
  g_free (self->masked_name);
  g_free (self->masked_number);
  for (gsize i = 0; i < G_N_ELEMENTS (self->records); i++)
    g_clear_pointer (&self->records[i], jumin_record_unref);
  g_free (self);
}

static Composition *
composition_new (JuminTerminal *terminal)
{
  const JuminScene *scene = &terminal->scene;
  Composition *self = g_new0 (Composition, 1);

  self->asked = jumin_papers_begin_turn (terminal);
  jumin_text_copy (&self->title, &scene->service->title);
  jumin_text_copy (&self->hall, &scene->hall_name);
  jumin_text_copy (&self->machine, &scene->machine);
  self->masked_name = jumin_identity_dup_masked_name (scene->identity);
  self->masked_number = jumin_identity_dup_masked_number (scene->identity);
  for (gsize i = 0; i < G_N_ELEMENTS (self->records); i++)
    if (scene->records[i] != NULL)
      self->records[i] = jumin_record_ref (scene->records[i]);
  self->statement = (JuminStatement){ .title = &self->title,
                                      .hall = &self->hall,
                                      .machine = &self->machine,
                                      .masked_name = self->masked_name,
                                      .masked_number = self->masked_number,
                                      .printed_at = jumin_clock_get_wall (terminal->tools.clock),
                                      .tongue = { scene->modes.language, scene->modes.elder },
                                      .large = scene->large_print,
                                      .records = self->records,
                                      .n_records = g_strv_length (scene->service->records) };
  return self;
}

static void
compose (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Composition *self = data;
  GError *error = NULL;
  GBytes *pdf = jumin_statement_compose (&self->statement, &self->pages, &error);

  jumin_paper_text_forget ();
  if (pdf == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, pdf, (GDestroyNotify)g_bytes_unref);
}

static void
on_compose_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  const Composition *composed = g_task_get_task_data (G_TASK (result));
  JuminTerminal *self = composed->asked->terminal;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = g_task_propagate_pointer (G_TASK (result), &error);
  JuminDocument *document = NULL;

  if (!jumin_papers_is_awaited (composed->asked))
    return;
  if (pdf != NULL)
    document = jumin_paper_desk_take_statement (self->tools.desk, self->scene.identity, pdf,
                                                composed->pages, &error);
  if (document != NULL)
    jumin_text_copy (&document->title, &composed->title);
  take (self, document, error);
}

static void
compose_statement (JuminTerminal *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_compose_ready, NULL);

  g_task_set_source_tag (task, compose_statement);
  g_task_set_task_data (task, composition_new (self), (GDestroyNotify)composition_free);
  g_task_run_in_thread (task, compose);
}

static void
enter (JuminTerminal *self)
{
  if (jumin_papers_refuse (self) || jumin_arrival_refuse_unlogged (self))
    return;
  jumin_terminal_show_slowly (self, JUMIN_BUSY_PAPER);
  if (is_statement (&self->scene))
    compose_statement (self);
  else
    fetch (self);
}

const JuminStep jumin_paper_step
    = { .name = "paper", .page = JUMIN_PAGE_WAIT, .needed = needed, .enter = enter };

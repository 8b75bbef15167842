/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets of A4: the paper is released to the printer, and what became of it is told.
 *
 *   PRINTING ⇄ STOPPED ──► PRINTED | PARTLY | FAILED | UNKNOWN
 *   PRINTED or UNKNOWN, and the person does not hold all of it ──► PARTLY
 *
 * While it prints, the visit ends neither by itself nor by "home"; a person who goes all the same
 * is forgotten, and the desk keeps what became of the job. */
#include "journey/terminal-private.h"

#define WAITS_FOR_SOMEBODY(troubles)                                                               \
  (((troubles) & ~(guint)(JUMIN_PAGE_STILL_READY | JUMIN_PAGE_BUSY)) != 0)

static gboolean
needed (const JuminScene *scene)
{
  return scene->paper != NULL;
}

/**
 * jumin_sheets_step_follow:
 *
 * The desk says how far the job under way is: of interest to whose it is.
 */
void
jumin_sheets_step_follow (JuminPaperDesk *desk, int copy, int pages, guint troubles,
                          JuminTerminal *self)
{
  JuminScene *scene = &self->scene;

  if (self->ended || self->sheets_turn != self->paper_turn)
    return;
  scene->sheets = WAITS_FOR_SOMEBODY (troubles) ? JUMIN_SHEETS_STOPPED : JUMIN_SHEETS_PRINTING;
  scene->sheet_copy = copy;
  scene->sheet_page = pages;
  scene->sheet_troubles = troubles;
  jumin_terminal_redraw (self);
}

/* A statement is nobody's number: it is made anew. */
static gboolean
is_statement (const JuminScene *scene)
{
  return g_strcmp0 (scene->paper, JUMIN_PAPER_STATEMENT) == 0;
}

static void
take_result (JuminTerminal *self, const JuminPaperResult *paper)
{
  static const JuminSheets sheets[] = { [JUMIN_OUTCOME_PRINTED] = JUMIN_SHEETS_PRINTED,
                                        [JUMIN_OUTCOME_PARTLY] = JUMIN_SHEETS_PARTLY,
                                        [JUMIN_OUTCOME_FAILED] = JUMIN_SHEETS_FAILED,
                                        [JUMIN_OUTCOME_UNKNOWN] = JUMIN_SHEETS_UNKNOWN };
  JuminScene *scene = &self->scene;

  scene->sheets = sheets[paper->report.outcome];
  scene->sheet_copy = MIN (paper->report.copies + 1, scene->copies);
  scene->sheet_page
      = paper->report.copies == scene->copies ? scene->document->pages : paper->report.pages;
  scene->sheet_troubles = paper->report.troubles;
  scene->replacement = paper->replacement || is_statement (scene);
  scene->got = scene->sheets == JUMIN_SHEETS_UNKNOWN
                       || (scene->sheets == JUMIN_SHEETS_PRINTED && self->settings.ask_got)
                   ? JUMIN_GOT_ASKED
                   : JUMIN_GOT_UNASKED;
  jumin_terminal_show (self, JUMIN_PAGE_SHEETS);
}

static void
on_release_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperAsked) asked = data;
  JuminTerminal *self = asked->terminal;
  g_autoptr (GError) error = NULL;
  JuminPaperResult paper;
  gboolean released
      = jumin_paper_desk_release_finish (JUMIN_PAPER_DESK (source), result, &paper, &error);

  self->sheets_turn = 0;
  if (!jumin_papers_is_awaited (asked))
    {
      if (!self->ended)
        jumin_papers_go_on (self);
      return;
    }
  if (released)
    {
      take_result (self, &paper);
      return;
    }
  /* Nothing has happened: who tries again begins with a paper that is fetched anew. */
  self->scene.sheets = JUMIN_SHEETS_NONE;
  jumin_line_stand_at (&self->scene, &jumin_paper_step);
  jumin_papers_tell (self, error);
}

static void
enter (JuminTerminal *self)
{
  JuminScene *scene = &self->scene;
  JuminPaperAsked *asked;

  if (jumin_papers_refuse (self))
    return;
  asked = jumin_papers_begin_turn (self);
  self->sheets_turn = asked->turn;
  scene->sheets = JUMIN_SHEETS_PRINTING;
  scene->sheet_copy = 1;
  scene->sheet_page = 0;
  scene->sheet_troubles = 0;
  jumin_paper_desk_release_async (self->tools.desk, scene->identity, scene->document, scene->copies,
                                  on_release_ready, asked);
  jumin_terminal_show (self, JUMIN_PAGE_SHEETS);
}

static void
act_stop (JuminTerminal *self)
{
  if (jumin_scene_is_printing (&self->scene))
    jumin_paper_desk_stop (self->tools.desk);
}

static void
on_confirm_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminPaperAsked) asked = data;
  JuminScene *scene = &asked->terminal->scene;
  gboolean replacement = jumin_paper_desk_confirm_finish (JUMIN_PAPER_DESK (source), result);

  if (!jumin_papers_is_awaited (asked) || scene->got != JUMIN_GOT_LESS)
    return;
  /* The number is void, whatever of it came out. */
  scene->sheets = JUMIN_SHEETS_PARTLY;
  scene->sheet_copy = 1;
  scene->sheet_page = 0;
  scene->replacement = replacement || is_statement (scene);
  jumin_terminal_show (asked->terminal, JUMIN_PAGE_SHEETS);
}

/* The printer may have lied, or nobody knows: who stands there does. */
static void
act_got (JuminTerminal *self, GVariant *values)
{
  JuminScene *scene = &self->scene;
  g_autofree char *value = jumin_terminal_dup_value (values, "value");
  gboolean yes = g_strcmp0 (value, "yes") == 0;

  if (scene->got != JUMIN_GOT_ASKED || (!yes && g_strcmp0 (value, "no") != 0))
    return;
  scene->got = yes ? JUMIN_GOT_ALL : JUMIN_GOT_LESS;
  jumin_paper_desk_confirm_async (self->tools.desk, yes, on_confirm_ready,
                                  jumin_papers_begin_turn (self));
  jumin_terminal_show (self, JUMIN_PAGE_SHEETS);
}

static void
act_replace (JuminTerminal *self)
{
  if (self->scene.sheets == JUMIN_SHEETS_PARTLY && self->scene.replacement)
    jumin_line_return_to (self, &jumin_paper_step);
}

/**
 * jumin_sheets_step_print_again:
 *
 * Of a paper of which nothing came out.
 */
void
jumin_sheets_step_print_again (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  if (scene->sheets == JUMIN_SHEETS_FAILED && scene->sheets_ready)
    enter (self);
}

const JuminStep jumin_sheets_step
    = { .name = "sheets",
        .page = JUMIN_PAGE_SHEETS,
        .needed = needed,
        .enter = enter,
        .acts = { { "stop", act_stop }, { "got", .take = act_got }, { "replace", act_replace } } };

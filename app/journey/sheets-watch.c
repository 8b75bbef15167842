/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the A4 printer is. It is asked some time after its last answer, soon when it is in trouble,
 * and never while a paper is on its way: then the job says what it waits for. */
#include "journey/terminal-private.h"

#define NOT_READY(troubles) ((troubles) & ~JUMIN_PAGE_STILL_READY)

/* Of what keeps sheets from coming out the first that fits is told: an open cover has the paper
 * sensor say end, too. */
static const struct
{
  JuminPageTroubles flags;
  JuminTrouble trouble;
} rows[] = {
  { JUMIN_PAGE_MISSING, JUMIN_TROUBLE_SHEETS_MISSING },
  { JUMIN_PAGE_SILENT, JUMIN_TROUBLE_SHEETS_SILENT },
  { JUMIN_PAGE_COVER_OPEN, JUMIN_TROUBLE_SHEETS_OPEN },
  { JUMIN_PAGE_JAM, JUMIN_TROUBLE_SHEETS_JAM },
  { JUMIN_PAGE_PAPER_OUT, JUMIN_TROUBLE_SHEETS_OUT },
  { JUMIN_PAGE_TONER_OUT, JUMIN_TROUBLE_TONER_OUT },
  { JUMIN_PAGE_OUTPUT_FULL, JUMIN_TROUBLE_TRAY_FULL },
  { JUMIN_PAGE_NO_PDF, JUMIN_TROUBLE_SHEETS_NO_PDF },
  { JUMIN_PAGE_OFF_LINE, JUMIN_TROUBLE_SHEETS_STOPPED },
  { JUMIN_PAGE_BUSY | JUMIN_PAGE_REFUSING, JUMIN_TROUBLE_SHEETS_REFUSING },
  { JUMIN_PAGE_PAPER_LOW, JUMIN_TROUBLE_SHEETS_LOW },
  { JUMIN_PAGE_TONER_LOW, JUMIN_TROUBLE_TONER_LOW },
};

/* Also the paper of somebody who has gone. */
static gboolean
is_printing (JuminTerminal *self)
{
  return jumin_scene_is_printing (&self->scene) || self->sheets_turn != 0;
}

/* What an earlier paper has left in the printer is taken back first: that is no trouble yet. */
static gboolean
is_settling (JuminTerminal *self, JuminPageTroubles troubles)
{
  return (troubles & JUMIN_PAGE_BUSY) != 0 && self->tools.desk != NULL
         && jumin_paper_desk_get_closed (self->tools.desk) == JUMIN_PAPER_SETTLING;
}

/* What is told of @troubles: one reason for not being ready, or what will soon be one. */
static JuminPageTroubles
choose (JuminPageTroubles troubles)
{
  if (NOT_READY (troubles) == 0)
    return troubles;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((troubles & rows[i].flags) != 0)
      return rows[i].flags;
  return 0;
}

static gboolean
on_due (gpointer data)
{
  JuminTerminal *self = data;

  self->sheets_timer = NULL;
  jumin_sheets_watch_check (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_next (JuminTerminal *self)
{
  guint check_ms = jumin_surroundings_wait_ms (self, self->settings.sheets_check_ms);

  jumin_clock_cancel (self->tools.clock, &self->sheets_timer);
  self->sheets_timer = jumin_clock_after (
      self->tools.clock, self->scene.sheets_ready ? check_ms : self->settings.sheets_heal_ms,
      on_due, self);
}

/* Takes it into the scene, and writes down what has begun or ended. */
static void
take (JuminTerminal *self, JuminPageTroubles troubles)
{
  JuminScene *scene = &self->scene;
  JuminPageTroubles now = choose (troubles), before = self->sheets_told;

  if (scene->sheets_ready == (NOT_READY (now) == 0) && now == before)
    return;
  self->sheets_told = now;
  scene->sheets_ready = NOT_READY (now) == 0;
  scene->sheets_low = scene->sheets_ready && (now & JUMIN_PAGE_PAPER_LOW) != 0;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean there = (now & rows[i].flags) != 0;

      if (there && NOT_READY (rows[i].flags) != 0)
        scene->sheets_trouble = rows[i].trouble;
      if (there != ((before & rows[i].flags) != 0))
        jumin_terminal_set_failure (self, rows[i].trouble, there);
    }
  /* Whoever waits before the page that tells of it goes on with what they wanted. */
  if (scene->page == JUMIN_PAGE_NO_SHEETS && scene->sheets_ready)
    jumin_line_start (self, scene->service->id);
  else
    jumin_terminal_redraw (self);
}

/* A keyword that we do not know is the technician's: once for each time that it begins. */
static void
note_other (JuminTerminal *self, const JuminPageStatus *status)
{
  if (*status->other != '\0' && (self->sheets_told & JUMIN_PAGE_OTHER) == 0)
    g_message ("The A4 printer says '%s'", status->other);
}

static void
on_query_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  JuminPageStatus status;

  self->sheets_busy = FALSE;
  jumin_page_printer_query_finish (JUMIN_PAGE_PRINTER (source), result, &status, NULL);
  if (self->ended)
    return;
  /* A paper that began meanwhile has the printer say that it is busy. */
  if (!is_printing (self) && !is_settling (self, status.troubles))
    {
      note_other (self, &status);
      take (self, status.troubles);
    }
  wait_for_next (self);
}

/* The job looks at the printer all the time: staff hear at once what it waits for. */
static void
on_progress (JuminPagePrinter *printer, int copy, int pages, guint troubles, gpointer data)
{
  JuminTerminal *self = data;

  if (!self->ended)
    take (self, troubles & ~(guint)JUMIN_PAGE_BUSY);
}

/**
 * jumin_sheets_watch_check:
 *
 * Asks the A4 printer how it is, now, unless a paper is on its way.
 */
void
jumin_sheets_watch_check (JuminTerminal *self)
{
  if (self->sheets_busy || self->tools.sheet_printer == NULL)
    return;
  jumin_clock_cancel (self->tools.clock, &self->sheets_timer);
  if (is_printing (self))
    {
      wait_for_next (self);
      return;
    }
  self->sheets_busy = TRUE;
  jumin_page_printer_query_async (self->tools.sheet_printer, NULL, on_query_ready,
                                  g_object_ref (self));
}

void
jumin_sheets_watch_start (JuminTerminal *self)
{
  if (self->tools.sheet_printer == NULL)
    return;
  g_signal_connect_object (self->tools.sheet_printer, "progress", G_CALLBACK (on_progress), self,
                           0);
  jumin_sheets_watch_check (self);
}

void
jumin_sheets_watch_stop (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->sheets_timer);
}

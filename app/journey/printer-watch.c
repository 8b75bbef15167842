/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the printer is. It is asked some time after its last answer, soon when it is in trouble, and
 * never while a slip is on its way: it has one master at a time. */
#include "journey/terminal-private.h"

/* The first that fits: an open cover has the paper sensor say end, too. */
static const struct
{
  gsize member; /* of JuminPrinterStatus */
  JuminTrouble trouble;
} troubles[] = {
  { G_STRUCT_OFFSET (JuminPrinterStatus, missing), JUMIN_TROUBLE_PRINTER_MISSING },
  { G_STRUCT_OFFSET (JuminPrinterStatus, silent), JUMIN_TROUBLE_PRINTER_SILENT },
  { G_STRUCT_OFFSET (JuminPrinterStatus, cover_open), JUMIN_TROUBLE_PRINTER_OPEN },
  { G_STRUCT_OFFSET (JuminPrinterStatus, paper_end), JUMIN_TROUBLE_PAPER_OUT },
  { G_STRUCT_OFFSET (JuminPrinterStatus, jammed), JUMIN_TROUBLE_PAPER_JAM },
  { G_STRUCT_OFFSET (JuminPrinterStatus, cutter_fault), JUMIN_TROUBLE_PRINTER_CUTTER },
};

static JuminTrouble
find_trouble (const JuminPrinterStatus *status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (G_STRUCT_MEMBER (gboolean, status, troubles[i].member))
      return troubles[i].trouble;
  return JUMIN_TROUBLE_PRINTER_STOPPED;
}

static gboolean
on_due (gpointer data)
{
  JuminTerminal *self = data;

  self->printer_timer = NULL;
  jumin_printer_watch_check (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_next (JuminTerminal *self, gboolean ready)
{
  guint check_ms = jumin_surroundings_wait_ms (self, self->settings.printer_check_ms);

  jumin_printer_watch_stop (self);
  if (self->slips == 0)
    self->printer_timer = jumin_clock_after (
        self->tools.clock, ready ? check_ms : self->settings.printer_heal_ms, on_due, self);
}

/**
 * jumin_printer_watch_take:
 * @status: what the printer says
 *
 * Takes it into the scene, writes down what has begun or ended, and asks again later.
 */
void
jumin_printer_watch_take (JuminTerminal *self, const JuminPrinterStatus *status)
{
  JuminScene *scene = &self->scene;
  JuminTrouble trouble = find_trouble (status);
  gboolean other = scene->printer_ready != status->ready
                   || (!status->ready && scene->printer_trouble != trouble);
  gboolean low = status->ready && status->paper_low;

  wait_for_next (self, status->ready);
  if (!other && scene->paper_low == low)
    return;
  if (other && !scene->printer_ready)
    jumin_terminal_set_failure (self, scene->printer_trouble, FALSE);
  if (other && !status->ready)
    jumin_terminal_set_failure (self, trouble, TRUE);
  if (scene->paper_low != low)
    jumin_terminal_set_failure (self, JUMIN_TROUBLE_PAPER_LOW, low);
  scene->printer_ready = status->ready;
  scene->printer_trouble = trouble;
  scene->paper_low = low;
  jumin_terminal_redraw (self);
}

static void
on_query_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JuminTerminal) self = data;
  JuminPrinterStatus status;

  self->printer_busy = FALSE;
  jumin_printer_query_finish (JUMIN_PRINTER (source), result, &status, NULL);
  if (!self->ended)
    jumin_printer_watch_take (self, &status);
}

/**
 * jumin_printer_watch_check:
 *
 * Asks the printer how it is, now, unless a slip is on its way: its end asks.
 */
void
jumin_printer_watch_check (JuminTerminal *self)
{
  if (self->printer_busy || self->slips > 0)
    return;
  jumin_printer_watch_stop (self);
  self->printer_busy = TRUE;
  jumin_printer_query_async (self->tools.printer, NULL, on_query_ready, g_object_ref (self));
}

void
jumin_printer_watch_stop (JuminTerminal *self)
{
  jumin_clock_cancel (self->tools.clock, &self->printer_timer);
}

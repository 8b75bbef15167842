/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One machine and the visit at it. It owns the scene; whoever changes the scene ends with
 * jumin_terminal_show() (another page) or jumin_terminal_redraw() (the same one), and the view
 * builder draws it.
 *
 * Invariant: an act for another page number than the scene's does nothing. */
#include "journey/terminal-private.h"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JuminTerminal, jumin_terminal, G_TYPE_OBJECT)

/**
 * jumin_terminal_redraw:
 *
 * The same page with other words or figures. While the next page is on its way it stays as it is:
 * a screen that draws it again for a moment has the next one later.
 */
void
jumin_terminal_redraw (JuminTerminal *self)
{
  jumin_surroundings_tell_time (self);
  if (self->scene.dialog != JUMIN_DIALOG_NONE)
    self->scene.document_shown = FALSE;
  jumin_look_follow (self);
  if (!jumin_terminal_is_turning (self))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * jumin_terminal_show:
 *
 * Another page: acts for the last one are void from now on, and the deadline begins anew.
 */
void
jumin_terminal_show (JuminTerminal *self, JuminPage page)
{
  jumin_clock_cancel (self->tools.clock, &self->slow_timer);
  self->scene.page = page;
  if (page != JUMIN_PAGE_RECORD)
    self->scene.revealed = FALSE;
  if (page != JUMIN_PAGE_PREVIEW && page != JUMIN_PAGE_SHEETS)
    self->scene.document_shown = FALSE;
  jumin_veil_follow (self);
  self->scene.page_number++;
  if (self->scene.dialog != JUMIN_DIALOG_HELP)
    self->scene.dialog = JUMIN_DIALOG_NONE;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

/**
 * jumin_terminal_note_trouble:
 *
 * Writes down that @trouble is told.
 */
void
jumin_terminal_note_trouble (JuminTerminal *self, JuminTrouble trouble)
{
  const JuminTroubleRow *row = jumin_troubles_get (self->tools.troubles, trouble);

  jumin_audit_write (self->tools.audit, jumin_audit_event_find (row->event), "trouble",
                     jumin_trouble_get_id (trouble), NULL);
}

/**
 * jumin_terminal_show_trouble:
 *
 * The page that tells @trouble, as the table has it.
 */
void
jumin_terminal_show_trouble (JuminTerminal *self, JuminTrouble trouble)
{
  jumin_terminal_note_trouble (self, trouble);
  self->scene.trouble = trouble;
  jumin_terminal_show (self, JUMIN_PAGE_NOTICE);
}

static gboolean
on_slow (gpointer data)
{
  JuminTerminal *self = data;

  self->slow_timer = NULL;
  jumin_terminal_show (self, JUMIN_PAGE_WAIT);
  return G_SOURCE_REMOVE;
}

/**
 * jumin_terminal_show_slowly:
 * @busy: what is being waited for
 *
 * Shows the page of waiting, but only when the next page has not come by then. The page that is
 * shown takes no more acts: a touch that arrives meanwhile is stale.
 */
void
jumin_terminal_show_slowly (JuminTerminal *self, JuminBusy busy)
{
  self->scene.busy = busy;
  jumin_clock_cancel (self->tools.clock, &self->end_timer);
  jumin_clock_cancel (self->tools.clock, &self->warn_timer);
  jumin_clock_cancel (self->tools.clock, &self->slow_timer);
  self->slow_timer = jumin_clock_after (self->tools.clock, self->settings.slow_ms, on_slow, self);
  self->scene.page_number++;
  jumin_look_follow (self);
}

gboolean
jumin_terminal_is_turning (JuminTerminal *self)
{
  return self->slow_timer != NULL || jumin_code_is_turning (self);
}

/**
 * jumin_terminal_dup_value:
 *
 * Returns: (nullable) (transfer full): a text of an act's values
 */
char *
jumin_terminal_dup_value (GVariant *values, const char *name)
{
  char *text = NULL;

  g_variant_lookup (values, name, "s", &text);
  return text;
}

/**
 * jumin_terminal_get_scene:
 *
 * Returns: (transfer none): what the screen is a function of
 */
const JuminScene *
jumin_terminal_get_scene (JuminTerminal *self)
{
  return &self->scene;
}

/**
 * jumin_terminal_start:
 *
 * Begins to look at the devices and the platform, and shows the first page.
 */
void
jumin_terminal_start (JuminTerminal *self)
{
  /* Random, so that no number repeats after core was restarted. */
  self->scene.page_number = (guint64)g_random_int () << 24;
  jumin_terminal_show (self, JUMIN_PAGE_OUT_OF_SERVICE);
  jumin_surroundings_start (self);
  jumin_papers_start (self);
  jumin_cashier_watch_start (self);
  jumin_slot_start (self);
  jumin_look_start (self);
}

static void
cancel_timers (JuminTerminal *self)
{
  JuminClock *clock = self->tools.clock;

  jumin_surroundings_stop (self);
  jumin_help_forget (self);
  jumin_slot_stop (self);
  jumin_clock_cancel (clock, &self->end_timer);
  jumin_clock_cancel (clock, &self->warn_timer);
  jumin_clock_cancel (clock, &self->left_timer);
  jumin_clock_cancel (clock, &self->slow_timer);
  jumin_login_stop (self);
  jumin_code_stop (self);
  jumin_today_step_forget (self);
  jumin_record_step_forget (self);
  jumin_clock_cancel (clock, &self->veil_timer);
  jumin_papers_forget (self);
  jumin_money_forget (self);
}

/* Answers that are on their way still find their tools; they start nothing anew. */
static void
jumin_terminal_dispose (GObject *object)
{
  JuminTerminal *self = JUMIN_TERMINAL (object);

  self->ended = TRUE;
  jumin_look_follow (self);
  cancel_timers (self);
  if (self->visit != NULL)
    g_cancellable_cancel (self->visit);
  G_OBJECT_CLASS (jumin_terminal_parent_class)->dispose (object);
}

static void
jumin_terminal_finalize (GObject *object)
{
  JuminTerminal *self = JUMIN_TERMINAL (object);

  cancel_timers (self);
  jumin_scene_clear (&self->scene);
  jumin_catalogue_free (self->tools.catalogue);
  jumin_reports_clear (self);
  jumin_troubles_free (self->tools.troubles);
  g_clear_pointer (&self->tools.kinds, jumin_code_kinds_free);
  g_clear_pointer (&self->tools.billers, jumin_billers_free);
  g_clear_pointer (&self->tools.keys, g_ptr_array_unref);
  jumin_fetch_step_forget (self);
  g_clear_object (&self->visit);
  g_clear_object (&self->tools.clock);
  g_clear_object (&self->tools.reader);
  g_clear_object (&self->tools.scanner);
  g_clear_object (&self->tools.codes);
  g_clear_object (&self->tools.printer);
  g_clear_object (&self->tools.sheet_printer);
  g_clear_object (&self->tools.documents);
  g_clear_object (&self->tools.client);
  g_clear_object (&self->tools.desk);
  g_clear_object (&self->tools.payments);
  g_clear_object (&self->tools.till);
  g_clear_object (&self->tools.audit);
  G_OBJECT_CLASS (jumin_terminal_parent_class)->finalize (object);
}

static void
jumin_terminal_class_init (JuminTerminalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jumin_terminal_dispose;
  G_OBJECT_CLASS (klass)->finalize = jumin_terminal_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", JUMIN_TYPE_TERMINAL, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jumin_terminal_init (JuminTerminal *self)
{
}

static void
ref_tools (const JuminTerminalTools *tools)
{
  gpointer const objects[]
      = { tools->clock,         tools->reader, tools->scanner,   tools->printer,
          tools->sheet_printer, tools->client, tools->documents, tools->codes,
          tools->audit,         tools->desk,   tools->payments,  tools->till };

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    if (objects[i] != NULL)
      g_object_ref (objects[i]);
}

/**
 * jumin_terminal_new:
 * @tools: what it works with; references are taken, catalogue and troubles become its own
 * @settings: copied
 *
 * Returns: (transfer full): a terminal that has not started
 */
JuminTerminal *
jumin_terminal_new (const JuminTerminalTools *tools, const JuminTerminalSettings *settings)
{
  JuminTerminal *self = g_object_new (JUMIN_TYPE_TERMINAL, NULL);
  JuminScene *scene = &self->scene;

  self->tools = *tools;
  ref_tools (tools);
  self->settings = *settings;
  jumin_text_copy (&scene->hall_name, &settings->hall_name);
  jumin_text_copy (&scene->machine, &settings->machine);
  jumin_text_copy (&scene->reader_place, &settings->reader_place);
  jumin_text_copy (&scene->slip_place, &settings->slip_place);
  jumin_text_copy (&scene->scanner_place, &settings->scanner_place);
  jumin_text_copy (&scene->desk_place, &settings->desk_place);
  jumin_text_copy (&scene->sheet_place, &settings->sheet_place);
  scene->section = -1;
  scene->copies = 1;
  scene->desk_phone = g_strdup (settings->desk_phone);
  scene->modes.language = "zh";
  scene->printer_ready = TRUE; /* until it says otherwise */
  scene->sheet_printer = tools->sheet_printer != NULL;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_SILENT; /* until it has answered */
  scene->catalogue = tools->catalogue;
  scene->troubles = tools->troubles;
  scene->billers = tools->billers;
  scene->provisioned = tools->client != NULL;
  return self;
}

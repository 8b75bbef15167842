/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One machine and the visit at it. It owns the scene; whoever changes the scene ends with
 * jumin_terminal_show() (another page) or jumin_terminal_redraw() (the same one), and the view
 * builder draws it.
 *
 * Invariant: an act for another page number than the scene's does nothing. */
#include "journey/terminal-private.h"

#include <string.h>

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
  self->scene.now = jumin_clock_get_wall (self->tools.clock);
  jumin_look_follow (self);
  if (self->slow_timer == NULL)
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
  self->scene.page_number++;
  if (self->scene.dialog == JUMIN_DIALOG_ENDING)
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

static void
show_live_ticket (JuminTerminal *self, const char *flow)
{
  JuminScene *scene = &self->scene;

  for (guint i = 0; scene->today != NULL && i < scene->today->tickets->len; i++)
    {
      const JuminTicket *ticket = scene->today->tickets->pdata[i];

      if (g_strcmp0 (ticket->flow, flow) != 0)
        continue;
      jumin_scene_end_journey (scene);
      scene->ticket = jumin_ticket_copy (ticket);
      scene->ticket->live = TRUE;
      scene->slip = JUMIN_SLIP_NONE;
      jumin_terminal_show (self, JUMIN_PAGE_TICKET);
      return;
    }
}

static void
act_start (JuminTerminal *self, GVariant *values)
{
  g_autofree char *service = jumin_terminal_dup_value (values, "id");

  if (self->scene.page == JUMIN_PAGE_HOME)
    jumin_line_start (self, service);
}

static void
act_ticket (JuminTerminal *self, GVariant *values)
{
  g_autofree char *flow = jumin_terminal_dup_value (values, "id");

  if (self->scene.page == JUMIN_PAGE_HOME)
    show_live_ticket (self, flow);
}

static void
act_appointment (JuminTerminal *self, GVariant *values)
{
  g_autofree char *id = jumin_terminal_dup_value (values, "id");

  if (self->scene.page == JUMIN_PAGE_HOME)
    jumin_today_step_take_appointment (self, id);
}

static void
act_again (JuminTerminal *self, GVariant *values)
{
  if (self->scene.page == JUMIN_PAGE_TICKET)
    jumin_today_step_take_again (self);
}

static void
act_set (JuminTerminal *self, GVariant *values)
{
  g_autofree char *mode = jumin_terminal_dup_value (values, "id");
  g_autofree char *value = jumin_terminal_dup_value (values, "value");

  jumin_visit_set_mode (self, mode, value);
}

static void
act_help (JuminTerminal *self, GVariant *values)
{
  jumin_help_call (self);
}

static void
act_stay (JuminTerminal *self, GVariant *values)
{
  self->scene.dialog = JUMIN_DIALOG_NONE;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

static void
act_exit (JuminTerminal *self, GVariant *values)
{
  jumin_visit_end (self, "exit");
}

static void
act_home (JuminTerminal *self, GVariant *values)
{
  jumin_visit_go_home (self);
}

static void
act_back (JuminTerminal *self, GVariant *values)
{
  if (self->scene.by_number)
    jumin_login_back (self);
  else if (self->scene.page == JUMIN_PAGE_CONSENT)
    jumin_arrival_decline (self);
  else if (self->scene.page == JUMIN_PAGE_NOTICE && self->scene.flow == NULL)
    jumin_visit_go_home (self);
  else
    jumin_line_back (self);
}

static void
act_agree (JuminTerminal *self, GVariant *values)
{
  if (self->scene.page != JUMIN_PAGE_CONSENT)
    return;
  if (self->scene.by_number)
    jumin_login_agree (self);
  else
    jumin_arrival_agree (self);
}

static void
act_number (JuminTerminal *self, GVariant *values)
{
  jumin_login_ask (self);
}

static void
act_type (JuminTerminal *self, GVariant *values)
{
  g_autofree char *key = jumin_terminal_dup_value (values, "value");

  jumin_login_type (self, key);
}

static void
act_send_code (JuminTerminal *self, GVariant *values)
{
  jumin_login_send (self);
}

static void
act_resend (JuminTerminal *self, GVariant *values)
{
  jumin_login_resend (self);
}

static void
act_check_code (JuminTerminal *self, GVariant *values)
{
  jumin_login_check (self);
}

static void
act_retry (JuminTerminal *self, GVariant *values)
{
  if (self->scene.page != JUMIN_PAGE_NOTICE)
    return;
  if (self->scene.by_number)
    jumin_login_retry (self);
  else if (jumin_arrival_is_about_card (&self->scene))
    jumin_arrival_retry (self);
  else if (self->scene.flow != NULL)
    jumin_line_enter (self);
  else
    jumin_visit_go_home (self);
}

static void
act_reprint (JuminTerminal *self, GVariant *values)
{
  const JuminScene *scene = &self->scene;

  if (scene->page != JUMIN_PAGE_TICKET || scene->slip == JUMIN_SLIP_PRINTING
      || scene->reprints_left == 0 || !scene->printer_ready)
    return;
  jumin_print_step_print (self, TRUE);
  jumin_terminal_redraw (self);
}

static void
act_finish (JuminTerminal *self, GVariant *values)
{
  if (self->scene.page == JUMIN_PAGE_TICKET)
    jumin_visit_end (self, "done");
}

static const struct
{
  const char *action;
  gboolean in_dialog; /* also while a dialog lies over the page */
  void (*act) (JuminTerminal *self, GVariant *values);
} acts[] = {
  { "appointment", FALSE, act_appointment },
  { "again", FALSE, act_again },
  { "start", FALSE, act_start },
  { "ticket", FALSE, act_ticket },
  { "set", TRUE, act_set },
  { "help", TRUE, act_help },
  { "stay", TRUE, act_stay },
  { "exit", TRUE, act_exit },
  { "home", FALSE, act_home },
  { "back", FALSE, act_back },
  { "agree", FALSE, act_agree },
  { "retry", FALSE, act_retry },
  { "reprint", FALSE, act_reprint },
  { "finish", FALSE, act_finish },
  { "number", FALSE, act_number },
  { "type", FALSE, act_type },
  { "send-code", FALSE, act_send_code },
  { "resend", FALSE, act_resend },
  { "check-code", FALSE, act_check_code },
};

/**
 * jumin_terminal_act:
 * @action: what the person did
 * @page_number: on which page
 * @values: a{sv}: "id", "value", and the page's drafts
 *
 * Returns: whether it was taken; %FALSE: that page is no longer shown
 */
gboolean
jumin_terminal_act (JuminTerminal *self, const char *action, guint64 page_number, GVariant *values)
{
  JuminScene *scene = &self->scene;
  const JuminStep *step = jumin_line_get_step (scene);

  if (page_number != scene->page_number)
    return FALSE;
  if (scene->in_visit && scene->dialog != JUMIN_DIALOG_ENDING)
    jumin_visit_set_deadline (self);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, action))
      {
        if (scene->dialog == JUMIN_DIALOG_NONE || acts[i].in_dialog)
          acts[i].act (self, values);
        return TRUE;
      }
  if (scene->dialog == JUMIN_DIALOG_NONE && step != NULL && step->act != NULL
      && step->page == scene->page)
    step->act (self, action, values);
  return TRUE;
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
  jumin_fetch_step_forget (self);
  g_clear_object (&self->visit);
  g_clear_object (&self->tools.clock);
  g_clear_object (&self->tools.reader);
  g_clear_object (&self->tools.scanner);
  g_clear_object (&self->tools.codes);
  g_clear_object (&self->tools.printer);
  g_clear_object (&self->tools.client);
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
  gpointer const objects[] = { tools->clock,  tools->reader, tools->scanner, tools->printer,
                               tools->client, tools->codes,  tools->audit };

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
  scene->desk_phone = g_strdup (settings->desk_phone);
  scene->modes.language = "zh";
  scene->printer_ready = TRUE; /* until it says otherwise */
  scene->catalogue = tools->catalogue;
  scene->troubles = tools->troubles;
  scene->provisioned = tools->client != NULL;
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can do on every page, or on one that belongs to no step. What is a step's own is
 * done by its step. */
#include "journey/terminal-private.h"

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

  if (self->scene.page == JUMIN_PAGE_HOME || self->scene.page == JUMIN_PAGE_SERVICES)
    jumin_line_start (self, service);
}

/* @shelf: (nullable) (transfer full): beside which service; %NULL: the families */
static void
show_services (JuminTerminal *self, char *shelf)
{
  g_free (self->scene.shelf);
  self->scene.shelf = shelf;
  jumin_terminal_show (self, JUMIN_PAGE_SERVICES);
}

static void
act_services (JuminTerminal *self, GVariant *values)
{
  g_autofree char *shelf = jumin_terminal_dup_value (values, "value");

  if (self->scene.page != JUMIN_PAGE_HOME && self->scene.page != JUMIN_PAGE_SERVICES)
    return;
  jumin_visit_begin (self, "touch");
  show_services (self, jumin_catalogue_find (self->tools.catalogue, shelf) != NULL
                           ? g_steal_pointer (&shelf)
                           : NULL);
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
act_again (JuminTerminal *self)
{
  if (self->scene.page == JUMIN_PAGE_TICKET)
    jumin_today_step_take_again (self);
  else if (self->scene.page == JUMIN_PAGE_SHEETS)
    jumin_sheets_step_print_again (self);
  else if (self->scene.page == JUMIN_PAGE_PAID)
    jumin_receipt_step_pay_again (self);
}

static void
act_set (JuminTerminal *self, GVariant *values)
{
  g_autofree char *mode = jumin_terminal_dup_value (values, "id");
  g_autofree char *value = jumin_terminal_dup_value (values, "value");

  jumin_visit_set_mode (self, mode, value);
}

static void
act_stay (JuminTerminal *self)
{
  self->scene.dialog = JUMIN_DIALOG_NONE;
  jumin_visit_set_deadline (self);
  jumin_terminal_redraw (self);
}

static void
act_enlarge (JuminTerminal *self)
{
  if (jumin_scene_get_phone_code (&self->scene) == NULL)
    return;
  self->scene.dialog = JUMIN_DIALOG_CODE;
  jumin_terminal_redraw (self);
}

static void
act_exit (JuminTerminal *self)
{
  if (!jumin_cashier_watch_close (self, JUMIN_GOING_EXIT) && !jumin_cashier_watch_tell (self))
    jumin_visit_end (self, "exit");
}

static void
act_home (JuminTerminal *self)
{
  if (!jumin_scene_is_printing (&self->scene) && !jumin_cashier_watch_close (self, JUMIN_GOING_HOME)
      && !jumin_cashier_watch_tell (self))
    jumin_visit_go_home (self);
}

static void
act_back (JuminTerminal *self)
{
  /* What is being waited for would come to another step than has asked. */
  if (self->scene.page == JUMIN_PAGE_WAIT || jumin_cashier_watch_close (self, JUMIN_GOING_BACK))
    return;
  if (self->scene.by_number)
    jumin_login_back (self);
  else if (self->scene.page == JUMIN_PAGE_CONSENT)
    jumin_arrival_decline (self);
  else if (self->scene.page == JUMIN_PAGE_RECORD && self->scene.section >= 0)
    jumin_review_step_leave_section (self);
  else if (self->scene.page == JUMIN_PAGE_ACCOUNT)
    jumin_bills_step_show (self);
  else if (self->scene.page == JUMIN_PAGE_SERVICES && self->scene.shelf != NULL)
    show_services (self, NULL);
  else if (self->scene.page == JUMIN_PAGE_NO_SHEETS)
    jumin_visit_go_back (self);
  else if (self->scene.page == JUMIN_PAGE_SERVICES
           || (self->scene.page == JUMIN_PAGE_NOTICE && self->scene.flow == NULL))
    jumin_visit_go_home (self);
  else
    jumin_line_back (self);
}

static void
act_agree (JuminTerminal *self)
{
  if (self->scene.page != JUMIN_PAGE_CONSENT)
    return;
  if (self->scene.by_number)
    jumin_login_agree (self);
  else
    jumin_arrival_agree (self);
}

static void
act_type (JuminTerminal *self, GVariant *values)
{
  g_autofree char *key = jumin_terminal_dup_value (values, "value");

  if (self->scene.page == JUMIN_PAGE_ACCOUNT)
    jumin_account_type (self, key);
  else
    jumin_login_type (self, key);
}

static void
act_retry (JuminTerminal *self)
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
act_reprint (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  if (scene->page == JUMIN_PAGE_PAID || scene->page == JUMIN_PAGE_UNKNOWN)
    jumin_receipt_step_reprint (self);
  if (scene->page != JUMIN_PAGE_TICKET || scene->slip == JUMIN_SLIP_PRINTING
      || scene->reprints_left == 0 || !scene->printer_ready)
    return;
  jumin_print_step_print (self, TRUE);
  jumin_terminal_redraw (self);
}

static void
act_finish (JuminTerminal *self)
{
  const JuminScene *scene = &self->scene;

  if (scene->page == JUMIN_PAGE_TICKET
      || (scene->page == JUMIN_PAGE_SHEETS && !jumin_scene_is_printing (scene)))
    jumin_visit_end (self, "done");
}

static const JuminAct acts[] = {
  { "appointment", .take = act_appointment },
  { "again", act_again },
  { "start", .take = act_start },
  { "services", .take = act_services },
  { "ticket", .take = act_ticket },
  { "set", .take = act_set, .always = TRUE },
  { "help", jumin_help_call, .always = TRUE },
  { "stay", act_stay, .always = TRUE },
  { "exit", act_exit, .always = TRUE },
  { "enlarge", act_enlarge },
  { "home", act_home },
  { "back", act_back },
  { "agree", act_agree },
  { "retry", act_retry },
  { "reprint", act_reprint },
  { "finish", act_finish },
  { "number", jumin_login_ask },
  { "type", .take = act_type },
  { "send-code", jumin_login_send },
  { "resend", jumin_login_resend },
  { "check-code", jumin_login_check },
  { NULL },
};

static const JuminAct *
find (const JuminAct *table, const char *action)
{
  while (table->action != NULL && !g_str_equal (table->action, action))
    table++;
  return table->action != NULL ? table : NULL;
}

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
  const JuminAct *act;
  gboolean is_open = scene->dialog == JUMIN_DIALOG_NONE && self->slow_timer == NULL;

  if (page_number != scene->page_number)
    return FALSE;
  if (scene->in_visit && scene->dialog != JUMIN_DIALOG_ENDING)
    jumin_visit_set_deadline (self);
  jumin_veil_follow (self);
  act = find (acts, action);
  if (act == NULL && step != NULL && (step->page == scene->page || step->also == scene->page))
    act = find (step->acts, action);
  if (act == NULL || (!is_open && !act->always))
    return TRUE;
  if (act->act != NULL)
    act->act (self);
  else
    act->take (self, values);
  return TRUE;
}

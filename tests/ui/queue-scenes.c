/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states that the queue's rules make: appointments, missed calls, what is closed, few numbers
 * left, priority by age, missing papers, a queue that is down. */
#include "scenes.h"

#include "ipc/view.h"
#include "journey/flow.h"

enum
{
  CHOOSE,
  CHECKLIST,
  QUARTER_S = 15 * 60
};

static void
sign_in (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->card_in = scene->card_known = TRUE;
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "王小明", "500101199003071235");
}

static void
sign_in_old (JuminScene *scene)
{
  sign_in (scene);
  jumin_identity_unref (scene->identity);
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "冯八十", "500101194611211068");
}

static void
take_step (JuminScene *scene, guint step)
{
  scene->flow = jumin_flow_find ("queue");
  scene->step = step;
  if (step != CHOOSE)
    scene->matter = g_strdup ("general");
}

/* @from_s: how long after now the appointment begins */
static void
add_appointment (JuminScene *scene, gint64 from_s)
{
  JuminAppointment *appointment;

  if (scene->today == NULL)
    scene->today = jumin_today_new ();
  appointment = jumin_appointment_new ();
  appointment->id = g_strdup_printf ("appointment-%u", scene->today->appointments->len + 1);
  appointment->matter = g_strdup ("fund");
  jumin_text_copy (&appointment->name, &jumin_hall_find_matter (scene->hall, "fund")->name);
  appointment->begins_at = scene->hall->as_of / 60 * 60 + from_s;
  appointment->ends_at = appointment->begins_at + 2 * QUARTER_S;
  appointment->take_from = appointment->begins_at - QUARTER_S;
  appointment->take_until = appointment->ends_at + QUARTER_S;
  g_ptr_array_add (scene->today->appointments, appointment);
}

static void
add_missed (JuminScene *scene, JuminMissed missed)
{
  JuminTicket *ticket = jumin_sample_ticket (scene->hall, "insurance", "B107");

  ticket->state = JUMIN_TICKET_MISSED;
  ticket->if_missed = missed;
  ticket->calls_kept = missed == JUMIN_MISSED_WINDOW ? 3 : 0;
  if (scene->today == NULL)
    scene->today = jumin_today_new ();
  g_ptr_array_add (scene->today->tickets, ticket);
}

static void
close_all (JuminScene *scene)
{
  for (guint i = 0; i < scene->hall->matters->len; i++)
    {
      JuminMatter *matter = scene->hall->matters->pdata[i];

      matter->open = FALSE;
      matter->windows_open = 0;
      jumin_text_clear (&matter->closed_reason);
      jumin_text_set (&matter->closed_reason, "现在是午休时间", "Lunch break");
      matter->reopens_at = JUMIN_SAMPLE_NOW + 4 * QUARTER_S;
    }
}

/* ---- home ------------------------------------------------------------------------------------ */

static void
home_appointment_now (JuminScene *scene)
{
  sign_in (scene);
  add_appointment (scene, 0);
}

static void
home_appointment_late (JuminScene *scene)
{
  sign_in (scene);
  add_appointment (scene, -16 * QUARTER_S);
}

static void
home_missed (JuminScene *scene)
{
  sign_in (scene);
  add_missed (scene, JUMIN_MISSED_WINDOW);
}

static void
home_missed_long_ago (JuminScene *scene)
{
  sign_in (scene);
  add_missed (scene, JUMIN_MISSED_DESK);
}

static void
home_called (JuminScene *scene)
{
  sign_in (scene);
  scene->today = jumin_sample_today (scene->hall, 1, 0);
  ((JuminTicket *)scene->today->tickets->pdata[0])->state = JUMIN_TICKET_CALLED;
}

/* And the board says where. */
static void
home_called_to_window (JuminScene *scene)
{
  JuminTicket *ticket;

  home_called (scene);
  ticket = scene->today->tickets->pdata[0];
  g_ptr_array_insert (scene->hall->calls, 0, jumin_call_new (ticket->number, "12"));
}

/* More than fits: the appointment comes first. */
static void
home_much_today (JuminScene *scene)
{
  sign_in_old (scene);
  jumin_sample_long_names (scene->hall);
  scene->today = jumin_sample_today (scene->hall, 2, 0);
  add_missed (scene, JUMIN_MISSED_WINDOW);
  add_appointment (scene, 0);
  add_appointment (scene, 20 * QUARTER_S);
}

/* All services, and an ordinary day. */
static void
home_today (JuminScene *scene)
{
  sign_in (scene);
  scene->verifies = scene->till_there = TRUE;
  scene->today = jumin_sample_today (scene->hall, 1, 0);
  add_appointment (scene, 20 * QUARTER_S);
}

static void
home_closed (JuminScene *scene)
{
  close_all (scene);
}

static void
home_queue_down (JuminScene *scene)
{
  scene->queue_down = TRUE;
}

static void
home_queue_down_signed_in (JuminScene *scene)
{
  sign_in (scene);
  scene->queue_down = TRUE;
}

/* ---- choose ---------------------------------------------------------------------------------- */

static void
choose_appointment (JuminScene *scene)
{
  sign_in (scene);
  take_step (scene, CHOOSE);
  add_appointment (scene, QUARTER_S / 3);
}

static void
choose_appointment_early (JuminScene *scene)
{
  sign_in (scene);
  take_step (scene, CHOOSE);
  jumin_sample_long_names (scene->hall);
  add_appointment (scene, 20 * QUARTER_S);
}

static void
choose_missed (JuminScene *scene)
{
  sign_in (scene);
  take_step (scene, CHOOSE);
  add_missed (scene, JUMIN_MISSED_AGAIN);
}

static void
choose_by_age (JuminScene *scene)
{
  sign_in_old (scene);
  take_step (scene, CHOOSE);
  scene->today = jumin_sample_today (scene->hall, 1, 0);
}

static void
choose_few_left (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  take_step (scene, CHOOSE);
  for (guint i = 0; i < scene->hall->matters->len; i++)
    ((JuminMatter *)scene->hall->matters->pdata[i])->left = (int)i + 8;
}

static void
choose_closed (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  take_step (scene, CHOOSE);
  close_all (scene);
  ((JuminMatter *)scene->hall->matters->pdata[0])->reopens_at += 400 * 96 * QUARTER_S;
  ((JuminMatter *)scene->hall->matters->pdata[1])->reopens_at = 0;
}

/* ---- checklist ------------------------------------------------------------------------------- */

static void
list (JuminScene *scene, JuminList state)
{
  jumin_scene_set_visit (scene);
  take_step (scene, CHECKLIST);
  scene->list = state;
}

static void
checklist_printing (JuminScene *scene)
{
  list (scene, JUMIN_LIST_PRINTING);
}

static void
checklist_printed (JuminScene *scene)
{
  list (scene, JUMIN_LIST_PRINTED);
}

static void
checklist_failed (JuminScene *scene)
{
  jumin_sample_long_names (scene->hall);
  list (scene, JUMIN_LIST_FAILED);
}

static void
checklist_by_age (JuminScene *scene)
{
  sign_in_old (scene);
  take_step (scene, CHECKLIST);
}

/* ---- ticket ---------------------------------------------------------------------------------- */

static void
hold_ticket (JuminScene *scene)
{
  sign_in (scene);
  scene->ticket = jumin_sample_ticket (scene->hall, "fund", "C018");
  scene->slip = JUMIN_SLIP_PRINTED;
}

static void
ticket_appointment (JuminScene *scene)
{
  hold_ticket (scene);
  scene->ticket->appointment_at = JUMIN_SAMPLE_NOW + QUARTER_S - 11 * 60;
}

static void
ticket_missed (JuminScene *scene, JuminMissed missed)
{
  hold_ticket (scene);
  scene->ticket->live = TRUE;
  scene->ticket->state = JUMIN_TICKET_MISSED;
  scene->ticket->if_missed = missed;
  scene->ticket->calls_kept = missed == JUMIN_MISSED_WINDOW ? 2 : 0;
}

static void
ticket_missed_window (JuminScene *scene)
{
  ticket_missed (scene, JUMIN_MISSED_WINDOW);
}

static void
ticket_missed_desk (JuminScene *scene)
{
  ticket_missed (scene, JUMIN_MISSED_DESK);
}

static void
ticket_missed_again (JuminScene *scene)
{
  ticket_missed (scene, JUMIN_MISSED_AGAIN);
}

static void
notice_closed (JuminScene *scene)
{
  sign_in (scene);
  scene->matter = g_strdup ("marriage");
  scene->trouble = JUMIN_TROUBLE_QUEUE_CLOSED;
}

/* ---- a large catalogue ----------------------------------------------------------------------- */

/* @count services, the nth of family n modulo @families; some have long names. */
static void
take_catalogue (JuminScene *scene, guint count, guint families)
{
  static const char *const flows[] = { "certificate", "query", "queue", "payment" };
  g_autoptr (GString) json = g_string_new ("{ \"version\": 1, \"services\": [");

  for (guint i = 1; i <= count; i++)
    g_string_append_printf (
        json,
        "%s{ \"id\": \"s%u\", \"flow\": \"%s\", \"icon\": \"%s\","
        " \"family\": \"%s\", \"title\": { \"zh\": \"%s参保查询%u\", \"en\":"
        " \"Insurance%s %u\" }, \"line\": { \"zh\": \"查一查缴费和待遇\","
        " \"en\": \"Payments and benefits\" },"
        " \"proof\": \"code\", \"records\": [\"fund-account\"], \"papers\": [] }",
        i > 1 ? "," : "", i, flows[i % G_N_ELEMENTS (flows)], jumin_families[i % families],
        jumin_families[i % families], i % 8 == 0 ? "灵活就业人员" : "", i,
        i % 8 == 0 ? " of the self-employed" : "", i);
  g_string_append (json, "] }");
  jumin_catalogue_free ((JuminCatalogue *)scene->catalogue);
  scene->catalogue = jumin_catalogue_parse (json->str, (gssize)json->len, "many", NULL);
  scene->till_there = TRUE;
  g_assert (scene->catalogue != NULL);
}

static void
home_many (JuminScene *scene)
{
  take_catalogue (scene, 42, 7);
}

static void
home_many_today (JuminScene *scene)
{
  home_today (scene);
  take_catalogue (scene, 42, 7);
}

static void
services (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  take_catalogue (scene, 42, 7);
}

/* All in one family. */
static void
services_most (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  take_catalogue (scene, JUMIN_SERVICES_MAX, 1);
}

static void
services_shelf (JuminScene *scene)
{
  services (scene);
  scene->shelf = g_strdup ("s7");
}

/* What cannot be done now says why. */
static void
services_shelf_full (JuminScene *scene)
{
  services (scene);
  take_catalogue (scene, 48, 1);
  scene->shelf = g_strdup ("s29");
  scene->till = JUMIN_TILL_UNRESOLVED;
  scene->sheets_ready = FALSE;
  scene->sheets_trouble = JUMIN_TROUBLE_SHEETS_OUT;
  close_all (scene);
}

static void
no_sheets_many (JuminScene *scene)
{
  jumin_scene_set_no_sheets (scene);
  take_catalogue (scene, 2 * JUMIN_VIEW_ITEMS_MAX, 7);
}

/* clang-format off */

const JuminFixture jumin_queue_states[] = {
  { "home-many", JUMIN_PAGE_HOME, TRUE, home_many },
  { "home-many-today", JUMIN_PAGE_HOME, TRUE, home_many_today },
  { "services", JUMIN_PAGE_SERVICES, FALSE, services },
  { "services-most", JUMIN_PAGE_SERVICES, TRUE, services_most },
  { "services-shelf", JUMIN_PAGE_SERVICES, FALSE, services_shelf },
  { "services-shelf-full", JUMIN_PAGE_SERVICES, TRUE, services_shelf_full },
  { "no-sheets-many", JUMIN_PAGE_NO_SHEETS, FALSE, no_sheets_many },
  { "home-appointment-now", JUMIN_PAGE_HOME, FALSE, home_appointment_now },
  { "home-appointment-late", JUMIN_PAGE_HOME, FALSE, home_appointment_late },
  { "home-missed", JUMIN_PAGE_HOME, FALSE, home_missed },
  { "home-missed-long-ago", JUMIN_PAGE_HOME, FALSE, home_missed_long_ago },
  { "home-called", JUMIN_PAGE_HOME, FALSE, home_called },
  { "home-called-to-window", JUMIN_PAGE_HOME, FALSE, home_called_to_window },
  { "home-much-today", JUMIN_PAGE_HOME, FALSE, home_much_today },
  { "home-today", JUMIN_PAGE_HOME, FALSE, home_today },
  { "home-closed", JUMIN_PAGE_HOME, FALSE, home_closed },
  { "home-queue-down", JUMIN_PAGE_HOME, FALSE, home_queue_down },
  { "home-queue-down-signed-in", JUMIN_PAGE_HOME, FALSE, home_queue_down_signed_in },
  { "choose-appointment", JUMIN_PAGE_CHOOSE, FALSE, choose_appointment },
  { "choose-appointment-early", JUMIN_PAGE_CHOOSE, FALSE, choose_appointment_early },
  { "choose-missed", JUMIN_PAGE_CHOOSE, FALSE, choose_missed },
  { "choose-by-age", JUMIN_PAGE_CHOOSE, FALSE, choose_by_age },
  { "choose-few-left", JUMIN_PAGE_CHOOSE, FALSE, choose_few_left },
  { "choose-closed", JUMIN_PAGE_CHOOSE, FALSE, choose_closed },
  { "checklist-printing", JUMIN_PAGE_CHECKLIST, FALSE, checklist_printing },
  { "checklist-printed", JUMIN_PAGE_CHECKLIST, FALSE, checklist_printed },
  { "checklist-failed", JUMIN_PAGE_CHECKLIST, FALSE, checklist_failed },
  { "checklist-by-age", JUMIN_PAGE_CHECKLIST, FALSE, checklist_by_age },
  { "ticket-appointment", JUMIN_PAGE_TICKET, FALSE, ticket_appointment },
  { "ticket-missed-window", JUMIN_PAGE_TICKET, FALSE, ticket_missed_window },
  { "ticket-missed-desk", JUMIN_PAGE_TICKET, FALSE, ticket_missed_desk },
  { "ticket-missed-again", JUMIN_PAGE_TICKET, FALSE, ticket_missed_again },
  { "queue-closed-until", JUMIN_PAGE_NOTICE, FALSE, notice_closed },
  { NULL },
};
/* clang-format on */

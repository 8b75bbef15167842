/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every state of every page, for the audit of the screens. A page that is not in the table below,
 * or a slip or a dialog that is in none of its states, does not pass (test-scenes.c). The pages
 * of the troubles are in fixtures.c. */
#include "scenes.h"

#include "journey/flow.h"

enum
{
  VISIT_S = 90,
  LEFT_S = 75,
  ENDING_S = 25
};

/* Steps of the flow "queue". */
enum
{
  CHOOSE,
  CHECKLIST,
  IDENTIFY,
  TODAY,
  FETCH,
  PRINT
};

/* A person is here, and some of their time has passed. */
void
jumin_scene_set_visit (JuminScene *scene)
{
  scene->in_visit = TRUE;
  scene->deadline = g_get_monotonic_time () + LEFT_S * G_USEC_PER_SEC;
  scene->deadline_total = VISIT_S * G_USEC_PER_SEC;
}

static void
insert_card (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  scene->card_in = scene->card_known = TRUE;
  g_strlcpy (scene->card.version, "2.00", sizeof scene->card.version);
}

/* Born 1990: no offer of large text. */
static void
sign_in (JuminScene *scene)
{
  insert_card (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "王小明", "500101199003071235");
}

/* Born 1949, with a rare and a four-byte character in the name. */
static void
sign_in_old (JuminScene *scene)
{
  insert_card (scene);
  scene->identity = jumin_identity_new (JUMIN_PROOF_CARD, "𬱖䶮", "500101194910011231");
}

static void
take_step (JuminScene *scene, guint step)
{
  jumin_scene_set_visit (scene);
  scene->flow = jumin_flow_find ("queue");
  scene->step = step;
  scene->matter = g_strdup ("general");
}

static void
sign_in_today (JuminScene *scene, guint tickets, guint appointments)
{
  sign_in (scene);
  scene->today = jumin_sample_today (scene->hall, tickets, appointments);
}

/* ---- home ------------------------------------------------------------------------------------ */

static void
home_reader_missing (JuminScene *scene)
{
  scene->reader_missing = TRUE;
  scene->reader_trouble = JUMIN_TROUBLE_READER_MISSING;
}

static void
home_no_printer (JuminScene *scene)
{
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
home_paper_low (JuminScene *scene)
{
  scene->paper_low = TRUE;
}

static void
home_all_wrong (JuminScene *scene)
{
  jumin_scene_set_visit (scene);
  jumin_sample_long_names (scene->hall);
  scene->reader_missing = TRUE;
  scene->reader_trouble = JUMIN_TROUBLE_READER_MISSING;
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

static void
home_nothing_today (JuminScene *scene)
{
  sign_in_today (scene, 0, 0);
}

static void
home_number (JuminScene *scene)
{
  sign_in_today (scene, 1, 0);
}

static void
home_appointment (JuminScene *scene)
{
  sign_in_today (scene, 0, 1);
}

static void
home_elder_offer (JuminScene *scene)
{
  sign_in_old (scene);
  scene->today = jumin_sample_today (scene->hall, 0, 0);
}

static void
home_full (JuminScene *scene)
{
  sign_in_old (scene);
  jumin_sample_long_names (scene->hall);
  scene->today = jumin_sample_today (scene->hall, 1, 1);
  scene->printer_ready = FALSE;
  scene->printer_trouble = JUMIN_TROUBLE_PRINTER_OPEN;
}

/* ---- the line of steps ----------------------------------------------------------------------- */

static void
consent_in_journey (JuminScene *scene)
{
  take_step (scene, IDENTIFY);
  insert_card (scene);
}

static void
choose (JuminScene *scene)
{
  take_step (scene, CHOOSE);
  g_clear_pointer (&scene->matter, g_free);
}

static void
choose_chosen (JuminScene *scene)
{
  take_step (scene, CHOOSE);
  scene->priority = g_strdup ("elder");
}

static void
choose_long (JuminScene *scene)
{
  take_step (scene, CHOOSE);
  sign_in (scene);
  jumin_sample_long_names (scene->hall);
  scene->priority = g_strdup ("disabled");
}

static void
checklist (JuminScene *scene)
{
  take_step (scene, CHECKLIST);
}

static void
checklist_long (JuminScene *scene)
{
  take_step (scene, CHECKLIST);
  sign_in (scene);
  jumin_sample_long_names (scene->hall);
}

static void
identify_optional (JuminScene *scene)
{
  take_step (scene, IDENTIFY);
}

static void
identify_always (JuminScene *scene)
{
  take_step (scene, IDENTIFY);
  g_free (scene->matter);
  scene->matter = g_strdup ("fund");
}

static void
identify_reader_missing (JuminScene *scene)
{
  identify_optional (scene);
  scene->reader_missing = TRUE;
  scene->reader_trouble = JUMIN_TROUBLE_READER_MISSING;
}

static void
wait_card (JuminScene *scene)
{
  insert_card (scene);
  scene->busy = JUMIN_BUSY_CARD;
}

static void
wait_holder (JuminScene *scene)
{
  insert_card (scene);
  scene->busy = JUMIN_BUSY_HOLDER;
}

static void
wait_ticket (JuminScene *scene)
{
  take_step (scene, FETCH);
  scene->busy = JUMIN_BUSY_TICKET;
}

/* ---- ticket ---------------------------------------------------------------------------------- */

static void
hold_ticket (JuminScene *scene, JuminSlip slip)
{
  take_step (scene, PRINT);
  scene->ticket = jumin_sample_ticket (scene->hall, "general", "A023");
  scene->slip = slip;
  scene->reprints_left = 1;
}

static void
ticket_printing (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_PRINTING);
}

static void
ticket_printed (JuminScene *scene)
{
  sign_in (scene);
  hold_ticket (scene, JUMIN_SLIP_PRINTED);
}

/* The printer stopped in the middle of it. */
void
jumin_scene_set_half_slip (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_UNKNOWN);
  scene->printer_ready = FALSE;
}

static void
ticket_failed (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_FAILED);
}

static void
ticket_unknown (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_UNKNOWN);
}

static void
ticket_reprinted (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_PRINTED);
  scene->reprints_left = 0;
}

static void
ticket_without_code (JuminScene *scene)
{
  hold_ticket (scene, JUMIN_SLIP_PRINTED);
  g_clear_pointer (&scene->ticket->progress_url, g_free);
}

/* From "today" on the home page: no journey, nothing printed now. */
static void
ticket_live (JuminScene *scene)
{
  ticket_printed (scene);
  scene->slip = JUMIN_SLIP_NONE;
  scene->flow = NULL;
  scene->step = 0;
  scene->ticket->live = TRUE;
}

static void
ticket_full (JuminScene *scene)
{
  sign_in (scene);
  jumin_sample_long_names (scene->hall);
  hold_ticket (scene, JUMIN_SLIP_PRINTED);
  g_free (scene->ticket->number);
  scene->ticket->number = g_strdup ("Y108");
  scene->ticket->priority = TRUE;
  scene->ticket->live = TRUE;
}

/* ---- notices, ends and dialogs --------------------------------------------------------------- */

static void
card_left (JuminScene *scene)
{
  scene->card_in = TRUE;
}

static void
card_and_sheets_left (JuminScene *scene)
{
  card_left (scene);
  scene->sheets_left = TRUE;
}

static void
out_starting (JuminScene *scene)
{
  g_clear_pointer (&scene->hall, jumin_hall_free);
}

static void
out_silent (JuminScene *scene)
{
  out_starting (scene);
  scene->platform_silent = TRUE;
  scene->platform_trouble = JUMIN_TROUBLE_PLATFORM_SILENT;
}

static void
out_certificate (JuminScene *scene)
{
  out_silent (scene);
  scene->platform_trouble = JUMIN_TROUBLE_CERTIFICATE_OVER;
}

static void
out_clock (JuminScene *scene)
{
  out_silent (scene);
  scene->platform_trouble = JUMIN_TROUBLE_CLOCK_APART;
}

static void
out_card_in (JuminScene *scene)
{
  out_silent (scene);
  scene->card_in = TRUE;
}

static void
out_not_provisioned (JuminScene *scene)
{
  out_starting (scene);
  scene->provisioned = FALSE;
}

static void
ending (JuminScene *scene)
{
  choose (scene);
  scene->dialog = JUMIN_DIALOG_ENDING;
  scene->deadline = g_get_monotonic_time () + ENDING_S * G_USEC_PER_SEC;
}

static void
ending_with_card (JuminScene *scene)
{
  home_full (scene);
  scene->dialog = JUMIN_DIALOG_ENDING;
  scene->deadline = g_get_monotonic_time () + ENDING_S * G_USEC_PER_SEC;
}

static void
ticket_code_large (JuminScene *scene)
{
  ticket_printed (scene);
  scene->dialog = JUMIN_DIALOG_CODE;
}

static void
help (JuminScene *scene, JuminHelp state)
{
  jumin_scene_set_visit (scene);
  scene->dialog = JUMIN_DIALOG_HELP;
  scene->help = state;
}

#define HELP(function, state)                                                                      \
  static void function (JuminScene *scene)                                                         \
  {                                                                                                \
    help (scene, state);                                                                           \
  }

HELP (help_calling, JUMIN_HELP_CALLING)
HELP (help_sent, JUMIN_HELP_SENT)
HELP (help_late, JUMIN_HELP_LATE)
HELP (help_again, JUMIN_HELP_AGAIN)
HELP (help_acknowledged, JUMIN_HELP_ACKNOWLEDGED)
HELP (help_unanswered, JUMIN_HELP_UNANSWERED)
HELP (help_nobody, JUMIN_HELP_NOBODY)
HELP (help_failed, JUMIN_HELP_FAILED)

/* ---- the reader is lost with the card in it ------------------------------------------------- */

static void
reader_lost_home (JuminScene *scene)
{
  sign_in (scene);
  scene->reader_lost = TRUE;
}

static void
reader_lost_choose (JuminScene *scene)
{
  choose (scene);
  scene->card_in = scene->reader_lost = TRUE;
}

/* clang-format off */
const JuminFixture jumin_states[] = {
  { "home", JUMIN_PAGE_HOME, FALSE, NULL },
  { "home-visit", JUMIN_PAGE_HOME, FALSE, jumin_scene_set_visit },
  { "home-reader-missing", JUMIN_PAGE_HOME, FALSE, home_reader_missing },
  { "home-no-printer", JUMIN_PAGE_HOME, FALSE, home_no_printer },
  { "home-paper-low", JUMIN_PAGE_HOME, FALSE, home_paper_low },
  { "home-all-wrong", JUMIN_PAGE_HOME, TRUE, home_all_wrong },
  { "home-signed-in", JUMIN_PAGE_HOME, FALSE, sign_in },
  { "home-nothing-today", JUMIN_PAGE_HOME, FALSE, home_nothing_today },
  { "home-number", JUMIN_PAGE_HOME, FALSE, home_number },
  { "home-appointment", JUMIN_PAGE_HOME, FALSE, home_appointment },
  { "home-elder-offer", JUMIN_PAGE_HOME, FALSE, home_elder_offer },
  { "home-full", JUMIN_PAGE_HOME, TRUE, home_full },
  { "consent", JUMIN_PAGE_CONSENT, FALSE, insert_card },
  { "consent-in-journey", JUMIN_PAGE_CONSENT, TRUE, consent_in_journey },
  { "choose", JUMIN_PAGE_CHOOSE, FALSE, choose },
  { "choose-chosen", JUMIN_PAGE_CHOOSE, FALSE, choose_chosen },
  { "choose-long", JUMIN_PAGE_CHOOSE, TRUE, choose_long },
  { "checklist", JUMIN_PAGE_CHECKLIST, FALSE, checklist },
  { "checklist-long", JUMIN_PAGE_CHECKLIST, TRUE, checklist_long },
  { "identify-optional", JUMIN_PAGE_IDENTIFY, TRUE, identify_optional },
  { "identify-always", JUMIN_PAGE_IDENTIFY, FALSE, identify_always },
  { "identify-reader-missing", JUMIN_PAGE_IDENTIFY, FALSE, identify_reader_missing },
  { "wait-card", JUMIN_PAGE_WAIT, FALSE, wait_card },
  { "wait-holder", JUMIN_PAGE_WAIT, FALSE, wait_holder },
  { "wait-ticket", JUMIN_PAGE_WAIT, TRUE, wait_ticket },
  { "ticket-printing", JUMIN_PAGE_TICKET, FALSE, ticket_printing },
  { "ticket-printed", JUMIN_PAGE_TICKET, FALSE, ticket_printed },
  { "ticket-failed", JUMIN_PAGE_TICKET, FALSE, ticket_failed },
  { "ticket-unknown", JUMIN_PAGE_TICKET, FALSE, ticket_unknown },
  { "ticket-reprinted", JUMIN_PAGE_TICKET, FALSE, ticket_reprinted },
  { "ticket-without-code", JUMIN_PAGE_TICKET, FALSE, ticket_without_code },
  { "ticket-live", JUMIN_PAGE_TICKET, FALSE, ticket_live },
  { "ticket-full", JUMIN_PAGE_TICKET, TRUE, ticket_full },
  { "take-card", JUMIN_PAGE_TAKE_CARD, FALSE, card_left },
  { "take-card-sheets", JUMIN_PAGE_TAKE_CARD, TRUE, card_and_sheets_left },
  { "out-starting", JUMIN_PAGE_OUT_OF_SERVICE, FALSE, out_starting },
  { "out-silent", JUMIN_PAGE_OUT_OF_SERVICE, FALSE, out_silent },
  { "out-certificate", JUMIN_PAGE_OUT_OF_SERVICE, FALSE, out_certificate },
  { "out-clock", JUMIN_PAGE_OUT_OF_SERVICE, FALSE, out_clock },
  { "out-card-in", JUMIN_PAGE_OUT_OF_SERVICE, TRUE, out_card_in },
  { "out-not-provisioned", JUMIN_PAGE_OUT_OF_SERVICE, FALSE, out_not_provisioned },
  { "reader-lost-home", JUMIN_PAGE_HOME, FALSE, reader_lost_home },
  { "reader-lost-choose", JUMIN_PAGE_CHOOSE, FALSE, reader_lost_choose },
  { "ending", JUMIN_PAGE_CHOOSE, FALSE, ending },
  { "ending-with-card", JUMIN_PAGE_HOME, TRUE, ending_with_card },
  { "ticket-code-large", JUMIN_PAGE_TICKET, TRUE, ticket_code_large },
  { "help-calling", JUMIN_PAGE_HOME, FALSE, help_calling },
  { "help-sent", JUMIN_PAGE_HOME, FALSE, help_sent },
  { "help-late", JUMIN_PAGE_HOME, FALSE, help_late },
  { "help-again", JUMIN_PAGE_HOME, FALSE, help_again },
  { "help-acknowledged", JUMIN_PAGE_HOME, FALSE, help_acknowledged },
  { "help-nobody", JUMIN_PAGE_HOME, TRUE, help_nobody },
  { "help-unanswered", JUMIN_PAGE_HOME, FALSE, help_unanswered },
  { "help-failed", JUMIN_PAGE_HOME, FALSE, help_failed },
  { NULL },
};
/* clang-format on */

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screen is a function of, and how it is wiped. */
#include "journey/scene.h"

#include <string.h>

#include "model/hall-time.h"
#include "model/id-number.h"

/**
 * jumin_page_get_name:
 * @page: a page
 *
 * Returns: its name on the border, in the audit log and to the people of the hall
 */
const char *
jumin_page_get_name (JuminPage page)
{
  static const char *const names[] = {
    [JUMIN_PAGE_HOME] = "home",
    [JUMIN_PAGE_SERVICES] = "services",
    [JUMIN_PAGE_CONSENT] = "consent",
    [JUMIN_PAGE_CHOOSE] = "choose",
    [JUMIN_PAGE_CHECKLIST] = "checklist",
    [JUMIN_PAGE_IDENTIFY] = "identify",
    [JUMIN_PAGE_NUMBER] = "id-number",
    [JUMIN_PAGE_CODE] = "sms",
    [JUMIN_PAGE_WAIT] = "wait",
    [JUMIN_PAGE_TICKET] = "ticket",
    [JUMIN_PAGE_RECORD] = "record",
    [JUMIN_PAGE_VERIFY] = "verify",
    [JUMIN_PAGE_NO_SHEETS] = "no-sheets",
    [JUMIN_PAGE_PAPERS] = "papers",
    [JUMIN_PAGE_PREVIEW] = "preview",
    [JUMIN_PAGE_SHEETS] = "sheets",
    [JUMIN_PAGE_BILLS] = "bills",
    [JUMIN_PAGE_ACCOUNT] = "account",
    [JUMIN_PAGE_PAY] = "pay",
    [JUMIN_PAGE_PAID] = "paid",
    [JUMIN_PAGE_UNKNOWN] = "pay-unknown",
    [JUMIN_PAGE_NOTICE] = "notice",
    [JUMIN_PAGE_TAKE_CARD] = "take-card",
    [JUMIN_PAGE_OUT_OF_SERVICE] = "out-of-service",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == JUMIN_N_PAGES);
  return names[page];
}

/**
 * jumin_scene_end_login:
 * @scene: a scene
 *
 * Wipes what was typed and what the platform said to it.
 */
void
jumin_scene_end_login (JuminScene *scene)
{
  scene->by_number = FALSE;
  g_clear_pointer (&scene->typed, jumin_secret_free);
  scene->typed_is = JUMIN_TYPED_FINE;
  g_clear_pointer (&scene->login, jumin_login_free);
  g_clear_pointer (&scene->masked_number, g_free);
  scene->resend_at = 0;
}

/**
 * jumin_scene_end_papers:
 * @scene: a scene
 *
 * Wipes the paper that was chosen, and what became of it.
 */
void
jumin_scene_end_papers (JuminScene *scene)
{
  g_clear_pointer (&scene->paper, g_free);
  g_clear_pointer (&scene->document, jumin_document_free);
  scene->document_shown = scene->large_print = scene->replacement = FALSE;
  scene->copies = 1;
  scene->sheets = JUMIN_SHEETS_NONE;
  scene->sheet_copy = scene->sheet_page = 0;
  scene->sheet_troubles = 0;
  scene->got = JUMIN_GOT_UNASKED;
}

/**
 * jumin_scene_end_section:
 * @scene: a scene
 *
 * All records are looked at again, none of them closely.
 */
void
jumin_scene_end_section (JuminScene *scene)
{
  g_clear_pointer (&scene->section_page, jumin_record_unref);
  scene->section = -1;
  scene->asked_page = 0;
  scene->page_failed = FALSE;
}

/**
 * jumin_scene_end_verification:
 * @scene: a scene
 *
 * Wipes what the code on a paper said.
 */
void
jumin_scene_end_verification (JuminScene *scene)
{
  g_clear_pointer (&scene->verification, jumin_verification_free);
  scene->unsigned_paper = FALSE;
}

/**
 * jumin_scene_end_payment:
 * @scene: a scene
 *
 * Forgets how it was to be paid. The till has the payment.
 */
void
jumin_scene_end_payment (JuminScene *scene)
{
  g_clear_pointer (&scene->quote, jumin_quote_free);
  g_clear_pointer (&scene->payment, jumin_payment_free);
  scene->way = JUMIN_PAY_SCAN;
  scene->leaving = scene->changing = FALSE;
  scene->pay_check = JUMIN_PAY_CHECK_NONE;
  scene->pay_checked_at = 0;
}

/**
 * jumin_scene_end_bills:
 * @scene: a scene
 *
 * Forgets the households that were looked at, and what was chosen of their bills.
 */
void
jumin_scene_end_bills (JuminScene *scene)
{
  jumin_scene_end_payment (scene);
  g_clear_pointer (&scene->bills, jumin_bills_free);
  g_clear_pointer (&scene->basket, g_strfreev);
  scene->biller = NULL;
}

/* What the platform said about the person. */
static void
end_records (JuminScene *scene)
{
  jumin_scene_end_section (scene);
  for (guint i = 0; i < JUMIN_SERVICE_RECORDS_MAX; i++)
    g_clear_pointer (&scene->records[i], jumin_record_unref);
  scene->revealed = FALSE;
  g_clear_pointer (&scene->entitlements, jumin_entitlements_free);
}

/**
 * jumin_scene_end_journey:
 * @scene: a scene
 *
 * Forgets what the journey put into it; the visit goes on.
 */
void
jumin_scene_end_journey (JuminScene *scene)
{
  jumin_scene_end_login (scene);
  jumin_scene_end_papers (scene);
  jumin_scene_end_bills (scene);
  jumin_scene_end_verification (scene);
  end_records (scene);
  scene->flow = NULL;
  scene->service = NULL;
  scene->step = 0;
  scene->need = JUMIN_NEED_CODE;
  scene->list = JUMIN_LIST_NONE;
  g_clear_pointer (&scene->matter, g_free);
  g_clear_pointer (&scene->priority, g_free);
  g_clear_pointer (&scene->ticket, jumin_ticket_free);
}

/**
 * jumin_scene_end_visit:
 * @scene: a scene
 *
 * Wipes everything of the person. Only what the machine itself is remains; @card_in too, because a
 * card can outstay its visit.
 */
void
jumin_scene_end_visit (JuminScene *scene)
{
  jumin_scene_end_journey (scene);
  g_clear_pointer (&scene->shelf, g_free);
  g_clear_pointer (&scene->identity, jumin_identity_unref);
  g_clear_pointer (&scene->today, jumin_today_free);
  explicit_bzero (&scene->card, sizeof scene->card);
  scene->card_known = FALSE;
  scene->in_visit = scene->number_agreed = scene->code_agreed = FALSE;
  scene->trouble_when = 0;
  scene->trouble_tries = 0;
  scene->modes = (JuminModes){ .language = "zh" };
  scene->dialog = JUMIN_DIALOG_NONE;
  scene->deadline = scene->deadline_total = 0;
}

/**
 * jumin_scene_clear:
 * @scene: a scene
 *
 * Frees all that it holds.
 */
void
jumin_scene_clear (JuminScene *scene)
{
  jumin_scene_end_visit (scene);
  g_clear_pointer (&scene->hall, jumin_hall_free);
  jumin_text_clear (&scene->hall_name);
  jumin_text_clear (&scene->machine);
  jumin_text_clear (&scene->reader_place);
  jumin_text_clear (&scene->slip_place);
  jumin_text_clear (&scene->scanner_place);
  jumin_text_clear (&scene->desk_place);
  jumin_text_clear (&scene->sheet_place);
  g_clear_pointer (&scene->desk_phone, g_free);
}

/**
 * jumin_scene_get_slip_trouble:
 * @slip: how it ended, other than printed
 *
 * Returns: why, as far as the printer says so by now
 */
JuminTrouble
jumin_scene_get_slip_trouble (const JuminScene *scene, JuminSlip slip)
{
  if (!scene->printer_ready)
    return scene->printer_trouble;
  return slip == JUMIN_SLIP_FAILED ? JUMIN_TROUBLE_SLIP_FAILED : JUMIN_TROUBLE_SLIP_UNKNOWN;
}

/**
 * jumin_scene_get_phone_code:
 *
 * Returns: (nullable): the address that this page has for a telephone
 */
const char *
jumin_scene_get_phone_code (const JuminScene *scene)
{
  const char *address = NULL;

  if (scene->page == JUMIN_PAGE_TICKET)
    address = scene->ticket->progress_url;
  else if (scene->page == JUMIN_PAGE_PAID)
    address = scene->payment->receipt;
  return address != NULL && *address != '\0' ? address : NULL;
}

/**
 * jumin_scene_get_section:
 *
 * Returns: (nullable): the record that is looked at closely, at its page that is
 */
const JuminRecord *
jumin_scene_get_section (const JuminScene *scene)
{
  if (scene->section < 0)
    return NULL;
  return scene->section_page != NULL ? scene->section_page : scene->records[scene->section];
}

/* Something to put on a sheet. */
static gboolean
has_record (const JuminScene *scene)
{
  for (guint i = 0; i < JUMIN_SERVICE_RECORDS_MAX; i++)
    if (scene->records[i] != NULL && scene->records[i]->found)
      return TRUE;
  return FALSE;
}

/**
 * jumin_scene_may_have:
 * @paper: (nullable): a kind, or %JUMIN_PAPER_STATEMENT
 *
 * Returns: whether the person can have this paper of the service now
 */
gboolean
jumin_scene_may_have (const JuminScene *scene, const char *paper)
{
  const JuminEntitlement *entitlement;

  if (!scene->sheet_printer || scene->service == NULL || paper == NULL)
    return FALSE;
  if (g_str_equal (paper, JUMIN_PAPER_STATEMENT))
    return has_record (scene);
  if (scene->entitlements == NULL
      || !g_strv_contains ((const char *const *)scene->service->papers, paper))
    return FALSE;
  entitlement = jumin_entitlements_find (scene->entitlements, paper);
  return entitlement != NULL && entitlement->copies > 0;
}

/**
 * jumin_scene_is_printing:
 *
 * Returns: whether sheets of this visit are on their way out of the printer
 */
gboolean
jumin_scene_is_printing (const JuminScene *scene)
{
  return scene->sheets == JUMIN_SHEETS_PRINTING || scene->sheets == JUMIN_SHEETS_STOPPED;
}

/**
 * jumin_scene_count_missing:
 *
 * Returns: how many characters are still to be typed on this page
 */
guint
jumin_scene_count_missing (const JuminScene *scene)
{
  guint wanted = scene->page == JUMIN_PAGE_CODE ? JUMIN_LOGIN_CODE_LENGTH : JUMIN_ID_NUMBER_LENGTH;

  return wanted - jumin_secret_get_length (scene->typed);
}

/**
 * jumin_scene_holds_number:
 *
 * Returns: whether an ID number was typed, of 18 characters or an old one of 15
 */
gboolean
jumin_scene_holds_number (const JuminScene *scene)
{
  char number[JUMIN_ID_NUMBER_LENGTH + 1];
  gboolean good;
  GDate today;

  g_strlcpy (number, jumin_secret_get (scene->typed), sizeof number);
  jumin_id_number_modernise (number);
  jumin_hall_get_date (scene->now, &today);
  good = jumin_id_number_check (number, &today);
  explicit_bzero (number, sizeof number);
  return good;
}

/**
 * jumin_scene_has_open_order:
 *
 * Returns: whether there is a payment that its payer may still make
 */
gboolean
jumin_scene_has_open_order (const JuminScene *scene)
{
  JuminPaymentSay say;

  if (scene->payment == NULL)
    return FALSE;
  say = jumin_payment_get_say (scene->payment);
  return say == JUMIN_SAY_PREPARING || say == JUMIN_SAY_WAITING;
}

/**
 * jumin_scene_takes_way:
 *
 * Returns: whether one can pay this way here: a code is shown to what reads codes, and the account
 *   is that of a person who has agreed to it
 */
gboolean
jumin_scene_takes_way (const JuminScene *scene, JuminPayWay way)
{
  if (way == JUMIN_PAY_SHOW)
    return scene->codes != JUMIN_CODES_NONE;
  return way == JUMIN_PAY_SCAN
         || (scene->identity != NULL && scene->bills != NULL && scene->bills->account != NULL);
}
